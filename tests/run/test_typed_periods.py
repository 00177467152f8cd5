"""Periods and days as people type them: one reading is taken, two are refused."""

from datetime import date

import pytest
from click.testing import CliRunner

from dvk_reports.cli import dvk
from dvk_reports.cli.base import read_day
from dvk_reports.errors import PlanError
from dvk_reports.model.typed_periods import typed_period
from dvk_reports.run.plans import load_plan
from tests.support.small_space import KY

ONE_READING = {
    "2023-Q3": [
        "2023-Q3",
        "2023Q3",
        "2023-q3",
        "2023/Q3",
        "q3/2023",
        "Q3-2023",
        "q32023",
        "III/2023",
        "iii-2023",
        "2023/III",
        "Ⅲ/2023",
        "２０２３-Q3",
        "quý III/2023",
        "Quý 3 năm 2023",
        "QUÝ III NĂM 2023",
        "quy 3/2023",
        "quý III, 2023",
        " 2023 quý 3 ",
    ],
    "2023-Q4": ["IV/2023", "quý IV năm 2023"],
    "2023-6T": ["2023-6t", "2023-6T", "6T/2023", "6 tháng đầu năm 2023", "6 tháng 2023", "2023 6 tháng"],
    "2023-9T": ["9t-2023", "9 tháng đầu năm 2023"],
    "2023": ["2023", "năm 2023", "Năm 2023"],
    "2022-Q2..2023-Q3": ["2022-Q2..2023-Q3", "quý II/2022 đến quý III/2023", "2022q2…2023q3", "II/2022 .. III/2023"],
}


@pytest.mark.parametrize(("key", "typed"), [(key, one) for key, many in ONE_READING.items() for one in many])
def test_one_reading_is_taken(key, typed):
    assert typed_period(typed).key == key


@pytest.mark.parametrize(
    "typed", ["3/2023", "Q5/2023", "2023-3", "Q3", "quý", "", "23-Q3", "Q3/23", "2023-3T", "2023-2024"]
)
def test_no_reading_or_two_are_refused(typed):
    with pytest.raises(PlanError, match="không phải là kỳ báo cáo"):
        typed_period(typed)


@pytest.mark.parametrize(
    ("command", "typed", "said"),
    [
        ("consolidate", "2023-Q5", "Có phải là 2023-Q3?"),
        ("consolidate", "q3", "Có phải là 2023-Q3?"),
        ("forms", "3/2023", "Có phải là 2023-Q3?"),
        ("close", "2022-q", "Có phải là 2022-Q4?"),
        ("consolidate", "kỳ này", "Thư mục làm việc đang có: 2022-Q4, 2023-Q3."),
        ("consolidate", "2023-Q4", "Thư mục làm việc đang có: 2022-Q4, 2023-Q3."),
        (
            "forms",
            "2031-Q1",
            "của Kế hoạch (2022-Q2 - 2025-Q4). Thư mục làm việc đang có: 2022-Q4, 2023-Q3.",
        ),
        ("forms", "6T/2023", "Kỳ “6T/2023” gồm nhiều quý; biểu mẫu gửi theo từng quý, ví dụ 2023-Q2."),
        ("close", "2023", "Kỳ “2023” gồm nhiều quý; lệnh này khóa từng quý, ví dụ 2023-Q4."),
    ],
)
def test_the_period_that_was_meant_is_named(space, command, typed, said):
    space.outgoing("2022-Q4").mkdir(parents=True)
    found = CliRunner().invoke(dvk, ["-w", str(space.root), "--as-of", "12/10/2023", command, typed])
    assert (found.exit_code, found.output.strip().endswith(said)) == (2, True), found.output


@pytest.mark.parametrize("typed", ["2023-10-12", "12/10/2023", "12-10-2023", "12.10.2023", "2023/10/12"])
def test_a_day(typed):
    assert read_day(None, None, typed) == date(2023, 10, 12)  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", ["2023-10", "31/02/2023", "hôm qua", "12/10"])
def test_no_day(typed):
    found = CliRunner().invoke(dvk, ["--as-of", typed, "rules"])
    assert found.exit_code == 2
    assert "12/10/2023" in found.output


@pytest.mark.parametrize("typed", ["2023-10", "10/2023", "10-2023", "tháng 10/2023", "đợt 10/2023", "2023/10"])
def test_an_award_round(typed):
    assert load_plan().round(typed).ma == "2023-10"


def test_the_command_takes_them(space):
    found = CliRunner().invoke(dvk, ["-w", str(space.root), "consolidate", "quý III/2023", "--as-of", "12/10/2023"])
    assert found.exit_code == 1
    assert (space.results(KY) / "tong-hop.xlsx").is_file()
