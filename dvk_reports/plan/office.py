"""The context of a run: what every step of it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dvk_reports.model.periods import Quarter
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.register.register import Register


@dataclass(frozen=True)
class Office:
    """The rule book and the register of an office, and the day that the run is made for.

    ``plan`` is the whole rule book, of all its days; a step that works on one quarter asks ``plan_of(quarter)``.
    """

    plan: Plan
    register: Register
    day: date

    def plan_of(self, quarter: Quarter) -> Plan:
        """The rule book of a quarter: as it is in force on the quarter's last day."""
        return self.plan.on(quarter.last_day)
