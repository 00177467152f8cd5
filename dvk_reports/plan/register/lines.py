"""The lines of the sheets of ``danh-muc.xlsx`` with typed values; a wrong cell costs its own line at most."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from dvk_reports.errors import RegisterError
from dvk_reports.messages.message import Message
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.findings import Finding
from dvk_reports.model.values import Cell, Value
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.register.cells import CellReader, Wrong, shown_in
from dvk_reports.plan.register.sheets import FILE, HAMLETS, LATER, NEEDED, SHEETS, Column
from dvk_reports.vietnamese.text import fold, tidy

MOST_LINES = 20_000
"""Rows of a sheet that are looked at: a stray cell at the foot of Excel must not cost an hour."""
_KEY_COLUMNS = 60
"""Columns in which the machine keys are looked for."""
_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)", re.IGNORECASE)
GIVEN = frozenset({(HAMLETS, "ma_thon")})
"""Required columns that the program fills in where the office has left them blank."""
_LINE_LOST, _CELL_LOST = "dòng này không được dùng", "ô này được coi là để trống"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet."""

    sheet: str
    number: int
    values: Mapping[str, Any]
    cells: Mapping[str, Value]
    """Key -> what stands there as text, with its cell."""


class RawCell(Protocol):
    """A cell as a reader of workbooks gives it."""

    @property
    def written(self) -> Any:
        """What stands there; None for an error, and for a formula whose result the file does not hold."""

    @property
    def error(self) -> str:
        """ "#DIV/0!" …, or ""."""

    @property
    def formula(self) -> bool:
        """Whether it holds a formula."""


class RawSheet(Protocol):
    """A sheet as a reader of workbooks gives it."""

    @property
    def name(self) -> str:
        """Its title."""

    @property
    def cells(self) -> Mapping[tuple[int, int], Any]:
        """(row, column) -> the ``RawCell`` there, where it is not blank."""

    @property
    def merged(self) -> Sequence[tuple[int, int, int, int]]:
        """(first row, first column, last row, last column) of every merged area."""


SheetsOf = Callable[[bytes], Sequence[RawSheet]]
"""Every sheet of a workbook; it raises where not all of it can be read. The plan room reads no workbooks itself."""


@dataclass(frozen=True, slots=True)
class Held:
    """What stands in one cell of a row."""

    value: Any
    error: str
    unsaved: bool
    """A formula without a result, which is not the same as a result of no letters."""
    column: int

    @property
    def shown(self) -> str:
        return self.error or shown_in(self.value)


@dataclass(frozen=True)
class Sheet:
    """One sheet of the workbook."""

    raw: RawSheet

    def rows(self) -> list[int]:
        """The rows in which anything stands, in their order."""
        return sorted({row for row, _ in self.raw.cells})

    def held(self, row: int, column: int) -> Held | None:
        """What stands in a cell; None where nothing does. Of a merged area only its first cell holds anything."""
        cell = self.raw.cells.get((row, column))
        if cell is None or self._covered(row, column):
            return None
        value, error = cell.written, cell.error
        return Held(value, error, cell.formula and value is None and not error, column)

    def _covered(self, row: int, column: int) -> bool:
        return any(
            top <= row <= bottom and left <= column <= right and (row, column) != (top, left)
            for top, left, bottom, right in self.raw.merged
        )

    @cached_property
    def keys(self) -> Sequence[tuple[str, int]]:
        """(machine key, column) of the hidden row 1."""
        columns = sorted(column for row, column in self.raw.cells if row == 1 and column <= _KEY_COLUMNS)
        held = (self.held(1, column) for column in columns)
        return [(tidy(str(cell.error or cell.value)), cell.column) for cell in held if cell is not None]

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Machine key -> column; the first of two."""
        found: dict[str, int] = {}
        for key, number in self.keys:
            found.setdefault(key, number)
        return found


class _Cells(Mapping[str, Value]):
    """The cells of one line, looked up when they are asked for: few are, and there are ten of them to each unit."""

    __slots__ = ("_blanks", "_name", "_number", "_sheet")

    def __init__(self, name: str, number: int, sheet: Sheet, blanks: Mapping[str, Held]) -> None:
        """``blanks``: what each column of the sheet holds where it holds nothing."""
        self._name, self._number, self._sheet, self._blanks = name, number, sheet, blanks

    def held(self) -> dict[str, Held]:
        """What stands in the columns that the sheet has."""
        return {key: self._held(blank) for key, blank in self._blanks.items()}

    def _held(self, blank: Held) -> Held:
        return self._sheet.held(self._number, blank.column) or blank

    def __getitem__(self, key: str) -> Value:
        blank = self._blanks.get(key)
        if blank is None:
            if key not in set(self):
                raise KeyError(key)
            return Value("", None, Cell(FILE, self._name, self._number, 1))
        held = self._held(blank)
        return Value(held.shown, None, Cell(FILE, self._name, self._number, held.column))

    def __iter__(self) -> Iterator[str]:
        return (column.key for column in SHEETS[self._name])

    def __len__(self) -> int:
        return len(SHEETS[self._name])


@dataclass(frozen=True)
class Book:
    """The workbook."""

    sheets: Sequence[Sheet]

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name; None where there is none."""
        return next((sheet for sheet in self.sheets if fold(sheet.raw.name) == fold(name)), None)


