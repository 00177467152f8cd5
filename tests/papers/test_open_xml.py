"""Papers, templates and bundled workbooks are what Word and Excel open without repairing anything.

The order inside a paragraph, run, table and section is held to in ``test_word_traps``, workbooks that are written in
``tests/sheets/test_open_without_repair``.
"""

from __future__ import annotations

import io
import zipfile
from importlib.resources import files

import pytest
from lxml import etree

from tests.papers.test_word_traps import PAPERS
from tests.support.open_xml import audited, told

BUNDLED_PAPERS = sorted(i.name for i in files("dvk_reports.templates_docx").iterdir() if i.name.endswith(".docx"))
BUNDLED_BOOKS = sorted(i.name for i in files("dvk_reports.templates_xlsx").iterdir() if i.name.endswith(".xlsx"))


@pytest.mark.parametrize("name", PAPERS)
def test_papers_open_without_repair(name, tmp_path):
    assert told(PAPERS[name]) == []
    assert audited(PAPERS[name], tmp_path, "docx") == []


@pytest.mark.parametrize("name", BUNDLED_PAPERS)
def test_bundled_templates_open_without_repair(name):
    assert told(files("dvk_reports.templates_docx").joinpath(name).read_bytes()) == []


@pytest.mark.parametrize("name", BUNDLED_BOOKS)
def test_bundled_workbooks_open_without_repair(name):
    assert told(files("dvk_reports.templates_xlsx").joinpath(name).read_bytes()) == []


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The same file with one text of one part put for another."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            held = source.read(name)
            if name == part:
                assert old in held
                held = held.replace(old, new, 1)
            target.writestr(name, held)
    return out.getvalue()


@pytest.mark.parametrize(
    ("part", "old", "new", "line"),
    [
        ("word/styles.xml", "DVK Số và ký hiệu", "DVK Số, ký hiệu", "word/styles.xml: tên kiểu “DVK Số, ký hiệu”"),
        ("word/styles.xml", 'w:styleId="CoQuan"', 'w:styleId="DauSao"', "word/styles.xml: hai style DauSao"),
        ("word/styles.xml", '<w:jc w:val="center"/>', '<w:jc w:val="middle"/>', "word/styles.xml: jc “middle”"),
        ("word/document.xml", "<w:tblGrid>", "<w:x>", None),
        ("word/_rels/document.xml.rels", 'Target="styles.xml"', 'Target="style.xml"',
         "word/_rels/document.xml.rels: không có style.xml"),
    ],
)  # fmt: skip
def test_a_breach_is_told(part, old, new, line):
    paper = PAPERS["letter"]
    if line is None:
        with pytest.raises(etree.XMLSyntaxError):
            told(changed(paper, part, old.encode(), new.encode()))
    else:
        assert line in told(changed(paper, part, old.encode(), new.encode()))
