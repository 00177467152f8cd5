"""``ma_de_nghi``: what makes an id another, and what leaves it as it is."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.award_cases import PAPER, PRAISE, b2, b3, b9b, good, listed, only, sent
from tests.support.build import office, unit

ONE = "| ghi_chu |\n| |"


def ids(text: str, **base: str) -> list[str]:
    """In the order of the rows."""
    found = sorted(listed(good(b9b=b9b(text, **base))).proposals, key=lambda item: item.candidate.at.row)
    return [item.candidate.id for item in found]


PAO = ids(ONE)[0]


@pytest.mark.parametrize(
    "changed",
    [
        {"ten": "LÝ  A PÁO"},
        {"chuc_vu": "Trưởng thôn"},
        {"ma_mo_hinh": "MH-DB-XA-1-002"},
        {"thu_tu": "4"},
        {"thanh_tich": "Khác"},
        {"hs_to_trinh": "Không"},
    ],
)
def test_the_same_subject_however_its_row_reads(changed):
    assert ids(ONE, **changed) == [PAO]


@pytest.mark.parametrize(
    "changed",
    [
        {"ten": "Lý A Pào"},
        {"ngay_sinh": "05/03/1981"},
        {"ngay_sinh": ""},
        {"hinh_thuc": PRAISE},
        {"phan_loai": "Tập thể"},
    ],
)
def test_another_subject(changed):
    assert ids(ONE, **changed) != [PAO]


def test_rows_that_change_places_keep_their_ids():
    one = ids("| ten |\n| Lý A Páo |\n| Lý A Sùng |")
    assert one[0] == PAO
    assert ids("| ten |\n| Lý A Sùng |\n| Lý A Páo |") == one[::-1]


def test_two_proposals_of_one_subject_are_told_apart_by_what_they_are_for():
    first, second = ids("| ma_mo_hinh |\n| MH-DB-XA-1-001 |\n| MH-DB-XA-1-002 |")
    assert first != second and {first.split("~")[0], second.split("~")[0]} == {PAO}
    assert ids("| ma_mo_hinh |\n| MH-DB-XA-1-002 |\n| MH-DB-XA-1-001 |") == [second, first]


def test_one_row_pasted_twice_gives_two_ids():
    first, second = ids("| ghi_chu |\n| |\n| |")
    assert second == f"{first}~2"


def test_a_unit_that_was_merged_before_the_round_is_called_by_its_successor():
    old, new = unit("DB-XA-1", until="30/09/2023", order=1), unit("DB-XA-2", order=2)
    register = office(old, new, mergers=[("DB-XA-1", "DB-XA-2", "01/10/2023")])
    before = [sent("DB-XA-1", "2023-Q3", register, B2=b2(ONE), B3=b3(ONE), B9b=b9b(ONE))]
    after = [sent("DB-XA-2", "2023-Q3", register, B2=b2(ONE), B3=b3(ONE), B9b=b9b(ONE))]
    one, two = (only(listed(each, register=register)).candidate for each in (before, after))
    assert one.id == two.id and one.id.startswith("DB-XA-2.ly-a-pao.")
    assert (one.unit, one.birth) == ("DB-XA-1", date(1980, 3, 5))
    assert one.form == PAPER
