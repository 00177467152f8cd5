"""A worksheet of XlsxWriter that takes and writes lines of common cells at a fraction of the cost.

A quarter has two hundred thousand cells, a whole stage two million, nearly all of them a text, a number or a blank with
a look. Their XML is made when the line is put, letter by letter that of XlsxWriter; every other kind of cell goes the
way of XlsxWriter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, partial
from math import isfinite
from operator import getitem
from pathlib import Path
from typing import Any, TypeAlias

import xlsxwriter
from xlsxwriter.worksheet import CellBlankTuple, CellNumberTuple, CellStringTuple

from dvk_reports.errors import SheetError
from dvk_reports.model.values import column_letter
from dvk_reports.sheets.base.streamed import Streamed
from dvk_reports.sheets.base.xml_text import content, day_number, fitting, space
from dvk_reports.vietnamese.words import NO, YES

_Pair: TypeAlias = tuple[Any, Any]
Dressed: TypeAlias = Callable[[int, Any], _Pair]
"""Value and look of a cell by its column and what is to stand there."""
_SIGNS = frozenset("=+-@<")
"""How a text begins that may need a look of its own, or that XlsxWriter could take for markup."""
_SHORT = 16_000
"""Letters that a cell holds whatever they are."""
_OFTEN, _MOST_KNOWN = 200, 3_000
"""Letters of a text that is kept, and how many are of a column."""
_AT_ONCE = 50
"""Rows that are written at once."""
_ROWS = "<!-- rows -->"
"""Where they come in a streamed sheet; no sheet of XlsxWriter has a comment of XML."""
_SHARED = ' t="s">'
"""How a cell goes on whose text stands in the list that all sheets share."""
_FIRST_YEAR = 1900
"""Of Excel's calendar."""
_DRAWN_ON = 100
"""Rows on which boxes with captions may lie, which are as tall as these are. The heights of all other rows of a
streamed sheet are forgotten when the row is written."""


def _inline(text: str) -> str:
    """What stands in a cell that holds its text itself."""
    written = content(text)
    return f' t="inlineStr"><is><t{space(written)}>{written}</t></is></c>'


def _plain(value: Any) -> bool:
    kind = type(value)
    if kind is str:
        return not value or (value[0] not in _SIGNS and len(value) < _SHORT)
    return value is None or kind is int


class _Uncommon(Exception):
    """A cell is for XlsxWriter to write."""


class _Column(dict[Any, str]):
    """What is written of the values of a column behind the number of their row, up to that of the next cell.

    Only what is equal to nothing of another kind is known by itself: 1, True and 1.0 are written differently.
    """

    def __init__(self, tell: Callable[[Any], str]) -> None:
        super().__init__()
        self._tell = tell
        self._numbers: dict[tuple[type, str], str] = {}

    def __missing__(self, value: Any) -> str:
        kind = type(value)
        if kind is Decimal or kind is int or kind is bool:
            key = kind, str(value)
            told = self._numbers.get(key)
            if told is None:
                if len(self._numbers) >= _MOST_KNOWN:
                    self._numbers.clear()
                told = self._numbers[key] = self._tell(value)
            return told
        told = self._tell(value)
        if value is None or kind is date or (kind is str and len(value) <= _OFTEN):
            if len(self) >= _MOST_KNOWN:
                self.clear()
            self[value] = told
        return told


@cache
def tall(pixels: int, common: int, fixed: bool = True) -> str:
    """What a row says of its height; ``fixed``: it keeps it, as XlsxWriter writes it."""
    kept = ' customHeight="1"' if fixed else ""
    return "" if pixels == common else f' ht="{pixels * 0.75:.16g}"{kept}'


def pixels_of(points: float) -> int:
    """The height of a row as it is shown."""
    return int(points * 4 / 3 + 0.5)


