"""The subjects of an award paper: who was chosen, in which order, and how each is named in a list.

The one source of every count and list of a round's papers: request, decision and minutes get the same groups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from dvk_reports.messages.marks import wanted
from dvk_reports.model.proposals import Candidate, Chosen, Outcome, Proposal
from dvk_reports.papers.awards.skeleton_list import GROUP_KEYS, SUBJECTS
from dvk_reports.plan.book.roles import LabelRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.register.register import Register
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.text import fold, lower_first, tidy
from dvk_reports.vietnamese.words import listed, tones

_LAST = 10**6
_WAITING = (Outcome.TIED, Outcome.RESERVE)


def picked(plan: Plan, register: Register, chosen: Chosen, form: str) -> tuple[Proposal, ...]:
    """Those chosen for one form of award, in the order of its lists."""
    found = [p for p in chosen.shortlist.proposals if chosen.is_chosen(p) and fold(p.candidate.form) == fold(form)]
    return in_order(plan, register, found)


def for_the_vote(plan: Plan, register: Register, chosen: Chosen, form: str) -> tuple[Proposal, ...]:
    """Whom a meeting votes on: those chosen, equals at the line of the quota, those in reserve; by class and rank."""
    found = [
        p
        for p in chosen.shortlist.proposals
        if fold(p.candidate.form) == fold(form) and (chosen.is_chosen(p) or p.outcome in _WAITING)
    ]
    ordered = in_order(plan, register, found)
    kinds = list(dict.fromkeys(fold(p.candidate.kind) for p in ordered))
    return tuple(
        sorted(ordered, key=lambda p: (kinds.index(fold(p.candidate.kind)), _LAST if p.rank is None else p.rank))
    )


def in_order(plan: Plan, register: Register, proposals: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """By class, by the proposing unit's place in the register, then by rank; who lacks one of them comes last.

    Equals stand in the order of the rows they were proposed in.
    """
    classes = {fold(name): number for number, name in enumerate(plan.documents.thu_tu_nhom)}

    def place(proposal: Proposal) -> tuple[int, int, int, str, str, int, str]:
        candidate = proposal.candidate
        return (
            classes.get(fold(candidate.kind), _LAST),
            _unit_place(register, proposal),
            _LAST if proposal.rank is None else proposal.rank,
            candidate.unit,
            candidate.period,
            candidate.at.row,
            candidate.id,
        )

    return tuple(sorted(proposals, key=place))


def quota_of(chosen: Chosen, form: str, kind: str) -> int:
    """How many of a class the plan allows for a form of award; 0 for a class it does not name."""
    same = (q for q in chosen.shortlist.quotas if fold(q.form) == fold(form) and fold(q.kind) == fold(kind))
    return sum(quota.number for quota in same)


def by_unit(plan: Plan, register: Register, proposals: Iterable[Proposal]) -> dict[str, list[Proposal]]:
    """Code of the proposing unit -> its subjects, both in order."""
    found: dict[str, list[Proposal]] = {}
    for proposal in sorted(in_order(plan, register, proposals), key=lambda p: _unit_place(register, p)):
        found.setdefault(proposal.candidate.unit, []).append(proposal)
    return found


def subject(plan: Plan, candidate: Candidate) -> str:
    """ "Ông Nguyễn Văn A", "Chi bộ thôn 3": the name as the unit wrote it, with Ông or Bà before a person's."""
    name = tidy(candidate.name)
    if not is_person(plan, candidate):
        return name
    title = tidy(candidate.title) or _title_by_gender(plan, candidate) or wanted("ông/bà")
    return name if fold(name).startswith(f"{fold(title)} ") else f"{title} {name}"


def is_person(plan: Plan, candidate: Candidate) -> bool:
    """Whether a candidate is a person."""
    return fold(candidate.kind) == fold(plan.label(LabelRole.INDIVIDUAL))


def _title_by_gender(plan: Plan, candidate: Candidate) -> str:
    titles = {LabelRole.MALE: LabelRole.MISTER, LabelRole.FEMALE: LabelRole.MADAM}
    by_gender = {fold(plan.label(gender)): plan.label(title) for gender, title in titles.items()}
    return by_gender.get(fold(candidate.gender), "")


