"""What follows the period of a report, how the period is called, and which kind of report it gets."""

from __future__ import annotations

from datetime import date

from dvk_reports.model.periods import ROMAN, Period, Quarter
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


def in_period(period: Period) -> str:
    """ "trong quý", "trong 6 tháng đầu năm", "trong năm", "trong giai đoạn"."""
    if period.is_range:
        return "trong giai đoạn"
    lengths = {"quy": "quý", "sau_thang": "6 tháng đầu năm", "chin_thang": "9 tháng đầu năm"}
    return f"trong {lengths.get(_length(period), 'năm')}"


def end_of(period: Period) -> str:
    """The end of a period in few words: "quý III", "tháng 6", "năm 2023"."""
    if period.is_range:
        return period.last.title
    if _length(period) == "nam":
        return f"năm {period.year}"
    return f"quý {ROMAN[period.last.number]}" if len(period.quarters) == 1 else f"tháng {3 * period.last.number}"


def report_kind(period: Period, plan: Plan, day: date) -> ReportKind:
    """The kind of report, as ``do_dai`` of documents.yaml names it.

    A range that ends with the last quarter before the month of an award round is the report of that round
    (``giai_doan``); another is a sơ kết, and a tổng kết where it goes to the end of the plan.
    """
    if not period.is_range:
        return _length(period)
    rounds = {entry.ma: entry for entry in plan.awards.dot}
    for stage in plan.documents.giai_doan:
        held = rounds[stage.dot].tu_ngay
        if stage.tu_ngay <= day and period.last.next.first_day <= held <= period.last.next.last_day:
            return stage.ky
    return "tong_ket" if period.last == plan.last_quarter else "so_ket"


def _length(period: Period) -> ReportKind:
    """Of a period that is no range."""
    if len(period.quarters) == 1:
        return "quy"
    if period.key.endswith("6T"):
        return "sau_thang"
    return "chin_thang" if period.key.endswith("9T") else "nam"
