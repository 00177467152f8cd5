"""Rules against earlier used returns: small returns go in, the whole list of findings comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from dvk_reports.checks.context import Case
from dvk_reports.checks.engine import check_return
from dvk_reports.intake.back.past import PastQuarter
from dvk_reports.messages.message import Message
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.findings import Finding, Level, Stop
from dvk_reports.model.returns import Return
from dvk_reports.plan.book.roles import LabelRole
from dvk_reports.plan.register.register import Unit
from dvk_reports.run.steps.judge import judge, past_of
from tests.support.build import PLAN, b1, b2, b3, b6, checked, form, judged, office, quarter, told, unit, used

XA = unit("DB-XA-1")
NEW = unit("DB-XA-2", since="01/7/2023", order=1)
OLD = unit("DB-XA-3", until="30/6/2023", order=2)
REGISTER = office(
    XA, NEW, OLD, thon={"DB-XA-1": "T1 Bản Rịa", "DB-XA-2": "U1 Bản Lúc"}, mergers=[("DB-XA-3", "DB-XA-2", "01/7/2023")]
)
B4 = "| ma_thon |\n| T1 |"
ENDED = PLAN.labels_with(LabelRole.ENDED)
NIL = {"loai_bao_cao": "Không phát sinh"}
LINE = "| ma_mo_hinh | ten | trang_thai | ngay_tt | ly_do_tt |"


def model(number: int, state: str = "Đang thực hiện", name: str = "", changed: str = "", code: str = "") -> str:
    """One row of B2; a model that ends or pauses has its day and reason."""
    if not changed and state in ("Tạm dừng", *ENDED):
        changed = "05/08/2023"
    code = code or f"MH-DB-XA-1-{number:03d}"
    return f"| {code} | {name or f'Mô hình {number}'} | {state} | {changed} | {'Hết việc' if changed else ''} |"


def models(*lines: str, **base: str) -> str:
    return b2("\n".join([LINE, *lines]), **base)


def sent(text: str | None = None, period: str = "2023-Q3", b1_text: str = "", **more: object) -> Return:
    sheets = {"B4": B4, **({"B2": text} if text is not None else {}), **({"B1": b1_text} if b1_text else {})}
    ticks = str(more.pop("ticks", "B3 B5 B6 B7 B8 B9b B10"))
    return form(XA, period, sheets, ticks=ticks, **more)  # type: ignore[arg-type]


def found(item: Return, *before: Return) -> tuple[Finding, ...]:
    """Findings of the return, less those that have nothing to do with its past."""
    alone = {(f.code, f.sheet, f.cell, f.text) for f in checked(XA, REGISTER, item.period, item).findings}
    return tuple(
        f
        for f in checked(XA, REGISTER, item.period, item, before).findings
        if (f.code, f.sheet, f.cell, f.text) not in alone
    )


def stops(findings: Sequence[Finding]) -> set[Stop]:
    return {stop for finding in findings for stop in finding.stops}


# --- K07 ---

STATES = PLAN.labels("trang_thai")
ALLOWED = {
    ("Đăng ký", "Đang thực hiện"),
    ("Đăng ký", "Duy trì"),
    ("Đang thực hiện", "Duy trì"),
    ("Tạm dừng", "Đang thực hiện"),
    ("Tạm dừng", "Duy trì"),
    *(
        (then, now)
        for then in ("Đăng ký", "Đang thực hiện", "Duy trì", "Tạm dừng")
        for now in ("Tạm dừng", "Dừng", "Sáp nhập")
    ),
    *((state, state) for state in ("Đăng ký", "Đang thực hiện", "Duy trì", "Tạm dừng")),
}


@pytest.mark.parametrize("then", STATES)
@pytest.mark.parametrize("now", STATES)
def test_every_change_of_state(then: str, now: str) -> None:
    before = sent(models(model(1, then, changed="05/05/2023")), "2023-Q2")
    item = sent(models(model(1, now, changed="05/05/2023")))
    got = found(item, before)
    expected = (
        []
        if (then, now) in ALLOWED
        else [f"K07 {'ENDED_BEFORE' if then in ENDED else 'STATE_CHANGE'} Chặn B2 X7 trang_thai"]
    )
    assert told(got) == expected
    assert stops(got) == ({Stop("B2", 7, "trang_thai")} if expected else set())


def test_what_a_change_backwards_says() -> None:
    (got,) = found(sent(models(model(1, "Đăng ký"))), sent(models(model(1, "Duy trì")), "2023-Q2"))
    assert got.text == (
        "Mô hình MH-DB-XA-1-001: quý II năm 2023 ghi “Duy trì”, kỳ này ghi “Đăng ký”; "
        "trạng thái không chuyển ngược như vậy."
    )
    assert got.remedy == "Xem lại ô này; từ “Duy trì” giữ nguyên hoặc chuyển sang: Tạm dừng, Dừng, Sáp nhập."
    assert (got.raw, got.subject, got.rule) == ("Đăng ký", "MH-DB-XA-1-001", "STATE_CHANGE")


def test_an_ended_model_comes_again_after_two_quarters() -> None:
    first = sent(models(model(1, "Dừng", changed="05/02/2023"), model(2)), "2023-Q1")
    between = sent(models(model(2)), "2023-Q2")
    got = found(sent(models(model(1), model(2))), first, between)
    assert told(got) == ["K07 ENDED_BEFORE Chặn B2 X7 trang_thai"]
    assert "đã ghi “Dừng” ở quý I năm 2023" in got[0].text


def test_a_state_that_was_not_known_then_is_not_compared() -> None:
    before = sent(models(model(1, "Không rõ"), model(2, "Duy trì")), "2023-Q2")
    assert told(found(sent(models(model(1, "Đăng ký"), model(2, "Duy trì"))), before)) == []


def test_a_state_that_is_not_known_now_is_told_once() -> None:
    before = sent(models(model(1, "Duy trì")), "2023-Q2")
    item = sent(models(model(1, "Sai")))
    assert told(checked(XA, REGISTER, "2023-Q3", item, [before]).findings) == ["K03 NOT_IN_LIST Chặn B2 X7 trang_thai"]


def test_a_first_return_has_no_past() -> None:
    item = sent(models(model(1, "Duy trì"), model(2, "Đăng ký")))
    assert told(checked(XA, REGISTER, "2023-Q3", item).findings) == []


# --- K08 ---


def test_a_model_that_is_gone_makes_the_list_of_models_unknown() -> None:
    before = sent(models(model(1), model(2, name="Đường hoa"), model(3)), "2023-Q2")
    got = found(sent(models(model(1), model(3))), before)
    assert told(got) == ["K08 MODEL_GONE Chặn B2 ma_mo_hinh"]
    assert stops(got) == {Stop("B2", 7, "ma_mo_hinh")}
    assert (got[0].subject, got[0].raw, got[0].file) == ("MH-DB-XA-1-002", "", "DB-XA-1.xlsx")
    assert got[0].text == (
        "Mô hình MH-DB-XA-1-002 “Đường hoa” có ở báo cáo quý II năm 2023 (“Đang thực hiện”) "
        "nhưng không có trong biểu B2 kỳ này."
    )


def test_each_model_that_is_gone_is_told() -> None:
    before = sent(models(model(1), model(2), model(3)), "2023-Q2")
    got = found(sent(models(model(2))), before)
    assert [(f.code, f.subject) for f in got] == [("K08", "MH-DB-XA-1-001"), ("K08", "MH-DB-XA-1-003")]


def test_a_model_that_ended_need_not_come_again() -> None:
    before = sent(models(model(1), model(2, "Dừng", changed="05/05/2023"), model(3, "Sáp nhập")), "2023-Q2")
    assert told(found(sent(models(model(1))), before)) == []


def test_all_models_gone_under_the_tick_stop_the_sheet() -> None:
    before = sent(models(model(1)), "2023-Q2")
    got = found(sent(ticks="B2 B3 B5 B6 B7 B8 B9b B10"), before)
    assert told(got) == ["K08 MODEL_GONE Chặn B2 ma_mo_hinh"]
    assert stops(got) == {Stop("B2")}


def test_a_sheet_that_tells_nothing_is_told_by_its_own_rule_only() -> None:
    """K22 and T01 stand for it: whether a model is gone cannot be seen."""
    before = sent(models(model(1)), "2023-Q2")
    empty = sent(ticks="B3 B5 B6 B7 B8 B9b B10")
    assert told(checked(XA, REGISTER, "2023-Q3", empty, [before]).findings) == [
        "K22 NOT_REPORTED Chặn BIA C21 khong_phat_sinh_b2"
    ]
    absent = sent(absent=["B2"])
    got = checked(XA, REGISTER, "2023-Q3", absent, [before]).findings
    assert [f.code for f in got if f.level is Level.BLOCK] == ["K22"]


def test_a_nil_report_carries_its_models() -> None:
    before = sent(models(model(1), model(2)), "2023-Q2")
    assert told(found(sent(ticks="", bia=NIL), before)) == []
    partly = sent(models(model(1)), ticks="", bia=NIL)
    assert [f.subject for f in found(partly, before) if f.code == "K08"] == ["MH-DB-XA-1-002"]


def test_after_a_nil_report_the_models_before_it_are_compared() -> None:
    first = sent(models(model(1), model(2)), "2023-Q1")
    nil = sent(period="2023-Q2", ticks="", bia=NIL)
    assert [f.subject for f in found(sent(models(model(2))), first, nil)] == ["MH-DB-XA-1-001"]


def test_a_changed_code_is_told_at_the_new_code() -> None:
    before = sent(models(model(1, name="Nhà sạch, vườn đẹp")), "2023-Q2")
    got = found(sent(models(model(9, name="Nhà  sạch, vườn đẹp"))), before)
    assert told(got) == ["K08 CODE_CHANGED Chặn B2 B7 ma_mo_hinh"]
    assert stops(got) == {Stop("B2", 7, "ma_mo_hinh")}
    assert "mang mã MH-DB-XA-1-001 ở báo cáo quý II năm 2023, kỳ này ghi mã “MH-DB-XA-1-009”" in got[0].text


def test_another_kind_under_the_same_name_is_another_model() -> None:
    before = sent(models(model(1, name="Đường hoa")), "2023-Q2")
    item = sent(
        models(
            model(9, name="Đường hoa"), loai="Cá nhân", ngay_dk="05/08/2023", chu_the="A", muc_tieu="B", noi_dung="C"
        )
    )
    assert told(found(item, before)) == ["K08 MODEL_GONE Chặn B2 ma_mo_hinh"]


def test_a_namesake_that_was_listed_before_does_not_hide_the_model_that_is_gone() -> None:
    before = sent(models(model(1, name="Đường hoa"), model(2, name="Đường hoa")), "2023-Q2")
    assert told(found(sent(models(model(2, name="Đường hoa"))), before)) == ["K08 MODEL_GONE Chặn B2 ma_mo_hinh"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (model(0, name="Đường hoa", code="MH01"), ["K21 NOT_OWN_CODE Chặn B2 B8 ma_mo_hinh"]),
        (
            model(2, name="Đường hoa"),
            ["K24 TWICE Chặn B2 B7 ma_mo_hinh", "K24 TWICE Chặn B2 B8 ma_mo_hinh"],
        ),
        (
            "\n".join([model(9, name="Đường hoa")] * 2),  # a new code, and twice: which row would be the model?
            ["K24 TWICE Chặn B2 B8 ma_mo_hinh", "K24 TWICE Chặn B2 B9 ma_mo_hinh"],
        ),
        ("|  | Đường hoa | Đang thực hiện | | |", ["K02 BLANK_TEXT Chặn B2 B8 ma_mo_hinh"]),
    ],
)
def test_a_wrong_code_is_told_once(line: str, expected: list[str]) -> None:
    """A code that is blank, not the unit's or used twice already stops the cell: the model is not gone as well."""
    before = sent(models(model(1, name="Đường hoa"), model(2)), "2023-Q2")
    item = sent(models(model(2), line))
    got = [f for f in checked(XA, REGISTER, "2023-Q3", item, [before]).findings if f.level is Level.BLOCK]
    assert told(got) == expected


