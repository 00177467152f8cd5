"""What a line is and what a value may be, on a filled form: every line and value is right, or stopped and said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from dvk_reports.intake.form.values import ValueParser
from dvk_reports.intake.readers.raw import RawBook, RawCell, RawValue
from dvk_reports.model.returns import FormSheet
from dvk_reports.model.values import Cell, Row
from dvk_reports.run.steps.judge import judge
from tests.support.raw_forms import BOOK, PLAN, QUARTER, REGISTER, TOTAL, UNIT, copy_of, edited, form, line_of


def told(book: RawBook, *sheets: str, day: date = date(2023, 10, 12)) -> list[str]:
    """``code level sheet cell`` of the findings of some sheets, all rules run."""
    findings = judge(PLAN, REGISTER, QUARTER, form(book), day=day).findings
    return [f"{f.code} {f.level.value} {f.sheet} {f.cell}".rstrip() for f in findings if f.sheet in sheets]


def money(book: RawBook) -> list[object]:
    return [row.typed("thuc_hien") for row in form(book).sheets["B10"].rows]


# --- what is a row ---


def test_the_form_itself_has_nothing_to_tell() -> None:
    assert told(BOOK, "B10", "B1") == []
    assert money(BOOK) == [Decimal("33.5")]


@pytest.mark.parametrize(
    ("cells", "finding"),
    [
        ({"B9": "Tổng cộng", "D9": 40, "E9": 33.5}, "K27 Ghi chú B10 B9"),
        ({"B9": "TỔNG CỘNG:", "E9": "33,5"}, "K27 Ghi chú B10 B9"),
        ({"B9": "Cộng mục I", "E9": RawCell(None, formula=True)}, "K27 Ghi chú B10 B9"),
        ({"A9": "Tổng", "E9": 33.5}, "K27 Ghi chú B10 A9"),
        ({"B9": "I. Tổng số (1+2)"}, "K27 Ghi chú B10 B9"),
        ({"B9": "Tổng cộng: 33,5"}, "K27 Ghi chú B10 B9"),
        ({"B9": "Cộng", "C9": "NSNN cấp xã", "E9": 33.5, "I9": "ba mươi ba triệu rưỡi"}, "K27 Ghi chú B10 B9"),
        ({"B9": "Nội dung chi", "C9": "Nguồn", "E9": "Thực hiện (triệu đồng)"}, "K27 Ghi chú B10 B9"),
        ({"B9": "Tổng cộng toàn xã", "E9": 33.5}, "K27 Ghi chú B10 B9"),
        ({"B9": "Cộng quý III", "E9": 33.5}, "K27 Ghi chú B10 B9"),
        ({"B9": "2. Tổng số tiền đã chi", "D9": 40, "E9": 33.5}, "K27 Ghi chú B10 B9"),
        ({"B9": "Tổng 3 khoản", "E9": 33.5}, "K27 Ghi chú B10 B9"),
        ({"B9": "Cộng: 3 khoản"}, "K27 Ghi chú B10 B9"),
        ({"B9": "∑", "E9": 33.5}, "K27 Ghi chú B10 B9"),
        ({"B9": "-", "C9": "–", "E9": "-"}, "K27 Ghi chú B10 B9"),
        ({"B9": "…", "E9": "..."}, "K27 Ghi chú B10 B9"),
        ({"B9": "II. LĨNH VỰC KINH TẾ"}, "K27 Cảnh báo B10 B9"),
        ({"A9": "II. LĨNH VỰC KINH TẾ"}, "K27 Cảnh báo B10 A9"),
        ({"B9": "Hội nghị tổng kết", "I9": "chưa chi"}, "K27 Cảnh báo B10 B9"),
        ({f"B{TOTAL + 2}": "NGƯỜI LẬP BIỂU", f"E{TOTAL + 2}": "THỦ TRƯỞNG ĐƠN VỊ"}, f"K27 Ghi chú B10 B{TOTAL + 2}"),
        ({f"C{TOTAL + 1}": "Tân Tiến, ngày 30 tháng 9 năm 2023"}, f"K27 Ghi chú B10 C{TOTAL + 1}"),
    ],
)
def test_a_line_that_is_no_record(cells: Mapping[str, RawValue], finding: str) -> None:
    book = edited("B10", cells)
    assert money(book) == [Decimal("33.5")]
    assert told(book, "B10") == [finding]


def test_three_lines_of_signatures_are_told_once() -> None:
    at = TOTAL + 2
    lines = {
        f"B{at}": "NGƯỜI LẬP BIỂU",
        f"E{at}": "T/M BAN THƯỜNG VỤ",
        f"B{at + 1}": "(Ký, ghi rõ họ tên)",
        f"E{at + 1}": "BÍ THƯ",
        f"B{at + 4}": "Nguyễn Văn A",
        f"E{at + 4}": "Trần Thị B",
    }
    book = edited("B10", lines)
    assert money(book) == [Decimal("33.5")]
    assert told(book, "B10") == [f"K27 Ghi chú B10 B{at}"]


@pytest.mark.parametrize(
    ("cells", "findings"),
    [
        ({"B9": "Tổng vệ sinh đường làng", "C9": "Khác", "E9": 2}, []),
        ({"B9": "Cộng tác viên", "C9": "Khác", "E9": 2}, []),
        ({"B9": "Tổng cộng tác viên", "C9": "Khác", "E9": 2}, []),
        ({"B9": "Tổng kết phong trào", "E9": 2}, ["K02 Chặn B10 C9"]),
        ({"B9": "Mua vật tư", "C9": "Khác", "E9": 2, "I9": "Tổng cộng"}, []),
        ({"E9": 2}, ["K02 Chặn B10 B9", "K02 Chặn B10 C9"]),
        ({"B9": "Chi khác", "C9": "Khác"}, ["K02 Chặn B10 E9"]),
        ({f"B{TOTAL + 1}": "Chi", f"C{TOTAL + 1}": "Khác", f"E{TOTAL + 1}": 2}, [f"K27 Cảnh báo B10 A{TOTAL + 1}"]),
    ],
)
def test_a_line_that_is_a_record(cells: Mapping[str, RawValue], findings: list[str]) -> None:
    book = edited("B10", cells)
    assert len(money(book)) == 2
    assert told(book, "B10") == findings


def test_a_heading_among_models_whose_code_is_pre_printed() -> None:
    book = edited("B2", {"A9": 2, "B9": "MH-DB-XA-02950-002", "C9": "II. LĨNH VỰC KINH TẾ"})
    assert form(book).sheets["B2"].rows == ()
    assert told(book, "B2") == ["K27 Cảnh báo B2 C9"]


@pytest.mark.parametrize("word", ["Không phát sinh", "KHÔNG", "Khong co.", "không có phát sinh"])
def test_a_nil_word_alone_is_the_tick(word: str) -> None:
    book = edited("B6", {"C8": word, "F8": "-"})
    found = form(book)
    assert found.sheets["B6"].rows == ()
    assert found.sheets["BIA"].rows[0].typed("khong_phat_sinh_b6") is True
    assert told(book, "B6") == ["K23 Ghi chú B6 C8"]


def test_a_nil_word_beside_records_says_nothing() -> None:
    book = edited("B10", {"B9": "Không phát sinh"})
    assert money(book) == [Decimal("33.5")]
    assert form(book).sheets["BIA"].rows[0].typed("khong_phat_sinh_b10") is None
    assert told(book, "B10") == ["K23 Cảnh báo B10 B9"]


@pytest.mark.parametrize(
    ("total", "findings"),
    [(33.5, []), (45.5, []), (60, ["K05 Cảnh báo B10 E{}"]), (RawCell(60, formula=True), [])],
)
def test_a_total_that_a_formula_would_show_is_not_called_wrong(total: RawValue, findings: list[str]) -> None:
    """A formula leaves out the number typed as a text: 33,5, where the lines add up to 45,5."""
    book = edited("B10", {"B9": "Sơ kết", "C9": "Khác", "E9": "12,0", f"E{TOTAL}": total})
    assert [line for line in told(book, "B10") if line[:3] != "T08"] == [line.format(TOTAL) for line in findings]


# --- where nothing is read ---


EMPTY = {"B8": None, "C8": None, "E8": None}


def test_a_second_copy_of_a_sheet() -> None:
    only_the_copy = copy_of(edited("B10", EMPTY), "B10", "B10 (2)", {})
    assert money(only_the_copy) == [Decimal("33.5")]
    assert told(only_the_copy, "B10") == ["K31 Cảnh báo B10 B8"]
    assert "“B10 (2)”" in form(only_the_copy).findings[0].text
    equal = copy_of(BOOK, "B10", "B10 (2)", {})
    assert (money(equal), told(equal, "B10")) == ([Decimal("33.5")], ["K31 Ghi chú B10 B8"])
    left_blank = copy_of(BOOK, "B10", "B10 (2)", EMPTY)
    assert (money(left_blank), told(left_blank, "B10")) == ([Decimal("33.5")], ["K31 Ghi chú B10 B8"])
    other = copy_of(BOOK, "B10", "B10 (2)", {"E8": 40})
    assert told(other, "B10") == ["K31 Chặn B10 B8"]
    stops = [stop for finding in form(other).findings for stop in finding.stops]
    assert [(stop.sheet, stop.key) for stop in stops] == [("B10", "")]


def test_a_second_copy_of_a_sheet_of_cells() -> None:
    row = line_of("so_luot_nhan_dan")
    fuller = copy_of(BOOK, "B1", "B1 (2)", {f"C{row}": 350})
    assert form(fuller).sheets["B1"].rows[0].typed("so_luot_nhan_dan") == 350
    assert told(fuller, "B1") == ["K31 Cảnh báo B1 C8"]
    other = copy_of(BOOK, "B1", "B1 (2)", {f"C{line_of('tong_so_chi_bo')}": 11})
    assert told(other, "B1") == ["K31 Chặn B1 C8"]


def test_a_value_beside_its_cell() -> None:
    row = line_of("so_luot_nhan_dan")
    for column, value in (("D", 350), ("E", "350"), ("D", "có 350 lượt"), ("G", "x")):
        book = edited("B1", {f"{column}{row}": value})
        assert told(book, "B1") == [f"K31 Cảnh báo B1 {column}{row}"]
        assert form(book).sheets["B1"].rows[0].typed("so_luot_nhan_dan") is None


def test_a_number_on_a_line_without_a_field() -> None:
    """Below the last line, or on a free one: told by its cell; words there are nobody's value."""
    last = max(row for row, _ in next(raw for raw in BOOK.sheets if raw.name == "B1").cells)
    for value, found in ((350, ["K31 Cảnh báo B1 C{}"]), (date(2023, 9, 1), ["K31 Cảnh báo B1 C{}"]), ("350 lượt", [])):
        book = edited("B1", {f"C{last + 1}": value})
        assert told(book, "B1") == [line.format(last + 1) for line in found]


