"""What every sheet of ``tong-hop.xlsx`` is drawn from, and the names of the sheets that lead to each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.periods import Period
from dvk_reports.model.returns import UnitState
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Register
from dvk_reports.sheets.base.book import Formats, Sheet
from dvk_reports.sheets.base.pages import EXCEL, Limits
from dvk_reports.vietnamese.dates import show_date

OVERVIEW, TARGETS, TASKS, SUBMISSIONS = "Tổng quan", "Chỉ tiêu", "Nhiệm vụ", "Tình hình nộp"
FINDINGS, FILES, SOURCES, MODELS = "Lỗi", "Tệp", "Nguồn số liệu", "Mô hình theo đơn vị"
BOARD, PROGRESS = "Kết quả theo đơn vị", "Tiến độ nhiệm vụ"
TREND, TREND_CHARTS, YEARS = "Xu hướng", "Biểu đồ xu hướng", "Mục tiêu theo năm"

NOT_REPORTED, TO_MEND = "chưa báo cáo", "cần sửa"


@dataclass(frozen=True)
class TotalsContext:
    """What the run has found out, with plan and register at hand, and the workbook that it is drawn into."""

    book: Any
    formats: Formats
    office: Office
    data: Consolidation
    limits: Limits = EXCEL

    @property
    def period(self) -> Period:
        return self.data.period

    @cached_property
    def plan(self) -> Plan:
        """The rule book of the period's last quarter."""
        return self.office.plan_of(self.period.last)

    @property
    def register(self) -> Register:
        return self.office.register

    def sheet(self, name: str) -> Sheet:
        """A new sheet of the workbook."""
        return self.book.add_worksheet(name)

    def name_of(self, code: str) -> str:
        """The name of a unit, also of one that has left the register."""
        unit = self.register.by_code.get(code)
        if unit is not None:
            return unit.name
        return next((item.name for item in self.data.submissions if item.unit == code), "")

    @property
    def accepted(self) -> int:
        return sum(item.state is UnitState.ACCEPTED for item in self.data.submissions)

    @property
    def coverage(self) -> str:
        """“57/60”."""
        return f"{self.accepted}/{len(self.data.submissions)}"

    @property
    def foot(self) -> str:
        return f"Số liệu của {self.coverage} đơn vị tính đến {show_date(self.data.as_of)}"

    @property
    def title(self) -> str:
        """The period in words; a range of quarters is called a stage."""
        return f"giai đoạn {self.period.title}" if self.period.is_range else self.period.title

    def groups(self) -> Iterable[tuple[str, str, list[str]]]:
        """(number, heading, unit codes) of every group that has a unit in the report, in the order of the plan."""
        known = [group.ma for group in self.plan.info.nhom_don_vi]
        members: dict[str, list[str]] = {}
        for item in self.data.submissions:
            unit = self.register.by_code.get(item.unit)
            members.setdefault(unit.group if unit else "", []).append(item.unit)
        for group in self.plan.info.nhom_don_vi:
            if group.ma in members:
                yield group.ma, f"{group.ma}. {group.ten}", members[group.ma]
        rest = [code for group, codes in members.items() if group not in known for code in codes]
        if rest:
            yield "khác", "Đơn vị chưa xếp nhóm", rest
