"""Rows of a sample set as text: one CSV for each sheet, one line for each row, read by the types of the rule book.

A blank cell is no value, and a line may end early. Days are written as 2023-09-30, numbers with a point, Có or Không
where the form asks for it. What does not fit its column is kept as text, as a clerk would have typed it; ``'`` in front
makes a text of anything, as in a spreadsheet.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

RowValues = dict[str, object]
_YES_NO = {"Có": True, "Không": False}


class SampleError(Exception):
    """A sample set says something that cannot be made; the sentence names file and line."""


def value_of(kind: str, text: str) -> object:
    """One cell; ``kind`` is the type of its column in the rule book or in the register."""
    if text.startswith("'"):
        return text[1:]
    if not text:
        return None
    if kind == "co_khong":
        return _YES_NO.get(text, text)
    try:
        if kind == "ngay":
            return date.fromisoformat(text)
        if kind in ("nguyen", "so"):
            return int(text) if text.lstrip("-").isdigit() else Decimal(text)
    except (ValueError, InvalidOperation):
        pass
    return text


def read_rows(path: Path, kinds: Mapping[str, str], leading: tuple[str, ...] = ()) -> Iterator[RowValues]:
    """The lines of one file; ``kinds``: column -> type, ``leading``: columns that stand before those of the sheet."""
    with path.open(encoding="utf-8", newline="") as stream:
        lines = csv.reader(stream)
        head = next(lines, [])
        unknown = [key for key in head if key not in kinds and key not in leading]
        if unknown or head[: len(leading)] != list(leading):
            raise SampleError(f"{path}: dòng đầu phải là {', '.join(leading)}… và các mã cột; không có “{unknown}”.")
        for line in lines:
            if len(line) > len(head):
                raise SampleError(f"{path}, dòng {lines.line_num}: nhiều ô hơn dòng đầu.")
            cells = zip(head, line, strict=False)
            row = {key: value_of(kinds.get(key, "chu"), text) for key, text in cells}
            yield {key: value for key, value in row.items() if value is not None}
