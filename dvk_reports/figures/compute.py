"""Every figure of the rule book for one period, each beside the period before, the year before and the plan's start.

Two periods are put side by side only on one set of units. Where the units that owe a figure are the same, the past is
taken as it was printed. Where they have only been merged, the past is added up again on the successors. Otherwise it is
counted on the units that both periods have, a footnote names the others, and no percent is given (contract, F16).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from dvk_reports.figures.ledger import Ledger
from dvk_reports.figures.one_figure import figure_lines, owing_units
from dvk_reports.figures.restated import restated_note
from dvk_reports.model.records import Figure
from dvk_reports.plan.book.rulebook import FigureSpec
from dvk_reports.plan.periods import Period, Quarter, parse_period, quarters_between
from dvk_reports.vietnamese.numbers import show_count

_FLOWS = ("phat_sinh", "khac_nhau")
_NAMED = 2
"""Units that a footnote names; of more it says how many."""


@dataclass(frozen=True, slots=True)
class _Other:
    """A figure as it stood in another period, and on which units."""

    period: Period
    lines: dict[str, Figure]
    same: bool = True
    """Whether the two may be set against each other."""
    note: str = ""


def compute(ledger: Ledger) -> tuple[Figure, ...]:
    """All figures in the order of the rule book, each followed by the lines of its breakdown."""
    found: list[Figure] = []
    for spec in ledger.plan.figures.chi_tieu:
        found += _beside(ledger, spec, tuple(_lines(ledger, spec).values()))
    return tuple(found)


def without_comparison(ledger: Ledger) -> tuple[Figure, ...]:
    """All figures of a period for themselves, for a table that sets periods side by side."""
    return tuple(line for spec in ledger.plan.figures.chi_tieu for line in _lines(ledger, spec).values())


def _beside(ledger: Ledger, spec: FigureSpec, lines: tuple[Figure, ...]) -> Iterator[Figure]:
    """The lines of one figure with their columns of comparison."""
    then = _year_before(ledger, spec)
    before = then if ledger.period.key.isdigit() else _quarter_before(ledger, spec)
    start = _since_start(ledger, spec)
    for figure in lines:
        previous, last_year, cumulative = (_value(other, figure.group) for other in (before, then, start))
        comparable = then is not None and then.same and not figure.ratio and bool(last_year)
        percent = figure.value * 100 / last_year if comparable and last_year and figure.value is not None else None
        notes = []
        named = [("kỳ trước", before, previous), ("cùng kỳ năm trước", then, last_year)]
        for said, other, value in named[1:] if before is then else named:
            notes += _notes(said, other, figure.group, value)
        notes += _partial("lũy kế", start, figure.group, cumulative)
        named.append(("lũy kế", start, cumulative))
        own = {"kỳ này": _own_quarters(spec, ledger.period)} if len(ledger.period.quarters) > 1 else {}
        rests_on = own | {
            said: _own_quarters(spec, other.period)
            for said, other, value in named
            if other is not None and value is not None
        }
        restated = restated_note(ledger, rests_on, figure.code, figure.group)
        notes += [restated] if restated else []
        yield replace(
            figure,
            previous=previous,
            last_year=last_year,
            percent_of_last_year=percent,
            cumulative=cumulative,
            beside="; ".join(notes),
        )


def _own_quarters(spec: FigureSpec, period: Period) -> tuple[Quarter, ...]:
    """The quarters whose numbers a figure of the period is made of."""
    return period.quarters if spec.ky in _FLOWS else (period.last,)


def _value(other: _Other | None, group: str) -> Decimal | None:
    line = other.lines.get(group) if other is not None else None
    return line.value if line is not None else None


def _notes(said: str, other: _Other | None, group: str, value: Decimal | None) -> list[str]:
    if other is None or value is None:
        return []
    return [*([f"{said}: {other.note}"] if other.note else []), *_partial(said, other, group, value)]


def _partial(said: str, other: _Other | None, group: str, value: Decimal | None) -> list[str]:
    """No total without its n/N: that of the other period, where it is not whole."""
    line = other.lines.get(group) if other is not None and value is not None else None
    return [f"{said} {line.reported}/{line.owed} đơn vị"] if line is not None and line.partial else []


# --- which other periods --------------------------------------------------------------------------------------------


def _quarter_before(ledger: Ledger, spec: FigureSpec) -> _Other | None:
    """Of a quarter; the other periods shorter or longer than a year have none before them."""
    if ledger.period.key != ledger.last.key:
        return None
    return _other(ledger, spec, Period.of(ledger.last.previous))


def _year_before(ledger: Ledger, spec: FigureSpec) -> _Other | None:
    """The same period of the year before; a range has none."""
    if ".." in ledger.period.key:
        return None
    year, dash, part = ledger.period.key.partition("-")
    return _other(ledger, spec, parse_period(f"{int(year) - 1}{dash}{part}"))


def _since_start(ledger: Ledger, spec: FigureSpec) -> _Other | None:
    """From the plan's first quarter; only for flows, and only where every quarter is there."""
    if spec.ky not in _FLOWS or spec.ve_viec_nop or spec.loai == "ty_so":
        return None
    quarters = quarters_between(ledger.plan.first_quarter, ledger.last)
    if not all(quarter in ledger.held for quarter in quarters):
        return None
    period = Period(f"{ledger.plan.first_quarter}..{ledger.last}", quarters)
    return _Other(period, _lines(replace(ledger, period=period), spec))


