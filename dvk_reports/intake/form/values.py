"""From a raw cell to a typed value: what the unit wrote is kept, and what cannot be understood is said.

Nothing is repaired. The silent readings allowed are those with one meaning only (a label in other spelling, digits
typed as text); each is told in a Ghi chú with what was written and what was read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from dvk_reports.intake.form.old_fonts import decoded
from dvk_reports.intake.readers.raw import UNKNOWN_FORMAT, RawCell, RawValue
from dvk_reports.messages.message import Message
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.findings import Finding, Level, Stop
from dvk_reports.model.values import Cell, Typed, Value
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import FieldSpec, Plan, SheetSpec
from dvk_reports.vietnamese.dates import read_date, show_date
from dvk_reports.vietnamese.legacy import DOUBTFUL, readings
from dvk_reports.vietnamese.numbers import read_number, show_number
from dvk_reports.vietnamese.text import fold, nearest, nfc, tidy
from dvk_reports.vietnamese.words import NO, YES

_TWO_READINGS = re.compile(r"-?\d{1,3}[.,]\d{3}")
_EXCEL_ERROR = re.compile(r"#[A-Z0-9/_]+[!?]?|Err:[0-9]+")
_OFFICE_LISTS = ("don_vi", "ky")
"""Lists that come from register and plan; K01 looks them up."""


@dataclass
class ValueParser:
    """Types the cells of one file and gathers what it meets."""

    plan: Plan
    """The rule book of the quarter that the file is of."""
    unit: str
    renamed: dict[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    """(sheet, key) -> label of an earlier version of the form -> the label it is read as."""
    findings: list[Finding] = field(default_factory=list)

    def value(self, sheet: SheetSpec, spec: FieldSpec, raw: RawCell | None, at: Cell, row: int) -> Value:
        """One cell of a form as a Value; what is wrong with it goes to ``findings``."""
        if raw is None or (raw.value is None and raw.struck is None and not raw.error and not raw.formula):
            return Value("", None, at)
        if spec.tu_tinh and (raw.formula or raw.value is None):
            return Value("", None, at)  # the form's own count, which nobody typed
        raw = decoded(raw)
        cell = _FieldCell(self, sheet.ma, spec, at, row, raw)
        if raw.value is None:
            return Value(_say_unread(cell), None, at)
        text = shown(raw.coded or raw.value, raw.number_format)
        if not text:
            return Value("", None, at)
        if raw.struck is not None:
            cell.say(Msg.STRUCK_PART, text, gach=shown(raw.struck))
        if raw.linked:
            cell.say(Msg.LINKED_VALUE, text)
        return Value(text, _READERS[spec.kieu](cell, text), at)


@dataclass(frozen=True)
class _FieldCell:
    """One cell of a file with the field it belongs to; says what is wrong with it."""

    parser: ValueParser
    sheet: str
    spec: FieldSpec
    at: Cell
    row: int
    raw: RawCell

    def say(self, message: Message, raw: str, **slots: Any) -> None:
        """Put a finding on this cell; a Chặn stops its value."""
        block = message.level is Level.BLOCK
        self.parser.findings.append(
            say(
                message,
                Location(self.parser.unit, self.at, sheet=self.sheet, raw=raw, row=self.row, key=self.spec.khoa),
                stops=[Stop(self.sheet, self.row, self.spec.khoa)] if block else (),
                ten=self.spec.ten,
                **slots,
            )
        )

    def read_as(self, written: str, understood: str) -> None:
        """Say what was understood, where that is not what stands there."""
        if tidy(written) != understood:
            self.say(Msg.NORMALISED, written, doc=understood)

    @property
    def counts(self) -> bool:
        """Whether it holds a number of things, and not the number of an edition on the cover."""
        return self.spec.kieu == "nguyen" and self.sheet != self.parser.plan.sheet(SheetRole.COVER)

    @property
    def labels(self) -> Sequence[str]:
        """The labels of its drop-down."""
        return self.parser.plan.labels(self.spec.danh_sach) if self.spec.danh_sach else (YES, NO)

    @property
    def earlier_labels(self) -> Mapping[str, str]:
        """Labels of an earlier version of the form -> those that they are read as."""
        return self.parser.renamed.get((self.sheet, self.spec.khoa), {})


def _say_unread(cell: _FieldCell) -> str:
    """Say why a cell that is not blank has no value; gives what stands there."""
    raw = cell.raw
    if raw.error:
        cell.say(Msg.ERROR_CELL if _EXCEL_ERROR.fullmatch(raw.error) else Msg.DAMAGED_CELL, raw.error)
        return raw.error
    if raw.struck is not None:
        written = shown(raw.struck, raw.number_format)
        cell.say(Msg.STRUCK_VALUE, written)
        return written
    written = raw.source or "(công thức chưa có kết quả)"
    cell.say(Msg.NO_CACHED_VALUE, written)
    return written


def shown(value: object, number_format: str = "") -> str:
    """A raw value as a person sees it, with thousand points only where its format has them; "" for white space."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, datetime):
        return show_date(value.date()) if value.time() == time() else f"{show_date(value.date())} {value:%H:%M}"
    if isinstance(value, date):
        return show_date(value)
    if isinstance(value, int | float):
        text = show_number(exact(value))
        return text if "," in number_format else text.replace(".", "")
    if isinstance(value, time | timedelta):
        return str(value)
    return nfc(str(value)).replace("\r\n", "\n").replace("_x000D_", "").strip()


