"""Where models are running: thôn, whole communes, and how many fields of work a commune has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from dvk_reports.figures.contributions import Contribution, about, of_cell, of_unit, total
from dvk_reports.figures.counted import Computed, counted_entries, rows_in
from dvk_reports.figures.entry import LedgerEntry
from dvk_reports.figures.ledger import Ledger
from dvk_reports.figures.named.answers import UNKNOWN, Answer, UnitAnswer, answer
from dvk_reports.model.shelf import Pile
from dvk_reports.model.values import Cell, Row
from dvk_reports.plan.book.registry import figure_function, unit_test
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import FigureSpec, Plan
from dvk_reports.plan.register.register import Unit

HAMLETS_WITH_MODEL = "thon_co_mo_hinh"
"""The figure on thôn: its lines are told thôn by thôn, also of a unit that is not counted."""
_COVER = ("ma_mo_hinh", "ma_thon", "trang_thai")


def active_models(ledger: Ledger, entries: Iterable[LedgerEntry]) -> Iterator[tuple[LedgerEntry, Row]]:
    """Models that are running at the end of the period."""
    for entry, row in rows_in(entries, SheetRole.MODELS):
        if entry.quarter == ledger.last and entry.says(row, "trang_thai", LabelRole.ACTIVE):
            yield entry, row


def covered_hamlets(ledger: Ledger, entry: LedgerEntry) -> dict[str, Cell]:
    """Code of a thôn -> the cell that covers it, over the active models on which no read cell is stopped."""
    found: dict[str, Cell] = {}
    for row in entry.rows(SheetRole.MODELS):
        if entry.says(row, "trang_thai", LabelRole.ACTIVE) and entry.clean(row, *_COVER):
            named, _ = ledger.register.resolve_hamlets(entry.unit.code, row.text("ma_thon"), ledger.last_day)
            for hamlet in named:
                found.setdefault(hamlet.code, row.at("ma_thon"))
    return found


def models_of_hamlets(ledger: Ledger) -> dict[tuple[str, str], dict[str, int]]:
    """(unit, quarter) -> how many models run in each of its thôn; only of returns in which nothing of it is stopped."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for quarter in ledger.period.quarters:
        for unit in ledger.register.units_on(quarter.last_day):
            entry = ledger.entry(unit, quarter) if ledger.plan.has_hamlets(unit.kind) else None
            if entry is None or not entry.readable(SheetRole.MODELS) or not entry.all_clean(SheetRole.MODELS, *_COVER):
                continue
            count = {hamlet.code: 0 for hamlet in ledger.register.hamlets_of(unit.code, quarter.last_day)}
            for row in entry.rows(SheetRole.MODELS):
                if entry.says(row, "trang_thai", LabelRole.ACTIVE):
                    named, _ = ledger.register.resolve_hamlets(unit.code, row.text("ma_thon"), quarter.last_day)
                    count |= {hamlet.code: count.get(hamlet.code, 0) + 1 for hamlet in named}
            found[unit.code, quarter.key] = count
    return found


@figure_function(HAMLETS_WITH_MODEL, reads={SheetRole.MODELS: _COVER})
def hamlets_with_model(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """Thôn của danh mục có mô hình đang hoạt động, trên mọi thôn của các đơn vị được tính.

    Mức thấp nhất, cao nhất tính trên mọi thôn của mọi đơn vị phải nộp.
    """
    hamlets = {unit.code: ledger.register.hamlets_of(unit.code, ledger.last_day) for unit in units}
    counted = counted_entries(ledger, spec, [unit for unit in units if hamlets[unit.code]])
    items: Pile[Contribution] = Pile()
    for code, entries in counted.items():
        for hamlet in hamlets[code]:
            items.append(Contribution(code, hamlet.at.file, hamlet.at, Decimal(1), below=True, subject=hamlet.code))
        for entry in entries:
            for hamlet_code, at in covered_hamlets(ledger, entry).items():
                items.append(about(of_cell(ledger, entry, at), hamlet_code))
    every = sum(len(found) for found in hamlets.values())
    missing = sum(len(found) for code, found in hamlets.items() if code not in counted)
    done = total(items)
    bounds = (done / every, (done + missing) / every) if every else (None, None)
    return Computed(items, tuple(counted), low=bounds[0], high=bounds[1])


@unit_test("phu_kin_thon", reads={SheetRole.MODELS: _COVER})
def all_hamlets_covered(ledger: Ledger, spec: FigureSpec, unit: Unit) -> UnitAnswer:
    """Mọi thôn, tổ dân phố của danh mục có mô hình đang hoạt động của chính đơn vị."""
    entries = ledger.entries(unit, ledger.last)
    hamlets = ledger.register.hamlets_of(unit.code, ledger.last_day)
    if entries is None or len(entries) != 1 or not hamlets or not entries[0].readable(SheetRole.MODELS):
        return UNKNOWN
    entry = entries[0]
    covered = covered_hamlets(ledger, entry)
    if all(hamlet.code in covered for hamlet in hamlets):
        return UnitAnswer(Answer.MET, entry, covered[hamlets[0].code])
    if not entry.all_clean(SheetRole.MODELS, *_COVER):
        return UNKNOWN
    rows = entry.rows(SheetRole.MODELS)
    return answer(False, entry, rows[0], "trang_thai") if rows else UnitAnswer(Answer.NOT_MET)


def _wrong_numbers(plan: Plan, names: Sequence[str]) -> str:
    """A line for each number of fields, from all of them to none."""
    every = len(plan.labels("linh_vuc"))
    if len(names) in (0, every + 1):
        return ""
    return f"phải có {every + 1} dòng, từ đủ {every} lĩnh vực đến không có lĩnh vực nào; đang có {len(names)}."


@figure_function("so_linh_vuc", reads={SheetRole.MODELS: ("linh_vuc", "trang_thai")}, wrong_lines=_wrong_numbers)
def fields_of_work(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """Số đơn vị có mô hình đang hoạt động ở mọi lĩnh vực; mỗi dòng: số đơn vị có đúng chừng ấy lĩnh vực.

    Các dòng của ``phan_to`` ghi từ nhiều lĩnh vực nhất đến không có lĩnh vực nào.
    """
    counted = counted_entries(ledger, spec, units)
    every = len(ledger.on(ledger.last).labels("linh_vuc"))
    names = spec.phan_to.nhan if spec.phan_to else []
    lines: dict[str, Pile[Contribution]] = {name: Pile() for name in names}
    items: Pile[Contribution] = Pile()
    for code, entries in counted.items():
        cells = {
            row.text("linh_vuc"): (entry, row) for entry, row in active_models(ledger, entries) if row.text("linh_vuc")
        }
        here = of_unit(ledger.register.by_code[code], below=False)
        if cells:
            entry, row = next(iter(cells.values()))
            here = of_cell(ledger, entry, row.at("linh_vuc"))
        if len(cells) < len(names):
            lines[names[-1 - len(cells)]].append(here)
        if len(cells) == every:
            items.append(here)
    return Computed(items, tuple(counted), lines=lines)
