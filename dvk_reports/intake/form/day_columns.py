"""Columns of days in which Excel may have changed day and month for each other.

Under American settings Excel takes 08/07 for the 7th of August, and leaves 25/8 as text, because there is no 25th
month: text days from the 13th on beside real days that all lie before it are the trace of that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dvk_reports.intake.readers.raw import RawCell
from dvk_reports.vietnamese.dates import days_in

_MONTHS = 12


@dataclass(frozen=True)
class Swapped:
    """A column in doubt."""

    text: str
    """One of its days that is text."""
    rows: tuple[int, ...]
    """The rows whose day and month may have changed places."""


def swapped_days(cells: Mapping[tuple[int, int], RawCell], col: int, rows: Sequence[int]) -> Swapped | None:
    """The doubt about the days of a column, or None."""
    values = {row: cell.value for row in rows if (cell := cells.get((row, col))) is not None}
    texts = [value for value in values.values() if isinstance(value, str) and _after_twelfth(value)]
    days = {row: value for row, value in values.items() if isinstance(value, date | datetime)}
    if not texts or not days or any(day.day > _MONTHS for day in days.values()):
        return None
    doubtful = tuple(row for row, day in days.items() if day.day != day.month)
    return Swapped(texts[0], doubtful) if doubtful else None


def _after_twelfth(text: str) -> bool:
    return any(day.day > _MONTHS for day in days_in(text))