def against(item: Return, before: Return, *stopped: Stop, findings: Sequence[Finding] = ()) -> list[str]:
    """What is told where that much of the return before was stopped, and ``findings`` were printed of it."""
    then = quarter(before.period)
    history = [PastQuarter(then, {XA.code: used(before, stopped)}, {}, tuple(findings))]
    past = past_of(PLAN, REGISTER, XA, history, quarter(item.period))
    return told(check_return(Case(PLAN, item, quarter(item.period), REGISTER, XA, past)).findings)


def test_what_was_stopped_then_is_not_compared_now() -> None:
    before, item = sent(models(model(1), model(2)), "2023-Q2"), sent(models(model(2, "Đăng ký")))
    gone, back = "K08 MODEL_GONE Chặn B2 ma_mo_hinh", "K07 STATE_CHANGE Chặn B2 X7 trang_thai"
    assert against(item, before) == [gone, back]
    assert against(item, before, Stop("B2", 7, "ma_mo_hinh")) == [back]
    assert against(item, before, Stop("B2", 8, "trang_thai")) == [gone]
    assert against(item, before, Stop("B2", 8, "ma_mo_hinh")) == [gone, "K11 LISTED_LATE Cảnh báo B2 S7 ngay_dk"]
    assert against(item, before, Stop("B2")) == []


