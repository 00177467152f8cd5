"""A return of an earlier quarter in the words of a later form: only then can the two be laid side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from dvk_reports.model.findings import Stop
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import UsedReturn
from dvk_reports.model.values import Row, Value
from dvk_reports.plan.book.form_versions import SheetReading, form_reading
from dvk_reports.plan.book.rulebook import Plan


def day_of(used: UsedReturn) -> date:
    """The day in whose words a return speaks: the last of its quarter, unless it was put into later ones."""
    return used.as_of or Quarter.parse(used.period).last_day


def book_of(plan: Plan, used: UsedReturn) -> Plan:
    """The rule book in whose words a return speaks."""
    return plan.on(day_of(used))


def in_later_form(plan: Plan, used: UsedReturn, day: date) -> UsedReturn:
    """The return with its sheets, columns and labels as the form in force on ``day`` calls them.

    It is returned as it is where that is the form of its own quarter, or the plan declares no way from one to the
    other. Its cells go on naming the file in which they stand.
    """
    way = form_reading(plan, plan.form_version(day_of(used)).ma, day)
    if way is None:
        return used
    rows: dict[str, tuple[Row, ...]] = {}
    stops: set[Stop] = set()
    for name, reading in way.sheets.items():
        if name in used.rows:
            rows[reading.wanted.ma] = tuple(_row(reading, row) for row in used.rows[name])
        stops |= {_stop(reading, stop) for stop in used.stops if stop.sheet == name and _kept(reading, stop)}
    return replace(used, rows=rows, stops=frozenset(stops), as_of=day)


def _row(reading: SheetReading, row: Row) -> Row:
    values = {
        reading.columns[key]: _value(reading.labels.get(reading.columns[key], {}), value)
        for key, value in row.values.items()
        if key in reading.columns
    }
    return Row(reading.wanted.ma, row.number, values)


def _value(labels: Mapping[str, str], value: Value) -> Value:
    return replace(value, typed=labels.get(value.typed, value.typed)) if isinstance(value.typed, str) else value


def _kept(reading: SheetReading, stop: Stop) -> bool:
    return not stop.key or stop.key in reading.columns


def _stop(reading: SheetReading, stop: Stop) -> Stop:
    return Stop(reading.wanted.ma, stop.row, reading.columns[stop.key] if stop.key else "")
