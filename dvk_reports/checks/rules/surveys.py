"""Rules on surveys of satisfaction (B8)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dvk_reports.checks.context import Case
from dvk_reports.messages.returns import Msg
from dvk_reports.model.findings import Finding
from dvk_reports.model.values import Row
from dvk_reports.plan.book.registry import check
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import decimal_of
from dvk_reports.vietnamese.numbers import show_number, show_percent

_OPINIONS = ("ch_rat_hl", "ch_hl", "ch_bt", "ch_khl", "ch_rat_khl")
"""The five opinions on the whole; the first two are satisfied."""


@check("K15")
def survey_doubts(case: Case) -> Iterator[Finding]:
    """K15 (Ghi chú): hài lòng từ 99% trở lên, hoặc dưới 30 phiếu hợp lệ."""
    day = case.quarter.last_day
    high = decimal_of(case.plan.value("hai_long_cao_bat_thuong", day))
    least = decimal_of(case.plan.value("phieu_toi_thieu", day))
    for row in case.rows(SheetRole.SURVEYS):
        valid = row.number_of("phieu_hop_le")
        if valid is not None and valid < least:
            yield case.about(Msg.SMALL_SAMPLE, row, "phieu_hop_le", so=show_number(least))
        counts = _counts(row)
        if sum(counts) > 0 and counts[0] + counts[1] >= high * sum(counts):
            ty_le = show_percent(counts[0] + counts[1], sum(counts, Decimal(0)))
            yield case.about(Msg.SATISFIED, row, "ch_rat_hl", ty_le=ty_le)


def _counts(row: Row) -> list[Decimal]:
    """The five opinions on the whole; none where one of them is not known."""
    counts = [row.number_of(key) for key in _OPINIONS]
    known = [count for count in counts if count is not None]
    return known if len(known) == len(counts) else []
