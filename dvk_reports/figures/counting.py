"""What a figure is made of: by an operation of the closed list, by a function of its own, or by a test of units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dvk_reports.figures.breakdown import lines_of
from dvk_reports.figures.contributions import Contribution, distinct
from dvk_reports.figures.counted import Computed, UnitQuarters, unit_quarters
from dvk_reports.figures.definitions import FigureInPeriod, definitions
from dvk_reports.figures.ledger import Ledger
from dvk_reports.figures.named.answers import run_test
from dvk_reports.figures.operations.closed_list import operate
from dvk_reports.model.periods import Quarter
from dvk_reports.model.shelf import Pile
from dvk_reports.plan.book.registry import FIGURE_FUNCTIONS, UNIT_TESTS
from dvk_reports.plan.book.rulebook import FigureSpec
from dvk_reports.plan.duty import owes
from dvk_reports.plan.register.register import Unit


def owing_units(figure: FigureInPeriod) -> tuple[Unit, ...]:
    """N: units valid on the last day, of the kinds that owe the figure, given every sheet it reads."""
    ledger, spec = figure.ledger, figure.spec
    return _owing(ledger, spec, ledger.window if spec.ky == "trong_nam" else ledger.period.quarters)


def _owing(ledger: Ledger, spec: FigureSpec, quarters: Sequence[Quarter]) -> tuple[Unit, ...]:
    """A quarter in which neither the unit nor one merged into it was there has given it nothing."""

    owed: dict[tuple[str, bool, int], bool] = {}
    found = []
    for unit, there in ledger.units_there(tuple(quarters)):
        alike = (unit.kind, unit.agency, id(there))  # what it owes hangs on these alone
        if alike not in owed:
            owed[alike] = owes(ledger.plan, spec, unit, there)
        if owed[alike]:
            found.append(unit)
    return tuple(found)


def computed(figure: FigureInPeriod, units: tuple[Unit, ...]) -> Computed:
    """What the returns add that the figure asks for, and which of the units in N are counted with all of theirs."""
    parts = definitions(figure)
    if len(parts) > 1:
        return _by_several_definitions(figure, units, parts)
    return _by_definition(figure.ledger, figure.spec, units)


def _by_definition(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    name = spec.phep.ham
    if name in UNIT_TESTS:
        return run_test(ledger, spec, units)
    if name is not None:
        found: Computed = FIGURE_FUNCTIONS[name].function(ledger, spec, units)
        return found
    returns = unit_quarters(ledger, spec)
    columns = spec.phan_to.cot if spec.phan_to else []
    items = operate(ledger, spec.phep, returns.counted, columns)
    return Computed(distinct(items) if spec.phep.khac_nhau else items, returns.whole(ledger, units), returns=returns)


def _by_several_definitions(
    figure: FigureInPeriod, units: tuple[Unit, ...], parts: Sequence[tuple[FigureSpec, tuple[Quarter, ...]]]
) -> Computed:
    """Each quarter by its own definition; a unit counts whose every return is counted by that of its quarter."""
    items: Pile[Contribution] = Pile()
    lines: dict[str, Pile[Contribution]] = {}
    notes: dict[str, None] = {}
    returns = UnitQuarters()
    counted: dict[str, None] = {}
    for spec, quarters in parts:
        then = replace(figure.ledger, quarters=frozenset(quarters))
        found = _by_definition(then, spec, units)
        items.extend(found.items)
        notes |= dict.fromkeys(found.notes)
        counted |= dict.fromkeys(found.counted)
        returns = returns.and_of(found.returns)
        for name, group in lines_of(then, spec, found):
            lines.setdefault(name, Pile()).extend(group)
    whole = tuple(counted) if figure.spec.ve_viec_nop else returns.whole(figure.ledger, units)
    if figure.spec.ky == "khac_nhau":
        items = distinct(items)
    return Computed(items, whole, list(notes), lines=lines, returns=returns)
