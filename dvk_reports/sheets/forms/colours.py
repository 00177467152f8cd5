"""What a table sheet shows by itself: cells still to be filled, cells to look at again, the edges of the rows in use.

No blank cell is drawn, so edges and fills are conditional formats over all rows that may be filled. Excel adds up the
looks of all rules that hold; LibreOffice takes the first alone, which is why each of them draws the edges too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from dvk_reports.plan.book.rulebook import SheetSpec, Unique
from dvk_reports.sheets.base.book import WHOLE, Formats, Sheet, cell
from dvk_reports.sheets.forms.fields import (
    EDGES,
    FAULT_FILL,
    NEED_FILL,
    OWN,
    PRINTED_FILL,
    is_whole,
    look_where,
    stretches,
)
from dvk_reports.sheets.forms.layout import Layout, TableShape
from dvk_reports.sheets.forms.rules import Condition, Ref, faults, filled, needs


def draw_colours(sheet: Sheet, formats: Formats, layout: Layout, shape: TableShape, locked: Iterable[str]) -> None:
    """Colour a table; ``locked``: the fields that the office or the form itself fills in."""
    spec, setting = shape.spec, layout.setting
    begun = _some(shape, (key for key in spec.keys if not (spec.fields[key].cho_san or spec.fields[key].tu_tinh)))
    in_use = f"COUNTA({cell(shape.first_row, 0, col_abs=True)}:{cell(shape.first_row, shape.last_col, col_abs=True)})>0"

    def need(key: str, ref: Ref) -> str:
        return f"AND({begun},{asked[key].formula(ref)})"

    def fault(key: str, ref: Ref) -> str:
        return wrong[key].formula(ref)

    def again(key: str, ref: Ref) -> str:
        return f"AND({filled(key).formula(ref)},COUNTIF({shape.column(key)},{ref(key)})>1)"

    asked: Mapping[str, Condition] = needs(spec, setting)
    wrong: Mapping[str, Condition] = faults(spec, setting)
    decimals = [entry.khoa for entry in spec.truong if entry.kieu == "so"]
    rules: list[tuple[Iterable[str], Callable[[str, Ref], str], dict[str, Any]]] = [
        (asked, need, {"bg_color": NEED_FILL}),
        (wrong, fault, {"bg_color": FAULT_FILL}),
        (_once(spec), again, {"bg_color": FAULT_FILL}),
        (decimals, lambda key, ref: is_whole(ref(key)), {"num_format": WHOLE}),
        (locked, lambda key, ref: in_use, {"bg_color": PRINTED_FILL}),
    ]
    for keys, formula, look in rules:
        for text, cols in _grouped(shape, keys, formula):
            own = cell(shape.first_row, cols[0])
            areas = [(shape.first_row, first, shape.last_row, last) for first, last in stretches(cols)]
            look_where(sheet, areas, text.replace(OWN, own), formats(**EDGES, **look))
    look_where(sheet, [(shape.first_row, 0, shape.last_row, shape.last_col)], in_use, formats(**EDGES))


def _grouped(
    shape: TableShape, keys: Iterable[str], formula: Callable[[str, Ref], str]
) -> Iterator[tuple[str, list[int]]]:
    """Formulas with the columns under each, from left to right: alike for all, or alike but for each one's own cell."""
    ref = shape.in_row(shape.first_row)
    refs = {key: ref(key) for key in shape.columns}
    keys = tuple(keys)
    times = Counter(formula(key, ref) for key in keys)
    found: dict[str, list[int]] = {}
    for key in keys:
        text = formula(key, ref)
        if times[text] == 1:
            text = formula(key, {**refs, key: OWN}.__getitem__)
        found.setdefault(text, []).append(shape.columns[key])
    return ((text, sorted(cols)) for text, cols in found.items())


def _some(shape: TableShape, keys: Iterable[str]) -> str:
    """Whether anything stands in these fields of the first row, in as few stretches as possible."""
    row = shape.first_row
    ends = (
        f"{cell(row, first, col_abs=True)}:{cell(row, last, col_abs=True)}"
        for first, last in stretches(shape.columns[key] for key in keys)
    )
    return f"COUNTA({','.join(ends)})>0"


def _once(spec: SheetSpec) -> tuple[str, ...]:
    """Fields whose values alone may not repeat."""
    return tuple(rule.o[0] for rule in spec.luat if isinstance(rule, Unique) and len(rule.o) == 1)
