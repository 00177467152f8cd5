"""What goes out to the units of a run, and what stands in a mail."""

from __future__ import annotations

from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from dvk_reports.messages.losses import Losses
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.returns import Submission
from dvk_reports.plan.office import Office
from dvk_reports.run.steps.going_out import going_out
from dvk_reports.sheets.marked.workbook import FlawedReturn


def sent_out(
    office: Office,
    data: Consolidation,
    history: Sequence[Submission] = (),
    flawed: Sequence[FlawedReturn] = (),
    template: Path | None = None,
) -> dict[str, bytes]:
    """Letters, copies and mails by name; neither the list of calls nor that of mails."""
    made = going_out(office, data, history, flawed, Losses(), template)
    return {name: made[name] for name in made if name not in ("thu.xlsx", "don-doc/goi-dien.xlsx")}


def opened(mail: bytes) -> EmailMessage:
    """A mail as a program of mails sees it."""
    return message_from_bytes(mail, policy=policy.default)


def words_of(mail: bytes) -> str:
    """Its text."""
    return opened(mail).get_body().get_content().replace("\r\n", "\n")