# --- K08 over all earlier quarters ---


def test_a_model_is_missed_until_it_is_listed_or_ended() -> None:
    first = sent(models(model(1), model(2, name="Đường hoa")), "2022-Q4")
    without = [sent(models(model(1)), key) for key in ("2023-Q1", "2023-Q2")]
    got = found(sent(models(model(1))), first, *without)
    assert told(got) == ["K08 MODEL_GONE Chặn B2 ma_mo_hinh"]
    assert "“Đường hoa” có ở báo cáo quý IV năm 2022 (“Đang thực hiện”)" in got[0].text
    back = sent(models(model(1), model(2, name="Đường hoa")))
    assert told(found(back, first, *without)) == []  # no late registration either: it was counted in 2022
    ended = sent(models(model(1), model(2, "Dừng")), "2023-Q2")
    assert told(found(sent(models(model(1))), first, without[0], ended)) == []


def test_quarters_without_a_return_do_not_make_it_forgotten() -> None:
    first = sent(models(model(1), model(2)), "2022-Q3")
    assert [f.subject for f in found(sent(models(model(2))), first)] == ["MH-DB-XA-1-001"]


def test_a_model_comes_back_in_the_state_it_was_last_known_in() -> None:
    first = sent(models(model(1), model(2, "Duy trì")), "2023-Q1")
    between = sent(models(model(1)), "2023-Q2")
    got = found(sent(models(model(1), model(2, "Đăng ký"))), first, between)
    assert told(got) == ["K07 STATE_CHANGE Chặn B2 X8 trang_thai"]
    assert "quý I năm 2023 ghi “Duy trì”" in got[0].text


