"""What counts, sentence by sentence, on cases small enough to count by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from dvk_reports.model.figures import MET, NOT_MET, UNDECIDED, Figure
from dvk_reports.model.returns import Return, Submission, UnitState
from dvk_reports.plan.register.register import Register
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
    b10,
    figures_of,
    form,
    judged,
    ledger,
    office,
    quarter,
    unit,
)

XA, XB, TT = unit("DB-XA-1"), unit("DB-XA-2", order=1), unit("DB-TT-1", order=2)
CQ = unit("DB-CQ-1", agency=True, order=3)
BDV = unit("CQ-BDV", "BXD", agency=True, order=4)
THON = {"DB-XA-1": "T1 Bản Rịa; T2 Làng Hòa", "DB-XA-2": "U1 Bản Lúc", "DB-TT-1": "P1 Tổ 1"}
ALL = office(XA, XB, TT, CQ, BDV, thon=THON)


def counted(
    register: Register, period: str, returns: Sequence[Return], *, held: str = "", as_of: date | None = None
) -> dict[tuple[str, str], Figure]:
    """Every figure, after the checks of every return; returns of earlier quarters are its history."""
    ordered = sorted(returns, key=lambda item: item.period)
    used = []
    for place, item in enumerate(ordered):
        sender = register.by_code[item.unit]
        before = [old for old in ordered[:place] if old.unit == item.unit]
        used.append(judged(sender, register, item, before))
    return figures_of(ledger(register, period, used, held=held, as_of=as_of))


def seen(*values: object) -> tuple[object, ...]:
    return values


def told(figure: Figure) -> tuple[object, ...]:
    """(tu_so, mau_so, n, N)"""
    return figure.numerator, figure.denominator, figure.reported, figure.owed


# --- blank, zero, doubtful ---


def test_zero_is_a_value_and_a_blank_is_not() -> None:
    """XA has 0 chi bộ: it is in n and adds 0. XB left the cell blank: it is not in n."""
    figure = counted(
        office(XA, XB, TT, thon=THON),
        "2023-Q3",
        [
            form(XA, "2023-Q3", {"B1": b1(tong_so_chi_bo="0", so_chi_bo_da_trien_khai="0")}, ticks="B2 B3"),
            form(XB, "2023-Q3", {"B1": b1(tong_so_chi_bo="")}, ticks="B2 B3"),
            form(TT, "2023-Q3", {"B1": b1(tong_so_chi_bo="4", so_chi_bo_da_trien_khai="3")}, ticks="B2 B3"),
        ],
    )["MT1.5", ""]
    assert (Decimal(3), Decimal(4), 2, 3) == told(figure)
    assert figure.missing == ("DB-XA-2",)


def test_an_error_cell_takes_the_unit_out_of_its_figures_and_of_no_other() -> None:
    figures = counted(
        ALL,
        "2023-Q3",
        [
            form(XA, "2023-Q3", {"B6": b6("| so_luong |\n| 1 |\n| #REF! |")}, ticks="B2 B3"),
            form(XB, "2023-Q3", {"B6": b6("| so_luong |\n| |")}, ticks="B2 B3"),
        ],
    )
    assert (Decimal(1), None, 1, 5) == told(figures["NV2.1", ""])  # a blank so_luong is 1
    assert (Decimal(0), None, 2, 5) == told(figures["NV2.3", ""])  # does not read so_luong
    assert figures["NV2.4", ""].reported == 2


def test_part_over_whole_stops_the_part_only() -> None:
    """NV1.3: each line has its own n; the figure itself has no value."""
    figures = counted(
        ALL,
        "2023-Q3",
        [
            form(
                XA, "2023-Q3", {"B5": b5("| so_luot | trong_do_nu | trong_do_dtts |\n| 10 | 12 | 3 |")}, ticks="B2 B3"
            ),
            form(XB, "2023-Q3", {"B5": b5("| so_luot | trong_do_nu | trong_do_dtts |\n| 20 | 5 |  |")}, ticks="B2 B3"),
        ],
    )
    assert (Decimal(30), None, 2, 5) == told(figures["NV1.2", ""])
    assert (Decimal(5), Decimal(20), 1, 5) == told(figures["NV1.3", "Nữ"])
    assert (Decimal(3), Decimal(10), 2, 5) == told(figures["NV1.3", "Dân tộc thiểu số"])
    assert figures["NV1.3", ""].value is None
    assert figures["NV1.3", "Nữ"].note == "số này không tính Đảng bộ xã Nghĩa Đô; 01 trên 01 lớp có ghi số này"


def test_five_opinions_that_do_not_add_up_stop_that_facet_only() -> None:
    facets = """
        | ch_rat_hl | ch_hl | ch_bt | ch_khl | ch_rat_khl | tt_rat_hl | tt_hl | tt_bt | tt_khl | tt_rat_khl |
        | 30        | 6     | 4     | 0      | 1          | 20        | 16    | 4     | 0      | 0          |
    """
    figures = counted(ALL, "2023-Q3", [form(XA, "2023-Q3", {"B8": b8(facets)}, ticks="B2 B3")])
    assert (Decimal(0), Decimal(0), 0, 3) == told(figures["MT5.1", ""])
    assert (Decimal(36), Decimal(40), 1, 3) == told(figures["MT5.2", ""])
    assert (Decimal(0), Decimal(0), 1, 3) == told(figures["MT5.3", ""])  # was not asked: adds to neither
    assert figures["MT5.3", ""].value is None


def test_rows_of_a_sheet_that_was_not_given_are_in_no_figure() -> None:
    """A chi bộ cơ quan is not given B7; a party unit is not given B9a in quarter II."""
    chi_bo = unit("CB-CQ-1")
    figures = counted(
        office(chi_bo, XA),
        "2023-Q2",
        [
            form(
                chi_bo,
                "2023-Q2",
                {
                    "B7": b7("| ngay |\n| 05/05/2023 |"),
                    "B9a": b9a("| ten |\n| Tổ A |"),
                },
                ticks="B2",
            )
        ],
    )
    assert told(figures["NV4.1", ""]) == (None, None, 0, 1)
    assert told(figures["NV5.2", ""]) == (None, None, 0, 0)


def test_a_due_sheet_with_neither_row_nor_tick_is_not_counted() -> None:
    """K22 stops B2: XA is in N of the figures of B2 and not in n; B1 goes on."""
    figures = counted(ALL, "2023-Q3", [form(XA, "2023-Q3", ticks="B3")])
    assert told(figures["NV3.2", ""]) == (None, None, 0, 5)
    assert figures["NV2.4", ""].reported == 1


# --- verdicts ---


def test_m1_missing_units_count_as_not_met_and_as_met() -> None:
    """Two of three have a plan, the third is silent: between 2/3 and 1, so nothing can be said."""
    figure = counted(office(XA, XB, TT, thon=THON), "2023-Q1", [form(u, "2023-Q1", ticks="B2") for u in (XA, XB)])[
        "MT1.1", ""
    ]
    assert (Decimal(2), Decimal(2), 2, 3) == told(figure)
    assert seen(figure.value, figure.low, figure.high) == (1, Decimal(2) / 3, 1)
    assert figure.verdict == UNDECIDED


def test_m1_one_unit_not_met_decides_although_another_is_silent() -> None:
    """All three cells blank: the unit says that it has no plan. MT1.1 is no figure of the year."""
    none = b1(so_ke_hoach="", ngay_ke_hoach="")
    figure = counted(office(XA, XB, TT, thon=THON), "2023-Q1", [form(XA, "2023-Q1", {"B1": none}, ticks="B2")])
    assert figure["MT1.1", ""].verdict == NOT_MET


@pytest.mark.parametrize(
    ("so", "ngay", "con", "value"),
    [
        ("12-KH/ĐU", "10/01/2023", "", 1),
        ("12-KH/ĐU", "10/01/2022", "Có", 1),
        ("12-KH/ĐU", "10/01/2022", "Không", 0),
        ("12-KH/ĐU", "10/01/2022", "", 0),
        ("", "", "", 0),
        ("", "", "Không", 0),
        ("12-KH/ĐU", "", "", None),
        ("", "10/01/2023", "", None),
        ("", "", "Có", None),
        ("12-KH/ĐU", "31/02/2023", "", None),
    ],
)
def test_what_a_plan_is(so: str, ngay: str, con: str, value: int | None) -> None:
    cells = b1(so_ke_hoach=so, ngay_ke_hoach=ngay, ke_hoach_con_hieu_luc=con)
    figure = counted(office(XA, thon=THON), "2023-Q1", [form(XA, "2023-Q1", {"B1": cells}, ticks="B2")])
    assert figure["MT1.1", ""].value == value


@pytest.mark.parametrize(("period", "verdict"), [("2023-Q3", UNDECIDED), ("2023-Q4", NOT_MET)])
def test_a_yearly_target_is_missed_only_when_the_year_is_over(period: str, verdict: str) -> None:
    item = form(CQ, period, {"B1": b1(so_hoi_nghi_pho_bien="0")}, ticks="B2 B3 B9a B9b B10")
    figure = counted(office(CQ), period, [item])["MT1.2", ""]
    assert seen(figure.value, figure.verdict) == (0, verdict)
    assert ("chưa hết năm" in figure.note) == (verdict == UNDECIDED)


def test_the_year_before_and_quarters_not_held() -> None:
    """Only Q4 is held: it is the whole window; the quarters that are not are named."""
    figure = counted(office(CQ), "2023-Q4", [form(CQ, "2023-Q4", ticks="B2 B3 B9a B10")])["MT1.2", ""]
    assert seen(figure.value, figure.verdict) == (1, MET)
    assert "quý I năm 2023, quý II năm 2023, quý III năm 2023" in figure.note


def test_a_year_to_date_test_is_met_as_soon_as_one_quarter_is() -> None:
    """Q1 has a meeting, Q2 is silent: met. With 0 in Q1 and Q2 silent: unknown."""
    for meetings, expected in (("2", (1, 1)), ("0", (0, 0))):
        early = form(CQ, "2023-Q1", {"B1": b1(so_hoi_nghi_pho_bien=meetings)}, ticks="B2")
        figure = counted(office(CQ), "2023-Q2", [early])["MT1.2", ""]
        assert seen(figure.numerator, figure.reported) == expected


def test_spread_to_people_by_meetings_or_news() -> None:
    quiet = b1(so_cuoc_tuyen_truyen="0")
    for news, expected in (("| so_luong |\n| |", 1), ("| so_luong |\n| 0 |", 0), ("| so_luong |\n| #N/A |", None)):
        item = form(CQ, "2023-Q3", {"B1": quiet, "B6": b6(news)}, ticks="B2 B3 B9b")
        assert counted(office(CQ), "2023-Q3", [item])["MT1.3", ""].value == expected


def test_all_three_one_not_met_decides() -> None:
    """MT1.4: no plan is enough to be not met, though the meetings are unknown."""
    item = form(CQ, "2023-Q3", {"B1": b1(so_ke_hoach="", ngay_ke_hoach="", so_hoi_nghi_pho_bien="")}, ticks="B2 B3 B9b")
    figures = counted(office(CQ), "2023-Q3", [item])
    assert figures["MT1.2", ""].reported == 0
    assert seen(figures["MT1.4", ""].value, figures["MT1.4", ""].reported) == (0, 1)


@pytest.mark.parametrize(("done", "verdict"), [("10", UNDECIDED), ("9", NOT_MET)])
def test_bounds_are_blank_where_the_missing_denominator_is_unknown(done: str, verdict: str) -> None:
    item = form(CQ, "2023-Q1", {"B1": b1(so_chi_bo_da_trien_khai=done)}, ticks="B2")
    figure = counted(office(CQ, XA, thon=THON), "2023-Q1", [item])["MT1.5", ""]
    assert (figure.low, figure.high, figure.verdict) == (None, None, verdict)


def test_m2_with_a_target_needs_every_unit() -> None:
    asked = b8("| ch_rat_hl | ch_hl | ch_bt | ch_khl | ch_rat_khl |\n| 30 | 6 | 4 | 0 | 0 |")
    item = form(XA, "2023-Q3", {"B8": asked}, ticks="B2 B3 B9b")
    alone = counted(office(XA, thon=THON), "2023-Q3", [item])["MT5.1", ""]
    assert (alone.value, alone.verdict) == (Decimal("0.9"), MET)
    assert counted(office(XA, XB, thon=THON), "2023-Q3", [item])["MT5.1", ""].verdict == UNDECIDED
    nothing = form(XA, "2023-Q3", ticks="B2 B3 B9b")
    assert counted(office(XA, thon=THON), "2023-Q3", [nothing])["MT5.1", ""].verdict == UNDECIDED


def test_nobody_owes_it_prints_blank() -> None:
    """Recognition comes on 15/10; there is no round of awards in 2024."""
    figure = counted(ALL, "2023-Q2", [])["NV5.1", ""]
    assert told(figure) == (None, None, 0, 0)
    assert figure.note == "xét công nhận vào dịp 15/10"
    assert told(counted(ALL, "2024-Q3", [])["NV5.4", ""]) == (None, None, 0, 0)
    assert counted(ALL, "2023-Q3", [])["NV5.4", ""].owed == 4


def test_nobody_reported_is_unknown_and_not_zero() -> None:
    figures = counted(ALL, "2023-Q3", [])
    assert told(figures["NV3.2", ""]) == (None, None, 0, 5)
    assert (Decimal(0), Decimal(0), 0, 4) == told(figures["MT1.6", ""])
    assert figures["MT1.6", ""].value is None
    assert (Decimal(0), Decimal(0), 0, 3) == told(figures["MT5.7", "Tổ chức"])


# --- thôn and models ---


def test_thon_are_covered_by_code_by_name_or_all_at_once() -> None:
    """A model that is only registered covers nothing; Tất cả covers every thôn."""
    both = b2(
        """
        | ma_mo_hinh     | ma_thon             | trang_thai |
        | MH-DB-XA-1-001 | T1                  | Duy trì    |
        | MH-DB-XA-1-002 | làng hoà            | Đăng ký    |
        """
    )
    everywhere = b2("| ma_mo_hinh | ma_thon |\n| MH-DB-XA-2-001 | Tất cả |")
    figures = counted(
        ALL,
        "2023-Q3",
        [
            form(XA, "2023-Q3", {"B2": both}, ticks="B3 B9b"),
            form(XB, "2023-Q3", {"B2": everywhere}, ticks="B3 B9b"),
        ],
    )
    figure = figures["MT2.1", ""]
    assert (Decimal(2), Decimal(3), 2, 3) == told(figure)
    assert (figure.low, figure.high, figure.verdict) == (Decimal(2) / 4, Decimal(3) / 4, NOT_MET)
    assert (Decimal(1), Decimal(2), 2, 3) == told(figures["MT2.2", ""])


def test_every_thon_is_covered_though_a_cell_is_stopped() -> None:
    """MT2.2 is met by the rows that are good; MT2.1 still leaves the commune out."""
    doubtful = b2(
        """
        | ma_mo_hinh     | ma_thon | trang_thai |
        | MH-DB-XA-1-001 | T1; T2  | Duy trì    |
        | MH-DB-XA-1-002 | T9      | Duy trì    |
        """
    )
    figures = counted(ALL, "2023-Q3", [form(XA, "2023-Q3", {"B2": doubtful}, ticks="B3 B9b")])
    assert (Decimal(1), Decimal(1), 1, 3) == told(figures["MT2.2", ""])
    assert figures["MT2.1", ""].reported == 0


def test_a_commune_without_thon_in_the_register_is_unknown() -> None:
    item = form(XA, "2023-Q3", {"B2": b2("| ma_thon |\n| Tất cả |")}, ticks="B3 B9b")
    assert counted(office(XA), "2023-Q3", [item])["MT2.2", ""].reported == 0


def test_fields_of_a_commune() -> None:
    four = b2(
        """
        | ma_mo_hinh     | linh_vuc                    | trang_thai |
        | MH-DB-XA-1-001 | Kinh tế                     | Duy trì    |
        | MH-DB-XA-1-002 | Văn hóa - xã hội            | Duy trì    |
        | MH-DB-XA-1-003 | Quốc phòng - an ninh        | Duy trì    |
        | MH-DB-XA-1-004 | Xây dựng hệ thống chính trị | Tạm dừng   |
        """,
        ngay_tt="05/09/2023",
        ly_do_tt="Thiếu vốn",
    )
    figures = counted(
        ALL,
        "2023-Q3",
        [form(XA, "2023-Q3", {"B2": four}, ticks="B3 B9b"), form(XB, "2023-Q3", ticks="B2 B3 B9b")],
    )
    assert (Decimal(0), None, 2, 3) == told(figures["MT2.4", ""])
    lines = {label: figures["MT2.4", f"{label} lĩnh vực"].value for label in range(5)}
    assert lines == {0: 1, 1: 0, 2: 0, 3: 1, 4: 0}


def high(reviews: str, *more: Return) -> Figure:
    """MT2.3 of one xã whose only model, a rural one, has these reviews in quarter III."""
    sheets = {"B2": b2("| co_ntm |\n| Có |"), "B3": b3(reviews)}
    item = form(XA, "2023-Q3", sheets, ticks="B9b")
    return counted(office(XA, thon=THON), "2023-Q3", [item, *more])["MT2.3", ""]


def test_the_latest_review_decides() -> None:
    assert high("| ngay_danh_gia | xep_loai |\n| 01/08/2023 | Trung bình |\n| 05/09/2023 | Hiệu quả cao |").value == 1
    assert high("| ngay_danh_gia | xep_loai |\n| 06/09/2023 | Trung bình |\n| 05/09/2023 | Hiệu quả cao |").value == 0


def test_reviews_of_one_day() -> None:
    """Ban Dân vận, then Đảng ủy, then Tự đánh giá, then the lower row."""
    assert high(
        "| hinh_thuc | xep_loai |\n| Ban Dân vận đánh giá | Hiệu quả cao |\n| Đảng ủy đánh giá | Trung bình |"
    ).value
    assert high("| hinh_thuc | xep_loai |\n| Tự đánh giá | Trung bình |\n| Đảng ủy đánh giá | Hiệu quả cao |").value
    assert high("| xep_loai |\n| Trung bình |\n| Hiệu quả cao |").value
    assert not high("| xep_loai |\n| Hiệu quả cao |\n| Trung bình |").value


def test_a_review_of_the_year_before_still_stands() -> None:
    old = form(
        XA,
        "2022-Q4",
        {"B2": b2("| co_ntm |\n| Có |"), "B3": b3("| ngay_danh_gia |\n| 05/11/2022 |")},
        ticks="B7 B8 B9a B10",
    )
    item = form(XA, "2023-Q1", {"B2": b2("| co_ntm |\n| Có |")})
    figures = counted(office(XA, thon=THON), "2023-Q1", [old, item])
    assert figures["MT2.3", ""].value == 1
    assert figures["MT4.1", ""].value == 0  # but it is no review of this year


def test_a_doubtful_review_that_may_be_the_latest_leaves_it_unknown() -> None:
    """The day of the second review cannot be read: it may be later than the first, and its class is lower."""
    doubtful = high("| ngay_danh_gia | xep_loai |\n| 05/09/2023 | Hiệu quả cao |\n| 32/09/2023 | Trung bình |")
    assert seen(doubtful.numerator, doubtful.reported) == (0, 0)
    harmless = high("| ngay_danh_gia | xep_loai |\n| 05/09/2023 | Hiệu quả cao |\n| 32/09/2023 | Hiệu quả cao |")
    assert seen(harmless.numerator, harmless.reported) == (1, 1)
    older = high("| ngay_danh_gia | xep_loai |\n| 05/09/2023 | Hiệu quả cao |\n| 01/08/2023 | Cao |")
    assert seen(older.numerator, older.reported) == (1, 1)


def test_a_doubtful_review_of_the_same_day_and_a_lower_form_changes_nothing() -> None:
    """Whose review it is cannot be read; it cannot outrank Ban Dân vận of that day."""
    figure = high(
        "| ma_mo_hinh | hinh_thuc | xep_loai |\n| MH-DB-XA-1-001 | Ban Dân vận đánh giá | Hiệu quả cao |\n"
        "| #REF! | Tự đánh giá | Trung bình |"
    )
    assert seen(figure.numerator, figure.reported) == (1, 1)


def test_an_agency_takes_part_by_its_plan_or_by_a_model() -> None:
    none = b1(so_ke_hoach="", ngay_ke_hoach="")
    paused = b2("| ma_mo_hinh | trang_thai | ngay_tt | ly_do_tt |\n| MH-DB-CQ-1-001 | Tạm dừng | 05/09/2023 | Vốn |")
    by_model = form(CQ, "2023-Q3", {"B1": none, "B2": paused}, ticks="B3 B9b")
    by_neither = form(BDV, "2023-Q3", {"B1": none}, ticks="B2 B3 B5 B6")
    figure = counted(ALL, "2023-Q3", [by_model, by_neither])["MT3.1", ""]
    assert (Decimal(1), Decimal(2), 2, 2) == told(figure)


def test_reviewed_models_leave_out_those_registered_after_the_cut_off() -> None:
    sheets = {
        "B2": b2(
            """
            | ma_mo_hinh     | ngay_dk   | muc_tieu | noi_dung | chu_the |
            | MH-DB-XA-1-001 | 31/08/2023 | x        | x        | x       |
            | MH-DB-XA-1-002 | 01/09/2023 | x        | x        | x       |
            | MH-DB-XA-1-003 | 01/03/2020 |          |          |         |
            """
        ),
        "B3": b3("| ma_mo_hinh |\n| MH-DB-XA-1-001 |\n| MH-DB-XA-1-002 |"),
    }
    figures = counted(office(XA, thon=THON), "2023-Q3", [form(XA, "2023-Q3", sheets, ticks="B9b")])
    figure = figures["MT4.1", ""]
    assert (Decimal(1), Decimal(2), 1, 1) == told(figure)
    assert "01 mô hình đăng ký từ 01/09/2023 chưa tính" in figure.note
    assert seen(figures["NV3.1", ""].value, figures["NV3.2", ""].value) == (2, 3)


@pytest.mark.parametrize(
    ("place", "thon", "valid"),
    [
        ("DB-XA-2", "", True),
        ("Đảng bộ xã Bảo Hà", "", True),
        ("Một xã ở huyện bên", "", True),
        ("DB-XA-1", "T2", True),
        ("Đảng bộ xã Nghĩa Đô", "T1; T2", True),
        ("DB-XA-1", "T1", False),
        ("DB-XA-1", "", False),
    ],
)
def test_what_a_replication_is(place: str, thon: str, valid: bool) -> None:
    """Another unit, or the own unit in a thôn that is not the model's (T1)."""
    sheets = {
        "B2": b2("| ma_thon |\n| T1 |"),
        "B3": b3("| xep_loai |\n| Hiệu quả cao |"),
        "B3b": "| ma_mo_hinh | noi_nhan_rong | thon_nhan_rong | ngay_nhan_rong |\n"
        f"| MH-DB-XA-1-001 | {place} | {thon} | 05/09/2023 |",
    }
    register = office(XA, XB, thon=THON)
    figures = counted(register, "2023-Q3", [form(XA, "2023-Q3", sheets, ticks="B9b")])
    assert (Decimal(valid), Decimal(1), 1, 2) == told(figures["MT4.2", ""])
    assert figures["NV3.6", ""].value == valid


