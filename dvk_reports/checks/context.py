"""What a rule may look at besides the row itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from dvk_reports.model.records import Return, Row, Stop, Value
from dvk_reports.plan.book.roles import LabelRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.duty import duties, ticks
from dvk_reports.plan.lookups import code_key
from dvk_reports.plan.periods import Quarter
from dvk_reports.plan.register.register import Register, Unit


@dataclass(frozen=True)
class Past:
    """What the checks need of the unit's earlier used returns."""

    codes: frozenset[str] = frozenset()
    """Keys of every model code that stood in an earlier B2 of the unit or its predecessors."""
    last: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    """Rows of the last used return, by sheet; empty where there is none."""
    quarter: Quarter | None = None
    """Quarter of the last used return."""
    stops: frozenset[Stop] = frozenset()
    """What was stopped in the last used return: not known, so nothing is compared with it."""
    ended: Mapping[str, tuple[str, Quarter]] = field(default_factory=dict)
    """Key of a model code that an earlier return of the unit or its predecessors ended -> (trang_thai, quarter)."""
    nil: Mapping[str, tuple[Row, ...]] | None = None
    """What a nil report carries, where that is not ``last``: nothing if one of the units merged into it was silent."""

    def known(self, sheet: str) -> tuple[Row, ...]:
        """Rows of a sheet of the last used return; none where the sheet as a whole was not known."""
        return () if Stop(sheet) in self.stops else self.last.get(sheet, ())

    def carried(self, sheet: str) -> tuple[Row, ...] | None:
        """What a nil report may carry of a sheet; None where there is no such sheet."""
        return (self.last if self.nil is None else self.nil).get(sheet)

    def sure(self, row: Row, key: str) -> bool:
        """Whether the value that stood there then was understood and not stopped."""
        return row.typed(key) is not None and Stop(row.sheet, row.number, key) not in self.stops


@dataclass(frozen=True)
class Case:
    """One return with everything in force for it. ``register`` None: rules that need it are left out."""

    plan: Plan
    form: Return
    quarter: Quarter
    register: Register | None = None
    unit: Unit | None = None
    past: Past = field(default_factory=Past)

    @property
    def code(self) -> str:
        return self.unit.code if self.unit else self.form.unit

    @cached_property
    def kind(self) -> str | None:
        return self.unit.kind if self.unit else None

    @cached_property
    def window(self) -> tuple[date, date]:
        if self.register is not None:
            return self.register.window(self.quarter)
        return self.quarter.first_day, self.quarter.last_day

    @cached_property
    def given(self) -> Mapping[str, str]:
        """Sheets the unit is given; without a register, every sheet that is in the file."""
        if self.kind is None:
            return dict.fromkeys(self.form.sheets, "neu_co")
        return duties(self.plan, self.kind, self.quarter)

    @cached_property
    def ticks(self) -> tuple[str, ...]:
        return ticks(self.plan, self.given)

    @cached_property
    def nil(self) -> bool:
        return self.form.kind in self.plan.labels_with(LabelRole.NIL)

    @cached_property
    def bia(self) -> Row | None:
        return self.form.bia()

    def rows(self, sheet: str) -> tuple[Row, ...]:
        """Rows of a sheet the unit was given; none of the others."""
        found = self.form.sheets.get(sheet)
        return found.rows if found is not None and sheet in self.given else ()

    def unread(self, sheet: str) -> bool:
        """Whether reading has stopped the sheet (T02): what its rows seem to lack may stand in a column not found."""
        return sheet in self._unread

    @cached_property
    def _unread(self) -> frozenset[str]:
        return frozenset(stop.sheet for finding in self.form.findings for stop in finding.stops if not stop.key)

    def key_values(self, sheet: str) -> Row | None:
        rows = self.rows(sheet)
        return rows[0] if rows else None

    def tick(self, sheet: str) -> Value | None:
        """The tick of a sheet on BIA, where that unit is asked for it."""
        key = self.plan.sheets[sheet].tick
        return self.bia.values.get(key) if self.bia is not None and key in self.ticks else None

    def asked(self, sheet: str) -> bool:
        """Whether the unit is asked for the tick of a sheet, even where its file has lost the line."""
        return self.plan.sheets[sheet].tick in self.ticks

    def ticked(self, sheet: str) -> bool:
        value = self.tick(sheet)
        return value is not None and value.typed is True

    @cached_property
    def own_codes(self) -> frozenset[str]:
        """Keys of the model codes that are the unit's: this B2 and its earlier ones."""
        here = {code_key(row.values["ma_mo_hinh"].text) for row in self.rows("B2") if "ma_mo_hinh" in row.values}
        return frozenset(here - {""}) | self.past.codes

    @cached_property
    def models(self) -> Mapping[str, Row]:
        return {code_key(row.text("ma_mo_hinh")): row for row in self.rows("B2") if row.text("ma_mo_hinh")}

    def caption(self, sheet: str, key: str) -> str:
        return self.plan.sheets[sheet].fields[key].ten

    def cells(self, sheet: str, key: str) -> Iterator[tuple[Row, Value]]:
        """Every value of a column that the file has."""
        for row in self.rows(sheet):
            if key in row.values:
                yield row, row.values[key]
