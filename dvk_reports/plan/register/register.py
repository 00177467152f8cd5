"""The register as it was read: who must report, who became whom, which thôn a unit has, when a quarter is due."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.findings import Finding, Waiver
from dvk_reports.model.periods import Period, Quarter
from dvk_reports.model.remarks import Remark
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.register.entries import Deadline, Hamlet, Merger, OutsideIndex, PlannedTask, Signer, Unit
from dvk_reports.plan.register.named import Names
from dvk_reports.plan.register.naming import Naming
from dvk_reports.plan.register.sheets import DEADLINES, FILE, REMARKS, UNITS
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.spellings import Spellings
from dvk_reports.vietnamese.text import fold, same_words, tidy

__all__ = ["Deadline", "Hamlet", "Merger", "OutsideIndex", "Register", "Signer", "Unit"]

_TOGETHER = re.compile(r"\s[-–—]\s|[(),;:/]")
"""What stands between the code of a unit and its name where somebody has written both."""
ALL_HAMLETS = "Tất cả"
"""What a unit writes where it means every thôn that it has."""
_RESOLVED, _NAMED = 20_000, 1_000
"""So many texts that name thôn are resolved once, and of so many units it stands ready what their thôn are called."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line of sheet ``Đơn vị`` that is not used because something in it is wrong."""

    code: str
    """As it is written; "" where it is not."""
    row: int


