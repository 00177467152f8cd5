"""What moved since the clerk's version of a draft, and how many marks are left to fill in."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from docx import Document

from dvk_reports.papers.docx.hand_edits import Moved, moved_figures
from dvk_reports.papers.docx.marks import count_missing
from dvk_reports.papers.report.report import write_report
from dvk_reports.papers.templates.example import example_quarter, example_register
from dvk_reports.plan.office import Office
from dvk_reports.run.plans import load_plan

PLAN = load_plan()
REGISTER = example_register(PLAN)
DATA = example_quarter(PLAN)


def paper(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for line, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(line.cells, row, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def report(data=DATA) -> bytes:
    out = io.BytesIO()
    write_report(out, Office(PLAN, REGISTER, data.as_of), data)
    return out.getvalue()


def with_figure(code: str, **changes: object):
    return replace(
        DATA,
        figures=tuple(replace(f, **changes) if f.code == code and not f.group else f for f in DATA.figures),
    )


def test_the_same_numbers_are_no_news():
    text = ("I. KẾT QUẢ", "- Đăng ký mới 05 mô hình (50/60 đơn vị).")
    assert moved_figures(paper(*text), paper(*text)) == ()


def test_a_number_that_moved_is_told_with_its_paragraph():
    edited = paper("I. KẾT QUẢ", "Đoạn do cán bộ viết thêm, có số 12.", "- Đăng ký mới 05 mô hình (50/60 đơn vị).")
    new = paper("I. KẾT QUẢ", "- Đăng ký mới 07 mô hình (52/60 đơn vị).")
    assert moved_figures(edited, new) == (
        Moved(
            "đoạn 3 (mục “I. KẾT QUẢ”)",
            "- Đăng ký mới 05 mô hình (50/60 đơn vị).",
            "- Đăng ký mới 07 mô hình (52/60 đơn vị).",
            (("05", "07"), ("50/60", "52/60")),
        ),
    )


def test_a_paragraph_whose_words_were_touched_up_is_still_known():
    edited = paper("- Trong quý, toàn huyện đã đăng ký mới 1.234 mô hình, bằng 83,3% so với kế hoạch năm.")
    new = paper("- Trong quý đã đăng ký mới 1.240 mô hình, bằng 84% so với kế hoạch năm.")
    assert [item.figures for item in moved_figures(edited, new)] == [(("1.234", "1.240"), ("83,3%", "84%"))]


def test_codes_and_symbols_are_no_figures():
    edited = paper("- Kế hoạch số 110-KH/TU, chỉ tiêu MT2.1 và B4.")
    new = paper("- Kế hoạch số 120-KH/TU, chỉ tiêu MT2.2 và B5.")
    assert moved_figures(edited, new) == ()


@pytest.mark.parametrize(
    ("old", "now", "figures"),
    [
        ("Có 03 mô hình.", "Có 03 mô hình.", []),
        ("Các mô hình có Kinh tế 8, Văn hóa 4.", "Các mô hình có Kinh tế 8, Văn hóa 5.", [(("4", "5"),)]),
        ("Có 03 mô hình (2/4 đơn vị).", "Có 03 mô hình.", []),  # other words: the figure is whole now
    ],
)
def test_only_what_differs(old, now, figures):
    assert [item.figures for item in moved_figures(paper(old), paper(now))] == figures


def test_rows_of_tables_are_paired_by_their_words():
    rows = (("TT", "Lĩnh vực", "Số"), ("1", "Kinh tế", "8"), ("2", "Văn hóa", "4"))
    now = (("TT", "Lĩnh vực", "Số"), ("1", "Kinh tế", "9"), ("2", "Văn hóa", "4"))
    found = moved_figures(paper(rows=rows), paper(rows=now))
    assert [(item.paragraph, item.figures) for item in found] == [("bảng 1, dòng 2", (("8", "9"),))]


def test_an_edited_report_against_the_new_one():
    document = Document(io.BytesIO(report()))
    line = next(p for p in document.paragraphs if "trong quý đăng ký mới 24 mô hình" in p.text)
    line.text = line.text.replace("trong quý đăng ký mới", "trong quý, các đơn vị đăng ký mới")
    out = io.BytesIO()
    document.save(out)
    found = moved_figures(out.getvalue(), report(with_figure("NV3.1", value=Decimal(31))))
    assert [item.figures for item in found if "đăng ký mới" in item.old] == [(("24", "31"),)]
    assert all("31" in item.new for item in found)


# --- marks to fill in, sentences to look at twice


def test_marks_left_to_fill_in_are_counted_wherever_they_stand():
    assert count_missing(paper("Có [CẦN BỔ SUNG: số] và [CẦN BỔ SUNG: tên].", rows=(("[CẦN BỔ SUNG]", "x"),))) == 3
    assert count_missing(paper("Đủ cả.")) == 0
    assert count_missing(paper("Ban hành [văn bản của Ban] trước ngày [……], không phải [1] hay [ ].")) == 2
    assert count_missing(report()) == 2  # the papers of the Ban, who is asked


def test_the_shading_stands_where_word_wants_it():
    xml = zipfile.ZipFile(io.BytesIO(report())).read("word/document.xml").decode("utf-8")
    assert '<w:rPr><w:highlight w:val="yellow"/></w:rPr><w:t' in xml.replace(' xml:space="preserve"', "")


def test_one_setting_for_tones_and_names_untouched():
    documents = PLAN.documents.model_copy(update={"dau_thanh": "moi"})
    plan = PLAN.model_copy(update={"documents": documents})
    units = tuple(replace(unit, name=f"{unit.name}, xã Hòa, Huyện ủy") for unit in REGISTER.units)
    data = DATA
    out = io.BytesIO()
    write_report(out, Office(plan, replace(REGISTER, units=units), data.as_of), data)
    document = Document(io.BytesIO(out.getvalue()))
    lines = [p.text for p in document.paragraphs]
    assert document.tables[0].rows[0].cells[0].text.startswith("HUYỆN UỶ BẢO YÊN")
    assert any("xã hội hoá" in line for line in lines) and not any("xã hội hóa" in line for line in lines)
    assert any("Huyện uỷ" in line for line in lines)
