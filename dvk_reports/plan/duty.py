"""Who owes which sheet in which quarter (``giao`` of forms.yaml), by the rule book in force in that quarter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dvk_reports.model.periods import Quarter
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import DUE, Duty, FigureSpec, Plan, SheetSpec
from dvk_reports.plan.register.register import Register, Unit


def duty_of(plan: Plan, sheet: str, kind: str, quarter: Quarter) -> str | None:
    """``den_han``, ``neu_co`` or None where the sheet is not given to that kind of unit in that quarter."""
    return duties(plan, kind, quarter).get(sheet)


def _round_allows(plan: Plan, duty: Duty, quarter: Quarter) -> bool:
    return not duty.chi_nam_co_dot_khen or plan.has_round(quarter.year)


def duties(plan: Plan, kind: str, quarter: Quarter) -> Mapping[str, str]:
    """Sheet -> ``den_han`` or ``neu_co``, in the order of the form."""
    key = (kind, quarter)
    if key not in plan.duties:
        told = {ma: _told(plan, spec, kind, quarter) for ma, spec in plan.on(quarter.last_day).sheets.items()}
        plan.duties[key] = {sheet: duty for sheet, duty in told.items() if duty is not None}
    return plan.duties[key]


def _told(plan: Plan, spec: SheetSpec, kind: str, quarter: Quarter) -> str | None:
    found = [
        duty.nghia_vu
        for duty in spec.giao
        if kind in duty.loai_don_vi and quarter.number in duty.quy and _round_allows(plan, duty, quarter)
    ]
    return DUE if DUE in found else found[0] if found else None


def ever_given(plan: Plan, kind: str) -> tuple[str, ...]:
    """Every sheet a kind of unit is ever given, in the order of the form."""
    return tuple(
        dict.fromkeys(sheet.ma for sheet in plan.forms.bieu if any(kind in duty.loai_don_vi for duty in sheet.giao))
    )


def ticks(plan: Plan, given: Mapping[str, str]) -> tuple[str, ...]:
    """Keys of the ticks that the cover shows: one for each due sheet that has one."""
    cover = plan.sheets.get(plan.sheet(SheetRole.COVER))
    keys = cover.fields if cover is not None else ()
    return tuple(
        plan.sheets[sheet].tick for sheet, duty in given.items() if duty == DUE and plan.sheets[sheet].tick in keys
    )


def owes(plan: Plan, spec: FigureSpec, unit: Unit, quarters: Sequence[Quarter]) -> bool:
    """Whether a unit valid on the last day is in N.

    It is of a kind that is asked, and was given, in one of the quarters, every sheet that the figure reads then.
    """
    if not of_kind(spec, unit):
        return False
    for quarter in quarters:
        then = plan.on(quarter.last_day).figure_specs.get(spec.ma)
        if then is not None and all(duty_of(plan, sheet, unit.kind, quarter) for sheet in then.sheets):
            return True
    return False


def of_kind(spec: FigureSpec, unit: Unit) -> bool:
    """Whether a figure asks units of this kind (``don_vi`` of figures.yaml)."""
    return unit.agency if spec.don_vi == "co_quan" else unit.kind in spec.don_vi


def units_due(plan: Plan, register: Register, quarter: Quarter) -> tuple[Unit, ...]:
    """Every unit that must send a form for the quarter."""
    return tuple(unit for unit in register.units_on(quarter.last_day) if duties(plan, unit.kind, quarter))
