"""A consolidated workbook of the level below: every unit in it a Return, as if its own file had come.

Rows are taken, never totals. A value's cell is the one in this workbook; what was stopped below stays stopped, with the
line of ``Lỗi`` that says why. A workbook that a hand has changed is refused as a whole only where nobody can tell whose
rows they are; else the sheet that lost something is stopped, and it is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial

from dvk_reports.intake.back.past import findings_of, places_of, read_row
from dvk_reports.intake.back.printed import data_rows, keys_of, text_of
from dvk_reports.intake.form.content import content_hash
from dvk_reports.intake.form.values import ValueParser
from dvk_reports.intake.readers.raw import RawBook, RawCell, RawSheet, ReadRefused
from dvk_reports.messages.printed import readdressed, sentence_of
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.records import (
    Asked,
    Cell,
    FileState,
    Finding,
    FormSheet,
    Level,
    Return,
    Row,
    Stop,
    UnitState,
    Value,
    column_number,
)
from dvk_reports.plan.book.rulebook import Plan, SheetSpec
from dvk_reports.vietnamese.dates import read_date

COVER, FINDINGS, SUBMISSIONS = "BIA", "Lỗi", "Tình hình nộp"
_OURS = ("Tổng quan", "Chỉ tiêu", "Nhiệm vụ", SUBMISSIONS, FINDINGS, "Tệp", "Nguồn số liệu")
_ENOUGH = 3
"""So many sheets with our names make a workbook of totals, even where its keys are gone."""
_WHOSE = ("ma_don_vi", "ky")
_QUARTER = re.compile(r"\d{4}-Q[1-4]", re.IGNORECASE)
_ERROR = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)")
_NOT_UNDERSTOOD = frozenset(
    message.name
    for message in (
        Msg.NOT_IN_LIST,
        Msg.NOT_A_NUMBER,
        Msg.AMBIGUOUS_NUMBER,
        Msg.NOT_WHOLE,
        Msg.NEGATIVE,
        Msg.NOT_A_DATE,
        Msg.ERROR_CELL,
        Msg.NO_CACHED_VALUE,
        Msg.PERCENT,
        Msg.LEGACY_DOUBT,
    )
)
"""Sentences about a cell that has no value: what stands here is only the text of it."""
_WAITING = {
    UnitState.REFUSED.value: FileState.REFUSED,
    UnitState.CONFLICT.value: FileState.CONFLICT,
}
_OF_READING = _NOT_UNDERSTOOD | {
    message.name
    for message in (
        Msg.SHEET_UNREADABLE,
        Msg.BY_CAPTION,
        Msg.MOVED,
        Msg.EXTRA_COLUMN,
        Msg.COLUMN_ABSENT,
        Msg.HIDDEN_ROW,
        Msg.HIDDEN_SHEET,
        Msg.BELOW_TOTAL,
        Msg.SAMPLE_ROW,
        Msg.FOREIGN_SHEET,
        Msg.READER_NOTE,
        Msg.NORMALISED,
        Msg.LEGACY_TEXT,
        Msg.TOTAL_WRONG,
    )
}
"""What only the reader of the unit's own file can have met."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One unit and quarter of the workbook: its return, or why there is none."""

    name: str
    """``<workbook>!/<ma_don_vi>``."""
    found: Return | None
    reason: str = ""
    state: FileState = FileState.UNREADABLE
    """What it is, where there is no return."""
    unit: str = ""
    period: str = ""


def is_consolidated(plan: Plan, book: RawBook) -> bool:
    """Whether it is a workbook of totals: its row sheets look like a form's, but are many units'."""
    if sum(raw.name in _OURS for raw in book.sheets) >= _ENOUGH:
        return True
    return any({"ma_don_vi", "ky", "tep"} <= keys_of(raw).keys() for raw in book.sheets if raw.name in plan.sheets)


def read_below(plan: Plan, book: RawBook, file: str) -> tuple[Entry, ...]:
    """Every unit of the workbook, in its order. ReadRefused, with the reason, where nobody can tell whose rows are."""
    return tuple(_Workbook(plan, {raw.name: raw for raw in book.sheets}, file).entries())


