"""Mistakes sown in the forms of the history that are none of the awards' (see ``history_cases.py``), as data.

``SEEDS``: quarter -> mistakes, with unit, sheet, row, cell and what must be found, as in ``seeded.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dvk_reports.plan.periods import Quarter
from tools.samples.seeded import BLOCK, WARNING, Seed

_SAME = Seed("DB-XA-02974", "B1", 0, "so_chi_bo_da_trien_khai", 99, "K06", BLOCK)
"""The same mistake three quarters running."""

SEEDS: Mapping[Quarter, tuple[Seed, ...]] = {
    Quarter(2022, 2): (
        Seed("DB-XA-02950", "B1", 0, "so_cuoc_tuyen_truyen", "khoảng 12", "K04", BLOCK),
        Seed("DB-XA-02998", "B2", 1, "linh_vuc", "Kinh tế - xã hội", "K03", BLOCK),
    ),
    Quarter(2022, 3): (
        Seed("DB-XA-02998", "B3", 1, "ngay_danh_gia", date(2022, 6, 20), "K11", BLOCK),
        Seed("CB-SN-GDNN", "B1", 0, "tong_so_dang_vien", None, "K02", BLOCK),
    ),
    Quarter(2022, 4): (
        _SAME,
        Seed("DB-XA-02980", "B2", 1, "ma_mo_hinh", "MH-DB-XA-02980-099", "K08", BLOCK),
    ),
    Quarter(2023, 1): (
        _SAME,
        Seed("DB-XA-02965", "B2", 1, "trang_thai", "Đăng ký", "K07", BLOCK),
        Seed("CQ-BTG", "B6", 1, "ngay", date(2022, 12, 28), "K11", BLOCK),
    ),
    Quarter(2023, 2): (
        _SAME,
        Seed(
            "DB-XA-02983",
            "B11",
            0,
            "uu_diem",
            "Quý I/2023, Đảng ủy đã chỉ đạo các chi bộ đăng ký mô hình.",
            "K16",
            WARNING,
        ),
    ),
    Quarter(2023, 3): (Seed("DB-TT-02947", "B2", 1, "co_ntm", True, "K03", WARNING),),
    Quarter(2023, 4): (
        Seed("DB-XA-02986", "B1", 0, "tong_so_dang_vien", 3125, "K13", WARNING),
        Seed(
            "DB-XA-02983",
            "B10",
            0,
            "thuc_hien",
            15_000_000,
            "K18",
            WARNING,
            how="them_dong",
            beside={"noi_dung": "Hỗ trợ xi măng làm đường thôn", "nguon": "Xã hội hóa"},
        ),
    ),
}


def seeds_of(quarter: Quarter, unit: str) -> tuple[Seed, ...]:
    return tuple(seed for seed in SEEDS.get(quarter, ()) if seed.unit == unit)
