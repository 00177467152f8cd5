"""What the remedies of a sheet tell a unit to do in Excel, done there: nothing of it is said any more."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import date
from typing import Any

import pytest
from openpyxl.styles import Font

from tests.intake.test_reading_forms import FORM, read
from tests.support.offices import edited
from tests.support.old_fonts import in_tcvn3

Edit = Callable[[Any], None]


def puts(sheet: str, **cells: object) -> Edit:
    """Values into cells, named by key and row; (value, number format) or (value, Font) where the looks matter."""

    def edit(book: Any) -> None:
        columns = {cell.value: cell.column for cell in book[sheet][1]}
        for name, given in cells.items():
            value, look = given if isinstance(given, tuple) else (given, None)
            place = book[sheet].cell(int(name[-1]), columns[name[:-1]])
            place.value = value
            if isinstance(look, str):
                place.number_format = look
            elif look is not None:
                place.font = look

    return edit


def both(*edits: Edit) -> Edit:
    def edit(book: Any) -> None:
        for one in edits:
            one(book)

    return edit


def copied(book: Any) -> None:
    more = book.copy_worksheet(book["B10"])
    more.title = "B10 (2)"
    more.data_validations = copy(book["B10"].data_validations)  # which Excel copies with the sheet


def without(name: str) -> Edit:
    return lambda book: book.remove(book[name])


OLD, NEW = Font(name=".VnTime"), Font(name="Times New Roman")
DIFFER = both(copied, puts("B10 (2)", thuc_hien8=99))
# sentence, what the unit has done, what it does next
DONE: list[tuple[str, Edit, list[Edit]]] = [
    (
        "LEGACY_DOUBT",
        puts("B2", ten8=(in_tcvn3("Tổ tự quản"), NEW)),
        [puts("B2", ten8=("Tổ tự quản", NEW))],
    ),
    ("LEGACY_TEXT", puts("B2", ten8=(in_tcvn3("Tổ tự quản"), OLD)), [puts("B2", ten8=("Tổ tự quản", NEW))]),
    (
        "NUMBER_LOOKS",
        puts("B10", thuc_hien8=(2500, "0,0,")),
        [puts("B10", thuc_hien8=(2500, "General")), puts("B10", thuc_hien8=(2500, "#,##0"))],
    ),
    ("DAY_IN_TEXT", puts("B10", chung_tu8=(date(2023, 9, 12), "d-mmm")), [puts("B10", chung_tu8=("12-9", "@"))]),
    (
        "DAYS_SWAPPED",
        puts("B2", ngay_dk8=date(2022, 5, 1), ngay_dk9="25/7/2023"),
        [
            puts("B2", ngay_dk8=date(2022, 5, 1), ngay_dk9=date(2023, 7, 25)),
            puts("B2", ngay_dk8="01/5/2022", ngay_dk9="25/7/2023"),
        ],
    ),
    (
        "TEXT_ONLY",
        puts("B10", noi_dung9="Hội thi"),
        [puts("B10", noi_dung9=None), puts("B10", noi_dung9="Hội thi", nguon9="Khác", thuc_hien9=3)],
    ),
    # A line of formulas that no program has worked out is no line of dashes.
    (
        "NO_CACHED_VALUE",
        puts("B10", noi_dung9='=IF(1=1,"","x")', thuc_hien9="=1+1"),
        [puts("B10", noi_dung9="Hội thi", nguon9="Khác", thuc_hien9=2), puts("B10", noi_dung9=None, thuc_hien9=None)],
    ),
    ("NO_RECORD", puts("B10", noi_dung9="Tổng cộng", thuc_hien9=12.5), [puts("B10", noi_dung9=None, thuc_hien9=None)]),
    ("COPIES_DIFFER", DIFFER, [both(DIFFER, without("B10 (2)")), both(DIFFER, without("B10"))]),
    ("COPIES_EQUAL", copied, [both(copied, without("B10 (2)"))]),
    ("HIDDEN_SHEET", lambda book: setattr(book["B10"], "sheet_state", "hidden"), [lambda book: None]),
]


@pytest.mark.parametrize(("rule", "done", "mended"), DONE, ids=[item[0] for item in DONE])
def test_who_does_in_excel_what_the_remedy_says_is_told_no_more(
    tmp_path: Any, rule: str, done: Edit, mended: list[Edit]
) -> None:
    told = [item for item in read(tmp_path, edited(FORM, done)).findings if item.rule == rule]
    assert told, f"{rule} is not said"
    for edit in mended:
        again = read(tmp_path, edited(FORM, edit)).findings
        assert [f"{item.rule} {item.sheet} {item.cell}" for item in again if item.rule not in ("NORMALISED",)] == []
