"""What is struck out, what a formula does not show and what a reader cannot see, from the file to the finding."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

import dvk_reports
from dvk_reports.intake.back.printed import KeyedSheet
from dvk_reports.intake.files.boxes import files_at
from dvk_reports.intake.files.kinds import sniff
from dvk_reports.intake.form.returned import read_form
from dvk_reports.intake.readers.raw import UNKNOWN_FORMAT, RawCell, RawSheet, ReadRefused
from dvk_reports.intake.readers.workbook import _calamine, read_book
from dvk_reports.intake.reading import read_file
from dvk_reports.model.returns import Return
from tests.intake.test_reading_forms import PLAN, QUARTER, REGISTER, UNIT
from tests.support.offices import convert, edited, form_of, with_xml
from tools.samples.lean import lean_form

COST = {"noi_dung": "Hội nghị", "nguon": "NSNN cấp xã", "thuc_hien": Decimal("12.5")}
CLASS = {"ten_lop": "Bồi dưỡng", "so_luot": 40}
VALUES = {"BIA": {"phien_ban": 1}, "B1": {"so_dang_vien_duoc_pho_bien": 7, "tong_so_chi_bo": 9, "so_luot_nhan_dan": 5}}
ROWS = {"B5": [CLASS, CLASS], "B10": [COST, COST]}
FORM = form_of(PLAN, REGISTER, UNIT, QUARTER, VALUES, ROWS, ("BIA", "B1", "B5", "B10"), lean_form)


def read(data: bytes) -> Return:
    form = read_form(PLAN, read_book(data, sniff(data)), "bieu", "")
    assert form is not None
    return form


def told(form: Return) -> list[tuple[str, str, str, str]]:
    return [(item.code, item.level.value, item.cell, item.raw) for item in form.findings]


def place(sheet: str, key: str, number: int = 0) -> str:
    """The address of a cell of the form."""
    raw = next(raw for raw in read_book(FORM, "xlsx").sheets if raw.name == sheet)
    row, col = next(at for at, cell in raw.cells.items() if cell.value == key)
    from openpyxl.utils import get_column_letter

    return f"C{row}" if col == 1 else f"{get_column_letter(col)}{number}"


FIRST_LINE = read(FORM).sheets["B10"].rows[0].number
PEOPLE, CLASSES, COSTS = place("B1", "so_luot_nhan_dan"), place("B5", "so_luot", FIRST_LINE), "E{}"
STRUCK = Font(strike=True)


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """(form, ending) -> the file; all forms of an ending are saved by one start of LibreOffice."""
    folder = tmp_path_factory.mktemp("biểu")
    paths = []
    for name, make in FORMS.items():
        paths.append(folder / f"{name}.xlsx")
        paths[-1].write_bytes(make())

    @cache
    def saved_as(ending):
        convert(paths[0], ending, folder / ending, *paths[1:])

    def of(name, ending):
        if ending != "xlsx":
            saved_as(ending)
        return (folder / (ending if ending != "xlsx" else "") / f"{name}.{ending}").read_bytes()

    return of


# --- struck out


def half_struck(book):
    gone = TextBlock(InlineFont(strike=True), "12")
    book["B1"][PEOPLE].value = CellRichText(gone, "15")


@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_a_struck_piece_is_not_read_and_the_rest_is(saved, ending):
    """12 struck out and 15 beside it are 15, not 1215."""
    form = read(saved("half", ending))
    assert form.sheets["B1"].rows[0].typed("so_luot_nhan_dan") == 15
    (finding,) = form.findings
    assert (finding.code, finding.level.value, finding.cell, finding.stops) == ("K29", "Cảnh báo", PEOPLE, ())
    assert "phần “12” bị gạch ngang" in finding.text and "phần còn lại là “15”" in finding.text


def strike(book):
    book["B1"][PEOPLE].font = STRUCK
    for column in "BCDE":
        book["B10"][f"{column}{FIRST_LINE}"].font = STRUCK
    book["B10"][f"E{FIRST_LINE + 1}"].font = STRUCK


@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_a_struck_value_is_stopped_and_so_is_a_struck_line(saved, ending):
    form = read(saved("struck", ending))
    line, half = form.sheets["B10"].rows
    assert form.sheets["B1"].rows[0].values["so_luot_nhan_dan"].text == "5"
    assert {key: value.typed for key, value in line.values.items() if not value.blank} == dict.fromkeys(COST)
    assert (half.typed("noi_dung"), half.values["thuc_hien"].text, half.typed("thuc_hien")) == (
        "Hội nghị",
        "12,5",
        None,
    )
    # .xls does not tell a formula: its total row (K05) is compared like a typed one.
    struck = [item for item in form.findings if item.code != "K05"]
    assert [(item.code, item.level.value, item.cell, [stop.key for stop in item.stops]) for item in struck] == [
        ("K29", "Chặn", PEOPLE, ["so_luot_nhan_dan"]),
        ("K29", "Chặn", f"E{FIRST_LINE + 1}", ["thuc_hien"]),
        ("K29", "Cảnh báo", f"B{FIRST_LINE}", ["noi_dung", "nguon", "thuc_hien"]),
    ]


def test_a_form_whose_captions_are_struck_is_still_the_form():
    def all_struck(book):
        for sheet in book.worksheets:
            for cell in sheet[1]:
                cell.font = STRUCK

    form = read(edited(FORM, all_struck))
    assert [len(form.sheets[name].rows) for name in ("B5", "B10")] == [2, 2]


def test_a_line_of_the_programs_own_workbook_is_whose_it_is_though_a_person_has_struck_it_out():
    """Its values are stopped like those of a form; that the line is there is no opinion of anybody."""
    cells = {(1, 1): RawCell("ma_don_vi"), (2, 1): RawCell(None, struck="CB-A"), (3, 1): RawCell("CB-B")}
    sheet = KeyedSheet(RawSheet("B5", False, cells))
    assert [sheet.text(row, "ma_don_vi") for row in sheet.rows] == ["CB-A", "CB-B"]


# --- formulas


def with_formulas():
    data = form_of(PLAN, REGISTER, UNIT, QUARTER, VALUES, ROWS, ("BIA", "B1", "B5"))
    for number in range(FIRST_LINE + 2, FIRST_LINE + 6):
        for column in ("B", CLASSES[0]):
            data = with_xml(data, "B5", f"{column}{number}", 't="str"><f>IF(1=2,1,"")</f><v></v>')
    return with_xml(data, "B1", PEOPLE, 't="str"><f>IF(1=2,1,"")</f><v></v>')


FORMS = {
    "half": lambda: edited(FORM, half_struck),
    "struck": lambda: edited(FORM, strike),
    "formulas": with_formulas,
}


@pytest.mark.parametrize("ending", ["xlsx", "ods"])  # LibreOffice itself writes 0 for such a formula into .xls
def test_a_formula_that_shows_nothing_makes_no_line(saved, ending):
    form = read(saved("formulas", ending))
    assert (len(form.sheets["B5"].rows), form.sheets["B1"].rows[0].values["so_luot_nhan_dan"].text) == (2, "")
    assert told(form) == []


def test_a_formula_without_a_result_is_told():
    form = read(with_xml(FORM, "B1", PEOPLE, "><f>1+1</f>"))
    assert told(form) == [("K04", "Chặn", PEOPLE, "=1+1")]


# --- numbers that are none


@pytest.mark.parametrize("written", ["1E+400", "NaN", "inf", "1_000", "abc"])
def test_what_is_no_number_stops_its_cell_and_nothing_else(written):
    form = read(with_xml(FORM, "B10", f"E{FIRST_LINE}", f"><v>{written}</v>"))
    assert told(form) == [("K04", "Chặn", f"E{FIRST_LINE}", written)]
    assert [row.typed("thuc_hien") for row in form.sheets["B10"].rows] == [None, Decimal("12.5")]


# --- what cannot be seen


def percent_and_error(data: bytes) -> bytes:
    def edit(book):
        cell = book["B1"][place("B1", "so_dang_vien_duoc_pho_bien")]
        cell.value, cell.number_format = 1, "0%"
        book["B1"][place("B1", "tong_so_chi_bo")].value = "#DIV/0!"

    return edited(data, edit)


@pytest.mark.parametrize(
    ("old", "new"), [("<fill>", "<fill/><fill>"), ("<family val=", "<family val='34'/><family val=")]
)
def test_broken_looks_hide_neither_a_percent_sign_nor_an_error(old, new):
    out = BytesIO()
    with ZipFile(BytesIO(percent_and_error(FORM))) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode("utf-8") if name == "xl/styles.xml" else source.read(name)
            if name == "xl/styles.xml":
                assert old in content
                content = content.replace(old, new, 1)
            target.writestr(name, content)
    assert sorted(told(read(out.getvalue()))) == [
        ("K04", "Chặn", place("B1", "tong_so_chi_bo"), "#DIV/0!"),
        ("K20", "Chặn", place("B1", "so_dang_vien_duoc_pho_bien"), "100%"),
    ]


@pytest.mark.parametrize(("number", "stopped"), [(0, True), (1, True), (2, False), (12.5, False), ("1", False)])
def test_a_reader_that_sees_no_percent_signs_takes_no_small_whole_number(number, stopped):
    at, spec = place("B1", "so_luot_nhan_dan"), ("K20", "Chặn")
    book = read_book(edited(FORM, lambda book: setattr(book["B1"][at], "value", number)), "xlsx")
    blind = tuple(
        replace(sheet, cells={key: cell._replace(number_format=UNKNOWN_FORMAT) for key, cell in sheet.cells.items()})
        for sheet in book.sheets
    )
    form = read_form(PLAN, replace(book, sheets=blind, doubts=("tệp dạng .xlsb",)), "bieu.xlsb", "")
    found = [item for item in told(form) if item[0] != "K04"]  # 12,5 is no whole number either
    assert found == [(*spec, at, str(number))] * stopped + [("T13", "Cảnh báo", "", "")]


@pytest.mark.parametrize("ending", ["xls", "xlsx"])
def test_the_weakest_reader_says_what_it_does_not_see(tmp_path, ending):
    path = tmp_path / "a.xlsx"
    path.write_bytes(FORM)
    data = (convert(path, "xls", tmp_path / "x") if ending == "xls" else path).read_bytes()
    book = _calamine(data, ending, {"B1"}, (), "không thấy ô lỗi")
    assert book.doubts == ("không thấy ô lỗi",)
    assert {cell.number_format for cell in book.sheets[0].cells.values()} == {UNKNOWN_FORMAT}


def test_a_number_from_another_file_is_told():
    form = read(with_xml(FORM, "B1", PEOPLE, "><f>[1]B1!$C$9</f><v>5</v>"))
    assert told(form) == [("T13", "Ghi chú", PEOPLE, "5")]
    assert form.sheets["B1"].rows[0].typed("so_luot_nhan_dan") == 5


# --- words that no clerk knows


def damaged(data: bytes) -> dict[str, bytes]:
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, b"<x" if "sheet1" in name else source.read(name))
    return {
        "cắt.xlsx": data[:-2000],
        "đầu.xlsx": data[2000:],
        "trang.xlsx": out.getvalue(),
        "bit.xlsx": data[:3000] + bytes(200) + data[3200:],
        "a.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + data,
        "b.xls": b"\x09\x08\x10\x00\x00\x06\x05\x00" + data[:400],
    }


@pytest.mark.parametrize("name", damaged(FORM))
def test_a_damaged_file_is_told_in_words_of_the_clerk(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(damaged(FORM)[name])
    (received,) = files_at([path])
    reason = received.reason or read_file(PLAN, received)[0].reason
    assert reason and not re.search("[A-Za-z]*(?:Error|Exception|Bad[A-Z]|Zip|class|None)|'", reason)


def test_a_reader_that_fails_in_its_own_words_is_not_quoted(monkeypatch):
    def panics(*_):
        raise BaseException("panicked at src/xlsb.rs")

    monkeypatch.setattr("dvk_reports.intake.readers.xlsx.read_xlsx", panics)
    with pytest.raises(ReadRefused, match=r"^tệp bị hỏng, không đọc được: đề nghị mở trong Excel[^()]*$"):
        read_book(FORM, "xlsx")


def test_no_sentence_of_the_program_names_a_class_of_an_error():
    """Texts for developers (detail of a worker) alone do."""
    package = Path(dvk_reports.__file__).parent
    quoting = re.compile(r"\{type\(\w+\)\.__name__\}|\{error\.strerror|\{error!r\}|\{repr\(")
    found = [
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if quoting.search(path.read_text("utf-8"))
    ]
    assert found == ["intake/child.py"]
