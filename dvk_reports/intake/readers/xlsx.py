"""Cells of .xlsx and .xlsm, read with the parts of openpyxl that concern cells.

openpyxl.load_workbook also reads charts, pictures, pivot tables, links and document properties; any of them can be
faulty or endless in a workbook whose cells are sound, and none of them is wanted here. Taking its sheet parser alone
also gives value and formula in one pass, where load_workbook would need two.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Collection
from typing import IO, Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._reader import COL_TAG, DATA_TAG, FORMULA_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from dvk_reports.intake.readers.raw import RawBook, RawCell, SheetBuilder, book_of, day_if_midnight

_MERGED_TAG = f"{{{SHEET_MAIN_NS}}}mergeCell"
_ON = ("1", "true")

# ISO "Strict Open XML" differs from what everyone writes in the names of its vocabularies only; read unconverted,
# openpyxl finds no rows in it and says nothing.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", SHEET_MAIN_NS.encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


def read_xlsx(data: bytes, kind: str, only: Collection[str] | None = None) -> RawBook:
    """Raises whatever openpyxl raises on a file it does not understand."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = _reader(data)
        builders, notes = _builders(reader, only)
    return book_of(builders, kind, "openpyxl", notes)


def _reader(data: bytes) -> Any:
    if b"purl.oclc.org" in _workbook_part(data):
        data = _from_strict(data)
    reader: Any = ExcelReader(io.BytesIO(data), data_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    # Where there is no style table at all it leaves the defaults; a faulty one raises, and the second reader, which
    # may still tell a day from a number, is asked.
    apply_stylesheet(reader.archive, reader.wb)
    return reader


def _workbook_part(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        return box.read("xl/workbook.xml") if "xl/workbook.xml" in box.namelist() else b""


def _from_strict(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as box, zipfile.ZipFile(out, "w") as new:
        for info in box.infolist():
            content = box.read(info)
            if info.filename.endswith((".xml", ".rels")):
                for strict, usual in _STRICT:
                    content = content.replace(strict, usual)
            new.writestr(info.filename, content)
    return out.getvalue()


def _builders(reader: Any, only: Collection[str] | None) -> tuple[list[SheetBuilder], list[str]]:
    builders, notes = [], []
    formats = _Formats(reader.wb)
    for sheet, rel in reader.parser.find_sheets():
        if not rel.Type.endswith("/worksheet"):
            if "acrosheet" in rel.Type:  # also "xlIntlMacrosheet"
                notes.append(f"trang macro “{sheet.name}”: không đọc, không chạy")
            continue
        if only is not None and sheet.name not in only:
            continue
        builder = SheetBuilder(sheet.name, hidden=sheet.state in ("hidden", "veryHidden"))
        stream = io.BytesIO(_without_blanks(reader.archive.read(rel.target)))
        parser = _SheetParser(
            stream,
            reader.shared_strings,
            data_only=True,
            epoch=reader.wb.epoch,
            date_formats=reader.wb._date_formats,
            timedelta_formats=reader.wb._timedelta_formats,
        )
        _fill(builder, parser, stream, formats)
        builders.append(builder)
    return builders, notes


_BLANK = re.compile(rb"<c(?=\s[^<>]*\br=)[^<>]*/>")
_PLACELESS = re.compile(rb"<c(?=[\s>/])(?![^<>]*\sr=)")


def _without_blanks(xml: bytes) -> bytes:
    """The sheet without its empty cells: a form has room for thousands, drawn but blank, which cost most of the time.

    Only where every cell names its place (else a cell is counted from the one before), and no text is in CDATA.
    """
    if b"<![CDATA[" in xml or _PLACELESS.search(xml):
        return xml
    return _BLANK.sub(b"", xml)


class _SheetParser(WorkSheetParser):
    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        formula = element.find(FORMULA_TAG)
        cell["formula"] = formula is not None
        cell["source"] = f"={formula.text}" if formula is not None and formula.text else ""
        return cell


def _fill(builder: SheetBuilder, parser: Any, stream: IO[bytes], formats: _Formats) -> None:
    seen_data = False
    for _, element in iterparse(stream):
        tag = element.tag
        if tag == ROW_TAG:
            number, cells = parser.parse_row(element)
            if element.get("hidden") in _ON:
                builder.hide_rows(number, number)
            for cell in cells:
                builder.put(cell["row"], cell["column"], _cell(cell, formats))
            element.clear()
        elif tag == COL_TAG:
            if element.get("hidden") in _ON:
                builder.hide_cols(int(element.get("min")), int(element.get("max")))
        elif tag == _MERGED_TAG:
            left, top, right, bottom = range_boundaries(element.get("ref"))
            builder.merged.append((int(top or 1), int(left or 1), int(bottom or 1), int(right or 1)))
        elif tag == DATA_TAG:
            seen_data = True
    if not seen_data:
        # Otherwise a sheet in an unknown vocabulary would pass for an empty one.
        raise ValueError(f"no sheetData in {builder.name}")


def _cell(cell: dict[str, Any], formats: _Formats) -> RawCell:
    value, formula = cell["value"], cell["formula"]
    number_format, font = formats.of(cell["style_id"])
    if cell["data_type"] == "e":
        return RawCell(None, str(value or "#VALUE!"), formula, number_format, font)
    if isinstance(value, str):
        # Excel writes a carriage return as _x000D_.
        return RawCell(unescape(value), "", formula, number_format, font)
    source = cell["source"] if value is None else ""
    return RawCell(day_if_midnight(value), "", formula, number_format, font, source)


class _Formats:
    """Number format and font of a style, looked up once for each style."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._known: dict[int, tuple[str, str]] = {}

    def of(self, style: int) -> tuple[str, str]:
        if style not in self._known:
            self._known[style] = self._look_up(style)
        return self._known[style]

    def _look_up(self, style: int) -> tuple[str, str]:
        try:
            look = self._book._cell_styles[style]
        except IndexError:
            return "General", ""
        if look.numFmtId < BUILTIN_FORMATS_MAX_SIZE:
            number_format = BUILTIN_FORMATS.get(look.numFmtId, "General")
        else:
            custom = self._book._number_formats
            place = look.numFmtId - BUILTIN_FORMATS_MAX_SIZE
            number_format = custom[place] if place < len(custom) else "General"
        fonts = self._book._fonts
        font = fonts[look.fontId].name if look.fontId < len(fonts) else None
        return number_format, font or ""