def test_a_changed_code_is_no_listing_however_often_it_is_sent() -> None:
    first = sent(models(model(1, name="Đường hoa"), model(2)), "2023-Q1")
    changed = [models(model(9, name="Đường hoa"), model(2))]
    stopped = Stop("B2", 7, "ma_mo_hinh")
    history = [
        PastQuarter(quarter("2023-Q1"), {XA.code: used(first)}, {}),
        PastQuarter(quarter("2023-Q2"), {XA.code: used(sent(changed[0], "2023-Q2"), [stopped])}, {}),
    ]
    past = past_of(PLAN, REGISTER, XA, history, quarter("2023-Q3"))
    item = sent(changed[0])
    got = check_return(Case(PLAN, item, quarter("2023-Q3"), REGISTER, XA, past)).findings
    assert told(got) == ["K08 CODE_CHANGED Chặn B2 B7 ma_mo_hinh"]
    assert "mang mã MH-DB-XA-1-001 ở báo cáo quý I năm 2023" in got[0].text


def test_the_stop_of_a_model_that_is_gone_says_nothing_against_the_row_it_lies_on() -> None:
    """Model 1 ends in the quarter in which model 2 is gone; the stop of model 2 lies on its row."""
    before = sent(models(model(1, "Dừng", changed="05/05/2023"), model(3)), "2023-Q2")
    earlier = sent(models(model(1), model(2), model(3)), "2023-Q1")
    gone = next(item for item in found(before, earlier) if item.rule == "MODEL_GONE")
    assert gone.stops == (Stop("B2", 7, "ma_mo_hinh"),)
    item = sent(models(model(3)))
    assert against(item, before, Stop("B2", 7, "ma_mo_hinh"), findings=[gone]) == []
    twice = replace(gone, cell="B7", row=7)
    assert against(item, before, Stop("B2", 7, "ma_mo_hinh"), findings=[gone, twice]) == []  # it was no listing
    again = sent(models(model(1), model(3)))
    assert against(again, before, Stop("B2", 7, "ma_mo_hinh"), findings=[gone]) == [
        "K07 ENDED_BEFORE Chặn B2 X7 trang_thai"
    ]


def test_two_models_that_change_their_codes_are_both_told() -> None:
    before = sent(models(model(1, name="Đường hoa"), model(2, name="Camera an ninh")), "2023-Q2")
    got = found(sent(models(model(1, name="Camera an ninh"), model(2, name="Đường hoa"))), before)
    assert told(got) == ["K08 CODE_CHANGED Chặn B2 B7 ma_mo_hinh", "K08 CODE_CHANGED Chặn B2 B8 ma_mo_hinh"]
    assert [f.text.split("; ")[0].split(",")[0] for f in got] == [
        "Mô hình “Camera an ninh” mang mã MH-DB-XA-1-002 ở báo cáo quý II năm 2023",
        "Mô hình “Đường hoa” mang mã MH-DB-XA-1-001 ở báo cáo quý II năm 2023",
    ]


def test_a_code_that_is_given_to_another_model_lists_its_own_no_more() -> None:
    before = sent(models(model(1, name="Đường hoa"), model(2, name="Camera an ninh")), "2023-Q2")
    got = found(sent(models(model(2, name="Đường hoa"))), before)
    assert told(got) == ["K08 MODEL_GONE Chặn B2 ma_mo_hinh", "K08 CODE_CHANGED Chặn B2 B7 ma_mo_hinh"]
    assert [f.subject for f in got] == ["MH-DB-XA-1-002", "MH-DB-XA-1-002"]


def test_a_model_may_be_renamed() -> None:
    before = sent(models(model(1, name="Đường hoa"), model(2, name="Camera")), "2023-Q2")
    item = sent(models(model(1, name="Đường hoa kiểu mẫu"), model(2, name="Camera an ninh")))
    assert told(found(item, before)) == []


def test_a_nil_report_does_not_carry_away_what_is_missed() -> None:
    first = sent(models(model(1), model(2)), "2023-Q1")
    without = sent(models(model(1)), "2023-Q2")
    got = found(sent(ticks="", bia=NIL), first, without)
    assert told(got) == ["K08 MODEL_GONE Chặn B2 ma_mo_hinh"]
    assert stops(got) == {Stop("B2")}


def test_under_the_nil_word_a_changed_code_is_a_model_that_is_gone() -> None:
    """The row with the other code stands in the file of the quarter before: nothing is told in a cell of this one."""
    first = sent(models(model(1, name="Đường hoa")), "2023-Q1")
    changed = sent(models(model(9, name="Đường hoa")), "2023-Q2")
    history = [
        PastQuarter(quarter("2023-Q1"), {XA.code: used(first)}, {}),
        PastQuarter(quarter("2023-Q2"), {XA.code: used(changed, [Stop("B2", 7, "ma_mo_hinh")])}, {}),
    ]
    nil = sent(ticks="", bia=NIL)
    got = judge(PLAN, REGISTER, quarter("2023-Q3"), nil, history).findings
    assert [line for line in told(got) if line.startswith("K08")] == ["K08 MODEL_GONE Chặn B2 ma_mo_hinh"]
    assert {f.file for f in got if f.code == "K08"} == {"DB-XA-1.xlsx"}


# --- K11: registered before, told late ---


def test_a_model_registered_last_quarter_and_told_now() -> None:
    before = sent(models(model(1)), "2023-Q2")
    item = sent(models(model(1), model(2), ngay_dk="20/05/2023"))
    got = found(item, before)
    assert told(got) == ["K11 LISTED_LATE Cảnh báo B2 S8 ngay_dk"]
    assert stops(got) == set()
    assert "chưa có trong báo cáo quý II năm 2023" in got[0].text


