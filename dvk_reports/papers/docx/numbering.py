"""Lists of a Word file: what Word itself prints before a paragraph of a list, counted from the first to the last."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dvk_reports.papers.docx.elements import attribute, child, children, number, value
from dvk_reports.vietnamese.numbers import roman

# Glyphs of the bullet fonts, where a letter of the private area stands for the sign.
_BULLETS = {"\uf02d": "-", "\uf0b7": "•", "\uf0a7": "•", "\uf02b": "+", "o": "•", "–": "-", "−": "-"}
_LONGEST_LIST = 400


@dataclass(slots=True)
class Level:
    """One level of a list."""

    text: str
    form: str
    start: int
    properties: Any | None


Spot = tuple[str, int]
"""Where a paragraph stands in a list: number of the list, level."""


@dataclass(slots=True)
class Lists:
    """The lists of one file. ``by_number``: number of a list -> (its abstract list, level -> Level)."""

    by_number: Mapping[str, tuple[str, Mapping[int, Level]]] = field(default_factory=dict)
    counters: dict[Spot, int] = field(default_factory=dict)

    def level(self, spot: Spot | None) -> Level | None:
        """How the level of a numbered paragraph looks."""
        if spot is None or spot[0] not in self.by_number:
            return None
        return self.by_number[spot[0]][1].get(spot[1])

    def next_label(self, spot: Spot | None) -> str:
        """What Word prints before the next paragraph of a list ("I.", "-"); counts on. "" outside lists."""
        level = self.level(spot)
        if spot is None or level is None:
            return ""
        abstract, levels = self.by_number[spot[0]]
        key = (abstract, spot[1])
        self.counters[key] = self.counters.get(key, level.start - 1) + 1
        for deeper in [item for item in self.counters if item[0] == abstract and item[1] > spot[1]]:
            del self.counters[deeper]
        if level.form == "bullet":
            return _BULLETS.get(level.text, level.text)
        return re.sub(r"%([1-9])", lambda mark: self._count(abstract, levels, int(mark[1]) - 1), level.text)

    def _count(self, abstract: str, levels: Mapping[int, Level], depth: int) -> str:
        level = levels.get(depth)
        if level is None:
            return ""
        return _COUNTERS.get(level.form, str)(self.counters.get((abstract, depth), level.start))


def _roman(count: int) -> str:
    return roman(count) if count <= _LONGEST_LIST else str(count)


def _letter(count: int) -> str:
    return chr(96 + (count - 1) % 26 + 1) if count > 0 else ""


_COUNTERS: Mapping[str, Callable[[int], str]] = {
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "lowerLetter": _letter,
    "upperLetter": lambda count: _letter(count).upper(),
    "decimalZero": lambda count: f"{count:02d}",
    "none": lambda count: "",
}


def read_lists(numbering: Any | None) -> Lists:
    """From the root of numbering.xml, which may be missing."""
    if numbering is None:
        return Lists()
    abstract = {attribute(item, "abstractNumId"): _levels(item) for item in children(numbering, "abstractNum")}
    found = {}
    for item in children(numbering, "num"):
        name = value(child(item, "abstractNumId"))
        levels = dict(abstract.get(name, {}))
        for override in children(item, "lvlOverride"):
            level = child(override, "lvl")
            if level is not None:
                levels[int(number(attribute(override, "ilvl"), 0))] = _level(level)
        found[attribute(item, "numId")] = (name, levels)
    return Lists(found)


def _levels(element: Any) -> dict[int, Level]:
    return {int(number(attribute(level, "ilvl"), 0)): _level(level) for level in children(element, "lvl")}


def _level(element: Any) -> Level:
    return Level(
        text=value(child(element, "lvlText")),
        form=value(child(element, "numFmt")) or "decimal",
        start=int(number(value(child(element, "start")), 1)),
        properties=child(element, "pPr"),
    )
