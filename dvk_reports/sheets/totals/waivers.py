"""Sheet ``Miễn trừ``: every waiver of the register, and whether it was used in this period."""

from __future__ import annotations

from dvk_reports.model.findings import EXPIRED, HOLD_OUT, WAIVE, WAIVED
from dvk_reports.sheets.base.looks import CENTRE, GREY, WRAP
from dvk_reports.sheets.base.pages import Column, Page, StyledValue
from dvk_reports.sheets.totals.context import TotalsContext

NAME = "Miễn trừ"
_COLUMNS = (
    Column("ma_loi", "Mã lỗi", 9, CENTRE),
    Column("ma_don_vi", "Mã đơn vị", 17),
    Column("ky", "Kỳ", 10, CENTRE),
    Column("sheet", "Biểu", 8, CENTRE),
    Column("khoa", "Khóa dòng", 22, WRAP),
    Column("ly_do", "Lý do", 44, WRAP),
    Column("nguoi_duyet", "Người duyệt", 22, WRAP),
    Column("ngay", "Ngày", 12, CENTRE),
    Column("den_ngay", "Hiệu lực đến", 12, CENTRE),
    Column("trang_thai", "Trạng thái", 14, CENTRE),
    Column("muc", "Mức", 13, CENTRE),
)
_LOOKS = {WAIVED: {**CENTRE, "bold": True}, EXPIRED: {**CENTRE, "font_color": GREY, "italic": True}}


def write_waivers(context: TotalsContext) -> None:
    """A used line has turned at least one finding of this period into a Ghi chú, or has kept its value out."""
    remarks = [
        "Miễn trừ ghi ở trang Miễn trừ của danh mục. “Đã dùng”: đã cho qua ít nhất một lỗi, hoặc để ít nhất một giá "
        "trị ngoài số liệu (mức “Không tính”), ở kỳ này."
    ]
    page = Page(context, NAME, _COLUMNS, f"Miễn trừ - {context.title}", remarks)
    for use in context.data.waivers:
        waiver = use.waiver
        page.line(
            [
                waiver.code,
                waiver.unit or None,
                waiver.period or None,
                waiver.sheet or None,
                waiver.subject or None,
                waiver.reason,
                waiver.approver,
                waiver.since,
                waiver.until,
                StyledValue(use.state, _LOOKS.get(use.state, CENTRE)),
                HOLD_OUT if waiver.held_out else WAIVE,
            ]
        )
    if not context.data.waivers:
        page.remark("Danh mục không có miễn trừ nào.")
    page.close()
