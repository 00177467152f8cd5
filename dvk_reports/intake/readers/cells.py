"""What stands in a cell of .xlsx: its value, error and look, from what the XML says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
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


@dataclass(slots=True)
class Cells:
    """Tells the cells of one workbook."""

    strings: Sequence[Text]
    looks: Sequence[Look]
    epoch: datetime
    linked: set[str] = field(default_factory=set)
    """Groups of formulas of the sheet at hand that take their value from another file."""
    _look_of: dict[str, Look] = field(default_factory=dict)

    def of_element(self, element: Node) -> RawCell:
        """The cell that an element says."""
        parts = {local(child): child for child in element}
        style, kind = element.get("s", "0"), element.get("t", "n")
        if kind == "inlineStr" and "is" in parts:
            return _seen(text_in(parts["is"]), "", self._look(style))
        formula = parts.get("f")
        return self.cell(
            style,
            kind,
            parts["v"].text or "" if "v" in parts else None,
            None if formula is None else (formula.text or "", formula.get("si", "")),
        )

    def cell(self, style: str, kind: str, written: str | None, formula: Formula | None) -> RawCell:
        """The cell of a style in which something is written (None: nothing) as a kind of value."""
        look = self._look_of.get(style) or self._look(style)
        if kind == "s" and formula is None and written is not None and not look.struck:
            text = item_at(self.strings, written)
            if isinstance(text, str):
                return RawCell(text, "", False, look.number_format, look.font)
        value, error = self._value(kind, written, look)
        if formula is None:
            return _seen(value, error, look)
        if value is None and not error and not (kind == "str" and written == ""):
            source = f"={formula[0]}" if formula[0] else ""
            return RawCell(None, "", True, look.number_format, look.font, source)
        cell = _seen("" if value is None and not error else value, error, look)
        return cell._replace(formula=True, linked=self._takes_from_elsewhere(*formula))

    def _look(self, style: str) -> Look:
        look = self._look_of[style] = item_at(self.looks, style) or UNKNOWN
        return look

    def _takes_from_elsewhere(self, text: str, group: str) -> bool:
        if "!" in text and _OTHER_FILE.search(_QUOTED.sub("", text)):
            self.linked.add(group)
            return True
        return bool(group) and group in self.linked and not text

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
            return day_if_midnight(from_excel(number, self.epoch, look.is_length)), ""
        except (ValueError, OverflowError):
            return None, "#VALUE!"


def _seen(value: RawValue | Text, error: str, look: Look) -> RawCell:
    """A cell with what is struck out in it taken away."""
    if not look.struck and not isinstance(value, tuple):
        return RawCell(value, error, False, look.number_format, look.font)
    font, struck = look.font, None
    if isinstance(value, tuple):
        fonts = {run.font or look.font for run in value if run.text.strip()}
        font = fonts.pop() if len(fonts) == 1 else look.font
        value, struck = without_struck((run.text, look.struck if run.struck is None else run.struck) for run in value)
    elif value not in (None, ""):
        value, struck = None, value
    return RawCell(value, error, False, look.number_format, font, "", struck)
