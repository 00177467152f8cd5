"""What a unit has changed of the form itself: a caption, cells whose drop-down is gone; the reading stays as it is."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.cell_range import MultiCellRange

from dvk_reports.intake.form.returned import read_form
from dvk_reports.intake.readers.lists import lists_in
from dvk_reports.intake.readers.workbook import read_book
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import Return
from dvk_reports.plan.duty import duties, ticks
from dvk_reports.plan.register.register import Unit
from dvk_reports.run.plans import load_plan
from dvk_reports.sheets.forms.layout import FormContent
from dvk_reports.sheets.forms.templates import form_bytes
from tests.sheets.test_forms import UNIT, model
from tests.support.offices import convert

PLAN, QUARTER = load_plan(), Quarter(2023, 3)
SURVEY = {"dot": "Đợt 1", "doi_tuong": "Người dân", "hinh_thuc": "Phiếu giấy", "tt_hl": 3}


def returned(change: Callable[[Any], None] = lambda book: None, unit: Unit = UNIT) -> bytes:
    given = duties(PLAN, unit.kind, QUARTER)
    rows = {"B2": [model(1), model(2, ma_thon="T-01")], "B8": [SURVEY]}
    content = FormContent(unit.kind, given, ticks(PLAN, given), unit, QUARTER, rows=rows)
    book = openpyxl.load_workbook(io.BytesIO(form_bytes(PLAN, content)))
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def read(data: bytes, kind: str = "xlsx") -> Return:
    found = read_form(PLAN, read_book(data, kind), "a.xlsx", "0")
    assert found is not None
    return found


def told(form: Return) -> list[str]:
    found = [f for f in form.findings if f.code in ("T19", "T20")]
    return [f"{f.level.value} {f.sheet} {f.cell} {f.key}: {f.text}" for f in found]


def rules(sheet: Any, col: str) -> Any:
    return next(rule for rule in sheet.data_validations.dataValidation if f"{col}8" in rule.sqref)


def test_a_form_as_it_was_sent_says_nothing() -> None:
    assert told(read(returned())) == []


@pytest.mark.parametrize(
    ("sheet", "cell", "text", "key"),
    [
        ("B2", "D6", "Nhóm", "loai"),
        ("B2", "C6", None, "ten"),
        ("B8", "M7", "Tốt", "tt_hl"),
        ("B8", "B6", "Lần", "dot"),
        ("B1", "B9", "Số đảng viên", PLAN.sheets["B1"].keys[4]),
    ],
)
def test_a_caption_that_was_changed_is_told_and_read_as_before(
    sheet: str, cell: str, text: str | None, key: str
) -> None:
    def change(book: Any) -> None:
        book[sheet][cell] = text

    form, name = read(returned(change)), PLAN.sheets[sheet].fields[key].ten
    became = f"đã thành “{text}”" if text else "đã bị xóa"
    kind = "dòng" if sheet == "B1" else "cột"
    assert told(form) == [
        f"Ghi chú {sheet} {cell} {key}: Tiêu đề “{name}” của biểu mẫu ở ô {cell} {became}; {kind} này vẫn được đọc là "
        f"“{name}”."
    ]
    assert form.sheets["B2"].rows == read(returned()).sheets["B2"].rows


def test_cells_that_lost_their_drop_down_are_told_by_column() -> None:
    def paste(book: Any) -> None:
        """As Excel leaves it when a row is pasted over: the rule goes on around the row."""
        for col in "DE":
            rules(book["B2"], col).sqref = MultiCellRange(f"{col}8 {col}10:{col}507")

    assert told(read(returned(paste))) == [
        "Ghi chú B2 D9 loai: “Loại mô hình”: 1 ô đã ghi không còn danh sách để chọn (D9), thường là do dán từ nơi "
        "khác; giá trị vẫn được đọc.",
        "Ghi chú B2 E9 linh_vuc: “Lĩnh vực”: 1 ô đã ghi không còn danh sách để chọn (E9), thường là do dán từ nơi "
        "khác; giá trị vẫn được đọc.",
    ]


def test_a_blank_cell_has_lost_nothing() -> None:
    def paste(book: Any) -> None:
        rules(book["B2"], "D").sqref = MultiCellRange("D8:D9")

    assert told(read(returned(paste))) == []


def test_a_file_without_any_drop_down_says_nothing_of_them() -> None:
    """It went through a program that keeps none."""

    def strip(book: Any) -> None:
        for sheet in book:
            sheet.data_validations.dataValidation = []

    assert told(read(returned(strip))) == []


def test_what_other_programs_save_is_known(tmp_path: Any) -> None:
    """LibreOffice writes rules in an order of its own, and .ods tells nothing of them."""
    source = tmp_path / "a.xlsx"
    source.write_bytes(returned(lambda book: setattr(rules(book["B2"], "D"), "sqref", MultiCellRange("D8 D10:D507"))))
    convert(source, "xlsx:Calc MS Excel 2007 XML", tmp_path / "out")
    convert(source, "ods", tmp_path / "out")
    assert [line[:18] for line in told(read((tmp_path / "out/a.xlsx").read_bytes()))] == ["Ghi chú B2 D9 loai"]
    assert told(read((tmp_path / "out/a.ods").read_bytes(), "ods")) == []


@pytest.mark.parametrize(
    ("behind", "found"),
    [
        ('<x><dataValidation type="list" prompt="a>b" sqref="C5 D1:D9"/></x>', ((5, 3, 5, 3), (1, 4, 9, 4))),
        ("<dataValidation sqref='A1' type='list'><formula1>x</formula1></dataValidation>", ((1, 1, 1, 1),)),
        ('<dataValidation type="whole" sqref="A1"/>', ()),
        ('<x14:dataValidation type="list"><xm:sqref>B2:B3</xm:sqref></x14:dataValidation>', ((2, 2, 3, 2),)),
        ('<dataValidation type="list" sqref="nơi nào"/>', None),
        ('<dataValidation type="list" prompt="<" sqref="A1"/>', None),
    ],
)  # fmt: skip
def test_where_lists_are_is_read_as_every_program_writes_it(behind: str, found: Any) -> None:
    assert lists_in(f"<worksheet><sheetData></sheetData>{behind}</worksheet>".encode()) == found


def test_a_sheet_whose_end_is_not_known_tells_nothing() -> None:
    assert lists_in(b"<worksheet/>") is None
