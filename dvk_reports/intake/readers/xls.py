"""Cells of .xls, read with xlrd: it tells an error from a blank, and knows formats, struck text and merged ranges."""

from __future__ import annotations

import io
import struct
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import olefile
import xlrd
from xlrd.book import SUPBOOK_DDEOLE, SUPBOOK_EXTERNAL

from dvk_reports.intake.readers.excel_days import MAC_EPOCH, WINDOWS_EPOCH, from_excel, is_timedelta_format
from dvk_reports.intake.readers.package import DDE, LINKS, MACROS
from dvk_reports.intake.readers.raw import (
    UNKNOWN_FORMAT,
    RawBook,
    RawCell,
    RawValue,
    SheetBuilder,
    book_of,
    day_if_midnight,
    finite,
    without_struck,
)

_CONTINUE, _BOUND_SHEET = 0x3C, 0x85
_LOOKS_LOST = "tệp .xls không cho biết phần định dạng: không nhận biết được ô phần trăm, ô gộp và chữ gạch ngang"


def read_xls(data: bytes, only: Collection[str] | None = None) -> RawBook:
    """Raises whatever xlrd raises on a file it does not understand (XLRDError, struct.error, AssertionError …)."""
    doubts: list[str] = []
    try:
        book = _open(data, formatting_info=True)
    except Exception as error:
        if "encrypted" in str(error):
            raise
        # The looks are damaged, or written as Excel 2 to 4 did (which xlrd does not read); the cells may be sound.
        book = _open(data, formatting_info=False)
        doubts.append(_LOOKS_LOST)
    builders = []
    for index, name in enumerate(book.sheet_names()):
        if only is None or name in only:
            builders.append(_Sheet(book, book.sheet_by_index(index)).built())
            book.unload_sheet(index)
    return book_of(builders, "xls", "xlrd", list(_notes(data, book)), doubts)


def without_empty_records(data: bytes) -> bytes:
    """The records of an OLE workbook without those that go on with nothing, which xlrd takes to hold a text.

    The records that say where a sheet begins are brought along. Raises ValueError where there is nothing to take out.
    """
    with olefile.OleFileIO(io.BytesIO(data)) as box:
        stream = box.openstream("Workbook" if box.exists("Workbook") else "Book").read()
    places, kept = [], bytearray()
    taken: list[int] = []
    at = 0
    while at + 4 <= len(stream):
        number, size = struct.unpack_from("<HH", stream, at)
        if number == _CONTINUE and size == 0:
            taken.append(at)
        else:
            if number == _BOUND_SHEET:
                places.append(len(kept) + 4)
            kept += stream[at : at + 4 + size]
        at += 4 + size
    if not taken:
        raise ValueError("no empty record")
    for place in places:
        (begins,) = struct.unpack_from("<I", kept, place)
        struct.pack_into("<I", kept, place, begins - 4 * sum(gone < begins for gone in taken))
    return bytes(kept)


def _open(data: bytes, formatting_info: bool) -> Any:
    # xlrd writes its doubts to standard output unless it is given another place.
    return xlrd.open_workbook(
        file_contents=data,
        formatting_info=formatting_info,
        logfile=io.StringIO(),
        on_demand=True,
        ragged_rows=True,
    )


def _notes(data: bytes, book: Any) -> Iterator[str]:
    """What the workbook holds that could run or fetch, and never does here."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as box:
            streams = {path[0].upper() for path in box.listdir(streams=True, storages=True)}
    except Exception:  # bare records of Excel 2 to 5, or a directory that xlrd alone puts up with
        streams = set()
    if "_VBA_PROJECT_CUR" in streams:
        yield MACROS
    if SUPBOOK_EXTERNAL in book._supbook_types:
        yield LINKS
    if SUPBOOK_DDEOLE in book._supbook_types:
        yield DDE


@dataclass(frozen=True, slots=True)
class _Look:
    number_format: str
    font: str
    struck: bool


@dataclass(frozen=True)
class _Sheet:
    """One sheet of the workbook."""

    book: Any
    sheet: Any
    looks: dict[int, _Look] = field(default_factory=dict)

    def built(self) -> SheetBuilder:
        sheet = self.sheet
        builder = SheetBuilder(sheet.name, hidden=sheet.visibility != 0)
        for row in range(sheet.nrows):
            types, values = sheet.row_types(row), sheet.row_values(row)
            for col, (kind, value) in enumerate(zip(types, values, strict=True)):
                if kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                    builder.put(row + 1, col + 1, finite(self._cell(row, col, kind, value)))
        builder.merged = [(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
        for row in _hidden(sheet.rowinfo_map):
            builder.hide_rows(row + 1, row + 1)
        return builder

    def _cell(self, row: int, col: int, kind: int, value: Any) -> RawCell:
        look = self._look(row, col)
        if kind == xlrd.XL_CELL_ERROR:
            error = xlrd.error_text_from_code.get(value, "#VALUE!")
            return RawCell(None, error, False, look.number_format, look.font)
        struck: RawValue = None
        typed, error = _typed(kind, value, self.book.datemode, look.number_format)
        if isinstance(typed, str):
            typed, struck = without_struck(self._pieces(typed, self.sheet.rich_text_runlist_map.get((row, col)), look))
        elif look.struck:
            typed, struck = None, typed
        return RawCell(typed, error, False, look.number_format, look.font, struck=struck)

    def _look(self, row: int, col: int) -> _Look:
        if not self.book.formatting_info:
            return _Look(UNKNOWN_FORMAT, "", False)
        style = self.sheet.cell_xf_index(row, col)
        if style not in self.looks:
            self.looks[style] = self._look_up(style)
        return self.looks[style]

    def _look_up(self, style: int) -> _Look:
        try:
            look = self.book.xf_list[style]
            font = self.book.font_list[look.font_index]
            return _Look(self.book.format_map[look.format_key].format_str, font.name, bool(font.struck_out))
        except (IndexError, KeyError):
            return _Look(UNKNOWN_FORMAT, "", False)

    def _pieces(self, text: str, runs: Sequence[tuple[int, int]] | None, look: _Look) -> Iterator[tuple[str, bool]]:
        """The pieces of a text with whether each is struck out; up to its first run it looks as its cell does."""
        start, struck = 0, look.struck
        for offset, font in runs or ():
            yield text[start:offset], struck
            known = font < len(self.book.font_list)
            start, struck = offset, bool(self.book.font_list[font].struck_out) if known else look.struck
        yield text[start:], struck


def _hidden(lines: Any) -> Iterable[int]:
    return (number for number, info in lines.items() if info.hidden)


def _typed(kind: int, value: Any, datemode: int, number_format: str) -> tuple[RawValue, str]:
    """(value, error) of a cell that is no error cell."""
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value), ""
    if kind == xlrd.XL_CELL_TEXT:
        return str(value), ""
    if kind != xlrd.XL_CELL_DATE:
        return float(value), ""
    try:
        epoch = MAC_EPOCH if datemode else WINDOWS_EPOCH
        return day_if_midnight(from_excel(value, epoch, is_timedelta_format(number_format))), ""
    except (ValueError, OverflowError):
        return None, "#VALUE!"
