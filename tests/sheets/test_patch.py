"""A copy of a drawn workbook is what XlsxWriter would have drawn: cell by cell, rule by rule, box by box."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dvk_reports.errors import SheetError
from dvk_reports.sheets.base.book import (
    DATE,
    Formats,
    close_book,
    hidden_keys,
    merge,
    new_book,
    page,
    parts_of,
    put,
    put_formula,
)
from dvk_reports.sheets.base.parcel import Part, Stretch
from dvk_reports.sheets.base.patch import Patched
from dvk_reports.sheets.base.template import Template
from tests.support.same_book import assert_same, known_of

NOTE = {"author": "", "width": 320, "height": 90, "font_name": "Times New Roman", "font_size": 10, "color": "#FFFFE1"}
HARD = (
    "a & b < c > d",
    'dấu "ngoặc"',
    "hai\ndòng",
    "  đầu và cuối  ",
    "_x000D_ và _x0007_",
    "\t",
    "=1+1",
    "+84",
    "😀",
    "12",
)


def _frame(book: Any, formats: Formats, hint: str = "cũ") -> dict[str, Any]:
    """Two sheets with everything a sheet of a form has, and nothing filled in."""
    first, second = book.add_worksheet("Bìa & <1>"), book.add_worksheet("B2")
    for sheet in (first, second):
        hidden_keys(sheet, ["a", "b", "c"])
        sheet.set_column(1, 1, 30, formats(num_format=DATE))
        sheet.set_column(2, 2, 12, None, {"hidden": True})
        sheet.set_row(2, 40)
        put(sheet, 2, 0, "Tiêu đề", formats(bold=True))
        put(sheet, 9, 3, "Tổng", formats(italic=True))
        merge(sheet, 1, 0, 1, 4, "gộp", formats(bold=True))
        limit = {"validate": "integer", "criteria": ">=", "value": 0, "input_title": "Ô", "input_message": hint}
        sheet.data_validation(3, 0, 8, 0, limit)
        for place in ("=A4>1", "=A4>2"):
            rule = {"type": "formula", "criteria": place, "format": formats(bg_color="#FFF2CC")}
            sheet.conditional_format(3, 0, 8, 0, rule)
        sheet.protect("", {"sort": True})
        page(sheet, head=(2, 2), area=(0, 0, 9, 3), foot="Biểu")
    box = {"width": 20, "height": 10, "object_position": 2}
    first.insert_textbox(2, 0, "chữ", box)
    return {"Bìa & <1>": first, "B2": second}


def _drawn(fill: Callable[[dict[str, Any], Formats], object], hint: str = "cũ") -> bytes:
    target = io.BytesIO()
    book = new_book(target, lean=True)
    formats = Formats(book)
    fill(_frame(book, formats, hint), formats)
    close_book(book, "bản thử")
    return target.getvalue()


def _patched(fill: Callable[[dict[str, Any], Formats], object]) -> bytes:
    book = new_book(io.BytesIO(), lean=True)
    formats = Formats(book)
    _frame(book, formats)
    copy = Patched(Template(parts_of(book), formats))
    fill(dict(copy.sheets), Formats(copy))
    return copy.content()


def _nothing(sheets: dict[str, Any], formats: Formats) -> None:
    pass


def _cells(sheets: dict[str, Any], formats: Formats) -> None:
    """Every kind of value, in rows that are there and rows that are not, over what was drawn and beside it."""
    sheet = sheets["B2"]
    for col, text in enumerate(HARD):
        put(sheet, 4, col, text, formats(text_wrap=True))
    for row, value in ((2, 7), (9, Decimal("12.50")), (40, 1e15), (41, Decimal("0.1")), (42, -3)):
        put(sheet, row, 3, value, formats(num_format="#,##0"))
    for row, day in ((50, date(1900, 1, 1)), (51, date(1900, 3, 1)), (52, date(2024, 2, 29))):
        put(sheet, row, 1, day, formats(num_format=DATE))
    put(sheet, 2, 0, None, formats(bold=True, border=1))
    put(sheet, 60, 1, "không kiểu riêng")
    put(sheet, 61, 5, True, formats(font_strikeout=True, font_name=".VnTime"))
    for row, (formula, value) in enumerate((('=IF(A4<1,"&","")', ""), ("=#N/A", "#N/A"), ("=1+1", 2), ('="x"', "x<y"))):
        put_formula(sheet, 70 + row, 0, formula, value, formats(bg_color="#FF9C9C", border=5, border_color="#C00000"))


def _marks(sheets: dict[str, Any], formats: Formats) -> None:
    """Colours, notes, links, heights, areas: what is not a cell."""
    first, second = sheets.values()
    for sheet in (first, second):
        below = {"type": "formula", "criteria": '=A4<>"{&}"', "format": formats(bg_color="#E2EFDA")}
        sheet.conditional_format(3, 0, 3, 0, {**below, "format": formats(bg_color="#123456"), "stop_if_true": True})
        sheet.conditional_format(3, 0, 3, 0, below)
        for row, col in ((0, 0), (3, 1), (1, 0), (30, 25)):
            sheet.write_comment(row, col, f" ghi chú {row} <&>\n", NOTE)
        sheet.set_row(3, 33.3)
        sheet.set_row(2, 15)
        sheet.set_row(80, 100)
        sheet.print_area(0, 0, 30, 3)
        sheet.set_tab_color("#C00000")
        sheet.set_footer("&L Đơn vị && <1>")
    sheet = first
    merge(sheet, 20, 0, 21, 3, "gộp thêm", formats(num_format="@", border=1))
    sheet.write_url(22, 0, "internal:'Bìa & <1>'!A1", formats(underline=1), "đến & về")
    sheet.data_validation(23, 0, 23, 0, {"validate": "any", "input_title": "T", "input_message": "hai\ndòng"})


@pytest.mark.parametrize("fill", [_nothing, _cells, _marks])
def test_a_copy_is_what_would_have_been_drawn(fill: Callable[[dict[str, Any], Formats], object]) -> None:
    assert_same(_patched(fill), _drawn(fill))


def test_many_notes_take_more_than_one_block_of_numbers() -> None:
    def fill(sheets: dict[str, Any], formats: Formats) -> None:
        for sheet in sheets.values():
            for row in range(1100):
                sheet.write_comment(row, 0, "x", NOTE)

    assert_same(_patched(fill), _drawn(fill))


def test_the_hint_of_a_rule_is_another_one() -> None:
    def fill(sheets: dict[str, Any], formats: Formats) -> None:
        for sheet in sheets.values():
            rule = {"validate": "integer", "input_title": "Ô", "input_message": "mới & khác"}
            sheet.data_validation(3, 0, 8, 0, rule)

    assert_same(_patched(fill), _drawn(_nothing, hint="mới & khác"))


def test_what_a_copy_cannot_hold_is_an_error() -> None:
    def rule(sheets: dict[str, Any], formats: Formats) -> None:
        sheets["B2"].data_validation(50, 0, 50, 0, {"validate": "integer", "input_title": "", "input_message": ""})

    def colour(sheets: dict[str, Any], formats: Formats) -> None:
        sheets["B2"].conditional_format(0, 0, 0, 0, {"type": "cell", "format": formats(bold=True)})

    for fill in (rule, colour):
        with pytest.raises(SheetError):
            _patched(fill)
    with pytest.raises(AttributeError):
        _patched(lambda sheets, formats: sheets["B2"].set_landscape())


def test_copies_do_not_know_of_each_other() -> None:
    book = new_book(io.BytesIO(), lean=True)
    formats = Formats(book)
    _frame(book, formats)
    template = Template(parts_of(book), formats)

    def made(fill: Callable[[dict[str, Any], Formats], object]) -> bytes:
        copy = Patched(template)
        fill(dict(copy.sheets), Formats(copy))
        return copy.content()

    alone = made(_cells)
    made(_marks)
    assert made(_cells) == alone == _patched(_cells)
    assert made(_nothing) == _patched(_nothing)


def test_stretches_of_a_part_are_one_stream() -> None:
    texts = (b"a" * 1000, b"", b"b" * 70_000, b"xyz")
    part = Part(*(Stretch(text, kept=bool(n % 2)) for n, text in enumerate(texts)))
    whole = b"".join(texts)
    assert (zlib.decompress(part.body, -15), part.crc, part.size) == (whole, zlib.crc32(whole), len(whole))


def test_a_text_that_looks_like_xml_stays_a_text() -> None:
    """XlsxWriter takes a text in this form for one of several looks."""

    def fill(sheets: dict[str, Any], formats: Formats) -> None:
        put(sheets["B2"], 4, 4, "<r>x</r>")

    assert known_of(_patched(fill))["B2"]["cells"]["E5"][:2] == ("text", "<r>x</r>")
