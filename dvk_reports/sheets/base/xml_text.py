"""Text inside the XML of a workbook, written as XlsxWriter writes it."""

from __future__ import annotations

import re
from datetime import date

from dvk_reports.vietnamese.text import writable

_ESCAPED = re.compile(r"(_x[0-9a-fA-F]{4}_)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")

_LONGEST_TEXT = 32_767
_CUT = " […] (dài quá một ô Excel, đã cắt bớt)"
_DAY_NONE = date(1899, 12, 31)


def content(text: str) -> str:
    """The text of a cell or note: what XML has not as ``_xHHHH_``, and what looks like one told apart from it."""
    if "_x" in text:
        text = _ESCAPED.sub(r"_x005F\1", text)
    if not text.isprintable():
        text = _CONTROL.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """The value of an attribute."""
    text = text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\n", "&#xA;")


def space(text: str) -> str:
    """The attribute that keeps white space at the ends of a text."""
    return ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""


def day_number(day: date) -> int:
    """The number that stands for a day."""
    count = (day - _DAY_NONE).days
    # Excel counts a 29/2/1900 that never was.
    return count + (count > 59)


def fitting(text: str) -> str:
    """A text as a cell can hold it: Excel takes 32,767 units of UTF-16, and no character that XML has not.

    A text of one cell of a unit always fits; only what the program puts together of several is ever cut, and says so.
    """
    if len(text) > _LONGEST_TEXT // 2:
        text = writable(text)
        units = text.encode("utf-16-le")
        if len(units) > 2 * _LONGEST_TEXT:
            kept = units[: 2 * (_LONGEST_TEXT - len(_CUT))].decode("utf-16-le", "ignore")
            return kept + _CUT
        return text
    return text if text.isprintable() else writable(text)
