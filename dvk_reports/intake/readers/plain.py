"""Cells and texts of .xlsx taken out of XML that is written plainly, as Excel and all common programs write it.

A parser spends nearly all its time on blank drawn cells and on elements that are alike. Here patterns take out what
they match whole: a blank cell, a cell, a row. All between ``<sheetData>`` and its end must be matched; a cell that is
written in another way is parsed as XML. Of what stands before and behind only the merged cells are taken, and anything
that could hide a row from the patterns there, or is not as expected, raises NotPlain: the parser then reads everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

from lxml import etree

from dvk_reports.intake.readers.cells import Cells
from dvk_reports.intake.readers.looks import Text, text_in, unescaped
from dvk_reports.intake.readers.package import SAFE, Node
from dvk_reports.intake.readers.places import cell_at
from dvk_reports.intake.readers.raw import MAX_CELLS, MAX_COLS, MAX_ROWS, RawCell, shows
from dvk_reports.vietnamese.text import remembered


class NotPlain(ValueError):
    """The XML is not written plainly, or is broken; a parser can tell."""


_DECLARATION = re.compile(
    r"""\ufeff?<\?xml version=["']1\.0["']"""
    r"""(?: encoding=["'](?i:utf-8)["'])?(?: standalone=["'][a-z]+["'])?\s*\?>"""
)
_HEAD = re.compile(r"\ufeff?(?:<\?[^<>]*\?>)?\s*(<([A-Za-z]+)(?=[\s>])[^<>]*(?<!/)>)")
_BEGIN, _END, _END_OF_ROW, _CHUNK = b"<sheetData>", b"</sheetData>", b"</row>", 1_000_000
_MAX_PIECE = 1_000_000
"""Longer texts are left to the parser, which has limits of its own."""
_CONTROLS = bytes({*range(32)} - {*b"\t\n"})
_UNKNOWN = re.compile("&(?!(?:amp|lt|gt|quot|apos);)")

_BLANK = '<c r="[A-Z]++[0-9]++"(?: s="[0-9]++")?+/>'
_BLANKS = re.compile(f"{_BLANK}(?:{_BLANK})*+")
_AT = '<c r="([A-Z]{1,3}+[1-9][0-9]{0,6}+)"'
_LOOK = '(?: s="([0-9]++)")?+(?: t="([A-Za-z]++)")?+'
_HELD = (
    '>(?:<f(?: aca="false")?+>([^<]*+)</f>)?+(?:<v>([^<]*+)</v>)?+'
    '(?:(?<= t="inlineStr">)<is><t(?: xml:space="preserve")?+>([^<]*+)</t></is>)?+</c>'
)
_COMMON_CELLS = re.compile(f"{_AT}{_LOOK}{_HELD}(\0)?+")
_ODD = '(?: [A-Za-z]++="[A-Za-z0-9]*+")*+>.*?</c>'
_ALL_CELLS = re.compile(f"{_AT}(?:{_LOOK}{_HELD}|({_ODD}))", re.DOTALL)
"""The same, and cells that hold something else."""
_ROW = re.compile('<row r="([1-9][0-9]{0,6}+)"((?: [A-Za-z0-9:]++="[0-9A-Za-z.: ]*+")*+)(?:/>|>[\0 \r\n\t]*+</row>)')
_NAMES = re.compile(r" ([A-Za-z0-9:]+)=")
_ROW_NAMES = {"spans", "s", "customFormat", "ht", "hidden", "customHeight"}
_ROW_NAMES |= {"outlineLevel", "collapsed", "thickTop", "thickBot", "ph"}
_DESCENT = "x14ac:dyDescent"
_HIDDEN = re.compile(' hidden="(?:1|true)"')
_MERGED = re.compile(rb'<mergeCells(?: count="[0-9]+")?>((?:<mergeCell ref="[A-Za-z0-9:$]*+"/>)*+)</mergeCells>')
_ASTRAY = (  # one by one: a pattern that begins with one letter is found fastest
    re.compile(rb"<(?:!|\?|(?:row|mergeCells?|sheetData)[\s/>])"),
    re.compile(rb":(?:row|mergeCells?|sheetData)[\s/>]"),
    re.compile(rb"xmlns\s*="),
)
"""What may stand neither before nor behind the rows."""
_STRING = re.compile('<si><t(?: xml:space="preserve")?+>([^<]*+)</t></si>')
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_WHOLE = {str(number): number for number in range(10_000)}
_PLACES: dict[str, tuple[int, int]] = {}
"""The addresses met last: those of all forms are the same."""
_REMEMBERED = 4_000
"""Letters of a piece of rich texts that is remembered."""
_NEW = tuple.__new__
_Said: TypeAlias = tuple[str | None, str | None, str | None, str | None, str | None]
"""Style, kind, formula and what is written; or all of it where it is written in another way."""
_PARSER = etree.XMLParser(**SAFE)


