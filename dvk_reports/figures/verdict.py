"""The value of a figure with its bounds, and the verdict on its target (contract “Unit tests”, “Verdict”)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from dvk_reports.figures.breakdown import is_known
from dvk_reports.figures.contributions import total
from dvk_reports.figures.counted import Computed
from dvk_reports.figures.definitions import FigureInPeriod
from dvk_reports.model.figures import MET, NOT_MET, UNDECIDED, Figure
from dvk_reports.plan.book.registry import UNIT_TESTS
from dvk_reports.plan.book.rulebook import FigureSpec
from dvk_reports.plan.register.register import Unit


def with_value(spec: FigureSpec, head: Figure, found: Computed, units: tuple[Unit, ...]) -> Figure:
    """Value, bounds and verdict from what the counted units add."""
    counted = set(found.counted)
    in_n = counted if spec.ve_viec_nop else {unit.code for unit in units if unit.code in counted}
    figure = replace(
        head,
        reported=None if head.owed is None else len(in_n),
        missing=tuple(unit.code for unit in units if unit.code not in counted),
    )
    if found.no_value:
        return figure
    if found.given_value:
        return replace(figure, value=found.value)
    above = total(found.items)
    if not figure.ratio:
        return replace(figure, numerator=above, value=above) if is_known(figure, found) else figure
    below = total(found.items, below=True)
    figure = replace(figure, numerator=above, denominator=below, value=above / below if below else None)
    if spec.thieu == "m1":
        figure = _bounded(spec, figure, found)
    return replace(figure, verdict=_verdict(spec, figure, figure.target)) if figure.target is not None else figure


def _bounded(spec: FigureSpec, figure: Figure, found: Computed) -> Figure:
    """Lowest: missing units count as not met; highest: as met. Blank where a missing unit's denominator is unknown."""
    n, owed = figure.reported or 0, figure.owed or 0
    if spec.phep.ham in UNIT_TESTS:
        met = figure.numerator or Decimal(0)
        return replace(figure, low=met / owed, high=(met + owed - n) / owed)
    if found.low is not None or found.high is not None:
        return replace(figure, low=found.low, high=found.high)
    if n == owed:
        return replace(figure, low=figure.value, high=figure.value)
    return figure


def _verdict(spec: FigureSpec, figure: Figure, target: Decimal) -> str:
    everybody = figure.reported == figure.owed
    if spec.thieu == "m2":
        if not everybody or figure.value is None:
            return UNDECIDED
        return MET if figure.value >= target else NOT_MET
    if spec.mau_so_khong_ro and not everybody:
        above, below = figure.numerator, figure.denominator
        short = above is not None and below is not None and above < below
        return NOT_MET if short and target == 1 else UNDECIDED
    if figure.low is None or figure.high is None:
        return UNDECIDED
    return MET if figure.low >= target else NOT_MET if figure.high < target else UNDECIDED


def tempered(figure: FigureInPeriod, line: Figure) -> Figure:
    """A yearly target is missed only when the year is over, or the figure is in force no longer."""
    ledger, spec = figure.ledger, figure.spec
    yearly = spec.ky == "trong_nam" or ledger.on(ledger.last).reads_reviews(spec)
    goes_on = not ledger.period.ends_year and ledger.spec(spec.ma, ledger.last.next) is not None
    if line.verdict != NOT_MET or not yearly or not goes_on:
        return line
    note, brief = ("; ".join(part for part in (text, "chưa hết năm") if part) for text in (line.note, line.brief))
    return replace(line, verdict=UNDECIDED, note=note, brief=brief if line.brief else "")
