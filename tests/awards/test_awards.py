"""Award rounds, case by case: every gate, every reading, every tie, every edge of a quota."""

from __future__ import annotations

from datetime import date

import pytest

from dvk_reports.awards.money import money
from dvk_reports.errors import PlanError
from dvk_reports.model.findings import Stop
from dvk_reports.model.proposals import Award, Outcome
from dvk_reports.plan.book.awards import Criteria, Scale
from tests.support.award_cases import (
    MODEL,
    ONE,
    PAPER,
    PLAIN_OFFICE,
    PRAISE,
    b3,
    b9b,
    good,
    listed,
    only,
    plan_with,
    recognised,
    sent,
    states,
    with_quota,
)
from tests.support.build import PLAN, b2, office, quarter, table, unit

FAIL, LACK = "Không đạt", "Thiếu căn cứ"
OUT, WAIT, VERIFY = "Không đủ điều kiện", "Chưa xét", "Cần xác minh"


def b9b_stop(*keys):
    return [Stop("B9b", 7, key) for key in keys]


def gate(proposal, code):
    return next(item for item in proposal.gates if item.code == code)


# --- the gates, one change each over a candidate who passes them all ---


def test_the_good_candidate_passes_every_gate_and_shows_every_year():
    proposal = only(listed(good()))
    assert states(proposal) == "Dự kiến"
    assert [item.code for item in proposal.gates] == [f"E{n}" for n in range(1, 12)]
    assert all(item.basis and item.reason and item.proofs for item in proposal.gates)
    assert [(year.year, year.number, year.proof.shown()) for year in proposal.years] == [
        (2022, "30-QĐ/ĐU", "2022-Q4/DB-XA-1.xlsx, B9a!C7"),
        (2023, "31-QĐ/ĐU", "2023-Q3/DB-XA-1.xlsx, B9a!C7"),
    ]
    assert (proposal.streak, proposal.rank, proposal.candidate.id) == (2, 1, "DB-XA-1.ly-a-pao.1ec10e88")
    assert (proposal.model_name, proposal.model_class) == ("Đường hoa thôn bản", "Hiệu quả cao")
    assert proposal.fields == ("Kinh tế", "Cơ sở")
    assert proposal.reasons == ("Xếp hạng 1, chỉ tiêu 25: trong chỉ tiêu",)


