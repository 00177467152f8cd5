"""The tasks that a new register begins with are those of the plan's parts III and IV, year by year."""

from __future__ import annotations

from datetime import date

import pytest

from dvk_reports.plan.register.tasks import task_rows
from dvk_reports.run.plans import load_plan

ROWS = {(row["ma_nv"], row["nam"]): row for row in task_rows(load_plan())}
YEARLY = ("III.2", "III.3", "III.4", "III.5", "IV")


def test_each_task_stands_in_the_years_that_the_plan_names() -> None:
    """Training in 2022 and 2023; the others every year."""
    asked = {("III.1", 2022), ("III.1", 2023), *((code, year) for code in YEARLY for year in range(2022, 2026))}
    assert set(ROWS) == asked


@pytest.mark.parametrize(
    ("code", "lead", "with_"),
    [
        ("III.1", "Ban Dân vận Huyện ủy", ["Trung tâm Chính trị huyện", "các hội quần chúng huyện"]),
        ("III.2", "Ban Tuyên giáo Huyện ủy; Phòng Văn hóa và Thông tin huyện; ", ["Ban Dân vận Huyện ủy"]),
        ("III.3", "Các chi, đảng bộ trực thuộc Huyện ủy", ["Ủy ban Mặt trận Tổ quốc", "các cơ quan, ban, ngành huyện"]),
        ("III.4", "Ban Dân vận Huyện ủy; Đảng ủy các xã, thị trấn", ["Các cơ quan tham mưu, giúp việc Huyện ủy"]),
        ("III.5", "Ban Dân vận Huyện ủy", ["Ban Tổ chức Huyện ủy", "Phòng Nội vụ (Hội đồng Thi đua"]),
        ("IV", "Phòng Tài chính - Kế hoạch huyện", []),
    ],
)
def test_who_leads_and_who_takes_part(code: str, lead: str, with_: list[str]) -> None:
    row = ROWS[code, 2023]
    assert str(row["chu_tri"]).startswith(lead)
    assert all(name in str(row["phoi_hop"]) for name in with_) and bool(with_) is (row["phoi_hop"] is not None)


@pytest.mark.parametrize(
    ("year", "due"), [(2022, date(2022, 10, 15)), (2023, date(2023, 10, 31)), (2024, date(2024, 10, 15))]
)
def test_recognitions_are_due_on_15_10_and_with_a_round_by_the_end_of_the_month(year: int, due: date) -> None:
    assert ROWS["III.5", year]["han"] == due
    assert [code for code in YEARLY if "han" in ROWS[code, year]] == ["III.5"]  # the others: the last day of the year


def test_a_year_in_which_the_lead_changes_names_both() -> None:
    assert (
        ROWS["III.4", 2025]["chu_tri"] == "Ban Dân vận Huyện ủy; Đảng ủy các xã, thị trấn (đến 30/6/2025); Đảng ủy xã"
    )
