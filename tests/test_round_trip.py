"""There and back: forms with known mistakes, marked copies, corrected in the marked copies, clean; every figure the same."""

import random
from collections import Counter
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from dvk_reports.checks.answers import apply_answers, closed
from dvk_reports.intake.forms import read_form
from dvk_reports.intake.readers import read_book
from dvk_reports.model import Level
from dvk_reports.run.judging import judge
from dvk_reports.sheets.marked import findings_on_copy, marked_copy, needs_copy

from .offices import convert, edited, form_of
from .test_reading_forms import PLAN, QUARTER, REGISTER, UNIT

MODEL = {
    "ten": "Hiến đất làm đường",
    "loai": "Tập thể",
    "linh_vuc": "Kinh tế",
    "cap": "Cơ sở",
    "ma_thon": "T-02950-01",
    "ngay_dk": date(2022, 5, 1),
    "trang_thai": "Duy trì",
    "so_ho": 12,
}
SURVEY = {
    "dot": "Đợt 1",
    "tu_ngay": date(2023, 7, 1),
    "den_ngay": date(2023, 7, 20),
    "co_quan": "UBND xã",
    "doi_tuong": "Người dân",
    "hinh_thuc": "Phiếu giấy",
    "phieu_phat": 50,
    "phieu_thu": 40,
    "phieu_hop_le": 40,
    **{f"{part}_{name}": n for part in ("ch",) for name, n in zip(("rat_hl", "hl", "bt", "khl", "rat_khl"), (30, 6, 4, 0, 0))},
}
VALUES = {
    "BIA": {
        "loai_bao_cao": "Chính thức",
        "dien_thoai": "0912000111",
        "ban_ky": True,
        **{f"khong_phat_sinh_{name}": True for name in ("b3", "b9b")},
    },
    "B1": {
        "so_ke_hoach": "12-KH/ĐU",
        "ngay_ke_hoach": date(2023, 2, 1),
        "tong_so_chi_bo": 10,
        "so_chi_bo_da_trien_khai": 9,
        "tong_so_dang_vien": 200,
        "so_dang_vien_duoc_pho_bien": 180,
        "so_hoi_nghi_pho_bien": 1,
        "so_luot_dang_vien": 1234,
        "so_cuoc_tuyen_truyen": 3,
        "so_chuyen_muc": 0,
        "ghi_chu": "=Không phải công thức\nDòng hai",
    },
}
ROWS = {
    "B2": [
        {"ma_mo_hinh": "MH-DB-XA-02950-001", **MODEL},
        {"ma_mo_hinh": "MH-DB-XA-02950-002", **MODEL, "ten": "-Tự quản đường biên", "ma_thon": "Tất cả"},
        {"ma_mo_hinh": "MH-DB-XA-02950-003", **MODEL, "ten": "Camera an ninh", "linh_vuc": "Quốc phòng - an ninh"},
    ],
    "B8": [SURVEY, {**SURVEY, "dot": "Đợt 2", "hinh_thuc": "Trực tuyến"}],
    "B10": [{"noi_dung": "Hội nghị", "nguon": "NSNN cấp xã", "thuc_hien": Decimal("12.5"), "du_toan": Decimal("0.25")}],
}
