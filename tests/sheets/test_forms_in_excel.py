"""What the formulas of a form mean in Excel, which counts logical values otherwise than LibreOffice does."""

from __future__ import annotations

import io

import openpyxl
import pytest

from dvk_reports.run.plans import load_plan
from dvk_reports.sheets.forms import blank
from dvk_reports.sheets.forms.templates import form_bytes
from tests.support.excel_types import misread


@pytest.mark.parametrize("name", ["bao_yen_2022_2025", "xa_2026_2030"])
def test_formulas_mean_in_excel_what_they_mean_in_libreoffice(name: str) -> None:
    plan, known = load_plan(name), 0
    for kind in plan.kinds:
        book = openpyxl.load_workbook(io.BytesIO(form_bytes(plan, blank.blank_content(plan, kind))))
        for sheet in book:
            cells = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
            rules = [
                (str(area.sqref), formula)
                for area in sheet.conditional_formatting
                for rule in area.rules
                for formula in rule.formula
            ]
            for at, formula in (*cells.items(), *rules):
                assert misread(formula) == [], (kind, sheet.title, at, formula)
                known += 1
    assert known > 100


def test_what_excel_reads_otherwise_is_seen() -> None:
    assert misread('=IF((A1="Có")>0,1,2)')
    assert misread("SUMPRODUCT((A1:A9>0))") and misread("(1-(ISNUMBER(A1)>0))")
    assert not misread('=IF((A1="Có")+(B1="x")>0,SUM(A1:B2),-1)') and not misread("SUMPRODUCT(--(A1:A9>0))")
