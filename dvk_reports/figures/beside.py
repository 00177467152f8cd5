"""A figure beside the period before, the same period of the year before, and all quarters since the plan's start.

Two periods are put side by side only on one set of units (``common_units``). Where all that stand in one stand in the
other, the past is taken as it was printed, or added up again on the successors. Otherwise both are counted on the units
that both have; a note says how many they are, names the others, and gives this period's value on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from dvk_reports.figures.common_units import CommonUnits, common_units
from dvk_reports.figures.definitions import FLOWS, FigureInPeriod, dated_notes, figure_in, other_way_note
from dvk_reports.figures.ledger import Ledger
from dvk_reports.figures.lines import lines_in
from dvk_reports.figures.restated import restated_note
from dvk_reports.model.figures import Figure
from dvk_reports.model.periods import Period, Quarter, quarters_between
from dvk_reports.plan.book.rulebook import FigureSpec
from dvk_reports.plan.register.register import Unit
from dvk_reports.vietnamese.numbers import show_count, show_number, show_percent

_NAMED = 2
"""Units that a footnote names; of more it says how many."""
_BEFORE, _LAST_YEAR, _SINCE_START, _NOW = "kỳ trước", "cùng kỳ năm trước", "lũy kế", "kỳ này"


@dataclass(frozen=True, slots=True)
class _Other:
    """A figure as it stood in another period, and on which units."""

    period: Period
    lines: dict[str, Figure]
    same: bool = True
    """Whether the two may be set against each other."""
    note: str = ""
    now: dict[str, Figure] | None = None
    """This period on the units that both have; None where these are all."""
    why_blank: str = ""
    """Why there is nothing to compare with."""

    def line(self, group: str) -> Figure | None:
        return self.lines.get(group)

    def value(self, group: str) -> Decimal | None:
        line = self.line(group)
        return line.value if line is not None else None

    def value_now(self, line: Figure) -> Decimal | None:
        """What this period has on the same units."""
        if self.now is None:
            return line.value
        own = self.now.get(line.group)
        return own.value if own is not None else None


def lines_beside(ledger: Ledger, figure: FigureInPeriod) -> Iterator[Figure]:
    """The lines of one figure with their columns of comparison. ``ledger``: of the whole period."""
    last_year = _year_before(ledger, figure)
    before = last_year if ledger.period.is_year else _quarter_before(ledger, figure)
    start = _since_start(ledger, figure)
    others = {_BEFORE: before, _LAST_YEAR: last_year, _SINCE_START: start}
    shown = {_LAST_YEAR: last_year, _SINCE_START: start} if before is last_year else others
    for line in lines_in(figure).values():
        notes = [note for said, other in shown.items() for note in _notes(said, other, line)]
        notes += _restated(ledger, figure.spec, line, others)
        yield replace(
            line,
            previous=_value(before, line.group),
            last_year=_value(last_year, line.group),
            percent_of_last_year=_percent(line, last_year),
            cumulative=_value(start, line.group),
            beside="; ".join(notes),
            previous_of_some=before is not None and before.now is not None,
            last_year_of_some=last_year is not None and last_year.now is not None,
        )


def _value(other: _Other | None, group: str) -> Decimal | None:
    return other.value(group) if other is not None else None


def _percent(line: Figure, last_year: _Other | None) -> Decimal | None:
    then = _value(last_year, line.group)
    if last_year is None or not last_year.same or line.ratio or not then:
        return None
    now = last_year.value_now(line)
    return now * 100 / then if now is not None else None


def _notes(said: str, other: _Other | None, line: Figure) -> list[str]:
    """What must be known of a number of another period: its units, and its n/N where it is not whole."""
    then = other.line(line.group) if other is not None else None
    if other is not None and other.why_blank:
        return [f"{said}: {other.why_blank}"]
    if other is None or then is None or then.value is None:
        return []
    notes = [f"{said}: {other.note}"] if other.note else []
    now = other.value_now(line)
    if other.now is not None and now is not None:
        notes.append(f"{_NOW} của các đơn vị đó: {_shown(line, now)}")
    return [*notes, f"{said} {then.reported}/{then.owed} đơn vị"] if then.partial else notes


def _shown(line: Figure, value: Decimal) -> str:
    return show_percent(value) if line.ratio and line.unit_of_measure == "%" else show_number(value)


def _restated(ledger: Ledger, spec: FigureSpec, line: Figure, others: dict[str, _Other | None]) -> list[str]:
    own = {_NOW: _own_quarters(spec, ledger.period)} if len(ledger.period.quarters) > 1 else {}
    rests_on = own | {
        said: _own_quarters(spec, other.period)
        for said, other in others.items()
        if other is not None and other.value(line.group) is not None
    }
    note = restated_note(ledger, rests_on, line.code, line.group)
    return [note] if note else []


def _own_quarters(spec: FigureSpec, period: Period) -> tuple[Quarter, ...]:
    """The quarters whose numbers a figure of the period is made of."""
    return period.quarters if spec.ky in FLOWS else (period.last,)


# --- which other periods --------------------------------------------------------------------------------------------


def _quarter_before(ledger: Ledger, figure: FigureInPeriod) -> _Other | None:
    """Of a quarter; the other periods shorter or longer than a year have none before them."""
    if not ledger.period.is_quarter:
        return None
    return _other(ledger, figure, Period.of(ledger.last.previous))


def _year_before(ledger: Ledger, figure: FigureInPeriod) -> _Other | None:
    """The same period of the year before; a range has none."""
    before = ledger.period.year_before
    return _other(ledger, figure, before) if before is not None else None


def _since_start(ledger: Ledger, figure: FigureInPeriod) -> _Other | None:
    """From the plan's first quarter; only for flows, and only where every quarter is there."""
    spec = figure.spec
    if spec.ky not in FLOWS or spec.ve_viec_nop or spec.loai == "ty_so":
        return None
    quarters = quarters_between(ledger.plan.first_quarter, ledger.last)
    if not all(quarter in ledger.held for quarter in quarters):
        return None
    period = Period(f"{ledger.plan.first_quarter}..{ledger.last}", quarters)
    then = figure_in(replace(ledger, period=period), spec.ma)
    return None if then is None else _Other(then.ledger.period, lines_in(then), note="; ".join(dated_notes(then)))


