"""A unit that is split, as a clerk meets it: forms of the parts, their returns, the same run once more."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from docx import Document

from dvk_reports import consolidate, draft_awards, make_forms
from tests.support import small_space
from tests.support.registers import register_bytes
from tests.support.small_space import DAY, KY

NEXT, THEN = "2023-Q4", date(2024, 1, 12)
MODEL = {"ten": "", "loai": "Tập thể", "linh_vuc": "Kinh tế", "cap": "Cơ sở", "ngay_dk": date(2022, 6, 5)}


@pytest.fixture
def space(tmp_path):
    """CB-A lists three models in quarter III and is split into CB-D and CB-E on 01/10."""
    space = small_space.made(tmp_path)
    rows = [
        {**MODEL, "ma_mo_hinh": f"MH-CB-A-00{n}", "ten": name, "trang_thai": state, **more}
        for n, name, state, more in (
            (1, "Đường hoa", "Đang thực hiện", {}),
            (2, "Camera an ninh", "Duy trì", {}),
            (3, "Lò đốt rác", "Dừng", {"ngay_tt": date(2023, 8, 5), "ly_do_tt": "Hết việc"}),
        )
    ]
    cover = {"khong_phat_sinh_b2": None}
    review = {"ma_mo_hinh": "MH-CB-A-001", "ngay_danh_gia": date(2023, 9, 5), "hinh_thuc": "Tự đánh giá"}
    review |= {"don_vi_danh_gia": "Chi ủy", "xep_loai": "Hiệu quả cao", "ket_qua": "Tốt", "kien_nghi": "Duy trì"}
    small_space.put(space, "A.xlsx", small_space.sent(space, "CB-A", cover=cover, rows={"B2": rows, "B3": [review]}))
    consolidate(space, KY, as_of=DAY)
    since = {"tu_ngay": date(2023, 10, 1)}
    ends = {"CB-A": {"den_ngay": date(2023, 9, 30)}, "CB-D": since, "CB-E": since}
    units = [
        {"ma_don_vi": f"CB-{n}", "ten": f"Chi bộ {n}", "loai": "CB_CQ", "nhom": "II", **ends.get(f"CB-{n}", {})}
        for n in "ABCDE"
    ]
    split = [{"ma_cu": "CB-A", "ma_moi": f"CB-{n}", "ngay": since["tu_ngay"], "van_ban": "QĐ 1"} for n in "DE"]
    due = [{"ky": NEXT, "han_nop": date(2024, 1, 10)}]
    rows = {"Đơn vị": units, "Sáp nhập": split, "Hạn nộp": due}
    space.register_path.write_bytes(register_bytes(space.plan, rows))
    return space


def printed(space, code):
    folder = make_forms(space, NEXT, unit=code, as_of=THEN).folder
    sheet = openpyxl.load_workbook(io.BytesIO((folder / f"DVK_{code}_{NEXT}.xlsx").read_bytes()))["B2"]
    return {
        sheet.cell(row, 2).value: sheet.cell(row, 3).value
        for row in range(7, 40)
        if sheet.cell(row, 3).value and str(sheet.cell(row, 2).value).startswith("MH-")
    }


def of_part(space, code, *numbers, **sheets):
    names = {1: "Đường hoa", 2: "Camera an ninh"}
    rows = [{**MODEL, "ma_mo_hinh": f"MH-CB-A-00{n}", "ten": names[n], "trang_thai": "Duy trì"} for n in numbers]
    cover = {"khong_phat_sinh_b2": None if rows else True}
    data = small_space.sent(space, code, cover=cover, rows={"B2": rows, **sheets}, quarter=NEXT)
    small_space.put(space, f"{code}.xlsx", data, quarter=NEXT)


def told(space):
    result = consolidate(space, NEXT, as_of=THEN)
    wanted = ("K07", "K08", "K21", "K24", "D12")
    return sorted((f.code, f.unit, f.sheet, f.cell) for f in result.data.findings if f.code in wanted)


def test_the_parts_carry_on_what_they_list(space):
    both = {"MH-CB-A-001": "Đường hoa", "MH-CB-A-002": "Camera an ninh"}
    assert printed(space, "CB-D") == printed(space, "CB-E") == both
    of_part(space, "CB-D", 1)
    of_part(space, "CB-E", 2)
    assert told(space) == []
    first = small_space.files_of(space.results(NEXT))
    assert told(space) == []
    again = small_space.files_of(space.results(NEXT))
    assert {name: data for name, data in again.items() if name != "thay-doi.txt"} == {
        name: data for name, data in first.items() if name != "thay-doi.txt"
    }


def test_what_no_part_lists_is_a_warning_on_the_register_and_what_both_list_is_told(space):
    of_part(space, "CB-D", 1)
    of_part(space, "CB-E")
    assert told(space) == [("D12", "CB-A", "Sáp nhập", "")]
    of_part(space, "CB-E", 1, 2)
    assert [line[:3] for line in told(space)] == [("K24", "CB-E", "B2")]


def test_what_another_part_lists_now_is_no_model_of_this_one(space):
    review = {"ma_mo_hinh": "MH-CB-A-002", "ngay_danh_gia": date(2023, 11, 5), "hinh_thuc": "Tự đánh giá"}
    review |= {"don_vi_danh_gia": "Chi ủy", "xep_loai": "Hiệu quả cao", "ket_qua": "Tốt", "kien_nghi": "Duy trì"}
    of_part(space, "CB-D", 1, B3=[review])
    of_part(space, "CB-E", 1)
    assert ("K21", "CB-D", "B3", "B8") not in told(space)
    of_part(space, "CB-E", 2)
    assert told(space) == [("K21", "CB-D", "B3", "B8")]


def test_the_decision_of_a_part_knows_the_class_that_the_whole_gave_its_model(space):
    row = {"nam_xet": 2023, "so_qd": "5-QĐ/CB", "ngay_qd": date(2023, 10, 10), "co_quan_qd": "Chi bộ D"}
    row |= {"ma_mo_hinh": "MH-CB-A-001", "loai": "Tập thể", "ten": "Tổ một", "don_vi": "Chi bộ D", "ket_qua": "Mô hình"}
    of_part(space, "CB-D", 1, B9a=[row])
    consolidate(space, NEXT, as_of=THEN)
    made = draft_awards(space, "2023-10", as_of=THEN, recognise="CB-D")
    text = " ".join(cell.text for table in Document(str(made.folder / made.written[0])).tables for cell in table._cells)
    assert "Đường hoa" in text and "Hiệu quả cao" in text
