"""One figure of the rule book for one period: value, bounds, verdict, n/N, breakdown, and the cells behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from dvk_reports.figures.breakdown import breakdown
from dvk_reports.figures.counting import computed, owing_units
from dvk_reports.figures.definitions import FigureInPeriod
from dvk_reports.figures.notes import note_of_nobody, notes_of
from dvk_reports.figures.verdict import tempered, with_value
from dvk_reports.model.figures import Figure
from dvk_reports.plan.book.rulebook import decimal_of, in_force


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
    note, brief = notes_of(figure, found)
    line = replace(line, note=note, brief=brief)
    yield tempered(figure, line)
    yield from breakdown(figure, line, found, units)


def _target(figure: FigureInPeriod) -> Decimal | None:
    spec = figure.spec
    return decimal_of(in_force(spec.ma, spec.muc_tieu, figure.ledger.last_day)) if spec.muc_tieu else None
