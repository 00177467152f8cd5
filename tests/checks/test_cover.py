"""The cover: nothing wrong, and what sends the whole file back (K01)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dvk_reports.plan.register.register import Unit
from dvk_reports.run.steps.judge import judge
from tests.checks.commune import (
    BDV,
    CQ,
    GONE,
    REGISTER,
    TT,
    XA,
    found,
    sent,
)
from tests.support.build import (
    PLAN,
    b2,
    checked,
    told,
    unit,
)

# --- nothing wrong ---


@pytest.mark.parametrize("period", ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"])
@pytest.mark.parametrize("who", [XA, TT, CQ, BDV], ids=lambda who: who.kind)
def test_a_good_return_has_no_finding(who: Unit, period: str) -> None:
    assert found(who=who, period=period) == []


# --- K01 ---


@pytest.mark.parametrize(
    ("bia", "expected"),
    [
        ({"ma_don_vi": "DB-XA-77"}, "K01 UNKNOWN_UNIT Chặn BIA C5 ma_don_vi"),
        ({"ma_don_vi": ""}, "K01 BIA_BLANK Chặn BIA C5 ma_don_vi"),
        ({"ky": "2023-Q5"}, "K01 UNKNOWN_PERIOD Chặn BIA C7 ky"),
        ({"ky": "2022-Q1"}, "K01 UNKNOWN_PERIOD Chặn BIA C7 ky"),
        ({"ky": "2026-Q1"}, "K01 UNKNOWN_PERIOD Chặn BIA C7 ky"),
        ({"ky": "năm 2023"}, "K01 UNKNOWN_PERIOD Chặn BIA C7 ky"),
        ({"ma_mau": "2019.1"}, "K01 WRONG_FORM Chặn BIA C20 ma_mau"),
    ],
)
def test_unit_period_and_form_version_are_known_or_the_file_is_sent_back(bia: dict[str, str], expected: str) -> None:
    item = sent({"B2": b2("| trang_thai | ten |\n| Sai | |")}, bia=bia)
    who = XA if "ma_don_vi" not in bia else unit("DB-XA-77")
    result = checked(who, REGISTER, "2023-Q3", item)
    inside = ["K02 BLANK_TEXT Chặn B2 C7 ten", "K03 NOT_IN_LIST Chặn B2 X7 trang_thai"]
    assert told(result.findings) == [expected, *inside]  # all at once: the unit mends it in one sending
    assert result.refused and result.findings[0].refuses


def test_what_needs_the_unit_or_the_quarter_is_not_said_of_a_file_that_names_none() -> None:
    late = b2("| ngay_dk | ma_thon |\n| 2029-01-01 | T-99 |")
    strange = sent({"B2": late}, bia={"ma_don_vi": "DB-XA-77"})
    assert told(checked(unit("DB-XA-77"), REGISTER, "2023-Q3", strange).findings) == [
        "K01 UNKNOWN_UNIT Chặn BIA C5 ma_don_vi",
        "K11 DATE_OUTSIDE Chặn B2 S7 ngay_dk",
        "T08 NORMALISED Ghi chú B2 S7 ngay_dk",
    ]
    form = sent({"B2": late}, bia={"ky": "quý ba"})
    assert told(judge(PLAN, REGISTER, None, form).findings) == [
        "K01 UNKNOWN_PERIOD Chặn BIA C7 ky",
        "T08 NORMALISED Ghi chú B2 S7 ngay_dk",
    ]


def test_a_form_version_that_stands_only_in_the_hidden_row_is_told_at_the_period() -> None:
    item = replace(sent(bia={"ma_mau": ""}), form="2019.1")
    assert told(checked(XA, REGISTER, "2023-Q3", item).findings) == [
        "K01 WRONG_FORM Chặn BIA C7 ky",
        "K02 BLANK_TEXT Chặn BIA C20 ma_mau",
    ]


def test_a_unit_that_had_ended_on_the_last_day_of_the_period() -> None:
    assert found(who=GONE) == ["K01 UNIT_NOT_VALID Chặn BIA C5 ma_don_vi"]
    assert found(who=GONE, period="2023-Q2") == []


def test_the_nearest_code_is_offered() -> None:
    item = sent(bia={"ma_don_vi": "DB-XA-11"})
    assert "Có phải là DB-XA-1?" in checked(unit("DB-XA-11"), REGISTER, "2023-Q3", item).findings[0].remedy
