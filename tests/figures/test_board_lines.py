"""Who has met what, line by line: the result, what it adds, why, and the cell that decides."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dvk_reports.figures.board import board
from dvk_reports.figures.compute import compute
from dvk_reports.figures.named.coverage import models_of_hamlets
from dvk_reports.model.figures import BoardLine
from dvk_reports.model.findings import Stop
from dvk_reports.model.returns import Return, UsedReturn
from dvk_reports.plan.register.register import Register
from tests.support.build import b1, b2, b3, b8, form, ledger, office, unit, used

XA, XB = unit("DB-XA-1"), unit("DB-XA-2", order=1)
THON = {"DB-XA-1": "T1 Bản Rịa; T2 Làng Hòa", "DB-XA-2": "U1 Bản Lúc"}
ALL = office(XA, XB, thon=THON)
MODEL = "| ma_mo_hinh | ma_thon |\n| MH-DB-XA-1-001 | {} |"


def lines(
    code: str, *returns: Return | UsedReturn, period: str = "2023-Q3", register: Register = ALL, held: str = ""
) -> list[str]:
    """“unit/subject result above/below why @file sheet cell” of each line of a figure."""
    source = ledger(register, period, [as_used(item) for item in returns], held=held)
    return [said(line) for line in board(source, compute(source)) if line.code == code]


def as_used(item: Return | UsedReturn) -> UsedReturn:
    return item if isinstance(item, UsedReturn) else used(item)


def said(line: BoardLine) -> str:
    at = line.source
    where = f" @{at.sheet} {at.cell}" if at is not None else ""
    subject = f"/{line.subject}" if line.subject else ""
    why = f" {line.reason}" if line.reason else ""
    return f"{line.unit}{subject} {line.result} {line.numerator}/{line.denominator}{why}{where}"


def test_a_unit_test_met_not_met_and_not_known() -> None:
    one = form(XA, "2023-Q3", {"B1": b1(so_ke_hoach="12-KH/ĐU", ngay_ke_hoach="05/01/2023")})
    none = form(XB, "2023-Q3", {"B1": b1(so_ke_hoach="", ngay_ke_hoach="", ke_hoach_con_hieu_luc="")})
    assert lines("MT1.1", one, none) == [
        "DB-XA-1 Đạt 1/1 @B1 C6",
        "DB-XA-2 Không đạt 0/1 chưa có kế hoạch @B1 C5",
    ]
    assert lines("MT1.1", one)[1] == "DB-XA-2 Chưa rõ 0/0 chưa báo cáo"
    stopped = used(none, [Stop("B1", 0, "ngay_ke_hoach")])
    assert lines("MT1.1", one, stopped)[1].startswith("DB-XA-2 Chưa rõ 0/0 ô ")


def test_a_ratio_of_sums_stands_against_the_target_unit_by_unit() -> None:
    part = form(XA, "2023-Q3", {"B1": b1(tong_so_chi_bo=12, so_chi_bo_da_trien_khai=9)})
    nothing = form(XB, "2023-Q3", {"B1": b1(tong_so_chi_bo=0, so_chi_bo_da_trien_khai=0)})
    found = lines("MT1.5", part, nothing)
    assert found[0].startswith("DB-XA-1 Không đạt 9/12 75,0%, mục tiêu 100% @B1 ")
    assert found[1].startswith("DB-XA-2 Chưa rõ 0/0 không có đối tượng để tính")


def test_each_thon_has_a_line_also_of_a_unit_that_is_not_counted() -> None:
    one = form(XA, "2023-Q3", {"B2": b2(MODEL.format("T1"))})
    assert lines("MT2.1", one) == [
        "DB-XA-1/T1 Đạt 1/1 @B2 K7",
        "DB-XA-1/T2 Không đạt 0/1 chưa có mô hình @Đơn vị A2",
        "DB-XA-2/U1 Chưa rõ 0/0 chưa báo cáo",
    ]


def test_models_have_lines_and_a_unit_without_any_has_one() -> None:
    one = form(XA, "2023-Q3", {"B2": b2(MODEL.format("T1")), "B3": b3("| ma_mo_hinh |\n| MH-DB-XA-1-001 |")})
    two = form(XB, "2023-Q3", {"B2": "| ma_mo_hinh |", "BIA": "khong_phat_sinh_b2: Có"})
    found = lines("MT4.1", one, two, held="2023-Q3")
    assert found[0].startswith("DB-XA-1/MH-DB-XA-1-001 ")
    assert found[1] == "DB-XA-2 Chưa rõ 0/0 không có đối tượng để tính"


def test_what_counts_of_a_unit_that_is_not_whole_stands_in_its_line() -> None:
    """Of a year of which a quarter is missing the counted quarters are in the sums, and so in the line."""
    early = form(XA, "2023-Q1", {"B8": b8("| den_ngay | ch_rat_hl | ch_hl | ch_bt |\n| 05/02/2023 | 20 | 10 | 10 |")})
    found = lines("MT5.1", early, form(XB, "2023-Q2", {}), period="2023-Q2", held="2023-Q1")
    assert found[0].startswith("DB-XA-1 Chưa rõ 30/40 chưa báo cáo (II/2023)")


@pytest.mark.parametrize(
    ("stops", "expected"),
    [
        ([], {"T1": 1, "T2": 0}),
        ([Stop("B2", 7, "trang_thai")], None),  # not known which thôn it is of: blank, never 0
        ([Stop("B2")], None),
    ],
)
def test_models_of_a_thon_are_counted_anew_where_nothing_of_them_is_stopped(
    stops: Sequence[Stop], expected: dict[str, int] | None
) -> None:
    item = used(form(XA, "2023-Q3", {"B2": b2(MODEL.format("T1"))}), stops)
    assert models_of_hamlets(ledger(ALL, "2023-Q3", [item])).get(("DB-XA-1", "2023-Q3")) == expected
