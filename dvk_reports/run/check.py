"""Findings for any files, with no workspace touched."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dvk_reports.checks.carried import with_carried
from dvk_reports.checks.engine import left_out
from dvk_reports.errors import RegisterError, WorkspaceError
from dvk_reports.intake.files.boxes import ReceivedFile, files_at
from dvk_reports.intake.readers.workbook import read_sheets
from dvk_reports.intake.reading import Progress, Reading, opened_by_workers, read_files
from dvk_reports.intake.workers import Crew
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.findings import Finding, Level
from dvk_reports.model.returns import FileState
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.register.reader import looks_like_register, register_of
from dvk_reports.plan.register.sheets import FILE as REGISTER
from dvk_reports.run.consolidate import read_history
from dvk_reports.run.plans import opened, plan_of
from dvk_reports.run.steps.grouped import finding_line
from dvk_reports.run.steps.judge import judge
from dvk_reports.run.steps.register_told import register_lines
from dvk_reports.workspace.folder import Workspace

LOI_KEYS = (
    "muc",
    "ma_loi",
    "ma_don_vi",
    "tep",
    "sheet",
    "o",
    "gia_tri",
    "noi_dung",
    "cach_sua",
    "giai_trinh",
)


@dataclass(frozen=True)
class CheckedFile:
    """One file: its findings, or why there is nothing to check in it."""

    file: str
    state: FileState | None
    """None for a form that was read."""
    reason: str
    unit: str
    period: str
    findings: tuple[Finding, ...]
    messages: tuple[str, ...] = ()
    """The findings as they are told on the screen."""
    register: bool = False
    """It is a register, not a form."""


@dataclass(frozen=True)
class CheckResult:
    """What was found in the files that were looked at."""

    files: tuple[CheckedFile, ...]
    left_out: tuple[str, ...]
    """Rules that were not run because there is no register."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for item in self.files for finding in item.findings)

    @property
    def clean(self) -> bool:
        unread = any(item.state is not None and item.state is not FileState.SKIPPED for item in self.files)
        return not unread and not any(finding.level is not Level.NOTE for finding in self.findings)

    def rows(self) -> list[dict[str, str]]:
        """One object per finding with the keys of sheet ``Lỗi``."""
        return [loi_row(finding) for finding in self.findings]


def loi_row(finding: Finding) -> dict[str, str]:
    """A finding as a line of sheet ``Lỗi``, by its keys."""
    values = (
        finding.level.value,
        finding.code,
        finding.unit,
        finding.file,
        finding.sheet,
        finding.cell,
        finding.raw,
        finding.text,
        finding.remedy,
        finding.answer,
    )
    return dict(zip(LOI_KEYS, values, strict=True))


def check_files(
    workspace: Workspace | Path | str | None,
    paths: Iterable[Path | str],
    as_of: date | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> CheckResult:
    """Check files and folders of any kind. Without ``danh-muc.xlsx`` the rules that need it are left out and named.

    They are read by so many ``workers`` (processes), or by any ``executor`` of the caller.
    """
    with Crew(workers, executor) as crew:
        return _check(workspace, paths, as_of, crew, progress)


def _check(
    workspace: Workspace | Path | str | None,
    paths: Iterable[Path | str],
    as_of: date | None,
    crew: Crew,
    progress: Progress | None,
) -> CheckResult:
    named = [Path(path) for path in paths]
    for path in named:
        if not path.exists():
            raise WorkspaceError(f"Không thấy tệp hoặc thư mục {path}.")
    space = _space(workspace)
    plan = space.plan if space is not None else plan_of(workspace)
    day = plan.day_of_run(as_of)
    received = files_at(named, opened_by_workers(crew))
    registers = [item for item in received if (data := item.data) is not None and looks_like_register(data)]
    found = [_register(plan, item, day) for item in registers]
    forms = [item for item in received if item not in registers]
    if not forms:
        return CheckResult(tuple(found), ())
    register = space.register() if space is not None else None
    history = read_history(space, plan.last_quarter.next, crew) if space is not None else ()
    for reading in read_files(plan, forms, crew, progress):
        if reading.found is None:
            found.append(_unused(reading))
            continue
        judged = judge(plan, register, None, reading.found, history, day=as_of or date.today())
        form, findings = judged.form, judged.findings
        if not judged.checked.refused:
            findings = tuple(with_carried(findings, form.carried, together=False))
        found.append(_checked(reading.file, form.unit, form.period, findings))
    return CheckResult(tuple(found), () if register is not None else left_out())


def _checked(file: str, unit: str, period: str, findings: Iterable[Finding]) -> CheckedFile:
    """A form with every finding of it, blockers first."""
    ordered = tuple(sorted(findings, key=lambda finding: finding.level.rank))
    return CheckedFile(file, None, "", unit, period, ordered, tuple(finding_line(finding) for finding in ordered))


def _register(plan: Plan, received: ReceivedFile, day: date) -> CheckedFile:
    """A register: every finding of it, with the name of the file as it was given."""
    try:
        register = register_of(received.data or b"", plan, read_sheets)
    except RegisterError as error:
        finding = unusable(received.file, FileState.UNREADABLE, str(error))
        return CheckedFile(received.file, FileState.UNREADABLE, str(error), "", "", (finding,), register=True)
    later = register.not_yet(day)
    findings = tuple(replace(finding, file=received.file) for finding in (*register.findings, *later))
    return CheckedFile(received.file, None, "", "", "", findings, register_lines(register, later), register=True)


def _unused(reading: Reading) -> CheckedFile:
    """A file that is no form: a finding of its own, so that nobody has to guess which file it was."""
    state = reading.state or FileState.UNREADABLE
    findings = () if state is FileState.SKIPPED else (unusable(reading.file, state, reading.reason),)
    return CheckedFile(reading.file, state, reading.reason, "", "", findings, tuple(map(finding_line, findings)))


def unusable(file: str, state: FileState, reason: str) -> Finding:
    """T14: a Chặn where a form may be inside, else a Cảnh báo (a scan or a letter sent along)."""
    level = Level.BLOCK if state is FileState.UNREADABLE else Level.WARNING
    return say(Msg.UNREADABLE_FILE, Location(file=file), level=level, noi=reason)


def _space(workspace: Workspace | Path | str | None) -> Workspace | None:
    """The workspace, where there is one with a register."""
    if isinstance(workspace, Workspace):
        return workspace if workspace.register_path.is_file() else None
    if workspace is None or not (Path(workspace) / REGISTER).is_file():
        return None
    return opened(workspace)
