"""Changes of thôn: what the returns tell against sheet ``Thôn`` of the register, as lines for the clerk to write there.

The register is the clerk's: nothing is taken over until it stands there. A change that it already shows is said to be
done; the thôn codes of a new thôn are the next free ones of the unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from dvk_reports.model.consolidation import HamletChange
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import UsedReturn
from dvk_reports.model.values import Row
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.choices import HAMLET_KINDS
from dvk_reports.plan.register.register import Hamlet, Register
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.text import fold, tidy

DONE, WAITING, DOUBTFUL = "Đã có trong danh mục", "Chờ ghi vào danh mục", "Chưa đủ căn cứ"
_KINDS = (LabelRole.FOUNDED, LabelRole.JOINED, LabelRole.DIVIDED, LabelRole.RENAMED, LabelRole.DISSOLVED)
_URBAN = (HAMLET_KINDS[1], "TDP")


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
    doubtful: bool
    """Something in it is stopped, or an old thôn is not known."""

    @property
    def lacking(self) -> bool:
        """Whether something without which nothing can be written is not told, or is in doubt."""
        if self.kind is None or self.since is None or self.doubtful:
            return True
        if self.kind is LabelRole.FOUNDED:
            return not self.names
        return not self.old or (self.kind is not LabelRole.DISSOLVED and not self.names)


def hamlet_changes(office: Office, quarter: Quarter, used: Iterable[UsedReturn]) -> tuple[HamletChange, ...]:
    """One for each row of the used returns that tells of a change, in register order."""
    plan = office.plan_of(quarter)
    sheet = plan.sheet(SheetRole.HAMLET_CHANGES)
    kinds = {label: role for role in _KINDS for label in plan.labels_with(role)}
    asked = _Asked(office.register)
    return tuple(
        _change(asked, _told(office.register, item, row, kinds))
        for item in used
        if sheet and item.readable(sheet)
        for row in item.rows.get(sheet, ())
    )


def _told(register: Register, used: UsedReturn, row: Row, kinds: Mapping[str, LabelRole]) -> _Told:
    since = row.day("ngay_hieu_luc") or row.day("ngay_qd")
    written = _parts(row, "ma_thon_cu") or _parts(row, "ten_thon_cu")
    meant = [_meant(register, used.unit, text, since) for text in written]
    kind = kinds.get(row.text("loai_thay_doi"))
    names = tuple({fold(name): name for name in _parts(row, "ten_thon_moi")}.values())
    if kind is LabelRole.RENAMED and len(names) == len(meant):  # the register may bear the new name already
        meant = [old or _meant(register, used.unit, name, since) for old, name in zip(meant, names, strict=True)]
    return _Told(
        unit=used.unit,
        row=row,
        kind=kind,
        old=tuple(dict.fromkeys(hamlet for hamlet in meant if hamlet is not None)),
        names=names,
        since=since,
        doubtful=None in meant or any(used.stopped(row, key) for key in row.values),
    )


def _change(asked: _Asked, told: _Told) -> HamletChange:
    state = DOUBTFUL
    steps: tuple[str, ...] = ("Hỏi lại đơn vị: loại thay đổi, thôn cũ, thôn mới hoặc ngày chưa rõ.",)
    if not told.lacking and told.since is not None and asked.fits(told, told.since):
        steps = tuple(asked.steps(told, told.since))
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


def _meant(register: Register, unit: str, text: str, since: date | None) -> Hamlet | None:
    """The one thôn of the unit that a code or a name means: of those before the change, else of all it ever had."""
    before = since - timedelta(days=1) if since is not None else None
    found = register.hamlets_meant(unit, text, before) if before is not None else ()
    found = found or register.hamlets_meant(unit, text)
    return found[0] if len(found) == 1 else None


@dataclass
class _Asked:
    """What the rows before have asked of the clerk already: one line for one thing, and nothing that contradicts it."""

    register: Register
    taken: dict[str, int] = field(default_factory=dict)
    """Head of codes -> the highest number given."""
    added: dict[tuple[str, str], date] = field(default_factory=dict)
    """Unit and name of a new thôn -> the day from which it is."""
    ended: dict[str, date] = field(default_factory=dict)
    """Code of a thôn -> the day from which it is no more."""
    renamed: dict[str, str] = field(default_factory=dict)
    """Code of a thôn -> its new name."""

    def fits(self, told: _Told, since: date) -> bool:
        """Whether what a row tells can stand in the register beside what it holds and what other rows tell."""
        if told.kind is LabelRole.RENAMED:
            others = {fold(hamlet.name) for hamlet in self.register.hamlets_of(told.unit, since)}
            pairs = list(zip(told.old, told.names, strict=False))
            free = all(fold(old.name) == fold(name) or fold(name) not in others for old, name in pairs)
            same = all(self.renamed.get(old.code, name) == name for old, name in pairs)
            return len(told.old) == len(told.names) and free and same
        ending = self._ending(told)
        begun = all(hamlet.since is None or hamlet.since < since for hamlet in ending)
        new = (self.added.get((told.unit, fold(name)), since) == since for name in told.names)
        return begun and all(self.ended.get(hamlet.code, since) == since for hamlet in ending) and all(new)

    def steps(self, told: _Told, since: date) -> Iterator[str]:
        """What the register does not show yet and no row before has asked for."""
        if told.kind is LabelRole.RENAMED:
            yield from self._renamings(told)
            return
        for hamlet in self._ending(told):
            if (hamlet.until is None or hamlet.until >= since) and hamlet.code not in self.ended:
                self.ended[hamlet.code] = since
                yield f"{_line(hamlet)}: ghi Hiệu lực đến {show_date(since - timedelta(days=1))}."
        if told.kind is not LabelRole.DISSOLVED:
            yield from self._beginnings(told, since)

    def _ending(self, told: _Told) -> list[Hamlet]:
        """The old thôn that end: all but those whose name goes on among the new ones."""
        if told.kind is LabelRole.FOUNDED:
            return []
        going_on = {fold(name) for name in told.names} if told.kind is not LabelRole.DISSOLVED else set()
        return [hamlet for hamlet in told.old if fold(hamlet.name) not in going_on]

    def _renamings(self, told: _Told) -> Iterator[str]:
        for hamlet, name in zip(told.old, told.names, strict=False):
            if fold(hamlet.name) != fold(name) and hamlet.code not in self.renamed:
                self.renamed[hamlet.code] = name
                yield f"Trang Thôn, dòng {hamlet.at.row} ({hamlet.code}): sửa Tên “{hamlet.name}” thành “{name}”."

    def _beginnings(self, told: _Told, since: date) -> Iterator[str]:
        own = [hamlet for hamlet in self.register.hamlets if hamlet.unit == told.unit]
        for name in told.names:
            same = [hamlet for hamlet in own if fold(hamlet.name) == fold(name)]
            later = next((hamlet for hamlet in same if hamlet.since is not None and hamlet.since > since), None)
            if any(hamlet.valid(since) for hamlet in same) or (told.unit, fold(name)) in self.added:
                continue
            self.added[told.unit, fold(name)] = since
            if later is not None:
                yield f"{_line(later)}: ghi Hiệu lực từ {show_date(since)}."
                continue
            day, number = told.row.day("ngay_qd"), told.row.text("so_qd")
            decision = f"{number} ngày {show_date(day)}" if day else number
            yield (
                f"Trang Thôn, thêm dòng: Mã {self._next_code(told.unit)}; Tên {name}; "
                f"Loại {_kind(name, told.old)}; Mã đơn vị {told.unit}; Hiệu lực từ {show_date(since)}; "
                f"Ghi chú {decision}."
            )

    def _next_code(self, unit: str) -> str:
        """The next free code in the unit's own way of numbering (``T-02977-09``)."""
        own = [hamlet.code.rpartition("-") for hamlet in self.register.hamlets if hamlet.unit == unit]
        numbered = [(head, int(tail), len(tail)) for head, _, tail in own if head and tail.isdigit()]
        head, _, width = numbered[-1] if numbered else (f"T-{unit}", 0, 2)
        every = [hamlet.code.rpartition("-") for hamlet in self.register.hamlets]
        highest = max((int(tail) for start, _, tail in every if start == head and tail.isdigit()), default=0)
        self.taken[head] = max(self.taken.get(head, 0), highest) + 1
        return f"{head}-{self.taken[head]:0{width}d}"


def _line(hamlet: Hamlet) -> str:
    return f"Trang Thôn, dòng {hamlet.at.row} ({hamlet.code}, {hamlet.name})"


def _kind(name: str, old: Sequence[Hamlet]) -> str:
    if old:
        return old[0].kind
    return HAMLET_KINDS[1] if any(fold(name).startswith(fold(word)) for word in _URBAN) else HAMLET_KINDS[0]