NOTHING_SAID = "| ten |\n"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        # E2: number, day and authority, of 15/10 at the latest
        ({"last": recognised(ONE, ngay_qd="15/10/2022")}, "Dự kiến"),
        ({"last": recognised(ONE, ngay_qd="16/10/2022")}, f"E2 {FAIL}, {OUT}"),
        ({"last": recognised(ONE, ngay_qd="10/10/2020")}, "Dự kiến"),
        ({"last": recognised(ONE, so_qd="")}, f"E2 {LACK}, {WAIT}"),
        ({"last": recognised(ONE, ngay_qd="")}, f"E2 {LACK}, {WAIT}"),
        ({"last": recognised(ONE, co_quan_qd="")}, f"E2 {LACK}, {WAIT}"),
        ({"stops22": [Stop("B9a", 7, "ngay_qd")]}, f"E2 {LACK}, {WAIT}"),
        ({"last": recognised(ONE, ngay_qd="16/10/2022"), "stops": [Stop("B9a", 7, "so_qd")]}, f"E2 {FAIL}, {OUT}"),
        # E2: one of two rows of a year is enough, in whatever order they stand
        ({"last": recognised("| ngay_qd |\n| 16/10/2022 |\n| 14/10/2022 |")}, "Dự kiến"),
        ({"last": recognised("| ngay_qd |\n| 14/10/2022 |\n| 16/10/2022 |")}, "Dự kiến"),
        # E3, reading A
        ({"last": NOTHING_SAID}, f"E3 {FAIL}, {OUT}"),
        ({"last": recognised(ONE, nam_xet="2021", ngay_qd="10/10/2021")}, f"E3 {FAIL}, {OUT}"),
        ({"stops22": [Stop("B9a")]}, f"E3 {LACK}, {WAIT}"),
        ({"stops22": [Stop("B9a", 7, "nam_xet")]}, f"E3 {LACK}, {WAIT}"),
        ({"stops22": [Stop("B9a", 7, "ten")]}, f"E3 {LACK}, {WAIT}"),
        ({"stops22": [Stop("B9a", 7, "loai")]}, f"E3 {LACK}, {WAIT}"),
        # E3, the round's year pending
        ({"this": NOTHING_SAID}, "Dự kiến"),
        ({"this": NOTHING_SAID, "b3": b3("| kien_nghi |\n| Nhân rộng |")}, "Dự kiến"),
        ({"this": NOTHING_SAID, "b3": b3("| kien_nghi |\n| Củng cố |")}, f"E2 {LACK}, E3 {FAIL}, {OUT}"),
        ({"this": NOTHING_SAID, "b3": b3("| kien_nghi |\n|  |")}, f"E2 {LACK}, E3 {FAIL}, {OUT}"),
        (
            {"this": NOTHING_SAID, "b3": b3("| ngay_danh_gia |\n| 05/09/2022 |")},
            f"E2 {LACK}, E3 {FAIL}, E4 {FAIL}, {OUT}",
        ),
        ({"this": NOTHING_SAID, "last": NOTHING_SAID}, f"E2 {LACK}, E3 {FAIL}, {OUT}"),
        ({"this": NOTHING_SAID, "stops": [Stop("B3", 7, "kien_nghi")]}, f"E2 {LACK}, E3 {LACK}, {WAIT}"),
        (
            {
                "this": NOTHING_SAID,
                "b3": b3("| ngay_danh_gia | kien_nghi |\n| 05/09/2023 | Duy trì |\n| 06/09/2023 | Dừng |"),
            },
            f"E2 {LACK}, E3 {FAIL}, {OUT}",
        ),
        (
            {
                "this": NOTHING_SAID,
                "b3": b3("| ngay_danh_gia | kien_nghi |\n| 06/09/2023 | Duy trì |\n| 05/09/2023 | Dừng |"),
            },
            "Dự kiến",
        ),
        # a row of the year whose decision is not known is there: the year is not pending
        ({"stops": [Stop("B9a", 7, "ngay_qd")], "b3": b3("| kien_nghi |\n| Dừng |")}, f"E2 {LACK}, {WAIT}"),
        # E4
        ({"b3": b3("| xep_loai |\n| Hiệu quả khá |")}, f"E4 {FAIL}, {OUT}"),
        ({"b3": b3("| xep_loai |\n| Chưa hiệu quả |")}, f"E4 {FAIL}, {OUT}"),
        ({"b3": b3("| ngay_danh_gia |\n| 31/12/2022 |")}, f"E4 {FAIL}, {OUT}"),
        ({"b3": b3("| ngay_danh_gia |\n| 01/01/2023 |")}, "Dự kiến"),
        ({"b3": NOTHING_SAID.replace("ten", "ghi_chu")}, f"E4 {FAIL}, {OUT}"),
        ({"b3": b3("| ma_mo_hinh |\n| MH-DB-XA-1-002 |")}, f"E4 {FAIL}, {OUT}"),
        ({"stops": [Stop("B3")]}, f"E4 {LACK}, {WAIT}"),
        ({"stops": [Stop("B3", 7, "xep_loai")]}, f"E4 {LACK}, {WAIT}"),
        ({"stops": [Stop("B3", 7, "ngay_danh_gia")]}, f"E4 {LACK}, {WAIT}"),
        ({"stops": [Stop("B3", 7, "ma_mo_hinh")]}, f"E4 {LACK}, {WAIT}"),
        # E5
        ({"b9b": b9b("| hs_to_trinh |\n| Không |")}, f"E5 {FAIL}, {OUT}"),
        ({"b9b": b9b("| hs_bao_cao |\n| Không |")}, f"E5 {FAIL}, {OUT}"),
        ({"b9b": b9b("| hs_bien_ban |\n| Không |")}, f"E5 {FAIL}, {OUT}"),
        ({"b9b": b9b("| hs_xac_nhan |\n| Không |")}, "Dự kiến"),
        ({"b9b": b9b("| hs_bien_ban |\n|  |")}, f"E5 {LACK}, {WAIT}"),
        ({"b9b": b9b("| hs_bien_ban | hs_bao_cao |\n|  | Không |")}, f"E5 {FAIL}, {OUT}"),
        ({"stops": b9b_stop("hs_bao_cao")}, f"E5 {LACK}, {WAIT}"),
        # E6 comes before anything else
        ({"b9b": b9b("| dang_xem_xet |\n| Có |")}, f"E6 {FAIL}, {WAIT}"),
        ({"b9b": b9b("| dang_xem_xet | hs_bao_cao |\n| Có | Không |")}, f"E5 {FAIL}, E6 {FAIL}, {WAIT}"),
        ({"stops": b9b_stop("dang_xem_xet")}, f"E6 {LACK}, {WAIT}"),
        (
            {"stops": b9b_stop("dang_xem_xet"), "b9b": b9b("| hs_bao_cao |\n| Không |")},
            f"E5 {FAIL}, E6 {LACK}, {OUT}",
        ),
        # E8 never decides
        ({"b9b": b9b("| khen_da_nhan |\n| Giấy khen xã 2022 |")}, f"E8 {FAIL}, Dự kiến"),
        ({"b9b": b9b("| khen_da_nhan |\n| không |")}, "Dự kiến"),
        ({"b9b": b9b("| khen_da_nhan |\n| Chưa có |")}, "Dự kiến"),
        ({"stops": b9b_stop("khen_da_nhan")}, f"E8 {LACK}, Dự kiến"),
        # E9
        ({"b9b": b9b("| phan_loai |\n| Hộ gia đình |")}, f"E2 {LACK}, E3 {FAIL}, E9 {FAIL}, {WAIT}"),
        ({"stops": b9b_stop("hinh_thuc")}, f"E9 {LACK}, E11 {LACK}, {WAIT}"),
        ({"stops": b9b_stop("phan_loai")}, f"E2 {LACK}, E3 {LACK}, E7 {LACK}, E9 {LACK}, {WAIT}"),
        ({"stops": b9b_stop("ten")}, f"E2 {LACK}, E3 {LACK}, E7 {LACK}, {WAIT}"),
        # E10
        ({"b9b": b9b("| thu_tu |\n|  |")}, f"E10 {LACK}, {WAIT}"),
        ({"stops": b9b_stop("thu_tu")}, f"E10 {LACK}, {WAIT}"),
        ({"b2": b2("| ma_mo_hinh |\n| MH-DB-XA-1-009 |")}, f"E10 {FAIL}, {OUT}"),
        ({"b2": b2("| ma_mo_hinh |\n| mh-db-xa-1-001 |")}, "Dự kiến"),
        ({"stops": [Stop("B2")]}, f"E10 {LACK}, {WAIT}"),
        ({"stops": [Stop("B2", 7, "ma_mo_hinh")]}, f"E10 {LACK}, {WAIT}"),
        ({"stops": b9b_stop("ma_mo_hinh")}, f"E4 {LACK}, E10 {LACK}, {WAIT}"),
        ({"b2": b2("| trang_thai |\n| Dừng |")}, "Dự kiến"),
        # failing beats lacking
        (
            {"stops": b9b_stop("thu_tu"), "b9b": b9b("| hs_bao_cao |\n| Không |")},
            f"E5 {FAIL}, E10 {LACK}, {OUT}",
        ),
    ],
)
def test_one_change(changed, expected):
    assert states(only(listed(good(**changed)))) == expected


def test_a_pending_year_is_shown_with_the_review_it_rests_on():
    proposal = only(listed(good(this=NOTHING_SAID)))
    assert [(year.year, year.pending, year.proof.shown()) for year in proposal.years] == [
        (2022, False, "2022-Q4/DB-XA-1.xlsx, B9a!C7"),
        (2023, True, "2023-Q3/DB-XA-1.xlsx, B3!N7"),
    ]
    assert "chờ quyết định" in gate(proposal, "E3").reason
    assert proposal.streak == 2


def test_a_gap_begins_anew_and_is_named():
    rows = recognised("| nam_xet | ngay_qd |\n| 2020 | 10/10/2020 |\n| 2021 | 10/10/2021 |")
    proposal = only(listed(good(last=rows)))
    assert states(proposal) == f"E3 {FAIL}, {OUT}" and proposal.streak == 1
    assert "gián đoạn năm 2022" in gate(proposal, "E3").reason


def test_of_two_rows_that_stand_equally_the_first_read_is_shown():
    proposal = only(listed(good(last=recognised("| so_qd |\n| 30-QĐ/ĐU |\n| 32-QĐ/ĐU |"))))
    assert [year.number for year in proposal.years] == ["30-QĐ/ĐU", "31-QĐ/ĐU"]


def test_one_year_that_is_surely_missing_is_enough_to_fall_short():
    """The year of the round is not known, the year before is known to be missing."""
    found = good(last=NOTHING_SAID, this=NOTHING_SAID, stops=[Stop("B3", 7, "kien_nghi")])
    assert states(only(listed(found))) == f"E2 {LACK}, E3 {FAIL}, {OUT}"


