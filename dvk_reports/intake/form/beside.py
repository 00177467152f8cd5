"""Values beside their cell on a key/value sheet: where the form has its hints, further to the right, on a free line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from dvk_reports.intake.form.grid import Cells
from dvk_reports.intake.form.lines import content_of, fits
from dvk_reports.plan.book.rulebook import FieldSpec, Plan
from dvk_reports.vietnamese.text import fold


def values_beside(
    plan: Plan, fields: Mapping[int, FieldSpec], rows: Mapping[int, Cells], lead: int
) -> Iterator[tuple[int, int]]:
    """The cells that hold something beside a cell of the form. ``fields``: row -> its field; ``lead``: their column."""
    filled = {
        (row, col): text
        for row, cells in rows.items()
        if row in fields
        for col, cell in cells.items()
        if col >= lead - 1 and col != lead and not cell.formula
        if not (col == lead - 1 and isinstance(cell.value, str))  # the caption
        if (text := content_of(cell))
    }
    hints = {
        place for place, text in filled.items() if place[1] == lead + 1 and _same(text, fields[place[0]].huong_dan)
    }
    # Where most fields have another text there, the form was sent out with other hints: then only what a field may hold
    # is a value.
    hinted = sum(col == lead + 1 and (row, col) not in hints for row, col in filled) * 2 <= len(fields)
    for place in filled:
        row, col = place
        if place in hints:
            continue
        if hinted or col != lead + 1 or fits(plan, rows[row][col], fields[row]):
            yield place


@lru_cache(maxsize=1_000)
def _same(text: str, hint: str) -> bool:
    return fold(text) == fold(hint)


def values_off_the_lines(
    fields: Mapping[int, FieldSpec], rows: Mapping[int, Cells], lead: int
) -> Iterator[tuple[int, int]]:
    """Numbers and days on a line without a field, between those of the form or below the last: no text of the sheet."""
    for row, cells in rows.items():
        if row in fields or row <= min(fields, default=row):
            continue
        for col, cell in cells.items():
            if col >= lead and not cell.formula and not isinstance(cell.value, str) and content_of(cell):
                yield row, col
