"""A column with a check: written in ``forms.yaml`` alone, it is drawn, asked for, checked and kept."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from dvk_reports import consolidate, make_forms
from tests.errands.own_plans import with_plan
from tests.support.small_space import DAY, KY, put, sent

FORMS = """bieu:
  - ma: B5
    truong:
      - {khoa: so_can_bo, ten: "Trong đó cán bộ dân vận", kieu: nguyen, bat_buoc: true, bien: F, rong: 10,
         tu_ngay: 2023-07-01, huong_dan: "Số cán bộ dân vận trong số lượt người dự."}
    luat:
      - {loai: khong_vuot, phan: so_can_bo, toan_the: so_luot, tu_ngay: 2023-07-01}
"""
CLASS = {
    "ten_lop": "Kỹ năng dân vận",
    "hinh_thuc": "Độc lập",
    "cap_to_chuc": "Cơ sở",
    "ngay_tu": date(2023, 8, 5),
    "ngay_den": date(2023, 8, 5),
    "doi_tuong": "Tổ dân vận",
    "so_luot": 12,
}


@pytest.fixture
def space(tmp_path):
    return with_plan(tmp_path / "làm việc", {"forms.yaml": FORMS})


def columns(path, sheet):
    """Keys of the hidden first row."""
    return [cell.value for cell in openpyxl.load_workbook(path)[sheet][1]]


def test_it_is_drawn_from_its_day_on(space):
    now, before = (make_forms(space, quarter, as_of=date(2023, 9, 20)).folder for quarter in (KY, "2023-Q2"))
    assert "so_can_bo" in columns(now / f"DVK_CB-A_{KY}.xlsx", "B5")
    assert "so_can_bo" not in columns(before / "DVK_CB-A_2023-Q2.xlsx", "B5")


def test_it_is_checked_and_stands_in_the_workbook(space):
    for code, number in (("CB-A", 5), ("CB-B", 13), ("CB-C", None)):
        put(space, f"{code}.xlsx", sent(space, code, rows={"B5": [CLASS | {"so_can_bo": number}]}))
    result = consolidate(space, KY, as_of=DAY)
    caption = "“Trong đó cán bộ dân vận”"
    assert [(f.unit, f.code, f.sheet, f.text) for f in result.data.findings if caption in f.text] == [
        ("CB-B", "K06", "B5", "Ô “Trong đó cán bộ dân vận” ghi 13, lớn hơn “Số lượt người dự” (12 ở ô K8)."),
        ("CB-C", "K02", "B5", "Ô “Trong đó cán bộ dân vận” bắt buộc nhưng để trống."),
    ]
    sheet = openpyxl.load_workbook(result.folder / "tong-hop.xlsx")["B5"]
    keys = [cell.value for cell in sheet[1]]
    rows = [dict(zip(keys, values, strict=True)) for values in sheet.iter_rows(min_row=2, values_only=True)]
    held = {row["ma_don_vi"]: row["so_can_bo"] for row in rows if row["ma_don_vi"]}
    assert held == {"CB-A": 5, "CB-B": 13, "CB-C": None}
