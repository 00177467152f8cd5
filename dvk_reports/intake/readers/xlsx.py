"""Cells of .xlsx and .xlsm, read from the XML of the sheets and of what the cells refer to, and nothing else.

Charts, pictures, themes, defined names, rules of validation and of colouring are not opened: any of them can be
faulty in a workbook whose cells are sound. What is wrong with one cell costs that cell.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from lxml import etree

from dvk_reports.intake.readers.excel_days import MAC_EPOCH, WINDOWS_EPOCH, from_excel
from dvk_reports.intake.readers.looks import PLAIN, UNKNOWN, Look, Text, item_at, looks_in, text_in, unescaped
from dvk_reports.intake.readers.package import Node, Package, Relation, alone, elements, local, parse
from dvk_reports.intake.readers.places import area_of, cell_at
from dvk_reports.intake.readers.raw import (
    RawBook,
    RawCell,
    RawValue,
    SheetBuilder,
    book_of,
    day_if_midnight,
    number_in_file,
    without_struck,
)

_VOCABULARIES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The usual one, and that of ISO "Strict Open XML"."""


def _tags(*names: str) -> tuple[str, ...]:
    # Drawn controls have elements "row" and "col" too, in a vocabulary of their own.
    return tuple(f"{{{vocabulary}}}{name}" for name in names for vocabulary in _VOCABULARIES)


_SHEET_TAGS = _tags("row", "col", "mergeCell", "sheetData")
_STRING_TAGS = _tags("si")
_ON = ("1", "true")
_BOOLEANS = {"1": True, "true": True, "0": False, "false": False}
_LOOKS_LOST = "phần định dạng của tệp bị hỏng: không nhận biết được ô phần trăm, ô ngày và chữ gạch ngang"
_BLANK = re.compile(rb"<c(?=\s[^<>]*\br=)[^<>]*/>")
_PLACELESS = re.compile(rb"<c(?=[\s>/])(?![^<>]*\sr=)")
_QUOTED = re.compile(r'"[^"]*"')
_OTHER_FILE = re.compile(r"\[[0-9]+\][^\[\]()+*/,;&=<>]*!|[\w.]+\|'?[^!]*!")
"""``[1]Sheet1!A1``, ``'[1]Tháng 9'!B2``; ``cmd|'/c calc'!A0`` is a call of another program."""


def read_xlsx(data: bytes, kind: str, only: Collection[str] | None = None) -> RawBook:
    """Raises what zipfile and lxml raise on a damaged file, ValueError or KeyError where a part is missing."""
    package = Package(data)
    part = package.workbook()
    workbook = parse(package.read(part))
    relations = package.relations(part)
    sheets, doubts = _sheets(workbook.root, relations)
    notes = package.notes()
    looks, known = _looks(package, relations.values())
    if not known:
        doubts.append(_LOOKS_LOST)
    properties = workbook.root.find("{*}workbookPr")
    since_1904 = properties is not None and properties.get("date1904") in _ON
    reader = _SheetReader(_strings(package, relations.values()), looks, MAC_EPOCH if since_1904 else WINDOWS_EPOCH)
    builders = []
    for sheet, relation in sheets:
        name = sheet.get("name", "")
        if relation.kind != "worksheet":
            if "acrosheet" in relation.kind:  # also "xlIntlMacrosheet"
                notes.append(f"trang macro “{name}”: không đọc, không chạy")
        elif only is None or name in only:
            builder = SheetBuilder(name, hidden=sheet.get("state") in ("hidden", "veryHidden"))
            reader.fill(builder, package.read(relation.target))
            builders.append(builder)
    return book_of(builders, kind, "lxml", notes, doubts)


def _sheets(workbook: Node, relations: dict[str, Relation]) -> tuple[list[tuple[Node, Relation]], list[str]]:
    """Every sheet with what it refers to, and what is to be said of those that cannot be found."""
    found, doubts = [], []
    for sheet in workbook.iterfind("{*}sheets/{*}sheet"):
        name = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        if name in relations:
            found.append((sheet, relations[name]))
        else:
            doubts.append(f"tệp bị hỏng: không tìm thấy nội dung của trang “{sheet.get('name', '')}”")
    if not found:
        raise ValueError("no sheet")
    if len(found) + len(doubts) < sum(relation.kind == "worksheet" for relation in relations.values()):
        doubts.append("tệp bị hỏng: danh sách trang không đủ, có trang không đọc được")
    return found, doubts


def _looks(package: Package, relations: Collection[Relation]) -> tuple[Sequence[Look], bool]:
    """The looks of all styles, and whether they are all known."""
    part = next((relation.target for relation in relations if relation.kind == "styles"), "xl/styles.xml")
    if part not in package:
        return PLAIN, True
    try:
        looks, known = looks_in(package.read(part))
    except (OSError, EOFError, ValueError, KeyError, zlib.error, zipfile.BadZipFile):
        return (), False
    return (PLAIN if known and not looks else looks), known


def _strings(package: Package, relations: Collection[Relation]) -> Sequence[Text]:
    part = next((relation.target for relation in relations if relation.kind == "sharedStrings"), "")
    return [text_in(node) for node in elements(package.read(part), _STRING_TAGS)] if part in package else []


