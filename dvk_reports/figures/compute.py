"""Every figure of the rule book for one period, each beside the period before, the year before and the plan's start."""

from __future__ import annotations

from dvk_reports.figures.beside import lines_beside, lines_in
from dvk_reports.figures.definitions import figure_in
from dvk_reports.figures.ledger import Ledger
from dvk_reports.model.figures import Figure


def compute(ledger: Ledger) -> tuple[Figure, ...]:
    """All figures in the order of the rule book, each followed by the lines of its breakdown.

    A figure that is in force in no quarter of the period is not among them.
    """
    found: list[Figure] = []
    for code in ledger.plan.figure_specs:
        figure = figure_in(ledger, code)
        if figure is not None:
            found += lines_beside(ledger, figure)
        if ledger.period.is_quarter:  # a longer period is looked at again year by year
            ledger.of_returns.clear()
    return tuple(found)


def without_comparison(ledger: Ledger) -> tuple[Figure, ...]:
    """All figures of a period for themselves, for a table that sets periods side by side."""
    found: list[Figure] = []
    for code in ledger.plan.figure_specs:
        figure = figure_in(ledger, code)
        if figure is not None:
            found += lines_in(figure).values()
    return tuple(found)
