"""What a form holds before it is filled in: the register's words and the last accepted quarter's snapshots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dvk_reports.intake.back.past import PastQuarter
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import UsedReturn
from dvk_reports.model.values import Row, Value
from dvk_reports.plan.book.forms import KindOnly
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.duty import duties, ticks
from dvk_reports.plan.lookups import model_code, number_of_code, unit_of_code
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import ALL_HAMLETS, Register, Unit
from dvk_reports.run.steps.judge import last_returns
from dvk_reports.run.steps.trends import mistakes_made, running
from dvk_reports.sheets.forms.layout import FormContent
from dvk_reports.vietnamese.text import fold, lower_first, tidy
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
    ended = plan.labels_with(LabelRole.ENDED)
    rows = [
        _in_hamlets_of_now(register, unit, quarter, _given_again(plan, unit, row))
        for used in last
        for row in used.rows.get(models, ())
        if models and row.text("trang_thai") not in ended
    ]
    return FormContent(
        kind=unit.kind,
        given=given,
        ticks=ticks(plan, given),
        unit=unit,
        quarter=quarter,
        window=register.window(quarter),
        values=_values(plan, last, complete and len(last) == 1),
        rows={models: rows} if rows else {},
        free_codes=free_codes(office, unit, history),
        hints=hints(plan, unit, history),
        hamlets=register.hamlets_of(unit.code, quarter.last_day) if plan.sheet(SheetRole.HAMLETS) in given else (),
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


def _in_hamlets_of_now(
    register: Register, unit: Unit, quarter: Quarter, row: dict[str, object]
) -> Mapping[str, object]:
    """Thôn that a decision has renumbered are printed by their code of now, where the name leaves no doubt.

    The unit sees it and may put it right; a thôn that is not found goes back as it was written.
    """
    text = row.get("ma_thon")
    if not isinstance(text, str) or fold(text) == fold(ALL_HAMLETS):
        return row
    own = register.hamlets_of(unit.code, quarter.last_day)
    named = {hamlet.code: hamlet.name for hamlet in register.hamlets}
    parts = []
    for part in (tidy(part) for part in text.split(";")):
        found = [hamlet for hamlet in own if fold(hamlet.name) == fold(named.get(part, part))]
        known = any(fold(hamlet.code) == fold(part) for hamlet in own)
        parts.append(found[0].code if len(found) == 1 and part in named and not known else part)
    return {**row, "ma_thon": "; ".join(part for part in parts if part)}


def _given_again(plan: Plan, unit: Unit, row: Row) -> dict[str, object]:
    """The row as the unit wrote it, less the marks that only another kind of unit has: a thị trấn that is a xã now."""
    spec = plan.sheets[row.sheet]
    others = {rule.o for rule in spec.luat if isinstance(rule, KindOnly) and unit.kind not in rule.loai_don_vi}
    return {key: _given_back(value) for key, value in row.values.items() if key in spec.fields and key not in others}


def _given_back(value: Value) -> object:
    """What the unit wrote; a value that was not understood goes back as it was written, to be mended there."""
    return value.typed if value.typed is not None else value.text or None


def _values(plan: Plan, last: Sequence[UsedReturn], single: bool) -> Mapping[str, Mapping[str, object]]:
    """The cover of a first sending, and the snapshots of the general sheet from the last used return.

    A unit that others were merged into has no ``single`` last return, so its snapshots are left to it.
    """
    regular = plan.label(LabelRole.REGULAR)
    values: dict[str, Mapping[str, object]] = {
        plan.sheet(SheetRole.COVER): {"phien_ban": 1, **({"loai_bao_cao": regular} if regular else {})}
    }
    general = plan.sheet(SheetRole.GENERAL)
    rows = last[0].rows.get(general) if general and single and last else None
    if rows:
        values[general] = {
            field.khoa: _given_back(rows[0].values[field.khoa])
            for field in plan.sheets[general].truong
            if field.bien == "S" and field.khoa in rows[0].values
        }
    return values


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