def exact(value: int | float) -> Decimal:
    """The number that Excel shows: 15 significant digits, so that 0.1 + 0.2 is 0.3."""
    return Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))


def number_in(value: object) -> Decimal | None:
    """The number in a cell of a workbook that the program wrote; None where it holds no number."""
    return exact(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _text(cell: _FieldCell, text: str) -> Typed | None:
    raw = cell.raw
    if not isinstance(raw.value, str):
        return shown(raw.value)  # a telephone number or a code has no thousand points, whatever the format
    if raw.encoding == DOUBTFUL:
        cell.say(Msg.LEGACY_DOUBT, text)
        return None
    read = shown(raw.value)
    if raw.encoding:
        cell.say(Msg.LEGACY_TEXT, text, ma=raw.encoding, doc=read)
    return read


def _number(cell: _FieldCell, text: str) -> Typed | None:
    value, whole = cell.raw.value, cell.spec.kieu == "nguyen"
    number = _typed_number(cell, text, whole) if isinstance(value, str) else _plain_number(cell, value, text)
    if number is None:
        return None
    if number < 0:
        cell.say(Msg.NEGATIVE, text)
        return None
    if whole and number != number.to_integral_value():
        cell.say(Msg.NOT_WHOLE, text)
        return None
    if isinstance(value, str):
        plain = show_number(number).replace(".", "")
        if tidy(text) != plain or "," in plain:
            cell.say(Msg.NORMALISED, text, doc=f"số {plain}")
    return number


def _typed_number(cell: _FieldCell, text: str, whole: bool) -> Decimal | None:
    """A number that was typed as text."""
    if "%" in text or "％" in text:
        cell.say(Msg.PERCENT, text)
        return None
    number = read_number(tidy(text), whole)
    if number is None:
        cell.say(Msg.AMBIGUOUS_NUMBER if _TWO_READINGS.fullmatch(tidy(text)) else Msg.NOT_A_NUMBER, text)
    return number


def _plain_number(cell: _FieldCell, value: RawValue, text: str) -> Decimal | None:
    """A number that is held as one."""
    number = number_in(value)
    if number is None:
        cell.say(Msg.NOT_A_NUMBER, text)
        return None
    if "%" in cell.raw.number_format:
        cell.say(Msg.PERCENT, f"{show_number(number * 100)}%")
        return None
    if cell.raw.number_format == UNKNOWN_FORMAT and cell.counts and number in (0, 1):
        cell.say(Msg.MAY_BE_PERCENT, text)
        return None
    return number


def _day(cell: _FieldCell, text: str) -> Typed | None:
    value = cell.raw.value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    day = read_date(text) if isinstance(value, str) else None
    if day is None:
        cell.say(Msg.NOT_A_DATE, text)
        return None
    cell.read_as(text, show_date(day))
    return day


def _label(cell: _FieldCell, text: str) -> str | None:
    if cell.spec.danh_sach in _OFFICE_LISTS:
        return tidy(shown(cell.raw.value) if cell.raw.coded else text)
    read = _known_reading(cell, text)
    # The words of the form that the unit has filled in come before those of today: one may be the other's old name.
    for label, now in cell.earlier_labels.items():
        if fold(label) == fold(read):
            if tidy(text) != label:
                cell.say(Msg.NORMALISED, text, doc=now)
            return now
    match = next((label for label in cell.labels if fold(label) == fold(read)), None)
    if match is None:
        close = nearest(read, cell.labels)
        cell.say(Msg.NOT_IN_LIST, text, gan=f" Có phải là “{close}”?" if close else "")
        return None
    cell.read_as(text, match)
    return match


def _known_reading(cell: _FieldCell, text: str) -> str:
    """The text in Unicode; where the letters alone leave it open, in the reading that is one of the labels."""
    raw = cell.raw
    if raw.encoding == DOUBTFUL:
        known = {fold(label) for label in (*cell.labels, *cell.earlier_labels)}
        return next((read for read in readings(text, raw.font) if fold(read) in known), text)
    return shown(raw.value) if raw.encoding else text


def _yes_no(cell: _FieldCell, text: str) -> Typed | None:
    label = _label(cell, text)
    return None if label is None else label == YES


_READERS: dict[str, Callable[[_FieldCell, str], Typed | None]] = {
    "chu": _text,
    "nguyen": _number,
    "so": _number,
    "ngay": _day,
    "chon": _label,
    "co_khong": _yes_no,
}
