"""Whether the lines of ``Kết quả theo đơn vị`` add up to the figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.figures import BoardLine, Figure

NOT_OF_UNITS = ("MT4.3", "MT5.7", "MT5.8")
"""Targets that count things, set two ratios beside each other, or are published by others."""


def unlike_their_lines(data: Consolidation) -> list[str]:
    """The figures that the lines do not come to, with both."""
    return unlike(data.figures, data.board)


def unlike(figures: Iterable[Figure], board: Sequence[BoardLine]) -> list[str]:
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for line in board:
        above, below = sums.get(line.code, (Decimal(0), Decimal(0)))
        sums[line.code] = above + line.numerator, below + line.denominator
    found = []
    for figure in figures:
        if figure.group or not figure.code.startswith("MT") or figure.code in NOT_OF_UNITS or not figure.owed:
            continue
        printed = (figure.numerator or Decimal(0), figure.denominator or Decimal(0))
        if sums.pop(figure.code, None) != printed:
            found.append(f"{figure.code}: {printed}")
    return [*found, *sums]
