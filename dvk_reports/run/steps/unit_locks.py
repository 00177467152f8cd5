"""What is told of units whose return is locked: files that came later, and locked files that are gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dvk_reports.intake.selection import Selection
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.findings import Finding
from dvk_reports.model.locks import UnitLock
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import FileState
from dvk_reports.plan.register.register import Register
from dvk_reports.vietnamese.dates import show_date


def locks_told(
    register: Register, quarter: Quarter, locks: Mapping[str, UnitLock], selection: Selection
) -> Iterator[Finding]:
    """T21, in order of the units' codes."""
    for code, lock in sorted(locks.items()):
        unit = register.by_code.get(code)
        slots: dict[str, Any] = {
            "don_vi": unit.name if unit is not None else code,
            "ngay": show_date(lock.day),
            "nguoi": lock.by,
            "vi_sao": lock.reason,
            "ky": quarter.key,
            "ma": code,
        }
        for record in selection.of(code):
            if record.state is FileState.SKIPPED:
                yield say(Msg.CAME_AFTER_LOCK, Location(code, file=record.file), **slots)
        if code in selection.conflicts and code not in selection.used:
            yield say(Msg.LOCKED_IS_GONE, Location(code, file=lock.file), tep=lock.file, **slots)