def test_a_model_stands_in_the_class_of_its_latest_review_of_the_year() -> None:
    """Whatever its trang_thai; lines add up to the figure."""
    early = form(
        XA,
        "2023-Q1",
        {
            "B2": b2("| ma_mo_hinh |\n| MH-DB-XA-1-001 |\n| MH-DB-XA-1-002 |"),
            "B3": b3(
                """
                | ma_mo_hinh     | ngay_danh_gia | xep_loai   |
                | MH-DB-XA-1-001 | 05/02/2023     | Trung bình |
                | MH-DB-XA-1-002 | 05/02/2023     | Trung bình |
                """
            ),
        },
    )
    late = form(
        XA,
        "2023-Q3",
        {
            "B2": b2("| ma_mo_hinh |\n| MH-DB-XA-1-001 |\n| MH-DB-XA-1-002 |"),
            "B3": b3("| ma_mo_hinh |\n| MH-DB-XA-1-001 |"),
        },
        ticks="B9b",
    )
    figures = counted(office(XA, thon=THON), "2023-Q3", [early, late])
    assert figures["MT4.3", ""].value == 2
    assert figures["MT4.3", "Hiệu quả cao"].value == 1
    assert figures["MT4.3", "Trung bình"].value == 1


def test_models_of_the_list() -> None:
    sheets = {
        "B2": b2(
            """
            | ma_mo_hinh     | trang_thai     | mo_hinh_diem | ngay_tt   | ly_do_tt | sap_nhap_vao   |
            | MH-DB-XA-1-001 | Đăng ký        | Có           |           |          |                |
            | MH-DB-XA-1-002 | Đang thực hiện | Có           |           |          |                |
            | MH-DB-XA-1-003 | Duy trì        |              |           |          |                |
            | MH-DB-XA-1-004 | Tạm dừng       |              | 05/09/2023 | Vốn      |                |
            | MH-DB-XA-1-005 | Dừng           |              | 05/09/2023 | Hết việc |                |
            | MH-DB-XA-1-006 | Sáp nhập       |              | 05/09/2023 | Gộp      | MH-DB-XA-1-002 |
            | MH-DB-XA-1-007 | Dừng           |              | 05/06/2023 | Hết việc |                |
            """
        )
    }
    figures = counted(office(XA, thon=THON), "2023-Q3", [form(XA, "2023-Q3", sheets, ticks="B3 B9b")])
    counts = {code: figures[code, ""].value for code in ("NV3.2", "NV3.3", "NV3.5", "NV3.7", "NV3.8")}
    assert counts == {"NV3.2": 2, "NV3.3": 2, "NV3.5": 1, "NV3.7": 2, "NV3.8": 7}
    assert figures["NV3.7", "Sáp nhập"].value == 1
    assert figures["NV3.8", "Dừng"].value == 2