class LineReader:
    """Reads the sheets one after the other and gathers the findings on the way."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.findings: list[Finding] = []
        self.lost: dict[str, list[Value]] = {}
        """Sheet -> the first cell of every line that is not used."""
        self._cells = CellReader(plan)

    def lines(self, book: Book, name: str) -> Iterator[Line]:
        """The lines of one sheet; RegisterError where a sheet is lost without which nothing can be said of any unit."""
        sheet, columns = book.sheet(name), SHEETS[name]
        places = sheet.places if sheet is not None else {}
        copies = self._copies(book, name)
        if sheet is None or columns[0].key not in places:
            self._missing(name, sheet is not None, copies)
            return
        self._columns(sheet, name, places)
        for title in copies:
            self.tell(Msg.REG_COPY, Location(file=FILE, sheet=title), trang=title, bieu=name)
        captions = {fold(column.caption) for column in columns}
        blanks = {
            key: Held(None, "", False, places[key]) for key in (column.key for column in columns) if key in places
        }
        first = 0
        for number in sheet.rows():
            if not 2 <= number <= MOST_LINES:
                continue
            cells = _Cells(name, number, sheet, blanks)
            held = cells.held()
            if not _is_line(columns[0].key, captions, held, below=first > 0):
                continue
            first = first or number
            line = self._line(name, number, held, cells)
            if line is not None:
                yield line
        self._merged(sheet, name, first, max(places.values()))

    def _columns(self, sheet: Sheet, name: str, places: Mapping[str, int]) -> None:
        """Say which columns are missing, and which stand there twice."""
        captions = {column.key: column.caption for column in SHEETS[name]}
        for column in SHEETS[name]:
            if column.key not in places and not column.later:
                message = Msg.REG_COLUMN if column.required else Msg.REG_COLUMN_BLANK
                self.tell(message, Location(file=FILE, sheet=name), bieu=name, cot=column.caption)
        for key, number in sheet.keys:
            if key in captions and places[key] != number:
                at = Cell(FILE, name, 1, number)
                self.tell(Msg.REG_COLUMN_TWICE, Location(cell=at, sheet=name, raw=key), bieu=name, cot=captions[key])

    @property
    def longest_code(self) -> int:
        """Letters that a code may have."""
        return self._cells.longest

    def tell(self, message: Message, where: Location, **slots: Any) -> None:
        """One more finding."""
        self.findings.append(say(message, where, **slots))

    def note(self, message: Message, sheet: str, value: Value, column: Column, **slots: Any) -> None:
        """Say what is wrong with a cell."""
        lost = _LINE_LOST if column.required else _CELL_LOST
        place = Location(cell=value.at, sheet=sheet, raw=value.text)
        hoac = "" if column.required else ", hoặc để trống nếu chưa có"
        self.tell(message, place, **{"ten": column.caption, "hau_qua": lost, "hoac": hoac, **slots})

    def _missing(self, name: str, there: bool, copies: Sequence[str]) -> None:
        """Say that a sheet is not there, or has lost its keys."""
        if name in NEEDED:
            lost = "mất dòng mã ẩn (dòng 1)" if there else "không có"
            hint = f" Trang “{copies[0]}” có dòng mã của trang này: đổi tên lại thành “{name}”." if copies else ""
            raise RegisterError(f"{FILE}: trang “{name}” {lost}.{hint or ' Chép lại trang này từ danh mục mẫu.'}")
        if there or copies or name not in LATER:
            self.tell(Msg.REG_SHEET, Location(file=FILE, sheet=name), bieu=name)

    def _copies(self, book: Book, name: str) -> tuple[str, ...]:
        """Other sheets that bear the keys of this one: “Đơn vị (2)”."""
        keys = {column.key for column in SHEETS[name] if column.required}
        ours, own = {fold(title) for title in SHEETS}, SHEETS[name][0].key
        return tuple(
            other.raw.name
            for other in book.sheets
            if fold(other.raw.name) not in ours
            and keys <= other.places.keys()
            and other.places[own] == 1
            and _best(other.places) == name
        )

    def _merged(self, sheet: Sheet, name: str, first: int, last_column: int) -> None:
        for top, left, bottom, right in sheet.raw.merged:
            if first and bottom >= first and left <= last_column:
                at = Cell(FILE, name, top, left)
                area = f"{at.a1}:{Cell(FILE, name, bottom, right).a1}"
                self.tell(Msg.REG_MERGED, Location(cell=at, sheet=name, raw=area))

    def _line(self, name: str, number: int, held: Mapping[str, Held], cells: _Cells) -> Line | None:
        values: dict[str, Any] = {}
        usable = True
        for column in SHEETS[name]:
            source = held.get(column.key)
            values[column.key] = None
            try:
                if source is not None:
                    values[column.key] = self._value(name, column, source, cells)
            except Wrong as wrong:
                self.note(wrong.message, name, cells[column.key], column, **wrong.slots)
                usable = usable and not column.required
                continue
            if values[column.key] in (None, "") and column.required and (name, column.key) not in GIVEN:
                if not cells[column.key].text:
                    self.note(Msg.REG_BLANK, name, cells[column.key], column)
                usable = False
        if not usable:
            self.leave_out(name, cells[SHEETS[name][0].key])
        return Line(name, number, values, cells) if usable else None

    def leave_out(self, sheet: str, first: Value) -> None:
        """Remember a line that is not used, by its first cell."""
        self.lost.setdefault(sheet, []).append(first)

    def _value(self, name: str, column: Column, source: Held, cells: _Cells) -> Any:
        """The typed value of a cell, None where it is blank."""
        if source.unsaved:
            raise Wrong(Msg.REG_FORMULA)
        text = source.shown
        if not text:
            return None
        if source.error or _ERROR.fullmatch(text):
            raise Wrong(Msg.REG_ERROR)
        typed, doubts = self._cells.typed(column, source.value, text)
        for doubt in doubts:
            self.note(doubt.message, name, cells[column.key], column, **doubt.slots)
        return typed


def _best(keys: Mapping[str, int]) -> str:
    """The sheet of the register that has most of its keys there."""
    return max(SHEETS, key=lambda name: sum(column.key in keys for column in SHEETS[name]))


def _is_line(first: str, captions: set[str], held: Mapping[str, Held], *, below: bool) -> bool:
    """Whether a row is data: not blank, no captions and, above the first line, no title and no note."""
    filled = [shown for cell in held.values() if (shown := cell.shown or ("=" if cell.unsaved else ""))]
    if not filled or sum(fold(shown) in captions for shown in filled) >= 2:
        return False
    return below or bool(held[first].shown) or len(filled) >= 2
