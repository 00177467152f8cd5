"""A model counts once, in the class of its latest review, wherever the reviews of it were told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from dvk_reports.figures.contributions import Contribution
from dvk_reports.figures.named.reviews import _latest, _latest_of_all, _Review
from dvk_reports.model import in_two
from dvk_reports.model.shelf import Pile
from dvk_reports.model.values import Cell

# unit: model, day of the review, row in the form
TOLD = {
    "A": [("mh-a-001", 3, 9), ("mh-a-002", 5, 10), ("mh-a-001", 4, 11), ("mh-a-003", 2, 12)],
    "B": [("mh-b-001", 1, 9), ("mh-a-002", 4, 10), ("mh-a-003", 8, 11)],
    "C": [("mh-a-003", 8, 11), ("mh-c-001", 6, 9), ("mh-a-002", 5, 10)],
}
COUNTED = ["A11", "C10", "C11", "B9", "C9"]
"""Model by model in the order of their first review; of two alike the one that was read last."""


def of(unit: str) -> Iterator[_Review]:
    for model, day, row in TOLD[unit]:
        adds = Contribution(unit, f"{unit}.xlsx", Cell(f"{unit}.xlsx", "B7", row, 1), Decimal(1))
        yield _Review(model, (date(2023, 9, day), 1, row), adds)


@pytest.mark.parametrize("alike", [False, True])
def test_of_two_units_that_tell_of_one_model_the_later_review_counts(alike: bool, monkeypatch) -> None:
    if alike:  # keys that only look alike
        monkeypatch.setattr(in_two, "hash", lambda key: 7, raising=False)
    told = Pile(review for unit in TOLD for review in _latest(of(unit)).values())
    found = [f"{item.adds.unit}{item.adds.at.row}" for item in _latest_of_all(told)]
    assert found == COUNTED
