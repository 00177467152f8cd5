"""Quarters and the longer periods made of them.

A form is quarterly (``2023-Q3``); a report may also be made on ``2023-6T``, ``2023-9T``, ``2023`` or a range
``2022-Q2..2023-Q3``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache

from dvk_reports.errors import PlanError

_QUARTER = re.compile(r"([0-9]{4})-Q([1-4])")
ROMAN = ("", "I", "II", "III", "IV")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """One quarter of a year, the period of a return."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """“2023-Q3”; PlanError where the text is no quarter."""
        found = _QUARTER.fullmatch(text.strip().upper())
        if not found:
            raise PlanError(f"“{text}” không phải là kỳ báo cáo quý. Cách ghi đúng: 2023-Q3 (quý III năm 2023).")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter of the calendar that a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    def __hash__(self) -> int:
        return self.year * 4 + self.number

    @property
    def key(self) -> str:
        return _key(self.year, self.number)

    @property
    def first_day(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last_day(self) -> date:
        return _last_day(self.year, self.number)

    @property
    def next(self) -> Quarter:
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def previous(self) -> Quarter:
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    @property
    def title(self) -> str:
        """As it is written in a paper: ``quý III năm 2023``."""
        return f"quý {ROMAN[self.number]} năm {self.year}"

    @property
    def short(self) -> str:
        """Over a column or under a point: ``III/2023``."""
        return f"{ROMAN[self.number]}/{self.year}"

    def __str__(self) -> str:
        return self.key


@cache
def _key(year: int, number: int) -> str:
    return f"{year}-Q{number}"


@cache
def _last_day(year: int, number: int) -> date:
    month = number * 3
    return date(year, month, 31 if month in (3, 12) else 30)


def quarter_in(text: str) -> Quarter | None:
    """The quarter that a text names; None where it names none."""
    try:
        return Quarter.parse(text)
    except PlanError:
        return None


@dataclass(frozen=True, slots=True)
class Period:
    """What a report is made on: one quarter or several that follow each other."""

    key: str
    quarters: tuple[Quarter, ...]

    @property
    def last(self) -> Quarter:
        return self.quarters[-1]

    @property
    def is_range(self) -> bool:
        """Whether it is named by its first and last quarter, as a stage of the plan is."""
        return ".." in self.key

    @property
    def title(self) -> str:
        """As it is written in a paper: “quý III năm 2023”, “6 tháng đầu năm 2023”, “năm 2023”.

        What was asked for says it, for a plan may run in a part of it only: a year of three quarters is that year.
        """
        if self.is_quarter:
            return self.last.title
        if self.is_range:
            return f"từ {self.quarters[0].title} đến {self.last.title}"
        months = {"6T": "6 tháng đầu ", "9T": "9 tháng đầu "}.get(self.key.partition("-")[2], "")
        return f"{months}năm {self.year}"

    @property
    def year(self) -> int:
        return self.last.year

    @property
    def last_day(self) -> date:
        return self.last.last_day

    @property
    def is_quarter(self) -> bool:
        return self.key == self.last.key

    @property
    def is_year(self) -> bool:
        """Whether a whole year was asked for, though the plan may run in a part of it."""
        return self.key.isdigit()

    @property
    def year_before(self) -> Period | None:
        """The same period of the year before; a range has none."""
        if ".." in self.key:
            return None
        year, dash, part = self.key.partition("-")
        return parse_period(f"{int(year) - 1}{dash}{part}")

    @property
    def ends_year(self) -> bool:
        """Whether a yearly target may already be called missed."""
        return self.last.number == 4

    @classmethod
    def of(cls, quarter: Quarter) -> Period:
        """The period of one quarter."""
        return cls(quarter.key, (quarter,))


def quarters_between(first: Quarter, last: Quarter) -> tuple[Quarter, ...]:
    """Every quarter from ``first`` to ``last``, both in it; empty where ``first`` is later."""
    found = []
    while first <= last:
        found.append(first)
        first = first.next
    return tuple(found)


def by_year(period: Period) -> tuple[Period, ...]:
    """The years that a period falls into, each as far as it lies in it: ``2022-Q2..2022-Q4``, ``2023-9T``."""
    found = []
    for year in sorted({quarter.year for quarter in period.quarters}):
        own = tuple(quarter for quarter in period.quarters if quarter.year == year)
        if len(own) == 1:
            key = own[0].key
        elif own[0].number == 1:
            key = {2: f"{year}-6T", 3: f"{year}-9T", 4: f"{year}"}[len(own)]
        else:
            key = f"{own[0].key}..{own[-1].key}"
        found.append(Period(key, own))
    return tuple(found)


def parse_period(text: str) -> Period:
    """``2023-Q3``, ``2023-6T``, ``2023-9T``, ``2023`` or ``2022-Q2..2023-Q3``; PlanError for anything else.

    However it is typed, a period has one key, for it names the folder of its results. A range of one quarter is it.
    """
    key = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if _QUARTER.fullmatch(key):
        return Period.of(Quarter.parse(key))
    if (found := re.fullmatch(r"([0-9]{4})(?:-(6T|9T))?", key)) is not None:
        count = {"6T": 2, "9T": 3, None: 4}[found[2]]
        return Period(key, tuple(Quarter(int(found[1]), n + 1) for n in range(count)))
    first, _, last = key.partition("..")
    if _QUARTER.fullmatch(first) and _QUARTER.fullmatch(last):
        quarters = quarters_between(Quarter.parse(first), Quarter.parse(last))
        if quarters:
            return Period(key, quarters) if len(quarters) > 1 else Period.of(quarters[0])
    raise PlanError(
        f"“{text}” không phải là kỳ báo cáo. Cách ghi đúng: 2023-Q3, 2023-6T, 2023-9T, 2023 hoặc 2022-Q2..2023-Q3."
    )
