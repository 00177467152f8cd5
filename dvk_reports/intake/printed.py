"""Sheets of a workbook we wrote, read back as plain tables of text by their machine keys."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dvk_reports.intake.readers import ReadRefused, read_book
from dvk_reports.intake.values import shown
from dvk_reports.vietnamese.text import tidy

Table = list[dict[str, str]]


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
        keys = {tidy(str(cell.value)): col for (row, col), cell in raw.cells.items() if row == 1 and cell.value}
        first = min(keys.values(), default=1)
        rows = sorted({row for row, col in raw.cells if row > 1 and col == first})
        tables[raw.name] = [
            {key: shown(cell.value) if (cell := raw.cells.get((row, col))) else "" for key, col in keys.items()}
            for row in rows
        ]
    return tables
