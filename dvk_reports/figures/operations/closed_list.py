"""Count, sum, count of different ones, ratio of two sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from dvk_reports.figures.contributions import Contribution, of_cell
from dvk_reports.figures.entry import LedgerEntry
from dvk_reports.figures.ledger import Ledger
from dvk_reports.figures.operations.conditions import rows_of
from dvk_reports.model.shelf import Pile
from dvk_reports.model.values import Row
from dvk_reports.plan.book.registry import Registry
from dvk_reports.plan.book.rulebook import Operation
from dvk_reports.plan.lookups import code_key, label_in

OPERATIONS = Registry("operation")
"""Name of an operation in ``phep`` of figures.yaml -> what it does to the rows of one return."""


def operate(
    ledger: Ledger, operation: Operation, entries: Iterable[LedgerEntry], columns: Sequence[str] = ()
) -> Pile[Contribution]:
    """What some returns add, each worked out once for all periods, of so many as are at hand.

    ``columns``: whose labels are the breakdown's lines.

    The operation is kept with it: no other can come to have its id.
    """
    # What a return of another quarter adds names the file of that quarter: a quarter's own run alone names its own.
    here = ledger.period.key if ledger.period.is_quarter else ""
    adding: dict[int, tuple[Contribution, ...]]
    _, adding = ledger.of_returns.setdefault(("adds", id(operation), here, tuple(columns)), (operation, {}))
    function = OPERATIONS[next(name for name in OPERATIONS if getattr(operation, name) is not None)].function
    found: Pile[Contribution] = Pile()
    for entry in entries:
        adds = adding.get(id(entry))
        if adds is None:
            if len(adding) >= ledger.at_hand:
                adding.clear()
            adds = adding[id(entry)] = tuple(function(ledger, operation, entry, columns))
        found.extend(adds)
    return found


@OPERATIONS.register("dem")
def count_rows(
    ledger: Ledger, operation: Operation, entry: LedgerEntry, columns: Sequence[str]
) -> Iterator[Contribution]:
    """Đếm dòng."""
    column = operation.cot or ""
    for row in rows_of(ledger, operation, entry):
        if column in row.values:
            yield of_cell(ledger, entry, row.at(column), groups=_groups(row, columns))


@OPERATIONS.register("tong")
def add_numbers(
    ledger: Ledger, operation: Operation, entry: LedgerEntry, columns: Sequence[str]
) -> Iterator[Contribution]:
    """Cộng ô; một ô để trống thêm số của ``de_trong_la``, nếu có."""
    column = operation.cot or ""
    for row in rows_of(ledger, operation, entry):
        number = row.number_of(column)
        if operation.de_trong_la is not None and column in row.values and row.values[column].blank:
            number = Decimal(operation.de_trong_la)
        if number is not None:
            yield of_cell(ledger, entry, row.at(column), number, groups=_groups(row, columns))


@OPERATIONS.register("khac_nhau")
def count_different(
    ledger: Ledger, operation: Operation, entry: LedgerEntry, columns: Sequence[str]
) -> Iterator[Contribution]:
    """Đếm những mã khác nhau; ô để trống không thêm gì."""
    column = operation.cot or ""
    for row in rows_of(ledger, operation, entry):
        code = row.text(column)
        if code:
            yield of_cell(ledger, entry, row.at(column), groups=_groups(row, columns), key=code_key(code))


@OPERATIONS.register("ty_so")
def ratio_of_sums(
    ledger: Ledger, operation: Operation, entry: LedgerEntry, columns: Sequence[str]
) -> Iterator[Contribution]:
    """Tỷ số của hai tổng: cột ``tu`` trên cột ``mau``."""
    for row in rows_of(ledger, operation, entry):
        for key, below in ((operation.tu or "", False), (operation.mau or "", True)):
            number = row.number_of(key)
            if number is not None:
                yield of_cell(ledger, entry, row.at(key), number, below=below)


def _groups(row: Row, columns: Sequence[str]) -> tuple[str, ...]:
    return tuple([label_in(row, key) for key in columns])