def test_more_years_than_asked_are_counted_and_each_is_judged():
    rows = recognised("| nam_xet | ngay_qd |\n| 2022 | 10/10/2022 |\n| 2021 | 16/10/2021 |")
    proposal = only(listed(good(last=rows)))
    assert proposal.streak == 3 and states(proposal) == f"E2 {FAIL}, {OUT}"


def test_the_tolerance_of_the_day_is_a_parameter():
    late = good(last=recognised(ONE, ngay_qd="20/10/2022"))
    assert states(only(listed(late))) == f"E2 {FAIL}, {OUT}"
    assert states(only(listed(late, plan=plan_with(dung_sai_ngay_cong_bo=5)))) == "Dự kiến"
    assert states(only(listed(late, plan=plan_with(dung_sai_ngay_cong_bo=4)))) == f"E2 {FAIL}, {OUT}"


def test_high_class_is_asked_only_while_the_parameter_says_so():
    fair = good(b3=b3("| xep_loai |\n| Trung bình |"))
    assert states(only(listed(fair, plan=plan_with(yeu_cau_hieu_qua_cao=False)))) == "Dự kiến"
    poor = good(b3=b3("| xep_loai |\n| Chưa hiệu quả |"))
    assert states(only(listed(poor, plan=plan_with(yeu_cau_hieu_qua_cao=False)))) == f"E4 {FAIL}, {OUT}"


def test_what_was_said_before_is_not_asked_of_a_quarter_the_workspace_does_not_hold():
    """2022-Q4 not held: whether there was a recognition is not known, and the quarter is named."""
    found = listed(good()[1:])
    assert states(only(found)) == f"E3 {LACK}, {WAIT}" and only(found).streak is None
    assert "2022-Q4" in found.missing_quarters and any("2022-Q4" in note for note in found.notes)


def test_a_unit_that_was_silent_last_year_is_not_known():
    found = listed(good()[1:], held="2022-Q4")
    assert states(only(found)) == f"E3 {LACK}, {WAIT}" and "2022-Q4" not in found.missing_quarters


def test_a_silent_quarter_of_the_year_leaves_the_review_unknown():
    none = good(b3="| ghi_chu |")
    assert states(only(listed(none))) == f"E4 {FAIL}, {OUT}"
    assert states(only(listed(none, held="2023-Q2"))) == f"E4 {LACK}, {WAIT}"
    assert states(only(listed(good(), held="2023-Q2"))) == "Dự kiến"


def test_a_low_class_stands_unless_a_later_quarter_was_not_heard():
    low = b3("| ngay_danh_gia | xep_loai |\n| 05/02/2023 | Trung bình |")
    assert states(only(listed(good(b3=low)))) == f"E4 {FAIL}, {OUT}"
    assert states(only(listed(good(b3=low), held="2023-Q2"))) == f"E4 {LACK}, {WAIT}"
    late = low.replace("05/02/2023", "05/09/2023")
    assert states(only(listed(good(b3=late), held="2023-Q2"))) == f"E4 {FAIL}, {OUT}"
    early = [*good(b3="| ghi_chu |"), sent("DB-XA-1", "2023-Q1", B2=b2(ONE), B3=low)]
    assert states(only(listed(early))) == f"E4 {FAIL}, {OUT}"
    assert states(only(listed(early, held="2023-Q2"))) == f"E4 {LACK}, {WAIT}"


def test_a_review_that_cannot_be_placed_matters_only_where_it_could_overturn_the_answer():
    two = "| xep_loai | ngay_danh_gia |\n| Hiệu quả cao | 05/09/2023 |\n| {} | {} |"
    stop = [Stop("B3", 8, "ngay_danh_gia")]
    assert states(only(listed(good(b3=b3(two.format("Hiệu quả cao", "01/02/2023")), stops=stop)))) == (
        f"E4 {LACK}, {WAIT}"
    )
    code = [Stop("B3", 8, "ma_mo_hinh")]
    assert states(only(listed(good(b3=b3(two.format("Hiệu quả cao", "06/09/2023")), stops=code)))) == "Dự kiến"
    assert states(only(listed(good(b3=b3(two.format("Trung bình", "04/09/2023")), stops=code)))) == "Dự kiến"
    assert states(only(listed(good(b3=b3(two.format("Trung bình", "06/09/2023")), stops=code)))) == (
        f"E4 {LACK}, {WAIT}"
    )


def test_on_one_day_the_review_of_ban_dan_van_is_the_latest():
    rows = b3(
        """
        | hinh_thuc           | xep_loai     |
        | Ban Dân vận đánh giá | Hiệu quả cao |
        | Đảng ủy đánh giá     | Trung bình   |
        | Tự đánh giá          | Trung bình   |
        """
    )
    assert states(only(listed(good(b3=rows)))) == "Dự kiến"


# --- E1 ---


@pytest.mark.parametrize(
    ("received", "as_of", "expected"),
    [
        (date(2023, 10, 31), date(2023, 12, 1), "Dự kiến"),
        (date(2023, 11, 1), date(2023, 12, 1), f"E1 {FAIL}, {OUT}"),
        (None, date(2023, 10, 31), "Dự kiến"),
        (None, date(2023, 11, 1), f"E1 {LACK}, {WAIT}"),
        (date(2026, 11, 24), date(2023, 10, 12), "Dự kiến"),  # a copied file: nothing comes after the day of the run
        (date(2026, 11, 24), date(2023, 11, 1), f"E1 {LACK}, {WAIT}"),
    ],
)
def test_the_cut_off(received, as_of, expected):
    came = {("DB-XA-1", "2023-Q3"): received} if received else {}
    assert states(only(listed(good(), received=came, as_of=as_of))) == expected


def test_the_clerk_has_the_last_word_on_the_day_of_receipt():
    key = ("DB-XA-1", quarter("2023-Q3"))
    register = office(unit("DB-XA-1"))
    late = type(register)(**{**vars(register), "received": {key: date(2023, 11, 2)}})
    found = listed(good(late), register=late, received={("DB-XA-1", "2023-Q3"): date(2023, 10, 5)})
    assert states(only(found)) == f"E1 {FAIL}, {OUT}"


def test_only_a_party_unit_proposes_and_nobody_is_dropped():
    register = office(unit("PB-1"))
    found = sent("PB-1", "2023-Q3", register, B9b=b9b(ONE))
    proposal = only(listed([found], register=register, held="2022-Q4"))
    assert gate(proposal, "E1").state == FAIL and proposal.outcome == OUT


def test_a_unit_that_ended_before_the_round_does_not_propose():
    register = office(unit("DB-XA-1", until="30/09/2023"))
    assert states(only(listed(good(register), register=register))) == f"E1 {FAIL}, {OUT}"


