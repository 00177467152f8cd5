"""An office's own template: every mistake with its place and what was meant; every field with an example."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from docx import Document

from dvk_reports.papers.report.report import report_context
from dvk_reports.papers.templates.check import check_template, check_templates, template_fields
from dvk_reports.papers.templates.example import example_quarter, example_register
from dvk_reports.papers.templates.fields import example_fields
from dvk_reports.plan.office import Office
from dvk_reports.run.plans import load_plan

PLAN = load_plan()
FIELDS = example_fields(PLAN)
TEMPLATES = Path(str(files("dvk_reports.templates_docx")))


def office(folder: Path, *lines: str) -> Path:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    path = folder / "bao-cao.docx"
    document.save(str(path))
    return path


def told(path: Path) -> list[tuple[str, str, str, str]]:
    """(place, field, first words of the problem, nearest) of what stops a run."""
    return [
        (item.place.split(":")[0], item.field, item.problem, item.nearest)
        for item in check_template(path, FIELDS["bao-cao.docx"])
        if item.stops
    ]


@pytest.mark.parametrize(
    ("lines", "place", "field", "problem", "nearest"),
    [
        (["Một", "Kỳ {{ ky_bao_caoo }}."], "đoạn 2", "ky_bao_caoo", "không có trường “ky_bao_caoo”.", "ky_bao_cao"),
        (
            ["{%p for a in nhiem_vu %}", "{{ a.so_lieuu }}", "{%p endfor %}"],
            "đoạn 2",
            "a.so_lieuu",
            "không có trường “a.so_lieuu”.",
            "a.so_lieu",
        ),
        (["{{ ky_bao_cao.__class__ }}"], "đoạn 1", "ky_bao_cao.__class__", "là phần bên trong của chương trình", ""),
        (["{{ nhiem_vu }}"], "đoạn 1", "nhiem_vu", "“nhiem_vu” là một danh sách", ""),
        (["{{ nam"], "đoạn 1", "", "dấu mở hoặc đóng viết thiếu", ""),
        (["Năm {nam}"], "đoạn 1", "", "dấu mở hoặc đóng viết thiếu", ""),
        (["Năm { { nam } }"], "đoạn 1", "", "dấu mở hoặc đóng viết thiếu", ""),
        (["{%p if nam %}", "a"], "đoạn 1", "{%p if nam %}", "không có dấu kết thúc (endif)", ""),
        (["{%p endfor %}"], "đoạn 1", "{%p endfor %}", "không có dấu mở ở trước", ""),
        (["{%p if nam %}", "{%p endfor %}"], "đoạn 2", "{%p endfor %}", "đóng nhầm {%p if nam %}", ""),
        (["Chữ {%p if nam %}", "{%p endif %}"], "đoạn 1", "{%p if nam %}", "phải đứng riêng một đoạn", ""),
        (["{{ nam|khong_co }}"], "đoạn 1", "nam|khong_co", "viết sai", ""),
        (["{%p lap %}"], "đoạn 1", "{%p lap %}", "không có lệnh “lap”", ""),
        (["{{ nam / 2 }}"], "", "", "có một dấu không tính được", ""),
    ],
)
def test_one_mistake_is_told_once_with_its_place(tmp_path, lines, place, field, problem, nearest):
    found = told(office(tmp_path, *lines))
    assert [(item[0], item[1], item[3]) for item in found] == [(place, field, nearest)]
    assert problem in found[0][2]


def test_curly_quotes_would_print_the_name_itself(tmp_path):
    found = told(office(tmp_path, "{{ “nam” }}"))
    assert [item[2].split(";")[0] for item in found] == [
        "có dấu ngoặc kép cong trong {{ “nam” }}",
        "{{ “nam” }} in ra chữ cố định, không phải một trường.",
    ]


def test_a_field_in_a_table_and_in_the_header_is_found(tmp_path):
    document = Document()
    document.sections[0].header.paragraphs[0].text = "{{ ten_coquan }}"
    table = document.add_table(2, 2)
    table.cell(1, 1).text = "{{ namm }}"
    path = tmp_path / "bao-cao.docx"
    document.save(str(path))
    assert [item[0] for item in told(path)] == ["bảng 1, dòng 2, cột 2", "đầu trang, đoạn 1"]


def test_a_loop_may_not_leave_its_table(tmp_path):
    document = Document()
    document.add_paragraph("{%p for a in nhiem_vu %}")
    document.add_table(1, 1).rows[0].cells[0].text = "{%p endfor %}"
    path = tmp_path / "bao-cao.docx"
    document.save(str(path))
    assert ["phải cùng loại và cùng chỗ" in item[2] for item in told(path)] == [True]


def test_what_word_has_cut_is_told_and_stops_nothing(tmp_path):
    document = Document()
    document.add_paragraph("Năm {{ n").add_run("am }}").bold = True
    path = tmp_path / "bao-cao.docx"
    document.save(str(path))
    found = check_template(path, FIELDS["bao-cao.docx"])
    assert [(item.field, item.stops) for item in found][:1] == [("nam", False)]
    assert "thành 2 mảnh chữ" in found[0].problem


def test_fields_of_the_bundled_template_that_are_left_out(tmp_path):
    found = check_template(office(tmp_path, "{{ nam }}"), FIELDS["bao-cao.docx"])
    assert [item.stops for item in found] == [False]
    assert "trich_yeu" in found[0].field.split(", ") and "nam" not in found[0].field.split(", ")


def test_the_bundled_templates_are_clean(tmp_path):
    for name in FIELDS:
        shutil.copy(TEMPLATES / name, tmp_path / name)
    assert check_templates(tmp_path, PLAN) == ()
    assert check_templates(tmp_path / "khong-co", PLAN) == ()


def test_a_file_of_another_name_and_a_file_of_another_kind(tmp_path):
    (tmp_path / "~$bao-cao.docx").write_bytes(b"lock")
    (tmp_path / "baocao.docx").write_bytes(b"x")
    (tmp_path / "don-doc.docx").write_bytes(b"x")
    found = check_templates(tmp_path, PLAN)
    assert [(item.file, item.nearest, item.stops) for item in found] == [
        ("mau-word/baocao.docx", "bao-cao.docx", False),
        ("mau-word/don-doc.docx", "", True),
    ]
    assert str(found[1]).startswith("mau-word/don-doc.docx: không đọc được")


def test_every_field_has_a_meaning_and_an_example():
    found = template_fields(PLAN)
    assert [field.name for field in found if not field.meaning] == []
    by_name = {(field.template, field.name): field.example for field in found}
    assert by_name["bao-cao.docx", "ky_bao_cao"] == "quý III năm 2023"
    assert by_name["bao-cao.docx", "nhiem_vu.tt"] == "1"
    assert by_name["bao-cao.docx", "NV1_1"] == "24 lớp"
    names = {name for template, name in by_name if template == "bao-cao.docx"}
    data = example_quarter(PLAN)
    assert set(report_context(Office(PLAN, example_register(PLAN), data.as_of), data)) <= names
