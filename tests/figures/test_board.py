"""Who has met what: lines of units, thôn and models that add up to the figure they belong to; the list of models."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dvk_reports.figures.board import board
from dvk_reports.figures.compute import compute
from dvk_reports.figures.running import running_models
from dvk_reports.model.figures import MET, NOT_MET, UNKNOWN
from tests.support.build import b1, b2, b3, form, ledger, office, unit, used

ONE = unit("DB-XA-1", name="Đảng bộ xã Một", order=0)
TWO = unit("DB-XA-2", name="Đảng bộ xã Hai", order=1)
THREE = unit("CB-CQ-1", name="Chi bộ Ba", order=2, agency=True)
REGISTER = office(ONE, TWO, THREE, thon={"DB-XA-1": "T1 Bản Rịa; T2 Làng Mười", "DB-XA-2": "T3 Bản Ba"})
RETURNS = (
    used(
        form(
            ONE,
            "2023-Q3",
            {
                "B1": b1(
                    so_ke_hoach="01-KH/ĐU", ngay_ke_hoach="05/01/2023", tong_so_chi_bo=4, so_chi_bo_da_trien_khai=3
                ),
                "B2": b2("| ma_mo_hinh | ma_thon |\n| MH-DB-XA-1-001 | T1 |\n| MH-DB-XA-1-002 | T1 |"),
                "B3": b3("| ma_mo_hinh | xep_loai | ngay_cong |\n| MH-DB-XA-1-001 | Hiệu quả cao | 12 |"),
            },
        )
    ),
    used(form(THREE, "2023-Q3", {"B1": b1(so_ke_hoach="", ngay_ke_hoach="", ke_hoach_con_hieu_luc="Không")})),
)
LEDGER = ledger(REGISTER, "2023-Q3", RETURNS)
FIGURES = compute(LEDGER)
LINES = board(LEDGER, FIGURES)


def lines(code: str) -> list[tuple[str, str, str]]:
    return [(line.unit, line.subject, line.result) for line in LINES if line.code == code]


def test_a_test_of_units_has_a_line_for_each_unit_that_owes_it():
    assert lines("MT1.1") == [("DB-XA-1", "", MET), ("DB-XA-2", "", UNKNOWN), ("CB-CQ-1", "", NOT_MET)]


def test_the_cell_that_decides_is_named():
    found = {line.unit: line.source for line in LINES if line.code == "MT1.1"}
    assert found["DB-XA-1"].sheet == "B1" and found["CB-CQ-1"].sheet == "B1" and found["DB-XA-2"] is None


def test_thon_are_told_one_by_one_those_of_a_silent_unit_too():
    assert lines("MT2.1") == [
        ("DB-XA-1", "T1", MET),
        ("DB-XA-1", "T2", NOT_MET),
        ("DB-XA-2", "T3", UNKNOWN),
    ]


def test_models_are_told_one_by_one():
    assert lines("MT4.1")[:2] == [("DB-XA-1", "MH-DB-XA-1-001", MET), ("DB-XA-1", "MH-DB-XA-1-002", NOT_MET)]


def test_a_ratio_of_sums_is_each_unit_s_own_against_the_target():
    assert lines("MT1.5")[0] == ("DB-XA-1", "", NOT_MET)
    line = next(line for line in LINES if (line.code, line.unit) == ("MT1.5", "DB-XA-1"))
    assert (line.numerator, line.denominator) == (Decimal(3), Decimal(4))


@pytest.mark.parametrize("figure", [item for item in FIGURES if not item.group], ids=lambda item: item.code)
def test_the_lines_of_a_figure_add_up_to_it(figure):
    own = [line for line in LINES if line.code == figure.code]
    if not own:
        return
    assert sum(line.numerator for line in own) == figure.numerator
    if figure.ratio:
        assert sum(line.denominator for line in own) == figure.denominator


def test_every_target_has_lines():
    told = {line.code for line in LINES}
    assert {item.code for item in FIGURES if item.target is not None and item.owed and not item.group} <= told


def test_the_models_that_run_with_their_last_review():
    one, two = running_models(LEDGER)
    assert (one.code, one.name, one.hamlets, one.review.high, one.review.amounts) == (
        "MH-DB-XA-1-001",
        "Đường hoa thôn bản",
        ("Bản Rịa",),
        True,
        (("ngay_cong", Decimal(12)),),
    )
    assert (two.review, two.replications, two.recognised, two.clean) == (None, 0, False, True)
