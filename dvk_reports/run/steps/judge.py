"""From readings to judged returns: who sent it, what is wrong with it, which file counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from dvk_reports.checks.context import Case, Past
from dvk_reports.checks.engine import Checked, check_return
from dvk_reports.figures.nil_returns import joined, with_carried_values
from dvk_reports.intake.back.past import PastQuarter
from dvk_reports.intake.reading import Reading
from dvk_reports.model.findings import Finding
from dvk_reports.model.packed import RowsOf
from dvk_reports.model.periods import Quarter, quarter_in
from dvk_reports.model.returns import Return, UsedReturn
from dvk_reports.model.shelf import laid_aside
from dvk_reports.model.values import Row
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.later_form import in_later_form
from dvk_reports.plan.lookups import code_key
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Register, Unit
from dvk_reports.run.steps.model_history import Codes, own_models
from dvk_reports.vietnamese.text import fold


@dataclass(frozen=True)
class Judged:
    """One readable form with its findings."""

    form: Return
    checked: Checked
    unit: Unit | None

    @property
    def findings(self) -> Sequence[Finding]:
        return self.checked.findings

    def with_findings(self, findings: Iterable[Finding]) -> Judged:
        """The same return after waivers, answers or rules over all returns: its stops follow its findings."""
        return replace(self, checked=replace(self.checked, findings=laid_aside(findings)))


def judge(
    plan: Plan,
    register: Register | None,
    quarter: Quarter | None,
    form: Return,
    history: Sequence[PastQuarter] = (),
    listed: Codes = MappingProxyType({}),
    day: date | None = None,
) -> Judged:
    """Check one return by the rules of the quarter it names (``quarter`` where it names none that can be read).

    ``listed``: the model codes in the other returns of that quarter. ``day``: the one that the run is made for.
    """
    said = quarter_in(form.period)
    known = said if said is not None and plan.first_quarter <= said <= plan.last_quarter else quarter
    of = known or plan.first_quarter
    unit = _unit(register, form.unit, of)
    if unit is not None and unit.code != form.unit:
        met = tuple(replace(finding, unit=unit.code) for finding in form.findings)
        form = replace(form, unit=unit.code, findings=met)
    past = past_of(plan, register, unit, history, of, listed) if unit is not None else Past()
    case = Case(plan, form, of, register, unit, past, dated=known is not None, day=day)
    return Judged(form, check_return(case), unit)


def _unit(register: Register | None, code: str, quarter: Quarter) -> Unit | None:
    """The unit that a return says it is of: by its code, else by its name, which K01 refuses but which tells whose."""
    if register is None or not code:
        return None
    return register.by_letters.get(fold(code)) or register.resolve_unit(code, quarter.last_day)


def past_of(
    plan: Plan,
    register: Register | None,
    unit: Unit,
    history: Sequence[PastQuarter],
    quarter: Quarter,
    listed: Codes = MappingProxyType({}),
) -> Past:
    """The models of the unit over all its earlier used returns, and the rows of the last of them."""
    before = [past for past in history if past.quarter < quarter]
    models = own_models(plan, register, unit.code, before, quarter, listed)
    past = Past(models.codes, ended=models.ended, models=models.all, missed=models.missed)
    past = replace(past, year_ago=_year_ago(plan, register, unit.code, before, quarter))
    last, complete = last_returns(plan, register, unit.code, before, quarter)
    if not last:
        return past
    found = last[0] if complete and len(last) == 1 else joined(plan, last)
    nil: dict[str, tuple[Row, ...]] | None = None if complete else {}
    return replace(past, last=found.rows, quarter=Quarter.parse(found.period), stops=found.stops, nil=nil)


def _year_ago(
    plan: Plan, register: Register | None, unit: str, history: Sequence[PastQuarter], quarter: Quarter
) -> tuple[UsedReturn, ...]:
    """What the unit and those merged into it reported a year ago, in the words of now; () unless all of it is held."""
    then = replace(quarter, year=quarter.year - 1)
    held = next((past for past in history if past.quarter == then), None)
    if held is None:
        return ()
    codes = register.senders_for(unit, then.last_day, quarter.last_day) if register is not None else (unit,)
    if not all(code in held.returns for code in codes):
        return ()
    known = [past for past in history if past.quarter <= then]
    found = (last_used(plan, code, known) for code in codes)
    return tuple(in_later_form(plan, used, quarter.last_day) for used in found if used is not None)


def last_returns(
    plan: Plan, register: Register | None, unit: str, history: Sequence[PastQuarter], quarter: Quarter
) -> tuple[tuple[UsedReturn, ...], bool]:
    """What the unit last said before a quarter: its own last used return, and those of units merged into it since.

    And whether that is all: False where one of them was not used in that quarter. They are given in the words of the
    form of ``quarter``.
    """
    for past in sorted(history, key=lambda item: item.quarter, reverse=True):
        day = past.quarter.last_day
        codes = register.senders_for(unit, day, quarter.last_day) if register is not None else (unit,)
        if any(code in past.returns for code in codes):
            found = (last_used(plan, code, history) for code in codes)
            complete = all(code in past.returns for code in codes)
            said = (in_later_form(plan, used, quarter.last_day) for used in found if used is not None)
            return tuple(said), complete
    return (), False


def last_used(plan: Plan, unit: str, history: Sequence[PastQuarter]) -> UsedReturn | None:
    """The unit's last used return as it counts: with what a nil word carried from the one before."""
    last: UsedReturn | None = None
    for past in sorted(history, key=lambda item: item.quarter):
        used = past.returns.get(unit)
        if used is None:
            continue
        if used.kind in plan.on(past.quarter.last_day).labels_with(LabelRole.NIL):
            used = with_carried_values(plan, used, last)
        last = used
    return last


