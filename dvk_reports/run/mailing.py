"""A new workspace, and the forms that go out: one workbook and one mail draft for each unit that owes a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

from dvk_reports.errors import PlanError, WorkspaceError
from dvk_reports.intake.past import PastQuarter
from dvk_reports.intake.reading import Progress
from dvk_reports.model import Row, UsedReturn, Value
from dvk_reports.plan.duty import duties, ticks, units_due
from dvk_reports.plan.lookups import ENDED, model_code, number_of_code, unit_of_code
from dvk_reports.plan.periods import Quarter
from dvk_reports.plan.register import FILE as REGISTER
from dvk_reports.plan.register import Register, Unit
from dvk_reports.plan.rulebook import Plan
from dvk_reports.run.consolidation import read_history
from dvk_reports.run.judging import last_used
from dvk_reports.vietnamese.text import fold, nearest
from dvk_reports.workspace import FOLDERS, Workspace, open_workspace, write_all

FREE_CODES = 30
"""Model codes printed on the free rows of B2."""


@dataclass(frozen=True)
class FormsResult:
    """Where the forms lie and for whom they were made."""

    folder: Path
    units: tuple[Unit, ...]
    prefilled: tuple[str, ...]
    """Codes of the units whose form carries rows of an earlier quarter."""
    without_mail: tuple[str, ...]
    """Codes of the units without an address in the register."""


def init_workspace(root: Path | str, as_of: date | None = None) -> Path:
    """Make a workspace with the bundled register; WorkspaceError where one stands there already."""
    folder = Path(root)
    if (folder / REGISTER).exists():
        raise WorkspaceError(f"Thư mục {folder} đã có {REGISTER}; không ghi đè.")
    data = files("dvk_reports.templates_xlsx").joinpath(REGISTER).read_bytes()
    write_all(folder, {REGISTER: data})
    try:
        for name in FOLDERS:
            (folder / name).mkdir(exist_ok=True)
    except OSError as error:
        raise WorkspaceError(f"Không tạo được thư mục trong {folder}: {error.strerror or error}.") from error
    return folder


def make_forms(
    workspace: Workspace | Path | str,
    period: str,
    unit: str | None = None,
    as_of: date | None = None,
    progress: Progress | None = None,
) -> FormsResult:
    """Write ``gui-di/<KY>``: forms prefilled from the register and from the last accepted quarter."""
    from dvk_reports.papers.mails import form_mail
    from dvk_reports.sheets.forms import form_bytes

    space = workspace if isinstance(workspace, Workspace) else open_workspace(workspace)
    plan, quarter = space.plan, Quarter.parse(period)
    if not plan.first_quarter <= quarter <= plan.last_quarter:
        raise PlanError(
            f"Kỳ {quarter.key} ngoài thời gian của Kế hoạch ({plan.first_quarter.key} - {plan.last_quarter.key})."
        )
    register = space.register()
    units = _asked(register, units_due(plan, register, quarter), quarter, unit)
    history = read_history(space, quarter)
    outputs: dict[str, bytes] = {}
    prefilled = []
    for number, item in enumerate(units):
        if progress is not None:
            progress(number, len(units), item.name)
        content = form_content(plan, register, item, quarter, history)
        name = f"DVK_{item.code}_{quarter.key}.xlsx"
        outputs[name] = form_bytes(plan, content)
        outputs[f"DVK_{item.code}_{quarter.key}.eml"] = form_mail(plan, register, item, quarter, name, outputs[name])
        if content.rows.get("B2"):
            prefilled.append(item.code)
    folder = space.outgoing(quarter.key)
    write_all(folder, outputs)
    return FormsResult(folder, units, tuple(prefilled), tuple(item.code for item in units if not item.email))


def _asked(register: Register, due: Sequence[Unit], quarter: Quarter, unit: str | None) -> tuple[Unit, ...]:
    if unit is None:
        if not due:
            raise WorkspaceError(f"Danh mục không có đơn vị nào hoạt động ở ngày cuối kỳ {quarter.key}.")
        return tuple(due)
    found = tuple(item for item in due if fold(item.code) == fold(unit))
    if not found:
        close = nearest(unit, [item.code for item in due])
        hint = f" Có phải là {close}?" if close else ""
        raise WorkspaceError(f"Không có đơn vị “{unit}” phải báo cáo kỳ {quarter.key}.{hint}")
    return found


def form_content(plan: Plan, register: Register, unit: Unit, quarter: Quarter, history: Sequence[PastQuarter]):  # type: ignore[no-untyped-def]
    """What the form of one unit holds before it is filled in."""
    from dvk_reports.sheets.forms import FormContent

    given = duties(plan, unit.kind, quarter)
    last = _last_used(plan, register, unit, history)
    models = [_prefill(plan, row) for used in last for row in used.rows.get("B2", ()) if _goes_on(row)]
    codes = {code for item in history for code in _codes(item, register, unit)}
    return FormContent(
        kind=unit.kind,
        given=given,
        ticks=ticks(plan, given),
        unit=unit,
        quarter=quarter,
        window=register.window(quarter),
        values=_values(plan, last, quarter),
        rows={"B2": models} if models else {},
        free_codes=_free_codes(unit, codes),
        hamlets=register.hamlets_of(unit.code, quarter.last_day) if "B4" in given else (),
    )


def _last_used(plan: Plan, register: Register, unit: Unit, history: Sequence[PastQuarter]) -> tuple[UsedReturn, ...]:
    """The unit's last used return; for a new unit those of the units merged into it."""
    for past in sorted(history, key=lambda item: item.quarter, reverse=True):
        codes = register.standing_for(unit.code, past.quarter.last_day)
        found = [last_used(plan, code, history) for code in codes if code in past.returns]
        if found:
            return tuple(used for used in found if used is not None)
    return ()


def _goes_on(row: Row) -> bool:
    return row.text("trang_thai") not in ENDED


def _prefill(plan: Plan, row: Row) -> Mapping[str, object]:
    return {key: _given_back(value) for key, value in row.values.items() if key in plan.sheets[row.sheet].fields}


def _given_back(value: Value) -> object:
    """What the unit wrote; a value that was not understood goes back as it was written, to be mended there."""
    return value.typed if value.typed is not None else value.text or None


def _values(plan: Plan, last: Sequence[UsedReturn], quarter: Quarter) -> Mapping[str, Mapping[str, object]]:
    """Snapshots of B1 from the last used return; a merged unit has no single one, so they are left to it."""
    values: dict[str, Mapping[str, object]] = {"BIA": {"phien_ban": 1, "loai_bao_cao": "Chính thức"}}
    if len(last) == 1 and last[0].rows.get("B1"):
        row = last[0].rows["B1"][0]
        values["B1"] = {
            field.khoa: _given_back(row.values[field.khoa])
            for field in plan.sheets["B1"].truong
            if field.bien == "S" and field.khoa in row.values
        }
    return values


def _codes(past: PastQuarter, register: Register, unit: Unit) -> Iterable[str]:
    for code in (unit.code, *register.predecessors(unit.code)):
        for row in past.returns[code].rows.get("B2", ()) if code in past.returns else ():
            yield row.values["ma_mo_hinh"].text


def _free_codes(unit: Unit, used: Iterable[str]) -> tuple[str, ...]:
    numbers = [number_of_code(code) or 0 for code in used if unit_of_code(code) == unit.code]
    first = max(numbers, default=0) + 1
    return tuple(model_code(unit.code, first + step) for step in range(FREE_CODES))
