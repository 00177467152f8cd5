"""Every figure of the rule book for one period, each beside the period before, the year before and the plan's start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dvk_reports.figures.beside import lines_beside
from dvk_reports.figures.definitions import figure_in
from dvk_reports.figures.ledger import Ledger
from dvk_reports.figures.lines import head_of
from dvk_reports.model.figures import Figure
from dvk_reports.model.periods import Period


def compute(ledger: Ledger) -> tuple[Figure, ...]:
    """All figures in the order of the rule book, each followed by the lines of its breakdown.

    A figure that is in force in no quarter of the period is not among them.
    """
    figures, _ = compute_with_parts(ledger, ())
    return figures


def compute_with_parts(
    ledger: Ledger, parts: Sequence[Period]
) -> tuple[tuple[Figure, ...], dict[str, tuple[Figure, ...]]]:
    """The same, and beside it by the key of each part of the period its figures alone, without breakdown and cells."""
    found: list[Figure] = []
    of_parts: dict[str, list[Figure]] = {part.key: [] for part in parts}
    inside = [(of_parts[part.key], replace(ledger, period=part)) for part in parts]
    for code in ledger.plan.figure_specs:
        figure = figure_in(ledger, code)
        if figure is not None:
            found += lines_beside(ledger, figure)
        for heads, there in inside:
            figure = figure_in(there, code)
            if figure is not None:
                heads.append(head_of(figure))
        ledger.of_returns.clear()
    return tuple(found), {key: tuple(heads) for key, heads in of_parts.items()}
