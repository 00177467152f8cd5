"""Changes of thôn: what the returns tell against sheet ``Thôn`` of the register, as lines for the clerk to write there.

The register is the clerk's: nothing is taken over until it stands there. A change that it already shows is said to be
done; the thôn codes of a new thôn are the next free ones of the unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dvk_reports.model.consolidation import HamletChange
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import UsedReturn
from dvk_reports.model.values import Row
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Hamlet, Register
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.text import fold, tidy

DONE, WAITING, DOUBTFUL = "Đã có trong danh mục", "Chờ ghi vào danh mục", "Chưa đủ căn cứ"
_KINDS = (LabelRole.FOUNDED, LabelRole.JOINED, LabelRole.DIVIDED, LabelRole.RENAMED, LabelRole.DISSOLVED)
_URBAN = ("Tổ dân phố", "TDP")


@dataclass(frozen=True)
class _Told:
    """What one row tells of a change."""

    unit: str
    row: Row
    kind: LabelRole | None
    """None where the label says nothing that is known here."""
    old: tuple[Hamlet, ...]
    names: tuple[str, ...]
    """Of the new thôn."""
    since: date | None
    stopped: bool

    @property
    def lacking(self) -> bool:
        """Whether something without which nothing can be written is not told, or is in doubt."""
        if self.kind is None or self.since is None or self.stopped:
            return True
        if self.kind is LabelRole.FOUNDED:
            return not self.names
        return not self.old or (self.kind is not LabelRole.DISSOLVED and not self.names)


def hamlet_changes(office: Office, quarter: Quarter, used: Iterable[UsedReturn]) -> tuple[HamletChange, ...]:
    """One for each row of the used returns that tells of a change, in register order."""
    plan = office.plan_of(quarter)
    sheet = plan.sheet(SheetRole.HAMLET_CHANGES)
    kinds = {label: role for role in _KINDS for label in plan.labels_with(role)}
    taken: dict[str, int] = {}
    return tuple(
        _change(office.register, _told(office.register, item, row, kinds), taken)
        for item in used
        if sheet and item.readable(sheet)
        for row in item.rows.get(sheet, ())
    )


def _told(register: Register, used: UsedReturn, row: Row, kinds: Mapping[str, LabelRole]) -> _Told:
    old = [
        hamlet
        for text in _parts(row, "ma_thon_cu") or _parts(row, "ten_thon_cu")
        for hamlet in _meant(register, used.unit, text)
    ]
    return _Told(
        unit=used.unit,
        row=row,
        kind=kinds.get(row.text("loai_thay_doi")),
        old=tuple(old),
        names=tuple(_parts(row, "ten_thon_moi")),
        since=row.day("ngay_hieu_luc") or row.day("ngay_qd"),
        stopped=any(used.stopped(row, key) for key in row.values),
    )


def _change(register: Register, told: _Told, taken: dict[str, int]) -> HamletChange:
    state = DOUBTFUL
    steps: tuple[str, ...] = ("Hỏi lại đơn vị: loại thay đổi, thôn cũ, thôn mới hoặc ngày chưa rõ.",)
    if not told.lacking and told.since is not None:
        steps = tuple(_steps(register, told, told.since, taken))
        state = WAITING if steps else DONE
    row = told.row
    kind = row.values.get("loai_thay_doi")
    return HamletChange(
        unit=told.unit,
        at=(kind or next(iter(row.values.values()))).at,
        kind=row.text("loai_thay_doi") or (kind.text if kind is not None else ""),
        old="; ".join(_parts(row, "ma_thon_cu") + _parts(row, "ten_thon_cu")),
        new="; ".join(told.names),
        decision=row.text("so_qd"),
        since=told.since,
        state=state,
        steps=steps,
    )


def _parts(row: Row, key: str) -> list[str]:
    return [tidy(part) for part in row.text(key).split(";") if tidy(part)]


def _meant(register: Register, unit: str, text: str) -> list[Hamlet]:
    """The thôn of the unit that a code or a name means, whether it still goes on or has ended; one or none."""
    own = [hamlet for hamlet in register.hamlets if hamlet.unit == unit]
    found = [hamlet for hamlet in own if fold(hamlet.code) == fold(text)]
    found = found or [hamlet for hamlet in own if fold(hamlet.name) == fold(text)]
    return found if len(found) == 1 else []


def _steps(register: Register, told: _Told, since: date, taken: dict[str, int]) -> Iterator[str]:
    """What the register does not show yet."""
    if told.kind is LabelRole.RENAMED:
        for hamlet, name in zip(told.old, told.names, strict=False):
            if fold(hamlet.name) != fold(name):
                yield f"Trang Thôn, dòng {hamlet.at.row} ({hamlet.code}): sửa Tên “{hamlet.name}” thành “{name}”."
        return
    names = told.names if told.kind is not LabelRole.DISSOLVED else ()
    if told.kind is not LabelRole.FOUNDED:
        yield from _endings(told.old, {fold(name) for name in names}, since)
    now = {fold(hamlet.name) for hamlet in register.hamlets_of(told.unit, since)}
    for name in names:
        if fold(name) not in now:
            day, number = told.row.day("ngay_qd"), told.row.text("so_qd")
            decision = f"{number} ngày {show_date(day)}" if day else number
            yield (
                f"Trang Thôn, thêm dòng: Mã {_next_code(register, told.unit, taken)}; Tên {name}; "
                f"Loại {_kind(name, told.old)}; Mã đơn vị {told.unit}; Hiệu lực từ {show_date(since)}; "
                f"Ghi chú {decision}."
            )


def _endings(old: Iterable[Hamlet], going_on: set[str], since: date) -> Iterator[str]:
    """Thôn that the register still has after the day on which they ended."""
    for hamlet in old:
        if (hamlet.until is None or hamlet.until >= since) and fold(hamlet.name) not in going_on:
            where = f"Trang Thôn, dòng {hamlet.at.row} ({hamlet.code}, {hamlet.name})"
            yield f"{where}: ghi Hiệu lực đến {show_date(since - timedelta(days=1))}."


def _kind(name: str, old: Sequence[Hamlet]) -> str:
    if old:
        return old[0].kind
    return _URBAN[0] if any(fold(name).startswith(fold(word)) for word in _URBAN) else "Thôn"


def _next_code(register: Register, unit: str, taken: dict[str, int]) -> str:
    """The next free code in the unit's own way of numbering (``T-02977-09``)."""
    own = [hamlet.code.rpartition("-") for hamlet in register.hamlets if hamlet.unit == unit]
    numbered = [(head, int(tail), len(tail)) for head, _, tail in own if head and tail.isdigit()]
    head, _, width = numbered[-1] if numbered else (f"T-{unit}", 0, 2)
    every = [hamlet.code.rpartition("-") for hamlet in register.hamlets]
    highest = max((int(tail) for start, _, tail in every if start == head and tail.isdigit()), default=0)
    taken[head] = max(taken.get(head, 0), highest) + 1
    return f"{head}-{taken[head]:0{width}d}"
