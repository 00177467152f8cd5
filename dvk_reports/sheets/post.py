"""``thu.xlsx``: the mails of a run, one line each: to whom, about what, what it holds, whether it can be sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.mails import UnitMail
from dvk_reports.sheets.base.book import (
    Formats,
    Sheet,
    hidden_keys,
    lines_of,
    must,
    page,
    put,
    row_height,
    widths,
)
from dvk_reports.sheets.base.looks import GREY, HEAD_FILL, STATES
from dvk_reports.sheets.base.written import list_book
from dvk_reports.vietnamese.numbers import show_count

NAME = "thu.xlsx"
_SHEET = "Thư"
_COLUMNS = (
    ("tt", "TT", 5),
    ("ma_don_vi", "Mã đơn vị", 15),
    ("ten_don_vi", "Đơn vị", 24),
    ("nguoi_nhan", "Nơi nhận thư", 24),
    ("dia_chi", "Địa chỉ", 26),
    ("tieu_de", "Tiêu đề", 34),
    ("noi_dung", "Thư có gì", 17),
    ("dinh_kem", "Tệp kèm theo", 34),
    ("tinh_hinh", "Tình hình nộp", 13),
    ("trang_thai", "Gửi được không", 14),
    ("tep", "Thư", 24),
)
_NO_ADDRESS = "Chưa có địa chỉ"
_NOBODY = "Không còn nơi nhận"
_READY = "Gửi được"
_LETTERS = 1.07
"""Letters of text to a digit's width, on the safe side."""


def mail_list(data: Consolidation, mails: Sequence[UnitMail]) -> bytes:
    """The workbook; the same mails give the same bytes. What was sent already stands in ``da-gui.csv`` alone."""
    return list_book(NAME, lambda book: _draw(book, data, mails), len(mails))


def _draw(book: Any, data: Consolidation, mails: Sequence[UnitMail]) -> None:
    sheet = book.add_worksheet(_SHEET)
    formats = Formats(book)
    hidden_keys(sheet, [key for key, _, _ in _COLUMNS])
    widths(sheet, [width for _, _, width in _COLUMNS])
    title = f"Thư gửi các đơn vị - báo cáo Phong trào “Dân vận khéo” {data.period.title}"
    without = sum(not mail.to for mail in mails)
    lacking = f", trong đó {show_count(without)} thư chưa có địa chỉ" if without else ""
    put(sheet, 1, 0, title, formats(bold=True, font_size=14))
    put(
        sheet,
        2,
        0,
        f"{show_count(len(mails))} thư{lacking}. Thư nào đã gửi: xem da-gui.csv.",
        formats(italic=True, font_color=GREY),
    )
    head, look = 4, formats(bold=True, align="center", valign="vcenter", text_wrap=True, border=1, bg_color=HEAD_FILL)
    must(sheet.set_row(head, row_height((caption, width - 1) for _, caption, width in _COLUMNS)), _SHEET)
    for col, (_, caption, _) in enumerate(_COLUMNS):
        put(sheet, head, col, caption, look)
    for number, mail in enumerate(mails, 1):
        _line(sheet, formats, head + number, number, mail)
    if not mails:
        put(sheet, head + 1, 1, "Không có thư nào.", formats(italic=True))
    sheet.freeze_panes(head + 1, 3)
    page(sheet, head=(head, head), area=(1, 0, head + max(len(mails), 1), len(_COLUMNS) - 1), foot=title)


def _line(sheet: Sheet, formats: Formats, row: int, number: int, mail: UnitMail) -> None:
    state = (_READY if mail.to else _NO_ADDRESS) if mail.reader else _NOBODY
    attached = "\n".join(name.rpartition("/")[2] for name in mail.attached)
    address = mail.to.replace(", ", "\n")
    first = (number, mail.unit, mail.name, mail.reader, address, mail.subject)
    values = (*first, "\n".join(mail.holds), attached, mail.state, state, mail.file)
    tallest = 1
    for col, ((key, _, width), value) in enumerate(zip(_COLUMNS, values, strict=True)):
        look: dict[str, Any] = {"border": 1, "border_color": "#A6A6A6", "text_wrap": True, "valign": "top"}
        if key == "tt":
            look["align"] = "center"
        if key == "tinh_hinh":
            look |= next((look for name, look in STATES.items() if name.value == mail.state), {})
        if key == "trang_thai" and state != _READY:
            look["bold"] = True
        if key == "tep":
            link = formats(**look, font_color="#0563C1", underline=1)
            must(sheet.write_url(row, col, f"external:{mail.file}", link, mail.file), _SHEET)
        else:
            put(sheet, row, col, value or None, formats(**look))
        if isinstance(value, str) and value:
            tallest = max(tallest, lines_of(value, width * _LETTERS))
    must(sheet.set_row(row, tallest * 14.6 + 4), _SHEET)
