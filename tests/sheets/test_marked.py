"""The marked copy: what stands on it, how it is marked, and how answers are weighed."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from dvk_reports import consolidate
from dvk_reports.checks.answers import Before, apply_answers, closed, remember
from dvk_reports.intake.back.past import read_past
from dvk_reports.intake.form.returned import read_form
from dvk_reports.intake.readers.raw import RawCell
from dvk_reports.intake.readers.workbook import read_book
from dvk_reports.model.findings import Asked, Finding, Level
from dvk_reports.model.periods import Quarter
from dvk_reports.sheets.marked.workbook import MarkedCopy, marked_name, needs_copy, raised_version
from tests.intake.test_reading_forms import PLAN, QUARTER, REGISTER, UNIT
from tests.sheets.test_round_trip import CLEAN, OFFICE, ROWS, VALUES, cells, checked, copy_of, flawed, read, spoil
from tests.support.offices import edited, form_of
from tests.support.old_fonts import in_tcvn3
from tests.support.small_space import DAY, KY, put, sent

KEYS = [
    "muc",
    "ma_loi",
    "sheet",
    "o",
    "gia_tri",
    "noi_dung",
    "cach_sua",
    "giai_trinh",
    "khoa",
    "dong",
    "doi_tuong",
]
RED, ORANGE, BLUE = "FFFF9C9C", "FFFFC266", "FFBDD7EE"


def after(edit):
    return read(edited(CLEAN, edit))


def opened(data):
    return openpyxl.load_workbook(BytesIO(data))


SPOILT = after(spoil)
COPY = copy_of(SPOILT)
BOOK = opened(COPY)


def lines(book=BOOK):
    sheet = book["Cần sửa"]
    head = [cell.value for cell in sheet[1]]
    return [
        dict(zip(head, row, strict=True))
        for row in sheet.iter_rows(min_row=2, values_only=True)
        if row[0] in {level.value for level in Level}
    ]


def test_the_first_sheet_is_seen_first_and_its_keys_are_hidden():
    sheet = BOOK["Cần sửa"]
    assert BOOK.sheetnames[0] == "Cần sửa" and BOOK.active is sheet
    assert [cell.value for cell in sheet[1]] == KEYS and sheet.row_dimensions[1].hidden
    assert not any(other.sheet_view.tabSelected for other in BOOK.worksheets if other is not sheet)
    assert BOOK.sheetnames[1:] == opened(CLEAN).sheetnames
    # Only a line has something in column A, besides its hidden key.
    assert {cell.value for cell in sheet["A"][1:]} == {None, "Chặn", "Cảnh báo"}


def test_one_line_for_each_finding_blockers_first():
    found = checked(SPOILT)
    told = lines()
    assert len(told) == len(found)
    ranks = [[level.value for level in Level].index(line["muc"]) for line in told]
    assert ranks == sorted(ranks)
    assert all(line["noi_dung"] and line["cach_sua"] for line in told)
    (part,) = [line for line in told if line["khoa"] == "so_chi_bo_da_trien_khai"]
    assert (part["muc"], part["ma_loi"], part["sheet"], part["gia_tri"]) == ("Chặn", "K06", "B1", "12")


def test_each_cell_has_its_link_its_colour_and_its_note():
    sheet = BOOK["Cần sửa"]
    colours = {"Chặn": RED, "Cảnh báo": ORANGE, "Ghi chú": BLUE}
    edges = {"Chặn": "thick", "Cảnh báo": "mediumDashed", "Ghi chú": "dotted"}
    seen = set()
    for row in range(2, sheet.max_row + 1):
        level, where, a1 = (sheet.cell(row, col).value for col in (1, 3, 4))
        if level not in colours or not a1 or (where, a1) in seen:
            continue
        seen.add((where, a1))
        assert sheet.cell(row, 4).hyperlink.location == f"'{where}'!{a1}"
        cell = BOOK[where][a1]
        assert cell.fill.fgColor.rgb == colours[level]
        assert cell.border.left.style == edges[level]
        assert sheet.cell(row, 6).value in cell.comment.text and sheet.cell(row, 7).value in cell.comment.text
        assert not cell.protection.locked
    assert len(seen) >= 15


def test_what_is_not_marked_looks_as_in_any_form():
    clean = opened(CLEAN)
    where = cells(read(CLEAN))["B1", 0, "tong_so_dang_vien"].at.a1
    assert BOOK["B1"][where].fill.fgColor.rgb == clean["B1"][where].fill.fgColor.rgb
    assert BOOK["B1"][where].comment is None


def test_only_a_warning_is_asked_for_an_explanation():
    sheet = BOOK["Cần sửa"]
    column = KEYS.index("giai_trinh") + 1
    unlocked = {
        sheet.cell(row, 1).value: not sheet.cell(row, column).protection.locked
        for row in range(2, sheet.max_row + 1)
        if sheet.cell(row, 1).value
    }
    assert unlocked == {"Chặn": False, "Cảnh báo": True}
    assert sheet.protection.sheet


def test_it_prints_on_one_page_wide():
    sheet = BOOK["Cần sửa"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (9, 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_area.startswith("'Cần sửa'!$A$2:$H$")


@pytest.mark.parametrize(
    ("written", "raised"), [(1, (2, 1)), (7, (8, 7)), (None, (2, 1)), ("lần đầu", (2, 1)), (0, (2, 1))]
)
def test_the_version_is_raised(written, raised):
    where = cells(read(CLEAN))["BIA", 0, "phien_ban"].at.a1
    form = after(lambda book: setattr(book["BIA"][where], "value", written))
    again = read(copy_of(form))
    assert (again.version, again.sheets["BIA"].rows[0].number_of("thay_the_phien_ban")) == raised
    assert raised_version(form) == raised[0]
    assert marked_name(QUARTER, flawed(form, ())) == f"DVK_DB-XA-02950_2023-Q3_v0{raised[0]}.xlsx"


def test_same_return_same_bytes():
    assert copy_of(SPOILT) == COPY


def test_what_is_not_copied_is_named():
    def add(book):
        book["B2"]["AH5"], book["B2"]["AH8"] = "Người phụ trách", "Ông Bình"
        book.create_sheet("Tính thử")["A1"] = 3

    form = after(add)
    given = replace(UNIT, kind="DB_CQ")
    copy = MarkedCopy(OFFICE, QUARTER, flawed(form, checked(form), given)).workbook()
    book = opened(copy)
    said = " ".join(str(cell.value) for cell in book["Cần sửa"]["B"] if cell.value)
    for word in ("Tính thử", "Người phụ trách", "Biểu B4 (2 dòng)"):
        assert word in said
    assert "Tính thử" not in book.sheetnames and "B4" not in book.sheetnames


def test_an_error_stays_an_error_and_a_doubtful_font_stays_doubtful():
    """Copied as a text, #REF! would be a good name, and a word in an old font a good word."""
    where = {key: cells(read(CLEAN))["B2", 1, key].at.a1 for key in ("ten", "so_ho", "chu_the")}

    def edit(book):
        sheet = book["B2"]
        sheet[where["ten"]], sheet[where["so_ho"]] = "#REF!", "=1/0"
        sheet[where["ten"]].data_type = "e"
        sheet[where["chu_the"]] = "Hà Bá"
        sheet[where["chu_the"]].font = Font(name=".VnTime")

    form = after(edit)
    codes = {(f.code, f.key) for f in checked(form) if f.level is Level.BLOCK}
    assert {("K04", "ten"), ("K04", "so_ho"), ("T09", "chu_the")} <= codes
    again = checked(read(copy_of(form)))
    assert {(f.code, f.key) for f in again if f.level is Level.BLOCK} == codes


