"""The clerk's copy of ``xet-chon.xlsx``, read back: what was typed beside each proposal, and what was printed there.

Lines are known by the machine keys and the stable id, so sorting, filtering, more columns and another program's saving
do not matter. The hidden sheet ``Bản ghi`` holds what the program wrote; what was typed over it is never taken up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dvk_reports.errors import WorkspaceError, reason_of
from dvk_reports.intake.files.kinds import sniff
from dvk_reports.intake.form.values import number_in, shown
from dvk_reports.intake.readers.raw import RawBook, RawSheet
from dvk_reports.intake.readers.workbook import ReadRefused, read_book
from dvk_reports.messages.choices import ChoiceMsg
from dvk_reports.messages.returns import Location, say
from dvk_reports.model.findings import Finding
from dvk_reports.model.proposals import CHOSEN, NOT_CHOSEN, Choice, Outcome
from dvk_reports.model.values import Cell
from dvk_reports.vietnamese.numbers import read_number
from dvk_reports.vietnamese.text import fold, tidy

PROPOSALS, GONE, RECORD = "Đề nghị", "Không còn đề nghị", "Bản ghi"
_ID = "ma_de_nghi"
_TYPED = ("quyet_dinh", "ly_do_sua", "so_tien_nhap", "can_cu_tien")
_NEEDED = frozenset({_ID, "quyet_dinh", "ly_do_sua", "de_xuat"})
_LOOK = 30
"""Rows in which the keys are looked for: a line may have been put above them."""
_GATES = tuple(f"e{number}" for number in range(1, 12))
_WORDS = {
    **dict.fromkeys(("chọn", "chon"), CHOSEN),
    **dict.fromkeys(("không chọn", "khong chon", "không chon", "khong chọn"), NOT_CHOSEN),
}


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """A proposal as the workbook showed it when the clerk decided."""

    name: str
    unit: str
    form: str
    kind: str
    outcome: str
    rank: int | None
    gates: Mapping[str, str]
    """E1 … E11 -> Đạt · Không đạt · Thiếu căn cứ; what was not there is left out."""
    reasons: str
    money: int | None


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line of ``Đề nghị``."""

    choice: Choice
    before: ShownProposal
    at: Cell
    """The cell of quyet_dinh in the clerk's copy."""
    reason_at: Cell
    """The cell of ly_do_sua."""


@dataclass(frozen=True)
class ReadChoices:
    """One copy of ``xet-chon.xlsx``."""

    file: str
    lines: Mapping[str, ReadLine]
    """Id of the proposal -> its line."""
    aside: Mapping[str, Choice] = field(default_factory=dict)
    """What had been typed for proposals that were there no more when the copy was written."""
    deleted: Mapping[str, ShownProposal] = field(default_factory=dict)
    """Proposals whose line the clerk has deleted."""
    findings: tuple[Finding, ...] = ()

    @property
    def choices(self) -> dict[str, Choice]:
        """Every choice, by id; lines where nothing was typed are left out."""
        typed = {key: line.choice for key, line in self.lines.items() if line.choice != Choice()}
        return {**self.aside, **typed}


def read_choices(path: Path) -> ReadChoices:
    """The choices in a copy of ``xet-chon.xlsx``; WorkspaceError where the file or its keys cannot be read."""
    # The cards are most of the file; all sheets are read only where ``Đề nghị`` has been renamed.
    book = _book(path, (PROPOSALS, GONE, RECORD))
    sheet = _sheet_with_keys(book)
    if sheet is None:
        book = _book(path)
        sheet = _sheet_with_keys(book)
    if sheet is None:
        raise WorkspaceError(
            f"{path.name}: không thấy trang “{PROPOSALS}” với dòng khóa ẩn (dòng 1). Lấy lại bản đã lưu trước đó, "
            "hoặc chạy “dvk awards propose” để có tệp mới rồi ghi lại quyết định."
        )
    record = {raw.name: raw for raw in book.sheets}.get(RECORD)
    return _Reader(path.name, sheet, _table(record) if record else None, _aside(book)).read()


