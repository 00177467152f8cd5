"""What is known of the columns of a sheet before any of its rows is read; forms that have them alike share it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, partial
from typing import Any, NamedTuple

from dvk_reports.intake.form.lines import Lines
from dvk_reports.intake.form.numbers_and_days import whole_number
from dvk_reports.intake.form.places import Place
from dvk_reports.intake.form.shown import shown, text_shown
from dvk_reports.intake.form.values import Read
from dvk_reports.intake.readers.places import Areas
from dvk_reports.intake.readers.raw import RawCell
from dvk_reports.model.packed import Shapes
from dvk_reports.plan.book.form_versions import SheetReading
from dvk_reports.plan.book.rulebook import FieldSpec, Plan, SheetSpec
from dvk_reports.vietnamese.text import remembered

_MOST = 300
"""So many ways in which columns stand are remembered."""
_CHOICES = ("chon", "co_khong")
LABELS = 1_000
"""So many labels of a column are remembered."""


class Column(NamedTuple):
    """One column of a table, made ready to be read."""

    key: str
    spec: FieldSpec
    labels: dict[str, Read]
    """Text -> the label that it is read as, of those of which there was nothing to say."""
    text: Callable[[str], Read | None] | None = None
    """What a text is read as, in a cell of which all else is plain; None where something may have to be said of it."""
    number: Callable[[int, str], Read | None] | None = None
    """The same of a whole number in a number format."""
    day: Callable[[date], Read] | None = None
    """The same of a day."""

    def quick(self, cell: RawCell) -> Read | None:
        """What a cell is read as; None where something may have to be said of it."""
        value: Any
        value, error, _, shape, _, _, struck, linked, _, encoding = cell
        if error or linked or encoding or struck is not None:
            return None
        kind = type(value)
        if kind is str:
            return self.text(value) if self.text else None
        if kind is int:
            return self.number(value, shape) if self.number else None
        return self.day(value) if kind is date and self.day else None


@dataclass(frozen=True)
class Columns:
    """The columns of a table, or the lines of a key/value sheet, where they stand in a file."""

    plan: Plan
    reading: SheetReading
    found: Mapping[str, int]
    """Key in the file -> where it stands."""
    lead: int

    @property
    def spec(self) -> SheetSpec:
        """The sheet that the rows are rows of."""
        return self.reading.wanted

    @cached_property
    def fields(self) -> Mapping[str, int]:
        """Key of the rows -> column (tables) or row (key/value sheets) in the file."""
        columns = self.reading.columns
        return {columns[key]: where for key, where in self.found.items() if key in columns}

    @cached_property
    def order(self) -> Sequence[tuple[str, int]]:
        """Key and place of every field, from the left."""
        return sorted(self.fields.items(), key=lambda item: item[1])

    @cached_property
    def shapes(self) -> Shapes:
        """The shapes of its rows; that of a key/value sheet begins in the row of its first field."""
        if self.spec.table:
            return Shapes([(key, col, 0) for key, col in self.order])
        first = next(iter(self.fields.values()), 0)
        return Shapes([(key, self.lead, row if row != first else 0) for key, row in self.fields.items()])

    @cached_property
    def lines(self) -> Lines:
        """What tells its lines."""
        columns = {col: self.spec.fields[key] for key, col in self.fields.items()}
        return Lines(self.plan, self.spec, columns, self.lead)

    @cached_property
    def ready(self) -> Mapping[int, Column]:
        """Column -> how it is read; nothing where two fields stand in one."""
        found = {col: self._column(key, self.spec.fields[key]) for key, col in self.order}
        return found if len(found) == len(self.fields) else {}

    def _column(self, key: str, field: FieldSpec) -> Column:
        column = Column(key, field, {})
        if field.tu_tinh:
            return column
        if field.kieu == "chu":
            return column._replace(text=_text)
        if field.numeric:
            return column._replace(number=_number(self.plan.forms.gioi_han.chu_so))
        return column._replace(day=_day) if field.kieu == "ngay" else column._replace(text=column.labels.get)

    @cached_property
    def lacking(self) -> Sequence[str]:
        """Captions, as the file's own form has them, of the required columns that are nowhere in the sheet."""
        return [
            self.reading.found.fields[old].ten
            for old, new in self.reading.columns.items()
            if self.spec.fields[new].bat_buoc and new not in self.fields
        ]

    @cached_property
    def absent(self) -> Sequence[FieldSpec]:
        """Columns of a table that may not simply be left out, though they are not required."""
        return [
            field
            for field in self.spec.truong
            if self.spec.table
            and field.khoa not in self.fields
            and field.khoa not in self.reading.missing
            and not (field.bat_buoc or field.tu_tinh)
        ]

    @cached_property
    def moved(self) -> Sequence[int]:
        """The columns that no longer stand where the form has them, if they do not stand in its order."""
        keys, found = self.reading.found.keys, self.found
        columns = [found[key] for key in keys if key in found]
        if columns == sorted(columns):
            return ()
        named = ((index, key) for index, key in enumerate(keys) if key in found)
        return [found[key] for index, key in named if found[key] != self.lead + 1 + index]

    @cached_property
    def numbers(self) -> Sequence[tuple[str, int]]:
        """Key and place of the fields that hold numbers."""
        return [(key, where) for key, where in self.fields.items() if self.spec.fields[key].numeric]

    @cached_property
    def days(self) -> Sequence[tuple[str, int]]:
        """Key and place of the fields that hold days."""
        return [(key, where) for key, where in self.fields.items() if self.spec.fields[key].kieu == "ngay"]

    @cached_property
    def choices(self) -> Sequence[tuple[str, int]]:
        """Key and place of the fields with a drop-down that the unit fills in."""
        asked = (key for key, field in self.spec.fields.items() if field.kieu in _CHOICES and not field.in_san)
        return [(key, self.fields[key]) for key in asked if key in self.fields]

    def lists(self, areas: Areas) -> Sequence[tuple[str, Sequence[tuple[int, int]]]]:
        """The same keys with the first and last row of each drop-down in the column; ``areas``: all drop-downs.

        Of a key/value sheet only the keys whose cell has none.
        """
        if areas not in self._lists:
            self._lists.clear()
            self._lists[areas] = self._with_lists(areas)
        return self._lists[areas]

    @cached_property
    def _lists(self) -> dict[Areas, Sequence[tuple[str, Sequence[tuple[int, int]]]]]:
        return {}  # those of the form that was read last

    def _with_lists(self, areas: Areas) -> Sequence[tuple[str, Sequence[tuple[int, int]]]]:
        if self.spec.table:
            return [
                (key, [(top, bottom) for top, left, bottom, right in areas if left <= col <= right])
                for key, col in self.choices
            ]
        return [
            (key, ())
            for key, row in self.choices
            if not any(top <= row <= bottom and left <= self.lead <= right for top, left, bottom, right in areas)
        ]


