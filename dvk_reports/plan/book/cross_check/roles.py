"""Roles (``vai``): played once where code asks for the one that plays it, and with the columns that code reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dvk_reports.plan.book.cross_check.columns import Columns, Path
from dvk_reports.plan.book.cross_check.spans import meet, span_of
from dvk_reports.plan.book.cross_check.wrong import Wrong
from dvk_reports.plan.book.known import Known
from dvk_reports.plan.book.mistakes import meant
from dvk_reports.plan.book.roles import PLAYED_BY_MANY, ROLE_COLUMNS, SheetRole
from dvk_reports.plan.book.rulebook import Plan

Player = tuple[Any, str, Any, Path]
"""Role, name of what plays it, the entry, where its role stands."""


def wrongs(plan: Plan, known: Known) -> Iterator[Wrong]:
    """Roles played twice at one time, a missing cover, and sheets that lack a column which code reads."""
    sheets = [
        (sheet.vai, sheet.ma, sheet, ("forms.yaml", "bieu", at, "vai"))
        for at, sheet in enumerate(plan.forms.bieu)
        if sheet.vai is not None
    ]
    figures = [
        (spec.vai, spec.ma, spec, ("figures.yaml", "chi_tieu", at, "vai"))
        for at, spec in enumerate(plan.figures.chi_tieu)
        if spec.vai is not None
    ]
    labels = [
        (role, label.ten, label, ("forms.yaml", "danh_sach", name, "nhan", at, "vai", place))
        for name, choice in plan.forms.danh_sach.items()
        for at, label in enumerate(choice.nhan)
        for place, role in enumerate(label.vai)
        if role not in PLAYED_BY_MANY
    ]
    for players in (sheets, figures, labels):
        yield from _played_twice(players)
    if not any(role is SheetRole.COVER for role, *_ in sheets):
        yield Wrong(
            ("forms.yaml", "bieu"),
            f"chưa có biểu nào có vai {SheetRole.COVER}: biểu mẫu phải có trang ghi đơn vị, kỳ và phiên bản.",
        )
    for role, _, sheet, path in sheets:
        columns = Columns(plan, sheet.ma)
        for key in ROLE_COLUMNS.get(role, ()):
            if key not in columns.found:
                yield Wrong(path, f"biểu có vai {role} phải có cột “{key}”.{meant(key, columns.found)}", key)


def _played_twice(players: Sequence[Player]) -> Iterator[Wrong]:
    for at, (role, name, entry, path) in enumerate(players):
        for other_role, other, other_entry, _ in players[:at]:
            if role is other_role and name != other and meet(span_of(entry), span_of(other_entry)):
                yield Wrong(path, f"vai {role} đã giao cho “{other}” trong cùng thời gian.")
                break