def test_what_is_struck_out_or_not_known_does_not_come_back_as_a_good_value():
    """Copied without its line, 12 struck out would be 12; copied as it was written, 1 that may be 100% would be 1."""
    where = {key: cells(read(CLEAN))["B1", 0, key].at.a1 for key in ("so_luot_dang_vien", "so_cuoc_tuyen_truyen")}

    def edit(book):
        book["B1"][where["so_luot_dang_vien"]].font = Font(strike=True)
        for key in ("noi_dung", "nguon", "thuc_hien", "du_toan"):
            book["B10"][cells(read(CLEAN))["B10", 0, key].at.a1].font = Font(strike=True)

    book = read_book(edited(CLEAN, edit), "xlsx")
    damaged, unseen = where["so_cuoc_tuyen_truyen"], cells(read(CLEAN))["B1", 0, "so_hoi_nghi_pho_bien"].at.a1
    change = {damaged: RawCell(None, "1_000"), unseen: RawCell(1, number_format="")}
    sheets = tuple(
        replace(raw, cells={at: change.get(a1(at), cell) for at, cell in raw.cells.items()})
        if raw.name == "B1"
        else raw
        for raw in book.sheets
    )
    form = read_form(PLAN, replace(book, sheets=sheets), "bieu.xlsx", "")

    def stopped(form):
        return sorted((stop.sheet, stop.key) for finding in form.findings for stop in finding.stops)

    own = ["noi_dung", "nguon", "thuc_hien", "du_toan"]
    keys = ["so_luot_dang_vien", "so_cuoc_tuyen_truyen", "so_hoi_nghi_pho_bien"]
    assert stopped(form) == sorted([*(("B10", key) for key in own), *(("B1", key) for key in keys)])
    assert stopped(read(copy_of(form))) == stopped(form)


