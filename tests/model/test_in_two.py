"""What two lists have in common is known without keeping what stands in one alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dvk_reports.figures.contributions import Contribution, distinct
from dvk_reports.model import in_two
from dvk_reports.model.in_two import InTwo
from dvk_reports.model.values import Cell


@pytest.mark.parametrize(
    ("lists", "common"),
    [
        ([], ""),
        (["", ""], ""),
        (["ab", "cd"], ""),
        (["aab", "cd"], ""),  # twice in one list is not in two
        (["abc", "cd", "de"], "cd"),
        (["a", "b", "a", "a"], "a"),
    ],
)
def test_a_key_of_two_lists_is_known(lists: list[str], common: str) -> None:
    found = InTwo(1_000 * len(lists), lists)
    assert [key for key in "abcde" if key in found] == list(common)
    assert found.empty is not bool(common)


def test_no_more_room_is_taken_than_there_is_for_all() -> None:
    found = InTwo(10**9, [range(50_000), range(49_990, 60_000)])
    assert len(found._twice) == in_two._PLACES // 8
    assert [key for key in range(60_000) if key in found] == list(range(49_990, 50_000))


@pytest.mark.parametrize("alike", [False, True])
def test_of_one_key_the_first_counts(alike: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if alike:  # keys that only look alike
        monkeypatch.setattr(in_two, "hash", lambda key: 7, raising=False)
    items = [
        Contribution("DV", "a.xlsx", Cell("a.xlsx", "B2", n, 1), Decimal(1), key=key) for n, key in enumerate("abacbd")
    ]
    assert [item.at.row for item in distinct(items)] == [0, 1, 3, 5]
