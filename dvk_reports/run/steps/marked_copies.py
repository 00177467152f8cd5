"""Marked copies: every return with a Chặn or an unanswered Cảnh báo goes back, its mistakes marked in its own form."""

from __future__ import annotations

from collections.abc import Sequence

from dvk_reports.intake.reading import Progress
from dvk_reports.mail.returned import SentBack, return_mail
from dvk_reports.messages.losses import Losses
from dvk_reports.model.periods import Quarter
from dvk_reports.plan.office import Office
from dvk_reports.plan.workdays import new_deadline
from dvk_reports.sheets.forms.templates import Templates
from dvk_reports.sheets.marked.workbook import FlawedReturn, MarkedCopy, marked_name
from dvk_reports.workspace.spool import Aside

FOLDER = "tra-lai"


def marked_copies(
    office: Office,
    quarter: Quarter,
    returns: Sequence[FlawedReturn],
    losses: Losses,
    progress: Progress | None = None,
) -> Aside:
    """Name below ``ket-qua/<KY>/`` -> content of every marked copy and its mail draft.

    A copy that cannot be made is one of ``losses``.
    """
    outputs = Aside()
    templates = Templates()
    when = SentBack(office.day, new_deadline(office.plan, 1, office.day))
    for number, item in enumerate(returns):
        if progress is not None:
            progress(number, len(returns), f"bản đánh dấu của {item.unit.name}")
        with losses.of(item.unit.code, "bản đánh dấu"):
            name = marked_name(quarter, item)
            copy = MarkedCopy(office, quarter, item)
            content = copy.workbook(when.until, templates)
            mail = return_mail(office.plan, item.unit, quarter, copy.findings(), name, content, when)
            outputs[f"{FOLDER}/{name}"] = content
            outputs[f"{FOLDER}/{name.removesuffix('.xlsx')}.eml"] = mail
    return outputs