# --- a figure in another period -------------------------------------------------------------------------------------


def _other(ledger: Ledger, spec: FigureSpec, period: Period) -> _Other | None:
    within = ledger.plan.within(period)
    if within is None or within.last not in ledger.held:
        return None
    short = len(within.quarters) < len(period.quarters) and spec.ky in _FLOWS
    then = replace(ledger, period=within)
    former = {unit.code for unit in owing_units(then, spec)}
    present = {unit.code for unit in owing_units(ledger, spec)}
    if former == present or spec.phep.ham == "chi_so_ngoai":
        found = _Other(within, _as_printed(then, spec) or _lines(then, spec))
    else:
        found = _on_lineage(ledger, then, spec, former, present)
    notes = [found.note, f"chỉ tính từ {within.quarters[0].title}" if short else "", _not_held(then, spec)]
    return replace(found, same=found.same and not short, note="; ".join(note for note in notes if note))


def _not_held(then: Ledger, spec: FigureSpec) -> str:
    """The quarters of then's year that a figure of the year could not read."""
    absent = [quarter.title for quarter in then.year_window if quarter not in then.held]
    return f"chưa có số liệu {', '.join(absent)}" if absent and spec.ky == "trong_nam" else ""


def _on_lineage(ledger: Ledger, then: Ledger, spec: FigureSpec, former: set[str], present: set[str]) -> _Other:
    """The past on the units whose own it is: those of then that are there now, or whose heir is."""
    heirs = {code: ledger.register.heir(code, ledger.last_day) for code in former}
    common = {code for code, heir in heirs.items() if heir in present}
    fresh = present - {heir for heir in heirs.values() if heir is not None}
    gone = former - common
    wider = [
        f"{ledger.register.by_code[entry.ma_don_vi].name} nay gồm thêm {entry.gom_them}"
        for entry in ledger.plan.info.gom_ngoai_dia_ban
        if entry.ma_don_vi in present and then.last_day < entry.tu_ngay <= ledger.last_day
    ]
    if not common:
        return _Other(then.period, {}, same=False)
    if not gone and not fresh:
        note = "; ".join(["cộng lại theo đơn vị sau sắp xếp", *wider])
        return _Other(then.period, _lines(then, spec), same=not wider, note=note)
    left_out = [
        *([f"không tính {_named(ledger, gone)} nay không còn"] if gone else []),
        *([f"khi đó chưa có {_named(ledger, fresh)}"] if fresh else []),
        *wider,
    ]
    note = f"chỉ tính đơn vị có ở cả hai kỳ ({'; '.join(left_out)})"
    return _Other(then.period, _lines(replace(then, only=frozenset(common)), spec), same=False, note=note)


def _named(ledger: Ledger, codes: set[str]) -> str:
    units = sorted((ledger.register.by_code[code] for code in codes), key=lambda unit: unit.order)
    if len(units) > _NAMED:
        return f"{show_count(len(units))} đơn vị"
    return ", ".join(unit.name for unit in units)


def _as_printed(then: Ledger, spec: FigureSpec) -> dict[str, Figure]:
    """A quarter's figure as its consolidated workbook prints it; nothing for a longer period."""
    if then.period.key != then.last.key:
        return {}
    lines = then.printed.get(then.last, {})
    return {group: line for (code, group), line in lines.items() if code == spec.ma}


def _lines(ledger: Ledger, spec: FigureSpec) -> dict[str, Figure]:
    """Group -> line, worked out once for each period and set of units."""
    key = ("lines", spec.ma, ledger.period, ledger.only)
    if key not in ledger.kept:
        ledger.kept[key] = {line.group: line for line in figure_lines(ledger, spec)}
    found: dict[str, Figure] = ledger.kept[key]
    return found
