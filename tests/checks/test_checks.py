"""The rules on one return: a small table goes in, the whole list of findings comes out.

A finding is written ``code level sheet cell key``; ``stops`` tells what it makes doubtful.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from dvk_reports.checks.engine import left_out
from dvk_reports.intake.form.values import ValueParser
from dvk_reports.intake.readers.raw import RawCell
from dvk_reports.messages.returns import Msg
from dvk_reports.model.records import Cell, Finding, Return
from dvk_reports.plan.duty import duties, ticks
from dvk_reports.plan.register.register import Register, Unit
from tests.support.build import (
    PLAN,
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
    brief,
    checked,
    form,
    office,
    quarter,
    unit,
)

XA, XB = unit("DB-XA-1"), unit("DB-XA-2", order=1)
TT = unit("DB-TT-1", order=2)
CQ = unit("DB-CQ-1", order=3)
BDV = unit("CQ-BDV", "BXD", order=4)
GONE = unit("DB-CQ-9", until="30/06/2023", order=5)
THON = {"DB-XA-1": "T1 Bản Rịa; T2 Làng Hòa", "DB-XA-2": "U1 Bản Lúc", "DB-TT-1": "P1 Tổ 1"}
REGISTER = office(XA, XB, TT, CQ, BDV, GONE, thon=THON)
NIL = {"loai_bao_cao": "Không phát sinh"}
EMPTY_B1 = "| ghi_chu | |"


def sent(
    sheets: Mapping[str, str] | None = None,
    who: Unit = XA,
    period: str = "2023-Q3",
    ticked: str | None = None,
    **more: object,
) -> Return:
    """A good return but for what is given: ticks where a due sheet is empty, every thôn on B4."""
    given = dict(sheets or {})
    thon = [h.code for h in REGISTER.hamlets_of(who.code, quarter(period).last_day)]
    if thon:
        given.setdefault("B4", "\n".join(["| ma_thon |", *(f"| {code} |" for code in thon)]))
    asked = ticks(PLAN, duties(PLAN, who.kind, quarter(period)))
    names = {PLAN.sheets[name].tick: name for name in PLAN.sheets}
    auto = " ".join(names[key] for key in asked if names[key] not in given)
    return form(who, period, given, ticks=auto if ticked is None else ticked, **more)  # type: ignore[arg-type]


def findings(
    item: Return, who: Unit = XA, before: Sequence[Return] = (), register: Register | None = REGISTER
) -> tuple[Finding, ...]:
    period = item.period if item.period in ("2023-Q1", "2023-Q2", "2023-Q4", "2024-Q3") else "2023-Q3"
    return checked(who, register, period, item, before).findings


def told(found: Sequence[Finding]) -> list[str]:
    return [" ".join(part for part in brief(finding) if part) for finding in found]


def found(sheets: Mapping[str, str] | None = None, who: Unit = XA, **more: object) -> list[str]:
    return told(findings(sent(sheets, who, **more), who))  # type: ignore[arg-type]


def stopped(item: Return, who: Unit = XA, before: Sequence[Return] = ()) -> set[str]:
    return {
        f"{stop.sheet}{f'.{stop.row}' if stop.row else ''} {stop.key}".strip()
        for f in findings(item, who, before)
        for stop in f.stops
    }


def alone(sheet: str, text: str, who: Unit = XA, period: str = "2023-Q3", **more: str) -> list[str]:
    """Findings of one sheet of a good return whose B2 holds MH-…-001."""
    own = b2("| ma_mo_hinh |\n| MH-DB-XA-1-001 |") if sheet != "B2" else text
    return found({"B2": own, sheet: text, **more}, who, period=period)


# --- nothing wrong ---


@pytest.mark.parametrize("period", ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"])
@pytest.mark.parametrize("who", [XA, TT, CQ, BDV], ids=lambda who: who.kind)
def test_a_good_return_has_no_finding(who: Unit, period: str) -> None:
    assert found(who=who, period=period) == []


# --- K01 ---


@pytest.mark.parametrize(
    ("bia", "expected"),
    [
        ({"ma_don_vi": "DB-XA-77"}, "K01 Chặn BIA C5 ma_don_vi"),
        ({"ma_don_vi": ""}, "K01 Chặn BIA C5 ma_don_vi"),
        ({"ky": "2023-Q5"}, "K01 Chặn BIA C7 ky"),
        ({"ky": "2022-Q1"}, "K01 Chặn BIA C7 ky"),
        ({"ky": "2026-Q1"}, "K01 Chặn BIA C7 ky"),
        ({"ky": "năm 2023"}, "K01 Chặn BIA C7 ky"),
        ({"ma_mau": "2019.1"}, "K01 Chặn BIA C20 ma_mau"),
    ],
)
def test_unit_period_and_form_version_are_known_or_the_file_is_sent_back(bia: dict[str, str], expected: str) -> None:
    item = sent({"B2": b2("| trang_thai |\n| Sai |")}, bia=bia)
    who = XA if "ma_don_vi" not in bia else unit("DB-XA-77")
    result = checked(who, REGISTER, "2023-Q3", item)
    assert [expected] == told(result.findings)  # and nothing more: what it holds cannot be judged
    assert result.refused and result.findings[0].refuses and not result.stops


def test_a_unit_that_had_ended_on_the_last_day_of_the_period() -> None:
    assert found(who=GONE) == ["K01 Chặn BIA C5 ma_don_vi"]
    assert found(who=GONE, period="2023-Q2") == []


def test_the_nearest_code_is_offered() -> None:
    item = sent(bia={"ma_don_vi": "DB-XA-11"})
    assert "Có phải là DB-XA-1?" in checked(unit("DB-XA-11"), REGISTER, "2023-Q3", item).findings[0].remedy


# --- K02 ---


def test_a_required_cell_left_blank() -> None:
    item = sent({"B1": b1(so_chuyen_muc=""), "B2": b2("| linh_vuc | ten |\n| Kinh tế | |")})
    assert told(findings(item)) == ["K02 Chặn B1 C16 so_chuyen_muc", "K02 Chặn B2 C7 ten"]
    assert stopped(item) == {"B1 so_chuyen_muc", "B2.7 ten"}


def test_zero_is_no_blank() -> None:
    assert found({"B1": b1(so_chuyen_muc="0", so_hoi_nghi_pho_bien="0")}) == []


def test_number_and_day_of_a_plan_belong_together() -> None:
    """A plan of last year that still holds must be named."""
    assert found({"B1": b1(ngay_ke_hoach="")}) == ["K02 Chặn B1 C6 ngay_ke_hoach"]
    assert found({"B1": b1(so_ke_hoach="")}) == ["K02 Chặn B1 C5 so_ke_hoach"]
    both = ["K02 Chặn B1 C5 so_ke_hoach", "K02 Chặn B1 C6 ngay_ke_hoach"]
    assert both == found({"B1": b1(so_ke_hoach="", ngay_ke_hoach="", ke_hoach_con_hieu_luc="Có")})
    assert found({"B1": b1(so_ke_hoach="", ngay_ke_hoach="", ke_hoach_con_hieu_luc="Không")}) == []
    assert found({"B1": b1(so_ke_hoach="", ngay_ke_hoach="")}) == []


def test_a_commune_names_its_thon_and_an_agency_does_not() -> None:
    assert alone("B2", b2("| ma_thon |\n| |")) == ["K02 Chặn B2 K7 ma_thon"]
    other = b2("| ma_mo_hinh | ma_thon |\n| MH-DB-CQ-1-001 | |")
    assert found({"B2": other}, CQ) == []


def test_a_model_registered_in_the_quarter_says_who_what_and_how() -> None:
    new = "| ngay_dk | chu_the | muc_tieu | noi_dung |\n"
    expected = ["K02 Chặn B2 L7 chu_the", "K02 Chặn B2 N7 muc_tieu", "K02 Chặn B2 O7 noi_dung"]
    assert expected == alone("B2", b2(new + "| 01/07/2023 | | | |"))
    assert alone("B2", b2(new + "| 01/07/2023 | Hội | x | x |")) == []
    assert alone("B2", b2(new + "| 30/06/2023 | | | |")) == []


def test_an_ended_or_paused_model_says_when_and_why() -> None:
    state = "| trang_thai | ngay_tt | ly_do_tt | sap_nhap_vao |\n"
    assert alone("B2", b2(state + "| Tạm dừng | | | |")) == ["K02 Chặn B2 AA7 ngay_tt"]
    assert alone("B2", b2(state + "| Dừng | | | |")) == ["K02 Chặn B2 AA7 ngay_tt"]
    both = ["K02 Chặn B2 Y7 sap_nhap_vao", "K02 Chặn B2 AA7 ngay_tt"]
    assert both == alone("B2", b2(state + "| Sáp nhập | | | |"))
    assert alone("B2", b2(state + "| Duy trì | 05/09/2023 | | |")) == ["K02 Chặn B2 AB7 ly_do_tt"]
    assert alone("B2", b2(state + "| Dừng | 05/09/2023 | Hết việc | |")) == []


def test_a_high_class_says_its_result_and_spreading_needs_a_row() -> None:
    assert alone("B3", b3("| ket_qua |\n| |")) == ["K02 Chặn B3 I7 ket_qua"]
    assert alone("B3", b3("| xep_loai | ket_qua |\n| Trung bình | |")) == []
    assert alone("B3", b3("| kien_nghi |\n| Nhân rộng |")) == ["K02 Cảnh báo B3 N7 kien_nghi"]
    spread = "| ma_mo_hinh | noi_nhan_rong | ngay_nhan_rong |\n| MH-DB-XA-1-001 | DB-XA-2 | 05/09/2023 |"
    assert alone("B3", b3("| kien_nghi |\n| Nhân rộng |"), B3b=spread) == []


def test_a_person_has_a_birthday() -> None:
    assert alone("B9a", b9a("| loai | ten |\n| Cá nhân | Lê A |"), period="2023-Q4") == ["K02 Chặn B9a I7 ngay_sinh"]
    assert alone("B9b", b9b("| phan_loai |\n| Cá nhân |")) == ["K02 Chặn B9b E7 ngay_sinh"]
    assert alone("B9b", b9b("| phan_loai |\n| Hộ gia đình |")) == []


def test_a_replacement_names_what_it_replaces() -> None:
    assert found(bia={"phien_ban": "2"}) == ["K02 Chặn BIA C10 thay_the_phien_ban"]
    assert found(bia={"phien_ban": "2", "thay_the_phien_ban": "1"}) == []


def test_an_assessment_is_a_warning_and_only_in_quarters_two_and_four() -> None:
    empty = {"B11": "| uu_diem | |"}
    assert found(empty, period="2023-Q2") == ["K02 Cảnh báo B11 C5 uu_diem"]
    assert found(empty, period="2023-Q3") == []
    assert found({"B11": "| kien_nghi | Thêm kinh phí |"}, period="2023-Q2") == []


# --- K03, K04, K20 ---


def test_a_value_outside_its_list() -> None:
    assert alone("B2", b2("| linh_vuc |\n| Giao thông |")) == ["K03 Chặn B2 E7 linh_vuc"]
    assert alone("B2", b2("| mo_hinh_diem |\n| x |")) == ["K03 Chặn B2 W7 mo_hinh_diem"]


def test_a_label_in_another_spelling_is_read_and_told() -> None:
    assert alone("B2", b2("| linh_vuc |\n| văn hoá – xã hội |")) == ["T08 Ghi chú B2 E7 linh_vuc"]


def test_flags_of_one_kind_of_unit() -> None:
    assert alone("B2", b2("| co_ntm | co_dtvm |\n| Có | Có |")) == ["K03 Cảnh báo B2 G7 co_dtvm"]
    town = b2("| ma_mo_hinh | ma_thon | co_ntm | co_dtvm |\n| MH-DB-TT-1-001 | P1 | Có | Có |")
    assert found({"B2": town}, TT) == ["K03 Cảnh báo B2 F7 co_ntm"]
    assert alone("B2", b2("| co_dtvm |\n| Không |")) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12", ""),
        ("１２", "T08 Ghi chú"),
        ("1.234", "T08 Ghi chú"),
        ("1.234.567", "T08 Ghi chú"),
        ("12,5", "K04 Chặn"),
        ("1,234", "K04 Chặn"),
        ("-1", "K04 Chặn"),
        ("khoảng 12", "K04 Chặn"),
        ("12 lượt", "K04 Chặn"),
        ("#REF!", "K04 Chặn"),
        ("=", "K04 Chặn"),
        ("12%", "K20 Chặn"),
    ],
)
def test_what_a_whole_number_cell_may_hold(text: str, code: str) -> None:
    expected = [f"{code} B5 K7 so_luot"] if code else []
    assert expected == alone("B5", b5(f"| so_luot |\n| {text} |"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12,5", "T08 Ghi chú"),
        ("12.5", "T08 Ghi chú"),
        ("0", ""),
        ("1.234.567", "T08 Ghi chú"),
        ("1.234,5", "T08 Ghi chú"),
        ("1.234", "K04 Chặn"),
        ("1,234", "K04 Chặn"),
        ("1,5%", "K20 Chặn"),
    ],
)
def test_what_a_number_cell_may_hold(text: str, code: str) -> None:
    money = b10(f"| nguon | thuc_hien | chung_tu |\n| NSNN cấp xã | {text} | x |")
    got = [line for line in alone("B10", money) if not line.startswith("K18")]
    assert got == ([f"{code} B10 E7 thuc_hien"] if code else [])


@pytest.mark.parametrize(("text", "fine"), [("5/9/2023", True), ("31/9/2023", False), ("tháng 9", False)])
def test_what_a_day_cell_may_hold(text: str, fine: bool) -> None:
    expected = ["T08 Ghi chú B6 B7 ngay"] if fine else ["K04 Chặn B6 B7 ngay"]
    assert expected == alone("B6", b6(f"| ngay |\n| {text} |"))


def test_a_percent_format_is_no_count() -> None:
    """0,85 shown as 85 %: told as the unit saw it."""
    spec = PLAN.sheets["B5"]
    parser = ValueParser(PLAN, "DB-XA-1")
    at = Cell("a.xlsx", "B5", 7, 11)
    value = parser.value(spec, spec.fields["so_luot"], RawCell(0.85, number_format="0%"), at, 7)
    assert value.typed is None
    assert told(parser.findings) == ["K20 Chặn B5 K7 so_luot"]
    assert parser.findings[0].raw == "85%"


def test_a_year_typed_as_text_needs_no_note() -> None:
    spec = PLAN.sheets["B9a"]
    parser = ValueParser(PLAN, "DB-XA-1")
    value = parser.value(spec, spec.fields["nam_xet"], RawCell("2023"), Cell("a.xlsx", "B9a", 7, 2), 7)
    assert (value.typed, value.text, parser.findings) == (2023, "2023", [])
    number = parser.value(spec, spec.fields["nam_xet"], RawCell(2023), Cell("a.xlsx", "B9a", 7, 2), 7)
    assert (number.typed, number.text) == (2023, "2023")


def test_more_than_one_only_on_the_loudspeaker() -> None:
    assert alone("B6", b6("| so_luong |\n| 2 |")) == ["K04 Chặn B6 I7 so_luong"]
    assert alone("B6", b6("| so_luong |\n| 1 |")) == []
    assert alone("B6", b6("| kenh | so_luong |\n| Loa truyền thanh cơ sở | 90 |")) == []
    unknown = ["K03 Chặn B6 D7 kenh"]  # and not K04 as well: the channel decides
    assert unknown == alone("B6", b6("| kenh | so_luong |\n| Zalo | 90 |"))


def test_a_version_that_cannot_be_read_stops_nothing_but_itself() -> None:
    """It ranks below all; alone it is used."""
    item = sent(bia={"phien_ban": "lần 1"})
    assert told(findings(item)) == ["K04 Chặn BIA C9 phien_ban"]
    assert stopped(item) == {"BIA phien_ban"}
    assert not checked(XA, REGISTER, "2023-Q3", item).refused


# --- K05, K06 ---


def test_a_count_typed_over_the_form_s_own() -> None:
    listed = "| ma_thon | so_mo_hinh |\n| T1 | {} |\n| T2 | 0 |"
    one = b2("| ma_thon |\n| T1 |")
    assert found({"B2": one, "B4": listed.format(2)}) == ["K05 Cảnh báo B4 D7 so_mo_hinh"]
    assert found({"B2": one, "B4": listed.format(1)}) == []


def test_a_part_over_its_whole_stops_the_part() -> None:
    over = sent({"B5": b5("| so_luot | trong_do_nu |\n| 10 | 11 |")})
    assert told(findings(over)) == ["K06 Chặn B5 L7 trong_do_nu"]
    assert stopped(over) == {"B5.7 trong_do_nu"}
    assert found({"B5": b5("| so_luot | trong_do_nu | trong_do_dtts |\n| 10 | 10 | 10 |")}) == []


def test_every_part_has_its_whole() -> None:
    party = b1(tong_so_chi_bo="9", tong_so_dang_vien="99")
    expected = ["K06 Chặn B1 C11 so_dang_vien_duoc_pho_bien", "K06 Chặn B1 C9 so_chi_bo_da_trien_khai"]
    assert expected == sorted(found({"B1": party}))
    assert alone("B7", b7("| so_kien_nghi | so_da_khac_phuc |\n| 1 | 2 |")) == ["K06 Chặn B7 K7 so_da_khac_phuc"]
    assert alone("B8", b8("| phieu_phat |\n| 49 |")) == ["K06 Chặn B8 J7 phieu_thu"]
    assert alone("B8", b8("| phieu_hop_le |\n| 51 |")) == ["K06 Chặn B8 K7 phieu_hop_le"]
    assert alone("B9b", b9b("| so_nguoi | so_nu |\n| 4 | 5 |")) == ["K06 Chặn B9b M7 so_nu"]


def test_a_blank_whole_is_not_compared() -> None:
    assert alone("B5", b5("| so_luot | trong_do_nu |\n| | 11 |")) == ["K02 Chặn B5 K7 so_luot"]
    assert alone("B7", b7("| so_kien_nghi | so_da_khac_phuc |\n| | 2 |")) == []


FIVE = ("tt_rat_hl", "tt_hl", "tt_bt", "tt_khl", "tt_rat_khl")


def opinions(*counts: str) -> str:
    return b8(f"| {' | '.join(FIVE)} |\n| {' | '.join(counts)} |")


def test_five_opinions_add_up_or_are_all_blank() -> None:
    assert alone("B8", opinions("20", "10", "10", "0", "0")) == []
    assert alone("B8", opinions("", "", "", "", "")) == []
    assert alone("B8", opinions("20", "10", "9", "0", "0")) == ["K06 Chặn B8 L7 tt_rat_hl"]
    assert alone("B8", opinions("", "30", "10", "0", "0")) == ["K06 Chặn B8 L7 tt_rat_hl"]
    item = sent({"B8": opinions("20", "10", "9", "0", "0")})
    assert stopped(item) == {f"B8.7 {key}" for key in FIVE}


def test_opinions_are_not_judged_twice() -> None:
    """One cell cannot be read, or the whole is missing: that is said once."""
    assert alone("B8", opinions("20", "#REF!", "9", "0", "0")) == ["K04 Chặn B8 M7 tt_hl"]
    text = b8(f"| phieu_hop_le | {' | '.join(FIVE)} |\n| | 20 | 10 | 9 | 0 | 0 |")
    assert alone("B8", text) == ["K02 Chặn B8 K7 phieu_hop_le"]


# --- K10, K11, K25 ---


def test_every_thon_of_the_register_stands_on_b4() -> None:
    assert found({"B4": "| ma_thon |\n| T1 |"}) == ["K10 Cảnh báo B4"]
    assert sorted(found({"B4": "| ma_thon |\n| T1 |\n| T3 |"})) == ["K10 Cảnh báo B4", "K21 Chặn B4 B8 ma_thon"]


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
    assert [f"K11 Chặn {sheet} {cell} {key}"] == got


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
    assert got == ["K11 Chặn B6 B7 ngay", "K11 Chặn B6 B10 ngay"]


def test_registration_may_be_old_but_not_before_2010_nor_after_the_quarter() -> None:
    for text, expected in (
        ("01/01/2010", []),
        ("31/12/2009", ["K11 Chặn B2 S7 ngay_dk"]),
        ("01/10/2023", ["K11 Chặn B2 S7 ngay_dk"]),
    ):
        assert expected == alone("B2", b2(f"| ngay_dk |\n| {text} |"))


def test_a_decision_of_another_year_of_recognition_is_a_warning() -> None:
    for text, expected in (
        ("16/10/2022", []),
        ("15/10/2023", []),
        ("15/10/2022", ["K11 Cảnh báo B9a D7 ngay_qd"]),
        ("16/10/2023", ["K11 Cảnh báo B9a D7 ngay_qd"]),
    ):
        assert expected == alone("B9a", b9a(f"| ten | ngay_qd |\n| Tổ A | {text} |"), period="2023-Q4")


def test_days_in_the_wrong_order_stop_the_later_named_one() -> None:
    assert alone("B2", b2("| ngay_bd |\n| 04/03/2022 |")) == ["K25 Chặn B2 T7 ngay_bd"]
    late = b2("| trang_thai | ngay_tt | ly_do_tt |\n| Dừng | 04/03/2022 | x |")
    assert alone("B2", late) == ["K25 Chặn B2 AA7 ngay_tt"]
    assert alone("B5", b5("| ngay_den |\n| 04/09/2023 |")) == ["K25 Chặn B5 G7 ngay_den"]
    assert alone("B8", b8("| tu_ngay |\n| 06/09/2023 |")) == ["K25 Chặn B8 D7 den_ngay"]
    assert alone("B2", b2("| ngay_bd |\n| 05/03/2022 |")) == []
    assert stopped(sent({"B5": b5("| ngay_den |\n| 04/09/2023 |")})) == {"B5.7 ngay_den"}


def test_signed_before_the_closing_day_is_a_warning() -> None:
    assert found(bia={"ngay_ky": "29/09/2023"}) == ["K25 Cảnh báo BIA C16 ngay_ky"]
    assert found(bia={"ngay_ky": "30/09/2023"}) == []


# --- K14 … K18 ---


def test_all_recognised_and_all_high_is_a_note() -> None:
    named = b9a("| ket_qua | ten | ma_mo_hinh |\n| Mô hình | Tổ A | MH-DB-XA-1-001 |")
    assert alone("B3", b3("| xep_loai |\n| Hiệu quả cao |"), B9a=named) == ["K14 Ghi chú B3 H7 xep_loai"]
    assert alone("B3", b3("| xep_loai |\n| Hiệu quả khá |"), B9a=named) == []
    assert alone("B3", b3("| xep_loai |\n| Hiệu quả cao |")) == []


def test_a_small_sample_and_too_much_satisfaction_are_notes() -> None:
    assert alone("B8", b8("| phieu_hop_le |\n| 29 |")) == ["K15 Ghi chú B8 K7 phieu_hop_le"]
    assert alone("B8", b8("| phieu_hop_le |\n| 30 |")) == []
    head = "| phieu_phat | phieu_thu | phieu_hop_le | ch_rat_hl | ch_hl | ch_bt | ch_khl | ch_rat_khl |\n"
    assert alone("B8", b8(head + "| 200 | 200 | 200 | 98 | 100 | 2 | 0 | 0 |")) == ["K15 Ghi chú B8 AF7 ch_rat_hl"]
    assert alone("B8", b8(head + "| 200 | 200 | 200 | 97 | 100 | 3 | 0 | 0 |")) == []


@pytest.mark.parametrize(
    ("text", "stale"),
    [
        ("Trong quý II, đơn vị đã mở lớp.", True),
        ("Trong quý III/2022 có hai lớp.", True),
        ("Tháng 5/2023 đã mở lớp.", True),
        ("Trong quý III năm 2023 có hai lớp.", False),
        ("Tháng 8/2023 đã mở lớp.", False),
        ("Tăng 02 lớp so với quý II năm 2023.", False),
        ("[CẦN BỔ SUNG] số liệu", True),
    ],
)
def test_text_of_another_period(text: str, stale: bool) -> None:
    assert (["K16 Cảnh báo B11 C5 uu_diem"] if stale else []) == found({"B11": f"| uu_diem | {text} |"})


def test_plans_may_name_coming_quarters() -> None:
    assert found({"B11": "| phuong_huong | Quý IV năm 2023 mở lớp. |"}) == []
    assert found({"B11": "| phuong_huong | Quý II năm 2023 mở lớp. |"}) == ["K16 Cảnh báo B11 C9 phuong_huong"]


def test_document_symbols() -> None:
    assert found({"B1": b1(so_ke_hoach="12-BC/ĐU")}) == ["K17 Cảnh báo B1 C5 so_ke_hoach"]
    assert alone("B7", b7("| so_van_ban |\n| 12-TB/ĐU |")) == ["K17 Cảnh báo B7 B7 so_van_ban"]
    assert alone("B9a", b9a("| ten | so_qd |\n| Tổ | số 5 |"), period="2023-Q4") == ["K17 Cảnh báo B9a C7 so_qd"]
    for text in ("12-QĐ/ĐU", "Số 12/QĐ-UBND", "7-KH/ĐU"):
        assert alone("B7", b7(f"| so_van_ban |\n| {text} |")) == []


def test_money_that_looks_like_dong() -> None:
    assert alone("B10", b10("| nguon | thuc_hien |\n| Khác | 10001 |")) == ["K18 Cảnh báo B10 E7 thuc_hien"]
    assert alone("B10", b10("| nguon | thuc_hien |\n| Khác | 10000 |")) == []
    assert alone("B3", b3("| tien_xhh |\n| 5000000 |")) == ["K18 Cảnh báo B3 L7 tien_xhh"]


# --- K21 ---


def test_own_codes_stand_in_this_b2_or_in_an_earlier_one() -> None:
    lost = ["K21 Chặn B3 B7 ma_mo_hinh"]
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
    assert [f"K21 Chặn {sheet} {cell} ma_mo_hinh"] == alone(sheet, text.format("MH-DB-XA-2-001"))
    assert alone(sheet, text.format("MH-DB-XA-1-001")) == []


@pytest.mark.parametrize(
    ("code", "fine"),
    [
        ("MH-DB-XA-1-001", True),
        ("MH-DB-XA-1-009", False),  # its own, and not listed
        ("MH-DB-XA-2-009", True),  # another unit's: only the unit must be known
        ("MH-DB-XA-77-001", False),
        ("mô hình của xã", False),
    ],
)
def test_codes_of_any_unit_in_news_and_inspections(code: str, fine: bool) -> None:
    expected = [] if fine else ["K21 Chặn B6 G7 ma_mo_hinh"]
    assert expected == alone("B6", b6(f"| ma_mo_hinh |\n| {code} |"))
    expected = [] if fine else ["K21 Chặn B7 H7 ma_mo_hinh"]
    assert expected == alone("B7", b7(f"| ma_mo_hinh |\n| {code} |"))


def test_where_a_model_went_and_what_it_goes_on_with() -> None:
    merged = b2("| trang_thai | ngay_tt | ly_do_tt | sap_nhap_vao |\n| Sáp nhập | 05/09/2023 | x | {} |")
    assert alone("B2", merged.format("MH-DB-XA-2-009")) == []
    assert alone("B2", merged.format("MH-DB-XA-1-009")) == ["K21 Chặn B2 Y7 sap_nhap_vao"]
    assert alone("B2", b2("| tiep_noi_ma |\n| MH-DB-XA-1-009 |")) == ["K21 Chặn B2 Z7 tiep_noi_ma"]


def test_a_list_holds_codes_of_the_unit() -> None:
    assert alone("B2", b2("| ma_mo_hinh |\n| MH-DB-XA-2-001 |")) == ["K21 Chặn B2 B7 ma_mo_hinh"]
    assert alone("B2", b2("| ma_mo_hinh |\n| 1 |")) == ["K21 Chặn B2 B7 ma_mo_hinh"]


@pytest.mark.parametrize(
    ("text", "fine"),
    [("T1", True), ("t1; làng hoà", True), ("Tất cả", True), ("T1; T9", False), ("U1", False), ("Bản Ria", False)],
)
def test_thon_of_the_unit_itself(text: str, fine: bool) -> None:
    assert ([] if fine else ["K21 Chặn B2 K7 ma_thon"]) == alone("B2", b2(f"| ma_thon |\n| {text} |"))


def test_the_same_name_twice_in_a_commune_matches_neither() -> None:
    twice = office(XA, thon={"DB-XA-1": "T1 Bản Rịa; T2 Bản Rịa"})
    item = sent({"B2": b2("| ma_thon |\n| Bản Rịa |"), "B4": "| ma_thon |\n| T1 |\n| T2 |"})
    assert told(findings(item, register=twice)) == ["K21 Chặn B2 K7 ma_thon"]


SPREAD = "| ma_mo_hinh | noi_nhan_rong | thon_nhan_rong | ngay_nhan_rong |\n| MH-DB-XA-1-001 | {} | {} | 05/09/2023 |"


@pytest.mark.parametrize(
    ("place", "thon", "expected"),
    [
        ("DB-XA-2", "U1", []),
        ("Đảng bộ xã Bảo Hà", "bản lúc", []),
        ("DB-XA-2", "T1", ["K21 Chặn B3b D7 thon_nhan_rong"]),
        ("DB-XA-1", "T2", []),
        ("DB-XA-1", "T9", ["K21 Chặn B3b D7 thon_nhan_rong"]),
        ("Một xã ở huyện bên", "Bản nào đó", []),
        ("DB-XA-1", "T1", ["K26 Cảnh báo B3b C7 noi_nhan_rong"]),
        ("DB-XA-1", "", ["K26 Cảnh báo B3b C7 noi_nhan_rong"]),
        ("DB-XA-1", "#REF!", ["K04 Chặn B3b D7 thon_nhan_rong"]),
        ("#REF!", "T1", ["K04 Chặn B3b C7 noi_nhan_rong"]),
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
    assert told(findings(item, new, register=register)) == ["K21 Chặn B3 B8 ma_mo_hinh"]


# --- K22, K23 ---


def test_a_due_sheet_has_a_row_or_the_tick() -> None:
    """K22 at the tick; it stops the sheet and nothing else."""
    item = sent(ticked="B3")
    assert told(findings(item)) == ["K22 Chặn BIA C21 khong_phat_sinh_b2", "K22 Chặn BIA C28 khong_phat_sinh_b9b"]
    assert stopped(item) == {"B2", "B9b"}


def test_what_is_due_in_quarter_four() -> None:
    ticks_of = [line.rsplit("_", 1)[1] for line in found(period="2023-Q4", ticked="")]
    assert ticks_of == ["b2", "b3", "b7", "b8", "b9a", "b10"]
    chi_bo = [line.rsplit("_", 1)[1] for line in found(who=BDV, period="2023-Q4", ticked="")]
    assert chi_bo == ["b2", "b3", "b5", "b6", "b7", "b10"]
    no_round = [line.rsplit("_", 1)[1] for line in found(period="2024-Q3", ticked="")]
    assert no_round == ["b2", "b3"]


def test_a_review_is_not_asked_of_a_unit_with_no_active_model() -> None:
    asleep = b2("| trang_thai | ngay_tt | ly_do_tt |\n| Tạm dừng | 05/09/2023 | Vốn |")
    assert found({"B2": asleep}, ticked="B9b") == []
    awake = b2("| trang_thai |\n| Duy trì |")
    assert found({"B2": awake}, ticked="B9b") == ["K22 Chặn BIA C22 khong_phat_sinh_b3"]
    assert found(ticked="B2 B9b") == []


def test_a_tick_line_that_is_missing_from_the_cover_is_no_tick() -> None:
    item = sent(ticked="B3 B9b")
    bia = item.sheets["BIA"].rows[0]
    del bia.values["khong_phat_sinh_b2"]  # type: ignore[attr-defined]
    result = findings(item)
    assert [finding.code for finding in result] == ["K22"]
    assert [stop.sheet for finding in result for stop in finding.stops] == ["B2"]


def test_a_due_sheet_that_is_absent_from_the_file() -> None:
    """K22 tells it where there is neither row nor tick; with the tick, the missing sheet itself is told."""
    absent = sent(ticked="B3 B9b", absent=["B2"])
    assert told(findings(absent)) == ["K22 Chặn BIA C21 khong_phat_sinh_b2"]
    assert stopped(absent) == {"B2"}
    other = sent(absent=["B6"])
    assert told(findings(other)) == ["T01 Chặn B6"]
    assert stopped(other) == {"B6"}


def test_the_absent_words_of_b11_warn_and_stop_nothing() -> None:
    item = sent(absent=["B11"])
    assert told(findings(item)) == ["T01 Cảnh báo B11"]
    assert stopped(item) == set()


def test_a_tick_against_rows() -> None:
    item = sent({"B2": b2("| ma_thon |\n| T1 |")}, ticked="B2 B3 B9b")
    assert told(findings(item)) == ["K23 Cảnh báo BIA C21 khong_phat_sinh_b2"]
    assert stopped(item) == set()


def test_the_nil_word_stands_for_every_tick() -> None:
    earlier = sent({"B2": b2("| ma_thon |\n| T1 |")}, period="2023-Q2")
    nil = sent({"B1": EMPTY_B1}, ticked="", bia=NIL)
    assert told(findings(nil, before=[earlier])) == []


def test_the_nil_word_against_rows() -> None:
    """The rows count. A sheet with a tick is told at its tick, the others at Loại báo cáo."""
    earlier = sent({"B2": b2("| ma_thon |\n| T1 |")}, period="2023-Q2")
    nil = sent(
        {
            "B1": EMPTY_B1,
            "B2": b2("| ma_thon |\n| T2 |"),
            "B5": b5("| so_luot |\n| 5 |"),
            "B6": b6("| so_luong |\n| 1 |"),
        },
        ticked="",
        bia=NIL,
    )
    expected = [
        "K23 Cảnh báo BIA C11 loai_bao_cao",
        "K23 Cảnh báo BIA C11 loai_bao_cao",
        "K23 Cảnh báo BIA C21 khong_phat_sinh_b2",
    ]
    assert expected == sorted(told(findings(nil, before=[earlier])))
    assert stopped(nil, before=[earlier]) == set()


def test_rows_printed_beforehand_and_left_unchanged_are_no_rows_against_the_nil_word() -> None:
    models = {"B2": b2("| ma_mo_hinh |\n| MH-DB-XA-1-001 |\n| MH-DB-XA-1-002 |")}
    earlier = sent(models, period="2023-Q2")
    assert told(findings(sent({"B1": EMPTY_B1, **models}, ticked="", bia=NIL), before=[earlier])) == []


def test_a_nil_report_without_history_says_what_is_not_counted() -> None:
    """Blank flows are 0; each blank snapshot and the empty B2 is a warning, and none is a block."""
    nil = sent({"B1": EMPTY_B1}, ticked="", bia=NIL)
    got = findings(nil)
    assert {(finding.code, finding.level.value) for finding in got} == {("K02", "Cảnh báo")}
    keys = {finding.key for finding in got}
    numbers = {"tong_so_chi_bo", "so_chi_bo_da_trien_khai", "tong_so_dang_vien", "so_dang_vien_duoc_pho_bien"}
    assert keys >= numbers | {"so_chuyen_muc", "so_ke_hoach", "khong_phat_sinh_b2"}
    assert not keys & {"so_hoi_nghi_pho_bien", "so_cuoc_tuyen_truyen"}
    assert stopped(nil) == set()


def test_one_nil_report_after_another_still_carries() -> None:
    """Quarter I is full, II and III are nil: III is told nothing: no blank, no row against it."""
    models = {"B2": b2("| ma_thon |\n| T1 |")}
    full = sent(models, period="2023-Q1")
    silent = sent({"B1": EMPTY_B1}, period="2023-Q2", ticked="", bia=NIL)
    again = sent({"B1": EMPTY_B1, **models}, ticked="", bia=NIL)
    assert told(findings(again, before=[full, silent])) == []


# --- K24 ---


def test_a_code_stands_once() -> None:
    twice = sent({"B2": b2("| ma_mo_hinh |\n| MH-DB-XA-1-001 |\n| mh-db-xa-1-001 |")})
    assert told(findings(twice)) == ["K24 Chặn B2 B8 ma_mo_hinh"]
    assert stopped(twice) == {"B2.8 ma_mo_hinh"}
    assert found({"B4": "| ma_thon |\n| T1 |\n| T2 |\n| t1 |"}) == ["K24 Chặn B4 B9 ma_thon"]


def test_a_repeated_row_elsewhere_is_a_warning_and_counts() -> None:
    item = sent({"B6": b6("| ngay | tieu_de |\n| 05/09/2023 | Tin  A |\n| 05/09/2023 | tin a |")})
    assert told(findings(item)) == ["K24 Cảnh báo B6 B8 ngay"]
    assert stopped(item) == set()
    assert alone("B6", b6("| ngay | tieu_de |\n| 05/09/2023 | Tin A |\n| 06/09/2023 | Tin A |")) == []


def test_the_same_day_in_two_spellings_is_the_same_day() -> None:
    text = b6("| ngay | tieu_de |\n| 05/09/2023 | Tin A |\n| 5/9/2023 | Tin A |")
    assert alone("B6", text) == ["K24 Cảnh báo B6 B8 ngay", "T08 Ghi chú B6 B8 ngay"]


def test_every_other_sheet_tells_a_repeated_row() -> None:
    assert alone("B5", b5("| so_luot |\n| 5 |\n| 6 |")) == ["K24 Cảnh báo B5 B8 ten_lop"]
    assert alone("B7", b7("| chu_tri |\n| a |\n| b |")) == ["K24 Cảnh báo B7 C8 ngay"]
    assert alone("B8", b8("| phieu_thu |\n| 50 |\n| 49 |")) == ["K24 Cảnh báo B8 B8 dot"]
    assert alone("B10", b10("| nguon | thuc_hien |\n| Khác | 5 |\n| Khác | 5 |")) == ["K24 Cảnh báo B10 B8 noi_dung"]
    assert alone("B10", b10("| nguon | thuc_hien |\n| Khác | 5 |\n| Khác | 6 |")) == []
    spread = SPREAD.format("DB-XA-2", "U1") + "\n" + SPREAD.format("DB-XA-2", "U1").split("\n")[1]
    assert alone("B3b", spread) == ["K24 Cảnh báo B3b B8 ma_mo_hinh"]


def test_a_person_named_twice_counts_once_and_is_told() -> None:
    """NV5.2: equal in loai, name and birthday, whatever the model."""
    text = b9a(
        """
        | loai    | ten            | ngay_sinh  | ma_mo_hinh     |
        | Cá nhân | Nguyễn Thị Hòa | 01/01/1980 | MH-DB-XA-1-001 |
        | Cá nhân | nguyễn thị hoà | 01/01/1980 |                |
        | Cá nhân | Nguyễn Thị Hòa | 02/01/1980 |                |
        """
    )
    got = findings(sent({"B2": b2("| ma_thon |\n| T1 |"), "B9a": text}, period="2023-Q4"))
    assert [(f.code, f.level.value, f.sheet, f.row) for f in got] == [("K24", "Cảnh báo", "B9a", 8)]
    assert got[0].text == Msg.REPEATED_ONCE.text.format(dong=7)


def test_a_rank_is_used_once() -> None:
    text = b9b("| ten | thu_tu |\n| Tổ A | 1 |\n| Tổ B | 1 |")
    got = findings(sent({"B2": b2("| ma_thon |\n| T1 |"), "B9b": text}))
    assert told(got) == ["K24 Cảnh báo B9b Q8 thu_tu"]
    assert "Thứ tự ưu tiên 1 đã dùng ở dòng 7" in got[0].text
    other = b9b(
        """
        | hinh_thuc                             | thu_tu |
        | Giấy khen của Chủ tịch UBND huyện     | 1      |
        | Biểu dương của Ban Thường vụ Huyện ủy | 1      |
        """
    )
    assert alone("B9b", other) == []


def test_contributions_of_an_earlier_review_are_not_added() -> None:
    text = b3("| ngay_danh_gia | m2_dat |\n| 05/08/2023 | 100 |\n| 05/09/2023 | 50 |")
    assert alone("B3", text) == ["K24 Cảnh báo B3 J7 m2_dat"]
    assert alone("B3", b3("| ngay_danh_gia | m2_dat |\n| 05/08/2023 | 0 |\n| 05/09/2023 | 50 |")) == []


# --- other rules ---


def test_text_longer_than_its_cell() -> None:
    assert found({"B11": f"| uu_diem | {'a' * 1501} |"}) == ["T11 Cảnh báo B11 C5 uu_diem"]
    assert found({"B11": f"| uu_diem | {'a' * 1500} |"}) == []
    assert alone("B9b", b9b(f"| thanh_tich |\n| {'a' * 501} |")) == ["T11 Cảnh báo B9b O7 thanh_tich"]


def test_rows_of_a_sheet_that_was_not_given_are_kept_with_one_warning() -> None:
    """Their mistakes stop nothing: they are in no figure."""
    wrong = b9a("| ten | nam_xet |\n| Tổ A | #REF! |")
    item = sent({"B2": b2("| ma_thon |\n| T1 |"), "B9a": wrong}, period="2023-Q2")
    assert [(f.code, f.level.value, f.sheet) for f in findings(item)] == [("T07", "Cảnh báo", "B9a")]
    assert stopped(item) == set()


def test_what_others_led_is_kept_with_a_note() -> None:
    assert alone("B5", b5("| cap_to_chuc |\n| Huyện |")) == ["T12 Ghi chú B5 E7 cap_to_chuc"]
    assert found({"B5": b5("| cap_to_chuc |\n| Huyện |")}, BDV, ticked="B2 B3 B6") == []
    assert alone("B7", b7("| cap |\n| Ban Dân vận Huyện ủy |")) == ["T12 Ghi chú B7 E7 cap"]
    assert alone("B7", b7("| cap |\n| Đảng ủy xã, thị trấn |")) == []
    assert found({"B7": b7("| cap |\n| Ban Dân vận Huyện ủy |")}, BDV) == []


def test_without_a_register_the_rules_that_need_it_are_left_out_and_named() -> None:
    item = sent({"B2": b2("| ma_thon |\n| T9 |"), "B5": b5("| so_luot | trong_do_nu |\n| 1 | 2 |")}, ticked="")
    got = checked(XA, None, "2023-Q3", item).findings
    assert told(got) == ["K06 Chặn B5 L7 trong_do_nu"]
    assert any(line.startswith("K22") for line in left_out())


def test_each_mistake_is_said_once_and_blocks_come_first() -> None:
    item = sent(
        {
            "B2": b2("| ma_mo_hinh | ngay_bd | trang_thai |\n| MH-DB-XA-1-001 | 04/03/2022 | Dừng |"),
            "B11": "| uu_diem | [CẦN BỔ SUNG] |",
            "B5": b5("| cap_to_chuc |\n| Huyện |"),
        }
    )
    assert told(findings(item)) == [
        "K25 Chặn B2 T7 ngay_bd",
        "K02 Chặn B2 AA7 ngay_tt",
        "K16 Cảnh báo B11 C5 uu_diem",
        "T12 Ghi chú B5 E7 cap_to_chuc",
    ]


def test_only_a_block_stops_anything() -> None:
    for finding in findings(
        sent({"B10": b10("| nguon | thuc_hien |\n| Khác | 99999 |"), "B1": b1(so_ke_hoach="x", so_chuyen_muc="")})
    ):
        assert bool(finding.stops) == (finding.level.value == "Chặn")


def test_every_rule_type_of_the_rule_book_is_tried_here() -> None:
    kinds = {rule.loai for sheet in PLAN.forms.bieu for rule in sheet.luat}
    assert kinds == {
        "bat_buoc_khi",
        "chi_loai_don_vi",
        "cong_bang",
        "duy_nhat",
        "khong_vuot",
        "ky_hieu",
        "nghi_don_vi_tien",
        "ngay_trong",
        "thu_tu_ngay",
        "toi_da_chu",
        "toi_da_so",
    }
