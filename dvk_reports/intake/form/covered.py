"""What stands under a merged cell, where nobody sees it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from dvk_reports.intake.readers.raw import RawSheet
from dvk_reports.model.values import column_letter

_MOST = 2_000
"""So many places under merged cells are named one by one."""


def covered(raw: RawSheet) -> Iterator[tuple[tuple[int, int], str]]:
    """Every cell that lies under a merged one, with the merged cell."""
    spots = _spots(raw.merged)
    if spots is not None and raw.cells.keys().isdisjoint(spots):
        return
    for top, left, bottom, right in raw.merged:
        for place in _within(raw, top, left, bottom, right):
            if place != (top, left):
                yield place, f"{column_letter(left)}{top}:{column_letter(right)}{bottom}"


@lru_cache(maxsize=200)
def _spots(merged: tuple[tuple[int, int, int, int], ...]) -> Collection[tuple[int, int]] | None:
    """The places that merged cells cover, which are those of all forms; None where they are too many."""
    if sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in merged) > _MOST:
        return None
    return [
        (row, col)
        for top, left, bottom, right in merged
        for row in range(top, bottom + 1)
        for col in range(left, right + 1)
        if (row, col) != (top, left)
    ]


def _within(raw: RawSheet, top: int, left: int, bottom: int, right: int) -> list[tuple[int, int]]:
    """The cells of an area that hold something; an area may be as large as the sheet."""
    cells = raw.cells
    if (bottom - top + 1) * (right - left + 1) > len(cells):
        return [(row, col) for row, col in cells if top <= row <= bottom and left <= col <= right]
    area = ((row, col) for row in range(top, bottom + 1) for col in range(left, right + 1))
    return [place for place in area if place in cells]
