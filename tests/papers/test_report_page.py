"""The page of the report: layout, signature, annex, properties; the same bytes twice; sound in LibreOffice."""

from __future__ import annotations

import io
import shutil
import zipfile
from datetime import date

import pytest
from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from docx.shared import Mm

from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.periods import parse_period
from dvk_reports.papers.report.annex_lists import task_rows
from dvk_reports.papers.report.basis import Basis
from dvk_reports.papers.report.report import report_context
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Register, Signer
from tests.support.offices import convert
from tests.support.small_report import (
    DATA,
    OFFICE,
    PLAN,
    REGISTER,
    SUBMISSIONS,
    opened,
    texts,
    written,
)


@pytest.fixture(scope="module")
def paper() -> DocumentType:
    return opened(written())


def test_each_annex_is_a_section_numbered_from_one(paper):
    starts = [section._sectPr.find(qn("w:pgNumType")) for section in paper.sections]
    assert [start is None or start.get(qn("w:start")) for start in starts] == [True, "1", "1"]
    assert [section.different_first_page_header_footer for section in paper.sections] == [True] * 3
    heads = [place for place, text in enumerate(texts(paper)) if text.startswith("Phụ lục ")]
    assert [texts(paper)[place : place + 3] for place in heads] == [
        [
            number,
            title,
            "(kèm theo Báo cáo số       -BC/BDVHU, ngày      tháng      năm 2023 của Ban Dân vận Huyện ủy)",
        ]
        for number, title in (
            ("Phụ lục I", "KẾT QUẢ THỰC HIỆN CÁC MỤC TIÊU CỦA KẾ HOẠCH"),
            ("Phụ lục V", "PHẠM VI SỐ LIỆU"),
        )
    ]
    for table in paper.tables[2:]:
        rows = table._tbl.tr_lst
        assert rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def test_lead_body_is_the_one_in_force_on_the_last_day():
    data = Consolidation(parse_period("2025-Q3"), date(2025, 10, 10), (), SUBMISSIONS, (), (), ())
    rows = task_rows(Basis(OFFICE, data))
    assert rows[3]["chu_tri"] == "Đảng ủy xã"


def test_page_layout_of_the_party_format(paper):
    section = paper.sections[0]
    lengths = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(length / Mm(1)) for length in (*lengths, section.header_distance)] == [20, 20, 30, 15, 10]
    assert section.different_first_page_header_footer and paper.sections[1].different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    body = paper.styles["DVK Nội dung"]
    form = body.paragraph_format
    assert (body.font.size.pt, form.line_spacing.pt, form.space_before.pt) == (14, 18, 6)
    assert round(form.first_line_indent / Mm(1)) == 10
    fonts = body.element.rPr.find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{slot}")) for slot in ("ascii", "hAnsi", "cs", "eastAsia")} == {"Times New Roman"}
    assert paper.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "vi-VN"
    levels = [paper.styles[f"Heading {n}"].element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) for n in (1, 2)]
    assert levels == ["0", "1"]


@pytest.mark.parametrize(
    ("signers", "block"),
    [
        ((), ["TRƯỞNG BAN", ""]),
        (
            (Signer("bao_cao_quy", None, None, "K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Nguyễn Văn A"),),
            ["K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Nguyễn Văn A"],
        ),
        ((Signer("bao_cao_quy", date(2024, 1, 1), None, "", "Q. TRƯỞNG BAN", ""),), ["TRƯỞNG BAN", ""]),
    ],
)
def test_signature_block_of_the_day(signers, block):
    document = opened(written(register=Register(units=REGISTER.units, signers=signers)))
    right = document.tables[1].rows[0].cells[1]
    assert [paragraph.text for paragraph in right.paragraphs] == block
    bold = {p.style.name: p.style.font.bold for p in right.paragraphs}
    assert bold.items() <= {"DVK Quyền hạn": True, "DVK Chức vụ": False, "DVK Họ tên": True}.items()
    closing = next(p for p in document.paragraphs if p.text.startswith("Trên đây là báo cáo"))
    assert closing.style.paragraph_format.keep_with_next


def test_nothing_in_the_text_tells_of_a_hole():
    xml = zipfile.ZipFile(io.BytesIO(written())).read("word/document.xml").decode("utf-8")
    for bad in ("None", "nan", "NaN", "Decimal", "{%", "undefined"):
        assert bad not in xml, bad


def test_every_field_is_text_or_a_list_of_text():
    def plain(value: object) -> bool:
        if isinstance(value, list):
            return all(plain(item) for item in value)
        if isinstance(value, dict):
            return all(plain(item) for item in value.values())
        return isinstance(value, str)

    for data in (DATA, Consolidation(parse_period("2022-Q2"), date(2022, 7, 10), (), (), (), (), ())):
        assert [
            name
            for name, value in report_context(Office(PLAN, Register(), data.as_of), data).items()
            if not plain(value)
        ] == []


def test_same_data_same_bytes():
    assert written() == written()


def test_properties_carry_no_author_and_no_clock(paper):
    core = paper.core_properties
    assert (core.author, core.last_modified_by, core.comments, core.language) == ("", "", "", "vi-VN")
    assert (core.created.date(), core.modified.date()) == (DATA.as_of, DATA.as_of)
    assert core.title.startswith("Báo cáo kết quả thực hiện Phong trào “Dân vận khéo” quý III năm 2023")
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(written())).infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(tmp_path):
    (tmp_path / "bao-cao.docx").write_bytes(written())
    convert(tmp_path / "bao-cao.docx", "txt:Text (encoded):UTF8", tmp_path)
    text = (tmp_path / "bao-cao.txt").read_text(encoding="utf-8-sig")
    assert "một số mô hình A & B <c> còn chậm (01 đơn vị)" in text
    assert "PHẠM VI SỐ LIỆU" in text
