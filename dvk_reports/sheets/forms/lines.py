"""The key/value sheets of a form: one line for each field; the cover has the index below.

Drawn is what all forms of a kind have in common; filled in what one of them holds.
"""

from __future__ import annotations

from functools import lru_cache

from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import FieldSpec, Longest
from dvk_reports.sheets.base.book import Sheet, cell, merge, must, page, put, row_height, span, widths
from dvk_reports.sheets.forms.cover import draw_index, fill_index
from dvk_reports.sheets.forms.fields import (
    EDGE,
    EDGES,
    FAULT_FILL,
    NEED_FILL,
    OWN,
    accept_lines,
    look_where,
    stretches,
    style,
    whole_without_mark,
)
from dvk_reports.sheets.forms.heading import LINES_UNLOCKED, TALLEST, HeadingWriter
from dvk_reports.sheets.forms.layout import LineShape
from dvk_reports.sheets.forms.rules import faults, given, needs, shown

_TALL, _HINTS = 110, 3
"""Points of a line for prose; the first column of the hints."""


def draw_lines(heading: HeadingWriter, sheet: Sheet, shape: LineShape) -> None:
    """Draw one key/value sheet, with nothing filled in."""
    _LinesWriter(heading).lines(sheet, shape)


def fill_lines(heading: HeadingWriter, sheet: Sheet, shape: LineShape) -> None:
    """Write the values of one key/value sheet, and what depends on them."""
    _LinesWriter(heading).fill(sheet, shape)


@lru_cache(maxsize=1_000)
def _hint_height(hint: str, widths: tuple[float, ...]) -> float:
    return row_height([(hint, sum(widths[_HINTS:]) * 1.2)], 9)


class _LinesWriter:
    def __init__(self, heading: HeadingWriter) -> None:
        self.heading = heading
        self.formats = heading.formats
        self.layout = heading.layout

    def lines(self, sheet: Sheet, shape: LineShape) -> None:
        spec = shape.spec
        put(sheet, 0, 0, self.heading.mark(spec))
        widths(sheet, shape.widths)
        must(sheet.set_column(0, 0, 4, None, {"hidden": True}), spec.ma)
        self.heading.title(sheet, spec, 0, 1)
        if spec.vai is SheetRole.COVER:
            put(sheet, 1, 1, self.layout.plan.info.ten, self.heading.bold)
        else:
            self.heading.unit_line(sheet, 1, 1)
            self.heading.legend(sheet, spec, 2, 1)
        for col, text in ((1, "Nội dung"), (2, "Ghi vào đây")):
            put(sheet, shape.first_row - 1, col, text, self.heading.head)
        merge(sheet, shape.first_row - 1, _HINTS, shape.first_row - 1, shape.last_col, "Cách ghi", self.heading.head)
        for entry in shape.fields:
            self._line(sheet, shape, entry)
        accept_lines(sheet, self.layout, shape)
        self._line_colours(sheet, shape)
        last = shape.last_row
        if spec.vai is SheetRole.COVER:
            last = draw_index(sheet, self.formats, self.layout)
        must(sheet.ignore_errors({"number_stored_as_text": span("", shape.first_row, 2, shape.last_row, 2)}), spec.ma)
        sheet.freeze_panes(shape.first_row, 2)
        first = next((shape.rows[entry.khoa] for entry in shape.fields if not self._printed(entry)), shape.first_row)
        sheet.set_selection(first, 2, first, 2)
        sheet.protect("", LINES_UNLOCKED)
        page(sheet, landscape=False, head=None, area=(0, 1, last, shape.last_col), foot=f"Biểu {spec.ma}")

    def _printed(self, entry: FieldSpec) -> bool:
        """Whether the office has printed a value that decides whose return it is; a blank form has but its version."""
        return entry.in_san and (self.layout.content.unit is not None or entry.khoa == "ma_mau")

    def _line(self, sheet: Sheet, shape: LineShape, entry: FieldSpec) -> None:
        row = shape.rows[entry.khoa]
        label = {"text_wrap": True, "valign": "vcenter", "bold": bool(entry.bat_buoc), **EDGES}
        hint = self.formats(
            text_wrap=True,
            border=1,
            border_color=EDGE,
            font_size=9,
            italic=True,
            font_color="#595959",
            valign="vcenter",
        )
        put(sheet, row, 0, entry.khoa)
        self.heading.label(sheet, row, 1, entry.ten, entry.bat_buoc, label)
        merge(sheet, row, _HINTS, row, shape.last_col, entry.huong_dan, hint)
        if entry.kieu == "so":
            whole_without_mark(sheet, self.formats, (row, 2, row, 2))

    def fill(self, sheet: Sheet, shape: LineShape) -> None:
        spec = shape.spec
        if spec.vai is SheetRole.COVER:
            fill_index(sheet, self.formats, self.layout)
        else:
            self.heading.unit_line_now(sheet, 1, 1)
        told = self.layout.values_of(spec.ma)
        long = {rule.o for rule in spec.luat if isinstance(rule, Longest)}
        for entry in shape.fields:
            row, value = shape.rows[entry.khoa], told.get(entry.khoa)
            if sheet.COPIED and spec.vai is not SheetRole.COVER and not given(value):
                continue  # it was drawn blank
            put(sheet, row, 2, value, style(entry, self.formats, locked=self._printed(entry), line=True))
            own = row_height([(shown(value), shape.widths[2])])
            hint, tall = _hint_height(entry.huong_dan, shape.widths), _TALL if entry.khoa in long else 0
            least = row_height([(f"{entry.ten} *", shape.widths[1] - 2)])
            # No row grows for merged cells: over those of the cover a hint of several lines would be lost.
            merged = shape.last_col > _HINTS and hint > row_height([("", 1)], 9)
            size = min(max(own, least, hint, tall), TALLEST)
            must(sheet.set_row(row, size) if merged else sheet.fit_row(row, size), spec.ma)

    def _line_colours(self, sheet: Sheet, shape: LineShape) -> None:
        """Cells under the same rule, but for each one's own place in it, share one."""
        refs = {key: shape.at(key) for key in shape.rows}
        for found, fill in (
            (needs(shape.spec, self.layout.setting), NEED_FILL),
            (faults(shape.spec, self.layout.setting), FAULT_FILL),
        ):
            alike: dict[str, list[int]] = {}
            for key, condition in found.items():
                if key in shape.rows:
                    text = condition.formula({**refs, key: OWN}.__getitem__)
                    alike.setdefault(text, []).append(shape.rows[key])
            for text, rows in alike.items():
                areas = [(first, 2, last, 2) for first, last in stretches(rows)]
                look_where(sheet, areas, text.replace(OWN, cell(rows[0], 2)), self.formats(bg_color=fill))
