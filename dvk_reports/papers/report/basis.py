"""What one report is written from: the office and the consolidation, with what follows from them for this report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from dvk_reports.errors import PlanError
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.figures import Figure
from dvk_reports.model.periods import Period
from dvk_reports.model.returns import UnitState
from dvk_reports.papers.report.periods import report_kind
from dvk_reports.papers.report.wording import Amounts
from dvk_reports.plan.book.figures import FigureSpec
from dvk_reports.plan.book.report_parts import Place, ReportKind, ReportLength
from dvk_reports.plan.book.roles import DocumentRole
from dvk_reports.plan.book.rulebook import IssuedPaper, Plan
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Register


@dataclass(frozen=True)
class Basis:
    """``unit_table``: number of the table of units without a report."""

    office: Office
    data: Consolidation
    unit_table: str = ""

    @property
    def plan(self) -> Plan:
        return self.office.plan

    @property
    def register(self) -> Register:
        return self.office.register

    @cached_property
    def paper(self) -> IssuedPaper:
        """The report as the plan has it on the day of the run: its template, its words, its issuer."""
        found = self.plan.document_with(DocumentRole.REPORT, self.data.as_of)
        if found is None:
            raise PlanError(
                f"Quy định không có văn bản nào có vai {DocumentRole.REPORT}: thêm ở documents.yaml, van_ban."
            )
        return found

    @property
    def period(self) -> Period:
        return self.data.period

    @cached_property
    def kind(self) -> ReportKind:
        return report_kind(self.period, self.plan)

    @cached_property
    def length(self) -> ReportLength:
        return self.plan.documents.length(self.kind, self.data.as_of)

    @property
    def reported(self) -> int:
        """How many units have a report that is used."""
        return sum(item.state is UnitState.ACCEPTED for item in self.data.submissions)

    def name_of(self, code: str) -> str:
        """The name of a unit; its code where the register no longer has it."""
        unit = self.register.by_code.get(code)
        return unit.name if unit else code

    @cached_property
    def amounts(self) -> Amounts:
        return Amounts(self.plan.figures.don_vi_do)

    @cached_property
    def specs(self) -> Mapping[str, FigureSpec]:
        """Every figure of the plan by its code, in order, as it is defined on the last day of the period."""
        return {**self.plan.figure_specs, **self.plan.on(self.period.last_day).figure_specs}

    def places(self) -> Iterator[tuple[FigureSpec, Place]]:
        """Every place of a figure in this report, in the order of the plan."""
        for spec in self.specs.values():
            yield from ((spec, place) for place in spec.noi if place.stands_in(self.kind))

    def in_table(self, table: Literal["muc_tieu", "dien_bien"]) -> list[Figure]:
        """The figures of a table, in its order."""
        return self._figures([(spec, place) for spec, place in self.places() if place.bang == table])

    def of_task(self, task: str) -> list[Figure]:
        """The figures of a task of the plan, in order."""
        return self._figures([(spec, place) for spec, place in self.places() if place.nhiem_vu == task])

    def _figures(self, placed: list[tuple[FigureSpec, Place]]) -> list[Figure]:
        ordered = sorted(placed, key=lambda item: item[1].thu_tu)
        return [figure for spec, _ in ordered if (figure := self.data.figure(spec.ma)) is not None]