def test_a_day_of_the_end_stops_only_the_rows_that_ended() -> None:
    """NV3.7 reads ngay_tt only of Dừng and Sáp nhập; a paused model without its day does not matter."""
    for state, n in (("Tạm dừng", 1), ("Dừng", 0)):
        sheets = {"B2": b2(f"| trang_thai | ngay_tt |\n| {state} | |")}
        figure = counted(office(XA, thon=THON), "2023-Q3", [form(XA, "2023-Q3", sheets, ticks="B3 B9b")])["NV3.7", ""]
        assert figure.reported == n


def test_a_model_registered_before_and_only_now_reported_is_named() -> None:
    before = form(XA, "2023-Q2", {"B2": b2("| ma_mo_hinh |\n| MH-DB-XA-1-001 |")})
    now = form(
        XA,
        "2023-Q3",
        {"B2": b2("| ma_mo_hinh | ngay_dk |\n| MH-DB-XA-1-001 | 05/03/2022 |\n| MH-DB-XA-1-002 | 05/05/2023 |")},
        ticks="B3 B9b",
    )
    figure = counted(office(XA, thon=THON), "2023-Q3", [before, now])["NV3.1", ""]
    assert figure.value == 0
    assert "MH-DB-XA-1-002" in figure.note and "MH-DB-XA-1-001" not in figure.note