def test_captions_moved_without_their_hidden_keys_stop_the_sheet() -> None:
    """Dự toán and Thực hiện change places, but for row 1: nobody knows which number is which."""
    heads = [next(raw for raw in BOOK.sheets if raw.name == "B10").cells[6, col].value for col in (4, 5)]
    (finding,) = [item for item in form(edited("B10", {"D6": heads[1], "E6": heads[0]})).findings if item.stops]
    assert (finding.code, finding.stops[0].key) == ("T02", "")
    assert "tiêu đề ở cột D, E không khớp dòng đầu đang ẩn" in finding.text
    both = edited("B10", {"D6": heads[1], "E6": heads[0], "D1": "thuc_hien", "E1": "du_toan"})
    assert [item.code for item in form(both).findings] == ["T03"]


def test_a_value_under_a_merged_cell() -> None:
    book = edited("B10", {"F8": 7, "D8": 40}, merged=((8, 4, 8, 6),))
    found = form(book).sheets["B10"].rows[0]
    assert (found.typed("du_toan"), found.typed("thuc_hien"), found.typed("hien_vat")) == (40, None, None)
    assert told(book, "B10") == ["K02 Chặn B10 E8", "K31 Cảnh báo B10 E8", "K31 Cảnh báo B10 F8"]


# --- bounds ---


