"""A model that is running at the end of a period, with what its last review says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dvk_reports.model.values import Small


@dataclass(frozen=True, slots=True)
class Review(Small):
    """The latest review of a model."""

    day: date
    in_period: bool
    """Whether it stands in a return of the period itself."""
    reviewer: int
    """Place of the reviewer in his list, from the weakest word to the strongest; -1 where it is not said."""
    grade: str
    high: bool
    ineffective: bool
    result: str = ""
    """What it came to, in the unit's words."""
    amounts: tuple[tuple[str, Decimal], ...] = ()
    """(column, amount) of what people gave or what was built; columns that are blank or 0 are left out."""


@dataclass(frozen=True, slots=True)
class RunningModel(Small):
    """One model. What is stopped, blank or not asked for is "" or None here."""

    unit: str
    code: str
    name: str
    field: str
    hamlets: tuple[str, ...] = ()
    """Names of the thôn that it covers."""
    every_hamlet: bool = False
    """Whether these are all that the unit has."""
    carried_by: str = ""
    households: Decimal | None = None
    elsewhere: str = ""
    """The movement of another body that it may belong to."""
    clean: bool = True
    """Whether none of the cells read here is stopped."""
    review: Review | None = None
    replications: int = 0
    recognised: bool = False
    cells: tuple[tuple[str, str, str], ...] = ()
    """(file, sheet of the form, cell) of what is read here."""