@dataclass(slots=True)
class PlainSheet:
    """What was taken out of a sheet."""

    cells: dict[tuple[int, int], RawCell]
    hidden_rows: list[int]
    merged: list[str]
    outside: bool


@dataclass(slots=True)
class PlainSheets:
    """Takes the cells out of the sheets of one workbook; cells that are written alike are told once."""

    cells: Cells
    vocabularies: tuple[str, ...]
    known: dict[_Said, RawCell | None] = field(default_factory=dict)

    def read(self, xml: bytes) -> PlainSheet:
        """One sheet; raises NotPlain."""
        begin, end = xml.find(_BEGIN), xml.rfind(_END)
        if not 0 <= begin < end:
            raise NotPlain
        head, merged = self._around(_decoded(xml[:begin]), xml[end + len(_END) :])
        sheet = PlainSheet({}, [], merged, False)
        names: set[str] = set()
        for text in _chunks(xml, begin + len(_BEGIN), end):
            pieces = _ROW.split(self._take_cells(sheet, head, _BLANKS.sub("", text)))
            if "".join(pieces[::3]).strip(" \t\n"):
                raise NotPlain
            looks = set(pieces[2::3])
            names.update(name for look in looks for name in _names(look))
            hiding = {look for look in looks if _HIDDEN.search(look)}
            if hiding:
                rows = zip(pieces[1::3], pieces[2::3], strict=True)
                sheet.hidden_rows += [int(row) for row, look in rows if look in hiding]
        if "x14ac" in _vocabularies(head):
            names.discard(_DESCENT)
        if not names <= _ROW_NAMES:
            raise NotPlain
        return sheet

    def _around(self, before: str, behind: bytes) -> tuple[_Head, list[str]]:
        """The head of a sheet, and its merged cells: all that is taken of what stands around the rows."""
        _refuse_odd(before)
        head, end = _Head.of(before)
        merged = _MERGED.search(behind)
        if merged is not None:
            behind = behind[: merged.start()] + behind[merged.end() :]
        around = before[end:].encode() + behind
        known = _vocabularies(head).get(None) in self.vocabularies
        if not known or any(sign.search(around) for sign in _ASTRAY):
            raise NotPlain
        return head, merged[1].decode().split('"')[1::2] if merged is not None else []

    def _take_cells(self, sheet: PlainSheet, head: _Head, text: str) -> str:
        """The text with a mark in the place of each cell."""
        pieces = _COMMON_CELLS.split(text)
        left = "\0".join(pieces[::8])
        if "<c " in left:
            pieces = _ALL_CELLS.split(text)
            left = "\0".join(pieces[::8])
        _refuse_unknown(text, pieces)
        self._put(sheet, head, [pieces[at::8] for at in range(1, 8)])
        if len(sheet.cells) >= MAX_CELLS:
            raise NotPlain
        if len(self.known) > 50_000:
            self.known.clear()
        return left

    def _put(self, sheet: PlainSheet, head: _Head, columns: Sequence[Sequence[Any]]) -> None:
        """Put the cells into the sheet, of each of which the columns have the groups of the pattern."""
        cells, texts, of_text, of_number = sheet.cells, self.cells.texts, self.cells.of_text, self.cells.of_number
        for place, style, kind, formula, written, inline, odd in zip(*columns, strict=True):
            cell: RawCell | None = None
            if kind == "s":  # nearly all cells are a text by its number, a whole number, or a text
                if written in texts and formula is None and (rest := of_text[style]):
                    cell = _NEW(RawCell, (texts[written], *rest))
            elif kind is None:
                if written in _WHOLE and formula is None and (rest := of_number[style]):
                    cell = _NEW(RawCell, (_WHOLE[written], *rest))
            elif inline and "&" not in inline and formula is None and written is None and (rest := of_text[style]):
                cell = _NEW(RawCell, (unescaped(inline), *rest))
            cell = cell or self._told((style, kind, formula, inline if written is None else written, odd), head)
            at = _PLACES.get(place) or _place(place)
            if cell is not None and at:
                cells[at] = cell
            elif cell is not None:
                sheet.outside = True

    def _told(self, said: _Said, head: _Head) -> RawCell | None:
        """The cell of which this is all but its address; None where it shows nothing."""
        if said in self.known:
            return self.known[said]
        style, kind, formula, written, odd = said
        if odd is None:
            source = None if formula is None else (_plain(formula), "")
            cell = self.cells.cell(style or "0", kind or "n", written and _plain(written), source)
        else:
            _refuse_odd(odd)
            read = _parsed(head.around(f'<c r="A1"{odd}'))
            if len(read) != 1:  # the cell ends earlier, in another way of writing its end, and there are more behind it
                raise NotPlain
            cell = self.cells.of_element(read[0])
        shown = cell if shows(cell) else None
        if odd is None or "si" not in odd:  # else its value may be from what its group says on this sheet
            self.known[said] = shown
        return shown


