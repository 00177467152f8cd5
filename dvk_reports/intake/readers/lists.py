"""Where a sheet of .xlsx still has drop-downs: pasting over cells takes theirs away.

Only what stands behind the cells is looked at, by its letters: rules of validation may be faulty in a sound workbook.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dvk_reports.intake.readers.package import SMALL, remembered_parts
from dvk_reports.intake.readers.places import Areas, area_of

_END = b"sheetData>"
# Up to the next bracket that opens: no attribute holds one.
_RULE = re.compile(rb"<(?:\w+:)?dataValidation\s([^<]*)")
_LIST = (b'type="list"', b"type='list'")
_AREAS = re.compile(rb"""\bsqref=["']([^"']*)["']""")
# Excel keeps a list that stands on another sheet in an extension, with its places inside.
_INSIDE = re.compile(rb"<(?:\w+:)?sqref>([^<]*)<")
_OVER = re.compile(rb"</(?:\w+:)?dataValidation>")


_area = lru_cache(maxsize=2000)(area_of)
"""The areas of all forms of a kind are the same."""


@remembered_parts(200, SMALL)
def lists_in(xml: bytes) -> Areas | None:
    """The cells of a sheet that have a drop-down; None where that cannot be told."""
    start = xml.rfind(_END)
    if start < 0:
        return None
    return _lists_in(xml[start:])


@remembered_parts(100, 50_000)
def _lists_in(behind: bytes) -> Areas | None:
    """The same by what stands behind the cells."""
    found: list[tuple[int, int, int, int]] = []
    for rule in _RULE.finditer(behind):
        if not any(kind in rule[1] for kind in _LIST):
            continue
        said = _AREAS.search(rule[1])
        if said is None:
            over = _OVER.search(behind, rule.end())
            said = _INSIDE.search(behind, rule.end(), over.start() if over is not None else rule.end())
        for written in said[1].decode("ascii", "replace").split() if said is not None else ("",):
            area = _area(written)
            if area is None:
                return None
            found.append(area)
    return tuple(found)
