"""All used returns of the workspace by unit and quarter, and what of each may be read.

Three things are decided here once for every figure: which returns stand for a unit in a quarter (mergers), which
sheets of a return count (those it was given), and which rule book holds for a return (that of its quarter).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any, TypeVar

from dvk_reports.figures.entry import LedgerEntry
from dvk_reports.figures.nil_returns import joined, with_carried_values
from dvk_reports.model.figures import Figure
from dvk_reports.model.periods import Period, Quarter, quarters_between
from dvk_reports.model.returns import Submission, UsedReturn
from dvk_reports.model.values import Cell, Row
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import FigureSpec, Plan
from dvk_reports.plan.duty import duties
from dvk_reports.plan.lookups import code_key, review_rank
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Register, Unit
from dvk_reports.plan.register.sheets import FILE as REGISTER
from dvk_reports.plan.register.sheets import UNITS

T = TypeVar("T")
AT_HAND = 1_000
"""Of so many returns stands ready what was worked out of each: more than a stage of sixty units has. Where there are
more, all others come before one is asked for again, so that only what belongs together is kept."""


@dataclass(frozen=True)
class Ledger:
    """What the figures are computed from."""

    office: Office
    period: Period
    returns: Mapping[tuple[str, Quarter], UsedReturn]
    held: frozenset[Quarter]
    """Quarters the workspace holds: that of the run, and those with a consolidated workbook."""
    submissions: Mapping[Quarter, tuple[Submission, ...]] = field(default_factory=dict)
    """What each held quarter says of every unit that had to report."""
    printed: Mapping[Quarter, Mapping[tuple[str, str], Figure]] = field(default_factory=dict)
    """The lines of Chỉ tiêu and Nhiệm vụ as the consolidated workbooks of other quarters print them."""
    restated: Mapping[Quarter, Mapping[tuple[str, str], tuple[int, str]]] = field(default_factory=dict)
    """(ma, nhom) -> (edition, reason) of the values that other quarters have restated after closing."""
    only: frozenset[str] | None = None
    """Senders that alone are looked at (a comparison on the units that both periods have); None: all."""
    quarters: frozenset[Quarter] | None = None
    """Quarters that alone are looked at (those in which one figure is counted in one way); None: all."""
    cache: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)
    """What has been worked out of the same returns before; shared by every period looked at in one run."""
    of_returns: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)
    """The same of single returns, which is much: of a quarter it is kept for one figure at a time."""

    @property
    def plan(self) -> Plan:
        """The whole rule book; what holds in a quarter is ``on(quarter)``."""
        return self.office.plan

    @property
    def register(self) -> Register:
        return self.office.register

    @cached_property
    def last(self) -> Quarter:
        return self.period.last

    @cached_property
    def last_day(self) -> date:
        return self.period.last_day

    @cached_property
    def at_hand(self) -> int:
        """Of how many returns stands ready what was worked out of each."""
        return AT_HAND if len(self.returns) <= AT_HAND else max(1, AT_HAND // 50)

    # --- the rule book in a quarter ---

    def on(self, quarter: Quarter) -> Plan:
        """The rule book in force on the last day of a quarter."""
        return self.office.plan_of(quarter)

    def spec(self, code: str, quarter: Quarter) -> FigureSpec | None:
        """The definition of a figure in a quarter; None where it is not in force then."""
        return self.on(quarter).figure_specs.get(code)

    def for_figure(self, code: str) -> Ledger | None:
        """Looked at in the quarters in which a figure is in force; None where it is so in no quarter of the period."""
        inside = tuple(quarter for quarter in self.period.quarters if self.spec(code, quarter) is not None)
        if not inside:
            return None
        wanted = {*self.period.quarters, *self.year_window}
        own = frozenset(quarter for quarter in wanted if self.spec(code, quarter) is not None)
        if own == wanted:
            return self
        return replace(self, period=Period(self.period.key, inside), quarters=own)

    # --- quarters ---

    def counted(self, quarters: tuple[Quarter, ...]) -> tuple[Quarter, ...]:
        """Those of some quarters that are looked at."""
        return quarters if self.quarters is None else tuple(item for item in quarters if item in self.quarters)

    @cached_property
    def year_window(self) -> tuple[Quarter, ...]:
        """From the first quarter of the year (or of the plan) to the last, held or not."""
        first = max(Quarter(self.last.year, 1), self.plan.first_quarter)
        return self.counted(quarters_between(first, self.last) or (self.last,))

    @cached_property
    def window(self) -> tuple[Quarter, ...]:
        """The window of the year as far as the workspace holds it."""
        return tuple(quarter for quarter in self.year_window if quarter in self.held)

    @cached_property
    def past(self) -> tuple[Quarter, ...]:
        """Every held quarter from the plan's first to the last of the period."""
        return tuple(sorted(quarter for quarter in self.held if self.plan.first_quarter <= quarter <= self.last))

    # --- what came of the units ---

    @cached_property
    def due(self) -> tuple[Submission, ...]:
        """The units that had to report in the last quarter, and what came of each."""
        return self.sent(self.last)

    @cached_property
    def due_units(self) -> tuple[str, ...]:
        """Codes of those of them that the register still names."""
        return tuple(item.unit for item in self.due if item.unit in self.register.by_code)

    def sent(self, quarter: Quarter) -> tuple[Submission, ...]:
        """What came of every unit that had to report in a quarter, as far as it is looked at (``only``)."""
        found = self.submissions.get(quarter, ())
        return found if self.only is None else tuple(item for item in found if item.unit in self.only)

    def units(self) -> tuple[Unit, ...]:
        """Units valid on the last day of the period, in register order."""
        found = self.register.units_on(self.last_day)
        return found if self.only is None else tuple(unit for unit in found if unit.code in self.only)

    def units_there(self, quarters: tuple[Quarter, ...]) -> Sequence[tuple[Unit, tuple[Quarter, ...]]]:
        """Each of them with the quarters in which it or one merged into it was there; equal ones are one object."""
        key = ("units there", quarters, self.last_day, self.only)
        if key not in self.cache:
            one: dict[tuple[Quarter, ...], tuple[Quarter, ...]] = {}
            own = (tuple(quarter for quarter in quarters if self.senders(unit, quarter)) for unit in self.units())
            self.cache[key] = [(unit, one.setdefault(of, of)) for unit, of in zip(self.units(), own, strict=True)]
        found: Sequence[tuple[Unit, tuple[Quarter, ...]]] = self.cache[key]
        return found

    def there(self, quarter: Quarter) -> tuple[Unit, ...]:
        """The units that were there in a quarter, in register order; last those whose row has left the register."""
        key = ("there", quarter)
        if key not in self.cache:
            left = tuple(self.former_unit(item) for item in self.submissions.get(quarter, ()) if self._left(item))
            self.cache[key] = (*self.register.units_on(quarter.last_day), *left)
        found: tuple[Unit, ...] = self.cache[key]
        return found if self.only is None else tuple(unit for unit in found if unit.code in self.only)

    def _left(self, item: Submission) -> bool:
        return item.unit not in self.register.by_code

    def former_unit(self, item: Submission) -> Unit:
        """The unit that sent something, by the register; one whose row has left it as its quarter names it."""
        known = self.register.by_code.get(item.unit)
        if known is not None:
            return known
        at = Cell(REGISTER, UNITS, 1, 1)  # where its row is missing
        return Unit(
            item.unit, item.name, item.kind, "", False, None, None, (), "", "", "", len(self.register.units), at
        )

    def heir(self, code: str) -> str | None:
        """The unit that stands for this one at the end of the period; None where none does."""
        key = ("heir", code, self.last_day)
        if key not in self.cache:
            self.cache[key] = self.register.heir(code, self.last_day)
        found: str | None = self.cache[key]
        return found

    # --- returns ---

    def used(self, unit: str, quarter: Quarter) -> UsedReturn | None:
        """The unit's own return, with what a nil report takes from the quarter before put in."""
        found = self.returns.get((unit, quarter))
        if found is None or found.kind not in self.on(quarter).labels_with(LabelRole.NIL):
            return found
        key = ("carried", unit, quarter)
        if key not in self.cache:
            self.cache[key] = with_carried_values(self.plan, found, self._before(unit, quarter))
        effective: UsedReturn = self.cache[key]
        return effective

    def _before(self, unit: str, quarter: Quarter) -> UsedReturn | None:
        """The last used return, or those of the units merged into it since then; None where one of those is missing."""
        for earlier in sorted((q for q in self.held if q < quarter), reverse=True):
            codes = self.register.senders_for(unit, earlier.last_day, quarter.last_day)
            found = [used for used in (self.used(code, earlier) for code in codes) if used is not None]
            if found:
                return None if len(found) < len(codes) else found[0] if len(found) == 1 else joined(self.plan, found)
        return None

    def senders(self, unit: Unit, quarter: Quarter) -> tuple[str, ...]:
        """The units whose returns of a quarter are the unit's own past, as things stand at the end of the period."""
        key = ("senders", unit.code, quarter, self.last_day)
        if key not in self.cache:
            self.cache[key] = self.register.senders_for(unit.code, quarter.last_day, self.last_day)
        found: tuple[str, ...] = self.cache[key]
        return found

    def entry(self, sender: Unit, quarter: Quarter) -> LedgerEntry | None:
        """The used return of one sender."""
        key = ("entry", sender.code, quarter)
        if key not in self.cache:
            used = self.used(sender.code, quarter)
            given = self._given(sender.kind, quarter)
            made = None if used is None else LedgerEntry(self.on(quarter), quarter, sender, used, given)
            self.cache[key] = made
        found: LedgerEntry | None = self.cache[key]
        return found

    def _given(self, kind: str, quarter: Quarter) -> frozenset[str]:
        """Names of the sheets that the units of a kind were given, one for all of them."""
        key = ("given", kind, quarter)
        if key not in self.cache:
            self.cache[key] = frozenset(duties(self.plan, kind, quarter))
        found: frozenset[str] = self.cache[key]
        return found

    def counting_elsewhere(self, quarter: Quarter, sheet: str) -> frozenset[str]:
        """The units with such a cell in a sheet of a quarter; few have one, and each figure asks for all of them."""
        key = ("elsewhere", quarter, sheet)
        if key not in self.cache:
            there = ((unit, self.entry(unit, quarter)) for unit in replace(self, only=None).there(quarter))
            self.cache[key] = frozenset(
                unit.code for unit, entry in there if entry is not None and entry.counts_elsewhere(sheet)
            )
        found: frozenset[str] = self.cache[key]
        return found

    def entries(self, unit: Unit, quarter: Quarter) -> tuple[LedgerEntry, ...] | None:
        """The returns that stand for a unit in a quarter; None where one of them is not used."""
        by_code = self.register.by_code
        found = [self.entry(by_code[code], quarter) for code in self.senders(unit, quarter)]
        known = tuple(entry for entry in found if entry is not None)
        return known if len(known) == len(found) else None

    def all_entries(self, unit: Unit, quarters: tuple[Quarter, ...]) -> tuple[LedgerEntry, ...] | None:
        """Of several quarters; None where one return is missing."""
        found: list[LedgerEntry] = []
        for quarter in quarters:
            entries = self.entries(unit, quarter)
            if entries is None:
                return None
            found += entries
        return tuple(found)

    def entries_at_hand(self, unit: Unit, quarters: tuple[Quarter, ...]) -> Iterator[LedgerEntry]:
        """Those returns of several quarters that are used; of a unit whose row has left the register its own."""
        known = self.register.by_code
        own = () if unit.code in known else (unit.code,)
        for quarter in quarters:
            for code in (*own, *self.senders(unit, quarter)):
                entry = self.entry(known.get(code, unit), quarter)
                if entry is not None:
                    yield entry

    def rows_on_models(
        self, unit: Unit, sheet: str, quarters: tuple[Quarter, ...]
    ) -> Iterator[tuple[LedgerEntry, Row]]:
        """Rows about models in the returns at hand that are the unit's own past, and in those of a unit that was split.

        Of the latter those on the models that the unit, a part of it, lists now: they go on in it with what was said of
        them; and those on a model that is not known.
        """
        for entry in self.entries_at_hand(unit, quarters):
            for row in entry.rows(sheet):
                yield entry, row
        for entry in self._of_split_units(unit, quarters):
            for row in self._that_go_on(unit, entry, sheet):
                yield entry, row

    def _that_go_on(self, unit: Unit, entry: LedgerEntry, sheet: str) -> Iterator[Row]:
        """Those rows in a return of a unit that was split."""
        listed = self._listed(unit)
        for row in entry.rows(sheet):
            if code_key(row.text("ma_mo_hinh")) in listed or not entry.clean(row, "ma_mo_hinh"):
                yield row

    def models_known(self, unit: Unit, sheet: str, keys: tuple[str, ...], quarters: tuple[Quarter, ...]) -> bool:
        """Whether nothing is stopped in what those rows say in some columns, and none of those sheets."""
        own, split = tuple(self.entries_at_hand(unit, quarters)), tuple(self._of_split_units(unit, quarters))
        return (
            all(entry.readable(sheet) for entry in (*own, *split))
            and all(entry.all_clean(sheet, *keys) for entry in own)
            and all(entry.clean(row, *keys) for entry in split for row in self._that_go_on(unit, entry, sheet))
        )

    def models_before(self, entry: LedgerEntry) -> Iterator[LedgerEntry]:
        """The used returns before this one in which its models may have stood: its unit's own and its forerunners'.

        The last of its own come first: in them nearly all of its models stand.
        """
        unit = self.register.by_code.get(self.heir(entry.unit.code) or "", entry.unit)
        earlier = tuple(quarter for quarter in reversed(self.past) if quarter < entry.quarter)
        yield from self.entries_at_hand(unit, earlier)
        yield from self._of_split_units(unit, earlier)

    def _listed(self, unit: Unit) -> set[str]:
        """Keys of the models that a unit lists at the end of the period."""
        key = ("listed", unit.code, self.last, self.last_day)
        if key not in self.cache:
            rows = (row for entry in self.entries(unit, self.last) or () for row in entry.rows(SheetRole.MODELS))
            self.cache[key] = {code_key(row.text("ma_mo_hinh")) for row in rows}
        found: set[str] = self.cache[key]
        return found

    def _of_split_units(self, unit: Unit, quarters: tuple[Quarter, ...]) -> Iterator[LedgerEntry]:
        """The used returns of the units that this one is a part of."""
        for code in self.register.forerunners(unit.code, self.last_day):
            old = self.register.by_code.get(code)
            if old is None or self.heir(code) == unit.code:
                continue
            for quarter in quarters:
                entry = self.entry(old, quarter) if old.valid(quarter.last_day) else None
                if entry is not None:
                    yield entry

    def latest_reviews(self, unit: Unit) -> dict[str, tuple[LedgerEntry, Row]]:
        """Model key -> its latest review in all used returns of the unit and its forerunners up to the period.

        A row whose class is stopped still is the latest review, with a class that is not known; one whose code or day
        is stopped cannot be placed and is left out.
        """
        own = ((entry, self._placed_reviews(entry)) for entry in self.entries_at_hand(unit, self.past))
        split = (
            (entry, [item for item in self._placed_reviews(entry) if item[0] in self._listed(unit)])
            for entry in self._of_split_units(unit, self.past)
        )
        found: dict[str, tuple[LedgerEntry, Row]] = {}
        ranks: dict[str, tuple[date, int, int]] = {}
        for entry, reviews in chain(own, split):
            for key, rank, row in reviews:
                if key not in ranks or rank >= ranks[key]:
                    ranks[key] = rank
                    found[key] = (entry, row)
        return found

    def _placed_reviews(self, entry: LedgerEntry) -> Sequence[tuple[str, tuple[date, int, int], Row]]:
        """(model key, rank, row) of the reviews in a return of which it is known what they are on, and when."""

        def placed() -> Sequence[tuple[str, tuple[date, int, int], Row]]:
            rows = ((code_key(row.text("ma_mo_hinh")), row) for row in entry.rows(SheetRole.REVIEWS))
            return [
                (model, review_rank(self.plan, row), row)
                for model, row in rows
                if model and entry.clean(row, "ma_mo_hinh", "ngay_danh_gia")
            ]

        return self.of_return("placed reviews", entry, placed)

    def of_return(self, what: Hashable, entry: LedgerEntry, work: Callable[[], T]) -> T:
        """What is worked out of a single return, for the returns that were asked for last."""
        known: dict[int, T] = self.of_returns.setdefault(what, {})
        if id(entry) not in known:
            if len(known) >= self.at_hand:
                known.clear()
            known[id(entry)] = work()
        return known[id(entry)]