@pytest.mark.parametrize(
    ("value", "finding"),
    [
        (100_000, "K18 Cảnh báo"),
        (100_000.5, "K28 Chặn"),
        (1e308, "K28 Chặn"),
        ("9" * 400, "K28 Chặn"),
        (10**30, "K28 Chặn"),
        ("0,1234567890123456", "K28 Chặn"),
        (1e-300, "K28 Chặn"),
        (float("inf"), "K04 Chặn"),
        (float("nan"), "K04 Chặn"),
    ],
)
def test_a_number_is_finite_and_inside_its_bounds(value: RawValue, finding: str) -> None:
    assert told(edited("B10", {"E8": value}), "B10") == [f"{finding} B10 E8"]


@pytest.mark.parametrize(("value", "findings"), [(10_000_000, []), (10_000_001, ["K28 Chặn B1 C{}"])])
def test_a_count_is_inside_its_bounds(value: int, findings: list[str]) -> None:
    row = line_of("so_luot_nhan_dan")
    assert told(edited("B1", {f"C{row}": value}), "B1") == [finding.format(row) for finding in findings]


@pytest.mark.parametrize(
    ("value", "finding"),
    [
        (date(2010, 1, 1), ""),
        (date(2023, 9, 30), ""),
        (date(2009, 12, 31), "K11 Chặn"),
        (date(2023, 10, 1), "K11 Chặn"),
        (date(1899, 12, 25), "K11 Chặn"),
        (date(9999, 12, 31), "K11 Chặn"),
        (date(1905, 7, 15), "K11 Chặn"),
        (2023, "K11 Chặn"),
        ("2023", "K11 Chặn"),
        ("5/9/23", "T08 Ghi chú"),
        ("05/08/2023 00:00:00", "T08 Ghi chú"),
        ("5/9/30", "K04 Chặn"),
    ],
)
def test_a_day_is_inside_its_bounds(value: RawValue, finding: str) -> None:
    plan, row = line_of("so_ke_hoach"), line_of("ngay_ke_hoach")
    expected = [f"{finding} B1 C{row}"] if finding else []
    assert told(edited("B1", {f"C{plan}": "12-KH/ĐU", f"C{row}": value}), "B1") == expected


