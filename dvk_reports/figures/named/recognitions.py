"""Models recognised and subjects named in the year of award."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dvk_reports.figures.contributions import Contribution, distinct, of_cell
from dvk_reports.figures.counted import Computed, rows_in, unit_quarters
from dvk_reports.figures.entry import LedgerEntry
from dvk_reports.figures.ledger import Ledger
from dvk_reports.model.shelf import Pile
from dvk_reports.model.values import Row
from dvk_reports.plan.book.registry import figure_function
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import FigureSpec
from dvk_reports.plan.lookups import code_key
from dvk_reports.plan.register.register import Unit
from dvk_reports.vietnamese.text import fold


def _of_award_year(
    ledger: Ledger, entries: Iterable[LedgerEntry], result: LabelRole
) -> Iterator[tuple[LedgerEntry, Row]]:
    for entry, row in rows_in(entries, SheetRole.RECOGNITIONS):
        if entry.says(row, "ket_qua", result) and row.number_of("nam_xet") == ledger.last.year:
            yield entry, row


@figure_function(
    "mo_hinh_duoc_cong_nhan",
    reads={SheetRole.RECOGNITIONS: ("nam_xet", "so_qd", "ngay_qd", "ket_qua", "ma_mo_hinh", "ten")},
)
def recognised_models(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """Mô hình khác nhau có quyết định công nhận trong năm xét; không có mã thì theo tên trong đơn vị."""
    returns = unit_quarters(ledger, spec)
    items: Pile[Contribution] = Pile()
    for entry, row in _of_award_year(ledger, returns.counted, LabelRole.MODEL_RECOGNISED):
        if not row.text("so_qd") or row.day("ngay_qd") is None:
            continue
        code = code_key(row.text("ma_mo_hinh"))
        key = code or f"{entry.unit.code}={fold(row.text('ten'))}"
        items.append(of_cell(ledger, entry, row.at("ma_mo_hinh" if code else "ten"), key=key))
    return Computed(distinct(items), returns.whole(ledger, units), returns=returns)


@figure_function(
    "dien_hinh_duoc_ghi_danh",
    reads={SheetRole.RECOGNITIONS: ("nam_xet", "ket_qua", "loai", "ten", "ngay_sinh")},
)
def named_subjects(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """Lượt tập thể, cá nhân điển hình được ghi danh; trùng đơn vị, loại, tên, ngày sinh thì tính một lần."""
    returns = unit_quarters(ledger, spec)
    items: Pile[Contribution] = Pile()
    for entry, row in _of_award_year(ledger, returns.counted, LabelRole.SUBJECT_RECOGNISED):
        kind, born = row.text("loai"), row.day("ngay_sinh")
        key = "|".join((entry.unit.code, kind, fold(row.text("ten")), str(born or "")))
        items.append(of_cell(ledger, entry, row.at("loai"), groups=(kind,), key=key))
    return Computed(distinct(items), returns.whole(ledger, units), returns=returns)
