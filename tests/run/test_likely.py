"""The period that is offered where only Enter has to be pressed."""

from datetime import date

import pytest

from dvk_reports.run.likely import likely_forms, likely_returns, likely_round
from tests.support.small_space import made


def holds(folder):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "x.xlsx").write_bytes(b"x")


@pytest.mark.parametrize(
    ("day", "sent", "offered"),
    [
        ((2023, 9, 30), (), "2023-Q3"),
        ((2023, 10, 10), (), "2023-Q3"),  # the last day on which it is in time
        ((2023, 10, 10), ("2023-Q3",), "2023-Q4"),  # its forms are out
        ((2023, 10, 11), (), "2023-Q4"),
        ((2023, 7, 2), (), "2023-Q3"),  # no day of a deadline for II/2023
        ((2021, 5, 1), (), "2022-Q2"),  # before the plan
        ((2027, 5, 1), (), "2025-Q4"),  # after it
    ],
)
def test_quarter_of_the_forms(tmp_path, day, sent, offered):
    space = made(tmp_path / "làm việc")
    for quarter in sent:
        holds(space.outgoing(quarter))
    assert likely_forms(space, date(*day)) == offered


@pytest.mark.parametrize(
    ("day", "came", "offered"),
    [
        ((2023, 10, 12), (), "2023-Q3"),
        ((2023, 12, 31), ("2023-Q3",), "2023-Q3"),
        ((2023, 12, 31), ("2023-Q3", "2023-Q4"), "2023-Q4"),  # the first returns are early
        ((2024, 1, 1), ("2023-Q3",), "2023-Q4"),
        ((2022, 4, 1), (), "2022-Q2"),
        ((2027, 5, 1), (), "2025-Q4"),
    ],
)
def test_quarter_of_the_returns(tmp_path, day, came, offered):
    space = made(tmp_path / "làm việc")
    for quarter in came:
        holds(space.received(quarter))
    assert likely_returns(space, date(*day)) == offered


@pytest.mark.parametrize(
    ("day", "offered"),
    [((2022, 5, 1), "2023-10"), ((2024, 9, 30), "2023-10"), ((2024, 10, 2), "2025-10"), ((2026, 5, 1), "2025-10")],
)
def test_round(tmp_path, day, offered):
    assert likely_round(made(tmp_path / "làm việc"), date(*day)) == offered
