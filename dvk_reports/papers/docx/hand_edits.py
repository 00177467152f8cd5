"""A draft that a person has edited stays; what has moved since is told, paragraph by paragraph.

The clerk's words differ from ours, so paragraphs are paired by their words with the numbers taken out; only numbers
that changed inside a paragraph that says the same are told. A paragraph the clerk wrote anew has no pair and is left.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from docx import Document
from docx.oxml.ns import qn

from dvk_reports.papers.docx.marks import text_of
from dvk_reports.papers.docx.numbers_in import NUMBER
from dvk_reports.vietnamese.text import fold, tidy

_ALIKE = 0.75
"""Share of equal words from which two paragraphs are held to say the same: an editor changes a word here and there."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One paragraph of the clerk's draft whose figures are others now."""

    paragraph: str
    """Where it stands: “đoạn 12, mục II. …” or “bảng 2, dòng 3”."""
    old: str
    """The clerk's text."""
    new: str
    """Ours, as it would be written today."""
    figures: tuple[tuple[str, str], ...]
    """(number in the clerk's text, number now), only those that differ; "" where one has no match."""


@dataclass(frozen=True, slots=True)
class _Line:
    place: str
    text: str
    words: str
    numbers: tuple[str, ...]


def moved_figures(edited: bytes, new: bytes) -> tuple[Moved, ...]:
    """Figures that moved between the draft ``edited`` by a person and the ``new`` one, in the order of the page.

    Both are .docx. Empty where every paragraph that the two share has the same numbers.
    """
    old, now = _lines(edited), _lines(new)
    found = []
    for one, other in _pairs(old, now):
        figures = _differences(old[one].numbers, now[other].numbers)
        if figures:
            found.append(Moved(old[one].place, old[one].text, now[other].text, figures))
    return tuple(found)


def _lines(paper: bytes) -> list[_Line]:
    """Paragraphs of the body and rows of its tables, with the heading they stand under."""
    found: list[_Line] = []
    heading, paragraphs, tables = "", 0, 0
    for child in Document(io.BytesIO(paper)).element.body.iterchildren(qn("w:p"), qn("w:tbl")):
        if child.tag == qn("w:p"):
            paragraphs += 1
            text = tidy(text_of(child))
            if re.match(r"([IVX]+|\d+)\. ", text):
                heading = text
            under = f" (mục “{heading[:60]}”)" if heading and heading != text else ""
            found += _line(f"đoạn {paragraphs}{under}", text)
            continue
        tables += 1
        for row, element in enumerate(child.iterchildren(qn("w:tr")), start=1):
            cells = [
                tidy(" ".join(text_of(p) for p in cell.iter(qn("w:p")))) for cell in element.iterchildren(qn("w:tc"))
            ]
            found += _line(f"bảng {tables}, dòng {row}", " | ".join(cells))
    return found


def _line(place: str, text: str) -> list[_Line]:
    words = fold(NUMBER.sub(" ", text))
    return [_Line(place, text, words, tuple(NUMBER.findall(text)))] if words else []


def _pairs(old: Sequence[_Line], now: Sequence[_Line]) -> list[tuple[int, int]]:
    """Paragraphs that say the same: equal words in the same order first, then the nearest within each gap."""
    matcher = SequenceMatcher(None, [line.words for line in old], [line.words for line in now], autojunk=False)
    pairs: list[tuple[int, int]] = []
    for tag, first, last, first_now, last_now in matcher.get_opcodes():
        if tag == "equal":
            pairs += zip(range(first, last), range(first_now, last_now), strict=True)
        elif tag == "replace":
            pairs += _nearest(old, now, range(first, last), range(first_now, last_now))
    return pairs


def _nearest(old: Sequence[_Line], now: Sequence[_Line], ours: range, theirs: range) -> list[tuple[int, int]]:
    scores = sorted(
        ((_alike(old[one].words, now[other].words), -one, -other) for one in ours for other in theirs), reverse=True
    )
    taken: set[int] = set()
    given: set[int] = set()
    pairs = []
    for score, one, other in scores:
        if score >= _ALIKE and -one not in taken and -other not in given:
            taken.add(-one)
            given.add(-other)
            pairs.append((-one, -other))
    return sorted(pairs)


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def _differences(old: Sequence[str], now: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Numbers that differ, matched by their order in the sentence."""
    found: list[tuple[str, str]] = []
    for tag, first, last, first_now, last_now in SequenceMatcher(None, old, now, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        ours, theirs = list(old[first:last]), list(now[first_now:last_now])
        size = max(len(ours), len(theirs))
        ours += [""] * (size - len(ours))
        theirs += [""] * (size - len(theirs))
        found += zip(ours, theirs, strict=True)
    return tuple(found)
