"""What came of every unit that had to report: which file counts, when it came, what is wrong in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dvk_reports.checks.engine import count
from dvk_reports.intake.selection import Selection
from dvk_reports.model.findings import Level
from dvk_reports.model.periods import Quarter, quarter_in
from dvk_reports.model.returns import (
    AFTER_CLOSING,
    FROM_FILE,
    FROM_REGISTER,
    LATE,
    ON_TIME,
    FileRecord,
    FileState,
    Submission,
    UnitState,
)
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Register, Unit
from dvk_reports.plan.register.sheets import RECEIVED
from dvk_reports.plan.workdays import reminder_of
from dvk_reports.run.steps.judge import Judged
from dvk_reports.vietnamese.dates import show_date

LOOKED_AT = (FileState.USED, FileState.REFUSED)
"""Files whose findings are told: those that count, and those sent back."""


def submission(
    office: Office, quarter: Quarter, unit: Unit, selection: Selection, judged: Mapping[str, Judged]
) -> Submission:
    """One line of sheet ``Tình hình nộp``."""
    register = office.register
    own = [record for record in selection.of(unit.code) if is_of(office, quarter, record)]
    used = next((record for record in own if record.state is FileState.USED), None)
    refused = [record for record in own if record.state is FileState.REFUSED]
    shown: FileRecord | None
    if used is not None:
        state, shown = UnitState.ACCEPTED, used
    elif unit.code in selection.conflicts:
        state, shown = UnitState.CONFLICT, next((r for r in own if r.state is FileState.CONFLICT), None)
    elif refused:
        state, shown = UnitState.REFUSED, refused[0]
    else:
        state, shown = UnitState.MISSING, None
    sent = any(record.state in (FileState.WRONG_PERIOD, FileState.UNREADABLE) for record in selection.of(unit.code))
    noted = unit.code in selection.near or (unit.code, quarter) in register.received
    answered = state is not UnitState.MISSING or sent or noted
    received, origin = _received(register, quarter, unit, own, judged) if shown else (None, "")
    findings = judged[shown.file].findings if shown and shown.state in LOOKED_AT and shown.file in judged else ()
    return Submission(
        unit=unit.code,
        name=unit.name,
        kind=unit.kind,
        state=state,
        received=received,
        received_from=origin,
        punctual=_punctual(register, quarter, received) if state is UnitState.ACCEPTED else "",
        file=shown.file if shown else "",
        version=shown.version if shown else "",
        blocks=count(findings, Level.BLOCK),
        warnings=count(findings, Level.WARNING),
        notes=count(findings, Level.NOTE),
        reminder=reminder_of(office, quarter, state, answered=answered),
        period=quarter.key,
    )


def is_of(office: Office, quarter: Quarter, record: FileRecord) -> bool:
    """Whether a file is of the quarter: what was refused for a period that is none lies where it was meant for."""
    said = quarter_in(record.period)
    named = said is not None and office.plan.first_quarter <= said <= office.plan.last_quarter
    return record.period == quarter.key or (record.state is FileState.REFUSED and not named)


def _received(
    register: Register, quarter: Quarter, unit: Unit, own: Sequence[FileRecord], judged: Mapping[str, Judged]
) -> tuple[date | None, str]:
    """The clerk's word, else the day of the first file that was not refused: a correction does not make it late."""
    written = register.received.get((unit.code, quarter))
    if written is not None:
        return written, FROM_REGISTER
    sent = [record.file for record in own if record.state is not FileState.REFUSED]
    forms = [judged[file].form for file in sent if file in judged]
    days = [(form.received, form.received_from) for form in forms if form.received is not None]
    return min(days) if days else (None, "")


def days_to_note(submissions: Sequence[Submission]) -> tuple[str, ...]:
    """Lines for sheet ``Ngày nhận``, where more than half of the days of receipt are those of files.

    The day of a file is that of its last saving or copying: one copy of the folder makes every return late alike.
    """
    known = [item for item in submissions if item.received is not None]
    of_files = [item for item in known if item.received_from == FROM_FILE]
    if 2 * len(of_files) <= len(known):
        return ()
    return tuple(
        f"Trang {RECEIVED}, thêm dòng: Mã đơn vị {item.unit}; Kỳ {item.period}; Ngày nhận {show_date(item.received)}."
        for item in of_files
        if item.received is not None
    )


def _punctual(register: Register, quarter: Quarter, received: date | None) -> str:
    deadline = register.deadlines.get(quarter)
    if deadline is None or received is None:
        return ""
    if received <= deadline.due:
        return ON_TIME
    return AFTER_CLOSING if deadline.closing is not None and received > deadline.closing else LATE
