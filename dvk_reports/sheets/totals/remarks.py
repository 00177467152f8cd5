"""Sheet ``Nhận xét``: what the office, and the levels below, say of the numbers; only there where somebody does."""

from __future__ import annotations

from dvk_reports.sheets.base.looks import CENTRE, GREY, WRAP
from dvk_reports.sheets.base.pages import Column, Page
from dvk_reports.sheets.totals.context import TotalsContext

NAME = "Nhận xét"
_COLUMNS = (
    Column("ky", "Kỳ", 10, CENTRE),
    Column("ma_don_vi", "Mã đơn vị", 17),
    Column("ten_don_vi", "Tên đơn vị", 32, WRAP),
    Column("sheet", "Biểu", 8, CENTRE),
    Column("chi_tieu", "Chỉ tiêu", 9, CENTRE),
    Column("noi_dung", "Nội dung nhận xét", 60, WRAP),
    Column("nguoi", "Người nhận xét", 24, WRAP),
    Column("ngay", "Ngày", 12, CENTRE),
    Column("nguon", "Sổ gửi lên", 26, {"font_color": GREY, **WRAP}),
)


def write_remarks(context: TotalsContext) -> None:
    """The sheet travels with the workbook to the level above; nothing where nobody remarks anything."""
    if not context.data.remarks:
        return
    remarks = [
        "Nhận xét đi kèm số liệu, không làm thay đổi số nào. Nhận xét của cơ quan ghi ở trang Nhận xét của danh mục; "
        "cột “Sổ gửi lên” để trống."
    ]
    page = Page(context, NAME, _COLUMNS, f"Nhận xét - {context.title}", remarks)
    for remark in context.data.remarks:
        page.line(
            [
                remark.period,
                remark.unit or None,
                context.name_of(remark.unit) if remark.unit else None,
                remark.sheet or None,
                remark.figure or None,
                remark.text,
                remark.by,
                remark.day,
                remark.source or None,
            ]
        )
    page.close()
