"""Cells of .ods (LibreOffice), read from its XML: the general reader gives neither errors nor merged cells there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dvk_reports.intake.readers.package import DDE, LINKS, MACROS, Node, Package, parse
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
    number_in_file,
    without_struck,
)

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
_OTHER_FILE = re.compile(r"'[a-z]+:/[^']*'#|\bDDE\(", re.IGNORECASE)
_DURATION = re.compile(r"(-?)PT?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?")


def read_ods(data: bytes, kind: str, only: Collection[str] | None = None) -> RawBook:
    """Raises ReadRefused for a password, or what zipfile and lxml raise on a damaged file."""
    package = Package(data)
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise ReadRefused("tệp có mật khẩu mở: đề nghị bỏ mật khẩu rồi gửi lại")
    content = parse(package.read("content.xml"))
    if not content.sound:
        raise ValueError("content.xml is broken")
    common = parse(package.read("styles.xml")).root if "styles.xml" in package else None
    styles = _Styles(content.root, common)
    body = content.root.find(f"{_q('office:body')}/{_q('office:spreadsheet')}")
    if body is None:
        raise ReadRefused("tệp OpenDocument này không phải bảng tính: cần tệp Excel")
    builders = [
        _built(table, styles)
        for table in body.iterfind(_q("table:table"))
        if only is None or table.get(_q("table:name"), "") in only
    ]
    return book_of(builders, kind, "ods", list(_notes(package, body)))


def _notes(package: Package, body: Node) -> Iterator[str]:
    """What the workbook holds that could run or fetch, and never does here."""
    if any(name.startswith(("basic/", "scripts/")) and not name.endswith("/") for name in package.names):
        yield MACROS
    if next(body.iter(_q("table:table-source"), _q("table:cell-range-source")), None) is not None:
        yield LINKS
    if body.find(_q("table:dde-links")) is not None:
        yield DDE


@dataclass(frozen=True, slots=True)
class _Look:
    """How a cell is shown."""

    number_format: str = "General"
    font: str = ""
    struck: bool = False


class _Styles:
    """Hidden tables, number formats and fonts, which ods keeps in chains of named styles."""

    def __init__(self, *documents: Node) -> None:
        self._styles: dict[tuple[str, str], Node] = {}
        self._formats: dict[str, str] = {}
        self._faces: dict[str, str] = {}
        self._known: dict[str, _Look] = {}
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

    def of_cell(self, name: str) -> _Look:
        if name not in self._known:
            self._known[name] = self._look_up(name)
        return self._known[name]

    def strikes(self, family: str, name: str) -> bool | None:
        """Whether a named style strikes text out; None where it says nothing of it."""
        for style in self._chain(family, name):
            looks = style.find(_q("style:text-properties"))
            line = _line_through(looks) if looks is not None else None
            if line is not None:
                return line
        return None

    def _look_up(self, name: str) -> _Look:
        number_format = font = ""
        for style in self._chain("table-cell", name or "Default"):
            number_format = number_format or self._formats.get(style.get(_q("style:data-style-name"), ""), "")
            looks = style.find(_q("style:text-properties"))
            if looks is not None and not font:
                face = looks.get(_q("style:font-name"), "")
                font = self._faces.get(face, face)
        return _Look(number_format or "General", font, bool(self.strikes("table-cell", name or "Default")))

    def _chain(self, family: str, name: str) -> Iterator[Node]:
        """A style, its parent, and so on to the default."""
        seen: set[str] = set()
        while name not in seen:  # a style that is its own parent would go round for ever
            seen.add(name)
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.get(_q("style:parent-style-name"), "Default")


def _line_through(looks: Node) -> bool | None:
    said = [looks.get(_q(f"style:text-line-through-{what}")) for what in ("style", "type")]
    known = [value for value in said if value is not None]
    return any(value != "none" for value in known) if known else None


_THOUSANDS = {"1000": 1, "1000000": 2, "1000000000": 3}


def _number_format(kind: str, style: Node) -> str:
    """A number format that tells the checks what they ask: a percentage or a day, its decimals, what divides it."""
    number = style.find(_q("number:number"))
    places = int(number.get(_q("number:decimal-places"), "0") or 0) if number is not None else 0
    digits = "0." + "0" * min(places, 30) if places else "0"
    thousands = _THOUSANDS.get(number.get(_q("number:display-factor"), ""), 0) if number is not None else 0
    written = "".join(text.text or "" for text in style.iter(_q("number:text")))
    percent = kind != "percentage" and "%" in written
    if thousands or percent or any(letter.isdigit() for letter in written):
        # As Excel writes it: a comma for each division by a thousand, figures of the format itself in quotation marks.
        quoted = written.replace('"', "")
        return f'{digits}{"," * thousands}"{quoted}"' + ("%" if kind == "percentage" else "")
    if kind == "number":
        return digits if number is not None and number.get(_q("number:decimal-places")) is not None else "General"
    fixed = {"date": "dd/mm/yyyy", "time": "hh:mm:ss", "currency": digits, "boolean": "BOOLEAN", "text": "@"}
    return f"{digits}%" if kind == "percentage" else fixed[kind]


def _built(table: Node, styles: _Styles) -> SheetBuilder:
    builder = SheetBuilder(table.get(_q("table:name"), ""), styles.hides_table(table.get(_q("table:style-name"), "")))
    column_styles = _columns(table)
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


def _columns(table: Node) -> dict[int, str]:
    """Column -> default cell style."""
    styles: dict[int, str] = {}
    col = 1
    for node in _inside(table, _COLUMN, _COLUMN_GROUPS):
        repeated = _count(node, "table:number-columns-repeated")
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
            cell = _cell(element, styles, styles.of_cell(style))
            if cell is not None:
                for place in range(col, min(col + repeated, MAX_COLS + 2)):
                    yield place, cell
        col += repeated


def _cell(element: Node, styles: _Styles, look: _Look) -> RawCell | None:
    formula = element.get(_q("table:formula"))
    kind = element.get(_q("office:value-type"), "")
    pieces = list(_lines(element, styles, look.struck))
    text = "".join(piece for piece, _ in pieces)
    known = formula is not None
    if element.get(_q("calcext:value-type")) == "error" or (known and _ERROR_TEXT.fullmatch(text)):
        return RawCell(None, text or "#VALUE!", known, look.number_format, look.font)
    if not kind and not text and not known:
        return None
    number_format = "0%" if kind == "percentage" and "%" not in look.number_format else look.number_format
    value, error = _value(element, kind, text)
    if known and value is None and not error and element.find(_P) is not None:
        value = ""  # what it shows is there, and is nothing
    struck: RawValue = None
    if isinstance(value, str):
        # Where the value is written beside the text, it is the text that tells what is struck out.
        left, struck = without_struck(pieces if text.strip() else [(value, look.struck)])
        value = value if struck is None else left
    elif look.struck and value is not None:
        value, struck = None, value
    linked = known and _OTHER_FILE.search(formula) is not None
    return RawCell(value, error, known, number_format, look.font, struck=struck, linked=linked)


def _lines(element: Node, styles: _Styles, struck: bool) -> Iterator[tuple[str, bool]]:
    for number, paragraph in enumerate(element.iterfind(_P)):
        if number:
            yield "\n", False
        said = styles.strikes("paragraph", paragraph.get(_q("text:style-name"), ""))
        yield from _pieces(paragraph, styles, struck if said is None else said)


def _pieces(node: Node, styles: _Styles, struck: bool) -> Iterator[tuple[str, bool]]:
    """Pieces of text with whether each is struck out; runs of spaces, tabs and breaks are elements of their own."""
    yield node.text or "", struck
    for child in node:
        if child.tag == _S:
            yield " " * min(_count(child, "text:c"), 1000), struck
        elif child.tag == _TAB:
            yield "\t", struck
        elif child.tag == _BREAK:
            yield "\n", struck
        elif child.tag != _q("office:annotation"):
            said = styles.strikes("text", child.get(_q("text:style-name"), ""))
            yield from _pieces(child, styles, struck if said is None else said)
        yield child.tail or "", struck


def _value(element: Node, kind: str, text: str) -> tuple[RawValue, str]:
    """(value, error) of what stands in a cell; what is no value is its own error."""
    if kind in ("float", "currency", "percentage"):
        written: str | None = element.get(_q("office:value"))
        number = number_in_file(written) if written is not None else None
        if number is not None:
            return float(number), ""
        return (None, written) if written is not None else (text or None, "")
    if kind == "boolean":
        return str(element.get(_q("office:boolean-value"))) == "true", ""
    if kind == "date":
        return _day(element.get(_q("office:date-value"), ""), text), ""
    if kind == "time":
        return _time(element.get(_q("office:time-value"), ""), text), ""
    if kind == "string":
        return str(element.get(_q("office:string-value"), text)), ""
    return text or None, ""


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
