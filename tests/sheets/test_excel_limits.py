"""What Excel takes of one sheet, with lowered limits: a sheet goes on in a second one, or it is said."""

from __future__ import annotations

import io
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dvk_reports.errors import SheetError
from dvk_reports.intake.back.printed import raw_tables
from dvk_reports.intake.readers.workbook import read_book
from dvk_reports.plan.office import Office
from dvk_reports.run.steps.frames import frame
from dvk_reports.sheets.base.book import Formats, Sheet, close_book, merge, new_book, put, stream
from dvk_reports.sheets.base.pages import EXCEL, Column, Limits, Page, PageLayout, StyledValue
from dvk_reports.sheets.totals.workbook import write_consolidated
from dvk_reports.vietnamese.numbers import show_count
from tests.sheets.test_consolidated import DATA, REGISTER, plan

SOURCES = "Nguồn số liệu"
ROOM = 3
"""Lines that go on a sheet of sources whose rows end at ``ROWS``."""
ROWS = ROOM + 5 + 4


def written(path: Path, limits: Limits = EXCEL, streamed: int = 10_000) -> Any:
    with path.open("wb") as target:
        write_consolidated(target, Office(plan(), REGISTER, DATA.as_of), DATA, limits, streamed)
    return openpyxl.load_workbook(path)


def lines(sheet: Any) -> list[list[object]]:
    return [row for row in sheet.iter_rows(min_row=2, values_only=True) if row[0] is not None]


# --- texts ---


