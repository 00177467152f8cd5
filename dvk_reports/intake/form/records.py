"""A record of a table read cell by cell, each in one step where nothing can be said of it."""

from __future__ import annotations

from collections.abc import Mapping
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
        keys: list[str] = []
        texts: list[str] = []
        typed: list[Typed | None] = []
        for col, cell in cells.items():
            column = ready.get(col)
            if column is None:
                self.more = self.more or col != self.columns.lead
                continue
            value, error, _, shape, _, _, struck, linked, _, encoding = cell
            key, read = column.key, column.quick
            said = None
            if error or linked or encoding or struck is not None:
                if struck is not None:
                    del self.parser.findings[before:]
                    return None
            elif (quick := read.get(type(value))) is not None:
                said = quick(value, shape)
            if said is None:
                said = self._heard(column, cell, number, number, col)
            text, understood = said
            if text or understood is not None:
                keys.append(key)
                texts.append(text)
                typed.append(understood)
        place = self.columns.shapes.of(tuple(keys)), (self.file, self.sheet, number)
        return Row(self.columns.spec.ma, number, PackedValues(*place, tuple(texts), tuple(typed)))

    def of_lines(self, cells: Mapping[tuple[int, int], RawCell]) -> Row:
        """The row that the lines of a key/value sheet make."""
        ready, lead, held = self.columns.ready, self.columns.lead, {}
        for key, number in self.columns.fields.items():
            cell = cells.get((number, lead))
            if cell is not None:
                column = ready[number]
                plain = not (cell.error or cell.linked or cell.encoding or cell.struck is not None)
                quick = column.quick.get(type(cell.value)) if plain else None
                said = None if quick is None else quick(cell.value, cell.number_format)
                held[key] = said or self._heard(column, cell, 0, number, lead)
        held = {key: said for key, said in held.items() if said != ("", None)}
        texts, typed = zip(*held.values(), strict=True) if held else ((), ())
        where = self.file, self.sheet, next(iter(self.columns.fields.values()))
        return Row(self.columns.spec.ma, 0, PackedValues(self.columns.shapes.of(tuple(held)), where, texts, typed))

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