def used_return(judged: Judged) -> UsedReturn:
    """The return as it counts."""
    form = judged.form
    return UsedReturn(
        unit=form.unit,
        period=form.period,
        file=form.file,
        kind=form.kind,
        rows=RowsOf(form.sheets),
        stops=judged.checked.stops,
    )


def judge_all(
    office: Office, quarter: Quarter, readings: Sequence[Reading], history: Sequence[PastQuarter]
) -> tuple[tuple[Reading, ...], dict[str, Judged]]:
    """(readings with the unit's code as the register spells it, file -> judged) of every readable form."""
    judged: dict[str, Judged] = {}
    spelled = []
    listed = _listed(office, quarter, readings)
    for reading in readings:
        if reading.found is None:
            spelled.append(reading)
            continue
        # Each check asks for its sheets anew; only what is packed is kept of the return until the end.
        form = replace(reading.found, sheets=dict(reading.found.sheets))
        found = judge(office.plan, office.register, quarter, form, history, listed, office.day)
        kept = replace(found.form, sheets=reading.found.sheets, findings=laid_aside(found.form.findings))
        found = replace(found, form=kept).with_findings(found.findings)
        judged[reading.file] = found
        spelled.append(replace(reading, found=found.form))
    return tuple(spelled), judged


def _listed(office: Office, quarter: Quarter, readings: Sequence[Reading]) -> Codes:
    """The model codes in the returns of a quarter, by unit: of the units that a merger or a split has changed.

    Of no other unit is it asked what it lists; a province has a hundred thousand models.
    """
    models = office.plan_of(quarter).sheet(SheetRole.MODELS)
    changed = {code for merger in office.register.mergers for code in (merger.old, merger.new)}
    found: dict[str, set[str]] = {}
    for form in (reading.found for reading in readings if reading.found is not None):
        if form.unit in changed and models in form.sheets and quarter_in(form.period) == quarter:
            codes = (row.text("ma_mo_hinh") for row in form.sheets[models].rows)
            found.setdefault(form.unit, set()).update(code_key(code) for code in codes if code)
    return {unit: frozenset(codes) for unit, codes in found.items()}
