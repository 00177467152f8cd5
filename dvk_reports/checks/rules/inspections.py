"""Rules on inspections (B7)."""

from __future__ import annotations

from collections.abc import Iterator

from dvk_reports.checks.context import Case
from dvk_reports.messages.returns import Msg
from dvk_reports.model.findings import Finding
from dvk_reports.plan.book.registry import check
from dvk_reports.plan.book.roles import KindRole, LabelRole, SheetRole

_CHAIRED_BY = ((LabelRole.CHAIRED_BY_BOARD, KindRole.BOARD), (LabelRole.CHAIRED_BY_COMMUNE, KindRole.COMMUNE))
"""Level that chairs an inspection -> the kind of unit that reports it."""


@check("T12", needs_register=True)
def inspections_of_others(case: Case) -> Iterator[Finding]:
    """T12 (Ghi chú): cuộc kiểm tra do cấp khác chủ trì thì cấp đó kê."""
    if case.kind is None:
        return
    for row in case.rows(SheetRole.INSPECTIONS):
        if any(case.plays(row, "cap", level) and not case.plan.kind_is(case.kind, kind) for level, kind in _CHAIRED_BY):
            yield case.about(Msg.INSPECTED_ONLY, row, "cap")
