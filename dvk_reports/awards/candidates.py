"""Proposals as candidates, each with the subject it speaks of and those it may be confused with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import get_args

from dvk_reports.awards.identity import candidate_ids
from dvk_reports.awards.records import Line, Records
from dvk_reports.model.proposals import Candidate, Doubt, Proof
from dvk_reports.plan.book.awards import Paper
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.lookups import code_key
from dvk_reports.plan.people import PERSON, Mention, Subject, recognition, role_of, subjects
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.text import fold


@dataclass(frozen=True)
class Entrant:
    """One candidate with the row it stands in."""

    line: Line
    candidate: Candidate
    role: LabelRole | None
    """What its class is: a person, a body or a family; None where the plan does not say."""

    @property
    def model(self) -> str:
        """Key of its model; "" where the code is blank or not known."""
        return code_key(self.candidate.model)

    def proof(self, key: str) -> Proof:
        """The cell of the proposal behind a word on it."""
        return self.line.proof(key)


@dataclass(frozen=True)
class Likeness:
    """Another record that may be the same subject: what makes it so, and both records in words."""

    text: str
    doubt: Doubt


def entrants(records: Records) -> tuple[Entrant, ...]:
    """Every proposal in the returns of the round's year, in register order; no row is left out.

    A row of a unit that was not given the sheet is there too: gate E1 tells of it.
    """
    order = {unit.code: unit.order for unit in records.register.units}
    found: list[Line] = []
    for unit, quarter in records.returns:
        if quarter in records.of_year:
            found += records.sent_rows(SheetRole.PROPOSALS, unit, quarter)
    found.sort(key=lambda line: (order.get(line.unit, len(order)), *line.order))
    candidates = [_candidate(line) for line in found]
    return tuple(
        Entrant(line, replace(candidate, id=key), role_of(line.plan, line.text("phan_loai")))
        for line, candidate, key in zip(found, candidates, candidate_ids(records, candidates), strict=True)
    )


def _candidate(line: Line) -> Candidate:
    def number(key: str) -> Decimal | None:
        return line.row.number_of(key) if line.known(key) else None

    return Candidate(
        id="",
        unit=line.unit,
        period=line.quarter.key,
        at=line.row.at("ten"),
        kind=line.text("phan_loai"),
        name=line.text("ten"),
        form=line.text("hinh_thuc"),
        title=line.text("ong_ba"),
        birth=line.day("ngay_sinh"),
        gender=line.text("gioi_tinh"),
        ethnicity=line.text("dan_toc"),
        post=line.text("chuc_vu"),
        workplace=line.text("don_vi_cong_tac"),
        address=line.text("dia_chi"),
        group=line.text("doi_tuong"),
        people=number("so_nguoi"),
        women=number("so_nu"),
        model=line.text("ma_mo_hinh"),
        achievement=line.text("thanh_tich"),
        priority=number("thu_tu"),
        earlier_award=line.text("khen_da_nhan"),
        note=line.text("ghi_chu"),
        dossier=tuple((key, line.row.yes(key) if line.known(key) else None) for key in get_args(Paper)),
    )


@dataclass(frozen=True)
class Identities:
    """Who is who among all recognitions that were read and all candidates."""

    records: Records
    entrants: tuple[Entrant, ...]

    @cached_property
    def recognitions(self) -> Mapping[tuple[str, str, str, int], Line]:
        """Place of the mention -> its row."""
        units = tuple(unit.code for unit in self.records.register.units)
        return {_place(line): line for line in self.records.rows(SheetRole.RECOGNITIONS, units)}

    @cached_property
    def _mentions(self) -> tuple[Mention, ...]:
        found = [
            item
            for line in self.recognitions.values()
            if (item := recognition(line.plan, line.quarter, line.used, line.row)) is not None
        ]
        return (*found, *(item for entrant in self.entrants if (item := _mention(entrant)) is not None))

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, str, str, int], Subject]:
        found = subjects(self.records.register, self._mentions, self.records.day)
        return {item.place: subject for subject in found for item in subject.mentions}

    @cached_property
    def _by_entrant(self) -> Mapping[tuple[str, str, str, int], Entrant]:
        return {_place(entrant.line): entrant for entrant in self.entrants}

    def subject(self, entrant: Entrant) -> Subject | None:
        """None where the row does not say who is proposed."""
        return self._by_place.get(_place(entrant.line))

    def rivals(self, entrant: Entrant) -> tuple[Entrant, ...]:
        """The other proposals of the same subject."""
        subject = self.subject(entrant)
        if subject is None:
            return ()
        found = (self._by_entrant.get(item.place) for item in subject.mentions)
        return tuple(other for other in found if other is not None and other is not entrant)

    def likenesses(self, entrant: Entrant) -> tuple[Likeness, ...]:
        """Other subjects that may be this one: a name alone in the same line, or one person proposed by two lines."""
        subject = self.subject(entrant)
        if subject is None:
            return ()
        own = next(item for item in subject.mentions if item.place == _place(entrant.line))
        found = [self._likeness(own, doubt.other, doubt.why) for doubt in subject.doubts]
        found += [
            self._likeness(own, item, "cùng họ tên, cùng ngày sinh nhưng do hai đơn vị đề nghị")
            for item in self._namesakes(subject)
            if item.place in self._by_entrant
        ]
        return tuple(found)

    def elsewhere(self, entrant: Entrant) -> tuple[Likeness, ...]:
        """Recognitions of a person of the same name and birthday in another line: perhaps moved from there."""
        subject = self.subject(entrant)
        if subject is None:
            return ()
        own = next(item for item in subject.mentions if item.place == _place(entrant.line))
        why = "cùng họ tên, cùng ngày sinh ở đơn vị khác, có thể đã chuyển công tác"
        return tuple(
            self._likeness(own, item, why) for item in self._namesakes(subject) if item.place not in self._by_entrant
        )

    def moved_years(self, entrant: Entrant) -> frozenset[int]:
        """Award years of that person in other lines."""
        subject = self.subject(entrant)
        if subject is None:
            return frozenset()
        return frozenset(item.year for item in self._namesakes(subject) if item.year is not None)

    def _namesakes(self, subject: Subject) -> tuple[Mention, ...]:
        first = subject.mentions[0]
        if subject.role is not PERSON or first.born is None:
            return ()
        own = {item.place for item in subject.mentions}
        return tuple(item for item in self._people[fold(first.name), first.born] if item.place not in own)

    @cached_property
    def _people(self) -> Mapping[tuple[str, date], tuple[Mention, ...]]:
        found: dict[tuple[str, date], list[Mention]] = {}
        for item in self._mentions:
            if item.role is PERSON and item.born is not None:
                found.setdefault((fold(item.name), item.born), []).append(item)
        return {key: tuple(items) for key, items in found.items()}

    def _likeness(self, own: Mention, other: Mention, why: str) -> Likeness:
        mine, theirs = _proof(own), _proof(other)
        text = f"{why}: {_described(own)} ({mine.shown()}) và {_described(other)} ({theirs.shown()})"
        return Likeness(text, self._doubt(other, why))

    def _doubt(self, other: Mention, why: str) -> Doubt:
        entrant = self._by_entrant.get(other.place)
        if entrant is not None:
            return Doubt(why, entrant.candidate)
        line = self.recognitions[other.place]
        candidate = Candidate(
            id="",
            unit=other.unit,
            period=other.quarter.key,
            at=other.row.at("ten"),
            kind=other.kind,
            name=other.name,
            form="",
            birth=other.born,
            gender=line.text("gioi_tinh"),
            post=line.text("chuc_vu"),
            workplace=line.text("don_vi"),
            model=line.text("ma_mo_hinh"),
        )
        return Doubt(why, candidate, (line.year(other.year),) if other.year is not None else ())


def _place(line: Line) -> tuple[str, str, str, int]:
    return line.unit, line.quarter.key, line.row.sheet, line.row.number


def _proof(item: Mention) -> Proof:
    return Proof(item.quarter.key, item.row.at("ten"))


def _mention(entrant: Entrant) -> Mention | None:
    candidate, line = entrant.candidate, entrant.line
    if not candidate.kind or not candidate.name:
        return None
    born = candidate.birth if entrant.role is PERSON else None
    return Mention(line.unit, line.quarter, line.row, candidate.kind, entrant.role, candidate.name, born)


def _described(item: Mention) -> str:
    born = f", sinh {show_date(item.born)}" if item.born is not None else ""
    if item.role is PERSON and item.born is None:
        born = ", không rõ ngày sinh"
    year = f", năm xét {item.year}" if item.year is not None else ""
    return f"“{item.name}”{born}{year}"
