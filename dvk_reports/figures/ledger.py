"""All used returns of the workspace by unit and quarter, and what of each may be read.

Three things are decided here once for every figure: which returns stand for a unit in a quarter (mergers), which
sheets of a return count (those it was given), and what a “Không phát sinh” carries from the last used quarter.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from dvk_reports.model.records import Cell, Figure, Row, Stop, Submission, UsedReturn, Value
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.duty import duty_of
from dvk_reports.plan.lookups import ENDED, NIL, code_key, review_rank
from dvk_reports.plan.periods import Period, Quarter, quarters_between
from dvk_reports.plan.register.register import Register, Unit


@dataclass(frozen=True)
class Part:
    """One used return in one quarter, with the unit that sent it."""

    quarter: Quarter
    unit: Unit
    used: UsedReturn
    given: frozenset[str]

    def rows(self, sheet: str) -> tuple[Row, ...]:
        """Rows that may count: none of a sheet that was not given, cannot be read or is stopped."""
        if sheet not in self.given or not self.used.readable(sheet):
            return ()
        return self.used.rows.get(sheet, ())

    def readable(self, sheet: str) -> bool:
        """Whether the sheet's content is known; a sheet that was not given is known to be nothing."""
        return sheet not in self.given or self.used.readable(sheet)

    def stopped(self, row: Row, key: str) -> bool:
        return self.used.stopped(row, key)

    def clean(self, row: Row, *keys: str) -> bool:
        """No stop on any of these cells of the row."""
        return not any(self.used.stopped(row, key) for key in keys)


@dataclass(frozen=True)
class Ledger:
    """What the figures are computed from."""

    plan: Plan
    register: Register
    period: Period
    as_of: date
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
    """Units that alone are looked at (a comparison on the lineage that both periods have); None: all."""
    kept: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)
    """What has been worked out of the same returns before; shared by every period looked at in one run."""

    @property
    def last(self) -> Quarter:
        return self.period.last

    @property
    def last_day(self) -> date:
        return self.period.last_day

    @cached_property
    def due(self) -> tuple[Submission, ...]:
        """The units that had to report in the last quarter, and what came of each."""
        return self.sent(self.last)

    def sent(self, quarter: Quarter) -> tuple[Submission, ...]:
        """What came of every unit that had to report in a quarter, as far as it is looked at (``only``)."""
        found = self.submissions.get(quarter, ())
        if self.only is None:
            return found
        return tuple(item for item in found if self.register.heir(item.unit, self.last_day) in self.only)

    @cached_property
    def year_window(self) -> tuple[Quarter, ...]:
        """From the first quarter of the year (or of the plan) to the last, all of them, held or not."""
        first = max(Quarter(self.last.year, 1), self.plan.first_quarter)
        return quarters_between(first, self.last) or (self.last,)

    @cached_property
    def window(self) -> tuple[Quarter, ...]:
        """The window of the year as far as the workspace holds it."""
        return tuple(quarter for quarter in self.year_window if quarter in self.held)

    @cached_property
    def past(self) -> tuple[Quarter, ...]:
        """Every held quarter from the plan's first to the last of the period."""
        return tuple(sorted(quarter for quarter in self.held if self.plan.first_quarter <= quarter <= self.last))

    def used(self, unit: str, quarter: Quarter) -> UsedReturn | None:
        """The unit's own return, with what a nil word carries put in."""
        found = self.returns.get((unit, quarter))
        if found is None or found.kind != NIL:
            return found
        key = ("carried", unit, quarter)
        if key not in self.kept:
            self.kept[key] = carried(self.plan, found, self._before(unit, quarter))
        effective: UsedReturn = self.kept[key]
        return effective

    def _before(self, unit: str, quarter: Quarter) -> UsedReturn | None:
        """The last used return, or those of the units merged into it since then; None where one of those is missing."""
        for earlier in sorted((q for q in self.held if q < quarter), reverse=True):
            codes = self.register.standing_for(unit, earlier.last_day, quarter.last_day)
            found = [used for used in (self.used(code, earlier) for code in codes) if used is not None]
            if found:
                return None if len(found) < len(codes) else found[0] if len(found) == 1 else joined(found)
        return None

    def units(self) -> tuple[Unit, ...]:
        """Units valid on the last day of the period, in register order."""
        found = self.register.units_on(self.last_day)
        return found if self.only is None else tuple(unit for unit in found if unit.code in self.only)

    def senders(self, unit: Unit, quarter: Quarter) -> tuple[str, ...]:
        """The units whose returns of a quarter are the unit's own past, as things stand at the end of the period."""
        key = ("senders", unit.code, quarter, self.last_day)
        if key not in self.kept:
            self.kept[key] = self.register.standing_for(unit.code, quarter.last_day, self.last_day)
        found: tuple[str, ...] = self.kept[key]
        return found

    def part(self, code: str, quarter: Quarter) -> Part | None:
        """The used return of one sender."""
        key = ("part", code, quarter)
        if key not in self.kept:
            used = self.used(code, quarter)
            sender = self.register.by_code[code]
            given = frozenset(sheet for sheet in self.plan.sheets if duty_of(self.plan, sheet, sender.kind, quarter))
            self.kept[key] = None if used is None else Part(quarter, sender, used, given)
        found: Part | None = self.kept[key]
        return found

    def parts(self, unit: Unit, quarter: Quarter) -> tuple[Part, ...] | None:
        """The returns that stand for a unit in a quarter; None where one of them is not used."""
        found = [self.part(code, quarter) for code in self.senders(unit, quarter)]
        known = tuple(part for part in found if part is not None)
        return known if len(known) == len(found) else None

    def all_parts(self, unit: Unit, quarters: tuple[Quarter, ...]) -> tuple[Part, ...] | None:
        """Of several quarters; None where one return is missing."""
        found: list[Part] = []
        for quarter in quarters:
            parts = self.parts(unit, quarter)
            if parts is None:
                return None
            found += parts
        return tuple(found)

    def parts_at_hand(self, unit: Unit, quarters: tuple[Quarter, ...]) -> Iterator[Part]:
        """Those returns of several quarters that are used."""
        for quarter in quarters:
            for code in self.senders(unit, quarter):
                part = self.part(code, quarter)
                if part is not None:
                    yield part

    def latest_reviews(self, unit: Unit) -> dict[str, tuple[Part, Row]]:
        """Model key -> its latest review in all used returns of the unit and its predecessors up to the period.

        A row whose class is stopped still is the latest review, with a class that is not known; one whose code or day
        is stopped cannot be placed and is left out.
        """
        found: dict[str, tuple[Part, Row]] = {}
        for part in self.parts_at_hand(unit, self.past):
            for row in part.rows("B3"):
                key = code_key(row.text("ma_mo_hinh"))
                if not key or not part.clean(row, "ma_mo_hinh", "ngay_danh_gia"):
                    continue
                if key not in found or review_rank(row) >= review_rank(found[key][1]):
                    found[key] = (part, row)
        return found


