"""Where the tasks of the plan stand: by the days in the register, and by what the returns say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dvk_reports.figures.task_progress import task_progress
from dvk_reports.model.returns import Return
from dvk_reports.model.task_progress import TaskProgress
from dvk_reports.model.values import Cell
from dvk_reports.plan.register.entries import PlannedTask
from tests.support.build import b5, form, ledger, office, unit, used

BDV = unit("CQ-BDV", "BXD", agency=True)
CLASS = b5("| ten_lop | ngay_tu |\n| Lớp 1 | {} |")
NONE = {"BIA": "khong_phat_sinh_b5: Có", "B5": "| ten_lop |"}


def planned(code: str = "III.1", year: int = 2023, **days: date | None) -> PlannedTask:
    at = Cell("danh-muc.xlsx", "Nhiệm vụ kế hoạch", 3, 1)
    task = PlannedTask(
        code, year, "Tập huấn", "Ban A", "", None, date(year, 12, 31), Decimal(20), None, None, None, "", at
    )
    return replace(task, **days)


def progress(
    *tasks: PlannedTask, period: str = "2023-Q3", as_of: date = date(2023, 10, 12), returns: Sequence[Return] = ()
) -> tuple[TaskProgress, ...]:
    register = replace(office(BDV), tasks=tasks)
    return task_progress(ledger(register, period, [used(item) for item in returns], as_of=as_of))


def held(day: str, period: str = "2023-Q3") -> Return:
    return form(BDV, period, {"B5": CLASS.format(day)})


@pytest.mark.parametrize(
    ("days", "state", "remark"),
    [
        ({"done": date(2023, 9, 1), "due": date(2023, 9, 1)}, "Đúng hạn", "hoàn thành ngày 01/9/2023"),
        ({"done": date(2023, 9, 2), "due": date(2023, 9, 1)}, "Chậm", "hoàn thành ngày 02/9/2023"),
        ({"due": date(2023, 10, 11)}, "Chậm", "quá hạn, danh mục chưa ghi nhận hoàn thành"),
        ({"due": date(2023, 10, 12)}, "Chưa đến hạn", ""),  # the last day is not over
        ({"done": date(2023, 10, 20), "due": date(2023, 10, 11)}, "Chậm", "quá hạn, danh mục chưa ghi nhận hoàn thành"),
        ({"begun": date(2023, 2, 1)}, "Đang thực hiện", "bắt đầu ngày 01/02/2023"),
        ({"begun": date(2023, 11, 1)}, "Chưa đến hạn", ""),  # what is to come does not count yet
        ({"since": date(2023, 1, 5)}, "Chưa đến hạn", ""),  # nobody has reported: not known that nothing was done
        ({}, "Chưa đến hạn", ""),
    ],
)
def test_the_days_of_the_register_say_where_a_task_stands(days: dict[str, date], state: str, remark: str) -> None:
    (task,) = progress(planned(**days))
    assert (task.state.value, task.remark) == (state, remark)
    assert task.overdue is remark.startswith("quá hạn")


def test_a_class_in_a_return_is_work_on_the_task() -> None:
    (task,) = progress(planned(), returns=[held("05/09/2023")])
    assert task.state.value == "Đang thực hiện"
    assert "Số lớp bồi dưỡng, tập huấn: 1 lớp (1/1)" in task.told


def test_work_of_an_earlier_quarter_of_the_year_counts_and_that_of_another_year_does_not() -> None:
    """A task is of a year; the class of the year before is told of in the task of that year."""
    returns = [held("05/11/2022", "2022-Q4"), held("06/02/2023", "2023-Q1"), form(BDV, "2023-Q2", NONE)]
    (task,) = progress(planned(), period="2023-Q2", returns=returns)
    assert "Số lớp bồi dưỡng, tập huấn: 1 lớp (1/1)" in task.told
    two = progress(planned(year=2022), planned(), planned(year=2024), period="2022-Q4..2023-Q2", returns=returns)
    assert [(task.year, task.state.value) for task in two] == [(2022, "Chậm"), (2023, "Đang thực hiện")]
    assert all("1 lớp" in task.told for task in two)


def test_not_begun_is_said_where_the_day_of_beginning_is_past_and_every_return_says_nothing_was_done() -> None:
    nothing = [form(BDV, "2023-Q3", NONE)]
    assert [task.state.value for task in progress(planned(since=date(2023, 1, 5)), returns=nothing)] == ["Chưa bắt đầu"]
    assert [task.state.value for task in progress(planned(), returns=nothing)] == ["Chưa đến hạn"]
    assert [task.state.value for task in progress(planned(since=date(2023, 11, 1)), returns=nothing)] == [
        "Chưa đến hạn"
    ]
