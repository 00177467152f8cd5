"""What is put into each slot of a sentence (``plan.book.sentences``); "" where the slot has nothing to say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dvk_reports.model.figures import MET, NOT_MET, UNDECIDED, Figure
from dvk_reports.model.proposals import Verdict
from dvk_reports.model.returns import UnitState
from dvk_reports.papers.docx.marks import doubtful_cells
from dvk_reports.papers.report import wording
from dvk_reports.papers.report.basis import Basis
from dvk_reports.papers.report.periods import next_title
from dvk_reports.papers.report.wording import Standing, standing, units_of
from dvk_reports.plan.book.breakdown import Split, splits_of
from dvk_reports.plan.book.sentences import Slot
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.text import lower_first
from dvk_reports.vietnamese.words import change, leaders, listed


@dataclass(frozen=True, slots=True)
class Subject:
    """The figure that a slot is filled from. ``unit``: another word for its unit of measure."""

    basis: Basis
    figure: Figure
    unit: str | None = None


FillFromFigure = Callable[[Subject], str]
FillFromReport = Callable[[Basis], str]
_FROM_FIGURE: dict[Slot, FillFromFigure] = {}
_FROM_REPORT: dict[Slot, FillFromReport] = {}
FROM_FIGURE: Mapping[Slot, FillFromFigure] = _FROM_FIGURE
FROM_REPORT: Mapping[Slot, FillFromReport] = _FROM_REPORT


def _of_figure(slot: Slot) -> Callable[[FillFromFigure], FillFromFigure]:
    def register(function: FillFromFigure) -> FillFromFigure:
        _FROM_FIGURE[slot] = function
        return function

    return register


def _of_report(slot: Slot) -> Callable[[FillFromReport], FillFromReport]:
    def register(function: FillFromReport) -> FillFromReport:
        _FROM_REPORT[slot] = function
        return function

    return register


# --- a figure ---


@_of_figure(Slot.NAME)
def _name(subject: Subject) -> str:
    return subject.figure.name


@_of_figure(Slot.AMOUNT)
def _amount(subject: Subject) -> str:
    figure = subject.figure
    return "" if figure.value is None else subject.basis.amounts.quantity(figure, subject.unit)


@_of_figure(Slot.FRACTION)
def _fraction(subject: Subject) -> str:
    return wording.fraction(subject.figure)


@_of_figure(Slot.SCOPE)
def _scope(subject: Subject) -> str:
    return wording.scope(subject.figure)


@_of_figure(Slot.COVERAGE)
def _coverage(subject: Subject) -> str:
    return wording.of_units(subject.figure)


@_of_figure(Slot.TARGET)
def _target(subject: Subject) -> str:
    target = subject.figure.target
    return "" if target is None else wording.fixed_percent(target)


@_of_figure(Slot.VERDICT)
def _verdict(subject: Subject) -> str:
    figure = subject.figure
    return "" if figure.target is None else figure.verdict or wording.wanted("kết luận")


@_of_figure(Slot.REASONS)
def _reasons(subject: Subject) -> str:
    return "; ".join(wording.reasons(subject.figure))


@_of_figure(Slot.CHANGE)
def _change(subject: Subject) -> str:
    """Only where every unit is in the figure."""
    figure = subject.figure
    if figure.value is None or figure.previous is None or figure.previous_of_some or figure.partial or figure.ratio:
        return ""
    unit = figure.unit_of_measure
    return change(figure.value, figure.previous, unit, count=subject.basis.amounts.counts(unit))


@_of_figure(Slot.PARTS)
def _parts(subject: Subject) -> str:
    """The first group of lines as it is, each other one with the name of what it is split by."""
    found: list[str] = []
    for split, lines in lines_by_split(subject.basis, subject.figure):
        shown = _shown_lines(subject.basis, lines)
        if shown:
            scope = units_of(lines[0]) if wording.of_units(lines[0]) != wording.of_units(subject.figure) else ""
            found.append(f"{f'chia theo {_split_name(split)}: ' if found else ''}{shown}{scope}")
    return "; ".join(found)


@_of_figure(Slot.SPLIT)
def _split(subject: Subject) -> str:
    basis = subject.basis
    shown = [(split, _shown_lines(basis, lines)) for split, lines in lines_by_split(basis, subject.figure)]
    return "; ".join(f"theo {_split_name(split)}: {text}" for split, text in shown if text)


@_of_figure(Slot.FALLS_SHORT)
def _falls_short(subject: Subject) -> str:
    return subject.figure.falls_short


def lines_by_split(basis: Basis, figure: Figure) -> list[tuple[Split, list[Figure]]]:
    """The lines that add up to a figure, by what it is split by; lines of zero left out."""
    lines = [line for line in basis.data.lines(figure.code) if line.value] if not figure.group else []
    splits = splits_of(basis.plan, basis.specs[figure.code])
    return [(split, [line for line in lines if line.group in split.labels]) for split in splits]


def _shown_lines(basis: Basis, lines: list[Figure]) -> str:
    bare = basis.amounts.bare
    return "; ".join(f"{line.group} {bare(line.value or Decimal(0), line.unit_of_measure)}" for line in lines)


def _split_name(split: Split) -> str:
    return lower_first(split.caption) or "loại"


@_of_figure(Slot.SHARES)
def _shares(subject: Subject) -> str:
    shares = []
    for line in subject.basis.data.lines(subject.figure.code):
        label = lower_first(line.group)
        if line.value is not None:
            shares.append(f"{label} chiếm {wording.percent(line)}, bằng {wording.fraction(line)}{_own_units(line)}")
        elif standing(line) is Standing.UNKNOWN:
            shares.append(f"{label}: {wording.wanted('số liệu của các đơn vị')}{units_of(line)}")
    return "; ".join(shares)


@_of_figure(Slot.BESIDE)
def _beside(subject: Subject) -> str:
    basis, figure = subject.basis, subject.figure
    own = {line.nhan for line in basis.specs[figure.code].dong_rieng}
    found = []
    for line in basis.data.lines(figure.code):
        if line.group in own and (line.value or line.value is None) and standing(line) is not Standing.NOT_OWED:
            known = line.value is not None
            amount = basis.amounts.quantity(line) if known else wording.wanted("số liệu của các đơn vị")
            found.append(f"{lower_first(line.group)} {amount}{_own_units(line)}")
    return "; ".join(found)


def _own_units(line: Figure) -> str:
    """ " (50/60 đơn vị; số này không tính Đảng bộ xã A)" of a line with units of its own."""
    return f" ({wording.scope(line)} đơn vị; {line.falls_short})" if line.falls_short else units_of(line)


@_of_figure(Slot.LEADERS)
def _leaders(subject: Subject) -> str:
    """Nothing where fewer than two units have any: then the total says the same."""
    basis, figure = subject.basis, subject.figure
    if not figure.value or figure.ratio:
        return ""
    by_unit: dict[str, Decimal] = {}
    for source in figure.sources:
        by_unit[source.unit] = by_unit.get(source.unit, Decimal(0)) + source.amount
    found = leaders(by_unit.items())
    if len(found) < 2 or sum(by_unit.values()) != figure.value:
        return ""
    return listed(
        [f"{basis.name_of(code)} ({basis.amounts.count(amount, figure.unit_of_measure)})" for code, amount in found]
    )


@_of_figure(Slot.UNDER_REVIEW)
def _under_review(subject: Subject) -> str:
    cells = doubtful_cells(subject.basis.data, subject.figure)
    return show_count(cells) if cells else ""


@_of_figure(Slot.TO_FILL_IN)
def _to_fill_in(subject: Subject) -> str:
    return wording.to_fill_in(subject.figure)


# --- the report as a whole ---


@_of_report(Slot.KIND)
def _kind(basis: Basis) -> str:
    return basis.length.ten


@_of_report(Slot.PERIOD)
def _period(basis: Basis) -> str:
    return basis.period.title


@_of_report(Slot.NEXT_PERIOD)
def _next_period(basis: Basis) -> str:
    return next_title(basis.period, basis.plan)


@_of_report(Slot.BEFORE)
def _before(basis: Basis) -> str:
    period = basis.period
    return period.quarters[0].previous.title if len(period.quarters) == 1 else f"năm {period.year - 1}"


@_of_report(Slot.EDITION)
def _edition(basis: Basis) -> str:
    return basis.data.edition_title


@_of_report(Slot.FIRST_DAY)
def _first_day(basis: Basis) -> str:
    return show_date_prose(basis.register.window(basis.period.quarters[0])[0])


@_of_report(Slot.LAST_DAY)
def _last_day(basis: Basis) -> str:
    return show_date_prose(basis.register.window(basis.period.last)[1])


@_of_report(Slot.DAY)
def _day(basis: Basis) -> str:
    return show_date_prose(basis.data.as_of)


@_of_report(Slot.REPORTED)
def _reported(basis: Basis) -> str:
    return str(basis.reported)


@_of_report(Slot.OWED)
def _owed(basis: Basis) -> str:
    return str(len(basis.data.submissions))


@_of_report(Slot.SILENT)
def _silent(basis: Basis) -> str:
    return _count_of([item for item in basis.data.submissions if item.state is not UnitState.ACCEPTED])


@_of_report(Slot.UNIT_TABLE)
def _unit_table(basis: Basis) -> str:
    return basis.unit_table


@_of_report(Slot.WITH_TARGET)
def _with_target(basis: Basis) -> str:
    return _count_of(_targets(basis))


@_of_report(Slot.VERDICTS)
def _verdicts(basis: Basis) -> str:
    found = []
    for verdict in (MET, NOT_MET, UNDECIDED):
        figures = [figure for figure in _targets(basis) if figure.verdict == verdict]
        if figures:
            open_year = sum(wording.year_open(figure) for figure in figures)
            why = f" (trong đó {show_count(open_year)} chỉ tiêu vì {wording.YEAR_OPEN})" if open_year else ""
            found.append(f"{show_count(len(figures))} chỉ tiêu {verdict}{why}")
    return ", ".join(found)


@_of_report(Slot.MET)
def _met(basis: Basis) -> str:
    return _count_of(_with_verdict(basis, MET))


@_of_report(Slot.MET_CODES)
def _met_codes(basis: Basis) -> str:
    return ", ".join(_with_verdict(basis, MET))


@_of_report(Slot.MISSED)
def _missed(basis: Basis) -> str:
    return _count_of(_with_verdict(basis, NOT_MET))


@_of_report(Slot.AWARDED)
def _awarded(basis: Basis) -> str:
    """“Ban Thường vụ … biểu dương 15 tập thể, 20 cá nhân; Chủ tịch … khen thưởng 15 tập thể, 25 cá nhân”."""
    granted: dict[tuple[str, str], Counter[str]] = {}
    for award in basis.data.awards:
        authority = basis.plan.awards.authority(award.subject.form, basis.data.as_of)
        if award.result.verdict in _VERBS and authority is not None:
            line = authority.co_quan, _VERBS[award.result.verdict]
            granted.setdefault(line, Counter())[lower_first(award.subject.kind)] += 1
    return "; ".join(
        f"{organ} {verb} {', '.join(f'{show_count(number)} {kind}' for kind, number in kinds.items())}"
        for (organ, verb), kinds in granted.items()
    )


_VERBS = {Verdict.PRAISED.value: "biểu dương", Verdict.REWARDED.value: "khen thưởng"}


@_of_report(Slot.MISSED_CODES)
def _missed_codes(basis: Basis) -> str:
    return ", ".join(_with_verdict(basis, NOT_MET))


def _targets(basis: Basis) -> list[Figure]:
    """What the plan asks a level of, and some unit owes."""
    return [figure for figure in basis.in_table("muc_tieu") if figure.target is not None and figure.owed != 0]


def _with_verdict(basis: Basis, verdict: str) -> list[str]:
    return [figure.code for figure in basis.data.figures if figure.verdict == verdict and not figure.group]


def _count_of(items: Sequence[object]) -> str:
    return show_count(len(items)) if items else ""
