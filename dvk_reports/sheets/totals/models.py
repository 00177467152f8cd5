"""Sheet ``Mô hình theo đơn vị``: active models of each unit by field and by level, a table to print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from dvk_reports.model.returns import UsedReturn
from dvk_reports.plan.book.breakdown import splits_of
from dvk_reports.plan.book.roles import FigureRole, LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.sheets.base.book import WHOLE
from dvk_reports.sheets.base.looks import ABSENT, CENTRE, WRAP
from dvk_reports.sheets.base.pages import Column, Page, PageLayout, StyledValue
from dvk_reports.sheets.totals.context import MODELS, NOT_REPORTED, TO_MEND, TotalsContext
from dvk_reports.vietnamese.numbers import shares
from dvk_reports.vietnamese.text import lower_first

_COUNT = {**CENTRE, "num_format": WHOLE}


@dataclass(frozen=True, slots=True)
class _Split:
    """A group of columns: the active models of a unit by the labels of one column of the sheet of models."""

    field: str
    head: str
    figure: str
    """The figure that counts the same: a unit that is not in it is not in this table either."""
    labels: Sequence[str]
    with_sum: bool = False

    @property
    def reads(self) -> tuple[str, ...]:
        return ("ma_mo_hinh", "trang_thai", self.field)

    @property
    def width(self) -> int:
        return len(self.labels) + self.with_sum


_Counts: TypeAlias = tuple[int, ...] | str
"""The numbers of one unit, or the word that stands for them."""
_Table: TypeAlias = Mapping[str, Sequence[_Counts]]


def write_models(context: TotalsContext) -> None:
    """Units in register order, groups with subtotals; a unit without a figure shows a grey word, never 0."""
    splits = _splits(context.plan)
    title = f"Mô hình “Dân vận khéo” theo đơn vị - {context.title}"
    active = " hoặc ".join(context.plan.labels_with(LabelRole.ACTIVE))
    remark = (
        f"Mô hình ở trạng thái {active} vào ngày cuối kỳ. Đơn vị tính: mô hình. "
        "Cơ cấu: phần lẻ lớn nhất được làm tròn lên để cộng lại bằng 100%"
    )
    page = Page(context, MODELS, _columns(splits), title, [remark], PageLayout(numbered=True))
    if splits:
        _lines(context, page, splits)
    else:
        page.remark("Kế hoạch không có chỉ tiêu nào đếm mô hình.")
    page.close()


def _lines(context: TotalsContext, page: Page, splits: Sequence[_Split]) -> None:
    table = _count_all(context, splits)
    for number, heading, codes in context.groups():
        page.band(heading)
        for code in codes:
            page.line([code, context.name_of(code), *_cells(table[code], splits)])
        label = f"Cộng {number} ({_covered(table, codes, splits)})"
        page.band(label, _band(_totals(table, codes, splits)), total=True)
    everyone = [item.unit for item in context.data.submissions]
    page.band(f"Tổng cộng ({_covered(table, everyone, splits)})", _band(_totals(table, everyone, splits)), total=True)
    page.band("Cơ cấu (%)", _band(_structure(table, everyone, splits)))
    page.band("Số đơn vị được tính (n/N)", _band(_coverage(table, everyone, splits)))


def _splits(plan: Plan) -> list[_Split]:
    """By field and by level, as far as the plan has a figure that counts so."""
    found: list[_Split] = []
    for role in (FigureRole.MODELS_BY_FIELD, FigureRole.MODELS_BY_LEVEL):
        spec = plan.figure_with(role)
        if spec is None:
            continue
        for split in splits_of(plan, spec)[:1]:
            head = f"Theo {lower_first(split.caption)}"
            found.append(_Split(split.column, head, spec.ma, split.labels, with_sum=not found))
    return found


def _columns(splits: Sequence[_Split]) -> list[Column]:
    columns = [Column("ma_don_vi", "Mã đơn vị", 17), Column("ten_don_vi", "Tên đơn vị", 42, WRAP)]
    for split in splits:
        # Numbered, because LibreOffice reads “_xa_” of a spelt-out label as a line break.
        columns += [
            Column(f"{split.field}_{number}", label, 13, _COUNT, split.head)
            for number, label in enumerate(split.labels, 1)
        ]
        if split.with_sum:
            columns.append(Column("tong_so", "Tổng số", 13, {**_COUNT, "bold": True}, split.head))
    return columns


def _count_all(context: TotalsContext, splits: Sequence[_Split]) -> _Table:
    last = context.period.last.key
    used = {item.unit: item for item in context.data.used if item.period == last}
    return {
        item.unit: [_count(context, used.get(item.unit), item.unit, split) for split in splits]
        for item in context.data.submissions
    }


def _count(context: TotalsContext, used: UsedReturn | None, unit: str, split: _Split) -> _Counts:
    if used is None:
        return NOT_REPORTED
    figure, sheet = context.data.figure(split.figure), context.plan.sheet(SheetRole.MODELS)
    if not used.readable(sheet) or (figure is not None and unit in figure.missing):
        return TO_MEND
    rows = used.rows[sheet]
    if any(used.stopped(row, key) for row in rows for key in split.reads):
        return TO_MEND
    active = context.plan.labels_with(LabelRole.ACTIVE)
    found = Counter(row.text(split.field) for row in rows if row.text("trang_thai") in active)
    numbers = tuple(found[label] for label in split.labels)
    return (*numbers, sum(numbers)) if split.with_sum else numbers


def _cells(counts: Sequence[_Counts], splits: Sequence[_Split]) -> Iterator[object]:
    for numbers, split in zip(counts, splits, strict=True):
        yield from [StyledValue(numbers, ABSENT)] * split.width if isinstance(numbers, str) else numbers


def _known(table: _Table, codes: Sequence[str], place: int) -> list[tuple[int, ...]]:
    """The numbers of one group of columns, of the units that have them."""
    return [numbers for code in codes if not isinstance(numbers := table[code][place], str)]


def _totals(table: _Table, codes: Sequence[str], splits: Sequence[_Split]) -> Iterator[object]:
    """Sums over the units that have numbers; blank where none has."""
    for place, split in enumerate(splits):
        known = _known(table, codes, place)
        sums: Sequence[int | None] = [sum(column) for column in zip(*known, strict=True)] or [None] * split.width
        yield from (StyledValue(number, _COUNT) for number in sums)


def _structure(table: _Table, codes: Sequence[str], splits: Sequence[_Split]) -> Iterator[object]:
    """Shares of the columns of each group, which add up to 100; blank where there is nothing to share out."""
    look = {**CENTRE, "bold": False, "num_format": "0.0"}
    for place, split in enumerate(splits):
        sums = [sum(column) for column in zip(*_known(table, codes, place), strict=True)][: len(split.labels)]
        found: list[Decimal | None] = [*shares(sums)] if any(sums) else [None] * len(split.labels)
        whole = [Decimal(100) if any(sums) else None] * split.with_sum
        yield from (StyledValue(share, look) for share in [*found, *whole])


def _covered(table: _Table, codes: Sequence[str], splits: Sequence[_Split]) -> str:
    """“14/17 đơn vị”; the split by level is shown apart where it covers others."""
    known = [f"{len(_known(table, codes, place))}/{len(codes)}" for place in range(len(splits))]
    apart = "".join(
        f"; {lower_first(split.head)} {number}"
        for split, number in zip(splits[1:], known[1:], strict=True)
        if number != known[0]
    )
    return f"{known[0]} đơn vị{apart}"


def _coverage(table: _Table, codes: Sequence[str], splits: Sequence[_Split]) -> Iterator[object]:
    look = {**CENTRE, "bold": False, "num_format": "@"}
    for place, split in enumerate(splits):
        yield from [StyledValue(f"{len(_known(table, codes, place))}/{len(codes)}", look)] * split.width


def _band(cells: Iterable[object]) -> dict[int, object]:
    return dict(enumerate(cells, 2))
