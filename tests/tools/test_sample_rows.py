"""Rows of a sample set as text: how a cell is read, what a copy says otherwise, what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dvk_reports.model.periods import Quarter
from tools.samples.render import Renderer
from tools.samples.rows import SampleError, read_rows, value_of
from tools.samples.sets import SampleSet, SentFile

KINDS = {"ten": "chu", "so_ho": "nguyen", "ngay": "ngay", "tien": "so", "diem": "co_khong"}
QUARTER = Quarter(2023, 3)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("chu", "12", "12"),
        ("chu", "", None),
        ("nguyen", "12", 12),
        ("nguyen", "-3", -3),
        ("nguyen", "khoảng 12", "khoảng 12"),
        ("nguyen", "'12", "12"),
        ("so", "14.2", Decimal("14.2")),
        ("so", "'1.234", "1.234"),
        ("ngay", "2023-09-30", date(2023, 9, 30)),
        ("ngay", "31/9/2023", "31/9/2023"),
        ("co_khong", "Có", True),
        ("co_khong", "Không", False),
        ("co_khong", "x", "x"),
        ("chon", "Tập thể", "Tập thể"),
    ],
)
def test_a_cell_is_read_by_the_type_of_its_column(kind, text, value):
    found = value_of(kind, text)
    assert (found, type(found)) == (value, type(value))


def written(folder: Path, text: str) -> Path:
    path = folder / "B2.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_line_may_end_early_and_a_column_may_be_missing(tmp_path: Path):
    path = written(tmp_path, "don_vi_gui,ten,so_ho,diem\nA,Một,,Có\nA,Hai\nB,Ba,4\n")
    assert list(read_rows(path, KINDS, ("don_vi_gui",))) == [
        {"don_vi_gui": "A", "ten": "Một", "diem": True},
        {"don_vi_gui": "A", "ten": "Hai"},
        {"don_vi_gui": "B", "ten": "Ba", "so_ho": 4},
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("don_vi_gui,ten,so_hoo\n", "so_hoo"),
        ("ten,so_ho\n", "dòng đầu phải là don_vi_gui"),
        ("don_vi_gui,ten\nA,Một\nA,Hai,3\n", "dòng 3: nhiều ô hơn dòng đầu"),
    ],
)
def test_what_is_in_no_column_is_refused(tmp_path: Path, text, said):
    with pytest.raises(SampleError, match=said):
        list(read_rows(written(tmp_path, text), KINDS, ("don_vi_gui",)))


def test_a_set_that_does_not_exist_is_named_with_those_that_do():
    with pytest.raises(SampleError, match=r"“bao-yem”.*bao-yen, bao-yen-2022-2023, bao-yen-2025"):
        SampleSet("bao-yem")


# --- a set of one unit ---


@pytest.fixture
def tiny(tmp_path: Path) -> SampleSet:
    (tmp_path / "bo.yaml").write_text(
        "ke_hoach: bao_yen_2022_2025\nky: [2023-Q3]\nbieu_gon: true\nloi_dau: [Minh họa.]\n"
        "giao_nop:\n  2023-Q3:\n    - {tep: a.xlsx, bieu: CB-A}\n"
        "    - {tep: b.xlsx, bieu: CB-A, sua: {B1.so_chuyen_muc: 2, B2.1.ten: Khác, B2.*.so_ho: null}}\n",
        encoding="utf-8",
    )
    (tmp_path / "danh-muc").mkdir()
    (tmp_path / "danh-muc" / "Đơn vị.csv").write_text(
        "ma_don_vi,ten,loai,nhom\nCB-A,Chi bộ A,CB_CQ,II\nCB-B,Chi bộ B,CB_CQ,II\n", encoding="utf-8"
    )
    quarter = tmp_path / "2023-Q3"
    quarter.mkdir()
    (quarter / "BIA.csv").write_text("don_vi_gui,loai_bao_cao\nCB-A,Chính thức\nCB-B,Chính thức\n", encoding="utf-8")
    (quarter / "B1.csv").write_text("don_vi_gui,so_chuyen_muc\nCB-A,1\n", encoding="utf-8")
    (quarter / "B2.csv").write_text("don_vi_gui,ten,so_ho\nCB-A,Một,3\nCB-A,Hai,4\n", encoding="utf-8")
    (tmp_path / "loi-gai-san.csv").write_text("ky,don_vi,bieu,dong,o,ma_loi,muc,cach,ghi\n", encoding="utf-8")
    return SampleSet("nhỏ", tmp_path)


def test_a_unit_that_is_not_told_of_sends_one_form_under_the_usual_name(tiny: SampleSet):
    assert [sent.name for sent in tiny.sent_files(QUARTER)] == ["DVK_CB-B_2023-Q3.xlsx", "a.xlsx", "b.xlsx"]


def test_a_copy_says_otherwise_only_what_it_is_told(tiny: SampleSet):
    first, second = (tiny.content(sent, QUARTER) for sent in tiny.sent_files(QUARTER)[1:])
    assert (first.values["B1"], first.rows["B2"]) == (
        {"so_chuyen_muc": 1},
        [{"ten": "Một", "so_ho": 3}, {"ten": "Hai", "so_ho": 4}],
    )
    assert (second.values["B1"], second.rows["B2"]) == (
        {"so_chuyen_muc": 2},
        [{"ten": "Khác", "so_ho": None}, {"ten": "Hai", "so_ho": None}],
    )


def test_the_form_holds_the_rows_in_the_layout_of_the_unit_s_own_form(tiny: SampleSet):
    from io import BytesIO

    import openpyxl

    data = Renderer(tiny).file(SentFile("a.xlsx", {"bieu": "CB-A"}), QUARTER)
    sheet = openpyxl.load_workbook(BytesIO(data))["B2"]
    keys = {cell.value: cell.column for cell in sheet[1]}
    told = [row for row in sheet.iter_rows(values_only=True) if row[keys["ten"] - 1] in ("Một", "Hai")]
    assert [(row[0], row[keys["ten"] - 1], row[keys["so_ho"] - 1]) for row in told] == [(1, "Một", 3), (2, "Hai", 4)]
