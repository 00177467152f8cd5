"""What a unit answered: a Giải trình lets a warning rest, a changed value asks again, a stop is never argued away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from dvk_reports.model import Asked, Finding, Level
from dvk_reports.plan.periods import ROMAN, Quarter
from dvk_reports.vietnamese.text import fold, tidy

_ASKING = (Level.BLOCK, Level.WARNING)


def apply_answers(findings: Sequence[Finding], asked: Sequence[Asked]) -> list[Finding]:
    """The findings in their order, each Cảnh báo that the unit has explained with its ``answer``.

    An answer holds for the same rule, field and row and for the value it was given for. Where the same line was asked
    more than once (``asked`` of several returns, oldest first), the last word counts, also where it was taken back.
    """
    latest = {(line.code, line.sheet, line.key, line.subject, line.cell, tidy(line.raw)): line for line in asked}
    answers = [line for line in latest.values() if _says_something(line.answer)]
    waiting = [place for place, finding in enumerate(findings) if finding.level is Level.WARNING]
    answered = list(findings)
    for place, line in _pairs(findings, waiting, answers, lambda f, a: tidy(f.raw) == tidy(a.raw)):
        answered[place] = replace(findings[place], answer=line.answer)
    return answered


def closed(findings: Sequence[Finding], asked: Sequence[Asked]) -> tuple[int, int]:
    """(closed, asked) of the Chặn and Cảnh báo that a marked copy named, for “4/5 lỗi đã sửa”.

    Closed is what no longer stands in ``findings`` at that cell, whatever the value is now, and a warning that rests.
    """
    levels = {level.value for level in _ASKING}
    lines = [line for line in asked if line.level in levels]
    standing = [
        place for place, finding in enumerate(findings) if finding.level in _ASKING and not _rests(finding)
    ]
    still = sum(1 for _ in _pairs(findings, standing, lines, lambda finding, line: True))
    return len(lines) - still, len(lines)


def remember(findings: Iterable[Finding], past: Sequence[tuple[Quarter, Sequence[Finding]]]) -> list[Finding]:
    """The findings, each Cảnh báo that was explained in an earlier quarter with that explanation in its text.

    ``past``: quarters with the lines of their ``Lỗi``. The warning of the same unit, rule, field and row is meant; it
    asks again all the same, for the reason of one quarter need not hold in the next.
    """
    known: dict[tuple[str, ...], tuple[Quarter, str]] = {}
    for quarter, lines in sorted(past, key=lambda item: item[0]):
        for line in lines:
            if line.level is Level.WARNING and _says_something(line.answer) and _known_again(line):
                known[_who(line)] = (quarter, line.answer)
    newest = max((quarter for quarter, _ in past), default=None)
    return [_reminded(finding, known.get(_who(finding)), newest) for finding in findings]


def _reminded(finding: Finding, told: tuple[Quarter, str] | None, newest: Quarter | None) -> Finding:
    if told is None or newest is None or finding.level is not Level.WARNING or not _known_again(finding):
        return finding
    quarter, answer = told
    year = "" if quarter.year == newest.next.year else f" năm {quarter.year}"
    said = f"(đã giải trình quý {ROMAN[quarter.number]}{year}: {tidy(answer).rstrip('.')})"
    return replace(finding, text=f"{finding.text} {said}")


def _who(finding: Finding) -> tuple[str, ...]:
    return finding.unit, finding.code, finding.sheet, finding.key, fold(finding.subject)


def _known_again(finding: Finding) -> bool:
    """A row of a table is found again by what it is about; without that nobody can say that it is the same."""
    return bool(finding.subject) or not finding.row


def _rests(finding: Finding) -> bool:
    return finding.level is Level.WARNING and bool(finding.answer)


def _says_something(answer: str) -> bool:
    """A dash or a dot in the column is no explanation."""
    return any(letter.isalnum() for letter in answer)


def _pairs(
    findings: Sequence[Finding],
    places: Iterable[int],
    lines: Sequence[Asked],
    also: Callable[[Finding, Asked], bool],
) -> list[tuple[int, Asked]]:
    """(place of a finding, the line that asked for it), each used once.

    The same row at the same cell first, then the same row moved elsewhere, then the same cell of a row that is now
    called something else.
    """
    free = list(places)
    left = list(lines)
    found = []
    for same in (_same_row_and_cell, _same_row, _same_cell):
        for line in list(left):
            place = next(
                (n for n in free if _same_field(findings[n], line) and same(findings[n], line) and also(findings[n], line)),
                None,
            )
            if place is not None:
                found.append((place, line))
                free.remove(place)
                left.remove(line)
    return found


def _same_field(finding: Finding, line: Asked) -> bool:
    return (finding.code, finding.sheet, finding.key) == (line.code, line.sheet, line.key)


def _same_row(finding: Finding, line: Asked) -> bool:
    return bool(line.subject) and fold(finding.subject) == fold(line.subject)


def _same_cell(finding: Finding, line: Asked) -> bool:
    return finding.cell == line.cell


def _same_row_and_cell(finding: Finding, line: Asked) -> bool:
    return _same_cell(finding, line) and fold(finding.subject) == fold(line.subject)
