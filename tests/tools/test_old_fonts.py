"""The measure of old fonts counts what it says it counts, and its page says what was measured."""

from __future__ import annotations

import os
from dataclasses import astuple
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from tests.support.old_fonts import in_tcvn3, in_vni
from tools.old_fonts import PAGE, measure, page

CORPUS = Path(os.environ.get("DVK_CORPUS") or Path(__file__).parents[3] / "shared" / "corpus")


def test_what_is_measured(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for place, text, font in (
        ("A1", in_tcvn3("Hội nghị tổng kết"), ".VnTimeH"),
        ("C1", in_tcvn3("Chăn nuôi"), ".VnTime"),
        ("B2", in_vni("Huyện ủy"), "VNI-Times"),
        ("C2", "Nhãm 3", ".VnTime"),
        ("A3", "Đường làng", "Times New Roman"),
    ):
        book.active[place].value, book.active[place].font = text, Font(name=font)
    second = book.create_sheet()
    second["A1"].value, second["A1"].font = in_tcvn3("Trồng quế"), Font(name=".VnTime")
    book.save(tmp_path / "mot.xls")
    (tmp_path / "chep").mkdir()
    (tmp_path / "chep" / "mot.txt").write_text(
        "Hội nghị  tổng kết\t\tChăn nuội\n\tHuyện ủy\tNhóm 3\nĐường làng\t\t\nTrồng quế\n", "utf-8"
    )
    (tmp_path / "khong-co-ban-chep.xls").write_bytes(b"")
    books, scores = measure(tmp_path)
    assert (books, {name: astuple(score) for name, score in scores.items()}) == (
        1,
        {
            "TCVN3": (3, 2, 8, 7, 17 + 9 + 9, 17 + 8 + 9),
            "VNI": (1, 1, 2, 2, 8, 8),
            "nghi ngờ": (1, 0, 2, 1, 6, 5),
        },
    )
    text = page(books, scores)
    assert "| TCVN3 | 3 | 66,66 % | 87,5 % | 97,14 % |" in text
    assert "Trong 5 ô có chữ cũ: 4 ô (80 %) được đổi, 90 % số từ đúng như bản chép; 1 ô bị dừng" in text


@pytest.mark.skipif(not (CORPUS / "viparse").is_dir(), reason="the public collection is not at hand")
def test_the_page_is_what_the_public_collection_gives() -> None:
    assert PAGE.read_text("utf-8") == page(*measure(CORPUS / "viparse"))
