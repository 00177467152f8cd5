"""What every sheet of a form begins with: title, unit and period, legend, captions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import SheetSpec
from dvk_reports.sheets.base.book import Formats, Sheet, must, put, put_formula
from dvk_reports.sheets.forms.fields import EDGES, HEAD_FILL
from dvk_reports.sheets.forms.layout import UNIT_LINE, Layout
from dvk_reports.sheets.forms.rules import shown

# What a unit may do on a sheet whose heads are locked (there is no password). What is locked cannot be chosen, so that
# the keyboard goes through the cells to be filled in, line by line.
LINES_UNLOCKED = {"select_locked_cells": False, "format_cells": True, "format_columns": True, "format_rows": True}
# A key/value sheet has the lines it has: one put between them would move what the counters of the cover count with.
UNLOCKED = {
    **LINES_UNLOCKED,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
}
_UNIT = (("Đơn vị: ", "ten_don_vi"), ("     Mã: ", "ma_don_vi"), ("     Kỳ báo cáo: ", "ky"))
_HEAD: Mapping[str, Any] = {
    "bold": True,
    "text_wrap": True,
    "align": "center",
    "valign": "vcenter",
    "bg_color": HEAD_FILL,
    **EDGES,
}
_RED = "#C00000"
TALLEST = 400
"""Points; Excel knows no row higher than 409."""


def unit_words(layout: Layout) -> str:
    """The line of unit and period, as it reads now."""
    told = layout.values_of(layout.cover)
    return "".join(f"{lead}{shown(told.get(key)) or '……'}" for lead, key in _UNIT)


def unit_is_printed(layout: Layout) -> bool:
    """Whether the office has printed unit and period on the cover, where nobody writes over them."""
    fields = layout.plan.sheets[layout.cover].fields
    printed = all(fields[key].in_san for _, key in _UNIT if key in fields)
    return printed and layout.content.unit is not None and layout.content.quarter is not None


def unit_formula(layout: Layout) -> str:
    """The line of unit and period as a form finds it on which the unit itself writes both."""
    cover = layout.lines[layout.cover]
    return "&".join(
        f'"{lead}"&IF(LEN({cover.at(key, layout.cover)})=0,"……",{cover.at(key, layout.cover)})'
        for lead, key in _UNIT
        if key in cover.rows
    )


class HeadingWriter:
    """Writes the heads of the sheets of one form, with the formats and the layout that all its sheets share."""

    def __init__(self, formats: Formats, layout: Layout) -> None:
        self.formats = formats
        self.layout = layout
        self.small = formats(font_size=9, italic=True, font_color="#595959", text_wrap=False)
        self.head = formats(**_HEAD)
        self.bold = formats(bold=True)
        self.locked = formats(locked=True)

    def mark(self, spec: SheetSpec) -> str:
        """The hidden mark by which a sheet is known."""
        return f"dvk:{spec.ma}:{self.layout.version}"

    def title(self, sheet: Sheet, spec: SheetSpec, row: int, col: int) -> None:
        """The title of a sheet."""
        name = spec.ten.upper() if spec.vai is SheetRole.COVER else f"Biểu {spec.ma}. {spec.ten.upper()}"
        put(sheet, row, col, name, self.formats(bold=True, font_size=14, valign="vcenter"))
        must(sheet.set_row(row, 24, self.locked), spec.ma)

    def unit_line(self, sheet: Sheet, row: int, col: int) -> None:
        """Unit and period: words where both are printed, the same on all sheets of a form."""
        if unit_is_printed(self.layout):
            put(sheet, row, col, unit_words(self.layout), self.bold)
        else:
            self.unit_line_now(sheet, row, col)

    def unit_line_now(self, sheet: Sheet, row: int, col: int) -> None:
        """Unit and period of a blank form, which shows them as soon as they are written on the cover."""
        if not unit_is_printed(self.layout):
            put_formula(sheet, row, col, lambda: f"={UNIT_LINE}", unit_words(self.layout), self.bold)

    def legend(self, sheet: Sheet, spec: SheetSpec, row: int, col: int) -> None:
        """The line under the title: unit of measure, and what the colours mean."""
        measure = f"Đơn vị tính: {spec.don_vi_tinh}.   " if spec.don_vi_tinh else ""
        due = "Nếu có thì ghi, không có thì để trống.   " if self.layout.optional(spec) else ""
        colours = "Dấu * : ô bắt buộc.   Ô vàng: còn phải ghi.   Ô cam: cần xem lại.   "
        where = "Bấm vào ô để đọc cách ghi." if spec.table else "Cách ghi ở bên phải ô."
        put(sheet, row, col, due + measure + colours + where, self.small)

    def caption(self, sheet: Sheet, row: int, col: int, text: str, required: bool) -> None:
        """The caption of a column."""
        self.label(sheet, row, col, text, required, _HEAD)

    def label(self, sheet: Sheet, row: int, col: int, text: str, required: bool, look: Mapping[str, Any]) -> None:
        """The words beside or above a cell to be filled in; red, with a star, where it is required."""
        if required:
            put(sheet, row, col, f"{text} *", self.formats(**look, font_color=_RED))
        else:
            put(sheet, row, col, text, self.formats(**look))
