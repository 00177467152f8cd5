"""What follows the period of a report, and which kind of report it gets."""

from __future__ import annotations

from dvk_reports.model.periods import Period, Quarter
from dvk_reports.plan.book.report_parts import ReportKind
from dvk_reports.plan.book.rulebook import Plan

LATER = "thời gian tới"


def next_quarters(period: Period) -> tuple[Quarter, ...]:
    """The quarters of the period that follows: after 6T the other half of the year, after a year the next one."""
    as_long = not period.is_range and _length(period) in ("sau_thang", "nam")
    count = len(period.quarters) if as_long else 1
    found = [period.last.next]
    while len(found) < count:
        found.append(found[-1].next)
    return tuple(found)


def next_title(period: Period, plan: Plan) -> str:
    """The period that the tasks ahead are for; no name for one beyond the plan or after a range."""
    following = next_quarters(period)
    if period.is_range or following[0] > plan.last_quarter:
        return LATER
    if _length(period) == "sau_thang":
        return f"6 tháng cuối năm {period.year}"
    return f"năm {following[0].year}" if len(following) > 1 else following[0].title


def report_kind(period: Period, plan: Plan) -> ReportKind:
    """The kind of report, as ``do_dai`` of documents.yaml names it: tổng kết is a range up to the end of the plan."""
    if period.is_range:
        return "tong_ket" if period.last == plan.last_quarter else "so_ket"
    return _length(period)


def _length(period: Period) -> ReportKind:
    """Of a period that is no range."""
    if len(period.quarters) == 1:
        return "quy"
    if period.key.endswith("6T"):
        return "sau_thang"
    return "chin_thang" if period.key.endswith("9T") else "nam"
