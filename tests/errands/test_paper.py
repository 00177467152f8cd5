"""A paper and its issuer: a dated entry in ``documents.yaml``, and a .docx edited in Word."""

from __future__ import annotations

import io
from datetime import date
from importlib.resources import files

import pytest
from docx import Document

from dvk_reports import consolidate
from tests.errands.own_plans import with_plan
from tests.support.small_space import KY, put, sent

DOCUMENTS = """co_quan_ban_hanh:
  - {ma: ban_chu_tri, tu_ngay: 2023-10-15, can_cu: "Quyết định ví dụ", co_quan_cap_tren: "ĐẢNG ỦY XÃ VÍ DỤ",
     co_quan: "BAN XÂY DỰNG ĐẢNG", ten_co_quan: "Ban Xây dựng Đảng xã", ky_hieu: "BXDĐ", dia_danh: "Ví Dụ",
     chuc_vu: "TRƯỞNG BAN", luu: "Ban Xây dựng Đảng"}
"""


@pytest.fixture
def space(tmp_path):
    space = with_plan(tmp_path / "làm việc", {"documents.yaml": DOCUMENTS})
    for code in ("CB-A", "CB-B", "CB-C"):
        put(space, f"{code}.xlsx", sent(space, code))
    return space


def words(folder):
    paper = Document(str(folder / "bao-cao.docx"))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def test_an_issuer_signs_from_its_day_on(space):
    before = words(consolidate(space, KY, as_of=date(2023, 10, 12)).folder)
    after = words(consolidate(space, KY, as_of=date(2023, 10, 16)).folder)
    assert ("BAN XÂY DỰNG ĐẢNG" in before, "BAN XÂY DỰNG ĐẢNG" in after) == (False, True)
    assert "BC/BXDĐ" in after and "BC/BDVHU" in before


def test_a_template_edited_in_word_wins(space):
    paper = Document(io.BytesIO(files("dvk_reports.templates_docx").joinpath("bao-cao.docx").read_bytes()))
    paper.add_paragraph("Câu thêm vào mẫu: {{ so_don_vi_da_bao_cao }} đơn vị đã báo cáo.")
    paper.save(str(space.root / "mau-word" / "bao-cao.docx"))
    assert "Câu thêm vào mẫu: 3 đơn vị đã báo cáo." in words(consolidate(space, KY, as_of=date(2023, 10, 12)).folder)
