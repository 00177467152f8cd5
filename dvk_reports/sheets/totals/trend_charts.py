"""Sheet ``Biểu đồ xu hướng``: one native line chart for each figure with two known quarters or more.

The charts draw the cells of ``Xu hướng``; their axis tells each quarter with its n/N. Black lines and markers read the
same on a black-and-white print; an unknown quarter is a gap; a hollow marker is a quarter in which other units owed it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dvk_reports.model.figures import Trend, TrendLine
from dvk_reports.model.periods import Quarter
from dvk_reports.sheets.base.book import FONT, must, page, put, span
from dvk_reports.sheets.base.looks import GREY, amount_format, ratio_format
from dvk_reports.sheets.totals.context import TREND, TREND_CHARTS, TotalsContext
from dvk_reports.sheets.totals.trends import (
    CHART_COLUMNS,
    CHART_ROWS,
    FIRST_CHART_ROW,
    OTHER_UNITS,
    QUARTER_COL,
    chart_cell,
    counted,
    drawn,
)
from dvk_reports.vietnamese.numbers import show_number, show_percent

_TEXT = {"name": FONT, "size": 8, "color": "#000000"}
_WIDTH, _HEIGHT = 500, 248
_ROWS_OF_CHARTS = 6
"""Rows of charts on one page."""
_LABEL_COL = 2 * CHART_COLUMNS + 1
"""The words of the axes stand right of what is printed."""
_LABELLED = 8
"""Up to so many quarters each point carries its value; more would lie over each other."""
_SCALE = 62


def write_trend_charts(context: TotalsContext, places: Mapping[tuple[str, str], int]) -> None:
    """The sheet; ``places``: where the values stand on ``Xu hướng``. Nothing where there is none to draw."""
    trend = context.data.trend
    lines = drawn(trend) if trend is not None else []
    if trend is None or not lines:
        return
    sheet = context.sheet(TREND_CHARTS)
    put(sheet, 0, 0, f"Biểu đồ xu hướng qua các quý, đến {context.title}", context.formats(bold=True, font_size=14))
    note = context.formats(italic=True, font_color=GREY)
    put(sheet, 1, 0, "Mỗi điểm là một quý, dưới tên quý là n/N (đơn vị được tính / phải báo cáo).", note)
    said = f"Chỗ đứt là chưa có số liệu; điểm rỗng và dấu {OTHER_UNITS}: phạm vi đơn vị khác quý cuối."
    put(sheet, 2, 0, said, note)
    for place, line in enumerate(lines):
        chart = _chart(context, trend, line, places[line.code, ""], place)
        told = {"description": _alt(trend, line), "object_position": 2, "x_offset": 2, "y_offset": 4}
        must(sheet.insert_chart(*chart_cell(place), chart, told), line.code)
    pages = range(_ROWS_OF_CHARTS, (len(lines) + 1) // 2, _ROWS_OF_CHARTS)
    sheet.set_h_pagebreaks([FIRST_CHART_ROW + count * CHART_ROWS for count in pages])
    last = FIRST_CHART_ROW + (len(lines) + 1) // 2 * CHART_ROWS - 1
    page(sheet, landscape=False, area=(0, 0, last, 2 * CHART_COLUMNS - 1), foot=context.foot)
    sheet.set_margins(left=0.5, right=0.4, top=0.4, bottom=0.5)
    sheet.set_print_scale(_SCALE)


def _chart(context: TotalsContext, trend: Trend, line: TrendLine, row: int, place: int) -> Any:
    chart = context.book.add_chart({"type": "line"})
    chart.show_blanks_as("gap")
    chart.set_size({"width": _WIDTH, "height": _HEIGHT})
    chart.set_chartarea({"border": {"color": "#A6A6A6"}})
    title = "\n".join(textwrap.wrap(f"{line.code}. {line.name} ({line.unit_of_measure})", 60))
    chart.set_title({"name": title, "name_font": {**_TEXT, "size": 10, "bold": True}, "overlay": False})
    last = QUARTER_COL + len(line.points) - 1
    known = [point.value for point in line.points if point.value is not None]
    form = _format(known, ratio=line.ratio)
    series: dict[str, Any] = {
        "name": line.code,
        "categories": f"={_axis(context, trend, line, place)}",
        "values": f"={span(TREND, row, QUARTER_COL, row, last)}",
        # A blank cell that has a format would be kept as 0 among the chart's own numbers.
        "values_data": [None if point.value is None else f"{float(point.value):.16g}" for point in line.points],
        "line": {"color": "#000000", "width": 1.5},
        "marker": {"type": "circle", "size": 6, "fill": {"color": "#000000"}, "border": {"color": "#000000"}},
        "points": [
            {"fill": {"color": "#FFFFFF"}, "border": {"color": "#000000"}} if point.other_units else None
            for point in line.points
        ],
    }
    if len(line.points) <= _LABELLED:
        series["data_labels"] = {"value": True, "position": "above", "num_format": form, "font": _TEXT}
    chart.add_series(series)
    chart.set_x_axis({"num_font": _TEXT, "line": {"color": "#000000"}, "label_position": "low"})
    grid = {"visible": True, "line": {"color": "#D9D9D9"}}
    axis = {"num_font": _TEXT, "num_format": "0%" if line.ratio else form, "major_gridlines": grid}
    chart.set_y_axis({**axis, **_bounds(known, ratio=line.ratio)})
    chart.set_legend({"none": True})
    return chart


def _format(known: list[Decimal], *, ratio: bool) -> str:
    """One format for all points: that of the one that needs most."""
    return max((ratio_format(value) if ratio else amount_format(value) for value in known), key=len)


def _bounds(known: list[Decimal], *, ratio: bool) -> dict[str, Any]:
    if min(known) < 0:
        return {}
    # Room over the highest point: its label stands under the title.
    if ratio and max(known) <= 1:
        return {"min": 0, "max": 1.2, "major_unit": 0.25}
    return {"min": 0, "max": 1.2 * float(max(known)) or 1}


def _axis(context: TotalsContext, trend: Trend, line: TrendLine, place: int) -> str:
    """Where the words of the axis stand: quarter over n/N."""
    sheet = context.book.get_worksheet_by_name(TREND_CHARTS)
    look = context.formats(font_color=GREY, font_size=9)
    row = place + 1
    put(sheet, 0, _LABEL_COL, "Chữ ở trục của biểu đồ", look)
    put(sheet, row, _LABEL_COL, line.code, look)
    first = _LABEL_COL + 1
    for right, (key, point) in enumerate(zip(trend.quarters, line.points, strict=True), first):
        of = counted(point)
        put(
            sheet,
            row,
            right,
            f"{Quarter.parse(key).short}\n{of}{OTHER_UNITS if point.other_units else ''}".strip(),
            look,
        )
    return span(TREND_CHARTS, row, first, row, first + len(line.points) - 1)


def _alt(trend: Trend, line: TrendLine) -> str:
    told = []
    for key, point in zip(trend.quarters, line.points, strict=True):
        if point.value is None:
            said = "chưa có số liệu"
        else:
            said = show_percent(point.value) if line.ratio else show_number(point.value)
            said += f" ({counted(point)} đơn vị)" if counted(point) else ""
        told.append(f"{Quarter.parse(key).short}: {said}")
    return f"Biểu đồ {line.code}. {line.name}. {'; '.join(told)}."
