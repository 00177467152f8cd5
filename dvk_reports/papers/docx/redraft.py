"""A new draft takes over what a person has written in the last one.

Three texts meet: the program's last draft as it was written (its fingerprints, ``own.py``), the person's, and the new
one. What the person added or changed stands in the new one, in its place; where the program now says something else
there, mostly another number, both stand and the program's is marked; what the person struck out stays out. Everything
taken over, and everything that could not be, is told.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, Final

from docx.oxml.ns import qn

from dvk_reports.messages.marks import wanted
from dvk_reports.papers.docx.drafts import steady_zip
from dvk_reports.papers.docx.marks import highlight, paragraphs
from dvk_reports.papers.docx.own import Block, Print, blocks_of, opened, own_prints, sealed
from dvk_reports.papers.docx.spoken import Speaker, has_rows, mark
from dvk_reports.vietnamese.text import fold

TWO: Final = wanted("chọn một trong hai đoạn, nội dung đã khác")
"""Before the program's paragraph where it and the person's both stand."""
_WORD = re.compile(r"[^\W\d_]+")
_ALIKE = 0.4
"""Share of equal words from which one paragraph is held to be another one, changed."""


class Kind(StrEnum):
    """What became of a person's edit in the new draft."""

    CHANGED = "giữ đoạn đã sửa"
    ADDED = "giữ đoạn viết thêm"
    STRUCK = "vẫn bỏ đoạn đã bỏ"
    BOTH = "giữ đoạn đã sửa và đặt đoạn mới bên dưới, vì nội dung đã khác"
    ORPHAN = "giữ đoạn đã sửa, bản mới không còn đoạn gốc"
    LOST = "không chép được, cần chép tay"


@dataclass(frozen=True, slots=True)
class Carried:
    """One edit: what became of it, the person's text (of what was struck out: ours), and ours beside it."""

    kind: Kind
    text: str
    new: str = ""


@dataclass(frozen=True, slots=True)
class Redraft:
    """The new draft with a person's words, and the list of them."""

    data: bytes
    carried: tuple[Carried, ...]


def redraft(edited: bytes, new: bytes) -> Redraft | None:
    """``new``, the program's draft of today, with what a person has written in ``edited``.

    None where ``edited`` holds no fingerprints (a draft of an earlier version, a file made elsewhere).
    """
    own = own_prints(edited)
    if own is None:
        return None
    theirs, document = opened(edited), opened(new)
    person = [block for block in blocks_of(theirs) if TWO not in block.text]
    now = blocks_of(document)
    pairs, struck = _aligned(own, person, now)
    work = _Work(now, own, Speaker(theirs, document), struck)
    for number, block in enumerate(person):
        work.take(block, pairs.get(number))
    work.strike()
    highlight(paragraphs(document))
    out = io.BytesIO()
    document.save(out)
    return Redraft(sealed(steady_zip(out.getvalue())), tuple(work.told))


@dataclass(frozen=True, slots=True)
class _Pair:
    """Which of the program's old blocks a person's block is, whether unchanged, and which it is in the new draft."""

    own: int
    same: bool
    now: int | None


def _aligned(
    own: Sequence[Print], person: Sequence[Block], now: Sequence[Block]
) -> tuple[dict[int, _Pair], dict[int, int]]:
    """Person's block -> its pair; and the old blocks that are gone from the person's draft -> their new ones."""
    later = _same([item.words for item in own], [block.print.words for block in now])
    found: dict[int, _Pair] = {}
    struck: dict[int, int] = {}
    matcher = SequenceMatcher(
        None, [item.whole for item in own], [block.print.whole for block in person], autojunk=False
    )
    for tag, first, last, first_theirs, last_theirs in matcher.get_opcodes():
        ours, theirs = range(first, last), range(first_theirs, last_theirs)
        if tag == "equal":
            found |= {other: _Pair(one, True, later.get(one)) for one, other in zip(ours, theirs, strict=True)}
            continue
        changed = _changed(ours, theirs, own, person, {one: now[at].text for one, at in later.items()})
        found |= {other: _Pair(one, False, later.get(one)) for one, other in changed.items()}
        struck |= {one: later[one] for one in ours if one not in changed and one in later}
    return found, struck


