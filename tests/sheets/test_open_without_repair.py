"""Every workbook that is written is one that Excel opens without repairing anything."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dvk_reports import Workspace, consolidate, init_workspace, list_rules
from dvk_reports.model.periods import Quarter
from dvk_reports.plan.office import Office
from dvk_reports.sheets.forms.blank import blank_content
from dvk_reports.sheets.forms.templates import Templates, form_bytes
from dvk_reports.sheets.marked.workbook import MarkedCopy
from dvk_reports.sheets.totals.workbook import write_consolidated
from tests.sheets.test_consolidated import DATA, REGISTER
from tests.sheets.test_consolidated import plan as plan_of_data
from tests.sheets.test_round_trip import OFFICE, QUARTER
from tests.sheets.test_shortlist import TYPED, mixed
from tests.sheets.test_shortlist import written as shortlist
from tests.sheets.test_templates import KINDS, PLANS, copies, form_of
from tests.support.book_parts import loose_ends, parts_changed
from tests.support.open_xml import audited, told
from tests.support.small_space import DAY, KY

FIRST_SHEET, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"
TABLE = "xl/worksheets/sheet3.xml"
_FULL = [("bao_yen_2022_2025", "DB_XA"), ("bao_yen_2022_2025", "LLVT"), ("xa_2026_2030", "CB_THON")]
"""Kinds of unit whose forms together have every sheet of both plans."""
_NO_THEME = "/officeDocument/2006/relationships/theme' is missing"
"""A workbook that takes no colour from a theme needs none; the validator of Microsoft's own SDK asks for none."""


def breaches(data: bytes, folder: Path) -> list[str]:
    """All that is known against a workbook."""
    schema = [line for line in audited(data, folder, "xlsx") if _NO_THEME not in line]
    return [*told(data), *loose_ends(data), *schema]


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_a_blank_form_of_every_kind_of_unit(name: str, kind: str, tmp_path: Path) -> None:
    form = form_bytes(PLANS[name], blank_content(PLANS[name], kind))
    assert told(form) + loose_ends(form) == []
    if (name, kind) in _FULL:
        assert breaches(form, tmp_path) == []


@pytest.mark.parametrize("quarter", ["2023-Q1", "2023-Q3", "2023-Q4"], ids=["ordinary", "award round", "year"])
def test_a_form_with_something_in_every_field(quarter: str, tmp_path: Path) -> None:
    """Hints, notes, thôn and codes of its own, texts that XML and Excel must be told carefully."""
    plan, templates = PLANS["bao_yen_2022_2025"], Templates()
    for rows in (0, 35):
        assert (
            breaches(form_bytes(plan, form_of(plan, "DB_XA", Quarter.parse(quarter), rows), templates), tmp_path) == []
        )


@pytest.mark.parametrize("number", range(3))
def test_a_marked_copy(number: int, tmp_path: Path) -> None:
    copy = MarkedCopy(OFFICE, QUARTER, copies()[number]).workbook(date(2023, 10, 20))
    assert breaches(copy, tmp_path) == []


@pytest.mark.parametrize("streamed", [10_000, 0], ids=["few returns", "many returns"])
def test_the_consolidated_workbook(streamed: int, tmp_path: Path) -> None:
    with (tmp_path / "tong-hop.xlsx").open("wb") as target:
        write_consolidated(target, Office(plan_of_data(), REGISTER, DATA.as_of), DATA, streamed=streamed)
    assert breaches((tmp_path / "tong-hop.xlsx").read_bytes(), tmp_path) == []


def test_the_workbook_of_an_award_round(tmp_path: Path) -> None:
    assert breaches(shortlist(mixed(), TYPED), tmp_path) == []


def test_what_else_the_commands_write(space: Workspace, tmp_path: Path) -> None:
    """A register with its front page, lists of mails and of calls, rules, tasks to practise on."""
    consolidate(space, KY, as_of=DAY, workers=1)
    list_rules(space, tmp_path / "quy-tac.xlsx", as_of=DAY)
    init_workspace(tmp_path / "moi", sample=True)
    written = sorted({path for root in (space.root, tmp_path) for path in root.rglob("*.xlsx")} - _received(tmp_path))
    assert {"danh-muc.xlsx", "thu.xlsx", "quy-tac.xlsx"} <= {path.name for path in written}
    assert {path.name: found for path in written if (found := breaches(path.read_bytes(), tmp_path))} == {}


def _received(root: Path) -> set[Path]:
    """What units have sent is not ours."""
    return set(root.rglob("nhan-ve/**/*.xlsx"))


# --- what is held against a workbook is seen ---

BREACHES = {
    "order of elements": (TABLE, [(r"(<sheetProtection[^>]*/>)(<autoFilter[^>]*/>)", r"\2\1")], "thứ tự"),
    "order of cells": (TABLE, [(r'(<c r="B1".*?</c>)(<c r="C1".*?</c>)', r"\2\1")], "ô không theo thứ tự"),
    "look of a cell": (TABLE, [(r's="\d+" t="s"', 's="999" t="s"')], "s 999"),
    "text of a cell": (TABLE, [(r't="s"><v>\d+</v>', 't="s"><v>99999</v>')], "chữ số 99999"),
    "colour of a rule": (TABLE, [(r'dxfId="\d+"', 'dxfId="999"')], "dxfId 999"),
    "rank of a rule": (TABLE, [('priority="2"', 'priority="1"')], "hai quy tắc màu 1"),
    "rules counted": (TABLE, [(r'<dataValidations count="\d+"', '<dataValidations count="1"')], "count 1 của"),
    "long hint": (TABLE, [(' prompt="', f' prompt="{"x" * 256}')], "quá dài"),
    "two rules on a cell": (TABLE, [(r'sqref="C8:C507"/>', 'sqref="B9:C507"/>')], "đè lên"),
    "merged twice": (FIRST_SHEET, [(r'(<mergeCell ref="D)(\d+):F(\d+)"/>', r'\1\2:F\3"/>\1\2:E\3"/>')], "đè lên"),
    "a link to no sheet": (FIRST_SHEET, [("location=\"'B1'!", "location=\"'B99'!")], "không có trang B99"),
    "a name of no sheet": (BOOK, [("'_ds'!", "'ds'!")], "không có trang ds"),
    "a name twice": (BOOK, [('(<definedName name="dvk_tu_ngay".*?</definedName>)', r"\1\1")], "hai tên"),
    "no sheet seen first": (FIRST_SHEET, [(' tabSelected="1"', "")], "0 trang được chọn"),
    "order of styles": (STYLES, [("(<fonts.*?</fonts>)(<fills.*?</fills>)", r"\2\1")], "Unexpected element"),
    "fonts counted": (STYLES, [(r'<fonts count="\d+"', '<fonts count="1"')], "fonts: count 1"),
    "a font that is none": (STYLES, [(r'fontId="\d+"', 'fontId="99"')], "fontId 99"),
    "alignment unused": (STYLES, [(' applyAlignment="1"', "")], "alignment không được dùng"),
}


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_told(breach: str, tmp_path: Path) -> None:
    plan = PLANS["bao_yen_2022_2025"]
    part, changes, line = BREACHES[breach]
    form = parts_changed(form_bytes(plan, blank_content(plan, "DB_XA")), part, changes)
    assert any(line in said for said in breaches(form, tmp_path))
