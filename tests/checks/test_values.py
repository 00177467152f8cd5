"""Values that do not fit together, lie outside their days or deserve a second look: K05, K06, K10 … K18, K25."""

from __future__ import annotations

import pytest

from tests.checks.commune import (
    THON,
    XA,
    alone,
    findings,
    found,
    sent,
    stopped,
)
from tests.support.build import (
    b1,
    b2,
    b3,
    b5,
    b6,
    b7,
    b8,
    b9a,
    b9b,
    b10,
    office,
    told,
)

# --- K05, K06 ---


def test_a_count_typed_over_the_form_s_own() -> None:
    listed = "| ma_thon | so_mo_hinh |\n| T1 | {} |\n| T2 | 0 |"
    one = b2("| ma_thon |\n| T1 |")
    assert found({"B2": one, "B4": listed.format(2)}) == ["K05 COUNTER_DIFFERS Cảnh báo B4 D7 so_mo_hinh"]
    assert found({"B2": one, "B4": listed.format(1)}) == []


def test_a_count_is_not_compared_with_a_list_that_is_not_there() -> None:
    """B2 is not reported, which is told: how many models there are is not known."""
    item = sent({"B4": "| ma_thon | so_mo_hinh |\n| T1 | 2 |\n| T2 | 0 |"}, ticked="B3 B9b")
    assert told(findings(item)) == ["K22 NOT_REPORTED Chặn BIA C21 khong_phat_sinh_b2"]


def test_a_part_over_its_whole_stops_the_part() -> None:
    over = sent({"B5": b5("| so_luot | trong_do_nu |\n| 10 | 11 |")})
    assert told(findings(over)) == ["K06 PART_OVER_WHOLE Chặn B5 L7 trong_do_nu"]
    assert stopped(over) == {"B5.7 trong_do_nu"}
    assert found({"B5": b5("| so_luot | trong_do_nu | trong_do_dtts |\n| 10 | 10 | 10 |")}) == []


def test_every_part_has_its_whole() -> None:
    party = b1(tong_so_chi_bo="9", tong_so_dang_vien="99")
    expected = [
        "K06 PART_OVER_WHOLE Chặn B1 C11 so_dang_vien_duoc_pho_bien",
        "K06 PART_OVER_WHOLE Chặn B1 C9 so_chi_bo_da_trien_khai",
    ]
    assert expected == sorted(found({"B1": party}))
    assert alone("B7", b7("| so_kien_nghi | so_da_khac_phuc |\n| 1 | 2 |")) == [
        "K06 PART_OVER_WHOLE Chặn B7 K7 so_da_khac_phuc"
    ]
    assert alone("B8", b8("| phieu_phat |\n| 49 |")) == ["K06 PART_OVER_WHOLE Chặn B8 J7 phieu_thu"]
    assert alone("B8", b8("| phieu_hop_le |\n| 51 |")) == ["K06 PART_OVER_WHOLE Chặn B8 K7 phieu_hop_le"]
    assert alone("B9b", b9b("| so_nguoi | so_nu |\n| 4 | 5 |")) == ["K06 PART_OVER_WHOLE Chặn B9b M7 so_nu"]


def test_a_blank_whole_is_not_compared() -> None:
    assert alone("B5", b5("| so_luot | trong_do_nu |\n| | 11 |")) == ["K02 BLANK Chặn B5 K7 so_luot"]
    assert alone("B7", b7("| so_kien_nghi | so_da_khac_phuc |\n| | 2 |")) == []


FIVE = ("tt_rat_hl", "tt_hl", "tt_bt", "tt_khl", "tt_rat_khl")


def opinions(*counts: str) -> str:
    return b8(f"| {' | '.join(FIVE)} |\n| {' | '.join(counts)} |")


def test_five_opinions_add_up_or_are_all_blank() -> None:
    assert alone("B8", opinions("20", "10", "10", "0", "0")) == []
    assert alone("B8", opinions("", "", "", "", "")) == []
    assert alone("B8", opinions("20", "10", "9", "0", "0")) == ["K06 OPINIONS Chặn B8 L7 tt_rat_hl"]
    assert alone("B8", opinions("", "30", "10", "0", "0")) == ["K06 OPINIONS_BLANK Chặn B8 L7 tt_rat_hl"]
    item = sent({"B8": opinions("20", "10", "9", "0", "0")})
    assert stopped(item) == {f"B8.7 {key}" for key in FIVE}


def test_opinions_are_not_judged_twice() -> None:
    """One cell cannot be read, or the whole is missing: that is said once."""
    assert alone("B8", opinions("20", "#REF!", "9", "0", "0")) == ["K04 ERROR_CELL Chặn B8 M7 tt_hl"]
    text = b8(f"| phieu_hop_le | {' | '.join(FIVE)} |\n| | 20 | 10 | 9 | 0 | 0 |")
    assert alone("B8", text) == ["K02 BLANK Chặn B8 K7 phieu_hop_le"]


# --- K10, K11, K25 ---


