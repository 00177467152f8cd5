"""Marked copies: every return with a Chặn or an unanswered Cảnh báo goes back, its mistakes marked in its own form."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from dvk_reports.intake.reading import Progress
from dvk_reports.intake.workers import Workers, run_in_workers
from dvk_reports.mail.returned import SentBack, return_mail
from dvk_reports.messages.losses import Losses
from dvk_reports.model.periods import Quarter
from dvk_reports.plan.office import Office
from dvk_reports.plan.workdays import new_deadline
from dvk_reports.sheets.marked.workbook import FlawedReturn, findings_on_copy, marked_copy, marked_name

FOLDER = "tra-lai"


def marked_copies(
    office: Office,
    quarter: Quarter,
    returns: Sequence[FlawedReturn],
    losses: Losses,
    workers: Workers = None,
    progress: Progress | None = None,
) -> dict[str, bytes]:
    """Name below ``ket-qua/<KY>/`` -> content of every marked copy and its mail draft; drawn in worker processes.

    A copy that cannot be drawn is one of ``losses``.
    """

    def report(done: int, index: int) -> None:
        if progress is not None:
            progress(done, len(returns), f"bản đánh dấu của {returns[index].unit.name}")

    draw = partial(_draw, office, quarter, SentBack(office.day, new_deadline(office.plan, 1, office.day)))
    outputs: dict[str, bytes] = {}
    for item, outcome in zip(returns, run_in_workers(draw, returns, workers, on_start=report), strict=True):
        if outcome.value is None:
            losses.add(item.unit.code, "bản đánh dấu")
            continue
        outputs |= {f"{FOLDER}/{name}": content for name, content in outcome.value.items()}
    return outputs


def _draw(office: Office, quarter: Quarter, when: SentBack, item: FlawedReturn) -> dict[str, bytes]:
    name = marked_name(quarter, item)
    copy = marked_copy(office, quarter, item, when.until)
    told = findings_on_copy(office, quarter, item)
    mail = return_mail(office.plan, item.unit, quarter, told, name, copy, when)
    return {name: copy, f"{name.removesuffix('.xlsx')}.eml": mail}
