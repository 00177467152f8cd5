"""Who is reminded of a return, and what a letter, a mail and a telephone call say alike: what is missing and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dvk_reports.errors import PlanError
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import ON_TIME, FileRecord, FileState, Submission, UnitState
from dvk_reports.plan.duty import units_due
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Register, Unit
from dvk_reports.plan.workdays import days_late, reminder_level
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.text import lower_first

KIND, FIRM, TO_THE_LEADER = 1, 2, 3
"""Levels of a reminder."""
NOTHING_CAME = "Chưa nhận được báo cáo của đơn vị."
_FILES_TOLD = 2
_GUESS = re.compile(r" Có phải là [^?]*\?")
_FILES_OF = {
    UnitState.MISSING: (FileState.WRONG_PERIOD, FileState.UNREADABLE),
    UnitState.REFUSED: (FileState.REFUSED,),
    UnitState.CONFLICT: (FileState.CONFLICT,),
    UnitState.UNREADABLE: (FileState.UNREADABLE,),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a unit without a used return has sent for the quarter; it answered if there is anything."""

    files: tuple[FileRecord, ...] = ()
    """What was received and does not count."""
    day: date | None = None
    """The first day of receipt: the clerk's word, else that of the mails; None: not known."""
    noted: bool = False
    """The register has a day of receipt, while nothing is in the box."""

    def __bool__(self) -> bool:
        return bool(self.files) or self.noted


@dataclass(frozen=True, slots=True)
class Reminder:
    """What one reminder is made of: ``unit`` owes the return, ``reader`` answers for it."""

    unit: Unit
    reader: Unit
    item: Submission
    quarter: Quarter
    level: int
    late: int
    """Working days since the deadline: until the day of receipt; of a silent unit, until the day of the run."""
    answer: Answer
    record: tuple[int, int] | None
    """As in :func:`punctuality`."""

    @property
    def subject(self) -> str:
        """What the letter is about, as it stands under its number."""
        if self.item.state is UnitState.CONFLICT:
            act = "xác nhận"
        elif self.answer:
            act = "gửi lại"
        else:
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
    found = []
    for unit, item in outstanding(office, data):
        reader = addressee(office.register, unit, office.day)
        answer = answer_of(office.register, data, item)
        level, late = standing_of(office, quarter, answer)
        if reader is not None and level and late is not None:
            record = punctuality(history, unit.code, quarter.key)
            found.append(Reminder(unit, reader, item, quarter, level, late, answer, record))
    return tuple(found)


def standing_of(office: Office, quarter: Quarter, answer: Answer) -> tuple[int | None, int | None]:
    """(level of the reminder, working days late) of a unit without a used return; None: no deadline, no day known.

    Late is what came late: the day of receipt decides, and only of a unit that has sent nothing the day of the run.
    """
    if quarter not in office.register.deadlines:
        return None, None
    late = days_late(office, quarter, answer.day) if answer.day or not answer else 0
    return reminder_level(office, quarter, answered=bool(answer)), late


def answer_of(register: Register, data: Consolidation, item: Submission) -> Answer:
    """What a unit has sent that does not count."""
    # A day after that of the run is no day of receipt.
    files = [
        record if record.received is None or record.received <= data.as_of else replace(record, received=None)
        for record in received_files(data, item)
    ]
    noted = register.received.get((item.unit, data.period.last))
    days = [record.received for record in files if record.received is not None]
    return Answer(tuple(files), noted or min(days, default=None), noted is not None and not files)


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
    wanted = _FILES_OF.get(item.state, ())
    own = [record for record in data.files if record.unit == item.unit or (item.file and record.file == item.file)]
    near = [record for record in data.files if record.near == item.unit and item.state is UnitState.MISSING]
    return [*(record for record in own if record.state in wanted), *near]


def missing_things(data: Consolidation, item: Submission, answer: Answer) -> tuple[str, ...]:
    """Sentences on what was received of a unit without a used return, and why it does not count; two files told."""
    own = answer.files
    if not own:
        return (_noted(answer.day) if answer.noted else NOTHING_CAME,)
    if item.state is UnitState.CONFLICT:
        return (_conflict(own),)
    told = [_one(data, record, item) for record in own[:_FILES_TOLD]]
    rest = len(own) - len(told)
    return (*told, *([f"Ngoài ra còn {show_count(rest)} tệp khác cũng chưa dùng được."] if rest else []))


