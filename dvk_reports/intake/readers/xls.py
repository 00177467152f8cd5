"""Cells of .xls, read with xlrd: it tells an error from a blank, and knows formats and merged ranges."""

from __future__ import annotations

import io
from collections.abc import Collection
from datetime import datetime, time
from typing import Any

import xlrd
from xlrd.xldate import xldate_as_datetime

from dvk_reports.intake.readers.raw import RawBook, RawCell, RawValue, SheetBuilder, book_of, day_if_midnight


def read_xls(data: bytes, only: Collection[str] | None = None) -> RawBook:
    """Raises whatever xlrd raises on a file it does not understand (XLRDError, struct.error, AssertionError …)."""
    notes: list[str] = []
    try:
        book = _open(data, formatting_info=True)
    except NotImplementedError:
        # Excel 2 to 4 keep formats in a way xlrd does not read; the cells themselves it does.
        book = _open(data, formatting_info=False)
    except Exception as error:
        if "encrypted" in str(error):
            raise
        book = _open(data, formatting_info=False)
        notes.append("tệp .xls có phần định dạng bị hỏng: không nhận biết được ngày tháng và ô gộp")
    builders = []
    for index, name in enumerate(book.sheet_names()):
        if only is None or name in only:
            builders.append(_built(book, book.sheet_by_index(index)))
            book.unload_sheet(index)
    return book_of(builders, "xls", "xlrd", notes)


def _open(data: bytes, formatting_info: bool) -> Any:
    # xlrd writes its doubts to standard output unless it is given another place.
    return xlrd.open_workbook(
        file_contents=data,
        formatting_info=formatting_info,
        logfile=io.StringIO(),
        on_demand=True,
        ragged_rows=True,
    )


def _built(book: Any, sheet: Any) -> SheetBuilder:
    builder = SheetBuilder(sheet.name, hidden=sheet.visibility != 0)
    looks: dict[int, tuple[str, str]] = {}
    for row in range(sheet.nrows):
        types, values = sheet.row_types(row), sheet.row_values(row)
        for col, (kind, value) in enumerate(zip(types, values, strict=True)):
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            number_format, font = "General", ""
            if book.formatting_info:
                style = sheet.cell_xf_index(row, col)
                if style not in looks:
                    looks[style] = _look(book, style)
                number_format, font = looks[style]
            if kind == xlrd.XL_CELL_ERROR:
                error = xlrd.error_text_from_code.get(value, "#VALUE!")
                builder.put(row + 1, col + 1, RawCell(None, error, False, number_format, font))
            else:
                typed = _typed(kind, value, book.datemode)
                builder.put(row + 1, col + 1, RawCell(typed, "", False, number_format, font))
    builder.merged = [(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    for row, info in sheet.rowinfo_map.items():
        if info.hidden:
            builder.hide_rows(row + 1, row + 1)
    for col, info in sheet.colinfo_map.items():
        if info.hidden:
            builder.hide_cols(col + 1, col + 1)
    return builder


def _look(book: Any, style: int) -> tuple[str, str]:
    try:
        look = book.xf_list[style]
        return book.format_map[look.format_key].format_str, book.font_list[look.font_index].name
    except (IndexError, KeyError):
        return "General", ""


def _typed(kind: int, value: Any, datemode: int) -> RawValue:
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_DATE:
        return _moment(value, datemode)
    return str(value) if kind == xlrd.XL_CELL_TEXT else float(value)


def _moment(value: float, datemode: int) -> RawValue:
    try:
        moment: datetime = xldate_as_datetime(value, datemode)
    except (ValueError, OverflowError, xlrd.xldate.XLDateError):
        return value  # a number that only wears the dress of a date
    if 0 < value < 1:
        return time(moment.hour, moment.minute, moment.second)
    return day_if_midnight(moment)
