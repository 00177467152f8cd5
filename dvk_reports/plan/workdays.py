"""Working days, and how firmly a unit is reminded by the number of them it is late.

A working day is Monday to Friday less the holidays of ``reminders.yaml``, and the Saturdays worked in their place. In a
year whose holidays are not written there, only Saturdays and Sundays are left out; :func:`holidays_known` tells.
"""

from __future__ import annotations

from datetime import date, timedelta

from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import UnitState
from dvk_reports.plan.book.rulebook import Plan, ReminderLevel, in_force
from dvk_reports.plan.office import Office

_SATURDAY = 5
_DAY = timedelta(days=1)


def holidays_known(plan: Plan, year: int) -> bool:
    """Whether the rule book holds the holidays of a year."""
    return any(holiday.tu.year == year for holiday in plan.reminders.ngay_nghi)


def is_workday(plan: Plan, day: date) -> bool:
    """Whether offices work on the day."""
    if any(worked.ngay == day for worked in plan.reminders.ngay_lam_bu):
        return True
    return day.weekday() < _SATURDAY and not any(
        holiday.tu <= day <= holiday.den for holiday in plan.reminders.ngay_nghi
    )


def workdays_after(plan: Plan, day: date, until: date) -> int:
    """How many working days lie after ``day``, up to and with ``until``; 0 where ``until`` is not later."""
    count = 0
    while day < until:
        day += _DAY
        count += is_workday(plan, day)
    return count


def workday_after(plan: Plan, day: date, number: int) -> date:
    """The working day ``number`` (from 1) after a day."""
    while number > 0:
        day += _DAY
        number -= is_workday(plan, day)
    return day


def days_late(office: Office, quarter: Quarter, until: date | None = None) -> int | None:
    """Working days between the deadline of a quarter and ``until``, the day of the run where none is given.

    None where there is no deadline.
    """
    deadline = office.register.deadlines.get(quarter)
    return None if deadline is None else workdays_after(office.plan, deadline.due, until or office.day)


def level_of(plan: Plan, level: int, as_of: date) -> ReminderLevel:
    """What the rule book says of a level (1 - 3) on a day."""
    return in_force(f"muc_nhac {level}", [entry for entry in plan.reminders.muc_nhac if entry.muc == level], as_of)


def reminder_level(office: Office, quarter: Quarter, *, answered: bool = False) -> int:
    """0 - 3: how firmly a unit without a used return is reminded on the day of the run.

    0: no letter, because the deadline is not past, fewer working days have passed than the first level asks for, or the
    register has no deadline for the quarter. A unit that has ``answered``, if only with what cannot be used, is asked
    to mend it: a level that tells others too is not for it.
    """
    late = days_late(office, quarter)
    if not late:
        return 0
    plan = office.plan
    levels = [level_of(plan, level, office.day) for level in sorted({entry.muc for entry in plan.reminders.muc_nhac})]
    reached = [level for level in levels if late >= level.cham_tu and not (answered and level.them_noi_nhan)]
    return max((level.muc for level in reached), default=0)


def reminder_of(office: Office, quarter: Quarter, state: UnitState, *, answered: bool = False) -> int | None:
    """Column ``muc_nhac`` of one unit; None (blank) where the register has no deadline, so that no level is known."""
    if quarter not in office.register.deadlines:
        return None
    return 0 if state is UnitState.ACCEPTED else reminder_level(office, quarter, answered=answered)


def new_deadline(plan: Plan, level: int, as_of: date) -> date:
    """The last day for the return: between ``as_of`` and it the unit has the level's working days whole."""
    return workday_after(plan, as_of, level_of(plan, level, as_of).so_ngay_gia_han + 1)