def test_every_thon_of_the_register_stands_on_b4() -> None:
    assert found({"B4": "| ma_thon |\n| T1 |"}) == ["K10 HAMLET_MISSING Cảnh báo B4"]
    assert sorted(found({"B4": "| ma_thon |\n| T1 |\n| T3 |"})) == [
        "K10 HAMLET_MISSING Cảnh báo B4",
        "K21 UNKNOWN_HAMLET Chặn B4 B8 ma_thon",
    ]


@pytest.mark.parametrize("text", ["30/06/2023", "01/10/2023"])
@pytest.mark.parametrize(
    ("sheet", "key", "cell"),
    [
        ("B3", "ngay_danh_gia", "C7"),
        ("B5", "ngay_tu", "F7"),
        ("B6", "ngay", "B7"),
        ("B7", "ngay", "C7"),
        ("B8", "den_ngay", "D7"),
    ],
)
def test_what_happened_lies_in_the_quarter(sheet: str, key: str, cell: str, text: str) -> None:
    make = {"B3": b3, "B5": b5, "B6": b6, "B7": b7, "B8": b8}[sheet]
    extra = {"B5": ("ngay_den", "31/12/2023"), "B8": ("tu_ngay", "01/05/2023")}.get(sheet)
    head, line = f"| {key} |", f"| {text} |"
    if extra:
        head, line = f"{head} {extra[0]} |", f"{line} {extra[1]} |"
    got = [item for item in alone(sheet, make(f"{head}\n{line}")) if not item.startswith("T08")]
    assert [f"K11 DATE_OUTSIDE Chặn {sheet} {cell} {key}"] == got


def test_the_first_and_the_last_day_are_in_the_quarter() -> None:
    for text in ("01/07/2023", "30/09/2023"):
        assert alone("B6", b6(f"| ngay |\n| {text} |")) == []


def test_the_office_may_move_the_days_of_a_quarter() -> None:
    """Hạn nộp gives 16/6 – 15/9 for quarter III: these are the days of its flows."""
    moved = office(XA, thon=THON, windows={"2023-Q3": ("16/06/2023", "15/09/2023")})
    text = b6(
        """
        | ngay       | tieu_de |
        | 15/06/2023 | a       |
        | 16/06/2023 | b       |
        | 15/09/2023 | c       |
        | 16/09/2023 | d       |
        """
    )
    got = told(findings(sent({"B6": text}), register=moved))
    assert got == ["K11 DATE_OUTSIDE Chặn B6 B7 ngay", "K11 DATE_OUTSIDE Chặn B6 B10 ngay"]


def test_registration_may_be_old_but_not_before_2010_nor_after_the_quarter() -> None:
    for text, expected in (
        ("01/01/2010", []),
        ("31/12/2009", ["K11 DATE_OUTSIDE Chặn B2 S7 ngay_dk"]),
        ("01/10/2023", ["K11 DATE_OUTSIDE Chặn B2 S7 ngay_dk"]),
    ):
        assert expected == alone("B2", b2(f"| ngay_dk |\n| {text} |"))


def test_a_decision_of_another_year_of_recognition_is_a_warning() -> None:
    for text, expected in (
        ("16/10/2022", []),
        ("15/10/2023", []),
        ("15/10/2022", ["K11 DECISION_OUTSIDE Cảnh báo B9a D7 ngay_qd"]),
        ("16/10/2023", ["K11 DECISION_OUTSIDE Cảnh báo B9a D7 ngay_qd"]),
    ):
        assert expected == alone("B9a", b9a(f"| ten | ngay_qd |\n| Tổ A | {text} |"), period="2023-Q4")


def test_a_year_that_is_none_is_stopped_and_not_compared() -> None:
    got = alone("B9a", b9a("| ten | nam_xet |\n| Tổ A | 20233 |"), period="2023-Q4")
    assert got == ["K28 NUMBER_OUTSIDE Chặn B9a B7 nam_xet"]


def test_days_in_the_wrong_order_stop_the_later_named_one() -> None:
    assert alone("B2", b2("| ngay_bd |\n| 04/03/2022 |")) == ["K25 DATE_ORDER Chặn B2 T7 ngay_bd"]
    late = b2("| trang_thai | ngay_tt | ly_do_tt |\n| Dừng | 04/03/2022 | x |")
    assert alone("B2", late) == ["K25 DATE_ORDER Chặn B2 AA7 ngay_tt"]
    assert alone("B5", b5("| ngay_den |\n| 04/09/2023 |")) == ["K25 DATE_ORDER Chặn B5 G7 ngay_den"]
    assert alone("B8", b8("| tu_ngay |\n| 06/09/2023 |")) == ["K25 DATE_ORDER Chặn B8 D7 den_ngay"]
    assert alone("B2", b2("| ngay_bd |\n| 05/03/2022 |")) == []
    assert stopped(sent({"B5": b5("| ngay_den |\n| 04/09/2023 |")})) == {"B5.7 ngay_den"}


