"""Quarter beside quarter: how each figure has moved, how each unit has reported, and which mistakes come again.

Past numbers are those printed in each quarter's own workbook. A quarter that is not held is a gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dvk_reports.intake.back.past import PastQuarter
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.figures import Figure, RepeatedMistake, Trend, TrendLine, TrendPoint, UnitTrend
from dvk_reports.model.findings import Level
from dvk_reports.model.periods import Quarter, quarters_between
from dvk_reports.model.returns import Submission, UnitState
from dvk_reports.plan.book.rulebook import FigureSpec
from dvk_reports.plan.duty import owes, units_due
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Register, Unit

Mistake = tuple[str, str, str]
"""(sheet, key, code); the key is "" where it concerns the sheet or the file as a whole."""


def trend_of(
    office: Office,
    data: Consolidation,
    history: Sequence[PastQuarter],
    years: Mapping[str, Sequence[Figure]] | None = None,
) -> Trend:
    """The quarters from the first one held to the last of the period; later ones of ``history`` are left out.

    ``years``: figures of each year of a range of quarters (``by_year``), where the report is to show them.
    """
    period = data.period
    at_hand = {past.quarter: past for past in history if past.quarter <= period.last}
    if len(period.quarters) == 1:
        at_hand[period.last] = _as_past(period.last, data)
    quarters = quarters_between(min(at_hand, default=period.last), period.last)
    column = tuple(at_hand.get(quarter) for quarter in quarters)
    return Trend(
        quarters=tuple(quarter.key for quarter in quarters),
        held=tuple(past is not None for past in column),
        lines=_lines(office, data, quarters, column),
        units=_units(office.register, quarters, column),
        years=tuple((key, tuple(figures)) for key, figures in (years or {}).items()),
    )


def _as_past(quarter: Quarter, data: Consolidation) -> PastQuarter:
    """The run's own quarter, as it will be read back from its workbook."""
    return PastQuarter(
        quarter,
        {used.unit: used for used in data.used},
        {(item.code, item.group): item for item in data.figures},
        data.findings,
        data.submissions,
    )


# --- figures ---


def _lines(
    office: Office, data: Consolidation, quarters: Sequence[Quarter], column: Sequence[PastQuarter | None]
) -> tuple[TrendLine, ...]:
    """Lines of the run's own figures, and those that an earlier quarter alone has."""
    specs = _figures_of(office, quarters)
    groups: dict[str, dict[str, None]] = {code: {"": None} for code in specs}
    for code, group in [(item.code, item.group) for item in data.figures] + [
        key for past in column if past is not None for key in past.printed
    ]:
        groups.get(code, {}).setdefault(group)
    found = []
    marks: dict[object, list[bool]] = {}
    for code, own in groups.items():
        spec = specs[code]
        # Figures of the same units and sheets are owed alike: asked once for all of them.
        alike = (
            str(spec.don_vi),
            spec.sheets,
            spec.ky == "trong_nam",
            spec.ve_viec_nop,
        )
        if alike not in marks:
            marks[alike] = _other_units(office, spec, quarters)
        for group in own:
            points = tuple(_point(past, (code, group), other) for past, other in zip(column, marks[alike], strict=True))
            found.append(TrendLine(code, group, spec.ten, spec.don_vi_tinh, spec.loai == "ty_so", points))
    return tuple(found)


def _figures_of(office: Office, quarters: Sequence[Quarter]) -> dict[str, FigureSpec]:
    """Every figure that was in force in one of the quarters, as it was in the last of them, in the plan's order."""
    known = {code: spec for quarter in quarters for code, spec in office.plan_of(quarter).figure_specs.items()}
    return {code: known[code] for code in office.plan.figure_specs if code in known}


def _point(past: PastQuarter | None, key: tuple[str, str], other_units: bool) -> TrendPoint:
    if past is None:
        return TrendPoint()
    figure = past.printed.get(key)
    if figure is None:
        return TrendPoint()
    return TrendPoint(figure.value, figure.reported, figure.owed, other_units and figure.value is not None)


def _other_units(office: Office, spec: FigureSpec, quarters: Sequence[Quarter]) -> list[bool]:
    """For each quarter whether other units owe the figure than in the last one."""
    owing = [_owing(office, spec, quarter) for quarter in quarters]
    return [codes != owing[-1] for codes in owing]


