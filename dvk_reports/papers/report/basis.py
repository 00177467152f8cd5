"""What one report is written from: the office and the consolidation, with what follows from them for this report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from dvk_reports.errors import PlanError
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.figures import NOT_MET, BoardLine, Figure, Source
from dvk_reports.model.periods import Period
from dvk_reports.model.returns import UnitState
from dvk_reports.model.shelf import Grouped, Names, shelved
from dvk_reports.papers.docx.marks import doubted_cells
from dvk_reports.papers.report.periods import report_kind
from dvk_reports.papers.report.wording import Amounts
from dvk_reports.plan.book.figures import FigureSpec
from dvk_reports.plan.book.report_parts import Place, ReportKind, ReportLength, ReportSpec
from dvk_reports.plan.book.roles import DocumentRole
from dvk_reports.plan.book.rulebook import IssuedPaper, Plan
from dvk_reports.plan.lookups import code_key
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Register

T = TypeVar("T")


@dataclass(frozen=True)
class Basis:
    """The office, what was found out, and what a sentence asks of both."""

    office: Office
    data: Consolidation
    _made: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, name: str, make: Callable[[Basis], T]) -> T:
        """What ``make`` finds, worked out once however many sentences and annexes ask for it."""
        if name not in self._made:
            self._made[name] = make(self)
        found: T = self._made[name]
        return found

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
    def spec(self) -> ReportSpec:
        """What a report is made of."""
        return self.plan.documents.bao_cao

    @property
    def period(self) -> Period:
        return self.data.period

    @cached_property
    def kind(self) -> ReportKind:
        return report_kind(self.period, self.plan, self.data.as_of)

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

    # --- figures ---

    @cached_property
    def specs(self) -> Mapping[str, FigureSpec]:
        """Every figure of the plan by its code, in order, as it is defined on the last day of the period."""
        return {**self.plan.figure_specs, **self.plan.on(self.period.last_day).figure_specs}

    def places(self) -> Iterator[tuple[FigureSpec, Place]]:
        """Every place of a figure in this report, in the order of the plan."""
        for spec in self.specs.values():
            yield from ((spec, place) for place in spec.noi if place.stands_in(self.kind))

    def in_targets(self) -> list[tuple[Figure, Place]]:
        """The figures of the table of targets that some unit owes, in its order."""
        placed = sorted(((spec, place) for spec, place in self.places() if place.bang), key=lambda item: item[1].thu_tu)
        found = ((self.data.figure(spec.ma), place) for spec, place in placed)
        return [(figure, place) for figure, place in found if figure is not None and figure.owed != 0]

    def of_task(self, task: str) -> list[Figure]:
        """The figures of a task of the plan, in order."""
        placed = sorted(
            ((spec, place) for spec, place in self.places() if place.nhiem_vu == task), key=lambda item: item[1].thu_tu
        )
        return [figure for spec, _ in placed if (figure := self.figure(spec.ma)) is not None]

    def figure(self, code: str, line: str = "") -> Figure | None:
        """A figure, or a line of its breakdown, without what is doubted in it."""
        found = self.data.figure(code, line)
        return self.without_doubted(found) if found is not None else None

    def is_narrow(self, figure: Figure) -> bool:
        """Whether far fewer of the units stand in a figure than in the report as a whole."""
        if not figure.owed or figure.reported is None or not self.data.submissions:
            return False
        whole = Decimal(self.reported) / len(self.data.submissions)
        return whole - Decimal(figure.reported) / figure.owed > Decimal(self.spec.pham_vi_lech)

    # --- what is doubted ---

    @cached_property
    def _doubted(self) -> frozenset[tuple[str, str, str]]:
        return doubted_cells(self.data)

    def doubted(self, figure: Figure) -> list[Source]:
        """The cells behind a figure that carry a warning which the unit has not answered."""
        if not self._doubted:
            return []
        return [item for item in figure.sources if (item.file, item.sheet.split(" ")[0], item.cell) in self._doubted]

    def without_doubted(self, figure: Figure) -> Figure:
        """The figure without the cells that are doubted; of a ratio of sums without their units."""
        doubted = self.doubted(figure)
        if not doubted or figure.value is None or figure.numerator is None:
            return figure
        if not figure.ratio:
            less = sum((item.amount for item in doubted), Decimal(0))
            return replace(figure, numerator=figure.numerator - less, value=figure.value - less)
        units = {item.unit for item in doubted}
        left = [item for item in figure.sources if item.unit not in units]
        above, below = (
            sum((i.amount for i in left if (i.part == "Mẫu số") is part), Decimal(0)) for part in (False, True)
        )
        return replace(figure, numerator=above, denominator=below, value=above / below if below else None)

    def left_out(self, figure: Figure) -> list[str]:
        """The units whose value of a line of its own is stopped, though the rest of the figure has them."""
        whole = self.data.figure(figure.code) if figure.group else None
        return [unit for unit in figure.missing if unit not in whole.missing] if whole is not None else []

    # --- who has met what ---

    @cached_property
    def _not_met(self) -> Mapping[str, Sequence[BoardLine]]:
        return Grouped(shelved(line for line in self.data.board if line.result == NOT_MET), lambda line: line.code)

    def not_met(self, figure: Figure) -> Sequence[BoardLine]:
        """The units, thôn or models that have not met a target."""
        return self._not_met.get(figure.code, ()) if not figure.group else ()

    @cached_property
    def names_of_models(self) -> Names:
        """Key of the code -> name, of the running models that have not met a target."""
        missed = {hash(code_key(line.subject)) for lines in self._not_met.values() for line in lines if line.subject}
        keyed = ((code_key(model.code), model.name) for model in self.data.models) if missed else ()
        return Names((key, name) for key, name in keyed if hash(key) in missed)

    @cached_property
    def names_of_hamlets(self) -> Names:
        """Code -> name."""
        return Names((hamlet.code, hamlet.name) for hamlet in reversed(self.register.hamlets))
