"""What is put into each slot of a sentence on a figure or on the report (``plan.book.sentences``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dvk_reports.model.figures import MET, Figure
from dvk_reports.model.periods import parse_period, quarters_between
from dvk_reports.model.proposals import Verdict
from dvk_reports.model.returns import UnitState
from dvk_reports.papers.report import wording
from dvk_reports.papers.report.basis import Basis
from dvk_reports.papers.report.filling import Word
from dvk_reports.papers.report.models import ineffective_models
from dvk_reports.papers.report.naming import together, units_of
from dvk_reports.papers.report.periods import end_of, in_period, next_title
from dvk_reports.plan.book.breakdown import splits_of
from dvk_reports.plan.book.sentences import Slot
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.numbers import show_count, show_number
from dvk_reports.vietnamese.text import lower_first
from dvk_reports.vietnamese.words import change, listed


@dataclass(frozen=True, slots=True)
class About:
    """The figure that a slot is filled from.

    ``unit``: another word for its unit of measure. ``beside``: figure -> what it is about, of those that are said in
    one sentence with it.
    """

    basis: Basis
    figure: Figure
    unit: str | None = None
    beside: Mapping[str, str] | None = None


FillFromFigure = Callable[[About], Word | str]
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


# --- a figure: its numbers ---


@_of_figure(Slot.NAME)
def _name(about: About) -> str:
    return about.figure.name


@_of_figure(Slot.AMOUNT)
def _amount(about: About) -> str:
    figure = about.figure
    return "" if figure.value is None else about.basis.amounts.quantity(figure, about.unit)


@_of_figure(Slot.NUMBER)
def _number(about: About) -> str:
    figure = about.figure
    return "" if figure.value is None else about.basis.amounts.bare(figure.value, figure.unit_of_measure)


@_of_figure(Slot.FRACTION)
def _fraction(about: About) -> str:
    return wording.fraction(about.figure)


@_of_figure(Slot.BELOW)
def _below(about: About) -> str:
    below = about.figure.denominator
    return show_number(below) if below else ""


@_of_figure(Slot.TARGET)
def _target(about: About) -> str:
    target = about.figure.target
    return "" if target is None else wording.fixed_percent(target)


@_of_figure(Slot.LACKING)
def _lacking(about: About) -> str:
    figure = about.figure
    return show_count((figure.owed or 0) - (figure.reported or 0)) if figure.partial else ""


@_of_figure(Slot.CHANGE)
def _change(about: About) -> str:
    """Only where both periods are counted on the same units, every one of them in both."""
    basis, figure = about.basis, about.figure
    then = figure.previous if basis.length.so_sanh == "quy_truoc" else figure.last_year
    of_some = figure.previous_of_some if basis.length.so_sanh == "quy_truoc" else figure.last_year_of_some
    if basis.length.so_sanh == "tung_nam" or figure.value is None or then is None or of_some:
        return ""
    if figure.ratio or figure.partial or figure.beside or basis.doubted(figure):
        return ""
    unit = figure.unit_of_measure
    return change(figure.value, then, unit, count=basis.amounts.counts(unit))


@_of_figure(Slot.THEN)
def _then(about: About) -> str:
    """Only of a range over several years, and where as many units owe it and nearly all of them are in both."""
    basis, figure, trend = about.basis, about.figure, about.basis.data.trend
    if trend is None or not trend.years or figure.group:
        return ""
    key, figures = trend.years[0]
    then = next((item for item in figures if item.code == figure.code and not item.group), None)
    if (
        then is None
        or then.value is None
        or then.owed != figure.owed
        or basis.is_narrow(then)
        or basis.is_narrow(figure)
    ):
        return ""
    year = parse_period(key).last.year
    return f"năm {year} là {basis.amounts.quantity(then)}" if then.value != figure.value else ""


@_of_figure(Slot.PARTS)
def _parts(about: About) -> str:
    """The lines of its first breakdown that are not zero."""
    basis, figure = about.basis, about.figure
    split = next(iter(splits_of(basis.plan, basis.specs[figure.code])), None)
    if split is None or figure.group:
        return ""
    lines = [basis.without_doubted(line) for line in basis.data.lines(figure.code) if line.group in split.labels]
    bare = basis.amounts.bare
    shown = [f"{lower_first(line.group)} {bare(line.value, line.unit_of_measure)}" for line in lines if line.value]
    return ", ".join(shown)


@_of_figure(Slot.SHARES)
def _shares(about: About) -> str:
    basis = about.basis
    lines = [basis.without_doubted(line) for line in basis.data.lines(about.figure.code)]
    return ", ".join(f"{lower_first(line.group)} chiếm {wording.percent(line)}" for line in lines if line.value)


@_of_figure(Slot.SHORT_OF)
def _short_of(about: About) -> str:
    figure = about.figure
    return about.basis.amounts.quantity(figure, about.unit) if figure.falls_short and figure.value is not None else ""


# --- a figure: those said with it ---


def _beside(about: About) -> list[tuple[str, Figure]]:
    found = ((about.basis.figure(code), what) for code, what in (about.beside or {}).items())
    return [(what, figure) for figure, what in found if figure is not None and figure.value is not None]


@_of_figure(Slot.LOWEST)
def _lowest(about: About) -> Word | str:
    """Nothing where it is not lower than the figure itself."""
    ratios = [(figure.value or Decimal(0), what, figure) for what, figure in _beside(about) if figure.ratio]
    if not ratios or about.figure.value is None:
        return ""
    value, what, figure = min(ratios, key=lambda item: item[0])
    if value >= about.figure.value:
        return ""
    return Word(f"{what}, {wording.percent(figure)}", ((figure.code, ""),))


@_of_figure(Slot.TOTAL)
def _total(about: About) -> Word | str:
    figure, others = about.figure, [figure for _, figure in _beside(about)]
    known = figure.value is not None and len(others) == len(about.beside or {})
    if not known or any((item.missing, item.owed) != (figure.missing, figure.owed) for item in others):
        return ""
    total = sum((item.value or Decimal(0) for item in others), figure.value or Decimal(0))
    origins = tuple((item.code, "") for item in others if item.value)
    return Word(about.basis.amounts.count(total, figure.unit_of_measure), origins) if total else ""


@_of_figure(Slot.ITEMS)
def _items(about: About) -> Word | str:
    bare = about.basis.amounts.bare
    found = [(what, item) for what, item in _beside(about) if item.value]
    text = ", ".join(f"{what} {bare(item.value or Decimal(0), item.unit_of_measure)}" for what, item in found)
    return Word(text, tuple((item.code, "") for _, item in found))


# --- a figure: who has not met it ---


@_of_figure(Slot.NOT_MET)
def _not_met(about: About) -> Word | str:
    lines = about.basis.not_met(about.figure)
    counts = units_of(line.unit for line in lines)
    of_things = any(line.subject for line in lines)
    return _by_name(about.basis, counts, of_things=of_things)


@_of_figure(Slot.NOT_MET_PLAIN)
def _not_met_plain(about: About) -> Word | str:
    return _by_name(about.basis, units_of(line.unit for line in about.basis.not_met(about.figure)), of_things=False)


def _by_name(basis: Basis, counts: Counter[str], *, of_things: bool) -> Word | str:
    if not counts or len(counts) > basis.spec.neu_ten_toi_da:
        return ""
    return Word(together(basis, list(counts), counts if of_things else None), named=len(counts))


@_of_figure(Slot.NOT_MET_COUNT)
def _not_met_count(about: About) -> str:
    return _count_of(about.basis.not_met(about.figure))


@_of_figure(Slot.NOT_MET_UNITS)
def _not_met_units(about: About) -> str:
    return _count_of({line.unit for line in about.basis.not_met(about.figure)})


# --- the report as a whole: its period ---


@_of_report(Slot.KIND)
def _kind(basis: Basis) -> str:
    return basis.length.ten


@_of_report(Slot.PERIOD)
def _period(basis: Basis) -> str:
    return basis.period.title


@_of_report(Slot.IN_PERIOD)
def _in_period(basis: Basis) -> str:
    return in_period(basis.period)


@_of_report(Slot.END)
def _end(basis: Basis) -> str:
    return end_of(basis.period)


@_of_report(Slot.NEXT_PERIOD)
def _next_period(basis: Basis) -> str:
    return next_title(basis.period, basis.plan)


@_of_report(Slot.BEFORE)
def _before(basis: Basis) -> str:
    if basis.length.so_sanh == "quy_truoc":
        return f"cuối {end_of(type(basis.period).of(basis.period.last.previous))}"
    year = basis.period.last.year - 1
    return f"năm {year}" if basis.length.so_sanh == "nam_truoc" else f"cùng kỳ năm {year}"


@_of_report(Slot.YEAR)
def _year(basis: Basis) -> str:
    return str(basis.period.last.year)


@_of_report(Slot.LAST_YEAR)
def _last_year(basis: Basis) -> str:
    return f"năm {basis.period.last.year - 1}"


@_of_report(Slot.ISSUER)
def _issuer(basis: Basis) -> str:
    return basis.paper.ten_co_quan


@_of_report(Slot.EDITION)
def _edition(basis: Basis) -> str:
    return basis.data.edition_title


@_of_report(Slot.LAST_DAY)
def _last_day(basis: Basis) -> str:
    return show_date_prose(basis.register.window(basis.period.last)[1])


# --- the report as a whole: its units ---


@_of_report(Slot.REPORTED)
def _reported(basis: Basis) -> str:
    return str(basis.reported)


@_of_report(Slot.OWED)
def _owed(basis: Basis) -> str:
    return str(len(basis.data.submissions))


@_of_report(Slot.NOT_SENT)
def _not_sent(basis: Basis) -> str:
    return _count_of([item for item in basis.data.submissions if item.state is UnitState.MISSING])


@_of_report(Slot.IN_DOUBT)
def _in_doubt(basis: Basis) -> str:
    settled = (UnitState.MISSING, UnitState.ACCEPTED)
    return _count_of([item for item in basis.data.submissions if item.state not in settled])


@_of_report(Slot.NOT_HELD)
def _not_held(basis: Basis) -> str:
    """Of the period, and of the year that its yearly figures look back on."""
    trend, period = basis.data.trend, basis.period
    held = {key for key, there in zip(trend.quarters, trend.held, strict=True) if there} if trend is not None else None
    if held is None:
        return ""
    first = min(period.quarters[0], type(period.last)(period.last.year, 1))
    wanted = [quarter for quarter in quarters_between(first, period.last) if quarter >= basis.plan.first_quarter]
    return listed([quarter.title for quarter in wanted if quarter.key not in held])


# --- the report as a whole: what came of it ---


@_of_report(Slot.WITH_TARGET)
def _with_target(basis: Basis) -> str:
    return _count_of(_targets(basis))


@_of_report(Slot.VERDICTS)
def _verdicts(basis: Basis) -> str:
    counted = Counter(wording.verdict_of(figure) for figure in _targets(basis))
    words = basis.spec.ket_luan
    return ", ".join(f"{show_count(counted[key])} chỉ tiêu {words[key].cau}" for key in words if counted[key])


@_of_report(Slot.MET_NAMES)
def _met_names(basis: Basis) -> str:
    return "; ".join(lower_first(figure.name) for figure in _targets(basis) if figure.verdict == MET)


@_of_report(Slot.INEFFECTIVE)
def _ineffective(basis: Basis) -> str:
    return ineffective_models(basis)


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


def _targets(basis: Basis) -> list[Figure]:
    """What the plan asks a level of, and some unit owes."""
    return [figure for figure, _ in basis.in_targets() if figure.target is not None]


def _count_of(items: Sequence[object] | set[str]) -> str:
    return show_count(len(items)) if items else ""
