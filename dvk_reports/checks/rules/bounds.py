"""Rules on how large a number and how late a day may be: the bounds of the rule book (``gioi_han``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from dvk_reports.checks.context import Case
from dvk_reports.messages.returns import Msg
from dvk_reports.model.findings import Finding
from dvk_reports.model.values import Row
from dvk_reports.plan.book.registry import check
from dvk_reports.plan.book.rulebook import DateWithin, FieldSpec
from dvk_reports.vietnamese.dates import show_date, show_date_prose, year_as_day
from dvk_reports.vietnamese.numbers import show_number


@check("K28")
def numbers_in_bounds(case: Case) -> Iterator[Finding]:
    """K28: số nằm trong giới hạn của quy định (gioi_han); ô ngoài giới hạn bị dừng."""
    for sheet in case.given:
        rows = case.rows(sheet)
        for field in case.plan.sheets[sheet].truong if rows else ():
            if field.numeric:
                yield from _numbers(case, rows, field)


@check("K11")
def days_in_bounds(case: Case) -> Iterator[Finding]:
    """K11: ngày nằm trong giới hạn của quy định (gioi_han), trừ cột có luật ngay_trong; ô ngoài giới hạn bị dừng."""
    for sheet in case.given:
        spec = case.plan.sheets[sheet]
        rows = case.rows(sheet)
        ruled = {rule.o for rule in spec.luat if isinstance(rule, DateWithin)}
        for field in spec.truong if rows else ():
            if field.kieu == "ngay" and field.khoa not in ruled:
                yield from _days(case, rows, field)


def _numbers(case: Case, rows: Sequence[Row], field: FieldSpec) -> Iterator[Finding]:
    bound = case.plan.number_bound(field)
    least, most = Decimal(bound.tu), Decimal(bound.most(case.quarter.last_day))
    for row in rows:
        number = row.number_of(field.khoa)
        if number is not None and not least <= number <= most:
            nhac = f" {bound.nhac}" if bound.nhac else ""
            tu, den = (str(n) if bound.tu else show_number(n) for n in (least, most))
            yield case.about(Msg.NUMBER_OUTSIDE, row, field.khoa, tu=tu, den=den, nhac=nhac)


def _days(case: Case, rows: Sequence[Row], field: FieldSpec) -> Iterator[Finding]:
    first, last = case.plan.day_bound(field).days(case.last_day, case.day or date.max)
    for row in rows:
        day = row.day(field.khoa)
        year = None if day is None else year_as_day(day)
        if year is not None:
            example = show_date_prose(min(last, case.last_day))
            yield case.about(Msg.YEAR_AS_DAY, row, field.khoa, nam=year, vi_du=example)
        elif day is not None and not first <= day <= last:
            yield case.about(Msg.DAY_OUTSIDE, row, field.khoa, tu=show_date(first), den=show_date(last))