@dataclass(frozen=True)
class Register:
    """What the office keeps, with the findings met while reading it."""

    units: tuple[Unit, ...] = ()
    hamlets: tuple[Hamlet, ...] = ()
    mergers: tuple[Merger, ...] = ()
    deadlines: Mapping[Quarter, Deadline] = field(default_factory=dict)
    received: Mapping[tuple[str, Quarter], date] = field(default_factory=dict)
    signers: tuple[Signer, ...] = ()
    indices: tuple[OutsideIndex, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    tasks: tuple[PlannedTask, ...] = ()
    post: Mapping[str, str] = field(default_factory=dict)
    """How mails are sent: key of sheet ``Gửi thư`` -> value."""
    remarks: tuple[Remark, ...] = ()
    """What the office says of the numbers of a quarter."""
    left_out: tuple[LeftOut, ...] = ()
    """Units that are in no N and get no form until their line is mended."""
    findings: tuple[Finding, ...] = ()
    spellings: Spellings = field(default_factory=Spellings)

    @cached_property
    def by_code(self) -> Mapping[str, Unit]:
        """Code -> unit."""
        return {unit.code: unit for unit in self.units}

    @cached_property
    def by_letters(self) -> Mapping[str, Unit]:
        """The units by their codes in whatever capitals; the first of two that differ in nothing else."""
        return {fold(unit.code): unit for unit in reversed(self.units)}

    def units_on(self, day: date) -> tuple[Unit, ...]:
        """Units valid on a day, in register order."""
        return tuple(unit for unit in self.units if unit.valid(day))

    @cached_property
    def _names(self) -> Naming[Unit]:
        return Naming([(unit, (unit.name, *unit.aliases, unit.code)) for unit in self.units], self.spellings)

    @cached_property
    def signs(self) -> Names:
        """What outside of a file tells whose it is."""
        return Names(self.units)

    def resolve_unit(self, text: str, day: date) -> Unit | None:
        """The unit meant by a code, a name or another name, valid on the day; None unless exactly one is."""
        found = self.units_meant(text, day)
        return found[0] if len(found) == 1 else None

    def units_meant(self, text: str, day: date) -> tuple[Unit, ...]:
        """The units valid on the day that a text may mean: several where it does not say which of them.

        A text may give the code and the name of a unit together, or its name twice; both must say the same.
        """
        found = self._names.meant(text, lambda unit: unit.valid(day))
        parts = [part for part in map(tidy, _TOGETHER.split(text)) if part]
        if found or len(parts) < 2:
            return found
        first, *others = (self._names.meant(part, lambda unit: unit.valid(day)) for part in parts)
        return tuple(unit for unit in first if all(unit in other for other in others))

    def nearest_unit(self, text: str, day: date) -> str:
        """The name of the unit, valid on the day, that a text comes closest to; "" where none comes close."""
        return self._names.nearest(text, lambda unit: unit.valid(day))

    def name_key(self, text: str, day: date) -> str:
        """The key by which two writings name one body: the code of a unit, else the name itself, however written."""
        unit = self.resolve_unit(text, day)
        return unit.code if unit is not None else f"={self.spellings.readings(text)[0]}"

    def hamlets_of(self, unit: str, day: date) -> tuple[Hamlet, ...]:
        """The thôn of a unit that exist on a day, in register order."""
        return tuple(hamlet for hamlet in self._hamlets.get(unit, ()) if hamlet.valid(day))

    @cached_property
    def _hamlets(self) -> Mapping[str, tuple[Hamlet, ...]]:
        found: dict[str, list[Hamlet]] = {}
        for hamlet in self.hamlets:
            found.setdefault(hamlet.unit, []).append(hamlet)
        return {unit: tuple(hamlets) for unit, hamlets in found.items()}

    def resolve_hamlets(self, unit: str, text: str, day: date) -> tuple[tuple[Hamlet, ...], tuple[str, ...]]:
        """The thôn that a text names, and its parts that match none or several of the unit's.

        Parts are set apart by semicolons or commas; “Tất cả” names every thôn of the unit.
        """
        key = (unit, text, day)
        if key not in self._resolved:
            if len(self._resolved) >= _RESOLVED:
                self._resolved.clear()
            self._resolved[key] = self._resolve(unit, text, day)
        return self._resolved[key]

    @cached_property
    def _resolved(self) -> dict[tuple[str, str, date], tuple[tuple[Hamlet, ...], tuple[str, ...]]]:
        return {}

    def _resolve(self, unit: str, text: str, day: date) -> tuple[tuple[Hamlet, ...], tuple[str, ...]]:
        if same_words(text, ALL_HAMLETS):
            return self.hamlets_of(unit, day), ()
        found: dict[str, Hamlet] = {}
        bad = []
        for part in self._parts(unit, text, day):
            match = self.hamlets_meant(unit, part, day)
            if len(match) == 1:
                found[match[0].code] = match[0]
            else:
                bad.append(part)
        return tuple(found.values()), tuple(bad)

    def _parts(self, unit: str, text: str, day: date) -> Iterator[str]:
        """The names in a text; a comma parts two names only where the whole is no name."""
        for part in filter(None, map(tidy, text.split(";"))):
            if "," in part and not self.hamlets_meant(unit, part, day):
                yield from filter(None, map(tidy, part.split(",")))
            else:
                yield part

    def hamlets_meant(self, unit: str, text: str, day: date | None = None) -> tuple[Hamlet, ...]:
        """The unit's thôn that one name or code may mean, on a day or, where none is given, on any."""
        return self._hamlet_names(unit).meant(text, lambda hamlet: day is None or hamlet.valid(day))

    def speaks_of_hamlet(self, unit: str, text: str, day: date) -> bool:
        """Whether a text ends with the whole name of one of the unit's thôn (“Chi bộ thôn Bản Rịa”)."""
        said = self.spellings.readings(text)
        names = (name for hamlet in self.hamlets_of(unit, day) for name in self.spellings.readings(hamlet.name))
        return any(f" {words}".endswith(f" {name}") for name in names for words in said)

    def _hamlet_names(self, unit: str) -> Naming[Hamlet]:
        """What its thôn are called; of so many units at a time, for they are asked for one after the other."""
        known = self._hamlets_named
        if unit not in known:
            if len(known) >= _NAMED:
                known.clear()
            own = self._hamlets.get(unit, ())
            named = [(hamlet, (hamlet.name, hamlet.code)) for hamlet in own]
            known[unit] = Naming(named, self.spellings, [(hamlet, hamlet.also_called) for hamlet in own])
        return known[unit]

    @cached_property
    def _hamlets_named(self) -> dict[str, Naming[Hamlet]]:
        return {}

    def window(self, quarter: Quarter) -> tuple[date, date]:
        """First and last day of the flows of a quarter."""
        deadline = self.deadlines.get(quarter)
        return (deadline.first_day, deadline.last_day) if deadline else (quarter.first_day, quarter.last_day)

    def predecessors(self, unit: str) -> tuple[str, ...]:
        """Units whose whole past is this one's: merged into it, directly or through others.

        A unit that was split is one of them only where all its parts are.
        """
        found: list[str] = []
        queue = [unit]
        while queue:
            code = queue.pop(0)
            for merger in self._mergers_into.get(code, ()):
                if merger.old not in (*found, unit) and self._successors[merger.old] <= {unit, *found}:
                    found.append(merger.old)
                    queue.append(merger.old)
        return tuple(found)

    def forerunners(self, unit: str, day: date | None = None) -> tuple[str, ...]:
        """Units that became this one wholly or in part: their model codes, reviews and recognitions may go on in it.

        Of the sums of a unit that was split nothing comes to a part (``predecessors``). ``day``: up to which mergers
        are followed; None: all.
        """
        found: list[str] = []
        queue = [unit]
        while queue:
            for merger in self._mergers_into.get(queue.pop(0), ()):
                if merger.old not in (*found, unit) and (day is None or merger.day <= day):
                    found.append(merger.old)
                    queue.append(merger.old)
        return tuple(found)

    def parts(self, unit: str) -> tuple[str, ...]:
        """The units that this one became, in register order: one after a merger, several after a split."""
        found = self._successors.get(unit, frozenset()) - {unit}
        if not found:
            return ()
        return tuple(item.code for item in self.units if item.code in found)

    def became(self, unit: str) -> frozenset[str]:
        """Codes of the units that this one was merged or split into, as the register has it."""
        return self._successors.get(unit, frozenset())

    def has_heir(self, unit: str) -> bool:
        """Whether another unit takes over the past of this one; a unit that was split leaves its past to neither."""
        return len(self._successors.get(unit, ())) == 1

    def heirs(self, unit: str, day: date) -> frozenset[str]:
        """The units that stand for this one on a day: itself while it is valid, else those it has become by then.

        Where a part has ended and nothing follows it, that part is among them: it stands for nobody any more.
        """
        found: set[str] = set()
        seen = {unit}
        queue = [unit]
        while queue:
            code = queue.pop(0)
            later = self._successors.get(code, frozenset())
            if not later or (code in self.by_code and self.by_code[code].valid(day)):
                found.add(code)
            queue += sorted(later - seen) if code not in found else ()
            seen |= later
        return frozenset(found)

    def heir(self, unit: str, day: date) -> str | None:
        """The one unit that stands for this one on a day; None where there is none, or where it was split."""
        found = self.heirs(unit, day)
        if len(found) != 1:
            return None
        (code,) = found
        return code if code in self.by_code and self.by_code[code].valid(day) else None

    @cached_property
    def _successors(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for merger in self.mergers:
            found.setdefault(merger.old, set()).add(merger.new)
        return {old: frozenset(new) for old, new in found.items()}

    @cached_property
    def _mergers_into(self) -> Mapping[str, tuple[Merger, ...]]:
        found: dict[str, list[Merger]] = {}
        for merger in self.mergers:
            found.setdefault(merger.new, []).append(merger)
        return {code: tuple(items) for code, items in found.items()}

    def senders_for(self, unit: str, day: date, until: date | None = None) -> tuple[str, ...]:
        """The units whose returns of ``day`` belong to ``unit`` as things stand on ``until`` (None: at the end).

        Itself where it was valid that day, and each unit merged into it whose heir on ``until`` it is, so that no
        return belongs to two. The days of the units decide, not that of the merger.
        """
        own = self.by_code.get(unit)
        found = [unit] if own is not None and own.valid(day) else []
        for code in self.predecessors(unit):
            old = self.by_code.get(code)
            if old is not None and old.valid(day) and (until is None or self.heir(code, until) == unit):
                found.append(code)
        return tuple(found)

    def index(self, code: str, year: int) -> OutsideIndex | None:
        """The value of an outside index for a year."""
        return next((item for item in self.indices if item.code == code and item.year == year), None)

    def signer(self, document: str, day: date) -> Signer | None:
        """Who signs a kind of document on a day."""
        return next((item for item in self.signers if item.signs(document, day)), None)

    def not_yet(self, day: date, period: Period | None = None) -> tuple[Finding, ...]:
        """The remarks, of one period or of all, that are dated after a day: nobody can have made them yet."""
        keys = {quarter.key for quarter in period.quarters} if period is not None else None
        about = [item for item in self.remarks if keys is None or item.period in keys]
        later = [item for item in about if item.day is not None and item.day > day]
        return tuple(
            say(
                Msg.REG_REMARK_LATER,
                Location(item.unit, item.at, sheet=REMARKS, raw=show_date(item.day)),
                ky=item.period,
                ngay=show_date(day),
            )
            for item in later
        )

    def findings_for(self, plan: Plan, quarter: Quarter) -> tuple[Finding, ...]:
        """What the register lacks for one period, besides what reading it has found."""
        found = []
        if quarter not in self.deadlines:
            found.append(say(Msg.REG_NO_DEADLINE, Location(file=FILE, sheet=DEADLINES), ky=quarter.key))
        for unit in self.units_on(quarter.last_day):
            if plan.has_hamlets(unit.kind) and not self.hamlets_of(unit.code, quarter.last_day):
                place = Location(unit.code, unit.at, sheet=UNITS, raw=unit.code)
                found.append(say(Msg.REG_NO_HAMLET, place, don_vi=unit.name))
        return tuple(found)
