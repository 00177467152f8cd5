"""What a mail says that carries a reminder: what is missing in a few words, till when, and the letter attached."""

from __future__ import annotations

from dvk_reports.model.consolidation import Consolidation
from dvk_reports.plan.names import names_of
from dvk_reports.plan.office import Office
from dvk_reports.plan.reminding import Reminder, missing_things
from dvk_reports.plan.workdays import new_deadline
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.text import upper_first
from dvk_reports.vietnamese.words import tones


def reminder_subject(office: Office, reminder: Reminder) -> str:
    """What the mail is about, in the office's own way of writing."""
    about = upper_first(reminder.subject.removeprefix("về việc "))
    return tones(f"{about} - {reminder.unit.name}", office.plan.documents.dau_thanh, names_of(office.register))


def reminder_words(office: Office, data: Consolidation, reminder: Reminder) -> str:
    """What is missing of the unit, and until when its answer is wanted."""
    plan = office.plan
    things = "\n".join(f"- {text}" for text in missing_things(data, reminder.item, reminder.answer))
    until = show_date_prose(new_deadline(plan, reminder.level, data.as_of))
    text = (
        f"{plan.sender(data.as_of)} gửi kèm công văn {reminder.subject}.\n"
        f"Báo cáo của {reminder.unit.name}:\n{things}\n\n"
        f"Đề nghị đơn vị trả lời thư này, kèm tệp báo cáo Excel (.xlsx), chậm nhất ngày {until}."
    )
    return tones(text, plan.documents.dau_thanh, names_of(office.register))
