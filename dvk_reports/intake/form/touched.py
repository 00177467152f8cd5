"""What a unit has changed of the form itself and what changes no reading: captions, cells without their drop-down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dvk_reports.intake.form.columns import Columns
from dvk_reports.intake.form.places import Place
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.findings import Finding
from dvk_reports.model.returns import FormSheet
from dvk_reports.model.values import Cell, Value
from dvk_reports.plan.book.form_versions import SheetReading

_NAMED = 10
"""Cells of a field that are named one by one."""


def touched(place: Place, columns: Columns, sheet: FormSheet, unit: str, file: str) -> Iterator[Finding]:
    """What is told of one sheet; ``sheet``: its rows as they were read."""
    if not place.crossed:  # else the sheet is stopped for its captions
        yield from _captions(place, columns.reading, unit, file)
    if place.raw.lists is not None:
        yield from _lists(place, columns, sheet, unit)


def _captions(place: Place, reading: SheetReading, unit: str, file: str) -> Iterator[Finding]:
    grid, spec = place.grid, place.spec
    for key, (row, col) in sorted(place.retitled.items(), key=lambda item: item[1]):
        if key not in reading.columns:
            continue
        # Beside group heads a caption without one stands a row up, merged over both.
        rows = (row, row - 1) if spec.table and len(spec.fields[key].heads) == 1 else (row,)
        row, said = next(((r, text) for r in rows if (text := grid.text_at(r, col))), (row, ""))
        at = Cell(file, grid.raw.name, row, col)
        where = Location(unit, at, sheet=reading.wanted.ma, raw=said, key=reading.columns[key])
        thanh = f"đã thành “{said}”" if said else "đã bị xóa"
        phan = "cột" if spec.table else "dòng"
        yield say(Msg.HEADING_CHANGED, where, ten=spec.fields[key].ten, o=at.a1, thanh=thanh, phan=phan)


def _lists(place: Place, columns: Columns, sheet: FormSheet, unit: str) -> Iterator[Finding]:
    areas, rows = place.raw.lists or (), sheet.rows
    for key, spans in columns.lists(areas) if rows else ():
        if any(top <= rows[0].number and rows[-1].number <= bottom for top, bottom in spans):
            continue  # as a rule
        held = [row.values[key] for row in rows if not any(top <= row.number <= bottom for top, bottom in spans)]
        lost = [
            value for value in held if value.text and value.at.sheet == place.raw.name and not _inside(value, areas)
        ]
        if lost:
            first, more = lost[0], ", …" if len(lost) > _NAMED else ""
            at = Location(unit, first.at, sheet=sheet.key, raw=first.text, key=key)
            ten = columns.spec.fields[key].ten
            named = ", ".join(value.at.a1 for value in lost[:_NAMED]) + more
            yield say(Msg.LIST_LOST, at, ten=ten, so=len(lost), cac_o=named)


def _inside(value: Value, areas: Sequence[tuple[int, int, int, int]]) -> bool:
    row, col = value.at.row, value.at.col
    return any(top <= row <= bottom and left <= col <= right for top, left, bottom, right in areas)