def test_a_model_registered_in_this_quarter_is_new() -> None:
    before = sent(models(model(1)), "2023-Q2")
    new = models(model(1), model(2), ngay_dk="05/08/2023", chu_the="A", muc_tieu="B", noi_dung="C")
    assert told(found(sent(new), before)) == []


def test_the_first_return_of_a_unit_may_list_old_models() -> None:
    assert told(found(sent(models(model(1))))) == []


def test_a_day_that_is_blocked_is_told_once() -> None:
    before = sent(models(model(1)), "2023-Q2")
    item = sent(models(model(1), model(2), ngay_dk="20/05/2009"))
    got = checked(XA, REGISTER, "2023-Q3", item, [before]).findings
    assert told(got) == ["K11 DATE_OUTSIDE Chặn B2 S7 ngay_dk", "K11 DATE_OUTSIDE Chặn B2 S8 ngay_dk"]


def test_models_of_a_unit_that_was_merged_in_are_known() -> None:
    line = "| ma_mo_hinh | ma_thon |\n| MH-DB-XA-3-001 | U1 |"
    ticks = "B3 B5 B6 B7 B8 B9b B10"
    before = form(OLD, "2023-Q2", {"B2": b2(line)}, ticks=ticks)
    own = form(NEW, "2023-Q3", {"B2": b2(line), "B4": "| ma_thon |\n| U1 |"}, ticks=ticks)
    assert told(checked(NEW, REGISTER, "2023-Q3", own, [before]).findings) == []
    judged(NEW, REGISTER, own, [before])


# --- K13 ---


@pytest.mark.parametrize(
    ("key", "then", "now", "told_"),
    [
        ("tong_so_dang_vien", 210, 2100, True),
        ("tong_so_dang_vien", 210, 630, False),  # exactly three times
        ("tong_so_dang_vien", 210, 631, True),
        ("tong_so_chi_bo", 11, 34, True),
        ("so_cuoc_tuyen_truyen", 2, 7, True),
        ("so_cuoc_tuyen_truyen", 1, 5, False),  # four more
        ("so_cuoc_tuyen_truyen", 1, 6, True),
        ("so_cuoc_tuyen_truyen", 0, 60, False),  # no ratio
        ("so_hoi_nghi_pho_bien", 30, 10, False),  # exactly a third
        ("so_hoi_nghi_pho_bien", 30, 9, True),
        ("so_chuyen_muc", 6, 0, True),
        ("so_chuyen_muc", 4, 0, False),
        ("so_dang_vien_duoc_pho_bien", 20, 100, False),  # progress towards the whole
        ("so_dang_vien_duoc_pho_bien", 100, 20, True),
        ("so_luot_nhan_dan", 30, 300, False),  # an optional head count
    ],
)
def test_a_number_far_from_the_last_one(key: str, then: int, now: int, told_: bool) -> None:
    whole = {"tong_so_chi_bo": 40} if key != "tong_so_chi_bo" else {}
    wide = {"tong_so_dang_vien": 100, **whole} if key.startswith("so_dang_vien") else whole
    before = sent(models(model(1)), "2023-Q2", b1(**{**wide, key: then}))
    item = sent(models(model(1)), b1_text=b1(**{**wide, key: now}))
    got = [f for f in found(item, before) if f.code == "K13"]
    assert [(f.level, f.sheet, f.key, f.stops) for f in got] == ([(Level.WARNING, "B1", key, ())] if told_ else [])


def test_what_an_outlier_says() -> None:
    before = sent(models(model(1)), "2023-Q2", b1(tong_so_dang_vien=210))
    (got,) = found(sent(models(model(1)), b1_text=b1(tong_so_dang_vien=2100)), before)
    assert told([got]) == ["K13 OUTLIER Cảnh báo B1 C10 tong_so_dang_vien"]
    assert got.text == "Ô “Tổng số đảng viên” ghi 2100, trong khi quý II năm 2023 ghi 210: tăng quá 3 lần."


def test_households_of_one_model() -> None:
    before = sent(b2("| ma_mo_hinh | so_ho | so_nguoi |\n| MH-DB-XA-1-001 | 30 | 90 |"), "2023-Q2")
    item = sent(b2("| ma_mo_hinh | so_ho | so_nguoi |\n| MH-DB-XA-1-001 | 300 | 95 |"))
    assert told(found(item, before)) == ["K13 OUTLIER Cảnh báo B2 P7 so_ho"]
    blank = sent(b2("| ma_mo_hinh | so_ho | so_nguoi |\n| MH-DB-XA-1-001 |  | 95 |"))
    assert told(found(blank, before)) == []


def test_a_number_that_was_stopped_then_is_not_compared() -> None:
    before = sent(b2("| ma_mo_hinh | so_ho |\n| MH-DB-XA-1-001 | 30 |"), "2023-Q2")
    item = sent(b2("| ma_mo_hinh | so_ho |\n| MH-DB-XA-1-001 | 300 |"))
    assert against(item, before) == ["K13 OUTLIER Cảnh báo B2 P7 so_ho"]
    assert against(item, before, Stop("B2", 7, "so_ho")) == []


def test_a_number_that_could_not_be_read_then_is_not_compared() -> None:
    before = sent(models(model(1)), "2023-Q2", b1(tong_so_dang_vien="hai trăm"))
    assert told(found(sent(models(model(1)), b1_text=b1(tong_so_dang_vien=2100)), before)) == []