def _book(path: Path, only: Collection[str] | None = None) -> RawBook:
    try:
        data = path.read_bytes()
        return read_book(data, sniff(data), only)
    except OSError as error:
        raise WorkspaceError(f"Không mở được {path}: {reason_of(error)}.") from error
    except ReadRefused as error:
        raise WorkspaceError(f"Không đọc được {path}: {error}. Mở bằng Excel, lưu lại dạng .xlsx.") from error


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet with its keys found: key -> column, and the row of the keys."""

    raw: RawSheet
    head: int
    keys: Mapping[str, int]

    @property
    def rows(self) -> list[int]:
        return sorted({row for row, _ in self.raw.cells if row > self.head})

    def text(self, row: int, key: str) -> str:
        held = self.raw.cells.get((row, self.keys.get(key, 0)))
        if held is None:
            return ""
        return shown(held.value) if held.value is not None else held.error

    def whole(self, row: int, key: str) -> int | None:
        held = self.raw.cells.get((row, self.keys.get(key, 0)))
        value = held.value if held is not None else None
        number = read_number(value, integer=True) if isinstance(value, str) else number_in(value)
        return None if number is None or number != number.to_integral_value() else int(number)

    def caption(self, key: str) -> str:
        """What stands over a column for a person: the last text between the keys and the first line."""
        lines = [row for row in self.rows if self.text(row, _ID)]
        above = range(self.head + 1, min(lines, default=self.head + 1))
        return next((text for row in reversed(above) if (text := tidy(self.text(row, key)))), key)

    def at(self, file: str, row: int, key: str) -> Cell:
        return Cell(file, self.raw.name, row, self.keys.get(key, 1))


def _table(raw: RawSheet) -> _Table | None:
    """The row that holds the most keys; None where ``ma_de_nghi`` is in none of the first rows."""
    rows: dict[int, dict[str, int]] = {}
    for row, col in sorted(raw.cells):
        value = raw.cells[row, col].value
        if row <= _LOOK and isinstance(value, str):
            rows.setdefault(row, {}).setdefault(tidy(value), col)
    heads = [row for row, keys in rows.items() if _ID in keys]
    return _Table(raw, heads[0], rows[heads[0]]) if heads else None


def _sheet_with_keys(book: RawBook) -> _Table | None:
    """Sheet ``Đề nghị`` by its name, else, renamed, by its keys."""
    for raw in sorted(book.sheets, key=lambda raw: (fold(raw.name) != fold(PROPOSALS), raw.hidden)):
        table = _table(raw)
        if raw.name != RECORD and table is not None and table.keys.keys() >= _NEEDED:
            return table
    return None


def _aside(book: RawBook) -> dict[str, Choice]:
    raw = next((raw for raw in book.sheets if raw.name == GONE), None)
    table = _table(raw) if raw is not None else None
    if table is None:
        return {}
    found = {}
    for row in table.rows:
        if key := table.text(row, _ID):
            word = table.text(row, "quyet_dinh")
            money = table.whole(row, "so_tien_nhap")
            found[key] = Choice(
                read_word(word) or word, table.text(row, "ly_do_sua"), money, table.text(row, "can_cu_tien")
            )
    return found


def read_word(text: str) -> str:
    """Chọn or Không chọn for what can only mean that; "" for anything else."""
    return _WORDS.get(fold(text).strip(" .,;:!"), "")


class _Reader:
    """Reads the lines one after the other; findings come in their order."""

    def __init__(self, file: str, table: _Table, record: _Table | None, aside: Mapping[str, Choice]) -> None:
        self.file, self.table, self.record, self.aside = file, table, record, aside
        self.written = {key: row for row in record.rows if (key := record.text(row, _ID))} if record else None
        self.lines: dict[str, ReadLine] = {}
        self.findings: list[Finding] = []

    def read(self) -> ReadChoices:
        for row in self.table.rows:
            key = self.table.text(row, _ID)
            if key:
                self._line(row, key)
            elif self.lines and any(self.table.text(row, column) for column in ("quyet_dinh", "ly_do_sua")):
                at = self.table.at(self.file, row, "quyet_dinh")
                self.findings.append(say(ChoiceMsg.ID_BLANK, Location(cell=at, raw=self.table.text(row, "quyet_dinh"))))
        deleted = {key: self._as_written(key, 0) for key in self.written or {} if key not in self.lines}
        for key, before in deleted.items():
            message = ChoiceMsg.EXPECTED_DELETED if before.outcome == Outcome.EXPECTED else ChoiceMsg.ROW_DELETED
            place = Location(before.unit, file=self.file, sheet=self.table.raw.name, subject=key)
            self.findings.append(say(message, place, ten=before.name, ma=key))
        return ReadChoices(self.file, self.lines, self.aside, deleted, tuple(self.findings))

    def _line(self, row: int, key: str) -> None:
        before = self._as_written(key, row)
        at = self.table.at(self.file, row, "quyet_dinh")
        if self.written is not None and key not in self.written:
            name = self.table.text(row, "ten") or "đối tượng này"
            unknown = Location(cell=self.table.at(self.file, row, _ID), raw=key, subject=key)
            self.findings.append(say(ChoiceMsg.UNKNOWN_ID, unknown, ten=name))
        choice = self._choice(row, key, before)
        if key in self.lines:
            if choice != self.lines[key].choice:
                first = self.lines[key].at.row
                where = Location(before.unit, at, raw=choice.decision, subject=key)
                self.findings.append(say(ChoiceMsg.TWICE, where, ten=before.name, ma=key, dong=first))
            return
        self.findings += self._edited(row, key, before)
        self.lines[key] = ReadLine(choice, before, at, self.table.at(self.file, row, "ly_do_sua"))

    def _choice(self, row: int, key: str, before: ShownProposal) -> Choice:
        text = self.table.text(row, "quyet_dinh")
        word = read_word(text)
        if text and word != text:
            message = ChoiceMsg.UNDERSTOOD if word else ChoiceMsg.UNKNOWN_WORD
            at = self.table.at(self.file, row, "quyet_dinh")
            where = Location(before.unit, at, raw=text, subject=key)
            self.findings.append(say(message, where, ten=before.name, la=word))
        # A word that is not understood is kept as it was typed: it chooses nobody and is shown again.
        reason, basis = self.table.text(row, "ly_do_sua"), self.table.text(row, "can_cu_tien")
        return Choice(word or text, reason, self._money(row, key, before, basis), basis)

    def _money(self, row: int, key: str, before: ShownProposal, basis: str) -> int | None:
        text = self.table.text(row, "so_tien_nhap")
        if not text:
            return None
        amount = self.table.whole(row, "so_tien_nhap")
        message = None
        if amount is None or amount < 0:
            message, amount = ChoiceMsg.MONEY_UNREAD, None
        elif before.money is not None:
            message = ChoiceMsg.MONEY_UNUSED
        elif not basis:
            message = ChoiceMsg.MONEY_NO_BASIS
        if message is not None:
            at = self.table.at(self.file, row, "so_tien_nhap")
            self.findings.append(say(message, Location(before.unit, at, raw=text, subject=key), ten=before.name))
        return amount

    def _as_written(self, key: str, row: int) -> ShownProposal:
        """As the program wrote it; where ``Bản ghi`` is gone, as the line shows it."""
        table = self.table
        if self.record is not None and self.written is not None and key in self.written:
            table, row = self.record, self.written[key]
        return ShownProposal(
            name=table.text(row, "ten"),
            unit=table.text(row, "ma_don_vi"),
            form=table.text(row, "hinh_thuc"),
            kind=table.text(row, "phan_loai"),
            outcome=table.text(row, "de_xuat"),
            rank=table.whole(row, "xep_hang"),
            gates={gate.upper(): text for gate in _GATES if (text := table.text(row, gate))},
            reasons=table.text(row, "ly_do"),
            money=table.whole(row, "so_tien"),
        )

    def _edited(self, row: int, key: str, before: ShownProposal) -> Iterator[Finding]:
        """Every cell of ours that no longer says what was written."""
        if self.record is None or self.written is None or key not in self.written:
            return
        for column in self.record.keys:
            if column == _ID or column in _TYPED or column not in self.table.keys:
                continue
            old, new = self.record.text(self.written[key], column), self.table.text(row, column)
            if tidy(old) != tidy(new):
                at = self.table.at(self.file, row, column)
                where = Location(before.unit, at, raw=new, subject=key)
                yield say(ChoiceMsg.EDITED, where, ten=before.name, cot=self.table.caption(column), cu=old)
