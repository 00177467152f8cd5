"""Sheets that are drawn alike: where the form stands in one is known from the other, without looking for it again.

What is remembered is the cells that were looked at. In a cell that is no part of the head (the name of the unit, a
counter) another text may stand, if neither it nor the one before is anything that is looked for.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from dvk_reports.intake.form.captions import caption_of, captions_of
from dvk_reports.intake.form.grid import LOOK, Cells, Grid, Truths, text_of, truths_in
from dvk_reports.intake.readers.raw import RawCell, RawSheet
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


class Blank(NamedTuple):
    """A table in which nothing was filled in, and of which there was nothing to say."""

    places: Sequence[tuple[int, int]]
    cells: Sequence[RawCell]
    truths: Truths
    hidden: bool
    columns: object
    """The columns that it was read by."""


@dataclass(frozen=True)
class Drawing:
    """One sheet as it was drawn, and where the form stands in it."""

    spec: SheetSpec
    looked: Looked
    lines: Sequence[tuple[int, Cells]]
    """The rows that were looked at, or the columns of a key/value sheet."""
    merged: tuple[tuple[int, int, int, int], ...]
    place: Mapping[str, Any]
    """All of its Place that is the same wherever it is drawn so."""
    truths: Truths
    """Of its ones and zeros that were looked at."""
    blanks: list[Blank] = field(default_factory=list)
    """The newest sheets drawn so that were blank."""

    @cached_property
    def known(self) -> Container[str]:
        """The captions of the sheet."""
        return captions_of(self.spec).known

    def keep_blank(self, grid: Grid, columns: object) -> None:
        """Remember a sheet as blank."""
        raw = grid.raw
        blank = Blank([*raw.cells], [*raw.cells.values()], truths_in(raw.cells), raw.hidden, columns)
        self.blanks[:] = [blank, *self.blanks[: _EACH - 1]]

    def blank(self, grid: Grid) -> object:
        """The columns by which a sheet is known to be blank: all its cells are those of another; else None."""
        raw = grid.raw
        found = (blank for blank in self.blanks if len(blank.places) == len(raw.cells))
        return next((blank.columns for blank in found if self._same(blank, raw)), None)

    def _same(self, blank: Blank, raw: RawSheet) -> bool:
        if raw.hidden != blank.hidden or raw.merged != self.merged or [*raw.cells] != blank.places:
            return False
        if truths_in(raw.cells, blank.truths) != blank.truths:
            return False
        cells = zip(raw.cells.values(), blank.cells, blank.places, strict=True)
        changed = [(now, before, place[0]) for now, before, place in cells if now != before]
        return all(
            row < self.looked.head and (cell.formula or isinstance(cell.value, str)) and self._says_nothing(cell)
            for *both, row in changed
            for cell in both
        )

    def fits(self, grid: Grid) -> bool:
        """Whether a sheet with the same mark is drawn in the same way."""
        table = self.spec.table
        if table and grid.raw.merged != self.merged:
            return False
        lines = looked_at(self.spec, grid, self.looked)
        alike = len(lines) == len(self.lines) and all(
            number == at and (cells == before or self._alike(number, cells, before))
            for (number, cells), (at, before) in zip(lines, self.lines, strict=True)
        )
        return alike and truths_in(grid.raw.cells, self.truths) == self.truths

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