# --- what is held back ---


@pytest.mark.parametrize("absent", [["B2"], []], ids=["no sheet", "no row, no tick"])
def test_codes_are_not_looked_up_in_a_list_that_is_not_there(absent: list[str]) -> None:
    """One mistake, one finding: without B2 no code of B3 can be called unknown."""
    item = form(
        XA,
        "2023-Q3",
        {"B3": b3("| ma_mo_hinh |\n| MH-DB-XA-1-001 |"), "B4": B4},
        ticks="B5 B6 B7 B8 B9b B10",
        absent=absent,
    )
    got = checked(XA, REGISTER, "2023-Q3", item).findings
    assert [f.code for f in got] == ["K22"]
    assert "chưa kiểm tra" in got[0].text


def test_a_sheet_whose_head_is_lost_is_told_once() -> None:
    """T02 stops the sheet: no thôn is missing, no model gone, no code unknown, no sheet unreported on top of it."""
    before = sent(models(model(1)), "2023-Q2")
    rows = {"B3": b3("| ma_mo_hinh |\n| MH-DB-XA-1-009 |"), "B4": "| ma_thon |\n| |", "B2": b2("| ten |\n| A |")}
    whole = form(XA, "2023-Q3", rows, ticks="B6 B7 B8 B9b B10")
    lost = ("B2", "B4", "B5")
    heads = tuple(
        say(Msg.SHEET_UNREADABLE, Location("DB-XA-1", sheet=name), bieu=name, thieu="", stops=[Stop(name)])
        for name in lost
    )
    sheets = {name: replace(sheet, rows=()) if name in lost else sheet for name, sheet in whole.sheets.items()}
    item = replace(whole, sheets=sheets, findings=(*whole.findings, *heads))
    assert told(checked(XA, REGISTER, "2023-Q3", item, [before]).findings) == [
        f"T02 SHEET_UNREADABLE Chặn {name}" for name in lost
    ]


@pytest.mark.parametrize(
    "message",
    [
        Msg.SHEET_UNREADABLE,
        Msg.SHEET_ABSENT,
        Msg.NOT_REPORTED,
    ],
)
def test_what_keeps_other_rules_from_running_says_so(message: Message) -> None:
    assert "chưa kiểm tra" in message.text


# --- a unit that was split, or gave something away ---

WHOLE = unit("DB-XA-9", until="30/6/2023", order=3)
P, Q = unit("DB-XA-4", since="01/7/2023", order=4), unit("DB-XA-5", since="01/7/2023", order=5)
SPLIT = office(
    WHOLE,
    P,
    Q,
    thon={"DB-XA-9": "W1 Bản Mai", "DB-XA-4": "P1 Bản Mai", "DB-XA-5": "Q1 Bản Đào"},
    mergers=[("DB-XA-9", "DB-XA-4", "01/7/2023"), ("DB-XA-9", "DB-XA-5", "01/7/2023")],
)
NOTHING = "B3 B5 B6 B7 B8 B9a B9b B10"


def of_part(who: Unit, period: str, *lines: str, **sheets: str) -> Return:
    own = SPLIT.hamlets_of(who.code, quarter(period).last_day)[0].code
    table = b2("\n".join([LINE, *lines]), ma_thon=own)
    ticks = " ".join(name for name in NOTHING.split() if name not in sheets)
    return form(who, period, {"B2": table, "B4": f"| ma_thon |\n| {own} |", **sheets}, ticks=ticks)


OF_WHOLE = [model(number, state, code=f"MH-DB-XA-9-00{number}") for number, state in ((1, "Duy trì"), (2, "Đăng ký"))]
BEFORE = of_part(WHOLE, "2023-Q2", *OF_WHOLE, model(3, "Dừng", changed="05/05/2023", code="MH-DB-XA-9-003"))


def in_part(
    who: Unit, *lines: str, before: Sequence[Return] = (BEFORE,), period: str = "2023-Q3", **more: str
) -> list[str]:
    return told(checked(who, SPLIT, period, of_part(who, period, *lines, **more), before).findings)


def test_a_part_lists_the_models_of_the_whole_that_are_its_own() -> None:
    assert in_part(P, OF_WHOLE[0]) == []
    assert in_part(Q, OF_WHOLE[1]) == []  # and owes none of the other's
    review = b3("| ma_mo_hinh |\n| MH-DB-XA-9-001 |")
    assert in_part(P, OF_WHOLE[0], B3=review) == []


def test_what_the_whole_had_said_of_a_model_still_holds() -> None:
    back = model(1, "Đăng ký", code="MH-DB-XA-9-001")
    assert in_part(P, back) == ["K07 STATE_CHANGE Chặn B2 X7 trang_thai"]
    assert in_part(P, model(3, code="MH-DB-XA-9-003")) == ["K07 ENDED_BEFORE Chặn B2 X7 trang_thai"]


