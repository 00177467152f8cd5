"""Lines of a Word file as they were typed, and the paper that is put together from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from dvk_reports.messages.marks import MISSING
from dvk_reports.papers.docx.reading import Paragraph, Run, WordFile
from dvk_reports.plan.book.formats import STATE, Family
from dvk_reports.vietnamese.text import fold, tidy

LETTER = "CÔNG VĂN"
DASHES = re.compile(r"[-–—_*=~\s]{2,}")
ADDRESS = re.compile(r"Kính\s+(gửi|trình)\b", re.IGNORECASE)
ROMAN = re.compile(r"[IVX]{1,5}\s*[.\-–/)]\s*\S")
WITH_YEAR = re.compile(r"/\s*(19|20)\d\d\s*(?=/)")
HEAD = 60
"""A heading ends within so many lines."""


@dataclass(frozen=True)
class Piece:
    """One printed line as it was typed: a paragraph, or its part between tabs or line breaks."""

    paragraph: Paragraph
    runs: tuple[Run, ...]
    column: int
    alone: bool
    """The whole paragraph, so that its alignment says where it stands."""

    @cached_property
    def raw(self) -> str:
        label = f"{self.paragraph.label} " if self.paragraph.label and self.alone else ""
        return label + "".join(run.text for run in self.runs)

    @cached_property
    def text(self) -> str:
        return tidy(self.raw)

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @property
    def capital(self) -> bool:
        letters = [char for char in self.text if char.isalpha()]
        return len(letters) >= 2 and all(char == char.upper() for char in letters)

    @property
    def mostly_capital(self) -> bool:
        letters = [char for char in self.text if char.isalpha()]
        return len(letters) >= 2 and sum(char == char.upper() for char in letters) * 10 >= 8 * len(letters)

    @cached_property
    def awaits(self) -> bool:
        """Whether something must still be filled in here: how it looks and fits is not known before."""
        return bool(MISSING.search(self.text))

    @cached_property
    def sizes(self) -> tuple[float, ...]:
        return tuple(sorted({run.look.size for run in self.runs if run.text.strip()}))

    def share(self, name: str) -> float:
        """How much of the text (letters and digits; else any sign) has that mark: bold, italic, underline."""
        count = [sum(char.isalnum() for char in run.text) for run in self.runs]
        if not any(count):
            count = [len(run.text.strip()) for run in self.runs]
        marked = sum(n for run, n in zip(self.runs, count, strict=True) if getattr(run.look, name))
        return marked / sum(count) if any(count) else 0


@dataclass
class Paper:
    """A Word file with its components found. ``day`` and ``year`` are those printed at its head."""

    file: WordFile
    pieces: list[Piece]
    family: Family | None = None
    headings: set[str] = field(default_factory=set)
    kind: str = ""
    parts: list[tuple[str, Piece]] = field(default_factory=list)
    day: date | None = None
    year: int | None = None
    head: range = range(0)
    sign: range = range(0)
    attached: bool = False
    """Only what another paper issues (a statute, an annex): it has no number, day or signer of its own."""

    @property
    def lays_down_rules(self) -> bool:
        """A number with its year (15/2024/QĐ-UBND): made by the law on legal documents, not by the rules of papers."""
        number = self.one("so_ky_hieu")
        return number is not None and self.family == STATE and bool(WITH_YEAR.search(number.text))

    def all(self, *names: str) -> list[Piece]:
        """Every piece that is one of these components."""
        return [piece for name, piece in self.parts if name in names]

    def one(self, name: str) -> Piece | None:
        """The first piece of a component."""
        return next(iter(self.all(name)), None)

    def add(self, name: str, piece: Piece) -> None:
        """Name a piece as a component."""
        self.parts.append((name, piece))


def pieces_of(paragraph: Paragraph) -> Iterable[Piece]:
    """The lines and tabbed parts of a paragraph; leading tabs only indent."""
    lines = _split(paragraph.runs, "\n")
    for line in lines:
        cells = [cell for cell in _split(line, "\t") if "".join(run.text for run in cell).strip()] or [()]
        several = len(cells) > 1
        tabbed = any("\t" in run.text for run in line)
        led = "".join(run.text for run in line).startswith("\t")
        for place, cell in enumerate(cells):
            runs = cell if several else tuple(line)
            column = place + led if tabbed else paragraph.place.column if paragraph.place else 0
            yield Piece(paragraph, runs, column, not tabbed and len(lines) == 1)


def _split(runs: Sequence[Run], mark: str) -> list[tuple[Run, ...]]:
    found: list[list[Run]] = [[]]
    for run in runs:
        for place, text in enumerate(run.text.split(mark)):
            if place:
                found.append([])
            if text:
                found[-1].append(replace(run, text=text))
    return [tuple(part) for part in found]
