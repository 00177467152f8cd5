"""The day a run is made for: out of the years of the plan it is a slip of the pen, and refused at once."""

from datetime import date

import pytest

from dvk_reports import check_files, close_period, consolidate, list_rules, make_forms, propose_awards, status
from dvk_reports.errors import PlanError
from tests.support.small_space import KY

SAID = "ngoài thời gian của Kế hoạch: chỉ nhận từ năm 2021 đến năm 2030"


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(2031, 1, 1), date(2020, 12, 31), date(1, 1, 1)])
@pytest.mark.parametrize(
    "command",
    [
        lambda space, day: status(space, as_of=day),
        lambda space, day: make_forms(space, KY, as_of=day),
        lambda space, day: consolidate(space, KY, as_of=day),
        lambda space, day: check_files(space, [space.root / "danh-muc.xlsx"], as_of=day),
        lambda space, day: propose_awards(space, "2023-10", as_of=day),
        lambda space, day: list_rules(space, as_of=day),
    ],
    ids=["status", "forms", "consolidate", "check", "propose", "rules"],
)
def test_a_day_outside_the_plan_is_refused(space, command, day):
    with pytest.raises(PlanError, match=SAID):
        command(space, day)


def test_closing_too(space):
    consolidate(space, KY, as_of=date(2023, 10, 25))
    with pytest.raises(PlanError, match=SAID):
        close_period(space, KY, as_of=date(9999, 12, 31))
    assert not space.archive.exists(), "nothing was written"


@pytest.mark.parametrize("day", [date(2021, 1, 1), date(2030, 12, 31)])
def test_the_first_and_the_last_day_are_taken(space, day):
    assert status(space, as_of=day).lines