def test_a_round_without_cut_off_has_no_late_proposal():
    rounds = [PLAN.awards.dot[0].model_copy(update={"han_nhan": None}), PLAN.awards.dot[1]]
    found = listed(good(), plan=plan_with(dot=rounds), as_of=date(2023, 12, 1))
    assert states(only(found)) == "Dự kiến"


# --- readings B and C ---


@pytest.mark.parametrize(
    ("first", "expected", "years"),
    [
        ("15/10/2022", f"E3 {FAIL}, {OUT}", 0),  # nobody first recognised then qualifies in early 10/2023
        ("02/10/2021", f"E3 {FAIL}, {OUT}", 1),
        ("01/10/2021", "Dự kiến", 2),
        ("01/10/2020", "Dự kiến", 3),
    ],
)
def test_reading_b_counts_from_the_first_decision(first, expected, years):
    year = first[-4:]
    last = recognised(ONE, nam_xet=year, ngay_qd=first)
    proposal = only(listed(good(last=last, this=NOTHING_SAID), plan=plan_with(cach_tinh_02_nam="B")))
    assert states(proposal) == expected and proposal.streak == years


def test_reading_b_with_an_unread_day_or_year_is_not_known():
    plan = plan_with(cach_tinh_02_nam="B")
    first = good(last=recognised(ONE, ngay_qd="01/10/2021"), stops22=[Stop("B9a", 7, "ngay_qd")])
    assert states(only(listed(first, plan=plan))) == f"E2 {LACK}, E3 {LACK}, {WAIT}"
    assert states(only(listed(good(last=NOTHING_SAID), plan=plan))) == f"E3 {FAIL}, {OUT}"
    assert states(only(listed(good()[1:], plan=plan))) == f"E3 {LACK}, {WAIT}"


@pytest.mark.parametrize(
    ("row", "expected", "years"),
    [
        ({"ngay_bd": "01/10/2021", "ngay_dk": "01/01/2021"}, "Dự kiến", 2),
        ({"ngay_bd": "02/10/2021", "ngay_dk": "01/01/2021"}, f"E3 {FAIL}, {OUT}", 1),
        ({"ngay_bd": "", "ngay_dk": "01/01/2021"}, "Dự kiến", 2),
        ({"ngay_bd": "01/01/2021", "trang_thai": "Tạm dừng"}, f"E3 {FAIL}, {OUT}", 0),
    ],
)
def test_reading_c_counts_the_life_of_the_model(row, expected, years):
    plan = plan_with(cach_tinh_02_nam="C")
    proposal = only(listed(good(b2=b2(ONE, **row), last=NOTHING_SAID, this=NOTHING_SAID), plan=plan))
    assert states(proposal) == expected and proposal.streak == years and proposal.years == ()


def test_reading_c_begins_anew_after_a_stop():
    plan = plan_with(cach_tinh_02_nam="C")
    rows = {"ngay_dk": "01/01/2019", "ngay_bd": "01/01/2020"}
    life = [
        ("2022-Q3", {"trang_thai": "Đang thực hiện"}),
        ("2022-Q4", {"trang_thai": "Tạm dừng", "ngay_tt": "01/12/2022", "ly_do_tt": "Lũ"}),
    ]
    before = [sent("DB-XA-1", period, B2=b2(ONE, **rows, **state)) for period, state in life]
    proposal = only(listed([*before, good(b2=b2(ONE, **rows))[1]], plan=plan))
    assert (gate(proposal, "E3").state, proposal.streak) == (FAIL, 0)
    assert "01/7/2023" in gate(proposal, "E3").reason


def test_reading_c_does_not_begin_anew_where_the_model_was_only_registered_before():
    plan = plan_with(cach_tinh_02_nam="C")
    rows = {"ngay_dk": "01/01/2019", "ngay_bd": "01/01/2020"}
    before = sent("DB-XA-1", "2022-Q3", B2=b2(ONE, trang_thai="Đăng ký", **rows))
    assert only(listed([before, good(b2=b2(ONE, **rows))[1]], plan=plan)).streak == 3


def test_every_list_says_which_reading_it_uses():
    for reading in "ABC":
        found = listed(good(), plan=plan_with(cach_tinh_02_nam=reading))
        assert found.reading == reading and f"“02 năm liên tục”: {reading}" in found.notes[0]


# --- who is who ---


def test_a_person_is_not_known_by_name_alone():
    other = good(last=recognised(ONE, ngay_sinh="06/03/1980"))
    proposal = only(listed(other))
    assert proposal.outcome == VERIFY
    (doubt,) = proposal.doubts
    assert (doubt.other.id, doubt.other.birth, doubt.other.model) == ("", date(1980, 3, 6), MODEL)
    assert [(year.year, year.number, year.proof.at.a1) for year in doubt.years] == [(2022, "30-QĐ/ĐU", "C7")]
    (told, *_) = proposal.reasons
    assert told == (
        "Cần xác minh: cùng tên trong cùng đơn vị nhưng khác ngày sinh: “Lý A Páo”, sinh 05/03/1980 "
        "(2023-Q3/DB-XA-1.xlsx, B9b!C7) và “Lý A Páo”, sinh 06/03/1980, năm xét 2022 (2022-Q4/DB-XA-1.xlsx, B9a!H7)"
    )


@pytest.mark.parametrize(
    "changed", [{"last": recognised(ONE, ngay_sinh="")}, {"stops22": [Stop("B9a", 7, "ngay_sinh")]}]
)
def test_a_recognition_without_birthday_is_to_be_verified(changed):
    assert only(listed(good(**changed))).outcome == VERIFY


def test_a_proposal_without_birthday_is_to_be_verified():
    proposal = only(listed(good(b9b=b9b(ONE, ngay_sinh=""))))
    assert proposal.outcome == VERIFY and proposal.streak is None


def test_a_person_who_moved_is_to_be_verified_where_the_years_wanted_stand_elsewhere():
    moved = sent("DB-XA-2", "2022-Q4", B9a=recognised(ONE))
    here = good(last=NOTHING_SAID)
    assert only(listed(here)).outcome == OUT
    proposal = only(listed([*here, moved]))
    assert proposal.outcome == VERIFY and "có thể đã chuyển công tác" in proposal.reasons[0]
    assert only(listed([*good(), moved])).outcome == "Dự kiến"
    stranger = sent("DB-XA-2", "2022-Q4", B9a=recognised(ONE, ngay_sinh="01/01/1990"))
    assert only(listed([*here, stranger])).outcome == OUT


def test_a_year_elsewhere_that_is_not_wanted_is_no_doubt():
    old = sent("DB-XA-2", "2022-Q4", B9a=recognised(ONE, nam_xet="2020", ngay_qd="10/10/2020"))
    assert only(listed([*good(last=NOTHING_SAID), old])).outcome == OUT


