"""Rows of sheet ``Nhiệm vụ kế hoạch`` that a new register begins with: each task of the plan in each of its years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from dvk_reports.plan.book.rulebook import Dated, Plan, Task, in_force
from dvk_reports.vietnamese.dates import show_date_prose


def task_rows(plan: Plan) -> tuple[Mapping[str, object], ...]:
    """One row for each task and year, in the order of the years; a missing key is a blank cell."""
    years = range(plan.first_quarter.year, plan.last_quarter.year + 1)
    return tuple(_row(task, year) for year in years for task in plan.info.nhiem_vu if year in (task.nam or years))


def _row(task: Task, year: int) -> Mapping[str, object]:
    row: dict[str, object] = {
        "ma_nv": task.ma,
        "nam": year,
        "noi_dung": task.ten,
        "chu_tri": _bodies(task.chu_tri, year),
        "phoi_hop": _bodies(task.phoi_hop, year) or None,
        "ghi_chu": task.can_cu,
    }
    if task.han:
        day, month = in_force("han", task.han, date(year, 12, 31)).gia_tri.split("/")
        row["han"] = date(year, int(month), int(day))
    return row


def _bodies(series: Sequence[Dated], year: int) -> str:
    """Who it is in a year: where that changes inside the year, each with the last day of those before."""
    return "; ".join(_within(sorted(series, key=lambda entry: entry.tu_ngay), date(year, 1, 1), date(year, 12, 31)))


def _within(series: Sequence[Dated], first: date, last: date) -> Iterator[str]:
    for number, entry in enumerate(series):
        until = series[number + 1].tu_ngay - timedelta(days=1) if number + 1 < len(series) else date.max
        if entry.tu_ngay <= last and until >= first:
            yield entry.gia_tri if until >= last else f"{entry.gia_tri} (đến {show_date_prose(until)})"
