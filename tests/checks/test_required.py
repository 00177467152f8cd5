"""K02: what is required and blank."""

from __future__ import annotations

from tests.checks.commune import (
    CQ,
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
    b9a,
    b9b,
    told,
)


def test_a_required_cell_left_blank() -> None:
    item = sent({"B1": b1(so_chuyen_muc=""), "B2": b2("| linh_vuc | ten |\n| Kinh tế | |")})
    assert told(findings(item)) == ["K02 BLANK Chặn B1 C16 so_chuyen_muc", "K02 BLANK_TEXT Chặn B2 C7 ten"]
    assert stopped(item) == {"B1 so_chuyen_muc", "B2.7 ten"}


def test_a_required_line_of_the_cover() -> None:
    """Unit and period are K01's; the others are blank cells like any."""
    assert found(bia={"ngay_chot": ""}) == ["K02 BLANK_TEXT Chặn BIA C8 ngay_chot"]


def test_zero_is_no_blank() -> None:
    assert found({"B1": b1(so_chuyen_muc="0", so_hoi_nghi_pho_bien="0")}) == []


def test_number_and_day_of_a_plan_belong_together() -> None:
    """A plan of last year that still holds must be named."""
    assert found({"B1": b1(ngay_ke_hoach="")}) == ["K02 BLANK_IF Chặn B1 C6 ngay_ke_hoach"]
    assert found({"B1": b1(so_ke_hoach="")}) == ["K02 BLANK_IF Chặn B1 C5 so_ke_hoach"]
    both = ["K02 BLANK_IF Chặn B1 C5 so_ke_hoach", "K02 BLANK_IF Chặn B1 C6 ngay_ke_hoach"]
    assert both == found({"B1": b1(so_ke_hoach="", ngay_ke_hoach="", ke_hoach_con_hieu_luc="Có")})
    assert found({"B1": b1(so_ke_hoach="", ngay_ke_hoach="", ke_hoach_con_hieu_luc="Không")}) == []
    assert found({"B1": b1(so_ke_hoach="", ngay_ke_hoach="")}) == []


def test_a_commune_names_its_thon_and_an_agency_does_not() -> None:
    assert alone("B2", b2("| ma_thon |\n| |")) == ["K02 BLANK_IF Chặn B2 K7 ma_thon"]
    other = b2("| ma_mo_hinh | ma_thon |\n| MH-DB-CQ-1-001 | |")
    assert found({"B2": other}, CQ) == []


def test_a_model_registered_in_the_quarter_says_who_what_and_how() -> None:
    new = "| ngay_dk | chu_the | muc_tieu | noi_dung |\n"
    expected = [
        "K02 BLANK_IF Chặn B2 L7 chu_the",
        "K02 BLANK_IF Chặn B2 N7 muc_tieu",
        "K02 BLANK_IF Chặn B2 O7 noi_dung",
    ]
    assert expected == alone("B2", b2(new + "| 01/07/2023 | | | |"))
    assert alone("B2", b2(new + "| 01/07/2023 | Hội | x | x |")) == []
    assert alone("B2", b2(new + "| 30/06/2023 | | | |")) == []


def test_an_ended_or_paused_model_says_when_and_why() -> None:
    state = "| trang_thai | ngay_tt | ly_do_tt | sap_nhap_vao |\n"
    assert alone("B2", b2(state + "| Tạm dừng | | | |")) == ["K02 BLANK_IF Chặn B2 AA7 ngay_tt"]
    assert alone("B2", b2(state + "| Dừng | | | |")) == ["K02 BLANK_IF Chặn B2 AA7 ngay_tt"]
    both = ["K02 BLANK_IF Chặn B2 Y7 sap_nhap_vao", "K02 BLANK_IF Chặn B2 AA7 ngay_tt"]
    assert both == alone("B2", b2(state + "| Sáp nhập | | | |"))
    assert alone("B2", b2(state + "| Duy trì | 05/09/2023 | | |")) == ["K02 BLANK_IF Chặn B2 AB7 ly_do_tt"]
    assert alone("B2", b2(state + "| Dừng | 05/09/2023 | Hết việc | |")) == []


def test_a_high_class_says_its_result_and_spreading_needs_a_row() -> None:
    assert alone("B3", b3("| ket_qua |\n| |")) == ["K02 BLANK_IF Chặn B3 I7 ket_qua"]
    assert alone("B3", b3("| xep_loai | ket_qua |\n| Trung bình | |")) == []
    assert alone("B3", b3("| kien_nghi |\n| Nhân rộng |")) == ["K02 NO_REPLICATION Cảnh báo B3 N7 kien_nghi"]
    spread = "| ma_mo_hinh | noi_nhan_rong | ngay_nhan_rong |\n| MH-DB-XA-1-001 | DB-XA-2 | 05/09/2023 |"
    assert alone("B3", b3("| kien_nghi |\n| Nhân rộng |"), B3b=spread) == []


def test_a_person_has_a_birthday() -> None:
    assert alone("B9a", b9a("| loai | ten |\n| Cá nhân | Lê A |"), period="2023-Q4") == [
        "K02 BLANK_IF Chặn B9a I7 ngay_sinh"
    ]
    assert alone("B9b", b9b("| phan_loai |\n| Cá nhân |")) == ["K02 BLANK_IF Chặn B9b E7 ngay_sinh"]
    assert alone("B9b", b9b("| phan_loai |\n| Hộ gia đình |")) == []


def test_a_replacement_names_what_it_replaces() -> None:
    assert found(bia={"phien_ban": "2"}) == ["K02 BLANK_IF Chặn BIA C10 thay_the_phien_ban"]
    assert found(bia={"phien_ban": "2", "thay_the_phien_ban": "1"}) == []


def test_an_assessment_is_a_warning_and_only_in_quarters_two_and_four() -> None:
    empty = {"B11": "| uu_diem | |"}
    assert found(empty, period="2023-Q2") == ["K02 NO_ASSESSMENT Cảnh báo B11 C5 uu_diem"]
    assert found(empty, period="2023-Q3") == []
    assert found({"B11": "| kien_nghi | Thêm kinh phí |"}, period="2023-Q2") == []
