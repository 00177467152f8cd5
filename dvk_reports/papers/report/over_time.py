"""What the report of a longer period has besides: its quarters or years side by side, and the same period last year.

Past numbers come from the trend of the consolidation and from the figures' own columns of comparison; nothing is
counted here. A table holds four columns of time at most, so that it stands upright on the page: quarters where there
are no more, else years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dvk_reports.model.figures import Figure, Trend, TrendPoint
from dvk_reports.model.periods import ROMAN, Period, Quarter, by_year
from dvk_reports.papers.report import wording
from dvk_reports.papers.report.basis import Basis
from dvk_reports.papers.report.tables import remarks
from dvk_reports.vietnamese.numbers import show_number, show_percent
from dvk_reports.vietnamese.words import change

COLUMNS = (2, 3, 4)
"""How many columns of time a table of the template may have."""
NOT_YET = "chưa có"
OTHER_UNITS = "*"


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    points: dict[str, TrendPoint]


def over_time(basis: Basis) -> dict[str, object]:
    """Fields of a report on several quarters; all empty for one quarter."""
    columns = _columns(basis)
    rows = [_row(figure, columns) for figure in basis.in_table("dien_bien") if _has_numbers(figure, columns)]
    compared = _compared_figures(basis)
    names = basis.plan.documents.bao_cao.phu_luc
    annexes = (names.nhiem_vu, names.so_sanh) if compared else (names.nhiem_vu,)
    marked = any(OTHER_UNITS in text for row in rows for text in row.values())
    of_years = len(basis.period.quarters) > max(COLUMNS)
    return {
        **{f"dien_bien_{count}": rows if len(columns) == count else [] for count in COLUMNS},
        **{
            f"dau_cot_{place + 1}": columns[place].title if place < len(columns) else ""
            for place in range(max(COLUMNS))
        },
        "dau_ca_ky": _whole(basis.period),
        "ten_dien_bien": ("qua các năm" if of_years else "qua các quý") if rows else "",
        "ghi_chu_dien_bien": [_OTHER_UNITS] if marked else [],
        "so_bang_don_vi": "4" if rows else "3",
        "so_sanh": [_comparison(basis, figure) for figure in compared],
        "ghi_chu_so_sanh": remarks(compared, lambda figure: figure.beside),
        "so_phu_luc": " I" if compared else "",
        "cac_phu_luc": _named_annexes(annexes),
    }


_OTHER_UNITS = (
    f"Dấu {OTHER_UNITS}: số của phạm vi đơn vị khác cuối kỳ (có sáp nhập, thành lập hoặc kết thúc đơn vị), không so "
    "sánh trực tiếp."
)


def _named_annexes(names: Sequence[str]) -> str:
    """ "Phụ lục “A”", "Phụ lục I “A”, Phụ lục II “B”"."""
    if len(names) == 1:
        return f"Phụ lục “{names[0]}”"
    return ", ".join(f"Phụ lục {ROMAN[place]} “{name}”" for place, name in enumerate(names, 1))


# --- quarters or years side by side ---


def _columns(basis: Basis) -> list[_Column]:
    trend, period = basis.data.trend, basis.period
    quarters = [quarter for quarter in period.quarters if quarter >= basis.plan.first_quarter]
    if trend is None or len(quarters) < 2:
        return []
    if len(quarters) > max(COLUMNS):
        return _years(period, trend)
    one_year = quarters[0].year == quarters[-1].year
    return [
        _Column(f"Quý {ROMAN[quarter.number]}{'' if one_year else f'/{quarter.year}'}", _points(trend, quarter))
        for quarter in quarters
    ]


def _points(trend: Trend, quarter: Quarter) -> dict[str, TrendPoint]:
    if quarter.key not in trend.quarters:
        return {}
    place = trend.quarters.index(quarter.key)
    return {line.code: line.points[place] for line in trend.lines if not line.group}


def _years(period: Period, trend: Trend) -> list[_Column]:
    """None where the figures of a year were not handed on, or where there are more years than columns."""
    computed = dict(trend.years)
    parts = by_year(period)
    if len(parts) not in COLUMNS or not all(part.key in computed for part in parts):
        return []
    found = []
    for part in parts:
        at_end = _points(trend, part.last)
        found.append(
            _Column(
                _year_title(part),
                {
                    item.code: TrendPoint(
                        item.value, item.reported, item.owed, at_end.get(item.code, TrendPoint()).other_units
                    )
                    for item in computed[part.key]
                    if not item.group
                },
            )
        )
    return found


def _year_title(part: Period) -> str:
    """ "Năm 2023", "Năm 2022 (từ quý II)", "9 tháng đầu năm 2025"."""
    first, last = part.quarters[0], part.last
    if last.number < 4 and first.number == 1 and len(part.quarters) > 1:
        return part.title
    span = "" if first.number == 1 else f"từ quý {ROMAN[first.number]}"
    if last.number < 4:
        span = f"{span} đến quý {ROMAN[last.number]}".strip() if len(part.quarters) > 1 else f"quý {ROMAN[last.number]}"
    return f"Năm {part.year}" + (f" ({span})" if span else "")


def _whole(period: Period) -> str:
    if period.is_range:
        return "Cả giai đoạn"
    return "Cả năm" if period.key.isdigit() else f"{3 * len(period.quarters)} tháng"


def _has_numbers(figure: Figure, columns: Sequence[_Column]) -> bool:
    if not columns:
        return False
    points = [column.points.get(figure.code) for column in columns]
    known = any(point is not None and point.value is not None for point in points)
    return known or wording.standing(figure) is not wording.Standing.NOT_OWED


def _row(figure: Figure, columns: Sequence[_Column]) -> dict[str, str]:
    cells = {
        f"cot_{place}": _cell(figure, column.points.get(figure.code, TrendPoint()))
        for place, column in enumerate(columns, 1)
    }
    return {"ten": figure.name, "don_vi_tinh": figure.unit_of_measure, **cells, "ca_ky": _amount(figure)}


def _cell(figure: Figure, point: TrendPoint) -> str:
    if point.value is None:
        return wording.NOTHING if point.owed == 0 else NOT_YET
    shown = show_percent(point.value) if figure.ratio else show_number(point.value)
    short = bool(point.owed) and point.reported is not None and point.reported < (point.owed or 0)
    return f"{shown}{f' ({point.reported}/{point.owed})' if short else ''}{OTHER_UNITS if point.other_units else ''}"


def _amount(figure: Figure) -> str:
    """The value with n/N where it is partial; its unit of measure stands in a column of its own."""
    if figure.value is None:
        return wording.NOTHING if wording.standing(figure) is not wording.Standing.UNKNOWN else NOT_YET
    shown = wording.percent(figure) if figure.ratio else show_number(figure.value)
    return f"{shown} ({wording.scope(figure)})" if figure.partial else shown


# --- the same period last year ---


def _compared_figures(basis: Basis) -> list[Figure]:
    """Figures of the comparison: of half a year, nine months, a year; a range of quarters has no year before."""
    if len(basis.period.quarters) < 2 or basis.period.is_range:
        return []
    figures = basis.data.figures
    return [item for item in figures if not item.group and (item.value is not None or item.last_year is not None)]


def _comparison(basis: Basis, figure: Figure) -> dict[str, str]:
    then = figure.last_year
    return {
        "ma": figure.code,
        "ten": figure.name,
        "don_vi_tinh": figure.unit_of_measure,
        "ky_nay": _amount(figure),
        "cung_ky": "" if then is None else show_percent(then) if figure.ratio else show_number(then),
        "phan_tram": _percent_of_then(basis, figure),
    }


def _percent_of_then(basis: Basis, figure: Figure) -> str:
    """The percent *of* last year, as the Party form has it, never a growth; the difference alone where then was 0."""
    if figure.ratio or figure.value is None or figure.last_year is None:
        return ""
    if figure.percent_of_last_year is not None:
        return show_percent(figure.percent_of_last_year / 100).removesuffix("%")
    if figure.last_year or figure.last_year_of_some:
        return ""  # not the same units then
    counts = basis.amounts.counts(figure.unit_of_measure)
    return f"{wording.NOTHING} ({change(figure.value, figure.last_year, count=counts)})"
