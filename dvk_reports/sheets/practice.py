"""``bai-tap.xlsx``: the tasks of a practice workspace on the first sheet, their answers on the second."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.practice import Practice
from dvk_reports.sheets.base.book import Formats, close_book, merge, must, new_book, page, put, row_height, widths
from dvk_reports.vietnamese.dates import show_date

TASKS = "bai-tap.xlsx"
_FIRST, _SECOND = "Bài tập", "Đáp án"
_HEAD_FILL = "#D9E2F3"


def tasks_bytes(plan: Plan, practice: Practice) -> bytes:
    """The workbook; the same text gives the same bytes."""
    tasks = practice.bai_tap
    how = (
        f"Kỳ {practice.ky}, làm như vào ngày {show_date(practice.ngay)}: thêm --as-of {practice.ngay.isoformat()} vào "
        f"mỗi lệnh. Làm lần lượt từ trên xuống, ghi câu trả lời vào cột cuối, rồi so với trang “{_SECOND}”."
    )
    target = io.BytesIO()
    book = new_book(target)
    formats = Formats(book)
    said = [*practice.loi_dau, how]
    doing = [(number, task.viec, task.hoi, None) for number, task in enumerate(tasks, 1)]
    _draw(book, formats, _FIRST, said, ("TT", "Việc làm", "Câu hỏi", "Câu trả lời của tôi"), doing)
    answers = [(number, task.hoi, task.dap, task.o_dau) for number, task in enumerate(tasks, 1)]
    _draw(book, formats, _SECOND, [plan.info.ten], ("TT", "Câu hỏi", "Đáp án", "Xem ở đâu"), answers)
    close_book(book, TASKS)
    return target.getvalue()


def other_sheet(name: str, rows: Sequence[Sequence[object]]) -> bytes:
    """A workbook that is no form, as somebody sends it by mistake."""
    target = io.BytesIO()
    book = new_book(target)
    sheet = book.add_worksheet()
    for row, values in enumerate(rows):
        for col, value in enumerate(values):
            put(sheet, row, col, value)
    close_book(book, name)
    return target.getvalue()


def _draw(
    book: Any,
    formats: Formats,
    name: str,
    said: Sequence[str],
    heads: Sequence[str],
    lines: Sequence[Sequence[object]],
) -> None:
    sizes = (5, 64, 54, 46)
    sheet = book.add_worksheet(name)
    widths(sheet, sizes)
    merge(sheet, 0, 0, 0, len(heads) - 1, name.upper(), formats(bold=True, font_size=14, align="center"))
    row = 1
    for text in said:
        merge(sheet, row, 0, row, len(heads) - 1, text, formats(text_wrap=True, italic=True))
        must(sheet.set_row(row, row_height([(text, sum(sizes))])), name)
        row += 1
    top = row
    head = formats(bold=True, text_wrap=True, align="center", valign="vcenter", border=1, bg_color=_HEAD_FILL)
    for col, text in enumerate(heads):
        put(sheet, row, col, text, head)
    plain, middle = formats(text_wrap=True, border=1), formats(border=1, align="center")
    for values in lines:
        row += 1
        for col, value in enumerate(values):
            put(sheet, row, col, value, middle if col == 0 else plain)
        texts = [(str(value or ""), size) for value, size in zip(values, sizes, strict=True)]
        must(sheet.set_row(row, row_height(texts)), name)
    sheet.freeze_panes(top + 1, 0)
    page(sheet, head=(top, top), area=(0, 0, row, len(heads) - 1), foot=name)
