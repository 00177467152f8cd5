"""What a report says of one figure, case by case: the sentence of its state and no other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dvk_reports.model.figures import MET, NOT_MET, UNDECIDED, UNKNOWN, BoardLine, Source, Trend
from dvk_reports.model.findings import Finding, Level
from dvk_reports.model.periods import parse_period
from dvk_reports.model.returns import Submission, UnitState
from dvk_reports.papers.report.basis import Basis
from dvk_reports.papers.report.sentences import paragraphs_of
from tests.support.small_report import DATA, OFFICE, REGISTER, D, figure, ratio

UNITS = ("DB-1", "DB-2", "DB-3", "CQ-1")
OPEN = {"verdict": UNDECIDED, "note": "chưa hết năm"}


def said(part: str, *figures, key: str = "2023-Q3", **changes) -> str:
    data = replace(DATA, figures=figures, used=(), period=parse_period(key), **changes)
    basis = Basis(OFFICE, data)
    return "\n".join(item.text for item in paragraphs_of(basis, basis.spec.part(part)))


def missed(code: str, *units: str, things: tuple[str, ...] = ("",)) -> tuple[BoardLine, ...]:
    return tuple(BoardLine(code, unit, thing, NOT_MET) for unit in units for thing in things)


def all_in(count: int) -> tuple[Submission, ...]:
    return tuple(Submission(f"U{n}", f"Đơn vị {n}", "", UnitState.ACCEPTED) for n in range(count))


def test_a_target_that_is_met():
    assert said("trien_khai", ratio("MT1.3", 46, 46, 46, 46, verdict=MET)) == (
        "Có 46/46 chi, đảng bộ đã tuyên truyền Phong trào tới Nhân dân, đạt mục tiêu Kế hoạch."
    )


@pytest.mark.parametrize(
    ("units", "rest"),
    [
        (("DB-2",), "; chưa có kế hoạch là xã Nghĩa Đô"),
        (("DB-1", "DB-3"), "; chưa có kế hoạch là các xã Tân Tiến, Bảo Hà"),
        (("DB-1", "CQ-1"), "; chưa có kế hoạch là xã Tân Tiến; Chi bộ Phòng Nội vụ & <Thanh tra>"),
        ((), ""),
    ],
)
def test_a_target_that_is_not_met_names_who_has_not(units, rest):
    found = said("trien_khai", ratio("MT1.1", 36, 39, 39, 39, verdict=NOT_MET), board=missed("MT1.1", *units))
    assert found == f"Có 36/39 chi, đảng bộ có kế hoạch (92,3%), chưa đạt mục tiêu 100%{rest}."


def test_more_than_five_are_counted_and_stand_in_the_annex():
    codes = [f"XA-{n}" for n in range(6)]
    found = said("trien_khai", ratio("MT1.1", 30, 36, 36, 36, verdict=NOT_MET), board=missed("MT1.1", *codes))
    assert found == (
        "Có 30/36 chi, đảng bộ có kế hoạch (83,3%), chưa đạt mục tiêu 100%; 06 chi, đảng bộ chưa có kế hoạch "
        "(Phụ lục II)."
    )


def test_places_are_told_with_how_many_each_unit_has():
    lines = (
        *missed("MT2.1", "DB-1", things=("T1",)),
        *missed("MT2.1", "DB-3", things=("T2", "T3", "T4")),
        BoardLine("MT2.1", "DB-2", "T5", UNKNOWN),
    )
    assert said("do_phu", ratio("MT2.1", 106, 110, 17, 17, verdict=NOT_MET), board=lines) == (
        "Có 106/110 thôn, tổ dân phố có mô hình (96,4%), chưa đạt mục tiêu 100%; còn 04 thôn, tổ dân phố thuộc các xã "
        "Bảo Hà (03), Tân Tiến (01)."
    )


def test_what_the_end_of_the_year_decides_is_said_once_of_all_of_them():
    first, second = ratio("MT1.2", 38, 40, 40, 40, **OPEN), ratio("MT1.3", 39, 40, 40, 40, **OPEN)
    lines = (*missed("MT1.2", "DB-1", "DB-2"), *missed("MT1.3", "DB-1"))
    assert said("trien_khai", first, board=lines) == (
        "Có 38/40 chi, đảng bộ đã phổ biến Phong trào tới cán bộ, đảng viên, còn các xã Tân Tiến, Nghĩa Đô; chỉ tiêu "
        "này đánh giá vào cuối năm."
    )
    assert said("trien_khai", first, second, board=lines) == (
        "Có 38/40 chi, đảng bộ đã phổ biến Phong trào tới cán bộ, đảng viên, còn các xã Tân Tiến, Nghĩa Đô; có 39/40 "
        "chi, đảng bộ đã tuyên truyền Phong trào tới Nhân dân, còn xã Tân Tiến; hai chỉ tiêu này đánh giá vào cuối năm."
    )


def test_sentences_are_not_joined_beyond_five_names():
    first, second = ratio("MT1.2", 36, 40, 40, 40, **OPEN), ratio("MT1.3", 38, 40, 40, 40, **OPEN)
    lines = (*missed("MT1.2", *UNITS), *missed("MT1.3", *UNITS[:2]))
    assert said("trien_khai", first, second, board=lines).count("chỉ tiêu này đánh giá vào cuối năm.") == 2


def test_without_the_numbers_of_some_units_nothing_is_judged():
    assert said("trien_khai", ratio("MT1.5", 297, 297, 44, 45, verdict=UNDECIDED)) == (
        "Các đảng bộ đã báo cáo có 297/297 chi bộ triển khai Phong trào (100%); còn đơn vị chưa có số liệu nên chưa "
        "đánh giá chỉ tiêu này."
    )


@pytest.mark.parametrize(("n", "told"), [(60, ""), (55, ""), (54, ""), (53, ", tính trên 53/60 đơn vị")])
def test_coverage_is_told_where_it_is_more_than_ten_points_lower(n, told):
    found = said("kiem_tra", figure("NV4.1", value=D(29), reported=n, owed=60), submissions=all_in(60))
    assert found == f"Các cấp tiến hành 29 cuộc kiểm tra, giám sát, khảo sát{told}."


def test_figures_of_one_sentence_that_are_unknown_or_zero_are_left_out():
    whole = {"reported": 4, "owed": 4}
    counted = figure("NV1.1", value=D(16), **whole)
    assert said("tuyen_truyen", counted) == "Các đơn vị mở 16 lớp bồi dưỡng, tập huấn."
    lines = (
        figure("NV1.1", "Lồng ghép", value=D(0), **whole),
        figure("NV1.2", value=D(824), **whole),
        figure("NV1.3", **whole),
        replace(figure("NV1.3", "Nữ", value=D("0.443"), **whole), numerator=D(443), denominator=D(1000)),
    )
    assert said("tuyen_truyen", counted, *lines) == (
        "Các đơn vị mở 16 lớp bồi dưỡng, tập huấn với 824 lượt người dự, trong đó nữ chiếm 44,3%."
    )
    assert said("tuyen_truyen", replace(counted, value=D(0))) == ""
    assert said("tuyen_truyen", replace(counted, value=None)) == ""
    assert said("tuyen_truyen", replace(counted, owed=0, value=None)) == ""


def test_a_zero_is_told_where_it_is_news():
    assert said("mo_hinh", figure("NV3.1", value=D(0), reported=4, owed=4)) == "Trong quý chưa có mô hình đăng ký mới."


def test_a_breakdown_over_fewer_units_says_of_how_many():
    lines = [
        figure("NV3.3", name, value=D(n), reported=4, owed=4) for name, n in (("Kinh tế", 8), ("Văn hóa - xã hội", 4))
    ]
    whole = figure("NV3.3", value=D(12), reported=4, owed=4)
    assert said("mo_hinh", whole, *lines) == "Theo lĩnh vực: kinh tế 08, văn hóa - xã hội 04."
    short = replace(whole, falls_short="tổng chung là 14")
    assert said("mo_hinh", short, *lines).startswith("Trong 12 mô hình đã phân lĩnh vực: kinh tế 08")


def test_the_number_of_models_with_what_belongs_to_it():
    whole = {"reported": 4, "owed": 4}
    found = said(
        "mo_hinh",
        figure("NV3.2", value=D(143), previous=D(135), **whole),
        figure("NV3.5", value=D(29), **whole),
        figure("NV3.1", value=D(9), **whole),
        figure("NV3.7", value=D(1), **whole),
    )
    assert found == (
        "Đến hết quý III, có 143 mô hình đang thực hiện, tăng 08 mô hình so với cuối quý II, trong đó có 29 mô hình "
        "điểm; trong quý đăng ký mới 09 mô hình, dừng, sáp nhập 01 mô hình."
    )


@pytest.mark.parametrize(
    "changes",
    [{"reported": 3}, {"previous_of_some": True}, {"beside": "kỳ trước 50/60 đơn vị"}, {"previous": None}],
)
def test_a_change_is_told_on_the_same_units_only(changes):
    known = figure("NV3.2", value=D(143), previous=D(135), reported=4, owed=4)
    assert "so với" not in said("mo_hinh", replace(known, **changes), submissions=())
    assert "so với" in said("mo_hinh", known)


def test_a_stage_names_what_it_was_in_its_first_year():
    now = ratio("MT2.1", 115, 134, 17, 17, verdict=NOT_MET)
    then = ratio("MT2.1", 89, 130, 17, 17)
    trend = Trend((), (), (), (), years=(("2022-Q2..2022-Q4", (then,)), ("2023-9T", (now,))))
    found = said("do_phu", now, key="2022-Q2..2023-Q3", trend=trend)
    assert found == "Có 115/134 thôn, tổ dân phố có mô hình (85,8%), chưa đạt mục tiêu 100%; năm 2022 là 68,5%."
    other = replace(trend, years=(("2022-Q2..2022-Q4", (replace(then, owed=16),)), trend.years[1]))
    assert "năm 2022" not in said("do_phu", now, key="2022-Q2..2023-Q3", trend=other)


def test_satisfaction_is_one_sentence_with_its_lowest_side():
    def side(code: str, above: int, **more):
        return replace(ratio(code, above, 1000, 23, 23, **more), target=D("0.9"))

    sides = [side("MT5.2", 940), side("MT5.3", 950), side("MT5.4", 875), side("MT5.5", 912)]
    found = said("hai_long", side("MT5.1", 935, verdict=UNDECIDED), *sides)
    assert found == (
        "Qua 1.000 phiếu hợp lệ, 93,5% người dân, tổ chức hài lòng về giải quyết thủ tục hành chính (mục tiêu 90%); "
        "thấp nhất là về thời gian giải quyết, 87,5%."
    )
    assert ", đạt mục tiêu 90%;" in said("hai_long", side("MT5.1", 935, verdict=MET), *sides)


@pytest.mark.parametrize(("gap", "said_of"), [("0.049", False), ("0.05", True), ("-0.06", True)])
def test_the_gap_between_citizens_and_organisations_is_told_from_five_points(gap, said_of):
    assert ("chênh" in said("hai_long", figure("MT5.7", value=D(gap), reported=23, owed=23))) is said_of


def test_money_is_added_up_on_the_same_units_only():
    whole = {"reported": 4, "owed": 4}
    state, people, other = (
        figure(code, value=D(n), **whole) for code, n in (("KP.1", "397.3"), ("KP.2", "439.8"), ("KP.3", "0"))
    )
    planned = figure("KP.1", "Dự toán", value=D("525.3"), **whole)
    assert said("kinh_phi", state, planned, people, other) == (
        "Kinh phí thực hiện 837,1 triệu đồng: ngân sách nhà nước 397,3, xã hội hóa 439,8. Dự toán 525,3 triệu đồng."
    )
    elsewhere = replace(people, reported=3, missing=("DB-3",))
    assert said("kinh_phi", state, elsewhere, other) == ("Ngân sách nhà nước chi 397,3 triệu đồng; xã hội hóa 439,8.")


def doubt(code: str = "K18", **changes) -> Finding:
    return replace(Finding(Level.WARNING, code, "DB-2", "a.xlsx", "B10", "F7", "15000000", "…", "…"), **changes)


@pytest.mark.parametrize(
    ("finding", "doubted"),
    [
        (doubt("K18"), True),
        (doubt("K13"), True),
        (doubt("K33"), True),
        (doubt("K34"), True),
        (doubt("K09"), False),
        (doubt(answer="Đúng số liệu"), False),
        (doubt(level=Level.NOTE), False),
        (doubt(cell="F8"), False),
    ],
)
def test_a_number_under_verification_is_left_out_and_named_beside(finding, doubted):
    cells = (
        Source("Tử số", "DB-1", "b.xlsx", "B10", "F7", D("525.3")),
        Source("Tử số", "DB-2", "a.xlsx", "B10", "F7", D(15000000)),
    )
    planned = figure("KP.1", value=D("15000525.3"), numerator=D("15000525.3"), reported=4, owed=4, sources=cells)
    found = said("kinh_phi", planned, findings=(finding,))
    left_out = "Ngân sách nhà nước chi 525,3 triệu đồng, chưa kể số của xã Nghĩa Đô đang xác minh."
    assert found == (left_out if doubted else "Ngân sách nhà nước chi 15.000.525,3 triệu đồng.")


@pytest.mark.parametrize(
    ("missing", "limit"),
    [
        (("DB-3",), ""),
        (("DB-2", "DB-3"), ", chưa kể số của xã Nghĩa Đô đang xác minh"),
        (("DB-1", "DB-2", "DB-3"), ", chưa kể số của các xã Tân Tiến, Nghĩa Đô đang xác minh"),
    ],
)
def test_a_line_of_its_own_names_the_units_that_the_rest_of_its_figure_has(missing, limit):
    spent = figure("KP.1", value=D("397.3"), owed=40, reported=39, missing=("DB-3",))
    planned = figure("KP.1", "Dự toán", value=D("525.3"), owed=40, reported=40 - len(missing), missing=missing)
    found = said("kinh_phi", spent, planned)
    assert found == f"Ngân sách nhà nước chi 397,3 triệu đồng. Dự toán 525,3 triệu đồng{limit}."


@pytest.mark.parametrize(("key", "year"), [("2023-Q3", 2023), ("2023", 2023), ("2022-Q2..2022-Q4", 2022)])
def test_what_was_reviewed_in_a_year_says_in_which(key, year):
    reviewed = figure("MT4.3", value=D(129))
    assert said("ra_soat", reviewed, key=key) == f"Từ đầu năm {year} đã rà soát, đánh giá 129 mô hình."


def test_a_ratio_with_a_doubted_cell_is_counted_without_its_unit():
    cells = [
        Source(part, unit, f"{unit}.xlsx", "B1", cell, D(n))
        for unit, above, below in (("DB-1", 9, 10), ("DB-2", 900, 1000))
        for part, cell, n in (("Tử số", "C9", above), ("Mẫu số", "C8", below))
    ]
    known = replace(ratio("MT1.6", 909, 1010, 4, 4), sources=tuple(cells), target=None)
    found = said("trien_khai", known, key="2023-9T", findings=(doubt(file="DB-2.xlsx", sheet="B1", cell="C8"),))
    assert found == "Phong trào được phổ biến tới 9/10 đảng viên (90,0%), chưa kể số của xã Nghĩa Đô đang xác minh."


def test_every_sentence_rests_on_figures():
    basis = Basis(OFFICE, replace(DATA, used=()))
    for part in ("trien_khai", "tuyen_truyen", "mo_hinh", "do_phu", "ra_soat", "van_dong", "kinh_phi", "kiem_tra"):
        for item in paragraphs_of(basis, basis.spec.part(part)):
            assert item.origins, item.text
    assert REGISTER.units
