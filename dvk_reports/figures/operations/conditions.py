"""Which rows an operation takes (``loc`` of figures.yaml)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dvk_reports.figures.entry import LedgerEntry
from dvk_reports.figures.ledger import Ledger
from dvk_reports.model.values import Row
from dvk_reports.plan.book.registry import ROW_FILTERS
from dvk_reports.plan.book.rulebook import Filter, Operation
from dvk_reports.plan.lookups import label_in


def rows_of(ledger: Ledger, operation: Operation, entry: LedgerEntry) -> Iterator[Row]:
    """The rows of a return that an operation takes."""
    rows: Iterable[Row] = entry.rows(operation.sheet)
    for condition in operation.loc:
        rows = _passing(ledger, entry, rows, condition)
    return iter(rows)


def _passing(ledger: Ledger, entry: LedgerEntry, rows: Iterable[Row], condition: Filter) -> Iterable[Row]:
    key = condition.o or ""
    if condition.ham is not None:
        passes = ROW_FILTERS[condition.ham].function
        return [row for row in rows if passes(ledger, entry, row)]
    if condition.la is not None:
        return [row for row in rows if label_in(row, key) in condition.la]
    if condition.khong_la is not None:
        return [row for row in rows if label_in(row, key) not in condition.khong_la]
    first, last = ledger.register.window(entry.quarter)
    return [row for row in rows if (day := row.day(key)) is not None and first <= day <= last]
