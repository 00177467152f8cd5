"""The list of models that a nil report carries: as well known as it was in the return before, and no better."""

from __future__ import annotations

import pytest

from dvk_reports.figures.nil_returns import with_carried_values
from dvk_reports.model.findings import Stop
from tests.support.build import PLAN, b2, form, unit, used

XA = unit("DB-XA-1")
LISTED = """
    | ma_mo_hinh     | trang_thai     | ngay_tt    | ly_do_tt |
    | MH-DB-XA-1-001 | Dừng           | 05/05/2023 | Hết việc |
    | MH-DB-XA-1-002 | Đang thực hiện |            |          |
"""
CODE, STATE = Stop("B2", 7, "ma_mo_hinh"), Stop("B2", 7, "trang_thai")


@pytest.mark.parametrize(
    ("stops", "carried", "stopped"),
    [
        ([], ["MH-DB-XA-1-002"], []),
        ([STATE], ["MH-DB-XA-1-001", "MH-DB-XA-1-002"], [STATE]),  # that it ended was not accepted
        ([CODE], ["MH-DB-XA-1-002"], [Stop("B2", 8, "ma_mo_hinh")]),  # perhaps another that was missing lies behind it
        ([Stop("B2")], [], [Stop("B2")]),
    ],
)
def test_what_a_nil_report_carries(stops: list[Stop], carried: list[str], stopped: list[Stop]) -> None:
    nil = used(form(XA, "2023-Q3", bia={"loai_bao_cao": "Không phát sinh"}))
    got = with_carried_values(PLAN, nil, used(form(XA, "2023-Q2", {"B2": b2(LISTED)}), stops))
    assert [row.text("ma_mo_hinh") for row in got.rows["B2"]] == carried
    assert sorted(stop for stop in got.stops if stop.sheet == "B2") == stopped


def test_where_every_model_has_ended_the_doubt_is_the_sheet_s() -> None:
    alone = b2("| trang_thai | ngay_tt | ly_do_tt |\n| Dừng | 05/05/2023 | Hết việc |")
    nil = used(form(XA, "2023-Q3", bia={"loai_bao_cao": "Không phát sinh"}))
    got = with_carried_values(PLAN, nil, used(form(XA, "2023-Q2", {"B2": alone}), [CODE]))
    assert (got.rows["B2"], {stop for stop in got.stops if stop.sheet == "B2"}) == ((), {Stop("B2")})
