"""What goes out to the units of a quarter: marked copies, letters, one mail for each unit, the list of the mails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from dvk_reports.intake.reading import Progress
from dvk_reports.mail.returned import Returned, returned
from dvk_reports.mail.units import ToTell
from dvk_reports.messages.losses import Losses
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.mails import UnitMail
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import Submission
from dvk_reports.model.shelf import Filed, shelved
from dvk_reports.papers.letters.reminders import reminder_letters
from dvk_reports.plan.office import Office
from dvk_reports.plan.reminding import Reminder, due_reminders
from dvk_reports.plan.workdays import new_deadline
from dvk_reports.sheets.calls import NAME as CALLS
from dvk_reports.sheets.calls import call_sheet
from dvk_reports.sheets.forms.templates import Templates
from dvk_reports.sheets.marked.workbook import FlawedReturn, MarkedCopy, marked_name
from dvk_reports.sheets.post import NAME as LISTED
from dvk_reports.sheets.post import mail_list
from dvk_reports.workspace.spool import Aside

COPIES = "tra-lai"

Letters = Mapping[str, tuple[Reminder, str]]
"""Unit -> its reminder, and the name of the letter below ``ket-qua/<KY>``."""


def going_out(
    office: Office,
    data: Consolidation,
    history: Sequence[Submission],
    flawed: Sequence[FlawedReturn],
    losses: Losses,
    template: Path | None = None,
    progress: Progress | None = None,
) -> Aside:
    """Name below ``ket-qua/<KY>`` -> content. What cannot be made for one unit is one of ``losses``.

    ``history``: lines of ``Tình hình nộp`` of earlier quarters. ``template``: the office's own
    ``mau-word/don-doc.docx``; TemplateError where it is broken.
    """
    outputs = Aside()
    letters = _add_letters(outputs, office, data, history, losses, template)
    levels = {unit: reminder.level for unit, (reminder, _) in letters.items()}
    back = add_copies(outputs, office, data.period.last, flawed, levels, losses, progress)
    outputs[LISTED] = mail_list(data, shelved(_mails(outputs, ToTell(office, data, letters, back), losses)))
    outputs[CALLS] = call_sheet(office, data)
    return outputs


def _mails(outputs: Aside, told: ToTell, losses: Losses) -> Iterator[UnitMail]:
    """Put the mails into the outputs; the line of each."""
    for line, mail in told.mails(outputs, losses):
        outputs[line.file] = mail
        yield line


def _add_letters(
    outputs: Aside,
    office: Office,
    data: Consolidation,
    history: Sequence[Submission],
    losses: Losses,
    template: Path | None,
) -> Letters:
    """Put the letter of each of :func:`due_reminders` into the outputs; none where the plan has no such paper."""
    found = {}
    for reminder in due_reminders(office, data, history):
        with losses.of(reminder.unit.code, "công văn đôn đốc"):
            for letter in reminder_letters(office, data, [reminder], template):
                name = f"{reminder.stem}.docx"
                outputs[name] = letter
                found[reminder.unit.code] = (reminder, name)
    return found


def add_copies(
    outputs: Aside,
    office: Office,
    quarter: Quarter,
    flawed: Sequence[FlawedReturn],
    levels: Mapping[str, int],
    losses: Losses,
    progress: Progress | None = None,
) -> Mapping[str, Returned]:
    """Put the marked copies into the outputs; unit -> what its mail says of them. ``levels``: of units reminded."""
    templates = Templates()
    found: Filed[Returned] = Filed()
    for number, item in enumerate(flawed):
        unit = item.unit.code
        if progress is not None:
            progress(number, len(flawed), f"bản đánh dấu của {item.unit.name}")
        until = new_deadline(office.plan, levels.get(unit, 1), office.day)
        told = returned(item.findings, until)
        with losses.of(unit, "bản đánh dấu"):
            name = f"{COPIES}/{marked_name(quarter, item)}"
            copy = MarkedCopy(office, quarter, item)
            content = copy.workbook(until, templates)
            told = returned(copy.findings(), until, name)
            outputs[name] = content
        found.put(unit, told)
    return found
