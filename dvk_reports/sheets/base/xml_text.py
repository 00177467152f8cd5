"""Text inside the XML of a workbook, written as XlsxWriter writes it."""

from __future__ import annotations

import re

_ESCAPED = re.compile(r"(_x[0-9a-fA-F]{4}_)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def content(text: str) -> str:
    """The text of a cell or note: what XML has not as ``_xHHHH_``, and what looks like one told apart from it."""
    if "_x" in text:
        text = _ESCAPED.sub(r"_x005F\1", text)
    text = _CONTROL.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """The value of an attribute."""
    text = text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\n", "&#xA;")


def space(text: str) -> str:
    """The attribute that keeps white space at the ends of a text."""
    return ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
