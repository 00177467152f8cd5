"""A worksheet of XlsxWriter that takes and writes lines of common cells at a fraction of the cost.

A quarter has two hundred thousand cells, a whole stage two million, nearly all of them a text, a number or a blank with
a look. Their XML is made when the line is put, letter by letter that of XlsxWriter; every other kind of cell goes the
way of XlsxWriter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import Any, TypeAlias

import xlsxwriter
from xlsxwriter.worksheet import CellBlankTuple, CellNumberTuple, CellStringTuple

from dvk_reports.errors import SheetError
from dvk_reports.model.values import column_letter
from dvk_reports.sheets.base.xml_text import content, day_number, fitting, space
from dvk_reports.vietnamese.text import remembered
from dvk_reports.vietnamese.words import NO, YES

_Pair: TypeAlias = tuple[Any, Any]
Dressed: TypeAlias = Callable[[int, Any], _Pair]
"""Value and look of a cell by its column and what is to stand there."""
_SIGNS = frozenset("=+-@<")
"""How a text begins that may need a look of its own, or that XlsxWriter could take for markup."""
_SHORT = 16_000
"""Letters that a cell holds whatever they are."""
_OFTEN, _MOST_KNOWN = 200, 20_000
"""Letters of a text that is kept, and how many are."""
_FIRST_YEAR = 1900
"""Of Excel's calendar."""
_DRAWN_ON = 100
"""Rows on which boxes with captions may lie, which are as tall as these are. The heights of all other rows of a
streamed sheet are forgotten when the row is written."""


@remembered
def _inline(text: str) -> str:
    """What stands in a cell that holds its text itself."""
    written = content(text)
    return f' t="inlineStr"><is><t{space(written)}>{written}</t></is></c>'


def _plain(value: Any) -> bool:
    kind = type(value)
    if kind is str:
        return not value or (value[0] not in _SIGNS and len(value) < _SHORT)
    return value is None or kind is int