class FastSheet(xlsxwriter.worksheet.Worksheet):  # type: ignore[misc]
    """Takes a formula as it stands, a line of cells at once, and writes them with less ado."""

    previous_row: int
    dim_rowmax: Any
    default_row_height: int

    def __init__(self) -> None:
        super().__init__()
        self.lined = False
        """Whether lines are made ready at once: no chart reads their cells, and nothing is written over them."""
        self._styles: dict[Any, str] = {}
        self._held: tuple[Sequence[Any], list[_Column]] = ((), [])
        """The looks of the columns of the lines at hand, and what is known of their values."""
        self._odd: dict[int, _Pair] = {}
        """Column -> what stands in the line at hand that is no plain value, dressed."""
        self._lines: dict[int, tuple[int, str]] = {}
        """Row -> width and cells of a line that is ready and not yet written."""
        self._growing: set[int] = set()
        self._written: list[str] = []
        """Whole rows that are not yet handed over to the file."""

    def put_cell(self, row: int, col: int, value: Any, look: Any) -> None:
        """Any cell, in the way of XlsxWriter."""
        raise NotImplementedError

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """XlsxWriter looks in each for some 150 functions younger than Excel 2010, also in its texts; we use none."""
        return formula.removeprefix("=")

    def put_line(
        self, row: int, values: Sequence[Any], looks: Sequence[Any], dressed: Dressed, height: float | None = None
    ) -> bool:
        """A line from column A on: a plain text, a whole number or a blank with the look of its column, else dressed.

        ``height`` in points, where it is not the common one. False where the sheet does not take it.
        """
        if not self._inside_sheet(row, len(values)):
            return False
        if self.constant_memory and row > self.previous_row:
            self._write_single_row(row)
        odd = self._odd = {}
        line = self._ready(str(row + 1), values, looks, dressed) if self.lined else None
        free = line is not None and row not in self._lines and not self.table.get(row)
        if free and self.constant_memory and row > _DRAWN_ON and row not in self.row_info:
            said = "" if height is None else tall(pixels_of(height), self.default_row_height)
            self._written.append(f'<row r="{row + 1}"{said}>{line}</row>')
            if len(self._written) >= _AT_ONCE:
                self._hand_over()
            self.previous_row = row + 1  # nothing more is taken for this one
            return True
        if free and line is not None:
            self._lines[row] = len(values), line
        else:
            for col, value in enumerate(values):
                told = (value, looks[col]) if _plain(value) else odd.get(col) or dressed(col, value)
                self.put_cell(row, col, *told)
        return height is None or self.set_row(row, height) == 0

    def _inside_sheet(self, row: int, width: int) -> bool:
        """Whether a sheet has room for a line there; it then counts as used."""
        if self.dim_colmin == 0 and self.dim_colmax >= width - 1 and self.dim_rowmax < row < self.xls_rowmax:
            self.dim_rowmax = row  # as nearly every line
            return True
        return not self._check_dimensions(row, width - 1) and not (self.dim_colmin and self._check_dimensions(row, 0))

    def _ready(self, number: str, values: Sequence[Any], looks: Sequence[Any], dressed: Dressed) -> str | None:
        """The XML of the cells; None where one of them is no common one."""
        columns, before = self._held[1], self.str_table.count
        if self._held[0] is not looks:
            columns = self._columns(looks, dressed)
        if len(values) != len(columns):
            raise ValueError(f"{len(values)} values for {len(columns)} columns")
        try:
            line = number.join(['<c r="A', *map(getitem, columns, values)])
        except _Uncommon:
            self.str_table.count = before
            return None
        if not self.constant_memory:
            self.str_table.count = before + line.count(_SHARED)
        return line

    def _columns(self, looks: Sequence[Any], dressed: Dressed) -> list[_Column]:
        """What is known of the values of each column."""
        for look in looks:  # their numbers come before those of what is dressed
            self._style(look)
        next_cells = [f'<c r="{column_letter(col)}' for col in range(2, len(looks) + 1)]
        columns = [
            _Column(partial(self._told, col, look, dressed, after))
            for col, (look, after) in enumerate(zip(looks, [*next_cells, ""], strict=True))
        ]
        self._held = looks, columns
        return columns

    def fit_row(self, row: int, height: float) -> Any:
        """The height that a row with cells takes now, in points: it goes on growing with what is typed into it."""
        self._growing.add(row)
        return self.set_row(row, height)

    def _write_row(self, row: int, spans: Any, row_info: Any = None, empty_row: bool = False) -> None:
        if row in self._growing and not empty_row:
            self.fh.write(f'<row r="{row + 1}"{tall(row_info.height, self.default_row_height, fixed=False)}>')
        else:
            super()._write_row(row, spans, row_info, empty_row)

    def forget(self) -> None:
        """No more lines come: what is known of their values may go."""
        self._held = ((), [])

    def _told(self, col: int, look: Any, dressed: Dressed, after: str, value: Any) -> str:
        """The rest of a cell behind the number of its row, and the next one up to there."""
        if not _plain(value):
            self._odd[col] = value, look = dressed(col, value)
        inside = self._inside(value)
        if inside is None:
            raise _Uncommon
        return f'{self._style(look)}"{inside}{after}'

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
        """What follows the style of a text."""
        fit = fitting(text)
        if self.constant_memory:
            return _inline(fit)
        return f"{_SHARED}<v>{self.str_table._get_shared_string_index(fit)}</v></c>"

    def _write_rows(self) -> None:
        """All rows, of a sheet that is not streamed."""
        if not self.lined:
            super()._write_rows()
            return
        rows = self._lines.keys() | self.row_info.keys() | self.comments.keys() | self.table.keys()
        for row in sorted(rows):
            if row not in self._lines or row in self.row_info or self.table.get(row):
                self._write_whole_row(row)
                continue
            self._written.append(f'<row r="{row + 1}">{self._lines.pop(row)[1]}</row>')
            if len(self._written) >= _AT_ONCE:
                self._hand_over()
        self._hand_over()

    def _write_single_row(self, current_row_num: int = 0) -> None:
        """The row that is finished, in a streamed sheet."""
        row = self.previous_row
        self.previous_row = current_row_num
        self._write_whole_row(row)
        self.table.clear()
        if row > _DRAWN_ON:
            self.row_info.pop(row, None)
            self.row_sizes.pop(row, None)
        if not current_row_num:  # it was the last
            self._hand_over()

    def _write_optimized_sheet_data(self) -> None:
        """The place of the rows of a streamed sheet; XlsxWriter would copy them there as letters."""
        self.row_data_fh.close()
        if self.dim_rowmin is None:
            super()._write_optimized_sheet_data()
            return
        self._xml_start_tag("sheetData")
        self.fh.write(_ROWS)
        self._xml_end_tag("sheetData")

    def streamed(self, part: bytes) -> Streamed:
        """The part of a streamed sheet."""
        before, _, behind = part.partition(_ROWS.encode())
        return Streamed(before, Path(self.row_data_filename), behind)

    def _write_whole_row(self, row: int) -> None:
        width, line = self._lines.pop(row, (0, ""))
        cells, info = self.table.get(row), self.row_info.get(row)
        opening = self._opening(row, info)
        if line and not cells and opening:
            self._written.append(f"{opening}{line}</row>")
            if len(self._written) >= _AT_ONCE:
                self._hand_over()
            return
        self._hand_over()
        if not line and not cells:
            if info is not None or row in self.comments:
                self._write_empty_row(row, None, info)
            return
        self._write_row(row, None, info)
        self.fh.write(line)
        for col in sorted(cells) if cells else ():
            if col < width:
                raise SheetError(f"{self.get_name()}!{column_letter(col + 1)}{row + 1}: ô này đã ghi cùng cả dòng.")
            self._write_cell(row, col, cells[col])
        self._xml_end_tag("row")

    def _opening(self, row: int, info: Any) -> str:
        """How a row begins of which at most the height is given; "" for any other."""
        if info is None:
            return f'<row r="{row + 1}">'
        if info.row_format or info.hidden or info.level or info.collapsed:
            return ""
        return f'<row r="{row + 1}"{tall(info.height, self.default_row_height)}>'

    def _hand_over(self) -> None:
        """Write the rows that are ready: one by one they would cost more."""
        if self._written:
            self.fh.write("".join(self._written))
            self._written.clear()

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
            return head + (_inline(cell.string) if self.constant_memory else f"{_SHARED}<v>{cell.string}</v></c>")
        return None
