"""Models that others have taken up: replications, and how many models of high effect have one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dvk_reports.figures.contributions import Contribution, about, of_cell
from dvk_reports.figures.counted import Computed, whole
from dvk_reports.figures.entry import LedgerEntry
from dvk_reports.figures.ledger import Ledger
from dvk_reports.figures.named.coverage import active_models
from dvk_reports.model.shelf import Pile
from dvk_reports.model.values import Cell, Row
from dvk_reports.plan.book.registry import figure_function, row_filter
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import FigureSpec
from dvk_reports.plan.lookups import code_key, replication
from dvk_reports.plan.register.register import Unit

_REPLICATION = ("ma_mo_hinh", "noi_nhan_rong", "thon_nhan_rong")
_READ = {SheetRole.REVIEWS: ("ma_mo_hinh", "ngay_danh_gia", "xep_loai"), SheetRole.REPLICATIONS: _REPLICATION}


def _models(entry: LedgerEntry) -> dict[str, Row]:
    return {code_key(row.text("ma_mo_hinh")): row for row in entry.rows(SheetRole.MODELS)}


@row_filter(
    "nhan_rong_hop_le", reads={SheetRole.REPLICATIONS: _REPLICATION, SheetRole.MODELS: ("ma_mo_hinh", "ma_thon")}
)
def valid_replication(ledger: Ledger, entry: LedgerEntry, row: Row) -> bool:
    """Nhân rộng sang đơn vị khác, hoặc sang thôn khác của chính đơn vị."""
    day = entry.quarter.last_day
    return replication(ledger.register, entry.unit.code, row, _models(entry), day) is True


@figure_function(
    "hieu_qua_cao_duoc_nhan_rong",
    reads={
        SheetRole.MODELS: ("ma_mo_hinh", "trang_thai", "ma_thon"),
        SheetRole.REVIEWS: ("ma_mo_hinh", "ngay_danh_gia", "hinh_thuc", "xep_loai"),
        SheetRole.REPLICATIONS: _REPLICATION,
    },
)
def replicated_models(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """Mô hình Hiệu quả cao đang hoạt động đã có nơi khác làm theo, trên mọi mô hình Hiệu quả cao đang hoạt động.

    Đơn vị chỉ được tính khi mọi quý từ đầu năm đều có báo cáo: lần đánh giá hay lượt nhân rộng có thể ở quý thiếu.
    """
    items: Pile[Contribution] = Pile()
    counted = []
    for unit in units:
        window = ledger.all_entries(unit, ledger.window)
        past = tuple(ledger.entries_at_hand(unit, ledger.past))
        if window is None or not all(whole(ledger, spec, entry) for entry in (*window, *past)):
            continue
        if not all(ledger.models_known(unit, sheet, keys, ledger.past) for sheet, keys in _READ.items()):
            continue
        counted.append(unit.code)
        reviews = ledger.latest_reviews(unit)
        replicated = _replicated(ledger, unit)
        for _, row in active_models(ledger, window):
            key = code_key(row.text("ma_mo_hinh"))
            review = reviews.get(key)
            if review is None or not review[0].says(review[1], "xep_loai", LabelRole.HIGH):
                continue
            model = row.text("ma_mo_hinh")
            items.append(about(of_cell(ledger, review[0], review[1].at("xep_loai"), below=True), model))
            if key in replicated:
                items.append(about(of_cell(ledger, *replicated[key]), model))
    return Computed(items, tuple(counted))


def _replicated(ledger: Ledger, unit: Unit) -> dict[str, tuple[LedgerEntry, Cell]]:
    """Model key -> the first valid replication in any used return up to the period."""
    found: dict[str, tuple[LedgerEntry, Cell]] = {}
    for key, entry, row in _valid(ledger, unit):
        found.setdefault(key, (entry, row.at("noi_nhan_rong")))
    return found


def replications_of(ledger: Ledger, unit: Unit) -> Counter[str]:
    """Model key -> how many times it was taken up elsewhere, in all used returns up to the period."""
    return Counter(key for key, _, _ in _valid(ledger, unit))


def _valid(ledger: Ledger, unit: Unit) -> Iterator[tuple[str, LedgerEntry, Row]]:
    now: dict[str, Row] = {}
    for entry in ledger.entries(unit, ledger.last) or ():
        now |= _models(entry)
    for entry, row in ledger.rows_on_models(unit, SheetRole.REPLICATIONS, ledger.past):
        key = code_key(row.text("ma_mo_hinh"))
        if not key or not entry.clean(row, *_REPLICATION):
            continue
        models = now | _models(entry)
        if replication(ledger.register, entry.unit.code, row, models, entry.quarter.last_day) is True:
            yield key, entry, row
