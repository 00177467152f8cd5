"""From readings to judged returns: who sent it, what is wrong with it, which file counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dvk_reports.checks.context import Case, Past
from dvk_reports.checks.engine import Checked, check_return
from dvk_reports.figures.nil_returns import joined, with_carried_values
from dvk_reports.intake.back.past import PastQuarter
from dvk_reports.intake.reading import Reading
from dvk_reports.model.findings import Finding
from dvk_reports.model.periods import Quarter, quarter_in
from dvk_reports.model.returns import Return, UsedReturn
from dvk_reports.model.values import Row
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.later_form import book_of, in_later_form
from dvk_reports.plan.lookups import code_key
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Register, Unit
from dvk_reports.vietnamese.text import fold


@dataclass(frozen=True)
class Judged:
    """One readable form with its findings."""

    form: Return
    checked: Checked
    unit: Unit | None

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.checked.findings

    def with_findings(self, findings: Iterable[Finding]) -> Judged:
        """The same return after waivers, answers or rules over all returns: its stops follow its findings."""
        return replace(self, checked=replace(self.checked, findings=tuple(findings)))


def judge(
    plan: Plan, register: Register | None, quarter: Quarter | None, form: Return, history: Sequence[PastQuarter] = ()
) -> Judged:
    """Check one return by the rules of the quarter it names (``quarter`` where it names none that can be read)."""
    unit = _unit(register, form.unit)
    if unit is not None:
        form = replace(form, unit=unit.code)
    named = quarter_in(form.period) or quarter or plan.first_quarter
    past = past_of(plan, register, unit, history, named) if unit is not None else Past()
    case = Case(plan, form, named, register, unit, past)
    return Judged(form, check_return(case), unit)


def _unit(register: Register | None, code: str) -> Unit | None:
    if register is None:
        return None
    return next((unit for unit in register.units if fold(unit.code) == fold(code)), None)


def past_of(
    plan: Plan, register: Register | None, unit: Unit, history: Sequence[PastQuarter], quarter: Quarter
) -> Past:
    """Model codes ever listed by the unit or those merged into it, and the rows of its last used return."""
    selves = (unit.code, *(register.predecessors(unit.code) if register is not None else ()))
    before = [past for past in history if past.quarter < quarter]
    listed = [row for past in before for used in _returns_of(past, selves) for row in _models(plan, used)]
    codes = frozenset(code_key(row.values["ma_mo_hinh"].text) for row in listed) - {""}
    last, complete = last_returns(plan, register, unit.code, before, quarter)
    ended = _ended(plan, before, selves)
    if not last:
        return Past(codes, ended=ended)
    found = last[0] if complete and len(last) == 1 else joined(plan, last)
    nil: dict[str, tuple[Row, ...]] | None = None if complete else {}
    return Past(codes, found.rows, Quarter.parse(found.period), found.stops, ended, nil)


def _returns_of(past: PastQuarter, units: Sequence[str]) -> list[UsedReturn]:
    return [past.returns[code] for code in units if code in past.returns]


def _models(plan: Plan, used: UsedReturn) -> tuple[Row, ...]:
    """The list of models of a return, on the sheet that held it in its quarter."""
    return used.rows.get(book_of(plan, used).sheet(SheetRole.MODELS), ())


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


def _ended(plan: Plan, history: Sequence[PastQuarter], units: Sequence[str]) -> dict[str, tuple[str, Quarter]]:
    """Models that one of the units ended: a row whose code or state was stopped says nothing."""
    found: dict[str, tuple[str, Quarter]] = {}
    for past in sorted(history, key=lambda item: item.quarter):
        for used in _returns_of(past, units):
            view = book_of(plan, used)
            over = view.labels_with(LabelRole.ENDED)
            for row in _models(plan, used) if used.readable(view.sheet(SheetRole.MODELS)) else ():
                key, state = code_key(row.text("ma_mo_hinh")), row.text("trang_thai")
                sure = not (used.stopped(row, "ma_mo_hinh") or used.stopped(row, "trang_thai"))
                if key and state in over and sure:
                    found.setdefault(key, (state, past.quarter))
    return found


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
        rows={key: sheet.rows for key, sheet in form.sheets.items()},
        stops=judged.checked.stops,
    )


def judge_all(
    office: Office, quarter: Quarter, readings: Sequence[Reading], history: Sequence[PastQuarter]
) -> tuple[tuple[Reading, ...], dict[str, Judged]]:
    """(readings with the unit's code as the register spells it, file -> judged) of every readable form."""
    judged: dict[str, Judged] = {}
    spelled = []
    for reading in readings:
        if reading.found is None:
            spelled.append(reading)
            continue
        found = judge(office.plan, office.register, quarter, reading.found, history)
        judged[reading.file] = found
        spelled.append(replace(reading, found=found.form))
    return tuple(spelled), judged
