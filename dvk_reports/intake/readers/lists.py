"""Where a sheet of .xlsx still has drop-downs: pasting over cells takes theirs away.

Only what stands behind the cells is looked at, by its letters: rules of validation may be faulty in a sound workbook.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dvk_reports.intake.readers.places import area_of

Areas = tuple[tuple[int, int, int, int], ...]
"""(top, left, bottom, right), counted from 1."""

_REMEMBERED = 50_000
"""Bytes behind the cells up to which what they say is remembered."""
_END = b"</sheetData>"
_ATTRIBUTES = rb"""(?:[^<>"'/]++|"[^"<]*+"|'[^'<]*+')*+"""
_PLAIN_RULE = re.compile(rb"<dataValidation\s(?:(" + _ATTRIBUTES + rb")(/>|>(.*?)</dataValidation>))?", re.DOTALL)
# Excel keeps a list that stands on another sheet in an extension with a vocabulary of its own.
_RULE = re.compile(
    rb"<(?:\w+:)?dataValidation\s(?:(" + _ATTRIBUTES + rb")(/>|>(.*?)</(?:\w+:)?dataValidation>))?", re.DOTALL
)
_OPENING = re.compile(rb"<(?:\w+:)?dataValidation\s")
_LIST = re.compile(rb"""(?:^|\s)type=["']list["']""")
_AREAS = re.compile(rb"""(?:^|\s)sqref=["']([^"']*)["']""")
_INSIDE = re.compile(rb"<(?:\w+:)?sqref>([^<]*)<")


def lists_in(xml: bytes) -> Areas | None:
    """The cells of a sheet that have a drop-down; None where that cannot be told."""
    behind = xml[xml.rfind(_END) :]
    if not behind.startswith(_END):
        return None
    return _lists_in(behind) if len(behind) < _REMEMBERED else _lists_in.__wrapped__(behind)


@lru_cache(maxsize=100)
def _lists_in(behind: bytes) -> Areas | None:
    """The same by what stands behind the cells, which in forms that were sent out together is often the same."""
    found: list[tuple[int, int, int, int]] = []
    rule = _RULE if b":dataValidation" in behind else _PLAIN_RULE  # which is found much faster
    for attributes, end, inside in rule.findall(behind):
        if not end or (b"dataValidation" in inside and _OPENING.search(inside)):
            return None  # it is not written as a rule is, or does not end
        if b"list" not in attributes or not _LIST.search(attributes):
            continue
        said = _AREAS.search(attributes) or _INSIDE.search(inside)
        for written in said[1].decode("ascii", "replace").split() if said else ():
            area = area_of(written)
            if area is None:
                return None
            found.append(area)
    return tuple(found)
