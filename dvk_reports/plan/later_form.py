"""A return of an earlier quarter in the words of a later form: only then can the two be laid side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from dvk_reports.model.records import Row, Stop, UsedReturn, Value
from dvk_reports.plan.book.form_versions import SheetReading, form_reading
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.periods import Quarter


def in_later_form(plan: Plan, used: UsedReturn, day: date) -> UsedReturn:
    """The return with its sheets, columns and labels as the form in force on ``day`` calls them.

    It is returned as it is where that is the form of its own quarter, or the plan declares no way from one to the
    other. Its cells go on naming the file in which they stand.
    """
    then = plan.form_version(Quarter.parse(used.period).last_day).ma
    way = form_reading(plan, then, day)
    if way is None:
        return used
    rows: dict[str, tuple[Row, ...]] = {}
    stops: set[Stop] = set()
    for name, reading in way.sheets.items():
        if name in used.rows:
            rows[reading.wanted.ma] = tuple(_row(reading, row) for row in used.rows[name])
        stops |= {_stop(reading, stop) for stop in used.stops if stop.sheet == name and _kept(reading, stop)}
    return replace(used, rows=rows, stops=frozenset(stops))


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
