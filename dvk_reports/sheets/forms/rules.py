"""The rules of ``forms.yaml`` as the form itself shows them: colours, counters and plain sentences.

One :class:`Condition` is at once an Excel expression and its value in Python, so that a counter and the value we write
beside it cannot part. In Excel it is written with ``*``, ``+`` and comparisons only: the same text works on one cell
(conditional format) and on a whole column (SUMPRODUCT), in Excel 2010 and in LibreOffice. It gives TRUE, FALSE or a
number; Excel puts TRUE and FALSE above every number, so nothing but a sum or a product may be compared with one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from dvk_reports.plan.book import rulebook
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import Plan, Rule, SheetSpec, When
from dvk_reports.sheets.base.book import quoted
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.numbers import show_number
from dvk_reports.vietnamese.words import NO, YES

Ref: TypeAlias = Callable[[str], str]
"""Key of a field -> where it stands, one cell or a column."""
Values: TypeAlias = Mapping[str, object]

_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True)
class Condition:
    """A condition, both as an Excel formula and as a test of values."""

    formula: Callable[[Ref], str]
    holds: Callable[[Values], bool]


@dataclass(frozen=True)
class Bound:
    """A day a date is compared with: as Excel finds it, and as we know it (None: not known yet)."""

    formula: str
    day: date | None

    @property
    def asked(self) -> str:
        """What a comparison with it is multiplied by: on a blank form Excel does not know the day at first."""
        return "" if self.day is not None else f"ISNUMBER({self.formula})*"


@dataclass(frozen=True)
class Setting:
    """What the rules of a form depend on besides its own cells."""

    plan: Plan
    kind: str
    first: Bound
    last: Bound
    nil: Condition


_ALWAYS = Condition(lambda ref: "1", lambda row: True)
NEVER = Condition(lambda ref: "0", lambda row: False)


def given(value: object) -> bool:
    """Whether a cell holds anything."""
    # A number asked whether it is "" looks for a kind of number in it, which takes longer than all else here.
    return value != "" if isinstance(value, str) else value is not None


def shown(value: object) -> str:
    """Text of a value as the cell shows it, Có/Không for a bool."""
    if isinstance(value, bool):
        return YES if value else NO
    return str(value) if given(value) else ""


def number(value: object) -> Decimal | None:
    """What Excel's ISNUMBER accepts: numbers, and days as their serial number."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, date):
        return Decimal((value - _EPOCH).days)
    return None


def filled(key: str) -> Condition:
    """The cell is filled in."""
    return Condition(lambda ref: f"(LEN({ref(key)})>0)", lambda row: given(row.get(key)))


def blank(key: str) -> Condition:
    """The cell is blank."""
    return Condition(lambda ref: f"(LEN({ref(key)})=0)", lambda row: not given(row.get(key)))


def one_of(key: str, labels: Sequence[str]) -> Condition:
    """The cell holds one of these labels; of none it holds never."""
    if not labels:
        return NEVER

    def formula(ref: Ref) -> str:
        same = [f"({ref(key)}={quoted(label)})" for label in labels]
        return same[0] if len(same) == 1 else f"({'+'.join(same)}>0)"

    folded = {label.casefold() for label in labels}
    return Condition(formula, lambda row: shown(row.get(key)).casefold() in folded)


def _against(key: str, sign: str, other: str) -> Condition:
    return _compare(key, sign, lambda ref: Bound(ref(other), None), lambda row: number(row.get(other)))


def _beyond(key: str, sign: str, bound: Bound) -> Condition:
    return _compare(key, sign, lambda ref: bound, lambda row: number(bound.day))


def _compare(
    key: str, sign: str, limit: Callable[[Ref], Bound], value: Callable[[Values], Decimal | None]
) -> Condition:
    def holds(row: Values) -> bool:
        own, other = number(row.get(key)), value(row)
        if own is None or other is None:
            return False
        return own > other if sign == ">" else own < other

    def formula(ref: Ref) -> str:
        other = limit(ref)
        return f"(ISNUMBER({ref(key)})*{other.asked}({ref(key)}{sign}{other.formula}))"

    return Condition(formula, holds)


def more_than(key: str, limit: int) -> Condition:
    """The number is above a limit."""
    return Condition(
        lambda ref: f"(ISNUMBER({ref(key)})*({ref(key)}>{limit}))",
        lambda row: (own := number(row.get(key))) is not None and own > limit,
    )


def above(key: str, other: str) -> Condition:
    """The number is above that of another cell."""
    return _against(key, ">", other)


def below(key: str, other: str) -> Condition:
    """The number is below that of another cell."""
    return _against(key, "<", other)


def before(key: str, bound: Bound) -> Condition:
    """The day lies before a bound."""
    return _beyond(key, "<", bound)


def after(key: str, bound: Bound) -> Condition:
    """The day lies after a bound."""
    return _beyond(key, ">", bound)