_plain: dict[int, SheetReading] = {}
_columns: dict[tuple[object, ...], Columns] = {}
# What is remembered by its id is held by what is remembered of it, so that no other thing can have that id.


def plain_reading(spec: SheetSpec) -> SheetReading:
    """How a sheet of the version in force is read."""
    found = _plain.get(id(spec))
    if found is None:
        if len(_plain) >= _MOST:
            _plain.clear()
        found = _plain[id(spec)] = SheetReading.plain(spec)
    return found


def columns_of(plan: Plan, reading: SheetReading, place: Place) -> Columns:
    """The columns of a sheet that stands in a file as ``place`` says."""
    key = id(plan), id(reading), place.lead, *place.fields.items()
    found = _columns.get(key)
    if found is None:
        if len(_columns) >= _MOST:
            _columns.clear()
        found = _columns[key] = Columns(plan, reading, place.fields, place.lead)
    return found


@remembered
def _text(value: str) -> Read:
    text = text_shown(value)  # remembered once, here
    return text, text or None


@lru_cache(maxsize=4_000)
def _day(value: date) -> Read:
    return shown(value), value


@lru_cache
def _number(most: int) -> Callable[[int, str], Read | None]:
    return lru_cache(maxsize=4_000)(partial(whole_number, most=most))
