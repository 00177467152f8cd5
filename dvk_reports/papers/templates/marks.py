"""The marks ``{{ }}`` and ``{% %}`` of a Word template, each with the place a clerk finds it at."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from dvk_reports.papers.docx.marks import text_of
from dvk_reports.vietnamese.text import tidy

_MARK = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark. ``inside`` is what stands between the braces, without the p, tr … of a block mark."""

    text: str
    inside: str
    kind: str
    """"" prints a value; ``p``, ``tr``, ``tc``, ``r`` or ``%`` for a block mark."""
    place: str
    holder: int
    """Which body, table row group or cell it stands in: a mark and its end must share it."""
    alone: bool
    """Nothing else stands in its paragraph (``p``) or row (``tr``)."""
    pieces: int
    """How many pieces of text Word has cut it into."""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a template with its marks."""

    text: str
    place: str
    marks: tuple[Mark, ...]


def lines_of(source: bytes) -> Iterator[Line]:
    """Every paragraph of body, tables, headers and footers that holds a brace or a percent mark."""
    document = Document(io.BytesIO(source))
    yield from _block(document.element.body, "", 0)
    seen: set[int] = set()
    for section in document.sections:
        parts = {
            "đầu trang": section.header,
            "đầu trang thứ nhất": section.first_page_header,
            "chân trang": section.footer,
            "chân trang thứ nhất": section.first_page_footer,
        }
        for name, part in parts.items():
            if not part.is_linked_to_previous and id(part._element) not in seen:
                seen.add(id(part._element))
                yield from _block(part._element, name, 0)


def _block(block: Any, where: str, depth: int) -> Iterator[Line]:
    """Paragraphs and tables in their order, numbered from 1 as they stand on the page."""
    numbers = {"p": 0, "tbl": 0}
    for child in block.iterchildren(qn("w:p"), qn("w:tbl")):
        kind = "p" if child.tag == qn("w:p") else "tbl"
        numbers[kind] += 1
        if kind == "p":
            name = "" if where and depth else f"đoạn {numbers['p']}"
            yield from _line(child, _join(where, name), id(block))
            continue
        name = _join(where, f"bảng {numbers['tbl']}")
        for down, row in enumerate(child.iterchildren(qn("w:tr")), start=1):
            for right, cell in enumerate(row.iterchildren(qn("w:tc")), start=1):
                yield from _block(cell, f"{name}, dòng {down}, cột {right}", depth + 1)


def _join(where: str, name: str) -> str:
    return ", ".join(part for part in (where, name) if part)


def _line(paragraph: Any, place: str, holder: int) -> Iterator[Line]:
    text = text_of(paragraph)
    if "{" not in text and "}" not in text:
        return
    near = tidy(text)
    place = f"{place}: “{near[:_SHOWN]}{'…' if len(near) > _SHOWN else ''}”"
    marks = tuple(_mark(paragraph, found, place, holder) for found in _MARK.finditer(text) if found[0][1] != "#")
    yield Line(text, place, marks)


def _mark(paragraph: Any, found: re.Match[str], place: str, holder: int) -> Mark:
    text = found[0]
    kind, inside = "", text[2:-2]
    if text.startswith("{%"):
        block = re.match(r"(tr|tc|p|r)\b(?=\s)", inside)
        kind = block[1] if block else "%"
        inside = inside[len(kind) :] if block else inside
    elif block := re.match(r"r\s", inside):
        inside = inside[1:]
    row = next(paragraph.iterancestors(qn("w:tr")), None)
    around = paragraph if kind != "tr" or row is None else row
    whole = "".join(text_of(item) for item in (around.iter(qn("w:p")) if around is not paragraph else [paragraph]))
    if kind in ("tr", "tc") and row is not None:
        holder = id(row.getparent())
    return Mark(text, inside.strip(" -+\t\n"), kind, place, holder, whole.strip() == text, _pieces(paragraph, found))


def _pieces(paragraph: Any, found: re.Match[str]) -> int:
    start, count = 0, 0
    for node in paragraph.iter(qn("w:t")):
        end = start + len(node.text or "")
        count += start < found.end() and end > found.start()
        start = end
    return count
