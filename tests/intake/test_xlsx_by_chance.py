"""Cells of .xlsx that two programs have written anywhere, and the forms sent back, are what openpyxl finds in them."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from tests.intake.test_xlsx_cells import by_openpyxl, differences

RETURNED = Path(__file__).parents[2] / "samples" / "bao-yen" / "nhan-ve"


@pytest.mark.parametrize("path", sorted(RETURNED.rglob("*.xlsx"))[::12], ids=lambda path: path.name)
def test_the_forms_sent_back_are_what_openpyxl_says(path):
    assert differences(path.read_bytes()) == []


TEXTS = ["", " ", "Kinh tế", "a & b < c > d", "một\nhai", "_x", "=1", "'12", "1.234,5", "x" * 300, "#N/A"]
NUMBERS = [0, -0.0, 1, -7, 12.5, 1e-9, 1e15, 45199, 0.5, 60, 59.999999999, 2958465, 123456789012]
FORMATS = ["General", "0%", "#,##0", "dd/mm/yyyy", "[h]:mm", "@", "hh:mm", '0 "đồng"', "yyyy\\-mm", "[Red]0;d"]


def by_chance(chance: random.Random, path: Path) -> bytes:
    """A workbook of cells put anywhere, with its texts shared or in their cells, as two programs write them."""
    book = xlsxwriter.Workbook(path, {"constant_memory": chance.random() < 0.5, "date_1904": chance.random() < 0.3})
    looks = [
        book.add_format({"num_format": shown, "font_name": font}) for shown in FORMATS for font in ("Arial", "ABC")
    ]
    bold = book.add_format({"bold": True})
    for _ in range(2):
        sheet = book.add_worksheet()
        for row in sorted(chance.sample(range(200), 30)):
            for col in sorted(chance.sample(range(60), 8)):
                look, text, number = chance.choice(looks), chance.choice(TEXTS), chance.choice(NUMBERS)
                put = chance.randrange(7)
                if put == 0:
                    sheet.write_blank(row, col, None, look)
                elif put == 1:
                    sheet.write_boolean(row, col, chance.random() < 0.5, look)
                elif put == 2:
                    sheet.write_formula(row, col, "=A1+1", look, chance.choice([number, text or "a", "#DIV/0!", True]))
                elif put == 3 and text.strip():
                    sheet.write_rich_string(row, col, "đầu ", bold, text)
                elif put == 4:
                    sheet.write_string(row, col, text, look)
                else:
                    sheet.write_number(row, col, number, look)
        sheet.merge_range(210, 1, 212, 3, "gộp", looks[0])
    book.close()
    if chance.random() < 0.3:
        again = load_workbook(BytesIO(path.read_bytes()))
        again.save(path)
    return path.read_bytes()


@pytest.mark.filterwarnings("ignore:.*marked as a date.*")
@pytest.mark.parametrize("seed", range(12))
def test_cells_put_anywhere_are_what_openpyxl_says(tmp_path, seed):
    data = by_chance(random.Random(seed), tmp_path / "a.xlsx")
    assert len(by_openpyxl(data)) > 200
    assert differences(data) == []
