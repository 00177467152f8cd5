"""A period of several quarters (``2023-6T``, ``2023``, ``2022-Q2..2023-Q3``), from the quarters' own workbooks.

Nothing is counted twice and nothing is carried over from totals: the rows of the quarters are read back as they
counted, and every figure is computed from them anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TypeVar

from dvk_reports.checks.force import in_force
from dvk_reports.errors import WorkspaceError
from dvk_reports.figures.board import board
from dvk_reports.figures.compute import compute_with_parts
from dvk_reports.figures.ledger import Ledger
from dvk_reports.figures.named.coverage import models_of_hamlets
from dvk_reports.figures.running import running_models
from dvk_reports.figures.task_progress import task_progress
from dvk_reports.intake.back.past import PastQuarter, read_past
from dvk_reports.intake.workers import Workers
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.findings import Finding
from dvk_reports.model.periods import Period, Quarter, by_year, parse_period
from dvk_reports.model.proposals import Award
from dvk_reports.model.returns import FileRecord, FileState, Submission, UsedReturn
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Register
from dvk_reports.plan.register.sheets import FILE as REGISTER
from dvk_reports.run.steps.copies import awards_of
from dvk_reports.run.steps.former_units import lost_units
from dvk_reports.run.steps.trends import trend_of
from dvk_reports.workspace.folder import TOTALS, Workspace, digest

T = TypeVar("T", Submission, UsedReturn)


def gather_period(space: Workspace, office: Office, period: Period, workers: Workers = None) -> Consolidation:
    """Everything of one run over several quarters but the writing.

    WorkspaceError where the last quarter is not consolidated: without it nothing is known of the end of the period.
    A quarter before it that is missing is a finding, and the figures that need it stay blank.
    """
    paths = {quarter: path for quarter, path in space.quarters_held() if quarter <= period.last}
    if period.last not in paths:
        raise WorkspaceError(
            f"Kỳ {period.key} cần {_where(period.last)}: chưa có. "
            f"Tổng hợp quý cuối kỳ trước: dvk consolidate {period.last.key}"
        )
    register = office.register
    history = read_past(office.plan, list(paths.items()), workers)
    within = [past for past in history if past.quarter in period.quarters]
    submissions = {past.quarter: _in_order(register, past.submissions) for past in history}
    ledger = Ledger(
        office=office,
        period=period,
        returns={(code, past.quarter): used for past in history for code, used in past.returns.items()},
        held=frozenset(paths),
        submissions=submissions,
        printed={past.quarter: past.printed for past in history},
        restated={past.quarter: past.restated for past in history if past.restated},
    )
    parts = by_year(period)
    figures, years = compute_with_parts(ledger, parts if len(parts) > 1 else ())
    findings = [*_own_findings(office, period, paths, history), *chain.from_iterable(map(_findings, within))]
    data = Consolidation(
        period=parse_period(period.key),
        as_of=office.day,
        files=tuple(_record(past.quarter, paths[past.quarter]) for past in within),
        submissions=submissions[period.last],
        findings=tuple(sorted(findings, key=lambda finding: finding.level.rank)),
        figures=figures,
        used=tuple(used for past in within for used in _in_order(register, past.returns.values())),
        earlier=tuple(item for past in within[:-1] for item in submissions[past.quarter]),
        awards=tuple(_granted(space, office, period)),
        board=board(ledger, figures),
        tasks=task_progress(ledger),
        models_of_hamlets=models_of_hamlets(ledger),
        models=running_models(ledger),
        remarks=tuple(remark for past in within for remark in past.remarks),
    )
    return replace(data, trend=trend_of(office, data, history, years))


def _granted(space: Workspace, office: Office, period: Period) -> Iterator[Award]:
    """What the meetings of the rounds of the period's years have granted up to the day of the run.

    Of a round without any typed result those that are chosen there: they are told as proposed.
    """
    years = {quarter.year for quarter in period.quarters}
    for entry in office.plan.awards.dot:
        if entry.year in years and entry.tu_ngay <= office.day:
            found = list(awards_of(entry.ma, space.awards(entry.ma)))
            granted = [award for award in found if award.result.granted]
            yield from (award for award in granted or found if not _later(award, office.day))


def _later(award: Award, day: date) -> bool:
    return isinstance(award.result.day, date) and award.result.day > day


def _where(quarter: Quarter) -> str:
    return f"ket-qua/{quarter.key}/{TOTALS}"


def _record(quarter: Quarter, path: Path) -> FileRecord:
    """The quarter's workbook as a file of this run; its place is told from where a quarter's mail would lie."""
    return FileRecord(
        f"../../{_where(quarter)}", digest(path.read_bytes()), FileState.USED, period=quarter.key, reason=quarter.title
    )


def _in_order(register: Register, items: Iterable[T]) -> tuple[T, ...]:
    """The items in the order of the register; one of a unit that it no longer names is kept and comes last."""
    places = {unit.code: unit.order for unit in register.units}
    return tuple(sorted(items, key=lambda item: places.get(item.unit, len(places))))


def _own_findings(
    office: Office, period: Period, held: Mapping[Quarter, Path], history: Sequence[PastQuarter]
) -> Iterator[Finding]:
    """What the register lacks now, and the quarters that are not consolidated."""
    found = [*office.register.findings, *lost_units(office.register, history)]
    found += [
        say(Msg.QUARTER_ABSENT, Location(file=_where(quarter)), ky=period.key, quy=quarter.title, ma_quy=quarter.key)
        for quarter in period.quarters
        if quarter not in held
    ]
    yield from in_force(office.plan, found, period.last_day)


def _findings(past: PastQuarter) -> Iterator[Finding]:
    """The quarter's own findings; those on the register are left out, for it is judged as it stands now."""
    for finding in past.findings:
        if finding.file != REGISTER:
            yield replace(finding, file=f"../{past.quarter.key}/{finding.file}" if finding.file else "")
