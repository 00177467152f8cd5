"""Waivers of the register: a dated line with name and reason turns a finding into a Ghi chú and lifts its stop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from dvk_reports.model.findings import EXPIRED, NEVER_WAIVED, NOT_WAIVED, WAIVED, Finding, Level, Waiver, WaiverUse
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.text import fold


class Waivers:
    """The waivers in force on a day, and which of them were used."""

    def __init__(self, waivers: Sequence[Waiver], period: str, day: date) -> None:
        self._all = waivers
        self._day = day
        self._open = [
            waiver
            for waiver in waivers
            if waiver.code not in NEVER_WAIVED
            and waiver.period in ("", period)
            and waiver.since <= day
            and (waiver.until is None or day <= waiver.until)
        ]
        self._used: set[int] = set()

    def apply(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings, each waived one a Ghi chú that stops nothing and names who waived it and why."""
        return [self._waived(finding) for finding in findings]

    def _waived(self, finding: Finding) -> Finding:
        if finding.level is Level.NOTE or finding.refuses:
            return finding
        waiver = next((waiver for waiver in self._open if _covers(waiver, finding)), None)
        if waiver is None:
            return finding
        self._used.add(id(waiver))
        text = f"{finding.text} Đã miễn trừ: {waiver.reason} ({waiver.approver}, ngày {show_date(waiver.since)})."
        return replace(finding, level=Level.NOTE, text=text, remedy="Không cần sửa.", stops=())

    def uses(self) -> tuple[WaiverUse, ...]:
        """Every waiver with what became of it."""
        return tuple(WaiverUse(waiver, self._state(waiver)) for waiver in self._all)

    def _state(self, waiver: Waiver) -> str:
        if id(waiver) in self._used:
            return WAIVED
        return EXPIRED if waiver.until is not None and waiver.until < self._day else NOT_WAIVED


def _covers(waiver: Waiver, finding: Finding) -> bool:
    return (
        waiver.code == finding.code
        and waiver.unit in ("", finding.unit)
        and (not waiver.sheet or fold(waiver.sheet) == fold(finding.sheet))
        and (not waiver.subject or fold(waiver.subject) == fold(finding.subject))
    )
