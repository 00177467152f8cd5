"""Which findings stand on a day: mode (on, trial, off), dates and level of every sentence, from ``checks.yaml``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from dvk_reports.messages.returns import CATALOGUE
from dvk_reports.model.findings import Finding, Level, Stop
from dvk_reports.plan.book.rulebook import OFF, TRIAL, CheckRule, Plan

ON_TRIAL = " (thử nghiệm)"


def in_force(plan: Plan, findings: Iterable[Finding], day: date) -> list[Finding]:
    """The findings as they weigh on ``day`` (last day of the period), in the order given.

    Off, or out of its dates: left out. On trial: a Chặn becomes a Cảnh báo and stops nothing, and the text says so. A
    level of ``checks.yaml`` wins over that of the catalogue, but a finding that was given a level of its own (another
    than its sentence has) keeps it. Lowered from Chặn: its stops are lifted; raised to Chặn: it stops its own cell.
    A finding without a sentence of the catalogue is passed on as it is.
    """
    held = []
    for finding in findings:
        rule = plan.checks.rules.get(finding.rule)
        if rule is None:
            held.append(finding)
            continue
        entry = rule.on(day)
        if entry is None or entry.che_do == OFF:
            continue
        weighed = _levelled(finding, rule)
        held.append(_trial(weighed) if entry.che_do == TRIAL else weighed)
    return held


def _levelled(finding: Finding, rule: CheckRule) -> Finding:
    level, default = Level(rule.muc), CATALOGUE[rule.thong_bao].level
    if level is default or finding.level is not default:
        return finding
    if level is not Level.BLOCK:
        return replace(finding, level=level, stops=(), refuses=False)
    stops = (Stop(finding.sheet, finding.row, finding.key),) if finding.sheet and finding.key else ()
    return replace(finding, level=level, stops=finding.stops or stops)


def _trial(finding: Finding) -> Finding:
    level = Level.WARNING if finding.level is Level.BLOCK else finding.level
    return replace(finding, level=level, stops=(), refuses=False, text=finding.text + ON_TRIAL)
