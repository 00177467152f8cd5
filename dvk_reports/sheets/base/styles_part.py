"""The styles of a drawn workbook, and others added behind them: what was drawn keeps its numbers."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dvk_reports.sheets.base.book import Look, new_book, parts_of

STYLES = "xl/styles.xml"
_LISTS = {
    "numFmts": r"<numFmt [^>]*/>",
    "fonts": r"<font>.*?</font>",
    "fills": r"<fill>.*?</fill>",
    "borders": r"<border[ >].*?</border>",
    "cellXfs": r"<xf [^>]*/>|<xf [^>]*>.*?</xf>",
    "dxfs": r"<dxf>.*?</dxf>",
}
_LIST = re.compile(rf'<({"|".join(_LISTS)}) count="\d+"(?:/>|>(.*?)</\1>)')
_FIRST_OWN = 164
"""Number of the first number format that is not built in."""
_PARTS = (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"))


class Styles:
    """The lists of one ``styles.xml``."""

    def __init__(self, xml: str) -> None:
        if "<numFmts" not in xml:
            xml = xml.replace("<fonts", '<numFmts count="0"/><fonts', 1)
        found = {match[1]: match[2] or "" for match in _LIST.finditer(xml)}
        self.lists: dict[str, list[str]] = {name: re.findall(item, found[name]) for name, item in _LISTS.items()}
        self._frame = _LIST.sub(lambda match: f"\0{match[1]}\0", xml).split("\0")

    def xml(self) -> str:
        """The part; lists without anything are left out."""

        def shown(text: str) -> str:
            if text not in self.lists:
                return text
            items = self.lists[text]
            return f'<{text} count="{len(items)}">{"".join(items)}</{text}>' if items else ""

        return "".join(map(shown, self._frame))

    def with_more(self, looks: Sequence[Look], fills: Sequence[Look], known: Mapping[Look, Drawn]) -> Styles:
        """A copy with formats of cells and of conditional formats behind those there are."""
        more = Styles.__new__(Styles)
        more._frame = self._frame
        more.lists = {name: list(items) for name, items in self.lists.items()}
        more.lists["cellXfs"] += [more._taken(known[look]) for look in looks]
        more.lists["dxfs"] += [known[look].fill for look in fills]
        return more

    def _taken(self, drawn: Drawn) -> str:
        """A format of another workbook in the numbers of this one."""
        other, xf = drawn.styles, drawn.look
        for name, items in _PARTS:
            own = int(xf.partition(f'{name}="')[2].partition('"')[0])
            place = self._place(items, other.lists[items][own])
            xf = xf.replace(f'{name}="{own}"', f'{name}="{place}"', 1)
        number = re.search(r'numFmtId="(\d+)"', xf)
        if number is not None and int(number[1]) >= _FIRST_OWN:
            code = next(item for item in other.lists["numFmts"] if f'numFmtId="{number[1]}"' in item)
            xf = xf.replace(number[0], f'numFmtId="{self._number(code)}"', 1)
        return xf

    def _place(self, name: str, item: str) -> int:
        items = self.lists[name]
        if item not in items:
            items.append(item)
        return items.index(item)

    def _number(self, item: str) -> int:
        code = re.sub(r'numFmtId="\d+"', "", item)
        for place, own in enumerate(self.lists["numFmts"]):
            if re.sub(r'numFmtId="\d+"', "", own) == code:
                return _FIRST_OWN + place
        number = _FIRST_OWN + len(self.lists["numFmts"])
        self.lists["numFmts"].append(re.sub(r'numFmtId="\d+"', f'numFmtId="{number}"', item))
        return number


@dataclass(frozen=True, slots=True)
class Drawn:
    """A format as it stands in the styles of a workbook."""

    styles: Styles
    number: int
    number_of_fill: int

    @property
    def look(self) -> str:
        """As that of a cell."""
        return self.styles.lists["cellXfs"][self.number]

    @property
    def fill(self) -> str:
        """As one of a conditional format."""
        return self.styles.lists["dxfs"][self.number_of_fill]


def drawn_styles(looks: Sequence[Look]) -> dict[Look, Drawn]:
    """Each format as XlsxWriter writes it, as a cell's and as one of a conditional format."""
    book = new_book(io.BytesIO(), lean=True)
    sheet, made = book.add_worksheet(), {look: book.add_format(dict(look)) for look in looks}
    for row, fmt in enumerate(made.values()):
        sheet.write_blank(row, 0, None, fmt)
        sheet.conditional_format(row, 0, row, 0, {"type": "formula", "criteria": "=TRUE", "format": fmt})
    styles = Styles(parts_of(book)[STYLES].decode())
    return {look: Drawn(styles, fmt.xf_index, fmt.dxf_index) for look, fmt in made.items()}
