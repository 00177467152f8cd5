"""Make the bundled ``don-doc.docx`` (``python -m tools.regenerate``).

As with ``bao-cao.docx``, an office edits its own copy in ``mau-word/``; only a change of the bundled one is made here.
"""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

from docx.document import Document as DocumentType

from dvk_reports.papers.docx.drafts import steady_zip
from dvk_reports.plan.book.rulebook import Layout
from dvk_reports.plan.reminding import DOCUMENT
from dvk_reports.run.plans import load_plan
from tools.templates import layout as lay
from tools.templates import skeleton_pieces as piece


def make_reminder(folder: Path) -> Path:
    """Write ``don-doc.docx`` into ``folder`` in the format of the bundled plan; the same bytes every time."""
    plan = load_plan()
    spec = plan.document(DOCUMENT, plan.first_quarter.first_day)
    layout = plan.documents.layout(spec.the_thuc, plan.first_quarter.first_day)
    document = lay.blank_document(layout, lay.letter_styles(layout))
    lay.page_number(document.sections[0])
    _head(document, layout)
    _body(document)
    piece.foot(document, layout)
    _properties(document, spec.tu_ngay)
    out = io.BytesIO()
    document.save(out)
    path = folder / spec.mau
    path.write_bytes(steady_zip(out.getvalue()))
    return path


def _head(document: DocumentType, layout: Layout) -> None:
    piece.party_head(document, layout, dated=True)
    # A công văn has no Tên loại: what it is about stands under its number.
    lay.say(document.tables[0].rows[1].cells[0], "DVK Trích yếu công văn", "{{ trich_yeu }}")
    lay.say(document, "DVK Kính gửi", "Kính gửi: {{ kinh_gui }}")


def _body(document: DocumentType) -> None:
    lay.say(document, "DVK Nội dung", "{{ nhac_lai }}")
    lay.say(document, "DVK Nội dung", "{{ tinh_hinh }}")
    _each(document, "con_thieu", "- {{ cau }}")
    _each(document, "de_nghi", "{{ cau }}")
    lay.say(document, "DVK Nội dung", "{{ cach_gui }}")
    lay.say(document, "DVK Nội dung cuối", "{{ loi_ket }}")


def _each(document: DocumentType, name: str, text: str) -> None:
    for line in (f"{{%p for cau in {name} %}}", text, "{%p endfor %}"):
        lay.say(document, "DVK Nội dung", line)


def _properties(document: DocumentType, day: date) -> None:
    core = document.core_properties
    core.title, core.language = "Mẫu công văn đôn đốc báo cáo Phong trào “Dân vận khéo”", "vi-VN"
    core.author = core.last_modified_by = core.comments = core.keywords = core.subject = ""
    core.created = core.modified = datetime(day.year, day.month, day.day)
    core.revision = 1
