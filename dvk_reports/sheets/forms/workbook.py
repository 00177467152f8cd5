"""Draws every form: blank, prefilled and, behind a first sheet of its own, the marked copy.

The layout is the one a reader expects: keys and marks, captions, number row, data, total row (tables); keys, captions,
values (key/value sheets). Everything said on it comes from ``forms.yaml``.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.sheets.base.book import DATE, Formats, Sheet, close_book, must, new_book, put, put_formula
from dvk_reports.sheets.forms.guide import draw_guide
from dvk_reports.sheets.forms.heading import HeadingWriter
from dvk_reports.sheets.forms.layout import FIRST_DAY, LAST_DAY, LISTS, PRINTED, REPORT_KIND, FormContent, Layout
from dvk_reports.sheets.forms.lines import draw_lines
from dvk_reports.sheets.forms.notes import draw_notes
from dvk_reports.sheets.forms.tables import draw_table

__all__ = ["FormContent", "draw_form", "form_bytes", "write_form"]


def write_form(target: Path | BinaryIO, plan: Plan, content: FormContent) -> None:
    """Draw one form workbook; the same content gives the same bytes. SheetError where something was not written."""
    book = new_book(target)
    draw_form(book, Formats(book), plan, content)
    close_book(book, "biểu mẫu")


def form_bytes(plan: Plan, content: FormContent) -> bytes:
    """One form workbook as bytes."""
    target = io.BytesIO()
    write_form(target, plan, content)
    return target.getvalue()


def draw_form(
    book: Any, formats: Formats, plan: Plan, content: FormContent, begin: Callable[[str, Sheet], None] | None = None
) -> Mapping[str, Sheet]:
    """Add all sheets of a form to a workbook; sheet key -> worksheet.

    ``begin`` is for a workbook that holds a first sheet of its own (a marked copy): it is called with every sheet while
    that is still empty, and the cover is then not the sheet one sees first.
    """
    layout = Layout(plan, content)
    heading = HeadingWriter(formats, layout)
    sheets = {}
    for spec in layout.specs:
        sheet = book.add_worksheet(spec.ma)
        sheets[spec.ma] = sheet
        if begin is not None:
            begin(spec.ma, sheet)
        if spec.table:
            draw_table(heading, sheet, layout.tables[spec.ma])
        else:
            draw_lines(heading, sheet, layout.lines[spec.ma])
    draw_notes(sheets, formats, layout)
    draw_guide(book, formats, layout)
    names = {
        FIRST_DAY: f"'{LISTS}'!$A$2",
        LAST_DAY: f"'{LISTS}'!$A$3",
        REPORT_KIND: layout.lines[layout.cover].at("loai_bao_cao", layout.cover),
    }
    for spec in layout.specs:
        if spec.table:
            names[f"'{spec.ma}'!{PRINTED}"] = layout.tables[spec.ma].print_area
            names[f"'{spec.ma}'!_xlnm.Print_Area"] = f"'{spec.ma}'!{PRINTED}"
    for name, place in names.items():
        must(book.define_name(name, f"={place}"), name)
    _draw_lists(heading, book.add_worksheet(LISTS))
    if begin is None:
        sheets[layout.cover].activate()
    return sheets


def _draw_lists(heading: HeadingWriter, sheet: Sheet) -> None:
    """The labels of all drop-downs, and in A2:A3 the days of the period (found from the cover on a blank form)."""
    layout = heading.layout
    put(sheet, 0, 0, f"dvk:{LISTS}:{layout.version}")
    day = heading.formats(num_format=DATE)
    period = layout.lines[layout.cover].at("ky", layout.cover)
    month = f"DATE(VALUE(LEFT({period},4)),VALUE(RIGHT({period},1))*3"
    for row, bound, formula in ((1, layout.setting.first, "-2,1)"), (2, layout.setting.last, "+1,0)")):
        if bound.day is not None:
            put(sheet, row, 0, bound.day, day)
        else:
            put_formula(sheet, row, 0, f'=IFERROR({month}{formula},"")', None, day)
    for col, (name, labels) in enumerate(layout.lists.items(), 1):
        put(sheet, 0, col, name)
        for row, label in enumerate(labels, 1):
            put(sheet, row, col, label)
    names = dict(layout.content.units)
    if names:
        for row, code in enumerate(layout.lists["don_vi"], 1):
            put(sheet, row, len(layout.lists) + 1, names[code])
    sheet.protect("")
    sheet.very_hidden()