def test_once_listed_a_model_of_the_whole_is_the_part_s_own_to_keep() -> None:
    first = of_part(P, "2023-Q3", *OF_WHOLE)
    got = in_part(P, OF_WHOLE[1], before=(BEFORE, first), period="2023-Q4")
    assert got == ["K08 MODEL_GONE Chặn B2 ma_mo_hinh"]
    # what the other part has listed is not this one's to review
    review = b3("| ma_mo_hinh | ngay_danh_gia |\n| MH-DB-XA-9-001 | 05/11/2023 |")
    listed = of_part(Q, "2023-Q3", OF_WHOLE[0])
    assert "K21 UNKNOWN_MODEL Chặn B3 B7 ma_mo_hinh" in in_part(
        P, OF_WHOLE[1], before=(BEFORE, listed), period="2023-Q4", B3=review
    )


def test_another_unit_s_code_is_no_code_of_a_part() -> None:
    assert in_part(P, model(1, code="MH-DB-XA-4-001")) == []
    assert in_part(P, model(1, code="MH-DB-XA-5-001"))[0] == "K21 NOT_OWN_CODE Chặn B2 B7 ma_mo_hinh"
    news = b6("| ma_mo_hinh |\n| MH-DB-XA-9-002 |")
    assert in_part(P, OF_WHOLE[0], B6=news, before=(BEFORE, of_part(Q, "2023-Q3", OF_WHOLE[1]))) == []


GIVER, TAKER = unit("DB-XA-6", order=6), unit("DB-XA-7", order=7)
GIVEN = office(
    GIVER, TAKER, thon={"DB-XA-6": "G1 Bản A", "DB-XA-7": "K1 Bản B"}, mergers=[("DB-XA-6", "DB-XA-7", "01/7/2023")]
)


def test_a_model_that_a_unit_has_given_away_by_a_declared_merger_is_not_missed_where_it_was() -> None:
    """The giver goes on existing; whether the taker sends in the same quarter or has sent before is the same."""

    def of(who: Unit, period: str, *numbers: int) -> Return:
        own = GIVEN.hamlets_of(who.code, quarter(period).last_day)[0].code
        lines = [model(number, code=f"MH-DB-XA-6-00{number}") for number in numbers]
        sheets = {"B2": b2("\n".join([LINE, *lines]), ma_thon=own), "B4": f"| ma_thon |\n| {own} |"}
        return form(who, period, sheets, ticks=NOTHING)

    before, kept, taken = of(GIVER, "2023-Q2", 1, 2), of(GIVER, "2023-Q3", 1), of(TAKER, "2023-Q3", 2)
    gone = ["K08 MODEL_GONE Chặn B2 ma_mo_hinh"]
    history = [PastQuarter(quarter("2023-Q2"), {GIVER.code: used(before)}, {})]

    def judged_in(third: Return, listed: dict[str, frozenset[str]]) -> list[str]:
        return told(judge(PLAN, GIVEN, quarter(third.period), third, history, listed).findings)

    assert judged_in(kept, {}) == gone
    assert judged_in(kept, {TAKER.code: frozenset({"mh-db-xa-6-002"})}) == []
    assert judged_in(taken, {GIVER.code: frozenset({"mh-db-xa-6-001"})}) == []
    history.append(PastQuarter(quarter("2023-Q3"), {GIVER.code: used(kept), TAKER.code: used(taken)}, {}))
    assert judged_in(of(GIVER, "2023-Q4", 1), {}) == []
    assert judged_in(of(TAKER, "2023-Q4", 1), {})[:1] == gone  # it listed 2, and must go on listing it


# --- K33 ---


def year_apart(then: dict[str, object], now: dict[str, object], between: dict[str, object] | None = None) -> list[str]:
    """K13 and K33 on the third quarter of 2023. ``between``: what the quarter before it said; None: it sent nothing."""
    past = [sent(models(model(1)), "2022-Q3", b1(**then))]
    past += [] if between is None else [sent(models(model(1)), "2023-Q2", b1(**between))]
    got = checked(XA, REGISTER, "2023-Q3", sent(models(model(1)), b1_text=b1(**now)), past).findings
    return [f"{f.code} {f.cell} {f.key}" for f in got if f.code in ("K13", "K33")]


@pytest.mark.parametrize(
    ("key", "then", "between", "now", "told_"),
    [
        ("so_cuoc_tuyen_truyen", 12, 20, 36, []),  # exactly three times
        ("so_cuoc_tuyen_truyen", 12, 20, 37, ["K33 C14 so_cuoc_tuyen_truyen"]),
        ("so_cuoc_tuyen_truyen", 30, 20, 10, []),  # exactly a third
        ("so_cuoc_tuyen_truyen", 31, 20, 10, ["K33 C14 so_cuoc_tuyen_truyen"]),
        ("so_cuoc_tuyen_truyen", 1, 2, 5, []),  # four more
        ("so_cuoc_tuyen_truyen", 1, 2, 6, ["K33 C14 so_cuoc_tuyen_truyen"]),
        ("so_cuoc_tuyen_truyen", 0, 20, 60, []),  # no ratio
        ("so_cuoc_tuyen_truyen", 12, 2, 37, ["K13 C14 so_cuoc_tuyen_truyen"]),  # asked once
        ("tong_so_dang_vien", 210, 600, 700, ["K33 C10 tong_so_dang_vien"]),
        ("so_dang_vien_duoc_pho_bien", 20, 60, 100, []),  # progress towards the whole
        ("so_luot_nhan_dan", 30, 90, 200, []),  # an optional head count
    ],
)
def test_a_number_far_from_that_of_last_year(key: str, then: int, between: int, now: int, told_: list[str]) -> None:
    assert year_apart({key: then}, {key: now}, {key: between}) == told_


