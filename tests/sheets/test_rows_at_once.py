"""A row put at once is written letter by letter as XlsxWriter writes its cells one by one."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from dvk_reports.errors import SheetError
from dvk_reports.sheets.base.book import Formats, Sheet, close_book, new_book, put, put_line, stream
from dvk_reports.sheets.base.pages import Column, Page, StyledValue

VALUES = (
    "MH-BY-XA-BANBAO-001",
    "",
    None,
    0,
    -12,
    1_000_000_000_000,
    Decimal("0.1"),
    Decimal("123456789012345.678"),
    0.1 + 0.2,
    True,
    date(2023, 9, 30),
    " ở đầu và cuối ",
    "hai\ndòng\ttab\x0b",
    "A & B < C > \"D\" 'E'",
    "_x000D_ viết ra",
    "=1+1",
    "dài " * 60,
    "x" * 40_000,
    "😀 " * 9_000,
)


_SPANS = re.compile(rb' spans="[\d:]+"')
"""What only helps a reader to set memory aside; our sheets do without."""


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as box:
        return {name: _SPANS.sub(b"", box.read(name)) for name in box.namelist()}


class XlsxWriters(xlsxwriter.worksheet.Worksheet):
    """A sheet as XlsxWriter writes it."""

    def streamed(self, part: bytes) -> bytes:
        return part


def drawn(path: Path, *, at_once: bool, streamed: bool) -> dict[str, bytes]:
    """Three rows of all values, each with the look of its column; one row with a height, a link and bare cells."""
    book = new_book(path, path.parent if streamed else None)
    stream(book)
    if not at_once:
        book.worksheet_class = XlsxWriters
    sheet, formats = book.add_worksheet("Biểu"), Formats(book)
    looks = [formats(border=1, indent=col % 3) for col in range(len(VALUES))]
    # The text of a link that has none is "", and then known; a blank cell stays blank.
    sheet.write_url(0, 30, "internal:'Biểu'!A1", looks[0], "", None)
    for row in range(1, 4):
        if at_once:
            put_line(sheet, row, VALUES, looks, lambda col, value: (value, looks[col]))
        else:
            for col, (value, look) in enumerate(zip(VALUES, looks, strict=True)):
                put(sheet, row, col, value, look)
        if row == 1:
            sheet.set_row(row, 40)
            sheet.write_url(row, 30, "internal:'Biểu'!A1", looks[0], "về đầu", None)
            sheet.write_formula(row, 31, "=SUM(D1:D2)", looks[0], 5)
            put(sheet, row, 32, "không kiểu")
            put(sheet, row, 33, 7)
    close_book(book, path.name)
    return parts_of(path)


@pytest.mark.parametrize("streamed", [False, True])
def test_a_row_put_at_once_is_the_same_in_every_letter(tmp_path: Path, streamed: bool) -> None:
    one_by_one = drawn(tmp_path / "a.xlsx", at_once=False, streamed=streamed)
    at_once = drawn(tmp_path / "b.xlsx", at_once=True, streamed=streamed)
    assert at_once == one_by_one


ALIKE = (1, True, Decimal(1), Decimal("1.0"), 1.0, "1", 0, False, Decimal("-0"), 0.0, None, "", date(2023, 9, 30))
ALIKE += (Decimal("1E+2"), 100, "Có", "-1", "=1", "MH", "MH ", StyledValue(1), StyledValue("MH"))


def seen(path: Path) -> list[object]:
    """What every cell holds and how it looks, and how tall the rows are."""
    sheet = openpyxl.load_workbook(path)["Biểu"]
    cells = [
        (cell.coordinate, repr(cell.value), cell.number_format, cell.quotePrefix, cell.alignment.horizontal)
        for row in sheet
        for cell in row
    ]
    return [cells, {row: dimension.height for row, dimension in sheet.row_dimensions.items()}]


ALIKE_COLUMNS = range(len(ALIKE))


@dataclass
class Canvas:
    book: Any
    formats: Formats
    foot: str = ""

    def sheet(self, name: str) -> Sheet:
        return self.book.add_worksheet(name)


@pytest.mark.parametrize("streamed", [False, True])
def test_what_is_known_of_a_column_is_of_no_value_that_is_only_equal_to_it(tmp_path: Path, streamed: bool) -> None:
    """Every value comes after every other one in the same column; some rows are taller, or have a link."""

    def write(path: Path, *, at_once: bool) -> object:
        book = new_book(path, path.parent if streamed else None)
        stream(book)
        canvas = Canvas(book, Formats(book))
        columns = [Column(f"k{col}", f"Cột {col}", 9, {"text_wrap": True} if col % 2 else {}) for col in ALIKE_COLUMNS]
        page = Page(canvas, "Biểu", columns, "Trang")
        if not at_once:
            page.sheet.lined, page.sheet._opening = False, lambda *_: ""  # rows and cells as XlsxWriter begins them
        for turn in [*ALIKE_COLUMNS] * 8:  # over a hundred rows: from there on a streamed one is done with at once
            if turn == 15:
                page.band("Nhóm")
            values = [*ALIKE[turn:], *ALIKE[:turn]]
            if turn == 9:
                values[1] = "rất dài " * 20
            if turn == 10:
                values[2] = datetime(2023, 9, 30)
            if turn == 12:
                values[5] = StyledValue("về đầu", {"bold": True}, "internal:'Biểu'!A1", "xem")
            page.line(values)
        page.close()
        close_book(book, path.name)
        return parts_of(path) if streamed else seen(path)  # looks are numbered in another order

    assert write(tmp_path / "a.xlsx", at_once=True) == write(tmp_path / "b.xlsx", at_once=False)


@pytest.mark.parametrize("streamed", [False, True])
def test_a_text_that_looks_like_rich_text_stays_a_text(tmp_path: Path, streamed: bool) -> None:
    """XlsxWriter would write it as markup."""
    path = tmp_path / "a.xlsx"
    book = new_book(path, tmp_path if streamed else None)
    stream(book)
    sheet, look = book.add_worksheet("Biểu"), Formats(book)()
    put_line(sheet, 0, ["<r>chữ</r>", "sau"], [look, look], lambda _, value: (value, look))
    close_book(book, path.name)
    assert [cell.value for cell in openpyxl.load_workbook(path).active[1]] == ["<r>chữ</r>", "sau"]


def test_the_texts_that_all_sheets_share_are_written_as_xlsxwriter_writes_them(tmp_path: Path) -> None:
    texts = [value for value in VALUES if isinstance(value, str) and 0 < len(value) < 9_000]
    texts += [
        "\u00a0cứng",
        "cuối\n",
        "\x0bđầu",
        "_x0041_",
        "\ufffe",
        "<r>",
        "</r>",
        "<r>mở",
        "a<r>b</r>",
        "&amp;",
        "<r>\x01</r>x",
    ]
    ours, theirs = new_book(tmp_path / "a.xlsx"), xlsxwriter.Workbook(str(tmp_path / "b.xlsx"))
    for book in (ours, theirs):
        sheet = book.add_worksheet("Biểu")
        for row, text in enumerate([*texts, *texts[:3]]):
            sheet.write_string(row, 0, text)
        bold = book.add_format({"bold": True, "font_name": "Times New Roman", "font_scheme": "none"})
        sheet.write_rich_string(99, 0, bold, "đậm & <rõ>", " thường")
    close_book(ours, "a.xlsx")
    theirs.close()
    name = "xl/sharedStrings.xml"
    assert parts_of(tmp_path / "a.xlsx")[name] == parts_of(tmp_path / "b.xlsx")[name]


@pytest.mark.parametrize("streamed", [False, True])
def test_a_sheet_without_a_row_and_one_that_speaks_of_rows(tmp_path: Path, streamed: bool) -> None:
    path, scratch = tmp_path / "a.xlsx", tmp_path / "tam"
    scratch.mkdir()
    book = new_book(path, scratch if streamed else None)
    stream(book)
    sheets, look = [book.add_worksheet(name) for name in ("Trống", "Biểu", "Sau")], Formats(book)()
    for sheet in sheets[1:]:
        put_line(sheet, 3, ["<!-- rows --></sheetData>", 5], [look, look], lambda _, value: (value, look))
    close_book(book, path.name)
    assert not [*scratch.iterdir()]
    found = openpyxl.load_workbook(path)
    assert [[cell.value for cell in row] for row in found["Trống"]] == []
    for name in ("Biểu", "Sau"):
        assert [[cell.value for cell in row] for row in found[name].iter_rows(4)] == [["<!-- rows --></sheetData>", 5]]


@pytest.mark.parametrize(("row", "width"), [(1_048_576, 1), (0, 16_385)])
def test_a_row_outside_the_sheet_is_refused(tmp_path: Path, row: int, width: int) -> None:
    book = new_book(tmp_path / "a.xlsx")
    sheet, look = book.add_worksheet("Biểu"), Formats(book)()
    with pytest.raises(SheetError):
        put_line(sheet, row, ["a"] * width, [look] * width, lambda _, value: (value, look))
    close_book(book, "a.xlsx")
