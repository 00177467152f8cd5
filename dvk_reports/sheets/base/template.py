"""A drawn workbook kept as bytes, of which copies are made: a copy writes anew only what is its own."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from dvk_reports.errors import SheetError
from dvk_reports.model.values import column_number
from dvk_reports.sheets.base.book import Formats, Look
from dvk_reports.sheets.base.parcel import Part, Stretch
from dvk_reports.sheets.base.styles_part import STYLES, Drawn, Styles, drawn_styles
from dvk_reports.sheets.base.xml_text import content, fitting, space

BOOK, STRINGS, TYPES = "xl/workbook.xml", "xl/sharedStrings.xml", "[Content_Types].xml"
# What may stand behind the cells of a sheet, in the only order that Excel reads.
TAIL = (
    "sheetProtection",
    "autoFilter",
    "mergeCells",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "ignoredErrors",
    "drawing",
    "legacyDrawing",
)
_ROW = re.compile(r'<row r="(\d+)"([^>]*?)(?:/>|>(.*?)</row>)', re.DOTALL)
_CELL = re.compile(r'<c r="([A-Z]+)\d+"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
_FORMULA = re.compile(r'(<c r="[A-Z]+\d+"(?: s="\d+")?)(?: t="\w+")?>(<f>.*?</f>)', re.DOTALL)
_ELEMENT = re.compile(r"<(\w+)(?:\s[^>]*?)?(?:/>|>.*?</\1>)", re.DOTALL)
_COL = re.compile(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"([^>]*)/>')


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it was drawn: its attributes, its cells by column (counted from 0), and the whole."""

    attributes: str
    cells: Mapping[int, str]
    xml: str


class DrawnSheet:
    """The XML of one sheet, taken apart where a copy may differ."""

    def __init__(self, name: str, path: str, xml: str) -> None:
        self.name = name
        self.path = path
        before, _, after = xml.replace("<sheetData/>", "<sheetData></sheetData>").partition("<sheetData>")
        inside, _, after = after.partition("</sheetData>")
        self.head = f"{before}<sheetData>"
        self.rows: dict[int, Line] = {}
        for match in _ROW.finditer(inside):
            cells = {column_number(cell[1]) - 1: cell[0] for cell in _CELL.finditer(match[3] or "")}
            self.rows[int(match[1]) - 1] = Line(match[2], cells, match[0])
        self.tail: dict[str, str] = {}
        for match in _ELEMENT.finditer(after.removesuffix("</worksheet>")):
            if match[1] not in TAIL:
                raise SheetError(f"{name}: phần “{match[1]}” của trang không chép được.")
            self.tail[match[1]] = self.tail.get(match[1], "") + match[0]
        self.kept_tail = Stretch(f"</sheetData>{''.join(self.tail.values())}</worksheet>".encode(), kept=True)
        self._formulas: dict[tuple[int, int], tuple[str, str] | None] = {}
        self.styles: dict[int, str] = {}
        self._widths: dict[int, int] = {}
        for match in _COL.finditer(before):
            for col in range(int(match[1]) - 1, int(match[2])):
                self._widths[col] = 0 if 'hidden="1"' in match[4] else round(float(match[3]) * 7)
                style = re.search(r' style="(\d+)"', match[4])
                if style is not None:
                    self.styles[col] = style[1]

    @cached_property
    def whole(self) -> Part:
        """The sheet as it was drawn."""
        start = "".join((self.head, *(line.xml for line in self.rows.values())))
        return Part(Stretch(start.encode() + self.kept_tail.data, kept=True))

    def formula(self, row: int, col: int) -> tuple[str, str] | None:
        """The beginning of a cell but for the type of its value, and the formula; None where it has none."""
        if (row, col) not in self._formulas:
            line = self.rows.get(row)
            found = _FORMULA.match(line.cells.get(col, "")) if line is not None else None
            self._formulas[row, col] = (found[1], found[2]) if found is not None else None
        return self._formulas[row, col]

    def width(self, col: int) -> int:
        """Pixels of a column."""
        return self._widths.get(col, 64)

    def height(self, row: int, attributes: str | None = None) -> int:
        """Pixels of a row, as it was drawn or with other attributes."""
        if attributes is None:
            attributes = self.rows[row].attributes if row in self.rows else ""
        if 'hidden="1"' in attributes:
            return 0
        found = re.search(r' ht="([\d.]+)"', attributes)
        return round(float(found[1]) * 4 / 3) if found is not None else 20


class Template:
    """The parts of a drawn lean workbook, and the formats it was drawn with: those need not be added for a copy."""

    def __init__(self, parts: Mapping[str, bytes], formats: Formats) -> None:
        self.parts = parts
        # XlsxWriter numbers a format when it is used, as that of a cell or of a conditional format.
        made = formats.made.items()
        self.looks = {look: fmt.xf_index for look, fmt in made if fmt.xf_index is not None}
        self.fills = {look: fmt.dxf_index for look, fmt in made if fmt.dxf_index is not None}
        self.book = self.parts[BOOK].decode()
        self.types = self.parts[TYPES].decode()
        self.styles = Styles(self.parts[STYLES].decode())
        names = re.findall(r'<sheet name="([^"]*)"', self.book)
        self.sheets = [
            DrawnSheet(html.unescape(name), path, self.parts[path].decode())
            for name, path in ((name, f"xl/worksheets/sheet{n}.xml") for n, name in enumerate(names, 1))
        ]
        own = {sheet.path for sheet in self.sheets}
        self.kept = {name: Part(Stretch(data, kept=True)) for name, data in self.parts.items() if name not in own}
        self._known: dict[Look, Drawn] = {}
        self._around: dict[str, tuple[Stretch, Stretch]] = {}
        """Text -> what stands before and behind it among the texts."""

    def strings_with(self, drawn: str, own: str) -> Part:
        """The texts of all sheets with one of them, which need not stand anywhere, in other words."""
        if drawn not in self._around:
            before, _, behind = self.parts[STRINGS].partition(_string(drawn))
            self._around[drawn] = Stretch(before, kept=True), Stretch(behind, kept=True)
        before_it, behind_it = self._around[drawn]
        return Part(before_it, Stretch(_string(own)), behind_it) if behind_it.data else self.kept[STRINGS]

    def styles_with(self, looks: Sequence[Look], fills: Sequence[Look]) -> Styles:
        """The styles with formats that the drawn workbook has not; the same for the same formats."""
        wanted = [look for look in dict.fromkeys((*looks, *fills)) if look not in self._known]
        if wanted:
            self._known |= drawn_styles(wanted)
        return self.styles.with_more(looks, fills, self._known)


def _string(text: str) -> bytes:
    """A text as it stands among those of all sheets."""
    text = fitting(text)
    return f"<si><t{space(text)}>{content(text)}</t></si>".encode()
