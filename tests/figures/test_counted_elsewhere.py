"""Marks in a number cell that need not be filled in: they add nothing, the unit is counted, and the second is named."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.figures.test_figures import ALL, XA, XB, counted
from tests.support.build import b1, b5, b6, b7, b8, b10, checked, form

ELSEWHERE = "đã tính ở nơi khác"
SHEETS = {
    "B5": lambda said: b5(f"| so_luot | trong_do_nu |\n| 20 | {said} |"),
    "B6": lambda said: b6(f"| so_luong |\n| {said} |"),
    "B7": lambda said: b7(f"| so_kien_nghi |\n| {said} |"),
    "B10": lambda said: b10(f"| nguon | du_toan | thuc_hien | quy_doi |\n| NSNN cấp xã | {said} | 3 | {said} |"),
}


@pytest.mark.parametrize(
    ("sheet", "figure", "line", "value"),
    [
        ("B5", "NV1.3", "Nữ", 1),
        ("B6", "NV2.1", "", 1),
        ("B7", "NV4.3", "", 1),
        ("B10", "KP.1", "Dự toán", 1),
        ("B10", "KP.2", "Hiện vật quy đổi", 1),
    ],
)
@pytest.mark.parametrize(("mark", "told"), [("không áp dụng", False), (ELSEWHERE, True), ("ĐÃ TÍNH Ở NƠI KHÁC", True)])
def test_a_mark_adds_nothing_and_the_unit_is_counted(sheet, figure, line, value, mark, told) -> None:
    returns = [
        form(sender, "2023-Q3", {"B1": b1(), sheet: SHEETS[sheet](said)}, ticks="B2 B3")
        for sender, said in ((XA, mark), (XB, "1"))
    ]
    found = counted(ALL, "2023-Q3", returns)[figure, line]
    assert (found.numerator, found.reported) == (Decimal(value), 2)
    assert (f"{XA.name} ghi “{ELSEWHERE}”" in found.note) is told


def test_five_opinions_that_say_they_do_not_apply_are_not_asked_for() -> None:
    opinions = ("td_rat_hl", "td_hl", "td_bt", "td_khl", "td_rat_khl")
    survey = b8(f"| phieu_hop_le | {' | '.join(opinions)} |\n| 40 | {' | '.join(['không áp dụng'] * 5)} |")
    sent = form(XA, "2023-Q3", {"B1": b1(), "B8": survey}, ticks="B2 B3")
    assert [item.key for item in checked(XA, ALL, "2023-Q3", sent).findings if item.code == "K06"] == []
