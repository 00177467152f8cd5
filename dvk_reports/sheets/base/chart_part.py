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

from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.figures import TrendPoint
from dvk_reports.model.periods import Quarter
from dvk_reports.plan.book.report_parts import ChartWords
from dvk_reports.plan.book.roles import FigureRole
from dvk_reports.plan.book.rulebook import FigureSpec, Plan
from dvk_reports.sheets.base.book import must
from dvk_reports.vietnamese.numbers import show_number
from dvk_reports.vietnamese.text import lower_first

TREND = "xu_huong"
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
    """Charts of the report by name: of a range of quarters how its models have come to be what they are."""
    trend = _trend(plan, data) if data.period.is_range else None
    return {TREND: trend} if trend is not None else {}


def alt_of(name: str) -> str:
    """What the chart of one figure says of itself: “Biểu đồ số mô hình đang thực hiện theo lĩnh vực”."""
    return f"Biểu đồ {lower_first(name)}"


def chart_words(spec: FigureSpec) -> ChartWords:
    """How a figure is called in charts; by its own name where the plan says nothing else."""
    return spec.bieu_do or ChartWords(ten=spec.ten, ngan=lower_first(spec.ten))


_ROOMY = 8
"""Up to so many quarters the labels are of the common size."""


@dataclass(frozen=True, slots=True)
class _Quarter:
    """One quarter of the trend: models at its end, and those that were new in it."""

    title: str
    active: TrendPoint
    new: TrendPoint

    @property
    def coverage(self) -> str:
        """n/N of both figures, once where they are the same."""
        found = [_of_units(point) for point in (self.active, self.new)]
        return " và ".join(dict.fromkeys(text for text in found if text))


def _trend(plan: Plan, data: Consolidation) -> ChartPart | None:
    """Active and newly registered models over the quarters of a longer period; each quarter with its n/N."""
    active, new = plan.figure_with(FigureRole.MODELS), plan.figure_with(FigureRole.NEW_MODELS)
    if active is None or new is None:
        return None
    quarters = _quarters(data, active.ma, new.ma)
    if sum(quarter.active.value is not None for quarter in quarters) < 2:
        return None
    rows = [(f"{item.title}\n{item.coverage}".strip(), item.active.value, item.new.value) for item in quarters]
    one, other = chart_words(active), chart_words(new)
    book = _Book(["Quý (n/N đơn vị)", one.ten, other.ten], rows)
    _draw_trend(book, small=len(rows) > _ROOMY)
    values = "; ".join(
        f"{item.title}{f' ({item.coverage} đơn vị)' if item.coverage else ''}: {one.ngan} {_shown(item.active)}, "
        f"{other.ngan} {_shown(item.new)}"
        for item in quarters
    )
    alt = f"Biểu đồ {active.don_vi_tinh} {one.ngan} và {other.ngan} qua các quý. {values}."
    return book.part(data, alt, 160, 75)


def _quarters(data: Consolidation, active: str, new: str) -> list[_Quarter]:
    """The quarters of the period that the trend has; none where it is no longer period."""
    keys = [quarter.key for quarter in data.period.quarters]
    if data.trend is None or len(keys) < 2:
        return []
    one, other = data.trend.line(active), data.trend.line(new)
    if one is None or other is None:
        return []
    return [
        _Quarter(Quarter.parse(key).short, one.points[place], other.points[place])
        for place, key in enumerate(data.trend.quarters)
        if key in keys
    ]


def _draw_trend(book: _Book, *, small: bool) -> None:
    """Columns for what there is at the end of each quarter, a line for what was new in it."""
    chart = book.chart({"type": "column"})
    label = {"value": True, "font": {**_TEXT, "size": 8 if small else 10}}
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


def _of_units(point: TrendPoint) -> str:
    return f"{point.reported}/{point.owed}" if point.value is not None and point.owed else ""


def _shown(point: TrendPoint) -> str:
    return "chưa có số liệu" if point.value is None else show_number(point.value)


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
