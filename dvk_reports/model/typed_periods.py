"""Periods as people type them: every spelling that has one reading names the same period."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from dvk_reports.model.periods import Period, parse_period
from dvk_reports.vietnamese.text import unaccented

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_JOIN = r"[-/.,]?(?:nam)?[-/.,]?"
# A bare digit before a year may be a month, so a quarter in digits needs its word; a Roman number is a quarter.
_QUARTER = rf"(?:(?:quy|q)(?P<number>[1-4])|(?:quy|q)?(?P<roman>iii|ii|iv|i)){_JOIN}(?P<year>[0-9]{{4}})"
_YEAR_FIRST = r"(?:nam)?(?P<year>[0-9]{4})[-/.,]?(?:(?:quy|q)(?P<number>[1-4])|(?:quy|q)?(?P<roman>iii|ii|iv|i))"
_MONTHS = rf"(?P<months>[69])(?:thang|t)(?:dau)?{_JOIN}(?P<year>[0-9]{{4}})"
_YEAR_FIRST_MONTHS = r"(?:nam)?(?P<year>[0-9]{4})[-/.,]?(?P<months>[69])(?:thang|t)(?:dau)?(?:nam)?"
_YEAR = r"(?:nam)?(?P<year>[0-9]{4})"
_RANGE = re.compile(r"\.{2,3}|…|den")


def typed_period(text: str) -> Period:
    """The period that a text names: ``q3/2023``, ``quý III/2023``, ``6 tháng đầu năm 2023``, ``II/2022 đến III/2023``.

    PlanError where no period, or more than one, can be meant.
    """
    letters = unaccented(unicodedata.normalize("NFKC", text)).lower()
    ends = [_key(part) for part in _RANGE.split("".join(letters.split()))]
    if 1 <= len(ends) <= 2 and all(ends):
        return parse_period("..".join(ends))
    return parse_period(text)  # which says what is wrong


def _key(letters: str) -> str:
    """The key of the one period that some letters name, or ""."""
    found = set(_keys(letters.strip("-/.,")))
    return found.pop() if len(found) == 1 else ""


def _keys(letters: str) -> Iterator[str]:
    for pattern in (_QUARTER, _YEAR_FIRST, _MONTHS, _YEAR_FIRST_MONTHS, _YEAR):
        hit = re.fullmatch(pattern, letters)
        if hit is None:
            continue
        said = hit.groupdict()
        if said.get("number") or said.get("roman"):
            yield f"{said['year']}-Q{said.get('number') or _ROMAN[said['roman']]}"
        else:
            yield f"{said['year']}-{said['months']}T" if said.get("months") else said["year"]
