"""Rules on reviews of models (B3)."""

from __future__ import annotations

from collections.abc import Iterator

from dvk_reports.checks.context import Case
from dvk_reports.messages.returns import Msg
from dvk_reports.model.findings import Finding
from dvk_reports.plan.book.registry import check
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.lookups import code_key, last_reviews


@check("K02")
def replication_written(case: Case) -> Iterator[Finding]:
    """K02 (Cảnh báo): kiến nghị Nhân rộng thì phải có dòng ở biểu B3b."""
    if case.unread(SheetRole.REPLICATIONS):
        return
    replicated = {code_key(row.text("ma_mo_hinh")) for row in case.rows(SheetRole.REPLICATIONS)}
    if not replicated <= case.own_codes:
        return  # a row there names no model of this unit, which is said: it may be the one that is missing
    for row in case.rows(SheetRole.REVIEWS):
        code = row.text("ma_mo_hinh")
        missing = code_key(code) in case.own_codes and code_key(code) not in replicated
        if code and missing and case.plays(row, "kien_nghi", LabelRole.REPLICATE):
            yield case.about(Msg.NO_REPLICATION, row, "kien_nghi", ma=code)


@check("K24")
def earlier_reviews(case: Case) -> Iterator[Finding]:
    """K24 (Cảnh báo): số đóng góp ở lần đánh giá không phải cuối cùng của quý thì không cộng."""
    latest = last_reviews(case.plan, case.rows(SheetRole.REVIEWS))
    for row in case.rows(SheetRole.REVIEWS):
        last = latest.get(code_key(row.text("ma_mo_hinh")))
        if last is None or last.number == row.number:
            continue
        for key in ("m2_dat", "ngay_cong", "tien_xhh", "km_duong"):
            if row.number_of(key):
                yield case.about(Msg.SECOND_REVIEW, row, key, ma=row.text("ma_mo_hinh"), dong=last.number)
                break