# --- a figure in another period -------------------------------------------------------------------------------------


def _other(ledger: Ledger, figure: FigureInPeriod, period: Period) -> _Other | None:
    within = ledger.plan.within(period)
    if within is None or within.last not in ledger.held:
        return None
    then = figure_in(replace(ledger, period=within), figure.spec.ma)
    if then is None:
        return None
    common = common_units(figure, then)
    if common.uncountable:
        return _Other(within, {}, why_blank="không so sánh: chỉ tiêu đếm đơn vị, mà có đơn vị đã sáp nhập, chia tách")
    found = _on_units(figure, then, common)
    short = len(within.quarters) < len(period.quarters) and figure.spec.ky in FLOWS
    other_way = other_way_note(figure.spec, then.spec)
    notes = [
        found.note,
        f"chỉ tính từ {within.quarters[0].title}" if short else "",
        *dated_notes(then),
        other_way,
        _not_held(then),
    ]
    same = found.same and not short and then.whole and figure.whole and not other_way
    return replace(found, same=same, note="; ".join(note for note in notes if note))


def _not_held(then: FigureInPeriod) -> str:
    """The quarters of that year that a figure of the year could not read."""
    absent = [quarter.title for quarter in then.ledger.year_window if quarter not in then.ledger.held]
    return f"chưa có số liệu {', '.join(absent)}" if absent and then.spec.ky == "trong_nam" else ""


def _on_units(figure: FigureInPeriod, then: FigureInPeriod, common: CommonUnits) -> _Other:
    """The past of the units that both periods have, under whatever name they reported then."""
    ledger, period = figure.ledger, then.ledger.period
    if common.unchanged:
        return _Other(period, _as_printed(then) or lines_in(then))
    wider = [
        f"{ledger.register.by_code[entry.ma_don_vi].name} nay gồm thêm {entry.gom_them}"
        for entry in ledger.plan.info.gom_ngoai_dia_ban
        if entry.ma_don_vi in common.now and period.last_day < entry.tu_ngay <= ledger.last_day
    ]
    if not common.now:
        return _Other(period, {}, same=False)
    if common.everybody:
        note = "; ".join(["cộng lại theo đơn vị sau sắp xếp", *wider])
        return _Other(period, lines_in(then), same=not wider, note=note)
    left_out = [
        *([f"không tính {_named(common.gone)} nay không còn"] if common.gone else []),
        *([f"khi đó chưa có {_named(common.fresh)}"] if common.fresh else []),
        *([f"không tính {_named(common.parts)} gồm một phần của đơn vị đã chia tách"] if common.parts else []),
        *wider,
    ]
    note = f"chỉ tính {show_count(len(common.now))} đơn vị có ở cả hai kỳ ({'; '.join(left_out)})"
    alone, now = (lines_in(replace(item, ledger=replace(item.ledger, only=common.senders))) for item in (then, figure))
    return _Other(period, alone, same=not wider, note=note, now=now)


def _named(units: Sequence[Unit]) -> str:
    return f"{show_count(len(units))} đơn vị" if len(units) > _NAMED else ", ".join(unit.name for unit in units)


def _as_printed(then: FigureInPeriod) -> dict[str, Figure]:
    """A quarter's figure as its consolidated workbook prints it; nothing for a longer period."""
    ledger = then.ledger
    lines = ledger.printed.get(ledger.last, {}) if ledger.period.is_quarter else {}
    return {group: line for (code, group), line in lines.items() if code == then.spec.ma}
