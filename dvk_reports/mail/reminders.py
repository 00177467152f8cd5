"""The mail that carries a reminder: what is missing in a few words, till when, and the letter attached."""

from __future__ import annotations

from dvk_reports.mail.drafts import DOCX, draft
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.names import names_of
from dvk_reports.plan.office import Office
from dvk_reports.plan.reminding import Reminder, base_name, missing_things
from dvk_reports.plan.workdays import new_deadline
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.text import upper_first
from dvk_reports.vietnamese.words import tones


def reminder_mail(office: Office, data: Consolidation, reminder: Reminder, letter: bytes) -> bytes:
    """The draft to the unit that answers; ``letter``: the .docx that goes with it."""
    plan = office.plan
    tone, names = plan.documents.dau_thanh, names_of(office.register)
    about = upper_first(reminder.subject.removeprefix("về việc "))
    return draft(
        to=reminder.reader.email,
        subject=tones(f"{about} - {reminder.unit.name}", tone, names),
        text=tones(_words(plan, data, reminder), tone, names),
        name=f"{base_name(reminder.stem)}.docx",
        data=letter,
        kind=DOCX,
    )


def _words(plan: Plan, data: Consolidation, reminder: Reminder) -> str:
    things = "\n".join(f"- {text}" for text in missing_things(data, reminder.item, reminder.answer))
    until = show_date_prose(new_deadline(plan, reminder.level, data.as_of))
    return (
        f"Kính gửi: {reminder.reader.name}\n\n"
        f"{plan.sender(data.as_of)} gửi kèm công văn {reminder.subject}.\n"
        f"Báo cáo của {reminder.unit.name}:\n{things}\n\n"
        f"Đề nghị đơn vị trả lời thư này, kèm tệp báo cáo Excel (.xlsx), chậm nhất ngày {until}.\n\n"
        "Trân trọng./.\n"
    )
