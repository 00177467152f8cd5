"""How a data sheet is laid out: hidden keys, title, captions, groups, lines, totals, A4 page.

Row 1 is hidden and holds the machine keys from column A on; caption, number, group and total rows leave column A blank,
so a reader takes every row with something in column A, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from operator import getitem
from typing import Any, Protocol

from dvk_reports.errors import SheetError
from dvk_reports.sheets.base.book import (
    DATE,
    MOST_LINKS,
    MOST_ROWS,
    WHOLE,
    Formats,
    Sheet,
    hidden_keys,
    merge,
    must,
    page,
    put,
    put_line,
    row_height,
    widths,
    wrapped,
)
from dvk_reports.sheets.base.looks import GREY, GROUP_FILL, HEAD_FILL, TOTAL_FILL, amount_format, fit, ratio_format
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.numbers import show_count

_FORMULA_SIGNS = ("=", "+", "-", "@")
_TALLEST = 409.0  # points that Excel allows a row
_LINE = 14.6  # points of a line of text in letters of 11 points
_POINTS = 5.25  # of a digit's width
_LETTERS = 1.07  # letters of text to a digit's width, on the safe side
_MOST_KNOWN = 10_000  # texts of a column whose heights are kept
CLOSING = 4  # rows kept for what is said under the lines
_WHOLE_DIGITS = 15  # digits that an Excel number keeps


@dataclass(frozen=True, slots=True)
class Limits:
    """What Excel takes of one sheet."""

    rows: int = MOST_ROWS
    links: int = MOST_LINKS


EXCEL = Limits()
ON_SCREEN = (
    "Trang để xem, lọc trên màn hình: in cả sổ thì trang dài chỉ in phần đầu này; cần dòng nào thì chọn rồi in vùng "
    "chọn."
)
"""The remark of a sheet that is ``on_screen``."""
_PAPER_WIDTH, _PAPER_HEIGHT = 791.0, 520.0
"""What a page of A4 across holds, in points."""
_SMALLEST = 0.5
"""Letters of 11 points are legible so much smaller."""
_WORDS = 160.0
"""Characters that the words above a table take."""


class Canvas(Protocol):
    """What a page is drawn on: a workbook with its formats, and the words of the footer."""

    @property
    def formats(self) -> Formats: ...

    @property
    def foot(self) -> str: ...

    def sheet(self, name: str) -> Sheet:
        """A new sheet of the workbook."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet of results."""

    key: str
    caption: str
    width: float
    props: Mapping[str, Any] = field(default_factory=dict)
    """Format of its cells, over the common one."""
    head: str = ""
    """Caption of the group of columns it belongs to."""


@dataclass(frozen=True, slots=True, eq=False)
class StyledValue:
    """A value with a look of its own, and the place in this workbook that it leads to. It is equal to itself alone."""

    value: object
    props: Mapping[str, Any] = field(default_factory=dict)
    link: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class PageLayout:
    """How one sheet departs from the usual layout."""

    frozen: int = 2
    """Columns at the left that stay in sight."""
    numbered: bool = False
    """Whether a row with the numbers of the columns stands under the captions."""
    printed: int | None = None
    """How many columns are printed; None: all."""
    beside: Callable[[Sheet, int], None] | None = None
    """Writes beside the last remark, whose row it is told: a sheet is written from top to bottom."""
    limits: Limits = EXCEL
    on_screen: bool = False
    """Many lines that nobody prints: all of them where they go on one page, else the words above them alone."""


_PLAIN = PageLayout()


class _Heights(dict[object, float]):
    """How tall the values of a wrapped column are, in points: at least one line."""

    def __init__(self, room: float, share: float) -> None:
        super().__init__()
        self._room, self._share = room, share

    def __missing__(self, value: object) -> float:
        text = value.value if isinstance(value, StyledValue) else value
        height = _LINE
        if isinstance(text, str) and (len(text) > self._room or (self._share > 1 and text) or "\n" in text):
            height = max(_LINE, wrapped(text, self._room) * _LINE * self._share)
        if value is None or type(value) is str:
            if len(self) >= _MOST_KNOWN:
                self.clear()
            self[value] = height
        return height


