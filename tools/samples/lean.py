"""A returned form with its values and nothing else: as small as many of them in a history have to be.

Sheets, marks, hidden keys, captions, columns, number formats, formulas of totals and of B4 are those of the product's
form, at the same cells; colours, borders, drop-downs, hints and the sheets nobody fills in are left out.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from decimal import Decimal

from dvk_reports.plan.book.rulebook import FieldSpec, Plan
from dvk_reports.sheets.base.book import (
    DATE,
    NUMBER,
    UNSEEN,
    WHOLE,
    Formats,
    Sheet,
    hidden_keys,
    must,
    new_book,
    parts_of,
    put,
    span,
)
from dvk_reports.sheets.base.book import put_formula as put_count
from dvk_reports.sheets.forms.hamlets import count_formula, count_names, models_at
from dvk_reports.sheets.forms.layout import TOTAL, FormContent, Layout, LineShape, TableShape
from dvk_reports.sheets.forms.rules import number


def lean_form(plan: Plan, content: FormContent) -> bytes:
    """The workbook; the same content gives the same bytes."""
    book = new_book(io.BytesIO())
    layout, formats = Layout(plan, content), Formats(book)
    for spec in layout.specs:
        sheet = book.add_worksheet(spec.ma)
        if spec.table:
            _table(sheet, formats, layout, layout.tables[spec.ma])
        else:
            _lines(sheet, formats, layout, layout.lines[spec.ma])
    for name, formula in count_names(layout).items():
        must(book.define_name(name, f"={formula}"), name)
    return _packed(parts_of(book))


def _lines(sheet: Sheet, formats: Formats, layout: Layout, shape: LineShape) -> None:
    put(sheet, 0, 0, _mark(layout, shape.spec.ma))
    put(sheet, 0, 1, shape.spec.ten)
    must(sheet.set_column(0, 0, 4, None, {"hidden": True}), shape.spec.ma)
    must(sheet.set_column(1, 2, 40), shape.spec.ma)
    told = layout.values_of(shape.spec.ma)
    for entry in shape.fields:
        row = shape.rows[entry.khoa]
        put(sheet, row, 0, entry.khoa)
        put(sheet, row, 1, _caption(entry))
        _value(sheet, formats, row, 2, entry, told.get(entry.khoa))


def _table(sheet: Sheet, formats: Formats, layout: Layout, shape: TableShape) -> None:
    spec, told = shape.spec, layout.rows_of(shape.spec.ma)
    hidden_keys(sheet, spec.keys, _mark(layout, spec.ma))
    must(sheet.set_column(0, 0, 5), spec.ma)
    must(sheet.set_column(1, shape.last_col, 18), spec.ma)
    put(sheet, 1, shape.title_col, spec.ten)
    put(sheet, shape.caption_row, 0, "STT")
    put(sheet, shape.number_row, 0, "A")
    group = ""
    for entry in spec.truong:
        col = shape.columns[entry.khoa]
        inner = len(entry.heads) > 1
        if inner and entry.heads[0] != group:
            group = entry.heads[0]
            put(sheet, shape.caption_row, col, group)
        put(sheet, shape.number_row - 1 if inner else shape.caption_row, col, _caption(entry))
        put(sheet, shape.number_row, col, col)
    for index, values in enumerate(told):
        row = shape.first_row + index
        put(sheet, row, 0, index + 1)
        for entry in spec.truong:
            col = shape.columns[entry.khoa]
            if entry.tu_tinh and "B2" in layout.tables and values.get(entry.khoa) is None:
                counted = models_at(layout.plan, layout.rows_of("B2"), values)
                formula = count_formula(shape, row)
                put_count(sheet, row, col, formula, counted, formats(num_format=WHOLE))
            else:
                _value(sheet, formats, row, col, entry, values.get(entry.khoa))
    _totals(sheet, formats, layout, shape)


def last_row(shape: TableShape) -> int:
    """The last row above the total of a form that has it below its rows, as forms once had."""
    return shape.first_row + max(200, shape.given_rows + 50) - 1


def _totals(sheet: Sheet, formats: Formats, layout: Layout, shape: TableShape) -> None:
    last = last_row(shape)
    put(sheet, last + 1, 0, TOTAL, formats(num_format=UNSEEN))
    put(sheet, last + 1, 1, "Tổng cộng")
    told = layout.rows_of(shape.spec.ma)
    for key in shape.sums if told else ():
        col = shape.columns[key]
        known = [value for row in told if (value := number(row.get(key))) is not None]
        area = span("", shape.first_row, col, last, col)
        put_count(sheet, last + 1, col, f"=SUM({area})", sum(known, Decimal()), formats(num_format=NUMBER))


def _value(sheet: Sheet, formats: Formats, row: int, col: int, entry: FieldSpec, value: object) -> None:
    if value is None:
        return
    shapes: Mapping[str, str] = {"ngay": DATE, "nguyen": "0", "so": NUMBER}
    shape = shapes.get(entry.kieu) if not isinstance(value, str) else None
    put(sheet, row, col, value, formats(num_format=shape) if shape else None)


def _caption(entry: FieldSpec) -> str:
    return entry.heads[-1] + " *" * entry.bat_buoc


def _mark(layout: Layout, sheet: str) -> str:
    return f"dvk:{sheet}:{layout.version}"


_LEFT_OUT = ("xl/theme/theme1.xml", "docProps/app.xml", "docProps/core.xml")
_NAMED = re.compile(rb"<(?:Override|Relationship) [^>]*(?:theme|docProps)[^>]*/>")
_SPARE = re.compile(
    rb' spans="[^"]*"|<sheetViews>.*?</sheetViews>|<sheetFormatPr[^>]*/>|<pageMargins[^>]*/>|<dimension[^>]*/>'
)
"""What a worksheet may leave out without meaning anything else."""
_DAY = (2023, 9, 30, 8, 0, 0)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """Without the parts that hold no data, packed as tightly as zip can."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, content in parts.items():
            if name in _LEFT_OUT:
                continue
            if name.endswith((".rels", "[Content_Types].xml")):
                content = _NAMED.sub(b"", content)
            if "/worksheets/" in name:
                content = _SPARE.sub(b"", content)
            part = zipfile.ZipInfo(name, _DAY)
            part.compress_type, part.external_attr, part.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 0
            new.writestr(part, content, compresslevel=9)
    return out.getvalue()
