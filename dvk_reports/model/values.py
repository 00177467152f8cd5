"""What a value is and where it was read: cells, typed values, rows.

Nothing here reads a file, knows Excel or Word, or holds a rule. Every record of the model is frozen, so that it may
cross to a worker process and back and no later stage can change it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, TypeAlias


@cache
def column_letter(col: int) -> str:
    """1 -> "A", 27 -> "AA"."""
    letters = ""
    while col > 0:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """ "A" -> 1, "AA" -> 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@lru_cache(maxsize=20_000)
def _a1(row: int, col: int) -> str:
    """One text for the same place in all files: sheets of sources hold millions of them."""
    return f"{column_letter(col)}{row}"


def setters(record: type) -> list[Callable[[object, object], None]]:
    """What sets each field of a record with slots, in their order; for its own ``__init__`` alone."""
    return [record.__dict__[name].__set__ for name in record.__dict__["__slots__"]]


class Small:
    """A record of which there are a million: told to another process by its fields alone, in their order."""

    __slots__: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        record: Any = type(self)
        return record, _fields_of(record)(self)


@cache
def _fields_of(record: Any) -> Callable[[object], tuple[object, ...]]:
    """What takes all fields of a record at once; such a record has two at least."""
    return attrgetter(*record.__slots__)


@dataclass(frozen=True, slots=True, order=True, init=False)
class Cell(Small):
    """Where a value was read. It travels with the value to the last page."""

    file: str
    """Path inside ``nhan-ve/<KY>/``; ``archive!/member`` inside a zip or a mail."""
    sheet: str
    """Sheet name in that file, as the unit has it."""
    row: int
    """Counted from 1, as Excel shows it."""
    col: int

    def __init__(self, file: str, sheet: str, row: int, col: int) -> None:
        _FILE(self, file)
        _SHEET(self, sheet)
        _ROW(self, row)
        _COL(self, col)

    @property
    def a1(self) -> str:
        return _a1(self.row, self.col)


# A frozen record's own way to set its fields takes three times as long, and there are a million of them.
_FILE, _SHEET, _ROW, _COL = setters(Cell)

Typed: TypeAlias = str | Decimal | date | bool
"""What a cell may hold once it is understood: text, number, day, Có/Không."""


@dataclass(frozen=True, slots=True, init=False)
class Value(Small):
    """One cell of a form.

    ``typed`` is None both for a blank and for something that could not be understood; ``text`` tells them apart:
    it is what the unit wrote, and it is empty only for a blank. 0 is Decimal(0), never None.
    """

    text: str
    typed: Typed | None
    at: Cell

    def __init__(self, text: str, typed: Typed | None, at: Cell) -> None:
        _TEXT(self, text)
        _TYPED(self, typed)
        _AT(self, at)

    @property
    def blank(self) -> bool:
        return self.text == ""


_TEXT, _TYPED, _AT = setters(Value)


@dataclass(frozen=True, slots=True)
class Row(Small):
    """One row of a table, or a whole key/value sheet (then ``number`` is 0)."""

    sheet: str
    number: int
    values: Mapping[str, Value]

    def typed(self, key: str) -> Typed | None:
        """The typed value of a cell; None where it is blank or could not be read."""
        values = self.values
        if type(values) is not dict:
            of_packed = getattr(values, "typed", None)
            if of_packed is not None:
                found: Typed | None = of_packed(key)
                return found
        value = values.get(key)
        return None if value is None else value.typed

    def written(self, keys: Iterable[str]) -> list[tuple[str, Typed | None]]:
        """What the unit wrote in each of these cells and what it was understood as; ("", None) for one that is blank.

        Where only that is asked for, a packed row need not put together where its cells stand.
        """
        values = self.values
        of_packed = None if isinstance(values, dict) else getattr(values, "written", None)
        if of_packed is not None:
            found: list[tuple[str, Typed | None]] = of_packed(keys)
            return found
        cells = [values.get(key) for key in keys]
        return [("", None) if value is None else (value.text, value.typed) for value in cells]

    def blank(self, key: str) -> bool:
        """Whether the row has the cell and nothing stands in it."""
        values = self.values
        if type(values) is not dict:
            of_packed = getattr(values, "blank", None)
            if of_packed is not None:
                found: bool = of_packed(key)
                return found
        value = values.get(key)
        return value is not None and value.blank

    def unclear(self, key: str) -> bool:
        """Whether something stands in the cell that was not understood."""
        return key in self.values and self.typed(key) is None and not self.blank(key)

    def _every_typed(self) -> Collection[Typed | None]:
        of_packed = getattr(self.values, "every_typed", None)
        return [value.typed for value in self.values.values()] if of_packed is None else of_packed()

    def holds(self, words: Collection[str]) -> bool:
        """Whether any cell holds one of these words."""
        every = self._every_typed()
        return any(word in every for word in words)

    def has_in_text(self, part: str) -> bool:
        """Whether a part stands in the text of any cell."""
        return any(part in typed for typed in self._every_typed() if type(typed) is str)

    def text(self, key: str) -> str:
        """The typed text of a field, or "" where it is blank or was not understood."""
        typed = self.typed(key)
        return typed if isinstance(typed, str) else ""

    def number_of(self, key: str) -> Decimal | None:
        """The number in a cell, or None."""
        typed = self.typed(key)
        return typed if isinstance(typed, Decimal) else None

    def day(self, key: str) -> date | None:
        """The day in a cell, or None."""
        typed = self.typed(key)
        return typed if isinstance(typed, date) else None

    def yes(self, key: str) -> bool:
        """Có; an optional Có/Không left blank is Không."""
        return self.typed(key) is True

    def at(self, key: str) -> Cell:
        """Where a field stands; the first cell of the row where the form had no such field."""
        of_packed = getattr(self.values, "place", None)
        found: Cell | None = None if of_packed is None else of_packed(key)
        if found is not None:
            return found
        value = self.values.get(key) or next(iter(self.values.values()), None)
        return value.at if value is not None else Cell("", self.sheet, self.number, 1)
