"""What a form holds before it is filled in: the register's words and the last accepted quarter's snapshots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dvk_reports.intake.past import PastQuarter
from dvk_reports.model import Level, Row, UsedReturn, Value
from dvk_reports.plan.duty import duties, ticks
from dvk_reports.plan.lookups import ENDED, model_code, number_of_code, unit_of_code
from dvk_reports.plan.periods import Quarter
from dvk_reports.plan.register import Register, Unit
from dvk_reports.plan.rulebook import Plan
from dvk_reports.run.judging import last_used
from dvk_reports.sheets.form_layout import FormContent

FREE_CODES = 30
"""Model codes printed on the free rows of B2."""


def form_content(
    plan: Plan, register: Register, unit: Unit, quarter: Quarter, history: Sequence[PastQuarter]
) -> FormContent:
    """What the form of one unit holds before it is filled in."""
    given = duties(plan, unit.kind, quarter)
    last = _last_used(plan, register, unit, history)
    models = [_prefill(plan, row) for used in last for row in used.rows.get("B2", ()) if _goes_on(row)]
    return FormContent(
        kind=unit.kind,
        given=given,
        ticks=ticks(plan, given),
        unit=unit,
        quarter=quarter,
        window=register.window(quarter),
        values=_values(plan, last, quarter),
        rows={"B2": models} if models else {},
        free_codes=free_codes(register, unit, history),
        hints=hints(plan, unit, history),
        hamlets=register.hamlets_of(unit.code, quarter.last_day) if "B4" in given else (),
    )


def hints(plan: Plan, unit: Unit, history: Sequence[PastQuarter]) -> dict[str, dict[str, str]]:
    """Sheet -> key -> a word on the mistake the unit made in that field in its last return, and for how long."""
    quarters = [item for item in sorted(history, key=lambda item: item.quarter) if unit.code in item.returns]
    made = [_mistakes(item, unit) for item in quarters]
    found: dict[str, dict[str, str]] = {}
    for sheet, key, code in sorted(made[-1]) if made else ():
        running = 1
        while running < len(made) and (sheet, key, code) in made[-1 - running]:
            running += 1
        when = quarters[-1].quarter.title if running == 1 else f"{running} kỳ liền"
        name = plan.checks.ten_ma[code]
        words = f"Lưu ý: {when} đơn vị ghi sai ở đây ({name[:1].lower()}{name[1:]})."
        found.setdefault(sheet, {}).setdefault(key, words)
    return found


def _mistakes(past: PastQuarter, unit: Unit) -> set[tuple[str, str, str]]:
    """(sheet, key, code) of what was wrong in one quarter; what was explained or waived is no mistake."""
    return {
        (finding.sheet, finding.key, finding.code)
        for finding in past.findings
        if finding.unit == unit.code and finding.key and finding.level is not Level.NOTE and not finding.answer
    }


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


def free_codes(register: Register, unit: Unit, history: Sequence[PastQuarter]) -> tuple[str, ...]:
    """The next codes that the unit has never used, in any quarter."""
    used = {code for item in history for code in _codes(item, register, unit)}
    numbers = [number_of_code(code) or 0 for code in used if unit_of_code(code) == unit.code]
    first = max(numbers, default=0) + 1
    return tuple(model_code(unit.code, first + step) for step in range(FREE_CODES))
