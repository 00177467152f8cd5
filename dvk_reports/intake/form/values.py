"""From a raw cell to a typed value: what the unit wrote is kept, and what cannot be understood is said.

Nothing is repaired. The silent readings allowed are those with one meaning only (a label in other spelling, digits
typed as text); each is told in a Ghi chú with what was written and what was read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from dvk_reports.intake.readers.raw import RawCell
from dvk_reports.messages.message import Message
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.records import Cell, Finding, Level, Stop, Typed, Value
from dvk_reports.plan.book.rulebook import FieldSpec, Plan, SheetSpec
from dvk_reports.vietnamese.dates import read_date, show_date
from dvk_reports.vietnamese.legacy import DOUBTFUL, decode
from dvk_reports.vietnamese.numbers import read_number, show_number
from dvk_reports.vietnamese.text import fold, nearest, nfc, tidy

_TWO_READINGS = re.compile(r"-?\d{1,3}[.,]\d{3}")
_OFFICE_LISTS = ("don_vi", "ky")
"""Lists that come from register and plan; K01 looks them up."""


@dataclass
class ValueParser:
    """Types the cells of one file and gathers what it meets."""

    plan: Plan
    unit: str
    findings: list[Finding] = field(default_factory=list)

    def value(self, sheet: SheetSpec, spec: FieldSpec, raw: RawCell | None, at: Cell, row: int) -> Value:
        """One cell of a form as a Value; what is wrong with it goes to ``findings``."""
        if raw is None or (raw.value is None and not raw.error and not raw.formula):
            return Value("", None, at)
        if spec.tu_tinh and (raw.formula or raw.value is None):
            return Value("", None, at)  # the form's own count, which nobody typed
        say_here = _Here(self, sheet.ma, spec, at, row)
        if raw.error:
            say_here(Msg.ERROR_CELL, raw.error)
            return Value(raw.error, None, at)
        if raw.value is None:
            written = raw.source or "(công thức chưa có kết quả)"
            say_here(Msg.NO_CACHED_VALUE, written)
            return Value(written, None, at)
        text = shown(raw.value, raw.number_format)
        if not text:
            return Value("", None, at)
        return Value(text, _READERS[spec.kieu](self, spec, raw, text, say_here), at)


@dataclass(frozen=True)
class _Here:
    """Says something about one cell."""

    parser: ValueParser
    sheet: str
    spec: FieldSpec
    at: Cell
    row: int

    def __call__(self, message: Message, raw: str, **slots: Any) -> None:
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

    def read_as(self, raw: str, doc: str) -> None:
        """Told only where what was read is not what stands there."""
        if tidy(raw) != doc:
            self(Msg.NORMALISED, raw, doc=doc)


def shown(value: object, number_format: str = "") -> str:
    """A raw value as a person sees it, with thousand points only where its format has them; "" for white space."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
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


def _text(parser: ValueParser, spec: FieldSpec, raw: RawCell, text: str, here: _Here) -> Typed | None:
    if not isinstance(raw.value, str):
        return shown(raw.value)  # a telephone number or a code has no thousand points, whatever the format
    read, encoding = decode(text, raw.font)
    if encoding == DOUBTFUL:
        here(Msg.LEGACY_DOUBT, text)
        return None
    if encoding:
        here(Msg.LEGACY_TEXT, text, ma=encoding, doc=read)
    return read


def _number(parser: ValueParser, spec: FieldSpec, raw: RawCell, text: str, here: _Here) -> Typed | None:
    value = raw.value
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        here(Msg.NOT_A_NUMBER, text)
        return None
    if isinstance(value, str):
        if "%" in text or "％" in text:
            here(Msg.PERCENT, text)
            return None
        number = read_number(tidy(text), spec.kieu == "nguyen")
        if number is None:
            here(Msg.AMBIGUOUS_NUMBER if _TWO_READINGS.fullmatch(tidy(text)) else Msg.NOT_A_NUMBER, text)
            return None
    else:
        if "%" in raw.number_format:
            here(Msg.PERCENT, f"{show_number(exact(value) * 100)}%")
            return None
        number = exact(value)
    if number < 0:
        here(Msg.NEGATIVE, text)
        return None
    if spec.kieu == "nguyen" and number != number.to_integral_value():
        here(Msg.NOT_WHOLE, text)
        return None
    if isinstance(value, str):
        plain = show_number(number).replace(".", "")
        if tidy(text) != plain or "," in plain:
            here(Msg.NORMALISED, text, doc=f"số {plain}")
    return number


def _day(parser: ValueParser, spec: FieldSpec, raw: RawCell, text: str, here: _Here) -> Typed | None:
    value = raw.value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    day = read_date(text) if isinstance(value, str) else None
    if day is None:
        here(Msg.NOT_A_DATE, text)
        return None
    here.read_as(text, show_date(day))
    return day


def _label(parser: ValueParser, spec: FieldSpec, raw: RawCell, text: str, here: _Here) -> Typed | None:
    if spec.danh_sach in _OFFICE_LISTS:
        return tidy(text)
    labels = parser.plan.labels(spec.danh_sach or "co_khong")
    read = text
    if isinstance(raw.value, str):
        read, encoding = decode(text, raw.font)
        read = text if encoding == DOUBTFUL else read
    match = next((label for label in labels if fold(label) == fold(read)), None)
    if match is None:
        close = nearest(read, labels)
        here(Msg.NOT_IN_LIST, text, gan=f" Có phải là “{close}”?" if close else "")
        return None
    here.read_as(text, match)
    return match


def _yes_no(parser: ValueParser, spec: FieldSpec, raw: RawCell, text: str, here: _Here) -> Typed | None:
    label = _label(parser, spec, raw, text, here)
    return None if label is None else label == "Có"


_READERS: dict[str, Callable[[ValueParser, FieldSpec, RawCell, str, _Here], Typed | None]] = {
    "chu": _text,
    "nguyen": _number,
    "so": _number,
    "ngay": _day,
    "chon": _label,
    "co_khong": _yes_no,
}