def carried(plan: Plan, nil: UsedReturn, before: UsedReturn | None) -> UsedReturn:
    """A nil report as it counts: blank flows 0, blank snapshots and an unticked empty B2 from the last used quarter.

    What cannot be carried is stopped: it is not known, so it is not 0.
    """
    rows = dict(nil.rows)
    stops = set(nil.stops)
    if rows.get("B1"):
        row, lost = _b1(plan, rows["B1"][0], before)
        rows["B1"] = (row,)
        stops |= lost
    bia = rows["BIA"][0] if rows.get("BIA") else None
    ticked = bia is not None and bia.yes("khong_phat_sinh_b2")
    if "B2" in rows and not rows["B2"] and not ticked:
        if before is not None and before.readable("B2"):
            kept = tuple(_of(before, row) for row in before.rows["B2"] if row.text("trang_thai") not in ENDED)
            numbers = {row.number for row in kept}
            rows["B2"] = kept
            stops |= {stop for stop in before.stops if stop.sheet == "B2" and stop.row in numbers}
        else:
            stops.add(Stop("B2"))
    return replace(nil, rows=rows, stops=frozenset(stops))


def _b1(plan: Plan, row: Row, before: UsedReturn | None) -> tuple[Row, set[Stop]]:
    old = before.rows["B1"][0] if before is not None and before.readable("B1") and before.rows["B1"] else None
    values = dict(row.values)
    stops: set[Stop] = set()
    for key, value in row.values.items():
        field = plan.sheets["B1"].fields[key]
        if not value.blank or field.bien is None:
            continue
        if field.bien == "F":
            values[key] = Value(value.text, Decimal(0), value.at)
        elif old is not None and key in old.values and before is not None and not before.stopped(old, key):
            values[key] = _of(before, old).values[key]
        else:
            stops.add(Stop("B1", 0, key))
    return Row("B1", 0, values), stops


def _of(before: UsedReturn, row: Row) -> Row:
    """A row carried from an earlier quarter: its cells go on naming the file of that quarter."""

    def moved(cell: Cell) -> Cell:
        return cell if cell.file.startswith("../") else replace(cell, file=f"../{before.period}/{cell.file}")

    values = {key: replace(value, at=moved(value.at)) for key, value in row.values.items()}
    return Row(row.sheet, row.number, values)


_APART = 100_000
"""More rows than a sheet of a form has: keeps the rows of several returns apart."""


def joined(returns: Sequence[UsedReturn]) -> UsedReturn:
    """The lists of models of several units that are one now; what each alone could say (B1) is not carried over.

    A list that cannot be read leaves the whole unknown.
    """
    rows: list[Row] = []
    stops: set[Stop] = set()
    period = max(used.period for used in returns)
    if not all(used.readable("B2") for used in returns):
        return UsedReturn("", period, "", "", {}, frozenset())
    for place, used in enumerate(returns):
        rows += [replace(row, number=row.number + place * _APART) for row in used.rows["B2"]]
        stops |= {
            replace(stop, row=stop.row + place * _APART) for stop in used.stops if stop.sheet == "B2" and stop.key
        }
    return UsedReturn("", period, "", "", {"B2": tuple(rows)}, frozenset(stops))