def plain_strings(xml: bytes, tags: tuple[str, ...]) -> Sequence[Text]:
    """The shared strings of a workbook, in their order; raises NotPlain."""
    text = _decoded(xml)
    _refuse_odd(text)
    head, begin = _Head.of(text)
    inner, end, after = text[begin:].rpartition(head.closing)
    known = [*_parsed(f"{text[:begin]}<si/>{end}{after}").iter(*tags)]
    if not end or len(known) != 1:
        raise NotPlain
    pieces = _STRING.split(inner)
    _refuse_unknown(inner, pieces)
    if "&" in inner:
        pieces[1::2] = map(_plain, pieces[1::2])
    if "_x" in inner:
        pieces[1::2] = map(unescaped, pieces[1::2])
    if not any(pieces[::2]):
        return pieces[1::2]
    strings: list[Text] = []
    for rich, plain in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        if rich:
            strings += _rich(head, rich, tags) if len(rich) < _REMEMBERED else _rich.__wrapped__(head, rich, tags)
        strings.append(plain)
    return strings[:-1]


@lru_cache(maxsize=1_000)
def _rich(head: _Head, xml: str, tags: tuple[str, ...]) -> tuple[Text, ...]:
    """The texts of a piece of the shared strings; the captions of all forms are the same."""
    return tuple(text_in(found) for found in _parsed(head.around(xml)).iter(*tags))


@dataclass(frozen=True, slots=True)
class _Head:
    """The opening of the outermost element, so that a piece of XML can be read in its place."""

    opening: str
    closing: str

    @classmethod
    def of(cls, text: str) -> tuple[_Head, int]:
        """The head, and where it ends."""
        found = _HEAD.match(text)
        if found is None:
            raise NotPlain
        return cls(found[1], f"</{found[2]}>"), found.end()

    def around(self, xml: str) -> str:
        """The piece of XML as all that the element holds."""
        return f"{self.opening}{xml}{self.closing}"


@lru_cache(maxsize=100)
def _vocabularies(head: _Head) -> dict[str | None, str]:
    """Prefix -> vocabulary."""
    return dict(_parsed(head.around("")).nsmap)


def _chunks(xml: bytes, at: int, end: int) -> Iterator[str]:
    """The rows of a sheet in parts that end with a row, so that a large sheet is never held in pieces as a whole."""
    while at < end:
        upto = xml.find(_END_OF_ROW, at + _CHUNK, end)
        upto = end if upto < 0 else upto + len(_END_OF_ROW)
        yield _decoded(xml[at:upto])
        at = upto


def _refuse_odd(text: str) -> None:
    """Refuse what hides text from patterns: comments, instructions, CDATA, declarations, another encoding."""
    declaration = _DECLARATION.match(text)
    if "<!" in text or text.find("<?", declaration.end() if declaration else 0) >= 0:
        raise NotPlain


def _decoded(xml: bytes) -> str:
    """The text; what XML does not allow, or reads as something else than is written, is refused."""
    try:
        text = xml.decode()
    except UnicodeDecodeError:
        raise NotPlain from None
    if len(xml.translate(None, _CONTROLS)) < len(xml) or "\ufffe" in text or "\uffff" in text:
        raise NotPlain
    return text


def _refuse_unknown(text: str, pieces: Iterable[str | None]) -> None:
    """Refuse entities that are not known, what no text may hold, and texts that are too long."""
    if "]]>" in text or ("&" in text and _UNKNOWN.search(text)):
        raise NotPlain
    if len(text) > _MAX_PIECE and any(piece is not None and len(piece) > _MAX_PIECE for piece in pieces):
        raise NotPlain


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


def _place(written: str) -> tuple[int, int] | tuple[()]:
    """(row, column) of a cell; nothing where it is outside of what is read."""
    if len(_PLACES) > 20_000:
        _PLACES.clear()
    at = cell_at(written)
    if at[0] > MAX_ROWS or at[1] > MAX_COLS:
        return ()
    _PLACES[written] = at
    return at


@remembered
def _plain(text: str) -> str:
    """A text as XML means it."""
    if "&" in text:
        for written, letter in _ENTITIES:
            text = text.replace(written, letter)
    return text
