"""Notes on single cells of a form: what the unit must look at before it sends the form back."""

from __future__ import annotations

from collections.abc import Mapping

from dvk_reports.sheets.base.book import Formats, Sheet, lines_of, must, put
from dvk_reports.sheets.forms.fields import FAULT_FILL, look
from dvk_reports.sheets.forms.layout import Layout

WIDTH, _CHARS, _LINE = 320, 46, 15


def fill_notes(sheets: Mapping[str, Sheet], formats: Formats, layout: Layout) -> None:
    """Write the cells that have a note anew, coloured, with the note."""
    for name, notes in layout.content.notes.items():
        if name not in sheets:
            continue  # a plan that has no such sheet, or has not given it to the unit
        spec = layout.plan.sheets[name]
        for (index, key), text in notes.items():
            if spec.table:
                shape = layout.tables[name]
                row, col = shape.first_row + index, shape.columns[key]
                value = layout.rows_of(name)[index].get(key)
            else:
                row, col, value = layout.lines[name].rows[key], 2, layout.values_of(name).get(key)
            fmt = formats(**look(spec.fields[key], line=not spec.table), bg_color=FAULT_FILL)
            put(sheets[name], row, col, value, fmt)
            must(sheets[name].write_comment(row, col, text, note_looks(text)), f"{name}.{key}")


def note_looks(text: str) -> dict[str, object]:
    """How a note is drawn, large enough for its text."""
    return {
        "author": "",
        "width": WIDTH,
        "height": min(30 + _LINE * lines_of(text, _CHARS), 420),
        "font_name": "Times New Roman",
        "font_size": 10,
        "color": "#FFFFE1",
    }
