"""Horizontal lines drawn in a Word file: shapes of the new kind (DrawingML) and of the old one (VML)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_EMU_PER_MM = 36000
_LINES = ("line", "straightConnector1")
_VML_LINES = ("#_x0000_t32", "#_x0000_t20")
_MM_PER = {"pt": 25.4 / 72, "mm": 1.0, "cm": 10.0, "in": 25.4, "px": 25.4 / 96, "pc": 25.4 / 6, "": 25.4 / 96}
_MEASURE = re.compile(r"(-?[0-9]*\.?[0-9]+)(pt|mm|cm|in|px|pc)?")
_FLAT = 1.5
"""mm; what rises more than this is no horizontal line."""


def drawn_lines(paragraph: Any) -> Iterator[float]:
    """Length in mm of every horizontal line anchored in a paragraph (``w:p``); of two forms of one shape the first."""
    for shape in paragraph.iter(f"{_A}prstGeom"):
        if shape.get("prst") in _LINES and _counts(shape, paragraph):
            extent = next(shape.getparent().iter(f"{_A}ext"), None)
            wide, high = (_emu(extent, "cx"), _emu(extent, "cy")) if extent is not None else (0.0, 0.0)
            if wide > 0 and high <= _FLAT:
                yield wide
    for line in paragraph.iter(f"{_VML}line"):
        if _counts(line, paragraph):
            (x1, y1), (x2, y2) = _point(line.get("from", "0,0")), _point(line.get("to", "0,0"))
            if abs(y2 - y1) <= _FLAT < abs(x2 - x1):
                yield abs(x2 - x1)
    for shape in paragraph.iter(f"{_VML}shape"):
        if shape.get("type") in _VML_LINES and _counts(shape, paragraph):
            style = dict(part.strip().split(":", 1) for part in shape.get("style", "").split(";") if ":" in part)
            wide, high = _measure(style.get("width", "0")), _measure(style.get("height", "0"))
            if high <= _FLAT < wide:
                yield wide


def _counts(shape: Any, paragraph: Any) -> bool:
    inner = []
    for item in shape.iterancestors():
        if item is paragraph:
            return _FALLBACK not in inner and f"{_WORD}p" not in inner
        inner.append(item.tag)
    return False


def _emu(extent: Any, side: str) -> float:
    text = extent.get(side, "0")
    return int(text) / _EMU_PER_MM if text.lstrip("-").isdigit() else 0.0


def _point(text: str) -> tuple[float, float]:
    x, _, y = text.partition(",")
    return _measure(x), _measure(y)


def _measure(text: str) -> float:
    found = _MEASURE.fullmatch(text.strip())
    return float(found[1]) * _MM_PER[found[2] or ""] if found else 0.0
