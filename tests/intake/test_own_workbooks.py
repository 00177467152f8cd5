"""Workbooks written here hold the rows of thousands of units; of foreign ones less is read."""

import shutil
import zipfile
from pathlib import Path

import pytest

from dvk_reports import consolidate
from dvk_reports.intake.back.past import read_past
from dvk_reports.intake.back.printed import raw_tables, read_tables
from dvk_reports.intake.readers.plain import PlainSheets
from dvk_reports.intake.readers.raw import MAX_UNZIPPED
from dvk_reports.intake.readers.workbook import ReadRefused, read_book, read_own
from dvk_reports.model.periods import Quarter
from dvk_reports.workspace.folder import TOTALS
from tests.intake.test_plain_xlsx import SHEET, members, packed, refuses
from tests.support.small_space import DAY, KY, made, put, sent

__all__ = ["members"]


@pytest.mark.parametrize("by", ["patterns", "the parser"])
def test_all_rows_that_excel_has(members, monkeypatch, by):
    if by == "the parser":
        monkeypatch.setattr(PlainSheets, "read", refuses)
    xml = members[SHEET].decode()
    begin, end = xml.index("<sheetData>"), xml.index("</sheetData>")
    rows = (1, 100_000, 100_001, 1_048_576)
    cells = "".join(f'<row r="{row}" hidden="1"><c r="A{row}"><v>{row}</v></c></row>' for row in rows)
    data = packed(members, SHEET, f"{xml[:begin]}<sheetData>{cells}{xml[end:]}".encode())
    outside = ("trang “B1” có dữ liệu ngoài 100.000 dòng × 300 cột: không đọc phần đó",)
    for read, found, notes in (
        (lambda: read_book(data, "xlsx"), rows[:2], outside),
        (lambda: read_own(data), rows, ()),
        (lambda: read_book(data, "xlsx"), rows[:2], outside),
    ):
        book = read()
        (sheet,) = book.sheets
        assert {at: cell.value for at, cell in sheet.cells.items()} == {(row, 1): row for row in found}
        assert (sorted(sheet.hidden_rows), book.notes) == ([*found], notes)


def test_the_workbook_of_a_quarter_is_read_back_whatever_its_size(tmp_path):
    space = made(tmp_path, "AB")
    for letter in "AB":
        put(space, f"{letter}.xlsx", sent(space, f"CB-{letter}"))
    book = consolidate(space, KY, as_of=DAY).folder / TOTALS
    large = tmp_path / "large.xlsx"
    shutil.copyfile(book, large)
    with zipfile.ZipFile(large, "a") as box, box.open("xl/pad.bin", "w", force_zip64=True) as member:
        for _ in range(MAX_UNZIPPED // 1_000_000 + 1):
            member.write(bytes(1_000_000))
    with pytest.raises(ReadRefused, match=r"^tệp bung ra quá lớn"):
        read_book(large.read_bytes(), "xlsx")
    (then,), (now,) = (read_past(space.plan, [(Quarter.parse(KY), path)], 1) for path in (book, large))
    assert [*now.returns] == ["CB-A", "CB-B"]
    assert then == now
    names = ("Tệp", "Nguồn số liệu")
    tables = [
        {name: [*rows] for name, rows in raw_tables(Path(path).read_bytes(), names).items()} for path in (book, large)
    ]
    assert tables[0] == tables[1]
    files = [read_tables(path, {"Tệp": ("ma_don_vi", "trang_thai")})["Tệp"] for path in (book, large)]
    assert files[0] == files[1] == [{"ma_don_vi": f"CB-{letter}", "trang_thai": "Dùng"} for letter in "AB"]
