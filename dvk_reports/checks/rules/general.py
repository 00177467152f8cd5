"""Rules on the general numbers of a return (B1)."""

from __future__ import annotations

from collections.abc import Iterator

from dvk_reports.checks.context import Case
from dvk_reports.messages.returns import Msg
from dvk_reports.model.findings import Finding
from dvk_reports.plan.book.registry import check
from dvk_reports.plan.book.roles import SheetRole


@check("K02")
def nil_without_plan(case: Case) -> Iterator[Finding]:
    """K02 (Cảnh báo): báo cáo Không phát sinh để trống cả ba ô kế hoạch và không có kỳ trước: chưa tính ở MT1.1."""
    row = case.answers(SheetRole.GENERAL)
    keys = ("so_ke_hoach", "ngay_ke_hoach", "ke_hoach_con_hieu_luc")
    if not case.nil or row is None or not all(key in row.values and row.values[key].blank for key in keys):
        return
    carried = case.carried(SheetRole.GENERAL) or ()
    if not any(case.past.sure(old, key) for old in carried for key in keys):
        yield case.about(Msg.NIL_SNAPSHOT, row, "so_ke_hoach", stop=False)