def a1(at):
    return f"{get_column_letter(at[1])}{at[0]}"


def test_a_refused_file_of_a_known_unit_gets_a_copy_with_the_right_period():
    where = {key: cells(read(CLEAN))["BIA", 0, key].at.a1 for key in ("ky", "ma_mau")}
    form = after(lambda book: [setattr(book["BIA"][a1], "value", "2019.9") for a1 in where.values()])
    findings = checked(form)
    assert any(finding.refuses for finding in findings) and needs_copy(findings)
    again = read(copy_of(form))
    assert (again.period, again.form) == ("2023-Q3", "2022.1")
    assert not needs_copy(checked(again))
    assert "Ô này đã được in đúng trong tệp này." in again_remedies(form, findings)


def again_remedies(form, findings):
    return " ".join(f.remedy for f in MarkedCopy(OFFICE, QUARTER, flawed(form, findings)).findings())


def test_numbers_and_days_that_excel_cannot_hold_are_kept_as_typed():
    where = {key: cells(read(CLEAN))["B1", 0, key].at.a1 for key in ("so_luot_dang_vien", "ngay_ke_hoach")}

    def edit(book):
        book["B1"][where["so_luot_dang_vien"]] = "12345678901234567890"
        book["B1"][where["ngay_ke_hoach"]] = "05/9/1822"

    again = read(copy_of(after(edit)))
    row = again.sheets["B1"].rows[0]
    number = row.values["so_luot_dang_vien"]
    assert (number.text, number.typed) == ("12345678901234567890", None)
    assert row.day("ngay_ke_hoach") == date(1822, 9, 5)


def test_a_long_return_is_copied_whole():
    models = [{**ROWS["B2"][0], "ma_mo_hinh": f"MH-DB-XA-02950-{n:03d}", "loai": "?"} for n in range(1, 401)]
    form = read(form_of(PLAN, REGISTER, UNIT, QUARTER, VALUES, {**ROWS, "B2": models}))
    again = read(copy_of(form))
    assert len(again.sheets["B2"].rows) == 400
    assert len([line for line in again.asked if line.key == "loai"]) == 400


def test_free_codes_follow_those_the_unit_has_used():
    codes = [f"MH-DB-XA-02950-{n:03d}" for n in range(2, 9)]
    copy = MarkedCopy(OFFICE, QUARTER, flawed(SPOILT, checked(SPOILT), free_codes=codes)).workbook()
    column = [cell.value for cell in opened(copy)["B2"]["B"] if str(cell.value or "").startswith("MH-")]
    assert column == [f"MH-DB-XA-02950-{n:03d}" for n in (1, 2, 1, 3, 4, 5, 6, 7, 8)]


def test_the_sheet_of_answers_is_found_by_its_captions_too():
    def strip(book):
        sheet = book["Cần sửa"]
        sheet.title = "Sheet1"
        for cell in sheet[1]:
            cell.value = None
        for row in range(1, 20):
            if sheet.cell(row, 2).value == "Mã lỗi":
                sheet.cell(row, 1).value = "Mức"

    form = read(edited(COPY, strip))
    assert form.asked == read(COPY).asked and len(form.asked) == len(checked(SPOILT))
    assert form.foreign_sheets == ()
    assert read(CLEAN).asked == ()


def test_an_answer_in_an_old_font_is_read_and_told():
    def answer(book):
        sheet = book["Cần sửa"]
        row = next(row for row in range(2, 400) if sheet.cell(row, 1).value == "Cảnh báo")
        cell = sheet.cell(row, KEYS.index("giai_trinh") + 1)
        cell.value, cell.font = in_tcvn3("Số liệu đúng, đã kiểm tra"), Font(name=".VnTime")

    form = read(edited(COPY, answer))
    assert [line.answer for line in form.asked if line.answer] == ["Số liệu đúng, đã kiểm tra"]
    (note,) = [item for item in form.findings if item.code == "T09" and item.sheet == "Cần sửa"]
    assert "đã đọc thành “Số liệu đúng, đã kiểm tra”" in note.text and note.cell.startswith("H")


