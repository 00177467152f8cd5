"""The forms of a run: each kind is drawn once, and every form is a copy of its kind with its own words and numbers.

A kind is everything but what one unit is told or has written: sheets, ticks, period, rooms of the tables. It is drawn
from a content that names nobody, so nothing of one unit can come into the form of another.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dvk_reports.model.values import Cell
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.register.entries import Hamlet, Unit
from dvk_reports.sheets.base.book import Formats, new_book, parts_of
from dvk_reports.sheets.base.patch import Patched
from dvk_reports.sheets.base.template import Template
from dvk_reports.sheets.forms.fields import accept
from dvk_reports.sheets.forms.heading import unit_is_printed, unit_words
from dvk_reports.sheets.forms.layout import ROOM, FormContent, Layout
from dvk_reports.sheets.forms.workbook import draw_form, fill_form

_NOWHERE = Cell("", "", 0, 0)
_NOBODY = Unit("", "", "", "", False, None, None, (), "", "", "", 0, _NOWHERE)
_NO_HAMLET = Hamlet("", "", "", "", None, None, _NOWHERE)


class Templates:
    """The drawn forms of one plan, kept in memory as long as a run needs them."""

    def __init__(self) -> None:
        self._drawn: dict[str, tuple[Template, str]] = {}

    def filled(self, layout: Layout, front: Callable[[Any, Formats], None] | None = None) -> Patched:
        """A form with what its layout says it holds; ``front`` draws a sheet that stands before those of the form."""
        kind = _kind(layout)
        key = f"{front is not None} {kind}"
        if key not in self._drawn:
            drawn = Layout(layout.plan, kind)
            self._drawn[key] = _drawn(drawn, front), unit_words(drawn)
        template, words = self._drawn[key]
        book = Patched(template)
        if unit_is_printed(layout):
            book.reword(words, unit_words(layout))
        formats = Formats(book)
        fill_form(book.sheets, formats, layout)
        for name, hints in layout.content.hints.items():
            for key in hints:
                _tell(book, layout, name, key)
        return book


def _tell(book: Patched, layout: Layout, name: str, key: str) -> None:
    """The hint of a field with what this unit got wrong there."""
    table, lines = layout.tables.get(name), layout.lines.get(name)
    if table is not None and key in table.columns:
        spec, area = table.spec, (table.first_row, table.columns[key], table.last_row, table.columns[key])
    elif lines is not None and key in lines.rows:
        spec, area = lines.spec, (lines.rows[key], 2, lines.rows[key], 2)
    else:
        return  # this form has no such field
    accept(book.sheets[name], layout, spec, spec.fields[key], area)


def form_bytes(plan: Plan, content: FormContent, templates: Templates | None = None) -> bytes:
    """One form workbook; the same content gives the same bytes. ``templates``: those of the run."""
    return (templates or Templates()).filled(Layout(plan, content)).content()


def _drawn(kind: Layout, front: Callable[[Any, Formats], None] | None) -> Template:
    book = new_book(io.BytesIO(), lean=True)
    formats = Formats(book)
    if front is not None:
        front(book, formats)
    draw_form(book, formats, kind, first=front is None)
    return Template(parts_of(book), formats)


def _kind(layout: Layout) -> FormContent:
    """What a form has in common with others of its kind."""
    content, hamlets = layout.content, 1
    rows: dict[str, Sequence[Mapping[str, object]]] = {}
    for name, shape in layout.tables.items():
        if shape.count <= ROOM:
            continue
        if name == layout.plan.sheet(SheetRole.HAMLETS) and content.hamlets:
            hamlets = shape.given_rows
        else:
            rows[name] = ({},) * shape.given_rows
    return FormContent(
        kind=content.kind,
        given=content.given,
        ticks=content.ticks,
        unit=_NOBODY if content.unit is not None else None,
        quarter=content.quarter,
        window=content.window,
        rows=rows,
        hamlets=(_NO_HAMLET,) * hamlets if content.hamlets else (),
        units=content.units,
    )
