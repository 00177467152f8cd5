"""The rules on one row or one sheet: typed entries ``luat`` of forms.yaml, one small function for each type."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from dvk_reports.checks.context import Case
from dvk_reports.messages.returns import Msg, about
from dvk_reports.model.records import Finding, Level, Row, Stop, Value
from dvk_reports.plan.book.rulebook import (
    AddsUp,
    AtMost,
    DateOrder,
    DateWithin,
    KindOnly,
    Largest,
    Longest,
    MoneyDoubt,
    RequiredIf,
    SheetSpec,
    Symbol,
    Unique,
    When,
    decimal_of,
)
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.numbers import show_number
from dvk_reports.vietnamese.text import fold

_SYMBOL = re.compile(r"^\s*(?:số\s*:?\s*)?\d+[a-zđ]?\s*[-/]\s*([A-ZĐ]{2,4}i?)\b", re.IGNORECASE)


def sheet_rules(case: Case, spec: SheetSpec) -> Iterator[Finding]:
    """Every finding of the rules of one sheet, in the order of the rule book."""
    rows = case.rows(spec.ma)
    for rule in spec.luat:
        yield from _RULES[rule.loai](case, spec, rule, rows)


def holds(case: Case, when: When, row: Row) -> bool:
    """Whether a condition of the rule book is met on a row; a value that was not understood meets none."""
    if when.loai_don_vi is not None:
        return case.kind in when.loai_don_vi
    value = row.values.get(when.o or "")
    if value is None or value.typed is None:
        return False
    if when.la is not None:
        return label_of(value) in when.la
    if when.tren is not None:
        return isinstance(value.typed, Decimal) and value.typed > when.tren
    if when.trong_ky:
        first, last = case.window
        return isinstance(value.typed, date) and first <= value.typed <= last
    return when.da_ghi


def label_of(value: Value) -> str:
    if value.typed is True:
        return "Có"
    if value.typed is False:
        return "Không"
    return value.typed if isinstance(value.typed, str) else ""


def _because(case: Case, spec: SheetSpec, when: When, row: Row) -> str:
    if when.loai_don_vi is not None:
        return "đơn vị là xã, thị trấn" if when.loai_don_vi == ["DB_XA", "DB_TT"] else "đơn vị thuộc diện phải ghi"
    name = spec.fields[when.o or ""].ten
    value = row.values[when.o or ""]
    if when.trong_ky:
        return "mô hình đăng ký trong kỳ này"
    return f"“{name}” đã ghi {value.text}" if when.da_ghi or when.tren is not None else f"“{name}” là {label_of(value)}"


def required_if(case: Case, spec: SheetSpec, rule: RequiredIf, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """K02: ô phải ghi khi một ô khác của dòng có giá trị nhất định."""
    for row in rows:
        value = row.values.get(rule.o)
        if value is not None and value.blank and holds(case, rule.khi, row):
            yield about(
                Msg.BLANK_IF,
                row,
                rule.o,
                unit=case.code,
                ten=spec.fields[rule.o].ten,
                vi=_because(case, spec, rule.khi, row),
            )


def at_most(case: Case, spec: SheetSpec, rule: AtMost, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """K06: phần không lớn hơn tổng. Tổng để trống thì không so; chỉ phần bị dừng."""
    for row in rows:
        part, whole = row.number_of(rule.phan), row.number_of(rule.toan_the)
        if part is not None and whole is not None and part > whole:
            yield about(
                Msg.PART_OVER_WHOLE,
                row,
                rule.phan,
                unit=case.code,
                ten=spec.fields[rule.phan].ten,
                toan=spec.fields[rule.toan_the].ten,
                so=show_number(whole),
                o=row.values[rule.toan_the].at.a1,
            )


def adds_up(case: Case, spec: SheetSpec, rule: AddsUp, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """K06: năm ô ý kiến cộng lại bằng số phiếu hợp lệ, hoặc trống cả năm. Dừng cả năm ô, báo ở ô đầu."""
    for row in rows:
        values = [row.values[key] for key in rule.phan if key in row.values]
        if len(values) < len(rule.phan) or all(value.blank for value in values):
            continue
        if any(value.typed is None and not value.blank for value in values):
            continue  # said once, where the value could not be read
        stops = [Stop(row.sheet, row.number, key) for key in rule.phan]
        facet = spec.fields[rule.phan[0]].heads[0]
        blanks = [value.at.a1 for value in values if value.blank]
        if blanks:
            finding = about(Msg.OPINIONS_BLANK, row, rule.phan[0], unit=case.code, mat=facet, trong=", ".join(blanks))
            yield _stopping(finding, stops)
            continue
        whole = row.number_of(rule.toan_the)
        added = sum((row.number_of(key) or Decimal(0) for key in rule.phan), Decimal(0))
        if whole is not None and added != whole:
            finding = about(
                Msg.OPINIONS,
                row,
                rule.phan[0],
                unit=case.code,
                mat=facet,
                cong=show_number(added),
                so=show_number(whole),
                o=row.values[rule.toan_the].at.a1,
            )
            yield _stopping(finding, stops)


def _stopping(finding: Finding, stops: list[Stop]) -> Finding:
    return replace(finding, stops=tuple(stops))


def date_order(case: Case, spec: SheetSpec, rule: DateOrder, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """K25: ngày sau không trước ngày trước; báo và dừng ô ngày sau."""
    for row in rows:
        first, later = row.day(rule.truoc), row.day(rule.sau)
        if first is not None and later is not None and later < first:
            yield about(
                Msg.DATE_ORDER,
                row,
                rule.sau,
                unit=case.code,
                level=Level(rule.muc),
                ten=spec.fields[rule.sau].ten,
                kia=spec.fields[rule.truoc].ten,
                ngay=show_date(first),
                o=row.values[rule.truoc].at.a1,
            )


def date_within(case: Case, spec: SheetSpec, rule: DateWithin, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """K11: ngày phát sinh nằm trong kỳ của báo cáo (ngày đăng ký, ngày thay đổi: từ năm 2010 đến hết kỳ)."""
    start, end = case.window
    first = start if rule.tu == "dau_ky" else rule.tu
    for row in rows:
        day = row.day(rule.o)
        if day is not None and not first <= day <= end:
            yield about(
                Msg.DATE_OUTSIDE,
                row,
                rule.o,
                unit=case.code,
                ten=spec.fields[rule.o].ten,
                tu=show_date(first),
                den=show_date(end),
            )


def unique(case: Case, spec: SheetSpec, rule: Unique, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """K24: mã ghi hai lần (Chặn); dòng ghi hai lần ở biểu khác (Cảnh báo, vẫn tính)."""
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        if rule.khi is not None and not holds(case, rule.khi, row):
            continue
        values = [row.values.get(key) for key in rule.o]
        if any(value is not None and value.typed is None and not value.blank for value in values):
            continue
        key = tuple(_sense(value) for value in values)
        if not any(key) or (len(rule.o) == 1 and not key[0]):
            continue
        if key not in seen:
            seen[key] = row.number
            continue
        message = _twice(spec.ma, rule)
        name = rule.o[-1] if message is Msg.RANK_TWICE else next(k for k in rule.o if k in row.values)
        yield about(message, row, name, unit=case.code, dong=seen[key])


def _sense(value: Value | None) -> str:
    """What was understood: 1000 and 1.000 are one number, 5/9/2023 and 05/09/2023 one day."""
    if value is None or value.typed is None:
        return ""
    if isinstance(value.typed, Decimal):
        return str(value.typed.normalize())
    return fold(str(value.typed))


def _twice(sheet: str, rule: Unique) -> Msg:
    if Level(rule.muc) is Level.BLOCK:
        return Msg.TWICE
    if rule.o[-1] == "thu_tu":
        return Msg.RANK_TWICE
    return Msg.REPEATED_ONCE if sheet == "B9a" else Msg.REPEATED


def longest(case: Case, spec: SheetSpec, rule: Longest, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """T11: nội dung dài quá số ký tự của ô."""
    for row in rows:
        text = row.text(rule.o)
        if len(text) > rule.so:
            yield about(
                Msg.TOO_LONG,
                row,
                rule.o,
                unit=case.code,
                ten=spec.fields[rule.o].ten,
                so=show_number(Decimal(len(text))),
                max=show_number(Decimal(rule.so)),
            )


def largest(case: Case, spec: SheetSpec, rule: Largest, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """K04: số lượng lớn hơn 1 chỉ dùng cho loa truyền thanh cơ sở."""
    for row in rows:
        number = row.number_of(rule.o)
        other = row.values.get(rule.tru_khi.o or "")
        if other is not None and other.typed is None:
            continue  # the channel itself is missing or unknown, and said so
        if number is not None and number > rule.so and not holds(case, rule.tru_khi, row):
            yield about(Msg.MORE_THAN_ONE, row, rule.o, unit=case.code, ten=spec.fields[rule.o].ten, so=rule.so)


def money_doubt(case: Case, spec: SheetSpec, rule: MoneyDoubt, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """K18: số tiền lớn bất thường, có thể đã ghi theo đồng."""
    limit = decimal_of(case.plan.value("tien_lon_bat_thuong", case.quarter.last_day))
    for row in rows:
        number = row.number_of(rule.o)
        if number is not None and number > limit:
            yield about(Msg.MONEY, row, rule.o, unit=case.code, ten=spec.fields[rule.o].ten)


def symbol(case: Case, spec: SheetSpec, rule: Symbol, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """K17: ký hiệu văn bản phải đúng loại (KH, QĐ, NQ …)."""
    for row in rows:
        text = row.text(rule.o)
        if not text:
            continue
        found = _SYMBOL.match(text)
        if found is None or found[1].upper() not in {kind.upper() for kind in rule.thuoc}:
            yield about(Msg.SYMBOL, row, rule.o, unit=case.code, ten=spec.fields[rule.o].ten, vi_du=rule.vi_du)


def kind_only(case: Case, spec: SheetSpec, rule: KindOnly, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """K03: cờ chỉ dùng cho một loại đơn vị (nông thôn mới: xã; đô thị văn minh: thị trấn)."""
    if case.kind is None or case.kind in rule.loai_don_vi:
        return
    names = {"DB_XA": "xã", "DB_TT": "thị trấn"}
    kinds = ", ".join(names.get(kind, kind) for kind in rule.loai_don_vi)
    for row in rows:
        if row.yes(rule.o):
            yield about(Msg.KIND_ONLY, row, rule.o, unit=case.code, ten=spec.fields[rule.o].ten, loai=kinds)


_RULES: dict[str, Callable[[Case, SheetSpec, Any, tuple[Row, ...]], Iterator[Finding]]] = {
    "bat_buoc_khi": required_if,
    "khong_vuot": at_most,
    "cong_bang": adds_up,
    "thu_tu_ngay": date_order,
    "ngay_trong": date_within,
    "duy_nhat": unique,
    "toi_da_chu": longest,
    "toi_da_so": largest,
    "nghi_don_vi_tien": money_doubt,
    "ky_hieu": symbol,
    "chi_loai_don_vi": kind_only,
}
