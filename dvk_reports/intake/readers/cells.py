"""What stands in a cell of .xlsx: its value, error and look, from what the XML says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TypeAlias

from dvk_reports.intake.readers.excel_days import from_excel
from dvk_reports.intake.readers.looks import UNKNOWN, Look, Text, item_at, text_in, unescaped
from dvk_reports.intake.readers.package import Node, local
from dvk_reports.intake.readers.raw import RawCell, RawValue, day_if_midnight, number_in_file, without_struck

Formula: TypeAlias = tuple[str, str]
"""What it says, "" where it is one of a group whose first cell says it; and the group it belongs to, or ""."""

_BOOLEANS = {"1": True, "true": True, "0": False, "false": False}
_QUOTED = re.compile(r'"[^"]*"')
_OTHER_FILE = re.compile(r"\[[0-9]+\][^\[\]()+*/,;&=<>]*!|[\w.]+\|'?[^!]*!")
"""``[1]Sheet1!A1``, ``'[1]Tháng 9'!B2``; ``cmd|'/c calc'!A0`` is a call of another program."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Tells the cells of one workbook."""

    strings: Sequence[Text]
    looks: Sequence[Look]
    epoch: datetime

    def of_element(self, element: Node, linked: set[str]) -> RawCell:
        """The cell that an element says; ``linked``: the groups of formulas of its sheet that reach another file."""
        parts = {local(child): child for child in element}
        style, kind = element.get("s", "0"), element.get("t", "n")
        if kind == "inlineStr" and "is" in parts:
            return seen(text_in(parts["is"]), "", self.look(style))
        formula = parts.get("f")
        return self.cell(
            style,
            kind,
            parts["v"].text or "" if "v" in parts else None,
            None if formula is None else (formula.text or "", formula.get("si", "")),
            linked,
        )

    def cell(self, style: str, kind: str, written: str | None, formula: Formula | None, linked: set[str]) -> RawCell:
        """The cell of a style in which something is written (None: nothing) as a kind of value."""
        look = self.look(style)
        value, error = self._value(kind, written, look)
        if formula is None:
            return seen(value, error, look)
        if value is None and not error and not (kind == "str" and written == ""):
            source = f"={formula[0]}" if formula[0] else ""
            return RawCell(None, "", True, look.number_format, look.font, source)
        elsewhere = _takes_from_elsewhere(*formula, linked)
        return seen("" if value is None and not error else value, error, look, True, elsewhere)

    def look(self, style: str) -> Look:
        """How the cells of a style are shown."""
        return item_at(self.looks, style) or UNKNOWN

    def _value(self, kind: str, written: str | None, look: Look) -> tuple[RawValue | Text, str]:
        """(value, error) of what stands in a cell; what is no value is its own error."""
        if kind == "e":
            return None, written or "#VALUE!"
        if not written:
            return None, ""
        if kind == "n":
            return self._number(written, look)
        plain = written.strip()
        if kind == "s":
            text = item_at(self.strings, plain)
            return text, "" if text is not None else plain
        if kind == "b" and plain.lower() in _BOOLEANS:
            return _BOOLEANS[plain.lower()], ""
        if kind in ("str", "inlineStr"):
            return unescaped(written), ""
        if kind == "d":
            # Few workbooks write their days so, and openpyxl takes long to come up.
            from openpyxl.utils.datetime import from_ISO8601

            with suppress(ValueError):
                return day_if_midnight(from_ISO8601(plain)), ""  # type: ignore[no-untyped-call]
        return None, plain or written

    def _number(self, written: str, look: Look) -> tuple[RawValue, str]:
        number = number_in_file(written)
        if number is None:
            return None, written.strip()
        if not look.is_day:
            return number, ""
        try:
            return _day(number, self.epoch, look.is_length), ""
        except (ValueError, OverflowError):
            return None, "#VALUE!"


@lru_cache(maxsize=4_000)
def _day(number: int | float, epoch: datetime, length: bool) -> RawValue:
    return day_if_midnight(from_excel(number, epoch, length))


class Rests(dict["str | None", "tuple[object, ...]"]):
    """Style -> all that a cell has but its value, as a RawCell has it.

    In ``odd`` are those in which a value is not what is written: what is struck out is none, and a number is a day.
    """

    def __init__(self, looks: Sequence[Look]) -> None:
        super().__init__()
        self.looks = looks
        self.odd: set[str | None] = set()

    def __missing__(self, style: str | None) -> tuple[object, ...]:
        look = item_at(self.looks, style or "0") or UNKNOWN
        if look.struck or look.is_day:
            self.odd.add(style)
        self[style] = RawCell(None, number_format=look.number_format, font=look.font)[1:]
        return self[style]


def _takes_from_elsewhere(text: str, group: str, linked: set[str]) -> bool:
    if "!" in text and ("[" in text or "|" in text) and _OTHER_FILE.search(_QUOTED.sub("", text)):
        linked.add(group)
        return True
    return bool(group) and group in linked and not text


def seen(value: RawValue | Text, error: str, look: Look, formula: bool = False, linked: bool = False) -> RawCell:
    """A cell with what is struck out in it taken away."""
    if not look.struck and not isinstance(value, tuple):
        return RawCell(value, error, formula, look.number_format, look.font, "", None, linked)
    font, struck = look.font, None
    if isinstance(value, tuple):
        fonts = {run.font or look.font for run in value if run.text.strip()}
        font = fonts.pop() if len(fonts) == 1 else look.font
        if look.struck or any(run.struck for run in value):
            pieces = ((run.text, look.struck if run.struck is None else run.struck) for run in value)
            value, struck = without_struck(pieces)
        else:
            value = "".join([run.text for run in value])
    elif value not in (None, ""):
        value, struck = None, value
    return RawCell(value, error, formula, look.number_format, font, "", struck, linked)
