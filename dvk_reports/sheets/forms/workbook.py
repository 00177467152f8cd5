"""Draws every form: blank, prefilled and, behind a first sheet of its own, the marked copy.

What forms of a kind have in common is drawn, what one of them holds is filled in: the second goes for a sheet of
XlsxWriter as for one that is patched.

The layout is the one a reader expects: keys and marks, total row, captions, number row, data (tables); keys, captions,
values (key/value sheets). Everything said on it comes from ``forms.yaml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dvk_reports.sheets.base.book import DATE, Formats, Sheet, must, put, put_formula
from dvk_reports.sheets.forms.cover import colour_tab
from dvk_reports.sheets.forms.guide import draw_guide
from dvk_reports.sheets.forms.hamlets import count_names
from dvk_reports.sheets.forms.heading import HeadingWriter, unit_formula, unit_is_printed
from dvk_reports.sheets.forms.layout import (
    FIRST_DAY,
    LAST_DAY,
    LISTS,
    NO_NUMBER,
    NO_NUMBER_CELLS,
    REPORT_KIND,
    UNIT_LINE,
    FormContent,
    Layout,
)
from dvk_reports.sheets.forms.lines import draw_lines, fill_lines
from dvk_reports.sheets.forms.notes import fill_notes
from dvk_reports.sheets.forms.tables import draw_table, fill_table

__all__ = ["FormContent", "draw_form", "fill_form"]


def draw_form(book: Any, formats: Formats, layout: Layout, *, first: bool = True) -> Mapping[str, Sheet]:
    """Add all sheets of a form, with what it holds, to a workbook of XlsxWriter; sheet key -> worksheet.

    ``first``: the cover is the sheet one sees first.
    """
    heading = HeadingWriter(formats, layout)
    sheets = {spec.ma: book.add_worksheet(spec.ma) for spec in layout.specs}
    for name, table in layout.tables.items():
        draw_table(heading, sheets[name], table)
    for name, lines in layout.lines.items():
        draw_lines(heading, sheets[name], lines)
    for spec in layout.specs:
        colour_tab(sheets[spec.ma], layout, spec)
    draw_guide(book, formats, layout)
    names = {
        FIRST_DAY: f"'{LISTS}'!$A$2",
        LAST_DAY: f"'{LISTS}'!$A$3",
        REPORT_KIND: layout.lines[layout.cover].at("loai_bao_cao", layout.cover),
        **({NO_NUMBER_CELLS: layout.range_of(NO_NUMBER)} if NO_NUMBER in layout.lists else {}),
        **({} if unit_is_printed(layout) else {UNIT_LINE: unit_formula(layout)}),
        **count_names(layout),
    }
    for name, place in names.items():
        must(book.define_name(name, f"={place}"), name)
    _draw_lists(heading, book.add_worksheet(LISTS))
    if first:
        sheets[layout.cover].activate()
    fill_form(sheets, formats, layout)
    return sheets


def fill_form(sheets: Mapping[str, Sheet], formats: Formats, layout: Layout) -> None:
    """Write what one form holds, and everything that depends on it."""
    heading = HeadingWriter(formats, layout)
    for name, table in layout.tables.items():
        fill_table(heading, sheets[name], table)
    for name, lines in layout.lines.items():
        fill_lines(heading, sheets[name], lines)
    fill_notes(sheets, formats, layout)


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
