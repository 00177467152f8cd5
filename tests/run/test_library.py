"""The library as a programmer meets it: its names, how its records show themselves, tables with real types."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pandas as pd
import pytest

import dvk_reports
from dvk_reports import DvkError, Figure, Finding, Result, UnknownSheetError, Workspace, consolidate
from dvk_reports.model.findings import Level
from dvk_reports.vietnamese.words import NO, YES
from tests.support.offices import edited
from tests.support.small_space import DAY, KY, made, put, sent

MODEL = {
    "ma_mo_hinh": "MH-CB-A-001",
    "ten": "Mô hình",
    "loai": "Tập thể",
    "linh_vuc": "Kinh tế",
    "cap": "Cơ sở",
    "chu_the": "Tổ 1",
    "co_ntm": False,
    "mo_hinh_diem": True,
    "so_ho": 12,
    "so_nguoi": "khoảng 40",
    "ngay_dk": date(2022, 5, 1),
    "ngay_bd": "31/9/2022",
    "trang_thai": "Đang thực hiện",
}
FINDING = Finding(Level.BLOCK, "K04", "CB-A", "A.xlsx", "B1", "C15", "<b>57 & 1</b>", "Không phải số.", 'Ghi số, "57".')
FIGURE = Figure("MT1.6", "", "Tỷ lệ <chi bộ>", "%", True, Decimal(20), Decimal(1200), Decimal(20) / Decimal(1200))


class Tags(HTMLParser):
    """The tags and the text of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)

    def handle_data(self, data):
        self.text.append(data)


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    space = made(tmp_path_factory.mktemp("một lần") / "làm việc")
    put(
        space, "A.xlsx", sent(space, "CB-A", {"khong_phat_sinh_b2": None}, {"tong_so_dang_vien": 1200}, {"B2": [MODEL]})
    )
    return consolidate(space, KY, as_of=DAY)


@pytest.fixture
def result(once, space) -> Result:
    """The same results in a workspace of one's own."""
    shutil.copytree(once.folder.parents[1], space.root, dirs_exist_ok=True)
    return replace(once, folder=space.results(KY))


# --- names ---


def test_dir_shows_the_interface_and_nothing_else():
    code = "import dvk_reports; print(*dir(dvk_reports))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == sorted(dvk_reports.__all__)


@pytest.mark.parametrize("name", dvk_reports.__all__)
def test_every_name_is_there_and_says_what_it_is_for(name):
    assert name == "__version__" or getattr(dvk_reports, name).__doc__


def test_every_call_that_reads_files_says_what_its_executor_is_for():
    calls = [getattr(dvk_reports, name) for name in dvk_reports.__all__ if name.islower() and name != "__version__"]
    takers = [call for call in calls if "executor" in call.__annotations__]
    assert len(takers) == 7
    assert [call.__name__ for call in takers if "``executor``" not in call.__doc__] == []


# --- one line, and a small table ---


@pytest.mark.parametrize(
    ("record", "line"),
    [
        (FINDING, "Finding(K04 Chặn · CB-A B1 C15)"),
        (replace(FINDING, cell="", unit="", sheet="", file="thư\n1.zip"), "Finding(K04 Chặn · thư 1.zip)"),
        (FIGURE, "Figure(MT1.6 = 1,7%)"),
        (replace(FIGURE, reported=57, owed=60, verdict="Đạt"), "Figure(MT1.6 = 1,7% · n/N 57/60 · Đạt)"),
        (replace(FIGURE, value=None, reported=None, owed=3), "Figure(MT1.6 = Chưa rõ · n/N 0/3)"),
        (replace(FIGURE, group="Kinh tế", ratio=False, value=Decimal(1000)), "Figure(MT1.6 Kinh tế = 1.000)"),
        (replace(FIGURE, ratio=False, value=Decimal("12.345")), "Figure(MT1.6 = 12,35)"),
    ],
)
def test_a_record_is_one_short_line(record, line):
    assert repr(record) == line


def test_a_run_and_a_workspace_are_one_short_line(space, result):
    assert repr(space) == f"Workspace({space.root} · {space.plan.info.ma})"
    blocks = sum(finding.level is Level.BLOCK for finding in result.data.findings)
    assert repr(result).startswith(f"Result(2023-Q3 · 1/3 đơn vị · Chặn {blocks}, Cảnh báo ")
    assert repr(result).endswith(f" · {result.folder})")


def test_a_notebook_shows_small_tables_in_which_every_text_is_escaped(space, result):
    finding = Tags(FINDING._repr_html_())
    assert {"<b>57 & 1</b>", 'Ghi số, "57".', "K04 · Chặn"} <= set(finding.text)
    assert {"MT1.6 · Tỷ lệ <chi bộ>", "1.200", "1,7%"} <= set(Tags(FIGURE._repr_html_()).text)
    odd = replace(space, root=space.root / "<i>a")
    assert {str(odd.root), space.plan.info.ma} <= set(Tags(odd._repr_html_()).text)
    assert KY in Tags(space._repr_html_()).text
    run = Tags(replace(result, changed=("<p>một", "hai"))._repr_html_())
    assert {"1/3", result.summary, "<p>một", "hai"} <= set(run.text)
    for shown in (finding, run, Tags(FIGURE._repr_html_()), Tags(odd._repr_html_())):
        assert shown.tags <= {"table", "caption", "tbody", "tr", "th", "td", "br"}


