"""The shortlist of a round read from the consolidated quarters of a workspace."""

from __future__ import annotations

from datetime import date

import pytest

from dvk_reports import consolidate
from dvk_reports.errors import PlanError
from dvk_reports.run.awarding import shortlist_of

from .award_cases import PAPER, states
from .small_space import DAY, KY, put
from .small_space import sent as form_of

BORN = date(1980, 3, 5)
MODEL = "MH-CB-A-001"


def recognition(year, day):
    return {
        "nam_xet": year,
        "so_qd": "30-QĐ/CB",
        "ngay_qd": day,
        "co_quan_qd": "Chi bộ",
        "ma_mo_hinh": MODEL,
        "loai": "Cá nhân",
        "ten": "Lý A Páo",
        "ngay_sinh": BORN,
        "don_vi": "Chi bộ A",
        "ket_qua": "Điển hình",
    }


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
PROPOSALS = [
    {
        "phan_loai": "Cá nhân",
        "ten": "Lý A Páo",
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
    }
]


@pytest.fixture
def two_quarters(space):
    ticks = {"khong_phat_sinh_b2": None, "khong_phat_sinh_b3": None, "khong_phat_sinh_b9b": None}
    before = {"B2": MODELS, "B3": [], "B9a": [recognition(2022, date(2022, 10, 10))]}
    last = form_of(space, "CB-A", {"khong_phat_sinh_b2": None}, rows=before, quarter="2022-Q4")
    put(space, "a.xlsx", last, "2022-Q4")
    consolidate(space, "2022-Q4", as_of=date(2023, 1, 9), workers=1)
    now = {"B2": MODELS, "B3": REVIEWS, "B9b": PROPOSALS}
    put(space, "a.xlsx", form_of(space, "CB-A", ticks, rows=now))
    consolidate(space, KY, as_of=DAY, workers=1)
    return space


def test_years_reviews_receipt_and_proposals_are_read_back(two_quarters):
    found = shortlist_of(two_quarters, "2023-10", DAY, workers=1)
    (proposal,) = found.proposals
    assert states(proposal) == "Dự kiến"
    assert [(year.year, year.pending, year.proof.shown()) for year in proposal.years] == [
        (2022, False, "2022-Q4/a.xlsx, B9a!C7"),
        (2023, True, "2023-Q3/a.xlsx, B3!N8"),
    ]
    assert "nhận ngày 09/10/2023" in proposal.gates[0].reason
    assert found.quarters == ("2022-Q4", "2023-Q3")
    assert found.missing_quarters == ("2022-Q2", "2022-Q3", "2023-Q1", "2023-Q2")
    assert proposal.money == 540_000
    assert any("Chi bộ B; Chi bộ C" in note for note in found.notes)


def test_the_same_inputs_give_the_same_shortlist(two_quarters):
    assert shortlist_of(two_quarters, "2023-10", DAY, workers=1) == shortlist_of(
        two_quarters, "2023-10", DAY, workers=1
    )


def test_an_unknown_round_and_an_empty_workspace(space):
    with pytest.raises(PlanError, match="Không có đợt xét “2024-10”"):
        shortlist_of(space, "2024-10", DAY)
    found = shortlist_of(space, "2025-10", DAY)
    assert found.proposals == () and len(found.missing_quarters) == 14
