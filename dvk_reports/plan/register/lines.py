"""The lines of the sheets of ``danh-muc.xlsx`` with typed values; a wrong cell costs its own line at most."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dvk_reports.errors import RegisterError
from dvk_reports.messages.message import Message
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.findings import Finding
from dvk_reports.model.values import Cell, Value
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.register.cells import CellReader, Wrong, shown_in
from dvk_reports.plan.register.sheets import FILE, LATER, NEEDED, SHEETS, Column
from dvk_reports.vietnamese.text import fold, tidy

_MOST_ROWS = 20_000
"""Rows of a sheet that are looked at: a stray cell at the foot of Excel must not cost an hour."""
_KEY_COLUMNS = 60
"""Columns in which the machine keys are looked for."""
_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)", re.IGNORECASE)
_LINE_LOST, _CELL_LOST = "dòng này không được dùng", "ô này được coi là để trống"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet."""

    sheet: str
    number: int
    values: Mapping[str, Any]
    cells: Mapping[str, Value]
    """Key -> what stands there as text, with its cell."""


@dataclass(frozen=True)
class Books:
    """The workbook with the results of its formulas and, where it has any, with the formulas themselves."""

    values: Any
    formulas: Any = None

    def sheet(self, name: str) -> Any:
        """The sheet of that name; None where there is none."""
        return next((self.values[title] for title in self.values.sheetnames if fold(title) == fold(name)), None)

    def unsaved(self, cell: Any) -> bool:
        """Whether a cell is a formula without a result, which is not the same as a result of no letters."""
        if self.formulas is None or cell.value is not None or cell.data_type == "str":
            return False
        return bool(self.formulas[cell.parent.title][cell.coordinate].data_type == "f")


class LineReader:
    """Reads the sheets one after the other and gathers the findings on the way."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.findings: list[Finding] = []
        self.lost: dict[str, list[Value]] = {}
        """Sheet -> the first cell of every line that is not used."""
        self._cells = CellReader(plan)

    def lines(self, books: Books, name: str) -> Iterator[Line]:
        """The lines of one sheet; RegisterError where a sheet is lost without which nothing can be said of any unit."""
        sheet, columns = books.sheet(name), SHEETS[name]
        places = _places(sheet) if sheet is not None else {}
        copies = self._copies(books, name)
        if sheet is None or columns[0].key not in places:
            self._missing(name, sheet is not None, copies)
            return
        self._columns(sheet, name, places)
        for title in copies:
            self.tell(Msg.REG_COPY, Location(file=FILE, sheet=title), trang=title, bieu=name)
        last, captions = min(sheet.max_row, _MOST_ROWS), {fold(column.caption) for column in columns}
        first = 0
        for cells in sheet.iter_rows(min_row=2, max_row=last, max_col=max(places.values())):
            held = {column.key: cells[places[column.key] - 1] for column in columns if column.key in places}
            if not _is_line(columns[0].key, captions, held, books, below=first > 0):
                continue
            first = first or cells[0].row
            line = self._line(name, cells[0].row, held, books)
            if line is not None:
                yield line
        self._merged(sheet, name, first, max(places.values()))

    def _columns(self, sheet: Any, name: str, places: Mapping[str, int]) -> None:
        """Say which columns are missing, and which stand there twice."""
        captions = {column.key: column.caption for column in SHEETS[name]}
        for column in SHEETS[name]:
            if column.key not in places:
                message = Msg.REG_COLUMN if column.required else Msg.REG_COLUMN_BLANK
                self.tell(message, Location(file=FILE, sheet=name), bieu=name, cot=column.caption)
        for key, number in _keys(sheet):
            if key in captions and places[key] != number:
                at = Cell(FILE, name, 1, number)
                self.tell(Msg.REG_COLUMN_TWICE, Location(cell=at, sheet=name, raw=key), bieu=name, cot=captions[key])

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

    def _copies(self, books: Books, name: str) -> tuple[str, ...]:
        """Other sheets that bear the keys of this one: “Đơn vị (2)”."""
        keys = {column.key for column in SHEETS[name] if column.required}
        others = (title for title in books.values.sheetnames if fold(title) not in {fold(own) for own in SHEETS})
        own = SHEETS[name][0].key
        return tuple(
            title
            for title in others
            if keys <= (held := _places(books.values[title])).keys() and held[own] == 1 and _best(held) == name
        )

    def _merged(self, sheet: Any, name: str, first: int, last_column: int) -> None:
        for area in sheet.merged_cells.ranges:
            if first and area.max_row >= first and area.min_col <= last_column:
                at = Cell(FILE, name, area.min_row, area.min_col)
                self.tell(Msg.REG_MERGED, Location(cell=at, sheet=name, raw=area.coord))

    def _line(self, name: str, number: int, held: Mapping[str, Any], books: Books) -> Line | None:
        values: dict[str, Any] = {}
        cells: dict[str, Value] = {}
        usable = True
        for column in SHEETS[name]:
            source = held.get(column.key)
            raw = source.value if source is not None else None
            at = Cell(FILE, name, number, source.column if source is not None else 1)
            cells[column.key] = Value(shown_in(raw), None, at)
            values[column.key] = None
            try:
                if source is not None:
                    values[column.key] = self._value(column, source, cells[column.key], books)
            except Wrong as wrong:
                self.note(wrong.message, name, cells[column.key], column, **wrong.slots)
                usable = usable and not column.required
                continue
            if values[column.key] in (None, "") and column.required:
                if not cells[column.key].text:
                    self.note(Msg.REG_BLANK, name, cells[column.key], column)
                usable = False
        if not usable:
            self.leave_out(name, cells[SHEETS[name][0].key])
        return Line(name, number, values, cells) if usable else None

    def leave_out(self, sheet: str, first: Value) -> None:
        """Remember a line that is not used, by its first cell."""
        self.lost.setdefault(sheet, []).append(first)

    def _value(self, column: Column, source: Any, value: Value, books: Books) -> Any:
        """The typed value of a cell, None where it is blank."""
        if books.unsaved(source):
            raise Wrong(Msg.REG_FORMULA)
        if not value.text:
            return None
        if source.data_type == "e" or _ERROR.fullmatch(value.text):
            raise Wrong(Msg.REG_ERROR)
        typed, doubts = self._cells.typed(column, source.value, value.text)
        for doubt in doubts:
            self.note(doubt.message, value.at.sheet, value, column, **doubt.slots)
        return typed


def _places(sheet: Any) -> dict[str, int]:
    """Machine key -> column, from the hidden row 1; the first of two."""
    found: dict[str, int] = {}
    for key, number in _keys(sheet):
        found.setdefault(key, number)
    return found


def _keys(sheet: Any) -> Iterator[tuple[str, int]]:
    for cell in next(sheet.iter_rows(min_row=1, max_row=1, max_col=_KEY_COLUMNS), ()):
        if cell.value is not None:
            yield tidy(str(cell.value)), cell.column


def _best(keys: Mapping[str, int]) -> str:
    """The sheet of the register that has most of its keys there."""
    return max(SHEETS, key=lambda name: sum(column.key in keys for column in SHEETS[name]))


def _is_line(first: str, captions: set[str], held: Mapping[str, Any], books: Books, *, below: bool) -> bool:
    """Whether a row is data: not blank, no captions and, above the first line, no title and no note."""
    filled = [
        shown for cell in held.values() if (shown := shown_in(cell.value) or ("=" if books.unsaved(cell) else ""))
    ]
    if not filled or sum(fold(shown) in captions for shown in filled) >= 2:
        return False
    return below or bool(shown_in(held[first].value)) or len(filled) >= 2
