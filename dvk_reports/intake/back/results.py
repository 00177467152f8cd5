"""Sheet ``Kết quả`` of the clerk's copy: what the meeting decided, checked cell by cell.

What cannot be used is told and kept as it was typed; the days in it are judged later, by those who know the round.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dvk_reports.intake.back.keyed import ID, Table
from dvk_reports.messages.choices import ChoiceMsg
from dvk_reports.messages.message import Message
from dvk_reports.messages.returns import Location, say
from dvk_reports.model.findings import Finding
from dvk_reports.model.proposals import Result, Subject, Verdict
from dvk_reports.model.values import Cell
from dvk_reports.vietnamese.text import fold, unaccented

RESULTS = "Kết quả"
_VOTES = ("phieu_dong_y", "phieu_khong_dong_y", "so_thanh_vien")
KEYS = (*_VOTES[:2], "ket_qua", "so_qd", "ngay_qd", _VOTES[2])
RECORDED = "ma_ket_qua"
"""On ``Bản ghi``: the ids that had a line when the program wrote the copy."""
_VERDICTS = {unaccented(fold(verdict)): verdict.value for verdict in Verdict}


@dataclass(frozen=True)
class ReadResults:
    """What stands on ``Kết quả``: id of the proposal -> its result; ids on whose line nothing is typed are left out."""

    typed: Mapping[str, Result] = field(default_factory=dict)
    written: Mapping[str, Result] = field(default_factory=dict)
    """What stood there when the program wrote the copy."""
    gone: Mapping[str, Subject] = field(default_factory=dict)
    """Whom the lines speak of."""
    at: Mapping[str, tuple[Cell, Cell]] = field(default_factory=dict)
    """The cells of so_qd and ngay_qd."""
    findings: tuple[Finding, ...] = ()

    @property
    def edited(self) -> bool:
        """Whether a person has typed something into this very copy."""
        return self.typed != self.written


def read_results(file: str, table: Table | None, record: Table | None) -> ReadResults:
    """Every line of the sheet; what stood there when the copy was written where the sheet, or its ids, are gone."""
    held = _recorded(record)
    if table is not None and ID in table.keys:
        return _Reader(file, table, record).read()
    if not held and (record is None or RECORDED not in record.keys):
        return ReadResults()
    subjects = {record.text(row, ID): record.subject(row) for row in record.rows} if record is not None else {}
    gone = {key: subjects[key] for key in held if key in subjects}
    found = say(ChoiceMsg.RESULTS_GONE, Location(file=file, sheet=RESULTS), so=len(held))
    return ReadResults(held, held, gone, {}, (found,))


def _recorded(record: Table | None) -> dict[str, Result]:
    """The results that stood on the sheet when the program wrote the copy."""
    if record is None:
        return {}
    found = {key: _result(record, row) for row in record.rows if (key := record.text(row, RECORDED))}
    return {key: result for key, result in found.items() if result != Result()}


def read_verdict(text: str) -> str:
    """The word of the list for what can only mean it, with or without tones; "" for anything else."""
    return _VERDICTS.get(unaccented(fold(text)).strip(" .,;:!"), "")


class _Reader:
    def __init__(self, file: str, table: Table, record: Table | None) -> None:
        self.file, self.table, self.record = file, table, record
        self.names = (
            {key: record.text(row, "ten") for row in record.rows if (key := record.text(row, ID))} if record else {}
        )
        self.written = {key: row for row in record.rows if (key := record.text(row, RECORDED))} if record else {}
        self.findings: list[Finding] = []

    def read(self) -> ReadResults:
        typed: dict[str, Result] = {}
        rows: dict[str, int] = {}
        recorded = _recorded(self.record)
        for row in self.table.rows:
            key, result = self.table.text(row, ID), _result(self.table, row)
            if result == Result():
                continue
            if not key:
                if _somebody_s(result):
                    self._say(ChoiceMsg.RESULT_NO_ID, row, ID, "")
            elif self._of_another(row, key):
                # What was known before still holds.
                typed |= {each: held for each, held in recorded.items() if each == key}
            elif key in rows:
                message = ChoiceMsg.RESULT_TWICE if typed[key] != result else ChoiceMsg.RESULT_TWICE_ALIKE
                self._say(message, row, "ket_qua", key, dong=rows[key])
            else:
                typed[key], rows[key] = result, row
                self.findings += self._checked(row, key, result, self._members(typed, key))
        before = recorded if self.written else dict(typed)
        typed |= self._kept(before)
        at = {key: (self._cell(row, "so_qd"), self._cell(row, "ngay_qd")) for key, row in rows.items()}
        subjects = {key: self.table.subject(row) for key, row in rows.items()}
        self.findings += self._columns_gone()
        return ReadResults(typed, before, subjects, at, tuple(self.findings))

    def _of_another(self, row: int, key: str) -> bool:
        """Whether it cannot be known whose result the line tells; then it is told, and is nobody's."""
        name, own = self.table.text(row, "ten"), self.names.get(key, "")
        if self.written and key not in self.written:
            self._say(ChoiceMsg.RESULT_UNKNOWN_ID, row, ID, key)
            return True
        if name and own and fold(name) != fold(own) and fold(name) in map(fold, self.names.values()):
            where = Location(cell=self._cell(row, "ten"), raw=name, subject=key)
            self.findings.append(say(ChoiceMsg.MIXED, where, ten=own, ma=key, khac=name))
            return True
        return False

    def _members(self, typed: Mapping[str, Result], key: str) -> int | None:
        """How many met, by this line; where it is blank there, by the lines of the same form read so far."""
        rows = {self.table.text(row, ID): row for row in self.table.rows}
        form = self.table.text(rows[key], "hinh_thuc")
        told = [
            result.members
            for other, result in typed.items()
            if isinstance(result.members, int) and self.table.text(rows[other], "hinh_thuc") == form
        ]
        own = typed[key].members
        return own if isinstance(own, int) else max(told, default=None)

    def _kept(self, before: Mapping[str, Result]) -> dict[str, Result]:
        """Results whose line is there no more: a deleted line is no decision."""
        lines = {self.table.text(row, ID) for row in self.table.rows}
        kept = {key: result for key, result in before.items() if key not in lines}
        for key in kept:
            where = Location(file=self.file, sheet=self.table.raw.name, subject=key)
            self.findings.append(say(ChoiceMsg.RESULT_ROW_GONE, where, ten=self.names.get(key) or key, ma=key))
        return kept

    def _columns_gone(self) -> Iterator[Finding]:
        for key in KEYS:
            if key not in self.table.keys and self.record is not None and key in self.record.keys:
                where = Location(file=self.file, sheet=self.table.raw.name)
                yield say(ChoiceMsg.RESULT_COLUMN_GONE, where, cot=self.record.caption(key))

    def _checked(self, row: int, key: str, result: Result, members: int | None) -> Iterator[Finding]:
        for column in _VOTES:
            if self.table.text(row, column) and not _count(self.table.whole(row, column)):
                yield self._finding(ChoiceMsg.VOTES_UNREAD, row, column, key)
        votes = [vote for vote in (result.agree, result.against) if isinstance(vote, int)]
        if members is not None and sum(votes) > members:
            yield self._finding(ChoiceMsg.VOTES_TOO_MANY, row, "phieu_dong_y", key, cong=sum(votes), so=members)
        yield from self._decision(row, key, result)

    def _decision(self, row: int, key: str, result: Result) -> Iterator[Finding]:
        """The verdict, and the number and day of its decision."""
        if result.verdict and result.verdict not in list(Verdict):
            yield self._finding(ChoiceMsg.VERDICT_UNKNOWN, row, "ket_qua", key)
        elif result.verdict and self.table.text(row, "ket_qua") != result.verdict:
            yield self._finding(ChoiceMsg.VERDICT_UNDERSTOOD, row, "ket_qua", key, la=result.verdict)
        if isinstance(result.day, str):
            yield self._finding(ChoiceMsg.DECISION_DAY_UNREAD, row, "ngay_qd", key)
        if not (result.number or result.day):
            return
        if bool(result.number) is not bool(result.day):
            missing = "ngay_qd" if result.number else "so_qd"
            yield self._finding(ChoiceMsg.DECISION_HALF, row, missing, key)
        if result.verdict == Verdict.REFUSED:
            yield self._finding(ChoiceMsg.DECISION_OF_NONE, row, "so_qd", key)
        elif not result.verdict:
            yield self._finding(ChoiceMsg.VERDICT_MISSING, row, "ket_qua", key)

    def _cell(self, row: int, column: str) -> Cell:
        return self.table.at(self.file, row, column)

    def _say(self, message: Message, row: int, column: str, key: str, **told: Any) -> None:
        self.findings.append(self._finding(message, row, column, key, **told))

    def _finding(self, message: Message, row: int, column: str, key: str, **told: Any) -> Finding:
        subject = self.table.subject(row)
        where = Location(subject.unit, self._cell(row, column), raw=self.table.text(row, column), subject=key)
        name = subject.name or "đối tượng này"
        return say(message, where, ten=name, ma=key, cot=self.table.caption(column), **told)


def _result(table: Table, row: int) -> Result:
    """What a line says; a cell that holds something else is kept as the text it shows."""

    def vote(key: str) -> int | str | None:
        number = table.whole(row, key)
        return number if _count(number) else table.text(row, key) or None

    word = table.text(row, "ket_qua")
    return Result(
        agree=vote("phieu_dong_y"),
        against=vote("phieu_khong_dong_y"),
        verdict=read_verdict(word) or word,
        number=table.text(row, "so_qd"),
        day=table.day(row, "ngay_qd") or table.text(row, "ngay_qd") or None,
        members=vote("so_thanh_vien"),
    )


def _somebody_s(result: Result) -> bool:
    """Whether a line without an id holds more than captions and remarks."""
    votes = any(isinstance(vote, int) for vote in (result.agree, result.against))
    return votes or result.verdict in list(Verdict) or isinstance(result.day, date)


def _count(number: int | None) -> bool:
    return number is not None and number >= 0
