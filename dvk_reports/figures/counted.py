"""Which units and which of their returns count for a figure: each quarter needed is used, nothing read is stopped."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import Any, TypeAlias, TypeVar

from dvk_reports.figures.contributions import Contribution
from dvk_reports.figures.entry import LedgerEntry
from dvk_reports.figures.ledger import Ledger
from dvk_reports.model.periods import Quarter
from dvk_reports.model.values import Row
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import FigureSpec, When
from dvk_reports.plan.duty import duty_of, of_kind
from dvk_reports.plan.lookups import label_in
from dvk_reports.plan.register.register import Unit

Columns: TypeAlias = tuple[tuple[str, str], ...]
"""(sheet, key) of columns."""
_Asked = TypeVar("_Asked", bound=tuple[Any, ...])
_AT_END = ("cuoi_ky", "trong_nam")
"""``ky`` of the figures that look at lists as they stand at the end of the period."""
StopColumn: TypeAlias = tuple[str, str, When | None]
"""(sheet, key, only where) of a column that takes a unit out of n."""


@dataclass(frozen=True)
class UnitQuarters:
    """The returns that a figure asks for, each of one unit and quarter: those that count, and those that do not."""

    counted: tuple[LedgerEntry, ...] = ()
    missing: tuple[tuple[Unit, Quarter], ...] = ()

    @property
    def asked(self) -> int:
        """How many returns are asked for."""
        return len(self.counted) + len(self.missing)

    def and_of(self, other: UnitQuarters) -> UnitQuarters:
        """With those of other quarters."""
        return UnitQuarters((*self.counted, *other.counted), (*self.missing, *other.missing))

    def whole(self, ledger: Ledger, units: Iterable[Unit]) -> tuple[str, ...]:
        """n: codes of the units all of whose returns count, those of the units merged into them among them."""
        short = {ledger.heir(unit.code) for unit, _ in self.missing}
        return tuple(unit.code for unit in units if unit.code not in short)


@dataclass
class Computed:
    """What a figure is made of. ``value``, ``low``, ``high`` only where they do not follow from ``items``."""

    items: Collection[Contribution]
    counted: tuple[str, ...]
    """Codes of the units that count."""
    notes: list[str] = field(default_factory=list)
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    given_value: bool = False
    """The value is ``value``, known or not: it is no sum and no ratio of ``items``."""
    no_value: bool = False
    """The figure's own line has no value; its breakdown has."""
    lines: Mapping[str, Collection[Contribution]] = field(default_factory=dict)
    """Lines that are not made of the figure's own items by their groups."""
    returns: UnitQuarters = field(default_factory=UnitQuarters)
    """What it adds up, return by return; nothing where units count as a whole."""


def quarters_read(ledger: Ledger, spec: FigureSpec) -> tuple[Quarter, ...]:
    """The quarters whose returns a figure needs (``ky`` of figures.yaml)."""
    if spec.ky == "cuoi_ky":
        return (ledger.last,)
    return ledger.window if spec.ky == "trong_nam" else ledger.counted(ledger.period.quarters)


# --- return by return ---


def unit_quarters(ledger: Ledger, spec: FigureSpec, extra: Columns = ()) -> UnitQuarters:
    """Every return that the figure asks for, of whom there was to send it in its quarter, whatever became of the unit.

    So the sum of a year is that of its quarters. ``extra``: further columns that must not be stopped.
    """
    counted: list[LedgerEntry] = []
    missing: list[tuple[Unit, Quarter]] = []
    for unit, quarter, entry in _unit_by_unit(
        _of_quarter(ledger, spec, quarter, extra) for quarter in quarters_read(ledger, spec)
    ):
        if entry is None:
            missing.append((unit, quarter))
        else:
            counted.append(entry)
    return UnitQuarters(tuple(counted), tuple(missing))