# --- answers --------------------------------------------------------------------------------------------------------


def warning(**other):
    base = Finding(
        level=Level.WARNING,
        code="K18",
        unit="DB-XA-1",
        file="a.xlsx",
        sheet="B10",
        cell="F8",
        raw="12500000",
        text="Ô ghi lớn.",
        remedy="Kiểm tra.",
        row=8,
        key="thuc_hien",
        rule="MONEY",
        subject="Hội nghị",
    )
    return replace(base, **other)


def line(answer="", **other):
    base = Asked("Cảnh báo", "K18", "B10", "F8", "12.500.000", "thuc_hien", "Hội nghị", "Ô ghi lớn.", answer)
    return replace(base, **other)


@pytest.mark.parametrize(
    ("finding", "asked", "answer"),
    [
        (warning(), [line("Đúng")], "Đúng"),
        (warning(cell="F12", row=12), [line("Đúng")], "Đúng"),
        (warning(raw="13500000"), [line("Đúng")], ""),
        (warning(subject="Hội thi"), [line("Đúng")], ""),
        (warning(subject=""), [line("Đúng", subject="")], "Đúng"),
        (warning(subject="", cell="F9"), [line("Đúng", subject="")], ""),
        (warning(code="K16"), [line("Đúng")], ""),
        (warning(key="du_toan"), [line("Đúng")], ""),
        (warning(level=Level.BLOCK), [line("Đúng")], ""),
        (warning(), [line("-")], ""),
        (warning(), [line("Đúng"), line("Đúng, có quyết định")], "Đúng, có quyết định"),
        (warning(), [line("Đúng"), line("")], ""),
    ],
)
def test_an_answer_holds_for_the_same_value_of_the_same_row(finding, asked, answer):
    (found,) = apply_answers([finding], asked)
    assert found == replace(finding, answer=answer)


def test_an_answer_is_for_one_row_alone():
    two = [warning(), warning(cell="F9", row=9)]
    assert [f.answer for f in apply_answers(two, [line("Đúng", cell="F9")])] == ["", "Đúng"]


@pytest.mark.parametrize(
    ("left", "asked", "expected"),
    [
        ([], [], (0, 0)),
        ([], [line(), line(level="Chặn"), line(level="Ghi chú")], (2, 2)),
        ([warning(raw="1")], [line(), line(cell="F9", subject="Hội thi")], (1, 2)),
        ([warning(answer="Đúng")], [line("Đúng")], (1, 1)),
        ([warning(subject="Tên khác")], [line()], (0, 1)),
        ([warning(), warning(cell="F9", row=9, subject="Mới")], [line()], (0, 1)),
    ],
)
def test_how_many_are_closed(left, asked, expected):
    assert closed(left, asked) == expected


def test_an_explanation_is_remembered_in_the_next_quarters():
    q2, q4 = Quarter(2023, 2), Quarter(2022, 4)
    told = [Before(q2, [warning(answer="Có vốn xã hội hóa."), warning(subject="Hội thi", answer="Thật")])]
    (found,) = remember([warning(raw="9")], told, QUARTER, PLAN)
    assert found.text == "Ô ghi lớn. (đã giải trình quý II: Có vốn xã hội hóa)" and found.answer == ""
    (older,) = remember([warning()], [Before(q4, [warning(answer="Cũ")])], QUARTER, PLAN)
    assert older.text.endswith("(đã giải trình quý IV năm 2022: Cũ)")
    (newer,) = remember([warning()], [*told, Before(q4, [warning(answer="Cũ")])], QUARTER, PLAN)
    assert newer.text == found.text
    untouched = [warning(unit="DB-XA-2"), warning(key="du_toan"), warning(subject=""), warning(level=Level.NOTE)]
    assert remember(untouched, told, QUARTER, PLAN) == untouched


def test_the_lines_of_a_quarter_are_read_back(space):
    put(space, "A.xlsx", sent(space, "CB-A", b1={"tong_so_chi_bo": None, "so_ke_hoach": "12/QĐ"}))
    result = consolidate(space, KY, as_of=DAY)
    (past,) = read_past(space.plan, [(Quarter.parse(KY), space.results(KY) / "tong-hop.xlsx")])

    def essence(f):
        return f.level, f.code, f.unit, f.file, f.sheet, f.cell, f.raw, f.text, f.answer, f.row, f.key, f.subject

    assert [essence(f) for f in past.findings] == [essence(f) for f in result.data.findings]