@pytest.mark.parametrize("value", [1975, "1975", date(1905, 5, 28)])
def test_a_year_of_birth_is_no_day_of_1905(value: RawValue) -> None:
    """28/5/1905, as Excel shows 1975 there, lies inside the bounds of a day of birth."""
    raw = ValueParser(PLAN, UNIT.code, end=QUARTER.last_day)
    spec = PLAN.sheets["B9b"]
    typed = raw.value(spec, spec.fields["ngay_sinh"], RawCell(value), Cell("f", "B9b", 8, 5), 8)
    row = Row("B9b", 8, {"ngay_sinh": typed})
    case = form(BOOK)
    case = replace(case, sheets={**case.sheets, "B9b": FormSheet("B9b", "B9b", "2022.1", (row,), {})})
    found = [*raw.findings, *judge(PLAN, REGISTER, QUARTER, case).findings]
    assert [item.text for item in found if item.code == "K11"] == [
        "Ô “Ngày sinh” ghi 1975, chỉ là năm, thiếu ngày và tháng."
    ]


def test_a_day_after_the_period_may_have_a_year_of_two_digits() -> None:
    row = line_of("ngay_ky", "BIA")
    book = edited("BIA", {f"C{row}": "12/10/23"})
    assert form(book).sheets["BIA"].rows[0].typed("ngay_ky") == date(2023, 10, 12)
    assert f"T08 Ghi chú BIA C{row}" in told(book, "BIA")


