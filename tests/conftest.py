"""Fixtures for all tests."""

from datetime import date

import pytest
from hypothesis import settings

from dvk_reports import open_workspace
from dvk_reports.sheets.register import RegisterData, write_register

from .small_space import KY

# The same examples on every machine, and no clock: a slow one must not fail a property.
settings.register_profile("same", deadline=None, derandomize=True)
settings.load_profile("same")


@pytest.fixture
def space(tmp_path):
    """Three party cells, each owing the same sheets."""
    root = tmp_path / "làm việc"
    for name in ("nhan-ve", "mau-word", "ket-qua"):
        (root / name).mkdir(parents=True)
    (root / "nhan-ve" / KY).mkdir()
    workspace = open_workspace(root)
    rows = {
        "Đơn vị": [
            {
                "ma_don_vi": f"CB-{n}",
                "ten": f"Chi bộ {n}",
                "loai": "CB_CQ",
                "nhom": "II",
                "email": f"cb{n}@vi-du.example",
            }
            for n in "ABC"
        ],
        "Hạn nộp": [{"ky": KY, "han_nop": date(2023, 10, 10), "ngay_khoa_so": date(2023, 10, 20)}],
        "Ngày nhận": [{"ma_don_vi": f"CB-{n}", "ky": KY, "ngay_nhan": date(2023, 10, 9)} for n in "ABC"],
    }
    write_register(root / "danh-muc.xlsx", workspace.plan, RegisterData(rows))
    return workspace
