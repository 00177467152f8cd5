"""Marked copies: every return with a Chặn or an unanswered Cảnh báo goes back, its mistakes marked in its own form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from dvk_reports.errors import SheetError
from dvk_reports.intake.reading import Progress
from dvk_reports.intake.workers import run_in_workers
from dvk_reports.mail.returned import return_mail
from dvk_reports.model.records import Finding, Return
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.periods import Quarter
from dvk_reports.plan.register.register import Register, Unit
from dvk_reports.sheets.marked.workbook import findings_on_copy, marked_copy, marked_name, needs_copy

__all__ = ["Faulty", "marked_copies", "needs_copy"]

FOLDER = "tra-lai"


@dataclass(frozen=True)
class Faulty:
    """A return that goes back, with its findings as they stand."""

    unit: Unit
    form: Return
    findings: tuple[Finding, ...]
    free_codes: tuple[str, ...]


def marked_copies(
    plan: Plan,
    register: Register,
    quarter: Quarter,
    faulty: Sequence[Faulty],
    until: date | None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> dict[str, bytes]:
    """Name below ``ket-qua/<KY>/`` -> content of every marked copy and its mail draft; drawn in worker processes."""

    def told(done: int, index: int) -> None:
        if progress is not None:
            progress(done, len(faulty), f"bản đánh dấu của {faulty[index].unit.name}")

    draw = partial(_draw, plan, register, quarter, until)
    outputs: dict[str, bytes] = {}
    for item, outcome in zip(faulty, run_in_workers(draw, faulty, workers, told=told), strict=True):
        if outcome.value is None:
            raise SheetError(f"Không vẽ được bản đánh dấu của {item.unit.name}: {outcome.reason}.")
        outputs |= {f"{FOLDER}/{name}": content for name, content in outcome.value.items()}
    return outputs


def _draw(plan: Plan, register: Register, quarter: Quarter, until: date | None, item: Faulty) -> dict[str, bytes]:
    name = marked_name(item.unit, quarter, item.form)
    copy = marked_copy(
        plan, register, item.unit, quarter, item.form, item.findings, free_codes=item.free_codes, until=until
    )
    told = findings_on_copy(plan, register, item.unit, quarter, item.form, item.findings)
    mail = return_mail(plan, register, item.unit, quarter, told, name, copy, until=until)
    return {name: copy, f"{name.removesuffix('.xlsx')}.eml": mail}
