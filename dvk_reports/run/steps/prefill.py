"""What a form holds before it is filled in: the register's words and the last accepted quarter's snapshots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dvk_reports.intake.back.past import PastQuarter
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import UsedReturn
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.duty import duties, ticks
from dvk_reports.plan.later_form import in_later_form
from dvk_reports.plan.lookups import model_code, number_of_code, unit_of_code
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Unit
from dvk_reports.run.steps.judge import last_returns, last_used
from dvk_reports.run.steps.prefill_models import Printed, given_back, printed_models
from dvk_reports.run.steps.trends import mistakes_made, running
from dvk_reports.sheets.forms.layout import FormContent
from dvk_reports.vietnamese.text import lower_first
from dvk_reports.vietnamese.words import in_a_row

FREE_CODES = 30
"""Model codes printed on the free rows of the sheet of models."""


def form_content(office: Office, unit: Unit, quarter: Quarter, history: Sequence[PastQuarter]) -> FormContent:
    """What the form of one unit holds before it is filled in.

    The sheets and columns are those of the quarter's rule book; what an earlier quarter had besides is left out.
    """
    plan, register = office.plan_of(quarter), office.register
    given = duties(plan, unit.kind, quarter)
    last, complete = last_returns(office.plan, register, unit.code, history, quarter)
    models = plan.sheet(SheetRole.MODELS)
    rows = printed_models(office, unit, quarter, history, last) if models in given else []
    general = _snapshots(plan, last[0], history) if complete and len(last) == 1 else Printed({})
    return FormContent(
        kind=unit.kind,
        given=given,
        ticks=ticks(plan, given),
        unit=unit,
        quarter=quarter,
        window=register.window(quarter),
        values=_values(plan, general, _kept(office, unit, quarter, history)),
        rows={models: [row.values for row in rows]} if rows else {},
        free_codes=free_codes(office, unit, history),
        hints=hints(plan, unit, history),
        hamlets=register.hamlets_of(unit.code, quarter.last_day) if plan.sheet(SheetRole.HAMLETS) in given else (),
        notes={
            models: {(place, key): text for place, row in enumerate(rows) for key, text in row.notes.items()},
            plan.sheet(SheetRole.GENERAL): {(0, key): text for key, text in general.notes.items()},
        },
    )


def hints(plan: Plan, unit: Unit, history: Sequence[PastQuarter]) -> dict[str, dict[str, str]]:
    """Sheet -> key -> a word on the mistake the unit made in that field in its last return, and for how long."""
    made = mistakes_made(history).get(unit.code, {})
    found: dict[str, dict[str, str]] = {}
    for (sheet, key, code), count in running(made).items():
        if not key:
            continue  # there is no cell to say it in
        when = max(made).title if count == 1 else in_a_row(count)
        name = plan.checks.ten_ma[code]
        words = f"Lưu ý: {when} đơn vị ghi sai ở đây ({lower_first(name)})."
        found.setdefault(sheet, {}).setdefault(key, words)
    return found


def _values(plan: Plan, general: Printed, kept: Mapping[str, object]) -> Mapping[str, Mapping[str, object]]:
    """The cover of a first sending, and the snapshots of the general sheet."""
    regular = plan.label(LabelRole.REGULAR)
    values: dict[str, Mapping[str, object]] = {
        plan.sheet(SheetRole.COVER): {**kept, "phien_ban": 1, **({"loai_bao_cao": regular} if regular else {})}
    }
    return values | ({plan.sheet(SheetRole.GENERAL): general.values} if general.values else {})


def _kept(office: Office, unit: Unit, quarter: Quarter, history: Sequence[PastQuarter]) -> Mapping[str, object]:
    """Who fills the form in and who signs it, as the unit itself last wrote it; what was stopped is left out."""
    used = last_used(office.plan, unit.code, [past for past in history if past.quarter < quarter])
    if used is None:
        return {}
    said = in_later_form(office.plan, used, quarter.last_day)
    plan = office.plan_of(quarter)
    cover = plan.sheet(SheetRole.COVER)
    wanted = [field.khoa for field in plan.sheets[cover].truong if field.lay_lai]
    return {
        key: value.typed if value.typed is not None else value.text
        for row in said.rows.get(cover, ())[:1]
        for key in wanted
        if (value := row.values.get(key)) is not None and value.text and not said.stopped(row, key)
    }


def _snapshots(plan: Plan, last: UsedReturn, history: Sequence[PastQuarter]) -> Printed:
    """The snapshots of the general sheet from the one last used return.

    A unit that others were merged into has no single one, so they are left to it.
    """
    name = plan.sheet(SheetRole.GENERAL)
    rows = last.rows.get(name) if name else None
    if not rows:
        return Printed({})
    snapshots = {field.khoa for field in plan.sheets[name].truong if field.bien == "S"}
    wanted = {key: value for key, value in rows[0].values.items() if key in snapshots}
    return given_back(wanted, lambda key: last.stopped(rows[0], key), Quarter.parse(last.period))


def free_codes(office: Office, unit: Unit, history: Sequence[PastQuarter]) -> tuple[str, ...]:
    """The next model codes that the unit has never used, in any quarter."""
    used = {code for past in history for code in _codes(office, past, unit)}
    numbers = [number_of_code(code) or 0 for code in used if unit_of_code(code) == unit.code]
    first = max(numbers, default=0) + 1
    return tuple(model_code(unit.code, first + step) for step in range(FREE_CODES))


def _codes(office: Office, past: PastQuarter, unit: Unit) -> Iterable[str]:
    """Model codes that the unit, or one that was merged into it, listed in an earlier quarter."""
    models = office.plan_of(past.quarter).sheet(SheetRole.MODELS)
    for code in (unit.code, *office.register.predecessors(unit.code)):
        for row in past.returns[code].rows.get(models, ()) if code in past.returns else ():
            yield row.values["ma_mo_hinh"].text