def test_the_version_of_the_form_typed_as_a_number() -> None:
    assert form(edited("BIA", {f"C{line_of('ma_mau', 'BIA')}": 2022.1})).form == "2022.1"


@pytest.mark.parametrize("number_format", ['0"%"', "0\\%", '#,##0" %"'])
def test_a_percent_sign_that_is_only_written_behind_the_number(number_format: str) -> None:
    (finding,) = form(edited("B10", {"E8": RawCell(98, number_format=number_format)})).findings
    assert (finding.code, finding.raw) == ("K20", "98%")


@pytest.mark.parametrize("value", [2023, "2023", date(1905, 7, 15)])
def test_what_a_year_in_a_day_says(value: RawValue) -> None:
    plan, row = line_of("so_ke_hoach"), line_of("ngay_ke_hoach")
    book = edited("B1", {f"C{plan}": "12-KH/ĐU", f"C{row}": value})
    findings = judge(PLAN, REGISTER, QUARTER, form(book)).findings
    (finding,) = [item for item in findings if item.code == "K11"]
    assert finding.text == "Ô “Ngày ban hành kế hoạch” ghi 2023, chỉ là năm, thiếu ngày và tháng."
    assert finding.remedy == "Ghi đủ ngày/tháng/năm, ví dụ 30/9/2023."
    assert [stop.key for stop in finding.stops] == ["ngay_ke_hoach"]


@pytest.mark.parametrize("key", ["ngay_chot", "ngay_ky"])
def test_a_return_is_closed_and_signed_by_the_day_of_the_run(key: str) -> None:
    row = line_of(key, "BIA")
    book = edited("BIA", {f"C{row}": date(2023, 10, 12)})
    assert f"K11 Chặn BIA C{row}" not in told(book, "BIA")
    assert f"K11 Chặn BIA C{row}" in told(book, "BIA", day=date(2023, 10, 11))


# --- looks that deceive ---


@pytest.mark.parametrize(
    ("value", "number_format", "findings"),
    [
        (2500, "0,0,", ["K29 Cảnh báo B10 E8"]),
        (2500, "#,##0.0,", ["K29 Cảnh báo B10 E8"]),
        (2500, '#"000"', ["K29 Cảnh báo B10 E8"]),
        (2500, ";;;", ["K29 Cảnh báo B10 E8"]),
        (2500, '[>=1000]0.0,"k";0', ["K29 Cảnh báo B10 E8"]),
        (25, '[>=1000]0.0,"k";0', []),
        (2500, "#,##0.00", []),
        (2500, '_-* #,##0\\ "₫"_-;-* #,##0\\ "₫"_-;_-* "-"??\\ "₫"_-;_-@_-', []),
        (0, '#,##0;-#,##0;"-"', []),
        (5, '0" m2"', []),
        (5, "", []),
    ],
)
def test_a_number_format_that_shows_another_size(value: float, number_format: str, findings: list[str]) -> None:
    book = edited("B10", {"E8": RawCell(value, number_format=number_format)})
    assert money(book) == [value]
    assert told(book, "B10") == findings


def test_a_day_in_a_column_of_numbers_and_symbols() -> None:
    book = edited("B10", {"H8": RawCell(date(2023, 9, 12), number_format="d-mmm"), "I8": date(2023, 9, 12)})
    assert form(book).sheets["B10"].rows[0].typed("chung_tu") == "12/09/2023"
    assert told(book, "B10") == ["K29 Cảnh báo B10 H8"]


