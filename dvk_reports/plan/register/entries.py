"""The rows of the register: units, thôn, mergers, deadlines, signers, outside indices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dvk_reports.model.periods import Quarter
from dvk_reports.model.values import Cell
from dvk_reports.vietnamese.text import fold


def meet(one: tuple[date | None, date | None], two: tuple[date | None, date | None]) -> bool:
    """Whether two spans of days have a day in common; None: no bound on that side."""
    return (one[0] or date.min) <= (two[1] or date.max) and (two[0] or date.min) <= (one[1] or date.max)


def holds(since: date | None, until: date | None, day: date) -> bool:
    """Whether a day lies between two days, both in it; None: no bound on that side."""
    return (since is None or since <= day) and (until is None or day <= until)


@dataclass(frozen=True, slots=True)
class Unit:
    """A reporting body, for life; ``order`` is its place in the register."""

    code: str
    name: str
    kind: str
    group: str
    agency: bool
    since: date | None
    until: date | None
    aliases: tuple[str, ...]
    email: str
    """Its mail addresses as a mail names them, parted by a comma and a space."""
    phone: str
    contact: str
    order: int
    at: Cell

    def valid(self, day: date) -> bool:
        """Whether it exists on a day."""
        return holds(self.since, self.until, day)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Its mail addresses."""
        return tuple(part for part in self.email.split(", ") if part)


@dataclass(frozen=True, slots=True)
class Hamlet:
    """A thôn or tổ dân phố."""

    code: str
    name: str
    kind: str
    unit: str
    since: date | None
    until: date | None
    at: Cell

    def valid(self, day: date) -> bool:
        """Whether it exists on a day."""
        return holds(self.since, self.until, day)

    @property
    def also_called(self) -> tuple[str, ...]:
        """The name with its kind before it, or without: “Thôn Bản Rịa” for Bản Rịa, “số 3” for Tổ dân phố số 3."""
        head, rest = self.name[: len(self.kind)], self.name[len(self.kind) :].strip()
        if fold(head) != fold(self.kind):
            return (f"{self.kind} {self.name}",)
        return (rest,) if any(letter.isalpha() for letter in rest) else ()


@dataclass(frozen=True, slots=True)
class Merger:
    """A unit that became part of another from a day on."""

    old: str
    new: str
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when a quarter is reported, and the window of its flows."""

    quarter: Quarter
    due: date
    closing: date | None
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs a kind of document, and from when to when."""

    document: str
    since: date | None
    until: date | None
    authority: str
    post: str
    name: str

    def signs(self, document: str, day: date) -> bool:
        """Whether a document of that kind and day is this signer's."""
        return self.document == document and holds(self.since, self.until, day)


@dataclass(frozen=True, slots=True)
class OutsideIndex:
    """An index that another body has published for a year."""

    code: str
    year: int
    value: Decimal
    source: str
    at: Cell


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """A task of the plan for one year, as the office follows it."""

    code: str
    year: int
    text: str
    lead: str
    with_: str
    """The bodies that take part."""
    since: date | None
    due: date
    """The last day of the year where none is written."""
    estimate: Decimal | None
    spent: Decimal | None
    """Both in triệu đồng."""
    begun: date | None
    done: date | None
    note: str
    at: Cell
