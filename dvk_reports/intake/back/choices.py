"""The clerk's copy of ``xet-chon.xlsx``, read back: what was typed beside each proposal, and what was printed there.

Lines are known by the machine keys and the stable id, so sorting, filtering, more columns and another program's saving
do not matter. The hidden sheet ``Bản ghi`` holds what the program wrote; what was typed over it is never taken up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from dvk_reports.errors import WorkspaceError, reason_of
from dvk_reports.intake.back.keyed import ID, Table, table_of
from dvk_reports.intake.back.results import KEYS as RESULT_KEYS
from dvk_reports.intake.back.results import RESULTS, ReadResults, read_results
from dvk_reports.intake.files.kinds import sniff
from dvk_reports.intake.readers.raw import RawBook
from dvk_reports.intake.readers.workbook import ReadRefused, read_book
from dvk_reports.messages.choices import ChoiceMsg
from dvk_reports.messages.returns import Location, say
from dvk_reports.model.findings import Finding
from dvk_reports.model.proposals import CHOSEN, NOT_CHOSEN, Choice, Outcome, Subject
from dvk_reports.model.values import Cell
from dvk_reports.vietnamese.text import fold, tidy

PROPOSALS, GONE, RECORD = "Đề nghị", "Không còn đề nghị", "Bản ghi"
_TYPED = ("quyet_dinh", "ly_do_sua", "so_tien_nhap", "can_cu_tien")
_NEEDED = (ID, "quyet_dinh", "ly_do_sua")
_WHO = ("ten", "ma_don_vi", "hinh_thuc", "phan_loai", "ngay_sinh")
"""The columns that say whose line it is."""
_GATES = tuple(f"e{number}" for number in range(1, 12))
_KNOWN = (*_NEEDED, *_WHO, *_GATES, "so_tien_nhap", "can_cu_tien", "de_xuat", "xep_hang", "ly_do", "so_tien")
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
    birth: date | None = None
    model: str = ""

    @property
    def subject(self) -> Subject:
        """Whom the line speaks of."""
        return Subject(self.unit, self.form, self.kind, self.name, self.birth, self.model)


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line of ``Đề nghị``."""

    choice: Choice
    written: Choice
    """What had been typed when the program wrote the copy: what differs was typed into this copy."""
    before: ShownProposal
    at: Cell
    """The cell of quyet_dinh in the clerk's copy."""
    reason_at: Cell
    """The cell of ly_do_sua."""

    @property
    def chosen(self) -> bool:
        """As the clerk decided, else as the copy proposed."""
        return self.choice.decision == CHOSEN if self.choice.decision else self.before.outcome == Outcome.EXPECTED


@dataclass(frozen=True)
class ReadChoices:
    """One copy of ``xet-chon.xlsx``."""

    file: str
    lines: Mapping[str, ReadLine]
    """Id of the proposal -> its line."""
    aside: Mapping[str, Choice] = field(default_factory=dict)
    """What had been typed for proposals that were there no more when the copy was written."""
    gone: Mapping[str, Subject] = field(default_factory=dict)
    """Whom the entries of ``aside``, and results of those who are proposed no more, speak of."""
    results: ReadResults = field(default_factory=ReadResults)
    deleted: Mapping[str, ShownProposal] = field(default_factory=dict)
    """Proposals whose line the clerk has deleted."""
    findings: tuple[Finding, ...] = ()

    @property
    def choices(self) -> dict[str, Choice]:
        """Every choice, by id; lines where nothing was typed are left out."""
        typed = {key: line.choice for key, line in self.lines.items() if line.choice != Choice()}
        return {**self.aside, **typed}

    @property
    def edited(self) -> bool:
        """Whether a person has typed something into this very copy."""
        return self.results.edited or any(line.choice != line.written for line in self.lines.values())

    @property
    def subjects(self) -> dict[str, Subject]:
        """Id -> whom it speaks of, as far as the copy says."""
        return {**self.gone, **{key: line.before.subject for key, line in self.lines.items()}}


def read_choices(path: Path) -> ReadChoices:
    """The choices in a copy of ``xet-chon.xlsx``; WorkspaceError where the file or its keys cannot be read."""
    # The cards are most of the file; all sheets are read only where ``Đề nghị`` has been renamed.
    book = _book(path, (PROPOSALS, GONE, RESULTS, RECORD))
    table = _proposals(book)
    if table is None:
        book = _book(path)
        table = _proposals(book)
    if table is None:
        raise WorkspaceError(f"{path.name}: không thấy trang “{PROPOSALS}” với dòng khóa ẩn (dòng 1). {_way_out(path)}")
    record = _table(book, RECORD, (*_WHO, ID))
    missing = [key for key in _NEEDED if key not in table.keys]
    if missing:
        names = ", ".join(f"“{_caption(record, key)}”" for key in missing)
        raise WorkspaceError(
            f"{path.name}: trang “{table.raw.name}” không còn cột {names} (có thể đã bị xóa), nên không đọc được quyết "
            f"định. {_way_out(path)}"
        )
    results = read_results(path.name, _table(book, RESULTS, (ID, *RESULT_KEYS)), record)
    return _Reader(path.name, table, record, book, results).read()