def _of_quarter(
    ledger: Ledger, spec: FigureSpec, quarter: Quarter, extra: Columns
) -> Sequence[tuple[Unit, Quarter, LedgerEntry | None]]:
    """The returns of one quarter that are asked for, each where it counts; the same in every period they stand in."""
    at_end = quarter == ledger.last and spec.ky in _AT_END
    key = ("counted", id(spec), quarter, extra, at_end, ledger.only)
    if key not in ledger.of_returns:
        asked = ((unit, ledger.entry(unit, quarter)) for unit in _asked_in(ledger, spec, quarter))
        reads = _reads(ledger, spec, quarter, extra)
        ledger.of_returns[key] = [
            (unit, quarter, entry if entry is not None and reads.nothing_stopped(entry) else None)
            for unit, entry in asked
        ]
    found: Sequence[tuple[Unit, Quarter, LedgerEntry | None]] = ledger.of_returns[key]
    return found


def asked_returns(ledger: Ledger, spec: FigureSpec, quarters: Iterable[Quarter]) -> list[tuple[Unit, Quarter]]:
    """Units of the kinds asked and the quarters in which they were given every sheet of the figure, unit by unit."""
    return _unit_by_unit([(unit, quarter) for unit in _asked_in(ledger, spec, quarter)] for quarter in quarters)


def _asked_in(ledger: Ledger, spec: FigureSpec, quarter: Quarter) -> tuple[Unit, ...]:
    """Those of one quarter; many figures ask the same units for the same sheets."""
    sheets = tuple(dict.fromkeys(sheet for sheet, _, _ in stop_columns(ledger, spec, quarter)))
    at_end = ledger.last_day if spec.ky == "cuoi_ky" else None
    key = ("asked", str(spec.don_vi), sheets, quarter, at_end, ledger.only)
    if key not in ledger.cache:
        ledger.cache[key] = tuple(
            unit
            for unit in (ledger.units() if at_end else ledger.there(quarter))
            if of_kind(spec, unit) and all(duty_of(ledger.plan, sheet, unit.kind, quarter) for sheet in sheets)
        )
    found: tuple[Unit, ...] = ledger.cache[key]
    return found


def _unit_by_unit(quarters: Iterable[Sequence[_Asked]]) -> list[_Asked]:
    """What is told quarter by quarter, in the order of the register."""
    return sorted(chain.from_iterable(quarters), key=lambda item: item[0].order)


# --- unit by unit ---


def counted_entries(ledger: Ledger, spec: FigureSpec, units: Iterable[Unit]) -> dict[str, tuple[LedgerEntry, ...]]:
    """Code -> returns of the units that count as a whole: each quarter needed is used, nothing read is stopped.

    Units that ended without a successor are among them with their flows, though they are in no N.
    """
    found = {}
    for unit in units:
        entries = _needed(ledger, spec, unit)
        if entries is not None and all(whole(ledger, spec, entry) for entry in entries):
            found[unit.code] = entries
    for unit, quarters in ended_units(ledger, spec).items():
        own = [ledger.entry(unit, quarter) for quarter in quarters]
        known = tuple(entry for entry in own if entry is not None and whole(ledger, spec, entry))
        if len(known) == len(own):
            found[unit.code] = known
    return found


def ended_units(ledger: Ledger, spec: FigureSpec) -> dict[Unit, list[Quarter]]:
    """Units that had to report in a quarter that the figure reads, but ended since and have no successor.

    Their flows stay in the totals; they are in no N.
    """
    found: dict[Unit, list[Quarter]] = {}
    for quarter in quarters_read(ledger, spec):
        asked = _asked_in(ledger, spec, quarter)
        key = ("ended", id(asked), ledger.last_day)
        if key not in ledger.cache:
            ledger.cache[key] = asked, [unit for unit in asked if ledger.heir(unit.code) is None]
        for unit in ledger.cache[key][1]:
            found.setdefault(unit, []).append(quarter)
    return {unit: found[unit] for unit in sorted(found, key=lambda unit: unit.order)}


