"""One figure of the rule book for one period: value, bounds, verdict, n/N, breakdown, and the cells behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from dvk_reports.figures.breakdown import breakdown
from dvk_reports.figures.counted import Computed
from dvk_reports.figures.counting import computed, owing_units
from dvk_reports.figures.definitions import FigureInPeriod, figure_in
from dvk_reports.figures.notes import note_of_nobody, notes_of
from dvk_reports.figures.returns_told import left_out_here
from dvk_reports.figures.verdict import tempered, with_value
from dvk_reports.model.figures import Figure
from dvk_reports.model.shelf import shelved
from dvk_reports.plan.book.rulebook import decimal_of, in_force
from dvk_reports.plan.register.register import Unit
from dvk_reports.vietnamese.numbers import show_number


def lines_in(figure: FigureInPeriod) -> dict[str, Figure]:
    """Group -> line of a figure for itself, with the cells behind it and without any other period beside it."""
    found: dict[str, Figure] = _once(figure, "lines", lambda: {line.group: line for line in _lines(figure)})
    return found


def head_of(figure: FigureInPeriod) -> Figure:
    """The figure's own line alone, without the cells behind it."""
    found: Figure = _once(figure, "head", lambda: _worked_out(figure).head)
    return found


def _once(figure: FigureInPeriod, what: str, work: Callable[[], Any]) -> Any:
    """What is worked out once for each period and set of units."""
    ledger = figure.ledger
    key = (what, figure.spec.ma, figure.asked, ledger.period, ledger.only)
    if key not in ledger.cache:
        ledger.cache[key] = work()
    return ledger.cache[key]


@dataclass(frozen=True, slots=True)
class _Worked:
    """What a figure came to: its own line, and what that is made of."""

    head: Figure
    units: tuple[Unit, ...] = ()
    found: Computed | None = None
    """Nothing where nobody was asked."""


def _lines(figure: FigureInPeriod) -> Iterator[Figure]:
    worked = _worked_out(figure)
    _once(figure, "head", lambda: worked.head)
    if worked.found is None:
        yield worked.head
        return
    yield replace(worked.head, sources=shelved(item.source() for item in worked.found.items))
    yield from breakdown(figure, worked.head, worked.found, worked.units)


def _worked_out(figure: FigureInPeriod) -> _Worked:
    ledger, spec = figure.ledger, figure.spec
    units = owing_units(figure)
    asks_nobody = not spec.don_vi and not spec.ve_viec_nop
    asked = len(ledger.due_units) if spec.ve_viec_nop else len(units)
    head = Figure(
        code=spec.ma,
        group="",
        name=spec.ten,
        unit_of_measure=spec.don_vi_tinh,
        ratio=spec.loai == "ty_so",
        target=_target(figure) if asked or asks_nobody else None,
        reported=None if asks_nobody else 0,
        owed=None if asks_nobody else asked,
    )
    found = computed(figure, units)
    if not asked and not asks_nobody and not found.returns.counted:
        return _Worked(replace(head, note=note_of_nobody(figure)))
    line = with_value(spec, head, found, units)
    short = _falls_short(figure, line)
    note, brief = ("; ".join(part for part in (short, text) if part) for text in notes_of(figure, found))
    line = replace(line, note=note, brief=brief if brief != short else "", falls_short=short)
    return _Worked(tempered(figure, line), units, found)


def _target(figure: FigureInPeriod) -> Decimal | None:
    spec = figure.spec
    return decimal_of(in_force(spec.ma, spec.muc_tieu, figure.ledger.last_day)) if spec.muc_tieu else None


def _falls_short(figure: FigureInPeriod, line: Figure) -> str:
    """“tổng chung là 139; ở đây không tính Đảng bộ xã A” of a figure that splits up another over fewer units."""
    whole = figure_in(figure.ledger, figure.spec.chia_tu) if figure.spec.chia_tu else None
    if whole is None:
        return ""
    other = head_of(whole)
    if other.value is None or line.value is None or other.value == line.value:
        return ""
    named = left_out_here(figure.ledger, line.missing, other.missing)
    return f"tổng chung là {show_number(other.value)}; ở đây {named}" if named else ""
