"""One workbook in three formats gives the same cells; a file that kills its reader costs itself alone."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import Workbook, load_workbook

from dvk_reports.intake.files.boxes import ReceivedFile, unpack
from dvk_reports.intake.files.kinds import sniff
from dvk_reports.intake.readers.package import DDE, LINKS, MACROS
from dvk_reports.intake.readers.workbook import RawBook, RawCell, RawSheet, ReadRefused, read_book
from dvk_reports.intake.workers import Failure, run_in_workers
from tests.support.offices import convert

pytestmark = pytest.mark.processes


def read(path: Path) -> RawBook:
    data = path.read_bytes()
    return read_book(data, sniff(data))


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A little of everything a form can hold, as .xlsx, .xls and .ods."""
    path = tmp_path_factory.mktemp("forms") / "bieu.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("B2")
    old_font = book.add_format({"font_name": ".VnTime"})
    sheet.merge_range("B2:C3", "Số mô hình", book.add_format({"align": "center"}))
    sheet.write_string("A5", "0123")
    sheet.write_number("B5", 0)
    sheet.write_number("C5", 12.5)
    sheet.write_datetime("D5", date(2023, 6, 15), book.add_format({"num_format": "dd/mm/yyyy"}))
    sheet.write_number("E5", 0.831, book.add_format({"num_format": "0%"}))
    sheet.write_blank("F5", None, old_font)
    sheet.write_formula("A6", "=1/0", None, "#DIV/0!")
    sheet.write_formula("B6", "=B5+C5", None, 12.5)
    sheet.write_string("C6", "x· B¶o Hµ", old_font)
    sheet.write_boolean("D6", True)
    sheet.write_string("E6", "dòng một\ndòng  hai")
    sheet.set_row(6, None, None, {"hidden": True})
    sheet.write_string("A7", "dòng ẩn")
    sheet.set_column("H:I", None, None, {"hidden": True})
    sheet.write_number("H7", 7)
    hidden = book.add_worksheet("danh sách ẩn")
    hidden.write_string("A1", "Có")
    hidden.hide()
    book.close()
    return {"xlsx": path, "xls": convert(path, "xls", path.parent), "ods": convert(path, "ods", path.parent)}


VALUES: dict[tuple[int, int], Any] = {
    (2, 2): "Số mô hình",
    (5, 1): "0123",
    (5, 2): 0,
    (5, 3): 12.5,
    (5, 4): date(2023, 6, 15),
    (5, 5): 0.831,
    (6, 1): "#DIV/0!",
    (6, 2): 12.5,
    (6, 3): "x· B¶o Hµ",
    (6, 4): True,
    (6, 5): "dòng một\ndòng  hai",
    (7, 1): "dòng ẩn",
    (7, 8): 7,
}


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_the_same_cells_from_every_format(forms, ending):
    book = read(forms[ending])
    sheet, hidden = book.sheets
    assert {at: cell.error or cell.value for at, cell in sheet.cells.items()} == VALUES
    assert type(sheet.cells[5, 4].value) is date  # no moment
    # LibreOffice turns the True of an .xlsx into the formula TRUE(), which is 1.
    assert sheet.cells[6, 4].value is True or ending == "ods"
    assert sheet.cells[6, 1] == RawCell(None, "#DIV/0!", ending != "xls", *sheet_look(sheet, 6, 1))
    assert (sheet.name, sheet.hidden, sheet.merged) == ("B2", False, ((2, 2, 3, 3),))
    assert sheet.hidden_rows == frozenset({7})
    assert (hidden.name, hidden.hidden, hidden.cells[1, 1].value) == ("danh sách ẩn", True, "Có")
    assert sheet.cells[5, 5].number_format == "0%"
    assert sheet.cells[6, 3].font == ".VnTime"
    assert (book.kind, book.notes) == (ending, ())


def sheet_look(sheet: RawSheet, row: int, col: int) -> tuple[str, str]:
    return sheet.cells[row, col].number_format, sheet.cells[row, col].font