@pytest.mark.parametrize(
    ("listed", "named"),
    [
        ({"2023-Q1": "1 2", "2023-Q2": "1", "2023-Q3": "1 2"}, ""),  # listed again
        ({"2023-Q1": "1 2", "2023-Q3": "1 2"}, ""),  # nothing was sent in between
        ({"2023-Q1": "1", "2023-Q3": "1 2"}, "MH-DB-XA-1-002"),
        ({"2022-Q4": "1", "2023-Q1": "1", "2023-Q2": "1 2", "2023-Q3": "1 2"}, ""),
        ({"2023-Q3": "1 2"}, ""),  # its first return
    ],
)
def test_a_model_that_any_earlier_return_lists_is_not_reported_late(listed: dict[str, str], named: str) -> None:
    forms = [
        form(
            XA,
            key,
            {
                "B2": b2(
                    "| ma_mo_hinh | ngay_dk |" + "".join(f"\n| MH-DB-XA-1-00{n} | 05/06/2022 |" for n in codes.split())
                )
            },
            ticks="B3 B9a B9b B10",
        )
        for key, codes in listed.items()
    ]
    note = counted(office(XA, thon=THON), "2023-Q3", forms)["NV3.1", ""].note
    told_late = [part for part in note.split("; ") if part.startswith("đăng ký từ trước")]
    assert told_late == ([f"đăng ký từ trước nhưng kỳ trước chưa báo: {named}"] if named else [])


