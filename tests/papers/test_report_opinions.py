"""The units' own words in a report: condensed to ideas, counted, and never what may not stand in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dvk_reports.model.findings import Finding, Level
from dvk_reports.model.periods import parse_period
from dvk_reports.model.returns import UsedReturn
from dvk_reports.model.values import Cell, Row, Value
from dvk_reports.papers.report.basis import Basis
from dvk_reports.papers.report.opinions import ideas_of, left_for_annex, opinions_in
from tests.support.small_report import DATA, OFFICE

COLUMN = "ton_tai"


def wrote(unit: str, text: str, key: str = COLUMN) -> UsedReturn:
    at = Cell(f"{unit}.xlsx", "B11", 5, 3)
    return UsedReturn(unit, "2023-Q3", at.file, "DB_XA", {"B11": (Row("B11", 0, {key: Value(text, text, at)}),)})


def basis(*used: UsedReturn, key: str = "2023-Q3", **changes) -> Basis:
    return Basis(OFFICE, replace(DATA, used=used, period=parse_period(key), **changes))


def ideas(*used: UsedReturn, **changes) -> list[tuple[str, int]]:
    return [(idea.text, len(idea.units)) for idea in ideas_of(basis(*used, **changes), COLUMN)]


FOUR = [
    wrote("DB-1", "Một việc chậm."),
    wrote("DB-2", "Hai người thiếu."),
    wrote("DB-3", "Ba nơi xa."),
    wrote("CQ-1", "Bốn lần trễ."),
]


def test_the_same_idea_is_counted_over_units_and_the_most_shared_comes_first():
    assert ideas(
        wrote("DB-1", "Tin, bài còn ít; số liệu chậm."),
        wrote("DB-2", "Việc nhân rộng mô hình còn chậm."),
        wrote("DB-3", "Việc nhân rộng các mô hình còn chậm; thiếu kinh phí."),
    ) == [("việc nhân rộng mô hình còn chậm", 2), ("tin, bài còn ít", 1)]


@pytest.mark.parametrize(
    ("text", "idea"),
    [
        ("Quý III/2023, cấp ủy xã Tân Tiến chỉ đạo chậm.", "cấp ủy đơn vị chỉ đạo chậm"),
        ("Trong quý III năm 2023, Đảng bộ xã Tân Tiến còn lúng túng. Cần thêm người.", "đơn vị còn lúng túng"),
        ("Đến hết tháng 9/2023, mô hình của Xã Tân Tiến mới bắt đầu", "mô hình của đơn vị mới bắt đầu"),
        ("Một số mô hình chưa rõ nét,\nthiếu hồ sơ", "một số mô hình chưa rõ nét"),
    ],
)
def test_own_name_and_period_are_masked_and_the_first_clause_is_kept(text, idea):
    assert ideas(wrote("DB-1", text)) == [(idea, 1)]


def test_a_unit_that_says_the_same_in_two_quarters_is_one_unit():
    said = wrote("DB-1", "Còn chậm.")
    assert ideas(said, replace(said, period="2023-Q2")) == [("còn chậm", 1)]


def test_what_may_not_stand_in_a_report_is_left_out():
    doubt = Finding(Level.WARNING, "K16", "DB-1", "DB-1.xlsx", "B11", "C5", "…", "…", "…")
    assert ideas(wrote("DB-1", "Còn chậm."), findings=(doubt,)) == []
    assert ideas(wrote("DB-1", "Còn chậm."), findings=(replace(doubt, answer="Đúng"),)) == [("còn chậm", 1)]
    earlier = replace(doubt, file="../2023-Q2/DB-1.xlsx")
    assert ideas(wrote("DB-1", "[CẦN BỔ SUNG: hạn chế]"), findings=()) == []
    assert ideas(replace(wrote("DB-1", "Còn chậm."), period="2023-Q2"), findings=(earlier,), key="2023-6T") == []


def test_three_ideas_in_a_quarter_each_with_its_units():
    found = opinions_in(basis(*FOUR), "han_che")
    assert [item.text for item in found] == [
        "Theo các đơn vị, một việc chậm (01 đơn vị); hai người thiếu (01 đơn vị); ba nơi xa (01 đơn vị)."
    ]
    assert opinions_in(basis(*FOUR), "nguyen_nhan") == []


@pytest.mark.parametrize(
    ("text", "tasks", "asked"),
    [
        ("Đề nghị Ban Dân vận Huyện ủy mở lớp bồi dưỡng.", ["Mở lớp bồi dưỡng."], []),
        ("Kính đề nghị huyện bố trí kinh phí.", [], ["Đề nghị [cấp nhận] bố trí kinh phí."]),
        ("Sớm có hướng dẫn.", [], ["Đề nghị [cấp nhận] sớm có hướng dẫn."]),
        ("Đề nghị Huyện ủy cấp kinh phí.", [], ["Đề nghị Huyện ủy cấp kinh phí."]),
    ],
)
def test_what_is_asked_of_the_issuer_is_its_task(text, tasks, asked):
    found = basis(wrote("DB-1", text, "kien_nghi"))
    assert [item.text for item in opinions_in(found, "nhiem_vu_toi")] == tasks
    assert [item.text for item in opinions_in(found, "kien_nghi")] == asked


def test_the_rest_stands_in_the_annex():
    assert left_for_annex(basis(*FOUR, key="2023-9T")) == [
        {"ten": "Tồn tại, hạn chế", "dong": [{"tt": "1", "y_kien": "Bốn lần trễ", "so_don_vi": "01"}]}
    ]