def test_a_formula_without_a_result_is_no_blank(tmp_path):
    """openpyxl writes formulas without results, as do some programs that fill in forms."""
    book = Workbook()
    book.worksheets[0]["B2"] = "=1+1"
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx").sheets[0].cells == {(2, 2): RawCell(None, "", True, "General", "Calibri", "=1+1")}


def test_a_stray_cell_in_the_last_corner_costs_nothing(tmp_path):
    book = Workbook()
    book.worksheets[0]["A1"] = 5
    book.worksheets[0]["XFD1048576"] = "lạc"
    book.save(tmp_path / "a.xlsx")
    read_back = read(tmp_path / "a.xlsx")
    assert [cell.value for cell in read_back.sheets[0].cells.values()] == [5]
    assert read_back.notes == ("trang “Sheet” có dữ liệu ngoài 100.000 dòng × 300 cột: không đọc phần đó",)


def repacked(path: Path, change: dict[str, bytes | None]) -> bytes:
    """A workbook with members replaced, added, or left out (None)."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in ({name: old.read(name) for name in old.namelist()} | change).items():
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def test_faults_outside_the_cells_do_not_matter(forms):
    data = repacked(forms["xlsx"], {"docProps/core.xml": b"<broken", "xl/theme/theme1.xml": None})
    book = read_book(data, "xlsx")
    assert (book.notes, book.doubts) == ((), ())
    assert len(book.sheets[0].cells) == len(VALUES)


def test_strict_open_xml_is_not_taken_for_an_empty_workbook(forms):
    usual, strict = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/"
    with zipfile.ZipFile(forms["xlsx"]) as box:
        change: dict[str, bytes | None] = {
            name: box.read(name).replace(usual, strict + b"spreadsheetml/main")
            for name in box.namelist()
            if name.startswith("xl/") and name.endswith(".xml")
        }
    book = read_book(repacked(forms["xlsx"], change), "xlsx")
    assert len(book.sheets[0].cells) == len(VALUES)


ODS_HEAD = (
    "<office:document-content"
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    "><office:body><office:spreadsheet>"
)
ODS_FOOT = "</office:spreadsheet></office:body></office:document-content>"


def ods(table: str, head: str = ODS_HEAD) -> RawBook:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        box.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        box.writestr("content.xml", f"{head}{table}{ODS_FOOT}")
    return read_book(out.getvalue(), sniff(out.getvalue()))


def test_the_shorthand_of_ods():
    book = ods("""
        <table:table table:name="B2">
          <table:table-header-rows><table:table-row>
            <table:table-cell table:number-columns-repeated="2"/>
            <table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>CÓ</text:p>
            </table:table-cell>
            <table:table-cell office:value-type="percentage" office:value="0.5"><text:p>50%</text:p></table:table-cell>
          </table:table-row></table:table-header-rows>
          <table:table-row table:number-rows-repeated="2" table:visibility="filter">
            <table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7"/>
          </table:table-row>
          <table:table-row>
            <table:table-cell office:value-type="string"><office:annotation><text:p>ghi chú</text:p></office:annotation>
              <text:p>hai<text:s text:c="2"/>dấu <text:span>cách</text:span></text:p><text:p>dòng hai</text:p>
            </table:table-cell>
            <table:covered-table-cell office:value-type="float" office:value="9"/>
            <table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error">
              <text:p>#DIV/0!</text:p></table:table-cell>
            <table:table-cell table:formula="of:=A1"/>
            <table:table-cell office:value-type="date" office:date-value="2023-06-15T00:00:00"/>
            <table:table-cell office:value-type="time" office:time-value="PT30H00M00S"/>
            <table:table-cell table:formula="of:=A1"><text:p/></table:table-cell>
            <table:table-cell table:formula="of:=A1" office:value-type="string" office:string-value=""/>
            <table:table-cell office:value-type="float" office:value="1E+400"><text:p>1</text:p></table:table-cell>
            <table:table-cell office:value-type="float" office:value="NaN"/>
          </table:table-row>
          <table:table-row table:number-rows-repeated="1048571">
            <table:table-cell table:number-columns-repeated="16384"/>
          </table:table-row>
        </table:table>""")
    (sheet,) = book.sheets
    assert {at: cell.error or cell.value for at, cell in sheet.cells.items()} == {
        (1, 3): True,
        (1, 4): 0.5,
        (2, 1): 7.0,
        (2, 2): 7.0,
        (3, 1): 7.0,
        (3, 2): 7.0,
        (4, 1): "hai  dấu cách\ndòng hai",
        (4, 3): "#DIV/0!",
        (4, 4): None,
        (4, 5): date(2023, 6, 15),
        (4, 6): timedelta(hours=30),
        (4, 9): "1E+400",
        (4, 10): "NaN",
    }
    assert sheet.cells[1, 3].value is True
    assert sheet.cells[1, 4].number_format == "0%"
    assert sheet.cells[4, 4].formula
    assert (sheet.hidden_rows, book.notes) == (frozenset({2, 3}), ())


def test_struck_text_of_ods_in_spans_paragraphs_and_cells():
    def style(name: str, family: str, line: str, parent: str = "") -> str:
        return (
            f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}">'
            f'<style:text-properties style:text-line-through-style="{line}"/></style:style>'
        )

    styles = "".join(
        (
            style("T1", "text", "solid"),
            style("T2", "text", "none"),
            style("P1", "paragraph", "solid"),
            style("ce1", "table-cell", "solid"),
            '<style:style style:name="ce2" style:family="table-cell" style:parent-style-name="ce1"/>',
            style("ce3", "table-cell", "none", "ce1"),
        )
    )
    texts = [
        ("", '<text:span text:style-name="T1">12</text:span>15', "15", "12"),
        ("", '<text:span text:style-name="T1">1<text:span text:style-name="T2">2</text:span></text:span>', "2", "1"),
        ("ce1", "12", None, "12"),
        ("ce2", "12", None, "12"),
        ("ce3", "12", "12", None),
        ("ce1", '12<text:span text:style-name="T2">15</text:span>', "15", "12"),
    ]
    cells = "".join(
        f'<table:table-cell table:style-name="{name}" office:value-type="string"><text:p>{text}</text:p>'
        "</table:table-cell>"
        for name, text, _, _ in texts
    )
    more = (
        '<table:table-cell office:value-type="string"><text:p text:style-name="P1">một</text:p><text:p>hai</text:p>'
        '</table:table-cell><table:table-cell table:style-name="ce1" office:value-type="float" office:value="7"/>'
    )
    head = ODS_HEAD.replace(
        "><office:body>", f"><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
    )
    table = f'<table:table table:name="x"><table:table-row>{cells}{more}</table:table-row></table:table>'
    (sheet,) = ods(table, head).sheets
    assert [(cell.value, cell.struck) for cell in sheet.cells.values()] == [
        *((value, struck) for _, _, value, struck in texts),
        ("\nhai", "một"),
        (None, 7.0),
    ]


def test_what_could_run_or_fetch_is_named_and_left_alone(forms):
    links = {"xl/externalLinks/externalLink1.xml": b"<externalLink/>", "xl/vbaProject.bin": b"x"}
    dde = {"xl/externalLinks/externalLink1.xml": b"<externalLink><ddeLink ddeService='cmd'/></externalLink>"}
    assert read_book(repacked(forms["xlsx"], links), "xlsm").notes == (MACROS, LINKS)
    assert read_book(repacked(forms["xlsx"], dde), "xlsx").notes == (DDE,)
    assert read_book(repacked(forms["ods"], {"Basic/Standard/Module1.xml": b"x"}), "ods").notes == (MACROS,)


def test_an_ods_full_of_repeated_rows_is_bounded():
    row = '<table:table-row table:number-rows-repeated="1000000000"><table:table-cell office:value-type="float"'
    book = ods(f'<table:table table:name="x">{row} office:value="1"/></table:table-row></table:table>')
    assert len(book.sheets[0].cells) == 100_000
    assert book.notes == ("trang “x” có dữ liệu ngoài 100.000 dòng × 300 cột: không đọc phần đó",)


def test_only_the_sheets_asked_for(forms):
    for path in forms.values():
        data = path.read_bytes()
        assert [s.name for s in read_book(data, sniff(data), only={"danh sách ẩn"}).sheets] == ["danh sách ẩn"]


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&b;</t></si></sst>'
)


def bad_files(good: Path) -> dict[str, tuple[bytes, str]]:
    """Name -> content and the beginning of the reason it is refused with."""
    data = good.read_bytes()
    broken = "tệp bị hỏng, không đọc được"
    return {
        "cut.xlsx": (data[: len(data) // 2], "tệp Excel hoặc tệp nén bị hỏng"),
        "entities.xlsx": (repacked(good, {"xl/sharedStrings.xml": ENTITIES}), "tệp có phần khai báo lạ"),
        "bomb.xlsx": (repacked(good, {"xl/media/x.bin": bytes(40_000_000)}), "tệp bung ra quá lớn"),
        "no-sheet.xlsx": (repacked(good, {"xl/worksheets/sheet1.xml": None}), broken),
        "html.xls": (b"<html><table></table></html>", "tệp HTML"),
        "empty.xlsx": (b"", "tệp rỗng"),
        "ole.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "tệp Office đời cũ"),
        "biff.xls": (b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\xff" * 300, broken),
        "good.xlsx": (data, ""),
    }


@pytest.mark.parametrize("name", ["cut.xlsx", "entities.xlsx", "bomb.xlsx", "no-sheet.xlsx", "html.xls"])
def test_every_refusal_has_a_reason(forms, name):
    data, reason = bad_files(forms["xlsx"])[name]
    with pytest.raises(ReadRefused, match=f"^{reason}"):
        read_book(data, sniff(data))


def encrypted(path: Path, password: str) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    with path.open("rb") as plain:
        OOXMLFile(plain).encrypt(password, out)
    return out.getvalue()


def test_excels_own_password_is_no_obstacle(forms):
    data = encrypted(forms["xlsx"], "VelvetSweatshop")
    book = read_book(data, sniff(data))
    assert len(book.sheets[0].cells) == len(VALUES)
    assert book.notes == ("tệp được mã hóa bằng mật khẩu mặc định của Excel (chỉ đọc): đã mở được",)


def test_another_password_is_named(forms):
    data = encrypted(forms["xlsx"], "bao-ha-2023")
    with pytest.raises(ReadRefused, match=r"^tệp có mật khẩu mở"):
        read_book(data, sniff(data))


def test_fixtures_are_readable_for_people_too(forms):
    """The comparison above would be worth nothing if the workbook itself were empty."""
    assert load_workbook(forms["xlsx"])["B2"]["A5"].value == "0123"


# --- a whole mailbox of the worst kind


def open_letter(item: tuple[bytes, str]) -> int:
    """Cells read, or -1 where the file was refused with a reason."""
    try:
        return sum(len(sheet.cells) for sheet in read_book(*item).sheets)
    except ReadRefused as refused:
        return -1 if str(refused) else -2


CORPUS = Path(os.environ.get("DVK_CORPUS") or Path(__file__).parents[3] / "shared" / "corpus")


def test_no_file_is_lost_and_none_stops_the_run(forms, tmp_path):
    """On public test files of all kinds where they lie at hand, else on a handful of bad ones made here."""
    folder = CORPUS
    if not CORPUS.is_dir():
        folder = tmp_path
        for name, (data, _) in bad_files(forms["xlsx"]).items():
            (folder / name).write_bytes(data)
    received: list[ReceivedFile] = unpack(folder)
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {item.file.split("!/")[0] for item in received} == files
    assert [item.file for item in received if item.state is not None and not item.reason] == []
    books = [(item.data or b"", item.kind) for item in received if item.state is None]
    outcomes = run_in_workers(open_letter, books)
    assert len(outcomes) == len(books)
    assert [outcome for outcome in outcomes if outcome.failure is Failure.ERROR or outcome.value == -2] == []
    assert any(outcome.value is not None and outcome.value > 0 for outcome in outcomes)
