"""The lines of ``Lỗi`` of the level below, said in the cells of its consolidated workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from dvk_reports.intake.back.below_tables import LevelBelow
from dvk_reports.messages.printed import readdressed, sentence_of
from dvk_reports.messages.returns import Msg
from dvk_reports.model.findings import Finding, Level, Stop
from dvk_reports.model.returns import FormSheet
from dvk_reports.model.values import Value, column_number
from dvk_reports.plan.book.rulebook import Plan, SheetSpec

NOT_UNDERSTOOD = frozenset(
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
        Msg.NUMBER_TOO_LONG,
        Msg.YEAR_AS_DAY,
    )
)
"""Sentences about a cell that has no value: what stands here is only the text of it."""
OF_READING = NOT_UNDERSTOOD | {
    message.name
    for message in (
        Msg.SHEET_UNREADABLE,
        Msg.BY_CAPTION,
        Msg.MOVED,
        Msg.HEADING_CHANGED,
        Msg.LIST_LOST,
        Msg.EXTRA_COLUMN,
        Msg.COLUMN_ABSENT,
        Msg.HIDDEN_ROW,
        Msg.HIDDEN_SHEET,
        Msg.BELOW_TOTAL,
        Msg.NO_RECORD,
        Msg.TEXT_ONLY,
        Msg.NIL_WORD,
        Msg.NIL_WORD_AGAINST_ROWS,
        Msg.NUMBER_LOOKS,
        Msg.DAY_IN_TEXT,
        Msg.DAYS_SWAPPED,
        Msg.BESIDE,
        Msg.UNDER_MERGED,
        Msg.COPY_READ,
        Msg.COPIES_EQUAL,
        Msg.COPIES_DIFFER,
        Msg.FOREIGN_SHEET,
        Msg.READER_NOTE,
        Msg.NORMALISED,
        Msg.LEGACY_TEXT,
        Msg.TOTAL_WRONG,
        Msg.EARLIER_FORM,
    )
}
"""What only the reader of the unit's own file can have met."""


def value_at(sheets: Mapping[str, FormSheet], sheet: str, row: int, key: str) -> Value | None:
    """The value of a field in a row; None where there is no such row or field."""
    found = sheets.get(sheet)
    line = next((line for line in found.rows if line.number == row), None) if found is not None else None
    return line.values.get(key) if line is not None else None


@dataclass(frozen=True)
class CarriedLines:
    """Carries findings from the cells of one unit's own file over to those of the consolidated workbook."""

    book: LevelBelow
    view: Plan
    places: Mapping[str, Mapping[str, str]]
    """Sheet -> key -> where it stands in the unit's own file."""
    moved: Mapping[tuple[str, int], int]
    """(sheet, row in the unit's own file) -> row here."""
    sheets: Mapping[str, FormSheet]

    def here(self, finding: Finding, file: str) -> Finding:
        """A line of the level below with its cell, rows and stops as they are in ``file``."""
        spec = self.view.sheets.get(finding.sheet)
        rule = sentence_of(finding.code, finding.text)
        if spec is None:
            return replace(finding, file=file, cell="", row=0, rule=rule)
        letters = finding.cell.rstrip("0123456789")
        digits = finding.cell[len(letters) :]
        own = finding.row or int(digits if digits.isdigit() else 0)
        row = self.moved.get((spec.ma, own), 0)
        key = finding.key or self._key(spec, finding.cell)
        value = value_at(self.sheets, spec.ma, row, key) if row or not spec.table else None
        # A line without a key keeps none: it is about the row, or the sheet.
        cell = value.at.a1 if value is not None else f"A{row}" if row else ""
        return replace(
            finding,
            file=file,
            cell=cell,
            row=row,
            rule=rule,
            stops=tuple(self._stops(finding, spec, row, key)),
            text=readdressed(finding.text, partial(self._cell, spec), partial(self._row, spec.ma)),
            remedy=readdressed(finding.remedy, partial(self._cell, spec), partial(self._row, spec.ma)),
        )

    def _stops(self, finding: Finding, spec: SheetSpec, row: int, key: str) -> Iterator[Stop]:
        """The stops of a line, where they still can be found; a Chặn that does not name any stops its cell or sheet."""
        for stop in finding.stops:
            here = self.moved.get((stop.sheet, stop.row)) if stop.row else 0
            if here is not None:
                yield stop._replace(row=here)
        table = self.book.tables.get(spec.ma)
        unsaid = table is not None and "dung" not in table.sheet.keys
        if finding.level is Level.BLOCK and not finding.stops and unsaid:
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

    def _cell(self, spec: SheetSpec, a1: str) -> str:
        letters = a1.rstrip("0123456789")
        row = self.moved.get((spec.ma, int(a1[len(letters) :])), 0)
        value = value_at(self.sheets, spec.ma, row, self._key(spec, a1)) if row or not spec.table else None
        return value.at.a1 if value is not None else a1
