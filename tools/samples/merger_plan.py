"""What happens around 01/7/2025, as data: which bodies go on, the thôn of the new communes, how returns came.

The merger of communes is real and comes from the bundled register; everything here is made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dvk_reports.plan.periods import Quarter
from tools.samples.district import BODIES, Body
from tools.samples.history_plan import Turn
from tools.samples.seeded import BLOCK, WARNING, Seed

BEFORE, AFTER = Quarter(2025, 2), Quarter(2025, 3)
QUARTERS = (BEFORE, AFTER)
DAY = date(2025, 7, 1)

_KEPT = (
    "DB-CQ-HU",
    "DB-CQ-UBND",
    "DB-CQ-HKL",
    "CB-CQ-TAND",
    "CB-CQ-VKS",
    "CB-CQ-NN",
    "DB-SN-BV",
    "DB-SN-YT",
    "CB-SN-CT",
    "CB-SN-VH",
    "CB-SN-THPT1",
    "CB-SN-THPT2",
    "DT-MTTQ",
    "DT-HND",
    "DT-HPN",
    "PB-NV",
    "PB-TP",
    "CQ-BTC",
    "CQ-VPHU",
    "LLVT-QS",
    "DB-DN-LN",
    "CB-DN-DL",
)
ALL_BODIES: tuple[Body, ...] = (
    *(body for body in BODIES if body.code in _KEPT),
    Body("CQ-BTGDV", "Ban Tuyên giáo và Dân vận Huyện ủy", "BXD", "Ban Tuyên giáo và Dân vận Huyện ủy"),
)
GO_ON = ("DB-SN-BV", "CB-SN-THPT1", "CB-SN-THPT2", "DB-DN-LN", "CB-DN-DL")
"""Bodies that did not end with the district; all others ended on 30/6/2025 without a successor."""

URBAN, URBAN_NAME = "DB-TT-02947", "Phố Ràng"
NEWCOMERS: Mapping[str, Mapping[str, int]] = {"DB-XA-02989-2025": {"Tân An": 6, "Tân Thượng": 5}}
"""New commune -> communes of another district that became part of it -> how many thôn they brought."""

TURNS: tuple[Turn, ...] = (
    Turn("DB-XA-02953", 2, AFTER, "Sáp nhập", "Cùng nội dung với mô hình của xã cũ cùng nhập", 1),
    Turn("DB-XA-02992", 2, AFTER, "Dừng", "Đã hoàn thành mục tiêu"),
    Turn("DB-XA-02965", 2, AFTER, "Tạm dừng", "Chờ phân công lại người phụ trách"),
    Turn("DB-XA-02974", 1, BEFORE, "Dừng", "Đã hoàn thành mục tiêu"),
)

SILENT: Mapping[Quarter, tuple[str, ...]] = {BEFORE: ("CB-CQ-TAND",), AFTER: ("CB-DN-DL",)}
LATE: Mapping[Quarter, Mapping[str, int]] = {
    BEFORE: {"DB-XA-02977": 4, "LLVT-QS": 12},
    AFTER: {"DB-XA-02989-2025": 5, "DB-XA-02968-2025": 3},
}
OLD_CODE = "DB-XA-02965"
"""A commune of before the merger that still sent a return of its own for 2025-Q3."""

SEEDS: Mapping[Quarter, tuple[Seed, ...]] = {
    BEFORE: (
        Seed("DB-XA-02971", "B1", 0, "so_chi_bo_da_trien_khai", 60, "K06", BLOCK),
        Seed("CB-CQ-NN", "B1", 0, "so_ke_hoach", "15-QĐ/CB", "K17", WARNING),
    ),
    AFTER: (
        # Nghĩa Đô: mã thôn của xã cũ còn để nguyên.
        Seed("DB-XA-02953-2025", "B2", 1, "ma_thon", "T-02950-03", "K21", BLOCK),
        # Bảo Yên: cờ đô thị văn minh của thị trấn cũ còn để nguyên.
        Seed("DB-XA-02947-2025", "B2", 1, "co_dtvm", True, "K03", WARNING),
        # Bảo Hà: nhắc kỳ trước.
        Seed("DB-XA-02989-2025", "B11", 0, "uu_diem", "Trong quý II/2025, ba xã cũ đã làm tốt.", "K16", WARNING),
    ),
}
