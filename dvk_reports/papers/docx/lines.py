"""Lines under the organ and the summary of a filled paper, as long as the format asks of the text above them."""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from dvk_reports.papers.docx.marks import paragraphs, text_of
from dvk_reports.papers.docx.metrics import text_width, wrapped
from dvk_reports.plan.book.rulebook import Layout

_TWIPS = 1440 / 25.4
# Style of a measured line -> the column it is centred in: the left block or the whole text.
_MEASURED = {"KeCoQuan": "left", "KeTrichYeu": "text"}


def measure_lines(document: Any, layout: Layout) -> None:
    """Draw each line under organ and summary as long as the format asks of the text printed above it.

    ``document``: a filled python-docx document. The last printed line is measured, a line shorter than the block is
    centred. A template without such a line is left as it is.
    """
    if layout.phan_ke is None:
        return
    columns = {"left": layout.cot_trai, "text": layout.rong - layout.le_trai - layout.le_phai}
    above: Any = None
    for paragraph in paragraphs(document):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = "" if style is None else style.get(qn("w:val"))
        if name in _MEASURED and above is not None:
            column = columns[_MEASURED[name]]
            length = layout.phan_ke * _printed(above, layout, name, column)
            _indent(paragraph, (column - length) / 2)
        above = paragraph


def _printed(paragraph: Any, layout: Layout, name: str, column: float) -> float:
    size = layout.co_co_quan if name == "KeCoQuan" else layout.co_noi_dung
    inner = column if name == "KeCoQuan" else column - 2 * layout.thut_dong
    lines = [line for part in text_of(paragraph).split("\n") for line in wrapped(part, inner, size or 0, bold=True)]
    return text_width(lines[-1], size or 0, bold=True) if lines else 0


def _indent(paragraph: Any, side: float) -> None:
    properties: Any = paragraph.get_or_add_pPr()
    for old in properties.findall(qn("w:ind")):
        properties.remove(old)
    twips = round(side * _TWIPS)
    indent = parse_xml(f'<w:ind {nsdecls("w")} w:left="{twips}" w:right="{twips}"/>')
    properties.insert_element_before(
        indent,
        "w:contextualSpacing",
        "w:mirrorIndents",
        "w:suppressOverlap",
        "w:jc",
        "w:outlineLvl",
        "w:rPr",
        "w:sectPr",
    )