def _same(one: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return {block.a + n: block.b + n for block in matcher.get_matching_blocks() for n in range(block.size)}


def _changed(
    ours: range, theirs: range, own: Sequence[Print], person: Sequence[Block], texts: dict[int, str]
) -> dict[int, int]:
    """Old block -> the person's block that it became, in order; those of one kind only."""
    found: dict[int, int] = {}
    left = list(theirs)
    for one in ours:
        alike = [other for other in left if person[other].print.whole[0] == own[one].whole[0]]
        if not alike:
            continue
        if len(ours) == len(theirs):
            best, score = alike[0], 1.0
        else:
            best = max(alike, key=lambda other: _likeness(texts.get(one, ""), person[other].text))
            score = _likeness(texts.get(one, ""), person[best].text)
        if score >= _ALIKE:
            found[one] = best
            left = [other for other in left if other > best]
    return found


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, _WORD.findall(fold(one)), _WORD.findall(fold(other)), autojunk=False).ratio()


@dataclass
class _Work:
    """The new draft while it takes over one block after the other."""

    now: Sequence[Block]
    own: Sequence[Print]
    speaker: Speaker
    struck: dict[int, int]
    told: list[Carried] = field(default_factory=list)
    anchor: Any = None
    """What stands in the new draft for the person's block before."""

    def take(self, block: Block, pair: _Pair | None) -> None:
        if pair is None:
            self._insert(block, Kind.ADDED)
        elif pair.now is None:
            if not pair.same:
                self._insert(block, Kind.ORPHAN)
        elif pair.same:
            self.anchor = self.now[pair.now].element
        else:
            self._change(block, self.now[pair.now], self.own[pair.own])

    def _change(self, block: Block, ours: Block, was: Print) -> None:
        if ours.print.whole == block.print.whole:  # what the person wrote is what the program writes now
            self.anchor = ours.element
            return
        if ours.print.whole == was.whole:
            done = self.speaker.rewrite(ours.element, block.element)
            self._tell(Kind.CHANGED if done else Kind.LOST, block)
        else:
            copy = self.speaker.copy_of(ours.element)
            done = self.speaker.rewrite(copy, block.element)
            if done:
                ours.element.addprevious(copy)
                mark(ours.element, TWO)
            self._tell(Kind.BOTH if done else Kind.LOST, block, ours.text)
        self.anchor = ours.element

    def _insert(self, block: Block, kind: Kind) -> None:
        made = self.speaker.added(block.element, self.anchor)
        if made is None:
            self._tell(Kind.LOST, block)
            return
        self._tell(kind, block)
        self.anchor = made

    def strike(self) -> None:
        """Take out what the person has taken out."""
        for at in self.struck.values():
            block = self.now[at]
            self._tell(Kind.STRUCK, block)
            _remove(block.element)

    def _tell(self, kind: Kind, block: Block, new: str = "") -> None:
        self.told.append(Carried(kind, block.text, new))
        if kind is not Kind.LOST and kind is not Kind.STRUCK and self.speaker.leaves_out(block.element):
            self.told.append(Carried(Kind.LOST, f"hình hoặc liên kết trong đoạn “{block.text}”"))


def _remove(element: Any) -> None:
    holder = element.getparent()
    if element.tag == qn("w:p") and element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
        for child in element.findall(qn("w:r")):  # a section ends here
            element.remove(child)
        return
    holder.remove(element)
    if holder.tag == qn("w:tbl") and not has_rows(holder):
        holder.getparent().remove(holder)


def told_of(carried: Iterable[Carried]) -> list[str]:
    """The edits as lines for a list: what became of each, and its words."""
    lines = []
    for number, item in enumerate(carried, start=1):
        lines.append(f"{number}. {item.kind[0].upper()}{item.kind[1:]}:")
        shown = (("", item.text), ("Đoạn mới: ", item.new))
        lines += [f"   {label}{text}" for label, text in shown if text]
    return lines


def counted(carried: Sequence[Carried]) -> str:
    """ "02 giữ đoạn đã sửa, 01 …" for the screen."""
    kinds = [(kind, sum(item.kind is kind for item in carried)) for kind in Kind]
    return "; ".join(f"{kind} ({count})" for kind, count in kinds if count)
