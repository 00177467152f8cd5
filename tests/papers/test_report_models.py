"""The models that a report names: who may be named, who comes first, and in which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dvk_reports.model.findings import Finding, Level
from dvk_reports.model.periods import parse_period
from dvk_reports.model.running import Review, RunningModel
from dvk_reports.papers.report.basis import Basis
from dvk_reports.papers.report.models import ineffective_models, named_models
from tests.support.small_report import DATA, OFFICE, D

ECONOMY, CULTURE, DEFENCE, SYSTEM = OFFICE.plan.labels("linh_vuc")
HIGH = Review(date(2023, 8, 1), True, 1, "Hiệu quả cao", True, False, "Đường đã thông xe; bà con phấn khởi.")


def model(name: str, unit: str = "DB-1", field: str = ECONOMY, **changes) -> RunningModel:
    return replace(RunningModel(unit, f"MH-{unit}-{name}", name, field, review=HIGH), **changes)


def said(*models: RunningModel, key: str = "2023-Q3", **changes) -> list[str]:
    data = replace(DATA, models=models, period=parse_period(key), **changes)
    return [item.text for item in named_models(Basis(OFFICE, data), "dien_hinh")]


def first(*models: RunningModel, **changes) -> str:
    """The name of the one that is named of the first field; "" where none is."""
    text = said(*models, **changes)[0]
    return text.partition("“")[2].partition("”")[0]


def test_name_place_who_result_and_spread():
    amounts = (("m2_dat", D(1890)), ("ngay_cong", D(242)), ("tien_xhh", D("83.4")), ("km_duong", D("2.5")))
    road = model(
        "Hiến đất làm đường",
        carried_by="Chi bộ thôn Bông.",
        review=replace(HIGH, amounts=amounts),
        replications=2,
    )
    assert said(road)[0] == (
        "Tiêu biểu là mô hình “Hiến đất làm đường”, xã Tân Tiến, do Chi bộ thôn Bông thực hiện: Nhân dân hiến 1.890 m² "
        "đất, góp 242 ngày công, làm 2,5 km đường; đã nhân rộng 02 lượt."
    )


def test_without_amounts_the_first_clause_of_the_result():
    assert said(model("Đường thôn"))[0] == ("Tiêu biểu là mô hình “Đường thôn”, xã Tân Tiến: đường đã thông xe.")


def test_each_field_has_its_sentence_and_one_without_any_says_so():
    found = said(model("Một"), model("Hai", unit="DB-2", field=CULTURE))
    assert [text.split(" “")[0] for text in found[:2]] == [
        "Tiêu biểu là mô hình",
        "Lĩnh vực văn hóa - xã hội có mô hình",
    ]
    assert found[2:] == [
        "Lĩnh vực quốc phòng - an ninh, xây dựng hệ thống chính trị chưa có mô hình xếp loại hiệu quả cao."
    ]
    assert said() == said(model("Chưa rõ", review=None)) == []


@pytest.mark.parametrize(("key", "names"), [("2023-Q3", 1), ("2023-9T", 1), ("2023", 2), ("2022-Q2..2023-Q3", 3)])
def test_how_many_are_named_of_a_field(key, names):
    models = [model(f"Mô hình {n}", unit=f"DB-{n}") for n in range(1, 6)]
    assert said(*models, key=key)[0].count("“") == names


@pytest.mark.parametrize(
    "changes",
    [
        {"review": None},
        {"review": replace(HIGH, high=False)},
        {"elsewhere": "Phong trào của Hội Nông dân"},
        {"clean": False},
    ],
)
def test_who_may_not_be_named(changes):
    assert first(model("Không", **changes), model("Được", unit="DB-2")) == "Được"


def test_nothing_is_named_of_which_a_finding_doubts_a_cell():
    cell = ("a.xlsx", "B3", "L8")
    finding = Finding(Level.WARNING, "K05", "DB-1", *cell, "9", "…", "…")
    doubted = model("Ngờ", cells=(cell,))
    assert first(doubted, model("Rõ", unit="DB-2"), findings=(finding,)) == "Rõ"
    assert first(doubted, model("Rõ", unit="DB-2"), findings=(replace(finding, answer="Đúng"),)) == "Ngờ"


@pytest.mark.parametrize(
    "better",
    [
        {"review": HIGH},
        {"review": replace(HIGH, in_period=False, reviewer=2)},
        {"review": replace(HIGH, in_period=False), "replications": 2},
        {"review": replace(HIGH, in_period=False), "recognised": True},
        {"review": replace(HIGH, in_period=False), "households": D(90)},
    ],
)
def test_the_order_of_the_rule(better):
    plain = {"review": replace(HIGH, in_period=False), "households": D(50)}
    assert first(model("Trước", **plain), model("Sau", unit="DB-2", **better)) == "Sau"


def test_the_register_decides_among_equals_and_a_unit_is_named_once():
    assert first(model("Một"), model("Hai", unit="DB-2")) == "Một"
    one_unit = said(model("Một"), model("Hai", field=CULTURE), model("Ba", unit="DB-2", field=CULTURE))
    assert "“Ba”" in one_unit[1]


@pytest.mark.parametrize(
    ("name", "unit", "who", "said_so"),
    [
        ("Nhà sạch xã Tân Tiến", "DB-1", "", "Nhà sạch xã Tân Tiến”: "),
        ("Nhà sạch Tân Tiến", "DB-1", "", "Nhà sạch Tân Tiến”: "),
        ("Nhà sạch", "DB-1", "", "Nhà sạch”, xã Tân Tiến: "),
        ("Nụ cười của Phòng Nội vụ & <Thanh tra>", "CQ-1", "Phòng Nội vụ & <Thanh tra>", "<Thanh tra>”: "),
        ("Nụ cười", "CQ-1", "Phòng Nội vụ & <Thanh tra>", "Nụ cười”, Chi bộ Phòng Nội vụ & <Thanh tra>: "),
        ("Nụ cười", "CQ-1", "Tổ một cửa", "Thanh tra>, do Tổ một cửa thực hiện: "),
    ],
)
def test_what_the_name_says_is_not_said_again(name, unit, who, said_so):
    assert said_so in said(model(name, unit=unit, carried_by=who))[0]


def test_ineffective_models_are_named_up_to_five():
    weak = replace(HIGH, high=False, ineffective=True)
    models = tuple(model(f"Yếu {n}", unit="DB-3", review=weak) for n in range(1, 3))
    assert ineffective_models(Basis(OFFICE, replace(DATA, models=models))) == "“Yếu 1”, xã Bảo Hà; “Yếu 2”, xã Bảo Hà"
    many = tuple(model(f"Yếu {n}", review=weak) for n in range(6))
    assert ineffective_models(Basis(OFFICE, replace(DATA, models=many))) == ""
