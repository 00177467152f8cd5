"""Cells of .xlsx and .xlsm, read from the XML of the sheets and of what the cells refer to, and nothing else.

Charts, pictures, themes, defined names and rules of colouring are not opened, of those of validation only the places
of drop-downs: any may be faulty in a workbook whose cells are sound. What is wrong with one cell costs that cell.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from lxml import etree

from dvk_reports.intake.readers.cells import Cells
from dvk_reports.intake.readers.excel_days import MAC_EPOCH, WINDOWS_EPOCH
from dvk_reports.intake.readers.lists import lists_in
from dvk_reports.intake.readers.looks import PLAIN, Look, Text, looks_in, text_in
from dvk_reports.intake.readers.package import Node, Package, Relation, alone, elements, local, parse, remembered_parts
from dvk_reports.intake.readers.places import cell_at
from dvk_reports.intake.readers.plain import PlainSheets
from dvk_reports.intake.readers.plain_xml import NotPlain
from dvk_reports.intake.readers.raw import FOREIGN, Bounds, RawBook, SheetBuilder, book_of
from dvk_reports.intake.readers.strings import plain_strings

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


def read_xlsx(data: bytes, kind: str, only: Collection[str] | None = None, bounds: Bounds = FOREIGN) -> RawBook:
    """Raises what zipfile and lxml raise on a damaged file, ValueError or KeyError where a part is missing."""
    package = Package(data, bounds)
    part = package.workbook()
    listed = _listed(package.read(part))
    relations = package.relations(part)
    sheets, doubts = _sheets(listed.sheets, relations)
    notes = package.notes()
    looks, known = _looks(package, relations.values())
    if not known:
        doubts.append(_LOOKS_LOST)
    plain = _cells_like(_strings(package, relations.values()), looks, listed.epoch)
    builders = []
    for sheet, relation in sheets:
        if relation.kind != "worksheet":
            if "acrosheet" in relation.kind:  # also "xlIntlMacrosheet"
                notes.append(f"trang macro “{sheet.name}”: không đọc, không chạy")
        elif only is None or sheet.name in only:
            builder = SheetBuilder(sheet.name, sheet.hidden, bounds=bounds)
            xml = package.read(relation.target)
            _fill(builder, plain, xml)
            builder.lists = lists_in(xml)
            builders.append(builder)
    if not any(builder.lists for builder in builders):
        for builder in builders:  # saved by a program that keeps none: of no cell can be told that it has lost its own
            builder.lists = None
    return book_of(builders, kind, "lxml", notes, doubts)


class _ListedSheet(NamedTuple):
    name: str
    hidden: bool
    relation: str


class _Listed(NamedTuple):
    sheets: tuple[_ListedSheet, ...]
    epoch: datetime


@remembered_parts(8, 50_000)
def _listed(xml: bytes) -> _Listed:
    """What the workbook says of its sheets."""
    root = parse(xml).root
    properties = root.find("{*}workbookPr")
    since_1904 = properties is not None and properties.get("date1904") in _ON
    sheets = (
        _ListedSheet(
            sheet.get("name", ""),
            sheet.get("state") in ("hidden", "veryHidden"),
            next((value for key, value in sheet.attrib.items() if key.endswith("}id")), ""),
        )
        for sheet in root.iterfind("{*}sheets/{*}sheet")
    )
    return _Listed(tuple(sheets), MAC_EPOCH if since_1904 else WINDOWS_EPOCH)


def _sheets(
    listed: Iterable[_ListedSheet], relations: Mapping[str, Relation]
) -> tuple[list[tuple[_ListedSheet, Relation]], list[str]]:
    """Every sheet with what it refers to, and what is to be said of those that cannot be found."""
    found, doubts = [], []
    for sheet in listed:
        if sheet.relation in relations:
            found.append((sheet, relations[sheet.relation]))
        else:
            doubts.append(f"tệp bị hỏng: không tìm thấy nội dung của trang “{sheet.name}”")
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


def _strings(package: Package, relations: Collection[Relation]) -> bytes:
    part = next((relation.target for relation in relations if relation.kind == "sharedStrings"), "")
    return package.read(part) if part in package else b""


@remembered_parts(4, 200_000)
def _cells_like(strings: bytes, looks: Sequence[Look], epoch: datetime) -> PlainSheets:
    """Who takes out the cells of workbooks with these shared strings and looks: they are written alike."""
    return PlainSheets(Cells(_strings_in(strings) if strings else (), looks, epoch), _VOCABULARIES)


def _strings_in(xml: bytes) -> Sequence[Text]:
    try:
        return plain_strings(xml, _STRING_TAGS)
    except NotPlain:
        return [text_in(node) for node in elements(xml, _STRING_TAGS)]


def _fill(builder: SheetBuilder, sheets: PlainSheets, xml: bytes) -> None:
    """Read one sheet: by patterns where it is written plainly, else as the XML that it is."""
    try:
        plain = sheets.read(xml, builder.bounds)
    except NotPlain:
        _parse(builder, sheets.cells, xml)
        return
    builder.cells, builder.outside, builder.merged = plain.cells, plain.outside, [*plain.merged]
    builder.hidden_rows.update(row for row in plain.hidden_rows if row <= builder.bounds.rows)


def _parse(builder: SheetBuilder, cells: Cells, xml: bytes) -> None:
    try:
        _read(builder, cells, elements(xml, _SHEET_TAGS))
    except etree.XMLSyntaxError:
        builder.cells.clear()
        builder.merged.clear()
        _read(builder, cells, elements(alone(xml, "sheetData", "mergeCells"), _SHEET_TAGS))


def _read(builder: SheetBuilder, cells: Cells, found: Iterable[Node]) -> None:
    number, seen_cells = 0, False
    linked: set[str] = set()
    for element in found:
        name = local(element)
        if name == "row":
            number = int(float(element.get("r"))) if element.get("r") else number + 1
            _read_row(builder, cells, element, number, linked)
        elif name == "mergeCell":
            builder.merge(element.get("ref", ""))
        else:
            seen_cells = True
    if not seen_cells:
        # Otherwise a sheet in an unknown vocabulary would pass for an empty one.
        raise ValueError(f"no sheetData in {builder.name}")


def _read_row(builder: SheetBuilder, cells: Cells, row: Node, number: int, linked: set[str]) -> None:
    col = 0
    if row.get("hidden") in _ON:
        builder.hide_rows(number, number)
    for element in row:
        place = element.get("r")
        at = cell_at(place) if place else (number, col + 1)
        col = at[1]
        builder.put(*at, cells.of_element(element, linked))
