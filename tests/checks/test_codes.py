"""Codes of models and thôn (K21), and replications at home (K26)."""

from __future__ import annotations

import pytest

from tests.checks.commune import (
    CQ,
    XA,
    alone,
    findings,
    found,
    sent,
)
from tests.support.build import (
    b2,
    b3,
    b6,
    b7,
    b9a,
    b9b,
    office,
    told,
    unit,
)


def test_own_codes_stand_in_this_b2_or_in_an_earlier_one() -> None:
    lost = ["K21 UNKNOWN_MODEL Chặn B3 B7 ma_mo_hinh"]
    item = sent({"B2": b2("| ma_thon |\n| T1 |"), "B3": b3("| ma_mo_hinh |\n| MH-DB-XA-1-002 |")})
    assert lost == told(findings(item))
    ended = """
        | ma_mo_hinh     | trang_thai     | ngay_tt    | ly_do_tt |
        | MH-DB-XA-1-001 | Đang thực hiện |            |          |
        | MH-DB-XA-1-002 | Dừng           | 05/05/2023 | Hết việc |
    """
    assert told(findings(item, before=[sent({"B2": b2(ended)}, period="2023-Q2")])) == []
    assert alone("B3", b3("| ma_mo_hinh |\n| mh-db-xa-1-001 |")) == []


@pytest.mark.parametrize(
    ("sheet", "cell", "text"),
    [
        ("B3b", "B7", "| ma_mo_hinh | noi_nhan_rong | ngay_nhan_rong |\n| {} | DB-XA-2 | 05/09/2023 |"),
        ("B9a", "F7", b9a("| ten | ma_mo_hinh |\n| Tổ A | {} |")),
        ("B9b", "N7", b9b("| ma_mo_hinh |\n| {} |")),
    ],
)
def test_codes_of_the_unit_itself(sheet: str, cell: str, text: str) -> None:
    assert [f"K21 UNKNOWN_MODEL Chặn {sheet} {cell} ma_mo_hinh"] == alone(sheet, text.format("MH-DB-XA-2-001"))
    assert alone(sheet, text.format("MH-DB-XA-1-001")) == []


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("MH-DB-XA-1-001", ""),
        ("MH-DB-XA-1-009", "UNKNOWN_MODEL"),  # its own, and not listed
        ("MH-DB-XA-2-009", ""),  # another unit's: only the unit must be known
        ("MH-DB-XA-77-001", "FOREIGN_MODEL"),
        ("mô hình của xã", "FOREIGN_MODEL"),
    ],
)
def test_codes_of_any_unit_in_news_and_inspections(code: str, rule: str) -> None:
    expected = [f"K21 {rule} Chặn B6 G7 ma_mo_hinh"] if rule else []
    assert expected == alone("B6", b6(f"| ma_mo_hinh |\n| {code} |"))
    expected = [f"K21 {rule} Chặn B7 H7 ma_mo_hinh"] if rule else []
    assert expected == alone("B7", b7(f"| ma_mo_hinh |\n| {code} |"))


def test_where_a_model_went_and_what_it_goes_on_with() -> None:
    merged = b2("| trang_thai | ngay_tt | ly_do_tt | sap_nhap_vao |\n| Sáp nhập | 05/09/2023 | x | {} |")
    assert alone("B2", merged.format("MH-DB-XA-2-009")) == []
    assert alone("B2", merged.format("MH-DB-XA-1-009")) == ["K21 UNKNOWN_MODEL Chặn B2 Y7 sap_nhap_vao"]
    assert alone("B2", b2("| tiep_noi_ma |\n| MH-DB-XA-1-009 |")) == ["K21 UNKNOWN_MODEL Chặn B2 Z7 tiep_noi_ma"]


def test_a_list_holds_codes_of_the_unit() -> None:
    assert alone("B2", b2("| ma_mo_hinh |\n| MH-DB-XA-2-001 |")) == ["K21 NOT_OWN_CODE Chặn B2 B7 ma_mo_hinh"]
    assert alone("B2", b2("| ma_mo_hinh |\n| 1 |")) == ["K21 NOT_OWN_CODE Chặn B2 B7 ma_mo_hinh"]


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ("T1", True),
        ("t1; làng hoà", True),
        ("Tất cả", True),
        ("T1; T9", False),
        ("U1", False),
        ("Bản Riu", False),
    ],
)
def test_thon_of_the_unit_itself(text: str, fine: bool) -> None:
    assert ([] if fine else ["K21 UNKNOWN_HAMLET Chặn B2 K7 ma_thon"]) == alone("B2", b2(f"| ma_thon |\n| {text} |"))


