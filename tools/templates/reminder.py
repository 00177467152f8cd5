"""Make the bundled ``don-doc.docx`` (``python -m tools.regenerate``).

As with ``bao-cao.docx``, an office edits its own copy in ``mau-word/``; only a change of the bundled one is made here.
"""

from __future__ import annotations

from pathlib import Path

from docx.document import Document as DocumentType

from dvk_reports.plan.book.rulebook import Layout
from dvk_reports.run.plans import load_plan
from tools.templates import layout as lay
from tools.templates import skeleton_pieces as piece

NAME = "don-doc.docx"


def make_reminder(folder: Path) -> Path:
    """Write ``don-doc.docx`` into ``folder`` in the format of the bundled plan; the same bytes every time."""
    plan = load_plan()
    spec = next(spec for spec in plan.documents.van_ban if spec.mau == NAME)
    layout = plan.documents.layout(spec.the_thuc, plan.first_quarter.first_day)
    document = lay.blank_document(layout, lay.letter_styles(layout))
    lay.page_number(document.sections[0])
    _head(document, layout)
    _body(document)
    piece.foot(document, layout)
    return lay.save(document, folder / spec.mau, "Mẫu công văn đôn đốc báo cáo Phong trào “Dân vận khéo”", spec.tu_ngay)


def _head(document: DocumentType, layout: Layout) -> None:
    piece.party_head(document, layout, dated=True)
    # A công văn has no Tên loại: what it is about stands under its number.
    lay.say(document.tables[0].rows[1].cells[0], "DVK Trích yếu công văn", "{{ trich_yeu }}")
    lay.say(document, "DVK Kính gửi", "Kính gửi: {{ kinh_gui }}")


def _body(document: DocumentType) -> None:
    lay.say(document, "DVK Nội dung", "{{ nhac_lai }}")
    lay.say(document, "DVK Nội dung", "{{ tinh_hinh }}")
    piece.each(document, "con_thieu", "DVK Nội dung", "- {{ cau }}")
    piece.each(document, "de_nghi", "DVK Nội dung")
    lay.say(document, "DVK Nội dung", "{{ cach_gui }}")
    lay.say(document, "DVK Nội dung cuối", "{{ loi_ket }}")
