"""From a raw workbook to a Return: which sheets of the form it holds, their rows, and what reading has met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dvk_reports.intake.form.answers import asks, read_asked
from dvk_reports.intake.form.places import TOTAL, Place, find_places, text_at
from dvk_reports.intake.form.values import ValueParser, shown
from dvk_reports.intake.readers.raw import RawBook, RawSheet
from dvk_reports.messages.message import Message
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.records import Cell, Finding, FormSheet, Return, Row, Stop, Value, column_letter
from dvk_reports.plan.book.rulebook import FieldSpec, Plan
from dvk_reports.vietnamese.numbers import show_number
from dvk_reports.vietnamese.text import fold, tidy

GUIDE = "Hướng dẫn"
_DOTS = ("…", "...", "……", "....")


def read_form(plan: Plan, book: RawBook, file: str, sha256: str) -> Return | None:
    """The return in a workbook, or None where no sheet of it is a sheet of the form."""
    places = {place.spec.ma: place for place in find_places(plan, book.sheets)}
    if not places:
        return None
    parser = ValueParser(plan, _raw_unit(places))
    sheets: dict[str, FormSheet] = {}
    findings: list[Finding] = []
    for key in plan.sheets:
        if key in places:
            sheet, met = _Sheet(places[key], file, parser).read()
            sheets[key] = sheet
            findings += met
    foreign = tuple(_foreign(plan, book, places))
    findings += [say(Msg.FOREIGN_SHEET, Location(parser.unit, file=file, sheet=name, raw=name)) for name in foreign]
    findings += [say(Msg.READER_NOTE, Location(parser.unit, file=file), noi=_sentence(note)) for note in book.notes]
    bia = sheets["BIA"].rows[0] if "BIA" in sheets else None
    number = bia.number_of("phien_ban") if bia else None
    return Return(
        file=file,
        sha256=sha256,
        unit=parser.unit,
        period=bia.text("ky").upper() if bia else "",
        form=(bia.text("ma_mau") if bia else "") or next((s.version for s in sheets.values() if s.version), ""),
        version=int(number) if number is not None else None,
        kind=bia.text("loai_bao_cao") if bia else "",
        sheets=sheets,
        findings=(*parser.findings, *findings),
        foreign_sheets=foreign,
        asked=read_asked(book.sheets),
    )


def _sentence(note: str) -> str:
    return note[:1].upper() + note[1:].rstrip(".")


def _raw_unit(places: Mapping[str, Place]) -> str:
    place = places.get("BIA")
    row = place.fields.get("ma_don_vi") if place else None
    return text_at(place.raw, row, place.lead) if place and row else ""


def _foreign(plan: Plan, book: RawBook, places: Mapping[str, Place]) -> Iterator[str]:
    own = {id(place.raw) for place in places.values()}
    for raw in book.sheets:
        known = fold(raw.name) == fold(GUIDE) or raw.name.startswith("_") or asks(raw)
        if id(raw) not in own and not known and raw.cells:
            yield raw.name


@dataclass
class _Sheet:
    """Reads one form sheet."""

    place: Place
    file: str
    parser: ValueParser

    @property
    def raw(self) -> RawSheet:
        return self.place.raw

    def at(self, row: int, col: int) -> Cell:
        return Cell(self.file, self.raw.name, row, col)

    def read(self) -> tuple[FormSheet, list[Finding]]:
        place, spec = self.place, self.place.spec
        findings: list[Finding] = []
        if place.lacking:
            lacking = ": thiếu " + ", ".join(f"“{name}”" for name in place.lacking)
            findings.append(self._say(Msg.SHEET_UNREADABLE, thieu=lacking, stops=[Stop(spec.ma)]))
        if place.by_caption:
            findings.append(self._say(Msg.BY_CAPTION))
        if self.raw.hidden:
            findings.append(self._say(Msg.HIDDEN_SHEET))
        absent = [field for field in spec.truong if field.khoa not in place.fields and not self._may_be_absent(field)]
        findings += [self._say(Msg.COLUMN_ABSENT, ten=field.ten) for field in absent if spec.table]
        rows = list(self._table(findings)) if spec.table else [self._key_values()]
        sheet = FormSheet(spec.ma, self.raw.name, place.version, tuple(rows), place.fields)
        return sheet, findings

    def _may_be_absent(self, field: FieldSpec) -> bool:
        return field.bat_buoc or field.tu_tinh or not self.place.spec.table

    def _say(self, message: Message, at: Cell | None = None, stops: Sequence[Stop] = (), **slots: Any) -> Finding:
        bieu = self.place.spec.ma
        return say(message, Location(self.parser.unit, at, self.file, bieu), stops=stops, bieu=bieu, **slots)

    def _key_values(self) -> Row:
        place = self.place
        values = {}
        for key, row in place.fields.items():
            spec = place.spec.fields[key]
            values[key] = self.parser.value(
                place.spec, spec, self.raw.cells.get((row, place.lead)), self.at(row, place.lead), 0
            )
        return Row(place.spec.ma, 0, values)

    def _table(self, findings: list[Finding]) -> Iterator[Row]:
        place = self.place
        total = next(
            (row for (row, col), cell in sorted(self.raw.cells.items()) if col == place.lead and _is_total(cell.value)),
            None,
        )
        findings += self._moved()
        filled = sorted({row for row, _ in self.raw.cells if row >= place.first_row and row != total})
        rows = []
        for number in filled:
            held = {key: self.raw.cells.get((number, col)) for key, col in place.fields.items()}
            texts = [
                shown(cell.value) or cell.error or ("=" if cell.formula else "")
                for key, cell in held.items()
                if cell is not None and not self._makes_no_row(key)
            ]
            texts = [text for text in texts if text]
            if not texts:
                continue
            if all(tidy(text) in _DOTS for text in texts):
                findings.append(self._say(Msg.SAMPLE_ROW, self.at(number, place.lead), dong=number))
                continue
            row = Row(
                place.spec.ma,
                number,
                {
                    key: self.parser.value(place.spec, place.spec.fields[key], cell, self._cell(number, key), number)
                    for key, cell in held.items()
                },
            )
            rows.append(row)
            if number in self.raw.hidden_rows:
                findings.append(self._say(Msg.HIDDEN_ROW, self.at(number, place.lead), dong=number))
            if total is not None and number > total:
                findings.append(self._say(Msg.BELOW_TOTAL, self.at(number, place.lead), dong=number))
            yield row
        findings += self._extra_columns({row.number for row in rows})
        findings += self._typed_totals(total, rows)

    def _cell(self, row: int, key: str) -> Cell:
        return self.at(row, self.place.fields[key])

    def _makes_no_row(self, key: str) -> bool:
        spec = self.place.spec.fields[key]
        return spec.cho_san or spec.tu_tinh

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
                yield self._say(
                    Msg.EXTRA_COLUMN, self.at(row, col), cot=column_letter(col), ghi=self._caption(col) or text
                )

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
        for key, col in self.place.fields.items():
            spec, cell = self.place.spec.fields[key], self.raw.cells.get((total, col))
            if not spec.numeric or cell is None or cell.formula or isinstance(cell.value, bool):
                continue
            if not isinstance(cell.value, int | float):
                continue
            typed = Decimal(format(cell.value, ".15g"))
            blank = Decimal(self.parser.plan.blank_counts_as(self.place.spec.ma, key) or 0)
            added = sum((_counted(row.values.get(key), blank) for row in rows), Decimal(0))
            if typed != added:
                yield self._say(
                    Msg.TOTAL_WRONG, self.at(total, col), ten=spec.ten, ghi=show_number(typed), cong=show_number(added)
                )


def _counted(value: Value | None, blank: Decimal) -> Decimal:
    """What a cell adds to its column: a blank what the figure takes it for, an unread one nothing."""
    if value is None or value.blank:
        return blank
    return value.typed if isinstance(value.typed, Decimal) else Decimal(0)


def _is_total(value: object) -> bool:
    return isinstance(value, str) and value.strip() == TOTAL