def test_one_person_proposed_by_two_units():
    other = sent("DB-XA-2", "2023-Q3", B9b=b9b(ONE, ma_mo_hinh="MH-DB-XA-2-001"))
    found = listed([*good(), other], held="2022-Q4")
    assert [item.outcome for item in found.proposals] == [VERIFY, VERIFY]
    beside = [[doubt.other.id for doubt in item.doubts] for item in found.proposals]
    one, two = (item.candidate.id for item in found.proposals)
    assert beside == [[two], [one, "", ""]]


MERGED = office(
    unit("DB-XA-1", until="30/06/2025"),
    unit("DB-XA-2", until="30/06/2025"),
    unit("DB-XA-9", since="01/07/2025"),
    mergers=[("DB-XA-1", "DB-XA-9", "01/07/2025"), ("DB-XA-2", "DB-XA-9", "01/07/2025")],
)
ENDLESS = plan_with(tham_quyen=[entry.model_copy(update={"den_ngay": None}) for entry in PLAN.awards.tham_quyen])


def merged(*, before, now, proposed):
    """2024-Q4 of the two old units, 2025-Q3 of the new one."""
    return [
        *(sent(code, "2024-Q4", MERGED, B2=b2(ONE), B9a=text) for code, text in before.items()),
        sent(
            "DB-XA-9",
            "2025-Q3",
            MERGED,
            B2=b2(ONE, ma_mo_hinh="MH-DB-XA-9-001"),
            B3=b3("| ngay_danh_gia | ma_mo_hinh |\n| 05/09/2025 | MH-DB-XA-1-001 |\n| 05/09/2025 | MH-DB-XA-9-001 |"),
            B9a=now,
            B9b=proposed,
        ),
    ]


SPLIT = office(
    unit("DB-XA-1", until="30/06/2025"),
    unit("DB-XA-9", since="01/07/2025"),
    unit("DB-XA-8", since="01/07/2025"),
    mergers=[("DB-XA-1", "DB-XA-9", "01/07/2025"), ("DB-XA-1", "DB-XA-8", "01/07/2025")],
)


def test_years_models_and_reviews_come_through_a_split():
    """The part lists the model of the whole and names the person: nothing of the years before is lost."""
    before = sent(
        "DB-XA-1",
        "2024-Q4",
        SPLIT,
        B2=b2(ONE),
        B3=b3("| ngay_danh_gia |\n| 05/11/2024 |"),
        B9a=recognised(ONE, nam_xet="2024", ngay_qd="10/10/2024"),
    )
    part = sent(
        "DB-XA-9",
        "2025-Q3",
        SPLIT,
        B2=b2(ONE),
        B9a=recognised(ONE, nam_xet="2025", ngay_qd="10/09/2025"),
        B9b=b9b(ONE),
    )
    records = {"register": SPLIT, "name": "2025-10", "as_of": date(2025, 10, 5)}
    assert only(listed([before, part], **records)).streak == 2
    assert only(listed([part], held="2024-Q4", **records)).streak is None  # what the whole said then is not known


def test_years_and_model_codes_come_through_a_merger():
    returns = merged(
        before={"DB-XA-1": recognised(ONE, nam_xet="2024", ngay_qd="10/10/2024")},
        now=recognised(ONE, nam_xet="2025", ngay_qd="10/09/2025"),
        proposed=b9b(ONE),
    )
    found = listed(returns, register=MERGED, name="2025-10", as_of=date(2025, 10, 5))
    assert states(only(found)) == f"E11 {FAIL}, Dự kiến" and only(found).streak == 2
    assert states(only(listed(returns, register=MERGED, name="2025-10", as_of=date(2025, 10, 5), plan=ENDLESS))) == (
        "Dự kiến"
    )


def test_two_bodies_of_one_name_meet_in_the_new_unit():
    body = {"loai": "Tập thể", "ten": "Chi bộ thôn 3", "ngay_sinh": ""}
    past = recognised(ONE, nam_xet="2024", ngay_qd="10/10/2024", **body)
    proposed = b9b(ONE, phan_loai="Tập thể", ten="Chi bộ thôn 3", ngay_sinh="")
    now = recognised(ONE, nam_xet="2025", ngay_qd="10/09/2025", **body)
    one = merged(before={"DB-XA-1": past, "DB-XA-2": NOTHING_SAID}, now=now, proposed=proposed)
    both = merged(before={"DB-XA-1": past, "DB-XA-2": past}, now=now, proposed=proposed)
    given = {"register": MERGED, "name": "2025-10", "as_of": date(2025, 10, 5)}
    assert only(listed(one, **given)).outcome == "Dự kiến"
    assert only(listed(both, **given)).outcome == VERIFY


# --- E7, E10 among several proposals ---


def test_both_authorities_for_one_achievement():
    found = listed(good(b9b=b9b(f"| hinh_thuc |\n| {PRAISE} |\n| {PAPER} |")))
    assert [states(item) for item in found.proposals] == [f"E7 {FAIL}, {VERIFY}"] * 2
    assert [item.candidate.form for item in found.proposals] == [PRAISE, PAPER]
    assert [[(doubt.why, doubt.other.id) for doubt in item.doubts] for item in found.proposals] == [
        [(f"cùng thành tích còn được đề nghị {PAPER}", found.proposals[1].candidate.id)],
        [(f"cùng thành tích còn được đề nghị {PRAISE}", found.proposals[0].candidate.id)],
    ]


def test_one_form_twice_is_a_conflict_too():
    found = listed(good(b9b=b9b("| thu_tu |\n| 1 |\n| 2 |")))
    assert [states(item) for item in found.proposals] == [f"E7 {FAIL}, {VERIFY}"] * 2


def test_two_achievements_may_go_to_two_authorities():
    two = "| hinh_thuc | ma_mo_hinh | thanh_tich |\n| {} | {} | Hiến đất |\n| {} | MH-DB-XA-1-002 | {} |"
    models = b2("| ma_mo_hinh |\n| MH-DB-XA-1-001 |\n| MH-DB-XA-1-002 |")
    reviews = b3("| ma_mo_hinh |\n| MH-DB-XA-1-001 |\n| MH-DB-XA-1-002 |")
    apart = b9b(two.format(PRAISE, MODEL, PAPER, "Hòa giải"))
    found = listed(good(b2=models, b3=reviews, b9b=apart))
    assert [states(item) for item in found.proposals] == ["Dự kiến"] * 2
    same_text = b9b(two.format(PRAISE, MODEL, PAPER, "hiến  đất"))
    found = listed(good(b2=models, b3=reviews, b9b=same_text))
    assert [states(item) for item in found.proposals] == [f"E7 {FAIL}, {VERIFY}"] * 2
    found = listed(good(b2=models, b3=reviews, b9b=apart, stops=[Stop("B9b", 8, "ma_mo_hinh")]))
    assert [states(item) for item in found.proposals] == [
        f"E7 {LACK}, {WAIT}",
        f"E4 {LACK}, E7 {LACK}, E10 {LACK}, {WAIT}",
    ]


