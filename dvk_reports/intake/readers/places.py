"""Cells and areas as a workbook writes them: ``B12``, ``A1:C3``."""

from __future__ import annotations

import re

from dvk_reports.model.values import column_number

Areas = tuple[tuple[int, int, int, int], ...]
"""(top, left, bottom, right), counted from 1."""

_CELL = re.compile(r"([A-Za-z]{1,3})([0-9]+)")
_AREA = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]+)(?::\$?([A-Za-z]{1,3})\$?([0-9]+))?")


def cell_at(written: str) -> tuple[int, int]:
    """(row, column) of ``B12``; ValueError for what is no cell."""
    found = _CELL.fullmatch(written)
    if found is None:
        raise ValueError(f"{written} is no cell")
    return int(found[2]), column_number(found[1].upper())


def area_of(written: str) -> tuple[int, int, int, int] | None:
    """(top, left, bottom, right) of ``A1:C3``; None for what is no area of cells, or one without a first row."""
    found = _AREA.fullmatch(written)
    if found is None:
        return None
    left, top, right, bottom = found.groups()
    first, last = int(top), int(bottom or top)
    if not (first and last):
        return None
    return first, column_number(left.upper()), last, column_number((right or left).upper())
