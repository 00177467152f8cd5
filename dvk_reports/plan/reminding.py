"""Who is reminded of a return, and what a letter, a mail and a telephone call say alike: what is missing and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dvk_reports.errors import PlanError
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import ON_TIME, FileRecord, FileState, Submission, UnitState
from dvk_reports.plan.duty import units_due
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Register, Unit
from dvk_reports.plan.workdays import days_late, reminder_level
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.text import lower_first

KIND, FIRM, TO_THE_LEADER = 1, 2, 3
"""Levels of a reminder."""
_FILES_TOLD = 2
_FILES_OF = {
    UnitState.MISSING: FileState.WRONG_PERIOD,
    UnitState.REFUSED: FileState.REFUSED,
    UnitState.CONFLICT: FileState.CONFLICT,
    UnitState.UNREADABLE: FileState.UNREADABLE,
}


@dataclass(frozen=True, slots=True)
class Reminder:
    """What one reminder is made of: ``unit`` owes the return, ``reader`` answers for it."""

    unit: Unit
    reader: Unit
    item: Submission
    quarter: Quarter
    level: int
    late: int
    """Working days since the deadline."""
    record: tuple[int, int] | None
    """As in :func:`punctuality`."""

    @property
    def subject(self) -> str:
        """What the letter is about, as it stands under its number."""
        act = "gửi" if self.level == KIND else "đôn đốc gửi"
        return f"về việc {act} báo cáo Phong trào “Dân vận khéo” {self.quarter.title}"

    @property
    def stem(self) -> str:
        """Name of its files below ``ket-qua/<KY>/``, without the ending."""
        return f"don-doc/DVK_{self.unit.code}_{self.quarter.key}_don-doc"


def due_reminders(office: Office, data: Consolidation, history: Sequence[Submission] = ()) -> tuple[Reminder, ...]:
    """One for every unit that owes a form and has no used return, in register order.

    None before the deadline of the register, none where it has no deadline, none for a unit that no longer exists and
    was merged into no other. ``history``: lines of ``Tình hình nộp`` of earlier quarters.
    """
    quarter = quarter_of(data)
    if quarter is None:
        return ()
    level, late = reminder_level(office, quarter), days_late(office, quarter)
    if not level or late is None:
        return ()
    found = []
    for unit, item in outstanding(office, data):
        reader = addressee(office.register, unit, office.day)
        if reader is not None:
            record = punctuality(history, unit.code, quarter.key)
            found.append(Reminder(unit, reader, item, quarter, level, late, record))
    return tuple(found)


def quarter_of(data: Consolidation) -> Quarter | None:
    """The quarter a run was made for; None for a longer period, for which nobody owes a form."""
    quarters = data.period.quarters
    return quarters[0] if len(quarters) == 1 else None


def outstanding(office: Office, data: Consolidation) -> tuple[tuple[Unit, Submission], ...]:
    """Units that owe a form and have no used return, in register order."""
    quarter = quarter_of(data)
    if quarter is None:
        return ()
    items = {item.unit: item for item in data.submissions if item.state is not UnitState.ACCEPTED}
    return tuple(
        (unit, items[unit.code]) for unit in units_due(office.plan, office.register, quarter) if unit.code in items
    )


def addressee(register: Register, unit: Unit, day: date) -> Unit | None:
    """Who answers for a unit on a day: itself, or the one it was merged into; None where nobody does."""
    code = register.heir(unit.code, day)
    return register.by_code[code] if code is not None else None


def punctuality(history: Sequence[Submission], unit: str, before: str) -> tuple[int, int] | None:
    """(quarters on time, quarters whose day is known) of the quarters at hand before ``before``; None where none is.

    A quarter without a used return was not on time; one whose day or deadline is not known is left out.
    """
    own = {item.period: item for item in history if item.unit == unit and item.period < before}
    known = [item for item in own.values() if item.punctual or item.state is not UnitState.ACCEPTED]
    if not known:
        return None
    return sum(item.punctual == ON_TIME for item in known), len(known)


def received_files(data: Consolidation, item: Submission) -> list[FileRecord]:
    """What was received of a unit and does not count, in the state that the unit is in."""
    wanted = _FILES_OF.get(item.state)
    own = [record for record in data.files if record.unit == item.unit or (item.file and record.file == item.file)]
    near = [record for record in data.files if record.near == item.unit and item.state is UnitState.MISSING]
    return [*(record for record in own if record.state is wanted), *near]


def missing_things(data: Consolidation, item: Submission) -> tuple[str, ...]:
    """Sentences on what was received of a unit without a used return, and why it does not count; two files told."""
    own = received_files(data, item)
    if not own:
        return ("Chưa nhận được báo cáo của đơn vị.",)
    if item.state is UnitState.CONFLICT:
        return (_conflict(own),)
    told = [_one(data, record) for record in own[:_FILES_TOLD]]
    rest = len(own) - len(told)
    return (*told, *([f"Ngoài ra còn {show_count(rest)} tệp khác cũng chưa dùng được."] if rest else []))


def _one(data: Consolidation, record: FileRecord) -> str:
    if record.near:
        return _nearly(data, record)
    if record.state is FileState.REFUSED:
        return _refused(data, record)
    return _unreadable(record) if record.state is FileState.UNREADABLE else _wrong_period(data, record)


def base_name(file: str) -> str:
    """The file's own name, as the unit knows it."""
    return file.rsplit("/", 1)[-1]


