"""Sheet ``Tiến độ nhiệm vụ``: the tasks of the plan as the office follows them, and what the returns say of them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from dvk_reports.model.task_progress import TaskProgress, TaskState
from dvk_reports.plan.register.sheets import TASKS as OF_REGISTER
from dvk_reports.sheets.base.looks import BAD, CENTRE, GOOD, RIGHT, WARNED, WRAP
from dvk_reports.sheets.base.pages import Column, Page, PageLayout, StyledValue
from dvk_reports.sheets.totals.context import PROGRESS, TotalsContext
from dvk_reports.vietnamese.dates import show_date

_COLUMNS = (
    Column("ma_nv", "Mã", 8),
    Column("nam", "Năm", 7, {**CENTRE, "num_format": "0"}),
    Column("noi_dung", "Nhiệm vụ", 36, WRAP),
    Column("chu_tri", "Cơ quan chủ trì", 26, WRAP),
    Column("phoi_hop", "Cơ quan phối hợp", 34, WRAP),
    Column("han", "Hạn hoàn thành", 12, CENTRE),
    Column("trang_thai", "Trạng thái", 15, CENTRE),
    Column("so_lieu", "Số liệu từ đầu năm, kèm số đơn vị được tính (n/N)", 52, WRAP),
    Column("du_toan", "Dự toán (triệu đồng)", 11, RIGHT),
    Column("thuc_hien", "Thực hiện (triệu đồng)", 11, RIGHT),
    Column("ghi_chu", "Ghi chú", 30, WRAP),
)
_LOOKS: Mapping[TaskState, Mapping[str, Any]] = {
    TaskState.ON_TIME: GOOD,
    TaskState.LATE: BAD,
    TaskState.NOT_BEGUN: WARNED,
}


def write_progress(context: TotalsContext) -> None:
    """One line for each task and year that the register keeps, the years of the period alone."""
    remarks = (
        f"Trạng thái ngày {show_date(context.data.as_of)}, theo hạn, ngày bắt đầu, ngày hoàn thành ghi ở trang "
        f"“{OF_REGISTER}” của danh mục và số liệu các đơn vị báo cáo.",
        "",
    )
    layout = PageLayout(frozen=3, numbered=True)
    page = Page(context, PROGRESS, _COLUMNS, f"Tiến độ nhiệm vụ - {context.title}", remarks, layout)
    for year, tasks in groupby(context.data.tasks, key=lambda task: task.year):
        page.band(f"Năm {year}")
        for task in tasks:
            page.line(_cells(task))
    if not context.data.tasks:
        page.remark(f"Trang “{OF_REGISTER}” của danh mục chưa có nhiệm vụ nào của năm này.")
    page.close()


def _cells(task: TaskProgress) -> list[object]:
    return [
        task.code,
        task.year,
        task.text,
        task.lead,
        task.with_,
        task.due,
        StyledValue(task.state.value, WARNED if task.overdue else _LOOKS.get(task.state, {})),
        task.told,
        task.estimate,
        task.spent,
        task.remark,
    ]
