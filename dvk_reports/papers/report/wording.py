"""Numbers in the words of a report: a figure with its unit, its n/N, its verdict and what is known of it.

A figure that is unknown is asked for (``[CẦN BỔ SUNG: …]``), never written as 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum, auto

from dvk_reports.messages.marks import wanted as wanted
from dvk_reports.model.figures import UNDECIDED, Figure
from dvk_reports.vietnamese.numbers import show_count, show_number, show_percent

NOTHING = "–"
YEAR_OPEN = "chưa hết năm"
_HUNDRED = Decimal(100)


class Standing(Enum):
    """What may be said about a figure."""

    KNOWN = auto()
    NO_OBJECT = auto()
    """Everyone has answered and there is nothing below the line."""
    NOT_OWED = auto()
    UNKNOWN = auto()


def standing(figure: Figure) -> Standing:
    """Whether a figure has a value, and why not."""
    if figure.value is not None:
        return Standing.KNOWN
    if figure.owed == 0:
        return Standing.NOT_OWED
    if figure.ratio and figure.denominator == 0 and figure.reported:
        return Standing.NO_OBJECT
    return Standing.UNKNOWN


# --- n/N ---


def scope(figure: Figure) -> str:
    """ "50/60" where some units are not in the figure, else ""."""
    return f"{figure.reported}/{figure.owed}" if figure.partial else ""


def units_of(figure: Figure) -> str:
    """ " (50/60 đơn vị)" where some units are not in the figure, else ""."""
    return f" ({scope(figure)} đơn vị)" if figure.partial else ""


def of_units(figure: Figure) -> str:
    """ "50/60" for a table cell; a dash where no unit owes it."""
    return f"{figure.reported}/{figure.owed}" if figure.owed and figure.reported is not None else NOTHING


# --- values ---


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
        """The value in a table: "83,3% (45/54)", a dash, or the mark to fill in."""
        found = standing(figure)
        if found is Standing.NO_OBJECT:
            return f"{NOTHING} (không có đối tượng)"
        if found is Standing.NOT_OWED:
            return NOTHING
        if found is Standing.UNKNOWN:
            return wanted("số liệu")
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


# --- targets and verdicts ---


def fixed_percent(part: Decimal) -> str:
    """A target as the document writes it: 0.9 -> "90%"."""
    return f"{show_number(part * _HUNDRED)}%"


def bounds_cell(figure: Figure) -> str:
    """The least and the most that the ratio can still be."""
    if figure.low is None or figure.high is None:
        return NOTHING
    return f"{show_percent(figure.low)} - {show_percent(figure.high)}"


def year_open(figure: Figure) -> bool:
    """Whether the year still runs, so that nothing can have been missed yet."""
    return figure.verdict == UNDECIDED and YEAR_OPEN in figure.note


def verdict_cell(figure: Figure) -> str:
    """The verdict for a table cell, with a word where the year is not over."""
    if figure.target is None:
        return NOTHING
    if not figure.verdict:
        return wanted("kết luận")
    return f"{figure.verdict} ({YEAR_OPEN})" if year_open(figure) else figure.verdict


def reasons(figure: Figure) -> list[str]:
    """Why a verdict stands as it does: the year still runs, units are missing, between which bounds it lies."""
    found = [YEAR_OPEN] if year_open(figure) else []
    if figure.partial:
        found.append(f"còn {show_count((figure.owed or 0) - (figure.reported or 0))} đơn vị chưa có số liệu")
        if figure.low is not None and figure.high is not None:
            found.append(f"thấp nhất {show_percent(figure.low)}, cao nhất {show_percent(figure.high)}")
    return found


# --- notes ---


def note(figure: Figure) -> str:
    """The short note of a figure where it has one, else the whole."""
    return figure.brief or figure.note


def remark(figure: Figure) -> str:
    """What the note says besides what the verdict already does; "" where that is all."""
    parts = [part.strip(" .") for part in note(figure).split(";")]
    return "; ".join(part for part in parts if part and not (year_open(figure) and part == YEAR_OPEN))


def to_fill_in(figure: Figure) -> str:
    """What to ask for: what the note of a figure without a target says (not published yet), else numbers."""
    reason = note(figure) if figure.target is None else ""
    return wanted(reason or ("số liệu" if figure.owed is None else "số liệu của các đơn vị"))