def _way_out(path: Path) -> str:
    return (
        "Lấy lại bản đã lưu trước đó; hoặc chuyển tệp này ra khỏi thư mục, chạy “dvk awards propose "
        f"{path.absolute().parent.name}” để có tệp mới rồi ghi lại quyết định."
    )


def _caption(record: Table | None, key: str) -> str:
    """What stands over a column that is there no more."""
    own = {ID: "Mã đề nghị"}
    return own.get(key) or (record.caption(key) if record is not None else key)


def _book(path: Path, only: Collection[str] | None = None) -> RawBook:
    try:
        data = path.read_bytes()
        return read_book(data, sniff(data), only)
    except OSError as error:
        raise WorkspaceError(f"Không mở được {path}: {reason_of(error)}.") from error
    except ReadRefused as error:
        raise WorkspaceError(f"Không đọc được {path}: {error}. Mở bằng Excel, lưu lại dạng .xlsx.") from error


def _table(book: RawBook, name: str, known: Collection[str]) -> Table | None:
    raw = next((raw for raw in book.sheets if fold(raw.name) == fold(name)), None)
    return table_of(raw, known) if raw is not None else None


def _proposals(book: RawBook) -> Table | None:
    """Sheet ``Đề nghị`` by its name, else, renamed, by its keys."""
    for raw in sorted(book.sheets, key=lambda raw: (fold(raw.name) != fold(PROPOSALS), raw.hidden)):
        table = table_of(raw, _KNOWN)
        named = fold(raw.name) == fold(PROPOSALS)
        if raw.name != RECORD and table is not None and (named or table.keys.keys() >= set(_NEEDED)):
            return table
    return None


def read_word(text: str) -> str:
    """Chọn or Không chọn for what can only mean that; "" for anything else."""
    return _WORDS.get(fold(text).strip(" .,;:!"), "")


