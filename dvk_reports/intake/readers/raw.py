"""What a reader hands over: cells as they stand in the file, before anything is understood.

All records cross from a worker process, so they are small and frozen.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from dvk_reports.errors import Told
from dvk_reports.intake.readers.places import area_of

RawValue: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None

MAX_ROWS = 100_000
MAX_COLS = 300
MAX_CELLS = 2_000_000
MAX_UNZIPPED = 200_000_000


class Bounds(NamedTuple):
    """How much of a workbook is read."""

    rows: int = MAX_ROWS
    cells: int = MAX_CELLS
    """Of one sheet."""
    unzipped: int = MAX_UNZIPPED
    """Bytes of all members."""


FOREIGN = Bounds()
OWN = Bounds(1_048_576, 20_000_000, 4_000_000_000)
"""Of what was written here: as many rows as Excel has, for thousands of units."""
MAX_RATIO = 300
RATIO_FROM = 30_000_000
UNKNOWN_FORMAT = ""
"""The number format of a cell whose reader cannot tell it: 1 may be shown there as 100%."""


class ReadRefused(Told):
    """A workbook that cannot be read. The text is the reason, in plain Vietnamese."""


class RawCell(NamedTuple):
    """One cell that is not empty. A blank cell is absent from its sheet."""

    value: RawValue
    """None for an error, and for a formula whose result the file does not hold."""
    error: str = ""
    """"#DIV/0!", "#REF!" …, or what stands there where it is no value at all ("1E+400"); else ""."""
    formula: bool = False
    """True where the cell is known to hold a formula; .xls and .xlsb do not tell."""
    number_format: str = "General"
    """UNKNOWN_FORMAT where the reader cannot tell."""
    font: str = ""
    """The typeface of the cell: an old font says how its bytes are to be read."""
    source: str = ""
    """What a formula without a result says, where the file tells it."""
    struck: RawValue = None
    """What is struck out in the cell and so no part of ``value``: a piece of its text, or all of it."""
    linked: bool = False
    """True where the cell is known to take its value from another file."""
    coded: str = ""
    """What stands in the cell, where ``value`` is its decoding from an old encoding."""
    encoding: str = ""
    """The old encoding that the text was in, or that it may be in one ("nghi ngờ") and is as it stands."""

    @property
    def written(self) -> RawValue:
        """What stands there, struck out or not: keys and captions are what they are."""
        return self.value if self.value is not None else self.struck


def shows(cell: RawCell) -> bool:
    """Whether a cell is more than a blank; a formula that shows nothing is one."""
    shows_nothing = cell.value is None and not cell.formula
    return not (cell.struck is None and not cell.error and (shows_nothing or cell.value == ""))


@dataclass(frozen=True, slots=True)
class RawSheet:
    """The cells of one sheet that are not empty, and what of its looks the readers need."""

    name: str
    hidden: bool
    cells: dict[tuple[int, int], RawCell]
    """(row, col), counted from 1."""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """(first row, first col, last row, last col)."""
    hidden_rows: frozenset[int] = frozenset()
    lists: tuple[tuple[int, int, int, int], ...] | None = None
    """Areas with a drop-down, as those of merged cells; None where the reader cannot tell."""


@dataclass(frozen=True, slots=True)
class RawBook:
    """One workbook as its reader found it."""

    sheets: tuple[RawSheet, ...]
    kind: str
    notes: tuple[str, ...]
    """What the reader has to say of the file as a whole, in plain Vietnamese."""
    engine: str
    doubts: tuple[str, ...] = ()
    """What the reader could not see in it, so that a better file is asked for."""


@dataclass(slots=True)
class SheetBuilder:
    """A sheet while it is being filled; keeps the bounds and remembers what fell outside."""

    name: str
    hidden: bool
    cells: dict[tuple[int, int], RawCell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    outside: bool = False
    lists: tuple[tuple[int, int, int, int], ...] | None = None
    bounds: Bounds = FOREIGN

    def put(self, row: int, col: int, cell: RawCell) -> None:
        """Take a cell that shows something; one outside the sheet is noted, too many cells are refused."""
        if not shows(cell):
            return
        if not (1 <= row <= self.bounds.rows and 1 <= col <= MAX_COLS):
            self.outside = True
            return
        if len(self.cells) >= self.bounds.cells:
            raise ReadRefused(f"trang “{self.name}” có quá {self.bounds.cells:,} ô".replace(",", "."))
        self.cells[row, col] = cell

    def hide_rows(self, first: int, last: int) -> None:
        """Note hidden rows."""
        self.hidden_rows.update(range(max(first, 1), min(last, self.bounds.rows) + 1))

    def merge(self, written: str) -> None:
        """Take an area of merged cells as .xlsx writes it; what is none is left out."""
        area = area_of(written)
        if area is not None:
            self.merged.append(area)

    def done(self) -> RawSheet:
        """The sheet as it was read."""
        return RawSheet(
            self.name,
            self.hidden,
            self.cells,
            tuple(self.merged),
            frozenset(self.hidden_rows),
            self.lists,
        )


def book_of(
    builders: list[SheetBuilder], kind: str, engine: str, notes: Sequence[str], doubts: Sequence[str] = ()
) -> RawBook:
    """The workbook that the sheets make; what lay outside the bounds of one is said in its notes."""
    bounds = f"{MAX_ROWS:,} dòng × {MAX_COLS} cột".replace(",", ".")
    outside = [
        f"trang “{builder.name}” có dữ liệu ngoài {bounds}: không đọc phần đó"
        for builder in builders
        if builder.outside
    ]
    sheets = tuple(builder.done() for builder in builders)
    return RawBook(sheets, kind, (*notes, *outside), engine, tuple(doubts))


_NUMBER = re.compile(r"[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


@lru_cache(maxsize=8_192)
def number_in_file(written: str) -> int | float | None:
    """The number that a file writes; None where it is none, or larger than any number a workbook can hold."""
    text = written.strip()
    if not _NUMBER.fullmatch(text):
        return None
    if text.lstrip("+-").isdecimal() and len(text) < 400:
        return int(text)
    number = float(text)
    return number if math.isfinite(number) else None


def finite(cell: RawCell) -> RawCell:
    """The cell of a binary file, where a number may be none that Excel can show."""
    if isinstance(cell.value, float) and not math.isfinite(cell.value):
        return cell._replace(value=None, error="#NUM!")
    return cell


def without_struck(pieces: Iterable[tuple[str, bool]]) -> tuple[str | None, str | None]:
    """(what is left of a text, what is struck out in it) of its pieces with whether each is struck out.

    What is left is None where all is struck out; struck white space is nothing.
    """
    pieces = tuple(pieces)
    left = "".join(text for text, struck in pieces if not struck)
    gone = "".join(text for text, struck in pieces if struck)
    if not gone.strip():
        return "".join(text for text, _ in pieces), None
    return left if left.strip() else None, gone


def day_if_midnight(value: RawValue) -> RawValue:
    """Excel keeps a day as that day's midnight; all readers are brought to the plain day."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value
