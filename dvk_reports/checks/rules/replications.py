"""Rules on replications (B3b): where a model was taken up."""

from __future__ import annotations

from collections.abc import Iterator

from dvk_reports.checks.context import Case
from dvk_reports.checks.rules.hamlets import unknown_hamlets
from dvk_reports.messages.returns import Msg
from dvk_reports.model.findings import Finding
from dvk_reports.model.values import Row
from dvk_reports.plan.book.registry import check
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.lookups import replication


@check("K21", needs_register=True)
def replicated_hamlets(case: Case) -> Iterator[Finding]:
    """K21: thôn nhân rộng phải là thôn của đơn vị nhân rộng. Nơi nhân rộng không có trong danh mục thì được phép."""
    if case.register is None:
        return
    for row in case.rows(SheetRole.REPLICATIONS):
        place = case.register.resolve_unit(row.text("noi_nhan_rong"), case.quarter.last_day)
        if place is not None and row.text("thon_nhan_rong"):
            yield from unknown_hamlets(case, row, "thon_nhan_rong", place.code, place.name)


@check("K26", needs_register=True)
def replicated_at_home(case: Case) -> Iterator[Finding]:
    """K26 (Cảnh báo): nhân rộng ở chính đơn vị và chính thôn của mô hình thì không phải là nhân rộng."""
    if case.register is None or case.unit is None:
        return
    day = case.quarter.last_day
    for row in case.rows(SheetRole.REPLICATIONS):
        if any(_not_understood(row, key) for key in ("ma_mo_hinh", "noi_nhan_rong", "thon_nhan_rong")):
            continue  # said where the cell could not be read
        counts = replication(case.register, case.unit.code, row, case.models, day)
        _, bad = case.register.resolve_hamlets(case.unit.code, row.text("thon_nhan_rong"), day)
        if counts is False and not bad:
            yield case.about(Msg.REPLICATED_AT_HOME, row, "noi_nhan_rong", ma=row.text("ma_mo_hinh"))


def _not_understood(row: Row, key: str) -> bool:
    value = row.values.get(key)
    return value is not None and value.typed is None and not value.blank
