"""Native Word charts in the report: parts, links, alternative text, hatchings, and gaps for what is unknown."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from dvk_reports.model.figures import Trend, TrendLine, TrendPoint
from dvk_reports.papers.docx.charts import chart_mark, place_charts
from dvk_reports.papers.report.report import write_report
from dvk_reports.papers.templates.example import example_quarter, example_register, example_stage
from dvk_reports.plan.office import Office
from dvk_reports.run.plans import load_plan
from dvk_reports.sheets.base.chart_part import ChartPart, report_charts

PLAN = load_plan()
REGISTER = example_register(PLAN)
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
QUARTERS = ("2023-Q2", "2023-Q3")


def line(code: str, *counts: int | None) -> TrendLine:
    points = tuple(TrendPoint() if n is None else TrendPoint(Decimal(n), 3, 4) for n in counts)
    return TrendLine(code, "", "", "mô hình", False, points)


def stage(*lines: TrendLine):
    return replace(example_stage(PLAN), trend=Trend(QUARTERS, (True, True), lines, ()))


DATA = stage(line("NV3.2", 20, 24), line("NV3.1", 5, None))


def report(charts=None, data=DATA) -> bytes:
    out = io.BytesIO()
    write_report(out, Office(PLAN, REGISTER, data.as_of), data, charts=charts)
    return out.getvalue()


@pytest.fixture(scope="module")
def charts() -> dict[str, ChartPart]:
    return report_charts(PLAN, DATA)


def values(part: ChartPart, place: int) -> dict[int, str]:
    series = etree.fromstring(part.xml).findall(f".//{C}ser")[place]
    return {int(p.get("idx")): p.findtext(f"{C}v") for p in series.findall(f"{C}val//{C}pt")}


def test_a_stage_has_one_chart_and_no_other_report_any(charts):
    assert set(charts) == {"xu_huong"}
    assert report_charts(PLAN, example_quarter(PLAN)) == {}
    assert report_charts(PLAN, stage(line("NV3.2", 20, None), line("NV3.1", 5, 3))) == {}


def test_without_charts_the_report_has_none():
    names = zipfile.ZipFile(io.BytesIO(report())).namelist()
    assert not [name for name in names if "chart" in name or "embeddings" in name]
    text = "\n".join(p.text for p in Document(io.BytesIO(report())).paragraphs)
    assert "bieu_do" not in text and "qua các quý" not in text


def test_a_chart_brings_its_numbers_along(charts):
    archive = zipfile.ZipFile(io.BytesIO(report(charts)))
    types = archive.read("[Content_Types].xml").decode()
    name = "word/charts/chart1.xml"
    assert f'PartName="/{name}"' in types and "xlsx" in types
    rels = etree.fromstring(archive.read("word/charts/_rels/chart1.xml.rels"))
    target = posixpath.normpath(posixpath.join("word/charts", rels[0].get("Target")))
    linked = etree.fromstring(archive.read(name)).find(f"{C}externalData")
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    assert linked.get(relation) == rels[0].get("Id")
    rows = [
        tuple(cell.value for cell in row) for row in openpyxl.load_workbook(io.BytesIO(archive.read(target))).active
    ]
    assert [row[1:] for row in rows[1:]] == [(20, 5), (24, None)]


def test_it_stands_in_its_annex_with_words_for_who_cannot_see(charts):
    document = Document(io.BytesIO(report(charts)))
    lines = [p.text for p in document.paragraphs]
    drawn = next(n for n, p in enumerate(document.paragraphs) if p._p.findall(f".//{qn('w:drawing')}"))
    assert lines[drawn + 1] == "Mô hình đang thực hiện và mô hình đăng ký mới qua các quý"
    assert "Phụ lục III" in lines[:drawn]
    described = document.paragraphs[drawn]._p.find(f".//{qn('wp:docPr')}").get("descr")
    assert described == (
        "Biểu đồ mô hình đang thực hiện và đăng ký mới qua các quý. II/2023 (3/4 đơn vị): đang thực hiện 20, "
        "đăng ký mới 5; III/2023 (3/4 đơn vị): đang thực hiện 24, đăng ký mới chưa có số liệu."
    )


def test_bars_are_hatched_and_nothing_is_told_by_colour(charts):
    tree = etree.fromstring(charts["xu_huong"].xml)
    assert tree.findall(f".//{A}pattFill")
    colours = {item.get("val") for item in tree.iter(f"{A}srgbClr")}
    assert all(code[:2] == code[2:4] == code[4:] for code in colours), colours


def test_what_is_unknown_is_a_gap_and_never_a_zero(charts):
    assert values(charts["xu_huong"], 0) == {0: "20", 1: "24"}
    assert values(charts["xu_huong"], 1) == {0: "5"}


def test_same_data_same_bytes(charts):
    again = report_charts(PLAN, DATA)
    assert again == charts and report(charts) == report(again)


def test_a_chart_may_stand_in_a_table_of_the_office(charts):
    document = Document()
    cell = document.add_table(1, 2).rows[0].cells[1]
    cell.paragraphs[0].text = chart_mark("xu_huong")
    document.add_paragraph(chart_mark("khong_co"))
    assert place_charts(document, charts) == 1
    assert cell._tc.findall(f".//{qn('w:drawing')}") and document.paragraphs[0].text == ""