def form_of(plan: Plan, candidate: Candidate) -> str:
    """The form of award asked for; words of a drop-down, so their tones are set as in the rest of the paper."""
    return tones(tidy(candidate.form), plan.documents.dau_thanh)


def about(plan: Plan, candidate: Candidate) -> str:
    """Post and body, as the unit wrote them; what the name already says is left out."""
    name = f" {fold(candidate.name)} "
    parts = [part for part in (tidy(candidate.post), tidy(candidate.workplace)) if f" {fold(part)} " not in name]
    held = [part for part in parts if part]
    return plan.documents.ngan_cach_dong.join([*held[:1], *(inside(plan, part) for part in held[1:])])


def inside(plan: Plan, text: str) -> str:
    """A body's name as it stands inside a sentence: “xã Tân Tiến” for “Xã Tân Tiến”, but “Huyện đoàn Bảo Yên”."""
    for word in plan.documents.tu_viet_thuong:
        rest = text[len(word) :]
        if fold(text[: len(word)]) == fold(word) and rest[:1] == " " and (rest[1:2].isupper() or rest[1:2].isdigit()):
            return lower_first(text)
    return text


def on_one_line(plan: Plan, candidate: Candidate) -> str:
    """ "Ông Nguyễn Văn A, Trưởng thôn, thôn Nà Khương"."""
    parts = subject(plan, candidate), inside(plan, about(plan, candidate))
    return plan.documents.ngan_cach_dong.join(part for part in parts if part)


def groups_of(plan: Plan, proposals: Sequence[Proposal]) -> list[dict[str, object]]:
    """``danh_sach`` of a paper: one group for each class of subjects, its members in the given order.

    Two of the same name, post and body are told apart by their day of birth.
    """
    seen = Counter(_same(proposal.candidate) for proposal in proposals)
    groups: dict[str, dict[str, Any]] = {}
    for proposal in proposals:
        candidate = proposal.candidate
        name = tidy(candidate.kind)
        group = groups.setdefault(fold(name), dict(zip(GROUP_KEYS, (name, lower_first(name), []), strict=True)))
        twins = seen[_same(candidate)] > 1 and is_person(plan, candidate)
        born = _born(candidate.birth) if twins else ""
        group[SUBJECTS].append(
            {
                "ten": f"{subject(plan, candidate)}{born}",
                "chuc_vu_don_vi": about(plan, candidate),
                "thanh_tich": _merit(proposal),
                "hinh_thuc": form_of(plan, candidate),
                "xep_hang": _standing(proposal),
            }
        )
    return list(groups.values())


def counted(proposals: Sequence[Proposal]) -> str:
    """ "15 tập thể và 20 cá nhân", in the given order; "" for none."""
    count = Counter(lower_first(tidy(proposal.candidate.kind)) for proposal in proposals)
    return listed([f"{show_count(number)} {name}" for name, number in count.items()])


def _unit_place(register: Register, proposal: Proposal) -> int:
    unit = register.by_code.get(proposal.candidate.unit)
    return _LAST if unit is None else unit.order


def _same(candidate: Candidate) -> tuple[str, str, str]:
    return fold(candidate.name), fold(candidate.post), fold(candidate.workplace)


def _born(day: date | None) -> str:
    return f" (sinh ngày {show_date_prose(day) if day else wanted('ngày sinh')})"


def _standing(proposal: Proposal) -> str:
    """ "3", "20 (ngang nhau tại ranh giới)", "22 (dự bị)": the rank, and why the place is not within the quota."""
    rank = "" if proposal.rank is None else str(proposal.rank)
    return f"{rank} ({lower_first(proposal.outcome)})" if proposal.outcome in _WAITING else rank


def _merit(proposal: Proposal) -> str:
    """The model and what was achieved; a model that the unit's own words name is not named twice."""
    name, achieved = tidy(proposal.model_name), tidy(proposal.candidate.achievement)
    model = f"Mô hình “{name}”" if name and fold(name) not in fold(achieved) else ""
    return ": ".join(part for part in (model, achieved) if part)
