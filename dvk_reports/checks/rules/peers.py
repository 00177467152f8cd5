"""K34: a unit's number against those of the other units of its kind.

By median and MAD, which one wild value cannot move.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from statistics import median

from dvk_reports.checks.context import counted_numbers
from dvk_reports.checks.together import Sent, Together
from dvk_reports.messages.returns import Msg, about
from dvk_reports.model.findings import Finding, Stop
from dvk_reports.model.values import Row
from dvk_reports.plan.book.forms import FieldSpec
from dvk_reports.plan.book.registry import check_across
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.vietnamese.numbers import show_count, show_number

_OF_MAD, _OF_MEAN = Fraction("0.6745"), Fraction("0.7979")
"""What makes MAD, and the mean of the deviations, a standard deviation where values are spread normally."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A number that one unit states, with the size that it is laid against; its row is looked up where it is told."""

    sent: Sent
    number: Fraction
    size: Fraction | None
    """None: not stated, not sure, or 0."""


@check_across("K34")
def unlike_the_others(together: Together) -> Iterator[Finding]:
    """K34 (Cảnh báo): số khác xa số của các đơn vị cùng loại (điểm lệch theo trung vị), tính trên quy mô của đơn vị.

    The numbers that K13 looks at. Where a column of the sheet says how large a unit is (``la_quy_mo`` of forms.yaml),
    the others are divided by it, and a unit whose size is 0 or not known is left out; where no unit of the kind has a
    size, the numbers themselves are compared. Nothing is said of kinds with fewer numbers than the plan asks for: a few
    units are no measure of each other.
    """
    limits = _Limits.of(together)
    sheet = together.plan.sheets.get(together.plan.sheet(SheetRole.GENERAL))
    if limits is None or sheet is None:
        return
    kinds: dict[str, list[Sent]] = {}
    for sent in together.sent:
        kinds.setdefault(sent.unit.kind, []).append(sent)
    for field in counted_numbers(sheet, parts=False):
        size = sheet.fields.get(sheet.size) if field.khoa != sheet.size else None
        for many in kinds.values():
            if len(many) >= limits.units:
                yield from _told(together, field, size, _stated(together, field, size, many), limits)


@dataclass(frozen=True)
class _Limits:
    units: Fraction
    score: Fraction
    least: Fraction

    @classmethod
    def of(cls, together: Together) -> _Limits | None:
        """The limits in force; None where the plan does not have the rule."""
        names = ("cung_loai_it_nhat", "cung_loai_diem_lech", "cung_loai_chenh_lech_it_nhat")
        found = [together.plan.limit(name, together.quarter.last_day) for name in names]
        return None if None in found else cls(*(Fraction(value) for value in found if value is not None))


def _stated(together: Together, field: FieldSpec, size: FieldSpec | None, many: Sequence[Sent]) -> list[Stated]:
    found = []
    for sent in many:
        for row in together.rows(sent, SheetRole.GENERAL)[:1]:
            number = _sure(sent, row, field.khoa)
            if number is not None:
                against = None if size is None else _sure(sent, row, size.khoa)
                found.append(Stated(sent, number, against or None))
    return found


def _sure(sent: Sent, row: Row, key: str) -> Fraction | None:
    """A number that is there and counts; None for one that is blank, not understood or stopped."""
    number = row.number_of(key)
    stopped = {Stop(row.sheet), Stop(row.sheet, row.number, key)} & sent.stops
    return None if number is None or stopped else Fraction(number)


def _told(
    together: Together, field: FieldSpec, size: FieldSpec | None, stated: Sequence[Stated], limits: _Limits
) -> Iterator[Finding]:
    by_size = any(item.size for item in stated)
    known = [(item, item.number / item.size if by_size and item.size else item.number) for item in stated]
    known = [(item, share) for item, share in known if item.size or not by_size]
    if len(known) < limits.units:
        return
    middle = median(share for _, share in known)
    spread = spread_of([share for _, share in known], middle)
    for item, share in known if spread else ():
        score = (share - middle) / spread
        if abs(score) <= limits.score or abs(item.number - middle * (item.size or 1)) < limits.least:
            continue
        yield about(
            Msg.UNLIKE_OTHERS,
            together.rows(item.sent, SheetRole.GENERAL)[0],
            field.khoa,
            unit=item.sent.unit.code,
            ten=field.ten,
            theo=_per_size(size, item, share) if size is not None and by_size else "",
            so=show_count(len(known)),
            giua=_shown(middle, 2),
            diem=_shown(score, 1),
            nguong=_shown(limits.score, 1),
        )


def _per_size(size: FieldSpec, item: Stated, share: Fraction) -> str:
    return f", chia cho “{size.ten}” ({_shown(item.size or Fraction(0), 2)}) là {_shown(share, 2)}"


def _shown(value: Fraction, places: int) -> str:
    """Rounded half up, without zeros at the end."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return show_number(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def spread_of(values: Sequence[Fraction], middle: Fraction) -> Fraction:
    """How far values lie from their median, as a standard deviation: by MAD, else by the mean of the deviations.

    MAD is 0 where more than half of the units state the same; 0 where all of them do.
    """
    away = [abs(value - middle) for value in values]
    mad = median(away)
    return mad / _OF_MAD if mad else sum(away, Fraction(0)) / len(away) / _OF_MEAN
