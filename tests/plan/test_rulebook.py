"""The rule book says what is fixed for users, and a mistake in it is told with file, line and right spelling."""

import csv
from datetime import date
from pathlib import Path

import pytest

from dvk_reports.errors import PlanError
from dvk_reports.model.periods import Quarter, parse_period
from dvk_reports.plan.book.rulebook import in_force
from dvk_reports.plan.duty import duty_of, ever_given
from dvk_reports.plan.register.sheets import REMARKS, SHEETS
from dvk_reports.run.plans import load_plan

EXPECTED = Path(__file__).parents[1] / "expected"
PLAN = load_plan()
TYPES = {"chu": "text", "nguyen": "int", "so": "num", "ngay": "date", "chon": "list", "co_khong": "bool"}


def table(name: str) -> list[dict[str, str]]:
    with (EXPECTED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_field_of_every_sheet_in_order():
    found = [
        {
            "sheet": sheet.ma,
            "layout": "table" if sheet.table else "keyvalue",
            "key": field.khoa,
            "caption": field.ten,
            "type": TYPES[field.kieu],
            "required": "x" if field.bat_buoc else "",
            "list": field.danh_sach or "",
            "behaviour": field.bien or "",
        }
        for sheet in PLAN.forms.bieu
        for field in sheet.truong
    ]
    assert found == table("keys.csv")


def test_every_label_of_every_list_in_order():
    found = [{"list": name, "label": label} for name in PLAN.forms.danh_sach for label in PLAN.labels(name)]
    found += [{"list": "loai_don_vi", "label": kind} for kind in PLAN.kinds]
    assert found == table("lists.csv")


def test_who_is_given_which_sheet_in_which_quarter():
    """2023 has an award round, so every sheet is given somewhere in it."""
    words = {"den_han": "due", "neu_co": "if any"}
    found = {
        (sheet, kind, f"Q{number}", words[duty])
        for sheet in PLAN.sheets
        for kind in list(PLAN.kinds)
        for number in (1, 2, 3, 4)
        if (duty := duty_of(PLAN, sheet, kind, Quarter(2023, number)))
    }
    assert found == {tuple(row.values()) for row in table("duties.csv")}


@pytest.mark.parametrize(("year", "given"), [(2022, False), (2023, True), (2024, False), (2025, True)])
def test_award_proposals_only_in_a_year_with_a_round(year, given):
    assert (duty_of(PLAN, "B9b", "DB_XA", Quarter(year, 3)) is not None) is given


def test_a_sheet_given_only_in_some_years_is_still_on_the_blank_form():
    assert "B9b" in ever_given(PLAN, "DB_XA")
    assert "B9b" not in ever_given(PLAN, "PB")


def test_every_figure_with_its_definition():
    kinds = {"ty_so": "ratio", "dem": "count", "tong": "sum", "danh_sach": "list"}
    rules = {
        "cuoi_ky": "last",
        "trong_nam": "year to date",
        "phat_sinh": "flow sum",
        "khac_nhau": "distinct over union",
    }
    found = [
        {
            "ma": spec.ma,
            "ten": spec.ten,
            "don_vi_tinh": spec.don_vi_tinh,
            "loai": kinds[spec.loai],
            "who_owes": spec.don_vi if isinstance(spec.don_vi, str) else ";".join(spec.don_vi),
            "period_rule": rules[spec.ky],
            "missing": "" if spec.thieu == "khong" else spec.thieu,
            "muc_tieu": spec.muc_tieu[0].gia_tri if spec.muc_tieu else "",
            "stopped_by": ";".join(f"{sheet}.{key}" for sheet, key, _ in spec.stop_columns),
        }
        for spec in PLAN.figures.chi_tieu
    ]
    assert found == table("figures.csv")


def test_the_register_has_every_column():
    found = [
        {
            "sheet": sheet,
            "key": column.key,
            "caption": column.caption,
            "required": "x" if column.required else "",
        }
        for sheet, columns in SHEETS.items()
        for column in columns
        if not column.later and sheet != REMARKS  # later than the contract
    ]
    assert found == table("register.csv")


def test_every_value_is_dated_and_cited():
    series = [getattr(PLAN.info.gia_tri, name) for name in type(PLAN.info.gia_tri).model_fields]
    entries = [
        *PLAN.forms.phien_ban,
        *PLAN.forms.danh_sach.values(),
        *PLAN.forms.bieu,
        *PLAN.figures.chi_tieu,
        *PLAN.awards.dot,
        *PLAN.awards.chi_tieu,
        *PLAN.awards.xep_hang,
        *PLAN.awards.ho_so,
        *PLAN.awards.dieu_kien,
        *PLAN.awards.tham_quyen,
        *PLAN.awards.he_so,
        *PLAN.awards.phap_luat,
        *PLAN.documents.van_ban,
        *(entry for values in series for entry in values),
        *(entry for task in PLAN.info.nhiem_vu for entry in task.chu_tri),
        *(entry for figure in PLAN.figures.chi_tieu for entry in figure.muc_tieu),
    ]
    assert [entry for entry in entries if not entry.can_cu or entry.tu_ngay < date(2020, 1, 1)] == []


def test_the_values_of_the_awards_are_dated_and_cited():
    series = [getattr(PLAN.awards.gia_tri, name) for name in type(PLAN.awards.gia_tri).model_fields]
    entries = [*PLAN.awards.luong_co_so, *(entry for values in series for entry in values)]
    assert [entry for entry in entries if not entry.can_cu or entry.tu_ngay < date(2019, 1, 1)] == []
    assert all(entry.can_cu_han_nhan for entry in PLAN.awards.dot if entry.han_nhan)


def test_the_quotas_of_the_two_rounds():
    found = [
        [(line.hinh_thuc.split(" của")[0], line.phan_loai, line.so) for line in PLAN.awards.quotas(name, day)]
        for name, day in (("2023-10", date(2023, 10, 1)), ("2025-10", date(2025, 10, 1)))
    ]
    assert found == [
        [
            ("Biểu dương", "Tập thể", 15),
            ("Biểu dương", "Cá nhân", 20),
            ("Giấy khen", "Tập thể", 15),
            ("Giấy khen", "Cá nhân", 25),
        ],
        [
            ("Biểu dương", "Tập thể", 25),
            ("Biểu dương", "Cá nhân", 30),
            ("Giấy khen", "Tập thể", 20),
            ("Giấy khen", "Cá nhân", 25),
        ],
    ]


def test_no_criteria_and_no_scale_are_invented():
    assert PLAN.awards.tieu_chi == [] and PLAN.awards.criteria(date(2025, 10, 1)) is None


def test_nobody_of_the_district_grants_after_its_last_day():
    form = "Giấy khen của Chủ tịch UBND huyện"
    authority = PLAN.awards.authority(form, date(2025, 10, 1))
    assert authority is not None and authority.co_quan == "Chủ tịch UBND huyện"
    assert authority.exists(date(2025, 6, 30)) and not authority.exists(date(2025, 7, 1))


def test_laws_follow_the_day():
    assert [law.noi_dung for law in PLAN.awards.laws(date(2023, 12, 31))][1] == "Nghị định số 91/2017/NĐ-CP"
    assert [law.noi_dung for law in PLAN.awards.laws(date(2024, 1, 1))] == [
        "Luật Thi đua, khen thưởng số 06/2022/QH15",
        "Nghị định số 98/2023/NĐ-CP",
    ]


def test_a_round_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(PlanError, match=r"xét “2024-10”. Các đợt có trong quy định: 2023-10, 2025-10"):
        PLAN.round("2024-10")


def test_a_day_before_the_first_value_is_an_error_not_a_guess():
    with pytest.raises(PlanError, match="Giá trị đầu tiên có từ 01/04/2022"):
        PLAN.value("phieu_toi_thieu", date(2021, 12, 31))


def test_the_value_in_force_is_the_latest_that_has_begun():
    owners = PLAN.info.nhiem_vu[0].chu_tri
    assert in_force("chu_tri", owners, date(2025, 6, 30)).gia_tri == "Ban Dân vận Huyện ủy"
    assert in_force("chu_tri", owners, date(2025, 7, 1)).gia_tri == "Cơ quan được Đảng ủy xã giao"


@pytest.mark.parametrize(
    ("text", "quarters"),
    [
        ("2023-Q3", "2023-Q3"),
        ("2023-q3", "2023-Q3"),
        ("2023-6T", "2023-Q1 2023-Q2"),
        ("2023-9T", "2023-Q1 2023-Q2 2023-Q3"),
        ("2023", "2023-Q1 2023-Q2 2023-Q3 2023-Q4"),
        ("2022-Q3..2023-Q2", "2022-Q3 2022-Q4 2023-Q1 2023-Q2"),
    ],
)
def test_periods(text, quarters):
    assert " ".join(quarter.key for quarter in parse_period(text).quarters) == quarters


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("２０２３", "2023"),
        (" 2023-6t ", "2023-6T"),
        ("2022-q3 .. 2023-q2", "2022-Q3..2023-Q2"),
        ("2023-Q2..2023-Q2", "2023-Q2"),
    ],
)
def test_a_period_has_one_key_however_it_is_typed(text, key):
    assert parse_period(text) == parse_period(key)
    assert parse_period(text).key == key


@pytest.mark.parametrize(
    "text",
    [
        *("2023-Q5", "Q3-2023", "quý III", "", "2023-Q3..2022-Q2", "2023-7T"),
        *("2023-Q1..", "..2023-Q1", "2023-Q1..2023", "2023-Q1...2023-Q2", "2023-Q1..2023-Q2..2023-Q3"),
    ],
)
def test_what_is_no_period(text):
    with pytest.raises(PlanError, match=r"hoặc 2022-Q2\.\.2023-Q3"):
        parse_period(text)


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("2022", "năm 2022"),
        ("2022-6T", "6 tháng đầu năm 2022"),
        ("2022-9T", "9 tháng đầu năm 2022"),
        ("2022-Q2", "quý II năm 2022"),
        ("2023", "năm 2023"),
        ("2022-Q2..2023-Q3", "từ quý II năm 2022 đến quý III năm 2023"),
    ],
)
def test_a_period_is_named_as_it_was_asked_for(asked, title):
    """Also where the plan runs in a part of it only: 2022 holds three quarters of it, its first half one."""
    within = PLAN.within(parse_period(asked))
    assert within is not None and within.title == title
