"""The shortlist of a round read from the consolidated quarters of a workspace."""

from __future__ import annotations

import pytest

from dvk_reports.errors import PlanError
from dvk_reports.run.steps.shortlist import shortlist_of
from tests.support.award_cases import states
from tests.support.award_space import PAO
from tests.support.small_space import DAY


def test_years_reviews_receipt_and_proposals_are_read_back(round_held):
    found = shortlist_of(round_held, round_held.office(DAY), "2023-10", workers=1)
    proposal = next(item for item in found.proposals if item.candidate.name == PAO)
    assert states(proposal) == "Dự kiến"
    assert [(year.year, year.pending, year.proof.shown()) for year in proposal.years] == [
        (2022, False, "2022-Q4/a.xlsx, B9a!C7"),
        (2023, True, "2023-Q3/a1.xlsx, B3!N8"),
    ]
    assert "nhận ngày 09/10/2023" in proposal.gates[0].reason
    assert found.quarters == ("2022-Q4", "2023-Q3")
    assert found.missing_quarters == ("2022-Q2", "2022-Q3", "2023-Q1", "2023-Q2")
    assert proposal.money == 540_000
    assert any("Chi bộ B; Chi bộ C" in note for note in found.notes)


def test_the_same_inputs_give_the_same_shortlist(round_held):
    once, again = (shortlist_of(round_held, round_held.office(DAY), "2023-10", workers=1) for _ in range(2))
    assert once == again


def test_an_unknown_round_and_an_empty_workspace(space):
    with pytest.raises(PlanError, match="Không có đợt xét “2024-10”"):
        shortlist_of(space, space.office(DAY), "2024-10")
    found = shortlist_of(space, space.office(DAY), "2025-10")
    assert found.proposals == () and len(found.missing_quarters) == 14
