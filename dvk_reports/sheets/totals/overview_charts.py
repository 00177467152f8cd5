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
from dvk_reports.sheets.totals.overview_todo import short_name
from dvk_reports.vietnamese.numbers import show_percent

_DATA_COL = 20  # column U: right of what is printed and of one screen
_HEIGHT = 396  # pixels
_ROWS = 20  # rows of 20 pixels that a chart covers
_WIDE_ENOUGH = 0.06
"""Share of a bar that its number needs."""

_PATTERNS: Mapping[UnitState, dict[str, Any]] = {
    UnitState.ACCEPTED: {"fill": {"color": "#548235"}},
    UnitState.REFUSED: {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": "#7B0000", "bg_color": "#F8CBAD"}},
    UnitState.CONFLICT: {"pattern": {"pattern": "small_grid", "fg_color": "#7F6000", "bg_color": "#FFF2CC"}},
    UnitState.UNREADABLE: {"pattern": {"pattern": "dark_vertical", "fg_color": "#404040", "bg_color": "#F8CBAD"}},
    UnitState.MISSING: {"fill": {"color": "#FFFFFF"}, "border": {"color": "#404040", "dash_type": "dash"}},
}
_TEXT = {"name": FONT, "size": 9}
_SMALL = {"name": FONT, "size": 8}
_GRID = {"major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}}
_UNDER_LABEL = {UnitState.ACCEPTED: "#548235"}


def draw_charts(context: TotalsContext, sheet: Sheet, row: int, col: int) -> int:
    """Three charts from a cell on, the targets at the left and two on each other beside; the last row they cover."""
    put(sheet, 0, _DATA_COL, "Số liệu của biểu đồ", context.formats(italic=True, font_color=GREY))
    must(sheet.set_column(_DATA_COL, _DATA_COL, 26), OVERVIEW)
    half = _HEIGHT // 2 - 4
    places = ((515, 0, 437, half), (515, half + 8, 437, half), (0, 0, 507, _HEIGHT))  # x, y, width, height in pixels
    charts = (_submissions(context, sheet), _fields(context, sheet), _targets(context, sheet))
    for (x, y, width, height), drawn in zip(places, charts, strict=True):
        if drawn is not None:
            chart, alt = drawn
            chart.set_size({"width": width, "height": height})
            place = {"x_offset": x, "y_offset": y, "description": alt, "object_position": 2}
            must(sheet.insert_chart(row, col, chart, place), alt)
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
    """Units by state, a bar for each group; its name says how many are accepted."""
    state = {item.unit: item.state for item in context.data.submissions}
    names = {group.ma: group.ten for group in context.plan.info.nhom_don_vi}
    lines: list[list[object]] = []
    counts = []
    for number, heading, codes in context.groups():
        count = Counter(state[code] for code in codes)
        name = f"{names.get(number, heading)}: {count[UnitState.ACCEPTED]}/{len(codes)}"
        lines.append([name, *(count[kind] for kind in UnitState)])
        counts.append(count)
    total = sum(counts, Counter[UnitState]())
    _block(context, sheet, 1, [f"{kind} ({total[kind]})" for kind in UnitState], lines)
    chart = _chart(
        context,
        {"type": "bar", "subtype": "percent_stacked"},
        f"Tình hình nộp: {context.coverage} đơn vị được chấp nhận",
    )
    for place, kind in enumerate(UnitState, _DATA_COL + 1):
        if not total[kind]:
            continue
        # A part that is narrower than its number has none: the legend and the names of the bars say it.
        wide = [count[kind] >= _WIDE_ENOUGH * count.total() for count in counts]
        label = {"value": True, "font": _label_font(kind), "fill": {"color": _UNDER_LABEL.get(kind, "#FFFFFF")}}
        chart.add_series(
            {
                "name": [OVERVIEW, 1, place],
                "categories": [OVERVIEW, 2, _DATA_COL, 1 + len(lines), _DATA_COL],
                "values": [OVERVIEW, 2, place, 1 + len(lines), place],
                "gap": 60,
                "border": {"color": "#404040"},
                "data_labels": {**label, "custom": [None if shown else {"delete": True} for shown in wide]},
                **_PATTERNS[kind],
            }
        )
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})  # the bars carry their numbers
    chart.set_y_axis({"num_font": _TEXT, "reverse": True})
    chart.set_legend({"position": "bottom", "font": _TEXT})
    told = "; ".join(str(line[0]) for line in lines)
    return (
        chart,
        f"Biểu đồ tình hình nộp báo cáo theo nhóm đơn vị, được chấp nhận: {told}. {context.data.sum_of_files}.",
    )


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
    # Room over the highest column, so that its label is under the title; the columns carry their numbers.
    top = max((float(value) for _, value in lines if value), default=1)
    chart.set_y_axis({"visible": False, "min": 0, "max": 1.15 * top, "major_gridlines": {"visible": False}})
    chart.set_legend({"none": True})
    values = "; ".join(f"{label}: {'chưa biết' if value is None else value}" for label, value in lines)
    return chart, f"{alt_of(spec.ten)}. {values}."


def _targets(context: TotalsContext, sheet: Sheet) -> tuple[Any, str]:
    """Value against target by the names of the targets; a figure without a value is a gap."""
    goals = with_goal(context.data.figures)
    names = [short_name(context, goal.code, goal.name) for goal in goals]
    first = 30
    lines = [[name, goal.value, goal.target] for name, goal in zip(names, goals, strict=True)]
    _block(context, sheet, first, ["Thực tế", "Phải đạt"], lines)
    last = first + max(1, len(goals))
    chart = _chart(context, {"type": "bar"}, "Mục tiêu: thực tế so với mức phải đạt")
    # One bar on the other: what is missing to the target stays white, and the target shows through what exceeds it.
    base = {
        "value": True,
        "num_format": "0.0%",
        "font": _SMALL,
        "position": "inside_base",
        "fill": {"color": "#FFFFFF"},
    }
    looks = (
        (_DATA_COL + 2, {"fill": {"color": "#FFFFFF"}, "overlap": 100}),
        (_DATA_COL + 1, {"fill": {"color": "#7F7F7F", "transparency": 40}, "data_labels": base}),
    )
    for place, look in looks:
        chart.add_series(
            {
                "name": [OVERVIEW, first, place],
                "categories": [OVERVIEW, first + 1, _DATA_COL, last, _DATA_COL],
                "values": [OVERVIEW, first + 1, place, last, place],
                "gap": 40,
                "border": {"color": "#404040"},
                **look,
            }
        )
    chart.set_y_axis({"num_font": _SMALL, "reverse": True, "interval_unit": 1})
    chart.set_x_axis({"num_font": _SMALL, "num_format": "0%", "min": 0, "max": 1, "major_unit": 0.25, **_GRID})
    chart.set_legend({"position": "bottom", "font": _TEXT})
    unknown = [name for name, goal in zip(names, goals, strict=True) if goal.value is None]
    missing = f" Chưa có giá trị: {'; '.join(unknown)}." if unknown else ""
    known = [
        f"{name}: {show_percent(goal.value)} / {show_percent(goal.target)}"
        for name, goal in zip(names, goals, strict=True)
        if goal.value is not None and goal.target is not None
    ]
    return chart, f"Biểu đồ mục tiêu, thực tế so với mức phải đạt. {'; '.join(known)}.{missing}"
