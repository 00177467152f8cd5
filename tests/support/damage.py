"""Returns as units spoil them: edited by another program, or in their XML where no program would do it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

from tests.support.offices import edited

NUMBER = 987_654_321
"""Stands in a cell for a number that no program writes."""


def in_parts(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The workbook with every part as ``change(name, content)`` gives it."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target.getvalue()


def with_number(data: bytes, sheet: str, cell: str, text: str) -> bytes:
    """A cell whose number is written as ``text`` in the file."""
    marked = edited(data, lambda book: setattr(book[sheet][cell], "value", NUMBER))
    return in_parts(marked, lambda name, part: part.replace(f"<v>{NUMBER}</v>".encode(), f"<v>{text}</v>".encode()))


def with_empty_formulas(data: bytes, sheet: str, cells: list[str]) -> bytes:
    """Cells with a formula that shows nothing, as Excel keeps it."""

    def edit(book: Any) -> None:
        for cell in cells:
            book[sheet][cell] = '=IF(1=1,"","x")'

    formula = re.compile(rb'(<c r="[A-Z]+[0-9]+"[^>]*?)(?: t="[a-z]+")?>(<f>IF\(1=1[^<]*</f>)(?:<v ?/>|<v></v>)')

    def shown(name: str, part: bytes) -> bytes:
        return formula.sub(rb'\1 t="str">\2<v></v>', part)

    return in_parts(edited(data, edit), shown)


def with_a_fill_before_the_first(data: bytes) -> bytes:
    """A style table that a careless program wrote: one empty fill too many."""
    first = re.compile(rb"(<fills[^>]*>)")

    def spoilt(name: str, part: bytes) -> bytes:
        return first.sub(rb"\1<fill/>", part, count=1) if name.endswith("styles.xml") else part

    return in_parts(data, spoilt)
