"""Charts for a Word paper: the chart XML that XlsxWriter draws, with the small workbook that holds its numbers.

Hatchings and outlines carry the meaning, so that a black-and-white print reads the same. What is unknown is a gap.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

import xlsxwriter

from dvk_reports.model.records import Consolidation, Figure, TrendPoint
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.periods import Quarter, parse_period
from dvk_reports.sheets.base.book import must
from dvk_reports.vietnamese.numbers import show_number, show_percent

FIELDS, TARGETS, TREND = "linh_vuc", "muc_tieu", "xu_huong"
RELATION: Final = "rId1"
"""The chart names its workbook by this id; whoever puts the chart into a paper must relate it so."""
_SHEET = "Số liệu"
_LABELS = "".join(
    f'<c:show{name} val="{int(name == "Val")}"/>'
    for name in ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
)
_TEXT = {"name": "Times New Roman", "size": 11, "color": "#000000"}
_HATCHED = {
    "pattern": {"pattern": "wide_upward_diagonal", "fg_color": "#000000", "bg_color": "#FFFFFF"},
    "border": {"color": "#000000"},
}


@dataclass(frozen=True, slots=True)
class ChartPart:
    """One chart. Sizes in mm."""

    xml: bytes
    """``chart1.xml``; its workbook is ``externalData`` with the id ``RELATION``."""
    workbook: bytes
    alt: str
    """What the chart says, for who does not see it."""
    width: float
    height: float


def report_charts(plan: Plan, data: Consolidation) -> dict[str, ChartPart]:
    """Charts of the report by name (``linh_vuc``, ``muc_tieu``, ``xu_huong``); one with nothing to draw is left out."""
    found = {FIELDS: _fields(plan, data), TARGETS: _targets(data), TREND: _trend(data)}
    return {name: part for name, part in found.items() if part is not None}


def _fields(plan: Plan, data: Consolidation) -> ChartPart | None:
    """Active models by field."""
    figure = data.figure("NV3.3")
    if figure is None or figure.value is None:
        return None
    counts = {line.group: line.value for line in data.lines("NV3.3")}
    rows = [(label, counts.get(label, Decimal(0))) for label in plan.labels("linh_vuc")]
    book = _Book(["Lĩnh vực", "Số mô hình"], rows)
    chart = book.chart({"type": "bar"})
    chart.add_series(
        {**book.series(1), "gap": 60, **_HATCHED, "data_labels": {"value": True, "font": {**_TEXT, "bold": True}}}
    )
    chart.set_y_axis({"num_font": _TEXT, "reverse": True, "line": {"color": "#000000"}})
    chart.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
    chart.set_legend({"none": True})
    said = "; ".join(f"{label}: {'chưa có số liệu' if n is None else show_number(n)}" for label, n in rows)
    return book.part(data, f"Biểu đồ số mô hình đang thực hiện theo lĩnh vực{_covered(figure)}. {said}.", 150, 55)


def _targets(data: Consolidation) -> ChartPart | None:
    """Result against what was asked, in percent."""
    goals = [item for item in data.figures if item.ratio and item.target is not None and not item.group and item.owed]
    if not any(goal.value is not None for goal in goals):
        return None
    rows = [(goal.code, goal.value, goal.target) for goal in goals]
    book = _Book(["Chỉ tiêu", "Kết quả", "Mức phải đạt"], rows)
    chart = book.chart({"type": "column"})
    chart.add_series({**book.series(1), "gap": 50, **_HATCHED})
    asked = book.chart({"type": "line"})
    asked.add_series(
        {
            **book.series(2),
            "line": {"none": True},
            "marker": {"type": "long_dash", "size": 12, "fill": {"color": "#000000"}, "border": {"color": "#000000"}},
        }
    )
    chart.combine(asked)
    chart.set_x_axis({"num_font": {**_TEXT, "rotation": -90}})
    grid = {"visible": True, "line": {"color": "#BFBFBF"}}
    chart.set_y_axis(
        {"num_font": _TEXT, "num_format": "0%", "min": 0, "max": 1, "major_unit": 0.25, "major_gridlines": grid}
    )
    chart.set_legend({"position": "bottom", "font": _TEXT})
    said = "; ".join(
        f"{goal.code}: {'chưa có số liệu' if goal.value is None else show_percent(goal.value)}, "
        f"phải đạt {show_percent(goal.target or 0)}"
        for goal in goals
    )
    return book.part(data, f"Biểu đồ kết quả các chỉ tiêu so với mức phải đạt. {said}.", 160, 70)


_ACTIVE, _NEW = "NV3.2", "NV3.1"
_ROOMY = 8
"""Up to so many quarters the labels are of the common size."""


def _trend(data: Consolidation) -> ChartPart | None:
    """Active and newly registered models over the quarters of a longer period; each quarter with its n/N."""
    keys = [quarter.key for quarter in parse_period(data.period).quarters]
    trend = data.trend
    lines = [trend.line(code) for code in (_ACTIVE, _NEW)] if trend is not None else []
    if trend is None or len(keys) < 2 or None in lines:
        return None
    places = [place for place, key in enumerate(trend.quarters) if key in keys]
    active, new = ([line.points[place] for place in places] for line in lines if line is not None)
    if sum(point.value is not None for point in active) < 2:
        return None
    titles = [Quarter.parse(trend.quarters[place]).short for place in places]
    of = [
        " và ".join(dict.fromkeys(text for text in map(_of_units, pair) if text))
        for pair in zip(active, new, strict=True)
    ]
    rows = [
        (f"{title}\n{text}".strip(), one.value, two.value)
        for title, text, one, two in zip(titles, of, active, new, strict=True)
    ]
    book = _Book(["Quý (n/N đơn vị)", "Mô hình đang thực hiện cuối quý", "Mô hình đăng ký mới trong quý"], rows)
    chart = book.chart({"type": "column"})
    label = {"value": True, "font": {**_TEXT, "size": 10 if len(rows) <= _ROOMY else 8}}
    # At the foot of the bar, on white: away from the labels of the line, and legible on the hatching.
    base = {**label, "position": "inside_base", "fill": {"color": "#FFFFFF"}}
    chart.add_series({**book.series(1), "gap": 60, **_HATCHED, "data_labels": base})
    line = book.chart({"type": "line"})
    line.add_series(
        {
            **book.series(2),
            "line": {"color": "#000000", "width": 1.5},
            "marker": {"type": "circle", "size": 6, "fill": {"color": "#FFFFFF"}, "border": {"color": "#000000"}},
            "data_labels": {**label, "position": "above"},
        }
    )
    chart.combine(line)
    chart.set_x_axis({"num_font": {**_TEXT, "size": 10}})
    chart.set_y_axis({"num_font": _TEXT, "min": 0, "major_gridlines": {"visible": True, "line": {"color": "#BFBFBF"}}})
    chart.set_legend({"position": "bottom", "font": _TEXT})
    said = "; ".join(
        f"{title}{f' ({text} đơn vị)' if text else ''}: đang thực hiện {_told(one)}, đăng ký mới {_told(two)}"
        for title, text, one, two in zip(titles, of, active, new, strict=True)
    )
    return book.part(data, f"Biểu đồ mô hình đang thực hiện và đăng ký mới qua các quý. {said}.", 160, 75)


def _of_units(point: TrendPoint) -> str:
    return f"{point.reported}/{point.owed}" if point.value is not None and point.owed else ""


def _told(point: TrendPoint) -> str:
    return "chưa có số liệu" if point.value is None else show_number(point.value)


def _covered(figure: Figure) -> str:
    return f" ({figure.reported}/{figure.owed} đơn vị)" if figure.owed else ""


class _Book:
    """A workbook of one sheet: a head and rows, then the charts that draw them."""

    def __init__(self, heads: Sequence[str], rows: Sequence[Sequence[str | Decimal | None]]) -> None:
        self.out = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.out, {"in_memory": True})
        self.sheet = self.book.add_worksheet(_SHEET)
        self.rows = len(rows)
        for right, head in enumerate(heads):
            must(self.sheet.write_string(0, right, head), _SHEET)
        for down, row in enumerate(rows, start=1):
            for right, value in enumerate(row):
                if isinstance(value, str):
                    must(self.sheet.write_string(down, right, value), _SHEET)
                elif value is not None:
                    must(self.sheet.write_number(down, right, float(value)), _SHEET)
        must(self.sheet.set_column(0, len(heads) - 1, 26), _SHEET)

    def chart(self, kind: dict[str, str]) -> Any:
        chart = self.book.add_chart(kind)
        chart.show_blanks_as("gap")
        chart.set_chartarea({"border": {"none": True}})
        self.first = getattr(self, "first", chart)
        return chart

    def series(self, column: int) -> dict[str, Any]:
        return {
            "name": [_SHEET, 0, column],
            "categories": [_SHEET, 1, 0, self.rows, 0],
            "values": [_SHEET, 1, column, self.rows, column],
        }

    def part(self, data: Consolidation, alt: str, width: float, height: float) -> ChartPart:
        must(self.sheet.insert_chart(1, 4, self.first), alt)
        self.book.set_properties({"created": datetime(data.as_of.year, data.as_of.month, data.as_of.day)})
        self.book.close()
        workbook = self.out.getvalue()
        with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
            xml = archive.read("xl/charts/chart1.xml").decode("utf-8")
        # Print settings belong to a sheet; in a paper the place is taken by the link to the numbers.
        xml = re.sub(r"<c:printSettings>.*</c:printSettings>", "", xml, flags=re.DOTALL)
        # LibreOffice takes a label that is not named for one that is wanted.
        xml = xml.replace('<c:showVal val="1"/>', _LABELS)
        # XlsxWriter leaves it out, and a paper without it shows what is unknown as 0.
        xml = xml.replace("</c:chart>", '<c:dispBlanksAs val="gap"/></c:chart>')
        link = f'<c:externalData r:id="{RELATION}"><c:autoUpdate val="0"/></c:externalData>'
        xml = xml.replace("</c:chartSpace>", f"{link}</c:chartSpace>")
        return ChartPart(xml.encode("utf-8"), workbook, alt, width, height)
