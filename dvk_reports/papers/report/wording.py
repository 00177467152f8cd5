"""Numbers in the words of a report: a figure with its unit, its verdict, and what stands where it has no value."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, TypeAlias

from dvk_reports.model.figures import MET, NOT_MET, UNDECIDED, Figure
from dvk_reports.vietnamese.numbers import show_count, show_number, show_percent

NOTHING = "–"
NOT_YET = "Chưa có số liệu"
YEAR_OPEN = "chưa hết năm"
_HUNDRED = Decimal(100)
VerdictKey: TypeAlias = Literal["dat", "khong_dat", "chua_het_nam", "chua_du"]
"""As ``ket_luan`` of documents.yaml names the verdicts."""


class Amounts:
    """How values are written. ``measures``: units that are no count of objects, as the plan names them."""

    def __init__(self, measures: Sequence[str]) -> None:
        self._measures = frozenset(measures)

    def counts(self, unit: str) -> bool:
        """Whether a unit counts objects: then a zero stands before a number below ten."""
        return unit not in self._measures

    def count(self, value: Decimal, unit: str, *, prose: bool = True) -> str:
        """ "05 lớp", "128 mô hình", "4,5 km"; without the zero before a single digit where it is not prose."""
        whole = value == value.to_integral_value()
        shown = show_count(int(value)) if prose and whole and self.counts(unit) else show_number(value)
        return f"{shown} {unit}".rstrip()

    def bare(self, value: Decimal, unit: str) -> str:
        """An amount whose unit of measure has just been named: "05", "300,5"."""
        return self.count(value, unit).removesuffix(unit).rstrip()

    def quantity(self, figure: Figure, unit: str | None = None, *, prose: bool = True) -> str:
        """A known figure with its unit of measure."""
        if figure.ratio:
            return percent(figure)
        return self.count(figure.value or Decimal(0), figure.unit_of_measure if unit is None else unit, prose=prose)

    def result_cell(self, figure: Figure) -> str:
        """The value in a table: "83,3% (45/54)", a dash where nobody owes it, or that there is none yet."""
        if figure.value is None:
            nothing_below = figure.ratio and figure.denominator == 0 and bool(figure.reported)
            return NOTHING if figure.owed == 0 or nothing_below else NOT_YET
        of = fraction(figure)
        return self.quantity(figure, prose=False) + (f" ({of})" if of else "")


def percent(figure: Figure) -> str:
    """The value of a known ratio; from its two totals where it has them, so that nothing is rounded twice."""
    if figure.numerator is not None and figure.denominator:
        return show_percent(figure.numerator, figure.denominator)
    value = figure.value if figure.value is not None else Decimal(0)
    if figure.unit_of_measure == "%":
        return show_percent(value)
    return f"{show_number(value * _HUNDRED, 1)} {figure.unit_of_measure}"


def fraction(figure: Figure) -> str:
    """ "45/54", or nothing where a figure has no two totals."""
    if not figure.ratio or figure.numerator is None or not figure.denominator:
        return ""
    return f"{show_number(figure.numerator)}/{show_number(figure.denominator)}"


def fixed_percent(part: Decimal) -> str:
    """A target as the document writes it: 0.9 -> "90%"."""
    return f"{show_number(part * _HUNDRED)}%"


def year_open(figure: Figure) -> bool:
    """Whether the year still runs, so that nothing can have been missed yet."""
    return figure.verdict == UNDECIDED and YEAR_OPEN in figure.note


def verdict_of(figure: Figure) -> VerdictKey:
    """How a target stands, as the plan names it."""
    if figure.verdict == MET:
        return "dat"
    if figure.verdict == NOT_MET:
        return "khong_dat"
    return "chua_het_nam" if year_open(figure) else "chua_du"
