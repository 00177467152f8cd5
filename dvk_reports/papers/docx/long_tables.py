"""Long tables of a paper: rows that differ in words only are written past the tree of the file, a block at a time.

What a template makes of thousands of units never stands in memory as one text, nor as one tree. The rows come from the
template as all others do; of each look the first of a table stays in the tree, for whatever is decided by looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, TypeAlias

from dvk_reports.model.spool import Spooled, put_aside

LONG = 200_000
"""A body of fewer letters is one text and one tree."""
BLOCK = 50_000
"""So many letters of rows are finished at a time."""
_NAME = "dvk-rows"
_MARK = re.compile(rb"<\?%b ([0-9]+)\?>" % _NAME.encode())
_TOKEN = re.compile(r"<(/?)w:(tbl|tr)(?=[ >/])[^>]*>")
_WORDS = re.compile(r">[^<]+<")
_TAG = re.compile(r"<[^>]*>")
_BY_PLACE = ("docPr", "xmlns:")
"""A row that holds one of these is numbered, or understood, by where in the file it stands."""
_ASKED = "[["
"""So begins what is put in place once the paper is filled (``charts.py``)."""


@dataclass(frozen=True, slots=True)
class Finished:
    """Rows as they stand in the file, and the fingerprints of what they say, one a line."""

    xml: bytes
    prints: str


Finish: TypeAlias = Callable[[str, str], Finished]
"""(first tag of the body, rows as the template made them) -> the rows as they stand in the file."""


@dataclass(slots=True)
class _Run:
    """Rows that follow one another."""

    blocks: list[Spooled | bytes] = field(default_factory=list)
    prints: list[str] = field(default_factory=list)


class LongTables:
    """The rows of one paper that are kept apart; a mark in the tree stands for those that follow one another."""

    def __init__(self) -> None:
        self._runs: list[_Run] = []

    def shortened(self, pieces: Iterable[str], finish: Finish) -> str:
        """The body of a paper, which comes in pieces, without the rows that are kept apart."""
        batches = _batches(pieces)
        first = next(batches)
        if len(first) < LONG:
            return first
        work = _Parting(self._runs, first[: first.index(">") + 1], finish)
        for is_row, text in _parts(chain((first,), batches)):
            if is_row:
                work.row(text)
            else:
                work.between(text)
        work.stop()
        return "".join(work.kept)

    def prints(self, mark: Any) -> list[str]:
        """The fingerprints of the rows that a mark in the tree stands for."""
        return self._runs[int(mark.text)].prints if mark.target == _NAME else []

    def whole(self, short: bytes) -> Iterator[bytes]:
        """The file's text with every row in its place, piece by piece."""
        at = 0
        for mark in _MARK.finditer(short) if self._runs else ():
            yield short[at : mark.start()]
            for held in self._runs[int(mark[1])].blocks:
                yield held.read() if isinstance(held, Spooled) else held
            at = mark.end()
        yield short[at:]


class _Parting:
    """The body of one paper while its rows are looked at, one after the other."""

    def __init__(self, runs: list[_Run], head: str, finish: Finish) -> None:
        self.kept: list[str] = []
        self._runs, self._head, self._finish = runs, head, finish
        self._looks: set[str] = set()
        self._run: _Run | None = None
        self._waiting: list[str] = []
        self._size = 0

    def row(self, text: str) -> None:
        """A row of a table of the body."""
        look = _WORDS.sub("><", text)
        if look not in self._looks or any(word in look for word in _BY_PLACE) or _ASKED in _TAG.sub("", text):
            self.stop()
            self._looks.add(look)
            self.kept.append(text)
            return
        if self._run is None:
            self.kept.append(f"<?{_NAME} {len(self._runs)}?>")
            self._run = _Run()
            self._runs.append(self._run)
        self._waiting.append(text)
        self._size += len(text)
        if self._size >= BLOCK:
            self._lay_aside()

    def between(self, text: str) -> None:
        """What stands before, between and after such rows."""
        self.stop()
        self.kept.append(text)
        if "</w:tbl>" in text:
            self._looks.clear()

    def stop(self) -> None:
        """What follows stays in the tree."""
        self._lay_aside()
        self._run = None

    def _lay_aside(self) -> None:
        if self._run is not None and self._waiting:
            made = self._finish(self._head, "".join(self._waiting))
            self._run.blocks.append(put_aside(made.xml))
            self._run.prints += [made.prints] if made.prints else []
        self._waiting, self._size = [], 0


def _batches(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces put together: a short text at once, a long one as it comes."""
    held: list[str] = []
    size, enough = 0, LONG
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= enough:
            yield "".join(held)
            held, size, enough = [], 0, BLOCK
    yield "".join(held)


def _parts(batches: Iterable[str]) -> Iterator[tuple[bool, str]]:
    """(whether it is a row, its text): the rows of the tables, and what stands between them.

    A table inside a row is a part of that row.
    """
    rest, seen, start = "", 0, -1
    tables: list[bool] = []
    for batch in batches:
        text, given = rest + batch, 0
        for token in _TOKEN.finditer(text, seen):
            seen = token.end()
            closes, kind = token[1], token[2]
            if kind == "tbl":
                _go(tables, token)
            elif tables == [True] and not closes:
                start = token.start()
            elif tables == [True] and start >= 0:
                if start > given:
                    yield False, text[given:start]
                yield True, text[start:seen]
                given, start = seen, -1
        rest, seen, start = text[given:], seen - given, max(start - given, -1)
    if rest:
        yield False, rest


def _go(tables: list[bool], token: re.Match[str]) -> None:
    """Into a table, or out of it. The names that one declares for itself (False) are not known outside of it."""
    if not token[1]:
        tables.append("xmlns:" not in token[0])
    elif tables:
        tables.pop()
