"""The models that a form holds before it is filled in: those of every earlier used return that have not ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from dvk_reports.checks.context import Listed
from dvk_reports.intake.back.past import PastQuarter
from dvk_reports.messages.marks import model_missed, model_of_former_unit, stopped_then
from dvk_reports.model.findings import Stop
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import UsedReturn
from dvk_reports.model.values import Row, Value
from dvk_reports.plan.book.forms import KindOnly
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import ALL_HAMLETS, Register, Unit
from dvk_reports.run.steps.model_history import OwnModels, own_models
from dvk_reports.vietnamese.text import fold, same_words, tidy

CODE, STATE = "ma_mo_hinh", "trang_thai"


@dataclass
class Printed:
    """One row as it goes out: its values, and notes on the cells that the unit must look at."""

    values: dict[str, object]
    notes: dict[str, str] = field(default_factory=dict)


def printed_models(
    office: Office, unit: Unit, quarter: Quarter, history: Sequence[PastQuarter], last: Sequence[UsedReturn]
) -> list[Printed]:
    """The unit's models as they last stood, those of the last list first, then what is missed or may be inherited.

    ``last``: what the unit last said. A row of it whose code was in doubt goes out without the code, one of which
    nothing counts does not go out.
    """
    plan, register = office.plan_of(quarter), office.register
    name = plan.sheet(SheetRole.MODELS)
    models = own_models(office.plan, register, unit.code, history, quarter)
    seniority = {code: place for place, code in enumerate((unit.code, *register.predecessors(unit.code)))}
    mine = sorted(models.missed.values(), key=lambda item: (seniority[item.unit], item.row.number))
    mine.sort(key=lambda item: item.quarter, reverse=True)
    found = [_listed(plan, unit, item, _missed_since(register, unit, models, item)) for item in mine]
    known = {_same(item.row) for item in mine}
    for used in last:
        past = next(item for item in history if item.quarter.key == used.period)
        for row in used.rows.get(name, ()):
            unsure = past.in_doubt(used, row, CODE) or not row.text(CODE)
            over = row.text(STATE) in plan.labels_with(LabelRole.ENDED) and not used.stopped(row, STATE)
            if unsure and not over and _same(row) not in known and not _all_stopped(used, row):
                found.append(_given_again(plan, unit, row, used.stops, past.quarter))
    for item in models.inherited.open.values():
        if _may_be_of(register, unit, quarter, item):
            printed = _listed(plan, unit, item, None)
            printed.notes[CODE] = model_of_former_unit(register.by_code[item.unit].name)
            found.append(printed)
    return [_in_hamlets_of_now(register, unit, quarter, item) for item in found]


def _all_stopped(used: UsedReturn, row: Row) -> bool:
    """Whether nothing of a row counts, as of one that was struck out: it tells of no model."""
    return all(used.stopped(row, key) for key, value in row.values.items() if not value.blank)


def _same(row: Row) -> tuple[str, str]:
    return fold(row.text("ten")), row.text("loai")


def _missed_since(register: Register, unit: Unit, models: OwnModels, item: Listed) -> Quarter | None:
    """The last quarter whose list has left the model out; None where it stood in it."""
    told = models.own.told
    last = told.get(item.unit, item.quarter)
    own = told.get(unit.code)
    former = register.by_code.get(item.unit)
    if own is not None and former is not None and not former.valid(own.last_day):
        last = max(last, own)
    return last if last > item.quarter else None


def _listed(plan: Plan, unit: Unit, item: Listed, since: Quarter | None) -> Printed:
    """A model as it last stood. Its code is known: a stop on it was laid there for another that is gone."""
    stops = item.stops - {Stop(item.row.sheet, item.row.number, CODE)}
    printed = _given_again(plan, unit, item.row, stops, item.quarter)
    if since is not None:
        printed.notes[CODE] = model_missed(item.quarter.title, since.title)
    return printed


def _given_again(plan: Plan, unit: Unit, row: Row, stops: frozenset[Stop], then: Quarter) -> Printed:
    """The row as the unit wrote it, less the marks that only another kind of unit has: a thị trấn that is a xã now."""
    spec = plan.sheets[row.sheet]
    others = {rule.o for rule in spec.luat if isinstance(rule, KindOnly) and unit.kind not in rule.loai_don_vi}
    wanted = {key: value for key, value in row.values.items() if key in spec.fields and key not in others}
    return given_back(wanted, lambda key: Stop(row.sheet, row.number, key) in stops, then)


def given_back(values: Mapping[str, Value], stopped: Callable[[str], bool], then: Quarter) -> Printed:
    """What the unit wrote; a stopped cell is left blank and says what stood there."""
    printed = Printed({})
    for key, value in values.items():
        if stopped(key):
            printed.values[key] = None
            printed.notes[key] = stopped_then(then.title, value.text)
        else:
            printed.values[key] = value.typed if value.typed is not None else value.text or None
    return printed


def _may_be_of(register: Register, unit: Unit, quarter: Quarter, item: Listed) -> bool:
    """Whether a model of a former unit may be this part's: not where every thôn it names lies in other parts."""
    names = [name for part in _parts(item.row.text("ma_thon")) if (name := _name_of(register, item.unit, part))]
    if not names:
        return True
    own = {fold(hamlet.name) for hamlet in register.hamlets_of(unit.code, quarter.last_day)}
    others = {
        fold(hamlet.name)
        for code in register.heirs(item.unit, quarter.last_day) - {unit.code}
        for hamlet in register.hamlets_of(code, quarter.last_day)
    }
    return any(fold(name) in own or fold(name) not in others for name in names)


def _name_of(register: Register, unit: str, part: str) -> str:
    """Name of the thôn of a unit of any day that a text means by its code or its name; "" where there is none."""
    own = [hamlet for hamlet in register.hamlets if hamlet.unit == unit]
    return next((hamlet.name for hamlet in own if fold(part) in (fold(hamlet.code), fold(hamlet.name))), "")


def _in_hamlets_of_now(register: Register, unit: Unit, quarter: Quarter, printed: Printed) -> Printed:
    """Thôn that a decision has renumbered are printed by their code of now, where the name leaves no doubt.

    The unit sees it and may put it right; a thôn that is not found goes back as it was written.
    """
    text = printed.values.get("ma_thon")
    if not isinstance(text, str) or same_words(text, ALL_HAMLETS):
        return printed
    own = register.hamlets_of(unit.code, quarter.last_day)
    named = {hamlet.code: hamlet.name for hamlet in register.hamlets}
    parts = []
    for part in _parts(text):
        found = [hamlet for hamlet in own if fold(hamlet.name) == fold(named.get(part, part))]
        known = any(fold(hamlet.code) == fold(part) for hamlet in own)
        parts.append(found[0].code if len(found) == 1 and part in named and not known else part)
    printed.values["ma_thon"] = "; ".join(parts)
    return printed


def _parts(text: str) -> list[str]:
    return [part for part in map(tidy, text.split(";")) if part]
