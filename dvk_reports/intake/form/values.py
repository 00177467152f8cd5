"""From a raw cell to a typed value: what the unit wrote is kept, and what cannot be understood is said.

Nothing is repaired. The silent readings allowed are those with one meaning only (a label in other spelling, digits
typed as text); each is told in a Ghi chú with what was written and what was read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any, TypeAlias

from dvk_reports.intake.form.numbers_and_days import read_day_cell, read_number_cell, whole_number
from dvk_reports.intake.form.old_fonts import decoded
from dvk_reports.intake.form.shown import exact, number_in, shown
from dvk_reports.intake.readers.raw import RawCell
from dvk_reports.messages.message import Message
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.findings import Finding, Level, Stop
from dvk_reports.model.values import Cell, Typed, Value
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import FieldSpec, Plan, SheetSpec
from dvk_reports.vietnamese.legacy import DOUBTFUL, readings
from dvk_reports.vietnamese.text import fold, nearest, tidy, unaccented
from dvk_reports.vietnamese.words import NO, YES

__all__ = ["FieldCell", "ValueParser", "exact", "number_in", "shown"]

_EXCEL_ERROR = re.compile(r"#[A-Z0-9/_]+[!?]?|Err:[0-9]+")
Read: TypeAlias = tuple[str, Typed | None]
"""What stands in a cell, and what it was understood as."""
Where: TypeAlias = tuple[str, str, int, int]
"""File, sheet, row and column."""
_BLANK: Read = ("", None)
_OFFICE_LISTS = ("don_vi", "ky")
"""Lists that come from register and plan; K01 looks them up."""


@dataclass
class ValueParser:
    """Types the cells of one file and gathers what it meets."""

    plan: Plan
    """The rule book of the quarter that the file is of."""
    unit: str
    renamed: dict[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    """(sheet, key) -> label of an earlier version of the form -> the label it is read as."""
    findings: list[Finding] = field(default_factory=list)
    end: date | None = None
    """The last day of that quarter; None where the file names none."""
    labels: dict[tuple[str, str, str], Read] = field(default_factory=dict)
    """(sheet, key, text) -> what it was read as, of labels of which there was nothing to say."""

    def apart(self) -> ValueParser:
        """The same with findings of its own."""
        return ValueParser(self.plan, self.unit, self.renamed, [], self.end, self.labels)

    def value(self, sheet: SheetSpec, spec: FieldSpec, raw: RawCell | None, at: Cell, row: int) -> Value:
        """One cell of a form as a Value; what is wrong with it goes to ``findings``."""
        if raw is None:
            return Value("", None, at)
        return Value(*self.read(sheet, spec, decoded(raw), (at.file, at.sheet, at.row, at.col), row), at)

    def read(self, sheet: SheetSpec, spec: FieldSpec, raw: RawCell, where: Where, row: int) -> Read:
        """The same of a cell with its text in Unicode, without where it stands: ("", None) where it is blank."""
        if spec.tu_tinh and (raw.formula or raw.value is None):
            return _BLANK  # the form's own count, which nobody typed
        return self._quiet(sheet, spec, raw) or self._heard(FieldCell(self, sheet.ma, spec, where, row, raw))

    def _quiet(self, sheet: SheetSpec, spec: FieldSpec, raw: RawCell) -> Read | None:
        """What nearly all cells hold, of which nothing can be said; None for any other."""
        value = raw.value
        if raw.error or raw.encoding or raw.linked or raw.struck is not None:
            return None
        if isinstance(value, str):
            if spec.kieu == "chu":
                text = shown(value)
                return (text, text) if text else _BLANK
            return self.labels.get((sheet.ma, spec.khoa, value))
        if type(value) is int and spec.numeric:
            return whole_number(value, raw.number_format, self.plan.forms.gioi_han.chu_so)
        return (shown(value), value) if type(value) is date and spec.kieu == "ngay" else None

    def _heard(self, cell: FieldCell) -> Read:
        """What a cell holds, with all that is to be said of it."""
        raw, before = cell.raw, len(self.findings)
        if raw.value is None:
            blank = raw.struck is None and not raw.error and not raw.formula
            return _BLANK if blank else (_say_unread(cell), None)
        text = shown(raw.coded or raw.value, raw.number_format)
        if not text:
            return _BLANK
        if raw.struck is not None:
            cell.say(Msg.STRUCK_PART, text, gach=shown(raw.struck))
        if raw.linked:
            cell.say(Msg.LINKED_VALUE, text)
        read = text, _READERS[cell.spec.kieu](cell, text)
        label = cell.spec.kieu in ("chon", "co_khong") and not raw.encoding
        if label and isinstance(raw.value, str) and len(self.findings) == before:
            self.labels[cell.sheet, cell.spec.khoa, raw.value] = read
        return read


@dataclass(slots=True)
class FieldCell:
    """One cell of a file with the field it belongs to; says what is wrong with it."""

    parser: ValueParser
    sheet: str
    spec: FieldSpec
    where: Where
    row: int
    raw: RawCell

    @property
    def at(self) -> Cell:
        """Where it stands."""
        return Cell(*self.where)

    def say(self, message: Message, raw: str, **slots: Any) -> None:
        """Put a finding on this cell; a Chặn stops its value."""
        block = message.level is Level.BLOCK
        self.parser.findings.append(
            say(
                message,
                Location(self.parser.unit, self.at, sheet=self.sheet, raw=raw, row=self.row, key=self.spec.khoa),
                stops=[Stop(self.sheet, self.row, self.spec.khoa)] if block else (),
                ten=self.spec.ten,
                **slots,
            )
        )

    def read_as(self, written: str, understood: str) -> None:
        """Say what was understood, where that is not what stands there."""
        if tidy(written) != understood:
            self.say(Msg.NORMALISED, written, doc=understood)

    @property
    def counts(self) -> bool:
        """Whether it holds a number of things, and not the number of an edition on the cover."""
        return self.spec.kieu == "nguyen" and self.sheet != self.parser.plan.sheet(SheetRole.COVER)

    @property
    def labels(self) -> Sequence[str]:
        """The labels of its drop-down."""
        return self.parser.plan.labels(self.spec.danh_sach) if self.spec.danh_sach else (YES, NO)

    @property
    def earlier_labels(self) -> Mapping[str, str]:
        """Labels of an earlier version of the form -> those that they are read as."""
        return self.parser.renamed.get((self.sheet, self.spec.khoa), {})

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day that it may hold, as far as the file alone tells them."""
        end = self.parser.end or self.parser.plan.last_quarter.last_day
        return self.parser.plan.day_bound(self.spec).days(end, end)

    @property
    def widest_days(self) -> tuple[date, date]:
        """The same whatever the day of the run, which may come long after the period."""
        end = self.parser.end or self.parser.plan.last_quarter.last_day
        return self.parser.plan.day_bound(self.spec).days(end, date.max)


