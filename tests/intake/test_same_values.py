"""One return in several files: what it says decides, not the bytes, the format or the looks of the file."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from openpyxl.styles import Font

from dvk_reports import consolidate
from dvk_reports.sheets.forms.templates import form_bytes
from tests.support.offices import convert, edited
from tests.support.small_space import DAY, KY, put, sent, states, units

ROWS = {
    "B2": [
        {
            "ma_mo_hinh": "MH-CB-A-001",
            "ten": "Tiết kiệm điện nước\nở cơ quan  ",
            "loai": "Tập thể",
            "linh_vuc": "Kinh tế",
            "cap": "Cơ sở",
            "ngay_dk": date(2023, 8, 1),
            "trang_thai": "Đang thực hiện",
        }
    ],
    "B10": [{"noi_dung": "Tuyên truyền", "du_toan": 12.5, "thuc_hien": 33.1, "nguon": "Ngân sách"}],
}


def form(space, **b1):
    return sent(space, "CB-A", {"khong_phat_sinh_b2": None}, b1, ROWS, draw=form_bytes)


def packed_again(data):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as box, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for info in reversed(box.infolist()):
            new.writestr(info.filename, box.read(info))
    return out.getvalue()


def painted(book):
    for row in book["B1"].iter_rows():
        for cell in row:
            cell.font = Font(name="Arial", size=20, bold=True)
    book["B1"]["C8"].number_format = "#,##0.00"


def test_packed_again_saved_again_and_painted_it_is_one_return(space, tmp_path):
    data = form(space)
    (tmp_path / "A.xlsx").write_bytes(data)
    put(space, "0.xlsx", data)
    put(space, "nén lại.xlsx", packed_again(data))
    put(space, "tô màu.xlsx", edited(data, painted))
    for ending in ("xlsx:Calc MS Excel 2007 XML", "xls:MS Excel 97", "ods"):
        path = convert(tmp_path / "A.xlsx", ending, tmp_path / ending.split(":")[0])
        put(space, f"lưu lại{path.suffix}", path.read_bytes())
    result = consolidate(space, KY, as_of=DAY)
    assert states(result) == {
        "0.xlsx": "Dùng",
        "lưu lại.ods": "Trùng",
        "lưu lại.xls": "Trùng",
        "lưu lại.xlsx": "Trùng",
        "nén lại.xlsx": "Trùng",
        "tô màu.xlsx": "Trùng",
    }
    reasons = {record.reason for record in result.data.files if record.state.value == "Trùng"}
    assert reasons == {"cùng nội dung với 0.xlsx"}
    assert units(result)["CB-A"] == "Đã chấp nhận"


def put_in(sheet, key, value):
    """An edit of a form: a value in the row of a key."""

    def edit(book):
        row = next(row for row in range(1, 60) if book[sheet].cell(row, 1).value == key)
        book[sheet].cell(row, 3).value = value

    return edit


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("tong_so_dang_vien", "20"),
        ("tong_so_dang_vien", 20.0),
        ("ngay_ke_hoach", "01/02/2023"),
        ("so_ke_hoach", " 12-KH/CB\n"),
    ],
)
def test_the_same_value_written_in_another_way(space, key, value):
    put(space, "1.xlsx", sent(space, "CB-A"))
    put(space, "2.xlsx", edited(sent(space, "CB-A"), put_in("B1", key, value)))
    assert sorted(states(consolidate(space, KY, as_of=DAY)).values()) == ["Dùng", "Trùng"]


@pytest.mark.parametrize(
    ("key", "value"), [("tong_so_dang_vien", 21), ("tong_so_dang_vien", None), ("so_ke_hoach", "13-KH/CB")]
)
def test_another_value_and_none_of_them_is_used(space, key, value):
    put(space, "1.xlsx", data := sent(space, "CB-A"))
    put(space, "2.xlsx", edited(data, put_in("B1", key, value)))
    put(space, "3.xlsx", packed_again(data))
    result = consolidate(space, KY, as_of=DAY)
    assert states(result) == {"1.xlsx": "Cần xác minh", "2.xlsx": "Cần xác minh", "3.xlsx": "Trùng"}
    assert units(result)["CB-A"] == "Cần xác minh"


def test_of_two_that_say_the_same_the_one_read_with_the_least_doubt_counts(space):
    data = sent(space, "CB-A", {"khong_phat_sinh_b2": None}, {}, ROWS)

    def beside(book):
        sheet = book["B2"]
        row = next(row for row in range(1, 60) if str(sheet.cell(row, 3).value).startswith("Tiết kiệm"))
        sheet.cell(row, 40).value = "ghi thêm ngoài biểu"

    put(space, "1.xlsx", edited(data, beside))
    put(space, "2.xlsx", data)
    result = consolidate(space, KY, as_of=DAY)
    assert states(result) == {"1.xlsx": "Trùng", "2.xlsx": "Dùng"}