def _noted(day: date | None) -> str:
    return (
        f"Sổ theo dõi ghi đã nhận báo cáo{_on(day)}, nhưng chưa có tệp biểu mẫu Excel (.xlsx) của kỳ này để tổng hợp."
    )


def _one(data: Consolidation, record: FileRecord, item: Submission) -> str:
    """“Đã nhận tệp “a.xlsx” ngày 09/10/2023 …”: the file, what it says, why it does not count, what to do."""
    came = f"Đã nhận tệp “{base_name(record.file)}”{_on(record.received)}"
    if record.near and record.unit and record.state not in (FileState.REFUSED, FileState.UNREADABLE):
        return _of_another(data, came, record)
    if record.state is FileState.WRONG_PERIOD:
        return _wrong_period(data, came, record)
    maybe = f"{came}, có thể là của đơn vị, nhưng" if record.near else f"{came}, nhưng"
    if record.state is not FileState.REFUSED:
        unread = "không đọc được" if record.state is FileState.UNREADABLE else "chưa dùng được"
        return f"{maybe} {unread}: {lower_first(_sentence(record.reason or 'đề nghị gửi lại'))}"
    return f"{maybe} chưa dùng được: {_refused(data, record, item)}"


def base_name(file: str) -> str:
    """The file's own name, as the unit knows it."""
    return file.rsplit("/", 1)[-1]


def _on(day: date | None) -> str:
    return "" if day is None else f" ngày {show_date_prose(day)}"


def _conflict(records: Sequence[FileRecord]) -> str:
    names = [base_name(record.file) for record in records]
    if len(set(names)) < len(names):
        names = [record.file for record in records]
    versions = {record.version for record in records} - {""}
    same = f"cùng ghi phiên bản {min(versions)}" if len(versions) == 1 else "không ghi rõ phiên bản"
    listed = ", ".join(
        f"“{name}”" + (f" (nhận{_on(record.received)})" if record.received else "")
        for name, record in zip(names, records, strict=True)
    )
    return (
        f"Đã nhận {show_count(len(records))} tệp {same} nhưng số liệu khác nhau: {listed}. Chưa rõ số liệu nào đúng "
        "nên chưa dùng tệp nào."
    )


def next_version(answer: Answer) -> str:
    """ "2": what the right one of contradictory files must say to be taken; "" where their version cannot be read."""
    known = [int(record.version) for record in answer.files if record.version.isdecimal()]
    return str(max(known) + 1) if known else ""


def _refused(data: Consolidation, record: FileRecord, item: Submission) -> str:
    found = [finding for finding in data.findings if finding.file == record.file and finding.refuses]
    why = " ".join(dict.fromkeys(finding.text for finding in found)) or _sentence(record.reason)
    remedy = " ".join(dict.fromkeys(finding.remedy for finding in found))
    asked, guesses = _GUESS.subn("", remedy)
    own = f"Mã của đơn vị là {item.unit}." if guesses or record.near else ""  # a letter to a unit need not guess
    return " ".join(part for part in (lower_first(why), asked, own) if part)


def _of_another(data: Consolidation, came: str, record: FileRecord) -> str:
    other = next((item.name for item in data.submissions if item.unit == record.unit), "đơn vị khác")
    return (
        f"{came}, có thể là của đơn vị, nhưng trang bìa ghi {other} (mã {record.unit}) nên được xem là của đơn vị đó. "
        "Nếu là báo cáo của đơn vị, đề nghị ghi số liệu vào đúng biểu mẫu của đơn vị rồi gửi lại."
    )


def _wrong_period(data: Consolidation, came: str, record: FileRecord) -> str:
    quarter = data.period.last.title
    return (
        f"{came}, nhưng tệp ghi kỳ báo cáo là {_title(record.period)}, không phải {quarter}. Nếu là báo cáo {quarter}, "
        "đề nghị ghi lại kỳ báo cáo ở trang bìa rồi gửi lại."
    )


def _title(period: str) -> str:
    try:
        return Quarter.parse(period).title
    except PlanError:
        return f"“{period}”"


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "?", "!")) else f"{text}."
