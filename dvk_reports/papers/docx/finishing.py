"""Last touches on a filled paper: no empty runs, no row that no page can hold, a signature with two lines of text.

The last paragraph is kept with the signature by its style; where it is a single line, so is the paragraph before it.
"""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from dvk_reports.papers.docx.marks import text_of
from dvk_reports.papers.docx.metrics import wrapped

_SIGNED = frozenset({"ChucVu", "QuyenHan"})
_BODY_SIZE = 14.0
_PAGEFUL = 1_200
"""Letters of a cell: a page holds 45 lines, a narrow column 30 letters on each."""
# A line that all but fills the page may be printed as one: it counts as one.
_SLACK = 1.02


def drop_empty_runs(body: Any) -> None:
    """Take out the runs that a blank field has left; one with a look of its own stays, for what is typed there."""
    for run in list(body.iter(qn("w:r"))):
        if all(child.tag == qn("w:t") and not child.text for child in run):
            run.getparent().remove(run)


def let_rows_break(body: Any) -> None:
    """A row that may be higher than a page goes on on the next: kept whole, LibreOffice prints it without its end."""
    for row in body.iter(qn("w:tr")):
        whole = row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}")
        if whole is not None and any(_letters(cell) > _PAGEFUL for cell in row.iterchildren(qn("w:tc"))):
            whole.getparent().remove(whole)


def _letters(cell: Any) -> int:
    return sum(len(text.text or "") for text in cell.iter(qn("w:t")))


def keep_signature(document: Any) -> None:
    """Tie a short last paragraph to the one above it; a paper without a signature block is left as it is."""
    for table in document.element.body.findall(qn("w:tbl")):
        styles = {style.get(qn("w:val")) for style in table.iter(qn("w:pStyle"))}
        if styles & _SIGNED:
            last = table.getprevious()
            before = last.getprevious() if last is not None else None
            if before is not None and last.tag == before.tag == qn("w:p") and _one_line(document, last):
                _keep_next(before)


def _one_line(document: Any, paragraph: Any) -> bool:
    section = document.sections[0]
    room = (section.page_width - section.left_margin - section.right_margin) / Mm(1)
    name = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    style = next(
        (item for item in document.styles if name is not None and item.style_id == name.get(qn("w:val"))),
        document.styles["Normal"],
    )
    size = style.font.size.pt if style.font.size is not None else _BODY_SIZE
    indent = style.paragraph_format.first_line_indent or 0
    return len(wrapped(text_of(paragraph), (room - indent / Mm(1)) * _SLACK, size)) < 2


def _keep_next(paragraph: Any) -> None:
    properties = paragraph.get_or_add_pPr()
    if properties.find(qn("w:keepNext")) is None:
        place = sum(child.tag == qn("w:pStyle") for child in properties)
        properties.insert(place, parse_xml(f"<w:keepNext {nsdecls('w')}/>"))
