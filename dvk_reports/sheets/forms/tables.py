"""The table sheets of a form: captions, data rows, totals, colours.

Drawn is what all forms of a kind have in common; filled in what one of them holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import FieldSpec, SheetSpec
from dvk_reports.sheets.base.book import (
    NUMBER,
    UNSEEN,
    WHOLE,
    Sheet,
    cell,
    hidden_keys,
    lines_of,
    merge,
    must,
    page,
    put,
    put_formula,
    row_height,
    span,
)
from dvk_reports.sheets.forms.colours import draw_colours
from dvk_reports.sheets.forms.fields import (
    EDGE,
    EDGES,
    HEAD_FILL,
    accept_columns,
    style,
    whole_without_mark,
)
from dvk_reports.sheets.forms.hamlets import count_formula, counts_models, models_at
from dvk_reports.sheets.forms.heading import TALLEST, UNLOCKED, HeadingWriter
from dvk_reports.sheets.forms.layout import LEAST_PRINTED, TOTAL, TableShape
from dvk_reports.sheets.forms.rules import given, number, shown

_LINE: Mapping[str, Any] = {"bold": True, "bg_color": HEAD_FILL, "valign": "vcenter", **EDGES}
_LAST_ROW = 1_048_575
"""Of a sheet of Excel, counted from 0."""


def draw_table(heading: HeadingWriter, sheet: Sheet, shape: TableShape) -> None:
    """Draw one table sheet, with nothing filled in."""
    _TableWriter(heading).table(sheet, shape)


def fill_table(heading: HeadingWriter, sheet: Sheet, shape: TableShape) -> None:
    """Write the rows of one table sheet, and what depends on them."""
    writer = _TableWriter(heading)
    heading.unit_line_now(sheet, 2, shape.title_col)
    writer.rows(sheet, shape)
    writer.sums(sheet, shape)


def _cells(shape: TableShape, key: str) -> str:
    """The data cells of a field, for a formula of one cell on the same sheet."""
    return f"{cell(shape.first_row, shape.columns[key])}:{cell(shape.last_row, shape.columns[key])}"


class _TableWriter:
    def __init__(self, heading: HeadingWriter) -> None:
        self.heading = heading
        self.formats = heading.formats
        self.layout = heading.layout
        self.order = self.formats(align="center", locked=False)

    def table(self, sheet: Sheet, shape: TableShape) -> None:
        spec = shape.spec
        self.columns(sheet, shape)
        self.heading.title(sheet, spec, 1, shape.title_col)
        self.heading.unit_line(sheet, 2, shape.title_col)
        self.heading.legend(sheet, spec, 3, shape.title_col)
        self.captions(sheet, shape)
        self.blank_rows(sheet, shape, range(LEAST_PRINTED))
        self.totals(sheet, shape)
        locked = [entry.khoa for entry in spec.truong if self._locked(spec, entry)]
        draw_colours(sheet, self.formats, self.layout, shape, locked)
        accept_columns(sheet, self.layout, shape)
        self.no_further(sheet, shape)
        data = span("", shape.first_row, 1, shape.last_row, shape.last_col)
        must(sheet.ignore_errors({"number_stored_as_text": data}), spec.ma)
        must(sheet.autofilter(shape.number_row, 0, shape.last_row, shape.last_col), spec.ma)
        sheet.freeze_panes(shape.first_row, shape.frozen_cols)
        start = next((shape.columns[key] for key in spec.keys if key not in locked), 1)
        sheet.set_selection(shape.first_row, start, shape.first_row, start)
        sheet.protect("", UNLOCKED)
        page(
            sheet,
            pages_wide=shape.pages_wide,
            head=(shape.caption_row, shape.number_row),
            left=(0, 1),
            foot=f"Biểu {spec.ma}",
        )

    def columns(self, sheet: Sheet, shape: TableShape) -> None:
        """Widths and formats of the columns, which every cell takes that is not drawn, and locked heads over them."""
        spec = shape.spec
        hidden_keys(sheet, spec.keys, self.heading.mark(spec), self.heading.locked)
        must(sheet.set_column(0, 0, 5, self.order), spec.ma)
        for entry in spec.truong:
            col = shape.columns[entry.khoa]
            fmt = style(entry, self.formats, locked=self._locked(spec, entry))
            must(sheet.set_column(col, col, entry.rong, fmt), spec.ma)
        for row in range(1, shape.first_row):
            must(sheet.set_row(row, None, self.heading.locked), spec.ma)

    def _locked(self, spec: SheetSpec, entry: FieldSpec) -> bool:
        by_register = spec.vai is SheetRole.HAMLETS and bool(self.layout.content.hamlets)
        return entry.tu_tinh or (by_register and entry.in_san)

    def captions(self, sheet: Sheet, shape: TableShape) -> None:
        top, number_row = shape.caption_row, shape.number_row
        merge(sheet, top, 0, number_row - 1, 0, "STT", self.heading.head)
        group_from: dict[str, list[int]] = {}
        for entry in shape.spec.truong:
            col = shape.columns[entry.khoa]
            if len(entry.heads) > 1:
                group_from.setdefault(entry.heads[0], []).append(col)
            elif shape.grouped:
                merge(sheet, top, col, number_row - 1, col, entry.ten, self.heading.head)
            row = number_row - 1 if len(entry.heads) > 1 else top
            self.heading.caption(sheet, row, col, entry.heads[-1], entry.bat_buoc)
        for name, cols in group_from.items():
            merge(sheet, top, cols[0], top, cols[-1], name, self.heading.head)
        tall = row_height((entry.heads[-1] + " *" * entry.bat_buoc, entry.rong - 1.5) for entry in shape.spec.truong)
        if shape.grouped:
            must(sheet.set_row(top, 30, self.heading.locked), shape.spec.ma)
            tall = max(tall - 30, 48)
        must(sheet.set_row(number_row - 1, tall, self.heading.locked), shape.spec.ma)
        small = self.formats(
            align="center", italic=True, font_size=9, border=1, border_color=EDGE, bg_color=HEAD_FILL, num_format="0"
        )
        put(sheet, number_row, 0, "A", small)
        for col in shape.columns.values():
            put(sheet, number_row, col, col, small)

    def blank_rows(self, sheet: Sheet, shape: TableShape, places: range) -> None:
        """Rows with nothing but their number and, where thôn are written by the unit, what counts their models."""
        for place in places:
            put(sheet, shape.first_row + place, 0, place + 1, self.order)
            for entry in self._counting(shape) if not self.layout.content.hamlets else ():
                self._count(sheet, shape, entry, shape.first_row + place, {})

    def rows(self, sheet: Sheet, shape: TableShape) -> None:
        spec, told = shape.spec, self.layout.rows_of(shape.spec.ma)
        code = next((entry.khoa for entry in spec.truong if entry.cho_san), None)
        free = self.layout.content.free_codes if spec.vai is SheetRole.MODELS and code else ()
        self.blank_rows(sheet, shape, range(LEAST_PRINTED, max(shape.printed, len(told) + len(free))))
        every: list[Mapping[str, object]] = [*told, *({code: text} for text in free if code is not None)]
        if not every:
            return
        looks = {entry.khoa: style(entry, self.formats, locked=self._locked(spec, entry)) for entry in spec.truong}
        wide = {entry.khoa: entry.rong for entry in spec.truong if entry.kieu == "chu"}
        counting = self._counting(shape)
        for row, values in enumerate(every, shape.first_row):
            own = {key: value for key, value in values.items() if given(value) and key in looks}
            for key, value in own.items():
                put(sheet, row, shape.columns[key], value, looks[key])
            for entry in counting if values else ():
                if entry.khoa not in own:
                    self._count(sheet, shape, entry, row, values)
            texts = [(shown(own[key]), width) for key, width in wide.items() if key in own]
            if any(lines_of(text, width) > 1 for text, width in texts):
                must(sheet.fit_row(row, min(row_height(texts), TALLEST)), spec.ma)

    def _counting(self, shape: TableShape) -> list[FieldSpec]:
        """The fields that count by themselves the models at work in a thôn."""
        counts = counts_models(self.layout.models, shape)
        return [entry for entry in shape.spec.truong if entry.tu_tinh] if counts else []

    def _count(self, sheet: Sheet, shape: TableShape, entry: FieldSpec, row: int, values: Mapping[str, object]) -> None:
        plan, models = self.layout.plan, self.layout.models
        if models is None:
            return
        found = models_at(plan, self.layout.rows_of(models.spec.ma), values) if values else None
        fmt = style(entry, self.formats, locked=True)
        put_formula(sheet, row, shape.columns[entry.khoa], count_formula(shape, row), found, fmt)

    def totals(self, sheet: Sheet, shape: TableShape) -> None:
        row = shape.total_row
        if row is None:
            return
        must(sheet.set_row(row, 18, self.heading.locked), shape.spec.ma)
        put(sheet, row, 0, TOTAL, self.formats(num_format=UNSEEN, **_LINE))
        put(sheet, row, 1, "Tổng cộng", self.formats(**_LINE))
        for col in range(2, shape.last_col + 1):
            put(sheet, row, col, None, self.formats(**_LINE))
        for col in (shape.columns[key] for key in shape.sums if shape.spec.fields[key].kieu == "so"):
            whole_without_mark(sheet, self.formats, (row, col, row, col))

    def sums(self, sheet: Sheet, shape: TableShape) -> None:
        row = shape.total_row
        if row is None or (sheet.COPIED and not self.layout.rows_of(shape.spec.ma)):
            return
        for key in shape.sums:
            entry, col = shape.spec.fields[key], shape.columns[key]
            shown_as = WHOLE if entry.kieu == "nguyen" else NUMBER
            total = self._added(shape, key)
            if not sheet.keep_formula(row, col, total):
                put_formula(sheet, row, col, self._sum(shape, key), total, self.formats(num_format=shown_as, **_LINE))

    def _sum(self, shape: TableShape, key: str) -> str:
        """The formula of a column's total; a blank that counts as 1 in the figures counts here too."""
        area = _cells(shape, key)
        stands_for = self.layout.plan.blank_counts_as(shape.spec.ma, key)
        if stands_for is None:
            # Nothing written is not 0.
            return f'=IF(COUNT({area})=0,"",SUM({area}))'
        other = _cells(shape, self._first_required(shape))
        formula = f"SUM({area})+{stands_for}*SUMPRODUCT((LEN({other})>0)*(LEN({area})=0))"
        return f'=IF(COUNTA({other})=0,"",{formula})'

    def _added(self, shape: TableShape, key: str) -> object:
        """What that formula gives."""
        rows = self.layout.rows_of(shape.spec.ma)
        if not rows:
            return None
        known = [value for row in rows if (value := number(row.get(key))) is not None]
        total = sum(known, Decimal(0))
        stands_for = self.layout.plan.blank_counts_as(shape.spec.ma, key)
        if stands_for is None:
            return total if known else None
        other = self._first_required(shape)
        begun = [row for row in rows if given(row.get(other))]
        return total + stands_for * sum(not given(row.get(key)) for row in begun) if begun else None

    def _first_required(self, shape: TableShape) -> str:
        return next(entry.khoa for entry in shape.spec.truong if entry.bat_buoc)

    def no_further(self, sheet: Sheet, shape: TableShape) -> None:
        """Columns are open down to the end of the sheet; below the rows that count a clerk is told where to write."""
        rule = {
            "validate": "custom",
            "value": "=FALSE",
            "error_title": "Hết dòng của biểu",
            "error_message": f"Biểu này tính đến dòng {shape.last_row + 1}. Cần thêm dòng thì chèn dòng vào giữa các "
            "dòng đã ghi.",
        }
        must(sheet.data_validation(shape.last_row + 1, 0, _LAST_ROW, shape.last_col, rule), shape.spec.ma)
