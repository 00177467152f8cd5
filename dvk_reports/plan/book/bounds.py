"""How small and how large a number may be, how early and how late a day: ``gioi_han`` of ``forms.yaml``.

A field takes the bound that it names, else the one that is named like its type.
"""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from dvk_reports.plan.book.entries import DatedBase, Entry

PERIOD_END, RUN_DAY, PERIOD_YEAR = "cuoi_ky", "ngay_lap", "nam_cua_ky"
_ANCHOR = re.compile(rf"({PERIOD_END}|{RUN_DAY})(?: ([+-]) ([0-9]{{1,3}}) nam)?")


def _anchor(value: str) -> str:
    if not _ANCHOR.fullmatch(value):
        raise ValueError(f"“{value}” không phải là một ngày, cũng không phải {PERIOD_END}, {RUN_DAY} (± số năm)")
    return value


Anchor = date | Annotated[str, AfterValidator(_anchor)]
"""A day, or one that follows the return: ``cuoi_ky``, ``ngay_lap``, ``cuoi_ky - 14 nam``."""


class NumberBound(DatedBase):
    """The least and the most that a number may be."""

    tu: int = 0
    den: int | Literal["nam_cua_ky"]
    """``nam_cua_ky``: the year of the period."""
    nhac: str = ""
    """What the unit is reminded of where its number lies outside."""

    def most(self, end: date) -> int:
        """The most it may be in a period that ends on a day."""
        return end.year if isinstance(self.den, str) else self.den


class DayBound(DatedBase):
    """The first and the last day that a cell may hold."""

    tu: Anchor
    den: Anchor

    def days(self, end: date, run: date) -> tuple[date, date]:
        """First and last day, for a period that ends on ``end`` and a run that is made for the day ``run``."""
        return _day(self.tu, end, run), _day(self.den, end, run)


class Bounds(Entry):
    """Every bound by its name."""

    chu_so: Annotated[int, Field(ge=1, le=15)]
    """The most digits that a number may have: Excel itself keeps 15."""
    so: dict[str, NumberBound]
    ngay: dict[str, DayBound]


def _day(anchor: date | str, end: date, run: date) -> date:
    if isinstance(anchor, date):
        return anchor
    found = _ANCHOR.fullmatch(anchor)
    if found is None:  # the rule book is not loaded with such a word
        raise ValueError(anchor)
    day = end if found[1] == PERIOD_END else max(run, end)
    years = int(found[3] or 0) * (-1 if found[2] == "-" else 1)
    year = min(max(day.year + years, date.min.year), date.max.year)
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return date(year, day.month, last if years else day.day)
