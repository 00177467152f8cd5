"""One mail for each unit and run: its receipt, what to mend with the marked copy, or the reminder with its letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from dvk_reports.mail.drafts import Attached, draft, mark_of
from dvk_reports.mail.receipts import receipt
from dvk_reports.mail.reminders import reminder_subject, reminder_words
from dvk_reports.mail.returned import Returned
from dvk_reports.messages.losses import Losses
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.mails import UnitMail
from dvk_reports.model.returns import FileState, Submission, UnitState, UsedReturn
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Unit
from dvk_reports.plan.reminding import Reminder, addressee
from dvk_reports.vietnamese.text import upper_first

RECEIPT, TO_MEND, REMINDER = "Biên nhận", "Chỗ cần sửa", "Công văn đôn đốc"
"""What a mail may hold."""
_ACTS = {RECEIPT: "biên nhận", TO_MEND: "đề nghị sửa"}


@dataclass(frozen=True)
class ToTell:
    """What a run has to say to the units of its quarter."""

    office: Office
    data: Consolidation
    reminders: Mapping[str, tuple[Reminder, str]]
    """Unit -> its reminder, and the letter below ``ket-qua/<KY>``."""
    returned: Mapping[str, Returned]
    """Unit -> what goes back to it."""

    def mails(self, papers: Mapping[str, bytes], losses: Losses) -> Iterator[tuple[UnitMail, bytes]]:
        """Each mail with its line of the list, in register order. ``papers``: name -> letters and marked copies."""
        submissions = {item.unit: item for item in self.data.submissions}
        for unit in self.office.register.units:
            if unit.code not in submissions and unit.code not in self.returned:
                continue
            with losses.of(unit.code, "thư"):
                mail = _Mail(self, unit, submissions.get(unit.code))
                if mail.holds:
                    yield mail.line, mail.content(papers)

    @cached_property
    def used(self) -> Mapping[str, UsedReturn]:
        """Unit -> the return that counts."""
        return {item.unit: item for item in self.data.used}

    @cached_property
    def hashes(self) -> Mapping[str, str]:
        """File -> hash, of the files that count."""
        return {record.file: record.sha256 for record in self.data.files if record.state is FileState.USED}


class _Mail:
    """What one unit is told."""

    def __init__(self, told: ToTell, unit: Unit, item: Submission | None) -> None:
        self.told, self.unit, self.item = told, unit, item
        self.reminder: Reminder | None
        self.reminder, self.letter = told.reminders.get(unit.code, (None, ""))
        self.returned = told.returned.get(unit.code)
        self.reader = addressee(told.office.register, unit, told.data.as_of)

    @property
    def received(self) -> Submission | None:
        """The return that is used, where there is a receipt for it."""
        item = self.item
        if item is None or item.state is not UnitState.ACCEPTED:
            return None
        return item if item.unit in self.told.used and item.file in self.told.hashes else None

    @property
    def holds(self) -> tuple[str, ...]:
        parts = ((RECEIPT, self.received), (TO_MEND, self.returned), (REMINDER, self.reminder))
        return tuple(name for name, there in parts if there)

    @property
    def attached(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.returned.file if self.returned else "", self.letter)))

    @property
    def title(self) -> str:
        return f"báo cáo Phong trào “Dân vận khéo” {self.told.data.period.last.title}"

    @property
    def subject(self) -> str:
        if self.reminder is not None:
            return reminder_subject(self.told.office, self.reminder)
        acts = [_ACTS[part] for part in self.holds]
        act = upper_first(", ".join(acts))
        return f"{act} {self.title} - {self.unit.name}"

    @property
    def line(self) -> UnitMail:
        return UnitMail(
            unit=self.unit.code,
            name=self.unit.name,
            reader=self.reader.name if self.reader else "",
            to=self.reader.email if self.reader else "",
            subject=self.subject,
            holds=self.holds,
            attached=self.attached,
            state=self.item.state.value if self.item else "",
        )

    def content(self, papers: Mapping[str, bytes]) -> bytes:
        """The draft itself."""
        return draft(
            to=self.line.to,
            subject=self.subject,
            text=self._text(),
            attached=[Attached(name.rpartition("/")[2], papers[name]) for name in self.attached],
            mark=mark_of(self.told.data.period.key, self.unit.code, *self._substance()),
        )

    def _text(self) -> str:
        told, received = self.told, self.received
        issuer = told.office.plan.sender(told.data.as_of)
        lead = f"{issuer} đã nhận {self.title} của {self._whose}"
        parts = []
        if received is not None:
            used, sha256 = told.used[received.unit], told.hashes[received.file]
            parts.append(receipt(told.office.plan, lead, received, used, sha256, self.returned is not None))
        elif self.reminder is not None:
            parts.append(reminder_words(told.office, told.data, self.reminder))
        else:
            parts.append(f"{lead} nhưng chưa dùng được để tổng hợp.")
        if self.returned is not None:
            parts.append(self.returned.words)
        thanks = f"{issuer} trân trọng cảm ơn./.\n" if received is not None else "Trân trọng./.\n"
        return "\n\n".join((f"Kính gửi: {(self.reader or self.unit).name}", *parts, thanks))

    @property
    def _whose(self) -> str:
        """The unit's own report, or that of a unit which is another's now."""
        own = self.reader is None or self.reader.code == self.unit.code
        return "đơn vị" if own else self.unit.name

    def _substance(self) -> Sequence[object]:
        """What makes this another mail than the one before; never the day of the run, nor a day counted from it."""
        received, reminder = self.received, self.reminder
        got = (
            self.told.hashes[received.file],
            received.received,
            received.punctual,
            (received.blocks, received.warnings, received.notes),
        ) if received is not None else ()  # fmt: skip
        wanted = (
            reminder.level,
            reminder.item.state.value,
            [(record.sha256, record.state.value) for record in reminder.answer.files],
        ) if reminder is not None else ()  # fmt: skip
        return self.holds, got, self.returned.asked if self.returned else (), wanted
