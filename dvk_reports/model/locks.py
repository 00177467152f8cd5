"""A return of one unit that was locked while the quarter is still open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class LockAct(StrEnum):
    """What a line of ``khoa-don-vi.csv`` does."""

    LOCKED = "Khóa"
    OPENED = "Mở khóa"


@dataclass(frozen=True, slots=True)
class UnitLock:
    """One line of ``khoa-don-vi.csv``, in the order of its columns."""

    period: str
    unit: str
    act: LockAct
    day: date
    by: str
    reason: str
    file: str
    """Where the locked return lay in ``nhan-ve/<KY>``."""
    sha256: str
    """What makes it known again, wherever it lies."""
