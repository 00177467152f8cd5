"""Rules on thôn and tổ dân phố: the sheet that lists them (B4), and the thôn that other sheets name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from dvk_reports.checks.context import Case
from dvk_reports.messages.returns import Location, Msg
from dvk_reports.model.findings import Finding
from dvk_reports.model.values import Row
from dvk_reports.plan.book.registry import check
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.vietnamese.numbers import show_number
from dvk_reports.vietnamese.text import nearest


@check("K10", needs_register=True)
def hamlets_listed(case: Case) -> Iterator[Finding]:
    """K10 (Cảnh báo): biểu B4 phải có đủ mọi thôn, tổ dân phố của danh mục."""
    sheet = case.name(SheetRole.HAMLETS)
    if case.register is None or case.unit is None or sheet not in case.given:
        return
    if not case.has(sheet) or case.unread(sheet):
        return
    named = {code for row in case.rows(sheet) for code in _meant(case, row)}
    known = case.register.hamlets_of(case.unit.code, case.quarter.last_day)
    lacking = [hamlet for hamlet in known if hamlet.code not in named]
    if lacking:
        names = ", ".join(f"{hamlet.name} ({hamlet.code})" for hamlet in lacking)
        where = Location(file=case.form.file, sheet=sheet)
        yield case.say(Msg.HAMLET_MISSING, where, so=show_number(Decimal(len(lacking))), ten_thon=names)


@check("K05", needs_register=True)
def models_per_hamlet(case: Case) -> Iterator[Finding]:
    """K05 (Cảnh báo): số mô hình ghi tay ở biểu B4 khác số đếm từ biểu B2; chương trình luôn đếm lại."""
    if case.register is None or case.unit is None or not case.lists_models:
        return
    counted: Counter[str] = Counter()
    for row in case.rows(SheetRole.MODELS):
        if case.plays(row, "trang_thai", LabelRole.ACTIVE):
            counted.update(_meant(case, row))
    for row in case.rows(SheetRole.HAMLETS):
        typed, meant = row.number_of("so_mo_hinh"), _meant(case, row)
        count = sum(counted[code] for code in meant)
        if typed is not None and meant and typed != count:
            yield case.about(Msg.COUNTER_DIFFERS, row, "so_mo_hinh", cong=show_number(Decimal(count)))


def _meant(case: Case, row: Row) -> tuple[str, ...]:
    """Codes of the unit's own thôn that a row names, by code or by name."""
    if case.register is None or case.unit is None:
        return ()
    named, _ = case.register.resolve_hamlets(case.unit.code, row.text("ma_thon"), case.quarter.last_day)
    return tuple(hamlet.code for hamlet in named)


@check("K21", needs_register=True)
def hamlet_names(case: Case) -> Iterator[Finding]:
    """K21: thôn, tổ dân phố ghi ở B2, B4 phải khớp đúng một thôn của chính đơn vị."""
    if case.register is None or case.unit is None or not case.plan.has_hamlets(case.kind):
        return
    if not case.unit.valid(case.quarter.last_day):
        return  # its thôn are another unit's by now; under the code of that unit the same names are right
    for role in (SheetRole.MODELS, SheetRole.HAMLETS):
        for row, value in case.cells(role, "ma_thon"):
            if isinstance(value.typed, str):
                yield from unknown_hamlets(case, row, "ma_thon", case.unit.code, case.unit.name)


def unknown_hamlets(case: Case, row: Row, key: str, unit: str, name: str) -> Iterator[Finding]:
    """What a cell names that is no thôn of the unit, or more than one."""
    if case.register is None:
        return
    day = case.quarter.last_day
    _, bad = case.register.resolve_hamlets(unit, row.text(key), day)
    if bad:
        close = nearest(bad[0], [hamlet.name for hamlet in case.register.hamlets_of(unit, day)])
        gan = f" Có phải là “{close}”?" if close else ""
        yield case.about(Msg.UNKNOWN_HAMLET, row, key, doan="; ".join(bad), don_vi=name, gan=gan)
