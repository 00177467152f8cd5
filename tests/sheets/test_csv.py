"""``consolidate(csv=True)``: every sheet that carries data as a plain file for other systems."""

import csv
import io
from datetime import date

import pytest

from dvk_reports import consolidate
from dvk_reports.run.steps.tables import csv_files
from dvk_reports.workspace.folder import recorded
from tests.support.offices import edited
from tests.support.small_space import DAY, KY, files_of, put, sent

MODEL = {
    "ma_mo_hinh": "MH-CB-A-001",
    "ten": "=Mô hình",
    "loai": "Tập thể",
    "linh_vuc": "Kinh tế",
    "cap": "Cơ sở",
    "chu_the": "'Tổ 1'",
    "ly_do": "- một\n- hai",
    "muc_tieu": " +10 hộ",
    "noi_dung": 'NA, "None"',
    "ket_qua_du_kien": "NA",
    "kha_nang": "Cao",
    "co_ntm": False,
    "mo_hinh_diem": True,
    "so_ho": 0,
    "ngay_dk": date(2022, 5, 1),
    "trang_thai": "Đang thực hiện",
    "ghi_chu": "@ban",
}
SHEETS = ["BIA", "B1", "B2", "B3", "B3b", "B4", "B4b", "B5", "B6", "B7", "B8", "B9a", "B9b", "B10", "B11"]


