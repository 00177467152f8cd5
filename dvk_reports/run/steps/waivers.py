"""Waivers of the register, each a dated line with name and reason.

A waiver turns a finding into a Ghi chú and lifts its stop; a hold-out (“Không tính”) stops the value instead.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.findings import (
    EXPIRED,
    HELD_OUT,
    NEVER_WAIVED,
    NOT_WAIVED,
    WAIVED,
    Finding,
    Level,
    Stop,
    Waiver,
    WaiverUse,
)
from dvk_reports.plan.register.register import Register
from dvk_reports.plan.register.sheets import FILE, WAIVERS
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.text import fold


class Waivers:
    """The waivers in force on a day, and which of them were used."""

    def __init__(
        self, waivers: Sequence[Waiver], period: str, day: date, counted: Collection[tuple[str, str]] = ()
    ) -> None:
        """``counted``: (sheet, key) of every column that makes a figure unknown where it is stopped."""
        self._all = waivers
        self._counted = counted
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

    def apply(self, findings: Iterable[Finding], *, told: bool = True) -> list[Finding]:
        """The findings, each waived one a Ghi chú that stops nothing, each held-out one a Chặn that stops its cell.

        Both name who decided it and why. ``told``: whether they are of a file that is looked at, so that what lets them
        pass has been used.
        """
        return [self._waived(finding, told) for finding in findings]

    def _waived(self, finding: Finding, told: bool) -> Finding:
        if finding.refuses:
            return finding
        found = [
            waiver
            for waiver in self._open
            if _covers(waiver, finding)
            and (self._counts(finding) if waiver.held_out else finding.level is not Level.NOTE)
        ]
        # Where one line lets pass what another holds out, the number is in doubt.
        waiver = next((waiver for waiver in found if waiver.held_out), found[0] if found else None)
        if waiver is None:
            return finding
        if told:
            self._used.add(id(waiver))
        if waiver.held_out:
            return _held_out(finding, waiver)
        text = f"{finding.text} Đã miễn trừ: {waiver.reason} ({waiver.approver}, ngày {show_date(waiver.since)})."
        return replace(finding, level=Level.NOTE, text=text, remedy="Không cần sửa.", stops=())

    def _counts(self, finding: Finding) -> bool:
        """Whether there is a value that can be held out: a name or a tick that no figure reads would go on counting."""
        return bool(finding.key) and (bool(finding.stops) or (finding.sheet, finding.key) in self._counted)

    def uses(self) -> tuple[WaiverUse, ...]:
        """Every waiver with what became of it."""
        return tuple(WaiverUse(waiver, self._state(waiver)) for waiver in self._all)

    def unmatched(self, register: Register, period: str) -> Iterator[Finding]:
        """D13: hold-outs in force that have kept no value out; said after all findings have gone through ``apply``."""
        for waiver in self._open:
            if waiver.held_out and id(waiver) not in self._used:
                unit = register.by_code.get(waiver.unit)
                where = Location(waiver.unit, waiver.at, file=FILE, sheet=WAIVERS, raw=waiver.code)
                yield say(Msg.REG_HELD_NOTHING, where, don_vi=unit.name if unit else waiver.unit, ky=period)

    def _state(self, waiver: Waiver) -> str:
        if id(waiver) in self._used:
            return WAIVED
        return EXPIRED if waiver.until is not None and waiver.until < self._day else NOT_WAIVED


def _held_out(finding: Finding, waiver: Waiver) -> Finding:
    said = f"{HELD_OUT}{waiver.reason.rstrip('.')} ({waiver.approver}, ngày {show_date(waiver.since)})."
    return replace(
        finding,
        level=Level.BLOCK,
        text=finding.text + said,
        remedy="Giá trị này được để ngoài số liệu. Kiểm tra lại; sai thì sửa và gửi phiên bản mới, đúng thì báo cơ "
        "quan tổng hợp.",
        stops=finding.stops or (Stop(finding.sheet, finding.row, finding.key),),
        held_out=True,
    )


def _covers(waiver: Waiver, finding: Finding) -> bool:
    return (
        waiver.code == finding.code
        and waiver.unit in ("", finding.unit)
        and (not waiver.sheet or fold(waiver.sheet) == fold(finding.sheet))
        and (not waiver.subject or fold(waiver.subject) == fold(finding.subject))
    )
