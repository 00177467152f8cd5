"""Sheets that are due, absent or ticked: K22, K23, T01."""

from __future__ import annotations

from tests.checks.commune import (
    BDV,
    EMPTY_B1,
    NIL,
    findings,
    found,
    sent,
    stopped,
)
from tests.support.build import (
    b1,
    b2,
    b5,
    b6,
    told,
)


def test_a_due_sheet_has_a_row_or_the_tick() -> None:
    """K22 at the tick; it stops the sheet and nothing else."""
    item = sent(ticked="B3")
    assert told(findings(item)) == [
        "K22 NOT_REPORTED Chặn BIA C21 khong_phat_sinh_b2",
        "K22 NOT_REPORTED Chặn BIA C28 khong_phat_sinh_b9b",
    ]
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
    assert found({"B2": awake}, ticked="B9b") == ["K22 NOT_REPORTED Chặn BIA C22 khong_phat_sinh_b3"]
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
    assert told(findings(absent)) == ["K22 NOT_REPORTED Chặn BIA C21 khong_phat_sinh_b2"]
    assert stopped(absent) == {"B2"}
    other = sent(absent=["B6"])
    assert told(findings(other)) == ["T01 SHEET_ABSENT Chặn B6"]
    assert stopped(other) == {"B6"}


def test_the_absent_words_of_b11_warn_and_stop_nothing() -> None:
    item = sent(absent=["B11"])
    assert told(findings(item)) == ["T01 SHEET_ABSENT Cảnh báo B11"]
    assert stopped(item) == set()


def test_a_tick_against_rows() -> None:
    item = sent({"B2": b2("| ma_thon |\n| T1 |")}, ticked="B2 B3 B9b")
    assert told(findings(item)) == ["K23 TICK_AGAINST_ROWS Cảnh báo BIA C21 khong_phat_sinh_b2"]
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
        "K23 NIL_AGAINST_ROWS Cảnh báo BIA C11 loai_bao_cao",
        "K23 NIL_AGAINST_ROWS Cảnh báo BIA C11 loai_bao_cao",
        "K23 NIL_AGAINST_ROWS Cảnh báo BIA C21 khong_phat_sinh_b2",
    ]
    assert expected == sorted(told(findings(nil, before=[earlier])))
    assert stopped(nil, before=[earlier]) == set()


def test_rows_printed_beforehand_and_left_unchanged_are_no_rows_against_the_nil_word() -> None:
    models = {"B2": b2("| ma_mo_hinh |\n| MH-DB-XA-1-001 |\n| MH-DB-XA-1-002 |")}
    earlier = sent(models, period="2023-Q2")
    assert told(findings(sent({"B1": EMPTY_B1, **models}, ticked="", bia=NIL), before=[earlier])) == []


def test_what_the_form_prints_otherwise_than_it_was_sent_is_left_unchanged_too() -> None:
    """A cell that was not understood is printed blank, a thôn by its code, a model of an older list once more."""
    first = sent({"B2": b2("| ma_mo_hinh | so_ho |\n| MH-DB-XA-1-002 | |")}, period="2023-Q1")
    last = sent({"B2": b2("| ma_mo_hinh | so_ho | ma_thon |\n| MH-DB-XA-1-001 | ba | Bản Rịa |")}, period="2023-Q2")
    printed = b2("| ma_mo_hinh | so_ho | ma_thon |\n| MH-DB-XA-1-001 | | T1 |\n| MH-DB-XA-1-002 | | T1 |")
    nil = sent({"B1": EMPTY_B1, "B2": printed}, ticked="", bia=NIL)
    assert told(findings(nil, before=[first, last])) == []
    changed = sent({"B1": EMPTY_B1, "B2": printed.replace("T1", "T2")}, ticked="", bia=NIL)
    assert [line.split()[0] for line in told(findings(changed, before=[first, last]))] == ["K23"]


def test_a_snapshot_that_was_not_understood_then_cannot_be_carried() -> None:
    wrong = sent({"B1": b1(tong_so_dang_vien="hai trăm")}, period="2023-Q2")
    nil = sent({"B1": EMPTY_B1}, ticked="", bia=NIL)
    assert told(findings(nil, before=[wrong])) == ["K02 NIL_SNAPSHOT Cảnh báo B1 C10 tong_so_dang_vien"]


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


def test_a_nil_report_that_names_its_plan_lacks_none() -> None:
    nil = sent({"B1": "| so_ke_hoach | 12-KH/ĐU |\n| ngay_ke_hoach | 10/01/2023 |"}, ticked="", bia=NIL)
    assert "so_ke_hoach" not in {finding.key for finding in findings(nil)}


def test_one_nil_report_after_another_still_carries() -> None:
    """Quarter I is full, II and III are nil: III is told nothing: no blank, no row against it."""
    models = {"B2": b2("| ma_thon |\n| T1 |")}
    full = sent(models, period="2023-Q1")
    silent = sent({"B1": EMPTY_B1}, period="2023-Q2", ticked="", bia=NIL)
    again = sent({"B1": EMPTY_B1, **models}, ticked="", bia=NIL)
    assert told(findings(again, before=[full, silent])) == []
