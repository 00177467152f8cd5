"""A rule, a column, a label, a sheet is in force by the quarter that is read, not by the day of the run."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dvk_reports.plan.book.rulebook import Plan
from tests.support.build import b2, b5, checked, form, office, told, unit
from tests.support.edited_plans import changed_plan, sheet

XA = unit("DB-XA-1")
REGISTER = office(XA, thon={"DB-XA-1": "T1 Bản Rịa"})
BEFORE, AFTER = "2023-Q4", "2024-Q1"

LAST, FIRST = date(2023, 12, 31), date(2024, 1, 1)


def on_the_first_of_2024(forms: Any, _: Any) -> None:
    """What begins on 01/01/2024, and what has ended the day before."""
    classes = sheet(forms, "B5")
    place = [item["khoa"] for item in classes["truong"]].index("trong_do_nu")
    handed_out = {"khoa": "so_tai_lieu", "ten": "Số bộ tài liệu", "kieu": "nguyen", "bat_buoc": True}
    classes["truong"].insert(place, {**handed_out, "huong_dan": "Số bộ tài liệu đã phát.", "tu_ngay": FIRST})
    classes["luat"].append({"loai": "khong_vuot", "phan": "so_tai_lieu", "toan_the": "so_luot"})
    next(rule for rule in classes["luat"] if rule.get("phan") == "trong_do_nu")["tu_ngay"] = FIRST
    classes["luat"].append({"loai": "toi_da_chu", "o": "chu_tri", "so": 5, "den_ngay": LAST})
    sheet(forms, "B4b")["tu_ngay"] = FIRST
    forms["danh_sach"]["hinh_thuc_lop"]["nhan"] = ["Độc lập", {"ten": "Lồng ghép", "den_ngay": LAST}]
    states = forms["danh_sach"]["trang_thai"]["nhan"]
    kept = next(label for label in states if label["ten"] == "Duy trì")
    kept["den_ngay"] = LAST
    states.append({"ten": "Duy trì", "vai": ["dang_hoat_dong"], "sang": ["Đăng ký"], "tu_ngay": FIRST})


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return changed_plan(tmp_path_factory.mktemp("quy-dinh"), on_the_first_of_2024)


def of_classes(plan: Plan, period: str, **cells: str) -> list[str]:
    """Findings on B5 of a return with one class in the quarter."""
    day = {BEFORE: "05/10/2023", AFTER: "05/01/2024"}[period]
    given = {"ngay_tu": day, "ngay_den": day, **cells}
    row = b5(f"| {' | '.join(given)} |\n| {' | '.join(given.values())} |")
    item = form(XA, period, {"B5": row}, plan=plan)
    return [line for line in told(checked(XA, REGISTER, period, item, plan=plan).findings) if " B5 " in line]


def test_a_column_is_asked_for_from_its_day_on(plan: Plan) -> None:
    assert of_classes(plan, BEFORE) == []
    assert of_classes(plan, AFTER) == ["K02 BLANK Chặn B5 L7 so_tai_lieu"]
    assert of_classes(plan, AFTER, so_tai_lieu="3") == []


def test_a_rule_on_a_column_goes_with_it(plan: Plan) -> None:
    assert of_classes(plan, AFTER, so_tai_lieu="30") == ["K06 PART_OVER_WHOLE Chặn B5 L7 so_tai_lieu"]


def test_a_rule_begins_and_another_ends(plan: Plan) -> None:
    assert of_classes(plan, BEFORE, trong_do_nu="11") == []
    assert of_classes(plan, AFTER, so_tai_lieu="3", trong_do_nu="11") == ["K06 PART_OVER_WHOLE Chặn B5 M7 trong_do_nu"]
    assert of_classes(plan, BEFORE, chu_tri="Đảng ủy xã") == ["T11 TOO_LONG Cảnh báo B5 I7 chu_tri"]
    assert of_classes(plan, AFTER, so_tai_lieu="3", chu_tri="Đảng ủy xã") == []


def test_a_label_that_has_ended_is_not_in_the_list(plan: Plan) -> None:
    assert of_classes(plan, BEFORE, hinh_thuc="Lồng ghép") == []
    got = of_classes(plan, AFTER, so_tai_lieu="3", hinh_thuc="Lồng ghép")
    assert got == ["K03 NOT_IN_LIST Chặn B5 D7 hinh_thuc"]


def test_what_may_follow_a_state_is_asked_of_the_quarter_that_is_read(plan: Plan) -> None:
    def changed(period: str, before: str) -> list[str]:
        then = form(XA, before, {"B2": b2("| trang_thai |\n| Duy trì |")}, plan=plan)
        item = form(XA, period, {"B2": b2("| trang_thai |\n| Đăng ký |")}, plan=plan)
        found = checked(XA, REGISTER, period, item, [then], plan=plan).findings
        return [line for line in told(found) if line.startswith("K07")]

    assert changed(BEFORE, "2023-Q3") == ["K07 STATE_CHANGE Chặn B2 X7 trang_thai"]
    assert changed(AFTER, BEFORE) == []


def test_a_sheet_that_is_not_yet_in_force_is_kept_and_not_asked_for(plan: Plan) -> None:
    """The file has rows of it all the same, with a blank: they are told as rows of a sheet that was not given."""
    row = "| loai_thay_doi | ten_thon_cu | so_qd | ngay_qd |\n| Đổi tên | Bản Rịa | | 05/01/2023 |"

    def of_hamlets(period: str) -> list[str]:
        item = form(XA, period, {"B4b": row})
        return [line for line in told(checked(XA, REGISTER, period, item, plan=plan).findings) if " B4b" in line]

    assert of_hamlets(BEFORE) == ["T07 NOT_GIVEN Cảnh báo B4b B7"]
    assert of_hamlets(AFTER) == ["K02 BLANK_TEXT Chặn B4b F7 so_qd"]