@pytest.mark.parametrize("streamed", [False, True], ids=["shared texts", "inline texts"])
@pytest.mark.parametrize(
    "text", ["<r></r>", "<r>", "<r>a & b</r>", "<r><t>5</t></r>", "<r>Tổ 1\n</t></si></r>", "<r> x </r>", "</r>"]
)
def test_a_text_of_the_shape_of_a_rich_string_is_a_text(text: str, streamed: bool, tmp_path: Path) -> None:
    book = new_book(tmp_path / "a.xlsx", tmp_path if streamed else None)
    if streamed:
        stream(book)
    sheet, formats = book.add_worksheet("B1"), Formats(book)
    put(sheet, 0, 0, text, formats(bold=True))
    put(sheet, 0, 1, text)
    merge(sheet, 0, 2, 0, 3, text, formats())
    assert sheet.write_url(0, 4, "internal:'B1'!A1", formats(), text) == 0
    close_book(book, "a.xlsx")
    content = (tmp_path / "a.xlsx").read_bytes()
    row = next(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    assert row == (text, text, text, None, text)
    cells = read_book(content, "xlsx").sheets[0].cells
    assert [cell.value for cell in cells.values()] == [text] * 4


# --- rows ---


def test_sources_go_on_in_a_second_sheet(tmp_path: Path) -> None:
    whole, parted = written(tmp_path / "a.xlsx"), written(tmp_path / "b.xlsx", Limits(rows=ROWS))
    every, names = lines(whole[SOURCES]), [name for name in parted.sheetnames if name.startswith(SOURCES)]
    assert len(every) > 3 * ROOM
    assert names == [SOURCES, *(f"{SOURCES} ({n})" for n in range(2, -(-len(every) // ROOM) + 1))]
    assert [row for name in names for row in lines(parted[name])] == every
    assert all(parted[name].max_row <= ROWS and len(lines(parted[name])) <= ROOM for name in names)
    for name in names:
        first, last = 6, 5 + len(lines(parted[name]))
        assert parted[name]["H4"].value == f"=SUBTOTAL(109,H{first}:H{last})"
        assert parted[name]["A1"].value == "ma"


def test_a_figure_leads_to_its_first_source_on_whichever_sheet_it_stands(tmp_path: Path) -> None:
    book = written(tmp_path / "b.xlsx", Limits(rows=ROWS))
    led = 0
    for name in ("Chỉ tiêu", "Nhiệm vụ"):
        for row in book[name].iter_rows(min_row=2):
            if row[0].hyperlink is not None:
                sheet, _, at = row[0].hyperlink.location.rpartition("!")
                source = book[sheet.strip("'")][at[1:]]
                assert [source[0].value, source[1].value] == [row[0].value, row[1].value]
                led += 1
    assert led > 3


def test_our_own_readers_read_the_sheets_as_one(tmp_path: Path) -> None:
    whole, parted = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    written(whole)
    written(parted, Limits(rows=ROWS))
    assert raw_tables(parted.read_bytes(), [SOURCES]) == raw_tables(whole.read_bytes(), [SOURCES])
    assert frame(parted, SOURCES, plan()).equals(frame(whole, SOURCES, plan()))


# --- pages of one sheet ---


@dataclass
class Canvas:
    book: Any = field(default_factory=lambda: new_book(io.BytesIO()))
    foot: str = ""

    def __post_init__(self) -> None:
        self.formats = Formats(self.book)

    def sheet(self, name: str) -> Sheet:
        return self.book.add_worksheet(name)


def page(limits: Limits, canvas: Canvas) -> Page:
    return Page(canvas, "B2", [Column("a", "A", 9), Column("b", "B", 9)], "B2", layout=PageLayout(limits=limits))


def test_a_sheet_that_would_be_too_long_is_refused_with_what_to_do() -> None:
    found = page(Limits(rows=10), Canvas())
    for number in range(3):
        found.line([number, "x"])
    with pytest.raises(
        SheetError, match=r"^Trang B2 cần hơn 10 dòng, Excel không chứa được\. Chia các đơn vị vào nhiều"
    ):
        found.line([3, "x"])


@pytest.mark.parametrize(("limits", "count"), [(Limits(links=2), 3), (EXCEL, 65_533)])
def test_links_beyond_what_excel_keeps_are_left_out_and_it_is_said(tmp_path: Path, limits: Limits, count: int) -> None:
    canvas = Canvas(new_book(tmp_path / "a.xlsx"))
    found = page(limits, canvas)
    for number in range(count):
        found.line([StyledValue(number, {}, "internal:'B2'!A1"), "x"])
    found.close()
    close_book(canvas.book, "a")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["B2"]
    told = f"Excel chỉ giữ {show_count(limits.links)} liên kết ở một trang; các dòng sau không có liên kết."
    assert sum(row[0].hyperlink is not None for row in sheet.iter_rows()) == limits.links
    assert [row[0] for row in lines(sheet)] == list(range(count))
    assert told in [sheet.cell(row, 2).value for row in range(sheet.max_row - 2, sheet.max_row + 1)]


# --- streamed ---


def test_a_streamed_workbook_holds_the_same_cells_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    held, streamed = written(tmp_path / "a.xlsx"), written(tmp_path / "b.xlsx", streamed=0)
    assert list(scratch.iterdir()) == []
    assert streamed.sheetnames == held.sheetnames
    for one, two in zip(held, streamed, strict=True):
        assert [[(cell.value, cell.number_format) for cell in row] for row in one.iter_rows()] == [
            [(cell.value, cell.number_format) for cell in row] for row in two.iter_rows()
        ], one.title
        assert {key: (size.height, size.hidden) for key, size in one.row_dimensions.items()} == {
            key: (size.height, size.hidden) for key, size in two.row_dimensions.items()
        }
    written(tmp_path / "c.xlsx", streamed=0)
    assert (tmp_path / "b.xlsx").read_bytes() == (tmp_path / "c.xlsx").read_bytes()


def test_a_workbook_that_fails_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(SheetError):
        write_consolidated(tmp_path / "không có" / "a.xlsx", Office(plan(), REGISTER, DATA.as_of), DATA, streamed=0)
    assert list(tmp_path.iterdir()) == []


def test_a_temporary_folder_that_takes_nothing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "không có"
    monkeypatch.setattr(tempfile, "tempdir", str(gone))
    with pytest.raises(SheetError, match=rf"thư mục tạm {re.escape(str(gone))}: không tìm thấy\."):
        written(tmp_path / "a.xlsx", streamed=0)
