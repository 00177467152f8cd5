"""What a clerk meets who types: rows that grow with what is typed, the cell one starts in, what may be inserted."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from lxml import etree

from dvk_reports.messages.to_mend import TO_MEND
from dvk_reports.model.periods import Quarter
from dvk_reports.plan.book.in_force import changed
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.sheets.base.book import row_height
from dvk_reports.sheets.forms.layout import Layout
from dvk_reports.sheets.forms.templates import form_bytes
from dvk_reports.sheets.marked.workbook import MarkedCopy
from dvk_reports.sheets.register.workbook import RegisterData, write_register
from tests.sheets.test_forms import looks_of
from tests.sheets.test_round_trip import OFFICE, QUARTER
from tests.sheets.test_templates import KINDS, PLANS, copies, form_of

FULL = PLANS["bao_yen_2022_2025"], "DB_XA", Quarter(2023, 3)
ONE_LINE = row_height([("", 1)])
"""Points of a row with one line of text."""


def made(plan: Plan, kind: str, quarter: Quarter, rows: int) -> tuple[Layout, bytes]:
    content = form_of(plan, kind, quarter, rows)
    return Layout(plan, content), form_bytes(plan, content)


def heights(data: bytes, name: str) -> tuple[dict[int, float], dict[int, float]]:
    """Rows of a sheet that keep their height whatever is typed into them, and those that have it until then."""
    place = openpyxl.load_workbook(io.BytesIO(data), read_only=True).sheetnames.index(name) + 1
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read(f"xl/worksheets/sheet{place}.xml"))
    kept: dict[int, float] = {}
    now: dict[int, float] = {}
    for row in root.iter("{*}row"):
        if row.get("ht"):
            (kept if row.get("customHeight") == "1" else now)[int(str(row.get("r")))] = float(str(row.get("ht")))
    return kept, now


@pytest.mark.parametrize("rows", [0, 35])
def test_a_row_grows_with_what_is_typed_into_it(rows: int) -> None:
    """Excel fits a row that does not keep its height to what is typed into it. Merged cells it does not look at: no
    hint may lie over them beside a cell for prose. LibreOffice fits no row on opening: each says how high it is.
    """
    layout, form = made(*FULL, rows)
    for name, table in layout.tables.items():
        kept, now = heights(form, name)
        assert max(kept) <= table.first_row, name
        assert (max(now.values(), default=0) > 100) == bool(rows), name
    book = openpyxl.load_workbook(io.BytesIO(form))
    for name, lines in layout.lines.items():
        kept, now = heights(form, name)
        fields = {row + 1 for row in lines.rows.values()}
        assert fields <= kept.keys() | now.keys(), name
        merged = {area.min_row for area in book[name].merged_cells.ranges}
        if name == layout.cover:
            assert all(kept[row] > ONE_LINE for row in fields & kept.keys())
            assert len(fields & now.keys()) > len(fields) / 2
        else:
            assert not fields & kept.keys() and not fields & merged, name


def test_an_answer_on_a_marked_copy_finds_room() -> None:
    copy = MarkedCopy(OFFICE, QUARTER, copies()[1]).workbook(date(2023, 10, 20))
    sheet = openpyxl.load_workbook(io.BytesIO(copy))[TO_MEND]
    kept, now = heights(copy, TO_MEND)
    lines = {row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value}
    assert len(lines) > 10 and lines <= now.keys() and not lines & kept.keys()
    # A row is fitted to the wrapped text of hidden columns too.
    unseen: Any = sheet.column_dimensions["I"]
    assert unseen.hidden and unseen.max == sheet.max_column
    cells = [sheet.cell(row, col) for row in lines for col in range(unseen.min, unseen.max + 1)]
    assert any(cell.value for cell in cells) and not any(cell.alignment.wrap_text for cell in cells)


def test_a_line_of_the_register_grows_too() -> None:
    target = io.BytesIO()
    unit = {"ma_don_vi": "DB-1", "ten": "Đảng bộ 1", "ten_khac": "tên khác; " * 20}
    write_register(target, FULL[0], RegisterData({"Đơn vị": [unit]}))
    kept, now = heights(target.getvalue(), "Đơn vị")
    assert max(kept) < min(now) and now[min(now)] > 2 * ONE_LINE


def test_a_number_that_need_not_be_written_may_be_a_word() -> None:
    """What a reader takes there the cell does not refuse: “không áp dụng”, “đã tính ở nơi khác”."""
    layout, form = made(*FULL, 0)
    book = openpyxl.load_workbook(io.BytesIO(form))
    words = layout.plan.forms.cach_doc.khong_cong + layout.plan.forms.cach_doc.tinh_noi_khac
    sheet, area = book.defined_names["dvk_khong_so"].value.replace("$", "").split("!")
    assert [cell.value for (cell,) in book[sheet.strip("'")][area]] == words and len(words) == 2
    asked = {"so_ho": ("P8", "*(P8=INT(P8))"), "so_nguoi": ("Q8", "*(Q8=INT(Q8))"), "du_toan": ("D8", "")}
    for name, keys in (("B2", ("so_ho", "so_nguoi")), ("B10", ("du_toan",))):
        for at, whole in map(asked.__getitem__, keys):
            (rule,) = (rule for rule in book[name].data_validations.dataValidation if at in rule.sqref)
            number = f"({at}>=0){whole}" if whole else f"{at}>=0"
            assert rule.formula1 == f"IF(ISNUMBER({at}),{number},SUMPRODUCT(--(dvk_khong_so={at})))"
            assert all(word in rule.error for word in words)
    # Elsewhere nothing but a number is taken: required, counted by the form, or parts that are left blank together.
    for name, at in (("B5", "K8"), ("B4", "D7"), ("B8", "L9"), ("B8", "AJ9"), ("BIA", "C10"), ("B1", "C8")):
        (rule,) = (rule for rule in book[name].data_validations.dataValidation if at in rule.sqref)
        assert rule.type == "whole" and not any(word in rule.error for word in words), (name, at)


def test_a_form_says_where_it_tells_how_to_write() -> None:
    """A cell of a table tells it itself; beside a line it is printed, and the cell says nothing."""
    layout, form = made(*FULL, 0)
    book = openpyxl.load_workbook(io.BytesIO(form))
    for spec in layout.specs:
        if spec.ma != layout.cover:
            rows = book[spec.ma].iter_rows(min_row=3, max_row=4, values_only=True)
            said = " ".join(str(cell) for row in rows for cell in row if cell)
            assert ("Bấm vào ô" in said, "bên phải ô" in said) == (spec.table, not spec.table), spec.ma


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_a_sheet_opens_on_a_cell_that_may_be_written_to(name: str, kind: str) -> None:
    plan = PLANS[name]
    layout, form = made(plan, kind, plan.last_quarter, 0)
    book = openpyxl.load_workbook(io.BytesIO(form))
    for spec in layout.specs:
        sheet = book[spec.ma]
        chosen = sheet[sheet.sheet_view.selection[-1].activeCell]
        first = (layout.tables if spec.table else layout.lines)[spec.ma].first_row
        assert chosen.row > first and not sheet.row_dimensions[chosen.row].hidden, spec.ma
        assert not looks_of(sheet, chosen.row, chosen.column).protection.locked, spec.ma


def test_rows_may_be_put_into_a_table_alone() -> None:
    """The counters of the cover count with rows of the cover: a line put between them would change what they say."""
    layout, form = made(*FULL, 0)
    book = openpyxl.load_workbook(io.BytesIO(form))
    for spec in layout.specs:
        allowed = not book[spec.ma].protection.insertRows, not book[spec.ma].protection.sort
        assert allowed == (spec.table, spec.table), spec.ma


def test_a_plan_with_many_such_words_makes_forms_all_the_same() -> None:
    plan = FULL[0]
    reading = changed(plan.forms.cach_doc, khong_cong=[f"không thuộc trường hợp {n}" for n in range(40)])
    own = changed(plan, forms=changed(plan.forms, cach_doc=reading))
    book = openpyxl.load_workbook(io.BytesIO(form_bytes(own, form_of(own, *FULL[1:], 0))))
    said = {
        rule.error for rule in book["B2"].data_validations.dataValidation if rule.error and "Hoặc ghi" in rule.error
    }
    assert said and all(200 < len(text) <= 255 and text.endswith("…") for text in said)