def _without_blanks(xml: bytes) -> bytes:
    """The sheet without its empty cells: a form has room for thousands, drawn but blank, which cost most of the time.

    Only where every cell names its place (else a cell is counted from the one before), and no text is in CDATA.
    """
    if b"<![CDATA[" in xml or _PLACELESS.search(xml):
        return xml
    return _BLANK.sub(b"", xml)


@dataclass
class _SheetReader:
    """Reads the sheets of one workbook."""

    strings: Sequence[Text]
    looks: Sequence[Look]
    epoch: datetime
    row: int = 0
    col: int = 0
    linked: set[str] = field(default_factory=set)
    """Shared formulas of the sheet at hand that take their value from another file."""

    def fill(self, builder: SheetBuilder, xml: bytes) -> None:
        """Read one sheet."""
        xml = _without_blanks(xml)
        try:
            self._fill(builder, xml)
        except etree.XMLSyntaxError:
            builder.cells.clear()
            builder.merged.clear()
            self._fill(builder, alone(xml, "sheetData", "mergeCells"))

    def _fill(self, builder: SheetBuilder, xml: bytes) -> None:
        self.row, self.linked, seen_cells = 0, set(), False
        for element in elements(xml, _SHEET_TAGS):
            name = local(element)
            if name == "row":
                self._read_row(builder, element)
            elif name == "col":
                if element.get("hidden") in _ON:
                    with suppress(ValueError):
                        builder.hide_cols(int(element.get("min", "")), int(element.get("max", "")))
            elif name == "mergeCell":
                area = area_of(element.get("ref", ""))
                if area is not None:
                    builder.merged.append(area)
            else:
                seen_cells = True
        if not seen_cells:
            # Otherwise a sheet in an unknown vocabulary would pass for an empty one.
            raise ValueError(f"no sheetData in {builder.name}")

    def _read_row(self, builder: SheetBuilder, row: Node) -> None:
        self.row = int(float(row.get("r"))) if row.get("r") else self.row + 1
        self.col = 0
        if row.get("hidden") in _ON:
            builder.hide_rows(self.row, self.row)
        for element in row:
            place = element.get("r")
            if place:
                at = cell_at(place)
                self.col = at[1]
            else:
                self.col += 1
                at = self.row, self.col
            cell = self._cell(element)
            if cell is not None:
                builder.put(*at, cell)

    def _cell(self, element: Node) -> RawCell:
        parts = {local(child): child for child in element}
        written, formula = parts["v"].text or "" if "v" in parts else None, parts.get("f")
        look = item_at(self.looks, element.get("s", "0")) or UNKNOWN
        kind = element.get("t", "n")
        if kind == "inlineStr" and "is" in parts:
            return _seen(text_in(parts["is"]), "", look)
        value, error = self._value(kind, written, look)
        if formula is None:
            return _seen(value, error, look)
        if value is None and not error and not (kind == "str" and written == ""):
            source = f"={formula.text}" if formula.text else ""
            return RawCell(None, "", True, look.number_format, look.font, source)
        cell = _seen("" if value is None and not error else value, error, look)
        return replace(cell, formula=True, linked=self._takes_from_elsewhere(formula))

    def _takes_from_elsewhere(self, formula: Node) -> bool:
        group = formula.get("si", "")
        if formula.text and _OTHER_FILE.search(_QUOTED.sub("", formula.text)):
            self.linked.add(group)
            return True
        return bool(group) and group in self.linked and not formula.text

    def _value(self, kind: str, written: str | None, look: Look) -> tuple[RawValue | Text, str]:
        """(value, error) of what stands in a cell; what is no value is its own error."""
        if kind == "e":
            return None, written or "#VALUE!"
        if not written:
            return None, ""
        if kind == "n":
            return self._number(written, look)
        plain = written.strip()
        if kind == "s":
            text = item_at(self.strings, plain)
            return text, "" if text is not None else plain
        if kind == "b" and plain.lower() in _BOOLEANS:
            return _BOOLEANS[plain.lower()], ""
        if kind in ("str", "inlineStr"):
            return unescaped(written), ""
        if kind == "d":
            # Few workbooks write their days so, and openpyxl takes long to come up.
            from openpyxl.utils.datetime import from_ISO8601

            with suppress(ValueError):
                return day_if_midnight(from_ISO8601(plain)), ""  # type: ignore[no-untyped-call]
        return None, plain or written

    def _number(self, written: str, look: Look) -> tuple[RawValue, str]:
        if not written.strip():
            return None, ""
        number = number_in_file(written)
        if number is None:
            return None, written.strip()
        if not look.is_day:
            return number, ""
        try:
            return day_if_midnight(from_excel(number, self.epoch, look.is_length)), ""
        except (ValueError, OverflowError):
            return None, "#VALUE!"


def _seen(value: RawValue | Text, error: str, look: Look) -> RawCell:
    """A cell with what is struck out in it taken away."""
    font, struck = look.font, None
    if isinstance(value, tuple):
        fonts = {run.font or look.font for run in value if run.text.strip()}
        font = fonts.pop() if len(fonts) == 1 else look.font
        value, struck = without_struck((run.text, look.struck if run.struck is None else run.struck) for run in value)
    elif look.struck and value not in (None, ""):
        value, struck = None, value
    return RawCell(value, error, False, look.number_format, font, struck=struck)
