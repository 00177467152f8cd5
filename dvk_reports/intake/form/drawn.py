"""Sheets that are drawn alike: where the form stands in one is known from the other, without looking for it again.

What is remembered is the cells that were looked at. In a cell that is no part of the head (the name of the unit, a
counter) another text may stand, if neither it nor the one before is anything that is looked for.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from dvk_reports.intake.form.captions import caption_of, captions_of
from dvk_reports.intake.form.grid import LOOK, Cells, Grid, text_of
from dvk_reports.intake.readers.raw import RawCell
from dvk_reports.plan.book.rulebook import SheetSpec
from dvk_reports.vietnamese.legacy import DOUBTFUL

MARK = "dvk:"
"""How marks begin."""
_MOST, _EACH = 300, 4
"""So many marks of sheets, and ways to draw a sheet of a mark, are remembered."""


class Looked(NamedTuple):
    """What of a sheet was looked at to tell where the form stands in it."""

    last: int
    """The last row; of a key/value sheet the last column."""
    head: int = 0
    """The row from which on every cell counts; 0: only cells that say something do."""
    most: int = 0
    """Lines behind ``last`` were looked at that hold more cells than this; 0: none was."""


@dataclass(frozen=True)
class Drawing:
    """One sheet as it was drawn, and where the form stands in it."""

    spec: SheetSpec
    looked: Looked
    lines: Sequence[tuple[int, Cells]]
    """The rows that were looked at, or the columns of a key/value sheet."""
    merged: tuple[tuple[int, int, int, int], ...]
    place: tuple[Any, ...]
    """All of its Place but the sheet of the form and that of the file."""

    @cached_property
    def known(self) -> Container[str]:
        """The captions of the sheet."""
        return captions_of(self.spec).known

    def fits(self, grid: Grid) -> bool:
        """Whether a sheet with the same mark is drawn in the same way."""
        table = self.spec.table
        if table and grid.raw.merged != self.merged:
            return False
        lines = looked_at(self.spec, grid, self.looked)
        return len(lines) == len(self.lines) and all(
            number == at and (cells == before or self._alike(number, cells, before))
            for (number, cells), (at, before) in zip(lines, self.lines, strict=True)
        )

    def _alike(self, number: int, cells: Cells, before: Cells) -> bool:
        if [*cells] != [*before] or 0 < self.looked.head <= number:
            return False
        changed = [item for item in zip(cells.values(), before.values(), strict=True) if item[0] != item[1]]
        return all(self._says_nothing(cell) for item in changed for cell in item)

    def _says_nothing(self, cell: RawCell) -> bool:
        """Whether a cell has no mark, no key and no caption of the sheet."""
        known, text = self.known, text_of(cell)
        named = caption_of(cell, known) in known or text in self.spec.fields
        return not named and cell.encoding != DOUBTFUL and MARK not in text and " / " not in text


def looked_at(spec: SheetSpec, grid: Grid, looked: Looked) -> Sequence[tuple[int, Cells]]:
    """The rows (columns of a key/value sheet) that tell where the form stands, with their cells."""
    lines, found = (grid.rows if spec.table else grid.columns).items(), []
    for number, cells in lines:
        if number <= looked.last or (looked.most and len(cells) > looked.most and number <= LOOK):
            found.append((number, cells))
        elif not looked.most:
            break
    return found


_drawings: dict[tuple[int, object], tuple[SheetSpec, list[Drawing]]] = {}


def drawings_of(spec: SheetSpec, mark: object) -> list[Drawing]:
    """The sheets with a mark that are remembered, to be added to."""
    found = _drawings.get((id(spec), mark))
    if found is None:
        if len(_drawings) >= _MOST:
            _drawings.clear()
        found = _drawings[id(spec), mark] = spec, []  # what is known by its id is held
    del found[1][:-_EACH]
    return found[1]
