"""Cells of .ods (LibreOffice), read from its XML: the general reader gives neither errors nor merged cells there."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

from lxml import etree

from dvk_reports.intake.readers.raw import (
    MAX_COLS,
    MAX_ROWS,
    RawBook,
    RawCell,
    RawValue,
    ReadRefused,
    SheetBuilder,
    book_of,
    day_if_midnight,
    guard_zip,
)

Node: TypeAlias = Any

_NS = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}


def _q(name: str) -> str:
    prefix, local = name.split(":")
    return f"{{{_NS[prefix]}}}{local}"


_CELL, _COVERED = _q("table:table-cell"), _q("table:covered-table-cell")
_ROW, _COLUMN = _q("table:table-row"), _q("table:table-column")
_ROW_GROUPS = {_q(f"table:{name}") for name in ("table-rows", "table-header-rows", "table-row-group")}
_COLUMN_GROUPS = {_q(f"table:{name}") for name in ("table-columns", "table-header-columns", "table-column-group")}
_P, _S, _TAB, _BREAK = _q("text:p"), _q("text:s"), _q("text:tab"), _q("text:line-break")
_ERROR_TEXT = re.compile(r"#(?:[A-Z/0]+[!?]|N/A)|Err:[0-9]+")
_DURATION = re.compile(r"(-?)PT?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?")


def read_ods(data: bytes, kind: str, only: Collection[str] | None = None) -> RawBook:
    """Raises ReadRefused for a password, or what zipfile and lxml raise on a damaged file."""
    guard_zip(data)
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        names = set(box.namelist())
        if "META-INF/manifest.xml" in names and b"encryption-data" in box.read("META-INF/manifest.xml"):
            raise ReadRefused("tệp có mật khẩu mở: đề nghị bỏ mật khẩu rồi gửi lại")
        content = _parse(box.read("content.xml"))
        common = _parse(box.read("styles.xml")) if "styles.xml" in names else None
    styles = _Styles(content, common)
    body = content.find(f"{_q('office:body')}/{_q('office:spreadsheet')}")
    if body is None:
        raise ReadRefused("tệp OpenDocument này không phải bảng tính: cần tệp Excel")
    builders = [
        _built(table, styles)
        for table in body.iterfind(_q("table:table"))
        if only is None or table.get(_q("table:name"), "") in only
    ]
    return book_of(builders, kind, "ods", [])


def _parse(xml: bytes) -> Node:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    root = etree.fromstring(xml, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ReadRefused("tệp có phần khai báo lạ (DTD), có thể là tệp tấn công: không mở")
    return root


class _Styles:
    """Hidden tables, number formats and fonts, which ods keeps in chains of named styles."""

    def __init__(self, *documents: Node) -> None:
        self._styles: dict[tuple[str, str], Node] = {}
        self._formats: dict[str, str] = {}
        self._faces: dict[str, str] = {}
        self._known: dict[str, tuple[str, str]] = {}
        for document in reversed([d for d in documents if d is not None]):  # the content's own styles win
            for node in document.iter(_q("style:style")):
                self._styles[node.get(_q("style:family"), ""), node.get(_q("style:name"), "")] = node
            for node in document.iter(_q("style:font-face")):
                self._faces[node.get(_q("style:name"), "")] = node.get(_q("svg:font-family"), "").strip("'\"")
            for kind in ("percentage", "date", "time", "currency", "number", "boolean", "text"):
                for node in document.iter(_q(f"number:{kind}-style")):
                    self._formats[node.get(_q("style:name"), "")] = _number_format(kind, node)

    def hides_table(self, name: str) -> bool:
        style = self._styles.get(("table", name))
        looks = style.find(_q("style:table-properties")) if style is not None else None
        return looks is not None and looks.get(_q("table:display")) == "false"

    def of_cell(self, name: str) -> tuple[str, str]:
        if name not in self._known:
            self._known[name] = self._look_up(name)
        return self._known[name]

    def _look_up(self, name: str) -> tuple[str, str]:
        number_format = font = ""
        seen: set[str] = set()
        while name not in seen:  # a style that is its own parent would go round for ever
            seen.add(name)
            style = self._styles.get(("table-cell", name or "Default"))
            if style is None:
                break
            number_format = number_format or self._formats.get(style.get(_q("style:data-style-name"), ""), "")
            looks = style.find(_q("style:text-properties"))
            if looks is not None and not font:
                face = looks.get(_q("style:font-name"), "")
                font = self._faces.get(face, face)
            name = style.get(_q("style:parent-style-name"), "Default")
        return number_format or "General", font


def _number_format(kind: str, style: Node) -> str:
    """A number format that tells the checks what they ask: a percentage or a day, and how many decimals."""
    number = style.find(_q("number:number"))
    places = int(number.get(_q("number:decimal-places"), "0") or 0) if number is not None else 0
    digits = "0." + "0" * min(places, 30) if places else "0"
    if kind == "number":
        return digits if number is not None and number.get(_q("number:decimal-places")) is not None else "General"
    fixed = {"date": "dd/mm/yyyy", "time": "hh:mm:ss", "currency": digits, "boolean": "BOOLEAN", "text": "@"}
    return f"{digits}%" if kind == "percentage" else fixed[kind]


def _built(table: Node, styles: _Styles) -> SheetBuilder:
    builder = SheetBuilder(table.get(_q("table:name"), ""), styles.hides_table(table.get(_q("table:style-name"), "")))
    column_styles = _columns(table, builder)
    row = 1
    for node in _inside(table, _ROW, _ROW_GROUPS):
        repeated = _count(node, "table:number-rows-repeated")
        if node.get(_q("table:visibility"), "visible") != "visible":
            builder.hide_rows(row, row + repeated - 1)
        cells = list(_cells(node, builder, row, column_styles, styles))
        # An empty sheet ends in one row that is repeated a million times.
        for offset in range(repeated if cells else 0):
            if row + offset > MAX_ROWS:
                builder.outside = True
                break
            for col, cell in cells:
                builder.put(row + offset, col, cell)
        row += repeated
    return builder


def _inside(parent: Node, wanted: str, groups: set[str]) -> Iterator[Node]:
    for node in parent:
        if node.tag == wanted:
            yield node
        elif node.tag in groups:
            yield from _inside(node, wanted, groups)


def _count(node: Node, name: str) -> int:
    try:
        return max(1, int(node.get(_q(name), "1")))
    except ValueError:
        return 1


def _columns(table: Node, builder: SheetBuilder) -> dict[int, str]:
    """Column -> default cell style; hidden columns go to the builder."""
    styles: dict[int, str] = {}
    col = 1
    for node in _inside(table, _COLUMN, _COLUMN_GROUPS):
        repeated = _count(node, "table:number-columns-repeated")
        if node.get(_q("table:visibility"), "visible") != "visible":
            builder.hide_cols(col, col + repeated - 1)
        for place in range(col, min(col + repeated, MAX_COLS + 1)):
            styles[place] = node.get(_q("table:default-cell-style-name"), "")
        col += repeated
    return styles


def _cells(
    node: Node, builder: SheetBuilder, row: int, column_styles: dict[int, str], styles: _Styles
) -> Iterator[tuple[int, RawCell]]:
    row_style = node.get(_q("table:default-cell-style-name"), "")
    col = 1
    for element in node:
        if element.tag not in (_CELL, _COVERED):
            continue
        repeated = _count(element, "table:number-columns-repeated")
        if element.tag == _CELL:
            wide, high = _count(element, "table:number-columns-spanned"), _count(element, "table:number-rows-spanned")
            if wide > 1 or high > 1:
                builder.merged.append((row, col, row + high - 1, col + wide - 1))
            style = element.get(_q("table:style-name")) or row_style or column_styles.get(col, "")
            cell = _cell(element, *styles.of_cell(style))
            if cell is not None:
                for place in range(col, min(col + repeated, MAX_COLS + 2)):
                    yield place, cell
        col += repeated


def _cell(element: Node, number_format: str, font: str) -> RawCell | None:
    formula = element.get(_q("table:formula")) is not None
    kind = element.get(_q("office:value-type"), "")
    text = "\n".join(_text(p) for p in element.iterfind(_P))
    if element.get(_q("calcext:value-type")) == "error" or (formula and _ERROR_TEXT.fullmatch(text)):
        return RawCell(None, text or "#VALUE!", formula, number_format, font)
    if not kind and not text and not formula:
        return None
    if kind == "percentage" and "%" not in number_format:
        number_format = "0%"
    return RawCell(_value(element, kind, text), "", formula, number_format, font)


def _text(paragraph: Node) -> str:
    """Text of a paragraph; runs of spaces, tabs and breaks are elements of their own in ods."""
    parts = [paragraph.text or ""]
    for child in paragraph:
        if child.tag == _S:
            parts.append(" " * min(_count(child, "text:c"), 1000))
        elif child.tag == _TAB:
            parts.append("\t")
        elif child.tag == _BREAK:
            parts.append("\n")
        elif child.tag != _q("office:annotation"):
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _value(element: Node, kind: str, text: str) -> RawValue:
    if kind in ("float", "currency", "percentage"):
        number: str | None = element.get(_q("office:value"))
        return float(number) if number is not None else (text or None)
    if kind == "boolean":
        return str(element.get(_q("office:boolean-value"))) == "true"
    if kind == "date":
        return _day(element.get(_q("office:date-value"), ""), text)
    if kind == "time":
        return _time(element.get(_q("office:time-value"), ""), text)
    if kind == "string":
        return str(element.get(_q("office:string-value"), text))
    return text or None


def _day(value: str, text: str) -> date | datetime | str | None:
    try:
        moment = day_if_midnight(datetime.fromisoformat(value))
    except ValueError:
        return text or None
    return moment if isinstance(moment, date) else None


def _time(value: str, text: str) -> time | timedelta | str | None:
    found = _DURATION.fullmatch(value)
    if not found:
        return text or None
    sign, hours, minutes, seconds = found.groups()
    length = timedelta(
        hours=int(hours or 0), minutes=int(minutes or 0), seconds=float((seconds or "0").replace(",", "."))
    )
    if sign or length >= timedelta(days=1):
        return -length if sign else length
    return (datetime.min + length).time()