def _needed(ledger: Ledger, spec: FigureSpec, unit: Unit) -> tuple[LedgerEntry, ...] | None:
    found: list[LedgerEntry] = []
    for quarter in quarters_read(ledger, spec):
        entries = ledger.entries(unit, quarter)
        if entries is not None:
            found += entries
        elif asked_of(ledger, spec, unit, quarter):
            return None
    return tuple(found)


def asked_of(ledger: Ledger, spec: FigureSpec, unit: Unit, quarter: Quarter) -> bool:
    """Whether a return of that quarter could have told the figure anything."""
    kinds = [ledger.register.by_code[code].kind for code in ledger.senders(unit, quarter)]
    sheets = dict.fromkeys(sheet for sheet, _, _ in stop_columns(ledger, spec, quarter))
    return any(duty_of(ledger.plan, sheet, kind, quarter) for kind in kinds for sheet in sheets)


# --- what stops a return ---


def stop_columns(ledger: Ledger, spec: FigureSpec, quarter: Quarter) -> tuple[StopColumn, ...]:
    """The columns of a quarter that take a unit out of n: only what was asked then can be missing."""
    key = ("stops", id(spec), quarter)
    if key not in ledger.cache:
        then = ledger.spec(spec.ma, quarter)
        if then is not None and then.phep == spec.phep:
            ledger.cache[key] = then.stop_columns
        else:
            sheets = ledger.on(quarter).sheets
            ledger.cache[key] = tuple(
                item for item in spec.stop_columns if item[0] in sheets and item[1] in sheets[item[0]].fields
            )
    found: tuple[StopColumn, ...] = ledger.cache[key]
    return found


def whole(ledger: Ledger, spec: FigureSpec, entry: LedgerEntry, extra: Columns = ()) -> bool:
    """Whether nothing the figure reads in this return is stopped, blank though required, or in an absent sheet."""
    return _reads(ledger, spec, entry.quarter, extra).nothing_stopped(entry)


@dataclass(frozen=True, slots=True)
class _Reads:
    """What a figure reads in the returns of a quarter."""

    columns: tuple[StopColumn, ...]
    sheets: frozenset[str]
    keys: frozenset[tuple[str, str]]

    def nothing_stopped(self, entry: LedgerEntry) -> bool:
        """Whether all of it is known in a return."""
        if entry.without_fault(self.sheets, self.keys):
            return True
        return all(
            entry.readable(sheet)
            and not (
                entry.stops_in(sheet, key)
                and any(entry.stopped(row, key) and is_where(entry, when, row) for row in entry.rows(sheet))
            )
            for sheet, key, when in self.columns
        )


def _reads(ledger: Ledger, spec: FigureSpec, quarter: Quarter, extra: Columns) -> _Reads:
    """A list of models is read at the end of the period only."""
    left_out = spec.ky in _AT_END and quarter != ledger.last
    key = ("reads", id(spec), quarter, extra, left_out)
    if key not in ledger.cache:
        models = ledger.on(quarter).sheet(SheetRole.MODELS)
        every = (*stop_columns(ledger, spec, quarter), *((*column, None) for column in extra))
        columns = tuple(item for item in every if not (left_out and item[0] == models))
        sheets, keys = (item[0] for item in columns), ((sheet, key) for sheet, key, _ in columns)
        ledger.cache[key] = _Reads(columns, frozenset(sheets), frozenset(keys))
    found: _Reads = ledger.cache[key]
    return found


def is_where(entry: LedgerEntry, when: When | None, row: Row) -> bool:
    """A condition of ``dung_boi``: on which rows a column stops the figure."""
    return when is None or when.la is None or label_in(row, when.o or "") in when.la


def rows_in(entries: Iterable[LedgerEntry], sheet: str) -> Iterator[tuple[LedgerEntry, Row]]:
    """The rows of a sheet (its name or its role) in several returns."""
    for entry in entries:
        for row in entry.rows(sheet):
            yield entry, row
