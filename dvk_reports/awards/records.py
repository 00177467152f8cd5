"""What a round reads: the used returns of the quarters that ended before its month, by line of units.

A line is a unit with those merged into it up to the round. A stopped cell, a stopped sheet and a return that is not
used are not known. A quarter that the workspace does not hold at all is named, and what it might have said is not
asked for, as in the figures of the year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from dvk_reports.model.periods import Quarter, quarters_between
from dvk_reports.model.proposals import Proof, Year
from dvk_reports.model.returns import UsedReturn
from dvk_reports.model.values import Row
from dvk_reports.plan.book.awards import Round
from dvk_reports.plan.book.entries import in_force
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.duty import duty_of
from dvk_reports.plan.lookups import code_key, replication, review_rank
from dvk_reports.plan.office import Office
from dvk_reports.plan.people import heir, homes
from dvk_reports.plan.register.register import Register


@dataclass(frozen=True)
class Line:
    """One row of one used return, in its quarter, with the rule book in force then."""

    plan: Plan
    quarter: Quarter
    used: UsedReturn
    row: Row

    @property
    def unit(self) -> str:
        return self.used.unit

    @property
    def order(self) -> tuple[Quarter, str, int]:
        return self.quarter, self.unit, self.row.number

    def known(self, key: str) -> bool:
        """Whether the cell says something that is not stopped; a blank says nothing."""
        return not self.used.stopped(self.row, key) and self.row.typed(key) is not None

    def text(self, key: str) -> str:
        """The text of a cell; "" where its value is stopped."""
        return self.row.text(key) if self.known(key) else ""

    def day(self, key: str) -> date | None:
        """The day in a cell; None where its value is stopped."""
        return self.row.day(key) if self.known(key) else None

    def says(self, key: str, role: LabelRole) -> bool:
        """Whether the cell is known and holds a label that plays a role."""
        return self.text(key) in self.plan.labels_with(role)

    def proof(self, key: str) -> Proof:
        """The cell, as something that rests on it names it."""
        return Proof(self.quarter.key, self.row.at(key))

    def year(self, number: int) -> Year:
        """Of a recognition: the award year with its decision."""
        return Year(
            year=number,
            number=self.text("so_qd"),
            day=self.day("ngay_qd"),
            authority=self.text("co_quan_qd"),
            model=self.text("ma_mo_hinh"),
            proof=self.proof("so_qd"),
        )


@dataclass(frozen=True)
class Reviews:
    """The reviews of one model: the latest that can be placed, and those that may be later still."""

    latest: Line | None
    perhaps: tuple[Line, ...] = ()
    """Rows whose model or day is not known and that could be the latest review of this model."""


@dataclass(frozen=True)
class Records:
    """Everything a round may look at."""

    office: Office
    round: Round
    returns: Mapping[tuple[str, Quarter], UsedReturn]
    held: frozenset[Quarter]
    """Quarters of the workspace; what lies outside the window of the round is not read."""
    received: Mapping[tuple[str, Quarter], date] = field(default_factory=dict)
    """ngay_nhan of the consolidated workbooks; the register's own word wins."""

    @property
    def plan(self) -> Plan:
        """The whole rule book; what holds in a quarter is ``on(quarter)``."""
        return self.office.plan

    @property
    def register(self) -> Register:
        return self.office.register

    @property
    def as_of(self) -> date:
        """The day that the run is made for."""
        return self.office.day

    @property
    def day(self) -> date:
        """The day of the round: the first of its month."""
        return self.round.tu_ngay

    @property
    def decision_day(self) -> date:
        """The earliest day a decision may bear: that of the round, or of the run where it is made later."""
        return max(self.round.tu_ngay, self.as_of)

    @cached_property
    def due(self) -> tuple[Quarter, ...]:
        """Every quarter of the plan that ended before the round."""
        first, last = self.plan.first_quarter, Quarter.of(self.day).previous
        return quarters_between(first, min(last, self.plan.last_quarter))

    @cached_property
    def quarters(self) -> tuple[Quarter, ...]:
        """Those of them that the workspace holds."""
        return tuple(quarter for quarter in self.due if quarter in self.held)

    @cached_property
    def of_year(self) -> tuple[Quarter, ...]:
        return tuple(quarter for quarter in self.quarters if quarter.year == self.round.year)

    @cached_property
    def _lines(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for unit in self.register.units:
            lines = {heir(self.register, unit.code, self.day), *homes(self.register, unit.code, self.day)}
            for code in lines:
                found.setdefault(code, []).append(unit.code)
        return {code: tuple(units) for code, units in found.items()}

    def line(self, unit: str) -> tuple[str, ...]:
        """The unit's line: itself, every unit that shares its heir, and those that it is a part of."""
        return self._lines.get(heir(self.register, unit, self.day), (unit,))

    @cached_property
    def reading(self) -> str:
        """How “02 năm liên tục” is counted on the day of the round: A, B or C."""
        series = self.plan.awards.gia_tri.cach_tinh_02_nam
        return in_force("cach_tinh_02_nam", series, self.day).gia_tri

    @cached_property
    def least_years(self) -> int:
        """How many years are asked for on the day of the round."""
        series = self.plan.awards.gia_tri.so_nam_toi_thieu
        return in_force("so_nam_toi_thieu", series, self.day).gia_tri

    def on(self, quarter: Quarter) -> Plan:
        """The rule book in force on the last day of a quarter."""
        return self.office.plan_of(quarter)

    def name_of(self, role: SheetRole) -> str:
        """Name of the sheet that plays a role on the day of the round, for a sentence."""
        return self.plan.on(self.day).sheet(role)

    def sheet(self, role: SheetRole, quarter: Quarter) -> str:
        """Name of the sheet that plays a role in a quarter; "" where there is none."""
        return self.on(quarter).sheet(role)

    def used(self, unit: str, quarter: Quarter) -> UsedReturn | None:
        """The return of a unit that counts for a quarter."""
        return self.returns.get((unit, quarter))

    def duty(self, role: SheetRole, unit: str, quarter: Quarter) -> str | None:
        """``den_han``, ``neu_co``, or None where the unit is not given the sheet or not in the register."""
        kind = self.register.by_code[unit].kind if unit in self.register.by_code else ""
        return duty_of(self.plan, self.sheet(role, quarter), kind, quarter)

    def given(self, role: SheetRole, unit: str, quarter: Quarter) -> bool:
        """Whether a unit was given the sheet of a role in a quarter."""
        return self.duty(role, unit, quarter) is not None

    def rows(
        self, role: SheetRole, units: tuple[str, ...], quarters: tuple[Quarter, ...] | None = None
    ) -> Iterator[Line]:
        """Rows of a sheet that was given and can be read, oldest first."""
        for quarter in self.quarters if quarters is None else quarters:
            for unit in units:
                if self.given(role, unit, quarter):
                    yield from self.sent_rows(role, unit, quarter)

    def sent_rows(self, role: SheetRole, unit: str, quarter: Quarter) -> Iterator[Line]:
        """Rows of a sheet of one return that can be read, whether the unit was given it or not."""
        used, sheet = self.used(unit, quarter), self.sheet(role, quarter)
        if used is not None and used.readable(sheet):
            for row in used.rows[sheet]:
                yield Line(self.on(quarter), quarter, used, row)

    def lost(self, role: SheetRole, units: tuple[str, ...], quarters: tuple[Quarter, ...]) -> tuple[Quarter, ...]:
        """Those quarters in which a unit of the line was given the sheet and what it says is not known."""
        return tuple(
            quarter
            for quarter in quarters
            if any(
                self.given(role, unit, quarter) and not self._read(role, unit, quarter)
                for unit in units
                if unit in self.register.by_code and self.register.by_code[unit].valid(quarter.last_day)
            )
        )

    def _read(self, role: SheetRole, unit: str, quarter: Quarter) -> bool:
        used = self.used(unit, quarter)
        return used is not None and used.readable(self.sheet(role, quarter))

    def reviews(self, unit: str, model: str) -> Reviews:
        """Reviews of a model (its key) in the returns of the line, the latest as the figures take it."""
        placed: list[Line] = []
        loose: list[Line] = []
        for line in self.rows(SheetRole.REVIEWS, self.line(unit)):
            known, day = line.known("ma_mo_hinh"), line.day("ngay_danh_gia")
            if known and code_key(line.text("ma_mo_hinh")) != model:
                continue
            (placed if known and day is not None else loose).append(line)
        latest = max(placed, key=lambda line: (*review_rank(self.plan, line.row)[:2], *line.order), default=None)
        perhaps = [line for line in loose if latest is None or _may_follow(line, latest)]
        return Reviews(latest, tuple(perhaps))

    def reviews_missed(self, unit: str, latest: Line | None) -> bool:
        """Whether a quarter of the round's year that may hold a review after this one was not heard."""
        day = latest.day("ngay_danh_gia") if latest is not None else None
        later = tuple(quarter for quarter in self.of_year if day is None or quarter.last_day > day)
        return bool(self.lost(SheetRole.REVIEWS, self.line(unit), later))

    def model(self, unit: str, model: str) -> Line | None:
        """The model's last row in the lists of models of the line."""
        found = None
        for line in self.rows(SheetRole.MODELS, self.line(unit)):
            if line.known("ma_mo_hinh") and code_key(line.text("ma_mo_hinh")) == model:
                found = line
        return found

    def models_unsure(self, unit: str) -> bool:
        """Whether the line's last list of models is not wholly known, so that a code not found may yet be on it."""
        units = self.line(unit)
        last = self.quarters[-1:]
        unsure = any(not line.known("ma_mo_hinh") for line in self.rows(SheetRole.MODELS, units, last))
        return unsure or bool(self.lost(SheetRole.MODELS, units, last))

    def replications(self, unit: str, model: str) -> tuple[Line, ...]:
        """Rows that tell of the model and are replications, as the figures count them."""
        units = self.line(unit)
        now = {code_key(line.row.text("ma_mo_hinh")): line.row for line in self.rows(SheetRole.MODELS, units)}
        found = []
        for line in self.rows(SheetRole.REPLICATIONS, units):
            sure = not any(
                line.used.stopped(line.row, key)
                for key in ("ma_mo_hinh", "noi_nhan_rong", "thon_nhan_rong", "ngay_nhan_rong")
            )
            if not sure or code_key(line.row.text("ma_mo_hinh")) != model:
                continue
            models = line.used.rows.get(line.plan.sheet(SheetRole.MODELS), ())
            then = {code_key(row.text("ma_mo_hinh")): row for row in models}
            day = line.quarter.last_day
            if replication(self.register, line.unit, line.row, {**now, **then}, day) is True:
                found.append(line)
        return tuple(found)


def _may_follow(line: Line, latest: Line) -> bool:
    day, then = line.day("ngay_danh_gia"), latest.day("ngay_danh_gia")
    return day is None or then is None or day >= then
