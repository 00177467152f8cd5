"""Seeded districts: the shortlist against a computation of its own, and what must hold whatever the rows."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dvk_reports.awards.records import Records
from dvk_reports.awards.shortlist import shortlist
from dvk_reports.model.proposals import Outcome, Proposal, Shortlist
from dvk_reports.plan.office import Office
from dvk_reports.plan.people import recognition, subjects
from tests.reference.award_reference import District, outcomes, subject_of
from tests.support.award_cases import plan_with
from tests.support.award_districts import district, register_of, returns_of
from tests.support.build import PLAN, quarter

WORDS = {"Đạt": True, "Không đạt": False, "Thiếu căn cứ": None}


def computed(d: District, returns=None, register=None) -> Shortlist:
    register = register or register_of(d)
    items = returns if returns is not None else returns_of(d, register)
    rounds = [
        entry.model_copy(update={"han_nhan": d.cut_off}) if entry.year == d.year else entry for entry in PLAN.awards.dot
    ]
    quotas = [line.model_copy(update={"so": d.quotas[line.hinh_thuc, line.phan_loai]}) for line in PLAN.awards.chi_tieu]
    plan = plan_with(dot=rounds, chi_tieu=quotas, cach_tinh_02_nam=d.reading)
    records = Records(
        Office(plan, register, d.as_of),
        plan.round(f"{d.year}-10"),
        {(item.unit, quarter(item.period)): item for item in items},
        frozenset(quarter(text) for text in d.held),
        {(code, quarter(text)): day for (code, text), day in d.received.items()},
    )
    return shortlist(records)


def row_of(item: Proposal) -> str:
    return f"{item.candidate.unit}.{item.candidate.period}.{item.candidate.at.row}"


def found(result: Shortlist):
    return {
        row_of(item): (item.outcome.value, {gate.code: WORDS[gate.state] for gate in item.gates}, item.rank)
        for item in result.proposals
    }


CASES = [(seed, year, reading) for seed in range(40) for year in (2023, 2025) for reading in "AB"]


@cache
def case(seed, year, reading):
    """A district, its shortlist, and what comes out of it as computed apart; nobody changes any of them."""
    d = district(seed, year, reading)
    return d, computed(d), outcomes(d)


@pytest.mark.parametrize(("seed", "year", "reading"), CASES)
def test_every_gate_rank_and_state_as_computed_apart(seed, year, reading):
    _, result, expected = case(seed, year, reading)
    assert found(result) == expected


def test_the_districts_hold_every_state_and_every_answer_of_every_gate():
    states, answers = Counter(), Counter()
    for seed, year, reading in CASES:
        for state, gates, _ in case(seed, year, reading)[2].values():
            states[state] += 1
            answers.update(gates.items())
    assert set(states) == {item.value for item in Outcome}
    wanted = {(f"E{n}", value) for n in range(1, 12) for value in (True, False, None)}
    assert wanted - set(answers) == set()


@pytest.mark.parametrize("seed", range(40))
def test_an_id_is_the_subject_s_and_no_row_s(seed):
    """Two proposals share an id, but for its ending, exactly where they are of one subject as computed apart."""
    d, result, _ = case(seed, 2025, "A")
    rows = {f"{row['unit']}.{row['quarter']}.{row['row']}": row for row in d.sheets.get("B9b", [])}
    items = result.proposals
    ids = [item.candidate.id for item in items]
    assert len(set(ids)) == len(ids)
    subjects = [subject_of(d, rows[row_of(item)]) for item in items]
    for one, first in zip(ids, subjects, strict=True):
        for two, second in zip(ids, subjects, strict=True):
            assert (one.split("~")[0] == two.split("~")[0]) is (first == second)


seeds = st.integers(0, 10**6)


@settings(max_examples=15)
@given(seed=seeds, year=st.sampled_from([2023, 2025]))
def test_no_quota_is_exceeded_and_everybody_is_in_exactly_one_state(seed, year):
    d = district(seed, year)
    result = computed(d)
    expected = Counter(
        (item.candidate.form, item.candidate.kind) for item in result.proposals if item.outcome is Outcome.EXPECTED
    )
    assert all(expected[quota.form, quota.kind] <= quota.number for quota in result.quotas)
    rows = [
        f"{row['unit']}.{row['quarter']}.{row['row']}"
        for row in d.sheets.get("B9b", [])
        if (row["unit"], row["quarter"]) in d.used
    ]
    assert sorted(row_of(item) for item in result.proposals) == sorted(rows)
    for item in result.proposals:
        assert (item.rank is None) == (item.outcome not in (Outcome.EXPECTED, Outcome.RESERVE, Outcome.TIED))
        assert item.reasons


@settings(max_examples=12)
@given(seed=seeds, year=st.sampled_from([2023, 2025]))
def test_the_order_of_returns_and_rows_changes_nothing(seed, year):
    d = district(seed, year)
    register = register_of(d)
    returns = returns_of(d, register)
    shuffled = []
    draw = Random(seed)
    for item in draw.sample(returns, len(returns)):
        rows = {name: tuple(draw.sample(lines, len(lines))) for name, lines in item.rows.items()}
        shuffled.append(type(item)(item.unit, item.period, item.file, item.kind, rows, item.stops))
    assert computed(d, shuffled, register) == computed(d, returns, register)


@settings(max_examples=15)
@given(seed=seeds)
def test_a_weaker_candidate_never_displaces_a_stronger_one(seed):
    """Without the last of a list of equals or weaker ones, everybody before stands where they stood."""
    d = district(seed, 2023)
    register = register_of(d)
    whole = computed(d, None, register)
    ranked = [item for item in whole.proposals if item.rank is not None]
    for weak in ranked[-4:]:
        group = [
            item
            for item in ranked
            if (item.candidate.form, item.candidate.kind) == (weak.candidate.form, weak.candidate.kind)
        ]
        if sum(item.rank == weak.rank for item in group) > 1:
            continue
        rest = [row for row in d.sheets["B9b"] if f"{row['unit']}.{row['quarter']}.{row['row']}" != row_of(weak)]
        without = found(computed(d, returns_of(d, register, rest), register))
        stronger = [item for item in group if (item.rank or 0) < (weak.rank or 0)]
        for item in stronger:
            assert without[row_of(item)][0] == item.outcome.value
            assert without[row_of(item)][2] == item.rank


@settings(max_examples=12)
@given(seed=seeds)
def test_every_row_is_of_exactly_one_subject(seed):
    d = district(seed, 2025)
    register = register_of(d)
    mentions = [
        item
        for used in returns_of(d, register)
        for row in used.rows.get("B9a", ())
        if (item := recognition(PLAN, quarter(used.period), used, row)) is not None
    ]
    told = [item.place for subject in subjects(register, mentions, date(2025, 10, 1)) for item in subject.mentions]
    assert sorted(told) == sorted(item.place for item in mentions)