def _owing(office: Office, spec: FigureSpec, quarter: Quarter) -> frozenset[str]:
    plan, register = office.plan, office.register
    if spec.ve_viec_nop:
        return frozenset(unit.code for unit in units_due(plan, register, quarter))
    window: tuple[Quarter, ...] = (quarter,)
    if spec.ky == "trong_nam":
        window = quarters_between(max(plan.first_quarter, Quarter(quarter.year, 1)), quarter) or window
    units = register.units_on(quarter.last_day)
    # What a unit owes hangs on its kind alone: asked once for each, not once for each unit.
    one_of = {(unit.kind, unit.agency): unit for unit in units}
    owed = {kind for kind, unit in one_of.items() if owes(plan, spec, unit, window)}
    return frozenset(unit.code for unit in units if (unit.kind, unit.agency) in owed)


# --- units ---


def _units(
    register: Register, quarters: Sequence[Quarter], column: Sequence[PastQuarter | None]
) -> tuple[UnitTrend, ...]:
    sent = [{item.unit: item for item in past.submissions} if past is not None else None for past in column]
    asked = {code for items in sent if items is not None for code in items}
    made = mistakes_made(past for past in column if past is not None)
    found = []
    for code in sorted(asked, key=lambda code: _place(register, code)):
        unit = register.by_code.get(code)
        own = [None if items is None else items.get(code) for items in sent]
        found.append(
            UnitTrend(
                unit=code,
                name=unit.name if unit is not None else code,
                states=tuple(None if items is None else _state(item) for items, item in zip(sent, own, strict=True)),
                blocks=tuple(item.blocks if item is not None and _looked_at(item) else None for item in own),
                warnings=tuple(item.warnings if item is not None and _looked_at(item) else None for item in own),
                repeated=_repeated(made.get(code, {})),
                predecessors=tuple(register.by_code[old].name for old in register.predecessors(code) if old in asked),
                successor=_successor(register, unit, quarters[-1]),
            )
        )
    return tuple(found)


def _place(register: Register, code: str) -> tuple[int, str]:
    unit = register.by_code.get(code)
    return (unit.order, code) if unit is not None else (len(register.units), code)


def _looked_at(item: Submission) -> bool:
    """Whether anything of the unit could be checked at all: none found is not the same as none looked for."""
    if item.state is UnitState.MISSING:
        return False
    return item.state is not UnitState.UNREADABLE or bool(item.blocks or item.warnings or item.notes)


def _state(item: Submission | None) -> str:
    """How the unit stood; an accepted return by its day, where that is known."""
    if item is None:
        return ""
    return item.punctual or item.state.value if item.state is UnitState.ACCEPTED else item.state.value


def _successor(register: Register, unit: Unit | None, last: Quarter) -> str:
    heir = None if unit is None or unit.valid(last.last_day) else register.heir(unit.code, last.last_day)
    return register.by_code[heir].name if heir is not None else ""


# --- mistakes ---


def mistakes_made(history: Iterable[PastQuarter]) -> dict[str, dict[Quarter, frozenset[Mistake]]]:
    """Unit -> quarter in which a form of it was looked at, used or sent back -> what was wrong there."""
    found: dict[str, dict[Quarter, frozenset[Mistake]]] = {}
    for past in history:
        sent_back = (item.unit for item in past.submissions if item.state is UnitState.REFUSED)
        wrong: dict[str, set[Mistake]] = {unit: set() for unit in (*past.returns, *sent_back)}
        for finding in past.findings:
            # What was explained or waived is no mistake.
            if finding.unit in wrong and finding.level is not Level.NOTE and not finding.answer:
                wrong[finding.unit].add((finding.sheet, finding.key, finding.code))
        for unit, own in wrong.items():
            found.setdefault(unit, {})[past.quarter] = frozenset(own)
    return found


def running(made: Mapping[Quarter, frozenset[Mistake]]) -> dict[Mistake, int]:
    """Each mistake of the last quarter, and in how many quarters that follow each other up to it.

    A quarter without a form of the unit ends the run: nobody knows what it would have shown.
    """
    if not made:
        return {}
    last = max(made)
    found = {}
    for mistake in sorted(made[last]):
        before, count = last.previous, 1
        while mistake in made.get(before, frozenset()):
            before, count = before.previous, count + 1
        found[mistake] = count
    return found


def _repeated(made: Mapping[Quarter, frozenset[Mistake]]) -> tuple[RepeatedMistake, ...]:
    """The longest-standing first."""
    until = max(made).key if made else ""
    found = [
        RepeatedMistake(code, sheet, key, count, until)
        for (sheet, key, code), count in running(made).items()
        if count > 1
    ]
    return tuple(sorted(found, key=lambda item: -item.quarters))
