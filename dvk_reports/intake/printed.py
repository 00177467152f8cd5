"""Sheets of a workbook we wrote, read back as plain tables of text by their machine keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from dvk_reports.intake.raw import RawSheet
from dvk_reports.intake.readers import ReadRefused, read_book
from dvk_reports.intake.values import shown
from dvk_reports.vietnamese.text import tidy

Table = list[dict[str, str]]


def keys_of(raw: RawSheet) -> dict[str, int]:
    """Machine key -> column, from the hidden row 1."""
    first = {col: tidy(str(cell.value)) for (row, col), cell in raw.cells.items() if row == 1 and cell.value}
    return {first[col]: col for col in sorted(first, reverse=True)}  # of a key that stands twice the first column


def data_rows(raw: RawSheet, keys: Mapping[str, int]) -> list[int]:
    """Rows of data: the first key column is not blank; caption, group and total rows leave it so."""
    first = min(keys.values(), default=1)
    return sorted({row for row, col in raw.cells if row > 1 and col == first})


def text_of(raw: RawSheet, row: int, keys: Mapping[str, int], key: str) -> str:
    """What a cell shows; "" where it is blank or the sheet has no such key."""
    cell = raw.cells.get((row, keys.get(key, 0)))
    return shown(cell.value) if cell is not None and cell.value is not None else ""


def read_tables(path: Path, names: Sequence[str]) -> dict[str, Table]:
    """Sheet -> data rows (first key column not blank), key -> what the cell shows; {} where it cannot be read.

    Only for telling what changed since the last run: a file that a person broke must not stop the next one.
    """
    try:
        book = read_book(path.read_bytes(), "xlsx", names)
    except (OSError, ReadRefused):
        return {}
    tables: dict[str, Table] = {}
    for raw in book.sheets:
        keys = keys_of(raw)
        tables[raw.name] = [{key: text_of(raw, row, keys, key) for key in keys} for row in data_rows(raw, keys)]
    return tables
