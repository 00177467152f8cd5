"""How a form was filled in, column by column, as a sheet: for whoever changes the form before it goes out again."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from dvk_reports.sheets.base.book import (
    Format,
    Formats,
    close_book,
    hidden_keys,
    holds_only,
    merge,
    must,
    new_book,
    page,
    put,
    row_height,
    widths,
)

REVIEW = "Xem lại biểu mẫu"
KEYS = (
    "sheet", "khoa", "ten", "bat_buoc", "so_don_vi_ghi", "so_don_vi", "ty_le",
    "gia_tri_dung", "don_vi_dung", "loi_nhieu_nhat", "don_vi_mat_danh_sach", "don_vi_sua_tieu_de",
)  # fmt: skip
_HEADS = (
    "Biểu", "Khóa", "Cột (dòng) của biểu", "Bắt buộc", "Số đơn vị có ghi", "Số đơn vị được giao, có báo cáo dùng",
    "Tỷ lệ", "Giá trị bị dừng", "Đơn vị có giá trị bị dừng", "Lỗi nhiều nhất", "Đơn vị mất danh sách để chọn",
    "Đơn vị sửa tiêu đề",
)  # fmt: skip
_WIDTHS = (7, 24, 34, 8, 9, 13, 8, 9, 12, 32, 13, 11)
_FIRST = 4
"""Rows above the first line: keys, title, remark, heads."""


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """How the units have used one column, or a whole sheet (its key is "")."""

    sheet: str
    key: str
    name: str
    required: bool
    filled: int
    """Units that wrote something there."""
    asked: int
    """Units that were given the sheet and have a return in use."""
    stopped: int = 0
    """Values that were stopped, also in returns that were sent back."""
    stopped_units: int = 0
    fault: str = ""
    """The most frequent fault of the values that were stopped: its code and name."""
    without_list: int = 0
    """Units with a cell whose drop-down is gone."""
    retitled: int = 0
    """Units that changed the caption."""


def review_bytes(title: str, uses: Sequence[ColumnUse]) -> bytes:
    """A workbook with the one sheet; the same numbers give the same bytes."""
    target = io.BytesIO()
    book = new_book(target)
    formats, sheet = Formats(book), book.add_worksheet(REVIEW)
    last = len(_WIDTHS) - 1
    hidden_keys(sheet, KEYS)
    widths(sheet, _WIDTHS)
    merge(sheet, 1, 1, 1, last, title.upper(), formats(bold=True, font_size=14, align="center"))
    remark = (
        "Cột không ai ghi: xem có cần hỏi nữa không. Cột nhiều đơn vị ghi sai: xem lại tên cột, lời nhắc. Cột hay mất "
        "danh sách: đơn vị thường dán từ tệp riêng. Dòng in đậm là cả biểu: số đơn vị có ít nhất một dòng (ô)."
    )
    merge(sheet, 2, 1, 2, last, remark, formats(text_wrap=True, italic=True))
    must(sheet.set_row(2, row_height([(remark, sum(_WIDTHS[1:]))])), REVIEW)
    head = formats(bold=True, text_wrap=True, align="center", valign="vcenter", border=1, bg_color="#D9E2F3")
    for col, text in enumerate(_HEADS):
        put(sheet, 3, col, text if col else None, head)
    must(sheet.set_row(3, row_height((text, width - 2) for text, width in zip(_HEADS, _WIDTHS, strict=True))), REVIEW)
    for row, use in enumerate(uses, _FIRST):
        look = {"border": 1, "text_wrap": True, **({"bold": True, "bg_color": "#EDEDED"} if not use.key else {})}
        text, count = formats(**look), formats(num_format="#,##0", align="center", **look)
        share = formats(num_format="0%", align="center", **look)
        for col, (value, fmt) in enumerate(_cells(use, text, count, share)):
            put(sheet, row, col, value, fmt)
        must(sheet.set_row(row, row_height([(use.name, _WIDTHS[2]), (use.fault, _WIDTHS[9])])), REVIEW)
    sheet.freeze_panes(_FIRST, 3)
    must(sheet.autofilter(3, 0, max(_FIRST + len(uses) - 1, _FIRST), last), REVIEW)
    page(sheet, head=(3, 3), area=(1, 0, _FIRST + len(uses) - 1, last), foot=REVIEW)
    close_book(book, REVIEW)
    return target.getvalue()


def _cells(use: ColumnUse, text: Format, count: Format, share: Format) -> tuple[tuple[object, Format], ...]:
    return (
        (use.sheet, text),
        (use.key, text),
        (use.name, text),
        ("x" if use.required else None, count),
        (use.filled, count),
        (use.asked, count),
        (use.filled / use.asked if use.asked else None, share),
        (use.stopped or None, count),
        (use.stopped_units or None, count),
        (use.fault, text),
        (use.without_list or None, count),
        (use.retitled or None, count),
    )


def is_review(data: bytes) -> bool:
    """Whether a file is a workbook of this kind, and nothing more."""
    return holds_only(data, REVIEW, KEYS)
