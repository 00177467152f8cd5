"""A warning on a snapshot that was explained in an earlier quarter: it rests while the value stands unchanged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dvk_reports.checks.answers import Before, remember
from dvk_reports.model.findings import Finding
from dvk_reports.model.returns import Return
from tests.checks.commune import XA, findings, sent
from tests.support.build import PLAN, b1, b2, b10, quarter, used

WHY = "Ký hiệu của đảng ủy từ trước"


def general(key: str, **cells: object) -> Return:
    return sent({"B1": b1(**{"so_ke_hoach": "12-KHH/ĐU", **cells})}, period=key)


def counted(key: str, *lines: str) -> Return:
    """Thôn with a number of models that is not the one counted (none is listed)."""
    return sent({"B4": "\n".join(["| ma_thon | so_mo_hinh |", *lines])}, period=key)


def warned(item: Return) -> tuple[Finding, ...]:
    return tuple(found for found in findings(item) if found.level.value == "Cảnh báo")


def quarters(*returns: Return, answers: str = WHY) -> list[Before]:
    """The first with its explanation, the later ones with what was carried on from it."""
    held: list[Before] = []
    for place, item in enumerate(returns):
        of = quarter(item.period)
        lines = remember(warned(item), held, of, PLAN)
        if place == 0:
            lines = [replace(line, answer=answers) for line in lines]
        held.append(Before(of, lines, {XA.code: used(item)}))
    return held


def answers_of(item: Return, *returns: Return) -> list[str]:
    return [line.answer for line in remember(warned(item), quarters(*returns), quarter(item.period), PLAN)]


def test_an_unchanged_snapshot_rests_for_as_many_quarters_as_it_stands() -> None:
    first, second, third = (general(key) for key in ("2023-Q1", "2023-Q2", "2023-Q3"))
    assert [line.code for line in warned(first)] == ["K17"]
    assert answers_of(second, first) == [WHY]
    assert answers_of(third, first, second) == [WHY]
    (line,) = remember(warned(third), quarters(first, second), quarter("2023-Q3"), PLAN)
    assert line.text.endswith(f"(đã giải trình quý II: {WHY})") and line.text.count("đã giải trình") == 1


def test_another_value_asks_again() -> None:
    first = general("2023-Q1")
    assert answers_of(general("2023-Q2", so_ke_hoach="13-KHH/ĐU"), first) == [""]


def test_a_value_that_was_another_in_between_asks_again() -> None:
    first, between = general("2023-Q1"), general("2023-Q2", so_ke_hoach="12-KH/ĐU")
    assert warned(between) == ()
    assert answers_of(general("2023-Q3"), first, between) == [""]


def test_a_quarter_without_a_return_changes_nothing() -> None:
    assert answers_of(general("2023-Q3"), general("2022-Q4")) == [WHY]


def test_a_row_is_known_again_wherever_it_stands() -> None:
    first = counted("2023-Q1", "| T1 | 3 |", "| T2 | 0 |")
    assert [(line.code, line.cell) for line in warned(first)] == [("K05", "D7")]
    assert answers_of(counted("2023-Q2", "| T2 | 0 |", "| T1 | 3 |"), first) == [WHY]
    assert answers_of(counted("2023-Q2", "| T2 | 3 |", "| T1 | 0 |"), first) == [""]
    assert answers_of(counted("2023-Q2", "| T2 | 0 |", "| T1 | 4 |"), first) == [""]


@pytest.mark.parametrize("answer", ["", "-"])
def test_no_explanation_no_rest(answer: str) -> None:
    held = quarters(general("2023-Q1"), answers=answer)
    assert [line.answer for line in remember(warned(general("2023-Q2")), held, quarter("2023-Q2"), PLAN)] == [""]


def test_a_flow_asks_again_in_every_quarter() -> None:
    """What happened in one quarter is no reason for the next."""
    first, second = (sent({"B10": b10("| nguon | thuc_hien |\n| Khác | 20000 |")}, period=f"2023-Q{n}") for n in (1, 2))
    assert [line.code for line in warned(first)] == ["K18"]
    (line,) = remember(warned(second), quarters(first), quarter("2023-Q2"), PLAN)
    assert line.answer == "" and line.text.endswith(f"(đã giải trình quý I: {WHY})")


def test_the_same_number_laid_beside_another_asks_again() -> None:
    """The count behind a snapshot has changed, so the explanation is about something else."""
    first = counted("2023-Q1", "| T1 | 3 |", "| T2 | 0 |")
    rows = {"B4": "| ma_thon | so_mo_hinh |\n| T1 | 3 |\n| T2 | 0 |", "B2": b2("| ma_thon |\n| T1 |")}
    assert answers_of(sent(rows, period="2023-Q2"), first) == [""]