def test_what_is_said_of_last_year() -> None:
    past = [
        sent(models(model(1)), period, b1(so_cuoc_tuyen_truyen=n)) for period, n in (("2022-Q3", 12), ("2023-Q2", 20))
    ]
    got = found(sent(models(model(1)), b1_text=b1(so_cuoc_tuyen_truyen=40)), *past)
    assert told(got) == ["K33 UNLIKE_LAST_YEAR Cảnh báo B1 C14 so_cuoc_tuyen_truyen"]
    assert got[0].text == (
        "Ô “Số cuộc tuyên truyền tới Nhân dân trong kỳ” ghi 40, trong khi quý III năm 2022 ghi 12: tăng quá 3 lần."
    )


def test_another_quarter_of_last_year_is_not_compared() -> None:
    past = [
        sent(models(model(1)), period, b1(so_cuoc_tuyen_truyen=n)) for period, n in (("2022-Q4", 12), ("2023-Q2", 20))
    ]
    assert told(found(sent(models(model(1)), b1_text=b1(so_cuoc_tuyen_truyen=40)), *past)) == []


def test_what_was_stopped_or_blank_last_year_is_not_compared() -> None:
    now = sent(models(model(1)), b1_text=b1(so_cuoc_tuyen_truyen=40))

    def against_last_year(b1_text: str, *stops_then: Stop) -> list[str]:
        then = PastQuarter(
            quarter("2022-Q3"), {"DB-XA-1": used(sent(models(model(1)), "2022-Q3", b1_text), stops_then)}, {}
        )
        past = past_of(PLAN, REGISTER, XA, [then], quarter("2023-Q3"))
        return [f.code for f in check_return(Case(PLAN, now, quarter("2023-Q3"), REGISTER, XA, past)).findings]

    # The last used return is that of a year ago: K13 asks, and with it nobody asks twice.
    assert "K13" in against_last_year(b1(so_cuoc_tuyen_truyen=12))
    plain = [code for code in against_last_year(b1(so_cuoc_tuyen_truyen=40)) if code in ("K13", "K33")]
    assert plain == []
    for text, stopped in (
        (b1(so_cuoc_tuyen_truyen=""), []),
        (b1(so_cuoc_tuyen_truyen="mười hai"), []),
        (b1(so_cuoc_tuyen_truyen=12), [Stop("B1", 0, "so_cuoc_tuyen_truyen")]),
        (b1(so_cuoc_tuyen_truyen=12), [Stop("B1")]),
    ):
        assert {"K13", "K33"}.isdisjoint(against_last_year(text, *stopped))


def last_year_of_merged(**returns: int) -> list[str]:
    """DB-XA-2 took in DB-XA-3 on 01/7/2023; DB-XA-4 had been there before. What each said of 2022-Q3."""
    four = unit("DB-XA-4", order=3)
    two = unit("DB-XA-2", order=1)
    old = unit("DB-XA-3", until="30/6/2023", order=2)
    register = office(two, old, four, mergers=[("DB-XA-3", "DB-XA-2", "01/7/2023")])
    sheets = {name.replace("_", "-"): b1(so_cuoc_tuyen_truyen=n) for name, n in returns.items()}
    senders = {item.code: item for item in (two, old, four)}
    then = {
        code: used(form(senders[code], "2022-Q3", {"B1": text}, ticks="B2 B3 B5 B6 B7 B8 B9b B10"))
        for code, text in sheets.items()
    }
    before = {"DB-XA-2": used(form(two, "2023-Q2", {"B1": b1(so_cuoc_tuyen_truyen=20)}, ticks="B2 B3 B5"))}
    history = [PastQuarter(quarter("2022-Q3"), then, {}), PastQuarter(quarter("2023-Q2"), before, {})]
    now = form(two, "2023-Q3", {"B1": b1(so_cuoc_tuyen_truyen=40)}, ticks="B2 B3 B5 B6 B7 B8 B9b B10")
    got = judge(PLAN, register, quarter("2023-Q3"), now, history).findings
    return [f.text for f in got if f.code == "K33"]


def test_last_year_of_units_that_were_merged_is_added_up() -> None:
    assert last_year_of_merged(DB_XA_2=8, DB_XA_3=6) == []  # three times 14 is 42
    assert last_year_of_merged(DB_XA_2=6, DB_XA_3=6) == [
        "Ô “Số cuộc tuyên truyền tới Nhân dân trong kỳ” ghi 40, trong khi quý III năm 2022 các đơn vị nay đã nhập lại "
        "cộng chung ghi 12: tăng quá 3 lần."
    ]
    assert last_year_of_merged(DB_XA_2=6) == []  # the other one did not report then
    assert last_year_of_merged(DB_XA_4=1) == []


def test_a_rule_that_the_plan_does_not_have_is_not_run() -> None:
    assert PLAN.limit("cung_ky_lan", quarter("2022-Q1").first_day) is None
    assert PLAN.limit("cung_ky_lan", quarter("2023-Q3").last_day) == 3