def within(key: str, first: Bound, last: Bound) -> Condition:
    """In the days from ``first`` to ``last``; False as long as these are not known."""

    def holds(row: Values) -> bool:
        own, low, high = number(row.get(key)), number(first.day), number(last.day)
        return own is not None and low is not None and high is not None and low <= own <= high

    return Condition(
        lambda ref: f"(ISNUMBER({ref(key)})*{first.asked}({ref(key)}>={first.formula})*({ref(key)}<={last.formula}))",
        holds,
    )


def longer_than(key: str, limit: int) -> Condition:
    """The text is longer than a limit."""
    return Condition(lambda ref: f"(LEN({ref(key)})>{limit})", lambda row: len(shown(row.get(key))) > limit)


def not_adding(parts: Sequence[str], whole: str) -> Condition:
    """Some of the parts are filled, and one is missing or (where the whole is filled) together they are not it."""

    def formula(ref: Ref) -> str:
        count = "+".join(f"ISNUMBER({ref(part)})" for part in parts)
        total = "+".join(ref(part) for part in parts)
        off = f"ISNUMBER({ref(whole)})*(({total})<>{ref(whole)})"
        return f"((({count})>0)*((({count})<{len(parts)})+{off}>0))"

    def holds(row: Values) -> bool:
        known = [value for part in parts if (value := number(row.get(part))) is not None]
        goal = number(row.get(whole))
        return bool(known) and (len(known) < len(parts) or (goal is not None and sum(known) != goal))

    return Condition(formula, holds)


def all_of(*tests: Condition) -> Condition:
    """All conditions hold."""
    return Condition(
        lambda ref: f"({'*'.join(test.formula(ref) for test in tests)})", lambda row: all(t.holds(row) for t in tests)
    )


def any_of(*tests: Condition) -> Condition:
    """At least one condition holds."""
    if len(tests) == 1:
        return tests[0]
    return Condition(
        lambda ref: f"({'+'.join(test.formula(ref) for test in tests)}>0)", lambda row: any(t.holds(row) for t in tests)
    )


def negation(test: Condition) -> Condition:
    """The condition does not hold."""
    return Condition(lambda ref: f"(1-{test.formula(ref)})", lambda row: not test.holds(row))


def deciding(spec: SheetSpec) -> tuple[str, ...]:
    """Fields of which one alone makes a row; a pre-printed code or a count of the form itself does not."""
    return tuple(field.khoa for field in spec.truong if not field.cho_san and not field.tu_tinh)


def started(spec: SheetSpec) -> Condition:
    """The row holds something of its own."""
    keys = dict.fromkeys(deciding(spec))
    return Condition(
        lambda ref: f"({'+'.join(f'LEN({ref(key)})' for key in keys)}>0)",
        lambda row: any(key in keys and given(value) for key, value in row.items()),
    )


def needs(spec: SheetSpec, setting: Setting) -> Mapping[str, Condition]:
    """Field -> the test that it must be filled and is blank (in a table: on a row that is started)."""
    when: dict[str, list[Condition]] = {}
    for rule in spec.luat:
        if isinstance(rule, rulebook.RequiredIf):
            test = _condition(rule.khi, setting)
            if test is not None:
                when.setdefault(rule.o, []).append(test)
    found = {}
    for field in spec.truong:
        if field.bat_buoc:
            found[field.khoa] = blank(field.khoa)
        elif field.khoa in when:
            found[field.khoa] = all_of(any_of(*when[field.khoa]), blank(field.khoa))
    if not spec.table and spec.vai is not SheetRole.COVER and setting.nil is not NEVER:
        # A nil report may leave flows blank (they are 0) and snapshots too (the last used quarter stands for them).
        return {key: all_of(negation(setting.nil), test) for key, test in found.items()}
    return found


def _condition(when: When, setting: Setting) -> Condition | None:
    """The test of a ``khi``; None where it can never hold for this kind of unit."""
    if when.loai_don_vi is not None:
        return _ALWAYS if setting.kind in when.loai_don_vi else None
    key = str(when.o)
    if when.la is not None:
        return one_of(key, when.la)
    if when.tren is not None:
        return more_than(key, when.tren)
    if when.trong_ky:
        return within(key, setting.first, setting.last)
    return filled(key)


def faults(spec: SheetSpec, setting: Setting) -> Mapping[str, Condition]:
    """Field -> the test that what stands there contradicts another cell or the period."""
    found: dict[str, list[Condition]] = {}
    for rule in spec.luat:
        for key, test in _fault(rule, setting):
            found.setdefault(key, []).append(test)
    return {key: any_of(*tests) for key, tests in found.items()}


