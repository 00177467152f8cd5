"""The order of those who may be expected, and how far the quota reaches.

Candidates of one form and class are ordered by the steps of the rule book. Ranks are those of a contest: two equal ones
share a rank and the next is two further. Register order only arranges the printed list: it never breaks a tie, so a
group that is equal in every other step and does not fit the quota whole is shown as such, and nobody of it is expected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from dvk_reports.awards.candidates import Entrant
from dvk_reports.awards.records import Line, Records
from dvk_reports.model.proposals import Outcome, Step
from dvk_reports.plan.book.awards import REGISTER_ORDER, RankingStep
from dvk_reports.plan.book.entries import in_force
from dvk_reports.plan.book.roles import LabelRole
from dvk_reports.plan.people import BODY
from dvk_reports.vietnamese.numbers import show_number

LAST = 10**6
"""Weight of what is not known: after everything that is."""
GROUPS: Mapping[LabelRole, int] = {
    LabelRole.WORKER: 0,
    LabelRole.FARMER: 0,
    LabelRole.OTHER_SUBJECT: 1,
    LabelRole.LEADER: 2,
}
"""Those who work with their own hands go before those who lead."""


@dataclass(frozen=True)
class Weighed:
    """What the steps look at, of one candidate."""

    entrant: Entrant
    order: int
    """Its place among all candidates: register, quarter, row."""
    review: Line | None
    streak: int
    replications: int
    scored: bool
    """Whether the criteria in force have a scale of points."""


@dataclass(frozen=True)
class Place:
    """Where one candidate stands."""

    rank: int
    outcome: Outcome
    reason: str


def weigh(records: Records, item: Weighed) -> tuple[tuple[Decimal, ...], tuple[Step, ...]]:
    """(weights of every step but the register's order, smaller is better; every step with what it weighed)."""
    awards = records.plan.awards
    steps = in_force("xep_hang", awards.xep_hang, records.day).buoc
    share = in_force("ty_le_nu_tap_the", awards.gia_tri.ty_le_nu_tap_the, records.day).number
    candidate = item.entrant.candidate
    ask: dict[RankingStep, Callable[[], tuple[Decimal | int, str, str]]] = {
        "xep_loai": lambda: _class(item.review),
        "diem": lambda: _score(item),
        "so_nam": lambda: (-item.streak, "Số năm liên tục", f"{item.streak:02d} năm"),
        "thu_tu_don_vi": lambda: _priority(candidate.priority),
        "doi_tuong": lambda: _group(item.entrant),
        "nu": lambda: _women(item.entrant, share),
        "so_luot_nhan_rong": lambda: (-item.replications, "Số lượt nhân rộng", f"{item.replications} lượt"),
        "thu_tu_danh_muc": lambda: (item.order, "Thứ tự trong danh mục", f"{item.order + 1}"),
    }
    weights: list[Decimal] = []
    shown: list[Step] = []
    for name in steps:
        weight, title, text = ask[name]()
        shown.append(Step(title, text))
        if name != REGISTER_ORDER:
            weights.append(Decimal(weight))
    return tuple(weights), tuple(shown)


def _class(review: Line | None) -> tuple[int, str, str]:
    labels = review.plan.labels("xep_loai") if review is not None else []
    name = review.text("xep_loai") if review is not None else ""
    return (labels.index(name) if name in labels else LAST), "Xếp loại", name or "chưa rõ"


def _score(item: Weighed) -> tuple[Decimal, str, str]:
    if not item.scored:
        return Decimal(0), "Điểm", "chưa có thang điểm"
    known = item.review is not None and item.review.known("diem_tham_dinh")
    points = item.review.row.number_of("diem_tham_dinh") if known and item.review is not None else None
    return (
        (Decimal(LAST) if points is None else -points),
        "Điểm",
        "chưa chấm" if points is None else show_number(points),
    )


def _priority(number: Decimal | None) -> tuple[Decimal, str, str]:
    title = "Thứ tự ưu tiên của đơn vị"
    return (Decimal(LAST), title, "chưa rõ") if number is None else (number, title, show_number(number))


def _group(entrant: Entrant) -> tuple[int, str, str]:
    weight = next((weight for role, weight in GROUPS.items() if entrant.line.says("doi_tuong", role)), LAST)
    return weight, "Đối tượng", entrant.candidate.group or "chưa rõ"


def _women(entrant: Entrant, share: Decimal) -> tuple[int, str, str]:
    candidate, title = entrant.candidate, entrant.line.plan.label(LabelRole.FEMALE)
    if entrant.role is not BODY:
        woman = entrant.line.says("gioi_tinh", LabelRole.FEMALE)
        return (0 if woman else 1), title, candidate.gender or "chưa rõ"
    if candidate.people is None or candidate.women is None or candidate.people <= 0:
        return 1, title, "chưa rõ"
    many = candidate.women >= share * candidate.people
    return (0 if many else 1), title, f"{show_number(candidate.women)}/{show_number(candidate.people)} người"


def places(
    ranked: Sequence[tuple[tuple[Decimal, ...], Weighed]], quota: int, cap: int | None
) -> Iterator[tuple[Weighed, Place]]:
    """Rank and outcome of the eligible candidates of one form and class.

    ``cap``: how many of one unit may be expected at most. One of a unit that has reached it is passed over; where the
    cap would have to choose among equals of a unit, they are shown as equal and their places are kept.
    """
    left, done = quota, 0
    taken: dict[str, int] = {}
    for _, group in groupby(sorted(ranked, key=lambda item: (item[0], item[1].order)), key=lambda item: item[0]):
        members = [item for _, item in group]
        rank, done = done + 1, done + len(members)
        by_unit: dict[str, list[Weighed]] = {}
        for item in members:
            by_unit.setdefault(item.entrant.line.unit, []).append(item)
        room = {
            unit: len(items) if cap is None else min(len(items), cap - taken.get(unit, 0))
            for unit, items in by_unit.items()
        }
        wanted = sum(room.values())
        for item in members:
            unit = item.entrant.line.unit
            yield item, _place(rank, quota, left, wanted, room[unit], len(by_unit[unit]))
        left = max(0, left - wanted)
        for unit, number in room.items():
            taken[unit] = taken.get(unit, 0) + number


def _place(rank: int, quota: int, left: int, wanted: int, room: int, members: int) -> Place:
    here = f"xếp hạng {rank}, chỉ tiêu {quota}"
    if room == 0:
        return Place(rank, Outcome.RESERVE, f"{here}: đơn vị đã đủ số tối đa")
    if left == 0:
        return Place(rank, Outcome.RESERVE, f"{here}: ngoài chỉ tiêu")
    if wanted > left:
        return Place(rank, Outcome.TIED, f"{here}: {wanted} đề nghị ngang nhau, chỉ còn {left} chỉ tiêu")
    if room < members:
        return Place(rank, Outcome.TIED, f"{here}: {members} đề nghị ngang nhau của một đơn vị, chỉ còn {room} suất")
    return Place(rank, Outcome.EXPECTED, f"{here}: trong chỉ tiêu")
