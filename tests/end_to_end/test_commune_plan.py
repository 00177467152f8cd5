"""A commune works with a plan of its own: other units, other sheets, another issuer, and not a line of Python."""

from __future__ import annotations

import io
import re
import shutil
from datetime import date
from importlib.resources import files
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from dvk_reports import (
    close_period,
    consolidate,
    draft_awards,
    init_workspace,
    lint_documents,
    make_forms,
    open_workspace,
    propose_awards,
    verify_archive,
)
from dvk_reports.model.periods import Quarter
from dvk_reports.plan.duty import units_due
from dvk_reports.run.plans import load_plan

PLAN = "xa_2026_2030"
KY, DAY, ROUND = "2026-Q3", date(2026, 10, 12), "2026-10"
OF_THE_DISTRICT = re.compile(r"\b[Hh]uyện (?:ủy|Bảo Yên)|HUYỆN|cấp huyện|Bảo Yên|thị trấn|Phòng Nội vụ|2022 - 2025")


@pytest.fixture(scope="module")
def space(sample, tmp_path_factory) -> Path:
    """The commune's workspace with the quarter consolidated and the round drafted."""
    folder = tmp_path_factory.mktemp("xã") / "làm việc"
    shutil.copytree(sample("xa-suoi-may").folder, folder)
    consolidate(folder, KY, as_of=DAY)
    propose_awards(folder, ROUND, as_of=DAY)
    draft_awards(folder, ROUND, as_of=DAY)
    return folder


def words_of(path: Path) -> list[str]:
    paper = Document(io.BytesIO(path.read_bytes()))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in paper.paragraphs), *cells]


def papers(folder: Path) -> list[Path]:
    return sorted(path for part in ("ket-qua", "khen-thuong") for path in (folder / part).rglob("*.docx"))


def test_the_plan_is_small_because_it_takes_over_another():
    plan, base = load_plan(PLAN), load_plan("bao_yen_2022_2025")
    assert set(plan.sheets) < set(base.sheets)
    assert not set(plan.kinds) - {"CB_THON", "CB_CQ", "CB_TH", "DT", "BXD"}
    assert (plan.first_quarter.key, plan.last_quarter.key) == ("2026-Q1", "2030-Q4")
    assert {entry.ma for entry in plan.awards.dot} == {f"{year}-10" for year in range(2026, 2031)}
    folder = files("dvk_reports.plans").joinpath(PLAN)
    assert (
        sum(
            len(path.read_text(encoding="utf-8").splitlines())
            for path in folder.iterdir()
            if path.name.endswith(".yaml")
        )
        < 400
    )


def test_the_quarter_is_counted_on_the_units_of_the_commune(space):
    result = consolidate(space, KY, as_of=DAY)
    assert result.summary == "12 tệp: 12 dùng; 1 đơn vị chưa nộp"
    figures = {figure.code: figure for figure in result.data.figures if not figure.group}
    told = {
        code: (figures[code].numerator, figures[code].denominator, figures[code].reported, figures[code].owed)
        for code in ("MT1.1", "MT2.1", "MT3.1", "MT3.2", "MT4.2", "NV3.2")
    }
    # Seven of the eight thôn have a row each; two have no model at work (the new thôn and Nà Lốc).
    assert told == {
        "MT1.1": (9, 10, 10, 11),
        "MT2.1": (6, 8, 7, 7),
        "MT3.1": (5, 5, 5, 6),
        "MT3.2": (2, 5, 5, 6),
        "MT4.2": (5, 5, 12, 13),
        "NV3.2": (11, None, 12, 13),
    }
    assert [(f.level.value, f.code) for f in result.data.findings if f.level.value != "Ghi chú"] == []


def test_no_paper_and_no_sheet_speaks_of_the_district(space):
    assert papers(space)
    told = {(path.name, text) for path in papers(space) for text in words_of(path) if OF_THE_DISTRICT.search(text)}
    assert told == set()
    for path in [*space.glob("ket-qua/*/*.xlsx"), *space.glob("khen-thuong/*/xet-chon.xlsx")]:
        book = openpyxl.load_workbook(path)
        cells = {
            str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
        }
        assert {text for text in cells if OF_THE_DISTRICT.search(text)} == set(), path.name


def test_the_report_is_the_party_committees_own(space):
    head = words_of(space / "ket-qua" / KY / "bao-cao.docx")
    assert any("ĐẢNG ỦY XÃ SUỐI MÂY" in text for text in head)
    assert any("T/M BAN THƯỜNG VỤ" in text for text in head)
    assert any(text.lstrip("- ").startswith("Tỷ lệ chi bộ trực thuộc Đảng ủy xã có kế hoạch") for text in head)


def test_the_drafts_of_the_round_keep_to_the_format(space):
    found = lint_documents(space, papers(space), as_of=DAY)
    assert {path.name for path in papers(space)} == {Path(item.path).name for item in found}
    wrong = [(Path(item.path).name, str(one)) for item in found for one in item.deviations if one.certain]
    assert wrong == []


def test_the_quarter_after_is_prefilled_and_a_sealed_quarter_comes_out_the_same(space, tmp_path):
    made = make_forms(space, "2026-Q4", as_of=date(2026, 12, 15))
    assert len(made.units) == 13 and len(made.prefilled) == 10
    form = openpyxl.load_workbook(made.folder / "DVK_CB-THON-01_2026-Q4.xlsx")
    assert not {"B4b", "B5", "B7", "B8"} & set(form.sheetnames)
    sealed = close_period(space, KY, as_of=DAY)
    assert verify_archive(sealed.path).differences == ()


def test_a_new_workspace_of_the_plan_is_ready_to_send_forms(tmp_path):
    folder = init_workspace(tmp_path / "xã", PLAN, as_of=date(2026, 1, 5))
    space = open_workspace(folder)
    assert space.plan.info.ma == PLAN
    due = units_due(space.plan, space.register(), Quarter(2026, 1))
    assert len(due) == 13
    assert len(make_forms(space, "2026-Q1", as_of=date(2026, 3, 20)).units) == 13