def test_a_rank_of_the_unit_given_twice():
    two = b9b("| ten | ngay_sinh |\n| Lý A Páo | 05/03/1980 |\n| Lý A Sung | 05/03/1981 |")
    found = listed(good(b9b=two))
    assert [gate(item, "E10").state for item in found.proposals] == [FAIL, FAIL]
    assert gate(found.proposals[0], "E10").reason == "thứ tự ưu tiên 1 ghi cho nhiều đề nghị"
    other = b9b(
        f"| ten | ngay_sinh | hinh_thuc |\n| Lý A Páo | 05/03/1980 | {PAPER} |\n| Lý A Sung | 05/03/1981 | {PRAISE} |"
    )
    assert {gate(item, "E10").state for item in listed(good(b9b=other)).proposals} == {"Đạt"}


# --- E8 and E11 ---


def test_who_was_chosen_in_an_earlier_round_for_the_same_model():
    chosen = [Award("2023-10", only(listed(good())).candidate.subject)]
    assert states(only(listed(good(), earlier=chosen))) == f"E8 {FAIL}, Dự kiến"
    assert states(only(listed(good(), earlier=[]))) == "Dự kiến"
    other_model = good(b9b=b9b(ONE, ma_mo_hinh="MH-DB-XA-1-002"), b2=b2(ONE, ma_mo_hinh="MH-DB-XA-1-002"))
    assert gate(only(listed(other_model, earlier=chosen)), "E8").state == "Đạt"


def test_no_paper_of_the_district_after_its_last_day_whatever_the_round():
    assert states(
        only(listed(good(), as_of=date(2025, 6, 30), received={("DB-XA-1", "2023-Q3"): date(2023, 10, 5)}))
    ) == ("Dự kiến")
    late = only(listed(good(), as_of=date(2025, 7, 1), received={("DB-XA-1", "2023-Q3"): date(2023, 10, 5)}))
    assert states(late) == f"E11 {FAIL}, Dự kiến"
    told = "sau ngày 30/6/2025 không còn thẩm quyền của Chủ tịch UBND huyện: không lập dự thảo"
    assert gate(late, "E11").reason == told
    notes = [note for note in listed(good(), as_of=date(2025, 7, 1)).notes if note.startswith("E11: ")]
    assert notes == [
        "E11: sau ngày 30/6/2025 không còn thẩm quyền của Ban Thường vụ Huyện ủy; đợt này chỉ để tra cứu, không lập "
        f"dự thảo {PRAISE}.",
        f"E11: sau ngày 30/6/2025 không còn thẩm quyền của Chủ tịch UBND huyện; đợt này chỉ để tra cứu, không lập dự "
        f"thảo {PAPER}.",
    ]
    assert not [note for note in listed(good()).notes if note.startswith("E11")]


# --- which returns are read ---


def test_quarters_that_had_not_ended_before_the_month_are_not_read():
    later = sent("DB-XA-1", "2023-Q4", B9a=recognised(ONE, nam_xet="2023"), B3=b3("| xep_loai |\n| Trung bình |"))
    found = listed([*good(this=NOTHING_SAID), later])
    assert found.quarters == ("2022-Q4", "2023-Q3") and only(found).years[-1].pending


def test_proposals_of_another_year_are_not_of_this_round():
    found = listed([*good(), *(sent("DB-XA-2", "2022-Q3", B9b=b9b(ONE)),)])
    assert len(found.proposals) == 1


def test_a_unit_that_has_not_been_heard_is_named():
    found = listed(good())
    assert any("Đảng bộ xã Bảo Hà" in note and "chưa được xét" in note for note in found.notes)
    stopped = listed(good(stops=[Stop("B9b")]))
    assert stopped.proposals == () and any(
        "Biểu B9b" in note and "Đảng bộ xã Nghĩa Đô" in note for note in stopped.notes
    )


def test_an_unknown_round():
    with pytest.raises(PlanError, match="Không có đợt xét"):
        listed(good(), name="2024-10")


# --- ranking ---


def several(text: str, register=PLAIN_OFFICE, code: str = "DB-XA-1", place: str = "Xã khác", **given):
    """Candidates of one unit: every line is one person and one model, with what ranks them.

    Columns: ten, and any of xep_loai, diem, nam (streak 2 or 3), thu_tu, doi_tuong, gioi_tinh, lan (replications).
    """
    lines = table(text)
    people = [
        {**line, "model": f"MH-{code}-{n:03d}", "born": f"{n % 27 + 1:02d}/0{n % 9 + 1}/19{60 + n % 39}"}
        for n, line in enumerate(lines, 1)
    ]

    def cells(rows):
        keys = list(rows[0])
        return "\n".join(
            ["|" + "|".join(keys) + "|", *("|" + "|".join(row[key] for key in keys) + "|" for row in rows)]
        )

    named = [{"ten": p["ten"], "ngay_sinh": p["born"], "ma_mo_hinh": p["model"]} for p in people]
    old = [
        {**row, "nam_xet": str(year), "ngay_qd": f"10/10/{year}"}
        for row, p in zip(named, people, strict=True)
        for year in range(2024 - int(p.get("nam", "2")), 2023)
    ]
    proposed = [
        {
            **row,
            "thu_tu": p.get("thu_tu") or str(n),
            "doi_tuong": p.get("doi_tuong", "Nông dân"),
            "gioi_tinh": p.get("gioi_tinh", "Nam"),
        }
        for n, (row, p) in enumerate(zip(named, people, strict=True), 1)
    ]
    copies = [
        {"ma_mo_hinh": p["model"], "noi_nhan_rong": place, "ngay_nhan_rong": "01/08/2023"}
        for p in people
        for _ in range(int(p.get("lan", "0")))
    ]
    reviewed = [
        {"ma_mo_hinh": p["model"], "xep_loai": p.get("xep_loai", "Hiệu quả cao"), "diem_tham_dinh": p.get("diem", "")}
        for p in people
    ]
    return [
        sent(code, "2022-Q4", register, B9a=recognised(cells(old))),
        sent(
            code,
            "2023-Q3",
            register,
            B2=b2(cells([{"ma_mo_hinh": p["model"]} for p in people])),
            B3=b3(cells(reviewed)),
            B3b=cells(copies) if copies else "",
            B9a=recognised(cells([{**row, "nam_xet": "2023", "ngay_qd": "10/09/2023"} for row in named])),
            B9b=b9b(cells(proposed), **given),
        ),
    ]


