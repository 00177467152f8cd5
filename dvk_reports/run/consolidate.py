"""The main job: a folder of returned forms becomes the consolidated workbook and the Word report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import chain
from typing import Any, Literal

from dvk_reports.checks.force import in_force
from dvk_reports.errors import WorkspaceError
from dvk_reports.figures.board import board
from dvk_reports.figures.compute import compute
from dvk_reports.figures.ledger import Ledger
from dvk_reports.figures.named.coverage import models_of_hamlets
from dvk_reports.figures.running import running_models
from dvk_reports.figures.task_progress import task_progress
from dvk_reports.intake.back.past import PastQuarter, read_past
from dvk_reports.intake.files.boxes import ReceivedFile, unpack
from dvk_reports.intake.limits import without_collector
from dvk_reports.intake.reading import Progress, opened_by_workers, read_files
from dvk_reports.intake.selection import Selection, choose
from dvk_reports.intake.workers import Crew, Workers
from dvk_reports.mail.outbox import put_out
from dvk_reports.messages.losses import Losses
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.findings import Finding, Level
from dvk_reports.model.periods import Period, Quarter
from dvk_reports.model.returns import FileState, Submission, UsedReturn
from dvk_reports.model.shelf import shelved
from dvk_reports.plan.duty import units_due
from dvk_reports.plan.office import Office
from dvk_reports.run.plans import opened
from dvk_reports.run.steps.editions import CurrentRun, as_edition
from dvk_reports.run.steps.findings import closings, final_findings
from dvk_reports.run.steps.former_units import lost_units, unlisted_models
from dvk_reports.run.steps.going_out import going_out
from dvk_reports.run.steps.hamlet_changes import hamlet_changes
from dvk_reports.run.steps.inputs import inputs_of
from dvk_reports.run.steps.judge import Judged, judge_all, used_return
from dvk_reports.run.steps.long_period import gather_period
from dvk_reports.run.steps.nearly import with_near
from dvk_reports.run.steps.periods import asked_period, others_at_hand
from dvk_reports.run.steps.prefill import free_codes
from dvk_reports.run.steps.remarks import remarks_of
from dvk_reports.run.steps.seal import Seal, last_seal
from dvk_reports.run.steps.submissions import LOOKED_AT, is_of, submission
from dvk_reports.run.steps.trends import trend_of
from dvk_reports.run.steps.unit_locks import locks_told
from dvk_reports.run.steps.waivers import Waivers
from dvk_reports.run.steps.write import Result, Wanted, workbook_of, write_results
from dvk_reports.sheets.marked.workbook import FlawedReturn, needs_copy
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.workspace.folder import Place, Workspace, files_read
from dvk_reports.workspace.lock import one_at_a_time
from dvk_reports.workspace.unit_locks import locks_of


@dataclass(frozen=True)
class Gathered:
    """What a run has found out, and the returns that go back."""

    data: Consolidation
    flawed: tuple[FlawedReturn, ...]
    closed: tuple[tuple[str, int, int], ...]
    """(unit, closed, asked) of every return that answers a marked copy."""


@one_at_a_time("dvk consolidate")
def consolidate(
    workspace: Place,
    period: str,
    as_of: date | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    csv: bool | Literal["whole"] = False,
    executor: Executor | None = None,
) -> Result:
    """Read ``nhan-ve/<KY>``, write ``ket-qua/<KY>``. All outputs appear together or none.

    A longer period (``2023-6T``, ``2023``, ``2022-Q2..2023-Q3``) is made from ``ket-qua/<quarter>/tong-hop.xlsx`` of
    its quarters. ``csv``: also every sheet that carries data as ``csv/<sheet>.csv``, for other systems, without what
    is of a person; ``"whole"``: with it.

    The files are read by so many ``workers`` (processes; None: as the machine allows), or by any ``executor`` of the
    caller; the outputs are the same, byte for byte. Raises a DvkError where the run cannot be made: an unknown period,
    no register, a broken template, a locked file.
    """
    space = opened(workspace)
    with without_collector(), Crew(workers, executor) as crew:
        return _consolidate(space, period, as_of, crew, progress, Wanted(csv))


@one_at_a_time("dvk consolidate --dry-run")
def rehearse(
    workspace: Place,
    period: str,
    as_of: date | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> Result:
    """All that :func:`consolidate` would find and say, with nothing written; ``workers``, ``executor``: as for it."""
    space = opened(workspace)
    with without_collector(), Crew(workers, executor) as crew:
        return _consolidate(space, period, as_of, crew, progress, Wanted(rehearsal=True))


def _consolidate(
    space: Workspace,
    period: str,
    as_of: date | None,
    crew: Crew,
    progress: Progress | None,
    wanted: Wanted,
) -> Result:
    asked = asked_period(space, period)
    office = space.office(as_of)
    if asked.key != asked.last.key:
        return write_results(space, office, gather_period(space, office, asked, crew), wanted=wanted)
    quarter = asked.last
    folder = space.received(quarter.key)
    if not folder.is_dir():
        raise WorkspaceError(
            f"Không thấy thư mục {folder}. Tạo thư mục này và thả các tệp nhận về vào đó."
            f"{others_at_hand(space, quarter.key)}"
        )
    sealed = last_seal(space, quarter)
    history = read_history(space, quarter, crew)
    found = gather(space, office, quarter, history, crew, progress)
    losses = Losses()
    data, record = _as_edition(space, office, found.data, history, sealed)
    past = [item for held in history for item in held.submissions]
    outputs = going_out(office, data, past, found.flawed, losses, space.template("don-doc.docx"), progress)
    if losses.findings:
        every = in_force(office.plan, [*data.findings, *losses.findings], quarter.last_day)
        data = replace(data, findings=tuple(sorted(every, key=lambda finding: finding.level.rank)))
    result = write_results(space, office, data, outputs, found.closed, wanted, record)
    return result if wanted.rehearsal else replace(result, to_send=_put_out(space, quarter))


def _put_out(space: Workspace, quarter: Quarter) -> str:
    """Lay out the mails that have not gone yet, as a sentence. It spoils no result that this cannot be done."""
    try:
        found = put_out(space, quarter.key)
    except WorkspaceError as error:
        return f"Chưa xếp được thư cần gửi vào {space.outbox(quarter.key)}: {error}"
    if not found:
        return "Không có thư nào mới hoặc thay đổi so với thư đã gửi."
    return (
        f"{show_count(found)} thư mới hoặc thay đổi, chưa gửi, trong {space.outbox(quarter.key)}; "
        f"xem từng thư: dvk send {quarter.key} --dry-run."
    )


def _as_edition(
    space: Workspace, office: Office, found: Consolidation, history: Sequence[PastQuarter], sealed: Seal | None
) -> tuple[Consolidation, Mapping[str, Any]]:
    """What was found as the edition it is, and what the run record says of its inputs."""
    quarter = found.period.last
    inputs = inputs_of(space, quarter, office.day)
    data, base = found, None
    if sealed is not None:
        run = CurrentRun(space, office, quarter, history, inputs, data)
        data, base = as_edition(run, sealed, workbook_of(office, data))
    if base is not None:
        inputs = inputs.after({base.name: base.hash})
    record = {"lan_bo_sung": data.edition, "ly_do_bo_sung": list(data.edition_reasons), "dau_vao": inputs.places}
    return data, record


def received_files(space: Workspace, quarter: Quarter, workers: Workers = None) -> list[ReceivedFile]:
    """Every file of the mailbox of a quarter, for a run that will write what comes of it.

    WorkspaceError where the disk does not give all of it (no permission, a network drive that is gone, files that are
    still in the cloud), or gives nothing where the last run had files: good results are never replaced by a run that
    could not see them, and no unit is reminded of a return that nobody could open.
    """
    folder = space.received(quarter.key)
    found = unpack(folder, opened_by_workers(workers))
    hidden = [item for item in found if item.unreachable]
    if hidden:
        named = "; ".join(f"{item.file} ({item.reason})" for item in hidden[:3])
        more = f" và {show_count(len(hidden) - 3)} tệp khác" if len(hidden) > 3 else ""
        raise WorkspaceError(
            f"Không đọc được hết thư mục {folder}: {named}{more}. Đóng tệp đang mở, kiểm tra quyền đọc và ổ mạng, "
            "chờ đồng bộ xong rồi chạy lại. Kết quả đã có vẫn giữ nguyên."
        )
    before = files_read(space.results(quarter.key))
    if before and not any(item.state is not FileState.SKIPPED for item in found):
        raise WorkspaceError(
            f"Thư mục {folder} không có tệp nào, trong khi lần tổng hợp trước có {show_count(before)} tệp. Kiểm tra ổ "
            f"mạng hoặc việc đồng bộ. Nếu đúng là đã bỏ hết, xóa {space.results(quarter.key)} rồi chạy lại."
        )
    return found


def gather(
    space: Workspace,
    office: Office,
    quarter: Quarter,
    history: Sequence[PastQuarter] = (),
    workers: Workers = None,
    progress: Progress | None = None,
) -> Gathered:
    """Everything of one run but the writing."""
    plan, register = office.plan, office.register
    readings, judged = judge_all(
        office, quarter, read_files(plan, received_files(space, quarter, workers), workers, progress), history
    )
    refused = {file: item.checked.refused for file, item in judged.items() if item.checked.refused}
    due = units_due(plan, register, quarter)
    locks = locks_of(space, quarter, office.day)
    selection = choose(readings, quarter.key, refused, {unit.code for unit in due}, locks)
    selection = replace(selection, files=tuple(with_near(office, quarter, selection.files, readings, judged)))
    specs = office.plan_of(quarter).figure_specs.values()
    counted = {(sheet, key) for spec in specs for sheet, key, _ in spec.stop_columns}
    waivers = Waivers(register.waivers, quarter.key, office.day, counted)
    judged = final_findings(office, quarter, selection, judged, waivers, history)
    used = tuple(used_return(judged[selection.used[unit.code].file]) for unit in due if unit.code in selection.used)
    submissions = tuple(submission(office, quarter, unit, selection, judged) for unit in due)
    remarks, not_taken = remarks_of(office, quarter, readings, selection)
    stopping = shelved(finding for item in judged.values() for finding in item.findings if finding.stops)
    of_register = [
        *register.findings,
        *register.not_yet(office.day, Period.of(quarter)),
        *register.findings_for(plan, quarter),
        *waivers.unmatched(register, quarter.key),
        *locks_told(register, quarter, locks, selection),
        *not_taken,
        *lost_units(register, history),
        *unlisted_models(
            office, history, PastQuarter(quarter, {item.unit: item for item in used}, {}, findings=stopping)
        ),
    ]
    told = in_force(plan, of_register, quarter.last_day)
    ledger = _ledger(office, quarter, used, submissions, history)
    figures = compute(ledger)
    data = Consolidation(
        period=Period.of(quarter),
        as_of=office.day,
        files=selection.files,
        submissions=submissions,
        findings=shelved(_by_level(told, selection, judged)),
        figures=figures,
        used=used,
        waivers=waivers.uses(),
        hamlets=hamlet_changes(office, quarter, used),
        board=board(ledger, figures),
        tasks=task_progress(ledger),
        models_of_hamlets=models_of_hamlets(ledger),
        models=running_models(ledger),
        remarks=remarks,
    )
    data = replace(data, trend=trend_of(office, data, history))
    flawed = tuple(_flawed(office, quarter, selection, judged, history))
    return Gathered(data, flawed, closings(selection, judged))


def _ledger(
    office: Office,
    quarter: Quarter,
    used: Sequence[UsedReturn],
    submissions: tuple[Submission, ...],
    history: Sequence[PastQuarter],
) -> Ledger:
    """What the figures are counted from: the returns of this run, and those of the quarters before it."""
    past = [item for item in history if item.quarter != quarter]
    return Ledger(
        office=office,
        period=Period.of(quarter),
        returns={
            **{(item.unit, quarter): item for item in used},
            **{(code, item.quarter): form for item in past for code, form in item.returns.items()},
        },
        held=frozenset({quarter, *(item.quarter for item in past)}),
        submissions={**{item.quarter: item.submissions for item in past}, quarter: submissions},
        printed={item.quarter: item.printed for item in past},
        restated={item.quarter: item.restated for item in history if item.restated},
    )


def _flawed(
    office: Office,
    quarter: Quarter,
    selection: Selection,
    judged: Mapping[str, Judged],
    history: Sequence[PastQuarter],
) -> Iterator[FlawedReturn]:
    """Used returns, and refused ones of a known unit that must report now, whose findings ask for a marked copy.

    One copy for a unit: of the return that counts, else of the refused one with the highest version.
    """
    best: dict[str, Judged] = {}
    for record in selection.files:
        item = judged.get(record.file)
        if record.state not in LOOKED_AT or item is None or item.unit is None or not is_of(office, quarter, record):
            continue
        other = best.get(item.unit.code)
        if other is None or _precedence(item) > _precedence(other):
            best[item.unit.code] = item
    for item in best.values():
        unit = item.unit
        if unit is not None and unit.valid(quarter.last_day) and needs_copy(item.findings):
            codes = partial(free_codes, office, unit, history)
            yield FlawedReturn(unit, item.form, item.findings, codes)


def _precedence(item: Judged) -> tuple[bool, int]:
    return item.checked.refused == "", item.form.version or 0


def read_history(space: Workspace, quarter: Quarter, workers: Workers = None) -> tuple[PastQuarter, ...]:
    """Every quarter consolidated before this one."""
    files = [(held, path) for held, path in space.quarters_held() if held < quarter]
    return read_past(space.plan, files, workers)


def _by_level(told: Sequence[Finding], selection: Selection, judged: Mapping[str, Judged]) -> Iterator[Finding]:
    """All findings, the gravest first; those of the files are on the disk and are gone through once for each level."""
    for level in Level:
        yield from (item for item in chain(told, _findings(selection, judged)) if item.level is level)


def _findings(selection: Selection, judged: Mapping[str, Judged]) -> Iterable[Finding]:
    """The findings of the files that count and of those sent back; a file that was replaced is not looked at.

    A refused file of a unit that has another one in use asks nothing more of it: it is kept as a Ghi chú.
    """
    for record in selection.files:
        if record.state is FileState.UNREADABLE:
            yield say(Msg.UNREADABLE_FILE, Location(file=record.file), noi=record.reason)
        if record.state not in LOOKED_AT or record.file not in judged:
            continue
        kept_aside = record.state is FileState.REFUSED and record.unit in selection.used
        for finding in judged[record.file].findings:
            if not kept_aside:
                yield finding
            if not kept_aside or not finding.refuses:
                continue
            text = f"{finding.text} Đơn vị đã có tệp khác được dùng: {selection.used[record.unit].file}."
            yield replace(finding, level=Level.NOTE, text=text, remedy="Không cần sửa.", stops=())