def test_the_year_names_what_one_of_its_quarters_reported_late() -> None:
    forms = [
        form(XA, key, {"B2": b2("| ma_mo_hinh | ngay_dk |" + rows)}, ticks="B3 B9a B9b B10")
        for key, rows in (
            ("2023-Q1", "\n| MH-DB-XA-1-001 | 05/06/2022 |"),
            ("2023-Q2", "\n| MH-DB-XA-1-001 | 05/06/2022 |\n| MH-DB-XA-1-002 | 05/02/2023 |"),
            ("2023-Q3", "\n| MH-DB-XA-1-001 | 05/06/2022 |\n| MH-DB-XA-1-002 | 05/02/2023 |"),
        )
    ]
    figure = counted(office(XA, thon=THON), "2023-9T", forms)["NV3.1", ""]
    assert figure.value == 0
    assert "đăng ký từ trước nhưng kỳ trước chưa báo: MH-DB-XA-1-002" in figure.note


# --- surveys, classes, news, inspections, money ---


def test_the_gap_between_people_and_organisations() -> None:
    asked = """
        | doi_tuong | ch_rat_hl | ch_hl | ch_bt | ch_khl | ch_rat_khl |
        | Người dân | 20        | 12    | 8     | 0      | 0          |
        | Tổ chức   | 30        | 6     | 4     | 0      | 0          |
    """
    figures = counted(office(XA, thon=THON), "2023-Q3", [form(XA, "2023-Q3", {"B8": b8(asked)}, ticks="B2 B3 B9b")])
    assert (Decimal(32), Decimal(40), 1, 1) == told(figures["MT5.7", "Người dân"])
    gap = figures["MT5.7", ""]
    assert (gap.value, gap.numerator, gap.denominator) == (Decimal("-0.1"), None, None)
    only = b8("| ch_rat_hl | ch_hl | ch_bt | ch_khl | ch_rat_khl |\n| 40 | 0 | 0 | 0 | 0 |")
    figures = counted(office(XA, thon=THON), "2023-Q3", [form(XA, "2023-Q3", {"B8": only}, ticks="B2 B3 B9b")])
    assert figures["MT5.7", ""].value is None


def test_the_published_index_is_of_its_year_only() -> None:
    register = office(XA, thon=THON, indices=[("MT5.8", 2023, "83.11")])
    figure = counted(register, "2023-Q4", [])["MT5.8", ""]
    assert (figure.value, figure.reported, figure.owed) == (Decimal("0.8311"), None, None)
    later = counted(register, "2024-Q1", [])["MT5.8", ""]
    assert (later.value, later.note) == (None, "chưa công bố")


