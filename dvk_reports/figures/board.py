"""Who has met what: how each unit, thôn or model stands to each target (sheet ``Kết quả theo đơn vị``).

The lines are made of what the figures have counted, never counted anew, so that they always add up to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from dvk_reports.figures.counting import owing_units
from dvk_reports.figures.definitions import FigureInPeriod, figure_in
from dvk_reports.figures.ledger import Ledger
from dvk_reports.figures.named.coverage import HAMLETS_WITH_MODEL
from dvk_reports.model.figures import DENOMINATOR, MET, NOT_MET, UNKNOWN, BoardLine, Figure, Source
from dvk_reports.plan.book.registry import UNIT_TESTS
from dvk_reports.plan.book.rulebook import FigureSpec

TARGETS = "muc_tieu"
"""``trang`` of the figures that the plan sets a target or a test for."""


def board(ledger: Ledger, figures: Iterable[Figure]) -> tuple[BoardLine, ...]:
    """The lines of every target and test, in the order of the figures and of the register."""
    return tuple(line for figure in figures if not figure.group for line in _of_figure(ledger, figure))


def _of_figure(ledger: Ledger, figure: Figure) -> Iterator[BoardLine]:
    inside = figure_in(ledger, figure.code)
    if inside is None or inside.spec.trang != TARGETS or not _is_of_units(inside.spec, figure):
        return
    own: dict[str, list[Source]] = {}
    for source in figure.sources:
        own.setdefault(source.unit, []).append(source)
    units = [unit.code for unit in owing_units(inside)]
    for unit in dict.fromkeys((*units, *own)):
        yield from _of_unit(inside, figure, unit, own.get(unit, ()))


def _is_of_units(spec: FigureSpec, figure: Figure) -> bool:
    """A ratio of what units add, or a count of units; not an index of others, a gap, a count of things."""
    return figure.denominator is not None if figure.ratio else spec.dem_don_vi


def _of_unit(inside: FigureInPeriod, figure: Figure, unit: str, own: Sequence[Source]) -> Iterator[BoardLine]:
    counted = unit not in figure.missing
    if not own:
        # A unit that was asked nothing has met and missed nothing; one that a count leaves out has missed it.
        missed = counted and not figure.ratio
        yield from _without_cells(inside, figure, unit, NOT_MET if missed else UNKNOWN)
        return
    by_subject: dict[str, list[Source]] = {}
    for source in own:
        by_subject.setdefault(source.subject, []).append(source)
    for subject, cells in by_subject.items():
        above, below = _sum(cells, above=True), _sum(cells, above=False)
        sums = not subject and figure.ratio and inside.spec.phep.ham not in UNIT_TESTS
        result = _against(figure.target, above, below) if sums else MET if above else NOT_MET
        yield BoardLine(
            figure.code, unit, subject, result if counted else UNKNOWN, above, below, _deciding(cells, met=bool(above))
        )


def _without_cells(inside: FigureInPeriod, figure: Figure, unit: str, result: str) -> Iterator[BoardLine]:
    """One line; of a target on thôn one for each thôn that the unit has."""
    ledger = inside.ledger
    hamlets: Sequence[str] = ("",)
    if inside.spec.phep.ham == HAMLETS_WITH_MODEL:
        hamlets = [hamlet.code for hamlet in ledger.register.hamlets_of(unit, ledger.last_day)] or hamlets
    for hamlet in hamlets:
        yield BoardLine(figure.code, unit, hamlet, result)


def _sum(cells: Iterable[Source], *, above: bool) -> Decimal:
    return sum((cell.amount for cell in cells if (cell.part != DENOMINATOR) is above), Decimal(0))


def _against(target: Decimal | None, above: Decimal, below: Decimal) -> str:
    if target is None:
        return ""
    if not below:
        return UNKNOWN
    return MET if above / below >= target else NOT_MET


def _deciding(cells: Sequence[Source], *, met: bool) -> Source:
    """The cell that says it is met, else the one that says what was asked."""
    return next((cell for cell in cells if (cell.part != DENOMINATOR) is met), cells[0])