def test_signed_before_the_closing_day_is_a_warning() -> None:
    assert found(bia={"ngay_ky": "29/09/2023"}) == ["K25 DATE_ORDER Cảnh báo BIA C16 ngay_ky"]
    assert found(bia={"ngay_ky": "30/09/2023"}) == []


# --- K14 … K18 ---


def test_all_recognised_and_all_high_is_a_note() -> None:
    named = b9a("| ket_qua | ten | ma_mo_hinh |\n| Mô hình | Tổ A | MH-DB-XA-1-001 |")
    assert alone("B3", b3("| xep_loai |\n| Hiệu quả cao |"), B9a=named) == ["K14 ALL_HIGH Ghi chú B3 H7 xep_loai"]
    assert alone("B3", b3("| xep_loai |\n| Hiệu quả khá |"), B9a=named) == []
    assert alone("B3", b3("| xep_loai |\n| Hiệu quả cao |")) == []


def test_a_small_sample_and_too_much_satisfaction_are_notes() -> None:
    assert alone("B8", b8("| phieu_hop_le |\n| 29 |")) == ["K15 SMALL_SAMPLE Ghi chú B8 K7 phieu_hop_le"]
    assert alone("B8", b8("| phieu_hop_le |\n| 30 |")) == []
    head = "| phieu_phat | phieu_thu | phieu_hop_le | ch_rat_hl | ch_hl | ch_bt | ch_khl | ch_rat_khl |\n"
    assert alone("B8", b8(head + "| 200 | 200 | 200 | 98 | 100 | 2 | 0 | 0 |")) == [
        "K15 SATISFIED Ghi chú B8 AF7 ch_rat_hl"
    ]
    assert alone("B8", b8(head + "| 200 | 200 | 200 | 97 | 100 | 3 | 0 | 0 |")) == []


@pytest.mark.parametrize(
    ("text", "stale"),
    [
        ("Trong quý II, đơn vị đã mở lớp.", "STALE_TEXT"),
        ("Trong quý III/2022 có hai lớp.", "STALE_TEXT"),
        ("Tháng 5/2023 đã mở lớp.", "STALE_TEXT"),
        ("Trong quý III năm 2023 có hai lớp.", ""),
        ("Tháng 8/2023 đã mở lớp.", ""),
        ("Tăng 02 lớp so với quý II năm 2023.", ""),
        ("[CẦN BỔ SUNG] số liệu", "LEFT_OVER"),
        ("[CẦN BỔ SUNG] số liệu của quý II", "LEFT_OVER"),  # told once: it is to be completed anyway
    ],
)
def test_text_of_another_period(text: str, stale: str) -> None:
    assert ([f"K16 {stale} Cảnh báo B11 C5 uu_diem"] if stale else []) == found({"B11": f"| uu_diem | {text} |"})


def test_plans_may_name_coming_quarters() -> None:
    assert found({"B11": "| phuong_huong | Quý IV năm 2023 mở lớp. |"}) == []
    assert found({"B11": "| phuong_huong | Quý II năm 2023 mở lớp. |"}) == [
        "K16 STALE_TEXT Cảnh báo B11 C9 phuong_huong"
    ]


def test_quarter_one_without_a_year_is_next_year_s_only_at_the_end_of_the_year() -> None:
    ahead = "| phuong_huong | Quý I mở lớp. |"
    assert found({"B11": ahead}, period="2023-Q4") == []
    assert found({"B11": ahead}) == ["K16 STALE_TEXT Cảnh báo B11 C9 phuong_huong"]
    stale = ["K16 STALE_TEXT Cảnh báo B11 C9 phuong_huong"]
    assert found({"B11": "| phuong_huong | Quý III mở lớp. |"}, period="2023-Q4") == stale


def test_document_symbols() -> None:
    assert found({"B1": b1(so_ke_hoach="12-BC/ĐU")}) == ["K17 SYMBOL Cảnh báo B1 C5 so_ke_hoach"]
    assert alone("B7", b7("| so_van_ban |\n| 12-TB/ĐU |")) == ["K17 SYMBOL Cảnh báo B7 B7 so_van_ban"]
    assert alone("B9a", b9a("| ten | so_qd |\n| Tổ | số 5 |"), period="2023-Q4") == ["K17 SYMBOL Cảnh báo B9a C7 so_qd"]
    for text in ("12-QĐ/ĐU", "Số 12/QĐ-UBND", "7-KH/ĐU"):
        assert alone("B7", b7(f"| so_van_ban |\n| {text} |")) == []


def test_money_that_looks_like_dong() -> None:
    assert alone("B10", b10("| nguon | thuc_hien |\n| Khác | 10001 |")) == ["K18 MONEY Cảnh báo B10 E7 thuc_hien"]
    assert alone("B10", b10("| nguon | thuc_hien |\n| Khác | 10000 |")) == []
    assert alone("B3", b3("| tien_xhh |\n| 50000 |")) == ["K18 MONEY Cảnh báo B3 L7 tien_xhh"]