class FastSheet(xlsxwriter.worksheet.Worksheet):  # type: ignore[misc]
    """Takes a formula as it stands, a line of cells at once, and writes them with less ado."""

    previous_row: int

    def __init__(self) -> None:
        super().__init__()
        self.lined = False
        """Whether lines are made ready at once: no chart reads their cells, and nothing is written over them."""
        self._styles: dict[Any, str] = {}
        self._held: tuple[Sequence[Any], list[tuple[str, str]]] = ((), [])
        self._known: dict[str, str] = {}
        """Text -> what follows the style of its cell."""
        self._lines: dict[int, tuple[int, str]] = {}
        """Row -> width and cells of a line that is ready and not yet written."""

    def put_cell(self, row: int, col: int, value: Any, look: Any) -> None:
        """Any cell, in the way of XlsxWriter."""
        raise NotImplementedError

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """XlsxWriter looks in each for some 150 functions younger than Excel 2010, also in its texts; we use none."""
        return formula.removeprefix("=")

    def put_line(self, row: int, values: Sequence[Any], looks: Sequence[Any], dressed: Dressed) -> bool:
        """A line from column A on: a plain text, a whole number or a blank with the look of its column, else dressed.

        False where the sheet does not take it.
        """
        if self._check_dimensions(row, len(values) - 1) or (self.dim_colmin and self._check_dimensions(row, 0)):
            return False
        if self.constant_memory and row > self.previous_row:
            self._write_single_row(row)
        odd: dict[int, _Pair] = {}
        line = self._ready(str(row + 1), values, looks, dressed, odd) if self.lined else None
        if line is not None and row not in self._lines and not self.table.get(row):
            self._lines[row] = len(values), line
            return True
        for col, value in enumerate(values):
            self.put_cell(row, col, *((value, looks[col]) if _plain(value) else odd.get(col) or dressed(col, value)))
        return True

    def _ready(
        self, number: str, values: Sequence[Any], looks: Sequence[Any], dressed: Dressed, odd: dict[int, _Pair]
    ) -> str | None:
        """The XML of the cells; None where one of them is no common one. ``odd`` takes those that were dressed."""
        parts: list[str] = []
        known, before, texts = self._known, self.str_table.count, 0
        for (head, style), value in zip(self._columns(looks), values, strict=True):
            if value is None or value == "":
                parts.append(f'{head}{number}{style}"/>')
                continue
            # A text that is known was found to fit when it was put for the first time.
            inside = known.get(value) if type(value) is str and value[0] not in _SIGNS else None
            if inside is not None:
                texts += 1
                parts.append(f'{head}{number}{style}"{inside}')
                continue
            if not _plain(value):
                col = len(parts)
                odd[col] = value, look = dressed(col, value)
                style = self._style(look)
            inside = self._inside(value)
            if inside is None:
                self.str_table.count = before
                return None
            parts.append(f'{head}{number}{style}"{inside}')
        if not self.constant_memory:
            self.str_table.count += texts
        return "".join(parts)

    def _columns(self, looks: Sequence[Any]) -> list[tuple[str, str]]:
        """What stands in a cell of each column before and after the number of its row."""
        held, columns = self._held
        if held is not looks:
            columns = [(f'<c r="{column_letter(col)}', self._style(look)) for col, look in enumerate(looks, 1)]
            self._held = looks, columns
        return columns

    def _style(self, look: Any) -> str:
        """What stands between the place of a cell and its closing quotation mark."""
        style = self._styles.get(look)
        if style is None:
            style = self._styles[look] = f'" s="{look._get_xf_index()}'
        return style

    def _inside(self, value: Any) -> str | None:
        """What follows the style of a cell; None where that is for XlsxWriter to say."""
        if value is None or value == "":
            return "/>"
        if isinstance(value, bool):
            value = YES if value else NO
        if isinstance(value, str):
            if value.startswith("<r>"):
                return None
            return self._text(value)
        if isinstance(value, int | float | Decimal) and isfinite(value):
            return f"><v>{value:.16G}</v></c>"
        if type(value) is date and value.year >= _FIRST_YEAR:
            return f"><v>{day_number(value)}</v></c>"
        return None

    def _text(self, text: str) -> str:
        """What follows the style of a text; kept where it is short: many come again and again."""
        fit = fitting(text)
        if self.constant_memory:
            inside = _inline(fit)
        else:
            inside = f' t="s"><v>{self.str_table._get_shared_string_index(fit)}</v></c>'
        if len(text) <= _OFTEN:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[text] = inside
        return inside

    def _write_rows(self) -> None:
        """All rows, of a sheet that is not streamed."""
        if not self.lined:
            super()._write_rows()
            return
        rows = self._lines.keys() | self.row_info.keys() | self.comments.keys() | self.table.keys()
        for row in sorted(rows):
            self._write_whole_row(row)

    def _write_single_row(self, current_row_num: int = 0) -> None:
        """The row that is finished, in a streamed sheet."""
        row = self.previous_row
        self.previous_row = current_row_num
        self._write_whole_row(row)
        self.table.clear()
        if row > _DRAWN_ON:
            self.row_info.pop(row, None)
            self.row_sizes.pop(row, None)

    def _write_whole_row(self, row: int) -> None:
        width, line = self._lines.pop(row, (0, ""))
        cells, info = self.table.get(row), self.row_info.get(row)
        if not line and not cells:
            if info is not None or row in self.comments:
                self._write_empty_row(row, None, info)
            return
        if info is None:
            if not cells:
                self.fh.write(f'<row r="{row + 1}">{line}</row>')
                return
            self.fh.write(f'<row r="{row + 1}">')
        else:
            self._write_row(row, None, info)
        self.fh.write(line)
        for col in sorted(cells) if cells else ():
            if col < width:
                raise SheetError(f"{self.get_name()}!{column_letter(col + 1)}{row + 1}: ô này đã ghi cùng cả dòng.")
            self._write_cell(row, col, cells[col])
        self._xml_end_tag("row")

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
        head = f'<c r="{column_letter(col + 1)}{row + 1}{self._style(look)}"'
        if kind is CellBlankTuple:
            return f"{head}/>"
        if kind is CellNumberTuple:
            return f"{head}><v>{cell.number:.16G}</v></c>"
        if kind is CellStringTuple:
            return head + _inline(cell.string) if self.constant_memory else f'{head} t="s"><v>{cell.string}</v></c>'
        return None
