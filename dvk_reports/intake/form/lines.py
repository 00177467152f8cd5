"""What a line of a table sheet is: a record, or a total, repeated captions, dashes, a nil word, mere words.

A line is a record if it holds something in a column that is not text, a typed code, or two required cells. Under the
total row stand signatures as well: there a cell counts only if it holds what its column asks for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache, partial

from dvk_reports.intake.form.captions import caption
from dvk_reports.intake.form.grid import Cells
from dvk_reports.intake.form.places import TOTAL
from dvk_reports.intake.form.shown import shown
from dvk_reports.intake.readers.raw import RawCell
from dvk_reports.plan.book.rulebook import FieldSpec, Plan, SheetSpec
from dvk_reports.vietnamese.dates import days_in
from dvk_reports.vietnamese.numbers import read_number
from dvk_reports.vietnamese.text import bare_words, fold, remembered, tidy
from dvk_reports.vietnamese.words import NO, YES

_DASHES = re.compile(r"[\s\-‐‑‒–—―−_.…=*/~]+")
_BEHIND_TOTAL = re.compile(r"[\s\d.,:;()+\-–=&IVXivx]*")
_COUNTED = re.compile(r"\s*:|\s+[0-9]")
_NUMBERING = re.compile(r"^\s*(?:[IVX]+|[0-9]+|[a-zđ])[.)]\s*", re.IGNORECASE)
_NUMBERED = re.compile("[.)]")
_WORDY = re.compile(r"[^\W\d_]{3}")
_BETWEEN = re.compile("[;,]")
_FIGURE = re.compile("[0-9]")
_CODE, _WORDS = "code", "words"
_SERIAL = ("stt", "tt", "số tt")


class Kind(Enum):
    """What a line is."""

    RECORD = "record"
    TOTAL = "total"
    CAPTIONS = "captions"
    DASHES = "dashes"
    NIL = "nil"
    TEXT = "text"
    """Only words, too few to be a record."""


@dataclass(frozen=True)
class Line:
    """One line with what it holds, by column."""

    number: int
    kind: Kind
    held: Mapping[int, str]

    @property
    def text(self) -> str:
        """What stands there, to be told."""
        said = " | ".join(tidy(text) for text in self.held.values())
        return said if len(said) <= 150 else said[:149].rstrip() + "…"


def content_of(cell: RawCell | None) -> str:
    """What a cell holds, struck out or not; "" for a blank one and for a formula that shows nothing."""
    if cell is None:
        return ""
    if cell.value is not None:
        return shown(cell.value)
    return shown(cell.struck) or cell.error or (cell.source or "=?" if cell.formula else "")


@dataclass(frozen=True)
class Lines:
    """Tells what each line of one sheet is."""

    plan: Plan
    spec: SheetSpec
    columns: Mapping[int, FieldSpec]
    """Column -> the field that stands in it."""
    lead: int

    def held(self, cells: Cells) -> Mapping[int, str]:
        """What a line holds, by column: nothing where it is blank."""
        held = {}
        lead = cells.get(self.lead)
        # Most lines have a pre-printed number and nothing else; in its column only words are content.
        if lead is not None and type(lead.value) is not int:
            text = content_of(lead)
            if text != TOTAL and _WORDY.search(text):
                held[self.lead] = text
        if not self._own.isdisjoint(cells):
            for col, cell in cells.items():
                if col in self._own and (text := content_of(cell)):
                    held[col] = text
        return held

    @cached_property
    def _own(self) -> frozenset[int]:
        """The columns that people fill in: what is pre-printed on free rows, or counted by the form, is no content."""
        columns = self.columns.items()
        return frozenset(col for col, field in columns if col != self.lead and not (field.cho_san or field.tu_tinh))

    def sure(self, cells: Cells) -> bool:
        """Whether a line is a record by what it begins with: no word of a line that is none, before what makes one."""
        lead = cells.get(self.lead)
        if lead is not None and type(lead.value) is not int:
            return False
        for first in cells:
            if first in self._own:
                break
        else:
            return False
        tells, text = self._tellers.get(first), cells[first].value
        if tells is None or type(text) is not str or not (said := tells(text)):
            return False
        return said is _CODE or any(col in cells and _says(shown(cells[col].value)) for col in self._typed)

    @cached_property
    def _tellers(self) -> Mapping[int, Callable[[str], str]]:
        """Column of texts -> what a text that a line begins with tells of it."""
        columns = (col for col in self._own if self.columns[col].kieu == "chu")
        return {col: lru_cache(maxsize=2_000)(partial(self._tells, col)) for col in columns}

    @cached_property
    def _typed(self) -> tuple[int, ...]:
        """The columns that make a line a record, whatever they hold."""
        return tuple(col for col, field in self.columns.items() if field.kieu != "chu" and col in self._own)

    def _tells(self, col: int, written: str) -> str:
        """``_CODE`` of a line that is a record, ``_WORDS`` of one that may be; "" of one that may be any other."""
        text = shown(written)
        if not _says(text) or self._nil_words.holds(text):
            return ""
        if any(read_number(said, integer=False) is not None for said in {text, written}):
            return ""
        if self._is_caption(col, text) or self._begins_with_sum(text):
            return ""
        return _CODE if self.columns[col].la_ma and _is_code(text) else _WORDS

    def kind(self, cells: Cells, held: Mapping[int, str], below: bool, after: Kind | None = None) -> Kind:
        """What a line is that holds something.

        ``below``: it stands under the total row. ``after``: what the line before it is.
        """
        said = {col: text for col, text in held.items() if _says(text)}
        if not said:
            return Kind.DASHES
        if self._nil(said.values()):
            return Kind.NIL
        if self._total(cells, said):
            return Kind.TOTAL
        if self._captions(cells, said, after):
            return Kind.CAPTIONS
        record = self._record_below(cells, said) if below else self._record(said)
        return Kind.RECORD if record else Kind.TEXT

    def _nil(self, said: Iterable[str]) -> bool:
        # The first text of most lines says that they are no nil line.
        if not all(self._nil_words.holds(text) or read_number(text, integer=False) == 0 for text in said):
            return False
        return any(read_number(text, integer=False) != 0 for text in said)

    @cached_property
    def _nil_words(self) -> _Words:
        return _Words(map(bare_words, self.plan.forms.cach_doc.khong_phat_sinh), bare_words)

    def _total(self, cells: Cells, said: Mapping[int, str]) -> bool:
        """A word for a sum before anything else, or beside nothing but numbers."""
        first = next((text for col, text in said.items() if not _is_number(cells[col])), "")
        if not _unnumbered(first).startswith(self._sum_words):
            return False  # whatever words for a sum stand behind it
        words = [col for col in said if not _is_number(cells[col])]
        named = [col for col in words if self._sum_word(said[col])]
        if named:
            return named[0] == words[0] or named == words
        return len(words) == 1 and self._begins_sum(said[words[0]])

    def _sum_word(self, text: str) -> bool:
        words = _unnumbered(text)
        return any(
            words == word or (words.startswith(word) and _BEHIND_TOTAL.fullmatch(words[len(word) :]))
            for word in self._sum_words
        )

    def _begins_sum(self, text: str) -> bool:
        """Whether a text is more than a word for a sum: “Tổng cộng toàn xã”, “Cộng: 17 tin”, “Tổng 3 lớp”.

        The length of the word or what stands behind it makes it sure: “Tổng kết phong trào” is none.
        """
        words = _unnumbered(text)
        rests = ((word, words[len(word) :]) for word in self._sum_words if words.startswith(word))
        return any((rest[:1] == " " and " " in word) or _COUNTED.match(rest) for word, rest in rests)

    def _begins_with_sum(self, text: str) -> bool:
        first = text[0]
        plain = first.isascii() and first.isalpha() and not _NUMBERED.search(text)
        if plain and first.lower() not in self._sum_letters:
            return False  # however it is compared, it begins so
        return _unnumbered(text).startswith(self._sum_words)

    @cached_property
    def _sum_letters(self) -> frozenset[str]:
        return frozenset(word[:1] for word in self._sum_words)

    @cached_property
    def _sum_words(self) -> tuple[str, ...]:
        return tuple(map(bare_words, self.plan.forms.cach_doc.dong_tong))

    def _captions(self, cells: Cells, said: Mapping[int, str], after: Kind | None) -> bool:
        """The captions again, or the numbers under them."""
        if after is Kind.CAPTIONS and len(said) > 1 and all(_is_number(cells[col]) for col in said):
            return True
        return all(self._is_caption(col, text) for col, text in said.items())

    def _is_caption(self, col: int, text: str) -> bool:
        if col == self.lead:
            return fold(text) in _SERIAL
        field = self.columns[col]
        return _captions((field.ten, *field.heads)).holds(text)

    def _record(self, said: Mapping[int, str]) -> bool:
        fields = {col: self.columns[col] for col in said if col != self.lead}
        return (
            any(field.kieu != "chu" or (field.la_ma and _is_code(said[col])) for col, field in fields.items())
            or sum(field.bat_buoc for field in fields.values()) >= 2
        )

    def _record_below(self, cells: Cells, said: Mapping[int, str]) -> bool:
        if len(said) == 1 and isinstance(cells[next(iter(said))].value, str):
            return False
        fields = {col: self.columns[col] for col in said if col != self.lead}
        if any(fits(self.plan, cells[col], field) for col, field in fields.items()):
            return True
        texts = [field for field in fields.values() if field.kieu == "chu" and field.bat_buoc]
        return len(texts) >= 2 and not any(map(self._signs, said.values()))

    def _signs(self, text: str) -> bool:
        """Whether a text belongs to a place for signatures."""
        words = bare_words(text).lstrip("( ")
        return any(re.match(rf"{re.escape(word)}(?!\w)", words) for word in self._signing)

    @cached_property
    def _signing(self) -> tuple[str, ...]:
        return tuple(map(bare_words, self.plan.forms.cach_doc.chu_ky))

    def is_signature(self, line: Line) -> bool:
        """Whether a line stands in the place for signatures."""
        return any(map(self._signs, line.held.values()))


class _Words:
    """A few words, among which a text is looked for as it is compared."""

    def __init__(self, words: Iterable[str], compared: Callable[[str], str]) -> None:
        self.words, self.compared = frozenset(words), compared
        self.with_figures = any(_FIGURE.search(word) for word in self.words)

    def holds(self, text: str) -> bool:
        """Whether a text is one of them. A figure stays one however it is compared; most codes have one."""
        return (self.with_figures or not _FIGURE.search(text)) and self.compared(text) in self.words


@lru_cache(maxsize=1_000)
def _captions(names: tuple[str, ...]) -> _Words:
    return _Words(map(caption, names), caption)


def _says(text: str) -> bool:
    """Whether a text is more than dashes and dots."""
    return text != "" and (text[0].isalnum() or not _DASHES.fullmatch(text))


@remembered
def _unnumbered(text: str) -> str:
    """The bare words of a text without the number before them."""
    return bare_words(_NUMBERING.sub("", text))


def _is_number(cell: RawCell) -> bool:
    if isinstance(cell.value, str):
        return read_number(cell.value, integer=False) is not None
    return isinstance(cell.value, int | float) or cell.value is None


def fits(plan: Plan, cell: RawCell, field: FieldSpec) -> bool:
    """Whether a cell holds what its field asks for (of a text: a code), or an error in the place of it."""
    text = cell.value
    if not isinstance(text, str):
        return field.kieu != "chu"
    if field.kieu == "chu":
        return field.la_ma and _is_code(text)
    if field.numeric:
        return read_number(text, integer=False) is not None
    if field.kieu == "ngay":
        return bool(days_in(text))
    labels = plan.labels(field.danh_sach) if field.danh_sach else (YES, NO)
    return bare_words(text) in map(bare_words, labels)


def _is_code(text: str) -> bool:
    """Whether a text is one or more codes: each without a space and with a figure in it."""
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    return bool(parts) and all(_FIGURE.search(part) and " " not in tidy(part) for part in parts)
