"""Inspections: which of them the sender chaired itself, and how many units were inspected."""

from __future__ import annotations

from dvk_reports.figures.contributions import Contribution, distinct, of_cell
from dvk_reports.figures.counted import Computed, rows_in, unit_quarters
from dvk_reports.figures.entry import LedgerEntry
from dvk_reports.figures.ledger import Ledger
from dvk_reports.model.shelf import Pile
from dvk_reports.model.values import Row
from dvk_reports.plan.book.registry import figure_function, row_filter
from dvk_reports.plan.book.roles import KindRole, LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import FigureSpec
from dvk_reports.plan.register.register import Unit


@row_filter("cuoc_tu_chu_tri", reads={SheetRole.INSPECTIONS: ("cap",)})
def chaired_by_sender(ledger: Ledger, entry: LedgerEntry, row: Row) -> bool:
    """Cuộc do chính đơn vị chủ trì; dòng khác là việc cấp khác kiểm tra đơn vị."""
    kind = entry.unit.kind
    if entry.says(row, "cap", LabelRole.CHAIRED_BY_BOARD):
        return entry.plan.kind_is(kind, KindRole.BOARD)
    if entry.says(row, "cap", LabelRole.CHAIRED_BY_COMMUNE):
        return entry.plan.has_hamlets(kind)
    return entry.says(row, "cap", LabelRole.CHAIRED_BY_OTHERS)


@figure_function("don_vi_duoc_kiem_tra", reads={SheetRole.INSPECTIONS: ("cap", "ngay", "don_vi_duoc_kt")})
def inspected_units(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """Đơn vị khác nhau được kiểm tra trong các cuộc do chính đơn vị chủ trì, theo mã nếu nhận ra được."""
    returns = unit_quarters(ledger, spec)
    items: Pile[Contribution] = Pile()
    for entry, row in rows_in(returns.counted, SheetRole.INSPECTIONS):
        text, day = row.text("don_vi_duoc_kt"), row.day("ngay")
        if not text or not chaired_by_sender(ledger, entry, row):
            continue
        key = ledger.register.name_key(text, day or entry.quarter.last_day)
        items.append(of_cell(ledger, entry, row.at("don_vi_duoc_kt"), key=key))
    return Computed(distinct(items), returns.whole(ledger, units), returns=returns)
