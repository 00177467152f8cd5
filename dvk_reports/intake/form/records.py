"""A record of a table read cell by cell, each in one step where nothing can be said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dvk_reports.intake.form.columns import LABELS, Column, Columns
from dvk_reports.intake.form.grid import Cells
from dvk_reports.intake.form.values import Read, ValueParser
from dvk_reports.intake.readers.raw import RawCell
from dvk_reports.model.packed import PackedValues
from dvk_reports.model.values import Row, Typed


@dataclass
class Records:
    """Reads the records of one sheet, and notes what has to be looked at when all are read."""

    columns: Columns
    parser: ValueParser
    file: str
    sheet: str
    """Its name in the file."""
    more: bool = False
    """Whether a record holds something that stands in none of the columns."""
    written_days: bool = False
    """Whether a column of days has a text in it."""

    def row(self, number: int, cells: Cells) -> Row | None:
        """The record of a line; None where something in it is struck out, so that the line is looked at as a whole."""
        ready, before = self.columns.ready, len(self.parser.findings)
        held: list[tuple[str, str, Typed | None]] = []
        for col, cell in cells.items():
            column = ready.get(col)
            if column is None:
                self.more = self.more or col != self.columns.lead
                continue
            said = column.quick(cell)
            if said is None:
                if cell.struck is not None:
                    del self.parser.findings[before:]
                    return None
                said = self._heard(column, cell, number, number, col)
            text, typed = said
            if text or typed is not None:
                held.append((column.key, text, typed))
        return self._packed(number, number, held)

    def of_lines(self, cells: Mapping[tuple[int, int], RawCell]) -> Row:
        """The row that the lines of a key/value sheet make."""
        ready, lead = self.columns.ready, self.columns.lead
        held: list[tuple[str, str, Typed | None]] = []
        for key, row in self.columns.fields.items():
            cell = cells.get((row, lead))
            if cell is not None:
                text, typed = ready[row].quick(cell) or self._heard(ready[row], cell, 0, row, lead)
                if text or typed is not None:
                    held.append((key, text, typed))
        return self._packed(0, next(iter(self.columns.fields.values())), held)

    def _packed(self, number: int, row: int, held: Sequence[tuple[str, str, Typed | None]]) -> Row:
        keys, texts, typed = zip(*held, strict=True) if held else ((), (), ())
        values = PackedValues(self.columns.shapes.of(keys), (self.file, self.sheet, row), texts, typed)
        return Row(self.columns.spec.ma, number, values)

    def _heard(self, column: Column, cell: RawCell, number: int, row: int, col: int) -> Read:
        """A cell of which something may have to be said; ``number``: of its record, ``row``: where it stands."""
        spec, where = self.columns.spec, (self.file, self.sheet, row, col)
        said = self.parser.read(spec, column.spec, cell, where, number)
        value = cell.value
        if isinstance(value, str):
            self.written_days = self.written_days or column.spec.kieu == "ngay"
            known = self.parser.labels.get((spec.ma, column.key, value))
            if known is not None and len(column.labels) < LABELS:
                column.labels[value] = known
        return said
