"""The rule book on one day: what has ended or not begun is left out (``Plan.on``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from dvk_reports.plan.book.entries import Entry, Span
from dvk_reports.plan.book.figures import FigureSpec, Operation
from dvk_reports.plan.book.forms import Choice, SheetSpec

if TYPE_CHECKING:
    from dvk_reports.plan.book.rulebook import Plan

E = TypeVar("E", bound=Entry)
_EVER = date.min


def changes_of(plan: Plan) -> list[date]:
    """Every day after the plan's first on which something begins, or is no more, in order."""
    first = plan.first_quarter.first_day
    found: set[date] = set()
    for entry in _entries(plan):
        begins, ends = _days(entry)
        found |= {day for day in (begins, ends + timedelta(days=1) if ends else None) if day and day > first}
    return sorted(found)


def views_of(plan: Plan) -> Iterator[Plan]:
    """The rule book at every stage of its life, the last one first."""
    for day in reversed(plan.days_of_change):
        yield plan.on(day)


def _entries(plan: Plan) -> Iterator[Any]:
    for sheet in plan.forms.bieu:
        yield sheet
        yield from (*sheet.truong, *sheet.luat, *sheet.giao)
    for choice in plan.forms.danh_sach.values():
        yield from choice.nhan
    yield from plan.figures.chi_tieu
    yield from plan.info.loai_don_vi


def _days(entry: Any) -> tuple[date | None, date | None]:
    return entry.tu_ngay, entry.den_ngay


def _holds(entry: Any, day: date) -> bool:
    begins, ends = _days(entry)
    return (begins is None or begins <= day) and (ends is None or day <= ends)


def _held(entries: Iterable[E], key: str, day: date) -> list[E]:
    """Of each key the entry in force: the one that began last; each in the place where its key first stands."""
    found: dict[object, E] = {}
    for entry in entries:
        if not _holds(entry, day):
            continue
        name = getattr(entry, key)
        other = found.get(name)
        if other is None or (_days(entry)[0] or _EVER) >= (_days(other)[0] or _EVER):
            found[name] = entry
    return list(found.values())


def in_force_on(plan: Plan, day: date) -> Plan:
    """The plan with only what is in force on ``day``; ``Plan.on`` keeps one for each stretch of days."""
    sheets = [_sheet(sheet, day) for sheet in _held(plan.forms.bieu, "ma", day)]
    lists = {name: _choice(choice, day) for name, choice in plan.forms.danh_sach.items()}
    columns = {(sheet.ma, key) for sheet in sheets for key in sheet.keys}
    figures = [_figure(spec, columns) for spec in _held(plan.figures.chi_tieu, "ma", day) if _asked(spec, columns)]
    kinds = _held(plan.info.loai_don_vi, "ma", day)
    return changed(
        plan,
        forms=changed(plan.forms, bieu=sheets, danh_sach=lists),
        figures=changed(plan.figures, chi_tieu=figures),
        info=changed(plan.info, loai_don_vi=kinds),
    )


def changed(entry: E, **fields: Any) -> E:
    """The entry with other fields. Not ``model_copy``, which would carry cached properties of the old one along."""
    own = {name: getattr(entry, name) for name in entry.__class__.model_fields}
    made: E = entry.__class__.model_construct(**(own | fields))  # type: ignore[assignment]
    return made


def _sheet(sheet: SheetSpec, day: date) -> SheetSpec:
    fields = _held(sheet.truong, "khoa", day)
    keys = {spec.khoa for spec in fields}
    rules = [rule for rule in sheet.luat if rule.holds(day) and columns_of(rule) <= keys]
    duties = [duty for duty in sheet.giao if duty.holds(day)]
    return changed(sheet, truong=fields, luat=rules, giao=duties)


def columns_of(rule: Span) -> set[str]:
    """Every column that a rule of a sheet names."""
    names: list[str] = []
    for field in ("o", "phan", "toan_the", "truoc", "sau"):
        value = getattr(rule, field, None)
        names += value if isinstance(value, list) else [value] if value else []
    for field in ("khi", "tru_khi"):
        when = getattr(rule, field, None)
        if when is not None and when.o:
            names.append(when.o)
    return set(names)


def _choice(choice: Choice, day: date) -> Choice:
    return changed(choice, nhan=_held(choice.nhan, "ten", day))


def _asked(spec: FigureSpec, columns: set[tuple[str, str]]) -> bool:
    """Whether the form of that day asks what a figure is made of: its sheets, and the columns that it counts by."""
    sheets = {sheet for sheet, _ in columns}
    return sheets.issuperset(spec.sheets) and columns.issuperset(_counted_by(spec.phep))


def _counted_by(operation: Operation) -> Iterator[tuple[str, str]]:
    """The columns without which an operation of the closed list says nothing."""
    conditions = (entry.o for entry in operation.loc if entry.la is not None or entry.trong_ky)
    for key in (operation.cot, operation.tu, operation.mau, *conditions):
        if operation.sheet and key:
            yield operation.sheet, key


def _figure(spec: FigureSpec, columns: set[tuple[str, str]]) -> FigureSpec:
    """A figure reads only what is asked on that day: a column that is not in force stops nothing."""
    stops = [
        entry
        for entry, (sheet, key, _) in zip(spec.dung_boi, spec.stop_columns, strict=True)
        if (sheet, key) in columns
    ]
    return spec if len(stops) == len(spec.dung_boi) else changed(spec, dung_boi=stops)
