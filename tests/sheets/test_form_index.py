"""The cover as the index of a form, and the way of the keyboard through its sheets."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from dvk_reports.model.periods import Quarter
from dvk_reports.plan.book.rulebook import DUE
from dvk_reports.plan.duty import duties, ticks
from dvk_reports.run.plans import load_plan
from dvk_reports.sheets.forms.layout import FormContent, Layout
from dvk_reports.sheets.forms.templates import form_bytes

PLAN, QUARTER = load_plan(), Quarter(2023, 1)


def content(kind: str = "DB_XA") -> FormContent:
    given = duties(PLAN, kind, QUARTER)
    return FormContent(kind=kind, given=given, ticks=ticks(PLAN, given), quarter=QUARTER)


@pytest.fixture(scope="module")
def form() -> Any:
    return openpyxl.load_workbook(io.BytesIO(form_bytes(PLAN, content())))


def index(form: Any) -> list[tuple[str, str]]:
    """(how it stands, where its link leads) of every line."""
    sheet = form["BIA"]
    head = next(r for r in range(1, 60) if sheet.cell(r, 2).value == "Biểu (bấm để mở)")
    lines = [sheet.cell(row, 2) for row in range(head + 1, head + 1 + len(content().given))]
    stand = openpyxl.load_workbook(io.BytesIO(form_bytes(PLAN, content())), data_only=True)["BIA"]
    return [(stand.cell(cell.row, 3).value, cell.hyperlink.location) for cell in lines]


def test_every_sheet_has_a_link_to_where_one_begins_to_write(form: Any) -> None:
    layout = Layout(PLAN, content())
    found = index(form)
    assert sorted(place.split("!")[0].strip("'") for _, place in found) == sorted(content().given)
    for _, place in found:
        name, at = place.replace("'", "").split("!")
        shape = layout.tables.get(name) or layout.lines[name]
        cell = form[name][at]
        assert (cell.row - 1, cell.column) == (shape.first_row, 2 if name in layout.tables else 3)
    top = form["BIA"]["D1"]
    assert form["BIA"][top.hyperlink.location.split("!")[1]].value == "Trang bìa"


def test_what_must_be_sent_comes_first_and_the_rest_says_so(form: Any) -> None:
    given = content().given
    names = [place.split("!")[0].strip("'") for _, place in index(form)]
    due = [name for name in given if given[name] == DUE and name != "BIA"]
    assert names == ["BIA", *due, *(name for name in given if given[name] != DUE)]
    assert len(due) < len(names) - 1
    for shown, place in index(form):
        name = place.split("!")[0].strip("'")
        optional = given[name] != DUE
        assert shown.startswith("Nếu có: ") == optional
        tab = form[name].sheet_properties.tabColor
        assert (tab and tab.rgb) == (None if name == "BIA" else "FFA9D08E" if optional else "FF2E75B6")
        legend = [str(cell.value) for row in form[name].iter_rows(max_row=4) for cell in row if cell.value]
        assert any(text.startswith("Nếu có thì ghi") for text in legend) == optional


def test_the_keyboard_goes_through_the_cells_to_be_filled_in(form: Any) -> None:
    """Locked cells cannot be chosen; links can, and take nothing that is typed."""
    for name in content().given:
        assert form[name].protection.sheet and form[name].protection.selectLockedCells
    sheet = form["BIA"]
    rows = [row for row in range(1, sheet.max_row + 1) for cell in sheet[row] if not cell.protection.locked]
    cells = [cell.coordinate for row in sheet for cell in row if not cell.protection.locked]
    fields = [f"C{row + 1}" for key, row in Layout(PLAN, content()).lines["BIA"].rows.items() if key != "ma_mau"]
    links = [cell.coordinate for row in sheet for cell in row if cell.hyperlink]
    assert rows == sorted(rows) and cells == [links[0], *fields, *links[1:]]
    refused = next(rule for rule in sheet.data_validations.dataValidation if rule.type == "custom")
    assert refused.formula1 == "FALSE" and all(place in refused.sqref for place in links)
