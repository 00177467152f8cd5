"""Cells of .xlsx and .xlsm, read from the XML of the sheets and of what the cells refer to, and nothing else.

Charts, pictures, themes, defined names and rules of colouring are not opened, of those of validation only the places
of drop-downs: any may be faulty in a workbook whose cells are sound. What is wrong with one cell costs that cell.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Collection, Iterable, Sequence

from lxml import etree

from dvk_reports.intake.readers.cells import Cells
from dvk_reports.intake.readers.excel_days import MAC_EPOCH, WINDOWS_EPOCH
from dvk_reports.intake.readers.lists import lists_in
from dvk_reports.intake.readers.looks import PLAIN, Look, Text, looks_in, text_in
from dvk_reports.intake.readers.package import Node, Package, Relation, alone, elements, local, parse
from dvk_reports.intake.readers.places import cell_at
from dvk_reports.intake.readers.plain import NotPlain, PlainSheets, plain_strings
from dvk_reports.intake.readers.raw import MAX_ROWS, RawBook, SheetBuilder, book_of

_VOCABULARIES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The usual one, and that of ISO "Strict Open XML"."""


def _tags(*names: str) -> tuple[str, ...]:
    # Drawn controls have an element "row" too, in a vocabulary of their own.
    return tuple(f"{{{vocabulary}}}{name}" for name in names for vocabulary in _VOCABULARIES)


_SHEET_TAGS = _tags("row", "mergeCell", "sheetData")
_STRING_TAGS = _tags("si")
_ON = ("1", "true")
_LOOKS_LOST = "phần định dạng của tệp bị hỏng: không nhận biết được ô phần trăm, ô ngày và chữ gạch ngang"
_BLANK = re.compile(rb"<c(?=\s[^<>]*\br=)[^<>]*/>")
_PLACELESS = re.compile(rb"<c(?=[\s>/])(?![^<>]*\sr=)")


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
    epoch = MAC_EPOCH if since_1904 else WINDOWS_EPOCH
    reader = _SheetReader(Cells(_strings(package, relations.values()), looks, epoch))
    builders = []
    for sheet, relation in sheets:
        name = sheet.get("name", "")
        if relation.kind != "worksheet":
            if "acrosheet" in relation.kind:  # also "xlIntlMacrosheet"
                notes.append(f"trang macro “{name}”: không đọc, không chạy")
        elif only is None or name in only:
            builder = SheetBuilder(name, hidden=sheet.get("state") in ("hidden", "veryHidden"))
            xml = package.read(relation.target)
            reader.fill(builder, xml)
            builder.lists = lists_in(xml)
            builders.append(builder)
    if not any(builder.lists for builder in builders):
        for builder in builders:  # saved by a program that keeps none: of no cell can be told that it has lost its own
            builder.lists = None
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
    if part not in package:
        return []
    xml = package.read(part)
    try:
        return plain_strings(xml, _STRING_TAGS)
    except NotPlain:
        return [text_in(node) for node in elements(xml, _STRING_TAGS)]


def _without_blanks(xml: bytes) -> bytes:
    """The sheet without its empty cells: a form has room for thousands, drawn but blank, which cost most of the time.

    Only where every cell names its place (else a cell is counted from the one before), and no text is in CDATA.
    """
    if b"<![CDATA[" in xml or _PLACELESS.search(xml):
        return xml
    return _BLANK.sub(b"", xml)


class _SheetReader:
    """Reads the sheets of one workbook: by patterns where they are written plainly, else as the XML that they are."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.plain = PlainSheets(cells, _VOCABULARIES)
        self.row = 0

    def fill(self, builder: SheetBuilder, xml: bytes) -> None:
        """Read one sheet."""
        self.cells.linked.clear()
        try:
            plain = self.plain.read(xml)
        except NotPlain:
            self._parse(builder, _without_blanks(xml))
            return
        builder.cells, builder.outside = plain.cells, plain.outside
        builder.hidden_rows.update(row for row in plain.hidden_rows if row <= MAX_ROWS)
        for area in plain.merged:
            builder.merge(area)

    def _parse(self, builder: SheetBuilder, xml: bytes) -> None:
        try:
            self._read(builder, elements(xml, _SHEET_TAGS))
        except etree.XMLSyntaxError:
            builder.cells.clear()
            builder.merged.clear()
            self._read(builder, elements(alone(xml, "sheetData", "mergeCells"), _SHEET_TAGS))

    def _read(self, builder: SheetBuilder, found: Iterable[Node]) -> None:
        self.cells.linked.clear()
        self.row, seen_cells = 0, False
        for element in found:
            name = local(element)
            if name == "row":
                self._read_row(builder, element)
            elif name == "mergeCell":
                builder.merge(element.get("ref", ""))
            else:
                seen_cells = True
        if not seen_cells:
            # Otherwise a sheet in an unknown vocabulary would pass for an empty one.
            raise ValueError(f"no sheetData in {builder.name}")

    def _read_row(self, builder: SheetBuilder, row: Node) -> None:
        self.row = int(float(row.get("r"))) if row.get("r") else self.row + 1
        col = 0
        if row.get("hidden") in _ON:
            builder.hide_rows(self.row, self.row)
        for element in row:
            place = element.get("r")
            at = cell_at(place) if place else (self.row, col + 1)
            col = at[1]
            builder.put(*at, self.cells.of_element(element))
