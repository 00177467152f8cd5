"""Where the tasks of the plan stand: by the days that the office keeps in the register, and by what the returns say.

A task is of a year, so the returns are asked from the beginning of that year to the end of the period.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from dvk_reports.figures.definitions import figure_in
from dvk_reports.figures.ledger import Ledger
from dvk_reports.figures.lines import head_of
from dvk_reports.model.figures import Figure
from dvk_reports.model.periods import Period, by_year
from dvk_reports.model.task_progress import TaskProgress, TaskState
from dvk_reports.plan.register.entries import PlannedTask
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.numbers import show_number, show_percent


def task_progress(ledger: Ledger) -> tuple[TaskProgress, ...]:
    """The tasks of the years of the period, in the order of the register."""
    found: list[TaskProgress] = []
    for part in by_year(ledger.period):
        there = replace(ledger, period=part)
        year = replace(ledger, period=Period(part.key, there.window or part.quarters))
        tasks = [task for task in ledger.register.tasks if task.year == part.year]
        found += [_of_task(task, ledger.office.day, list(_figures(year, task.code))) for task in tasks]
    return tuple(found)


def _figures(ledger: Ledger, task: str) -> Iterator[Figure]:
    """The figures that the plan counts to a task."""
    for code, spec in ledger.plan.figure_specs.items():
        if any(place.nhiem_vu == task for place in spec.noi):
            inside = figure_in(ledger, code)
            if inside is not None:
                yield head_of(inside)


def _of_task(task: PlannedTask, day: date, figures: Sequence[Figure]) -> TaskProgress:
    state, remark = _state(task, day, figures)
    return TaskProgress(
        code=task.code,
        year=task.year,
        text=task.text,
        lead=task.lead,
        with_=task.with_,
        due=task.due,
        state=state,
        told="; ".join(_told(figure) for figure in figures),
        estimate=task.estimate,
        spent=task.spent,
        remark="; ".join(part for part in (remark, task.note) if part),
        overdue=state is TaskState.LATE and (task.done is None or task.done > day),
    )


def _state(task: PlannedTask, day: date, figures: Sequence[Figure]) -> tuple[TaskState, str]:
    """A task that nothing is said of has not begun only where the office has set its first day and it is past."""
    done = task.done if task.done is not None and task.done <= day else None
    if done is not None:
        return (TaskState.ON_TIME if done <= task.due else TaskState.LATE), f"hoàn thành ngày {show_date_prose(done)}"
    if day > task.due:
        return TaskState.LATE, "quá hạn, danh mục chưa ghi nhận hoàn thành"
    if task.begun is not None and task.begun <= day:
        return TaskState.UNDER_WAY, f"bắt đầu ngày {show_date_prose(task.begun)}"
    if any(figure.value for figure in figures):
        return TaskState.UNDER_WAY, ""
    known = all(figure.value is not None and not figure.partial for figure in figures)
    if known and task.since is not None and task.since <= day:
        return TaskState.NOT_BEGUN, f"theo danh mục bắt đầu từ ngày {show_date_prose(task.since)}"
    return TaskState.NOT_DUE, ""


def _told(figure: Figure) -> str:
    """“Số lớp bồi dưỡng, tập huấn: 12 lớp (57/60)”."""
    value = figure.value
    covered = f" ({figure.reported}/{figure.owed})" if figure.owed else ""
    if value is None:
        return f"{figure.name}: chưa có số liệu{covered}"
    shown = show_percent(value) if figure.ratio else f"{show_number(value)} {figure.unit_of_measure}"
    return f"{figure.name}: {shown}{covered}"
