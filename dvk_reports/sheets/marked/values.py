"""What a unit wrote, as it is written into the clean form: typed where it was understood, else word for word.

The copy must be read back as the same thing. A value that was stopped may not become a good one on the way: a percent
keeps its sign, an error stays an error, what is struck out stays struck out, and a number or day that Excel cannot hold
stays the text it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dvk_reports.messages.returns import Msg
from dvk_reports.model.returns import FormSheet, Return
from dvk_reports.model.values import Typed, Value
from dvk_reports.sheets.base.book import FONT
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.legacy import DOUBTFUL, decode
from dvk_reports.vietnamese.numbers import show_number
from dvk_reports.vietnamese.words import NO, YES

LONGEST = 32_000
"""Characters copied into one cell; Excel holds a few more, an .ods file any number."""
_TOO_LARGE = Decimal(10) ** 15
_FIRST_DAY = date(1900, 3, 1)  # before that Excel counts a day that never was
_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
_NOT_KNOWN = (Msg.NO_CACHED_VALUE.name, Msg.DAMAGED_CELL.name, Msg.MAY_BE_PERCENT.name)
"""What was said of a cell whose value its file does not tell."""
_FONTS = (FONT, ".VnTime", "VNI-Times")
"""A doubtful text is written in the first of these in which it stays doubtful."""


@dataclass(frozen=True)
class Written:
    """How one cell is written."""

    value: object
    error: str = ""
    """An error value of Excel, written as a formula that gives it."""
    font: str = ""
    """An old font that is part of what is doubtful."""
    struck: bool = False
    """Struck out, as the unit left it."""

    @property
    def special(self) -> bool:
        return bool(self.error or self.font or self.struck)


class Writer:
    """The values of one return."""

    def __init__(self, form: Return) -> None:
        told: dict[tuple[str, int, str], dict[str, str]] = {}
        for finding in form.findings:
            told.setdefault((finding.sheet, finding.row, finding.key), {})[finding.rule] = finding.raw
            for stop in finding.stops if finding.rule == Msg.STRUCK_ROW.name else ():
                told.setdefault((stop.sheet, stop.row, stop.key), {})[finding.rule] = finding.raw
        self._told = told
        self.rows = {(sheet, row) for sheet, row, _ in told}
        """Where anything was said."""

    def told(self, sheet: str, row: int, key: str) -> bool:
        """Whether anything was said of a cell when it was read; of others the value alone tells how it is written."""
        return (sheet, row, key) in self._told

    def written(self, sheet: str, row: int, key: str, text: str, typed: Typed | None) -> Written:
        """How a value of the return is written on its copy."""
        if typed is None:
            return self._as_typed(text, self._told.get((sheet, row, key), {}))
        return Written(understood(text, typed))

    def value(self, sheet: str, row: int, key: str, text: str, typed: Typed | None) -> object:
        """The value alone of what :meth:`written` gives: most cells of a return are nothing else."""
        return self.written(sheet, row, key, text, None).value if typed is None else understood(text, typed)

    def _as_typed(self, text: str, said: Mapping[str, str]) -> Written:
        if Msg.ERROR_CELL.name in said:
            return Written(text, error=text if text in _ERRORS else "#VALUE!")
        if not said.keys().isdisjoint(_NOT_KNOWN):
            # Left blank it would be taken for nothing to report, and as it was written for a good value.
            return Written("#N/A", error="#N/A")
        if not said.keys().isdisjoint((Msg.STRUCK_VALUE.name, Msg.STRUCK_ROW.name)):
            return Written(text[:LONGEST] or None, struck=bool(text))
        if Msg.LEGACY_DOUBT.name in said:
            font = next((font for font in _FONTS if decode(text, font)[1] == DOUBTFUL), FONT)
            return Written(text[:LONGEST], font="" if font == FONT else font)
        return Written(said.get(Msg.PERCENT.name, text)[:LONGEST] or None)


def understood(text: str, typed: Typed) -> Typed:
    """What is written of a value that was understood: a number or day that Excel cannot hold is the text it was."""
    if isinstance(typed, str):
        return typed[:LONGEST]
    if isinstance(typed, Decimal):
        return typed if exactly(typed) else text
    if isinstance(typed, date) and typed < _FIRST_DAY:
        return show_date(typed)
    return typed


def exactly(number: Decimal) -> bool:
    """Whether an Excel number, which keeps 15 digits, is this number."""
    return abs(number) < _TOO_LARGE and Decimal(format(float(number), ".15g")) == number


def as_seen(written: Written) -> str:
    """The text of the cell as it will be read from the copy: what a Giải trình is given for."""
    value: Any = written.value
    if written.error:
        return written.error
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Decimal | int):
        return show_number(Decimal(value))
    if isinstance(value, date):
        return show_date(value)
    return str(value or "")


def too_long(sheets: Iterable[FormSheet]) -> list[Value]:
    """Values of which only the beginning is copied."""
    return [
        row.values[key]
        for sheet in sheets
        for row in sheet.rows
        for key, (text, _) in zip(row.values, row.written(row.values), strict=True)
        if len(text) > LONGEST
    ]
