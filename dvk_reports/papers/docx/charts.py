"""Native Word charts: parts drawn elsewhere are put where a template asks for them.

A chart stands on the page as a paragraph ``[[bieu_do:NAME]]`` until the paper is filled; the mark goes through a
template like any other text, so an office may move it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any, Protocol

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from dvk_reports.papers.docx.marks import paragraphs, text_of

_PLACE = re.compile(r"\[\[bieu_do:(\w+)\]\]")
_DRAWINGML_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"


class ChartPart(Protocol):
    """What a chart is made of. ``xml`` links its ``workbook`` by the relation id rId1; sizes in mm."""

    @property
    def xml(self) -> bytes: ...
    @property
    def workbook(self) -> bytes: ...
    @property
    def alt(self) -> str: ...
    @property
    def width(self) -> float: ...
    @property
    def height(self) -> float: ...


def chart_mark(name: str) -> str:
    """The text that stands where a chart goes."""
    return f"[[bieu_do:{name}]]"


def place_charts(document: Any, charts: Mapping[str, ChartPart]) -> int:
    """Put each chart in place of its mark; how many were placed.

    ``document``: a python-docx document. A mark whose chart is not there leaves an empty paragraph.
    """
    placed = 0
    for paragraph in list(paragraphs(document)):
        found = _PLACE.fullmatch(text_of(paragraph).strip())
        if not found:
            continue
        for child in list(paragraph):
            if child.tag != qn("w:pPr"):
                paragraph.remove(child)
        part = charts.get(found[1])
        if part is None:
            continue
        placed += 1
        paragraph.append(_run(_embed(document, part, placed), part, _free_id(document), placed))
    return placed


def _embed(document: Any, chart: ChartPart, number: int) -> str:
    """The relation id of the chart, after chart and workbook have been put into the file."""
    package = document.part.package
    book = Part(
        PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"), CONTENT_TYPE.SML_SHEET, chart.workbook, package
    )
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, chart.xml, package)
    part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    return str(document.part.relate_to(part, RELATIONSHIP_TYPE.CHART))


def _free_id(document: Any) -> int:
    used = [int(item.get("id") or 0) for item in document.element.body.iter(qn("wp:docPr"))]
    return max(used, default=0) + 1


def _run(relation: str, chart: ChartPart, number: int, place: int) -> Any:
    name, alt = (f'"{escape(text).replace(chr(10), "&#10;")}"' for text in (f"Biểu đồ {place}", chart.alt))
    return parse_xml(
        f"<w:r {nsdecls('w', 'wp', 'a', 'r')}><w:drawing>"
        '<wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{int(Mm(chart.width))}" cy="{int(Mm(chart.height))}"/>'
        '<wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{number}" name={name} descr={alt}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_DRAWINGML_CHART}">'
        f'<c:chart xmlns:c="{_DRAWINGML_CHART}" r:id="{relation}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
