"""The rules on one row or one sheet: typed entries ``luat`` of forms.yaml, one small function for each type.

A function is registered under the type it serves (``loai``), so that a type without a function cannot be used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from dvk_reports.checks.context import Case
from dvk_reports.messages.message import Message
from dvk_reports.messages.returns import Msg
from dvk_reports.model.findings import Finding, Level, Stop
from dvk_reports.model.values import Row
from dvk_reports.plan.book.registry import Registry
from dvk_reports.plan.book.roles import SheetRole
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
from dvk_reports.plan.lookups import label_in, label_of
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.numbers import show_number
from dvk_reports.vietnamese.text import fold

ROW_RULES = Registry("row rule")
"""``loai`` of an entry of ``luat`` -> the function that finds what breaks it, with the code it tells."""

_SYMBOL = re.compile(r"^\s*(?:số\s*:?\s*)?\d+[a-zđ]?\s*[-/]\s*([A-ZĐ]{2,4}i?)\b", re.IGNORECASE)


def sheet_rules(case: Case, spec: SheetSpec) -> Iterator[Finding]:
    """Every finding of the rules of one sheet, in the order of the rule book."""
    rows = case.rows(spec.ma)
    for rule in spec.luat:
        yield from ROW_RULES[rule.loai].function(case, spec, rule, rows)


def holds(case: Case, when: When, row: Row) -> bool:
    """Whether a condition of the rule book is met on a row; a value that was not understood meets none."""
    if when.loai_don_vi is not None:
        return case.kind in when.loai_don_vi
    typed = row.typed(when.o or "")
    if typed is None:
        return False
    if when.la is not None:
        return label_in(row, when.o or "") in when.la
    if when.tren is not None:
        return isinstance(typed, Decimal) and typed > when.tren
    if when.trong_ky:
        first, last = case.window
        return isinstance(typed, date) and first <= typed <= last
    return when.da_ghi


def _because(case: Case, spec: SheetSpec, when: When, row: Row) -> str:
    """Why a cell is required, as the end of a sentence."""
    if when.loai_don_vi is not None:
        return f"đơn vị là {case.called(when.loai_don_vi)}"
    if when.trong_ky:
        return "mô hình đăng ký trong kỳ này"
    name, value = spec.fields[when.o or ""].ten, row.values[when.o or ""]
    if when.la is not None:
        return f"“{name}” là {label_of(value)}"
    return f"“{name}” đã ghi {value.text}"


@ROW_RULES.register("bat_buoc_khi", codes=("K02",))
def required_if(case: Case, spec: SheetSpec, rule: RequiredIf, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """K02: ô phải ghi khi một ô khác của dòng có giá trị nhất định."""
    for row in rows:
        if row.blank(rule.o) and holds(case, rule.khi, row):
            yield case.about(Msg.BLANK_IF, row, rule.o, vi=_because(case, spec, rule.khi, row))


@ROW_RULES.register("khong_vuot", codes=("K06",))
def at_most(case: Case, spec: SheetSpec, rule: AtMost, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """K06: phần không lớn hơn tổng. Tổng để trống thì không so; chỉ phần bị dừng."""
    for row in rows:
        part, whole = row.number_of(rule.phan), row.number_of(rule.toan_the)
        if part is not None and whole is not None and part > whole:
            toan, o = spec.fields[rule.toan_the].ten, row.values[rule.toan_the].at.a1
            yield case.about(Msg.PART_OVER_WHOLE, row, rule.phan, toan=toan, so=show_number(whole), o=o)


@ROW_RULES.register("cong_bang", codes=("K06",))
def adds_up(case: Case, spec: SheetSpec, rule: AddsUp, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """K06: năm ô ý kiến cộng lại bằng số phiếu hợp lệ, hoặc trống cả năm. Dừng cả năm ô, báo ở ô đầu."""
    for row in rows:
        values = [row.values[key] for key in rule.phan if key in row.values]
        if len(values) < len(rule.phan) or all(value.blank for value in values):
            continue
        if any(value.typed is None and not value.blank for value in values):
            continue  # said once, where the value could not be read
        if all(isinstance(value.typed, str) for value in values):
            continue  # not asked for: all five say that they do not apply
        finding = _not_added_up(case, spec, rule, row)
        if finding is not None:
            yield replace(finding, stops=tuple(Stop(row.sheet, row.number, key) for key in rule.phan))


def _not_added_up(case: Case, spec: SheetSpec, rule: AddsUp, row: Row) -> Finding | None:
    """What is wrong with parts of which at least one is filled in and none is unreadable."""
    facet = spec.fields[rule.phan[0]].heads[0]
    blanks = [row.values[key].at.a1 for key in rule.phan if row.values[key].blank]
    if blanks:
        return case.about(Msg.OPINIONS_BLANK, row, rule.phan[0], mat=facet, trong=", ".join(blanks))
    whole = row.number_of(rule.toan_the)
    added = sum((row.number_of(key) or Decimal(0) for key in rule.phan), Decimal(0))
    if whole is None or added == whole:
        return None
    cong, so, o = show_number(added), show_number(whole), row.values[rule.toan_the].at.a1
    return case.about(Msg.OPINIONS, row, rule.phan[0], mat=facet, cong=cong, so=so, o=o)


@ROW_RULES.register("thu_tu_ngay", codes=("K25",))
def date_order(case: Case, spec: SheetSpec, rule: DateOrder, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """K25: ngày sau không trước ngày trước; báo và dừng ô ngày sau."""
    for row in rows:
        first, later = row.day(rule.truoc), row.day(rule.sau)
        if first is not None and later is not None and later < first:
            kia, o = spec.fields[rule.truoc].ten, row.values[rule.truoc].at.a1
            level = Level(rule.muc)
            yield case.about(Msg.DATE_ORDER, row, rule.sau, level=level, kia=kia, ngay=show_date(first), o=o)


@ROW_RULES.register("ngay_trong", codes=("K11",))
def date_within(case: Case, spec: SheetSpec, rule: DateWithin, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """K11: ngày phát sinh nằm trong kỳ của báo cáo (ngày đăng ký, ngày thay đổi: từ năm 2010 đến hết kỳ)."""
    start, end = case.window
    first = start if rule.tu == "dau_ky" else rule.tu
    for row in rows:
        day = row.day(rule.o)
        if day is not None and not first <= day <= end:
            yield case.about(Msg.DATE_OUTSIDE, row, rule.o, tu=show_date(first), den=show_date(end))


@ROW_RULES.register("duy_nhat", codes=("K24",))
def unique(case: Case, spec: SheetSpec, rule: Unique, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """K24: mã ghi hai lần (Chặn, ở cả hai dòng); dòng ghi hai lần ở biểu khác (Cảnh báo ở dòng sau, vẫn tính).

    Of two rows with one code nobody but the unit knows which is the right one, so that each is told and stopped.
    """
    message = _twice(case, spec, rule)
    alike: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        if rule.khi is not None and not holds(case, rule.khi, row):
            continue
        sense = tuple([_sense(case, row, key) for key in rule.o])
        if not all(sense) and any(row.unclear(key) for key in rule.o):
            continue
        if any(sense):
            alike.setdefault(sense, []).append(row)
    for first, *later in alike.values():
        for row in (first, *later) if message is Msg.TWICE and later else later:
            name = rule.o[-1] if message is Msg.RANK_TWICE else next(k for k in rule.o if k in row.values)
            other = later[0] if row is first else first
            yield case.about(message, row, name, dong=other.number)


def _sense(case: Case, row: Row, key: str) -> str:
    """What was understood: 1000 and 1.000 are one number, a thôn by its code and by its name is one thôn."""
    typed = row.typed(key)
    if typed is None:
        return ""
    if isinstance(typed, Decimal):
        return str(typed.normalize())
    if key == "ma_thon" and case.register is not None and case.unit is not None:
        named, bad = case.register.resolve_hamlets(case.unit.code, row.text(key), case.quarter.last_day)
        if named and not bad:
            return ";".join(sorted(fold(hamlet.code) for hamlet in named))
    return fold(str(typed))


def _twice(case: Case, spec: SheetSpec, rule: Unique) -> Message:
    """With which sentence a second row is told: a code, a rank, a row that counts once, or one that counts again."""
    if Level(rule.muc) is Level.BLOCK:
        return Msg.TWICE
    if rule.o[-1] == "thu_tu":
        return Msg.RANK_TWICE
    return Msg.REPEATED_ONCE if spec.ma == case.name(SheetRole.RECOGNITIONS) else Msg.REPEATED


@ROW_RULES.register("toi_da_chu", codes=("T11",))
def longest(case: Case, spec: SheetSpec, rule: Longest, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """T11: nội dung dài quá số ký tự của ô."""
    for row in rows:
        length = len(row.text(rule.o))
        if length > rule.so:
            so, most = show_number(Decimal(length)), show_number(Decimal(rule.so))
            yield case.about(Msg.TOO_LONG, row, rule.o, so=so, max=most)


@ROW_RULES.register("toi_da_so", codes=("K04",))
def largest(case: Case, spec: SheetSpec, rule: Largest, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """K04: số lượng lớn hơn 1 chỉ dùng cho loa truyền thanh cơ sở."""
    for row in rows:
        number = row.number_of(rule.o)
        other = rule.tru_khi.o or ""
        if other in row.values and row.typed(other) is None:
            continue  # the channel itself is missing or unknown, and said so
        if number is not None and number > rule.so and not holds(case, rule.tru_khi, row):
            yield case.about(Msg.MORE_THAN_ONE, row, rule.o, so=rule.so, la=", ".join(rule.tru_khi.la or ()))


@ROW_RULES.register("nghi_don_vi_tien", codes=("K18",))
def money_doubt(case: Case, spec: SheetSpec, rule: MoneyDoubt, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """K18: số tiền lớn bất thường, có thể đã ghi theo đồng."""
    limit = decimal_of(case.plan.value("tien_lon_bat_thuong", case.quarter.last_day))
    most = case.plan.number_bound(spec.fields[rule.o]).most(case.quarter.last_day)
    for row in rows:
        number = row.number_of(rule.o)
        if number is not None and limit < number <= most:  # beyond that it is stopped (K28)
            yield case.about(Msg.MONEY, row, rule.o)


@ROW_RULES.register("ky_hieu", codes=("K17",))
def symbol(case: Case, spec: SheetSpec, rule: Symbol, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """K17: ký hiệu văn bản phải đúng loại (KH, QĐ, NQ …)."""
    allowed = {kind.upper() for kind in rule.thuoc}
    for row in rows:
        text = row.text(rule.o)
        found = _SYMBOL.match(text)
        if text and (found is None or found[1].upper() not in allowed):
            yield case.about(Msg.SYMBOL, row, rule.o, vi_du=rule.vi_du)


@ROW_RULES.register("chi_loai_don_vi", codes=("K03",))
def kind_only(case: Case, spec: SheetSpec, rule: KindOnly, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """K03: cờ chỉ dùng cho một loại đơn vị (nông thôn mới: xã; đô thị văn minh: thị trấn)."""
    if case.kind is None or case.kind in rule.loai_don_vi:
        return
    for row in rows:
        if row.yes(rule.o):
            yield case.about(Msg.KIND_ONLY, row, rule.o, loai=case.called(rule.loai_don_vi))
