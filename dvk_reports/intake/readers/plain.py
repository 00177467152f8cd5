"""Cells of .xlsx taken out of XML that is written plainly, as Excel and all common programs write it.

One pattern splits the rows of a sheet into columns of places, styles and contents, which are then read column by column
and not cell by cell: what is written alike is read once, and only what is not plain (a formula, a day, a text with
pieces of its own) is looked at one by one. All between ``<sheetData>`` and its end must be matched; a cell that is
written in another way is parsed as XML. Of what stands before and behind only the merged cells are taken, and anything
that could hide a row from the patterns there, or is not as expected, raises NotPlain: the parser then reads everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, lru_cache, partial
from itertools import chain, compress, count, repeat
from operator import add, ne, not_
from string import ascii_uppercase, digits
from typing import Any, NamedTuple, TypeAlias, cast

from dvk_reports.intake.readers.cells import Cells, Rests, seen
from dvk_reports.intake.readers.looks import Look, Text, item_at, unescaped
from dvk_reports.intake.readers.package import SMALL, remembered_parts
from dvk_reports.intake.readers.places import Areas
from dvk_reports.intake.readers.plain_around import head_of_rows, hidden_rows_in, merged_in
from dvk_reports.intake.readers.plain_xml import (
    NO_LETTER,
    Head,
    NotPlain,
    letters_of,
    parsed,
    refuse_odd,
    refuse_unknown,
    unquoted,
    vocabularies,
)
from dvk_reports.intake.readers.raw import FOREIGN, MAX_COLS, Bounds, RawCell, RawValue, number_in_file, shows
from dvk_reports.model.values import column_letter

_BEGIN, _END, _END_OF_ROW, _CHUNK = b"<sheetData>", b"</sheetData>", b"</row>", 1_000_000
_BLANK = '<c r="[A-Z]++[0-9]++"(?: s="[0-9]++")?+/>'
_BLANKS = re.compile(f"{_BLANK}(?:{_BLANK})*+")
_SAID = (
    '(?: t="([A-Za-z]++)")?+>(?:<f(?: aca="false")?+>([^<]*+)</f>)?+(?:<v>([^<]*+)</v>|(<v/>))?+'
    '(?:(?<= t="inlineStr">)<is><t(?: xml:space="preserve")?+>([^<]*+)</t></is>)?+'
)
# Never past the next cell: where ends are written in another way, each would be looked for to the end of the sheet.
_ODD = '(?: [A-Za-z]++="[A-Za-z0-9]*+")*+>[^<]*+(?:<(?!c[ >]|/c>)[^<]*+)*+'
_CELLS = re.compile(
    '<c r="([A-Z]{1,3}+[1-9][0-9]{0,6}+)"(?: s="([0-9]++)")?+('
    '(?: t="[A-Za-z]++">|>)(?:<v>[^<]*+</v>|<is><t>[^<]*+</t></is>|<f(?: aca="false")?+>[^<]*+</f><v>[^<]*+</v>)'
    f"|{_ODD})</c>",
    re.DOTALL,
)
"""The cells that there are most of, and those that hold something else."""
_IS_SAID = re.compile(_SAID)
_REMEMBERED, _MOST, _SHORT, _SHEETS = 4_000, 5_000, 200, 300
"""Letters of a cell up to which it is remembered, how many cells that are written alike are, and up to which for all
workbooks with the same looks; and so many sheets."""
_SHARED, _NUMBER, _TEXT, _TEXT_END = ' t="s"><v>', "><v>", ' t="inlineStr"><is><t>', "</t></is>"
"""What stands around the numbers of shared strings, and around the numbers and texts that units type."""
_NEW = tuple.__new__
Columns: TypeAlias = tuple[list[str], list[Any], list[str]]
"""Places, styles and contents of cells."""


class _Alone:
    """What is known of cells apart from the shared strings of their workbook, in all that have the same looks."""

    def __init__(self, looks: Sequence[Look]) -> None:
        self.rests = Rests(looks)
        self.values: dict[str, RawValue] = {}
        """As in ``_Values``; what is in ``odd`` is there before it is here."""
        self.odd: set[str] = set()
        self.cells: dict[tuple[str | None, str], RawCell | None] = {}
        """(style, what is written behind it) -> the cell; None where it shows nothing."""
        self._like: dict[tuple[str | None, RawValue], RawCell] = {}
        self.sheets: dict[bytes, Known | None] = {}
        """Small sheets -> what is known of those that were met more than once."""

    def like(self, styles: Sequence[str | None], values: Sequence[RawValue]) -> list[RawCell]:
        """The cells of these styles and values; those that are alike are one cell, made once.

        No value is a float, which may be equal to a whole number.
        """
        known, rests = self._like, self.rests
        if len(values) > _MANY:  # a long list says much that no other says
            rows = map(add, zip(values, strict=True), map(rests.__getitem__, styles))
            return [*map(_NEW, repeat(RawCell), rows)]
        cells: list[Any] = [*map(known.get, zip(styles, values, strict=True))]
        if len(known) > 2 * _MOST:
            known.clear()
        for at in compress(count(), map(not_, cells)) if not all(cells) else ():
            style, value = styles[at], values[at]
            cells[at] = cell = _NEW(RawCell, (value, *rests[style]))
            if not isinstance(value, str) or len(value) <= _SHORT:
                known[style, value] = cell
        return cells


@lru_cache(maxsize=8)
def _alone(looks: Sequence[Look], epoch: datetime) -> _Alone:
    """The one of all workbooks with these looks and days."""
    return _Alone(looks)


class _Values(dict[str, "RawValue"]):
    """What is written behind the style of a cell -> its value; None for what is not plain, which is in ``odd`` too."""

    def __init__(self, strings: Sequence[Text], alone: _Alone) -> None:
        super().__init__(alone.values)
        self.odd = alone.odd.copy()
        shared: Iterable[tuple[str, Any]] = zip(_shared(), strings, strict=False)
        if not all(strings) or {*map(type, strings)} != {str}:
            shared = [(said, text) for said, text in shared if text and isinstance(text, str)]
        self.update(shared)
        self.strings, self.alone = strings, alone

    def __missing__(self, said: str) -> RawValue:
        text = self.shared(said) if said.startswith(_SHARED) else None
        value = _typed(said) if text is None else text if text and isinstance(text, str) else None
        alone = len(said) <= _SHORT and not said.startswith(_SHARED)
        if value is None or isinstance(value, float):  # 1.0 must not be taken for 1, nor -0.0 for 0
            value = None
            self.odd.add(said)
            if alone:
                self.alone.odd.add(said)
        self[said] = value
        if alone and not isinstance(value, str):
            self.alone.values[said] = value
        return value

    def shared(self, said: str) -> Text | None:
        """The shared string that a cell is, if it is nothing else."""
        alone = said.startswith(_SHARED) and said.endswith("</v>")
        return item_at(self.strings, said[len(_SHARED) : -len("</v>")]) if alone else None


@cache
def _shared() -> Sequence[str]:
    """How cells write the first shared strings."""
    return tuple(map(f"{_SHARED}{{}}</v>".format, range(2_000)))


def _typed(said: str) -> RawValue:
    """The number or text that a cell holds in itself, if it holds nothing else; None for all other cells."""
    if said.startswith(_NUMBER) and said.endswith("</v>"):
        number = said[4:-4]
        if number.isdecimal() and number.isascii() and len(number) < 16:
            return int(number)
    elif said.startswith(_TEXT) and said.endswith(_TEXT_END) and said.isprintable():
        typed = said[len(_TEXT) : -len(_TEXT_END)]
        if typed and not ("<" in typed or ">" in typed or "&" in typed or "_x" in typed):
            return typed
    return _typed_otherwise(said)


@remembered_parts(2_000, 400)
def _typed_otherwise(said: str) -> RawValue:
    """The same of what is seldom typed, or of what the form itself counts."""
    if not said.isprintable() and NO_LETTER.search(said):
        raise NotPlain
    refuse_unknown(said, (said,))
    found = _IS_SAID.fullmatch(said)
    if found is None or found[2] is not None:
        return None
    kind, _, written, _, inline = found.groups()
    if kind in (None, "n"):
        return number_in_file(written) if written else None
    text = written if kind == "str" else inline
    return unescaped(unquoted(text)) if text else None


_OUTSIDE = 0, 0
_COLUMNS = {column_letter(col): col for col in range(1, MAX_COLS + 1)}


class _Places(dict[str, tuple[int, int]]):
    """The address of a cell -> (row, column), or _OUTSIDE of what is read. Those of all forms are alike."""

    def __missing__(self, written: str) -> tuple[int, int]:
        letters = written.rstrip("0123456789")
        row, col = int(written[len(letters) :]), _COLUMNS.get(letters)
        found = (row, col) if col is not None and row <= FOREIGN.rows else _OUTSIDE
        if len(self) < 20_000:
            self[written] = found
        return found


_PLACES = _Places()
_MANY, _LETTERS, _DIGITS = 5_000, ascii_uppercase.encode(), digits.encode()


def _places(written: list[str], bounds: Bounds) -> Iterable[tuple[int, int]]:
    """The places of cells: those of a form are remembered, those of many rows are told together."""
    if len(written) > _MANY or (written and bounds.rows > FOREIGN.rows):
        together = " ".join(written).encode()
        rows = [*map(int, together.translate(None, _LETTERS).split())]
        cols = [*map(_COLUMNS.get, together.translate(None, _DIGITS).decode().split())]
        if max(rows) <= bounds.rows and None not in cols:
            return zip(rows, cast(list[int], cols), strict=True)
    return map(_PLACES.__getitem__, written)


@dataclass(slots=True)
class PlainSheet:
    """What was taken out of a sheet."""

    cells: dict[tuple[int, int], RawCell]
    hidden_rows: list[int]
    merged: Areas
    outside: bool = False
    linked: set[str] = field(default_factory=set)
    """Groups of formulas that take their value from another file."""
    taken: list[Columns] | None = None
    """All its cells, where they are to be remembered."""
    bounds: Bounds = FOREIGN


class Known(NamedTuple):
    """A sheet, and those of its cells that are shared strings."""

    sheet: PlainSheet
    places: Sequence[tuple[tuple[int, int], str | None]]
    """With their styles."""
    said: Sequence[str]
    texts: Sequence[RawValue]


@dataclass(slots=True)
class PlainSheets:
    """Takes the cells out of the sheets of workbooks with the same strings and styles; those written alike once."""

    cells: Cells
    vocabularies: tuple[str, ...]
    values: _Values = field(init=False)
    known: dict[tuple[str | None, str], RawCell | None] = field(init=False)

    def __post_init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        alone = _alone(tuple(self.cells.looks), self.cells.epoch)
        self.values, self.known = _Values(self.cells.strings, alone), alone.cells.copy()

    def read(self, xml: bytes, bounds: Bounds = FOREIGN) -> PlainSheet:
        """One sheet; raises NotPlain."""
        sheets = self.values.alone.sheets
        known = sheets.get(xml) if len(xml) <= SMALL and bounds == FOREIGN else None
        found = known and self._again(known)
        if found is None:
            found = self._anew(xml, bounds)
            if found.taken:
                if len(sheets) >= _SHEETS:
                    sheets.clear()
                sheets[xml] = self._known(found, found.taken) if xml in sheets else None
            found.taken = None
        return found

    def _known(self, sheet: PlainSheet, taken: Iterable[Columns]) -> Known | None:
        """A sheet to be remembered; None where one of its cells may come from a shared string in another way."""
        places, styles, said = ([*chain(*columns)] for columns in zip(*taken, strict=True))
        odd = self.values.odd.intersection(said)
        if sheet.outside or len({*places}) < len(places) or any(' t="s"' in other for other in odd):
            return None
        shared = [cell for cell in zip(places, styles, said, strict=True) if cell[2].startswith(_SHARED)]
        if not self.values.alone.rests.odd.isdisjoint(style for _, style, _ in shared):
            return None
        texts = [self.values[said] for _, _, said in shared]
        return Known(sheet, [(_PLACES[at], style) for at, style, _ in shared], [cell[2] for cell in shared], texts)

    def _again(self, known: Known) -> PlainSheet | None:
        """A sheet that is remembered, with the shared strings of this workbook; None where one of them is not plain."""
        texts = [*map(self.values.__getitem__, known.said)]
        if None in texts:
            return None
        cells = known.sheet.cells.copy()
        if texts != known.texts:
            changed = compress(zip(known.places, texts, strict=True), map(ne, texts, known.texts))
            cells.update((place, self.values.alone.like([style], [text])[0]) for (place, style), text in changed)
        return replace(known.sheet, cells=cells)

    def _anew(self, xml: bytes, bounds: Bounds) -> PlainSheet:
        begin, end = xml.find(_BEGIN), xml.rfind(_END)
        if not 0 <= begin < end:
            raise NotPlain
        head = head_of_rows(xml[:begin], self.vocabularies)
        taken: list[Columns] | None = [] if len(xml) <= SMALL and bounds == FOREIGN else None
        sheet = PlainSheet({}, [], merged_in(xml[end:]), taken=taken, bounds=bounds)
        for text in _chunks(xml, begin + len(_BEGIN), end):
            sheet.hidden_rows += hidden_rows_in(self._take_cells(sheet, head, text), "x14ac" in vocabularies(head))
            if len(self.values) + len(self.known) > _MOST + len(self.cells.strings):
                _alone.cache_clear()
                self._begin()
        return sheet

    def _take_cells(self, sheet: PlainSheet, head: Head, text: str) -> str:
        """The text with a mark in the place of the cells that follow each other."""
        pieces = _CELLS.split(text)
        left = pieces[::4]
        if not (left[0] and left[-1]) or "\0" in text:
            raise NotPlain
        columns = pieces[1::4], pieces[2::4], pieces[3::4]
        self._put(sheet, head, *columns)
        if sheet.taken is not None:
            sheet.taken.append(columns)
        if len(sheet.cells) >= sheet.bounds.cells:
            raise NotPlain
        return _BLANKS.sub("\0", "\0".join(filter(None, left)))

    def _put(self, sheet: PlainSheet, head: Head, places: list[str], styles: list[Any], said: list[str]) -> None:
        """Put the cells into the sheet, of which these are the columns."""
        values, rests, known = self.values, self.values.alone.rests, self.known  # another thread may begin new ones
        cells: list[Any] = values.alone.like(styles, [*map(values.__getitem__, said)])
        looked_at = [*compress(count(), map(values.odd.__contains__, said))]
        if not rests.odd.isdisjoint(styles):
            looked_at = sorted({*looked_at, *compress(count(), map(rests.odd.__contains__, styles))})
        blank = False
        for at in looked_at:
            told = styles[at], said[at]
            cells[at] = known[told] if told in known else self._told(*told, head, sheet.linked)
            blank = blank or cells[at] is None
        found: Iterable[Any] = zip(_places(places, sheet.bounds), cells, strict=True)
        if blank:
            found = (item for item in found if item[1] is not None)
        sheet.cells.update(found)
        sheet.outside = sheet.cells.pop(_OUTSIDE, None) is not None or sheet.outside

    def _told(self, style: str | None, said: str, head: Head, linked: set[str]) -> RawCell | None:
        """The cell of which this is all but its address; None where it shows nothing."""
        look, epoch, alone = self.cells.look(style or "0"), self.cells.epoch, False
        told: RawCell | None
        if (text := self.values.shared(said)) is not None:
            told = seen(text, "", look)
        elif len(said) > _REMEMBERED or said.startswith(' t="s"'):
            told = _cell_of(self.cells.strings, look, epoch, said)
        else:
            told = _cell_alone(look, epoch, said)
            alone = told is not None and len(said) <= _SHORT
        cell = told if told is not None else self._parsed(style, said, head, linked)
        shown = cell if shows(cell) else None
        if told is not None or "si" not in said:  # else its value may be from what its group says on this sheet
            self.known[style, said] = shown
        if alone:
            self.values.alone.cells[style, said] = shown
        return shown

    def _parsed(self, style: str | None, said: str, head: Head, linked: set[str]) -> RawCell:
        """The same of a cell that is written in another way."""
        refuse_odd(said)
        look = "" if style is None else f' s="{style}"'
        read = parsed(head.around(f'<c r="A1"{look}{said}</c>'))
        if len(read) != 1:  # the cell ends earlier, in another way of writing its end, and there are more behind it
            raise NotPlain
        return self.cells.of_element(read[0], linked)


def _cell_of(strings: Sequence[Text], look: Look, epoch: datetime, said: str) -> RawCell | None:
    """A cell by what stands behind its style; None where that is written in another way."""
    found = _IS_SAID.fullmatch(said)
    if found is None:
        return None
    kind, formula, written, nothing, inline = found.groups()
    held = "" if nothing else inline if written is None else written
    source = None if formula is None else (unquoted(formula), "")
    return Cells(strings, (look,), epoch).cell("0", kind or "n", held and unquoted(held), source, set())


_cell_alone = lru_cache(maxsize=2_000)(partial(_cell_of, ()))
"""The same of a cell that is no shared string: formulas and days of all forms are alike."""


def _chunks(xml: bytes, at: int, end: int) -> Iterator[str]:
    """The rows of a sheet in parts that end with a row, so that a large sheet is never held in pieces as a whole."""
    while at < end:
        upto = xml.find(_END_OF_ROW, at + _CHUNK, end)
        upto = end if upto < 0 else upto + len(_END_OF_ROW)
        yield letters_of(xml[at:upto])
        at = upto
