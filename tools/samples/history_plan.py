"""What happens to the illustrative district over 2022-Q2 … 2023-Q4, as data: units, thôn, models, how returns came.

All of it is made up. The register, the returns and the tests are all made from these tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dvk_reports.plan.periods import Quarter, quarters_between
from tools.samples.district import BODIES, Body

FIRST, LAST = Quarter(2022, 2), Quarter(2023, 4)
QUARTERS: tuple[Quarter, ...] = tuple(quarters_between(FIRST, LAST))
AWARD_QUARTER = Quarter(2023, 3)

# --- units ------------------------------------------------------------------------------------------------------------

ENDED, SPLIT, ABSORBED, HOST, NEW = "CB-DN-TM", "CB-SN-DVNN", "CB-CQ-PYT", "DB-SN-YT", "CB-DN-MD"
"""Ended without a successor; split in two; merged into one that goes on; that one; created in the middle."""
MORE_BODIES: tuple[Body, ...] = (
    Body(ABSORBED, "Chi bộ Phòng Y tế huyện", "CB_CQ", "Phòng Y tế huyện"),
    Body("CB-SN-TTBV", "Chi bộ Trạm Trồng trọt và Bảo vệ thực vật", "CB_SN", "Trạm Trồng trọt và BVTV"),
    Body("CB-SN-CNTY", "Chi bộ Trạm Chăn nuôi và Thú y", "CB_SN", "Trạm Chăn nuôi và Thú y"),
    Body(NEW, "Chi bộ Công ty May (minh họa)", "CB_DN", "Công ty May"),
)
ALL_BODIES: tuple[Body, ...] = (*BODIES, *MORE_BODIES)
VALID: Mapping[str, tuple[date | None, date | None]] = {
    ENDED: (None, date(2022, 12, 31)),
    SPLIT: (None, date(2023, 3, 31)),
    "CB-SN-TTBV": (date(2023, 4, 1), date(2025, 6, 30)),
    "CB-SN-CNTY": (date(2023, 4, 1), date(2025, 6, 30)),
    ABSORBED: (None, date(2022, 12, 31)),
    NEW: (date(2023, 1, 1), date(2025, 6, 30)),
}
"""(first day, last day) of the bodies that did not exist all the time."""
SUCCESSIONS: tuple[tuple[str, str, date, str], ...] = (
    (SPLIT, "CB-SN-TTBV", date(2023, 4, 1), "Quyết định số 215-QĐ/HU ngày 20/3/2023 (minh họa)"),
    (SPLIT, "CB-SN-CNTY", date(2023, 4, 1), "Quyết định số 215-QĐ/HU ngày 20/3/2023 (minh họa)"),
    (ABSORBED, HOST, date(2023, 1, 1), "Quyết định số 188-QĐ/HU ngày 22/12/2022 (minh họa)"),
)

# --- thôn -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HamletChange:
    """One line of B4b for each old thôn; the register has accepted it in the quarter after."""

    commune: str
    quarter: Quarter
    kind: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    decision: str
    decided: date
    effective: date


HAMLET_CHANGES: tuple[HamletChange, ...] = (
    HamletChange(
        "02977",
        Quarter(2022, 4),
        "Sáp nhập",
        ("Thôn Làng Cũ 1", "Thôn Làng Cũ 2"),
        ("Thôn Làng Mới",),
        "41/NQ-HĐND",
        date(2022, 11, 18),
        date(2023, 1, 1),
    ),
    HamletChange(
        "02983",
        Quarter(2022, 3),
        "Sáp nhập",
        ("Thôn Già Hạ", "Thôn Già Thượng"),
        ("Thôn Già",),
        "25/NQ-HĐND",
        date(2022, 8, 25),
        date(2022, 10, 1),
    ),
    HamletChange(
        "02956",
        Quarter(2023, 1),
        "Đổi tên",
        ("Thôn Lò Vôi",),
        ("Thôn Tân Lập",),
        "08/NQ-HĐND",
        date(2023, 3, 10),
        date(2023, 4, 1),
    ),
    HamletChange(
        "02989",
        Quarter(2023, 3),
        "Chia tách",
        ("Thôn Bùn Hạ",),
        ("Thôn Bùn Hạ 1", "Thôn Bùn Hạ 2"),
        "33/NQ-HĐND",
        date(2023, 9, 14),
        date(2023, 10, 1),
    ),
)

# --- models -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Turn:
    """A model takes another trang_thai; ``number`` is that of its code."""

    unit: str
    number: int
    quarter: Quarter
    state: str
    why: str
    into: int | None = None


TURNS: tuple[Turn, ...] = (
    Turn("DB-TT-02947", 2, Quarter(2022, 4), "Tạm dừng", "Chờ sắp xếp lại tổ dân phố"),
    Turn("DB-TT-02947", 2, Quarter(2023, 2), "Đang thực hiện", "Đã sắp xếp xong tổ dân phố"),
    Turn("DB-XA-02953", 2, Quarter(2023, 1), "Dừng", "Đã hoàn thành mục tiêu"),
    Turn("DB-XA-02968", 2, Quarter(2023, 2), "Sáp nhập", "Cùng nội dung, cùng địa bàn với mô hình khác", 1),
    Turn("DB-XA-02989", 2, Quarter(2023, 2), "Dừng", "Người đứng đầu chuyển nơi ở"),
    Turn("DB-XA-02971", 2, Quarter(2022, 4), "Tạm dừng", "Mùa mưa, chưa thi công được"),
    Turn("DB-XA-02971", 2, Quarter(2023, 1), "Đang thực hiện", "Đã thi công trở lại"),
    Turn("DB-XA-02998", 2, Quarter(2023, 3), "Tạm dừng", "Chờ bố trí kinh phí"),
    Turn("DB-XA-02998", 2, Quarter(2023, 4), "Dừng", "Không bố trí được kinh phí"),
    Turn("DT-HPN", 1, Quarter(2023, 1), "Tạm dừng", "Chờ bố trí kinh phí"),
    Turn("DT-HPN", 1, Quarter(2023, 3), "Duy trì", "Đã bố trí kinh phí"),
    Turn("DB-SN-BV", 1, Quarter(2023, 4), "Dừng", "Chuyển thành việc làm thường xuyên của đơn vị"),
)
GRADES: Mapping[tuple[str, int, int], str] = {
    ("DB-XA-02959", 1, 2023): "Chưa hiệu quả",
    ("DB-XA-02959", 2, 2023): "Trung bình",
    ("DB-XA-02950", 1, 2022): "Hiệu quả khá",
    **{
        (unit, 1, 2023): "Hiệu quả cao"
        for unit in (
            "DB-XA-02950",
            "DB-XA-02953",
            "DB-XA-02956",
            "DB-XA-02962",
            "DB-XA-02965",
            "DB-XA-02971",
            "DB-XA-02980",
            "DB-XA-02989",
            "DB-XA-02998",
            "DB-SN-YT",
            "CB-CQ-GDDT",
        )
    },
    ("DB-XA-02989", 3, 2023): "Hiệu quả cao",
}
"""(unit, number of its model, year) -> class, where the story needs one."""
UNREVIEWED: Mapping[str, int] = {"DB-XA-02953": 3, "DB-XA-02968": 3, "DB-XA-02992": 1}
"""Unit -> number of a model that was not reviewed in 2023."""

# --- how the returns came ---------------------------------------------------------------------------------------------

SILENT: Mapping[Quarter, tuple[str, ...]] = {
    Quarter(2022, 2): ("CB-CQ-NHCS", "CB-DN-TM"),
    Quarter(2022, 3): ("CB-CQ-NHCS",),
    Quarter(2023, 1): ("DB-XA-02977",),
    Quarter(2023, 2): ("CB-CQ-NHCS",),
    Quarter(2023, 3): ("DB-DN-LN",),
    Quarter(2023, 4): ("CB-CQ-THA",),
}
REFUSED: Mapping[Quarter, tuple[str, str]] = {Quarter(2022, 4): ("CB-CQ-KBNN", "CB-CQ-KBN")}
"""Unit and the code it wrote on BIA instead of its own."""
CONFLICT: Mapping[Quarter, str] = {Quarter(2023, 2): "CB-SN-THPT2"}
"""Unit that sent two different files under one phien_ban."""
REPLACED: Mapping[Quarter, str] = {Quarter(2022, 3): "DB-XA-02959"}
"""Unit that sent a second version."""
NIL: Mapping[Quarter, tuple[str, ...]] = {
    Quarter(2022, 3): ("CB-DN-MT",),
    Quarter(2023, 1): ("CB-DN-MT",),
    Quarter(2023, 3): ("CB-DN-MT",),
}
"""Units whose return is “Không phát sinh”."""
LATE: Mapping[Quarter, Mapping[str, int]] = {
    Quarter(2022, 2): {"DB-XA-02956": 3, "DB-XA-02992": 6},
    Quarter(2022, 3): {"CB-SN-GDNN": 2},
    Quarter(2022, 4): {"DB-XA-02971": 4},
    Quarter(2023, 1): {"PB-TNMT": 2},
    Quarter(2023, 2): {"PB-TNMT": 5, "DT-LDLD": 1},
    Quarter(2023, 3): {"PB-TNMT": 8, "DB-XA-02971": 6},
    Quarter(2023, 4): {"CB-DN-DL": 13, "DB-XA-02986": 2},
}
"""Days after the deadline; the 13 days of 2023-Q4 are after closing."""


def not_used(quarter: Quarter) -> tuple[str, ...]:
    """Units of which no return counts."""
    found = [*SILENT.get(quarter, ())]
    found += [REFUSED[quarter][0]] if quarter in REFUSED else []
    found += [CONFLICT[quarter]] if quarter in CONFLICT else []
    return tuple(found)
