"""One figure of the rule book for one period: value, bounds, verdict, n/N, breakdown, and the cells behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from dvk_reports.figures.breakdown import breakdown
from dvk_reports.figures.counting import computed, owing_units
from dvk_reports.figures.definitions import FigureInPeriod, figure_in
from dvk_reports.figures.notes import note_of_nobody, notes_of
from dvk_reports.figures.returns_told import left_out_here
from dvk_reports.figures.verdict import tempered, with_value
from dvk_reports.model.figures import Figure
from dvk_reports.plan.book.rulebook import decimal_of, in_force
from dvk_reports.vietnamese.numbers import show_number


def figure_lines(figure: FigureInPeriod) -> Iterator[Figure]:
    """One figure and the lines of its breakdown, without any other period beside it."""
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
        yield replace(head, note=note_of_nobody(figure))
        return
    line = with_value(spec, head, found, units)
    short = _falls_short(figure, line)
    note, brief = ("; ".join(part for part in (short, text) if part) for text in notes_of(figure, found))
    line = replace(line, note=note, brief=brief if brief != short else "", falls_short=short)
    yield tempered(figure, line)
    yield from breakdown(figure, line, found, units)


def _target(figure: FigureInPeriod) -> Decimal | None:
    spec = figure.spec
    return decimal_of(in_force(spec.ma, spec.muc_tieu, figure.ledger.last_day)) if spec.muc_tieu else None


def _falls_short(figure: FigureInPeriod, line: Figure) -> str:
    """“tổng chung là 139; ở đây không tính Đảng bộ xã A” of a figure that splits up another over fewer units."""
    whole = figure_in(figure.ledger, figure.spec.chia_tu) if figure.spec.chia_tu else None
    if whole is None:
        return ""
    other = next(figure_lines(whole))
    if other.value is None or line.value is None or other.value == line.value:
        return ""
    named = left_out_here(figure.ledger, line.missing, other.missing)
    return f"tổng chung là {show_number(other.value)}; ở đây {named}" if named else ""
