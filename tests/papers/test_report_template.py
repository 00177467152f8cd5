"""The template of the report: an office's own wins, its mistakes are named, the bundled one is made by its script."""

from __future__ import annotations

import io
import zipfile
from importlib.resources import files
from pathlib import Path

import pytest
from docx import Document

from dvk_reports.errors import TemplateError
from dvk_reports.papers.report.report import write_report
from tests.support.small_report import DATA, OFFICE, opened, texts, written
from tools.templates.report import make_template


def own_template(folder: Path, *lines: str) -> Path:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    path = folder / "bao-cao.docx"
    document.save(str(path))
    return path


def test_the_office_template_wins(tmp_path):
    path = own_template(tmp_path, "Kỳ {{ ky_bao_cao }}: {{ NV1_1 }}; {{ MT1_2 }}, {{ MT1_2_ket_luan }}.")
    assert texts(opened(written(template=path))) == ["Kỳ quý III năm 2023: 05 lớp; 50,0%, Đánh giá cuối năm."]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["Kỳ {{ ky_bao_caoo }}."], "“ky_bao_caoo” không có (ở chỗ “Kỳ {{ ky_bao_caoo }}.”). Có phải là “ky_bao_cao”?"),
        (["{%p for a in noi_dung %}", "Là {{ a.chuu }}", "{%p endfor %}"], "“chuu” không có (ở chỗ “Là"),
        (
            ["Một", "{%p for a in nhiem_vu %}", "Là {{ a.tt }}"],
            "viết sai một dấu {{ }} hoặc {% %} (ở chỗ “{%p for a in",
        ),
        (
            ["Một", "Hai", "Ba", "Số {{ ky_bao_cao ", "Năm"],
            "viết sai một dấu {{ }} hoặc {% %} (ở chỗ “Số {{ ky_bao_cao",
        ),
        (
            ["{{ ky_bao_cao.__class__.__mro__ }}"],
            "“__class__” (ở chỗ “{{ ky_bao_cao.__class__.__mro__ }}”), không được phép",
        ),
        (["Các chỉ tiêu: {{ nhiem_vu }}"], "in một danh sách như một dòng chữ (ở chỗ “Các chỉ tiêu"),
        (["{{ ky_bao_cao / 2 }}"], "không tính được"),
    ],
)
def test_a_mistake_in_a_template_stops_the_run_and_is_named(tmp_path, lines, said):
    with pytest.raises(TemplateError) as caught:
        written(template=own_template(tmp_path, *lines))
    assert said in str(caught.value)
    assert str(caught.value).startswith("Mẫu Word mau-word/bao-cao.docx")


def test_a_mark_across_a_table_border_stops_the_run(tmp_path):
    document = Document()
    document.add_paragraph("{%p for a in nhiem_vu %}")
    document.add_table(1, 1).rows[0].cells[0].text = "{%p endfor %}"
    path = tmp_path / "bao-cao.docx"
    document.save(str(path))
    with pytest.raises(TemplateError, match="sai chỗ"):
        written(template=path)


def test_a_template_that_is_no_word_file(tmp_path):
    path = tmp_path / "bao-cao.docx"
    with pytest.raises(TemplateError, match=r"Không thấy mẫu Word mau-word/bao-cao.docx"):
        written(template=path)
    path.write_bytes(b"not a zip")
    with pytest.raises(TemplateError, match=r"không phải là tệp .docx"):
        written(template=path)


def test_nothing_is_written_when_the_template_is_wrong(tmp_path):
    target = tmp_path / "ra.docx"
    with pytest.raises(TemplateError):
        write_report(target, OFFICE, DATA, own_template(tmp_path, "{{ sai }}"))
    assert not target.exists()


def test_bundled_template_is_the_one_the_script_makes(tmp_path):
    made = zipfile.ZipFile(make_template(tmp_path))
    kept = zipfile.ZipFile(io.BytesIO(files("dvk_reports.templates_docx").joinpath("bao-cao.docx").read_bytes()))
    assert {name: made.read(name) for name in made.namelist()} == {name: kept.read(name) for name in kept.namelist()}
