"""One form sheet of a file: its rows with typed values, and what reading it has met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from dvk_reports.intake.form.beside import values_beside, values_off_the_lines
from dvk_reports.intake.form.columns import Columns
from dvk_reports.intake.form.covered import covered
from dvk_reports.intake.form.day_columns import swapped_days
from dvk_reports.intake.form.grid import Cells
from dvk_reports.intake.form.lines import Kind, Line, content_of
from dvk_reports.intake.form.places import TOTAL, Place
from dvk_reports.intake.form.records import Records
from dvk_reports.intake.form.shown import struck_out
from dvk_reports.intake.form.values import Read, ValueParser, number_in, shown
from dvk_reports.intake.readers.raw import RawCell, RawSheet
from dvk_reports.messages.message import Message
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.findings import Finding, Stop
from dvk_reports.model.packed import PackedValues
from dvk_reports.model.returns import FormSheet
from dvk_reports.model.values import Cell, Row, Value, column_letter
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import SheetSpec
from dvk_reports.vietnamese.numbers import show_number

_NO_RECORD = {
    Kind.TOTAL: "là dòng tổng (“{ghi}”)",
    Kind.CAPTIONS: "nhắc lại tiêu đề, số thứ tự các cột",
    Kind.DASHES: "chỉ có dấu gạch, dấu chấm",
    Kind.TEXT: "nằm dưới dòng tổng và chỉ có chữ (“{ghi}”)",
}
"""Kind of a line that is no record -> what is told of it."""
_SIGNATURES = "là phần ký tên dưới bảng (“{ghi}”)"
_NAMED = 10
"""Cells of a column that are named one by one."""
_TOLD_TOGETHER = (Kind.DASHES, Kind.TEXT)


@dataclass(frozen=True)
class SheetRead:
    """A form sheet as it was read."""

    sheet: FormSheet
    findings: tuple[Finding, ...]
    nil: Cell | None
    """Where it says in words that there is nothing to report."""


@dataclass(frozen=True)
class SheetReader:
    """Reads one form sheet."""

    place: Place
    file: str
    parser: ValueParser
    columns: Columns
    """Which of its columns are which of the rows, and how they are read."""

    @property
    def raw(self) -> RawSheet:
        return self.place.raw

    @property
    def spec(self) -> SheetSpec:
        """The sheet that the rows are rows of."""
        return self.columns.spec

    @property
    def fields(self) -> Mapping[str, int]:
        """Key of the rows -> column (tables) or row (key/value sheets) in the file."""
        return self.columns.fields

    def read(self) -> SheetRead:
        """The sheet, and what reading it has met apart from its values."""
        place, spec = self.place, self.spec
        findings: list[Finding] = []
        if lacking := self.columns.lacking:
            text = ": thiếu " + ", ".join(f"“{name}”" for name in lacking)
            findings.append(self._say(Msg.SHEET_UNREADABLE, thieu=text, stops=[Stop(spec.ma)]))
        if place.crossed:
            findings.append(self._say(Msg.SHEET_UNREADABLE, thieu=self._crossed(), stops=[Stop(spec.ma)]))
        if place.by_caption:
            findings.append(self._say(Msg.BY_CAPTION))
        if self.raw.hidden:
            findings.append(self._say(Msg.HIDDEN_SHEET))
        findings += [self._say(Msg.COLUMN_ABSENT, ten=field.ten) for field in self.columns.absent]
        findings += self._under_merged()
        nil: Cell | None = None
        if spec.table:
            rows, nil = self._table(findings)
        else:
            findings += self._beside()
            rows = (self._key_values(),)
        sheet = FormSheet(spec.ma, self.raw.name, place.version, rows, self.fields)
        return SheetRead(sheet, tuple(findings), nil)

    def _crossed(self) -> str:
        """Where hidden keys and captions say two things."""
        where = self.place.crossed
        if not self.spec.table:
            return f": tiêu đề ở dòng {', '.join(map(str, where))} không khớp cột đầu đang ẩn"
        return f": tiêu đề ở cột {', '.join(map(column_letter, where))} không khớp dòng đầu đang ẩn"

    def _at(self, row: int, col: int) -> Cell:
        return Cell(self.file, self.raw.name, row, col)

    def _say(
        self,
        message: Message,
        at: Cell | None = None,
        stops: Sequence[Stop] = (),
        raw: str = "",
        row: int = 0,
        key: str = "",
        **slots: Any,
    ) -> Finding:
        bieu = self.spec.ma
        where = Location(self.parser.unit, at, self.file, bieu, raw, row, key)
        return say(message, where, stops=stops, bieu=bieu, **slots)

    def _key_values(self) -> Row:
        if self.columns.ready:
            return self._reader.of_lines(self.cells)
        lead = self.place.lead
        values = {}
        for key, row in self.fields.items():
            cell = self.cells.get((row, lead))
            values[key] = self.parser.value(self.spec, self.spec.fields[key], cell, self._at(row, lead), 0)
        return Row(self.spec.ma, 0, values)

    def _table(self, findings: list[Finding]) -> tuple[tuple[Row, ...], Cell | None]:
        """The records of a table, and where it says in words that there is none."""
        lead = self.place.lead
        totals = self._total_rows()
        total = next((row for row in totals if row >= self.place.first_row), 0)  # one above the captions ends nothing
        findings += self._moved()
        rows, others = self._records(total, findings)
        for row in rows if total or self.raw.hidden_rows else ():
            if row.number in self.raw.hidden_rows:
                findings.append(self._say(Msg.HIDDEN_ROW, self._at(row.number, lead), dong=row.number))
            if total and row.number > total:
                findings.append(self._say(Msg.BELOW_TOTAL, self._at(row.number, lead), dong=row.number))
        findings += self._no_records(others, total)
        nil, met = self._nil_word(others, rows)
        findings += met
        if self._reader.more:
            findings += self._extra_columns(row.number for row in rows)
        findings += (finding for number in totals for finding in self._typed_totals(number, rows))
        if self._reader.written_days:
            findings += self._days_in_doubt(rows)
        return tuple(rows), nil

    def _total_rows(self) -> list[int]:
        """The rows that the form itself has marked as those of the sums: above the captions, or once below the rows."""
        lead = self.place.lead
        held = [
            (row, cell.written)
            for row, cells in self.rows.items()
            if (cell := cells.get(lead)) is not None and type(cell.value) is not int
        ]
        return [row for row, text in held if isinstance(text, str) and text.strip() == TOTAL]

    @cached_property
    def _reader(self) -> Records:
        return Records(self.columns, self.parser, self.file, self.raw.name)

    def _records(self, total: int, findings: list[Finding]) -> tuple[list[Row], list[Line]]:
        """The records of a table, and every other line under the head that holds something, but the form's own total.

        Under the total row the other lines are all lines.
        """
        lines, lead, ready = self.columns.lines, self.place.lead, self.columns.ready
        rows: list[Row] = []
        others: list[Line] = []
        after: Kind | None = None
        for number, cells in self.rows.items():
            if number < self.place.first_row or number == total:
                continue
            if len(cells) == 1 and (only := cells.get(lead)) is not None and type(only.value) is int:
                continue  # a free line has its printed number
            below = bool(total) and number > total
            if ready and not below and lines.sure(cells):
                after = Kind.RECORD
            elif held := lines.held(cells):
                after = lines.kind(cells, held, below, after)
                if below or after is not Kind.RECORD:
                    others.append(Line(number, after, held))
            else:
                continue
            if after is Kind.RECORD:
                rows.append((self._reader.row(number, cells) if ready else None) or self._row(number, findings))
        return rows, others

    def _days_in_doubt(self, rows: Sequence[Row]) -> Iterator[Finding]:
        """K29 on every column of days in which day and month may have changed places."""
        for key, col in self.columns.days:
            field = self.spec.fields[key]
            doubt = swapped_days(self.cells, col, [row.number for row in rows])
            if doubt is not None:
                cells = [self._at(row, col) for row in doubt.rows]
                raw = shown(self.cells[doubt.rows[0], col].value)
                more = ", …" if len(cells) > _NAMED else ""
                named = ", ".join(cell.a1 for cell in cells[:_NAMED]) + more
                first = doubt.rows[0]
                yield self._say(
                    Msg.DAYS_SWAPPED, cells[0], raw=raw, row=first, key=key, ten=field.ten, chu=doubt.text, cac_o=named
                )

    def _no_records(self, found: Sequence[Line], total: int) -> Iterator[Finding]:
        """K27: lines that hold something and are no record; alike ones that follow each other are told together."""
        lines = self.columns.lines
        signed = next((line.number for line in found if total and line.number > total and lines.is_signature(line)), 0)
        waiting: list[Line] = []
        for line in found:
            if line.kind is Kind.TEXT and not (total and line.number > total):
                at = self._at(line.number, min(line.held))
                text = line.text
                yield self._say(Msg.TEXT_ONLY, at, raw=text, row=line.number, dong=line.number)
            elif line.kind in _NO_RECORD:
                if waiting and (waiting[-1].kind is not line.kind or line.kind not in _TOLD_TOGETHER):
                    yield self._no_record(waiting, signed)
                    waiting = []
                waiting.append(line)
        if waiting:
            yield self._no_record(waiting, signed)

    def _no_record(self, lines: Sequence[Line], signed: int) -> Finding:
        first, last = lines[0], lines[-1]
        text = first.text if len(lines) == 1 else f"{first.text} … {last.text}"
        dong = f"Dòng {first.number}" if len(lines) == 1 else f"Các dòng từ {first.number} đến {last.number}"
        la = _NO_RECORD[first.kind]
        if first.kind is Kind.TEXT and signed and first.number >= signed:
            la = _SIGNATURES
        at = self._at(first.number, min(first.held))
        return self._say(Msg.NO_RECORD, at, raw=text, dong=dong, la=la.format(ghi=text))

    def _nil_word(self, found: Sequence[Line], rows: Sequence[Row]) -> tuple[Cell | None, list[Finding]]:
        """Where the sheet says in words that there is nothing to report, and what is told of it."""
        said = [line for line in found if line.kind is Kind.NIL]
        places = [(line, self._at(line.number, min(line.held))) for line in said]
        if rows:
            message = Msg.NIL_WORD_AGAINST_ROWS
            return None, [
                self._say(message, at, raw=line.text, row=line.number, dong=line.number, so=len(rows))
                for line, at in places
            ]
        if not places:
            return None, []
        line, at = places[0]
        tick = self._tick_caption()
        tich = f", chọn Có ở ô “{tick}” của trang bìa" if tick else ""
        return at, [self._say(Msg.NIL_WORD, at, raw=line.text, tich=tich)]

    def _tick_caption(self) -> str:
        plan = self.parser.plan
        cover = plan.sheets.get(plan.sheet(SheetRole.COVER))
        return cover.fields[self.spec.tick].ten if cover is not None and self.spec.tick in cover.fields else ""

    def _row(self, number: int, findings: list[Finding]) -> Row:
        found, spec = self.rows[number], self.spec
        struck = self._struck(number, findings) if any(cell.struck is not None for cell in found.values()) else {}
        file, sheet, read = self.file, self.raw.name, self.parser.read
        filled: dict[str, Read] = {}
        for key, col in self.columns.order:
            if key in struck:
                filled[key] = struck[key], None
            elif col in found:
                filled[key] = read(spec, spec.fields[key], found[col], (file, sheet, number, col), number)
        held = {key: said for key, said in filled.items() if said != ("", None)}
        texts, typed = zip(*held.values(), strict=True) if held else ((), ())
        self._reader.more = self._reader.written_days = True  # whatever they are, they are looked for
        shape = self.columns.shapes.of(tuple(held))
        return Row(spec.ma, number, PackedValues(shape, (file, sheet, number), texts, typed))

    def _struck(self, number: int, findings: list[Finding]) -> Mapping[str, str]:
        """Key -> what stood there, of a line that is struck out whole, which is said."""
        found = self.rows[number]
        struck = struck_out(self.spec, {key: found.get(col) for key, col in self.columns.order})
        if struck:
            stops = [Stop(self.spec.ma, number, key) for key in struck]
            first = self._at(number, self.fields[next(iter(struck))])
            findings.append(self._say(Msg.STRUCK_ROW, first, stops, dong=number, ghi=" | ".join(struck.values())))
        return struck

    @cached_property
    def cells(self) -> Mapping[tuple[int, int], RawCell]:
        """What can be seen on the sheet: the cells without those that lie under a merged one."""
        if not self._covered:
            return self.raw.cells
        return {place: cell for place, cell in self.raw.cells.items() if place not in self._covered}

    @cached_property
    def rows(self) -> dict[int, Cells]:
        """The same by its lines; one that is covered whole has no cells."""
        if not self._covered:
            return self.place.grid.rows
        rows = dict(self.place.grid.rows)
        for row in {row for row, _ in self._covered}:
            rows[row] = {col: cell for col, cell in rows[row].items() if (row, col) not in self._covered}
        return rows

    @cached_property
    def _covered(self) -> Mapping[tuple[int, int], str]:
        """Cell of the form that lies under a merged one -> the merged cell."""
        where, first, table = set(self.fields.values()), self.place.first_row, self.spec.table
        return {
            (row, col): area
            for (row, col), area in covered(self.raw)
            if ((row >= first and col in where) if table else row in where)
        }

    def _under_merged(self) -> Iterator[Finding]:
        """K31: what stands under a merged cell is seen by nobody, so it is not read."""
        for (row, col), area in sorted(self._covered.items()):
            text, at = content_of(self.raw.cells[row, col]), self._at(row, col)
            if text:
                yield self._say(Msg.UNDER_MERGED, at, raw=text, row=row if self.spec.table else 0, o=at.a1, vung=area)

    def _beside(self) -> Iterator[Finding]:
        """K31: a value beside its cell on a key/value sheet."""
        lead = self.place.lead
        keys = {row: key for key, row in self.fields.items()}
        fields = {row: self.spec.fields[key] for row, key in keys.items()}
        for row, col in values_beside(self.parser.plan, fields, self.rows, lead):
            at, own = self._at(row, col), self._at(row, lead)
            text = content_of(self.cells[row, col])
            yield self._say(Msg.BESIDE, at, raw=text, key=keys[row], o=at.a1, dung=own.a1, ten=fields[row].ten)
        if self.spec.ma == self.parser.plan.sheet(SheetRole.COVER):
            return  # the form counts there itself, below its lines
        for row, col in values_off_the_lines(fields, self.rows, lead):
            at = self._at(row, col)
            yield self._say(Msg.OFF_THE_LINES, at, raw=content_of(self.cells[row, col]), o=at.a1)

    def _moved(self) -> Iterator[Finding]:
        """Columns that no longer stand in the order of the form."""
        if self.columns.moved and not self.place.by_caption:
            yield self._say(Msg.MOVED, cot=", ".join(map(column_letter, self.columns.moved)))

    def _extra_columns(self, rows: Iterable[int]) -> Iterator[Finding]:
        known = {*self.place.fields.values(), self.place.lead}
        for row in rows:
            for col, cell in self.rows[row].items():
                if col not in known and col > self.place.lead and (text := shown(cell.value)):
                    known.add(col)
                    caption = self._caption(col) or text
                    yield self._say(Msg.EXTRA_COLUMN, self._at(row, col), cot=column_letter(col), ghi=caption)

    def _caption(self, col: int) -> str:
        for row in range(self.place.first_row - 1, 0, -1):
            text = self.place.grid.text_at(row, col)
            if text and not text.strip("()").isdigit():
                return text
        return ""

    def _typed_totals(self, total: int, rows: Sequence[Row]) -> Iterator[Finding]:
        """K05: a number typed over the formula of a total row that is not the sum of its column."""
        for key, col in self.columns.numbers:
            spec, cell = self.spec.fields[key], self.cells.get((total, col))
            if cell is None or cell.formula or type(cell.value) not in (int, float):
                continue
            typed = Decimal(format(cell.value, ".15g"))
            held = (number_in(self.cells[row.number, col].value) for row in rows if (row.number, col) in self.cells)
            if typed == sum((number for number in held if number is not None), Decimal(0)):
                continue  # what a formula would show, which .xls does not tell from a typed number
            blank = Decimal(self.parser.plan.blank_counts_as(self.spec.ma, key) or 0)
            added = sum((_counted(row.values.get(key), blank) for row in rows), Decimal(0))
            if typed != added:
                at, ghi, cong = self._at(total, col), show_number(typed), show_number(added)
                yield self._say(Msg.TOTAL_WRONG, at, ten=spec.ten, ghi=ghi, cong=cong)


def _counted(value: Value | None, blank: Decimal) -> Decimal:
    """What a cell adds to its column: a blank what the figure takes it for, an unread one nothing."""
    if value is None or value.blank:
        return blank
    return value.typed if isinstance(value.typed, Decimal) else Decimal(0)
