"""A sheet of a file by its lines, put in order once: whatever is looked for on it visits only lines that hold cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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

Truths: TypeAlias = dict[tuple[int, int], tuple[bool, bool]]
_REMEMBERED = 500
"""Cells of a sheet that is no sheet of the form, up to which it is remembered: the guide is that of all forms."""
_searched: list[tuple[RawSheet, Truths, dict[int, object]]] = []

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

    @cached_property
    def absent(self) -> dict[int, object]:
        """The sheets of the form that were looked for here, or on the same sheet before, in vain: by their ids."""
        raw = self.raw
        for before, truths, absent in _searched:
            same = (before.name, before.merged) == (raw.name, raw.merged) and before.cells == raw.cells
            if same and truths_in(raw.cells, truths) == truths:
                return absent
        found: dict[int, object] = {}
        if len(raw.cells) <= _REMEMBERED:
            _searched[:] = [(raw, truths_in(raw.cells), found), *_searched[:29]]
        return found

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


def truths_in(cells: Mapping[tuple[int, int], RawCell], places: Iterable[tuple[int, int]] | None = None) -> Truths:
    """Of each cell that holds one or zero, or of those at some places, whether it is a truth.

    Python takes a truth for the same as the number, so that cells which are compared may be equal and say two things.
    """
    if places is None:
        places = [place for place, cell in cells.items() if cell.value in (0, 1) or cell.struck in (0, 1)]
    return {place: (type(cells[place].value) is bool, type(cells[place].struck) is bool) for place in places}


def text_of(cell: RawCell) -> str:
    """What stands in a cell, struck out or not, on one line."""
    written = cell.written
    return _line(written) if isinstance(written, str) else tidy(shown(written))


@remembered
def _line(text: str) -> str:
    return tidy(shown(text))
