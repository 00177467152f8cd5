"""Cells and texts of .xlsx taken out of XML that is written plainly, as Excel and all common programs write it.

A parser spends nearly all its time on blank drawn cells and on elements that are alike. Here patterns take out only
what they match whole: a blank cell, a cell, the opening of a row. What is left, a few lines, is parsed as XML; where
anything in it is not as expected NotPlain is raised and the parser reads everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from dvk_reports.intake.readers.cells import Cells
from dvk_reports.intake.readers.looks import Text, text_in, unescaped
from dvk_reports.intake.readers.package import SAFE, Node
from dvk_reports.intake.readers.places import cell_at
from dvk_reports.intake.readers.raw import MAX_CELLS, MAX_COLS, MAX_ROWS, RawCell, shows


class NotPlain(ValueError):
    """The XML is not written plainly, or is broken; a parser can tell."""


_DECLARATION = re.compile(
    r"""\ufeff?<\?xml version=["']1\.0["']"""
    r"""(?: encoding=["'](?i:utf-8)["'])?(?: standalone=["'][a-z]+["'])?\s*\?>"""
)
_HEAD = re.compile(r"\ufeff?(?:<\?[^<>]*\?>)?\s*(<([A-Za-z]+)(?=[\s>])[^<>]*(?<!/)>)")
_END_OF_ROW, _CHUNK = b"</row>", 1_000_000
_MAX_PIECE = 1_000_000
"""Longer texts are left to the parser, which has limits of its own."""

_ADDRESS = '<c r="[A-Z]++[0-9]++"(?: s="[0-9]++")?+/>'
_BLANKS = re.compile(f"{_ADDRESS}(?:{_ADDRESS})*+")
_CELL = re.compile(
    r'<c r="([A-Z]{1,3}+[1-9][0-9]{0,6}+)"((?: [A-Za-z]++="[A-Za-z0-9]*+")*+>(?:<v>[^<]*+</v></c>|.*?</c>))',
    re.DOTALL,
)
_ROW = re.compile('<row r="([1-9][0-9]{0,6}+)"((?: [A-Za-z0-9:]++="[0-9A-Za-z.: ]*+")*+)(?:/>|>[\0 \r\n\t]*+</row>)')
_VOCABULARY = re.compile(r"xmlns\s*=")
_NAMES = re.compile(r" ([A-Za-z0-9:]+)=")
_ROW_NAMES = {"spans", "s", "customFormat", "ht", "hidden", "customHeight"}
_ROW_NAMES |= {"outlineLevel", "collapsed", "thickTop", "thickBot", "ph"}
_DESCENT = "x14ac:dyDescent"
_HIDDEN = re.compile(' hidden="(?:1|true)"')
_TEXT = "[^<>&\0-\x08\x0b-\x1f]*+(?:&(?:amp|lt|gt|quot|apos);[^<>&\0-\x08\x0b-\x1f]*+)*+"
_INSIDE = re.compile(
    f'(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?>(?:<f(?: aca="false")?>({_TEXT})</f>)?(?:<v>({_TEXT})</v>)?'
    f'(?:(?<= t="inlineStr">)<is><t(?: xml:space="preserve")?>({_TEXT})</t></is>)?</c>'
)
_STRING = re.compile(f'<si><t(?: xml:space="preserve")?+>({_TEXT})</t></si>')
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_PLACES: dict[str, tuple[int, int]] = {}
"""The addresses met last: those of all forms are the same."""
_PARSER = etree.XMLParser(**SAFE)


@dataclass(slots=True)
class PlainSheet:
    """What was taken out of a sheet; ``rest`` is what else there is in it."""

    rest: Node
    cells: dict[tuple[int, int], RawCell]
    hidden_rows: list[int]
    outside: bool


