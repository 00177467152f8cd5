"""How content citizens and organisations are: by the surveys of the units, and by the index that others publish."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from dvk_reports.figures.contributions import Contribution, of_cell, total
from dvk_reports.figures.counted import Computed, rows_in, unit_quarters
from dvk_reports.figures.ledger import Ledger
from dvk_reports.model.shelf import Pile
from dvk_reports.plan.book.registry import figure_function
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import FigureSpec
from dvk_reports.plan.lookups import label_in
from dvk_reports.plan.register.register import Unit

_OPINIONS = ("rat_hl", "hl", "bt", "khl", "rat_khl")
_CONTENT = 2
"""The first so many opinions are those of who is content."""


@figure_function("hai_long", reads={SheetRole.SURVEYS: ("doi_tuong",)})
def satisfaction(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """Phiếu Rất hài lòng và Hài lòng trên mọi phiếu trả lời nội dung đó (``mat``), gộp mọi dòng có hỏi."""
    returns = unit_quarters(ledger, spec)
    items: Pile[Contribution] = Pile()
    for entry, row in rows_in(returns.counted, SheetRole.SURVEYS):
        groups = (label_in(row, "doi_tuong"),)
        for place, opinion in enumerate(_OPINIONS):
            key = f"{spec.phep.mat}_{opinion}"
            number = row.number_of(key)
            if number is None:
                continue
            items.append(of_cell(ledger, entry, row.at(key), number, below=True, groups=groups))
            if place < _CONTENT:
                items.append(of_cell(ledger, entry, row.at(key), number, groups=groups))
    return Computed(items, returns.whole(ledger, units), returns=returns)


@figure_function("chenh_lech_hai_long", reads={SheetRole.SURVEYS: ("doi_tuong",)})
def satisfaction_gap(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """Tỷ lệ hài lòng chung của người dân trừ của tổ chức; mỗi dòng có tử số, mẫu số riêng."""
    found = satisfaction(ledger, spec, units)
    lines = {
        name: Pile(item for item in found.items if name in item.groups)
        for name in dict.fromkeys(ledger.plan.labels("doi_tuong_khao_sat"))
    }
    citizens, organisations = (
        _share(Pile(item for name in ledger.plan.labels_with(role) for item in lines.get(name, ())))
        for role in (LabelRole.CITIZENS, LabelRole.ORGANISATIONS)
    )
    gap = citizens - organisations if citizens is not None and organisations is not None else None
    return Computed([], found.counted, value=gap, given_value=True, lines=lines, returns=found.returns)


def _share(items: Collection[Contribution]) -> Decimal | None:
    below = total(items, below=True)
    return total(items) / below if below else None


@figure_function("chi_so_ngoai")
def outside_index(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """Chỉ số do cơ quan khác công bố cho năm đó, ghi ở danh mục theo phần trăm."""
    index = ledger.register.index(spec.phep.ma or spec.ma, ledger.last.year)
    if index is None:
        return Computed([], (), ["chưa công bố"], given_value=True)
    value = index.value / 100
    item = Contribution("", index.at.file, index.at, value)
    return Computed([item], (), [f"Nguồn: {index.source}"], value=value, given_value=True)
