"""What the sheets of ``xet-chon.xlsx`` share: names, colours, words of gates and years, places for live formulas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dvk_reports.model.choosing import Line, chosen_count, line_of
from dvk_reports.model.proposals import Chosen, GateState, Outcome, Proposal, Shortlist, Subject, Year
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Register
from dvk_reports.sheets.base.book import Formats, Sheet, cell, span
from dvk_reports.sheets.base.looks import BAD, GOOD, GREY, WAITING, WARNED
from dvk_reports.sheets.base.pages import Page
from dvk_reports.vietnamese.dates import show_date, show_date_prose

OVERVIEW, PROPOSALS, QUOTAS, RANKING = "Tổng quan", "Đề nghị", "Chỉ tiêu khen", "Xếp hạng"
GATES, YEARS, DOUBTS, SPREAD = "Điều kiện", "Các năm", "Cần xác minh", "Cơ cấu"
BUDGET, CARDS, GONE, RECORD = "Dự toán tiền thưởng", "Phiếu xét", "Không còn đề nghị", "Bản ghi"
RESULTS = "Kết quả"

PENDING = "chờ quyết định"

GATE_NAMES: Mapping[str, str] = {
    "E1": "Đơn vị đề nghị, hạn nhận",
    "E2": "Quyết định công nhận từng năm",
    "E3": "Số năm liên tục",
    "E4": "Rà soát, xếp loại mô hình",
    "E5": "Hồ sơ đầy đủ",
    "E6": "Không đang bị xem xét",
    "E7": "Không đề nghị cả hai hình thức",
    "E8": "Chưa được khen cho thành tích này",
    "E9": "Đúng nhóm chỉ tiêu",
    "E10": "Thứ tự ưu tiên, mô hình",
    "E11": "Ngày, thẩm quyền, mẫu văn bản",
}
STATES: Mapping[GateState, dict[str, Any]] = {
    GateState.PASSED: {"bg_color": GOOD["bg_color"], "font_color": GOOD["font_color"]},
    GateState.FAILED: BAD,
    GateState.LACKING: WARNED,
}
# The sign stands in the number format: it prints in black and white, and the value of the cell stays the bare word.
OUTCOMES: Mapping[Outcome, dict[str, Any]] = {
    Outcome.EXPECTED: {**GOOD, "num_format": '"● "@'},
    Outcome.RESERVE: {"bg_color": "#DDEBF7", "font_color": "#1F3864", "num_format": '"◦ "@'},
    Outcome.TIED: {**WARNED, "num_format": '"▲ "@'},
    Outcome.TO_VERIFY: {**WARNED, "num_format": '"▲ "@'},
    Outcome.NOT_CONSIDERED: {**WAITING, "num_format": '"○ "@'},
    Outcome.INELIGIBLE: {**BAD, "num_format": '"▼ "@'},
}
INPUT = {"bg_color": "#FFFBE6", "text_wrap": True}
"""The columns that the clerk fills."""
SMALL = {"font_size": 9, "font_color": GREY}


@dataclass(frozen=True)
class ShortlistContext:
    """What every sheet of an award round is drawn from: the shortlist, the choices, and the workbook itself."""

    book: Any
    formats: Formats
    office: Office
    chosen: Chosen

    @cached_property
    def plan(self) -> Plan:
        """The rule book of the day that the shortlist is made for."""
        return self.office.plan.on(self.data.as_of)

    @property
    def register(self) -> Register:
        return self.office.register

    def sheet(self, name: str) -> Sheet:
        """A new sheet of the workbook."""
        return self.book.add_worksheet(name)

    @property
    def data(self) -> Shortlist:
        return self.chosen.shortlist

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        return self.data.proposals

    @property
    def form_sheet(self) -> str:
        """“ (biểu B9b)”: where the units propose; "" where the plan has no such sheet."""
        name = self.plan.sheet(SheetRole.PROPOSALS)
        return f" (biểu {name})" if name else ""

    @property
    def title(self) -> str:
        year, _, month = self.data.round.partition("-")
        return f"Đợt xét tháng {month}/{year}"

    @property
    def foot(self) -> str:
        return f"{self.title}, tính đến {show_date(self.data.as_of)}; chỉ là đề xuất, chưa phải quyết định"

    @cached_property
    def counted(self) -> Mapping[Line, int]:
        return chosen_count(self.chosen)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every (hinh_thuc, phan_loai): those with a quota in its order, then the others as they come."""
        held = [(quota.form, quota.kind) for quota in self.data.quotas]
        return tuple(dict.fromkeys([*held, *map(line_of, self.proposals)]))

    @cached_property
    def by_id(self) -> Mapping[str, Proposal]:
        return {item.candidate.id: item for item in self.proposals}

    @cached_property
    def with_results(self) -> tuple[tuple[str, Subject, Proposal | None], ...]:
        """Every line of ``Kết quả``: each proposal, then who has a result and is proposed no more."""
        listed = [(item.candidate.id, item.candidate.subject, item) for item in self.proposals]
        gone = [key for key in self.chosen.results if key not in self.by_id and key in self.chosen.gone]
        return (*listed, *((key, self.chosen.gone[key], None) for key in sorted(gone)))

    def name_of(self, code: str) -> str:
        """The name of a unit; "" where the register does not have it."""
        unit = self.register.by_code.get(code)
        return unit.name if unit is not None else ""


QUOTA_KEYS = ("hinh_thuc", "phan_loai", "chi_tieu", "da_chon", "con_lai", "can_cu")
QUOTA_REMARKS = (
    "Cột “Đã chọn” và “Còn lại” tự tính lại theo cột “Quyết định” của trang “Đề nghị”. Dòng đỏ là vượt chỉ tiêu.",
    "Chỉ tiêu không chuyển từ nhóm này sang nhóm khác; nhóm chưa dùng hết thì để trống.",
)


def quota_span(context: ShortlistContext, key: str) -> str:
    """One column of ``Chỉ tiêu khen`` as a formula of any sheet names it."""
    first, col = Page.first_row(len(QUOTA_REMARKS)), QUOTA_KEYS.index(key)
    return span(QUOTAS, first, col, first + max(len(context.data.quotas), 1) - 1, col)


def quota_at(key: str, place: int) -> str:
    """One cell of ``Chỉ tiêu khen``, by the place of its line, as a formula of another sheet names it."""
    row = Page.first_row(len(QUOTA_REMARKS)) + place
    return f"'{QUOTAS}'!{cell(row, QUOTA_KEYS.index(key), row_abs=True, col_abs=True)}"


def said_year(year: Year) -> str:
    """“2022: 12-QĐ/ĐU ngày 14/10/2022, Đảng ủy xã …”, or that the decision is still waited for."""
    if year.pending:
        return f"{year.year}: {PENDING}"
    day = f" ngày {show_date_prose(year.day)}" if year.day else ""
    decision = f"{year.number or 'không ghi số'}{day}"
    return f"{year.year}: {decision}{f', {year.authority}' if year.authority else ''}"


def years_of(years: Iterable[Year]) -> str:
    """Every year, each with its decision and its cell; the file stands on ``Các năm``."""
    cells = ((year, year.proof.period, year.proof.at) for year in years)
    return "\n".join(f"{said_year(year)} ({period}, {at.sheet}!{at.a1})" for year, period, at in cells)
