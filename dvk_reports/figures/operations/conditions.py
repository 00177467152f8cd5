"""Which rows an operation takes (``loc`` of figures.yaml)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dvk_reports.figures.ledger import Ledger, LedgerEntry
from dvk_reports.model.values import Row
from dvk_reports.plan.book.registry import ROW_FILTERS
from dvk_reports.plan.book.rulebook import Filter, Operation
from dvk_reports.plan.lookups import label_of


def rows_of(ledger: Ledger, operation: Operation, entry: LedgerEntry) -> Iterator[Row]:
    """The rows of a return that an operation takes."""
    for row in entry.rows(operation.sheet):
        if all(_passes(ledger, entry, row, condition) for condition in operation.loc):
            yield row


def _passes(ledger: Ledger, entry: LedgerEntry, row: Row, condition: Filter) -> bool:
    if condition.ham is not None:
        passes: bool = ROW_FILTERS[condition.ham].function(ledger, entry, row)
        return passes
    value = row.values.get(condition.o or "")
    if condition.la is not None:
        return label_of(value) in condition.la
    if condition.khong_la is not None:
        return label_of(value) not in condition.khong_la
    first, last = ledger.register.window(entry.quarter)
    return value is not None and isinstance(value.typed, date) and first <= value.typed <= last