class _Reader:
    """Reads the lines one after the other; findings come in their order."""

    def __init__(self, file: str, table: Table, record: Table | None, book: RawBook, results: ReadResults) -> None:
        self.file, self.table, self.record, self.results = file, table, record, results
        self.gone = _table(book, GONE, (ID, *_TYPED))
        self.written = {key: row for row in record.rows if (key := record.text(row, ID))} if record else {}
        self.owners = {self._who(record, row): key for key, row in self.written.items()} if record else {}
        self.lines: dict[str, ReadLine] = {}
        self.findings: list[Finding] = []

    def read(self) -> ReadChoices:
        self.findings += self._columns_gone()
        for row in self.table.rows:
            key = self.table.text(row, ID)
            if key:
                self._line(row, key)
            elif self._typed_without_id(row):
                at = self.table.at(self.file, row, "quyet_dinh")
                self.findings.append(say(ChoiceMsg.ID_BLANK, Location(cell=at, raw=self.table.text(row, "quyet_dinh"))))
        deleted = {key: self._as_written(key, 0) for key in self.written if key not in self.lines}
        for key, before in deleted.items():
            message = ChoiceMsg.EXPECTED_DELETED if before.outcome == Outcome.EXPECTED else ChoiceMsg.ROW_DELETED
            place = Location(before.unit, file=self.file, sheet=self.table.raw.name, subject=key)
            self.findings.append(say(message, place, ten=before.name, ma=key))
        aside, gone = self._aside()
        found = (*self.findings, *self.results.findings)
        return ReadChoices(self.file, self.lines, aside, {**self.results.gone, **gone}, self.results, deleted, found)

    def _columns_gone(self) -> Iterator[Finding]:
        """Columns that can be done without: they are told, and what the program wrote there still holds."""
        for key in self.record.keys if self.record is not None else ():
            if key in _KNOWN and key not in self.table.keys:
                place = Location(file=self.file, sheet=self.table.raw.name)
                message = ChoiceMsg.MONEY_COLUMN_GONE if key in _TYPED else ChoiceMsg.COLUMN_GONE
                yield say(message, place, cot=_caption(self.record, key))

    def _typed_without_id(self, row: int) -> bool:
        """Whether a line without an id is somebody's: below the first line any name or word, above it a decision."""
        if self.lines:
            return any(self.table.text(row, key) for key in ("quyet_dinh", "ly_do_sua", "ten"))
        return bool(read_word(self.table.text(row, "quyet_dinh")))

    def _line(self, row: int, key: str) -> None:
        before = self._as_written(key, row)
        at = self.table.at(self.file, row, "quyet_dinh")
        if self.record is not None and key not in self.written:
            name = self.table.text(row, "ten") or "đối tượng này"
            unknown = Location(cell=self.table.at(self.file, row, ID), raw=key, subject=key)
            self.findings.append(say(ChoiceMsg.UNKNOWN_ID, unknown, ten=name))
        other = self._owner(row, key)
        if other:
            where = Location(before.unit, self.table.at(self.file, row, "ten"), subject=key)
            name = self._as_written(other, 0).name
            self.findings.append(say(ChoiceMsg.MIXED, where, ten=before.name, ma=key, khac=name))
        written = self._typed(self.record, self.written[key]) if self.record and key in self.written else Choice()
        # Whose decision stands on a line that speaks of two is not known: what was decided before still holds.
        choice = self._choice(row, key, before) if not other else written
        if key in self.lines:
            first = self.lines[key]
            message = ChoiceMsg.TWICE if choice != first.choice else ChoiceMsg.TWICE_ALIKE
            where = Location(before.unit, at, raw=choice.decision, subject=key)
            self.findings.append(say(message, where, ten=before.name, ma=key, dong=first.at.row))
            return
        self.findings += self._edited(row, key, before)
        self.lines[key] = ReadLine(choice, written, before, at, self.table.at(self.file, row, "ly_do_sua"))

    def _owner(self, row: int, key: str) -> str:
        """Id of the other subject whose name, unit and class stand on this line; "" where they are its own."""
        if self.record is None or key not in self.written:
            return ""
        shown = self._who(self.table, row)
        other = self.owners.get(shown, "")
        return other if shown != self._who(self.record, self.written[key]) else ""

    def _who(self, table: Table, row: int) -> tuple[str, ...]:
        """A column that is there no more says nothing of any line."""
        return tuple(fold(table.text(row, key)) for key in _WHO if key in self.table.keys)

    def _choice(self, row: int, key: str, before: ShownProposal) -> Choice:
        typed = self._typed(self.table, row)
        text = self.table.text(row, "quyet_dinh")
        at = self.table.at(self.file, row, "quyet_dinh")
        where = Location(before.unit, at, raw=text, subject=key)
        if text and read_word(text) != text:
            message = ChoiceMsg.UNDERSTOOD if read_word(text) else ChoiceMsg.UNKNOWN_WORD
            self.findings.append(say(message, where, ten=before.name, la=read_word(text)))
        elif text and self.table.formula(row, "quyet_dinh"):
            self.findings.append(say(ChoiceMsg.FORMULA, where, ten=before.name))
        if struck := self.table.struck(row, "quyet_dinh"):
            self.findings.append(say(ChoiceMsg.STRUCK, replace(where, raw=struck), ten=before.name))
        self._check_money(row, key, before, typed.money_basis)
        return typed

    def _typed(self, table: Table, row: int) -> Choice:
        """A word that is not understood is kept as it was typed: it chooses nobody and is shown again."""
        word, money = table.text(row, "quyet_dinh"), table.whole(row, "so_tien_nhap")
        money = money if money is not None and money >= 0 else None
        return Choice(read_word(word) or word, table.text(row, "ly_do_sua"), money, table.text(row, "can_cu_tien"))

    def _check_money(self, row: int, key: str, before: ShownProposal, basis: str) -> None:
        text = self.table.text(row, "so_tien_nhap")
        if not text:
            return
        amount = self.table.whole(row, "so_tien_nhap")
        message = None
        if amount is None or amount < 0:
            message = ChoiceMsg.MONEY_UNREAD
        elif before.money is not None:
            message = ChoiceMsg.MONEY_UNUSED
        elif not basis:
            message = ChoiceMsg.MONEY_NO_BASIS
        if message is not None:
            at = self.table.at(self.file, row, "so_tien_nhap")
            self.findings.append(say(message, Location(before.unit, at, raw=text, subject=key), ten=before.name))

    def _as_written(self, key: str, row: int) -> ShownProposal:
        """As the program wrote it; where ``Bản ghi`` is gone, as the line shows it."""
        table = self.table
        if self.record is not None and key in self.written:
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
            birth=table.day(row, "ngay_sinh"),
            model=table.text(row, "ma_mo_hinh"),
        )

    def _edited(self, row: int, key: str, before: ShownProposal) -> Iterator[Finding]:
        """Every cell of ours that no longer says what was written."""
        if self.record is None or key not in self.written:
            return
        for column in self.record.keys:
            if column == ID or column in _TYPED or column not in self.table.keys:
                continue
            old, new = self.record.text(self.written[key], column), self.table.text(row, column)
            if tidy(old) != tidy(new):
                at = self.table.at(self.file, row, column)
                where = Location(before.unit, at, raw=new, subject=key)
                yield say(ChoiceMsg.EDITED, where, ten=before.name, cot=self.table.caption(column), cu=old)

    def _aside(self) -> tuple[dict[str, Choice], dict[str, Subject]]:
        """What stands on ``Không còn đề nghị``, and whom it speaks of."""
        choices, subjects = {}, {}
        for row in self.gone.rows if self.gone is not None else ():
            if self.gone is not None and (key := self.gone.text(row, ID)):
                choices[key] = self._typed(self.gone, row)
                subjects[key] = self.gone.subject(row)
        return choices, subjects
