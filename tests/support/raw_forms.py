"""A filled form as a reader hands it over, with cells changed at will: what the form makes of them needs no file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from dvk_reports.intake.form.returned import read_form
from dvk_reports.intake.readers.raw import RawBook, RawCell, RawSheet, RawValue
from dvk_reports.intake.readers.workbook import read_book
from dvk_reports.model.returns import Return
from dvk_reports.model.values import column_number
from tests.intake.test_reading_forms import PLAN, QUARTER, REGISTER, UNIT
from tests.support.offices import form_of
from tools.samples.lean import lean_form

__all__ = ["BOOK", "PLAN", "QUARTER", "REGISTER", "TOTAL", "UNIT", "copy_of", "edited", "form", "line_of"]

VALUES = {
    "BIA": {"phien_ban": 1, "loai_bao_cao": "Chính thức", "khong_phat_sinh_b2": True},
    "B1": {
        "tong_so_chi_bo": 10,
        "so_chi_bo_da_trien_khai": 9,
        "tong_so_dang_vien": 90,
        "so_dang_vien_duoc_pho_bien": 90,
        "so_hoi_nghi_pho_bien": 1,
        "so_cuoc_tuyen_truyen": 1,
        "so_chuyen_muc": 0,
    },
}
ROWS = {"B10": [{"noi_dung": "Hội nghị", "nguon": "NSNN cấp xã", "thuc_hien": Decimal("33.5")}]}
SOME = ("BIA", "B1", "B2", "B4", "B6", "B10")
BOOK = read_book(form_of(PLAN, REGISTER, UNIT, QUARTER, VALUES, ROWS, SOME, lean_form), "xlsx")
TOTAL = next(row for (row, _), cell in BOOK.sheets[5].cells.items() if cell.value == "dvk:tong")
FIRST = 8
"""The first data row of B10; the form has one record, so row 9 is free."""


def place(a1: str) -> tuple[int, int]:
    letters = a1.rstrip("0123456789")
    return int(a1[len(letters) :]), column_number(letters)


def cell(value: RawValue | RawCell) -> RawCell:
    return value if isinstance(value, RawCell) else RawCell(value)


def edited(sheet: str, cells: Mapping[str, RawValue | RawCell], book: RawBook = BOOK, **looks: object) -> RawBook:
    """The form with other cells on one of its sheets; None takes a cell away."""

    def changed(raw: RawSheet) -> RawSheet:
        held = raw.cells | {place(a1): cell(value) for a1, value in cells.items() if value is not None}
        for a1 in (a1 for a1, value in cells.items() if value is None):
            held.pop(place(a1), None)
        return replace(raw, cells=held, **looks)  # type: ignore[arg-type]

    return replace(book, sheets=tuple(changed(raw) if raw.name == sheet else raw for raw in book.sheets))


def form(book: RawBook) -> Return:
    found = read_form(PLAN, book, "bieu.xlsx", "")
    assert found is not None
    return found


def copy_of(book: RawBook, sheet: str, name: str, cells: Mapping[str, RawValue]) -> RawBook:
    """The form with a copy of one of its sheets, made before other cells were written on it."""
    raw = next(raw for raw in BOOK.sheets if raw.name == sheet)
    more = edited(name, cells, replace(BOOK, sheets=(replace(raw, name=name),))).sheets
    return replace(book, sheets=(*book.sheets, *more))


def line_of(key: str, sheet: str = "B1") -> int:
    raw = next(raw for raw in BOOK.sheets if raw.name == sheet)
    return next(row for (row, col), held in raw.cells.items() if col == 1 and held.value == key)
