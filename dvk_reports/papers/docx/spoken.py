"""A person's words put into the looks of our own paper: paragraphs and rows, with their bold and italics."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from dvk_reports.papers.docx.own import cell_text

# What a person does to words; sizes, fonts and languages are noise that word processors add.
_KEPT = tuple(
    qn(f"w:{name}")
    for name in ("b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "color", "highlight", "u", "vertAlign")
)
_WORDS = tuple(qn(f"w:{name}") for name in ("t", "tab", "br", "cr", "noBreakHyphen"))
_STRUCK = tuple(qn(f"w:{name}") for name in ("del", "moveFrom"))
_NOT_CARRIED = tuple(qn(f"w:{name}") for name in ("drawing", "pict", "object", "hyperlink"))


class Speaker:
    """Takes words over from the person's document into ours; styles are known by their names, which editors keep."""

    def __init__(self, theirs: Any, ours: Any) -> None:
        self._names = {style.style_id: style.name.casefold() for style in theirs.styles}
        self._ids = {style.name.casefold(): style.style_id for style in ours.styles}
        self._body = ours.element.body

    def rewrite(self, target: Any, source: Any) -> bool:
        """Let ``target`` say what ``source`` says, in its own looks; False where the two are of another shape."""
        if target.tag != source.tag:
            return False
        if target.tag == qn("w:p"):
            _say(target, source)
            return True
        ours, theirs = target.findall(qn("w:tc")), source.findall(qn("w:tc"))
        if len(ours) != len(theirs) or any(cell.find(qn("w:tbl")) is not None for cell in (*ours, *theirs)):
            return False
        for cell, other in zip(ours, theirs, strict=True):
            if cell_text(cell) != cell_text(other):
                _say_cell(cell, other)
        return True

    def copy_of(self, element: Any) -> Any:
        """The same paragraph or row once more, without the end of a section that hangs on it."""
        copy = deepcopy(element)
        for end in copy.findall(f".//{qn('w:sectPr')}"):
            end.getparent().remove(end)
        return copy

    def added(self, source: Any, anchor: Any) -> Any | None:
        """A new paragraph or row behind ``anchor`` (None: at the beginning); None where there is no place for it."""
        if source.tag == qn("w:tr"):
            if anchor is None or anchor.tag != qn("w:tr"):
                return None
            copy = self.copy_of(anchor)
            if not self.rewrite(copy, source):
                return None
            anchor.addnext(copy)
            return copy
        made = OxmlElement("w:p")
        looks = self._looks(source, anchor)
        if looks is not None:
            made.append(looks)
        _say(made, source)
        if anchor is None:
            self._body.insert(0, made)
        else:
            (anchor.getparent() if anchor.tag == qn("w:tr") else anchor).addnext(made)
        return made

    def leaves_out(self, source: Any) -> bool:
        """Whether it holds a picture or a link, which is not taken over."""
        return any(True for _ in source.iter(*_NOT_CARRIED))

    def _looks(self, source: Any, anchor: Any) -> Any | None:
        """The person's style where we have it, else the looks of the paragraph before."""
        chosen = source.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = self._names.get(chosen.get(qn("w:val")), "") if chosen is not None else ""
        if name in self._ids:
            looks = OxmlElement("w:pPr")
            style = OxmlElement("w:pStyle")
            style.set(qn("w:val"), self._ids[name])
            looks.append(style)
            return looks
        before = anchor.find(qn("w:pPr")) if anchor is not None and anchor.tag == qn("w:p") else None
        if before is None:
            return None
        looks = deepcopy(before)
        for end in looks.findall(qn("w:sectPr")):
            looks.remove(end)
        return looks


def mark(element: Any, words: str) -> None:
    """Put ``words`` before what a paragraph or a row says; they are shaded with all other marks."""
    paragraphs = [element] if element.tag == qn("w:p") else list(element.iter(qn("w:p")))
    target = next((item for item in paragraphs if any(True for _ in item.iter(qn("w:t")))), paragraphs[0])
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = f"{words} "
    text.set(qn("xml:space"), "preserve")
    run.append(text)
    place = sum(child.tag == qn("w:pPr") for child in target)
    target.insert(place, run)


def has_rows(table: Any) -> bool:
    """Whether a table still has a row."""
    return table.find(qn("w:tr")) is not None


def _say_cell(cell: Any, source: Any) -> None:
    ours, theirs = cell.findall(qn("w:p")), source.findall(qn("w:p"))
    for number, paragraph in enumerate(theirs):
        if number >= len(ours):
            copy = deepcopy(ours[-1])
            ours[-1].addnext(copy)
            ours.append(copy)
        _say(ours[number], paragraph)
    for left in ours[len(theirs) :]:
        cell.remove(left)


def _say(target: Any, source: Any) -> None:
    for child in list(target):
        if child.tag != qn("w:pPr"):
            target.remove(child)
    for run in source.iter(qn("w:r")):
        if next(run.iterancestors(qn("w:p"))) is source and next(run.iterancestors(*_STRUCK), None) is None:
            made = _run(run)
            if made is not None:
                target.append(made)


def _run(run: Any) -> Any | None:
    words = [deepcopy(child) for child in run if child.tag in _WORDS]
    if not words:
        return None
    made = OxmlElement("w:r")
    looks = run.find(qn("w:rPr"))
    kept = [deepcopy(child) for child in looks if child.tag in _KEPT] if looks is not None else []
    if kept:
        properties = OxmlElement("w:rPr")
        for child in kept:
            properties.append(child)
        made.append(properties)
    for child in words:
        if child.tag == qn("w:t"):
            child.set(qn("xml:space"), "preserve")
        made.append(child)
    return made
