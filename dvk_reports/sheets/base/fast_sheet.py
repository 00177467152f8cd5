"""A worksheet of XlsxWriter that takes and writes rows of common cells at a fraction of the cost.

A whole stage has two million cells, nearly all of them a text, a number or a blank with a look. The XML is the same,
letter by letter; every other kind of cell goes the way of XlsxWriter.
"""

from __future__ import annotations

from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import CellBlankTuple, CellNumberTuple, CellStringTuple

from dvk_reports.model.values import column_letter
from dvk_reports.sheets.base.xml_text import content, space
from dvk_reports.vietnamese.text import remembered


@remembered
def _inline(text: str) -> str:
    """What stands in a cell that holds its text itself."""
    written = content(text)
    return f' t="inlineStr"><is><t{space(written)}>{written}</t></is></c>'


class FastSheet(xlsxwriter.worksheet.Worksheet):  # type: ignore[misc]
    """Takes a formula as it stands, a row of cells at once, and writes them with less ado."""

    previous_row: int

    def __init__(self) -> None:
        super().__init__()
        self._looks: dict[Any, str] = {}

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """XlsxWriter looks in each for some 150 functions younger than Excel 2010, also in its texts; we use none."""
        return formula.removeprefix("=")

    def open_row(self, row: int, width: int) -> dict[int, Any] | None:
        """Where the cells of a new row go, so many columns wide; None where the sheet does not take it."""
        if self._check_dimensions(row, 0) or self._check_dimensions(row, width - 1):
            return None
        if self.constant_memory and row > self.previous_row:
            self._write_single_row(row)
        cells: dict[int, Any] = self.table[row]
        return cells

    def text_cell(self, text: str, look: Any) -> Any:
        """A cell with a text."""
        return CellStringTuple(text if self.constant_memory else self.str_table._get_shared_string_index(text), look)

    def _write_single_row(self, current_row_num: int = 0) -> None:
        """The row that is finished, in a streamed sheet."""
        row = self.previous_row
        cells = self.table.get(row)
        if not cells:
            super()._write_single_row(current_row_num)
            return
        self.previous_row = current_row_num
        self._write_row(row, None, self.row_info.get(row))
        parts: list[str] = []
        for col in sorted(cells):
            xml = self._xml_of(row, col, cells[col])
            if xml is None:
                self.fh.write("".join(parts))
                parts.clear()
                super()._write_cell(row, col, cells[col])
            else:
                parts.append(xml)
        self.fh.write("".join(parts))
        self._xml_end_tag("row")
        self.table.clear()

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        xml = self._xml_of(row, col, cell)
        if xml is None:
            super()._write_cell(row, col, cell)
        else:
            self.fh.write(xml)

    def _xml_of(self, row: int, col: int, cell: Any) -> str | None:
        """A text, a number or a blank that has a look; None for any other cell."""
        look = getattr(cell, "format", None)
        if not look:
            return None
        kind = type(cell)
        style = self._looks.get(look)
        if style is None:
            style = self._looks[look] = f'" s="{look._get_xf_index()}"'
        head = f'<c r="{column_letter(col + 1)}{row + 1}{style}'
        if kind is CellBlankTuple:
            return f"{head}/>"
        if kind is CellNumberTuple:
            return f"{head}><v>{cell.number:.16G}</v></c>"
        if kind is CellStringTuple:
            return head + _inline(cell.string) if self.constant_memory else f'{head} t="s"><v>{cell.string}</v></c>'
        return None
