"""The return of one unit out of a consolidated workbook of the level below."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from dvk_reports.intake.back.below_findings import NOT_UNDERSTOOD, OF_READING, CarriedLines, value_at
from dvk_reports.intake.back.below_tables import LevelBelow, RowTable
from dvk_reports.intake.back.printed import places_of
from dvk_reports.intake.form.content import content_hash
from dvk_reports.intake.form.returned import cover_of
from dvk_reports.intake.form.values import ValueParser
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.findings import Asked, Finding, Stop
from dvk_reports.model.periods import quarter_in
from dvk_reports.model.returns import FormSheet, Return
from dvk_reports.model.values import Cell, Row
from dvk_reports.plan.book.form_versions import form_reading
from dvk_reports.plan.book.rulebook import SheetSpec

_ERROR = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)")


class UnitReader:
    """Reads the return of one unit and quarter."""

    def __init__(self, book: LevelBelow, covers: RowTable, name: str, whose: tuple[str, str]) -> None:
        """``covers`` has one row of this unit and quarter."""
        self.book, self.covers, self.name = book, covers, name
        self.unit, self.quarter = whose
        self.view = book.view(self.quarter)
        cover, (line,) = covers.sheet, covers.rows[whose]
        self.below = cover.text(line, "tep")
        self.places = places_of(cover.text(line, "bo_cuc"))
        self.present = [sheet for sheet in cover.parts(line, "bieu_co") if sheet in self.view.sheets]
        self.stops = {Stop(sheet) for sheet in cover.parts(line, "bieu_dung")}
        self.moved: dict[tuple[str, int], int] = {}
        """(sheet, row in the unit's own file) -> row here."""
        self.parser = ValueParser(self.view, self.unit)
        said = quarter_in(self.quarter)
        self.earlier = form_reading(book.plan, cover.text(line, "ma_mau"), said.last_day) if said is not None else None

    def read(self) -> Return:
        """The return; its hash is made of what it says and of what is stopped in it."""
        sheets, lost = self._sheets()
        in_this_workbook = CarriedLines(self.book, self.view, self.places, self.moved, sheets)
        lines = [in_this_workbook.here(finding, self.name) for finding in self._own_lines()]
        sheets, met = self._unread(sheets, lines)
        reading = [finding for finding in lines if finding.rule in OF_READING]
        carried = [finding for finding in lines if finding.rule not in OF_READING]
        covered = {stop for finding in (*lines, *lost) for stop in finding.stops}
        carried += [self._stopped(stop, sheets) for stop in sorted(self.stops - covered)]
        cover = cover_of(self.view, sheets) or Row("", 0, {})
        number = cover.number_of("phien_ban")
        received, origin = self.book.days.get((self.unit, self.below), (None, ""))
        found = Return(
            file=self.name,
            sha256="",
            unit=self.unit,
            period=self.quarter,
            form=self.earlier.wanted if self.earlier is not None else cover.text("ma_mau"),
            version=int(number) if number is not None else None,
            kind=cover.text("loai_bao_cao"),
            sheets=sheets,
            findings=(*met, *reading, *lost),
            received=received,
            received_from=origin,
            asked=tuple(_asked(finding) for finding in lines if finding.answer),
            box=self.book.file,
            carried=tuple(carried),
        )
        return replace(found, sha256=content_hash(found, self.stops | covered))

    def _sheets(self) -> tuple[dict[str, FormSheet], list[Finding]]:
        """The sheets that the unit has, and what is said of those that are damaged."""
        sheets: dict[str, FormSheet] = {}
        lost: list[Finding] = []
        for name, spec in self.view.sheets.items():
            table = self.book.tables.get(name)
            lines = table.rows.get((self.unit, self.quarter), ()) if table is not None else ()
            if self.present and name not in self.present and not lines:
                continue
            why = self.book.damage(spec)
            if not why and not spec.table and len(lines) != 1:
                why = f"có {len(lines)} dòng của đơn vị, phải có đúng một"
            if why:
                lost.append(self._damaged(spec, why))
            sheets[name] = self._sheet(spec, table, lines if spec.table else lines[:1])
        return sheets, lost

    def _sheet(self, spec: SheetSpec, table: RowTable | None, lines: Sequence[int]) -> FormSheet:
        if table is None:
            return FormSheet(spec.ma, spec.ma, "", (), {})
        keys = table.sheet.keys
        missing = self._missing(spec)
        rows = []
        for line in lines:
            number = line if spec.table else 0
            at = partial(self._at, table, line)
            row = table.sheet.row(self.parser, spec, line, number, self.places.get(spec.ma, {}), at)
            held = {key: value for key, value in row.values.items() if key in keys}
            rows.append(replace(row, values={k: v for k, v in held.items() if not (v.blank and k in missing)}))
            own = table.sheet.text(line, "dong")
            if own.isdigit():
                self.moved.setdefault((spec.ma, int(own)), line)
            self.stops |= {Stop(spec.ma, number, key) for key in table.sheet.parts(line, "dung")}
        if Stop(spec.ma) in self.stops:
            rows = _without_absent(spec, rows)
        columns = {key: keys[key] if spec.table else lines[0] for key in spec.keys if key in keys and lines}
        return FormSheet(spec.ma, table.sheet.raw.name, "", tuple(rows), columns)

    def _missing(self, spec: SheetSpec) -> frozenset[str]:
        """Columns that the unit's own form, of an earlier version, did not have: what is blank there is not missing."""
        if self.earlier is None:
            return frozenset()
        found = (reading.missing for reading in self.earlier.sheets.values() if reading.wanted.ma == spec.ma)
        return next(found, frozenset())

    def _at(self, table: RowTable, line: int, key: str) -> Cell:
        return Cell(self.name, table.sheet.raw.name, line, table.sheet.keys.get(key, 1))

    def _damaged(self, spec: SheetSpec, why: str) -> Finding:
        place = Location(self.unit, file=self.name, sheet=spec.ma)
        return say(Msg.DAMAGED_BELOW, place, stops=[Stop(spec.ma)], bieu=spec.ma, noi=why)

    def _stopped(self, stop: Stop, sheets: Mapping[str, FormSheet]) -> Finding:
        """The finding for a stop of which the workbook no longer says why."""
        value = value_at(sheets, stop.sheet, stop.row, stop.key)
        spec = self.view.sheets.get(stop.sheet)
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

    def _own_lines(self) -> Sequence[Finding]:
        """The lines of ``Lỗi`` on this return.

        None where two quarters bear one name of a file and the line does not tell which of them is meant.
        """
        shared = sum(
            self.covers.sheet.text(row, "tep") == self.below
            for (unit, _), rows in self.covers.rows.items()
            for row in rows
            if unit == self.unit
        )
        return [
            finding
            for quarter, finding in self.book.lines.get((self.unit, self.below), ())
            if quarter == self.quarter or (not quarter and shared == 1)
        ]

    def _unread(
        self, sheets: Mapping[str, FormSheet], lines: Sequence[Finding]
    ) -> tuple[dict[str, FormSheet], list[Finding]]:
        """The sheets and what typing has met, without the cells that were not understood below: they are no values."""
        known = {(finding.sheet, finding.row, finding.key) for finding in lines if finding.rule in NOT_UNDERSTOOD}
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


def _without_absent(spec: SheetSpec, rows: Sequence[Row]) -> list[Row]:
    """The rows of a sheet that was stopped as a whole, without the columns that the unit's own file did not have.

    Such a column is required and has no value in any row.
    """
    absent = {item.khoa for item in spec.truong if item.bat_buoc and all(_is_blank(row, item.khoa) for row in rows)}
    return [replace(row, values={key: row.values[key] for key in row.values if key not in absent}) for row in rows]


def _is_blank(row: Row, key: str) -> bool:
    value = row.values.get(key)
    return value is None or value.blank


def _asked(finding: Finding) -> Asked:
    """What a unit was asked below and has answered there, so that the answer holds here too."""
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
