"""How many places of a paper a person must still fill in: found where Word shows them, in pieces of any size."""

import io

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from dvk_reports.papers.docx.marks import count_missing

MARK = "[CẦN BỔ SUNG: số]"
BOX = (
    f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:t>[CẦN BỔ</w:t><w:pict><v:shape><v:textbox>'
    f"<w:txbxContent><w:p><w:r><w:t>một</w:t></w:r></w:p><w:p><w:r><w:t>{MARK}</w:t></w:r></w:p></w:txbxContent>"
    "</v:textbox></v:shape></w:pict><w:t> SUNG: tên]</w:t></w:r>"
)


def in_pieces(document):
    paragraph = document.add_paragraph("[CẦN")
    paragraph.add_run(" BỔ").bold = True
    paragraph.add_run(" SUNG]")


def in_a_table(document):
    table = document.add_table(rows=3, cols=2)
    for row in table.rows:
        row.cells[1].text = MARK
    table.cell(0, 0).add_table(rows=1, cols=1).cell(0, 0).text = MARK


def beside_the_text(document):
    document.sections[0].header.paragraphs[0].text = MARK
    document.sections[0].first_page_footer.paragraphs[0].text = f"{MARK} {MARK}"
    document.add_section()  # its header is that of the first
    document.add_section().footer.paragraphs[0].text = MARK


@pytest.mark.parametrize(
    ("write", "count"),
    [
        (lambda document: document.add_paragraph(f"Có {MARK}, [CẦN BỔ SUNG] và [số]; không [12] hay [a|b]."), 3),
        (in_pieces, 1),
        (in_a_table, 4),
        (lambda document: document.add_paragraph()._p.append(parse_xml(BOX)), 2),
        (beside_the_text, 4),
        (lambda document: document.add_paragraph("Đủ cả."), 0),
    ],
)
def test_every_mark_is_counted_once(write, count):
    document, target = Document(), io.BytesIO()
    write(document)
    document.save(target)
    assert count_missing(target.getvalue()) == count
