"""Every sheet and key of what is written against the list that the next level and other programs rely on."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from dvk_reports.model.figures import Trend
from tests.sheets import test_consolidated, test_shortlist
from tests.support.shortlists import mixed

FILE = Path(__file__).parents[1] / "expected" / "results.csv"


def fixed() -> dict[str, list[str]]:
    """Sheet -> its keys in order; “e1 … e11” stands for eleven."""
    found: dict[str, list[str]] = {}
    for line in csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()):
        span = re.fullmatch(r"([a-z]+)(\d+) … \1(\d+)", line["key"])
        keys = [f"{span[1]}{n}" for n in range(int(span[2]), int(span[3]) + 1)] if span else [line["key"]]
        found.setdefault(line["sheet"], []).extend(keys)
    return found


@cache
def books() -> tuple[openpyxl.Workbook, openpyxl.Workbook]:
    """(consolidated workbook of a range over two years, shortlist)"""
    data = test_consolidated.DATA
    years = (("2022", data.figures), ("2023-9T", data.figures))
    several = replace(data, trend=Trend(("2022-Q4", "2023-Q3"), (True, True), (), (), years))
    consolidated, shortlist = test_consolidated.made(several), test_shortlist.written(mixed())
    return openpyxl.load_workbook(io.BytesIO(consolidated)), openpyxl.load_workbook(io.BytesIO(shortlist))


@pytest.mark.parametrize("name", fixed())
def test_each_sheet_begins_with_the_keys_of_the_list(name: str):
    of_shortlist = name.startswith("xet-chon: ")
    sheet = books()[of_shortlist][name.removeprefix("xet-chon: ")]
    keys, wanted = [cell.value for cell in sheet[1]], fixed()[name]
    assert keys[: len(wanted)] == wanted
    assert sheet.row_dimensions[1].hidden
    assert len(set(keys)) == len(keys) and None not in keys


def test_a_sheet_that_prints_fits_the_width_and_repeats_its_head():
    for name in ("Kết quả theo đơn vị", "Tiến độ nhiệm vụ", "Mục tiêu theo năm"):
        sheet = books()[0][name]
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0, name
        assert sheet.print_title_rows and sheet.page_setup.orientation == "landscape", name
