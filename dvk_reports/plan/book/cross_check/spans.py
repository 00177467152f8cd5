"""Days and other bounds that cross, entries that are never in force, entries that say one thing twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import BaseModel

from dvk_reports.plan.book.cross_check.names import files_of
from dvk_reports.plan.book.cross_check.wrong import Wrong
from dvk_reports.plan.book.known import Known
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.book.shape import dated, fields_of, key_of, keyed

Span = tuple[date, date]
_BOUNDS = (("tu_ngay", "den_ngay"), ("tu", "den"), ("it_nhat", "nhieu_nhat"), ("nho_nhat", "lon_nhat"))
"""Pairs of fields of which the first may not be above the second, wherever both stand in one entry."""
EVER: Span = (date.min, date.max)


def span_of(entry: BaseModel, around: Span = EVER) -> Span:
    """The days on which an entry is in force, inside those of the entry around it."""
    fields = type(entry).model_fields  # asking a model for a field that it does not have is slow
    first = getattr(entry, "tu_ngay") if "tu_ngay" in fields else None  # noqa: B009
    last = getattr(entry, "den_ngay") if "den_ngay" in fields else None  # noqa: B009
    return max(first or date.min, around[0]), min(last or date.max, around[1])


def meet(one: Span, other: Span) -> bool:
    """Whether two spans of days have a day in common."""
    return max(one[0], other[0]) <= min(one[1], other[1])


def wrongs(plan: Plan, known: Known) -> Iterator[Wrong]:
    """Spans of days that end before they begin, lie outside the entry around them, or overlap one another."""
    if plan.last_quarter < plan.first_quarter:
        yield Wrong(
            ("plan.yaml", "ky_cuoi"), f"kỳ cuối {plan.info.ky_cuoi} đứng trước kỳ đầu {plan.info.ky_dau}.", "ky_cuoi"
        )
    for file, part in files_of(plan).items():
        yield from _inside(part, (file,), EVER)


def _inside(entry: BaseModel, path: tuple[Any, ...], around: Span) -> Iterator[Wrong]:
    crossed = list(_crossed(entry, path))
    yield from crossed
    span = span_of(entry, around)
    if not crossed and span[0] > span[1]:
        yield Wrong(path, f"không bao giờ có hiệu lực: ngoài thời gian của mục bao quanh ({_shown(around)}).")
        span = around
    for name, field in fields_of(type(entry)).items():
        if not field.models:
            continue
        value = getattr(entry, name)
        if isinstance(value, BaseModel):
            yield from _inside(value, (*path, name), span)
        elif isinstance(value, list):
            yield from _twice(value, (*path, name))
        if isinstance(value, list | dict):
            for key, item in enumerate(value) if isinstance(value, list) else value.items():
                yield from _in_item(item, (*path, name, key), span)


def _in_item(item: Any, path: tuple[Any, ...], span: Span) -> Iterator[Wrong]:
    if isinstance(item, BaseModel):
        # A series of values may begin before the entry that it belongs to: the latest that has begun holds.
        yield from _inside(item, path, EVER if _is_series(item) else span)
    elif isinstance(item, list):
        for at, inner in enumerate(item):
            yield from _in_item(inner, (*path, at), span)


def _is_series(item: BaseModel) -> bool:
    return dated(type(item)) and fields_of(type(item))["tu_ngay"].required


def _shown(span: Span) -> str:
    first, last = span
    parts = [f"từ {first:%Y-%m-%d}"] if first != date.min else []
    return " ".join([*parts, f"đến {last:%Y-%m-%d}"] if last != date.max else parts)


def _crossed(entry: BaseModel, path: tuple[Any, ...]) -> Iterator[Wrong]:
    fields = type(entry).model_fields
    for first, last in _BOUNDS:
        if first not in fields or last not in fields:
            continue
        least, most = getattr(entry, first), getattr(entry, last)
        if type(least) is type(most) and isinstance(least, date | int | float) and least > most:
            yield Wrong((*path, last), f"{last} ({most}) đứng trước {first} ({least}).")


def _twice(items: list[Any], path: tuple[Any, ...]) -> Iterator[Wrong]:
    """Entries of one list that cannot be told apart."""
    seen: set[tuple[str, ...]] = set()
    for at, item in enumerate(items):
        if not isinstance(item, BaseModel) or not keyed(type(item)):
            continue
        key = key_of(type(item))
        told = (*(repr(getattr(item, name, None)) for name in key), str(getattr(item, "tu_ngay", None)))
        if told in seen:
            said = ", ".join(str(value) for name in key if (value := getattr(item, name, None)) is not None)
            since = " từ cùng một ngày" if dated(type(item)) else ""
            yield Wrong((*path, at), f"{f'“{said}” ' if said else ''}ghi nhiều lần{since}.")
        seen.add(told)
