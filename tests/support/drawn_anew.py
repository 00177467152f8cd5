"""Forms drawn by XlsxWriter with everything they hold, as the forms of a run would be were they not copied."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

from dvk_reports.sheets.base.book import Formats, Sheet, close_book, new_book
from dvk_reports.sheets.forms.layout import Layout
from dvk_reports.sheets.forms.templates import Templates
from dvk_reports.sheets.forms.workbook import draw_form


class DrawnAnew(Templates):
    """Draws each form by itself."""

    def filled(self, layout: Layout, front: Callable[[Any, Formats], None] | None = None) -> Any:
        return _Book(layout, front)


class _Book:
    def __init__(self, layout: Layout, front: Callable[[Any, Formats], None] | None) -> None:
        self.target = io.BytesIO()
        self.book = new_book(self.target, lean=True)
        formats = Formats(self.book)
        if front is not None:
            front(self.book, formats)
        draw_form(self.book, formats, layout, first=front is None)
        self.sheets: Mapping[str, Sheet] = {sheet.get_name(): sheet for sheet in self.book.worksheets()}
        self.add_format = self.book.add_format

    def content(self) -> bytes:
        close_book(self.book, "bản thử")
        return self.target.getvalue()
