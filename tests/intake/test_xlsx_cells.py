"""The cells of .xlsx as Excel means them: the same as openpyxl finds, and those that openpyxl gives up on."""

from __future__ import annotations

import os
import warnings
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter
from openpyxl import Workbook, load_workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel
from openpyxl.utils.escape import unescape

from dvk_reports.intake.files.kinds import sniff
from dvk_reports.intake.readers import excel_days
from dvk_reports.intake.readers.places import area_of, cell_at
from dvk_reports.intake.readers.raw import RawBook, RawCell, ReadRefused, day_if_midnight
from dvk_reports.intake.readers.workbook import read_book

CORPUS = Path(os.environ.get("DVK_CORPUS") or Path(__file__).parents[3] / "shared" / "corpus")
TEMPLATES = Path(__file__).parents[2] / "templates_xlsx"

# --- the same as openpyxl


def by_openpyxl(data: bytes) -> dict[str, object]:
    """Sheet!address -> what its cell is, by the whole of openpyxl."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values = load_workbook(BytesIO(data), data_only=True, keep_links=False)
        formulas = load_workbook(BytesIO(data), keep_links=False)
    found: dict[str, object] = {}
    for sheet in values.worksheets:
        for (row, col), cell in sheet._cells.items():
            formula = formulas[sheet.title]._cells[row, col].data_type == "f"
            if cell.value is None and not formula and cell.data_type != "e":
                continue
            look = cell.number_format or "General", cell.font.name or ""
            error = str(cell.value or "#VALUE!") if cell.data_type == "e" else ""
            value = unescape(cell.value) if isinstance(cell.value, str) else day_if_midnight(cell.value)
            found[f"{sheet.title}!{cell.coordinate}"] = (None if error else value, error, formula, *look)
    return found


def by_us(book: RawBook) -> dict[str, object]:
    """The same of a workbook as we read it; openpyxl drops what lies under a merged cell, so that is left out."""
    found: dict[str, object] = {}
    for sheet in book.sheets:
        for (row, col), cell in sheet.cells.items():
            covered = any(
                top <= row <= bottom and left <= col <= right and (row, col) != (top, left)
                for top, left, bottom, right in sheet.merged
            )
            if not covered:
                look = cell.number_format, cell.font
                found[f"{sheet.name}!{get_column_letter(col)}{row}"] = (cell.value, cell.error, cell.formula, *look)
    return found


def differences(data: bytes) -> list[str]:
    """Cells that openpyxl and we read differently; a formula that shows nothing is a blank to us."""
    ours, theirs = by_us(read_book(data, sniff(data))), by_openpyxl(data)
    found = []
    for at in sorted({*ours, *theirs}):
        us, them = ours.get(at), theirs.get(at)
        if us != them and not (us is None and them[0] in (None, "") and not them[1]):
            found.append(f"{at}: {us} / {them}")
    return found


def workbook_of_all_kinds(**options: object) -> bytes:
    """Numbers, texts, days, times, errors and formulas, with days counted from 1900 or 1904, or written by ISO 8601."""
    book = Workbook()
    for name, value in options.items():
        setattr(book, name, value)
    sheet = book.worksheets[0]
    values = [
        0,
        -7,
        12.5,
        0.1 + 0.2,
        1e300,
        123456789012345,
        True,
        False,
        "chữ",
        " hai  đầu ",
        "dòng\nhai",
        "#N/A",
        "=",
    ]
    days = [date(2023, 6, 15), datetime(2023, 6, 15, 7, 30), time(7, 30), timedelta(hours=30), date(1904, 1, 2)]
    formats = ["0%", "0.00", "dd/mm/yyyy", '0 "đồng"', "[Red]0", "#,##0", "[h]:mm", "@", "yyyy", "_(* #,##0_)"]
    for row, value in enumerate([*values, *days], start=1):
        sheet.cell(row, 1, value)
        for col, number_format in enumerate(formats, start=2):
            sheet.cell(row, col, value).number_format = number_format
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "options", [{}, {"epoch": MAC_EPOCH}, {"iso_dates": True}, {"epoch": MAC_EPOCH, "iso_dates": True}]
)
def test_every_kind_of_cell_is_what_openpyxl_says(options):
    data = workbook_of_all_kinds(**options)
    assert len(by_openpyxl(data)) == 18 * 11
    assert differences(data) == []


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.xlsx"))[:4], ids=lambda path: path.name)
def test_the_forms_are_what_openpyxl_says(path):
    assert differences(path.read_bytes()) == []


STRICT, MACRO_SHEET, BETA = (b"purl.oclc.org/ooxml", b"xlMacrosheet", b"office/excel/2006/2")
"""openpyxl finds no cells in the first and takes the second for a sheet; the third we refuse, as it finds nothing."""


def outside_openpyxl(data: bytes) -> bool:
    with ZipFile(BytesIO(data)) as box:
        parts = [box.read(name) for name in box.namelist() if name.endswith((".xml", ".rels"))]
    return any(sign in part for part in parts for sign in (STRICT, MACRO_SHEET, BETA))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs the public test files")
def test_public_files_are_what_openpyxl_says():
    """Of every small file that openpyxl reads; that we read it too is part of it."""
    read, found = 0, {}
    for path in sorted([*CORPUS.rglob("*.xlsx"), *CORPUS.rglob("*.xlsm")]):
        data = path.read_bytes()
        if len(data) > 60_000 or sniff(data) not in ("xlsx", "xlsm") or outside_openpyxl(data):
            continue
        try:
            by_openpyxl(data)
        except Exception:  # openpyxl is stricter than Excel
            continue
        read += 1
        try:
            different = differences(data)
        except ReadRefused as refused:
            different = [str(refused)]
        if different:
            found[path.relative_to(CORPUS).as_posix()] = different[:3]
    assert found == {}
    assert read > 50


# --- what openpyxl gives up on


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sheet with a percentage, an error, a day, a formula, and numbers beside them."""
    path = tmp_path_factory.mktemp("form") / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("B1")
    sheet.write_number("A1", 1, book.add_format({"num_format": "0%"}))
    sheet.write_formula("A2", "=1/0", None, "#DIV/0!")
    sheet.write_datetime("A3", date(2023, 6, 15), book.add_format({"num_format": "dd/mm/yyyy"}))
    sheet.write_number("A4", 12, book.add_format({"font_name": ".VnTime", "bg_color": "#FFFF00", "border": 1}))
    sheet.write_string("A5", "Kinh tế")
    sheet.merge_range("B1:C1", "gộp")
    sheet.data_validation("A4", {"validate": "integer", "criteria": ">=", "value": 0})
    sheet.conditional_format(
        "A4", {"type": "cell", "criteria": ">", "value": 5, "format": book.add_format({"bold": 1})}
    )
    book.define_name("ten", "=B1!$A$4")
    book.close()
    return path