def test_district_classes_in_the_return_of_a_commune_are_attendance_only() -> None:
    two = b5("| cap_to_chuc | ten_lop |\n| Cơ sở | Lớp 1 |\n| Huyện | Lớp 2 |")
    figures = counted(
        ALL,
        "2023-Q3",
        [
            form(XA, "2023-Q3", {"B5": two}, ticks="B2 B3 B9b"),
            form(BDV, "2023-Q3", {"B5": two}, ticks="B2 B3 B6"),
        ],
    )
    assert figures["NV1.1", ""].value == 3
    assert figures["NV1.2", ""].value == 30
    assert figures["NV1.4", "Năm 2023"].value == 3


def test_classes_outside_the_years_of_the_plan() -> None:
    late = b5("| ngay_tu | ngay_den |\n| 05/09/2024 | 06/11/2024 |")
    figures = counted(office(BDV), "2024-Q3", [form(BDV, "2024-Q3", {"B5": late}, ticks="B2 B3 B6")])
    assert seen(figures["NV1.4", ""].value, figures["NV1.4", "Ngoài kế hoạch"].value) == (0, 1)
    assert figures["NV1.1", ""].value == 1


def test_news_with_and_without_the_loudspeaker() -> None:
    told_of = b6(
        """
        | kenh                   | so_luong | tieu_de |
        | Mạng xã hội            |          | a       |
        | Loa truyền thanh cơ sở | 40       | b       |
        | Báo Lào Cai            | 1        | c       |
        """
    )
    figures = counted(
        office(BDV, CQ),
        "2023-Q3",
        [
            form(BDV, "2023-Q3", {"B6": told_of}, ticks="B2 B3 B5"),
            form(CQ, "2023-Q3", {"B6": b6("| tieu_de |\n| a |")}, ticks="B2 B3 B9b"),
        ],
    )
    assert figures["NV2.1", ""].value == 3
    assert figures["NV2.2", ""].value == 43
    assert figures["NV2.2", "Loa truyền thanh cơ sở"].value == 40


def test_a_model_named_by_two_units_is_one_model() -> None:
    one, two = "| ma_mo_hinh | tieu_de |\n| MH-DB-XA-2-001 | a |", "| ma_mo_hinh |\n| mh-db-xa-2-001 |"
    figures = counted(
        ALL,
        "2023-Q3",
        [
            form(XA, "2023-Q3", {"B6": b6(one)}, ticks="B2 B3 B9b"),
            form(CQ, "2023-Q3", {"B6": b6(two)}, ticks="B2 B3 B9b"),
        ],
    )
    assert figures["NV2.3", ""].value == 1


def test_inspections_count_where_the_sender_led_them() -> None:
    led = """
        | cap                  | hinh_thuc | don_vi_duoc_kt         | so_kien_nghi | so_da_khac_phuc |
        | Ban Dân vận Huyện ủy | Kiểm tra  | DB-XA-1                | 3            | 1               |
        | Đảng ủy xã, thị trấn | Giám sát  | Chi bộ  thôn Hòa       | 2            | 2               |
        | Khác                 | Khảo sát  | chi bộ thôn Hoà        |              |                 |
    """
    figures = counted(
        ALL,
        "2023-Q3",
        [
            form(BDV, "2023-Q3", {"B7": b7(led)}, ticks="B2 B3 B5 B6"),
            form(XB, "2023-Q3", {"B7": b7(led)}, ticks="B2 B3 B9b"),
        ],
    )
    assert figures["NV4.1", ""].value == 4
    assert [figures["NV4.1", k].value for k in ("Kiểm tra", "Giám sát", "Khảo sát")] == [1, 1, 2]
    assert figures["NV4.2", ""].value == 2  # the xã, and the chi bộ in two spellings
    assert seen(figures["NV4.3", ""].value, figures["NV4.3", "Đã khắc phục"].value) == (5, 3)


def test_one_unit_in_three_spellings_is_one_inspected_unit() -> None:
    names = ("Đảng bộ thị trấn Phố Ràng", "ĐB TT. Phố Ràng", "đb T.T PHO RANG", "TT. Khánh Yên", "Thị trấn Khánh Yên")
    led = "| cap | don_vi_duoc_kt |\n" + "\n".join(f"| Ban Dân vận Huyện ủy | {name} |" for name in names)
    figures = counted(ALL, "2023-Q3", [form(BDV, "2023-Q3", {"B7": b7(led)}, ticks="B2 B3 B5 B6")])
    assert figures["NV4.2", ""].value == 2  # one of the register, one from elsewhere


def test_contributions_of_the_last_review_of_the_quarter_only() -> None:
    twice = b3("| ngay_danh_gia | m2_dat | ngay_cong |\n| 05/08/2023 | 100,5 | 7 |\n| 05/09/2023 | 20 | |")
    sheets = {"B2": b2("| ma_thon |\n| T1 |"), "B3": twice}
    figures = counted(office(XA, thon=THON), "2023-Q3", [form(XA, "2023-Q3", sheets, ticks="B9b")])
    assert seen(figures["KQ.1", ""].value, figures["KQ.2", ""].value) == (20, 0)


def test_money_by_source() -> None:
    spent = b10(
        """
        | nguon          | du_toan | thuc_hien | quy_doi |
        | NSNN cấp huyện | 10      | 8,5       |         |
        | NSNN cấp xã    |         | 1,5       | 2       |
        | Xã hội hóa     | 99      | 4         | 3       |
        | Khác           |         | 0,25      |         |
        """
    )
    figures = counted(office(XA, thon=THON), "2023-Q3", [form(XA, "2023-Q3", {"B10": spent}, ticks="B2 B3 B9b")])
    values = {key: figures[key].value for key in figures if key[0].startswith("KP")}
    assert values == {
        ("KP.1", ""): 10,
        ("KP.1", "NSNN cấp huyện"): Decimal("8.5"),
        ("KP.1", "NSNN cấp xã"): Decimal("1.5"),
        ("KP.1", "Dự toán"): 10,
        ("KP.2", ""): 4,
        ("KP.2", "Hiện vật quy đổi"): 5,
        ("KP.3", ""): Decimal("0.25"),
    }


