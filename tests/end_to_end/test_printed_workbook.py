"""The workbook of a quarter, printed as a whole: few pages, as wide as the paper, no word over another."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from itertools import combinations
from pathlib import Path

import openpyxl
import pytest

from tests.support.offices import convert

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")

MOST = 40
QUARTERS = (("bao-yen", "2023-Q3"), ("bao-yen-2025", "2025-Q3"))
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<')


@pytest.fixture(scope="module", params=QUARTERS, ids=lambda quarter: quarter[0])
def workbook(request, runs_of) -> Path:
    name, period = request.param
    return runs_of(name)[1][period].folder / "tong-hop.xlsx"


@pytest.fixture(scope="module")
def sheets(workbook):
    return openpyxl.load_workbook(io.BytesIO(workbook.read_bytes()))


@pytest.fixture(scope="module")
def pages(workbook, tmp_path_factory) -> list[str]:
    folder = tmp_path_factory.mktemp("in")
    pdf = convert(workbook, "pdf", folder)
    subprocess.run(["pdftotext", "-bbox", pdf.name, "in.html"], cwd=folder, check=True, capture_output=True)
    return (folder / "in.html").read_text(encoding="utf-8").split("<page ")[1:]


def test_a_quarter_prints_in_few_pages(pages):
    assert len(pages) < MOST


def test_every_sheet_is_as_wide_as_its_page(sheets):
    for sheet in sheets:
        scaled = sheet.page_setup.scale or 100
        assert sheet.page_setup.fitToWidth in (None, 1) and (sheet.sheet_properties.pageSetUpPr or scaled < 100), sheet
        assert sheet.print_area, sheet


def test_machine_columns_are_not_printed(sheets):
    for name, first in (("Lỗi", "dong"), ("B2", "dung"), ("BIA", "bieu_co"), ("Kết quả theo đơn vị", "tep")):
        sheet = sheets[name]
        column = [cell.value for cell in sheet[1]].index(first) + 1
        last = re.search(r":\$([A-Z]+)\$", sheet.print_area)[1]
        assert openpyxl.utils.column_index_from_string(last) < column, name


def test_no_word_of_the_overview_lies_over_another(pages):
    """Titles, labels and captions of the charts, and the lines beside them."""
    words = [(*map(float, found[:4]), found[4]) for found in _WORD.findall(pages[0])]
    assert len(words) > 300
    over = []
    for one, other in combinations(words, 2):
        wide = min(one[2], other[2]) - max(one[0], other[0])
        tall = min(one[3], other[3]) - max(one[1], other[1])
        if wide > 1 and tall > 0.4 * min(one[3] - one[1], other[3] - other[1]):
            over.append((one[4], other[4]))
    assert over == []


def test_file_names_are_whole_in_the_list_of_mistakes(sheets, pages):
    """Each is printed letter by letter: a row too low for its text would hide the end."""
    names = {row[3].value for row in sheets["Lỗi"].iter_rows(min_row=2) if row[0].value}
    printed = "".join(word for page in pages for *_, word in _WORD.findall(page)).replace("&amp;", "&")
    endings = {name.rpartition("/")[2][-12:].replace(" ", "") for name in names if name}
    assert {ending for ending in endings if ending not in printed} == set()
