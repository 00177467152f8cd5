"""The values of a row in little room: a province's returns stand in memory a hundred million cells at a time.

A row keeps the texts and typed values of its filled cells, and shares with all rows like it which keys it has, in which
columns they stand and which of them are blank. A :class:`Value` is put together when it is asked for.
"""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import Any, TypeAlias

from dvk_reports.model.returns import FormSheet
from dvk_reports.model.spool import Spooled, put_aside
from dvk_reports.model.values import Cell, Row, Typed, Value

_BLANK = -1
_NOT_THERE = (_BLANK, 0, 0)
_NO_CELL = (-2, 0, 0)
_MOST, _LONGEST = 20_000, 40
"""So many different short texts, numbers and days are kept once for all rows."""
_pool: dict[tuple[type, str], Any] = {}


_Told: TypeAlias = tuple[tuple[str, int, int, int], ...]
"""(key, place among the filled cells or -1, column, row or 0) of every key of a row."""


class Shape:
    """The keys of a row and where they stand; a row of 0 is that of the row itself."""

    def __init__(self, told: _Told) -> None:
        self.told = told
        self.at = {key: (place, col, row) for key, place, col, row in told}

    def __reduce__(self) -> tuple[Any, ...]:
        return shape_of, (self.told,)

    @cached_property
    def packed(self) -> bytes:
        """It as bytes."""
        return pickle.dumps(self.told, pickle.HIGHEST_PROTOCOL)


@lru_cache(maxsize=20_000)
def shape_of(told: _Told) -> Shape:
    """The one shape of all rows that are filled alike."""
    return Shape(told)


@lru_cache(maxsize=20_000)
def _shape_in(packed: bytes) -> Shape:
    return shape_of(pickle.loads(packed))


class Shapes:
    """The shapes of the rows of one table, by which of its columns are filled in."""

    def __init__(self, places: Sequence[tuple[str, int, int]]) -> None:
        """``places``: key, column and row of every field, in their order; a row of 0 is that of the row itself."""
        self._places = places
        self._known: dict[tuple[str, ...], Shape] = {}

    def of(self, filled: tuple[str, ...]) -> Shape:
        """The shape of a row in which these keys, in their order, are filled in."""
        if filled not in self._known:
            places = {key: place for place, key in enumerate(filled)}
            told = tuple((key, places.get(key, _BLANK), col, row) for key, col, row in self._places)
            self._known[filled] = shape_of(told)
        return self._known[filled]


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
        self._file, self._sheet, self._row = where
        self._texts, self._typed = texts, typed

    def __reduce__(self) -> tuple[Any, ...]:
        return PackedValues, (self._shape, *self.told())

    def told(self) -> tuple[tuple[str, str, int], tuple[str, ...], tuple[Typed | None, ...]]:
        """All but the shape."""
        return (self._file, self._sheet, self._row), self._texts, self._typed

    @property
    def shape(self) -> Shape:
        """What it shares with all rows that are filled alike."""
        return self._shape

    def __getitem__(self, key: str) -> Value:
        return self._value(*self._shape.at[key])

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key; ``default`` where the row has no such key."""
        found = self._shape.at.get(key)
        return default if found is None else self._value(*found)

    def _value(self, place: int, col: int, number: int) -> Value:
        at = Cell(self._file, self._sheet, number or self._row, col)
        return Value("", None, at) if place == _BLANK else Value(self._texts[place], self._typed[place], at)

    def written(self, keys: Iterable[str]) -> list[tuple[str, Typed | None]]:
        """Text and typed value of each key, without their cells."""
        at, texts, values = self._shape.at, self._texts, self._typed
        places = [at.get(key, _NOT_THERE)[0] for key in keys]
        return [("", None) if place == _BLANK else (texts[place], values[place]) for place in places]

    def understood(self) -> tuple[Typed | None, ...] | None:
        """What the filled cells hold, and None for a blank one; None where one was not understood."""
        typed = self._typed
        return None if None in typed or "" in self._texts else (*typed, None)

    def typed(self, key: str) -> Typed | None:
        """What a cell holds; None where it is blank, not understood or not there."""
        place, _, _ = self._shape.at.get(key, _NOT_THERE)
        return None if place == _BLANK else self._typed[place]

    def blank(self, key: str) -> bool:
        """Whether there is the cell and nothing stands in it."""
        place, _, _ = self._shape.at.get(key, _NO_CELL)
        return place == _BLANK or (place >= 0 and self._texts[place] == "")

    def every_typed(self) -> tuple[Typed | None, ...]:
        """What the filled cells hold."""
        return self._typed

    def place(self, key: str) -> Cell | None:
        """Where a cell stands; None where it is not there."""
        found = self._shape.at.get(key)
        return None if found is None else Cell(self._file, self._sheet, found[2] or self._row, found[1])

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
    shape, place, said = shape_of(tuple(told)), (kept(where[0]), kept(where[1]), first), tuple(map(kept, texts))
    pairs = zip(said, typed, strict=True)
    found = tuple(text if type(value) is str and value == text else kept(value) for text, value in pairs)
    return Row(sheet, number, PackedValues(shape, place, said, found))


class Picked:
    """What some cells of many rows hold: of rows that are filled alike it is known where that stands."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = keys
        self._of: dict[Shape, Callable[[Sequence[Typed | None]], tuple[Typed | None, ...]]] = {}

    def of(self, row: Row) -> tuple[Typed | None, ...] | None:
        """What the cells hold; None where it must be asked cell by cell, for one was not understood."""
        values = row.values
        if not isinstance(values, PackedValues) or (cells := values.understood()) is None:
            return None
        pick = self._of.get(values.shape)
        if pick is None:
            pick = self._of[values.shape] = self._pick(values.shape)
        return pick(cells)

    def _pick(self, shape: Shape) -> Callable[[Sequence[Typed | None]], tuple[Typed | None, ...]]:
        places = [shape.at.get(key, _NOT_THERE)[0] for key in self._keys]  # that of a blank one is the last
        if len(places) > 1:
            return itemgetter(*places)
        return lambda cells: tuple(cells[place] for place in places)