# --- tables ---


def test_columns_of_a_form_have_the_types_of_the_plan(result):
    table = result.frame("B2")
    types = {key: str(kind) for key, kind in table.dtypes.items()}
    expected = {"dong": "Int64", "so_ho": "Int64", "so_nguoi": "Int64", "ngay_dk": "datetime64[us]", "ten": "str"}
    assert {key: types[key] for key in expected} == expected
    assert list(table["co_ntm"].cat.categories) == [YES, NO]
    fields = list(result.plan.labels("linh_vuc"))
    assert list(table["linh_vuc"].cat.categories) == fields and len(fields) > 2
    row = table.iloc[0]
    assert (row["so_ho"], row["ngay_dk"], row["linh_vuc"]) == (12, pd.Timestamp(2022, 5, 1), "Kinh tế")


def test_a_stopped_value_is_a_blank_that_the_row_names_and_raw_shows(result):
    row, raw = result.frame("B2").iloc[0], result.frame("B2", raw=True).iloc[0]
    assert pd.isna(row["so_nguoi"]) and pd.isna(row["ngay_bd"])
    assert (raw["so_nguoi"], raw["ngay_bd"]) == ("khoảng 40", "31/9/2022")
    assert {"so_nguoi", "ngay_bd"} <= set(row["dung"].split(";"))


def test_a_word_that_no_drop_down_has_is_kept_as_the_last_category(space):
    put(space, "A.xlsx", sent(space, "CB-A", {"khong_phat_sinh_b2": None}, rows={"B2": [{**MODEL, "cap": "Cấp Z"}]}))
    column = consolidate(space, KY, as_of=DAY).frame("B2")["cap"]
    assert list(column) == ["Cấp Z"] and column.cat.categories[-1] == "Cấp Z"


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (
            "Chỉ tiêu",
            {"ma": "str", "gia_tri": "Float64", "luy_ke": "Float64", "n_bao_cao": "Int64", "ket_luan": "category"},
        ),
        ("Tình hình nộp", {"ngay_nhan": "datetime64[us]", "so_chan": "Int64", "trang_thai": "category"}),
        ("Lỗi", {"muc": "category", "gia_tri": "str", "dong": "Int64", "giai_trinh": "str"}),
        ("Miễn trừ", {"ngay": "datetime64[us]", "den_ngay": "datetime64[us]"}),
        ("Mô hình theo đơn vị", {"ma_don_vi": "str", "tong_so": "Int64"}),
        ("Kết quả theo đơn vị", {"tu_so": "Float64", "ket_qua": "category"}),
        ("B5", {"so_luot": "Int64", "ngay_tu": "datetime64[us]", "hinh_thuc": "category"}),
    ],
)
def test_a_column_has_its_type_even_where_it_is_blank(result, sheet, expected):
    types = result.frame(sheet).dtypes
    assert {key: str(types[key]) for key in expected} == expected


def test_every_cell_is_in_its_table_or_is_a_word_among_numbers_and_days(result):
    with pd.ExcelFile(result.folder / "tong-hop.xlsx", engine="calamine") as book:
        names = book.sheet_names
    seen = 0
    for name in names:
        try:
            table, raw = result.frame(name), result.frame(name, raw=True)
        except UnknownSheetError:
            continue
        assert list(table.columns) == list(raw.columns) and len(table) == len(raw)
        for key in table.columns:
            for typed, written in zip(table[key], raw[key], strict=True):
                if pd.isna(typed):
                    assert pd.isna(written) or isinstance(written, str), (name, key, written)
                else:
                    assert typed == written, (name, key)
                    seen += 1
    assert seen > 1_000


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Chi tieu", "Tên gần nhất: “Chỉ tiêu”. Các bảng có: Chỉ tiêu, Nhiệm vụ, "),
        ("Tổng quan", "không có bảng “Tổng quan”"),
        ("", "không có bảng “”"),
    ],
)
def test_a_sheet_that_is_no_table_is_told_with_those_there_are(result, asked, said):
    with pytest.raises(UnknownSheetError) as told:
        result.frame(asked)
    assert said in str(told.value) and "B11" in str(told.value) and isinstance(told.value, DvkError)


def test_a_workbook_that_is_gone_is_told(result):
    (result.folder / "tong-hop.xlsx").unlink()
    with pytest.raises(DvkError, match=r"Không thấy .*tong-hop\.xlsx"):
        result.frame("Chỉ tiêu")


def test_a_sheet_of_a_person_that_says_nothing_in_its_first_cell_is_no_table(result):
    path = result.folder / "tong-hop.xlsx"

    def add(book):
        book.create_sheet("Trống")
        book.create_sheet("Ghi chép")["A1"] = "Việc cần nhớ"

    path.write_bytes(edited(path.read_bytes(), add))
    for name in ("Trống", "Ghi chép"):
        with pytest.raises(UnknownSheetError):
            result.frame(name)


def test_the_public_records_are_those_that_a_run_gives(space, result):
    assert isinstance(space, Workspace) and isinstance(result, Result)
    assert isinstance(result.data.findings[0], Finding) and isinstance(result.data.figures[0], Figure)
