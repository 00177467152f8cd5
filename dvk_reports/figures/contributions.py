"""What a unit adds to a figure, cell by cell."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import NamedTuple

from dvk_reports.figures.entry import LedgerEntry
from dvk_reports.figures.ledger import Ledger
from dvk_reports.model.figures import DENOMINATOR, NUMERATOR, Source
from dvk_reports.model.in_two import InTwo
from dvk_reports.model.packed import kept
from dvk_reports.model.shelf import Pile
from dvk_reports.model.values import Cell
from dvk_reports.plan.register.register import Unit

_ONE = Decimal(1)


class Contribution(NamedTuple):
    """One cell and what it adds; a stage has a hundred thousand of them."""

    unit: str
    file: str
    at: Cell
    amount: Decimal
    groups: tuple[str, ...] = ()
    """The labels of the breakdown lines it stands in, one for each column of the breakdown."""
    below: bool = False
    """True: adds to the denominator."""
    key: str = ""
    """For distinct counts: what must not be counted twice."""
    subject: str = ""
    """Code of the thôn or the model that it speaks of; "" where it speaks of the unit."""

    def source(self) -> Source:
        """The line of sheet ``Nguồn số liệu`` for it."""
        part = DENOMINATOR if self.below else NUMERATOR
        return Source(part, self.unit, self.file, self.at.sheet, self.at.a1, self.amount, self.subject)


def of_cell(
    ledger: Ledger,
    entry: LedgerEntry,
    at: Cell,
    amount: Decimal | int = 1,
    *,
    below: bool = False,
    groups: tuple[str, ...] = (),
    key: str = "",
) -> Contribution:
    """What a cell of a return adds; a cell of another quarter names the file of that quarter."""
    adds = amount if type(amount) is Decimal else _ONE if amount == 1 else kept(Decimal(amount))
    return Contribution(entry.unit.code, named_here(ledger, entry, at.file), at, adds, groups, below, key)


def named_here(ledger: Ledger, entry: LedgerEntry, file: str) -> str:
    """A file of a return as it is named from where the mail of the period lies."""
    elsewhere = entry.quarter.key != ledger.period.key and not file.startswith("../")
    return f"../{entry.quarter.key}/{file}" if elsewhere else file


def about(item: Contribution, subject: str) -> Contribution:
    """What a cell adds, with the thôn or the model that it speaks of."""
    return item._replace(subject=subject)


def of_unit(unit: Unit, *, below: bool, groups: tuple[str, ...] = ()) -> Contribution:
    """What a unit adds as it stands in the register: for what no form says (not sent, on time)."""
    return Contribution(unit.code, unit.at.file, unit.at, Decimal(1), groups, below)


def total(items: Iterable[Contribution], *, below: bool = False) -> Decimal:
    """The sum above the line of a ratio, or below it."""
    return sum((item.amount for item in items if item.below is below), Decimal(0))


def distinct(items: Collection[Contribution]) -> Pile[Contribution]:
    """The first contribution of every key; only keys that come again are held."""
    again = InTwo(len(items), ((item.key,) for item in items))
    known: set[str] = set()
    found: Pile[Contribution] = Pile()
    for item in items:
        if item.key in again:
            if item.key in known:
                continue
            known.add(item.key)
        found.append(item)
    return found
