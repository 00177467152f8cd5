"""A sheet of a file by its lines, put in order once: whatever is looked for on it visits only lines that hold cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import TypeAlias

from dvk_reports.intake.form.shown import shown
from dvk_reports.intake.readers.raw import RawCell, RawSheet
from dvk_reports.vietnamese.text import remembered, tidy

LOOK = 40
"""Rows and columns in which a mark, the keys or the captions are looked for."""
LONGEST = 1000
"""Letters of a key or a caption at most: a text of more is not compared, which would cost most of all."""

Cells: TypeAlias = dict[int, RawCell]
"""Column -> cell of one line (or row -> cell of one column), in their order."""


@dataclass(frozen=True, eq=False)
class Grid:
    """One sheet by its lines."""

    raw: RawSheet

    @cached_property
    def values(self) -> set[object]:
        """All that stands in its cells and is not struck out, each once."""
        return set(map(itemgetter(0), self.raw.cells.values()))

    @cached_property
    def rows(self) -> dict[int, Cells]:
        """Row -> its cells, from the top and from the left; a row without cells is not here."""
        cells = sorted(self.raw.cells.items(), key=itemgetter(0))  # those of nearly all files stand in order
        rows: dict[int, Cells] = {}
        line: Cells = {}
        last = 0
        for (row, col), cell in cells:
            if row != last:
                rows[row], last = (line := {}), row
            line[col] = cell
        return rows

    @cached_property
    def columns(self) -> dict[int, Cells]:
        """Column -> its cells, from the left."""
        columns: dict[int, Cells] = {}
        for row, cells in self.rows.items():
            for col, cell in cells.items():
                columns.setdefault(col, {})[row] = cell
        return dict(sorted(columns.items()))

    @property
    def top(self) -> Iterator[tuple[int, Cells]]:
        """The lines in which a head may stand."""
        for row, cells in self.rows.items():
            if row > LOOK:
                return
            yield row, cells

    def text_at(self, row: int, col: int) -> str:
        """What stands in a cell, struck out or not, on one line; "" where it is blank."""
        cell = self.raw.cells.get((row, col))
        return text_of(cell) if cell is not None else ""


def text_of(cell: RawCell) -> str:
    """What stands in a cell, struck out or not, on one line."""
    written = cell.written
    return _line(written) if isinstance(written, str) else tidy(shown(written))


@remembered
def _line(text: str) -> str:
    return tidy(shown(text))
