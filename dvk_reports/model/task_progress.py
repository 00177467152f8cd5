"""How the tasks of the plan go on (sheet ``Tiến độ nhiệm vụ``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class TaskState(StrEnum):
    """Where a task stands on the day of the run."""

    ON_TIME = "Đúng hạn"
    LATE = "Chậm"
    UNDER_WAY = "Đang thực hiện"
    NOT_BEGUN = "Chưa bắt đầu"
    NOT_DUE = "Chưa đến hạn"


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """A task of the plan in one year: what the office keeps of it in the register, and what the returns say."""

    code: str
    year: int
    text: str
    lead: str
    with_: str
    due: date
    state: TaskState
    told: str
    """What the returns of the year say of it so far, each figure with n/N."""
    estimate: Decimal | None
    spent: Decimal | None
    remark: str = ""
    """What the state rests on, where that must be said."""
    overdue: bool = False
    """Late because its day is past and the register has no day on which it was done."""
