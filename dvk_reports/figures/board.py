"""Who has met what: how each unit, thôn or model stands to each target (sheet ``Kết quả theo đơn vị``).

The lines are made of what the figures have counted, never counted anew, so that they always add up to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dvk_reports.figures.counting import owing_units
from dvk_reports.figures.definitions import FigureInPeriod, figure_in
from dvk_reports.figures.ledger import Ledger
from dvk_reports.figures.named.coverage import HAMLETS_WITH_MODEL
from dvk_reports.figures.unknown import NOTHING_ASKED, why_unknown
from dvk_reports.model.figures import DENOMINATOR, MET, NOT_MET, UNKNOWN, BoardLine, Figure, Source
from dvk_reports.model.shelf import Grouped, shelved
from dvk_reports.plan.book.registry import UNIT_TESTS
from dvk_reports.plan.book.rulebook import FigureSpec
from dvk_reports.vietnamese.numbers import show_number, show_percent


def board(ledger: Ledger, figures: Iterable[Figure]) -> Sequence[BoardLine]:
    """The lines of every target and test, in the order of the figures and of the register."""
    return shelved(_lines(ledger, figures))


def _lines(ledger: Ledger, figures: Iterable[Figure]) -> Iterator[BoardLine]:
    for figure, lines in _with_lines(figures):
        inside = figure_in(ledger, figure.code)
        if inside is not None and inside.spec.of_targets and _is_of_units(inside.spec, figure):
            yield from _OneFigure(inside, figure, _first_cells(lines)).lines()


def _with_lines(figures: Iterable[Figure]) -> list[tuple[Figure, list[Figure]]]:
    """Each figure and the lines of its breakdown."""
    found: list[tuple[Figure, list[Figure]]] = []
    for figure in figures:
        if figure.group:
            found[-1][1].append(figure)
        else:
            found.append((figure, []))
    return found


def _is_of_units(spec: FigureSpec, figure: Figure) -> bool:
    """A ratio of what units add, or a count of units; not an index of others, a gap, a count of things."""
    return figure.denominator is not None if figure.ratio else spec.dem_don_vi


def _first_cells(lines: Iterable[Figure]) -> dict[str, Source]:
    """Unit -> the first cell by which it stands in a line."""
    found: dict[str, Source] = {}
    for line in lines:
        for source in line.sources:
            found.setdefault(source.unit, source)
    return found


@dataclass(frozen=True)
class _OneFigure:
    inside: FigureInPeriod
    figure: Figure
    placed: Mapping[str, Source]
    """Unit -> the cell by which it stands in a line of the breakdown: it decides where a count leaves it out."""

    def lines(self) -> Iterator[BoardLine]:
        own = Grouped(self.figure.sources, lambda source: source.unit)
        missing = set(self.figure.missing)
        owing = [unit.code for unit in owing_units(self.inside)]
        for unit in dict.fromkeys((*owing, *own)):
            if unit in missing:
                yield from self._not_counted(unit, own.get(unit, ()))
            elif unit in own:
                yield from self._counted(unit, own[unit])
            else:
                yield self._without_cells(unit)

    def _counted(self, unit: str, own: Sequence[Source]) -> Iterator[BoardLine]:
        by_subject: dict[str, list[Source]] = {}
        for source in own:
            by_subject.setdefault(source.subject, []).append(source)
        spec = self.inside.spec
        for subject, cells in by_subject.items():
            above, below = _sum(cells, above=True), _sum(cells, above=False)
            deciding = _deciding(cells, met=bool(above))
            if not subject and self.figure.ratio and spec.phep.ham not in UNIT_TESTS:
                result, reason = _against(self.figure.target, above, below)
            else:
                result, reason = (MET, "") if above else (NOT_MET, spec.vi_chua_dat)
            yield BoardLine(self.figure.code, unit, subject, result, above, below, deciding, reason)

    def _without_cells(self, unit: str) -> BoardLine:
        """A unit that was asked nothing has met and missed nothing; one that a count leaves out has missed it."""
        if self.figure.ratio:
            return BoardLine(self.figure.code, unit, "", UNKNOWN, reason=NOTHING_ASKED)
        cell = self.placed.get(unit)
        return BoardLine(self.figure.code, unit, "", NOT_MET, source=cell, reason=self.inside.spec.vi_chua_dat)

    def _not_counted(self, unit: str, own: Sequence[Source]) -> Iterator[BoardLine]:
        """One line with what of it is in the sums; of a target on thôn one for each thôn that the unit has."""
        reason, cell = why_unknown(self.inside, unit)
        above, below = _sum(own, above=True), _sum(own, above=False)
        for hamlet in self._hamlets(unit):
            yield BoardLine(self.figure.code, unit, hamlet, UNKNOWN, above, below, cell, reason)

    def _hamlets(self, unit: str) -> Sequence[str]:
        ledger = self.inside.ledger
        if self.inside.spec.phep.ham != HAMLETS_WITH_MODEL:
            return ("",)
        return [hamlet.code for hamlet in ledger.register.hamlets_of(unit, ledger.last_day)] or ("",)


def _sum(cells: Iterable[Source], *, above: bool) -> Decimal:
    return sum((cell.amount for cell in cells if (cell.part != DENOMINATOR) is above), Decimal(0))


def _against(target: Decimal | None, above: Decimal, below: Decimal) -> tuple[str, str]:
    """The result of a unit's own ratio, and why; "" where there is no target."""
    if not below:
        return UNKNOWN, NOTHING_ASKED
    if target is None:
        return "", ""
    if above / below >= target:
        return MET, ""
    return NOT_MET, f"{show_percent(above, below)}, mục tiêu {show_number(target * 100)}%"


def _deciding(cells: Sequence[Source], *, met: bool) -> Source:
    """The cell that says it is met, else the one that says what was asked."""
    return next((cell for cell in cells if (cell.part != DENOMINATOR) is met), cells[0])
