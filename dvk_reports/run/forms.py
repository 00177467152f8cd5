"""The forms that go out: one workbook and one mail draft for each unit that owes a report."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dvk_reports.errors import WorkspaceError
from dvk_reports.intake.limits import without_collector
from dvk_reports.intake.reading import Progress
from dvk_reports.intake.workers import Crew
from dvk_reports.messages.losses import Losses
from dvk_reports.messages.marks import no_issuer
from dvk_reports.model.periods import Quarter
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.duty import units_due
from dvk_reports.plan.register.register import Register, Unit
from dvk_reports.plan.register.sheets import FILE, UNITS
from dvk_reports.run.consolidate import read_history
from dvk_reports.run.plans import opened
from dvk_reports.run.steps.former_units import lost_units
from dvk_reports.run.steps.grouped import message_lines
from dvk_reports.run.steps.periods import asked_quarter
from dvk_reports.run.steps.prefill import form_content
from dvk_reports.run.steps.register_told import left_out, register_lines
from dvk_reports.vietnamese.text import fold, nearest
from dvk_reports.vietnamese.typed import typed
from dvk_reports.workspace.folder import Place, Workspace
from dvk_reports.workspace.lock import one_at_a_time
from dvk_reports.workspace.switch import write_all


@dataclass(frozen=True)
class FormsResult:
    """Where the forms lie and for whom they were made."""

    folder: Path
    units: tuple[Unit, ...]
    prefilled: tuple[str, ...]
    """Codes of the units whose form carries rows of an earlier quarter."""
    without_mail: tuple[str, ...]
    """Codes of the units without an address in the register."""
    notes: tuple[str, ...] = ()
    """What the clerk must know of the mails."""
    register: tuple[str, ...] = ()
    """What is wrong with the register, each place on a line, and the units that get no form for it."""

    lost: tuple[str, ...] = ()
    """Forms that could not be made, each a sentence."""
    inbox: Path | None = None
    """The folder for what comes back, where this run has made it."""

    @property
    def clean(self) -> bool:
        return not (self.register or self.lost)


@one_at_a_time("dvk forms")
@without_collector()
def make_forms(
    workspace: Place,
    period: str,
    unit: str | None = None,
    as_of: date | None = None,
    progress: Progress | None = None,
    workers: int | None = None,
    executor: Executor | None = None,
) -> FormsResult:
    """Write ``gui-di/<KY>``: forms prefilled from the register and from the last accepted quarter.

    Past quarters are read by so many ``workers`` (processes), or by any ``executor`` of the caller.
    """
    from dvk_reports.mail.drafts import form_mail
    from dvk_reports.sheets.forms.templates import Templates, form_bytes

    space = opened(workspace)
    plan, quarter = space.plan, asked_quarter(space, period, "biểu mẫu gửi theo từng quý")
    office = space.office(as_of)
    units = _asked(space, office.register, quarter, unit)
    with Crew(workers, executor) as crew:
        history = read_history(space, quarter, crew)
    models = office.plan_of(quarter).sheet(SheetRole.MODELS)
    outputs: dict[str, bytes] = {}
    prefilled, losses, templates = [], Losses(), Templates()
    for number, item in enumerate(units):
        if progress is not None:
            progress(number, len(units), item.name)
        with losses.of(item.code, f"biểu mẫu gửi {item.name}"):
            content = form_content(office, item, quarter, history)
            name = f"DVK_{item.code}_{quarter.key}.xlsx"
            form = form_bytes(plan, content, templates)
            mail = form_mail(office, item, quarter, name, form)
            outputs |= {name: form, f"DVK_{item.code}_{quarter.key}.eml": mail}
            if content.rows.get(models):
                prefilled.append(item.code)
    folder = space.outgoing(quarter.key)
    write_all(folder, outputs)
    inbox = space.received(quarter.key)
    new = not inbox.is_dir()
    inbox.mkdir(parents=True, exist_ok=True)
    notes = () if plan.has_sender(office.day) else (no_issuer("thư gửi biểu mẫu", office.day),)
    lost = tuple(finding.text for finding in losses.findings)
    names = {item.code: item.name for item in office.register.units}
    lacking = message_lines(
        [*office.register.findings_for(plan, quarter), *lost_units(office.register, history)], names
    )
    told = (*register_lines(office.register), *lacking)
    unsent = tuple(item.code for item in units if not item.email)
    return FormsResult(folder, units, tuple(prefilled), unsent, notes, told, lost, inbox if new else None)


def _asked(space: Workspace, register: Register, quarter: Quarter, unit: str | None) -> tuple[Unit, ...]:
    due = units_due(space.plan, register, quarter)
    if unit is None:
        if not due:
            also = "".join(f" {line}" for line in left_out(register))
            raise WorkspaceError(f"Danh mục không có đơn vị nào hoạt động ở ngày cuối kỳ {quarter.key}.{also}")
        return tuple(due)
    found = tuple(item for item in due if fold(item.code) == fold(unit))
    if not found:
        lost = next((item for item in register.left_out if fold(item.code) == fold(unit)), None)
        if lost is not None:
            raise WorkspaceError(
                f"Không tạo được biểu cho {lost.code}: dòng {lost.row} của trang {UNITS} ở {FILE} có lỗi. Sửa dòng này "
                f"(dvk check {typed(space.register_path)} nêu từng ô) rồi chạy lại."
            )
        close = nearest(unit, [item.code for item in due])
        hint = f" Có phải là {close}?" if close else ""
        raise WorkspaceError(f"Không có đơn vị “{unit}” phải báo cáo kỳ {quarter.key}.{hint}")
    return found