def _conflict(records: Sequence[FileRecord]) -> str:
    names = [base_name(record.file) for record in records]
    if len(set(names)) < len(names):
        names = [record.file for record in records]
    versions = {record.version for record in records} - {""}
    same = f"cùng ghi phiên bản {min(versions)}" if len(versions) == 1 else "không ghi rõ phiên bản"
    listed = ", ".join(f"“{name}”" for name in names)
    return (
        f"Đã nhận {show_count(len(records))} tệp {same} nhưng khác nội dung: {listed}; chưa rõ tệp nào đúng nên chưa "
        "dùng tệp nào. Đề nghị gửi lại tệp đúng, ghi số phiên bản cao hơn."
    )


def _refused(data: Consolidation, record: FileRecord) -> str:
    found = [finding for finding in data.findings if finding.file == record.file and finding.refuses]
    why = " ".join(dict.fromkeys(finding.text for finding in found)) or _sentence(record.reason)
    remedy = " ".join(dict.fromkeys(finding.remedy for finding in found))
    return " ".join(part for part in (f"Tệp “{base_name(record.file)}” bị trả lại: {why}", remedy) if part)


def _nearly(data: Consolidation, record: FileRecord) -> str:
    """A file that seems to be the unit's, though nothing in it that can be read says so."""
    found = [finding for finding in data.findings if finding.file == record.file and finding.refuses]
    why = " ".join(dict.fromkeys(finding.text for finding in found)) or _sentence(record.reason)
    known = f"Đã nhận tệp “{base_name(record.file)}”, có thể là của đơn vị, nhưng chưa dùng được: {lower_first(why)}"
    return f"{known} {found[0].remedy}" if found else known


def _unreadable(record: FileRecord) -> str:
    return f"Tệp “{base_name(record.file)}” không đọc được: {_sentence(record.reason or 'đề nghị gửi lại')}"


def _wrong_period(data: Consolidation, record: FileRecord) -> str:
    return (
        f"Đã nhận tệp “{base_name(record.file)}” nhưng tệp ghi kỳ báo cáo là {_title(record.period)}, không phải "
        f"{data.period.last.title}."
    )


def _title(period: str) -> str:
    try:
        return Quarter.parse(period).title
    except PlanError:
        return f"“{period}”"


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "?", "!")) else f"{text}."
