"""What a reader hands over: cells as they stand in the file, before anything is understood.

All records cross from a worker process, so they are small and frozen.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

RawValue: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None

MAX_ROWS = 100_000
MAX_COLS = 300
MAX_CELLS = 2_000_000
MAX_UNZIPPED = 200_000_000
MAX_RATIO = 300
RATIO_FROM = 30_000_000


class ReadRefused(Exception):
    """A workbook that cannot be read. The text is the reason, in plain Vietnamese."""


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell that is not empty. A blank cell is absent from its sheet."""

    value: RawValue
    """None for an error, and for a formula whose result the file does not hold."""
    error: str = ""
    """"#DIV/0!", "#REF!" … or ""."""
    formula: bool = False
    """True where the cell is known to hold a formula; .xls and .xlsb do not tell."""
    number_format: str = "General"
    font: str = ""
    """The typeface of the cell: an old font says how its bytes are to be read."""
    source: str = ""
    """What a formula without a result says, where the file tells it."""
    struck: str = ""
    """Text that stands struck out in the cell and is no part of ``value``; a cell struck out whole has no value."""
    coded: str = ""
    """What stands in the cell, where ``value`` is its decoding from an old encoding."""
    encoding: str = ""
    """The old encoding that the text was in, or that it may be in one ("nghi ngờ") and is as it stands."""


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
    hidden_cols: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class RawBook:
    """One workbook as its reader found it."""

    sheets: tuple[RawSheet, ...]
    kind: str
    notes: tuple[str, ...]
    """What the reader has to say of the file as a whole, in plain Vietnamese."""
    engine: str


@dataclass(slots=True)
class SheetBuilder:
    """A sheet while it is being filled; keeps the bounds and remembers what fell outside."""

    name: str
    hidden: bool
    cells: dict[tuple[int, int], RawCell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: set[int] = field(default_factory=set)
    outside: bool = False

    def put(self, row: int, col: int, cell: RawCell) -> None:
        """Take a cell; a cell outside the sheet is noted, too many cells are refused."""
        if cell.value is None and not (cell.error or cell.formula or cell.struck):
            return
        if not (1 <= row <= MAX_ROWS and 1 <= col <= MAX_COLS):
            self.outside = True
            return
        if len(self.cells) >= MAX_CELLS:
            raise ReadRefused(f"trang “{self.name}” có quá {MAX_CELLS:,} ô".replace(",", "."))
        self.cells[row, col] = cell

    def hide_rows(self, first: int, last: int) -> None:
        """Note hidden rows."""
        self.hidden_rows.update(range(max(first, 1), min(last, MAX_ROWS) + 1))

    def hide_cols(self, first: int, last: int) -> None:
        """Note hidden columns."""
        self.hidden_cols.update(range(max(first, 1), min(last, MAX_COLS) + 1))

    def done(self) -> RawSheet:
        """The sheet as it was read."""
        return RawSheet(
            self.name,
            self.hidden,
            self.cells,
            tuple(self.merged),
            frozenset(self.hidden_rows),
            frozenset(self.hidden_cols),
        )


def book_of(builders: list[SheetBuilder], kind: str, engine: str, notes: list[str]) -> RawBook:
    """The workbook that the sheets make; what lay outside the bounds of one is said in its notes."""
    bounds = f"{MAX_ROWS:,} dòng × {MAX_COLS} cột".replace(",", ".")
    outside = [
        f"trang “{builder.name}” có dữ liệu ngoài {bounds}: không đọc phần đó"
        for builder in builders
        if builder.outside
    ]
    return RawBook(tuple(builder.done() for builder in builders), kind, (*notes, *outside), engine)


def day_if_midnight(value: RawValue) -> RawValue:
    """Excel keeps a day as that day's midnight; all readers are brought to the plain day."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value


def guard_zip(data: bytes) -> None:
    """Refuse a workbook that would unfold to fill the memory, before a byte is inflated.

    Raises ReadRefused, or what zipfile raises on a damaged file.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        size = sum(info.file_size for info in box.infolist())
    if size > MAX_UNZIPPED or (size > RATIO_FROM and size > MAX_RATIO * len(data)):
        raise ReadRefused("tệp bung ra quá lớn (có thể là bom nén): không mở")