@dataclass(slots=True)
class PlainSheets:
    """Takes the cells out of the sheets of one workbook; cells that are written alike are told once."""

    cells: Cells
    tags: tuple[str, ...]
    """Rows, columns and merged cells, in the vocabularies that are known."""
    known: dict[str, RawCell | None] = field(default_factory=dict)

    def read(self, xml: bytes) -> PlainSheet:
        """One sheet; raises NotPlain."""
        sheet = PlainSheet(None, {}, [], False)
        head, left, looks = None, [], set()
        for text in _chunks(xml):
            head = head or _Head.of(text)
            pieces = _ROW.split(self._take_cells(sheet, head, _BLANKS.sub("", text)))
            left += pieces[::3]
            looks.update(pieces[2::3])
            hiding = {look for look in set(pieces[2::3]) if _HIDDEN.search(look)}
            if hiding:
                rows = zip(pieces[1::3], pieces[2::3], strict=True)
                sheet.hidden_rows += [int(row) for row, look in rows if look in hiding]
        sheet.rest = self._rest("".join(left), {name for look in looks for name in _names(look)})
        return sheet

    def _take_cells(self, sheet: PlainSheet, head: _Head, text: str) -> str:
        """The text with a mark in the place of each cell."""
        pieces = _CELL.split(text)
        known, cells = self.known, sheet.cells
        for written, inside in zip(pieces[1::3], pieces[2::3], strict=True):
            cell = known[inside] if inside in known else self._told(inside, head)
            if cell is None:
                continue
            at = _PLACES.get(written) or _place(written)
            if at[0] > MAX_ROWS or at[1] > MAX_COLS:
                sheet.outside = True
            else:
                cells[at] = cell
        if len(cells) >= MAX_CELLS:
            raise NotPlain
        if len(known) > 50_000:
            known.clear()
        return "\0".join(pieces[::3])

    def _told(self, inside: str, head: _Head) -> RawCell | None:
        """The cell of which this is all but its address."""
        if len(inside) > _MAX_PIECE:
            raise NotPlain
        found = _INSIDE.fullmatch(inside)
        if found is None:
            _refuse_odd(inside)
            read = _parsed(head.around(f'<c r="A1"{inside}'))
            if len(read) != 1:  # the cell ends earlier, in another way of writing its end, and there are more behind it
                raise NotPlain
            cell = self.cells.of_element(read[0])
        else:
            style, kind, formula, written, inline = found.groups()
            written = inline if written is None else written
            if "&" in inside:
                formula, written = formula and _plain(formula), written and _plain(written)
            cell = self.cells.cell(style or "0", kind or "n", written, None if formula is None else (formula, ""))
        shown = cell if shows(cell) else None
        if found is not None or "si" not in inside:  # else its value may be from what its group says on this sheet
            self.known[inside] = shown
        return shown

    def _rest(self, text: str, names: set[str]) -> Node:
        """What was left of the sheet, with all cells and rows taken out."""
        _refuse_odd(text)
        root = _parsed(text)
        if "x14ac" in root.nsmap:
            names.discard(_DESCENT)
        known = names <= _ROW_NAMES and f"{{{root.nsmap.get(None)}}}row" in self.tags
        if not known or len(_VOCABULARY.findall(text)) != 1:
            raise NotPlain
        if any(element.tag.endswith("}row") for element in root.iter(*self.tags)):
            raise NotPlain
        return root


def plain_strings(xml: bytes, tags: tuple[str, ...]) -> Sequence[Text]:
    """The shared strings of a workbook, in their order; raises NotPlain."""
    text = _decoded(xml)
    _refuse_odd(text)
    head = _Head.of(text)
    inner, end, after = text[head.end :].rpartition(head.closing)
    known = [*_parsed(f"{text[: head.end]}<si/>{end}{after}").iter(*tags)]
    if not end or len(known) != 1:
        raise NotPlain
    pieces = _STRING.split(inner)
    if "&" in inner:
        pieces[1::2] = map(_plain, pieces[1::2])
    if "_x" in inner:
        pieces[1::2] = map(unescaped, pieces[1::2])
    if max(map(len, pieces)) > _MAX_PIECE:
        raise NotPlain
    if not any(pieces[::2]):
        return pieces[1::2]
    rich = _parsed(head.around("".join([f"<rich>{piece}</rich>" if piece else "<rich/>" for piece in pieces[::2]])))
    if len(rich) != len(pieces[::2]) or len([*rich.iter("{*}rich")]) != len(rich):
        raise NotPlain
    strings: list[Text] = []
    for node, text in zip(rich, [*pieces[1::2], ""], strict=True):
        strings += [text_in(found) for found in node.iter(*tags)] if len(node) else ()
        strings.append(text)
    return strings[:-1]


@dataclass(frozen=True, slots=True)
class _Head:
    """The opening of the outermost element, so that a piece of XML can be read in its place."""

    opening: str
    closing: str
    end: int

    @classmethod
    def of(cls, text: str) -> _Head:
        found = _HEAD.match(text)
        if found is None:
            raise NotPlain
        return cls(found[1], f"</{found[2]}>", found.end())

    def around(self, xml: str) -> str:
        """The piece of XML as all that the element holds."""
        return f"{self.opening}{xml}{self.closing}"


def _chunks(xml: bytes) -> Iterator[str]:
    """The text of a sheet in parts that end with a row, so that a large sheet is never held in pieces as a whole."""
    at = 0
    while at < len(xml):
        end = xml.find(_END_OF_ROW, at + _CHUNK)
        end = len(xml) if end < 0 else end + len(_END_OF_ROW)
        yield _decoded(xml[at:end])
        at = end


def _refuse_odd(text: str) -> None:
    """Refuse what hides text from patterns: comments, instructions, CDATA, declarations, another encoding."""
    declaration = _DECLARATION.match(text)
    if "<!" in text or text.find("<?", declaration.end() if declaration else 0) >= 0:
        raise NotPlain


def _decoded(xml: bytes) -> str:
    """The text; what XML does not allow where it is not looked at again is refused."""
    try:
        text = xml.decode()
    except UnicodeDecodeError:
        raise NotPlain from None
    if "\0" in text or "\ufffe" in text or "\uffff" in text:
        raise NotPlain
    return text


def _parsed(text: str) -> Node:
    try:
        return etree.fromstring(text.encode(), _PARSER)
    except etree.XMLSyntaxError:
        raise NotPlain from None


def _names(look: str) -> list[str]:
    """The attributes of a row; none may be there twice."""
    names = _NAMES.findall(look)
    if len(set(names)) < len(names):
        raise NotPlain
    return names


def _place(written: str) -> tuple[int, int]:
    if len(_PLACES) > 20_000:
        _PLACES.clear()
    at = _PLACES[written] = cell_at(written)
    return at


def _plain(text: str) -> str:
    if "&" in text:
        for written, letter in _ENTITIES:
            text = text.replace(written, letter)
    return text