def test_recognition_counts_each_model_and_each_person_once() -> None:
    named = b9a(
        """
        | ket_qua   | ma_mo_hinh     | loai     | ten             | ngay_sinh  | nam_xet |
        | Mô hình   | MH-DB-XA-1-001 | Tập thể  | Tổ A            |            | 2023    |
        | Mô hình   | MH-DB-XA-1-001 | Tập thể  | Tổ B            |            | 2023    |
        | Mô hình   |                | Tập thể  | Tổ C            |            | 2023    |
        | Mô hình   |                | Tập thể  | tổ c            |            | 2022    |
        | Điển hình |                | Cá nhân  | Nguyễn Thị Hòa  | 01/01/1980 | 2023    |
        | Điển hình |                | Cá nhân  | nguyễn thị hoà  | 01/01/1980 | 2023    |
        | Điển hình |                | Cá nhân  | Nguyễn Thị Hòa  | 02/01/1980 | 2023    |
        """
    )
    sheets = {"B2": b2("| ma_thon |\n| T1 |"), "B9a": named}
    item = form(XA, "2023-Q4", sheets, ticks="B3 B7 B8 B10")
    figures = counted(office(XA, thon=THON), "2023-Q4", [item])
    assert figures["NV5.1", ""].value == 2
    assert seen(figures["NV5.2", ""].value, figures["NV5.2", "Cá nhân"].value) == (2, 2)


def test_kept_two_years_needs_the_year_before() -> None:
    alone = form(XA, "2023-Q4", {"B9a": b9a("| ten |\n| Tổ A |")}, ticks="B2 B3 B7 B8 B10")
    figure = counted(office(XA, thon=THON), "2023-Q4", [alone])["NV5.3", ""]
    assert (figure.value, figure.note) == (
        None,
        "cần số liệu năm trước; chưa có số liệu quý I năm 2023, quý II năm 2023, quý III năm 2023",
    )


# --- nothing new, mergers, several quarters ---


NIL = {"loai_bao_cao": "Không phát sinh"}
EMPTY_B1 = "| ghi_chu | |"


def test_a_nil_report_has_flows_of_zero_and_carries_its_snapshots() -> None:
    before = form(XA, "2023-Q2", {"B1": b1(so_chuyen_muc="3"), "B2": b2("| ma_thon |\n| T1; T2 |")})
    nil = form(XA, "2023-Q3", {"B1": EMPTY_B1}, bia=NIL)
    figures = counted(office(XA, thon=THON), "2023-Q3", [before, nil])
    assert figures["NV2.4", ""].value == 3
    assert figures["MT1.5", ""].denominator == 10
    assert figures["MT1.1", ""].value == 1
    assert seen(figures["NV3.2", ""].value, figures["NV3.1", ""].value) == (1, 0)
    assert figures["MT2.2", ""].value == 1
    assert seen(figures["NV1.1", ""].value, figures["NV1.1", ""].reported) == (0, 1)


def test_a_nil_report_without_history_is_not_counted_where_a_snapshot_is_read() -> None:
    nil = form(CQ, "2023-Q3", {"B1": EMPTY_B1}, bia=NIL)
    figures = counted(office(CQ), "2023-Q3", [nil])
    unknown = [code for code in ("MT1.1", "MT1.5", "MT3.1", "NV2.4", "NV3.2") if figures[code, ""].reported]
    assert unknown == []
    assert seen(figures["MT1.2", ""].value, figures["NV2.1", ""].value) == (0, 0)
    ticked = form(CQ, "2023-Q3", {"B1": EMPTY_B1}, bia=NIL, ticks="B2")
    assert counted(office(CQ), "2023-Q3", [ticked])["NV3.2", ""].value == 0


def test_an_ended_model_is_not_carried() -> None:
    before = form(
        XA,
        "2023-Q2",
        {
            "B2": b2(
                "| ma_mo_hinh | trang_thai | ngay_tt | ly_do_tt |\n"
                "| MH-DB-XA-1-001 | Duy trì | | |\n| MH-DB-XA-1-002 | Dừng | 05/05/2023 | Hết việc |"
            )
        },
    )
    nil = form(XA, "2023-Q3", {"B1": EMPTY_B1}, bia=NIL)
    figures = counted(office(XA, thon=THON), "2023-Q3", [before, nil])
    assert figures["NV3.8", ""].value == 1


OLD_A, OLD_B = unit("DB-CQ-8", until="30/06/2023"), unit("DB-CQ-9", until="30/06/2023")
NEW = unit("DB-CQ-7", since="01/07/2023")
MERGED = office(OLD_A, OLD_B, NEW, mergers=[("DB-CQ-8", "DB-CQ-7", "01/07/2023"), ("DB-CQ-9", "DB-CQ-7", "01/07/2023")])


def test_a_successor_goes_on_with_the_quarters_of_its_predecessors() -> None:
    """One meeting of a predecessor is enough; a silent predecessor leaves the successor unknown."""
    quiet = b1(so_hoi_nghi_pho_bien="0")
    now = form(NEW, "2023-Q3", {"B1": quiet}, ticks="B2 B3 B9b")
    one = form(OLD_A, "2023-Q2", {"B1": b1(so_hoi_nghi_pho_bien="1")}, ticks="B2")
    other = form(OLD_B, "2023-Q2", {"B1": quiet}, ticks="B2")
    assert told(counted(MERGED, "2023-Q3", [now, one])["MT1.2", ""]) == (1, 1, 1, 1)
    assert told(counted(MERGED, "2023-Q3", [now, other])["MT1.2", ""]) == (0, 0, 0, 1)
    assert told(
        counted(MERGED, "2023-Q3", [now, other, form(OLD_A, "2023-Q2", {"B1": quiet}, ticks="B2")])["MT1.2", ""]
    ) == (
        0,
        1,
        1,
        1,
    )


def test_a_unit_that_ended_without_successor_keeps_its_flows_and_is_named() -> None:
    """Its survey stays in the total; it is in no N."""
    gone = unit("PB-1", "PB", until="30/06/2023")
    asked = b8(
        """
        | tu_ngay    | den_ngay   | ch_rat_hl | ch_hl | ch_bt | ch_khl | ch_rat_khl |
        | 01/05/2023 | 05/05/2023 | 40        | 0     | 0     | 0      | 0          |
        """
    )
    early = form(gone, "2023-Q2", {"B8": asked}, ticks="B2")
    staying = [form(XA, "2023-Q2"), form(XA, "2023-Q3", ticks="B2 B3 B9b")]
    figure = counted(office(gone, XA, thon=THON), "2023-Q3", [early, *staying])["MT5.1", ""]
    assert (Decimal(40), Decimal(40), 1, 1) == told(figure)
    assert "PB-1" in figure.note