def news(*days: RawValue) -> RawBook:
    cells: dict[str, RawValue | RawCell] = {}
    for row, day in enumerate(days, 8):
        cells |= {f"B{row}": day, f"C{row}": f"Tin {row}", f"D{row}": "Mạng xã hội", f"E{row}": "Tin"}
    return edited("B6", cells)


@pytest.mark.parametrize(
    ("days", "findings"),
    [
        ((date(2023, 7, 8), datetime(2023, 9, 7), "25/8/2023"), ["K29 Cảnh báo B6 B8"]),
        ((date(2023, 7, 8), date(2023, 9, 13), "25/8/2023"), []),
        ((date(2023, 7, 8), date(2023, 9, 7), "05/8/2023"), []),
        ((date(2023, 9, 9), "25/8/2023"), []),
    ],
)
def test_a_column_whose_days_and_months_may_have_changed_places(
    days: tuple[RawValue, ...], findings: list[str]
) -> None:
    assert [line for line in told(news(*days), "B6") if not line.startswith("T08")] == findings


# --- typed texts with one reading ---


@pytest.mark.parametrize("word", ["x", "X", "✓", "có", "CÓ", "co"])
def test_a_tick_in_another_writing(word: str) -> None:
    row = line_of("khong_phat_sinh_b2", "BIA")
    book = edited("BIA", {f"C{row}": word})
    assert form(book).sheets["BIA"].rows[0].typed("khong_phat_sinh_b2") is True
    assert f"T08 Ghi chú BIA C{row}" in told(book, "BIA")


@pytest.mark.parametrize("word", ["NSNN CẤP XÃ", "nsnn cap xa", "Nsnn  cấp xã"])
def test_a_label_without_tones_or_in_capitals(word: str) -> None:
    book = edited("B10", {"C8": word})
    assert form(book).sheets["B10"].rows[0].typed("nguon") == "NSNN cấp xã"
    assert told(book, "B10") == ["T08 Ghi chú B10 C8"]


@pytest.mark.parametrize("word", ["không áp dụng", "KHÔNG ÁP DỤNG.", "da tinh o noi khac"])
def test_a_mark_in_a_number_cell_that_need_not_be_filled_in(word: str) -> None:
    row, asked = line_of("so_luot_nhan_dan"), line_of("tong_so_chi_bo")
    value = form(edited("B1", {f"C{row}": word})).sheets["B1"].rows[0].values["so_luot_nhan_dan"]
    assert (value.blank, value.typed) == (False, "đã tính ở nơi khác" if word[0] == "d" else "không áp dụng")
    assert told(edited("B1", {f"C{row}": word}), "B1") in ([], [f"T08 Ghi chú B1 C{row}"])
    assert told(edited("B1", {f"C{asked}": word}), "B1") == [f"K04 Chặn B1 C{asked}"]


@pytest.mark.parametrize(("key", "typed"), [("tong_so_chi_bo", "1,234"), ("ngay_ke_hoach", "tháng 9")])
def test_what_a_remedy_advises_passes(key: str, typed: str) -> None:
    row = line_of(key)
    (finding,) = [item for item in form(edited("B1", {f"C{row}": typed})).findings if item.code == "K04"]
    advised = finding.remedy.rstrip(".").replace(": ", " ").split(" ")[-1]
    assert [item.code for item in form(edited("B1", {f"C{row}": advised})).findings] in ([], ["T08"])


def test_both_numbers_that_a_text_may_mean_are_offered_and_taken() -> None:
    (finding,) = form(edited("B10", {"E8": "1,234"})).findings
    assert finding.remedy == "Ghi lại để chỉ hiểu được một cách: 1234 hoặc 1,2340."
    assert [money(edited("B10", {"E8": text})) for text in ("1234", "1,2340")] == [[1234], [Decimal("1.234")]]
