"""``reminders.yaml``: levels of reminding, holidays and worked days."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from dvk_reports.plan.book.entries import DatedBase, Entry


class ReminderLevel(DatedBase):
    """How firmly a unit is reminded from so many working days late on."""

    KEY: ClassVar[tuple[str, ...]] = ("muc",)

    muc: Annotated[int, Field(ge=1, le=3)]
    cham_tu: Annotated[int, Field(ge=1)]
    so_ngay_gia_han: Annotated[int, Field(ge=1)]
    them_noi_nhan: list[str] = Field(default_factory=list)


class Holiday(Entry):
    """Days on which offices are closed, both ends in it; Saturdays and Sundays among them change nothing."""

    KEY: ClassVar[tuple[str, ...]] = ("tu",)

    tu: date
    den: date
    ten: str
    can_cu: str


class WorkedDay(Entry):
    """A Saturday worked in place of another day."""

    KEY: ClassVar[tuple[str, ...]] = ("ngay",)

    ngay: date
    ten: str
    can_cu: str


class RemindersFile(Entry):
    """Everything in ``reminders.yaml``."""

    muc_nhac: list[ReminderLevel]
    ngay_nghi: list[Holiday]
    ngay_lam_bu: list[WorkedDay]
