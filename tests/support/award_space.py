"""A workspace with two consolidated quarters before the round of 2023-10, and what its one unit sent."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from dvk_reports import consolidate
from dvk_reports.workspace.folder import Workspace
from tests.support.award_cases import PAPER, PRAISE
from tests.support.small_space import DAY, KY, made, put, sent

BORN = date(1980, 3, 5)
MODEL = "MH-CB-A-001"
PAO, GROUP, PRAISED, HOME = "Lý A Páo", "Tổ tiết kiệm", "Chi đoàn A", "Hộ ông Lù Văn Ỉnh"


def recognition(year: int, day: date, **changed: object) -> dict[str, object]:
    return {
        "nam_xet": year,
        "so_qd": "30-QĐ/CB",
        "ngay_qd": day,
        "co_quan_qd": "Chi bộ",
        "ma_mo_hinh": MODEL,
        "loai": "Cá nhân",
        "ten": PAO,
        "ngay_sinh": BORN,
        "don_vi": "Chi bộ A",
        "ket_qua": "Điển hình",
        **changed,
    }


def body(name: str) -> dict[str, object]:
    return {"loai": "Tập thể", "ten": name, "ngay_sinh": None}


MODELS = [
    {
        "ma_mo_hinh": MODEL,
        "ten": "Tiết kiệm điện nước cơ quan",
        "loai": "Cá nhân",
        "linh_vuc": "Kinh tế",
        "cap": "Cơ sở",
        "ngay_dk": date(2022, 5, 1),
        "trang_thai": "Đang thực hiện",
    }
]
REVIEWS = [
    {
        "ma_mo_hinh": MODEL,
        "ngay_danh_gia": date(2023, 9, 5),
        "hinh_thuc": "Đảng ủy đánh giá",
        "xep_loai": "Hiệu quả cao",
        "ket_qua": "Tốt",
        "kien_nghi": "Duy trì",
    }
]
LAST_YEAR = [
    recognition(2022, date(2022, 10, 10)),
    recognition(2022, date(2022, 10, 10), **body(GROUP)),
    recognition(2022, date(2022, 10, 10), **body(PRAISED)),
]


def proposed(**changed: object) -> dict[str, object]:
    return {
        "phan_loai": "Cá nhân",
        "ten": PAO,
        "ngay_sinh": BORN,
        "gioi_tinh": "Nam",
        "don_vi_cong_tac": "Chi bộ A",
        "doi_tuong": "Người trực tiếp lao động, công tác",
        "ma_mo_hinh": MODEL,
        "thanh_tich": "Tiết kiệm điện nước",
        "hinh_thuc": PAPER,
        "thu_tu": 1,
        "hs_to_trinh": True,
        "hs_bao_cao": True,
        "hs_bien_ban": True,
        "hs_xac_nhan": True,
        "dang_xem_xet": False,
        **changed,
    }


def some(name: str, kind: str = "Tập thể", **changed: object) -> dict[str, object]:
    return proposed(ten=name, phan_loai=kind, ngay_sinh=None, gioi_tinh=None, doi_tuong="Khác", **changed)


PROPOSALS = [
    proposed(),
    some(GROUP, hs_bien_ban=False),
    some(PRAISED, hinh_thuc=PRAISE),
    some(HOME, "Hộ gia đình"),
]
"""Dự kiến, Không đủ điều kiện (E5), Dự kiến, Chưa xét."""


def send(space: Workspace, proposals: list[dict[str, object]], version: int = 1, **more: list[Any]) -> None:
    """CB-A sends its forms of the third quarter of 2023, and the quarter is consolidated."""
    cover = {
        "phien_ban": version,
        **dict.fromkeys(("khong_phat_sinh_b2", "khong_phat_sinh_b3", "khong_phat_sinh_b9b")),
    }
    rows = {"B2": MODELS, "B3": REVIEWS, "B9b": proposals, **more}
    put(space, f"a{version}.xlsx", sent(space, "CB-A", cover, rows=rows))
    consolidate(space, KY, as_of=DAY, workers=1)


def round_space(root: Path) -> Workspace:
    space = made(root)
    before = {"B2": MODELS, "B3": [], "B9a": LAST_YEAR}
    put(space, "a.xlsx", sent(space, "CB-A", {"khong_phat_sinh_b2": None}, rows=before, quarter="2022-Q4"), "2022-Q4")
    consolidate(space, "2022-Q4", as_of=date(2023, 1, 9), workers=1)
    send(space, PROPOSALS)
    return space
