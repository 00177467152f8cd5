"""Count, sum, count of different ones, ratio of two sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from dvk_reports.figures.contributions import Contribution, of_cell
from dvk_reports.figures.ledger import Ledger, LedgerEntry
from dvk_reports.figures.operations.conditions import rows_of
from dvk_reports.plan.book.registry import Registry
from dvk_reports.plan.book.rulebook import Operation
from dvk_reports.plan.lookups import code_key, label_of

OPERATIONS = Registry("operation")
"""Name of an operation in ``phep`` of figures.yaml -> what it does to the rows of one return."""


def operate(
    ledger: Ledger, operation: Operation, entry: LedgerEntry, columns: Sequence[str] = ()
) -> tuple[Contribution, ...]:
    """What one return adds, worked out once for all periods. ``columns``: whose labels are the lines of the breakdown.

    The operation is kept with it: no other can come to have its id.
    """
    here = entry.quarter.key == ledger.period.key
    key = ("adds", id(operation), entry.unit.code, entry.quarter, here, tuple(columns))
    if key not in ledger.of_returns:
        name = next(name for name in OPERATIONS if getattr(operation, name) is not None)
        ledger.of_returns[key] = operation, tuple(OPERATIONS[name].function(ledger, operation, entry, columns))
    found: tuple[Contribution, ...] = ledger.of_returns[key][1]
    return found


@OPERATIONS.register("dem")
def count_rows(
    ledger: Ledger, operation: Operation, entry: LedgerEntry, columns: Sequence[str]
) -> Iterator[Contribution]:
    """Đếm dòng."""
    column = operation.cot or ""
    for row in rows_of(ledger, operation, entry):
        if column in row.values:
            groups = tuple(label_of(row.values.get(key)) for key in columns)
            yield of_cell(ledger, entry, row.values[column].at, groups=groups)


@OPERATIONS.register("tong")
def add_numbers(
    ledger: Ledger, operation: Operation, entry: LedgerEntry, columns: Sequence[str]
) -> Iterator[Contribution]:
    """Cộng ô; một ô để trống thêm số của ``de_trong_la``, nếu có."""
    column = operation.cot or ""
    for row in rows_of(ledger, operation, entry):
        value, number = row.values.get(column), row.number_of(column)
        if value is not None and value.blank and operation.de_trong_la is not None:
            number = Decimal(operation.de_trong_la)
        if value is not None and number is not None:
            groups = tuple(label_of(row.values.get(key)) for key in columns)
            yield of_cell(ledger, entry, value.at, number, groups=groups)


@OPERATIONS.register("khac_nhau")
def count_different(
    ledger: Ledger, operation: Operation, entry: LedgerEntry, columns: Sequence[str]
) -> Iterator[Contribution]:
    """Đếm những mã khác nhau; ô để trống không thêm gì."""
    column = operation.cot or ""
    for row in rows_of(ledger, operation, entry):
        if row.text(column):
            groups = tuple(label_of(row.values.get(key)) for key in columns)
            yield of_cell(ledger, entry, row.values[column].at, groups=groups, key=code_key(row.text(column)))


@OPERATIONS.register("ty_so")
def ratio_of_sums(
    ledger: Ledger, operation: Operation, entry: LedgerEntry, columns: Sequence[str]
) -> Iterator[Contribution]:
    """Tỷ số của hai tổng: cột ``tu`` trên cột ``mau``."""
    for row in rows_of(ledger, operation, entry):
        for key, below in ((operation.tu or "", False), (operation.mau or "", True)):
            number = row.number_of(key)
            if number is not None:
                yield of_cell(ledger, entry, row.values[key].at, number, below=below)
