"""Rules on names of units and thôn in text cells: whom they mean, and what is said where that is not sure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dvk_reports.checks.context import Case
from dvk_reports.messages.returns import Msg
from dvk_reports.model.findings import Finding
from dvk_reports.model.values import Row
from dvk_reports.plan.book.registry import check
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.register.register import ALL_HAMLETS, Register
from dvk_reports.vietnamese.text import fold, tidy

_BODIES = ((SheetRole.REPLICATIONS, "noi_nhan_rong", ""), (SheetRole.INSPECTIONS, "don_vi_duoc_kt", "ngay"))
"""(sheet, column that names a body, column of the day on which it is meant)."""


@check("K30", needs_register=True)
def bodies_known(case: Case) -> Iterator[Finding]:
    """K30 (Cảnh báo): đơn vị ghi ở B3b, B7 phải có trong danh mục; nơi khác được phép, và được nói ra.

    A body of one of the sender's own thôn (“Chi bộ thôn Bản Rịa”) stands in no register, and needs no word.
    """
    if case.register is None:
        return
    for role, key, when in _BODIES:
        for row in case.rows(role):
            day = (row.day(when) if when else None) or case.quarter.last_day
            text = row.text(key)
            if text:
                yield from _body(case, case.register, row, key, day)


def _body(case: Case, register: Register, row: Row, key: str, day: date) -> Iterator[Finding]:
    meant = register.units_meant(row.text(key), day)
    if len(meant) > 1:
        cac, ma = (" hoặc ".join(words) for words in zip(*((unit.name, unit.code) for unit in meant), strict=True))
        yield case.about(Msg.DOUBTFUL_BODY, row, key, cac=cac, ma=ma)
    elif not meant and not register.speaks_of_hamlet(case.code, row.text(key), day):
        close = register.nearest_unit(row.text(key), day)
        yield case.about(Msg.UNKNOWN_BODY, row, key, gan=f" Có phải là “{close}”?" if close else "")


@check("T08", needs_register=True)
def hamlets_read(case: Case) -> Iterator[Finding]:
    """T08 (Ghi chú): thôn ghi thiếu dấu, viết tắt hoặc cách nhau bằng dấu phẩy mà chỉ có một cách hiểu."""
    if case.register is None:
        return
    day = case.quarter.last_day
    for row in case.rows(SheetRole.MODELS):
        yield from _read(case, case.register, row, "ma_thon", case.code)
    for row in case.rows(SheetRole.REPLICATIONS):
        place = case.register.resolve_unit(row.text("noi_nhan_rong"), day)
        if place is not None:
            yield from _read(case, case.register, row, "thon_nhan_rong", place.code)


def _read(case: Case, register: Register, row: Row, key: str, unit: str) -> Iterator[Finding]:
    text = row.text(key)
    found, bad = register.resolve_hamlets(unit, text, case.quarter.last_day)
    exact = {fold(name) for hamlet in found for name in (hamlet.code, hamlet.name)} | {fold(ALL_HAMLETS)}
    if found and not bad and not {fold(part) for part in text.split(";") if tidy(part)} <= exact:
        yield case.about(Msg.NORMALISED, row, key, doc="; ".join(hamlet.code for hamlet in found))
