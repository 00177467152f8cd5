"""Forms, marked copies and workbooks follow the rule book of their quarter, and ask for what it has by role."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from dvk_reports.intake.back.past import PastQuarter
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.findings import Finding, Level
from dvk_reports.model.periods import Quarter, parse_period
from dvk_reports.model.returns import FormSheet, Return, Submission, UnitState, UsedReturn
from dvk_reports.model.values import Cell, Row, Value
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.office import Office
from dvk_reports.run.steps.hamlet_changes import hamlet_changes
from dvk_reports.run.steps.prefill import form_content
from dvk_reports.run.steps.trends import trend_of
from dvk_reports.sheets.calls import call_sheet
from dvk_reports.sheets.forms.blank import blank_content
from dvk_reports.sheets.forms.templates import form_bytes
from dvk_reports.sheets.marked.workbook import FlawedReturn, MarkedCopy
from dvk_reports.sheets.totals.workbook import write_consolidated
from tests.support.build import PLAN, office, unit
from tests.support.plans import column, with_columns, without

XA = unit("DB-XA-1")
Q4, Q1 = Quarter(2023, 4), Quarter(2024, 1)
NEW_YEAR, NEW = date(2024, 1, 1), "so_nguoi_lon_tuoi"
REGISTER = office(XA, thon={"DB-XA-1": "T1 Bản Rịa; T2 Làng Mười"})
DATED = with_columns(
    with_columns(
        with_columns(
            PLAN,
            "B5",
            column("so_nguoi_lon_tuoi", "Số người lớn tuổi", bien="F", tu_ngay=NEW_YEAR),
            PLAN.sheets["B5"].fields["ghi_chu"].model_copy(update={"den_ngay": date(2023, 12, 31)}),
        ),
        "B2",
        column("so_doan_vien", "Số đoàn viên", bien="S", tu_ngay=NEW_YEAR),
        PLAN.sheets["B2"].fields["so_ho"].model_copy(update={"den_ngay": date(2023, 12, 31)}),
    ),
    "B1",
    column("so_to_dan_van", "Số tổ dân vận", bien="S", tu_ngay=NEW_YEAR),
    PLAN.sheets["B1"].fields["tong_so_chi_bo"].model_copy(update={"den_ngay": date(2023, 12, 31)}),
)
"""B5 gains a column and loses one on the first day of 2024; so do the models and the general sheet."""


def context(plan: Plan = DATED, day: date = date(2024, 4, 12)) -> Office:
    return Office(plan, REGISTER, day)


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def keys(sheet: Any, first: int = 2) -> list[str]:
    """The machine keys of a table sheet, in order."""
    return [cell.value for cell in sheet[1][first - 1 :] if cell.value is not None]


def lines(sheet: Any) -> dict[str, Any]:
    """Key -> value of a key/value sheet."""
    return {row[0].value: row[2].value for row in sheet.iter_rows(min_row=2) if row[0].value}


def value(typed: Any, sheet: str, row: int, col: int) -> Value:
    return Value("" if typed is None else str(typed), typed, Cell("XA.xlsx", sheet, row, col))


def row(sheet: str, number: int, **cells: Any) -> Row:
    return Row(
        sheet, number, {key: value(typed, sheet, number, col) for col, (key, typed) in enumerate(cells.items(), 2)}
    )


def used(quarter: Quarter, *rows: Row, kind: str = "Chính thức") -> UsedReturn:
    by_sheet: dict[str, tuple[Row, ...]] = {}
    for item in rows:
        by_sheet[item.sheet] = (*by_sheet.get(item.sheet, ()), item)
    return UsedReturn(XA.code, quarter.key, "XA.xlsx", kind, by_sheet)


def form(item: UsedReturn, *findings: Finding) -> Return:
    """The same as the file that was read."""
    sheets = {name: FormSheet(name, name, "2022.1", rows, {}) for name, rows in item.rows.items()}
    return Return("XA.xlsx", "", XA.code, item.period, "2022.1", 1, item.kind, sheets, findings)


MODEL = {"ma_mo_hinh": "MH-DB-XA-1-001", "ten": "Đường hoa", "ma_thon": "T1", "trang_thai": "Duy trì"}
IN_2023 = used(
    Q4,
    row("B1", 0, tong_so_chi_bo=Decimal(12), tong_so_dang_vien=Decimal(200)),
    row("B2", 9, **MODEL, so_ho=Decimal(40)),
    row("B5", 9, ten_lop="Lớp cuối năm", so_luot=Decimal(30), ghi_chu="Ở nhà văn hóa"),
)
IN_2024 = used(
    Q1,
    row("B1", 0, tong_so_dang_vien=Decimal(201), so_to_dan_van=Decimal(9)),
    row("B2", 9, **MODEL, so_doan_vien=Decimal(5)),
    row("B5", 9, ten_lop="Lớp đầu năm", so_luot=Decimal(20), so_nguoi_lon_tuoi=Decimal(7)),
)


def data(period: str, quarters: tuple[UsedReturn, ...], **more: Any) -> Consolidation:
    last = quarters[-1].period
    line = Submission(XA.code, XA.name, XA.kind, UnitState.ACCEPTED, file="XA.xlsx", period=last)
    return Consolidation(parse_period(period), date(2024, 4, 12), (), (line,), (), (), quarters, **more)


def workbook(office: Office, found: Consolidation) -> Any:
    target = io.BytesIO()
    write_consolidated(target, office, found)
    return opened(target.getvalue())


def table(sheet: Any) -> list[dict[str, Any]]:
    """The data rows of a sheet of a workbook, blanks left out."""
    names = keys(sheet, 1)
    rows = [[cell.value for cell in cells] for cells in sheet.iter_rows(min_row=2)]
    return [
        {name: cell for name, cell in zip(names, cells, strict=False) if cell is not None} for cells in rows if cells[0]
    ]


# --- a column that begins, and one that ends ---


@pytest.mark.parametrize(("quarter", "there", "gone"), [(Q4, "ghi_chu", NEW), (Q1, NEW, "ghi_chu")])
def test_a_form_asks_for_the_columns_of_its_quarter(quarter: Quarter, there: str, gone: str) -> None:
    book = opened(form_bytes(DATED, form_content(context(), XA, quarter, ())))
    assert there in keys(book["B5"]) and gone not in keys(book["B5"])
    captions = [cell.value for cells in book["B5"].iter_rows() for cell in cells]
    assert ("Số người lớn tuổi" in captions) is (quarter == Q1)


def test_a_blank_form_is_the_newest() -> None:
    assert "so_nguoi_lon_tuoi" in keys(opened(form_bytes(DATED, blank_content(DATED, "DB_XA")))["B5"])


def test_what_the_last_quarter_said_is_printed_as_far_as_it_is_still_asked_for() -> None:
    """A new column is blank, one that is asked for no more is left out, the rest is there again."""
    past = PastQuarter(Q4, {XA.code: IN_2023}, {})
    book = opened(form_bytes(DATED, form_content(context(), XA, Q1, (past,))))
    names = keys(book["B2"])
    models = [
        {name: cell.value for name, cell in zip(names, cells[1:], strict=False) if cell.value is not None}
        for cells in book["B2"].iter_rows(min_row=5)
        if cells[2].value == "Đường hoa"
    ]
    assert models == [MODEL]
    general = lines(book["B1"])
    assert general["tong_so_dang_vien"] == 200 and general["so_to_dan_van"] is None
    assert "tong_so_chi_bo" not in general


@pytest.mark.parametrize(("of", "there", "gone"), [(IN_2023, "ghi_chu", NEW), (IN_2024, NEW, "ghi_chu")])
def test_a_marked_copy_is_the_form_of_its_quarter(of: UsedReturn, there: str, gone: str) -> None:
    wrong = Finding(Level.BLOCK, "K04", XA.code, "XA.xlsx", "B5", "D9", "30", "Sai.", "Sửa.", row=9, key="so_luot")
    quarter = Quarter.parse(of.period)
    book = opened(MarkedCopy(context(), quarter, FlawedReturn(XA, form(of, wrong), (wrong,))).workbook())
    names = keys(book["B5"])
    assert there in names and gone not in names
    place = 1 + names.index("so_luot")
    (told,) = [
        cells[place] for cells in book["B5"].iter_rows(min_row=5) if cells[1].value == of.rows["B5"][0].text("ten_lop")
    ]
    assert told.comment.text.startswith("Chặn (K04): Sai.")


def test_the_workbook_of_a_quarter_has_the_columns_of_that_quarter() -> None:
    before, after = (workbook(context(), data(of.period, (of,))) for of in (IN_2023, IN_2024))
    assert "ghi_chu" in keys(before["B5"], 1) and "so_nguoi_lon_tuoi" not in keys(before["B5"], 1)
    assert "so_nguoi_lon_tuoi" in keys(after["B5"], 1) and "ghi_chu" not in keys(after["B5"], 1)


def test_the_workbook_of_several_quarters_has_the_columns_of_all_of_them() -> None:
    book = workbook(context(), data("2023-Q4..2024-Q1", (IN_2023, IN_2024)))
    said = ("ky", "ten_lop", "so_luot", "so_nguoi_lon_tuoi", "ghi_chu")
    assert [{key: line[key] for key in said if key in line} for line in table(book["B5"])] == [
        {"ky": "2023-Q4", "ten_lop": "Lớp cuối năm", "so_luot": 30, "ghi_chu": "Ở nhà văn hóa"},
        {"ky": "2024-Q1", "ten_lop": "Lớp đầu năm", "so_luot": 20, "so_nguoi_lon_tuoi": 7},
    ]
    general = keys(book["B1"], 1)
    assert {"tong_so_chi_bo", "so_to_dan_van"} <= set(general) and len(general) == len(set(general))
    assert book.sheetnames[-len(PLAN.sheets) :] == list(PLAN.sheets)


def test_a_figure_of_another_time_is_no_line_of_the_trend() -> None:
    """One that begins in 2024 has no line in 2023, and one that ended keeps its line while a quarter of it is shown."""
    later = PLAN.figure_specs["NV1.2"].model_copy(update={"tu_ngay": NEW_YEAR})
    ended = PLAN.figure_specs["NV1.1"].model_copy(update={"den_ngay": date(2023, 12, 31)})
    specs = [{"NV1.1": ended, "NV1.2": later}.get(spec.ma, spec) for spec in PLAN.figures.chi_tieu]
    plan = PLAN.model_copy(update={"figures": PLAN.figures.model_copy(update={"chi_tieu": specs})})
    plan = with_columns(plan, "B1")
    past = PastQuarter(Q4, {XA.code: IN_2023}, {})

    def codes(quarter: Quarter, history: tuple[PastQuarter, ...]) -> set[str]:
        of = IN_2023 if quarter == Q4 else IN_2024
        return {line.code for line in trend_of(context(plan), data(quarter.key, (of,)), history).lines}

    assert {"NV1.1", "NV1.2"} & codes(Q4, ()) == {"NV1.1"}
    assert {"NV1.1", "NV1.2"} & codes(Q1, ()) == {"NV1.2"}
    assert {"NV1.1", "NV1.2"} & codes(Q1, (past,)) == {"NV1.1", "NV1.2"}


# --- a plan that lacks a sheet or a label ---

POORER = {
    "models": without(PLAN, sheets=[SheetRole.MODELS]),
    "hamlets": without(PLAN, sheets=[SheetRole.HAMLETS, SheetRole.HAMLET_CHANGES]),
    "general": without(PLAN, sheets=[SheetRole.GENERAL, SheetRole.ASSESSMENT]),
    "proposals": without(PLAN, sheets=[SheetRole.PROPOSALS, SheetRole.RECOGNITIONS]),
    "labels": without(PLAN, labels=list(LabelRole)),
    "nearly all": without(PLAN, sheets=[role for role in SheetRole if role is not SheetRole.COVER]),
}


@pytest.mark.parametrize("name", POORER)
def test_a_plan_without_a_sheet_or_a_label_still_has_its_forms_copies_and_workbooks(name: str) -> None:
    plan = POORER[name]
    here = context(plan, date(2023, 10, 12))
    of = used(Q4, *(rows[0] for sheet, rows in IN_2023.rows.items() if sheet in plan.sheets))
    past = PastQuarter(Quarter(2023, 3), {XA.code: replace(of, period="2023-Q3")}, {})
    blank = opened(form_bytes(plan, blank_content(plan, "DB_XA")))
    assert set(blank.sheetnames) == {*plan.sheets, "Hướng dẫn", "_ds"}
    first = opened(form_bytes(plan, form_content(here, XA, Q4, (past,))))
    assert set(first.sheetnames) <= set(blank.sheetnames)
    copy = opened(MarkedCopy(here, Q4, FlawedReturn(XA, form(of), (), lambda: ("MH-DB-XA-1-002",))).workbook())
    assert copy.sheetnames == ["Cần sửa", *first.sheetnames]
    found = data("2023-Q4", (of,), hamlets=hamlet_changes(here, Q4, (of,)))
    found = replace(found, trend=trend_of(here, found, (past,)))
    assert set(plan.sheets) <= set(workbook(here, found).sheetnames)
    assert opened(call_sheet(here, found)).sheetnames == ["Gọi điện"]


def test_without_a_word_for_a_nil_report_the_cover_asks_for_rows_or_the_tick() -> None:
    book = opened(form_bytes(POORER["labels"], blank_content(POORER["labels"], "DB_XA")))
    said = {str(cell.value) for sheet in book for cells in sheet.iter_rows() for cell in cells if cell.value}
    assert not any("loại báo cáo “" in text for text in said)
    assert any("chọn Có ở ô “Không có” của biểu đó trên trang BIA." in text for text in said)


def test_thon_are_printed_and_counted_where_there_is_a_sheet_of_them() -> None:
    """The count of models of a thôn comes from the sheet of models; without one nothing is counted."""

    def counts(plan: Plan) -> list[Any]:
        content = form_content(context(plan), XA, Q4, ())
        sheet = opened(form_bytes(plan, content))["B4"]
        place = keys(sheet).index("so_mo_hinh") + 1
        return [cells[place].value for cells in sheet.iter_rows(min_row=5) if cells[1].value == "T1"]

    (formula,) = counts(PLAN)
    assert "dvk_o_thon" in formula
    assert counts(POORER["models"]) == [None]