READ = {
    (1, 1): RawCell(1, number_format="0%", font="Calibri"),
    (1, 2): RawCell("gộp", font="Calibri"),
    (2, 1): RawCell(None, "#DIV/0!", True, font="Calibri"),
    (3, 1): RawCell(date(2023, 6, 15), number_format="dd/mm/yyyy", font="Calibri"),
    (4, 1): RawCell(12, font=".VnTime"),
    (5, 1): RawCell("Kinh tế", font="Calibri"),
}


def changed(path: Path, member: str, old: str, new: str) -> RawBook:
    """A workbook read after one member of it was changed."""
    out, done = BytesIO(), False
    with ZipFile(path) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == member:
                done = old.encode() in content
                content = content.replace(old.encode(), new.encode(), 1)
            target.writestr(name, content)
    assert done, f"{member} has no {old}"
    return read_book(out.getvalue(), "xlsx")


SHEET, STYLES, WORKBOOK = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"


@pytest.mark.parametrize(
    ("member", "old", "new"),
    [
        (STYLES, "<fill>", "<fill/><fill>"),
        (STYLES, '<family val="2"/>', '<family val="34"/>'),
        (STYLES, '<color theme="1"/>', '<color rgb="red"/>'),
        (STYLES, "<border>", '<border diagonalUp="maybe"><left style="wavy"/></border><border>'),
        (STYLES, '<cellStyle name="Normal"', "<cellStyle"),
        (STYLES, "<dxfs", "<dxfs><dxf><font><b val='?'/></font></dxf></dxfs><dxfs"),
        (STYLES, '<sz val="11"/>', '<sz val="to"/>'),
        (STYLES, "<tableStyles", "<tableStyles <<& "),  # no XML any more, after the lists that are read
        (STYLES, "<fills", "<fills <<& "),  # and before the list of styles, which is whole all the same
        ("xl/theme/theme1.xml", "<a:theme", "<broken"),
        ("docProps/core.xml", "<cp:coreProperties", "<broken"),
        (WORKBOOK, "<definedName ", "<definedName <& "),
        (WORKBOOK, "B1!$A$4", "#REF!#REF!("),
        (WORKBOOK, "<calcPr ", '<calcPr calcMode="now" '),
        (SHEET, "<dataValidation ", '<dataValidation operator="?" errorStyle="7" '),
        (SHEET, "<dataValidation ", "<dataValidation <& "),
        (SHEET, '<cfRule type="cellIs"', '<cfRule type="???" priority="x"'),
        (SHEET, "<conditionalFormatting ", "<conditionalFormatting <& "),
        (SHEET, "<sheetViews>", "<sheetViews <&"),
        (SHEET, "<pageMargins ", '<pageMargins left="wide" '),
        (SHEET, "<mergeCells ", '<cols><col min="một" max="2" hidden="1"/></cols><mergeCells '),
        (SHEET, '<mergeCell ref="B1:C1"/>', '<mergeCell ref="B1:C1"/><mergeCell ref="?"/><mergeCell/>'),
    ],
)
def test_looks_and_rules_that_are_broken_cost_no_cell(form, member, old, new):
    book = changed(form, member, old, new)
    assert (book.sheets[0].cells, book.sheets[0].merged) == (READ, ((1, 2, 1, 3),))
    assert (book.notes, book.doubts) == ((), ())


