"""Sentences as they were printed: which one a line was made from, and the same line with its addresses moved."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from dvk_reports.messages.returns import CATALOGUE


def sentence_of(code: str, text: str) -> str:
    """Name of the sentence that a printed line was made from, or "": what was added behind it does not matter."""
    found = [name for name, pattern in _patterns().get(code, ()) if pattern.match(text)]
    return found[0] if found else ""


@cache
def _patterns() -> Mapping[str, Sequence[tuple[str, re.Pattern[str]]]]:
    """Code -> the sentences with it, the longest first: of two that fit, the one that says more."""
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for message in sorted(CATALOGUE.values(), key=lambda item: -len(item.text)):
        parts = re.split(r"\{\w+\}", message.text)
        pattern = re.compile(".*?".join(re.escape(part) for part in parts), re.DOTALL)
        found.setdefault(message.code, []).append((message.name, pattern))
    return found


_QUOTED = re.compile(r"(“[^”]*”)")
_CELLS = re.compile(r"(?<![\w-])((?:[Ôô] |còn trống: )[A-Z]{1,3}\d+(?:, [A-Z]{1,3}\d+)*)(?!\w)")
_CELL = re.compile(r"[A-Z]{1,3}\d+")
_ROW = re.compile(r"(?<!\w)([Dd]òng )(\d+)(?: của biểu (\w+))?(?!\w)")


def readdressed(text: str, cell: Callable[[str], str], row: Callable[[str, int], int]) -> str:
    """A sentence with its addresses moved; what the unit wrote stands in quotes and is left alone.

    ``cell`` gives the new address of an old one, ``row`` the new number of an old row of a sheet ("": the finding's).
    """
    parts = _QUOTED.split(text)
    parts[::2] = [_moved(part, cell, row) for part in parts[::2]]
    return "".join(parts)


def _moved(text: str, cell: Callable[[str], str], row: Callable[[str, int], int]) -> str:
    text = _CELLS.sub(lambda found: _CELL.sub(lambda a1: cell(a1[0]), found[0]), text)
    return _ROW.sub(
        lambda found: found[0].replace(found[2], str(row(found[3] or "", int(found[2]))), 1),
        text,
    )
