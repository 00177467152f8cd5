"""Rules on recognitions of models and people (B9a)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dvk_reports.checks.context import Case
from dvk_reports.messages.returns import Msg
from dvk_reports.model.findings import Finding
from dvk_reports.plan.book.registry import check
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.lookups import code_key, last_reviews
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.numbers import show_number


@check("K11")
def decision_in_year(case: Case) -> Iterator[Finding]:
    """K11 (Cảnh báo): quyết định công nhận từ 16/10 năm trước đến 15/10 của năm xét (Kế hoạch, mục III.5)."""
    last_day = case.quarter.last_day
    for row in case.rows(SheetRole.RECOGNITIONS):
        day, year = row.day("ngay_qd"), row.number_of("nam_xet")
        if day is None or year is None or not 2000 <= year <= 2100:
            continue
        first = case.plan.month_day("nam_cong_nhan_tu", last_day, int(year) - 1)
        last = case.plan.month_day("nam_cong_nhan_den", last_day, int(year))
        if not first <= day <= last:
            tu, den = show_date(first), show_date(last)
            yield case.about(Msg.DECISION_OUTSIDE, row, "ngay_qd", tu=tu, den=den, nam=int(year))


@check("K14")
def all_recognised_and_high(case: Case) -> Iterator[Finding]:
    """K14 (Ghi chú): đăng ký bao nhiêu công nhận bấy nhiêu và tất cả Hiệu quả cao: nên xem lại việc đánh giá."""
    active = [
        code_key(row.text("ma_mo_hinh"))
        for row in case.rows(SheetRole.MODELS)
        if case.plays(row, "trang_thai", LabelRole.ACTIVE)
    ]
    recognised = {
        code_key(row.text("ma_mo_hinh"))
        for row in case.rows(SheetRole.RECOGNITIONS)
        if case.plays(row, "ket_qua", LabelRole.MODEL_RECOGNISED)
    }
    latest = last_reviews(case.plan, case.rows(SheetRole.REVIEWS))
    if not active or not all(code and code in recognised and code in latest for code in active):
        return
    if all(case.plays(row, "xep_loai", LabelRole.HIGH) for row in latest.values()):
        yield case.about(Msg.ALL_HIGH, latest[active[0]], "xep_loai", so=show_number(Decimal(len(active))))
