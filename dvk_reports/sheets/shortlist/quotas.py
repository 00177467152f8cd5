"""Sheets ``Chỉ tiêu khen``, ``Dự toán tiền thưởng`` and ``Cơ cấu``: they count the choices while the clerk types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dvk_reports.model.choosing import Line, line_of, money_of
from dvk_reports.model.proposals import Outcome, Proposal
from dvk_reports.sheets.base.book import WHOLE, cell, must, put_formula, quoted
from dvk_reports.sheets.base.looks import BAD, CENTRE, RIGHT, TOTAL_FILL, WRAP
from dvk_reports.sheets.base.pages import Column, Page, PageLayout, StyledValue
from dvk_reports.sheets.shortlist.pages import (
    BUDGET,
    QUOTA_KEYS,
    QUOTA_REMARKS,
    QUOTAS,
    SPREAD,
    ShortlistContext,
)
from dvk_reports.sheets.shortlist.proposals import KINH, MINORITY, column_span, split_value

_COUNT = {**CENTRE, "num_format": WHOLE}
_MONEY = {**RIGHT, "num_format": WHOLE}
_WIDTHS = (40, 14, 10, 10, 10, 60)
_CAPTIONS = ("Hình thức", "Phân loại", "Chỉ tiêu", "Đã chọn", "Còn lại", "Căn cứ của chỉ tiêu")
_QUOTA_COLUMNS = tuple(
    Column(key, caption, width, WRAP if key in ("hinh_thuc", "can_cu") else {} if key == "phan_loai" else _COUNT)
    for key, caption, width in zip(QUOTA_KEYS, _CAPTIONS, _WIDTHS, strict=True)
)
_OUTSIDE, _OUTSIDE_SAID = "Ngoài chỉ tiêu", "Được chọn mà không có dòng chỉ tiêu"


def picked(context: ShortlistContext, row: int) -> str:
    """Conditions of a product: the lines of ``Đề nghị`` whose form and class stand in columns A and B of this row."""
    form, kind = cell(row, 0, col_abs=True), cell(row, 1, col_abs=True)
    return f"({column_span(context, 'hinh_thuc')}={form})*({column_span(context, 'phan_loai')}={kind})"


def chosen_formula(context: ShortlistContext) -> str:
    """A factor of a product: 1 where chosen, from what the clerk types alone."""
    typed, proposed = f"TRIM({column_span(context, 'quyet_dinh')})", column_span(context, "de_xuat")
    return f'(({typed}="Chọn")+({typed}="")*({proposed}={quoted(Outcome.EXPECTED)}))'


def write_quotas(context: ShortlistContext) -> None:
    """The quotas: live over ``Đề nghị``; a line that is exceeded turns red."""
    page = Page(
        context, QUOTAS, _QUOTA_COLUMNS, f"Chỉ tiêu khen - {context.title}", QUOTA_REMARKS, PageLayout(frozen=2)
    )
    first = page.row
    for quota in context.data.quotas:
        row, taken = page.row, context.counted[quota.form, quota.kind]
        page.line((quota.form, quota.kind, quota.number, None, None, quota.basis))
        _count(page, row, 3, f"=SUMPRODUCT({picked(context, row)}*{chosen_formula(context)})", taken)
        _count(page, row, 4, f"={cell(row, 2)}-{cell(row, 3)}", quota.number - taken)
    if not context.data.quotas:
        page.remark("Đợt này chưa có chỉ tiêu trong quy định.")
    last = max(page.row - 1, first)
    red = {"type": "formula", "criteria": f"={cell(first, 4, col_abs=True)}<0", "format": context.formats(**BAD)}
    must(page.sheet.conditional_format(first, 0, last, len(_QUOTA_COLUMNS) - 1, red), "dòng vượt chỉ tiêu")
    held = sum(context.counted[quota.form, quota.kind] for quota in context.data.quotas)
    outside = sum(context.counted.values()) - held
    page.band(_OUTSIDE, {5: StyledValue(_OUTSIDE_SAID, {"bold": False, "italic": True})}, total=True)
    formula = f"=SUMPRODUCT({chosen_formula(context)}*1)-SUM({cell(first, 3)}:{cell(last, 3)})"
    look = context.formats(bold=True, bg_color=TOTAL_FILL, border=1, **_COUNT)
    put_formula(page.sheet, page.row - 1, 3, formula, outside, look)
    page.close()


def _count(page: Page, row: int, col: int, formula: str, value: object) -> None:
    look = page.canvas.formats(**{"border": 1, "border_color": "#A6A6A6", **page.columns[col].props})
    put_formula(page.sheet, row, col, formula, value, look)


_BUDGET_COLUMNS = (
    Column("hinh_thuc", "Hình thức", 40, WRAP),
    Column("phan_loai", "Phân loại", 14),
    Column("muc_tien", "Mức tiền theo quy định (đồng)", 15, _MONEY),
    Column("so_luong", "Số được chọn", 10, _COUNT),
    Column("so_tinh_tien", "Số đã có mức tiền", 10, _COUNT),
    Column("thanh_tien", "Thành tiền (đồng)", 16, {**_MONEY, "bold": True}),
    Column("ghi_chu", "Ghi chú", 48, {**WRAP, "indent": 1}),
)
_BY_HAND = "Không có mức theo quy định; chỉ tính số tiền nhập tay có căn cứ ở trang “Đề nghị”"


@dataclass(frozen=True, slots=True)
class _Rate:
    line: Line
    amount: int | None
    note: str

    def has(self, proposal: Proposal) -> bool:
        return line_of(proposal) == self.line and proposal.money == self.amount


def _rates(context: ShortlistContext) -> Iterator[_Rate]:
    """One for each line and amount, in the order of the lines; a coefficient that is not verified says so."""
    for line in context.lines:
        members = [item for item in context.proposals if line_of(item) == line]
        for amount in dict.fromkeys(item.money for item in members):
            notes = dict.fromkeys(item.money_note for item in members if item.money == amount and item.money_note)
            said = "; ".join(notes)
            yield _Rate(line, amount, said if amount is not None else f"{_BY_HAND}{f'; {said}' if said else ''}")
        if not members:
            yield _Rate(line, None, "Không có đề nghị")


def write_budget(context: ShortlistContext) -> None:
    """Number × amount for each form and class, live over the choices; nothing where there is no amount."""
    remarks = (
        "Số lượng và thành tiền tự tính lại theo cột “Quyết định” của trang “Đề nghị”.",
        "Biểu dương không có tiền thưởng, trừ khi nhập số tiền và căn cứ. Ô trống là chưa có mức, không phải là 0.",
    )
    page = Page(
        context, BUDGET, _BUDGET_COLUMNS, f"Dự toán tiền thưởng - {context.title}", remarks, PageLayout(frozen=2)
    )
    first = page.row
    for rate in _rates(context):
        _budget_line(context, page, rate)
    _budget_total(context, page, first)
    page.close()


def _budget_line(context: ShortlistContext, page: Page, rate: _Rate) -> None:
    row = page.row
    page.line((*rate.line, rate.amount, None, None, None, rate.note))
    members = [item for item in context.proposals if rate.has(item) and context.chosen.is_chosen(item)]
    paid = [amount for item in members if (amount := money_of(context.chosen, item)) is not None]
    fixed = column_span(context, "so_tien")
    same = f"({fixed}={cell(row, 2, col_abs=True)})" if rate.amount is not None else f'({fixed}="")'
    these = f"{picked(context, row)}*{same}*{chosen_formula(context)}"
    _count(page, row, 3, f"=SUMPRODUCT({these})", len(members))
    if rate.amount is not None:
        _count(page, row, 4, f"={cell(row, 3)}", len(members))
        _count(page, row, 5, f"={cell(row, 2)}*{cell(row, 3)}", rate.amount * len(members))
        return
    costs = column_span(context, "tien_tinh")
    _count(page, row, 4, f"=SUMPRODUCT({these}*ISNUMBER({costs}))", len(paid))
    summed = f"SUMPRODUCT(({these})*1,{costs})"
    _count(page, row, 5, f'=IF({cell(row, 4)}=0,"",{summed})', sum(paid) if paid else None)


def _budget_total(context: ShortlistContext, page: Page, first: int) -> None:
    last = page.row - 1
    page.band("Cộng", total=True)
    row = page.row - 1
    taken = [item for item in context.proposals if context.chosen.is_chosen(item)]
    paid = [amount for item in taken if (amount := money_of(context.chosen, item)) is not None]
    for col, value in ((3, len(taken)), (4, len(paid)), (5, sum(paid))):
        props = {"bold": True, "bg_color": TOTAL_FILL, "border": 1, **_BUDGET_COLUMNS[col].props}
        formula = f"=SUM({cell(first, col)}:{cell(last, col)})" if last >= first else "=0"
        put_formula(page.sheet, row, col, formula, value, context.formats(**props))
    said = f"Đã tính tiền cho {len(paid)}/{len(taken)} trường hợp được chọn"
    formula = f'="Đã tính tiền cho "&{cell(row, 4)}&"/"&{cell(row, 3)}&" trường hợp được chọn"'
    look = context.formats(italic=True, bg_color=TOTAL_FILL, border=1, indent=1)
    put_formula(page.sheet, row, 6, formula, said, look)


_KINDS_OF_SPREAD = (
    ("ma_don_vi", "Đơn vị", "Theo đơn vị đề nghị"),
    ("linh_vuc", "Lĩnh vực", "Theo lĩnh vực của mô hình"),
    ("cap", "Cấp", "Theo cấp của mô hình"),
    ("doi_tuong", "Đối tượng", "Lãnh đạo, quản lý và người trực tiếp lao động, công tác"),
    ("gioi_tinh", "Giới tính", "Theo giới tính (cá nhân, hộ gia đình)"),
    ("dan_toc", "Dân tộc", "Theo dân tộc (cá nhân, hộ gia đình)"),
)


def _values_in(context: ShortlistContext, key: str) -> list[str]:
    """The lines of one split: the labels of the plan in order, then what else there is."""
    found = {split_value(context, item, key) for item in context.proposals} - {""}
    if key == "ma_don_vi":
        order = {unit.code: unit.order for unit in context.register.units}
        return sorted(found, key=lambda code: (order.get(code, len(order)), code))
    labels = {"doi_tuong": "doi_tuong_khen", "dan_toc": ""}.get(key, key)
    known = context.plan.labels(labels) if labels else [KINH, MINORITY]
    return [*known, *sorted(found.difference(known))]


def write_spread(context: ShortlistContext) -> None:
    """Proposed and chosen by unit, field, level, group, gender and ethnic group, live over the choices."""
    remarks = (
        "Số được chọn và tỷ lệ tự tính lại theo cột “Quyết định” của trang “Đề nghị”. "
        "Chỉ để xem cơ cấu; không có mức chia đều.",
        "Tỷ lệ là phần của dòng trong số được chọn của cùng cách chia.",
    )
    page = Page(context, SPREAD, _spread_columns(context), f"Cơ cấu - {context.title}", remarks, PageLayout(frozen=3))
    for key, short, heading in _KINDS_OF_SPREAD:
        page.band(heading)
        first = page.row
        values = _values_in(context, key)
        for value in values:
            _spread_line(context, page, (key, short), value, (first, first + len(values) - 1))
    page.close()


def _spread_columns(context: ShortlistContext) -> tuple[Column, ...]:
    split = [
        Column(f"{key}_{number}", f"{caption}: {form} - {kind}", 12, _COUNT)
        for number, (form, kind) in enumerate(context.lines, 1)
        for key, caption in (("de_nghi", "Đề nghị"), ("duoc_chon", "Được chọn"))
    ]
    return (
        Column("cach_chia", "Cách chia", 11),
        Column("gia_tri", "Giá trị", 32, WRAP),
        Column("ten", "Tên đơn vị", 30, WRAP),
        Column("de_nghi", "Đề nghị", 9.5, _COUNT),
        Column("du_kien", "Dự kiến", 9.5, _COUNT),
        Column("duoc_chon", "Được chọn", 9.5, {**_COUNT, "bold": True}),
        Column("ty_le", "Tỷ lệ trong số được chọn", 10.5, {**CENTRE, "num_format": "0.0%"}),
        *split,
    )


def _spread_line(context: ShortlistContext, page: Page, by: tuple[str, str], value: str, rows: tuple[int, int]) -> None:
    row, (key, short) = page.row, by
    shown: Sequence[object] = (short, value, context.name_of(value) if key == "ma_don_vi" else None)
    page.line([*shown, *[None] * (len(page.columns) - len(shown))])
    members = [item for item in context.proposals if split_value(context, item, key) == value]
    taken = [item for item in members if context.chosen.is_chosen(item)]
    these = f"({column_span(context, key)}={cell(row, 1, col_abs=True)})"
    expected = f"({column_span(context, 'de_xuat')}={quoted(Outcome.EXPECTED)})"
    _count(page, row, 3, f"=SUMPRODUCT({these}*1)", len(members))
    awaited = sum(item.outcome is Outcome.EXPECTED for item in members)
    _count(page, row, 4, f"=SUMPRODUCT({these}*{expected})", awaited)
    _count(page, row, 5, f"=SUMPRODUCT({these}*{chosen_formula(context)})", len(taken))
    whole = sum(1 for item in context.proposals if context.chosen.is_chosen(item) and split_value(context, item, key))
    total = f"SUM({cell(rows[0], 5, row_abs=True)}:{cell(rows[1], 5, row_abs=True)})"
    share = len(taken) / whole if whole else None
    _count(page, row, 6, f'=IF({total}=0,"",{cell(row, 5)}/{total})', share)
    for place, line in enumerate(context.lines):
        col = 7 + 2 * place
        form, kind = (quoted(text) for text in line)
        of_line = f"({column_span(context, 'hinh_thuc')}={form})*({column_span(context, 'phan_loai')}={kind})"
        _count(page, row, col, f"=SUMPRODUCT({these}*{of_line})", sum(line_of(item) == line for item in members))
        formula = f"=SUMPRODUCT({these}*{of_line}*{chosen_formula(context)})"
        _count(page, row, col + 1, formula, sum(line_of(item) == line for item in taken))