@dataclass(frozen=True)
class _Table:
    """A sheet with its keys, and its rows by unit and quarter."""

    raw: RawSheet
    keys: Mapping[str, int]
    rows: Mapping[tuple[str, str], Sequence[int]]
    lost: bool
    """A row of data no longer says whose it is."""

    def text(self, row: int, key: str) -> str:
        return text_of(self.raw, row, self.keys, key)


def _table(raw: RawSheet) -> _Table | None:
    keys = keys_of(raw)
    if not keys.keys() >= set(_WHOSE):
        return None
    rows: dict[tuple[str, str], list[int]] = {}
    named = data_rows(raw, {"ma_don_vi": keys["ma_don_vi"]})
    for row in named:
        rows.setdefault((text_of(raw, row, keys, "ma_don_vi"), text_of(raw, row, keys, "ky").upper()), []).append(row)
    with_quarter = {row for (row, col), cell in raw.cells.items() if col == keys["ky"] and _is_quarter(cell)}
    return _Table(raw, keys, rows, not with_quarter <= {*named, 1})


def _is_quarter(cell: RawCell) -> bool:
    return isinstance(cell.value, str) and _QUARTER.fullmatch(cell.value.strip()) is not None


@dataclass(frozen=True)
class _Workbook:
    plan: Plan
    sheets: Mapping[str, RawSheet]
    file: str

    @cached_property
    def tables(self) -> Mapping[str, _Table]:
        """Form sheet -> its rows; one whose keys are gone is not here."""
        made = {name: _table(self.sheets[name]) for name in self.plan.sheets if name in self.sheets}
        return {name: table for name, table in made.items() if table is not None}

    @cached_property
    def damaged(self) -> Mapping[str, str]:
        """Form sheet -> what it has lost, for every unit that has it."""
        found = {}
        for name, spec in self.plan.sheets.items():
            table = self.tables.get(name)
            if name not in self.sheets:
                found[name] = "không còn trong sổ"
            elif table is None:
                found[name] = "mất các khóa ở dòng 1 đang ẩn"
            elif table.lost:
                found[name] = "có dòng đã mất mã đơn vị"
            elif lacking := [item.ten for item in spec.truong if item.bat_buoc and item.khoa not in table.keys]:
                found[name] = "thiếu cột " + ", ".join(f"“{ten}”" for ten in lacking)
            elif "dung" not in table.keys and FINDINGS not in self.sheets:
                found[name] = "không cho biết ô nào bị dừng (mất cột “Ô bị dừng”)"
        return found

    @cached_property
    def lines(self) -> Mapping[tuple[str, str], Sequence[tuple[str, Finding]]]:
        """(unit, file below) -> the lines of ``Lỗi``, each with its quarter where the sheet tells it."""
        raw = self.sheets.get(FINDINGS)
        if raw is None or "ma_loi" not in (keys := keys_of(raw)):
            return {}
        found: dict[tuple[str, str], list[tuple[str, Finding]]] = {}
        for row, finding in findings_of(raw):
            if not finding.refuses:
                quarter = text_of(raw, row, keys, "ky").upper()
                found.setdefault((finding.unit, finding.file), []).append((quarter, finding))
        return found

    @cached_property
    def submissions(self) -> Sequence[Mapping[str, str]]:
        """The lines of ``Tình hình nộp``."""
        raw = self.sheets.get(SUBMISSIONS)
        if raw is None or "ma_don_vi" not in (keys := keys_of(raw)):
            return ()
        return [{key: text_of(raw, row, keys, key) for key in keys} for row in data_rows(raw, keys)]

    @cached_property
    def days(self) -> Mapping[tuple[str, str], tuple[date, str]]:
        """(unit, file below) -> the day it was received, and where that was known from."""
        found = {}
        for line in self.submissions:
            day = read_date(line.get("ngay_nhan", ""))
            if day is not None:
                found[line["ma_don_vi"], line.get("tep", "")] = (day, line.get("nguon_ngay_nhan", ""))
        return found

    def entries(self) -> Iterator[Entry]:
        cover = self.tables.get(COVER)
        if cover is None or COVER in self.damaged:
            raise ReadRefused(f"sổ tổng hợp không đọc được: trang BIA {self.damaged[COVER]}; đề nghị gửi lại đúng tệp")
        quarters = {quarter for _, quarter in cover.rows}
        names: Counter[str] = Counter()
        for unit, quarter in self._whose():
            name = f"{self.file}!/{unit or 'không rõ đơn vị'}" + (f"/{quarter}" if len(quarters) > 1 else "")
            names[name] += 1
            if names[name] > 1:
                name = f"{name}#{names[name]}"
            yield self._entry(cover, name, unit, quarter)
        if len(quarters) == 1:
            yield from self._waiting(cover, quarters.pop())

    def _waiting(self, cover: _Table, quarter: str) -> Iterator[Entry]:
        """Units that have sent something of which nothing counts below: they are not silent here either."""
        for line in self.submissions:
            unit, state = line["ma_don_vi"], _WAITING.get(line.get("trang_thai", ""))
            if state is not None and (unit, quarter) not in cover.rows:
                reason = (
                    f"ở sổ tổng hợp gửi lên, tệp {line.get('tep', '')} của đơn vị cũng là {state}, không có số liệu"
                )
                yield Entry(f"{self.file}!/{unit}", None, reason, state, unit, quarter)

    def _whose(self) -> list[tuple[str, str]]:
        """Every (unit, quarter) of any sheet, those of BIA first."""
        return list(dict.fromkeys(key for table in self.tables.values() for key in table.rows))

    def _entry(self, cover: _Table, name: str, unit: str, quarter: str) -> Entry:
        own = cover.rows.get((unit, quarter), ())
        if len(own) != 1:
            sheets = ", ".join(sheet for sheet, table in self.tables.items() if (unit, quarter) in table.rows)
            whose = f"{unit or 'đơn vị không rõ'}, kỳ {quarter or 'không rõ'}"
            reason = (
                f"sổ tổng hợp có {len(own)} dòng của {whose} ở trang BIA"
                if own
                else f"sổ tổng hợp có dòng của {whose} ở trang {sheets} nhưng không có ở trang BIA"
            )
            return Entry(name, None, f"{reason}; đề nghị gửi lại đúng tệp đã xuất ra")
        return Entry(name, _Unit(self, name, unit, quarter, own[0]).read())


