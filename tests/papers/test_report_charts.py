"""Native Word charts in the report: parts, links, alternative text, hatchings, and gaps for what is unknown."""

from __future__ import annotations

import io
import posixpath
import shutil
import subprocess
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from dvk_reports.papers.docx.charts import chart_mark, place_charts
from dvk_reports.papers.report.report import write_report
from dvk_reports.papers.templates.example import example_quarter, example_register
from dvk_reports.plan.office import Office
from dvk_reports.run.plans import load_plan
from dvk_reports.sheets.base.chart_part import ChartPart, report_charts
from tests.support.offices import convert

PLAN = load_plan()
REGISTER, DATA = example_register(PLAN), example_quarter(PLAN)
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def report(charts=None) -> bytes:
    out = io.BytesIO()
    write_report(out, Office(PLAN, REGISTER, DATA.as_of), DATA, charts=charts)
    return out.getvalue()


@pytest.fixture(scope="module")
def charts() -> dict[str, ChartPart]:
    return report_charts(PLAN, DATA)


def without(code: str):
    figures = tuple(replace(f, value=None) if f.code == code else f for f in DATA.figures)
    return replace(DATA, figures=figures)


def values(part: ChartPart, place: int) -> dict[int, str]:
    series = etree.fromstring(part.xml).findall(f".//{C}ser")[place]
    return {int(p.get("idx")): p.findtext(f"{C}v") for p in series.findall(f"{C}val//{C}pt")}


def test_without_charts_the_report_has_none():
    names = zipfile.ZipFile(io.BytesIO(report())).namelist()
    assert not [name for name in names if "chart" in name or "embeddings" in name]
    text = "\n".join(p.text for p in Document(io.BytesIO(report())).paragraphs)
    assert "Biểu đồ" not in text and "bieu_do" not in text


def test_each_chart_brings_its_numbers_along(charts):
    archive = zipfile.ZipFile(io.BytesIO(report(charts)))
    types = archive.read("[Content_Types].xml").decode()
    for number in (1, 2):
        name = f"word/charts/chart{number}.xml"
        assert f'PartName="/{name}"' in types
        rels = etree.fromstring(archive.read(f"word/charts/_rels/chart{number}.xml.rels"))
        target = posixpath.normpath(posixpath.join("word/charts", rels[0].get("Target")))
        linked = etree.fromstring(archive.read(name)).find(f"{C}externalData")
        relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
        assert linked.get(relation) == rels[0].get("Id")
        book = openpyxl.load_workbook(io.BytesIO(archive.read(target)))
        assert book.active.max_row > 1
    assert "xlsx" in types


def test_drawings_stand_over_their_captions_with_words_for_who_cannot_see(charts):
    document = Document(io.BytesIO(report(charts)))
    drawn = [p for p in document.paragraphs if p._p.findall(f".//{qn('w:drawing')}")]
    captions = [document.paragraphs[[q._p for q in document.paragraphs].index(p._p) + 1].text for p in drawn]
    assert [text.split(".")[0] for text in captions] == ["Biểu đồ 1", "Biểu đồ 2"]
    tags = [p._p.find(f".//{qn('wp:docPr')}") for p in drawn]
    assert [tag.get("id") for tag in tags] == ["1", "2"]
    assert (
        tags[1]
        .get("descr")
        .startswith("Biểu đồ số mô hình đang thực hiện theo lĩnh vực (3/4 đơn vị). Kinh tế: 12; Văn hóa - xã hội: 8;")
    )
    assert "MT1.1: 90,0%, phải đạt 100%" in tags[0].get("descr")


def test_bars_are_hatched_and_nothing_is_told_by_colour(charts):
    for part in charts.values():
        tree = etree.fromstring(part.xml)
        assert tree.findall(f".//{A}pattFill")
        colours = {item.get("val") for item in tree.iter(f"{A}srgbClr")}
        assert all(code[:2] == code[2:4] == code[4:] for code in colours), colours


def test_every_label_says_what_it_shows(charts):
    labels = etree.fromstring(charts["linh_vuc"].xml).find(f".//{C}dLbls")
    shown = {etree.QName(item).localname: item.get("val") for item in labels if "show" in item.tag}
    assert shown == {
        "showLegendKey": "0",
        "showVal": "1",
        "showCatName": "0",
        "showSerName": "0",
        "showPercent": "0",
        "showBubbleSize": "0",
    }


def test_what_is_unknown_is_a_gap_and_never_a_zero():
    part = report_charts(PLAN, without("MT1.2"))["muc_tieu"]
    assert values(part, 0)[0] == "0.9" and 1 not in values(part, 0) and values(part, 1)[1] == "1"
    assert "MT1.2: chưa có số liệu" in part.alt
    assert set(report_charts(PLAN, without("NV3.3"))) == {"muc_tieu"}
    lines = tuple(replace(f, value=None) if f.code == "NV3.3" and f.group == "Kinh tế" else f for f in DATA.figures)
    part = report_charts(PLAN, replace(DATA, figures=lines))["linh_vuc"]
    assert 0 not in values(part, 0) and "Kinh tế: chưa có số liệu" in part.alt


def test_a_line_left_out_of_a_known_figure_is_zero():
    figures = tuple(f for f in DATA.figures if (f.code, f.group) != ("NV3.3", "Kinh tế"))
    assert values(report_charts(PLAN, replace(DATA, figures=figures))["linh_vuc"], 0)[0] == "0"


def test_a_target_that_nobody_owes_is_not_drawn():
    figures = tuple(replace(f, owed=0, value=None) if f.code == "MT1.1" else f for f in DATA.figures)
    assert "MT1.1:" not in report_charts(PLAN, replace(DATA, figures=figures))["muc_tieu"].alt


def test_same_data_same_bytes(charts):
    again = report_charts(PLAN, DATA)
    assert again == charts and report(charts) == report(again)


def test_a_chart_may_stand_in_a_table_of_the_office(charts):
    document = Document()
    cell = document.add_table(1, 2).rows[0].cells[1]
    cell.paragraphs[0].text = chart_mark("linh_vuc")
    document.add_paragraph(chart_mark("khong_co"))
    assert place_charts(document, charts) == 1
    assert cell._tc.findall(f".//{qn('w:drawing')}") and document.paragraphs[0].text == ""


def test_the_numbers_of_the_workbook_are_those_of_the_figures(charts):
    book = openpyxl.load_workbook(io.BytesIO(charts["linh_vuc"].workbook))
    rows = [tuple(cell.value for cell in row) for row in book["Số liệu"].iter_rows(max_col=2)]
    assert rows[:3] == [("Lĩnh vực", "Số mô hình"), ("Kinh tế", 12), ("Văn hóa - xã hội", 8)]
    assert sum(Decimal(str(row[1])) for row in rows[1:]) == DATA.figure("NV3.3").value


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_draws_them(tmp_path, charts):
    (tmp_path / "bao-cao.docx").write_bytes(report(charts))
    convert(tmp_path / "bao-cao.docx", "pdf", tmp_path)
    text = subprocess.run(["pdftotext", "-layout", "bao-cao.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
    said = text.stdout.decode("utf-8")
    before = said.split("Biểu đồ 2.")[0].rsplit("Biểu đồ 1.", 1)[1]
    assert "Kinh tế" in before.rsplit("Bảng 2.", 1)[1]  # the axis of the chart and not only the table
    assert "Số mô hình; 12" not in said
