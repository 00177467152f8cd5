"""What a form holds before it is filled in: the register's words and the last accepted quarter's snapshots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dvk_reports.intake.back.past import PastQuarter
from dvk_reports.model.records import Row, UsedReturn, Value
from dvk_reports.plan.book.forms import KindOnly
from dvk_reports.plan.book.roles import LabelRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.duty import duties, ticks
from dvk_reports.plan.lookups import model_code, number_of_code, unit_of_code
from dvk_reports.plan.periods import Quarter
from dvk_reports.plan.register.register import Register, Unit
from dvk_reports.run.steps.judge import last_returns
from dvk_reports.run.steps.trends import mistakes_made, running
from dvk_reports.sheets.forms.layout import FormContent
from dvk_reports.vietnamese.text import fold, tidy
from dvk_reports.vietnamese.words import in_a_row

FREE_CODES = 30
"""Model codes printed on the free rows of B2."""


def form_content(
    plan: Plan, register: Register, unit: Unit, quarter: Quarter, history: Sequence[PastQuarter]
) -> FormContent:
    """What the form of one unit holds before it is filled in."""
    given = duties(plan, unit.kind, quarter)
    last, complete = last_returns(plan, register, unit.code, history, quarter)
    models = [
        _in_hamlets_of_now(register, unit, quarter, _prefill(plan, unit, row))
        for used in last
        for row in used.rows.get("B2", ())
        if row.text("trang_thai") not in plan.labels_with(LabelRole.ENDED)
    ]
    return FormContent(
        kind=unit.kind,
        given=given,
        ticks=ticks(plan, given),
        unit=unit,
        quarter=quarter,
        window=register.window(quarter),
        values=_values(plan, last, complete and len(last) == 1),
        rows={"B2": models} if models else {},
        free_codes=free_codes(register, unit, history),
        hints=hints(plan, unit, history),
        hamlets=register.hamlets_of(unit.code, quarter.last_day) if "B4" in given else (),
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
        words = f"Lưu ý: {when} đơn vị ghi sai ở đây ({name[:1].lower()}{name[1:]})."
        found.setdefault(sheet, {}).setdefault(key, words)
    return found


def _in_hamlets_of_now(
    register: Register, unit: Unit, quarter: Quarter, row: dict[str, object]
) -> Mapping[str, object]:
    """Thôn that a decision has renumbered are printed by their code of now, where the name leaves no doubt.

    The unit sees it and may put it right; a thôn that is not found goes back as it was written.
    """
    text = row.get("ma_thon")
    if not isinstance(text, str) or fold(text) == fold("Tất cả"):
        return row
    own = register.hamlets_of(unit.code, quarter.last_day)
    named = {hamlet.code: hamlet.name for hamlet in register.hamlets}
    parts = []
    for part in (tidy(part) for part in text.split(";")):
        found = [hamlet for hamlet in own if fold(hamlet.name) == fold(named.get(part, part))]
        known = any(fold(hamlet.code) == fold(part) for hamlet in own)
        parts.append(found[0].code if len(found) == 1 and part in named and not known else part)
    return {**row, "ma_thon": "; ".join(part for part in parts if part)}


def _prefill(plan: Plan, unit: Unit, row: Row) -> dict[str, object]:
    """The row as the unit wrote it, less the marks that only another kind of unit has: a thị trấn that is a xã now."""
    spec = plan.sheets[row.sheet]
    others = {rule.o for rule in spec.luat if isinstance(rule, KindOnly) and unit.kind not in rule.loai_don_vi}
    return {key: _given_back(value) for key, value in row.values.items() if key in spec.fields and key not in others}


def _given_back(value: Value) -> object:
    """What the unit wrote; a value that was not understood goes back as it was written, to be mended there."""
    return value.typed if value.typed is not None else value.text or None


def _values(plan: Plan, last: Sequence[UsedReturn], single: bool) -> Mapping[str, Mapping[str, object]]:
    """Snapshots of B1 from the last used return; a merged unit has no ``single`` one, so they are left to it."""
    values: dict[str, Mapping[str, object]] = {"BIA": {"phien_ban": 1, "loai_bao_cao": "Chính thức"}}
    if single and last and last[0].rows.get("B1"):
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


def free_codes(register: Register, unit: Unit, history: Sequence[PastQuarter]) -> tuple[str, ...]:
    """The next codes that the unit has never used, in any quarter."""
    used = {code for item in history for code in _codes(item, register, unit)}
    numbers = [number_of_code(code) or 0 for code in used if unit_of_code(code) == unit.code]
    first = max(numbers, default=0) + 1
    return tuple(model_code(unit.code, first + step) for step in range(FREE_CODES))
