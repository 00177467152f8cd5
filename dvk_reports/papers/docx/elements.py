"""Reading single properties of a Word file: elements and attributes by their short names, measures in mm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFF = frozenset({"0", "false", "off", "none"})
MM_PER = {"pt": 25.4 / 72, "mm": 1.0, "cm": 10.0, "in": 25.4, "pc": 25.4 / 6, "pi": 25.4 / 6, "px": 25.4 / 96}
_MEASURE = re.compile(r"(-?[0-9]*\.?[0-9]+)\s*([a-z]{2})?")


def child(element: Any | None, name: str) -> Any | None:
    """The first child of that name."""
    return element.find(f"{{{W}}}{name}") if element is not None else None


def children(element: Any | None, name: str) -> Iterator[Any]:
    """All children of that name."""
    return iter(element.findall(f"{{{W}}}{name}") if element is not None else ())


def attribute(element: Any | None, name: str) -> str:
    """An attribute of the namespace of Word; "" where it is not there."""
    return str(element.get(f"{{{W}}}{name}") or "") if element is not None else ""


def value(element: Any | None) -> str:
    """What the element says: its attribute ``val``."""
    return attribute(element, "val")


def is_on(element: Any | None) -> bool:
    """Whether an on/off element is there and on; no value means on."""
    return element is not None and value(element).lower() not in OFF


def length(text: str, per: float = 25.4 / 1440) -> float:
    """mm of a measure: plain numbers count in twentieths of a point, others carry their unit."""
    found = _MEASURE.fullmatch(text.strip())
    if not found:
        return 0.0
    return float(found[1]) * (MM_PER.get(found[2], 0.0) if found[2] else per)


def number(text: str, otherwise: float) -> float:
    """A plain number; sizes written with a unit ("13pt") come as half points."""
    found = _MEASURE.fullmatch(text.strip())
    if not found:
        return otherwise
    return length(text) / MM_PER["pt"] * 2 if found[2] else float(found[1])


def last(layers: Sequence[Any], name: str) -> Any | None:
    """The element of that name that counts: the one of the innermost layer that has it."""
    return next((item for layer in reversed(layers) if (item := child(layer, name)) is not None), None)


def attributes(layers: Sequence[Any], name: str, drop: Mapping[str, str] | None = None) -> dict[str, str]:
    """Attributes of an element, each from the highest layer that sets it; one of ``drop`` puts its rival out."""
    found: dict[str, str] = {}
    for layer in layers:
        element = child(layer, name)
        for key, text in element.attrib.items() if element is not None else ():
            short = key.rpartition("}")[2]
            found[short] = text
            found.pop((drop or {}).get(short, ""), None)
    return found
