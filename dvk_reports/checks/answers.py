"""What a unit answered: a Giải trình lets a warning rest, a changed value asks again, a stop is never argued away."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from dvk_reports.checks.context import subject_of
from dvk_reports.model.findings import Asked, Finding, Level
from dvk_reports.model.periods import ROMAN, Quarter
from dvk_reports.model.returns import UsedReturn
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.vietnamese.text import fold, tidy

_ASKING = (Level.BLOCK, Level.WARNING)


def apply_answers(findings: Sequence[Finding], asked: Sequence[Asked]) -> list[Finding]:
    """The findings in their order, each Cảnh báo that the unit has explained with its ``answer``.

    An answer holds for the same rule, field and row and for the value it was given for. Where the same line was asked
    more than once (``asked`` of several returns, oldest first), the last word counts, also where it was taken back.
    """
    latest = {(line.code, line.sheet, line.key, line.subject, line.cell, plain(line.raw)): line for line in asked}
    answers = [line for line in latest.values() if _says_something(line.answer)]
    waiting = [place for place, finding in enumerate(findings) if finding.level is Level.WARNING]
    answered = list(findings)
    for place, line in _pairs(findings, waiting, answers, [_with_value(_row_and_cell), _with_value(_row)]):
        answered[place] = replace(findings[place], answer=line.answer)
    return answered


def closed(findings: Sequence[Finding], asked: Sequence[Asked]) -> tuple[int, int]:
    """(closed, asked) of the Chặn and Cảnh báo that a marked copy named, for “4/5 lỗi đã sửa”.

    Closed is what no longer stands in ``findings`` at that cell, whatever the value is now, and a warning that rests.
    """
    levels = {level.value for level in _ASKING}
    lines = [line for line in asked if line.level in levels]
    standing = [place for place, finding in enumerate(findings) if finding.level in _ASKING and not _rests(finding)]
    still = sum(1 for _ in _pairs(findings, standing, lines, [_row_and_cell, _row, _cell]))
    return len(lines) - still, len(lines)


@dataclass(frozen=True)
class Before:
    """An earlier quarter: the lines of its ``Lỗi``, and its used returns by unit."""

    quarter: Quarter
    findings: Sequence[Finding]
    returns: Mapping[str, UsedReturn] = field(default_factory=dict)


def remember(findings: Iterable[Finding], past: Sequence[Before], now: Quarter, plan: Plan) -> list[Finding]:
    """The findings of quarter ``now``, each Cảnh báo that was explained before with that explanation in its text.

    The warning of the same unit, rule, field and row is meant. On a snapshot that has stood unchanged since, and of
    which the same is said, the explanation holds: the warning rests. Any other asks again, for the reason of one
    quarter need not hold in the next. ``plan``: the rule book in force.
    """
    known: dict[tuple[str, ...], tuple[Quarter, Finding]] = {}
    past = sorted(past, key=lambda item: item.quarter)
    for before in past:
        for line in before.findings:
            if line.level is Level.WARNING and _says_something(line.answer) and _known_again(line):
                known[_who(line)] = (before.quarter, line)
    return [_reminded(finding, known.get(_who(finding)), past, now, plan) for finding in findings]


def _reminded(
    finding: Finding, told: tuple[Quarter, Finding] | None, past: Sequence[Before], now: Quarter, plan: Plan
) -> Finding:
    if told is None or finding.level is not Level.WARNING or not _known_again(finding):
        return finding
    quarter, line = told
    answer = finding.answer
    if not answer and _is_snapshot(plan, finding) and _says_the_same(finding, line):
        answer = line.answer if _unchanged_since(finding, quarter, past) else ""
    year = "" if quarter.year == now.year else f" năm {quarter.year}"
    said = f"(đã giải trình quý {ROMAN[quarter.number]}{year}: {tidy(line.answer).rstrip('.')})"
    return replace(finding, text=f"{finding.text} {said}", answer=answer)


def _is_snapshot(plan: Plan, finding: Finding) -> bool:
    spec = plan.sheets.get(finding.sheet)
    return spec is not None and finding.key in spec.fields and spec.fields[finding.key].bien == "S"


_OF_ITS_QUARTER = re.compile(
    r" \(đã giải trình quý .*\)$|dòng \d+|quý [IV]+ năm \d{4}|kỳ trước| \([\d.]+ đơn vị: [^)]*\)"
)
"""What two sentences about one thing need not share: where it stands, what it is laid beside."""


def _says_the_same(finding: Finding, line: Finding) -> bool:
    one, two = (_OF_ITS_QUARTER.sub("", item.text) for item in (finding, line))
    return one == two and plain(finding.raw) == plain(line.raw)


def _unchanged_since(finding: Finding, quarter: Quarter, past: Sequence[Before]) -> bool:
    """Whether every used return since then that tells of the cell holds what it holds now."""
    for before in past:
        used = before.returns.get(finding.unit)
        if before.quarter <= quarter or used is None:
            continue
        rows = used.rows.get(finding.sheet, ())
        meant = [row for row in rows if not finding.row or fold(subject_of(row)) == fold(finding.subject)]
        values = [row.values[finding.key].text for row in meant if finding.key in row.values]
        if values and plain(finding.raw) not in map(plain, values):
            return False
    return True


def _who(finding: Finding) -> tuple[str, ...]:
    return finding.unit, finding.code, finding.sheet, finding.key, fold(finding.subject)


def _known_again(finding: Finding) -> bool:
    """A row of a table is found again by what it is about; without that nobody can say that it is the same."""
    return bool(finding.subject) or not finding.row


def _rests(finding: Finding) -> bool:
    return finding.level is Level.WARNING and bool(finding.answer)


_GROUPED = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?")


def plain(raw: str) -> str:
    """What was written, whatever the format of the cell: 1.234 and 1234 are one number."""
    text = tidy(raw)
    return text.replace(".", "") if _GROUPED.fullmatch(text) else text


def _says_something(answer: str) -> bool:
    """A dash or a dot in the column is no explanation."""
    return any(letter.isalnum() for letter in answer)


def _pairs(
    findings: Sequence[Finding], places: Iterable[int], lines: Iterable[Asked], marks: Sequence[_Mark]
) -> list[tuple[int, Asked]]:
    """(place of a finding, the line that asked for it), each used once; the first mark that fits decides."""
    free, left = list(places), list(lines)
    found: list[tuple[int, Asked]] = []
    for mark in marks:
        held: dict[tuple[str, ...], deque[int]] = {}
        for place in free:
            if (key := mark(findings[place])) is not None:
                held.setdefault(key, deque()).append(place)
        rest = []
        for line in left:
            key = mark(line)
            if key is not None and held.get(key):
                found.append((held[key].popleft(), line))
            else:
                rest.append(line)
        taken = {place for place, _ in found}
        free, left = [place for place in free if place not in taken], rest
    return found


_Mark: TypeAlias = Callable[[Finding | Asked], tuple[str, ...] | None]
"""By what a finding and a line of ``Cần sửa`` are known to be the same; None where that cannot be told."""


def _cell(item: Finding | Asked) -> tuple[str, ...]:
    return item.code, item.sheet, item.key, item.cell


def _row(item: Finding | Asked) -> tuple[str, ...] | None:
    """The same row wherever it now stands; a row about nothing is not known again."""
    return (item.code, item.sheet, item.key, fold(item.subject)) if item.subject else None


def _row_and_cell(item: Finding | Asked) -> tuple[str, ...]:
    return (*_cell(item), fold(item.subject))


def _with_value(mark: _Mark) -> _Mark:
    def valued(item: Finding | Asked) -> tuple[str, ...] | None:
        key = mark(item)
        return None if key is None else (*key, plain(item.raw))

    return valued
