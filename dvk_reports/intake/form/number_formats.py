"""What a number format makes of a number: whether the cell shows another size than it holds.

Only what a clerk can be deceived by is looked at: commas that divide by thousands, figures that the format itself
writes (``#"000"``), and formats that show nothing. Rounding and percent are looked at elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne

from dvk_reports.intake.readers.raw import UNKNOWN_FORMAT

_SECTIONS = re.compile(r'((?:"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|[^;"\\])*)(?:;|$)')
_BRACKETS = re.compile(r"\[([^\]]*)\]")
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)")
_WRITTEN = re.compile(r'"([^"]*)"|\\(.)')
_FIGURES = re.compile(r'"[\s.,]*[0-9][0-9\s.,]*"|\\[0-9]')
_SPACED = re.compile(r"_.|\*.")
_SCALING = re.compile(r"(?<=[0#?.]),+(?!,*[0#?])")
_COMPARE = {"<=": le, ">=": ge, "<>": ne, "<": lt, ">": gt, "=": eq}
_GENERAL, _TEXT = "general", "@"


def scale_of(number: Decimal, number_format: str) -> Decimal | None:
    """How many times smaller the cell shows the number than it is: 1 as a rule, 1000 with ``0,``.

    None where what it shows cannot be told from the number: nothing, or figures that the format adds to it.
    """
    if not number or not number_format.strip():
        return Decimal(1)  # a dash or a blank for zero deceives nobody
    return _scale(_section(number, number_format))


@lru_cache(maxsize=256)
def shows_as_is(number_format: str) -> bool:
    """Whether a cell is known to show every number in its size and not as a percentage."""
    _, conditions = _sections(number_format)
    known = number_format != UNKNOWN_FORMAT and "%" not in number_format and not any(conditions)
    return known and all(scale_of(Decimal(number), number_format) == 1 for number in (-1, 0, 1))


@lru_cache(maxsize=256)
def _scale(section: str) -> Decimal | None:
    if _GENERAL in section.casefold() or _TEXT in section:
        return Decimal(1)
    bare = _SPACED.sub("", _WRITTEN.sub("", _BRACKETS.sub("", section)))
    if not re.search("[0#?]", bare) or _FIGURES.search(section):
        return None
    return Decimal(1000) ** sum(len(found[0]) for found in _SCALING.finditer(bare))


def _section(number: Decimal, number_format: str) -> str:
    """The part of a format that a number is shown by."""
    sections, conditions = _sections(number_format)
    if any(conditions):
        return _by_condition(number, sections, conditions)
    if len(sections) < 2 or number > 0 or (number == 0 and len(sections) < 3):
        return sections[0] if sections else ""
    return sections[1] if number < 0 else sections[2]


@lru_cache(maxsize=256)
def _sections(number_format: str) -> tuple[Sequence[str], Sequence[tuple[str, Decimal] | None]]:
    """The parts of a format, and the condition of each."""
    sections = [found[1] for found in _SECTIONS.finditer(number_format)][:4]
    if len(sections) > 1 and not sections[-1] and not number_format.endswith(";"):
        sections.pop()  # the end of the text matches once more
    return sections, [_condition(section) for section in sections]


def _condition(section: str) -> tuple[str, Decimal] | None:
    for inner in _BRACKETS.findall(_WRITTEN.sub("", section)):
        found = _CONDITION.fullmatch(inner.strip())
        if found:
            return found[1], Decimal(found[2])
    return None


def _by_condition(number: Decimal, sections: Sequence[str], conditions: Sequence[tuple[str, Decimal] | None]) -> str:
    for section, condition in zip(sections, conditions, strict=True):
        if condition is None or _COMPARE[condition[0]](number, condition[1]):
            return section
    return sections[-1]
