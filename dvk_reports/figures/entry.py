"""One used return of one quarter, and which of its rows and cells may be read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeVar

from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import UsedReturn
from dvk_reports.model.values import Row
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.register.register import Unit

T = TypeVar("T")


@lru_cache(maxsize=1_000)
def _one(found: frozenset[T]) -> frozenset[T]:
    """One object for all that are alike: of most returns nothing, or the same, cannot be read."""
    return found


@dataclass(frozen=True)
class LedgerEntry:
    """One used return of one quarter, with the unit that sent it and the rule book in force then.

    Every method that takes a sheet takes its name or its role. Where the plan has no sheet of the role there are no
    rows of it.
    """

    plan: Plan
    quarter: Quarter
    unit: Unit
    used: UsedReturn
    given: frozenset[str]
    """Names of the sheets that the unit was given."""

    def _name(self, sheet: str) -> str:
        return self.plan.sheet(sheet) if isinstance(sheet, SheetRole) else sheet

    def rows(self, sheet: str) -> tuple[Row, ...]:
        """Rows that may count: none of a sheet that was not given, cannot be read or is stopped."""
        name = self._name(sheet)
        return self.used.rows[name] if name in self.given and name not in self._unreadable else ()

    def readable(self, sheet: str) -> bool:
        """Whether the sheet's content is known; a sheet that was not given is known to be nothing."""
        return self._name(sheet) not in self._unreadable

    @cached_property
    def _unreadable(self) -> frozenset[str]:
        """Those of the sheets given that are absent or stopped."""
        return _one(frozenset(name for name in self.given if not self.used.readable(name)))

    def without_fault(self, sheets: frozenset[str], columns: frozenset[tuple[str, str]]) -> bool:
        """Whether some sheets (their names) are readable and nothing is stopped in some of their columns."""
        return self._unreadable.isdisjoint(sheets) and self._stopped_columns.isdisjoint(columns)

    def stopped(self, row: Row, key: str) -> bool:
        """Whether the value of a cell is stopped, so that it is not known."""
        return (row.sheet, row.number, key) in self.used.stops

    @cached_property
    def _stopped_columns(self) -> frozenset[tuple[str, str]]:
        return _one(frozenset((sheet, key) for sheet, _, key in self.used.stops))

    def stops_in(self, sheet: str, key: str) -> bool:
        """Whether any cell of a column is stopped."""
        return (self._name(sheet), key) in self._stopped_columns

    def counts_elsewhere(self, sheet: str) -> bool:
        """Whether any cell for a number says that another return counts it."""
        marks, fields = self.plan.forms.cach_doc.tinh_noi_khac, self.plan.sheets[sheet].fields.values()
        numeric = [field.khoa for field in fields if field.numeric]
        return any(row.text(key) in marks for row in self.rows(sheet) if row.holds(marks) for key in numeric)

    def clean(self, row: Row, *keys: str) -> bool:
        """No stop on any of these cells of the row."""
        stops, sheet, number = self.used.stops, row.sheet, row.number
        return not stops or not any((sheet, number, key) in stops for key in keys)

    def all_clean(self, sheet: str, *keys: str) -> bool:
        """No stop on any of these columns of the sheet."""
        stopped = [key for key in keys if self.stops_in(sheet, key)]
        return not stopped or all(self.clean(row, *stopped) for row in self.rows(sheet))

    def says(self, row: Row, key: str, role: LabelRole) -> bool:
        """Whether a cell holds a label that plays a role."""
        return row.text(key) in self.plan.labels_with(role)
