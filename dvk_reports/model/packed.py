"""The values of a row in little room: a province's returns stand in memory a hundred million cells at a time.

A row keeps the texts and typed values of its filled cells, and shares with all rows like it which keys it has, in which
columns they stand and which of them are blank. A :class:`Value` is put together when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

from dvk_reports.model.returns import FormSheet
from dvk_reports.model.values import Cell, Row, Typed, Value

_BLANK = -1
_NOT_THERE = (_BLANK, 0, 0)
_MOST, _LONGEST = 20_000, 40
"""So many different short texts, numbers and days are kept once for all rows."""
_pool: dict[tuple[type, str], Any] = {}


_Told: TypeAlias = tuple[tuple[str, int, int, int], ...]
"""(key, place among the filled cells or -1, column, row or 0) of every key of a row."""


class Shape:
    """The keys of a row and where they stand; a row of 0 is that of the row itself."""

    __slots__ = ("at", "told")

    def __init__(self, told: _Told) -> None:
        self.told = told
        self.at = {key: (place, col, row) for key, place, col, row in told}

    def __reduce__(self) -> tuple[Any, ...]:
        return shape_of, (self.told,)


@lru_cache(maxsize=20_000)
def shape_of(told: _Told) -> Shape:
    """The one shape of all rows that are filled alike."""
    return Shape(told)


class PackedValues(Mapping[str, Value]):
    """What ``Row.values`` holds, key by key, in its order."""

    __slots__ = ("_file", "_row", "_shape", "_sheet", "_texts", "_typed")

    def __init__(
        self,
        shape: Shape,
        where: tuple[str, str, int],
        texts: tuple[str, ...],
        typed: tuple[Typed | None, ...],
    ) -> None:
        self._shape = shape
        self._file, self._sheet, self._row = kept(where[0]), kept(where[1]), where[2]
        self._texts = tuple(map(kept, texts))
        pairs = zip(self._texts, typed, strict=True)
        self._typed = tuple(text if type(value) is str and value == text else kept(value) for text, value in pairs)

    def __reduce__(self) -> tuple[Any, ...]:
        where = (self._file, self._sheet, self._row)
        return PackedValues, (self._shape, where, self._texts, self._typed)

    def __getitem__(self, key: str) -> Value:
        return self._value(*self._shape.at[key])

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key; ``default`` where the row has no such key."""
        found = self._shape.at.get(key)
        return default if found is None else self._value(*found)

    def _value(self, place: int, col: int, number: int) -> Value:
        at = Cell(self._file, self._sheet, number or self._row, col)
        return Value("", None, at) if place == _BLANK else Value(self._texts[place], self._typed[place], at)

    def opened(self) -> dict[str, Value]:
        """Every value, put together in one go."""
        file, sheet, row, texts, typed = self._file, self._sheet, self._row, self._texts, self._typed
        values = {}
        for key, (place, col, number) in self._shape.at.items():
            at = Cell(file, sheet, number or row, col)
            values[key] = Value("", None, at) if place == _BLANK else Value(texts[place], typed[place], at)
        return values

    def written(self, keys: Iterable[str]) -> list[tuple[str, Typed | None]]:
        """Text and typed value of each key, without their cells."""
        at, texts, values = self._shape.at, self._texts, self._typed
        places = [at.get(key, _NOT_THERE)[0] for key in keys]
        return [("", None) if place == _BLANK else (texts[place], values[place]) for place in places]

    def typed(self, key: str) -> Typed | None:
        """What a cell holds; None where it is blank, not understood or not there."""
        place, _, _ = self._shape.at.get(key, _NOT_THERE)
        return None if place == _BLANK else self._typed[place]

    def __contains__(self, key: object) -> bool:
        return key in self._shape.at

    def __iter__(self) -> Iterator[str]:
        return iter(self._shape.at)

    def __len__(self) -> int:
        return len(self._shape.at)

    def __repr__(self) -> str:
        return repr(dict(self))


def packed(row: Row) -> Row:
    """The same row; one whose cells stand in several files or sheets stays as it is."""
    values = row.values
    if isinstance(values, PackedValues) or len({(value.at.file, value.at.sheet) for value in values.values()}) != 1:
        return row
    first = next(iter(values.values())).at
    cells = ((key, value.text, value.typed, value.at.col, value.at.row) for key, value in values.items())
    return packed_of(row.sheet, row.number, (first.file, first.sheet), cells)


def packed_of(
    sheet: str, number: int, where: tuple[str, str], cells: Iterable[tuple[str, str, Typed | None, int, int]]
) -> Row:
    """A row of (key, text, typed value, column, row) of each of its cells, which stand in one sheet of one file."""
    told: list[tuple[str, int, int, int]] = []
    texts: list[str] = []
    typed: list[Typed | None] = []
    first = None
    for key, text, value, col, row in cells:
        if first is None:
            first = row
        blank = text == "" and value is None
        told.append((key, _BLANK if blank else len(texts), col, 0 if row == first else row))
        if not blank:
            texts.append(text)
            typed.append(value)
    if first is None:
        return Row(sheet, number, {})
    return Row(sheet, number, PackedValues(shape_of(tuple(told)), (*where, first), tuple(texts), tuple(typed)))


def packed_sheets(sheets: Mapping[str, FormSheet]) -> dict[str, FormSheet]:
    """The sheets of a return with every row packed."""
    return {key: replace(sheet, rows=tuple(map(packed, sheet.rows))) for key, sheet in sheets.items()}


def shared_sheets(sheets: Mapping[str, FormSheet]) -> dict[str, FormSheet]:
    """The same, and where its columns stand is one object for all returns that have them there."""
    return {key: replace(sheet, columns=_columns(tuple(sheet.columns.items()))) for key, sheet in sheets.items()}


@lru_cache(maxsize=2_000)
def _columns(told: tuple[tuple[str, int], ...]) -> Mapping[str, int]:
    return dict(told)


def opened_sheets(sheets: Mapping[str, FormSheet]) -> dict[str, FormSheet]:
    """The same with every value at hand, for whoever looks at each of them many times."""
    return {key: replace(sheet, rows=tuple(map(_opened, sheet.rows))) for key, sheet in sheets.items()}


def _opened(row: Row) -> Row:
    values = row.values
    return Row(row.sheet, row.number, values.opened() if isinstance(values, PackedValues) else dict(values))


def kept(value: Any) -> Any:
    """The same value, one object for all that are alike: a label, a code, a day, a small number."""
    kind = type(value)
    if kind is str:
        if len(value) > _LONGEST:
            return value
        key = (kind, value)
    elif kind in (Decimal, date):
        key = (kind, str(value))
    else:
        return value
    found = _pool.get(key)
    if found is not None:
        return found
    if len(_pool) < _MOST:
        _pool[key] = value
    return value
