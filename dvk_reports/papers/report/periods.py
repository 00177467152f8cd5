"""How the period of a report is named, what follows it, and which length of report it gets."""

from __future__ import annotations

from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.periods import Period, Quarter

LATER = "thời gian tới"
_MONTHS = {"6T": "sau_thang", "9T": "chin_thang"}


def next_quarters(period: Period) -> tuple[Quarter, ...]:
    """The quarters of the period that follows: after 6T the other half of the year, after a year the next one."""
    count = len(period.quarters) if period.key.endswith("6T") or period.key.isdigit() else 1
    found = [period.last.next]
    while len(found) < count:
        found.append(found[-1].next)
    return tuple(found)


def period_title(period: Period) -> str:
    """As it is written in a paper: “quý III năm 2023”, “6 tháng đầu năm 2023”, “năm 2023”."""
    if len(period.quarters) == 1:
        return period.last.title
    if ".." in period.key:
        return f"từ {period.quarters[0].title} đến {period.last.title}"
    months = {2: "6 tháng đầu ", 3: "9 tháng đầu "}.get(len(period.quarters), "")
    return f"{months}năm {period.year}"


def next_title(period: Period, plan: Plan) -> str:
    """The period that the tasks ahead are for; no name for one beyond the plan or after a range."""
    following = next_quarters(period)
    if ".." in period.key or following[0] > plan.last_quarter:
        return LATER
    if period.key.endswith("6T"):
        return f"6 tháng cuối năm {period.year}"
    return f"năm {following[0].year}" if len(following) > 1 else following[0].title


def stocktaking(period: Period, plan: Plan) -> str:
    """ "sơ kết" for a range of quarters, "tổng kết" for one up to the end of the plan, "" for a regular report."""
    if ".." not in period.key:
        return ""
    return "tổng kết" if period.last == plan.last_quarter else "sơ kết"


def subject(period: Period, plan: Plan, edition: str = "") -> str:
    """``edition``: “bổ sung lần 2”, for a later edition of a closed quarter."""
    what = stocktaking(period, plan) or "kết quả thực hiện"
    said = f" ({edition})" if edition else ""
    return (
        f"{what} Phong trào “Dân vận khéo” {period_title(period)}{said}, nhiệm vụ trọng tâm {next_title(period, plan)}"
    )


def length_kind(period: Period, plan: Plan) -> str:
    """The name of its length in ``do_dai`` of documents.yaml."""
    told = stocktaking(period, plan)
    if told:
        return "tong_ket" if told == "tổng kết" else "so_ket"
    if len(period.quarters) == 1:
        return "quy"
    return _MONTHS.get(period.key[-2:], "nam")