def ranks(found):
    return {item.candidate.name: (item.rank, item.outcome) for item in found.proposals}


def order(found):
    return [item.candidate.name for item in found.proposals]


@pytest.mark.parametrize(
    "text",
    [
        "| ten | nam |\n| Hai | 2 |\n| Ba | 3 |",
        "| ten | thu_tu |\n| Hai | 2 |\n| Ba | 1 |",
    ],
)
def test_each_step_of_the_ranking_within_a_unit(text):
    assert order(listed(several(text))) == ["Ba", "Hai"]


TWO_UNITS = office(unit("DB-XA-1", order=1), unit("DB-XA-2", order=2))


def pair(one: str, two: str, head: str):
    """One candidate of each of two units, both first of their unit: the later of the register is expected first."""
    return [
        *several(f"| ten | {head} |\n| Một | {one} |", TWO_UNITS, "DB-XA-1"),
        *several(f"| ten | {head} |\n| Hai | {two} |", TWO_UNITS, "DB-XA-2"),
    ]


@pytest.mark.parametrize(
    ("head", "one", "two"),
    [
        ("nam", "2", "3"),
        ("doi_tuong", "Khác", "Người trực tiếp lao động, công tác"),
        ("doi_tuong", "Khác", "Nông dân"),
        ("doi_tuong", "Lãnh đạo, quản lý", "Khác"),
        ("gioi_tinh", "Nam", "Nữ"),
        ("lan", "1", "2"),
    ],
)
def test_each_step_of_the_ranking_between_units(head, one, two):
    found = listed(pair(one, two, head), register=TWO_UNITS)
    assert [(item.candidate.name, item.rank) for item in found.proposals] == [("Hai", 1), ("Một", 2)]


def test_direct_workers_and_farmers_are_equal():
    found = listed(pair("Nông dân", "Người trực tiếp lao động, công tác", "doi_tuong"), register=TWO_UNITS)
    assert [(item.candidate.name, item.rank) for item in found.proposals] == [("Một", 1), ("Hai", 1)]


def test_the_class_comes_first_where_more_than_one_passes():
    plan = plan_with(yeu_cau_hieu_qua_cao=False)
    both = pair("Hiệu quả khá", "Hiệu quả cao", "xep_loai")
    assert order(listed(both, register=TWO_UNITS, plan=plan)) == ["Hai", "Một"]


def test_points_count_only_where_the_criteria_have_a_scale():
    both = pair("80", "90.5", "diem")
    assert {rank for rank, _ in ranks(listed(both, register=TWO_UNITS)).values()} == {1}
    version = Criteria(
        ma="2023",
        ten="Bộ tiêu chí",
        tu_ngay=date(2023, 1, 1),
        can_cu="Hướng dẫn",
        tieu_chi=[],
        thang_diem=Scale(toi_da="100", nguong=[]),
    )
    found = listed(both, register=TWO_UNITS, plan=plan_with(tieu_chi=[version]))
    assert order(found) == ["Hai", "Một"]
    assert [step.shown for step in found.proposals[0].steps][1] == "90,5"


@pytest.mark.parametrize(("women", "first"), [("7", "Hai"), ("6", "Một")])
def test_a_body_with_seventy_percent_women(women, first):
    def one(code, name, number):
        model = f"MH-{code}-001"
        known = {"ten": name, "ngay_sinh": "", "loai": "Tập thể", "ma_mo_hinh": model}
        return [
            sent(code, "2022-Q4", TWO_UNITS, B9a=recognised(ONE, **known)),
            sent(
                code,
                "2023-Q3",
                TWO_UNITS,
                B2=b2(ONE, ma_mo_hinh=model),
                B3=b3(ONE, ma_mo_hinh=model),
                B9b=b9b(
                    ONE, phan_loai="Tập thể", ten=name, ngay_sinh="", ma_mo_hinh=model, so_nguoi="10", so_nu=number
                ),
            ),
        ]

    found = listed([*one("DB-XA-1", "Một", "2"), *one("DB-XA-2", "Hai", women)], register=TWO_UNITS)
    assert order(found)[0] == first


def test_the_order_of_the_steps_is_a_parameter():
    ranking = PLAN.awards.xep_hang[0]
    turned = plan_with(xep_hang=[ranking.model_copy(update={"buoc": ["thu_tu_don_vi", "so_nam", "thu_tu_danh_muc"]})])
    text = "| ten | nam | thu_tu |\n| Một | 2 | 1 |\n| Hai | 3 | 2 |"
    assert order(listed(several(text))) == ["Hai", "Một"]
    found = listed(several(text), plan=turned)
    assert order(found) == ["Một", "Hai"]
    assert [step.name for step in found.proposals[0].steps] == [
        "Thứ tự ưu tiên của đơn vị",
        "Số năm liên tục",
        "Thứ tự trong danh mục",
    ]


def test_a_replication_at_home_is_none():
    text = "| ten | lan |\n| Một | 2 |"
    assert only(listed(several(text))).steps[6].shown == "2 lượt"
    assert only(listed(several(text, place="DB-XA-1"))).steps[6].shown == "0 lượt"


# --- quotas and ties ---

FOUR = office(*(unit(f"DB-XA-{n}", order=n) for n in range(1, 7)))


def field(*streaks: int):
    """One candidate of each unit, N1, N2 …, each with a streak; equal streaks are equal in every step."""
    found = []
    for number, length in enumerate(streaks, 1):
        found += several(f"| ten | nam |\n| N{number} | {length} |", FOUR, f"DB-XA-{number}")
    return found


IN, RESERVE, TIED = Outcome.EXPECTED, Outcome.RESERVE, Outcome.TIED


@pytest.mark.parametrize(
    ("streaks", "quota", "expected"),
    [
        ((4, 3, 2), 3, [(1, IN), (2, IN), (3, IN)]),
        ((4, 3, 2), 4, [(1, IN), (2, IN), (3, IN)]),
        ((4, 3, 2), 2, [(1, IN), (2, IN), (3, RESERVE)]),
        ((4, 3, 2), 0, [(1, RESERVE), (2, RESERVE), (3, RESERVE)]),
        ((4, 3, 3), 2, [(1, IN), (2, TIED), (2, TIED)]),
        ((4, 3, 3), 3, [(1, IN), (2, IN), (2, IN)]),
        ((4, 4, 3), 2, [(1, IN), (1, IN), (3, RESERVE)]),
        ((4, 4, 3), 1, [(1, TIED), (1, TIED), (3, RESERVE)]),
        ((4, 3, 3, 2), 2, [(1, IN), (2, TIED), (2, TIED), (4, RESERVE)]),
        ((4, 3, 3, 2), 3, [(1, IN), (2, IN), (2, IN), (4, RESERVE)]),
        ((3, 3, 3, 3), 3, [(1, TIED)] * 4),
        ((3, 3, 3, 3), 4, [(1, IN)] * 4),
        ((4, 3, 3, 3, 2, 2), 5, [(1, IN), (2, IN), (2, IN), (2, IN), (5, TIED), (5, TIED)]),
    ],
)
def test_the_edge_of_the_quota(streaks, quota, expected):
    found = listed(field(*streaks), register=FOUR, plan=with_quota(quota))
    assert [ranks(found)[f"N{n}"] for n in range(1, len(streaks) + 1)] == expected


