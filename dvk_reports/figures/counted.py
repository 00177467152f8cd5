"""Which units and which of their returns count for a figure: each quarter needed is used, nothing read is stopped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from dvk_reports.figures.contributions import Contribution
from dvk_reports.figures.ledger import Ledger, LedgerEntry
from dvk_reports.model.periods import Quarter
from dvk_reports.model.values import Row
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import FigureSpec, When
from dvk_reports.plan.duty import duty_of, of_kind
from dvk_reports.plan.lookups import label_of
from dvk_reports.plan.register.register import Unit

Columns: TypeAlias = tuple[tuple[str, str], ...]
"""(sheet, key) of columns."""
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

    items: list[Contribution]
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
    lines: dict[str, list[Contribution]] = field(default_factory=dict)
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
    for unit, quarter in asked_returns(ledger, spec, quarters_read(ledger, spec)):
        entry = ledger.entry(unit, quarter)
        if entry is not None and whole(ledger, spec, entry, extra):
            counted.append(entry)
        else:
            missing.append((unit, quarter))
    return UnitQuarters(tuple(counted), tuple(missing))


def asked_returns(ledger: Ledger, spec: FigureSpec, quarters: Iterable[Quarter]) -> list[tuple[Unit, Quarter]]:
    """Units of the kinds asked and the quarters in which they were given every sheet of the figure, unit by unit."""
    found: list[tuple[Unit, Quarter]] = []
    for quarter in quarters:
        key = ("asked", id(spec), quarter, ledger.only)
        if key not in ledger.of_returns:
            sheets = dict.fromkeys(sheet for sheet, _, _ in stop_columns(ledger, spec, quarter))
            ledger.of_returns[key] = tuple(
                (unit, quarter)
                for unit in (ledger.units() if spec.ky == "cuoi_ky" else ledger.there(quarter))
                if of_kind(spec, unit) and all(duty_of(ledger.plan, sheet, unit.kind, quarter) for sheet in sheets)
            )
        found += ledger.of_returns[key]
    return sorted(found, key=lambda item: item[0].order)


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
    for unit, quarter in asked_returns(ledger, spec, quarters_read(ledger, spec)):
        if ledger.heir(unit.code) is None:
            found.setdefault(unit, []).append(quarter)
    return found


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
    key = ("whole", id(spec), entry.unit.code, entry.quarter, entry.quarter == ledger.last, extra)
    if key not in ledger.of_returns:
        ledger.of_returns[key] = _whole(ledger, spec, entry, extra)
    found: bool = ledger.of_returns[key]
    return found


def _whole(ledger: Ledger, spec: FigureSpec, entry: LedgerEntry, extra: Columns) -> bool:
    models = entry.plan.sheet(SheetRole.MODELS)
    for sheet, key, when in (*stop_columns(ledger, spec, entry.quarter), *((*column, None) for column in extra)):
        if sheet == models and entry.quarter != ledger.last and spec.ky in ("cuoi_ky", "trong_nam"):
            continue  # a list of models is read at the end of the period only
        if not entry.readable(sheet):
            return False
        if entry.stops_in(sheet, key) and any(
            entry.stopped(row, key) and is_where(entry, when, row) for row in entry.rows(sheet)
        ):
            return False
    return True


def is_where(entry: LedgerEntry, when: When | None, row: Row) -> bool:
    """A condition of ``dung_boi``: on which rows a column stops the figure."""
    return when is None or when.la is None or label_of(row.values.get(when.o or "")) in when.la


def rows_in(entries: Iterable[LedgerEntry], sheet: str) -> Iterator[tuple[LedgerEntry, Row]]:
    """The rows of a sheet (its name or its role) in several returns."""
    for entry in entries:
        for row in entry.rows(sheet):
            yield entry, row
