"""Ratios of units: each unit meets the test, does not, or it is not known (contract “Unit tests”)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from dvk_reports.figures.contributions import Contribution, of_cell, of_unit
from dvk_reports.figures.counted import Computed
from dvk_reports.figures.entry import LedgerEntry
from dvk_reports.figures.ledger import Ledger
from dvk_reports.model.shelf import Pile
from dvk_reports.model.values import Cell, Row
from dvk_reports.plan.book.registry import UNIT_TESTS
from dvk_reports.plan.book.rulebook import FigureSpec
from dvk_reports.plan.register.register import Unit


class Answer(Enum):
    """What a test says of a unit."""

    MET = "met"
    NOT_MET = "not met"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class UnitAnswer:
    """The answer of one unit and the cell that decides it; without a cell the unit itself is named."""

    answer: Answer
    entry: LedgerEntry | None = None
    at: Cell | None = None


UNKNOWN = UnitAnswer(Answer.UNKNOWN)
UnitTest: TypeAlias = Callable[[Ledger, FigureSpec, Unit], UnitAnswer]


def answer(met: bool, entry: LedgerEntry, row: Row, key: str) -> UnitAnswer:
    """Met or not, decided by one cell."""
    return UnitAnswer(Answer.MET if met else Answer.NOT_MET, entry, row.at(key))


def run_test(ledger: Ledger, spec: FigureSpec, units: Iterable[Unit]) -> Computed:
    """What the units add that meet the test of a figure or do not; the others are not counted."""
    test: UnitTest = UNIT_TESTS[spec.phep.ham or ""].function
    items: Pile[Contribution] = Pile()
    counted = []
    for unit in units:
        found = _contributions(ledger, unit, test(ledger, spec, unit))
        items.extend(found)
        if found:
            counted.append(unit.code)
    return Computed(items, tuple(counted))


def _contributions(ledger: Ledger, unit: Unit, found: UnitAnswer) -> list[Contribution]:
    """A met unit adds 1 above and below, a unit that does not meet the test 1 below."""
    if found.answer is Answer.UNKNOWN:
        return []
    sides = (False, True) if found.answer is Answer.MET else (True,)
    if found.entry is None or found.at is None:
        return [of_unit(unit, below=below) for below in sides]
    return [of_cell(ledger, found.entry, found.at, below=below) for below in sides]