def table(data):
    """The rows of one file as another system reads them."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_each_kind_of_value(space):
    """Days, numbers, Có/Không and blanks are plain; what looks like a formula has one apostrophe more."""
    rows = {"B2": [MODEL]}
    put(space, "A.xlsx", sent(space, "CB-A", {"khong_phat_sinh_b2": None}, {"tong_so_dang_vien": 1200}, rows))
    folder = consolidate(space, KY, as_of=DAY, csv=True).folder
    (model,) = table((folder / "csv" / "B2.csv").read_bytes())
    assert {key: model[key] for key in ("ma_don_vi", "ky", "tep", *MODEL, "ngay_bd", "so_nguoi")} == {
        "ma_don_vi": "CB-A",
        "ky": KY,
        "tep": "A.xlsx",
        **MODEL,
        "ten": "'=Mô hình",
        "chu_the": "''Tổ 1'",
        "ly_do": "'- một\n- hai",
        "muc_tieu": "'+10 hộ",  # white space round a text is no part of it
        "co_ntm": "Không",
        "mo_hinh_diem": "Có",
        "so_ho": "0",
        "ngay_dk": "2022-05-01",
        "ghi_chu": "'@ban",
        "ngay_bd": "",
        "so_nguoi": "",
    }
    (plan,) = table((folder / "csv" / "B1.csv").read_bytes())
    assert (plan["tong_so_dang_vien"], plan["ngay_ke_hoach"]) == ("1200", "2023-02-01")
    members = next(row for row in table((folder / "csv" / "Chỉ tiêu.csv").read_bytes()) if row["ma"] == "MT1.6")
    assert (members["tu_so"], members["mau_so"], members["nhom"]) == ("20", "1200", "")
    assert members["gia_tri"] == "0.01666666666666667"


def test_the_files_are_those_of_the_sheets_with_data(space):
    put(space, "A.xlsx", sent(space, "CB-A"))
    result = consolidate(space, KY, as_of=DAY, csv="whole")
    names = [name for name in files_of(result.folder) if name.startswith("csv/")]
    data = ["Chỉ tiêu", "Nhiệm vụ", "Tình hình nộp", "Lỗi", "Tệp", "Nguồn số liệu", "Miễn trừ", "Mô hình theo đơn vị"]
    assert {f"csv/{name}.csv" for name in [*data, *SHEETS]} <= set(names)
    assert "csv/Tổng quan.csv" not in names
    for name in names:
        content = (result.folder / name).read_bytes()
        head, *lines = content.split(b"\r\n")
        keys = head.decode("utf-8").removeprefix("\ufeff").split(",")
        frame = result.frame(name.removeprefix("csv/").removesuffix(".csv"))
        assert content.startswith(b"\xef\xbb\xbf") and keys == list(frame.columns)
        assert len(table(content)) == len(frame) and lines[-1] == b""
    assert set(names) <= set(recorded(result.folder))


def test_the_same_run_gives_the_same_bytes_and_one_without_takes_its_own_files_away(space):
    put(space, "A.xlsx", sent(space, "CB-A"))
    first = files_of(consolidate(space, KY, as_of=DAY, csv=True).folder)
    again = files_of(consolidate(space, KY, as_of=DAY, csv=True).folder)
    assert {name: data for name, data in again.items() if name != "thay-doi.txt"} == first
    touched = space.results(KY) / "csv" / "B2.csv"
    touched.write_bytes(touched.read_bytes() + b"x")
    left = files_of(consolidate(space, KY, as_of=DAY).folder)
    assert [name for name in left if name.startswith("csv/")] == ["csv/B2.csv"]


@pytest.mark.parametrize("text", ["=1+1", "+84", "-", "@a", "\t=1", "'a", "a=b", "NA", "None", "nan", "12-KH/ĐU"])
def test_text_comes_back_by_taking_one_apostrophe_off(space, text):
    from dvk_reports.run.steps.tables import _plain

    shown = _plain(text)
    assert shown.removeprefix("'") == text
    assert shown.lstrip()[:1] not in ("=", "+", "-", "@")


def test_a_sheet_that_has_no_keys_is_left_out(space):
    put(space, "A.xlsx", sent(space, "CB-A"))
    book = (consolidate(space, KY, as_of=DAY).folder / "tong-hop.xlsx").read_bytes()

    def add(book):
        book.create_sheet("Trống")
        book.create_sheet("Ghi chép")["A1"] = "Việc cần nhớ"

    assert list(csv_files(edited(book, add), space.plan)) == list(csv_files(book, space.plan))


def test_what_is_of_a_person_stays_in_the_office(space):
    """Birth dates, ethnic group and telephone are in the workbook, and in the files only where they are asked for."""
    person = {
        "hinh_thuc": "Biểu dương của Ban Dân vận Huyện ủy",
        "phan_loai": "Cá nhân",
        "ten": "Trần Minh Họa",
        "danh_xung": "Ông",
        "ngay_sinh": "19/13/2093",
        "gioi_tinh": "Nam",
        "dan_toc": "Tày-ABC",
        "don_vi_cong_tac": "Chi bộ A",
        "doi_tuong": "Khác",
    }
    data = sent(space, "CB-A", {"khong_phat_sinh_b9b": None, "dien_thoai": "0912345678"}, rows={"B9b": [person]})

    def beside(book):
        """A line below the total and a column of the unit's own: the findings on them quote what stood there."""
        sheet = book["B9b"]
        sheet.cell(sheet.max_row + 2, 3).value = "Lý D, sinh 2093, dân tộc Tày-ABC, gọi 0912345678"
        sheet.cell(8, sheet.max_column + 3).value = "sinh 2093"

    put(space, "A.xlsx", edited(data, beside))
    private = ("2093", "Tày-ABC", "0912345678")
    for kind, expected in ((True, set()), ("whole", {"2093", "Tày-ABC", "0912345678"})):
        folder = consolidate(space, KY, as_of=DAY, csv=kind).folder
        written = {path.name: path.read_bytes().decode("utf-8-sig") for path in (folder / "csv").iterdir()}
        found = {word for word in private for text in written.values() if word in text}
        assert expected <= found if expected else found == set()
        assert "Trần Minh Họa" in written["B9b.csv"]
        assert {"K27", "T04"} <= {row["ma_loi"] for row in table(written["Lỗi.csv"].encode("utf-8-sig"))}
        assert "ngay_sinh" in {row["khoa"] for row in table(written["Lỗi.csv"].encode("utf-8-sig"))}
