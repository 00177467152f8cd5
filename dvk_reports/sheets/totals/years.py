"""Sheet ``Mục tiêu theo năm`` of a range over several years: the targets and the figures of the year, year by year.

Each line is what the longest period of that year inside the range says of itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from dvk_reports.model.figures import Figure
from dvk_reports.model.periods import Period, parse_period
from dvk_reports.sheets.base.book import WHOLE
from dvk_reports.sheets.base.looks import CENTRE, GREY, RIGHT, VERDICTS, WARNED, WRAP
from dvk_reports.sheets.base.pages import Column, Page, PageLayout, StyledValue, number_cell
from dvk_reports.sheets.totals.context import YEARS, TotalsContext
from dvk_reports.sheets.totals.figures import goal_format
from dvk_reports.vietnamese.text import upper_first

_COUNT = {**CENTRE, "num_format": WHOLE}
_COLUMNS = (
    Column("nam", "Năm", 7, {**CENTRE, "num_format": "0"}),
    Column("ma", "Mã", 8),
    Column("ten", "Tên chỉ tiêu", 42, WRAP),
    Column("tu_so", "Tử số (hoặc số đếm)", 10.5, RIGHT),
    Column("mau_so", "Mẫu số", 10, RIGHT),
    Column("gia_tri", "Giá trị", 10.5, {**RIGHT, "bold": True}),
    Column("muc_tieu", "Mục tiêu", 8, RIGHT),
    Column("ket_luan", "Kết luận", 24, {"indent": 1}),
    Column("n_bao_cao", "Số đơn vị được tính (n)", 9, _COUNT),
    Column("n_phai_bao_cao", "Số đơn vị phải báo cáo (N)", 9, _COUNT),
    Column("ghi_chu", "Ghi chú", 40, WRAP),
    Column("ky", "Kỳ", 18, {"font_color": GREY}),
)


def write_years(context: TotalsContext) -> None:
    """The sheet; nothing where the run is not of several years."""
    trend = context.data.trend
    if trend is None or len(trend.years) < 2:
        return
    remarks = ("Mỗi năm theo kỳ dài nhất của năm đó nằm trong giai đoạn, như khi tổng hợp riêng kỳ ấy.", "")
    page = Page(
        context, YEARS, _COLUMNS, f"Mục tiêu theo năm - {context.title}", remarks, PageLayout(frozen=3, numbered=True)
    )
    for key, figures in trend.years:
        period = parse_period(key)
        page.band(upper_first(period.title))
        for figure in figures:
            if _is_of_the_year(context, period, figure):
                page.line(list(_cells(period, figure)))
    page.close()


def _is_of_the_year(context: TotalsContext, period: Period, figure: Figure) -> bool:
    """Every figure with a target, and every figure of the year."""
    spec = context.office.plan_of(period.last).figure_specs.get(figure.code)
    return not figure.group and spec is not None and (bool(spec.muc_tieu) or spec.ky == "trong_nam")


def _cells(period: Period, figure: Figure) -> Iterator[object]:
    yield from (period.year, figure.code, figure.name)
    yield from (number_cell(part, ratio=False) for part in (figure.numerator, figure.denominator))
    yield number_cell(figure.value, ratio=figure.ratio)
    goal = figure.target
    yield StyledValue(goal, {"num_format": goal_format(goal)} if goal is not None else {})
    yield StyledValue(figure.verdict, VERDICTS.get(figure.verdict, {}))
    partial = WARNED if figure.partial else {}
    yield from (StyledValue(count, partial) for count in (figure.reported, figure.owed))
    yield figure.note
    yield period.key
