"""A sheet of ours as a person sends it back: its machine keys found, its cells read by key."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dvk_reports.intake.form.values import number_in, shown
from dvk_reports.intake.readers.raw import RawSheet, RawValue
from dvk_reports.model.proposals import Subject
from dvk_reports.model.values import Cell
from dvk_reports.vietnamese.dates import read_date
from dvk_reports.vietnamese.numbers import read_number
from dvk_reports.vietnamese.text import tidy

ID = "ma_de_nghi"
_LOOK = 30
"""Rows in which the keys are looked for: a line may have been put above them."""
_LEAST = 3
"""So many keys in one row are our key row, even where one column was deleted."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with its keys found: key -> column, and the row of the keys."""

    raw: RawSheet
    head: int
    keys: Mapping[str, int]

    @property
    def rows(self) -> list[int]:
        return sorted({row for row, _ in self.raw.cells if row > self.head})

    def value(self, row: int, key: str) -> RawValue:
        """What the cell holds; None for a blank one and for an error."""
        held = self.raw.cells.get((row, self.keys.get(key, 0)))
        return held.value if held is not None else None

    def text(self, row: int, key: str) -> str:
        """What a person sees in the cell; a formula that shows nothing is blank."""
        held = self.raw.cells.get((row, self.keys.get(key, 0)))
        if held is None:
            return ""
        if held.value is None and held.formula and not held.error:
            return held.source or "công thức chưa có kết quả"
        return shown(held.value) if held.value is not None else held.error

    def formula(self, row: int, key: str) -> bool:
        """Whether the cell is known to hold a formula."""
        held = self.raw.cells.get((row, self.keys.get(key, 0)))
        return held is not None and held.formula

    def struck(self, row: int, key: str) -> str:
        """Text that stands struck out in the cell, which is not read."""
        held = self.raw.cells.get((row, self.keys.get(key, 0)))
        return shown(held.struck) if held is not None and held.struck is not None else ""

    def whole(self, row: int, key: str) -> int | None:
        """The whole number in the cell; None where there is none."""
        value = self.value(row, key)
        number = read_number(value, integer=True) if isinstance(value, str) else number_in(value)
        return None if number is None or number != number.to_integral_value() else int(number)

    def day(self, row: int, key: str) -> date | None:
        """The day in the cell; None where there is none."""
        value = self.value(row, key)
        if isinstance(value, datetime):
            return value.date()
        return value if isinstance(value, date) else read_date(value) if isinstance(value, str) else None

    def caption(self, key: str) -> str:
        """What stands over a column for a person: the last text between the keys and the first line."""
        lines = [row for row in self.rows if self.text(row, ID)]
        above = range(self.head + 1, min(lines, default=self.head + 2))
        return next((text for row in reversed(above) if (text := tidy(self.text(row, key)))), key)

    def subject(self, row: int) -> Subject:
        """Whom a line of any of our sheets speaks of."""
        name, unit, form, kind = (self.text(row, key) for key in ("ten", "ma_don_vi", "hinh_thuc", "phan_loai"))
        return Subject(unit, form, kind, name, self.day(row, "ngay_sinh"), self.text(row, "ma_mo_hinh"))

    def at(self, file: str, row: int, key: str) -> Cell:
        """The place of a cell, for a finding."""
        return Cell(file, self.raw.name, row, self.keys.get(key, 1))


def table_of(raw: RawSheet, known: Collection[str]) -> Table | None:
    """The row that holds the most of the ``known`` keys; None where no row holds enough of them."""
    rows: dict[int, dict[str, int]] = {}
    for row, col in sorted(raw.cells):
        value = raw.cells[row, col].value
        if row <= _LOOK and isinstance(value, str):
            rows.setdefault(row, {}).setdefault(tidy(value), col)
    best = max(rows, key=lambda row: (len(rows[row].keys() & set(known)), -row), default=None)
    if best is None or len(rows[best].keys() & set(known)) < min(_LEAST, len(set(known))):
        return None
    return Table(raw, best, rows[best])
