"""Two sheets of one kind in a file: the only one with records is read, equal ones are one, others stop the sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dvk_reports.intake.form.content import plain
from dvk_reports.intake.form.sheet import SheetRead, SheetReader
from dvk_reports.intake.form.touched import touched
from dvk_reports.messages.message import Message
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.findings import Finding, Stop
from dvk_reports.model.returns import FormSheet
from dvk_reports.model.values import Cell
from dvk_reports.plan.book.rulebook import SheetSpec
from dvk_reports.vietnamese.text import fold


def read_copies(readers: Sequence[SheetReader]) -> SheetRead:
    """The sheet that counts of those of one kind, with everything that reading it has met."""
    spec = readers[0].spec
    # The sheet that bears the name of the form comes before its copies.
    ordered = sorted(readers, key=lambda reader: fold(reader.raw.name) != fold(spec.ma))
    read = [_whole(reader) for reader in ordered]
    if len(read) == 1:
        return read[0]
    said = [_said(spec, item) for item in read]
    kept = [
        at
        for at in range(len(read))
        if said[at] and not any(_adds_nothing(spec, said, at, other) for other in range(len(read)))
    ]
    chosen = kept[0] if kept else 0
    message = Msg.COPIES_DIFFER if len(kept) > 1 else Msg.COPY_READ if chosen else Msg.COPIES_EQUAL
    return replace(read[chosen], findings=(*read[chosen].findings, _told(message, ordered, read, chosen)))


def _whole(reader: SheetReader) -> SheetRead:
    place, columns = reader.place, reader.columns
    if place.blank is columns:
        return SheetRead(FormSheet(columns.spec.ma, place.raw.name, place.version, (), columns.fields), (), None)
    found = reader.read()
    more = touched(place, columns, found.sheet, reader.parser.unit, reader.file)
    read = SheetRead(found.sheet, (*reader.parser.findings, *found.findings, *more), found.nil)
    if place.drawing is not None and columns.spec.table and not (found.sheet.rows or read.findings or found.nil):
        place.drawing.keep_blank(place.grid, columns)
    return read


def _said(spec: SheetSpec, read: SheetRead) -> Counter[Any]:
    """What a sheet says: its records, or the cells of a key/value sheet that the unit fills in."""
    rows = [
        tuple((key, tuple(plain(value))) for key, value in sorted(row.values.items()) if not value.blank)
        for row in read.sheet.rows
    ]
    if spec.table:
        return Counter(rows)
    return Counter(cell for row in rows for cell in row if not spec.fields[cell[0]].in_san)


def _adds_nothing(spec: SheetSpec, said: Sequence[Counter[Any]], at: int, other: int) -> bool:
    """Whether what one copy says is all on another: the same, and for cells also less than the other."""
    if at == other:
        return False
    if said[at] == said[other]:
        return other < at
    return not spec.table and said[at] <= said[other]


def _told(message: Message, readers: Sequence[SheetReader], read: Sequence[SheetRead], chosen: int) -> Finding:
    reader, sheet = readers[chosen], read[chosen].sheet
    first = _first_cell(read[chosen])
    others = ", ".join(f"“{other.raw.name}”" for at, other in enumerate(readers) if at != chosen)
    where = Location(reader.parser.unit, first, reader.file, sheet.key, raw=reader.raw.name)
    stops = [Stop(sheet.key)] if message is Msg.COPIES_DIFFER else ()
    o = first.a1 if first is not None else ""
    return say(message, where, stops=stops, o=o, bieu=sheet.key, so=len(readers), doc=reader.raw.name, khac=others)


def _first_cell(read: SheetRead) -> Cell | None:
    """The first cell of a sheet that holds something."""
    cells = [value.at for row in read.sheet.rows for value in row.values.values() if not value.blank]
    return min(cells, key=lambda at: (at.row, at.col), default=None)
