"""All rules on one return: what reading found, the rules of the rule book, the registered functions.

What stands is what ``checks.yaml`` holds in force on the last day of the period.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import dvk_reports.checks.rules  # noqa: F401  registers them
from dvk_reports.checks.context import Case, subject_of
from dvk_reports.checks.force import in_force
from dvk_reports.checks.row_rules import sheet_rules
from dvk_reports.messages.returns import Msg
from dvk_reports.model.findings import Finding, Level, Stop, stops_of
from dvk_reports.plan.book.registry import CHECKS, Registered, Registry


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings of one return. ``refused``: why the file as a whole cannot be used, or ""."""

    findings: Sequence[Finding]
    refused: str

    @property
    def stops(self) -> frozenset[Stop]:
        return stops_of(self.findings)


def check_return(case: Case) -> Checked:
    """Findings of one return, blockers first, each cell and rule once.

    A file that K01 refuses is looked at as far as it can be all the same, so that the unit hears everything at once:
    without a unit the rules that need the register are left out, without a period all but what reading has found, and
    a form of another time is not asked for the sheets that it did not have.
    """
    day = max(case.quarter.last_day, case.plan.first_quarter.last_day)
    first = in_force(case.plan, _found_by_functions(case, first=True), day)
    refused = " ".join(dict.fromkeys(finding.text for finding in first if finding.refuses))
    register = case.register if case.unit is not None else None
    case = replace(case, register=register, sent_alone=any(f.rule == Msg.WRONG_FORM.name for f in first))
    found = list(_of_given(case, case.form.findings))
    if case.dated:
        found += _found_in(case)
    return Checked(tuple(_ordered(case, [*first, *in_force(case.plan, found, day)])), refused)


def _found_in(case: Case) -> Iterator[Finding]:
    for sheet in case.given:
        if case.has(sheet):
            yield from sheet_rules(case, case.plan.sheets[sheet])
    yield from _found_by_functions(case, first=False)


def in_order(registry: Registry) -> list[Registered]:
    """Registered rules by their code, then as they stand in their files: which file is imported first is no matter."""
    return sorted(
        registry.values(),
        key=lambda rule: (rule.codes, rule.function.__module__, rule.function.__code__.co_firstlineno),
    )


def left_out() -> tuple[str, ...]:
    """What each rule that is not run without a register is for, in order of codes."""
    return tuple(rule.doc for rule in in_order(CHECKS) if rule.needs_register)


def _found_by_functions(case: Case, *, first: bool) -> Iterator[Finding]:
    for rule in in_order(CHECKS):
        if rule.first is first and (case.register is not None or not rule.needs_register):
            yield from rule.function(case)


def _of_given(case: Case, findings: Iterable[Finding]) -> Iterable[Finding]:
    """What reading found in sheets that count; a mistake in a sheet that was not given stops nothing."""
    return [finding for finding in findings if finding.sheet in case.given or finding.sheet not in case.plan.sheets]


def _ordered(case: Case, findings: Iterable[Finding]) -> list[Finding]:
    unique: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        # A blank cell may be asked for by two conditions; everything else is another mistake if it says another thing.
        sense = "" if finding.code == "K02" and finding.cell else finding.text
        place = (finding.code, finding.level, finding.sheet, finding.cell, sense)
        if place not in unique:
            unique[place] = finding if finding.subject else replace(finding, subject=_subject(case, finding))
    order = {sheet: index for index, sheet in enumerate(case.plan.sheets)}
    return sorted(unique.values(), key=lambda f: (f.level.rank, order.get(f.sheet, len(order)), _place(f.cell), f.code))


def _subject(case: Case, finding: Finding) -> str:
    """What the row of a finding is about."""
    sheet = case.form.sheets.get(finding.sheet)
    row = next((row for row in sheet.rows if row.number == finding.row), None) if sheet and finding.row else None
    return subject_of(row)


def _place(cell: str) -> tuple[int, int, str]:
    """C8 before C10, and row before column."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or 0), len(letters), letters


def count(findings: Iterable[Finding], level: Level) -> int:
    """How many findings of a level; an answered warning rests and is not counted."""
    return sum(1 for f in findings if f.level is level and not (f.answer and level is Level.WARNING))
