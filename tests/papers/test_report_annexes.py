"""The annexes of a report: targets year by year, who has not met what, models, scope of the data, awards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dvk_reports.model.figures import MET, NOT_MET, UNDECIDED, BoardLine, Source, Trend
from dvk_reports.model.findings import Finding, Level
from dvk_reports.model.periods import parse_period
from dvk_reports.model.proposals import Award, Result, Subject, Verdict
from dvk_reports.model.returns import LATE, Submission, UnitState
from dvk_reports.model.running import Review, RunningModel
from dvk_reports.model.task_progress import TaskProgress, TaskState
from dvk_reports.papers.report.annex_lists import award_rows, model_groups, task_rows
from dvk_reports.papers.report.annex_scope import late_and_missing, narrow_rows, under_review
from dvk_reports.papers.report.annex_targets import missed_groups, target_table
from dvk_reports.papers.report.annexes import cited
from dvk_reports.papers.report.basis import Basis
from tests.support.small_report import DATA, OFFICE, SUBMISSIONS, D, figure, ratio


def basis(*figures, key: str = "2023-Q3", **changes) -> Basis:
    return Basis(OFFICE, replace(DATA, figures=figures, period=parse_period(key), **changes))


# --- I: targets


@pytest.mark.parametrize(
    ("changes", "cells"),
    [
        ({"verdict": MET}, ("90,0% (9/10)", "Đạt")),
        ({"verdict": NOT_MET}, ("90,0% (9/10)", "Chưa đạt")),
        ({"verdict": UNDECIDED, "note": "chưa hết năm"}, ("90,0% (9/10)", "Đánh giá cuối năm")),
        ({"verdict": UNDECIDED}, ("90,0% (9/10)", "Chưa đủ số liệu")),
    ],
)
def test_a_target_with_its_result_and_verdict(changes, cells):
    table = target_table(basis(ratio("MT1.1", 9, 10, 10, 10, **changes)))
    assert table.heads == ("Kết quả",)
    assert [(row["muc_tieu"], row["cot_1"], row["ket_luan"]) for row in table.rows] == [("100%", *cells)]


def test_what_nobody_owes_is_no_row_and_what_is_unknown_says_so():
    unknown, nobody = ratio("MT2.2", 0, 0, 0, 3, verdict=UNDECIDED), figure("MT2.3", owed=0, reported=0)
    assert [row["cot_1"] for row in target_table(basis(unknown, nobody)).rows] == ["Chưa có số liệu"]


def test_a_longer_period_stands_beside_the_same_one_a_year_ago():
    now = replace(ratio("MT2.1", 115, 134, 17, 17, verdict=NOT_MET), last_year=D("0.685"))
    table = target_table(basis(now, key="2023-9T"))
    assert table.heads == ("Cùng kỳ năm 2022", "Kết quả")
    assert (table.rows[0]["cot_1"], table.rows[0]["cot_2"]) == ("68,5%", "85,8% (115/134)")
    assert target_table(basis(now)).heads == ("Kết quả",)
    of_some = target_table(basis(replace(now, last_year_of_some=True), key="2023-9T"))
    assert of_some.heads == ("Cùng kỳ năm 2022 (đơn vị có ở cả hai kỳ)", "Kết quả")


def test_a_stage_has_a_column_for_each_year_with_its_verdict():
    now = ratio("MT2.1", 115, 134, 17, 17, verdict=NOT_MET)
    then = ratio("MT2.1", 89, 130, 17, 17, verdict=NOT_MET)
    trend = Trend((), (), (), (), years=(("2022-Q2..2022-Q4", (then,)), ("2023-9T", (replace(now, verdict=MET),))))
    table = target_table(basis(now, key="2022-Q2..2023-Q3", trend=trend))
    assert table.heads == ("Năm 2022 (từ quý II)", "9 tháng đầu năm 2023")
    row = table.rows[0]
    assert (row["cot_1"], row["cot_2"], row["ket_luan"]) == ("68,5%\nChưa đạt", "85,8%\nĐạt", "Chưa đạt")
    assert set(table.fields()) >= {"muc_tieu_1", "muc_tieu_2", "dau_cot_2"} and table.fields()["muc_tieu_1"] == []


# --- II: who has not met what


def missed(code: str, unit: str, thing: str = "", above: int = 0, below: int = 1) -> BoardLine:
    return BoardLine(code, unit, thing, NOT_MET, D(above), D(below))


def test_units_are_named_in_one_row_and_sums_with_their_numbers():
    lines = (
        missed("MT1.1", "DB-2"),
        missed("MT1.1", "CQ-1"),
        missed("MT1.5", "DB-1", above=3, below=4),
        missed("MT1.5", "DB-3", above=5, below=8),
    )
    figures = (ratio("MT1.1", 2, 4, 4, 4, verdict=NOT_MET), ratio("MT1.5", 8, 12, 4, 4, verdict=NOT_MET))
    found = missed_groups(basis(*figures, board=lines))
    assert [(group["ten"].rpartition(": ")[2], group["cac_don_vi"], group["dong"]) for group in found] == [
        ("02 đơn vị chưa đạt", "Xã Nghĩa Đô; Chi bộ Phòng Nội vụ & <Thanh tra>", []),
        ("02 đơn vị chưa đạt", "Các xã Tân Tiến (3/4), Bảo Hà (5/8)", []),
    ]


def test_models_are_named_under_their_units():
    model = RunningModel("DB-1", "MH-DB-1-001", "Đường hoa", "Kinh tế")
    line = missed("MT4.1", "DB-1", "MH-DB-1-001")
    found = missed_groups(basis(ratio("MT4.1", 5, 6, 4, 4, verdict=UNDECIDED), board=(line,), models=(model,)))
    assert found[0]["ten"].endswith(": 01 mô hình chưa đạt")
    assert found[0]["dong"] == [{"tt": "1", "don_vi": "Đảng bộ xã Tân Tiến", "noi_dung": "Đường hoa"}]


def test_what_follows_from_other_targets_is_not_told_twice():
    lines = (missed("MT1.4", "DB-1"), missed("MT2.2", "DB-1"))
    figures = (ratio("MT1.4", 3, 4, 4, 4, verdict=NOT_MET), ratio("MT2.2", 2, 3, 3, 3, verdict=NOT_MET))
    assert missed_groups(basis(*figures, board=lines)) == []


# --- III, IV: models, tasks


def test_models_by_unit_and_field_are_those_that_the_report_counts():
    high = Review(date(2023, 8, 1), True, 1, "Hiệu quả cao", True, False)
    models = (
        RunningModel("DB-1", "MH-DB-1-001", "Đường hoa", "Kinh tế", hamlets=("Bản Rịa",), review=high),
        RunningModel("DB-1", "MH-DB-1-002", "Tiếng kẻng", "Quốc phòng - an ninh", every_hamlet=True),
        RunningModel("DB-2", "MH-DB-2-001", "Chưa tính", "Kinh tế"),
    )
    counted = figure("NV3.2", value=D(2), reported=3, owed=4, missing=("DB-2",))
    (group,) = model_groups(basis(counted, models=models))
    assert group["ten"] == "Đảng bộ xã Tân Tiến: 02 mô hình (kinh tế 01, quốc phòng - an ninh 01)"
    assert [(row["tt"], row["ten"], row["noi"], row["xep_loai"]) for row in group["dong"]] == [
        ("1", "Đường hoa", "Bản Rịa", "Hiệu quả cao"),
        ("2", "Tiếng kẻng", "Tất cả thôn, tổ dân phố", "–"),
    ]


def test_a_task_with_the_figures_that_belong_to_it():
    rows = task_rows(basis(figure("NV1.1", value=D(5), reported=2, owed=4), figure("NV1.2", reported=0, owed=4)))
    assert rows[0]["so_lieu"] == "- Số lớp bồi dưỡng, tập huấn: 05 lớp"
    assert rows[1]["so_lieu"] == "Chưa có số liệu"


@pytest.mark.parametrize(
    ("years", "standing"),
    [
        ((), "–"),
        (((2023, TaskState.UNDER_WAY),), "Đang thực hiện"),
        (((2022, TaskState.ON_TIME), (2023, TaskState.LATE)), "Năm 2022: đúng hạn; năm 2023: chậm"),
    ],
)
def test_how_a_task_stands_is_told_year_by_year(years, standing):
    tasks = tuple(
        TaskProgress("III.1", year, "Mở lớp", "Ban Dân vận", "", date(year, 12, 31), state, "", None, None)
        for year, state in years
    )
    row = task_rows(basis(tasks=tasks))[0]
    assert row["tinh_hinh"] == standing
    assert row["ten"] == ("Mở lớp" if years else OFFICE.plan.info.nhiem_vu[0].ten)


def test_a_task_past_its_day_is_not_called_late_while_nobody_has_noted_when_it_was_done():
    late = TaskProgress("III.1", 2022, "Mở lớp", "Ban", "", date(2022, 12, 31), TaskState.LATE, "", None, None)
    assert task_rows(basis(tasks=(late,)))[0]["tinh_hinh"] == "Chậm"
    assert task_rows(basis(tasks=(replace(late, overdue=True),)))[0]["tinh_hinh"] == "Chưa ghi nhận hoàn thành"


def test_a_task_that_the_office_has_added_is_a_row_too():
    own = TaskProgress("X.1", 2023, "Hội thi", "Ban", "", date(2023, 11, 20), TaskState.NOT_DUE, "", None, None)
    row = task_rows(basis(tasks=(own,)))[-1]
    assert (row["ten"], row["chu_tri"], row["thoi_gian"]) == ("Hội thi", "Ban", "20/11/2023")


# --- V: scope of the data


def test_figures_that_lack_the_same_units_share_a_row_the_narrowest_first():
    silent = ("DB-3", "CQ-1")
    figures = (
        figure("NV4.1", value=D(1), reported=2, owed=4, missing=silent),
        figure("NV3.2", value=D(1), reported=1, owed=4, missing=("DB-1", *silent)),
        figure("NV5.4", value=D(1), reported=2, owed=4, missing=silent),
        figure("NV1.1", value=D(1), reported=4, owed=4),
    )
    rows = narrow_rows(basis(*figures))
    assert [(row["tt"], row["so_lieu"], row["don_vi"], row["con_thieu"]) for row in rows] == [
        ("1", "Số mô hình đang thực hiện cuối kỳ", "1/4", "xã Tân Tiến"),
        ("2", "Số cuộc kiểm tra, giám sát, khảo sát; số đề nghị biểu dương, khen thưởng", "2/4", "–"),
    ]


def test_who_is_late_silent_or_asked_stands_under_its_group():
    late = replace(SUBMISSIONS[0], punctual=LATE, received=date(2023, 10, 16))
    found = late_and_missing(basis(submissions=(late, *SUBMISSIONS[1:])))
    assert [(group["ten"], [(row["ten"], row["tinh_trang"]) for row in group["don_vi"]]) for group in found] == [
        (
            "I. Các xã, thị trấn",
            [
                ("Đảng bộ xã Tân Tiến", "Gửi muộn (nhận ngày 16/10/2023)"),
                ("Đảng bộ xã Bảo Hà", "Báo cáo bị trả lại"),
            ],
        ),
        ("II. Các chi, đảng bộ cơ quan, đơn vị", [("Chi bộ Phòng Nội vụ & <Thanh tra>", "Chưa gửi báo cáo")]),
    ]


def test_over_several_quarters_each_is_told_of_a_unit():
    silent = [Submission("DB-1", "Đảng bộ xã Tân Tiến", "", UnitState.MISSING, period=f"2023-Q{n}") for n in (1, 2)]
    found = late_and_missing(basis(key="2023-6T", submissions=(silent[1],), earlier=(silent[0],)))
    assert found[0]["don_vi"][0]["tinh_trang"] == (
        "Quý I năm 2023: chưa gửi báo cáo; quý II năm 2023: chưa gửi báo cáo"
    )


def test_the_amount_of_a_doubted_number_stands_here_alone():
    cell = Source("Tử số", "DB-2", "a.xlsx", "B10", "F7", D(15000000))
    planned = figure("KP.1", value=D(15000000), numerator=D(15000000), reported=4, owed=4, sources=(cell,))
    doubt = Finding(Level.WARNING, "K18", "DB-2", "a.xlsx", "B10", "F7", "15000000", "…", "…")
    assert under_review(basis(planned, findings=(doubt,))) == [
        {
            "tt": "1",
            "ten": "Đảng bộ xã Nghĩa Đô",
            "so_lieu": "Kinh phí ngân sách nhà nước đã thực hiện",
            "gia_tri": "15.000.000 triệu đồng",
        }
    ]


# --- VI: awards; which annexes there are


def test_awards_say_whether_the_meeting_has_decided():
    subject = Subject("DB-1", "Biểu dương của Ban Thường vụ Huyện ủy", "Tập thể", "Chi bộ  thôn 1")
    granted = Award("2023-10", subject, Result(verdict=Verdict.PRAISED.value))
    assert [group["ten"] for group in award_rows(basis(awards=(granted,)))] == [
        "Biểu dương của Ban Thường vụ Huyện ủy (Sơ kết Phong trào “Dân vận khéo”; theo kết quả họp xét)"
    ]
    (group,) = award_rows(basis(awards=(Award("2023-10", subject),)))
    assert group["ten"].endswith("theo đề xuất, chưa có kết quả họp xét)")
    assert group["dong"] == [{"tt": "1", "ten": "Chi bộ thôn 1", "loai": "Tập thể", "don_vi": "Đảng bộ xã Tân Tiến"}]


@pytest.mark.parametrize(("kind", "told"), [("pham_vi", "Phụ lục V"), ("mo_hinh", ""), ("chua_dat", "")])
def test_an_annex_is_cited_where_the_report_has_it(kind, told):
    model = RunningModel("DB-1", "MH-DB-1-001", "Đường hoa", "Kinh tế")
    assert cited(basis(models=(model,)), kind) == told  # a quarter has no list of models; nobody missed a target
    assert cited(basis(models=(model,), key="2023-6T"), "mo_hinh") == "Phụ lục III"