def test_a_quota_is_not_moved_to_another_class_or_form():
    plan = with_quota(0, PAPER, "Cá nhân")
    found = listed(field(3, 2), register=FOUR, plan=plan)
    assert {item.outcome for item in found.proposals} == {RESERVE}
    assert [(quota.kind, quota.number) for quota in found.quotas if quota.form == PAPER] == [
        ("Tập thể", 15),
        ("Cá nhân", 0),
    ]


def test_a_blocked_one_takes_no_place():
    returns = field(4, 3, 2)
    worse = several("| ten | nam |\n| N1 | 4 |", FOUR, "DB-XA-1", hs_to_trinh="Không")
    found = listed([*worse, *returns[2:]], register=FOUR, plan=with_quota(1))
    assert ranks(found) == {"N1": (None, Outcome.INELIGIBLE), "N2": (1, IN), "N3": (2, RESERVE)}


def test_a_changed_quota_is_one_dated_line():
    old = next(e for e in PLAN.awards.chi_tieu if (e.dot, e.hinh_thuc, e.phan_loai) == ("2023-10", PAPER, "Cá nhân"))
    new = old.model_copy(update={"so": 1, "tu_ngay": date(2023, 10, 10)})
    plan = plan_with(chi_tieu=[*PLAN.awards.chi_tieu, new])
    assert [
        item.outcome for item in listed(field(4, 3), register=FOUR, plan=plan, as_of=date(2023, 10, 9)).proposals
    ] == [IN, IN]
    assert [
        item.outcome for item in listed(field(4, 3), register=FOUR, plan=plan, as_of=date(2023, 10, 10)).proposals
    ] == [IN, RESERVE]


def test_the_cap_of_a_unit():
    mine = several("| ten |\n| A |\n| B |\n| C |", FOUR, "DB-XA-1")
    other = several("| ten | thu_tu |\n| D | 9 |", FOUR, "DB-XA-2")
    plan = with_quota(2, toi_da_moi_don_vi=1)
    found = listed([*mine, *other], register=FOUR, plan=plan)
    assert ranks(found) == {"A": (1, IN), "B": (2, RESERVE), "C": (3, RESERVE), "D": (4, IN)}
    assert "đơn vị đã đủ số tối đa" in found.proposals[1].reasons[-1]
    assert [outcome for _, outcome in ranks(listed([*mine, *other], register=FOUR, plan=with_quota(2))).values()] == [
        IN,
        IN,
        RESERVE,
        RESERVE,
    ]


def test_the_cap_does_not_choose_among_equals_of_one_unit():
    ranking = PLAN.awards.xep_hang[0].model_copy(update={"buoc": ["so_nam", "thu_tu_danh_muc"]})
    mine = several("| ten | nam |\n| A | 3 |\n| B | 3 |", FOUR, "DB-XA-1")
    other = several("| ten | nam |\n| C | 2 |", FOUR, "DB-XA-2")
    found = listed([*mine, *other], register=FOUR, plan=with_quota(2, toi_da_moi_don_vi=1, xep_hang=[ranking]))
    assert ranks(found) == {"A": (1, TIED), "B": (1, TIED), "C": (3, IN)}


def test_a_family_is_considered_once_a_quota_is_given_to_families():
    old = next(e for e in PLAN.awards.chi_tieu if (e.dot, e.hinh_thuc, e.phan_loai) == ("2023-10", PAPER, "Cá nhân"))
    new = old.model_copy(update={"phan_loai": "Hộ gia đình", "so": 5, "tu_ngay": date(2023, 10, 10)})
    plan = plan_with(chi_tieu=[*PLAN.awards.chi_tieu, new])
    family = good(b9b=b9b(ONE, phan_loai="Hộ gia đình"))
    assert (
        states(only(listed(family, plan=plan, as_of=date(2023, 10, 9)))) == f"E2 {LACK}, E3 {FAIL}, E9 {FAIL}, {WAIT}"
    )
    assert states(only(listed(family, plan=plan, as_of=date(2023, 10, 10)))) == f"E2 {LACK}, E3 {FAIL}, {OUT}"


# --- money ---


@pytest.mark.parametrize(
    ("kind", "day", "expected"),
    [
        ("Cá nhân", "2022-10-01", 450_000),
        ("Tập thể", "2022-10-01", 900_000),
        ("Cá nhân", "2023-10-12", 540_000),
        ("Tập thể", "2023-10-12", 1_080_000),
        ("Cá nhân", "2024-10-01", 710_000),
        ("Tập thể", "2024-10-01", 1_410_000),  # rounded once: not 2 × 710.000
        ("Cá nhân", "2026-07-01", 760_000),
        ("Tập thể", "2026-07-01", 1_520_000),
        ("Hộ gia đình", "2024-10-01", 1_060_000),
        ("Hộ gia đình", "2023-10-01", None),
    ],
)
def test_money_is_rounded_up_once(kind, day, expected):
    amount, note = money(PLAN, PAPER, kind, date.fromisoformat(day))
    assert amount == expected and note == ("hệ số chưa đối chiếu văn bản" if expected else "")


def test_the_budget_of_the_rounds():
    def budget(name, day):
        return sum(
            line.so * (money(PLAN, line.hinh_thuc, line.phan_loai, day)[0] or 0)
            for line in PLAN.awards.quotas(name, day)
        )

    assert budget("2023-10", date(2023, 10, 1)) == 29_700_000
    assert budget("2025-10", date(2025, 10, 1)) == 45_950_000


def test_a_praise_bears_no_money_and_a_coefficient_read_in_the_text_no_note():
    assert money(PLAN, PRAISE, "Cá nhân", date(2023, 10, 1)) == (None, "")
    sure = [entry.model_copy(update={"da_doi_chieu": True}) for entry in PLAN.awards.he_so]
    assert money(plan_with(he_so=sure), PAPER, "Cá nhân", date(2023, 10, 1)) == (540_000, "")
    assert only(listed(good())).money == 540_000
    assert only(listed(good(b9b=b9b(ONE, hinh_thuc=PRAISE)))).money is None
