"""The report by its period: what it is called, what follows, how much it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dvk_reports.model.figures import Trend
from dvk_reports.model.periods import parse_period
from dvk_reports.papers.report.basis import Basis
from dvk_reports.papers.report.periods import next_quarters, next_title, report_kind
from dvk_reports.papers.report.report import body
from dvk_reports.plan.book.in_force import changed
from tests.support.small_report import OFFICE, PLAN, of_period, opened, texts, written


@pytest.mark.parametrize(
    ("key", "now", "then", "quarters"),
    [
        ("2023-Q3", "quý III năm 2023", "quý IV năm 2023", ["2023-Q4"]),
        ("2023-Q4", "quý IV năm 2023", "quý I năm 2024", ["2024-Q1"]),
        ("2023-6T", "6 tháng đầu năm 2023", "6 tháng cuối năm 2023", ["2023-Q3", "2023-Q4"]),
        ("2023-9T", "9 tháng đầu năm 2023", "quý IV năm 2023", ["2023-Q4"]),
        ("2023", "năm 2023", "năm 2024", ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]),
        ("2022-Q2..2023-Q3", "từ quý II năm 2022 đến quý III năm 2023", "thời gian tới", ["2023-Q4"]),
        ("2025-Q4", "quý IV năm 2025", "thời gian tới", ["2026-Q1"]),
    ],
)
def test_names_of_periods(key, now, then, quarters):
    period = parse_period(key)
    assert (period.title, next_title(period, PLAN)) == (now, then)
    assert [quarter.key for quarter in next_quarters(period)] == quarters


# --- kinds of report


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("2023-Q3", "quy"),
        ("2023-6T", "sau_thang"),
        ("2023-9T", "chin_thang"),
        ("2023", "nam"),
        ("2022-Q2..2023-Q3", "so_ket"),  # ends with the last quarter before the round of 10/2023
        ("2022-Q2..2025-Q3", "tong_ket"),  # before the round of 10/2025, though the plan goes on
        ("2022-Q2..2025-Q4", "tong_ket"),
        ("2022-Q2..2023-Q2", "so_ket"),
        ("2024-Q1..2025-Q2", "so_ket"),
    ],
)
def test_the_rule_book_knows_the_kind_of_report(key, kind):
    assert report_kind(parse_period(key), PLAN, date(2025, 12, 1)) == kind


def test_a_stage_of_a_round_is_known_by_the_rule_book_alone():
    rule = PLAN.documents.giai_doan[1].model_copy(update={"ky": "so_ket"})
    other = changed(PLAN, documents=changed(PLAN.documents, giai_doan=[PLAN.documents.giai_doan[0], rule]))
    assert report_kind(parse_period("2022-Q2..2025-Q3"), other, date(2025, 12, 1)) == "so_ket"


@pytest.mark.parametrize(
    ("key", "title", "heads"),
    [
        ("2023-Q3", "kết quả thực hiện Phong trào “Dân vận khéo” quý III năm 2023", ["III. HẠN CHẾ"]),
        (
            "2023-6T",
            "kết quả thực hiện Phong trào “Dân vận khéo” 6 tháng đầu năm 2023",
            ["III. ĐÁNH GIÁ CHUNG", "1. Ưu điểm", "2. Hạn chế"],
        ),
        (
            "2023",
            "kết quả thực hiện Phong trào “Dân vận khéo” năm 2023",
            ["III. ĐÁNH GIÁ CHUNG", "1. Ưu điểm", "2. Hạn chế"],
        ),
        (
            "2022-Q2..2023-Q3",
            "sơ kết Phong trào “Dân vận khéo” từ quý II năm 2022 đến quý III năm 2023",
            ["III. ĐÁNH GIÁ CHUNG", "1. Ưu điểm", "2. Hạn chế", "3. Bài học kinh nghiệm"],
        ),
        (
            "2022-Q2..2025-Q3",
            "tổng kết Phong trào “Dân vận khéo” từ quý II năm 2022 đến quý III năm 2025",
            ["III. ĐÁNH GIÁ CHUNG", "1. Ưu điểm", "2. Hạn chế", "3. Bài học kinh nghiệm"],
        ),
    ],
)
def test_title_and_assessment_follow_the_period(key, title, heads):
    data = of_period(key)
    lines = [line for line in body(Basis(OFFICE, data)) if line.look != "doan"]
    third = next(n for n, line in enumerate(lines) if line.said.text.startswith("III. "))
    fourth = next(n for n, line in enumerate(lines) if line.said.text.startswith("IV. "))
    assert [line.said.text for line in lines[third:fourth] if line.look in ("muc", "tieu_muc")] == heads
    assert texts(opened(written(data)))[1].startswith(title)
    two = ["Phần thứ nhất", "Phần thứ hai"] if data.period.is_range else []
    assert [line.said.text for line in lines if line.look == "phan"] == two


@pytest.mark.parametrize(("key", "annexes"), [("2023-Q3", ["I", "V"]), ("2023-6T", ["I", "IV", "V", "VII"])])
def test_each_kind_has_its_annexes_and_none_that_is_empty(key, annexes):
    found = [line for line in texts(opened(written(of_period(key)))) if line.startswith("Phụ lục ")]
    assert found == [f"Phụ lục {number}" for number in annexes]


def test_a_quarter_that_is_not_held_is_one_sentence():
    trend = Trend(("2023-Q1", "2023-Q2", "2023-Q3"), (True, False, True), (), ())
    opening = texts(opened(written(of_period("2023-9T", trend=trend))))[4]
    assert opening.endswith("Số liệu tính từ đầu năm chưa gồm quý II năm 2023.")
    assert "chưa gồm" not in texts(opened(written(of_period("2023-9T", trend=replace(trend, held=(True,) * 3)))))[4]