UNSEEN = "phần định dạng của tệp bị hỏng: không nhận biết được ô phần trăm, ô ngày và chữ gạch ngang"


@pytest.mark.parametrize(
    ("old", "new"),
    [("<cellXfs ", "<cellXfs><xf <& "), ("<numFmts ", "<numFmts <& "), ('<xf numFmtId="164"', "<xf numFmtId=164")],
)
def test_a_look_that_cannot_be_known_is_not_guessed(form, old, new):
    """The list of styles itself is broken: no cell is said to be a plain number, and the file is asked for anew."""
    book = changed(form, STYLES, old, new)
    cells = book.sheets[0].cells
    assert book.doubts == (UNSEEN,)
    assert (cells[1, 1].value, cells[1, 1].number_format) == (1, "")
    assert [cells[row, 1].error or cells[row, 1].value for row in (2, 4, 5)] == ["#DIV/0!", 12, "Kinh tế"]


@pytest.mark.parametrize("style", ["99", "-1", "x", ""])
def test_a_style_that_is_not_in_the_list_is_not_guessed(form, style):
    book = changed(form, SHEET, '<c r="A4" s="3">', f'<c r="A4" s="{style}">')
    assert book.sheets[0].cells[4, 1] == RawCell(12, number_format="")


@pytest.mark.parametrize(
    "written",
    ["1E+400", "-1E+400", "NaN", "inf", "Infinity", "1_000", "0x1F", "12,5", "1e", "１２", "1 2", "9" * 5000 + "e"],
)
def test_what_is_no_number_is_told_at_its_cell(form, written):
    book = changed(form, SHEET, "<v>12</v>", f"<v>{written}</v>")
    assert book.sheets[0].cells == READ | {(4, 1): RawCell(None, written, font=".VnTime")}


@pytest.mark.parametrize(
    ("kind", "written"),
    [("s", "99"), ("s", "-1"), ("s", "9" * 5000), ("s", "x"), ("b", "2"), ("d", "2023-13-45"), ("neu", "12")],
)
def test_a_value_that_its_cell_cannot_hold_is_told_at_its_cell(form, kind, written):
    book = changed(form, SHEET, 's="3"><v>12</v>', f's="3" t="{kind}"><v>{written}</v>')
    assert book.sheets[0].cells == READ | {(4, 1): RawCell(None, written, font=".VnTime")}


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('t="str"><f>IF(A1,"",1)</f><v></v>', None),
        ('t="str"><f>IF(A1,"",1)</f><v/>', None),
        ('t="str"><f>IF(A1,"",1)</f>', RawCell(None, "", True, source='=IF(A1,"",1)')),
        ("><f>1+1</f>", RawCell(None, "", True, source="=1+1")),
        ("><f>1+1</f><v></v>", RawCell(None, "", True, source="=1+1")),
        ('t="str"><f>A1</f><v> </v>', RawCell(" ", "", True)),
        ('t="str"><v></v>', None),
        ('t="inlineStr"><is><t></t></is>', None),
        ("><v> </v>", None),
    ],
)
def test_a_formula_that_shows_nothing_is_a_blank_and_one_without_a_result_is_none(form, cell, read):
    book = changed(form, SHEET, '<c r="A4" s="3"><v>12</v>', f'<c r="A4" {cell}')
    assert book.sheets[0].cells.get((4, 1)) == (read._replace(font="Calibri") if read else None)


def test_parts_in_another_encoding_are_read_alike(form):
    """Looks too: of a style that cannot be known no number is taken."""
    out = BytesIO()
    with ZipFile(form) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            text = source.read(name).decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
            target.writestr(name, text.encode("utf-16"))
    book = read_book(out.getvalue(), "xlsx")
    assert (book.sheets[0].cells, book.sheets[0].merged, book.doubts) == (READ, ((1, 2, 1, 3),), ())


# --- struck out


STRUCK = "<rPr><strike/><rFont val='Arial'/></rPr>"


