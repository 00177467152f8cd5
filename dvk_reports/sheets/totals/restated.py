"""Sheet ``Điều chỉnh`` of a later edition: every figure that the edition before had otherwise, and why."""

from __future__ import annotations

from dvk_reports.sheets.base.book import WHOLE, put
from dvk_reports.sheets.base.looks import CENTRE, RIGHT, WRAP
from dvk_reports.sheets.base.pages import Column, Page, PageLayout, number_cell
from dvk_reports.sheets.totals.context import TotalsContext

NAME = "Điều chỉnh"
_COUNT = {**CENTRE, "num_format": WHOLE}
_BEFORE, _NOW = "Bản trước", "Bản này"
_COLUMNS = (
    Column("ma", "Mã", 8),
    Column("nhom", "Phân tổ", 17, WRAP),
    Column("ten", "Tên chỉ tiêu", 38, WRAP),
    Column("gia_tri_truoc", "Giá trị", 12, RIGHT, _BEFORE),
    Column("n_truoc", "n", 6, _COUNT, _BEFORE),
    Column("N_truoc", "N", 6, _COUNT, _BEFORE),
    Column("gia_tri", "Giá trị", 12, {**RIGHT, "bold": True}, _NOW),
    Column("n", "n", 6, _COUNT, _NOW),
    Column("N", "N", 6, _COUNT, _NOW),
    Column("ly_do", "Lý do", 70, WRAP),
    Column("lan", "Bổ sung lần", 8, _COUNT),
    Column("don_vi_tinh", "Đơn vị tính", 11, {**CENTRE, **WRAP}),
    Column("ty_so", "Là tỷ lệ", 7, CENTRE),
)
_PRINTED = 10


def write_restated(context: TotalsContext) -> None:
    """Nothing for a first edition."""
    data = context.data
    if not data.edition:
        return
    before = f"bổ sung lần {data.edition - 1}" if data.edition > 1 else "khóa sổ lần đầu"
    remarks = [
        f"So với bản {before}. Ô trống là chưa biết, không phải là 0; n/N: số đơn vị được tính trên số đơn vị phải "
        "báo cáo.",
        "Lý do lập bản này:",
        *(f"- {reason}." for reason in data.edition_reasons),
    ]
    page = Page(
        context,
        NAME,
        _COLUMNS,
        f"Điều chỉnh số liệu, {data.edition_title} - {context.title}",
        remarks,
        PageLayout(printed=_PRINTED),
    )
    # The number of the edition for the next quarter's history, which may have no line to read it from.
    put(page.sheet, 0, len(_COLUMNS), f"ban={data.edition}", None)
    edition = data.edition
    if not any(item.edition == edition for item in data.restated):
        page.remark("Không có con số nào thay đổi.")
    for item in data.restated:
        if item.edition != edition:
            edition = item.edition
            page.band(f"Đã điều chỉnh ở bản bổ sung lần {edition}")
        page.line(
            [
                item.code,
                item.group or None,
                item.name,
                number_cell(item.value_before, ratio=item.ratio),
                item.reported_before,
                item.owed_before,
                number_cell(item.value, ratio=item.ratio),
                item.reported,
                item.owed,
                item.reason,
                item.edition,
                item.unit_of_measure,
                item.ratio,
            ]
        )
    page.close()