class PackedSheets(Mapping[str, FormSheet]):
    """The sheets of a return as bytes, each put together when it is asked for."""

    __slots__ = ("_ends", "_held", "_names", "_sizes")

    def __init__(self, names: tuple[str, ...], sizes: array[int], ends: array[int], held: bytes | Spooled) -> None:
        self._names, self._sizes, self._ends, self._held = _one(names), sizes, ends, held

    def __reduce__(self) -> tuple[Any, ...]:
        held = self._held if isinstance(self._held, bytes) else self._held.read()
        return PackedSheets, (self._names, self._sizes, self._ends, held)

    def put_aside(self) -> PackedSheets:
        """The same, on the disk."""
        if not isinstance(self._held, bytes):
            return self
        return PackedSheets(self._names, self._sizes, self._ends, put_aside(self._held))

    def size(self, key: str) -> int:
        """How many rows a sheet has; it need not be put together for that."""
        return self._sizes[self._names.index(key)]

    def __getitem__(self, key: str) -> FormSheet:
        if key not in self._names:
            raise KeyError(key)
        place = self._names.index(key)
        start, end = self._ends[place - 1] if place else 0, self._ends[place]
        held = self._held
        if isinstance(held, bytes):
            return _sheet_of(held[start:end])
        at, recent = held.start + start, held.spool.recent
        found: FormSheet | None = recent.get(at)
        if found is None:
            found = _sheet_of(held.read(start, end - start))
            recent.keep(at, found, 1 + len(found.rows), held.spool.much)
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return repr(dict(self))


class RowsOf(Mapping[str, tuple[Row, ...]]):
    """The rows of the sheets of a return, by the key of the sheet."""

    __slots__ = ("_sheets",)

    def __init__(self, sheets: Mapping[str, FormSheet]) -> None:
        self._sheets = sheets

    def __reduce__(self) -> tuple[Any, ...]:
        return RowsOf, (self._sheets,)

    def __getitem__(self, key: str) -> tuple[Row, ...]:
        return self._sheets[key].rows

    def size(self, key: str) -> int:
        """How many rows a sheet has."""
        sheets = self._sheets
        return sheets.size(key) if isinstance(sheets, PackedSheets) else len(sheets[key].rows)

    def __contains__(self, key: object) -> bool:
        return key in self._sheets

    def __iter__(self) -> Iterator[str]:
        return iter(self._sheets)

    def __len__(self) -> int:
        return len(self._sheets)

    def __repr__(self) -> str:
        return repr(dict(self))


def packed_sheets(sheets: Mapping[str, FormSheet]) -> PackedSheets:
    """The sheets of a return, packed."""
    if isinstance(sheets, PackedSheets):
        return sheets
    told = [_bytes_of(sheet) for sheet in sheets.values()]
    sizes = array("I", (len(sheet.rows) for sheet in sheets.values()))
    return PackedSheets(tuple(sheets), sizes, array("I", accumulate(map(len, told))), b"".join(told))


def _bytes_of(sheet: FormSheet) -> bytes:
    shapes: dict[Shape, int] = {}
    rows: list[Any] = []
    for row in map(packed, sheet.rows):
        values = row.values
        if isinstance(values, PackedValues):
            rows.append((row.number, shapes.setdefault(values.shape, len(shapes)), *values.told()))
        else:
            rows.append(row)
    told = (sheet.key, sheet.name, sheet.version, rows, _packed_places(tuple(sheet.columns.items())))
    return pickle.dumps((*told, dict(sheet.blanks), [shape.packed for shape in shapes]), pickle.HIGHEST_PROTOCOL)


def _sheet_of(data: bytes) -> FormSheet:
    key, name, version, told, columns, blanks, shapes = pickle.loads(data)
    shared = list(map(_shape_in, shapes))
    rows = tuple(
        Row(key, line[0], PackedValues(shared[line[1]], line[2], line[3], line[4])) if type(line) is tuple else line
        for line in told
    )
    return FormSheet(key, name, version, rows, _places_in(columns), blanks)


@lru_cache(maxsize=2_000)
def _packed_places(columns: tuple[tuple[str, int], ...]) -> bytes:
    return pickle.dumps(columns, pickle.HIGHEST_PROTOCOL)


@lru_cache(maxsize=2_000)
def _places_in(packed: bytes) -> Mapping[str, int]:
    """One for all sheets whose fields stand alike."""
    return dict(pickle.loads(packed))


@lru_cache(maxsize=2_000)
def _one(names: tuple[str, ...]) -> tuple[str, ...]:
    """One object for all returns with the same sheets."""
    return names


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