@pytest.mark.parametrize(
    ("text", "value", "struck"),
    [
        (f"<r>{STRUCK}<t>12</t></r><r><t>15</t></r>", "15", "12"),
        (f"<r><t>15</t></r><r>{STRUCK}<t>12</t></r>", "15", "12"),
        (f"<r>{STRUCK}<t>12</t></r>", None, "12"),
        (f"<r>{STRUCK}<t>12</t></r><r><t> </t></r>", None, "12"),
        (f"<r>{STRUCK}<t> </t></r><r><t>15</t></r>", " 15", None),
        ("<r><rPr><strike val='0'/></rPr><t>12</t></r><r><t>15</t></r>", "1215", None),
        ("<r><rPr><strike val='1'/></rPr><t>12</t></r><r><rPr><b/></rPr><t>15</t></r>", "15", "12"),
        ("<r><t>1</t></r><rPh sb='0' eb='1'><t>một</t></rPh><r><t>2</t></r>", "12", None),
    ],
)
@pytest.mark.parametrize("inline", [True, False])
def test_struck_runs_are_not_read(form, text, value, struck, inline):
    if inline:
        book = changed(form, SHEET, '<c r="A4" s="3"><v>12</v>', f'<c r="A4" t="inlineStr"><is>{text}</is>')
        cell = book.sheets[0].cells[4, 1]
    else:
        cell = changed(form, "xl/sharedStrings.xml", "<t>Kinh tế</t>", text).sheets[0].cells[5, 1]
    assert (cell.value, cell.struck, cell.error) == (value, struck, "")


def test_a_cell_that_is_struck_out_has_no_value(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    struck = book.add_format({"font_strikeout": True})
    struck_day = book.add_format({"font_strikeout": True, "num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet()
    sheet.write_number("A1", 12, struck)
    sheet.write_string("A2", "Kinh tế", struck)
    sheet.write_datetime("A3", date(2023, 6, 15), struck_day)
    sheet.write_formula("A4", "=1+1", struck, 2)
    sheet.write_rich_string("A5", "12", book.add_format({"bold": True}), "15", struck)
    sheet.write_blank("A6", None, struck)
    book.close()
    cells = read_book((tmp_path / "a.xlsx").read_bytes(), "xlsx").sheets[0].cells
    assert {row: (cell.value, cell.struck) for (row, _), cell in cells.items()} == {
        1: (None, 12),
        2: (None, "Kinh tế"),
        3: (None, date(2023, 6, 15)),
        4: (None, 2),
        5: ("15", "12"),  # the second run has a font of its own, which does not strike
    }


# --- days and places, by the rules of openpyxl


@pytest.mark.parametrize("epoch", [WINDOWS_EPOCH, MAC_EPOCH])
def test_a_number_is_the_day_that_openpyxl_says(epoch):
    numbers = [0, 0.25, 0.999999999, 1, 1.5, 59, 59.75, 60, 61, 43831, 45000.123456, -1, -0.5, 2958465, 10**9, -(10**9)]
    for number in numbers:
        for length in (False, True):
            assert _or_error(excel_days.from_excel, number, epoch, length) == _or_error(
                from_excel, number, epoch, length
            ), (number, length)


def _or_error(func, *arguments):
    try:
        return func(*arguments)
    except (ValueError, OverflowError) as error:
        return type(error)


def test_a_number_format_shows_a_day_or_a_length_as_openpyxl_says():
    assert excel_days.BUILTIN_FORMATS == BUILTIN_FORMATS
    own = ["dd/mm/yyyy", "[h]:mm", "[HH]:mm", "[mm]", "[ss].00", "[h", '"ngày" 0', '0" d"', r"0\d", "0_d", "0;d", ""]
    own += [
        "[Red]0",
        "[$-42A]dd mmmm",
        "[$-42A]0",
        '"h"0',
        "[<1]h",
        "General",
        "S",
        "[s]0;d",
        '"a',
        "[h]:mm:ss;@",
        "mm:ss.0",
    ]
    for shown in (*BUILTIN_FORMATS.values(), *own):
        said = excel_days.is_date_format(shown), excel_days.is_timedelta_format(shown)
        assert said == (is_date_format(shown), is_timedelta_format(shown)), shown


def test_a_cell_and_an_area_are_where_openpyxl_says():
    for written in ("A1", "a1", "XFD1048576", "A0", "AA10"):
        assert cell_at(written) == coordinate_to_tuple(written)
    for written in ("", "1", "A", "$A$1", "AAAA1", "A1B", "A-1", "Đ1"):
        with pytest.raises(ValueError, match="no cell"):
            cell_at(written)
    for written in ("A1:C3", "A1", "$A$1:c3", "C3:A1"):
        left, top, right, bottom = range_boundaries(written)
        assert area_of(written) == (top, left, bottom, right)
    assert [area_of(written) for written in ("A:B", "1:2", "A0:B1", "A1:B", "A1 B2", "")] == [None] * 6
