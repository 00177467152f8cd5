"""Which units and which of their returns count for a figure: each quarter needed is used, nothing read is stopped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from dvk_reports.figures.ledger import Ledger, Part
from dvk_reports.figures.pieces import Piece, whole
from dvk_reports.model.records import Row
from dvk_reports.plan.book.rulebook import FigureSpec
from dvk_reports.plan.duty import duty_of
from dvk_reports.plan.periods import Quarter
from dvk_reports.plan.register.register import Unit

Columns: TypeAlias = tuple[tuple[str, str], ...]
"""(sheet, key) of columns."""


@dataclass
class Computed:
    """What a figure is made of. ``value``, ``low``, ``high`` only where they do not follow from the pieces."""

    pieces: list[Piece]
    counted: tuple[str, ...]
    notes: list[str] = field(default_factory=list)
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    no_value: bool = False
    """The figure's own line has no value; its breakdown has."""
    lines: dict[str, list[Piece]] = field(default_factory=dict)
    """Lines that are not made of the figure's own pieces by their groups."""


def quarters_read(ledger: Ledger, spec: FigureSpec) -> tuple[Quarter, ...]:
    """The quarters whose returns a figure needs (``ky`` of figures.yaml)."""
    if spec.ky == "cuoi_ky":
        return (ledger.last,)
    return ledger.window if spec.ky == "trong_nam" else ledger.period.quarters


def counted_parts(
    ledger: Ledger, spec: FigureSpec, units: Iterable[Unit], extra: Columns = ()
) -> dict[str, tuple[Part, ...]]:
    """Code -> returns of the units that count: each quarter needed is used, and nothing the figure reads is stopped.

    Units that ended without a successor are among them with their flows, though they are in no N.
    """
    found = {}
    for unit in (*units, *ended_units(ledger, spec)):
        parts = _needed(ledger, spec, unit)
        if parts is not None and all(whole(ledger, spec, part, extra) for part in parts):
            found[unit.code] = parts
    return found


def ended_units(ledger: Ledger, spec: FigureSpec) -> tuple[Unit, ...]:
    """Units of the figure's kinds that had to report in a quarter it reads, ended before its last day, have no heir.

    Their flows stay in the totals; they are in no N.
    """
    quarters = quarters_read(ledger, spec)
    return tuple(
        unit
        for unit in ledger.register.units
        if not unit.valid(ledger.last_day)
        and ledger.register.heir(unit.code, ledger.last_day) is None
        and (ledger.only is None or unit.code in ledger.only)
        and (unit.agency if spec.don_vi == "co_quan" else unit.kind in spec.don_vi)
        and any(asked_for(ledger, spec, unit, quarter) for quarter in quarters)
    )


def _needed(ledger: Ledger, spec: FigureSpec, unit: Unit) -> tuple[Part, ...] | None:
    found: list[Part] = []
    for quarter in quarters_read(ledger, spec):
        parts = ledger.parts(unit, quarter)
        if parts is not None:
            found += parts
        elif asked_for(ledger, spec, unit, quarter):
            return None
    return tuple(found)


def asked_for(ledger: Ledger, spec: FigureSpec, unit: Unit, quarter: Quarter) -> bool:
    """Whether a return of that quarter could have told the figure anything."""
    kinds = [ledger.register.by_code[code].kind for code in ledger.senders(unit, quarter)]
    return any(duty_of(ledger.plan, sheet, kind, quarter) for kind in kinds for sheet in spec.sheets)


def rows_in(parts: Iterable[Part], sheet: str) -> Iterator[tuple[Part, Row]]:
    for part in parts:
        for row in part.rows(sheet):
            yield part, row


def by_unit(ledger: Ledger, found: dict[str, tuple[Part, ...]]) -> Iterator[tuple[Unit, tuple[Part, ...]]]:
    return ((ledger.register.by_code[code], parts) for code, parts in found.items())
