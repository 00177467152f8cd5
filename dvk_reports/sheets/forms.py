"""One hand draws every form: blank, prefilled and, with a first sheet before it, marked.

The layout is the one a reader expects: keys and marks, captions, number row, data, total row (tables); keys, captions,
values (key/value sheets). Everything said on it comes from ``forms.yaml``.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from dvk_reports.plan.rulebook import FieldSpec, Longest, Plan, SheetSpec, Unique
from dvk_reports.sheets.book import (
    UNSEEN,
    WHOLE,
    Format,
    Formats,
    Sheet,
    cell,
    close_book,
    hidden_keys,
    lines_of,
    merge,
    must,
    new_book,
    page,
    put,
    put_formula,
    row_height,
    span,
    widths,
)
from dvk_reports.sheets.cover import draw_counters, draw_summary
from dvk_reports.sheets.form_fields import (
    EDGE,
    FAULT_FILL,
    HEAD_FILL,
    NEED_FILL,
    accept,
    colour,
    style,
    whole_without_mark,
)
from dvk_reports.sheets.form_layout import BIA, LISTS, TOTAL, FormContent, Layout, LineShape, TableShape
from dvk_reports.sheets.form_rules import Condition, faults, given, needs, number, shown
from dvk_reports.sheets.guide import draw_guide
from dvk_reports.sheets.hamlets import count_formula, models_at

__all__ = ["FormContent", "draw_form", "form_bytes", "write_form"]

_FREE = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
}
_TALL, _TALLEST = 110, 400


def write_form(target: Path | BinaryIO, plan: Plan, content: FormContent) -> None:
    """Draw one form workbook; the same content gives the same bytes. SheetError where something was not written."""
    book = new_book(target)
    draw_form(book, Formats(book), plan, content)
    close_book(book, "biểu mẫu")


def form_bytes(plan: Plan, content: FormContent) -> bytes:
    """The same in memory."""
    target = io.BytesIO()
    write_form(target, plan, content)
    return target.getvalue()


def draw_form(book: Any, formats: Formats, plan: Plan, content: FormContent) -> Mapping[str, Sheet]:
    """Add all sheets of a form to a workbook that may already hold others (a marked copy); sheet key -> worksheet."""
    layout = Layout(plan, content)
    drawer = _Drawer(formats, layout)
    sheets = {}
    for spec in layout.specs:
        sheet = book.add_worksheet(spec.ma)
        sheets[spec.ma] = sheet
        if spec.table:
            drawer.table(sheet, layout.tables[spec.ma])
        else:
            drawer.lines(sheet, layout.lines[spec.ma])
    draw_guide(book, formats, layout)
    drawer.lists(book.add_worksheet(LISTS))
    sheets[BIA].activate()
    return sheets


class _Drawer:
    def __init__(self, formats: Formats, layout: Layout) -> None:
        self.formats = formats
        self.layout = layout
        self.small = formats(font_size=9, italic=True, font_color="#595959", text_wrap=False)
        self.head = formats(
            bold=True, text_wrap=True, align="center", valign="vcenter", border=1, border_color=EDGE, bg_color=HEAD_FILL
        )
        self.bold = formats(bold=True)
        self.star = formats(bold=True, font_color="#C00000")

    def mark(self, spec: SheetSpec) -> str:
        return f"dvk:{spec.ma}:{self.layout.version}"

    # --- heads -------------------------------------------------------------------------------------------------

    def title(self, sheet: Sheet, spec: SheetSpec, row: int, col: int) -> None:
        name = spec.ten.upper() if spec.ma == BIA else f"Biểu {spec.ma}. {spec.ten.upper()}"
        put(sheet, row, col, name, self.formats(bold=True, font_size=14, valign="vcenter"))
        must(sheet.set_row(row, 24), spec.ma)

    def unit_line(self, sheet: Sheet, row: int, col: int) -> None:
        """Unit and period, taken from BIA so that a blank form shows them as soon as they are written there."""
        told = self.layout.values_of(BIA)
        parts = [("Đơn vị: ", "ten_don_vi"), ("     Mã: ", "ma_don_vi"), ("     Kỳ báo cáo: ", "ky")]
        bia = self.layout.lines[BIA]
        formula = "&".join(
            f'"{lead}"&IF(LEN({bia.at(key, BIA)})=0,"……",{bia.at(key, BIA)})' for lead, key in parts if key in bia.rows
        )
        said = "".join(f"{lead}{shown(told.get(key)) or '……'}" for lead, key in parts)
        put_formula(sheet, row, col, f"={formula}", said, self.bold)

    def legend(self, sheet: Sheet, spec: SheetSpec, row: int, col: int) -> None:
        measure = f"Đơn vị tính: {spec.don_vi_tinh}.   " if spec.don_vi_tinh else ""
        said = "Dấu * : ô bắt buộc.   Ô vàng: còn phải ghi.   Ô cam: cần xem lại.   Bấm vào ô để đọc cách ghi."
        put(sheet, row, col, measure + said, self.small)

    def caption(self, sheet: Sheet, row: int, col: int, text: str, required: bool, fmt: Format) -> None:
        if not required:
            put(sheet, row, col, text, fmt)
            return
        bold = self.formats(bold=True)
        must(sheet.write_rich_string(row, col, bold, text, self.star, " *", fmt), text)

    # --- tables ------------------------------------------------------------------------------------------------

    def table(self, sheet: Sheet, shape: TableShape) -> None:
        spec = shape.spec
        hidden_keys(sheet, spec.keys, self.mark(spec))
        widths(sheet, [5, *(entry.rong for entry in spec.truong)])
        self.title(sheet, spec, 1, shape.title_col)
        self.unit_line(sheet, 2, shape.title_col)
        self.legend(sheet, spec, 3, shape.title_col)
        self.captions(sheet, shape)
        self.rows(sheet, shape)
        self.totals(sheet, shape)
        self.colours(sheet, shape)
        for entry in spec.truong:
            col = shape.columns[entry.khoa]
            accept(sheet, self.layout, spec, entry, (shape.first_row, col, shape.last_row, col))
        must(
            sheet.ignore_errors(
                {"number_stored_as_text": span("", shape.first_row, 1, shape.last_row, shape.last_col)}
            ),
            spec.ma,
        )
        must(sheet.autofilter(shape.number_row, 0, shape.last_row, shape.last_col), spec.ma)
        sheet.freeze_panes(shape.first_row, shape.frozen_cols)
        sheet.protect("", _FREE)
        page(
            sheet,
            pages_wide=shape.pages_wide,
            head=(shape.caption_row, shape.number_row),
            left=(0, 1),
            area=(1, 0, shape.last_printed, shape.last_col),
            foot=f"Biểu {spec.ma}",
        )

    def captions(self, sheet: Sheet, shape: TableShape) -> None:
        top, number_row = shape.caption_row, shape.number_row
        merge(sheet, top, 0, number_row - 1, 0, "STT", self.head)
        group_from: dict[str, list[int]] = {}
        for entry in shape.spec.truong:
            col = shape.columns[entry.khoa]
            if len(entry.heads) > 1:
                group_from.setdefault(entry.heads[0], []).append(col)
            elif shape.grouped:
                merge(sheet, top, col, number_row - 1, col, entry.ten, self.head)
            row = number_row - 1 if len(entry.heads) > 1 else top
            self.caption(sheet, row, col, entry.heads[-1], entry.bat_buoc, self.head)
        for name, cols in group_from.items():
            merge(sheet, top, cols[0], top, cols[-1], name, self.head)
        tall = row_height((entry.heads[-1] + " *" * entry.bat_buoc, entry.rong - 1.5) for entry in shape.spec.truong)
        if shape.grouped:
            must(sheet.set_row(top, 30), shape.spec.ma)
            tall = max(tall - 30, 48)
        must(sheet.set_row(number_row - 1, tall), shape.spec.ma)
        small = self.formats(
            align="center", italic=True, font_size=9, border=1, border_color=EDGE, bg_color=HEAD_FILL, num_format="0"
        )
        put(sheet, number_row, 0, "A", small)
        for col in shape.columns.values():
            put(sheet, number_row, col, col, small)

    def rows(self, sheet: Sheet, shape: TableShape) -> None:
        spec, layout = shape.spec, self.layout
        told = layout.rows_of(spec.ma)
        by_register = spec.ma == "B4" and bool(layout.content.hamlets)
        styles = {
            entry.khoa: style(entry, self.formats, locked=entry.tu_tinh or (by_register and entry.in_san))
            for entry in spec.truong
        }
        order = self.formats(align="center", border=1, border_color=EDGE, locked=False)
        free = list(layout.content.free_codes) if spec.ma == "B2" else []
        code = next((entry.khoa for entry in spec.truong if entry.cho_san), None)
        for index in range(shape.count):
            row = shape.first_row + index
            put(sheet, row, 0, index + 1, order)
            values = dict(told[index]) if index < len(told) else {}
            if not values and code is not None and index - len(told) < len(free):
                values = {code: free[index - len(told)]}
            for entry in spec.truong:
                self._cell(sheet, shape, entry, row, values, styles[entry.khoa])
            texts = [(shown(values.get(entry.khoa)), entry.rong) for entry in spec.truong if entry.kieu == "chu"]
            if any(lines_of(text, width) > 1 for text, width in texts):
                # Only where needed: a row with a height of its own no longer grows while one types.
                must(sheet.set_row(row, min(row_height(texts), _TALLEST)), spec.ma)

    def _cell(
        self, sheet: Sheet, shape: TableShape, entry: FieldSpec, row: int, values: Mapping[str, object], fmt: Format
    ) -> None:
        col, value = shape.columns[entry.khoa], values.get(entry.khoa)
        models = self.layout.tables.get("B2")
        counts = entry.tu_tinh and (values or not self.layout.content.hamlets)
        if models is None or not counts or given(value):
            put(sheet, row, col, value, fmt)
            return
        found = models_at(self.layout.plan, self.layout.rows_of("B2"), values) if values else None
        put_formula(sheet, row, col, count_formula(self.layout.plan, models, shape, row), found, fmt)

    def totals(self, sheet: Sheet, shape: TableShape) -> None:
        row = shape.total_row
        line = self.formats(bold=True, top=2, bottom=1, bg_color=HEAD_FILL, num_format="#,##0.###")
        whole = self.formats(bold=True, top=2, bottom=1, bg_color=HEAD_FILL, num_format=WHOLE)
        put(sheet, row, 0, TOTAL, self.formats(num_format=UNSEEN, top=2, bottom=1, bg_color=HEAD_FILL))
        for entry in shape.spec.truong:
            put(sheet, row, shape.columns[entry.khoa], "Tổng cộng" if shape.columns[entry.khoa] == 1 else None, line)
        above = self.formats(italic=True, bold=True, font_size=9, num_format="#,##0.###")
        above_whole = self.formats(italic=True, bold=True, font_size=9, num_format=WHOLE)
        if shape.sum_row is not None:
            put(sheet, shape.sum_row, 0, "Cộng", above)
        for key in shape.sums:
            entry, col = shape.spec.fields[key], shape.columns[key]
            formula, total = self._sum(shape, key)
            put_formula(sheet, row, col, formula, total, whole if entry.kieu == "nguyen" else line)
            if entry.kieu == "so":
                whole_without_mark(sheet, self.formats, (row, col, row, col))
            if shape.sum_row is not None:
                at = cell(row, col, row_abs=True)
                put_formula(
                    sheet,
                    shape.sum_row,
                    col,
                    f'=IF(LEN({at})=0,"",{at})',
                    total,
                    above_whole if entry.kieu == "nguyen" else above,
                )
                if entry.kieu == "so":
                    whole_without_mark(sheet, self.formats, (shape.sum_row, col, shape.sum_row, col))

    def _sum(self, shape: TableShape, key: str) -> tuple[str, object]:
        """Formula and value of a column's total; a blank that counts as 1 in the figures counts here too."""
        rows = self.layout.rows_of(shape.spec.ma)
        total = sum((known for row in rows if (known := number(row.get(key))) is not None), Decimal(0))
        area = shape.column(key)
        stands_for = self._blank_counts_as(shape.spec.ma, key)
        if stands_for is None:
            # Nothing written is not 0.
            known_at_all = any(number(row.get(key)) is not None for row in rows)
            return f'=IF(COUNT({area})=0,"",SUM({area}))', total if known_at_all else None
        other = next(entry.khoa for entry in shape.spec.truong if entry.bat_buoc)
        started = f"(LEN({shape.column(other)})>0)*(LEN({shape.column(key)})=0)"
        total += stands_for * sum(given(row.get(other)) and not given(row.get(key)) for row in rows)
        begun = sum(given(row.get(other)) for row in rows)
        formula = f"SUM({area})+{stands_for}*SUMPRODUCT({started})"
        return f'=IF(COUNTA({shape.column(other)})=0,"",{formula})', total if begun else None

    def _blank_counts_as(self, sheet: str, key: str) -> int | None:
        for spec in self.layout.plan.figures.chi_tieu:
            if spec.phep.tong == sheet and spec.phep.cot == key and spec.phep.de_trong_la is not None:
                return spec.phep.de_trong_la
        return None

    def colours(self, sheet: Sheet, shape: TableShape) -> None:
        spec, ref = shape.spec, shape.in_row(shape.first_row)

        def area(key: str) -> tuple[int, int, int, int]:
            return shape.first_row, shape.columns[key], shape.last_row, shape.columns[key]

        begun = self._begun(shape)
        for key, need in needs(spec, self.layout.setting).items():
            colour(sheet, self.formats, area(key), f"AND({begun},{need.formula(ref)}>0)", NEED_FILL)
        for key, fault in faults(spec, self.layout.setting).items():
            colour(sheet, self.formats, area(key), f"{fault.formula(ref)}>0", FAULT_FILL)
        for key in _once(spec):
            at = ref(key)
            again = f"AND(LEN({at})>0,COUNTIF({shape.column(key)},{at})>1)"
            colour(sheet, self.formats, area(key), again, FAULT_FILL)
        for entry in spec.truong:
            if entry.kieu == "so":
                whole_without_mark(sheet, self.formats, area(entry.khoa))

    def _begun(self, shape: TableShape) -> str:
        """COUNTA over the fields that make a row, in as few stretches as possible."""
        stretches: list[list[int]] = []
        for entry in shape.spec.truong:
            col = shape.columns[entry.khoa]
            if entry.cho_san or entry.tu_tinh:
                continue
            if stretches and stretches[-1][1] == col - 1:
                stretches[-1][1] = col
            else:
                stretches.append([col, col])
        row = shape.first_row
        ends = [f"{cell(row, a, col_abs=True)}:{cell(row, b, col_abs=True)}" for a, b in stretches]
        return f"COUNTA({','.join(ends)})>0"

    # --- key/value sheets --------------------------------------------------------------------------------------

    def lines(self, sheet: Sheet, shape: LineShape) -> None:
        spec = shape.spec
        put(sheet, 0, 0, self.mark(spec))
        widths(sheet, shape.widths)
        must(sheet.set_column(0, 0, 4, None, {"hidden": True}), spec.ma)
        self.title(sheet, spec, 0, 1)
        if spec.ma == BIA:
            put(sheet, 1, 1, self.layout.plan.info.ten, self.bold)
            draw_summary(sheet, self.formats, self.layout)
        else:
            self.unit_line(sheet, 1, 1)
            self.legend(sheet, spec, 2, 1)
        for col, text in ((1, "Nội dung"), (2, "Ghi vào đây")):
            put(sheet, shape.first_row - 1, col, text, self.head)
        merge(sheet, shape.first_row - 1, 3, shape.first_row - 1, 5, "Cách ghi", self.head)
        for entry in shape.fields:
            self._line(sheet, shape, entry)
        self._line_colours(sheet, shape)
        last = shape.last_row
        if spec.ma == BIA:
            last = draw_counters(sheet, self.formats, self.layout)
        must(sheet.ignore_errors({"number_stored_as_text": span("", shape.first_row, 2, shape.last_row, 2)}), spec.ma)
        sheet.freeze_panes(shape.first_row, 2)
        sheet.protect("", _FREE)
        page(sheet, landscape=False, head=None, area=(0, 1, last, 5), foot=f"Biểu {spec.ma}")

    def _line(self, sheet: Sheet, shape: LineShape, entry: FieldSpec) -> None:
        row, spec = shape.rows[entry.khoa], shape.spec
        value = self.layout.values_of(spec.ma).get(entry.khoa)
        # What the office has printed decides whose return it is; a blank form has nothing printed but its version.
        printed = entry.in_san and (self.layout.content.unit is not None or entry.khoa == "ma_mau")
        label = self.formats(text_wrap=True, border=1, border_color=EDGE, valign="vcenter")
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
        self.caption(sheet, row, 1, entry.ten, entry.bat_buoc, label)
        put(sheet, row, 2, value, style(entry, self.formats, locked=printed, line=True))
        merge(sheet, row, 3, row, 5, entry.huong_dan, hint)
        accept(sheet, self.layout, spec, entry, (row, 2, row, 2))
        if entry.kieu == "so":
            whole_without_mark(sheet, self.formats, (row, 2, row, 2))
        own = row_height([(shown(value), shape.widths[2]), (entry.ten + " *", shape.widths[1] - 2)])
        hinted = row_height([(entry.huong_dan, sum(shape.widths[3:]) * 1.2)], 9)
        tall = _TALL if any(isinstance(rule, Longest) and rule.o == entry.khoa for rule in spec.luat) else 0
        must(sheet.set_row(row, min(max(own, hinted, tall), _TALLEST)), spec.ma)

    def _line_colours(self, sheet: Sheet, shape: LineShape) -> None:
        def paint(found: Mapping[str, Condition], fill: str) -> None:
            for key, condition in found.items():
                if key in shape.rows:
                    row = shape.rows[key]
                    colour(sheet, self.formats, (row, 2, row, 2), f"{condition.formula(shape.here())}>0", fill)

        paint(needs(shape.spec, self.layout.setting), NEED_FILL)
        paint(faults(shape.spec, self.layout.setting), FAULT_FILL)

    # --- lists -------------------------------------------------------------------------------------------------

    def lists(self, sheet: Sheet) -> None:
        """The labels of all drop-downs, and in A2:A3 the days of the period (found from BIA on the blank form)."""
        put(sheet, 0, 0, f"dvk:{LISTS}:{self.layout.version}")
        day = self.formats(num_format="dd/mm/yyyy")
        period = self.layout.lines[BIA].at("ky", BIA)
        month = f"DATE(VALUE(LEFT({period},4)),VALUE(RIGHT({period},1))*3"
        for row, bound, formula in ((1, self.layout.setting.first, "-2,1)"), (2, self.layout.setting.last, "+1,0)")):
            if bound.day is not None:
                put(sheet, row, 0, bound.day, day)
            else:
                put_formula(sheet, row, 0, f'=IFERROR({month}{formula},"")', None, day)
        for col, (name, labels) in enumerate(self.layout.lists.items(), 1):
            put(sheet, 0, col, name)
            for row, label in enumerate(labels, 1):
                put(sheet, row, col, label)
        names = dict(self.layout.content.units)
        if names:
            for row, code in enumerate(self.layout.lists["don_vi"], 1):
                put(sheet, row, len(self.layout.lists) + 1, names[code])
        sheet.protect("")
        sheet.very_hidden()


def _once(spec: SheetSpec) -> tuple[str, ...]:
    """Fields whose values alone may not repeat."""
    return tuple(rule.o[0] for rule in spec.luat if isinstance(rule, Unique) and len(rule.o) == 1)
