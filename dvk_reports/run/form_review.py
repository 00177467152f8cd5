"""A look back at a form before it goes out again: which columns were filled in, pasted over, misunderstood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dvk_reports.errors import WorkspaceError
from dvk_reports.intake.back.past import PastQuarter, read_past
from dvk_reports.messages.returns import Msg
from dvk_reports.model.findings import Finding, Level
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import UsedReturn
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import Plan, SheetSpec
from dvk_reports.plan.duty import duties
from dvk_reports.plan.office import Office
from dvk_reports.run.plans import opened
from dvk_reports.run.steps.periods import asked_quarter
from dvk_reports.sheets.form_review import ColumnUse, is_review, review_bytes
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.workspace.folder import Place
from dvk_reports.workspace.switch import write_all

_MOST = 5
"""Columns of each kind that the screen shows."""


@dataclass(frozen=True)
class FormReview:
    """How the form of one quarter was used. ``lines``: what the screen says; the whole is in ``columns``."""

    quarter: str
    returns: int
    """Returns in use."""
    columns: tuple[ColumnUse, ...]

    @property
    def title(self) -> str:
        return f"Xem lại biểu mẫu {Quarter.parse(self.quarter).title}"

    @property
    def lines(self) -> tuple[str, ...]:
        return (f"{self.title}: {show_count(self.returns)} báo cáo được dùng.", *_said(self.columns))

    def save(self, path: Path | str) -> Path:
        """Write the whole as a sheet; WorkspaceError where the file is another's and would be lost."""
        target = Path(path)
        if target.suffix.lower() != ".xlsx":
            raise WorkspaceError(f"Bảng xem lại là tệp Excel: ghi tên tệp có đuôi .xlsx, ví dụ {target.stem}.xlsx.")
        if target.exists() and not (target.is_file() and is_review(target.read_bytes())):
            raise WorkspaceError(f"{target} đã có và không phải bảng xem lại biểu mẫu; chọn tên tệp khác.")
        write_all(target.parent, {target.name: review_bytes(self.title, self.columns)})
        return target


def review_forms(
    workspace: Place, period: str | None = None, file: Path | str | None = None, as_of: date | None = None
) -> FormReview:
    """How the units used the form of a consolidated quarter, the last one where none is named.

    With ``file`` the whole is written there as a sheet; nothing else is written.
    """
    space = opened(workspace)
    held = dict(space.quarters_held())
    named = None if period is None else asked_quarter(space, period, "biểu mẫu xem lại theo từng quý")
    quarter = named or max(held, default=None)
    if quarter is None or quarter not in held:
        which = "Chưa có quý nào" if quarter is None else f"Kỳ {quarter.key} chưa"
        again = f": dvk consolidate {quarter.key}" if quarter is not None else " một quý"
        raise WorkspaceError(f"{which} được tổng hợp nên chưa có gì để xem lại. Tổng hợp trước{again}")
    (past,) = read_past(space.plan, [(quarter, held[quarter])])
    found = review_of(space.office(as_of), past)
    if file is not None:
        found.save(file)
    return found


def review_of(office: Office, past: PastQuarter) -> FormReview:
    """The use of every sheet and column that was given in a quarter."""
    plan, columns = office.plan_of(past.quarter), list[ColumnUse]()
    for spec in plan.forms.bieu:
        given = [
            used
            for code, used in past.returns.items()
            if (unit := office.register.by_code.get(code)) is not None
            and spec.ma in duties(office.plan, unit.kind, past.quarter)
        ]
        if given:
            columns += _of_sheet(plan, spec, given, [item for item in past.findings if item.sheet == spec.ma])
    return FormReview(past.quarter.key, len(past.returns), tuple(columns))


def _of_sheet(
    plan: Plan, spec: SheetSpec, given: Sequence[UsedReturn], findings: Sequence[Finding]
) -> Iterator[ColumnUse]:
    written = dict.fromkeys(spec.keys, 0)
    whole = 0
    for used in given:
        rows = used.rows.get(spec.ma, ())
        own = written.keys() & {key for row in rows for key, value in row.values.items() if not value.blank}
        for key in own:
            written[key] += 1
        whole += any(not spec.fields[key].in_san for key in own)
    yield ColumnUse(spec.ma, "", spec.ten, False, whole, len(given))
    for field in spec.truong:
        if field.in_san or field.tu_tinh:
            continue
        use = ColumnUse(spec.ma, field.khoa, field.ten, field.bat_buoc, written[field.khoa], len(given))
        use = _of_column(plan, use, (item for item in findings if item.key == field.khoa))
        # Of the cover only what went wrong: its lines are about the return, not about the work.
        if spec.vai is not SheetRole.COVER or use.stopped or use.without_list or use.retitled:
            yield use


def _of_column(plan: Plan, use: ColumnUse, findings: Iterable[Finding]) -> ColumnUse:
    stopped: dict[tuple[str, str], Finding] = {}
    units: dict[str, set[str]] = {Msg.LIST_LOST.code: set(), Msg.HEADING_CHANGED.code: set()}
    for item in findings:
        if item.code in units:
            units[item.code].add(item.unit)
        elif item.level is Level.BLOCK and item.cell and not item.held_out:
            stopped.setdefault((item.unit, item.cell), item)
    codes = Counter(item.code for item in stopped.values())
    fault = min(codes, key=lambda code: (-codes[code], code), default="")
    return replace(
        use,
        stopped=len(stopped),
        stopped_units=len({unit for unit, _ in stopped}),
        fault=f"{fault} - {plan.checks.ten_ma.get(fault, '')}" if fault else "",
        without_list=len(units[Msg.LIST_LOST.code]),
        retitled=len(units[Msg.HEADING_CHANGED.code]),
    )


def _said(columns: Sequence[ColumnUse]) -> Iterator[str]:
    sheets = {use.sheet: use for use in columns if not use.key}
    idle = [use for use in sheets.values() if not use.filled]
    if idle:
        yield f"Biểu không đơn vị nào ghi: {_listed(f'{use.sheet} (0/{use.asked} đơn vị)' for use in idle)}."
    unused = [use for use in columns if use.key and not use.filled and sheets[use.sheet].filled]
    if unused:
        names = _listed(f"{use.sheet} “{use.name}” (0/{sheets[use.sheet].filled})" for use in unused)
        yield f"Cột không đơn vị nào ghi, trong các đơn vị có ghi biểu: {names}."
    for use in sorted((use for use in columns if use.stopped), key=lambda use: -use.stopped)[:_MOST]:
        count = f"{use.stopped} giá trị bị dừng ở {use.stopped_units} đơn vị"
        yield f"Hay ghi sai: {use.sheet} “{use.name}”: {count}, nhiều nhất {use.fault}."
    for what, count in (("Mất danh sách để chọn", "without_list"), ("Sửa tiêu đề", "retitled")):
        found = sorted((use for use in columns if getattr(use, count)), key=lambda use: -getattr(use, count))
        if found:
            yield f"{what}: {_listed(f'{use.sheet} “{use.name}” ({getattr(use, count)} đơn vị)' for use in found)}."


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    more = f" và {show_count(len(every) - _MOST)} mục khác" if len(every) > _MOST else ""
    return "; ".join(every[:_MOST]) + more