@dataclass
class _Unit:
    """Reads the return of one unit."""

    book: _Workbook
    name: str
    unit: str
    quarter: str
    line: int
    stops: set[Stop] = field(default_factory=set)
    moved: dict[tuple[str, int], int] = field(default_factory=dict)
    """(sheet, row in the unit's own file) -> row here."""

    def __post_init__(self) -> None:
        cover = self.book.tables[COVER]
        self.below = cover.text(self.line, "tep")
        self.places = places_of(cover.text(self.line, "bo_cuc"))
        self.present = [name for name in cover.text(self.line, "bieu_co").split(";") if name in self.book.plan.sheets]
        self.stops |= {Stop(name) for name in cover.text(self.line, "bieu_dung").split(";") if name}
        self.parser = ValueParser(self.book.plan, self.unit)

    def read(self) -> Return:
        """The return, its hash made of what it says and what is stopped in it."""
        sheets, lost = {}, []
        for key, spec in self.book.plan.sheets.items():
            table = self.book.tables.get(key)
            lines = table.rows.get((self.unit, self.quarter), ()) if table is not None else ()
            if self.present and key not in self.present and not lines:
                continue
            why = self.book.damaged.get(key, "")
            if not why and not spec.table and len(lines) != 1:
                why = f"có {len(lines)} dòng của đơn vị, phải có đúng một"
            if why:
                lost.append(self._damaged(spec, why))
            sheets[key] = self._sheet(spec, table, lines if spec.table else lines[:1])
        told = [self._here(finding, sheets) for finding in self._lines()]
        sheets, met = self._unread(sheets, told)
        reading = [finding for finding in told if finding.rule in _OF_READING]
        carried = [finding for finding in told if finding.rule not in _OF_READING]
        covered = {stop for finding in (*told, *lost) for stop in finding.stops}
        carried += [self._stopped(stop, sheets) for stop in sorted(self.stops - covered)]
        bia = sheets[COVER].rows[0]
        number = bia.number_of("phien_ban")
        received, origin = self.book.days.get((self.unit, self.below), (None, ""))
        found = Return(
            file=self.name,
            sha256="",
            unit=self.unit,
            period=self.quarter,
            form=bia.text("ma_mau"),
            version=int(number) if number is not None else None,
            kind=bia.text("loai_bao_cao"),
            sheets=sheets,
            findings=(*met, *reading, *lost),
            received=received,
            received_from=origin,
            asked=tuple(_asked(finding) for finding in told if finding.answer),
            box=self.book.file,
            carried=tuple(carried),
        )
        return replace(found, sha256=content_hash(found, self.stops | covered))

    def _sheet(self, spec: SheetSpec, table: _Table | None, lines: Sequence[int]) -> FormSheet:
        if table is None:
            return FormSheet(spec.ma, spec.ma, "", (), {})
        rows = []
        places = self.places.get(spec.ma, {})
        for line in lines:
            number = line if spec.table else 0
            at = partial(self._at, table, line)
            row = read_row(self.parser, spec, table.raw, line, table.keys, number, places, at)
            rows.append(replace(row, values={key: row.values[key] for key in row.values if key in table.keys}))
            own = table.text(line, "dong")
            if own.isdigit():
                self.moved.setdefault((spec.ma, int(own)), line)
            self.stops |= {Stop(spec.ma, number, key) for key in table.text(line, "dung").split(";") if key}
        if Stop(spec.ma) in self.stops:
            rows = _without_absent(spec, rows)
        columns = {key: table.keys[key] if spec.table else lines[0] for key in spec.keys if key in table.keys and lines}
        return FormSheet(spec.ma, table.raw.name, "", tuple(rows), columns)

    def _at(self, table: _Table, line: int, key: str) -> Cell:
        return Cell(self.name, table.raw.name, line, table.keys.get(key, 1))

    def _damaged(self, spec: SheetSpec, why: str) -> Finding:
        place = Location(self.unit, file=self.name, sheet=spec.ma)
        return say(Msg.DAMAGED_BELOW, place, stops=[Stop(spec.ma)], bieu=spec.ma, noi=why)

    def _stopped(self, stop: Stop, sheets: Mapping[str, FormSheet]) -> Finding:
        """A stop of which the workbook no longer says why."""
        value = _value(sheets, stop.sheet, stop.row, stop.key)
        spec = self.book.plan.sheets.get(stop.sheet)
        caption = spec.fields[stop.key].ten if spec is not None and stop.key in spec.fields else stop.key
        return say(
            Msg.STOPPED_BELOW,
            Location(
                self.unit,
                value.at if value is not None else None,
                self.name,
                stop.sheet,
                value.text if value is not None else "",
                stop.row,
                stop.key,
            ),
            stops=[stop],
            gi=f"Ô “{caption}”" if stop.key else f"Biểu {stop.sheet}",
        )

    # --- the lines of Lỗi, in the cells of this workbook ---

    def _lines(self) -> Iterator[Finding]:
        """Those of this return; none where two quarters bear one name of a file and the line does not tell which."""
        cover = self.book.tables[COVER]
        shared = sum(
            cover.text(row, "tep") == self.below
            for (unit, _), rows in cover.rows.items()
            for row in rows
            if unit == self.unit
        )
        for quarter, finding in self.book.lines.get((self.unit, self.below), ()):
            if quarter == self.quarter or (not quarter and shared == 1):
                yield finding

    def _here(self, finding: Finding, sheets: Mapping[str, FormSheet]) -> Finding:
        """A line of the level below with its cell, rows and stops as they are here."""
        spec = self.book.plan.sheets.get(finding.sheet)
        rule = sentence_of(finding.code, finding.text)
        if spec is None:
            return replace(finding, file=self.name, cell="", row=0, rule=rule)
        letters = finding.cell.rstrip("0123456789")
        digits = finding.cell[len(letters) :]
        own = finding.row or int(digits if digits.isdigit() else 0)
        row = self.moved.get((spec.ma, own), 0)
        key = finding.key or self._key(spec, finding.cell)
        value = _value(sheets, spec.ma, row, key) if row or not spec.table else None
        # A line without a key keeps none: it is about the row, or the sheet.
        cell = value.at.a1 if value is not None else f"A{row}" if row else ""
        return replace(
            finding,
            file=self.name,
            cell=cell,
            row=row,
            rule=rule,
            stops=tuple(self._stops(finding, spec, row, key)),
            text=readdressed(finding.text, partial(self._cell, spec, sheets), partial(self._row, spec.ma)),
            remedy=readdressed(finding.remedy, partial(self._cell, spec, sheets), partial(self._row, spec.ma)),
        )

    def _stops(self, finding: Finding, spec: SheetSpec, row: int, key: str) -> Iterator[Stop]:
        """The stops of a line, where they still can be found; a Chặn that does not name any stops its cell or sheet."""
        for stop in finding.stops:
            here = self.moved.get((stop.sheet, stop.row)) if stop.row else 0
            if here is not None:
                yield replace(stop, row=here)
        table = self.book.tables.get(spec.ma)
        if finding.level is Level.BLOCK and not finding.stops and table is not None and "dung" not in table.keys:
            yield Stop(spec.ma, row, key) if key and (row or not spec.table) else Stop(spec.ma)

    def _row(self, sheet: str, named: str, number: int) -> int:
        return self.moved.get((named or sheet, number), number)

    def _key(self, spec: SheetSpec, a1: str) -> str:
        """The field whose value stands in a cell of the unit's own file."""
        places = self.places.get(spec.ma, {})
        letters = a1.rstrip("0123456789")
        if not spec.table:
            return next((key for key, place in places.items() if place == a1), "")
        if not letters:
            return ""
        moved = {place: key for key, place in places.items()}
        index = column_number(letters) - 2
        usual = spec.keys[index] if 0 <= index < len(spec.keys) else ""
        return moved.get(letters) or ("" if usual in places else usual)

    def _cell(self, spec: SheetSpec, sheets: Mapping[str, FormSheet], a1: str) -> str:
        letters = a1.rstrip("0123456789")
        row = self.moved.get((spec.ma, int(a1[len(letters) :])), 0)
        value = _value(sheets, spec.ma, row, self._key(spec, a1)) if row or not spec.table else None
        return value.at.a1 if value is not None else a1

    def _unread(
        self, sheets: Mapping[str, FormSheet], told: Sequence[Finding]
    ) -> tuple[dict[str, FormSheet], list[Finding]]:
        """The sheets and what typing has met, without the cells that were not understood below: they are no values."""
        known = {(finding.sheet, finding.row, finding.key) for finding in told if finding.rule in _NOT_UNDERSTOOD}
        met = [finding for finding in self.parser.findings if (finding.sheet, finding.row, finding.key) not in known]
        read = {}
        for name, sheet in sheets.items():
            rows = []
            for row in sheet.rows:
                values = {
                    key: replace(value, typed=None)
                    if (name, row.number, key) in known
                    or (Stop(name, row.number, key) in self.stops and _ERROR.fullmatch(value.text))
                    else value
                    for key, value in row.values.items()
                }
                rows.append(replace(row, values=values))
            read[name] = replace(sheet, rows=tuple(rows))
        return read, met


def _value(sheets: Mapping[str, FormSheet], sheet: str, row: int, key: str) -> Value | None:
    found = sheets.get(sheet)
    line = next((line for line in found.rows if line.number == row), None) if found is not None else None
    return line.values.get(key) if line is not None else None


def _without_absent(spec: SheetSpec, rows: Sequence[Row]) -> list[Row]:
    """Of a sheet that was stopped as a whole: a required column without a single value was not there."""
    absent = {item.khoa for item in spec.truong if item.bat_buoc and all(_is_blank(row, item.khoa) for row in rows)}
    return [replace(row, values={key: row.values[key] for key in row.values if key not in absent}) for row in rows]


def _is_blank(row: Row, key: str) -> bool:
    value = row.values.get(key)
    return value is None or value.blank


def _asked(finding: Finding) -> Asked:
    """An answer given below holds here."""
    return Asked(
        finding.level.value,
        finding.code,
        finding.sheet,
        finding.cell,
        finding.raw,
        finding.key,
        finding.subject,
        finding.text,
        finding.answer,
    )
