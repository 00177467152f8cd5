"""What a person must still look at in a draft: marks to fill in, and sentences on figures that are partial or doubtful.

They are found in the text of the finished paper, so that they are found too in a template that an office has changed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from dvk_reports.messages.marks import MISSING
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.figures import Figure
from dvk_reports.model.findings import Level

_PARTIAL = re.compile(r"\(\d+/\d+ đơn vị")
_QUOTED = "YKien"
DOUBTING = ("K13", "K18")
"""Warnings that say a value may be wrong by a factor: an outlier against the last period, money in the wrong unit."""
# What stands behind a highlight in the order of w:rPr.
_AFTER = ("w:u", "w:effect", "w:bdr", "w:shd", "w:fitText", "w:vertAlign", "w:rtl", "w:cs", "w:em", "w:lang")


def count_missing(paper: bytes) -> int:
    """How many “[CẦN BỔ SUNG: …]” a .docx still holds, in its body, tables, headers and footers."""
    return sum(len(MISSING.findall(text_of(paragraph))) for paragraph in paragraphs(Document(io.BytesIO(paper))))


def doubtful_cells(data: Consolidation, figure: Figure) -> int:
    """How many cells behind a figure and its lines carry a warning of ``DOUBTING`` that the unit has not answered."""
    doubted = {
        (finding.file, finding.sheet, finding.cell)
        for finding in data.findings
        if finding.code in DOUBTING and finding.level is Level.WARNING and finding.cell and not finding.answer
    }
    # A line beside the figure (planned money beside money spent) is told in the same sentence.
    told = (figure, *data.lines(figure.code)) if not figure.group else (figure,)
    cells = {(item.file, item.sheet.split(" ")[0], item.cell) for part in told for item in part.sources}
    return len(doubted & cells)


def highlight(document: Any) -> None:
    """Shade every mark to fill in, and every sentence of the body that is about some of the units only.

    The units' own words are left alone: what they quote is theirs.
    """
    for paragraph in paragraphs(document):
        text = text_of(paragraph)
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        quoted = style is not None and style.get(qn("w:val")) == _QUOTED
        in_table = next(paragraph.iterancestors(qn("w:tc")), None) is not None
        if MISSING.search(text) or (_PARTIAL.search(text) and not quoted and not in_table):
            for run in paragraph.iter(qn("w:r")):
                _shade(run)


def _shade(run: Any) -> None:
    properties = run.get_or_add_rPr()
    if properties.find(qn("w:highlight")) is None:
        properties.insert_element_before(parse_xml(f'<w:highlight {nsdecls("w")} w:val="yellow"/>'), *_AFTER)


def paragraphs(document: Any) -> Iterator[Any]:
    """Every w:p of body, headers and footers, in the order of the page."""
    yield from document.element.body.iter(qn("w:p"))
    for section in document.sections:
        for part in (section.header, section.first_page_header, section.footer, section.first_page_footer):
            if not part.is_linked_to_previous:
                yield from part._element.iter(qn("w:p"))


def text_of(paragraph: Any) -> str:
    """As Word shows it; a break inside the paragraph is one new line."""
    names = {qn("w:t"): None, qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
    return "".join(
        (node.text or "") if names[node.tag] is None else str(names[node.tag])
        for node in paragraph.iter(*names)
        if next(node.iterancestors(qn("w:p"))) is paragraph
    )
