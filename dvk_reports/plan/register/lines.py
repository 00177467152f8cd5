"""The lines of the sheets of ``danh-muc.xlsx`` with typed values; a wrong cell costs its own line at most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dvk_reports.errors import RegisterError
from dvk_reports.messages.message import Message
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.findings import Finding
from dvk_reports.model.periods import quarter_in
from dvk_reports.model.values import Cell, Value
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.register.sheets import FILE, NEEDED, SHEETS, Column
from dvk_reports.vietnamese.dates import read_date, show_date
from dvk_reports.vietnamese.numbers import read_number, show_number
from dvk_reports.vietnamese.text import fold, tidy
from dvk_reports.vietnamese.words import NO, YES

_MOST_ROWS = 20_000
"""Rows of a sheet that are looked at: a stray cell at the foot of Excel must not cost an hour."""
_KEY_COLUMNS = 60
"""Columns in which the machine keys are looked for."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet."""

    sheet: str
    number: int
    values: Mapping[str, Any]
    cells: Mapping[str, Value]
    """Key -> what stands there as text, with its cell."""


class LineReader:
    """Reads the sheets one after the other and gathers the findings on the way."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.findings: list[Finding] = []

    def lines(self, book: Any, name: str) -> Iterator[Line]:
        """The lines of one sheet; RegisterError where a sheet is lost without which nothing can be said of any unit."""
        sheet = next((book[title] for title in book.sheetnames if fold(title) == fold(name)), None)
        columns = SHEETS[name]
        places = _places(sheet) if sheet is not None else {}
        if sheet is None or columns[0].key not in places:
            if name in NEEDED:
                lost = "mất dòng mã ẩn (dòng 1)" if sheet is not None else "không có"
                raise RegisterError(f"{FILE}: trang “{name}” {lost}. Chép lại trang này từ danh mục mẫu rồi chạy lại.")
            self.findings.append(say(Msg.REG_SHEET, Location(file=FILE, sheet=name), bieu=name))
            return
        for column in columns:
            if column.key not in places and column.required:
                place = Location(file=FILE, sheet=name)
                self.findings.append(say(Msg.REG_COLUMN, place, bieu=name, cot=column.caption))
        last, captions = min(sheet.max_row, _MOST_ROWS), {fold(column.caption) for column in columns}
        for cells in sheet.iter_rows(min_row=2, max_row=last, max_col=max(places.values())):
            held = {column.key: cells[places[column.key] - 1] for column in columns if column.key in places}
            line = self._line(name, cells[0].row, held) if _is_line(columns[0].key, captions, held) else None
            if line is not None:
                yield line

    def _line(self, name: str, number: int, held: Mapping[str, Any]) -> Line | None:
        values: dict[str, Any] = {}
        cells: dict[str, Value] = {}
        usable = True
        for column in SHEETS[name]:
            source = held.get(column.key)
            raw = source.value if source is not None else None
            at = Cell(FILE, name, number, source.column if source is not None else 1)
            shown = _shown(raw)
            cells[column.key] = Value(shown, None, at)
            values[column.key] = None
            if not shown:
                if column.required:
                    self.note(Msg.REG_BLANK, name, cells[column.key], column)
                    usable = False
                continue
            try:
                values[column.key] = self._typed(column, raw, shown)
            except _Wrong as wrong:
                self.note(wrong.message, name, cells[column.key], column, **wrong.slots)
                usable = usable and not column.required
        return Line(name, number, values, cells) if usable else None

    def note(self, message: Message, sheet: str, value: Value, column: Column, **slots: Any) -> None:
        """Say what is wrong with a cell."""
        place = Location(cell=value.at, sheet=sheet, raw=value.text)
        self.findings.append(say(message, place, ten=column.caption, **slots))

    def _typed(self, column: Column, raw: Any, shown: str) -> Any:
        kind = column.kind
        if kind == "ngay":
            day = raw.date() if isinstance(raw, datetime) else raw if isinstance(raw, date) else read_date(shown)
            if day is None:
                raise _Wrong(Msg.REG_VALUE, cach="Ghi ngày dạng ngày/tháng/năm, ví dụ 01/7/2025.")
            return day
        if kind in ("nguyen", "so"):
            number = _decimal(raw, shown, kind == "nguyen")
            if number is None or (kind == "nguyen" and number != int(number)):
                raise _Wrong(Msg.REG_VALUE, cach="Chỉ ghi số.")
            return int(number) if kind == "nguyen" else number
        if kind == "ky":
            quarter = quarter_in(shown)
            if quarter is None:
                raise _Wrong(Msg.REG_VALUE, cach="Ghi kỳ dạng 2023-Q3.")
            return quarter
        labels = self._labels(kind)
        if labels is None:
            return shown
        match = next((label for label in labels if fold(label) == fold(shown)), None)
        if match is None:
            raise _Wrong(Msg.REG_LIST, list=", ".join(labels))
        return match == YES if kind == "co_khong" else match

    def _labels(self, kind: str) -> list[str] | None:
        """What may be chosen in a column; None where anything may be written."""
        if kind == "co_khong":
            return [YES, NO]
        if kind == "nhom":
            return [group.ma for group in self.plan.info.nhom_don_vi]
        return list(self.plan.kinds) if kind == "loai_don_vi" else None


def _places(sheet: Any) -> dict[str, int]:
    """Machine key -> column, from the hidden row 1."""
    found: dict[str, int] = {}
    for cell in next(sheet.iter_rows(min_row=1, max_row=1, max_col=_KEY_COLUMNS), ()):
        if cell.value is not None:
            found.setdefault(tidy(str(cell.value)), cell.column)
    return found


def _is_line(first: str, captions: set[str], held: Mapping[str, Any]) -> bool:
    """Whether a row is data: not blank, no captions, no title and no note."""
    filled = [shown for cell in held.values() if (shown := _shown(cell.value))]
    if not filled or sum(fold(shown) in captions for shown in filled) >= 2:
        return False
    return bool(_shown(held[first].value)) or len(filled) >= 2


class _Wrong(Exception):
    """A cell that cannot be typed, with what is to be said of it."""

    def __init__(self, message: Message, **slots: Any) -> None:
        super().__init__(message)
        self.message = message
        self.slots = slots


def _decimal(raw: Any, shown: str, integer: bool) -> Decimal | None:
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float):
        return Decimal(str(raw))
    return read_number(shown, integer)


def _shown(raw: Any) -> str:
    if raw is None:
        return ""
    if isinstance(raw, datetime):
        return show_date(raw.date())
    if isinstance(raw, date):
        return show_date(raw)
    if isinstance(raw, float | int) and not isinstance(raw, bool):
        return show_number(Decimal(str(raw))) if isinstance(raw, float) and raw != int(raw) else str(int(raw))
    return tidy(str(raw))
