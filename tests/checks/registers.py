"""A small ``danh-muc.xlsx`` with a few rows, written cell by cell and read as the office's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl

from dvk_reports.intake.readers.workbook import read_sheets
from dvk_reports.plan.register.reader import read_register
from dvk_reports.plan.register.register import Register
from dvk_reports.plan.register.sheets import SHEETS
from tests.support.build import PLAN

XA = {"ma_don_vi": "DB-XA-1", "ten": "Đảng bộ xã A", "loai": "DB_XA", "nhom": "I"}
THON = {"ma_thon": "T1", "ten": "Bản Rịa", "loai": "Thôn", "ma_don_vi": "DB-XA-1"}
DUE = {"ky": "2023-Q3", "han_nop": "05/10/2023"}
WAIVER = {"ma_loi": "K10", "ly_do": "Đang sáp nhập thôn", "nguoi_duyet": "Trưởng ban", "ngay": "01/10/2023"}
PLAIN: Mapping[str, list[dict[str, object]]] = {"Đơn vị": [XA], "Thôn": [THON], "Hạn nộp": [DUE]}
Rows = Mapping[str, list[dict[str, object]]]


def register(
    folder: Path,
    changed: Rows | None = None,
    without: tuple[str, ...] = (),
    edit: Callable[[Any], None] | None = None,
) -> Register:
    """Keys in row 1, a caption row, data from row 3. ``without``: sheets, or ``sheet.column``, that are missing.

    ``edit``: what else is done to the workbook.
    """
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, columns in SHEETS.items():
        if name in without:
            continue
        sheet = book.create_sheet(name)
        kept = [column for column in columns if f"{name}.{column.key}" not in without]
        for col, column in enumerate(kept, 1):
            sheet.cell(1, col, column.key)
            sheet.cell(2, col, column.caption)
        for number, row in enumerate({**PLAIN, **(changed or {})}.get(name, []), 3):
            for col, column in enumerate(kept, 1):
                sheet.cell(number, col, row.get(column.key))
    if edit is not None:
        edit(book)
    path = folder / "danh-muc.xlsx"
    book.save(path)
    return read_register(path, PLAN, read_sheets)