def test_a_silent_quarter_takes_a_unit_out_of_n_and_leaves_what_it_sent_in_the_sums_of_the_year() -> None:
    asked = b8("| ch_rat_hl | ch_hl | ch_bt | ch_khl | ch_rat_khl |\n| 40 | 0 | 0 | 0 | 0 |")
    item = form(XA, "2023-Q3", {"B8": asked}, ticks="B2 B3 B9b")
    whole = counted(office(XA, thon=THON), "2023-Q3", [item])["MT5.1", ""]
    assert seen(whole.value, whole.reported) == (1, 1)
    partly = counted(office(XA, thon=THON), "2023-Q3", [item], held="2023-Q2")["MT5.1", ""]
    assert (partly.value, partly.reported, partly.verdict) == (1, 0, UNDECIDED)
    assert partly.note == ("chưa có số liệu quý I năm 2023; thiếu 01/02 lượt báo cáo: Đảng bộ xã Nghĩa Đô (II/2023)")


def test_cumulative_only_when_every_quarter_since_the_first_is_held() -> None:
    def sent(period: str, first: str) -> Return:
        news = b6(f"| ngay |\n| {first} |")
        return form(BDV, period, {"B6": news}, ticks="B2 B3 B5 B10 B7")

    quarters = [
        ("2022-Q2", "05/04/2022"),
        ("2022-Q3", "05/07/2022"),
        ("2022-Q4", "05/10/2022"),
        ("2023-Q1", "05/01/2023"),
    ]
    returns = [sent(*pair) for pair in quarters]
    assert counted(office(BDV), "2023-Q1", returns)["NV2.1", ""].cumulative == 4
    assert counted(office(BDV), "2023-Q1", returns[1:])["NV2.1", ""].cumulative is None
    assert counted(office(BDV), "2023-Q1", returns)["NV2.4", ""].cumulative is None


def test_what_is_new_lies_in_the_days_that_the_office_gives_a_quarter() -> None:
    moved = office(XA, thon=THON, windows={"2023-Q3": ("16/06/2023", "15/09/2023")})
    models = b2(
        """
        | ma_mo_hinh     | ngay_dk    | chu_the | muc_tieu | noi_dung |
        | MH-DB-XA-1-001 | 16/06/2023 | x       | x        | x        |
        | MH-DB-XA-1-002 | 15/06/2023 | x       | x        | x        |
        """
    )
    figures = counted(moved, "2023-Q3", [form(XA, "2023-Q3", {"B2": models}, ticks="B3 B9b")])
    assert figures["NV3.1", ""].value == 1


def test_the_quarter_before_is_what_was_printed_then() -> None:
    """Another perimeter then: left blank."""
    printed = {quarter("2023-Q2"): {("MT1.1", ""): Decimal("0.5")}}
    item = judged(CQ, office(CQ), form(CQ, "2023-Q3", ticks="B2 B3 B9b"))
    assert figures_of(ledger(office(CQ), "2023-Q3", [item], printed=printed))["MT1.1", ""].previous == Decimal("0.5")
    fresh = office(CQ, unit("DB-CQ-2", since="01/07/2023"))
    assert figures_of(ledger(fresh, "2023-Q3", [item], printed=printed))["MT1.1", ""].previous is None


def test_percent_of_the_same_period_last_year() -> None:
    item = judged(BDV, office(BDV), form(BDV, "2023-Q2", {"B6": b6("| ngay |\n| 05/04/2023 |")}, ticks="B2 B3 B5"))
    for then, percent in ((Decimal(4), Decimal(25)), (Decimal(0), None)):
        printed = {quarter("2022-Q2"): {("NV2.1", ""): then}}
        figure = figures_of(ledger(office(BDV), "2023-Q2", [item], printed=printed))["NV2.1", ""]
        assert (figure.last_year, figure.percent_of_last_year) == (then, percent)


# --- punctuality ---


def punctuality(as_of: date, due: str = "10/10/2023") -> dict[tuple[str, str], Figure]:
    register = office(XA, XB, TT, CQ, due={"2023-Q3": due} if due else {})
    day = date(2023, 10, 5)
    sent = [
        Submission(XA.code, "", "", UnitState.ACCEPTED, day, "Thư", "Đúng hạn"),
        Submission(XB.code, "", "", UnitState.ACCEPTED, date(2023, 10, 12), "Thư", "Nộp muộn"),
        Submission(TT.code, "", "", UnitState.MISSING),
        Submission(CQ.code, "", "", UnitState.REFUSED),
    ]
    return figures_of(ledger(register, "2023-Q3", [], as_of=as_of, submissions=sent))


def test_on_time_before_and_after_the_deadline() -> None:
    early, late = punctuality(date(2023, 10, 10)), punctuality(date(2023, 10, 11))
    assert (Decimal(1), Decimal(2), 4, 4) == told(early["TL.1", ""])
    assert (Decimal(1), Decimal(4), 4, 4) == told(late["TL.1", ""])
    assert (Decimal(3), None, 4, 4) == told(late["TL.2", ""])
    assert [late["TL.2", k].value for k in ("Chưa nộp", "Nộp muộn", "Trả lại", "Cần xác minh")] == [1, 1, 1, 0]
    assert (early["TL.2", ""].note, late["TL.2", ""].note) == ("chưa đến hạn", "")
    assert punctuality(date(2023, 10, 11), due="")["TL.1", ""].value is None


def test_units_with_two_successors_have_none() -> None:
    """A unit that was split does not stand for either part."""
    parts = [unit("DB-CQ-7", since="01/07/2023"), unit("DB-CQ-6", since="01/07/2023")]
    split = office(OLD_A, *parts, mergers=[("DB-CQ-8", "DB-CQ-7", "01/07/2023"), ("DB-CQ-8", "DB-CQ-6", "01/07/2023")])
    early = form(OLD_A, "2023-Q2", ticks="B2")
    now = [form(u, "2023-Q3", {"B1": b1(so_hoi_nghi_pho_bien="0")}, ticks="B2 B3 B9b") for u in parts]
    assert told(counted(split, "2023-Q3", [early, *now])["MT1.2", ""]) == (0, 2, 2, 2)


def test_every_figure_of_the_rule_book_is_computed() -> None:
    figures = counted(ALL, "2023-Q4", [])
    assert [code for code, group in figures if not group] == list(PLAN.figure_specs)
