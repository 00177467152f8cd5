"""Sheets ``Chỉ tiêu``, ``Nhiệm vụ`` and ``Nguồn số liệu``: every figure, and the cells it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import TypeAlias

from dvk_reports.model.figures import Figure, Source
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.sheets.base.book import WHOLE, Sheet, cell, continued, put, put_formula
from dvk_reports.sheets.base.looks import CENTRE, GREY, LINK, RIGHT, VERDICTS, WARNED, WRAP, ratio_format
from dvk_reports.sheets.base.pages import CLOSING, ON_SCREEN, Column, Page, PageLayout, StyledValue, number_cell
from dvk_reports.sheets.totals.context import SOURCES, TARGETS, TASKS, TotalsContext
from dvk_reports.vietnamese.text import remembered

_COUNT = {**CENTRE, "num_format": WHOLE}
_COLUMNS = (
    Column("ma", "Mã", 8),
    Column("nhom", "Phân tổ", 17, WRAP),
    Column("ten", "Tên chỉ tiêu", 38, WRAP),
    Column("don_vi_tinh", "Đơn vị tính", 10.5, {**CENTRE, **WRAP}),
    Column("tu_so", "Tử số (hoặc số đếm)", 10.5, RIGHT),
    Column("mau_so", "Mẫu số", 10, RIGHT),
    Column("gia_tri", "Giá trị", 10.5, {**RIGHT, "bold": True}),
    Column("thap_nhat", "Thấp nhất", 8.5, RIGHT),
    Column("cao_nhat", "Cao nhất", 8.5, RIGHT),
    Column("muc_tieu", "Mục tiêu", 8, RIGHT),
    Column("ket_luan", "Kết luận", 24, {"indent": 1}),
    Column("n_bao_cao", "Số đơn vị được tính (n)", 9, _COUNT),
    Column("n_phai_bao_cao", "Số đơn vị phải báo cáo (N)", 9, _COUNT),
    Column("ky_truoc", "Kỳ trước", 10, RIGHT),
    Column("cung_ky", "Cùng kỳ năm trước", 10, RIGHT),
    Column("so_cung_ky", "So cùng kỳ (%)", 9, RIGHT),
    Column("luy_ke", "Lũy kế từ đầu Kế hoạch", 10.5, RIGHT),
    Column("ghi_chu", "Ghi chú", 70, {**WRAP, "font_size": 8}),
    Column("chua_co", "Đơn vị chưa được tính (mã)", 40, {"font_color": GREY}),
)
Place: TypeAlias = tuple[str, int]
"""A sheet and a row of it, counted from 0."""
_PRINTED = len(_COLUMNS) - 1
_SOURCE_REMARKS = 2
_CLAUSE = re.compile(r"mục ([IVX]+(?:\.\d+)?(?: ý \d+)?)")
_LINE = {"font_color": "#404040", "bold": False}


def write_figures(context: TotalsContext) -> None:
    """Sheets ``Chỉ tiêu`` and ``Nhiệm vụ``: each figure on the one that the plan names."""
    places = source_places(context.data.figures, context.limits.rows)
    _table(context, TARGETS, "Mục tiêu của Kế hoạch", True, places)
    _table(context, TASKS, "Nhiệm vụ, kinh phí, kết quả vận động, nộp báo cáo", False, places)


def _table(context: TotalsContext, name: str, title: str, targets: bool, places: Sequence[Place | None]) -> None:
    remarks = (
        f"Số liệu {context.title}; n/N: số đơn vị được tính trên số đơn vị phải báo cáo của từng chỉ tiêu. "
        "Ô trống là chưa biết, không phải là 0.",
        "Bấm vào mã hoặc giá trị để xem các ô làm nên con số ở trang “Nguồn số liệu”.",
    )
    page = Page(
        context,
        name,
        _COLUMNS,
        f"{title} - {context.title}",
        remarks,
        PageLayout(numbered=True, frozen=3, printed=_PRINTED),
    )
    family = ""
    for figure, place in zip(context.data.figures, places, strict=True):
        spec = context.plan.figure_specs.get(figure.code)
        if spec is None or spec.of_targets is not targets:
            continue
        if figure.code.partition(".")[0] != family:
            family = figure.code.partition(".")[0]
            page.band(heading(context.plan, family))
        page.line(list(_cells(figure, place)))
    page.close()


def heading(plan: Plan, family: str) -> str:
    """The task that a family of figures (the codes before the dot) belongs to, else the clause of its basis."""
    specs = [spec for spec in plan.figures.chi_tieu if spec.ma.partition(".")[0] == family]
    codes = {place.nhiem_vu for spec in specs if not spec.of_targets for place in spec.noi if place.nhiem_vu}
    task = next((task for task in plan.info.nhiem_vu if task.ma in codes), None)
    if task is not None:
        return f"{task.ma}. {task.ten}"
    clause = next((found[1] for spec in specs if (found := _CLAUSE.search(spec.can_cu))), "")
    return f"Mục {clause} của Kế hoạch" if clause else family


def _cells(figure: Figure, place: Place | None) -> Iterator[object]:
    look = _LINE if figure.group else {}
    link = f"internal:'{place[0]}'!{cell(place[1], 0)}" if place is not None else ""
    tip = "Xem các ô làm nên con số này"
    yield StyledValue(figure.code, {"font_color": LINK, "underline": 1} if link else {}, link, tip)
    yield figure.group
    yield StyledValue(figure.name, {"font_color": GREY} if figure.group else {"bold": True})
    yield figure.unit_of_measure
    for part in (figure.numerator, figure.denominator):
        yield number_cell(part, ratio=False)
    value = number_cell(figure.value, ratio=figure.ratio)
    yield StyledValue(value.value, {**value.props, **look}, link if figure.value is not None else "", tip)
    for part in (figure.low, figure.high):
        yield number_cell(part, ratio=True)
    goal = figure.target
    yield StyledValue(goal, {"num_format": goal_format(goal)} if goal is not None else {})
    yield StyledValue(figure.verdict, VERDICTS.get(figure.verdict, {}))
    partial = WARNED if figure.partial else {}
    yield StyledValue(figure.reported, partial)
    yield StyledValue(figure.owed, partial)
    for part in (figure.previous, figure.last_year):
        yield number_cell(part, ratio=figure.ratio)
    percent = figure.percent_of_last_year
    yield StyledValue(percent, {"num_format": "#,##0.0"} if percent is not None else {})
    yield number_cell(figure.cumulative, ratio=figure.ratio)
    yield "; ".join(part for part in (figure.note, figure.beside) if part)
    yield "; ".join(figure.missing)


def goal_format(goal: Decimal) -> str:
    """A target of 90 % is printed so, not as 90.0 %."""
    return "0%" if goal * 100 == (goal * 100).to_integral_value() else ratio_format(goal)


_SOURCE_COLUMNS = (
    Column("ma", "Mã", 9),
    Column("nhom", "Phân tổ", 20),
    Column("vao", "Vào", 10),
    Column("ma_don_vi", "Mã đơn vị", 17),
    Column("tep", "Tệp", 46),
    Column("sheet", "Biểu", 14),
    Column("o", "Ô", 9, CENTRE),
    Column("gia_tri", "Giá trị", 12, RIGHT),
    Column("ten_don_vi", "Tên đơn vị", 34, {"indent": 1}),
)
_AMOUNT = 7


def source_places(figures: Sequence[Figure], most_rows: int) -> list[Place | None]:
    """Where the first source of each figure stands; None where it has none."""
    first = Page.first_row(_SOURCE_REMARKS)
    a_sheet, before = most_rows - CLOSING - first, 0
    places: list[Place | None] = []
    for figure in figures:
        number, row = divmod(before, a_sheet)
        places.append((continued(SOURCES, number + 1), first + row) if figure.sources else None)
        before += len(figure.sources)
    return places


def write_sources(context: TotalsContext) -> None:
    """Sheet ``Nguồn số liệu``: one line per cell behind a figure, the lines of a figure together.

    It goes on in ``Nguồn số liệu (2)`` where Excel takes no more rows.
    """
    a_sheet = context.limits.rows - CLOSING - Page.first_row(_SOURCE_REMARKS)
    every = sum(len(figure.sources) for figure in context.data.figures)
    for number, start in enumerate(range(0, max(every, 1), a_sheet), 1):
        _source_sheet(context, continued(SOURCES, number), slice(start, start + a_sheet))


def _source_sheet(context: TotalsContext, name: str, part: slice) -> None:
    remarks = (
        "Mỗi dòng là một ô trong tệp của đơn vị. Lọc theo mã, phân tổ và tử số hoặc mẫu số: "
        "các dòng cộng lại bằng con số đã in.",
        ON_SCREEN,
    )
    count, total = 0, Decimal()
    for _, source in _sources(context, part):
        count, total = count + 1, total + source.amount
    first = Page.first_row(_SOURCE_REMARKS)

    def add_up(sheet: Sheet, row: int) -> None:
        # 109 leaves out the rows that the filter hides, so the clerk can re-add any figure.
        rows = f"{cell(first, _AMOUNT)}:{cell(first + count - 1, _AMOUNT)}"
        look = context.formats(bold=True, num_format="#,##0.###", align="right", font_color=GREY)
        put_formula(sheet, row, _AMOUNT, f"=SUBTOTAL(109,{rows})", float(total), look)
        label = context.formats(italic=True, align="right", font_color=GREY)
        put(sheet, row, _AMOUNT - 1, "Cộng các dòng đang hiện:", label)

    layout = PageLayout(frozen=3, on_screen=True, beside=add_up if count else None, limits=context.limits)
    page = Page(context, name, _SOURCE_COLUMNS, f"{name} - {context.title}", remarks, layout)
    name_of = remembered(context.name_of)
    for figure, source in _sources(context, part):
        where = (source.unit, source.file, source.sheet, source.cell)
        page.line((figure.code, figure.group, source.part, *where, source.amount, name_of(source.unit)))
    if not count:
        page.remark("Chưa có số liệu nào được tính.")
    page.close()


def _sources(context: TotalsContext, part: slice) -> Iterator[tuple[Figure, Source]]:
    every = ((figure, source) for figure in context.data.figures for source in figure.sources)
    return islice(every, part.start, part.stop)


def with_goal(figures: Sequence[Figure]) -> list[Figure]:
    """The figures that have a target to meet, breakdown lines left out."""
    return [figure for figure in figures if not figure.group and figure.target is not None]
