"""What the level below had found, beside what is found here: nothing is said twice, and no stop is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dvk_reports.messages.across import Across
from dvk_reports.messages.message import sentences_of
from dvk_reports.messages.returns import Msg
from dvk_reports.model.findings import Finding, Level

_TOGETHER = frozenset(sentences_of(Across))
"""Rules over all returns: the level above has looked at more of them, and what it does not find is no longer so."""


def with_carried(own: Sequence[Finding], carried: Iterable[Finding], *, together: bool) -> list[Finding]:
    """``own``, and of ``carried`` what is not among them; a finding made on both levels has the stops of both.

    Its answer holds too. ``together``: the rules over all returns were run.
    """
    found = list(own)
    waiting = list(range(len(found)))
    left: list[Finding] = []
    # The same sentence first: a cell may have two mistakes of one code.
    for mark in (_sentence, _place):
        left = []
        for finding in carried:
            place = next((index for index in waiting if mark(found[index]) == mark(finding)), None)
            if place is None:
                left.append(finding)
                continue
            waiting.remove(place)
            found[place] = _both(found[place], finding)
        carried = left
    stopped = {stop for finding in found for stop in finding.stops}
    for finding in left:
        nameless = finding.rule == Msg.STOPPED_BELOW.name
        if (nameless and stopped >= set(finding.stops)) or (together and finding.rule in _TOGETHER):
            continue
        found.append(finding)
    return found


def _both(own: Finding, below: Finding) -> Finding:
    answer = own.answer or (below.answer if own.level is Level.WARNING else "")
    return replace(own, answer=answer, stops=tuple(dict.fromkeys((*own.stops, *below.stops))))


def _place(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.sheet, finding.row, finding.key


def _sentence(finding: Finding) -> tuple[object, ...]:
    return (*_place(finding), finding.rule, finding.subject, finding.text)