def test_a_unit_without_thon_may_name_a_place_as_it_likes() -> None:
    assert found({"B2": b2("| ma_mo_hinh | ma_thon |\n| MH-DB-CQ-1-001 | Khu tập thể |")}, CQ) == []


def test_the_same_name_twice_in_a_commune_matches_neither() -> None:
    twice = office(XA, thon={"DB-XA-1": "T1 Bản Rịa; T2 Bản Rịa"})
    item = sent({"B2": b2("| ma_thon |\n| Bản Rịa |"), "B4": "| ma_thon |\n| T1 |\n| T2 |"})
    assert told(findings(item, register=twice)) == ["K21 UNKNOWN_HAMLET Chặn B2 K7 ma_thon"]


SPREAD = "| ma_mo_hinh | noi_nhan_rong | thon_nhan_rong | ngay_nhan_rong |\n| MH-DB-XA-1-001 | {} | {} | 05/09/2023 |"


@pytest.mark.parametrize(
    ("place", "thon", "expected"),
    [
        ("DB-XA-2", "U1", []),
        ("Đảng bộ xã Bảo Hà", "bản lúc", []),
        ("DB-XA-2", "T1", ["K21 UNKNOWN_HAMLET Chặn B3b D7 thon_nhan_rong"]),
        ("DB-XA-1", "T2", []),
        ("DB-XA-1", "T9", ["K21 UNKNOWN_HAMLET Chặn B3b D7 thon_nhan_rong"]),
        ("Một xã ở huyện bên", "Bản nào đó", ["K30 UNKNOWN_BODY Cảnh báo B3b C7 noi_nhan_rong"]),
        ("ĐB X. BAO HA", "u1, Ban Luc", ["T08 NORMALISED Ghi chú B3b D7 thon_nhan_rong"]),
        (
            "đb x. nghĩa đô",
            "thôn Bản Rịa",
            ["K26 REPLICATED_AT_HOME Cảnh báo B3b C7 noi_nhan_rong", "T08 NORMALISED Ghi chú B3b D7 thon_nhan_rong"],
        ),
        ("DB-XA-1", "T1", ["K26 REPLICATED_AT_HOME Cảnh báo B3b C7 noi_nhan_rong"]),
        ("DB-XA-1", "", ["K26 REPLICATED_AT_HOME Cảnh báo B3b C7 noi_nhan_rong"]),
        ("DB-XA-1", "#REF!", ["K04 ERROR_CELL Chặn B3b D7 thon_nhan_rong"]),
        ("#REF!", "T1", ["K04 ERROR_CELL Chặn B3b C7 noi_nhan_rong"]),
    ],
)
def test_where_a_model_was_spread(place: str, thon: str, expected: list[str]) -> None:
    """K21: thôn of the place that took it up; K26: at home in the model's own thôn (T1)."""
    assert expected == alone("B3b", SPREAD.format(place, thon))


def test_codes_live_on_after_a_merger() -> None:
    """The successor lists the models of its predecessor under their old codes; its own B3 may name them."""
    old = unit("DB-CQ-8", until="30/06/2023")
    new = unit("DB-CQ-7", since="01/07/2023")
    register = office(old, new, mergers=[("DB-CQ-8", "DB-CQ-7", "01/07/2023")])
    own = b2("| ma_mo_hinh | ma_thon |\n| MH-DB-CQ-8-001 | |\n| MH-DB-CQ-7-001 | |")
    reviews = b3("| ma_mo_hinh |\n| MH-DB-CQ-8-001 |\n| MH-DB-CQ-8-002 |")
    item = sent({"B2": own, "B3": reviews}, new)
    assert told(findings(item, new, register=register)) == ["K21 UNKNOWN_MODEL Chặn B3 B8 ma_mo_hinh"]
