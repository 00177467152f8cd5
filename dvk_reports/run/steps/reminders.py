"""The reminders of a run: for every unit that is reminded its letter, and the mail that carries it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dvk_reports.mail.reminders import reminder_mail
from dvk_reports.messages.losses import Losses
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.returns import Submission
from dvk_reports.papers.letters.reminders import reminder_letters
from dvk_reports.plan.office import Office
from dvk_reports.plan.reminding import due_reminders


def reminders(
    office: Office,
    data: Consolidation,
    history: Sequence[Submission] = (),
    losses: Losses | None = None,
    template: Path | None = None,
) -> dict[str, bytes]:
    """``don-doc/…`` -> content: a .docx and an .eml for each of :func:`due_reminders`.

    Nothing where the plan has no such paper. ``history``: lines of ``Tình hình nộp`` of earlier quarters.
    ``losses``: where a letter that cannot be made is kept.
    ``template``: the office's own ``mau-word/don-doc.docx``; TemplateError where it is broken.
    """
    found: dict[str, bytes] = {}
    for reminder in due_reminders(office, data, history):
        with (losses or Losses()).of(reminder.unit.code, "công văn đôn đốc"):
            for letter in reminder_letters(office, data, [reminder], template):
                mail = reminder_mail(office, data, reminder, letter)
                found |= {f"{reminder.stem}.docx": letter, f"{reminder.stem}.eml": mail}
    return found
