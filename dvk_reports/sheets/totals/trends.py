"""Sheet ``Xu hướng``: every figure and every unit, quarter beside quarter.

The value of a figure stands over its n/N; the line of n/N leaves column A blank, so that a reader takes the values
alone.
A quarter that is not held is a blank cell, never 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dvk_reports.model.figures import RepeatedMistake, Trend, TrendLine, TrendPoint, UnitTrend
from dvk_reports.model.periods import Quarter, parse_period
from dvk_reports.model.returns import AFTER_CLOSING, LATE, ON_TIME, UnitState, is_late
from dvk_reports.sheets.base.book import cell
from dvk_reports.sheets.base.looks import (
    BAD,
    CENTRE,
    GOOD,
    GREY,
    LINK,
    STATES,
    WARNED,
    WRAP,
    amount_format,
    ratio_format,
)
from dvk_reports.sheets.base.pages import ON_SCREEN, Column, Page, PageLayout, StyledValue
from dvk_reports.sheets.totals.context import TREND, TREND_CHARTS, TotalsContext
from dvk_reports.sheets.totals.figures import heading
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.text import lower_first, upper_first
from dvk_reports.vietnamese.words import in_a_row

QUARTER_COL = 4
"""Column of the first quarter, counted from 0."""
NOTHING_YET = "Mới có số liệu của một quý, chưa có gì để so sánh giữa các quý."
OTHER_UNITS = "*"
_SMALL: Mapping[str, Any] = {"align": "center", "font_size": 9, "italic": True, "font_color": GREY}
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    ON_TIME: {**GOOD, "num_format": '"● "@'},
    LATE: {**WARNED, "num_format": '"▲ "@'},
    AFTER_CLOSING: {**BAD, "num_format": '"▼ "@'},
    **{state.value: look for state, look in STATES.items()},
}
_NOT_USED = {state.value for state in UnitState if state is not UnitState.ACCEPTED}


def write_trend(context: TotalsContext) -> dict[tuple[str, str], int]:
    """The sheet; (ma, nhom) -> row of its values, counted from 0. Nothing where the run has no trend."""
    trend = context.data.trend
    if trend is None:
        return {}
    columns = [
        Column("ma", "Mã chỉ tiêu, đơn vị", 13),
        Column("nhom", "Phân tổ", 17, WRAP),
        Column("ten", "Tên chỉ tiêu, đơn vị", 34, WRAP),
        Column("don_vi_tinh", "Đơn vị tính", 10, {**CENTRE, **WRAP}),
        *(Column(key, Quarter.parse(key).short, 10.5, {"align": "right", **WRAP}) for key in trend.quarters),
        Column("ghi_chu", "Ghi chú", 44, WRAP),
    ]
    page = Page(
        context,
        TREND,
        columns,
        f"Xu hướng qua các quý, đến {context.title}",
        _remarks(trend),
        PageLayout(frozen=3, on_screen=True),
    )
    places: dict[tuple[str, str], int] = {}
    if comparable(trend):
        _figures(context, page, trend, places)
        _units(context, page, trend)
    else:
        page.remark(NOTHING_YET)
    page.close(filtered=False)
    return places


def comparable(trend: Trend) -> bool:
    """Whether there are two quarters to set side by side."""
    return sum(trend.held) > 1


def drawn(trend: Trend) -> list[TrendLine]:
    """Figures with two known quarters or more, each of which has a chart; the lines of a breakdown have none."""
    if not comparable(trend):
        return []
    known = {line: sum(point.value is not None for point in line.points) for line in trend.lines if not line.group}
    return [line for line, count in known.items() if count > 1]


CHART_COLUMNS, CHART_ROWS, FIRST_CHART_ROW = 8, 13, 4
"""Of 64 by 20 pixels, that a chart takes with the space around it; row of the first, counted from 0."""


def chart_cell(place: int) -> tuple[int, int]:
    """(row, column) of the left upper corner of a chart: two stand side by side."""
    return FIRST_CHART_ROW + place // 2 * CHART_ROWS, place % 2 * CHART_COLUMNS


def _remarks(trend: Trend) -> list[str]:
    if not comparable(trend):
        return []
    gaps = [parse_period(key).last.title for key, held in zip(trend.quarters, trend.held, strict=True) if not held]
    said = [
        "Dòng trên: giá trị của quý; dòng dưới: n/N, số đơn vị được tính trên số đơn vị phải báo cáo. Ô trống là chưa "
        f"biết, không phải là 0. Dấu {OTHER_UNITS} sau n/N: phạm vi đơn vị khác quý cuối, không so sánh trực tiếp.",
        "Số liệu các quý trước lấy ở sổ tổng hợp của từng quý. Bấm vào mã chỉ tiêu để xem biểu đồ.",
    ]
    said.append(ON_SCREEN)
    return [*said, *([f"Chưa có sổ tổng hợp của {', '.join(gaps)}."] if gaps else [])]


# --- figures ---


def _figures(context: TotalsContext, page: Page, trend: Trend, places: dict[tuple[str, str], int]) -> None:
    charts = {item.code: cell(*chart_cell(place)) for place, item in enumerate(drawn(trend))}
    family = ""
    above: tuple[tuple[str, bool], ...] = ()
    for line in trend.lines:
        if line.code.partition(".")[0] != family:
            family = line.code.partition(".")[0]
            page.band(heading(context.plan, family))
        if line.group and not any(point.value for point in line.points):
            continue  # a line of zero says nothing the figure does not
        counted = tuple(map(_counted, line.points))
        places[line.code, line.group] = page.row
        _values(page, line, charts.get(line.code, "") if not line.group else "")
        if not line.group:
            above = counted
        if not line.group or counted != above:
            page.line(["", "", StyledValue("n/N", {**_SMALL, "align": "right"}), "", *_small(line.points), ""])


def _values(page: Page, line: TrendLine, chart: str) -> None:
    link = f"internal:'{TREND_CHARTS}'!{chart}" if chart else ""
    page.line(
        [
            StyledValue(line.code, {"font_color": LINK, "underline": 1} if link else {}, link, "Xem biểu đồ"),
            line.group,
            StyledValue(line.name, {"font_color": GREY} if line.group else {"bold": True}),
            line.unit_of_measure,
            *(_value(point, ratio=line.ratio, plain=bool(line.group)) for point in line.points),
            _figure_remark(line),
        ]
    )


def _value(point: TrendPoint, *, ratio: bool, plain: bool) -> StyledValue:
    if point.value is None:
        return StyledValue(None)
    number = ratio_format(point.value) if ratio else amount_format(point.value)
    return StyledValue(point.value, {"num_format": number, "align": "right", "bold": not plain})


def _figure_remark(line: TrendLine) -> str:
    known = [point for point in line.points if point.value is not None]
    return "Số do ngoài công bố, không có n/N." if known and all(point.owed is None for point in known) else ""


def _counted(point: TrendPoint) -> tuple[str, bool]:
    return counted(point), point.other_units


def counted(point: TrendPoint) -> str:
    """ "57/60"; "" where it is not known or nobody owes the figure."""
    return f"{point.reported}/{point.owed}" if point.owed and point.reported is not None else ""


def _small(points: Sequence[TrendPoint]) -> Iterator[StyledValue]:
    for point in points:
        mark = {"num_format": f'@"{OTHER_UNITS}"'} if point.other_units else {}
        short = point.owed is not None and point.reported is not None and point.reported < point.owed
        yield StyledValue(counted(point), {**_SMALL, **({"bold": True} if short else {}), **mark})


# --- units ---


def _units(context: TotalsContext, page: Page, trend: Trend) -> None:
    page.band(
        "Các đơn vị: tình hình nộp báo cáo; dòng dưới: số Chặn / số Cảnh báo của quý. Dấu “–”: chưa phải báo cáo."
    )
    groups = {group.ma: f"{group.ma}. {group.ten}" for group in context.plan.info.nhom_don_vi}
    by_group: dict[str, list[UnitTrend]] = {}
    for item in trend.units:
        by_group.setdefault(_group(context, trend, item), []).append(item)
    for code, name in {**groups, "": "Đơn vị chưa xếp nhóm", _ENDED: "Đơn vị đã kết thúc, sáp nhập"}.items():
        if code in by_group:
            page.band(name)
        for item in by_group.get(code, ()):
            _unit(context, page, trend, item)


_ENDED = "đã kết thúc"


def _group(context: TotalsContext, trend: Trend, item: UnitTrend) -> str:
    unit = context.register.by_code.get(item.unit)
    if unit is None:
        return ""
    if not unit.valid(Quarter.parse(trend.quarters[-1]).last_day):
        return _ENDED
    return unit.group if unit.group in {group.ma for group in context.plan.info.nhom_don_vi} else ""


def _unit(context: TotalsContext, page: Page, trend: Trend, item: UnitTrend) -> None:
    states = [StyledValue("–" if state == "" else state, _state_look(state)) for state in item.states]
    page.line(
        [item.unit, "Nộp báo cáo", StyledValue(item.name, {"bold": True}), "", *states, unit_remark(context, item)]
    )
    errors = [
        f"{blocks} / {warnings}" if blocks is not None and warnings is not None else ""
        for blocks, warnings in zip(item.blocks, item.warnings, strict=True)
    ]
    cells = [StyledValue(text, _SMALL) for text in errors]
    page.line(["", "", StyledValue("Chặn / Cảnh báo", {**_SMALL, "align": "right"}), "", *cells, ""])


def _state_look(state: str | None) -> dict[str, Any]:
    return {"align": "center", "text_wrap": True, "font_size": 10, **_LOOKS.get(state or "", {})}


def unit_remark(context: TotalsContext, item: UnitTrend) -> str:
    """How the unit reports on the whole, and what comes again and again."""
    states = [state for state in item.states if state]
    count = Counter(states)
    said = [f"Đúng hạn {count[ON_TIME]}/{len(states)} quý phải báo cáo"]
    said += [_times(state, count) for state in dict.fromkeys(LATE if is_late(state) else state for state in states)]
    found = ["; ".join(part for part in said if part) + "."]
    late = _running_late(context, item)
    if late > 1:
        found.append(f"{upper_first(in_a_row(late))} không đúng hạn.")
    found += [_mistake(context, mistake) for mistake in item.repeated]
    if item.predecessors:
        names = ", ".join(item.predecessors)
        found.append(f"Nhận từ {names}: các quý trước xem ở dòng của đơn vị cũ, không cộng vào đây.")
    if item.successor:
        found.append(f"Đã nhập vào {item.successor}.")
    return " ".join(found)


def _times(state: str, count: Mapping[str, int]) -> str:
    """“nộp muộn 02 (01 sau khóa sổ)”; "" of the quarters in time, which were told."""
    if state == ON_TIME:
        return ""
    after = count[AFTER_CLOSING] if state == LATE else 0
    beside = f" ({show_count(after)} {lower_first(AFTER_CLOSING)})" if after else ""
    return f"{lower_first(state)} {show_count(count[state] + after)}{beside}"


def _running_late(context: TotalsContext, item: UnitTrend) -> int:
    """Quarters in a row, up to the last one due, without a return in time; before a deadline nobody is late."""
    states = list(item.states)
    trend = context.data.trend
    assert trend is not None
    deadline = context.register.deadlines.get(Quarter.parse(trend.quarters[-1]))
    if states[-1] == UnitState.MISSING.value and (deadline is None or context.data.as_of <= deadline.due):
        states.pop()
    while states and states[-1] == "":  # a unit that has ended
        states.pop()
    count = 0
    while count < len(states) and (is_late(states[-1 - count]) or states[-1 - count] in _NOT_USED):
        count += 1
    return count


def _mistake(context: TotalsContext, mistake: RepeatedMistake) -> str:
    """ "Ba quý liền sai ở B6, cột “Số lượng” (K04: ô số, ô ngày ghi sai)."."""
    spec = context.plan.sheets.get(mistake.sheet)
    entry = spec.fields.get(mistake.key) if spec is not None else None
    kind = "cột" if spec is not None and spec.table else "dòng"
    where = f" ở {mistake.sheet}" if mistake.sheet else ""
    where += f", {kind} “{entry.ten}”" if entry is not None else ""
    name = context.plan.checks.ten_ma.get(mistake.code, "")
    what = f"{mistake.code}: {lower_first(name)}" if name else mistake.code
    trend = context.data.trend
    until = (
        ""
        if trend is None or mistake.until == trend.quarters[-1]
        else f", đến {parse_period(mistake.until).last.title},"
    )
    return f"{upper_first(in_a_row(mistake.quarters))}{until} sai{where} ({what})."
