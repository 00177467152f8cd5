"""One form sheet of a file: its rows with typed values, and what reading it has met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from dvk_reports.intake.form.places import TOTAL, Place, text_at
from dvk_reports.intake.form.values import ValueParser, shown
from dvk_reports.intake.readers.raw import RawCell, RawSheet
from dvk_reports.messages.message import Message
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.findings import Finding, Stop
from dvk_reports.model.returns import FormSheet
from dvk_reports.model.values import Cell, Row, Value, column_letter
from dvk_reports.plan.book.form_versions import SheetReading
from dvk_reports.plan.book.rulebook import FieldSpec, SheetSpec
from dvk_reports.vietnamese.numbers import show_number
from dvk_reports.vietnamese.text import tidy

_DOTS = ("…", "...", "……", "....")


@dataclass(frozen=True)
class SheetReader:
    """Reads one form sheet; ``reading`` says which of its columns are which of the rows."""

    place: Place
    reading: SheetReading
    file: str
    parser: ValueParser

    @property
    def raw(self) -> RawSheet:
        return self.place.raw

    @property
    def spec(self) -> SheetSpec:
        """The sheet that the rows are rows of."""
        return self.reading.wanted

    @cached_property
    def fields(self) -> Mapping[str, int]:
        """Key of the rows -> column (tables) or row (key/value sheets) in the file."""
        columns = self.reading.columns
        return {columns[key]: where for key, where in self.place.fields.items() if key in columns}

    def read(self) -> tuple[FormSheet, list[Finding]]:
        """The sheet, and what reading it has met apart from its values."""
        place, spec = self.place, self.spec
        findings: list[Finding] = []
        if lacking := self._lacking():
            text = ": thiếu " + ", ".join(f"“{name}”" for name in lacking)
            findings.append(self._say(Msg.SHEET_UNREADABLE, thieu=text, stops=[Stop(spec.ma)]))
        if place.by_caption:
            findings.append(self._say(Msg.BY_CAPTION))
        if self.raw.hidden:
            findings.append(self._say(Msg.HIDDEN_SHEET))
        findings += [self._say(Msg.COLUMN_ABSENT, ten=field.ten) for field in self._absent()]
        rows = list(self._table(findings)) if spec.table else [self._key_values()]
        return FormSheet(spec.ma, self.raw.name, place.version, tuple(rows), self.fields), findings

    def _lacking(self) -> list[str]:
        """Captions, as the file's own form has them, of the required columns that are nowhere in the sheet."""
        return [
            self.reading.found.fields[old].ten
            for old, new in self.reading.columns.items()
            if self.spec.fields[new].bat_buoc and new not in self.fields
        ]

    def _absent(self) -> list[FieldSpec]:
        """Columns of a table that may not simply be left out, though they are not required."""
        return [
            field
            for field in self.spec.truong
            if self.spec.table
            and field.khoa not in self.fields
            and field.khoa not in self.reading.missing
            and not (field.bat_buoc or field.tu_tinh)
        ]

    def _at(self, row: int, col: int) -> Cell:
        return Cell(self.file, self.raw.name, row, col)

    def _say(self, message: Message, at: Cell | None = None, stops: Sequence[Stop] = (), **slots: Any) -> Finding:
        bieu = self.spec.ma
        return say(message, Location(self.parser.unit, at, self.file, bieu), stops=stops, bieu=bieu, **slots)

    def _key_values(self) -> Row:
        lead = self.place.lead
        values = {}
        for key, row in self.fields.items():
            cell = self.raw.cells.get((row, lead))
            values[key] = self.parser.value(self.spec, self.spec.fields[key], cell, self._at(row, lead), 0)
        return Row(self.spec.ma, 0, values)

    def _table(self, findings: list[Finding]) -> Iterator[Row]:
        lead = self.place.lead
        total = next(
            (row for (row, col), cell in sorted(self.raw.cells.items()) if col == lead and _is_total(cell.written)),
            None,
        )
        findings += self._moved()
        rows = []
        for number in sorted({row for row, _ in self.raw.cells if row >= self.place.first_row and row != total}):
            texts = self._texts(number)
            if not texts:
                continue
            if all(tidy(text) in _DOTS for text in texts):
                findings.append(self._say(Msg.SAMPLE_ROW, self._at(number, lead), dong=number))
                continue
            row = self._row(number, findings)
            rows.append(row)
            if number in self.raw.hidden_rows:
                findings.append(self._say(Msg.HIDDEN_ROW, self._at(number, lead), dong=number))
            if total is not None and number > total:
                findings.append(self._say(Msg.BELOW_TOTAL, self._at(number, lead), dong=number))
            yield row
        findings += self._extra_columns({row.number for row in rows})
        findings += self._typed_totals(total, rows)

    def _texts(self, number: int) -> list[str]:
        """What a line holds in the columns that make a row of it."""
        found = []
        for key, col in self.fields.items():
            spec, cell = self.spec.fields[key], self.raw.cells.get((number, col))
            if cell is not None and not (spec.cho_san or spec.tu_tinh):
                found.append(shown(cell.value) or shown(cell.struck) or cell.error or ("=" if cell.formula else ""))
        return [text for text in found if text]

    def _row(self, number: int, findings: list[Finding]) -> Row:
        columns = dict(sorted(self.fields.items(), key=lambda item: item[1]))
        cells = {key: self.raw.cells.get((number, col)) for key, col in columns.items()}
        places = {key: self._at(number, col) for key, col in columns.items()}
        struck = struck_out(self.spec, cells)
        values = {
            key: Value(struck[key], None, places[key])
            if key in struck
            else self.parser.value(self.spec, self.spec.fields[key], cell, places[key], number)
            for key, cell in cells.items()
        }
        if struck:
            stops = [Stop(self.spec.ma, number, key) for key in struck]
            ghi = " | ".join(struck.values())
            first = places[next(iter(struck))]
            findings.append(self._say(Msg.STRUCK_ROW, first, stops, dong=number, ghi=ghi))
        return Row(self.spec.ma, number, values)

    def _moved(self) -> Iterator[Finding]:
        """Columns that no longer stand in the order of the form."""
        place = self.place
        columns = [place.fields[key] for key in place.spec.keys if key in place.fields]
        if columns != sorted(columns) and not place.by_caption:
            moved = [
                column_letter(place.fields[key])
                for index, key in enumerate(place.spec.keys)
                if key in place.fields and place.fields[key] != place.lead + 1 + index
            ]
            yield self._say(Msg.MOVED, cot=", ".join(moved))

    def _extra_columns(self, rows: set[int]) -> Iterator[Finding]:
        known = {*self.place.fields.values(), self.place.lead}
        seen: set[int] = set()
        for (row, col), cell in sorted(self.raw.cells.items()):
            text = shown(cell.value)
            if row in rows and col not in known and col not in seen and text and not (col < self.place.lead):
                seen.add(col)
                caption = self._caption(col) or text
                yield self._say(Msg.EXTRA_COLUMN, self._at(row, col), cot=column_letter(col), ghi=caption)

    def _caption(self, col: int) -> str:
        for row in range(self.place.first_row - 1, 0, -1):
            text = text_at(self.raw, row, col)
            if text and not text.strip("()").isdigit():
                return text
        return ""

    def _typed_totals(self, total: int | None, rows: Sequence[Row]) -> Iterator[Finding]:
        """K05: a number typed over the formula of the total row that is not the sum of its column."""
        if total is None:
            return
        for key, col in self.fields.items():
            spec, cell = self.spec.fields[key], self.raw.cells.get((total, col))
            if not spec.numeric or cell is None or cell.formula or isinstance(cell.value, bool):
                continue
            if not isinstance(cell.value, int | float):
                continue
            typed = Decimal(format(cell.value, ".15g"))
            blank = Decimal(self.parser.plan.blank_counts_as(self.spec.ma, key) or 0)
            added = sum((_counted(row.values.get(key), blank) for row in rows), Decimal(0))
            if typed != added:
                at, ghi, cong = self._at(total, col), show_number(typed), show_number(added)
                yield self._say(Msg.TOTAL_WRONG, at, ten=spec.ten, ghi=ghi, cong=cong)


def struck_out(spec: SheetSpec, cells: Mapping[str, RawCell | None]) -> Mapping[str, str]:
    """Key -> what stood there, of a line that is struck out whole: in all that people fill in; else nothing."""
    own = {
        key: cell
        for key, cell in cells.items()
        if cell is not None and not (spec.fields[key].cho_san or spec.fields[key].tu_tinh)
    }
    if any(cell.value is not None or cell.struck is None for cell in own.values()):
        return {}
    return {key: shown(cell.struck, cell.number_format) for key, cell in own.items()}


def _counted(value: Value | None, blank: Decimal) -> Decimal:
    """What a cell adds to its column: a blank what the figure takes it for, an unread one nothing."""
    if value is None or value.blank:
        return blank
    return value.typed if isinstance(value.typed, Decimal) else Decimal(0)


def _is_total(value: object) -> bool:
    return isinstance(value, str) and value.strip() == TOTAL
