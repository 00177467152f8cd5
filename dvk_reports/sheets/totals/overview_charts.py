"""The three native charts of ``Tổng quan``. The cells they draw stand at the right of the printed page.

Greys and hatchings carry the meaning, so the page reads the same on a black-and-white printer; what is unknown is a
blank cell and a gap, never a bar of 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from dvk_reports.model.returns import UnitState
from dvk_reports.plan.book.breakdown import splits_of
from dvk_reports.plan.book.roles import FigureRole
from dvk_reports.sheets.base.book import FONT, Sheet, must, put
from dvk_reports.sheets.base.chart_part import alt_of, chart_words
from dvk_reports.sheets.base.looks import GREY
from dvk_reports.sheets.totals.context import OVERVIEW, TotalsContext
from dvk_reports.sheets.totals.figures import with_goal

_DATA_COL = 20  # column U: right of what is printed and of one screen
_HEIGHT = 235  # pixels
_ROWS = 12  # rows of 20 pixels that a chart covers

_PATTERNS: Mapping[UnitState, dict[str, Any]] = {
    UnitState.ACCEPTED: {"fill": {"color": "#548235"}},
    UnitState.REFUSED: {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": "#7B0000", "bg_color": "#F8CBAD"}},
    UnitState.CONFLICT: {"pattern": {"pattern": "small_grid", "fg_color": "#7F6000", "bg_color": "#FFF2CC"}},
    UnitState.UNREADABLE: {"pattern": {"pattern": "dark_vertical", "fg_color": "#404040", "bg_color": "#F8CBAD"}},
    UnitState.MISSING: {"fill": {"color": "#FFFFFF"}, "border": {"color": "#404040", "dash_type": "dash"}},
}
_TEXT = {"name": FONT, "size": 9}


def draw_charts(context: TotalsContext, sheet: Sheet, row: int) -> int:
    """Three charts side by side from ``row`` on; the last row they cover."""
    put(sheet, 0, _DATA_COL, "Số liệu của biểu đồ", context.formats(italic=True, font_color=GREY))
    must(sheet.set_column(_DATA_COL, _DATA_COL, 26), OVERVIEW)
    places = ((0, 480), (490, 380), (880, 617))  # offset from column B and width, in pixels
    charts = (_submissions(context, sheet), _fields(context, sheet), _targets(context, sheet))
    for (offset, width), drawn in zip(places, charts, strict=True):
        if drawn is not None:
            chart, alt = drawn
            chart.set_size({"width": width, "height": _HEIGHT})
            place = {"x_offset": offset, "description": alt, "object_position": 2}
            must(sheet.insert_chart(row, 1, chart, place), alt)
    return row + _ROWS


def _block(
    context: TotalsContext, sheet: Sheet, row: int, heads: Sequence[str], lines: Sequence[Sequence[object]]
) -> None:
    look = context.formats(font_color=GREY, font_size=10)
    for down, line in enumerate((["", *heads], *lines), row):
        for right, value in enumerate(line, _DATA_COL):
            if value is not None:  # a blank cell with a format is kept as 0 among the chart's own numbers
                put(sheet, down, right, value, look)


def _chart(context: TotalsContext, kind: dict[str, str], title: str) -> Any:
    chart = context.book.add_chart(kind)
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 11, "bold": True}, "overlay": False})
    chart.set_chartarea({"border": {"color": "#A6A6A6"}})
    chart.show_blanks_as("gap")
    return chart


def _submissions(context: TotalsContext, sheet: Sheet) -> tuple[Any, str]:
    """Units by state, a bar for each group."""
    state = {item.unit: item.state for item in context.data.submissions}
    lines = []
    for number, _, codes in context.groups():
        count = Counter(state[code] for code in codes)
        lines.append([f"Nhóm {number}", *(count[kind] for kind in UnitState)])
    _block(context, sheet, 1, [kind.value for kind in UnitState], lines)
    chart = _chart(
        context,
        {"type": "bar", "subtype": "percent_stacked"},
        f"Tình hình nộp: {context.coverage} đơn vị được chấp nhận",
    )
    for place, kind in enumerate(UnitState, _DATA_COL + 1):
        if not any(line[place - _DATA_COL] for line in lines):
            continue
        chart.add_series(
            {
                "name": [OVERVIEW, 1, place],
                "categories": [OVERVIEW, 2, _DATA_COL, 1 + len(lines), _DATA_COL],
                "values": [OVERVIEW, 2, place, 1 + len(lines), place],
                "gap": 60,
                "border": {"color": "#404040"},
                # No label on a part of 0.
                "data_labels": {"value": True, "num_format": "0;;;", "font": _label_font(kind)},
                **_PATTERNS[kind],
            }
        )
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})  # the bars carry their numbers
    chart.set_y_axis({"num_font": _TEXT, "reverse": True})
    chart.set_legend({"position": "bottom", "font": _TEXT})
    return chart, f"Biểu đồ tình hình nộp báo cáo theo nhóm đơn vị. {context.data.sum_of_files}."


def _label_font(kind: UnitState) -> dict[str, Any]:
    return {**_TEXT, "bold": True, "color": "#FFFFFF" if kind is UnitState.ACCEPTED else "#000000"}


def _fields(context: TotalsContext, sheet: Sheet) -> tuple[Any, str] | None:
    """Active models by field; None where the plan has no such figure."""
    spec = context.plan.figure_with(FigureRole.MODELS_BY_FIELD)
    splits = splits_of(context.plan, spec) if spec is not None else []
    if spec is None or not splits:
        return None
    figure = context.data.figure(spec.ma)
    counts = {line.group: line.value for line in context.data.lines(spec.ma)}
    known = figure is not None and figure.value is not None
    # A line of zero may have been left out; without the figure itself nothing is known.
    lines = [[label, counts.get(label, 0 if known else None)] for label in splits[0].labels]
    first = 20
    _block(context, sheet, first, [f"Số {spec.don_vi_tinh}"], lines)
    covered = f" ({figure.reported}/{figure.owed} đơn vị)" if figure is not None and figure.owed else ""
    chart = _chart(context, {"type": "column"}, f"{chart_words(spec).ten}{covered}")
    chart.add_series(
        {
            "name": [OVERVIEW, first, _DATA_COL + 1],
            "categories": [OVERVIEW, first + 1, _DATA_COL, first + len(lines), _DATA_COL],
            "values": [OVERVIEW, first + 1, _DATA_COL + 1, first + len(lines), _DATA_COL + 1],
            "gap": 70,
            "fill": {"color": "#7F7F7F"},
            "border": {"color": "#404040"},
            "data_labels": {"value": True, "font": {**_TEXT, "bold": True}},
        }
    )
    chart.set_x_axis({"num_font": _TEXT})
    chart.set_y_axis({"num_font": _TEXT, "min": 0, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
    chart.set_legend({"none": True})
    values = "; ".join(f"{label}: {'chưa biết' if value is None else value}" for label, value in lines)
    return chart, f"{alt_of(spec.ten)}. {values}."


def _targets(context: TotalsContext, sheet: Sheet) -> tuple[Any, str]:
    """Value against target; a figure without a value is a gap."""
    goals = with_goal(context.data.figures)
    first = 30
    _block(context, sheet, first, ["Thực tế", "Phải đạt"], [[goal.code, goal.value, goal.target] for goal in goals])
    last = first + max(1, len(goals))
    codes = [OVERVIEW, first + 1, _DATA_COL, last, _DATA_COL]
    chart = _chart(context, {"type": "column"}, "Mục tiêu: thực tế so với mức phải đạt (%)")
    chart.add_series(
        {
            "name": [OVERVIEW, first, _DATA_COL + 1],
            "categories": codes,
            "values": [OVERVIEW, first + 1, _DATA_COL + 1, last, _DATA_COL + 1],
            "gap": 50,
            "fill": {"color": "#A6A6A6"},
            "border": {"color": "#404040"},
        }
    )
    goal_line = context.book.add_chart({"type": "line"})
    goal_line.add_series(
        {
            "name": [OVERVIEW, first, _DATA_COL + 2],
            "categories": codes,
            "values": [OVERVIEW, first + 1, _DATA_COL + 2, last, _DATA_COL + 2],
            "line": {"none": True},
            "marker": {"type": "long_dash", "size": 12, "fill": {"color": "#000000"}, "border": {"color": "#000000"}},
        }
    )
    chart.combine(goal_line)
    chart.set_x_axis({"num_font": {**_TEXT, "rotation": -90}})
    grid = {"visible": True, "line": {"color": "#D9D9D9"}}
    chart.set_y_axis(
        {"num_font": _TEXT, "num_format": "0%", "min": 0, "max": 1, "major_unit": 0.25, "major_gridlines": grid}
    )
    chart.set_legend({"position": "bottom", "font": _TEXT})
    unknown = [goal.code for goal in goals if goal.value is None]
    missing = f" Chưa có giá trị: {', '.join(unknown)}." if unknown else ""
    return chart, f"Biểu đồ mục tiêu: giá trị thực tế so với mức phải đạt.{missing}"
