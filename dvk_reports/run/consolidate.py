"""The main job: a folder of returned forms becomes the consolidated workbook and the Word report."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dvk_reports.checks.engine import count
from dvk_reports.checks.force import in_force
from dvk_reports.errors import PlanError, WorkspaceError
from dvk_reports.figures.compute import compute
from dvk_reports.figures.ledger import Ledger
from dvk_reports.intake.back.past import PastQuarter, read_past
from dvk_reports.intake.files.boxes import unpack
from dvk_reports.intake.reading import Progress, read_files
from dvk_reports.intake.selection import Selection, choose
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.records import (
    AFTER_CLOSING,
    LATE,
    ON_TIME,
    Consolidation,
    FileRecord,
    FileState,
    Finding,
    Level,
    Submission,
    UnitState,
)
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.duty import units_due
from dvk_reports.plan.periods import Period, Quarter, parse_period
from dvk_reports.plan.register.register import Register, Unit
from dvk_reports.plan.workdays import new_deadline, reminder_of
from dvk_reports.run.steps.editions import Now, as_edition
from dvk_reports.run.steps.hamlet_changes import hamlet_changes
from dvk_reports.run.steps.inputs import inputs_of
from dvk_reports.run.steps.judge import Judged, judge_all, used_return
from dvk_reports.run.steps.long_period import gather_period
from dvk_reports.run.steps.marked_copies import Faulty, marked_copies, needs_copy
from dvk_reports.run.steps.prefill import free_codes
from dvk_reports.run.steps.seal import Seal, last_seal
from dvk_reports.run.steps.settle import closings, settle
from dvk_reports.run.steps.trends import trend_of
from dvk_reports.run.steps.waivers import Waivers
from dvk_reports.run.steps.write import Result, letters_of, workbook_of, write_results
from dvk_reports.workspace.folder import (
    Place,
    Workspace,
    opened,
)


@dataclass(frozen=True)
class Gathered:
    """What a run has found out, and the returns that go back."""

    data: Consolidation
    faulty: tuple[Faulty, ...]
    closed: tuple[tuple[str, int, int], ...]
    """(unit, closed, asked) of every return that answers a marked copy."""


def consolidate(
    workspace: Place,
    period: str,
    as_of: date | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    csv: bool = False,
) -> Result:
    """Read ``nhan-ve/<KY>``, write ``ket-qua/<KY>``. All outputs appear together or none.

    A longer period (``2023-6T``, ``2023``, ``2022-Q2..2023-Q3``) is made from ``ket-qua/<quarter>/tong-hop.xlsx`` of
    its quarters. ``csv``: also every sheet that carries data as ``csv/<sheet>.csv``, for other systems.

    Raises a DvkError where the run cannot be made: an unknown period, no register, a broken template, a locked file.
    """
    space = opened(workspace)
    with _without_collector():
        return _consolidate(space, period, as_of or date.today(), workers, progress, csv)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Python's search for reference cycles goes through the million cells of a stage again and again: half the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _consolidate(
    space: Workspace, period: str, day: date, workers: int | None, progress: Progress | None, csv: bool
) -> Result:
    asked = _period(space.plan, period)
    register = space.register()
    if asked.key != asked.last.key:
        return write_results(space, register, gather_period(space, register, asked, day, workers), day, csv=csv)
    quarter = asked.last
    folder = space.received(quarter.key)
    if not folder.is_dir():
        raise WorkspaceError(f"Không thấy thư mục {folder}. Tạo thư mục này và thả các tệp nhận về vào đó.")
    sealed = last_seal(space, quarter)
    history = read_history(space, quarter, workers)
    found = gather(space, register, quarter, day, history, workers, progress)
    until = new_deadline(space.plan, 1, day)
    copies = marked_copies(space.plan, register, quarter, found.faulty, until, workers, progress)
    data, record = _as_edition(space, register, found.data, quarter, history, sealed)
    letters = letters_of(space, register, data, history)
    return write_results(space, register, data, day, {**letters, **copies}, found.closed, csv, record)


def _as_edition(
    space: Workspace,
    register: Register,
    found: Consolidation,
    quarter: Quarter,
    history: Sequence[PastQuarter],
    sealed: Seal | None,
) -> tuple[Consolidation, Mapping[str, Any]]:
    """What was found as the edition it is, and what the run record says of its inputs."""
    inputs = inputs_of(space, quarter)
    data, base = found, None
    if sealed is not None:
        now = Now(space, quarter, register, history, inputs, data)
        data, base = as_edition(now, sealed, workbook_of(space.plan, register, data))
    if base is not None:
        inputs = inputs.after({base.name: base.hash})
    record = {"lan_bo_sung": data.edition, "ly_do_bo_sung": list(data.edition_reasons), "dau_vao": inputs.places}
    return data, record


def quarter_of(plan: Plan, period: str, what: str) -> Quarter:
    """The quarter of the plan that a command is for; PlanError for a longer period or one outside the plan."""
    parsed = _period(plan, period)
    if parsed.key != parsed.last.key:
        raise PlanError(f"Kỳ “{period}” gồm nhiều quý; {what}, ví dụ {parsed.last.key}.")
    return parsed.last


def _period(plan: Plan, text: str) -> Period:
    """The period asked for, as far as the plan runs in it."""
    parsed = parse_period(text)
    within = plan.within(parsed)
    if within is None or within.last != parsed.last:
        raise PlanError(
            f"Kỳ {parsed.key} ngoài thời gian của Kế hoạch ({plan.first_quarter.key} - {plan.last_quarter.key})."
        )
    return within


def gather(
    space: Workspace,
    register: Register,
    quarter: Quarter,
    day: date,
    history: Sequence[PastQuarter] = (),
    workers: int | None = None,
    progress: Progress | None = None,
) -> Gathered:
    """Everything of one run but the writing."""
    plan = space.plan
    received = unpack(space.received(quarter.key))
    read = read_files(plan, received, workers, progress)
    readings, judged = judge_all(plan, register, quarter, read, history)
    refused = {file: item.checked.refused for file, item in judged.items() if item.checked.refused}
    due = units_due(plan, register, quarter)
    selection = choose(readings, quarter.key, refused, {unit.code for unit in due})
    waivers = Waivers(register.waivers, quarter.key, day)
    judged = settle(plan, register, quarter, selection, judged, waivers, history)
    used = [judged[selection.used[unit.code].file] for unit in due if unit.code in selection.used]
    findings = [
        *in_force(
            plan,
            [*register.findings, *register.findings_for(plan, quarter), *waivers.findings()],
            quarter.last_day,
        ),
        *_findings(selection, judged),
    ]
    submissions = tuple(_submission(plan, register, quarter, day, unit, selection, judged) for unit in due)
    returns = {(item.form.unit, quarter): used_return(item) for item in used}
    held = {quarter}
    for past in history:
        if past.quarter != quarter:
            held.add(past.quarter)
            returns |= {(code, past.quarter): item for code, item in past.returns.items()}
    ledger = Ledger(
        plan=plan,
        register=register,
        period=Period.of(quarter),
        as_of=day,
        returns=returns,
        held=frozenset(held),
        submissions={
            **{past.quarter: past.submissions for past in history if past.quarter != quarter},
            quarter: submissions,
        },
        printed={past.quarter: past.printed for past in history if past.quarter != quarter},
        restated={past.quarter: past.restated for past in history if past.restated},
    )
    data = Consolidation(
        period=quarter.key,
        as_of=day,
        files=selection.files,
        submissions=submissions,
        findings=tuple(sorted(findings, key=lambda finding: finding.level.rank)),
        figures=compute(ledger),
        used=tuple(used_return(item) for item in used),
        waivers=waivers.uses(),
        hamlets=hamlet_changes(register, (used_return(item) for item in used)),
    )
    data = replace(data, trend=trend_of(plan, register, data, history))
    faulty = tuple(_faulty(plan, register, quarter, selection, judged, history))
    return Gathered(data, faulty, closings(selection, judged))


def _faulty(
    plan: Plan,
    register: Register,
    quarter: Quarter,
    selection: Selection,
    judged: Mapping[str, Judged],
    history: Sequence[PastQuarter],
) -> Iterator[Faulty]:
    """Used returns, and refused ones of a known unit that must report now, whose findings ask for a marked copy.

    One copy for a unit: of the return that counts, else of the refused one with the highest version.
    """
    best: dict[str, Judged] = {}
    for record in selection.files:
        item = judged.get(record.file)
        if record.state not in _LOOKED_AT or item is None or item.unit is None or record.period != quarter.key:
            continue
        other = best.get(item.unit.code)
        if other is None or (item.checked.refused == "", item.form.version or 0) > (
            other.checked.refused == "",
            other.form.version or 0,
        ):
            best[item.unit.code] = item
    for item in best.values():
        unit = item.unit
        if unit is not None and unit.valid(quarter.last_day) and needs_copy(item.findings):
            yield Faulty(unit, item.form, item.findings, free_codes(register, unit, history))


def read_history(space: Workspace, quarter: Quarter, workers: int | None = None) -> tuple[PastQuarter, ...]:
    """Every quarter consolidated before this one."""
    files = [(held, path) for held, path in space.quarters_held() if held < quarter]
    return read_past(space.plan, files, workers)


_LOOKED_AT = (FileState.USED, FileState.REFUSED)


def _findings(selection: Selection, judged: Mapping[str, Judged]) -> Iterable[Finding]:
    """Of the files that count and of those sent back; what was replaced is not looked at.

    A refused file of a unit that has another one in use asks nothing more of it: it is kept as a Ghi chú.
    """
    for record in selection.files:
        if record.state is FileState.UNREADABLE:
            yield say(Msg.UNREADABLE_FILE, Location(file=record.file), noi=record.reason)
        if record.state not in _LOOKED_AT or record.file not in judged:
            continue
        settled = record.state is FileState.REFUSED and record.unit in selection.used
        for finding in judged[record.file].findings:
            if not settled:
                yield finding
                continue
            text = f"{finding.text} Đơn vị đã có tệp khác được dùng: {selection.used[record.unit].file}."
            yield replace(finding, level=Level.NOTE, text=text, remedy="Không cần sửa.", stops=())


def _submission(
    plan: Plan,
    register: Register,
    quarter: Quarter,
    day: date,
    unit: Unit,
    selection: Selection,
    judged: Mapping[str, Judged],
) -> Submission:
    own = [record for record in selection.files if record.unit == unit.code and record.period == quarter.key]
    used = next((record for record in own if record.state is FileState.USED), None)
    refused = [record for record in own if record.state is FileState.REFUSED]
    if used is not None:
        state, shown = UnitState.ACCEPTED, used
    elif unit.code in selection.conflicts:
        state, shown = UnitState.CONFLICT, next(record for record in own if record.state is FileState.CONFLICT)
    elif refused:
        state, shown = UnitState.REFUSED, refused[0]
    else:
        state, shown = UnitState.MISSING, None
    received, origin = _received(register, quarter, unit, own, judged) if shown else (None, "")
    findings = judged[shown.file].findings if shown and shown.state in _LOOKED_AT and shown.file in judged else ()
    return Submission(
        unit=unit.code,
        name=unit.name,
        kind=unit.kind,
        state=state,
        received=received,
        received_from=origin,
        punctual=_punctual(register, quarter, received) if state is UnitState.ACCEPTED else "",
        file=shown.file if shown else "",
        version=shown.version if shown else "",
        blocks=count(findings, Level.BLOCK),
        warnings=count(findings, Level.WARNING),
        notes=count(findings, Level.NOTE),
        reminder=reminder_of(plan, register, quarter, day, state),
        period=quarter.key,
    )


def _received(
    register: Register, quarter: Quarter, unit: Unit, own: Sequence[FileRecord], judged: Mapping[str, Judged]
) -> tuple[date | None, str]:
    """The clerk's word, else the day of the first file that was not refused: a correction does not make it late."""
    written = register.received.get((unit.code, quarter))
    if written is not None:
        return written, "Sổ"
    sent = [record.file for record in own if record.state is not FileState.REFUSED]
    forms = [judged[file].form for file in sent if file in judged]
    days = [(form.received, form.received_from) for form in forms if form.received is not None]
    return min(days) if days else (None, "")


def _punctual(register: Register, quarter: Quarter, received: date | None) -> str:
    deadline = register.deadlines.get(quarter)
    if deadline is None or received is None:
        return ""
    if received <= deadline.due:
        return ON_TIME
    return AFTER_CLOSING if deadline.closing is not None and received > deadline.closing else LATE
