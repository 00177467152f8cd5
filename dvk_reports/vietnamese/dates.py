"""Days as Vietnamese offices write them: day, month, year."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

from dvk_reports.vietnamese.text import tidy

_EXCEL_DAY_0, _YEARS = date(1899, 12, 30), range(1900, 2100)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９／．－", "0123456789/.-")
_MIDNIGHT = re.compile(r"(?:[ T]0{1,2}:00(?::00(?:[.,]0+)?)?| 12:00(?::00)? ?(?:AM|SA))$", re.IGNORECASE)
"""The time that Excel and data bases write behind a day that has none."""
_DAY_FIRST = re.compile(r"([0-9]{1,2}) ?([-/.]) ?([0-9]{1,2}) ?\2 ?([0-9]{4}|[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_PROSE = re.compile(r"(?:ngày )?([0-9]{1,2}) tháng ([0-9]{1,2}) năm ([0-9]{4})", re.IGNORECASE)


VIETNAM = timezone(timedelta(hours=7))
"""The clock by which a day is the day of receipt, wherever the server of a mail or this computer says it stands."""


def day_of(timestamp: float) -> date:
    """The day in Việt Nam of a moment that a disk has noted. OverflowError, OSError or ValueError for a wild one."""
    return datetime.fromtimestamp(timestamp, VIETNAM).date()


def read_date(text: str) -> date | None:
    """The day a text means; the day always comes before the month. None: not a day, or one of two centuries."""
    found = days_in(text)
    return found[0] if len(found) == 1 else None


def days_in(text: str) -> tuple[date, ...]:
    """Every day that a text may mean: two where the year has two digits, none where it is no day.

    >>> days_in("5/9/2023 00:00:00"), len(days_in("5/9/23"))
    ((datetime.date(2023, 9, 5),), 2)
    """
    s = _MIDNIGHT.sub("", tidy(text.translate(_FULL_WIDTH)))
    if found := _DAY_FIRST.fullmatch(s):
        years = (found[4],) if len(found[4]) == 4 else (f"19{found[4]}", f"20{found[4]}")
        days = [_day(year, found[3], found[1]) for year in years]
    elif found := _YEAR_FIRST.fullmatch(s):
        days = [_day(found[1], found[3], found[4])]
    elif found := _PROSE.fullmatch(s):
        days = [_day(found[3], found[2], found[1])]
    else:
        return ()
    return tuple(day for day in days if day is not None)


def year_as_day(day: date) -> int | None:
    """The year that Excel shows as this day where it was typed into a cell for days: 2023 as 15/07/1905; else None.

    >>> year_as_day(date(1905, 7, 15)), year_as_day(date(2023, 9, 5))
    (2023, None)
    """
    number = (day - _EXCEL_DAY_0).days
    return number if number in _YEARS else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:  # 31/4, 29/2/2023
        return None


@lru_cache(maxsize=4096)
def show_date(d: date) -> str:
    """For a cell: "05/03/2023"."""
    return f"{d.day:02d}/{d.month:02d}/{d.year:04d}"


def show_date_prose(d: date) -> str:
    """In a sentence: a zero before days 1-9 and months 1-2 only, "03/6/2013"."""
    return f"{d.day:02d}/{_month(d)}/{d.year:04d}"


def show_date_long(d: date) -> str:
    """At the head of a document: "ngày 05 tháng 3 năm 2023"."""
    return f"ngày {d.day:02d} tháng {_month(d)} năm {d.year:04d}"


def _month(d: date) -> str:
    return f"{d.month:02d}" if d.month < 3 else str(d.month)
