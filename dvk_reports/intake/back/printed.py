"""Sheets of a workbook we wrote, read back as plain tables of text by their machine keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from dvk_reports.intake.form.values import shown
from dvk_reports.intake.readers.raw import RawSheet, RawValue, ReadRefused
from dvk_reports.intake.readers.workbook import read_book
from dvk_reports.vietnamese.text import tidy

Table = list[dict[str, str]]
RawTable = list[dict[str, RawValue]]


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
        tables = raw_tables(path.read_bytes(), names)
    except (OSError, ReadRefused):
        return {}
    return {
        name: [{key: "" if value is None else shown(value) for key, value in row.items()} for row in table]
        for name, table in tables.items()
    }


def raw_tables(data: bytes, names: Sequence[str]) -> dict[str, RawTable]:
    """The same with the values as they stand in the cells; ReadRefused where the workbook cannot be read."""
    tables: dict[str, RawTable] = {}
    for raw in read_book(data, "xlsx", names).sheets:
        keys = keys_of(raw)
        tables[raw.name] = [
            {key: cell.value if (cell := raw.cells.get((row, col))) else None for key, col in keys.items()}
            for row in data_rows(raw, keys)
        ]
    return tables