def _fault(rule: Rule, setting: Setting) -> Iterator[tuple[str, Condition]]:
    if isinstance(rule, rulebook.AtMost):
        yield rule.phan, above(rule.phan, rule.toan_the)
    elif isinstance(rule, rulebook.AddsUp):
        for part in rule.phan:
            yield part, not_adding(rule.phan, rule.toan_the)
    elif isinstance(rule, rulebook.DateOrder):
        yield rule.sau, below(rule.sau, rule.truoc)
    elif isinstance(rule, rulebook.DateWithin):
        yield rule.o, any_of(before(rule.o, first_bound(rule, setting)), after(rule.o, setting.last))
    elif isinstance(rule, rulebook.Longest):
        yield rule.o, longer_than(rule.o, rule.so)
    elif isinstance(rule, rulebook.Largest):
        exempt = _condition(rule.tru_khi, setting)
        test = more_than(rule.o, rule.so)
        # While the other cell is blank, that alone is asked for.
        known = filled(str(rule.tru_khi.o))
        yield rule.o, all_of(test, known, negation(exempt)) if exempt else test
    elif isinstance(rule, rulebook.MoneyDoubt):
        yield rule.o, more_than(rule.o, money_limit(setting))
    elif isinstance(rule, rulebook.KindOnly) and setting.kind not in rule.loai_don_vi:
        yield rule.o, one_of(rule.o, [YES])


def first_bound(rule: rulebook.DateWithin, setting: Setting) -> Bound:
    """The first day that a rule allows."""
    if rule.tu == "dau_ky":
        return setting.first
    return Bound(f"DATE({rule.tu.year},{rule.tu.month},{rule.tu.day})", rule.tu)


def money_limit(setting: Setting) -> int:
    """Triệu đồng above which one asks whether đồng was meant."""
    day = setting.last.day or setting.plan.first_quarter.last_day
    return int(rulebook.decimal_of(setting.plan.value("tien_lon_bat_thuong", day)))


def sentences(spec: SheetSpec, setting: Setting) -> Iterator[str]:
    """The rules of a sheet as a clerk would say them; those that do not touch this kind of unit are left out."""
    seen = set()
    for rule in spec.luat:
        text = _sentence(rule, spec, setting)
        if text and text not in seen:
            seen.add(text)
            yield text


def _sentence(rule: Rule, spec: SheetSpec, setting: Setting) -> str:
    def name(key: str) -> str:
        return f"“{spec.fields[key].ten}”"

    if isinstance(rule, rulebook.RequiredIf):
        when = _said(rule.khi, spec, setting)
        return f"{name(rule.o)} {when}." if when else ""
    if isinstance(rule, rulebook.AtMost):
        return f"{name(rule.phan)} không lớn hơn {name(rule.toan_the)}."
    if isinstance(rule, rulebook.AddsUp):
        group = spec.fields[rule.phan[0]].heads[0]
        count = len(rule.phan)
        unasked = f"không hỏi nội dung này thì để trống cả {count} ô"
        return f"“{group}”: {count} ô cộng lại bằng {name(rule.toan_the)}; {unasked}."
    if isinstance(rule, rulebook.DateOrder):
        return f"{name(rule.sau)} không trước {name(rule.truoc)}."
    if isinstance(rule, rulebook.DateWithin):
        if rule.tu == "dau_ky":
            return f"{name(rule.o)} nằm trong kỳ báo cáo."
        return f"{name(rule.o)} từ ngày {show_date_prose(rule.tu)} đến hết kỳ báo cáo."
    if isinstance(rule, rulebook.Unique):
        return f"Không ghi hai dòng trùng nhau về {', '.join(name(key) for key in rule.o)}."
    return _limit_sentence(rule, name, spec, setting)


def _limit_sentence(rule: Rule, name: Callable[[str], str], spec: SheetSpec, setting: Setting) -> str:
    if isinstance(rule, rulebook.Longest):
        return f"{name(rule.o)} không quá {show_number(Decimal(rule.so))} ký tự."
    if isinstance(rule, rulebook.Largest):
        but = f"{name(str(rule.tru_khi.o))} là {_either(rule.tru_khi.la or [])}"
        return f"{name(rule.o)} không quá {rule.so}, trừ khi {but}."
    if isinstance(rule, rulebook.MoneyDoubt):
        limit = show_number(Decimal(money_limit(setting)))
        return f"{name(rule.o)} ghi bằng triệu đồng; trên {limit} triệu đồng thì xem lại đơn vị tính."
    if isinstance(rule, rulebook.Symbol):
        return f"{name(rule.o)} ghi đúng số, ký hiệu của văn bản, ví dụ {rule.vi_du}."
    if isinstance(rule, rulebook.KindOnly) and setting.kind not in rule.loai_don_vi:
        return f"{name(rule.o)} không dùng cho đơn vị này: để trống."
    return ""


def _said(when: When, spec: SheetSpec, setting: Setting) -> str:
    if when.loai_don_vi is not None:
        return "cần ghi ở mọi dòng" if setting.kind in when.loai_don_vi else ""
    other = f"“{spec.fields[str(when.o)].ten}”"
    if when.la is not None:
        return f"cần ghi khi {other} là {_either(when.la)}"
    if when.tren is not None:
        return f"cần ghi khi {other} lớn hơn {when.tren}"
    if when.trong_ky:
        return f"cần ghi khi {other} nằm trong kỳ báo cáo"
    return f"cần ghi khi đã ghi {other}"


def _either(labels: Sequence[str]) -> str:
    if len(labels) < 2:
        return "".join(labels)
    return f"{', '.join(labels[:-1])} hoặc {labels[-1]}"
