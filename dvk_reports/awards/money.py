"""Money of a giấy khen: coefficient × lương cơ sở of the day of the decision, rounded up once, at the end."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, Decimal

from dvk_reports.plan.book.entries import in_force
from dvk_reports.plan.book.rulebook import Plan

UNVERIFIED = "hệ số chưa đối chiếu văn bản"


def money(plan: Plan, form: str, kind: str, day: date) -> tuple[int | None, str]:
    """(đồng, a note); None where no coefficient is in force, as for a biểu dương."""
    entry = plan.awards.coefficient(form, kind, day)
    if entry is None:
        return None, ""
    salary = in_force("luong_co_so", plan.awards.luong_co_so, day).gia_tri
    step = in_force("lam_tron_tien", plan.awards.gia_tri.lam_tron_tien, day).gia_tri
    steps = (entry.number * salary / Decimal(step)).to_integral_value(rounding=ROUND_CEILING)
    return int(steps) * step, "" if entry.da_doi_chieu else UNVERIFIED
