"""Sentences from figures: how a number, its n/N and its verdict are put into the words of a report.

A figure that is unknown is asked for (``[CẦN BỔ SUNG: …]``), never written as 0; one that nobody owes is left out.
Every sentence on a figure that some units still owe carries ``(n/N đơn vị)``, every sentence on a target its verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import Enum, auto

from dvk_reports.model.records import UNDECIDED, Consolidation, Figure
from dvk_reports.papers.docx.marks import doubtful_cells
from dvk_reports.papers.report.sayings import SAYINGS
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.periods import parse_period
from dvk_reports.vietnamese.numbers import show_count, show_number, show_percent
from dvk_reports.vietnamese.words import change, leaders, listed

NOTHING = "–"
YEAR_OPEN = "chưa hết năm"
MEASURES = ("triệu đồng", "m²", "km", "công")
"""Units of measure that are no count of objects: no zero before a figure below ten."""

_HUNDRED = Decimal(100)


class Standing(Enum):
    """What may be said about a figure."""

    KNOWN = auto()
    NO_OBJECT = auto()
    """Everyone has answered and there is nothing below the line."""
    NOT_OWED = auto()
    UNKNOWN = auto()


def standing(figure: Figure) -> Standing:
    if figure.value is not None:
        return Standing.KNOWN
    if figure.owed == 0:
        return Standing.NOT_OWED
    if figure.ratio and figure.denominator == 0 and figure.reported:
        return Standing.NO_OBJECT
    return Standing.UNKNOWN


def wanted(what: str) -> str:
    """The mark that a person must replace before the paper is signed."""
    return f"[CẦN BỔ SUNG: {what}]"


def units_of(figure: Figure) -> str:
    """ " (50/60 đơn vị)" where some units are not in the figure, else nothing."""
    return f" ({figure.reported}/{figure.owed} đơn vị)" if figure.partial else ""


def of_units(figure: Figure) -> str:
    """ "50/60" for a table cell; a dash where no unit owes it."""
    return f"{figure.reported}/{figure.owed}" if figure.owed and figure.reported is not None else NOTHING


def fixed_percent(fraction: Decimal) -> str:
    """A target as the document writes it: 0.9 -> "90%"."""
    return f"{show_number(fraction * _HUNDRED)}%"


def percent(figure: Figure) -> str:
    """The value of a known ratio; from its two totals where it has them, so that nothing is rounded twice."""
    if figure.numerator is not None and figure.denominator:
        return show_percent(figure.numerator, figure.denominator)
    value = figure.value if figure.value is not None else Decimal(0)
    if figure.unit_of_measure == "%":
        return show_percent(value)
    return f"{show_number(value * _HUNDRED, 1)} {figure.unit_of_measure}"


def count(value: Decimal, unit: str, *, prose: bool = True) -> str:
    """ "05 lớp", "128 mô hình", "4,5 km"; without the zero before a single digit where it is not prose."""
    whole = value == value.to_integral_value()
    shown = show_count(int(value)) if prose and whole and unit not in MEASURES else show_number(value)
    return f"{shown} {unit}".rstrip()


def bare(value: Decimal, unit: str) -> str:
    """An amount whose unit of measure has just been named: "05", "300,5"."""
    return count(value, unit).removesuffix(unit).rstrip()


def quantity(figure: Figure, unit: str | None = None, *, prose: bool = True) -> str:
    """A known figure with its unit of measure."""
    if figure.ratio:
        return percent(figure)
    return count(figure.value or Decimal(0), figure.unit_of_measure if unit is None else unit, prose=prose)


def fraction(figure: Figure) -> str:
    """ "45/54", or nothing where a figure has no two totals."""
    if not figure.ratio or figure.numerator is None or not figure.denominator:
        return ""
    return f"{show_number(figure.numerator)}/{show_number(figure.denominator)}"


def result_cell(figure: Figure) -> str:
    """The value in a table: "83,3% (45/54)", a dash, or the mark to fill in."""
    found = standing(figure)
    if found is Standing.NO_OBJECT:
        return f"{NOTHING} (không có đối tượng)"
    if found is Standing.NOT_OWED:
        return NOTHING
    if found is Standing.UNKNOWN:
        return wanted("số liệu")
    of = fraction(figure)
    return quantity(figure, prose=False) + (f" ({of})" if of else "")


def bounds_cell(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return NOTHING
    return f"{show_percent(figure.low)} - {show_percent(figure.high)}"


def year_open(figure: Figure) -> bool:
    """Whether the year still runs, so that nothing can have been missed yet."""
    return figure.verdict == UNDECIDED and YEAR_OPEN in figure.note


def _note(figure: Figure) -> str:
    return figure.brief or figure.note


def remark(figure: Figure) -> str:
    """What the note says besides what the verdict already does; "" where that is all."""
    parts = [part.strip(" .") for part in _note(figure).split(";")]
    return "; ".join(part for part in parts if part and not (year_open(figure) and part == YEAR_OPEN))


def verdict_cell(figure: Figure) -> str:
    if figure.target is None:
        return NOTHING
    if not figure.verdict:
        return wanted("kết luận")
    return f"{figure.verdict} ({YEAR_OPEN})" if year_open(figure) else figure.verdict


def reasons(figure: Figure) -> list[str]:
    """Why a verdict stands as it does: the year still runs, units are missing, between which bounds it lies."""
    found = [YEAR_OPEN] if year_open(figure) else []
    if figure.partial:
        found.append(f"còn {show_count((figure.owed or 0) - (figure.reported or 0))} đơn vị chưa có số liệu")
        if figure.low is not None and figure.high is not None:
            found.append(f"thấp nhất {show_percent(figure.low)}, cao nhất {show_percent(figure.high)}")
    return found


def target_sentence(figure: Figure) -> str:
    """The figure, its n/N, what was asked and the verdict, in one sentence; "" where nobody owes it."""
    found = standing(figure)
    if found is Standing.NOT_OWED:
        return ""
    if found is Standing.KNOWN:
        of = fraction(figure)
        said = f"{figure.name} là {quantity(figure)}" + (f", bằng {of}" if of else "")
    elif found is Standing.NO_OBJECT:
        said = f"{figure.name}: không có đối tượng để tính"
    else:
        said = f"{figure.name}: {_missing(figure)}"
    return f"{said}{units_of(figure)}{_verdict(figure)}."


def _missing(figure: Figure) -> str:
    """What to ask for: what the note of a figure without a target says (no deadline, not published), else numbers."""
    told = _note(figure) if figure.target is None else ""
    return wanted(told or ("số liệu" if figure.owed is None else "số liệu của các đơn vị"))


def _verdict(figure: Figure) -> str:
    if figure.target is None:
        return ""
    why = reasons(figure)
    return f"; mức phải đạt {fixed_percent(figure.target)}, kết luận: {figure.verdict or wanted('kết luận')}" + (
        f" ({'; '.join(why)})" if why else ""
    )


def target_sentences(data: Consolidation, codes: Iterable[str]) -> list[str]:
    """One sentence for each figure of ``codes`` that the period has."""
    found = []
    for figure in (data.figure(code) for code in codes):
        text = target_sentence(figure) if figure else ""
        if figure and text:
            found.append(text + doubt(data, figure))
    return found


def doubt(data: Consolidation, figure: Figure) -> str:
    """ " Trong số liệu này có 02 ô …": said after a sentence whose numbers a unit has yet to explain; else ""."""
    cells = doubtful_cells(data, figure)
    if not cells:
        return ""
    return f" Trong số liệu này có {show_count(cells)} ô đang chờ đơn vị giải trình ({of_units(figure)} đơn vị)."


def compared(data: Consolidation, figure: Figure) -> str:
    """ ", tăng 02 mô hình so với số đã tổng hợp của quý II năm 2023"; only where every unit is in the figure."""
    if figure.value is None or figure.previous is None or figure.partial or figure.ratio:
        return ""
    period = parse_period(data.period)
    before = period.quarters[0].previous.title if len(period.quarters) == 1 else f"năm {period.year - 1}"
    unit = figure.unit_of_measure
    told = change(figure.value, figure.previous, unit, count=unit not in MEASURES)
    return f", {told} so với số đã tổng hợp của {before}"


def leading_units(data: Consolidation, code: str, names: Mapping[str, str]) -> str:
    """ "Nhiều nhất là A (12 mô hình), B (10 mô hình) và C (08 mô hình).": the units that make up most of a count.

    "" where fewer than two units have any: then the total says the same.
    """
    figure = data.figure(code)
    if figure is None or not figure.value or figure.ratio:
        return ""
    amounts: dict[str, Decimal] = {}
    for source in figure.sources:
        amounts[source.unit] = amounts.get(source.unit, Decimal(0)) + source.amount
    found = leaders(amounts.items())
    if len(found) < 2 or sum(amounts.values()) != figure.value:
        return ""
    told = [f"{names.get(unit, unit)} ({count(amount, figure.unit_of_measure)})" for unit, amount in found]
    return f"Nhiều nhất là {listed(told)}{units_of(figure)}."


def task_sentences(plan: Plan, data: Consolidation, codes: Iterable[str]) -> list[str]:
    """One sentence for each task figure that some unit owes."""
    found = []
    for code in codes:
        text, figure = task_sentence(plan, data, code), data.figure(code)
        if text and figure:
            found.append(text + doubt(data, figure))
    return found


def task_sentence(plan: Plan, data: Consolidation, code: str) -> str:
    figure, saying = data.figure(code), SAYINGS[code]
    if figure is None or standing(figure) is Standing.NOT_OWED:
        return ""
    if figure.value is None:
        return f"{figure.name}: {wanted(_note(figure) or 'số liệu của các đơn vị')}{units_of(figure)}."
    beside = beside_sentence(plan, data, figure)
    if not figure.value:
        said = f"{saying.none}{units_of(figure)}" if saying.none else ""
        return f"{said}{'; ' if said and beside else ''}{beside}." if said or beside else ""
    change_told = compared(data, figure)
    said = saying.some.format(so=quantity(figure, saying.unit)) + units_of(figure) + change_told
    parts = split_texts(plan, data, figure)
    if change_told and parts:  # “trong đó” must not be read of the change
        return f"{said}; {'; '.join(parts)}." + (f" {beside[0].upper()}{beside[1:]}." if beside else "")
    if not parts:
        return f"{said}; {beside}." if beside else f"{said}."
    # After “trong đó” a number that is no part of the whole needs a sentence of its own.
    return f"{said}, {'; '.join(parts)}." + (f" {beside[0].upper()}{beside[1:]}." if beside else "")


def split_texts(plan: Plan, data: Consolidation, figure: Figure) -> list[str]:
    """ "trong đó: Độc lập 03; Lồng ghép 02", once for each column the figure is split by; lines of zero left out."""
    found: list[str] = []
    for lines in split_lines(plan, data, figure.code):
        shown = [line for line in lines if line.value]
        if shown:
            told = "; ".join(f"{line.group} {bare(line.value or Decimal(0), line.unit_of_measure)}" for line in shown)
            other = units_of(shown[0]) if of_units(shown[0]) != of_units(figure) else ""
            found.append(
                f"trong đó: {told}{other}" if not found else f"chia theo {_of_what(plan, figure, lines)}: {told}{other}"
            )
    return found


def _of_what(plan: Plan, figure: Figure, lines: Sequence[Figure]) -> str:
    """The caption of the column that a second group of lines is split by."""
    spec = plan.figure_specs[figure.code]
    for column in spec.phan_to.cot if spec.phan_to else ():
        name = _column(plan, figure.code, column)
        if lines[0].group in plan.labels(name[1]):
            return name[0][0].lower() + name[0][1:]
    return "loại"


def _column(plan: Plan, code: str, key: str) -> tuple[str, str]:
    """(caption, name of its list) of a column that a figure is split by."""
    for sheet in plan.figure_specs[code].sheets:
        field = plan.sheets[sheet].fields.get(key)
        if field is not None and field.danh_sach:
            return field.ten, field.danh_sach
    return key, ""


def split_lines(plan: Plan, data: Consolidation, code: str) -> list[list[Figure]]:
    """The lines that add up to a figure, one list for each column it is split by."""
    spec = plan.figure_specs[code]
    if spec.phan_to is None:
        return []
    labels = [plan.labels(_column(plan, code, key)[1]) for key in spec.phan_to.cot if _column(plan, code, key)[1]]
    labels += [spec.phan_to.nhan] if spec.phan_to.nhan else []
    lines = data.lines(code)
    return [[line for line in lines if line.group in group] for group in labels]


def beside_sentence(plan: Plan, data: Consolidation, figure: Figure) -> str:
    """ "dự toán 120 triệu đồng (50/60 đơn vị)": the lines that stand beside a figure and are not in its total."""
    own = [line.nhan for line in plan.figure_specs[figure.code].dong_rieng]
    told = []
    for line in data.lines(figure.code):
        if line.group in own and (line.value or line.value is None) and standing(line) is not Standing.NOT_OWED:
            amount = quantity(line) if line.value is not None else wanted("số liệu của các đơn vị")
            told.append(f"{line.group[0].lower()}{line.group[1:]} {amount}{units_of(line)}")
    return "; ".join(told)


def shares_sentence(data: Consolidation, code: str, opening: str) -> str:
    """ "Trong số người dự, nữ chiếm 40,0%, bằng 40/100; …": a figure told by its lines alone."""
    told = []
    for line in data.lines(code):
        label = f"{line.group[0].lower()}{line.group[1:]}"
        if line.value is not None:
            told.append(f"{label} chiếm {percent(line)}, bằng {fraction(line)}{units_of(line)}")
        elif standing(line) is Standing.UNKNOWN:
            told.append(f"{label}: {wanted('số liệu của các đơn vị')}{units_of(line)}")
    return f"{opening}{'; '.join(told)}." if told else ""


def split_by_sentence(plan: Plan, data: Consolidation, code: str, opening: str) -> str:
    """ "Trong đó, theo cấp đăng ký: Cơ sở 40; Huyện 02; theo loại: …": a figure told by its split alone."""
    figure = data.figure(code)
    if figure is None or not figure.value:
        return ""
    told = []
    for lines in split_lines(plan, data, code):
        shown = "; ".join(f"{line.group} {bare(line.value, line.unit_of_measure)}" for line in lines if line.value)
        if shown:
            told.append(f"theo {_of_what(plan, figure, lines)}: {shown}")
    return f"{opening}{'; '.join(told)}{units_of(figure)}." if told else ""


def of_period(plan: Plan, data: Consolidation, codes: Iterable[str]) -> list[str]:
    """One line for each figure in the annex: name, value, n/N, and its verdict where it has a target."""
    found = []
    for code in codes:
        figure = data.figure(code)
        if figure is None:
            continue
        lines = [line for line in data.lines(code) if line.value is not None]
        if figure.value is None and lines:
            found += [f"{figure.name} ({line.group}): {_annex_amount(line)}" for line in lines]
        else:
            found.append(f"{figure.name}: {_annex_amount(figure)}")
    return found


def _annex_amount(figure: Figure) -> str:
    verdict = f"; {verdict_cell(figure)}" if figure.target is not None else ""
    unit = figure.unit_of_measure
    shown = count(figure.value, unit) if figure.value is not None and not figure.ratio else result_cell(figure)
    note = f" ({remark(figure)})" if remark(figure) else ""
    return f"{shown}{units_of(figure)}{verdict}{note}"
