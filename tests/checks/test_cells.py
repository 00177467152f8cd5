"""K03, K04, K20: what one cell may hold."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from dvk_reports.intake.form.values import ValueParser
from dvk_reports.intake.readers.raw import RawCell
from dvk_reports.model.values import Cell, Value
from tests.checks.commune import (
    REGISTER,
    TT,
    XA,
    alone,
    findings,
    found,
    sent,
    stopped,
)
from tests.support.build import (
    PLAN,
    b2,
    b5,
    b6,
    b10,
    checked,
    told,
)


def test_a_value_outside_its_list() -> None:
    assert alone("B2", b2("| linh_vuc |\n| Giao thông |")) == ["K03 NOT_IN_LIST Chặn B2 E7 linh_vuc"]
    assert alone("B2", b2("| mo_hinh_diem |\n| đúng |")) == ["K03 NOT_IN_LIST Chặn B2 W7 mo_hinh_diem"]


def test_a_label_in_another_spelling_is_read_and_told() -> None:
    assert alone("B2", b2("| linh_vuc |\n| văn hoá – xã hội |")) == ["T08 NORMALISED Ghi chú B2 E7 linh_vuc"]


def test_flags_of_one_kind_of_unit() -> None:
    assert alone("B2", b2("| co_ntm | co_dtvm |\n| Có | Có |")) == ["K03 KIND_ONLY Cảnh báo B2 G7 co_dtvm"]
    town = b2("| ma_mo_hinh | ma_thon | co_ntm | co_dtvm |\n| MH-DB-TT-1-001 | P1 | Có | Có |")
    assert found({"B2": town}, TT) == ["K03 KIND_ONLY Cảnh báo B2 F7 co_ntm"]
    assert alone("B2", b2("| co_dtvm |\n| Không |")) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12", ""),
        ("１２", "T08 NORMALISED Ghi chú"),
        ("1.234", "T08 NORMALISED Ghi chú"),
        ("1.234.567", "T08 NORMALISED Ghi chú"),
        ("1,234,567", "T08 NORMALISED Ghi chú"),
        ("1 234", "T08 NORMALISED Ghi chú"),
        ("1\u00a0234", "T08 NORMALISED Ghi chú"),
        ("12,0", "T08 NORMALISED Ghi chú"),
        ("12,5", "K04 NOT_WHOLE Chặn"),
        ("1,234", "K04 AMBIGUOUS_NUMBER Chặn"),
        ("-1", "K04 NEGATIVE Chặn"),
        ("khoảng 12", "K04 NOT_A_NUMBER Chặn"),
        ("12 lượt", "K04 NOT_A_NUMBER Chặn"),
        ("#REF!", "K04 ERROR_CELL Chặn"),
        ("=", "K04 NO_CACHED_VALUE Chặn"),
        ("12%", "K20 PERCENT Chặn"),
    ],
)
def test_what_a_whole_number_cell_may_hold(text: str, code: str) -> None:
    expected = [f"{code} B5 K7 so_luot"] if code else []
    assert expected == alone("B5", b5(f"| so_luot |\n| {text} |"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12,5", "T08 NORMALISED Ghi chú"),
        ("12.5", "T08 NORMALISED Ghi chú"),
        ("0", ""),
        ("1.234,5", "T08 NORMALISED Ghi chú"),
        ("1,234.5", "T08 NORMALISED Ghi chú"),
        ("1 234,5", "T08 NORMALISED Ghi chú"),
        ("1.234", "K04 AMBIGUOUS_NUMBER Chặn"),
        ("1,234", "K04 AMBIGUOUS_NUMBER Chặn"),
        ("1,5%", "K20 PERCENT Chặn"),
    ],
)
def test_what_a_number_cell_may_hold(text: str, code: str) -> None:
    money = b10(f"| nguon | thuc_hien | chung_tu |\n| NSNN cấp xã | {text} | x |")
    got = [line for line in alone("B10", money) if not line.startswith("K18")]
    assert got == ([f"{code} B10 E7 thuc_hien"] if code else [])


@pytest.mark.parametrize(("text", "fine"), [("5/9/2023", True), ("31/9/2023", False), ("tháng 9", False)])
def test_what_a_day_cell_may_hold(text: str, fine: bool) -> None:
    expected = ["T08 NORMALISED Ghi chú B6 B7 ngay"] if fine else ["K04 NOT_A_DATE Chặn B6 B7 ngay"]
    assert expected == alone("B6", b6(f"| ngay |\n| {text} |"))


def read(sheet: str, key: str, cell: RawCell) -> tuple[Value, list[str], list[str]]:
    """(value, what is told of it, what the unit is said to have written) of one cell as a workbook holds it."""
    spec = PLAN.sheets[sheet]
    parser = ValueParser(PLAN, "DB-XA-1")
    value = parser.value(spec, spec.fields[key], cell, Cell("a.xlsx", sheet, 7, 2), 7)
    return value, [f"{finding.code} {finding.rule}" for finding in parser.findings], [f.raw for f in parser.findings]


def test_a_percent_format_is_no_count() -> None:
    """0,85 shown as 85 %: told as the unit saw it."""
    value, findings, raw = read("B5", "so_luot", RawCell(0.85, number_format="0%"))
    assert (value.typed, findings, raw) == (None, ["K20 PERCENT"], ["85%"])


def test_a_year_typed_as_text_needs_no_note() -> None:
    for cell in (RawCell("2023"), RawCell(2023)):
        value, findings, _ = read("B9a", "nam_xet", cell)
        assert (value.typed, value.text, findings) == (2023, "2023", [])


def test_true_is_no_number() -> None:
    value, findings, raw = read("B5", "so_luot", RawCell(True))
    assert (value.typed, findings, raw) == (None, ["K04 NOT_A_NUMBER"], ["Có"])
    assert read("B5", "so_luot", RawCell(False))[2] == ["Không"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (datetime(2023, 9, 5), "05/09/2023"),
        (datetime(2023, 9, 5, 8, 30), "05/09/2023 08:30"),
        (date(2023, 9, 5), "05/09/2023"),
        (time(8, 30), "08:30:00"),
        (timedelta(hours=8), "8:00:00"),
        (912000111, "912000111"),
    ],
)
def test_what_is_no_text_is_kept_as_it_is_shown(cell: object, text: str) -> None:
    value, findings, _ = read("B2", "ten", RawCell(cell))
    assert (value.text, value.typed, findings) == (text, text, [])


@pytest.mark.parametrize(
    ("cell", "typed", "findings"),
    [
        (RawCell("Kinh tÕ", font=".VnTime"), "Kinh tế", ["T08 NORMALISED"]),
        (RawCell("Kinh tÕ", font="Times New Roman"), None, ["K03 NOT_IN_LIST"]),
        (RawCell(5), None, ["K03 NOT_IN_LIST"]),
    ],
)
def test_a_label_in_an_old_font_or_as_a_number(cell: RawCell, typed: str | None, findings: list[str]) -> None:
    value, told_of, _ = read("B2", "linh_vuc", cell)
    assert (value.typed, told_of) == (typed, findings)


def test_what_the_form_counts_itself_is_nobody_s_answer() -> None:
    """A formula, whatever its result, and an error of it are blank; a number typed over it is read."""
    for cell in (RawCell(5, formula=True), RawCell(None, formula=True), RawCell(None, error="#REF!")):
        value, findings, _ = read("B4", "so_mo_hinh", cell)
        assert (value.text, value.typed, findings) == ("", None, [])
    assert read("B4", "so_mo_hinh", RawCell(5))[0].typed == 5


def test_more_than_one_only_on_the_loudspeaker() -> None:
    assert alone("B6", b6("| so_luong |\n| 2 |")) == ["K04 MORE_THAN_ONE Chặn B6 I7 so_luong"]
    assert alone("B6", b6("| so_luong |\n| 1 |")) == []
    assert alone("B6", b6("| kenh | so_luong |\n| Loa truyền thanh cơ sở | 90 |")) == []
    unknown = ["K03 NOT_IN_LIST Chặn B6 D7 kenh"]  # and not K04 as well: the channel decides
    assert unknown == alone("B6", b6("| kenh | so_luong |\n| Zalo | 90 |"))


def test_a_version_that_cannot_be_read_stops_nothing_but_itself() -> None:
    """It ranks below all; alone it is used."""
    item = sent(bia={"phien_ban": "lần 1"})
    assert told(findings(item)) == ["K04 NOT_A_NUMBER Chặn BIA C9 phien_ban"]
    assert stopped(item) == {"BIA phien_ban"}
    assert not checked(XA, REGISTER, "2023-Q3", item).refused
