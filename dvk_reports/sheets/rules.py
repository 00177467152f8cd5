"""The list of rules as a sheet that a clerk reads and prints: one row a rule, grouped by code."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.sheets.base.book import (
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
from dvk_reports.vietnamese.text import upper_first

RULES = "Luật kiểm tra"
KEYS = ("ma_loi", "muc", "pham_vi", "sheet", "cau", "vi_du", "hieu_luc", "can_cu")
_HEADS = ("Mã lỗi", "Mức", "Phạm vi", "Biểu", "Luật", "Ví dụ", "Hiệu lực", "Căn cứ")
_WIDTHS = (7, 10, 12, 6, 46, 40, 20, 34)
_FIRST = 4
"""Rows above the first rule: keys, title, remark, heads."""
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "Chặn": {"bg_color": "#F8CBAD", "font_color": "#7B0000", "bold": True},
    "Cảnh báo": {"bg_color": "#FFF2CC", "font_color": "#5F4A00"},
    "Ghi chú": {"font_color": "#595959"},
}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in words. ``sheet``: a form sheet for a rule of forms.yaml, else ""."""

    code: str
    title: str
    level: str
    scope: str
    sheet: str
    sentence: str
    force: str
    basis: str
    example: str


def rules_bytes(plan: Plan, rules: Sequence[RuleLine]) -> bytes:
    """A workbook with the one sheet ``Luật kiểm tra``; the same rules give the same bytes."""
    target = io.BytesIO()
    book = new_book(target)
    _draw(book, plan, rules)
    close_book(book, RULES)
    return target.getvalue()


def is_rules(data: bytes) -> bool:
    """Whether a file is a workbook that this program made of its rules, and nothing more."""
    return holds_only(data, RULES, KEYS)


def _draw(book: Any, plan: Plan, rules: Sequence[RuleLine]) -> None:
    formats = Formats(book)
    sheet = book.add_worksheet(RULES)
    widths(sheet, _WIDTHS)
    hidden_keys(sheet, KEYS)
    last = len(_WIDTHS) - 1
    merge(sheet, 1, 0, 1, last, "CÁC LUẬT KIỂM TRA BÁO CÁO", formats(bold=True, font_size=14, align="center"))
    remark = (
        f"{plan.info.ten}. Chặn: giá trị, biểu hoặc tệp chưa được tính cho đến khi đơn vị gửi bản sửa. "
        "Cảnh báo: vẫn được tính, cần xem lại. Ghi chú: để biết."
    )
    wrapped = formats(text_wrap=True, italic=True, align="center")
    merge(sheet, 2, 0, 2, last, remark, wrapped)
    must(sheet.set_row(2, row_height([(remark, sum(_WIDTHS))])), RULES)
    head = formats(bold=True, text_wrap=True, align="center", valign="vcenter", border=1, bg_color="#D9E2F3")
    for col, text in enumerate(_HEADS):
        put(sheet, 3, col, text, head)
    row = _FIRST
    code = ""
    for line in rules:
        if line.code != code:
            code = line.code
            _band(sheet, formats, row, f"{code}. {line.title}")
            row += 1
        _line(sheet, formats, row, line)
        row += 1
    sheet.freeze_panes(_FIRST, 0)
    must(sheet.autofilter(3, 0, max(row - 1, _FIRST), last), RULES)
    page(sheet, head=(3, 3), area=(0, 0, row - 1, last), foot=RULES)


def _band(sheet: Any, formats: Formats, row: int, text: str) -> None:
    """The heading of a code; its first column stays blank, as no rule stands there."""
    fill = formats(bold=True, bg_color="#EDEDED", border=1)
    put(sheet, row, 0, None, fill)
    merge(sheet, row, 1, row, len(_WIDTHS) - 1, text, fill)


def _line(sheet: Any, formats: Formats, row: int, line: RuleLine) -> None:
    texts = (
        line.code,
        line.level,
        line.scope,
        line.sheet,
        line.sentence,
        line.example,
        upper_first(line.force),
        line.basis,
    )
    plain = formats(text_wrap=True, border=1)
    middle = formats(text_wrap=True, border=1, align="center")
    level = formats(text_wrap=True, border=1, align="center", **_LOOKS.get(line.level, {}))
    for col, text in enumerate(texts):
        put(sheet, row, col, text, level if col == 1 else middle if col in (0, 3) else plain)
    must(sheet.set_row(row, row_height(zip(texts, _WIDTHS, strict=True))), RULES)
