"""Days as Vietnamese offices write them: day, month, year."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

from dvk_reports.vietnamese.text import tidy

_FULL_WIDTH = str.maketrans("０１２３４５６７８９／．－", "0123456789/.-")
_DAY_FIRST = re.compile(r"([0-9]{1,2}) ?([-/.]) ?([0-9]{1,2}) ?\2 ?([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[ T]00:00(?::00)?)?")
_PROSE = re.compile(r"(?:ngày )?([0-9]{1,2}) tháng ([0-9]{1,2}) năm ([0-9]{4})", re.IGNORECASE)


VIETNAM = timezone(timedelta(hours=7))
"""The clock by which a day is the day of receipt, wherever the server of a mail or this computer says it stands."""


def day_of(timestamp: float) -> date:
    """The day in Việt Nam of a moment that a disk has noted. OverflowError, OSError or ValueError for a wild one."""
    return datetime.fromtimestamp(timestamp, VIETNAM).date()


def read_date(text: str) -> date | None:
    """The day a text means; the day always comes before the month, a year has four digits. None: not a day."""
    s = tidy(text.translate(_FULL_WIDTH))
    if found := _DAY_FIRST.fullmatch(s):
        return _day(found[4], found[3], found[1])
    if found := _ISO.fullmatch(s):
        return _day(found[1], found[2], found[3])
    if found := _PROSE.fullmatch(s):
        return _day(found[3], found[2], found[1])
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:  # 31/4, 29/2/2023
        return None


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
