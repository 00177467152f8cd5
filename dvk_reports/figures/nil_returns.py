"""What a nil report (“Không phát sinh”) takes over from the last used return of the unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from dvk_reports.model.findings import Stop
from dvk_reports.model.returns import UsedReturn
from dvk_reports.model.values import Cell, Row, Value
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.later_form import book_of, day_of, in_later_form


def with_carried_values(plan: Plan, nil: UsedReturn, before: UsedReturn | None) -> UsedReturn:
    """A nil report as it counts: blank flows 0, blank snapshots and an unticked empty list of models from ``before``.

    What cannot be carried is stopped: it is not known, so it is not 0.
    """
    book = book_of(plan, nil)
    if before is not None:
        before = in_later_form(plan, before, day_of(nil))
    general, models = book.sheet(SheetRole.GENERAL), book.sheet(SheetRole.MODELS)
    rows = dict(nil.rows)
    stops = set(nil.stops)
    if rows.get(general):
        old = _answers(plan, before)
        row, lost = _general(book, rows[general][0], before, old)
        rows[general] = (row,)
        stops |= lost
    if models in rows and not rows[models] and not _ticked(book, nil, models):
        kept, lost = _models(plan, book, before)
        rows[models] = kept
        stops |= lost
    return replace(nil, rows=rows, stops=frozenset(stops))


def _ticked(book: Plan, nil: UsedReturn, models: str) -> bool:
    """Whether the cover says of the list of models that it is empty."""
    cover = nil.rows.get(book.sheet(SheetRole.COVER))
    return bool(cover and cover[0].yes(book.sheets[models].tick))


def _answers(plan: Plan, before: UsedReturn | None) -> Row | None:
    """The general numbers of the return before, as far as they are known."""
    if before is None:
        return None
    name = book_of(plan, before).sheet(SheetRole.GENERAL)
    return before.rows[name][0] if before.readable(name) and before.rows[name] else None


def _general(book: Plan, row: Row, before: UsedReturn | None, old: Row | None) -> tuple[Row, set[Stop]]:
    values = dict(row.values)
    stops: set[Stop] = set()
    fields = book.sheets[row.sheet].fields
    for key, value in row.values.items():
        behaviour = fields[key].bien if key in fields else None
        if not value.blank or behaviour is None:
            continue
        if behaviour == "F":
            values[key] = Value(value.text, Decimal(0), value.at)
        elif old is not None and key in old.values and before is not None and not before.stopped(old, key):
            values[key] = _of_earlier(before, old.values[key])
        else:
            stops.add(Stop(row.sheet, 0, key))
    return Row(row.sheet, 0, values), stops


def _models(plan: Plan, now: Plan, before: UsedReturn | None) -> tuple[tuple[Row, ...], set[Stop]]:
    """The models of the return before that have not ended, as rows of the sheet that holds them now.

    A row that says it has ended in a stopped cell has not. Where a row that goes out had a stopped code, which may
    stand for a model that was missing from the list, the list stays as little known as it was.
    """
    models = now.sheet(SheetRole.MODELS)
    book = None if before is None else book_of(plan, before)
    name = "" if book is None else book.sheet(SheetRole.MODELS)
    if before is None or book is None or not before.readable(name):
        return (), {Stop(models)}
    over = {*book.labels_with(LabelRole.ENDED), *now.labels_with(LabelRole.ENDED)}
    ended = [
        row for row in before.rows[name] if row.text("trang_thai") in over and not before.stopped(row, "trang_thai")
    ]
    kept = tuple(
        Row(models, row.number, {key: _of_earlier(before, value) for key, value in row.values.items()})
        for row in before.rows[name]
        if row not in ended
    )
    numbers = {row.number for row in kept}
    stops = {stop._replace(sheet=models) for stop in before.stops if stop.sheet == name and stop.row in numbers}
    if any(before.stopped(row, "ma_mo_hinh") for row in ended):
        stops.add(Stop(models, kept[0].number, "ma_mo_hinh") if kept else Stop(models))
    return kept, stops


def _of_earlier(before: UsedReturn, value: Value) -> Value:
    """A value carried from an earlier quarter: its cell goes on naming the file of that quarter."""

    def moved(cell: Cell) -> Cell:
        return cell if cell.file.startswith("../") else replace(cell, file=f"../{before.period}/{cell.file}")

    return replace(value, at=moved(value.at))


_APART = 100_000
"""More rows than a sheet of a form has: keeps the rows of several returns apart."""


def joined(plan: Plan, returns: Sequence[UsedReturn]) -> UsedReturn:
    """The lists of models of several units that are one now; their general numbers are not carried over.

    A list that cannot be read leaves the whole unknown.
    """
    rows: list[Row] = []
    stops: set[Stop] = set()
    period, day = max(used.period for used in returns), max(day_of(used) for used in returns)
    target = plan.on(day).sheet(SheetRole.MODELS)
    alike = [in_later_form(plan, used, day) for used in returns]
    names = [book_of(plan, used).sheet(SheetRole.MODELS) for used in alike]
    if not all(used.readable(name) for used, name in zip(alike, names, strict=True)):
        return UsedReturn("", period, "", "", {}, frozenset())
    for place, (used, name) in enumerate(zip(alike, names, strict=True)):
        rows += [Row(target, row.number + place * _APART, row.values) for row in used.rows[name]]
        stops |= {
            stop._replace(sheet=target, row=stop.row + place * _APART)
            for stop in used.stops
            if stop.sheet == name and stop.key
        }
    return UsedReturn("", period, "", "", {target: tuple(rows)}, frozenset(stops), day)
