"""What moved since the clerk's version of a draft, and how many marks are left to fill in."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from docx import Document
from docx.oxml.ns import qn

from dvk_reports.model.figures import Source
from dvk_reports.model.findings import Finding, Level
from dvk_reports.model.periods import parse_period
from dvk_reports.model.returns import UsedReturn
from dvk_reports.model.values import Cell, Row, Value
from dvk_reports.papers.docx.hand_edits import Moved, moved_figures, moved_name, moved_text
from dvk_reports.papers.docx.marks import count_missing, doubtful_cells
from dvk_reports.papers.report.basis import Basis
from dvk_reports.papers.report.report import write_report
from dvk_reports.papers.report.sentences import part_sentences
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
    line = next(p for p in document.paragraphs if p.text.startswith("- Đăng ký mới 24 mô hình"))
    line.text = line.text.replace("Đăng ký mới", "Trong quý, các đơn vị đăng ký mới")
    out = io.BytesIO()
    document.save(out)
    found = moved_figures(out.getvalue(), report(with_figure("NV3.1", value=Decimal(31))))
    assert [item.figures for item in found if "đăng ký mới" in item.old] == [(("24", "31"),)]
    assert all("31" in item.new for item in found)


def test_the_list_for_the_clerk():
    moved = moved_figures(paper("- Đăng ký mới 05 mô hình."), paper("- Đăng ký mới 07 mô hình."))
    text = moved_text(moved, "bao-cao.docx", "bao-cao-2023-10-12.docx", date(2023, 10, 12)).decode("utf-8-sig")
    assert text.split("\r\n") == [
        "Số liệu thay đổi so với bản bao-cao.docx (bản đã sửa tay, được giữ nguyên); tính đến ngày 12/10/2023.",
        "Bản dự thảo mới: bao-cao-2023-10-12.docx.",
        "",
        "1. Đoạn 1: 05 → 07",
        "   Đang ghi: - Đăng ký mới 05 mô hình.",
        "   Số mới:   - Đăng ký mới 07 mô hình.",
        "",
        "",
    ]
    assert "Không có số liệu nào thay đổi" in moved_text((), "a", "b", date(2023, 1, 1)).decode("utf-8-sig")
    assert moved_name(date(2023, 10, 12)) == "bao-cao-2023-10-12-so-lieu-thay-doi.txt"


# --- marks to fill in, sentences to look at twice


def test_marks_left_to_fill_in_are_counted_wherever_they_stand():
    assert count_missing(paper("Có [CẦN BỔ SUNG: số] và [CẦN BỔ SUNG: tên].", rows=(("[CẦN BỔ SUNG]", "x"),))) == 3
    assert count_missing(paper("Đủ cả.")) == 0
    assert (count_missing(report()), count_missing(report(with_figure("NV3.1", value=None)))) == (0, 2)  # text, annex


def shaded(data=DATA) -> list[str]:
    document = Document(io.BytesIO(report(data)))
    return [p.text for p in document.paragraphs if p._p.findall(f".//{qn('w:highlight')}")]


def test_partial_figures_are_shaded_and_whole_ones_are_not():
    whole = with_figure("NV3.1", reported=4, owed=4, previous=Decimal(22))
    told = "- Đăng ký mới 24 mô hình, tăng 02 mô hình so với số đã tổng hợp của quý II năm 2023."
    assert "- Đăng ký mới 24 mô hình (3/4 đơn vị)." in shaded()
    assert told not in shaded(whole)
    assert told in [p.text for p in Document(io.BytesIO(report(whole))).paragraphs]


def sentences(data) -> list[str]:
    return part_sentences(Basis(Office(PLAN, REGISTER, data.as_of), data), "xay_dung_mo_hinh")


def test_a_partial_figure_is_not_compared():
    assert sentences(with_figure("NV3.1", previous=Decimal(22)))[0] == "Đăng ký mới 24 mô hình (3/4 đơn vị)."


def warned(code: str, **changes: object) -> Finding:
    found = Finding(Level.WARNING, code, "VD-A", "a.xlsx", "B10", "F7", "9", "…", "…")
    return replace(found, **changes)


@pytest.mark.parametrize(
    ("finding", "doubted"),
    [
        (warned("K18"), 1),
        (warned("K13"), 1),
        (warned("K09"), 0),
        (warned("K18", answer="Đúng số liệu"), 0),
        (warned("K18", cell="F8"), 0),
        (warned("K18", level=Level.NOTE), 0),
    ],
)
def test_a_figure_with_an_unanswered_warning_says_so(finding, doubted):
    source = Source("Tử số", "VD-A", "a.xlsx", "B10", "F7", Decimal(24))
    data = replace(with_figure("KP.2", sources=(source,), reported=4, owed=4), findings=(finding,))
    assert doubtful_cells(data, data.figure("KP.2")) == doubted
    said = "Trong số liệu này có 01 ô đang chờ đơn vị giải trình (4/4 đơn vị)."
    lines = [text for text in shaded(data) if text.startswith("- Kinh phí xã hội hóa đã chi")]
    assert [text.endswith(said) for text in lines] == [True] * doubted


def test_a_doubtful_line_beside_a_figure_is_told_too():
    source = Source("Tử số", "VD-A", "a.xlsx", "B10", "F7", Decimal(600))
    whole = DATA.figure("KP.1")
    beside = replace(whole, group="Dự toán", value=Decimal(600), sources=(source,))
    data = replace(DATA, figures=(*DATA.figures, beside), findings=(warned("K18"),))
    said = next(text for text in shaded(data) if text.startswith("- Ngân sách nhà nước đã chi"))
    assert said.endswith(
        "Dự toán 600 triệu đồng (3/4 đơn vị). Trong số liệu này có 01 ô đang chờ đơn vị giải trình (3/4 đơn vị)."
    )


def test_units_that_lead_are_named():
    sources = tuple(
        Source("Tử số", f"VD-{name}", "f.xlsx", "B2", f"C{row}", Decimal(amount))
        for row, (name, amount) in enumerate([("A", 9), ("B", 12), ("A", 3)], start=7)
    )
    leaders = "Nhiều nhất là Đơn vị A (ví dụ) (12 mô hình) và Đơn vị B (ví dụ) (12 mô hình) (3/4 đơn vị)."
    half = replace(with_figure("NV3.2", sources=sources), period=parse_period("2023-6T"))
    assert leaders in sentences(half)
    assert not [
        text for text in sentences(replace(half, period=parse_period("2023-Q3"))) if text.startswith("Nhiều nhất")
    ]
    alone = replace(with_figure("NV3.2", sources=sources[:1]), period=parse_period("2023-6T"))
    assert not [text for text in sentences(alone) if text.startswith("Nhiều nhất")]


def test_the_shading_stands_where_word_wants_it():
    xml = zipfile.ZipFile(io.BytesIO(report())).read("word/document.xml").decode("utf-8")
    assert '<w:rPr><w:highlight w:val="yellow"/></w:rPr><w:t' in xml.replace(' xml:space="preserve"', "")


# --- kinds of report, tone placement


def of_period(period: str, **changes: object):
    return replace(DATA, period=parse_period(period), used=(), **changes)


@pytest.mark.parametrize(
    ("period", "title", "two_parts"),
    [
        ("2023-Q3", "kết quả thực hiện Phong trào “Dân vận khéo” quý III năm 2023, nhiệm vụ trọng tâm quý IV", False),
        (
            "2023-6T",
            "kết quả thực hiện Phong trào “Dân vận khéo” 6 tháng đầu năm 2023, nhiệm vụ trọng tâm 6 tháng",
            False,
        ),
        ("2023-9T", "kết quả thực hiện Phong trào “Dân vận khéo” 9 tháng đầu năm 2023", False),
        ("2023", "kết quả thực hiện Phong trào “Dân vận khéo” năm 2023, nhiệm vụ trọng tâm năm 2024", False),
        ("2022-Q2..2023-Q3", "sơ kết Phong trào “Dân vận khéo” từ quý II năm 2022 đến quý III năm 2023", True),
        ("2022-Q2..2025-Q4", "tổng kết Phong trào “Dân vận khéo” từ quý II năm 2022 đến quý IV năm 2025", True),
    ],
)
def test_the_kind_of_report_follows_the_period(period, title, two_parts):
    lines = [p.text for p in Document(io.BytesIO(report(of_period(period)))).paragraphs]
    assert lines[0] == "BÁO CÁO" and lines[1].startswith(title)
    for part in ("Phần thứ nhất", "Phần thứ hai", "4. Bài học kinh nghiệm"):
        assert (part in lines) == two_parts, part
    assert [line.split(". ")[0] for line in lines if re.match(r"(I|II|III|IV|V)\. ", line)] == [
        "I",
        "II",
        "III",
        "IV",
        "V",
    ]


def test_one_setting_for_tones_and_names_untouched():
    documents = PLAN.documents.model_copy(update={"dau_thanh": "moi"})
    plan = PLAN.model_copy(update={"documents": documents})
    units = tuple(replace(unit, name=f"{unit.name}, xã Hòa, Huyện ủy") for unit in REGISTER.units)
    row = Row("B11", 0, {"uu_diem": Value("Đảng ủy hòa", "Đảng ủy hòa", Cell("a", "B11", 1, 3))})
    data = replace(DATA, used=(UsedReturn(units[0].code, DATA.period.key, "a", "", {"B11": (row,)}),))
    out = io.BytesIO()
    write_report(out, Office(plan, replace(REGISTER, units=units), data.as_of), data)
    document = Document(io.BytesIO(out.getvalue()))
    lines = [p.text for p in document.paragraphs]
    assert document.tables[0].rows[0].cells[0].text.startswith("HUYỆN UỶ BẢO YÊN")
    assert f"- “Đảng ủy hòa” ({units[0].name})" in lines
    assert any("xã hội hoá" in line for line in lines) and not any("xã hội hóa" in line for line in lines)
    assert any("Huyện uỷ" in line for line in lines)
