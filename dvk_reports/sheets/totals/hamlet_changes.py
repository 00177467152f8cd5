"""Sheet ``Thay đổi thôn``: what the units tell of changed thôn, and the lines to write in the register."""

from __future__ import annotations

from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.sheets.base.looks import CENTRE, WARNED, WRAP
from dvk_reports.sheets.base.pages import Column, Page, StyledValue
from dvk_reports.sheets.totals.context import TotalsContext

NAME = "Thay đổi thôn"
_COLUMNS = (
    Column("ma_don_vi", "Mã đơn vị", 17),
    Column("ten_don_vi", "Tên đơn vị", 28, WRAP),
    Column("loai_thay_doi", "Loại thay đổi", 12, WRAP),
    Column("thon_cu", "Thôn cũ", 24, WRAP),
    Column("thon_moi", "Thôn mới", 24, WRAP),
    Column("van_ban", "Nghị quyết, quyết định", 16, WRAP),
    Column("tu_ngay", "Có hiệu lực từ", 11, CENTRE),
    Column("trang_thai", "Trạng thái", 16, WRAP),
    Column("de_xuat", "Việc ghi vào danh mục", 60, WRAP),
    Column("tep", "Tệp", 28, WRAP),
)
_DONE = "Đã có trong danh mục"


def write_hamlet_changes(context: TotalsContext) -> None:
    """Nothing where no unit tells of a change."""
    if not context.data.hamlets:
        return
    remark = "Danh mục do cơ quan giữ: ghi các dòng đề xuất vào danh-muc.xlsx, trang Thôn, rồi tổng hợp lại."
    cell = Column("o", f"Ô (biểu {context.plan.sheet(SheetRole.HAMLET_CHANGES)})", 8, CENTRE)
    page = Page(context, NAME, [*_COLUMNS, cell], f"Thay đổi thôn, tổ dân phố - {context.title}", [remark])
    for item in context.data.hamlets:
        page.line(
            [
                item.unit,
                context.name_of(item.unit),
                item.kind,
                item.old,
                item.new,
                item.decision,
                item.since,
                StyledValue(item.state, {**WRAP, **({} if item.state == _DONE else WARNED)}),
                "\n".join(item.steps),
                item.at.file,
                item.at.a1,
            ]
        )
    page.close()