class Page:
    """One data sheet, written from top to bottom. ``row`` is the next free one, counted from 0."""

    TITLE_ROW = 1

    def __init__(
        self,
        canvas: Canvas,
        name: str,
        columns: Sequence[Column],
        title: str,
        remarks: Sequence[str] = (),
        layout: PageLayout = _PLAIN,
    ) -> None:
        self.canvas = canvas
        self.columns = columns
        self.sheet = canvas.sheet(name)
        self._frozen = layout.frozen
        self._printed = layout.printed or len(columns)
        self._looks = [self._look(column.props) for column in columns]
        self._styled: dict[tuple[object, ...], Any] = {}
        self._limits, self._links = layout.limits, 0
        self._full = layout.limits.rows - CLOSING
        self._on_screen, self._tall = layout.on_screen, 0.0
        self._wrapped = [col for col, column in enumerate(columns) if column.props.get("text_wrap")]
        self._heights = [_Heights(*_room(columns[col])) for col in self._wrapped]
        hidden_keys(self.sheet, [column.key for column in columns])
        widths(self.sheet, [column.width for column in columns])
        must(self.sheet.set_row(self.TITLE_ROW, 21), title)
        put(self.sheet, self.TITLE_ROW, 1, title, canvas.formats(bold=True, font_size=14))
        for offset, remark in enumerate(remarks, self.TITLE_ROW + 1):
            put(self.sheet, offset, 1, remark, canvas.formats(italic=True, font_color=GREY))
        self.row = self.TITLE_ROW + 1 + len(remarks)
        self._words_end = self.row - 1
        if layout.beside is not None:
            layout.beside(self.sheet, self.row - 1)
        self._captions(layout.numbered)

    @staticmethod
    def first_row(remarks: int, *, numbered: bool = False, heads: bool = False) -> int:
        """Row of the first line, counted from 0, before the sheet is drawn: links lead there."""
        return Page.TITLE_ROW + 1 + remarks + 1 + numbered + heads

    def _look(self, props: Mapping[str, Any]) -> Any:
        return self.canvas.formats(**{"border": 1, "border_color": "#A6A6A6", **props})

    def _styled_look(self, col: int, more: Mapping[str, Any]) -> Any:
        """The look of a column with some properties more; there are few of them, and a million cells."""
        key = (col, *more.items())
        if key not in self._styled:
            self._styled[key] = self._look({**self.columns[col].props, **more})
        return self._styled[key]

    def _captions(self, numbered: bool) -> None:
        head = {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1}
        look = self.canvas.formats(**head, bg_color=HEAD_FILL)
        first = self.row
        if any(column.head for column in self.columns):
            self._heads(look)
            self.row += 1
        height = row_height((column.caption, column.width - 1.5) for column in self.columns)
        must(self.sheet.set_row(self.row, height), "tiêu đề cột")
        for col, column in enumerate(self.columns):
            put(self.sheet, self.row, col, column.caption if col else None, look)
        tall = height + (self._line_height if self.row > first else 0)
        self._over_first(first, self.columns[0].caption, tall, bold=True)
        if numbered:
            self.row += 1
            small = self.canvas.formats(**{**head, "bold": False, "italic": True, "font_size": 9, "num_format": "0"})
            must(self.sheet.set_row(self.row, self._line_height), "dòng số cột")
            for col in range(len(self.columns)):
                put(self.sheet, self.row, col, col + 1 if col else None, small)
            self._over_first(self.row, "1", self._line_height, bold=False)
        self._filter_row = self.row
        self._head_rows = (first, self.row)
        self.row += 1

    _line_height = 18.0

    def _heads(self, look: Any) -> None:
        """The row above the captions: one merged cell for each run of columns with the same head."""
        must(self.sheet.set_row(self.row, self._line_height), "tiêu đề nhóm cột")
        start = 0
        for col in range(1, len(self.columns) + 1):
            if (
                col == len(self.columns)
                or self.columns[col].head != self.columns[start].head
                or not self.columns[start].head
            ):
                merge(self.sheet, self.row, start, self.row, col - 1, self.columns[start].head, look)
                start = col

    def _over_first(self, row: int, text: str, height: float, *, bold: bool) -> None:
        """The caption of column A lies over its cell as a text box, because the cell itself must stay blank."""
        box = {
            "width": int(self.columns[0].width * 7 + 5) - 1,
            "height": int(height * 4 / 3) - 1,
            "x_offset": 1,
            "y_offset": 1,
            "object_position": 2,
            "fill": {"color": HEAD_FILL} if bold else {"none": True},
            "line": {"none": True},
            "font": {"name": "Times New Roman", "size": 11 if bold else 9, "bold": bold, "italic": not bold},
            "align": {"vertical": "middle", "horizontal": "center"},
            "description": f"Tiêu đề cột A: {text}",
        }
        must(self.sheet.insert_textbox(row, 0, text, box), text)

    @property
    def room(self) -> int:
        """How many lines still go on this sheet, beside those that close it."""
        return self._full - self.row

    def line(self, values: Sequence[object]) -> None:
        """One line of data; a plain value takes the look of its column. SheetError where the sheet is full."""
        if self.row >= self._full:
            raise SheetError(
                f"Trang {self.sheet.get_name()} cần hơn {show_count(self._limits.rows)} dòng, Excel không chứa được. "
                "Chia các đơn vị vào nhiều thư mục làm việc rồi tổng hợp từng thư mục."
            )
        # LibreOffice leaves a row without a height a single line high, whatever is wrapped in it.
        tallest: float = max(map(getitem, self._heights, [values[col] for col in self._wrapped]), default=_LINE)
        height = min(_TALLEST, tallest + 3)
        self._tall += height
        put_line(self.sheet, self.row, values, self._looks, self._dressed, height if tallest > _LINE else None)
        self.row += 1

    def _dressed(self, col: int, value: object) -> tuple[object, Any]:
        """A value that is no plain text or whole number, as it is written, with its look.

        A link is laid when its cell is asked for, so that the value comes over it.
        """
        if isinstance(value, StyledValue):
            return self._styled_cell(col, value)
        if isinstance(value, bool):
            return value, self._looks[col]
        if not isinstance(value, date | Decimal):
            return self._styled_cell(col, StyledValue(value))
        return self._styled_cell(col, StyledValue(value, _typed_props(value)))

    def _styled_cell(self, col: int, styled: StyledValue) -> tuple[object, Any]:
        value = styled.value
        more = styled.props
        if isinstance(value, date) and value.year < 1900:  # Excel's calendar begins in 1900
            value = show_date(value)
        if isinstance(value, date):  # else a stopped day would stand there as a bare number, and be read back as one
            more = {"num_format": self.columns[col].props.get("num_format", DATE), **more}
        elif isinstance(value, Decimal) and abs(value) >= 10**_WHOLE_DIGITS and value == value.to_integral_value():
            value = format(value, "f")
        if isinstance(value, str):
            value = fit(value)
            if value.startswith(_FORMULA_SIGNS):
                more = {**more, "quote_prefix": True}
        look = self._styled_look(col, more)
        if styled.link and self._links < self._limits.links:
            self._links += 1
            # The link is laid first and the value over it, so that a number stays a number.
            at = f"{self.sheet.get_name()} dòng {self.row + 1}"
            must(self.sheet.write_url(self.row, col, styled.link, look, "", styled.tip or None), at)
        return value, look

    def band(self, text: str, values: Mapping[int, object] | None = None, *, total: bool = False) -> None:
        """A group or total row: column A stays blank, the text begins in column B."""
        props = {"bold": True, "bg_color": TOTAL_FILL if total else GROUP_FILL}
        values = {1: text, **(values or {})}
        for col in range(len(self.columns)):
            value = values.get(col)
            look = {**props, "top": 1, "bottom": 1} if col not in values or col == 1 else {**props, "border": 1}
            if isinstance(value, StyledValue):
                look = {**look, **value.props}
                value = value.value
            elif col not in (0, 1):
                look = {**look, "num_format": WHOLE, "align": "right"}
            put(self.sheet, self.row, col, value, self.canvas.formats(**look))
        self.row += 1

    def remark(self, text: str) -> None:
        """A line under the table or instead of its lines."""
        put(self.sheet, self.row, 1, text, self.canvas.formats(italic=True, font_color=GREY))
        self.row += 1

    def close(self, *, foot: str | None = None, filtered: bool = True) -> None:
        """Filter, frozen heads and an A4 page as wide as the table.

        ``filtered`` False: no filter, because two rows belong together.
        """
        last = max(self.row - 1, self._filter_row)
        if filtered:
            must(self.sheet.autofilter(self._filter_row, 0, last, len(self.columns) - 1), "bộ lọc")
        self.sheet.freeze_panes(self._filter_row + 1, self._frozen)
        if self._links >= self._limits.links:
            self.remark(
                f"Excel chỉ giữ {show_count(self._links)} liên kết ở một trang; các dòng sau không có liên kết."
            )
        said = self.canvas.foot if foot is None else foot
        if said:
            self.row += 1
            self.remark(f"{said}.")
        page(
            self.sheet,
            head=self._head_rows,
            area=self._area(),
            foot=said,
        )
        self.sheet.set_margins(left=0.4, right=0.3, top=0.4, bottom=0.55)
        self.sheet.forget()

    def _area(self) -> tuple[int, int, int, int]:
        """What is printed: first row, first column, last row, last column."""
        inside = [column.width * _POINTS for column in self.columns[: self._printed]]
        scale = min(1.0, _PAPER_WIDTH / sum(inside))
        above = 8 * _LINE  # title, remarks, captions and what stands at the foot
        if not self._on_screen or (scale >= _SMALLEST and (self._tall + above) * scale <= _PAPER_HEIGHT):
            return self.TITLE_ROW, 0, self.row - 1, self._printed - 1
        last = next((col for col in range(self._printed) if sum(inside[: col + 1]) >= _WORDS * _POINTS), 0)
        return self.TITLE_ROW, 0, self._words_end, last or self._printed - 1


def _room(column: Column) -> tuple[float, float]:
    """How many letters a line of a column takes, and how tall it is against one of the common size."""
    share = column.props.get("font_size", 11) / 11
    return max(column.width * _LETTERS / share, 1), share


def _typed_props(value: object) -> Mapping[str, Any]:
    if isinstance(value, date):
        return {"num_format": DATE, "align": "center"}
    return {"num_format": amount_format(value), "align": "right"} if isinstance(value, Decimal) else {}


def number_cell(value: Decimal | None, *, ratio: bool) -> StyledValue:
    """A figure's number with as many decimals as it needs; blank where it is not known."""
    if value is None:
        return StyledValue(None)
    return StyledValue(value, {"num_format": ratio_format(value) if ratio else amount_format(value)})
