"""Numbers and days of a form: held as such, or typed as text that has one reading only."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from dvk_reports.intake.form.number_formats import scale_of, shows_as_is
from dvk_reports.intake.form.shown import number_in, shown
from dvk_reports.intake.readers.raw import UNKNOWN_FORMAT, RawValue
from dvk_reports.messages.returns import Msg
from dvk_reports.vietnamese.dates import days_in, show_date, show_date_prose
from dvk_reports.vietnamese.numbers import digits_of, read_number, show_number, two_readings
from dvk_reports.vietnamese.text import same_words, tidy

if TYPE_CHECKING:
    from dvk_reports.intake.form.values import FieldCell

_YEAR = re.compile("(?:19|20)[0-9]{2}")
_PERCENT_WORD = re.compile(r'"[^"]*%[^"]*"|\\%')
"""A percent sign that a number format only writes behind the number, which it then shows as it is."""


def read_number_cell(cell: FieldCell, text: str) -> Decimal | str | None:
    """The number of a cell, or the mark that it adds nothing; None, and said, where it has none that may be taken."""
    value, whole = cell.raw.value, cell.spec.kieu == "nguyen"
    mark = _mark(cell, value)
    if mark:
        cell.read_as(text, mark)
        return mark
    number = _typed_number(cell, text, whole) if isinstance(value, str) else _plain_number(cell, value, text)
    if number is None:
        return None
    if number < 0:
        cell.say(Msg.NEGATIVE, text)
        return None
    most, digits = cell.parser.plan.forms.gioi_han.chu_so, digits_of(number)
    if digits > most:
        cell.say(Msg.NUMBER_TOO_LONG, text, so=digits, nhieu_nhat=most)
        return None
    if whole and number != number.to_integral_value():
        cell.say(Msg.NOT_WHOLE, text)
        return None
    if isinstance(value, str):
        plain = _plain(number)
        if tidy(text) != plain or "," in plain:
            cell.say(Msg.NORMALISED, text, doc=f"số {plain}")
    else:
        _say_looks(cell, number)
    return number


def whole_number(value: int, number_format: str, most: int) -> tuple[str, Decimal] | None:
    """What is shown of a whole number, and the number; None where ``read_number_cell`` may have to say something."""
    if value < 0 or value >= 10**most or not shows_as_is(number_format):
        return None
    return shown(value, number_format), Decimal(value)


def _mark(cell: FieldCell, value: RawValue) -> str:
    """“không áp dụng” and the like, in a cell that need not be filled in."""
    if cell.spec.bat_buoc or not isinstance(value, str):
        return ""
    words = cell.parser.plan.forms.cach_doc
    return next((mark for mark in (*words.khong_cong, *words.tinh_noi_khac) if same_words(mark, value)), "")


def _plain(number: Decimal) -> str:
    return show_number(number).replace(".", "")


def _typed_number(cell: FieldCell, text: str, whole: bool) -> Decimal | None:
    """A number that was typed as text."""
    if "%" in text or "％" in text:
        cell.say(Msg.PERCENT, text)
        return None
    if two_readings(text, whole):
        cell.say(Msg.AMBIGUOUS_NUMBER, text, cach=_ways(text, whole))
        return None
    number = read_number(text, whole)
    if number is None and whole:
        number = read_number(text, integer=False)  # with decimals, which is told
    if number is None:
        cell.say(Msg.NOT_A_NUMBER, text)
    return number


def _ways(text: str, whole: bool) -> str:
    """How each of the two numbers that a text may mean is written so that it means only that one."""
    left, right = re.split("[.,]", tidy(text))
    return f"{left}{right}" if whole else f"{left}{right} hoặc {left},{right}0"


def _plain_number(cell: FieldCell, value: RawValue, text: str) -> Decimal | None:
    """A number that is held as one."""
    number = number_in(value)
    if number is None or not number.is_finite():
        cell.say(Msg.NOT_A_NUMBER, text)
        return None
    if "%" in cell.raw.number_format:
        times = 1 if _PERCENT_WORD.search(cell.raw.number_format) else 100
        cell.say(Msg.PERCENT, f"{_plain(number * times)}%")
        return None
    if cell.raw.number_format == UNKNOWN_FORMAT and cell.counts and number in (0, 1):
        cell.say(Msg.MAY_BE_PERCENT, text)
        return None
    return number


def _say_looks(cell: FieldCell, number: Decimal) -> None:
    """K29 where the number format shows another size than the cell holds."""
    scale = scale_of(number, cell.raw.number_format)
    if scale != 1:
        seen = _plain(number / scale) if scale is not None else ""
        cell.say(Msg.NUMBER_LOOKS, _plain(number), hien=f"hiện là {seen}" if seen else "hiện thành số khác hoặc ẩn đi")


def read_day_cell(cell: FieldCell, text: str) -> date | None:
    """The day of a cell; None, and said, where it has none that may be taken."""
    value = cell.raw.value
    year = _year_alone(value)
    if year:
        cell.say(Msg.YEAR_AS_DAY, text, nam=year, vi_du=show_date_prose(cell.days[1]))
        return None
    if isinstance(value, datetime):
        cell.read_as(text, show_date(value.date()))
        return value.date()
    if isinstance(value, date):
        return value
    day = _typed_day(cell, text) if isinstance(value, str) else None
    if day is None:
        cell.say(Msg.NOT_A_DATE, text, vi_du=show_date_prose(cell.days[1]))
        return None
    cell.read_as(text, show_date(day))
    return day


def _year_alone(value: RawValue) -> str:
    """The year that was typed where a day belongs, as a number or a text."""
    text = tidy(value) if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""
    return text if _YEAR.fullmatch(text) else ""


def _typed_day(cell: FieldCell, text: str) -> date | None:
    """The day that a text means; of two centuries the one in which the day lies inside the bounds of its field."""
    found = days_in(text)
    if len(found) > 1:
        first, last = cell.widest_days
        found = tuple(day for day in found if first <= day <= last)
    return found[0] if len(found) == 1 else None
