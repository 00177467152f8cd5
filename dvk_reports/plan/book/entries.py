"""What every entry of the rule book is made of: strict, dated, with its source.

Modules of entries do without ``from __future__ import annotations``: whenever the program starts, pydantic would
evaluate hundreds of annotations from their text.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, ClassVar, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict

from dvk_reports.errors import PlanError
from dvk_reports.model.periods import Quarter


class Entry(BaseModel):
    """An entry of a rule file: no key too many, no type but the one asked for."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)

    KEY: ClassVar[tuple[str, ...]] = ()
    """The fields by which entries of one list are told apart, besides ``tu_ngay`` where there are versions."""


def _quarter(value: str) -> str:
    try:
        Quarter.parse(value)
    except PlanError as error:
        raise ValueError(str(error).removesuffix(".")) from None
    return value


def _number(value: str) -> str:
    try:
        finite = Decimal(value).is_finite()
    except InvalidOperation:
        finite = False
    if not finite:
        raise ValueError(f"“{value}” không phải là số, dấu thập phân là dấu chấm, ví dụ 0.3")
    return value


QuarterKey = Annotated[str, AfterValidator(_quarter)]
NumberText = Annotated[str, AfterValidator(_number)]
"""A number as text, so that it is exact."""


class Dated(Entry):
    """A value that a document fixes from a day on."""

    tu_ngay: date
    gia_tri: str
    can_cu: str

    @property
    def number(self) -> Decimal:
        return Decimal(self.gia_tri)


class DatedNumber(Dated):
    """A number of a document from a day on."""

    gia_tri: NumberText


class DatedBase(Entry):
    """An entry that begins on a day and names its basis."""

    tu_ngay: date
    can_cu: str


class Span(Entry):
    """What is in force from a day to a day; blank: from the start of what it belongs to, or to its end."""

    tu_ngay: date | None = None
    den_ngay: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the entry is in force on the day."""
        return (self.tu_ngay is None or self.tu_ngay <= day) and (self.den_ngay is None or day <= self.den_ngay)


T = TypeVar("T", bound="Dated | DatedBase")


def in_force(name: str, series: Sequence[T], day: date) -> T:
    """The entry in force on ``day``; refuses to guess before the first one."""
    past = [entry for entry in series if entry.tu_ngay <= day]
    if past:
        return max(past, key=lambda entry: entry.tu_ngay)
    first = min((entry.tu_ngay for entry in series), default=None)
    since = f" Giá trị đầu tiên có từ {first:%d/%m/%Y}." if first else ""
    raise PlanError(f"Quy định “{name}” chưa có giá trị cho ngày {day:%d/%m/%Y}.{since}")
