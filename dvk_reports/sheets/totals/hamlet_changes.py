"""Sheet ``Thay đổi thôn``: what the units tell of changed thôn, and the lines to write in the register."""

from __future__ import annotations

from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.sheets.base.pages import CENTRE, WARNED, WRAP, Column, Ground, Page, Shown

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


def write_hamlet_changes(ground: Ground) -> None:
    """Nothing where no unit tells of a change."""
    if not ground.data.hamlets:
        return
    remark = "Danh mục do cơ quan giữ: ghi các dòng đề xuất vào danh-muc.xlsx, trang Thôn, rồi tổng hợp lại."
    cell = Column("o", f"Ô (biểu {ground.plan.sheet(SheetRole.HAMLET_CHANGES)})", 8, CENTRE)
    page = Page(ground, NAME, [*_COLUMNS, cell], f"Thay đổi thôn, tổ dân phố - {ground.title}", [remark])
    for item in ground.data.hamlets:
        page.line(
            [
                item.unit,
                ground.name_of(item.unit),
                item.kind,
                item.old,
                item.new,
                item.decision,
                item.since,
                Shown(item.state, {**WRAP, **({} if item.state == _DONE else WARNED)}),
                "\n".join(item.steps),
                item.at.file,
                item.at.a1,
            ]
        )
    page.close()