def _say_unread(cell: FieldCell) -> str:
    """Say why a cell that is not blank has no value; gives what stands there."""
    raw = cell.raw
    if raw.error:
        cell.say(Msg.ERROR_CELL if _EXCEL_ERROR.fullmatch(raw.error) else Msg.DAMAGED_CELL, raw.error)
        return raw.error
    if raw.struck is not None:
        written = shown(raw.struck, raw.number_format)
        cell.say(Msg.STRUCK_VALUE, written)
        return written
    written = raw.source or "(công thức chưa có kết quả)"
    cell.say(Msg.NO_CACHED_VALUE, written)
    return written


def _text(cell: FieldCell, text: str) -> Typed | None:
    raw = cell.raw
    if isinstance(raw.value, date | time | timedelta) and (cell.spec.so_hieu or cell.spec.la_ma):
        cell.say(Msg.DAY_IN_TEXT, text)
    if not isinstance(raw.value, str):
        return shown(raw.value)  # a telephone number or a code has no thousand points, whatever the format
    if raw.encoding == DOUBTFUL:
        cell.say(Msg.LEGACY_DOUBT, text)
        return None
    read = shown(raw.value)
    if raw.encoding:
        cell.say(Msg.LEGACY_TEXT, text, ma=raw.encoding, doc=read)
    return read


def _label(cell: FieldCell, text: str) -> str | None:
    if cell.spec.danh_sach in _OFFICE_LISTS:
        return tidy(shown(cell.raw.value) if cell.raw.coded else text)
    read = _known_reading(cell, text)
    # The words of the form that the unit has filled in come before those of today: one may be the other's old name.
    for label, now in cell.earlier_labels.items():
        if fold(label) == fold(read):
            if tidy(text) != label:
                cell.say(Msg.NORMALISED, text, doc=now)
            return now
    match = _same_label(cell.labels, read)
    if match is None:
        close = nearest(read, cell.labels)
        cell.say(Msg.NOT_IN_LIST, text, gan=f" Có phải là “{close}”?" if close else "")
        return None
    cell.read_as(text, match)
    return match


def _known_reading(cell: FieldCell, text: str) -> str:
    """The text in Unicode; where the letters alone leave it open, in the reading that is one of the labels."""
    raw = cell.raw
    if raw.encoding == DOUBTFUL:
        known = {fold(label) for label in (*cell.labels, *cell.earlier_labels)}
        return next((read for read in readings(text, raw.font) if fold(read) in known), text)
    return shown(raw.value) if raw.encoding else text


def _same_label(labels: Sequence[str], text: str) -> str | None:
    """The label that a text is another spelling of, or, without any tone or mark, the only one it can be."""
    key = fold(text)
    match = next((label for label in labels if fold(label) == key), None)
    if match is None and unaccented(key) == key:
        bare = [label for label in labels if unaccented(fold(label)) == key]
        match = bare[0] if len(bare) == 1 else None
    return match


def _yes_no(cell: FieldCell, text: str) -> Typed | None:
    if fold(text) in map(fold, cell.parser.plan.forms.cach_doc.co):
        cell.read_as(text, YES)
        return True
    label = _label(cell, text)
    return None if label is None else label == YES


_READERS: dict[str, Callable[[FieldCell, str], Typed | None]] = {
    "chu": _text,
    "nguyen": read_number_cell,
    "so": read_number_cell,
    "ngay": read_day_cell,
    "chon": _label,
    "co_khong": _yes_no,
}
