"""Classes: which of them count where, who attended, and which fell into the years that the plan sets for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from dvk_reports.figures.contributions import Contribution, of_cell
from dvk_reports.figures.counted import Columns, Computed, UnitQuarters, rows_in, unit_quarters
from dvk_reports.figures.entry import LedgerEntry
from dvk_reports.figures.ledger import Ledger
from dvk_reports.model.shelf import Pile
from dvk_reports.model.values import Row
from dvk_reports.plan.book.registry import figure_function, row_filter
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import FigureSpec, Plan
from dvk_reports.plan.register.register import Unit
from dvk_reports.vietnamese.numbers import show_count

_LEVEL = "cap_to_chuc"


@row_filter("lop_duoc_tinh", reads={SheetRole.TRAINING: (_LEVEL,)})
def counted_class(ledger: Ledger, entry: LedgerEntry, row: Row) -> bool:
    """Lớp do đơn vị mở; lớp do cấp trên mở chỉ tính ở báo cáo của cơ quan cấp trên, không ở báo cáo của cơ sở."""
    if entry.says(row, _LEVEL, LabelRole.CLASS_OF_UNIT):
        return True
    of_upper_level = entry.says(row, _LEVEL, LabelRole.CLASS_OF_UPPER_LEVEL)
    return of_upper_level and not entry.plan.has_hamlets(entry.unit.kind)


def _classes(ledger: Ledger, returns: UnitQuarters) -> Iterator[tuple[LedgerEntry, Row]]:
    for entry, row in rows_in(returns.counted, SheetRole.TRAINING):
        if counted_class(ledger, entry, row):
            yield entry, row


@figure_function("ty_le_nguoi_du", reads={SheetRole.TRAINING: (_LEVEL, "so_luot")})
def shares_of_attendants(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """Mỗi dòng: lượt người thuộc diện đó trên số lượt của những lớp có ghi số đó; chỉ tiêu không có giá trị chung."""
    returns = unit_quarters(ledger, spec)
    return Computed([], returns.whole(ledger, units), no_value=True, returns=returns)


def attendants_line(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...], column: str, extra: Columns) -> Computed:
    """One line of the shares of attendants: over the classes where that part is written."""
    returns = unit_quarters(ledger, spec, extra)
    items: Pile[Contribution] = Pile()
    classes = written = 0
    for entry, row in _classes(ledger, returns):
        classes += 1
        some, every = row.number_of(column), row.number_of("so_luot")
        if some is None or every is None:
            continue
        written += 1
        items.append(of_cell(ledger, entry, row.at(column), some))
        items.append(of_cell(ledger, entry, row.at("so_luot"), every, below=True))
    notes = [f"{show_count(written)} trên {show_count(classes)} lớp có ghi số này"] if classes else []
    return Computed(items, returns.whole(ledger, units), notes, returns=returns)


def _planned_years(plan: Plan, day: date) -> list[str]:
    return [year.strip() for year in plan.value("nam_tap_huan", day).gia_tri.split(";")]


def _wrong_years(plan: Plan, names: Sequence[str]) -> str:
    """One line for each year that the plan sets, and a last one for the others."""
    years = _planned_years(plan, plan.first_quarter.last_day)
    if not names or all(any(year in name.split() for name in names[:-1]) for year in years):
        return ""
    return f"phải có một dòng cho mỗi năm kế hoạch định ({', '.join(years)}) và một dòng cuối cho các năm khác."


@figure_function("lop_trong_ke_hoach", reads={SheetRole.TRAINING: (_LEVEL, "ngay_tu")}, wrong_lines=_wrong_years)
def classes_in_plan(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """Lớp khai giảng trong các năm Kế hoạch định; lớp năm khác ở dòng cuối của ``phan_to``, không cộng vào."""
    returns = unit_quarters(ledger, spec)
    years = _planned_years(ledger.plan, ledger.last_day)
    names = spec.phan_to.nhan if spec.phan_to else []
    lines: dict[str, Pile[Contribution]] = {name: Pile() for name in names}
    items: Pile[Contribution] = Pile()
    for entry, row in _classes(ledger, returns):
        day = row.day("ngay_tu")
        if day is None:
            continue
        here, year = of_cell(ledger, entry, row.at("ngay_tu")), str(day.year)
        in_plan = year in years
        if in_plan:
            items.append(here)
        for name in [name for name in names if year in name.split()] if in_plan else names[-1:]:
            lines[name].append(here)
    return Computed(items, returns.whole(ledger, units), lines=lines, returns=returns)
