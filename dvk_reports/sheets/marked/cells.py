"""The marks on the cells of a marked copy: colour and edge by level, a note with what is wrong and what to do.

The colour is there twice: as the cell's own, and as the first conditional format, which yields to a pale green once the
cell holds something else. Without the second the form's own yellow of a blank cell would lie over the mark, and a
mended cell would stay red.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from dvk_reports.model.findings import Finding, Level
from dvk_reports.sheets.base.book import Formats, Sheet, cell, must, put, put_formula, quoted
from dvk_reports.sheets.forms.fields import look
from dvk_reports.sheets.forms.layout import Layout
from dvk_reports.sheets.forms.notes import note_looks
from dvk_reports.sheets.forms.rules import number, shown
from dvk_reports.sheets.marked.places import Spot
from dvk_reports.sheets.marked.values import Written

# Thick, dashed and dotted edges tell the levels apart on a black and white print.
LOOKS: Mapping[Level, dict[str, Any]] = {
    Level.BLOCK: {"bg_color": "#FF9C9C", "border": 5, "border_color": "#C00000"},
    Level.WARNING: {"bg_color": "#FFC266", "border": 8, "border_color": "#C55A11"},
    Level.NOTE: {"bg_color": "#BDD7EE", "border": 4, "border_color": "#2E75B6"},
}
MENDED = "#E2EFDA"
_LONGEST_NOTE = 4_000


@dataclass
class _Mark:
    findings: list[Finding] = field(default_factory=list)
    value: object = None

    @property
    def level(self) -> Level:
        return min((finding.level for finding in self.findings), key=lambda level: level.rank)


class Marker:
    """Gathers what is to be marked, and draws it on the sheets of the form."""

    def __init__(self, formats: Formats, layout: Layout) -> None:
        self._formats = formats
        self._layout = layout
        self._marks: dict[str, dict[tuple[int, int], tuple[Spot, _Mark]]] = {}
        self._kept: dict[tuple[str, int, int], tuple[Spot, Written]] = {}
        self._levels: dict[str, list[Level]] = {}

    def mark(self, spot: Spot, finding: Finding, value: object) -> None:
        """One finding on one cell, which now holds ``value``; several on a cell share its note."""
        held = self._marks.setdefault(spot.sheet, {}).setdefault((spot.row, spot.col), (spot, _Mark(value=value)))
        held[1].findings.append(finding)
        self.note_sheet(spot.sheet, finding.level)

    def note_sheet(self, sheet: str, level: Level) -> None:
        """Something is wrong on a sheet: its tab takes the colour of the gravest."""
        self._levels.setdefault(sheet, []).append(level)

    def keep(self, sheet: str, index: int | None, key: str, written: Written) -> None:
        """A cell that must be written as an error, in an old font, or struck out."""
        if index is None:
            spot = Spot(sheet, self._layout.lines[sheet].rows[key], 2, key=key)
        else:
            shape = self._layout.tables[sheet]
            spot = Spot(sheet, shape.first_row + index, shape.columns[key], index, key)
        self._kept[sheet, spot.row, spot.col] = (spot, written)

    def draw(self, sheets: Mapping[str, Sheet]) -> None:
        """Write the marked cells anew, with their notes."""
        for name, sheet in sheets.items():
            for spot, mark in self._marks.get(name, {}).values():
                self._write(sheet, spot, mark)
                same = self._unchanged(spot, mark)
                # Stopping the others, it lies over the form's own colours.
                self._colour(sheet, spot, same, LOOKS[mark.level]["bg_color"], stop_if_true=True)
                self._colour(sheet, spot, f"NOT({same})", MENDED)
                must(sheet.write_comment(spot.row, spot.col, *_note(mark.findings)), f"{name}!{spot.a1}")
            if name in self._levels:
                worst = min(self._levels[name], key=lambda level: level.rank)
                sheet.set_tab_color(LOOKS[worst]["bg_color"])
        for (name, row, col), (spot, _) in self._kept.items():
            if (row, col) not in self._marks.get(name, {}):
                self._write(sheets[name], spot, None)

    def _colour(self, sheet: Sheet, spot: Spot, formula: str, fill: str, **more: bool) -> None:
        rule = {"type": "formula", "criteria": f"={formula}", "format": self._formats(bg_color=fill), **more}
        must(sheet.conditional_format(spot.row, spot.col, spot.row, spot.col, rule), f"{spot.sheet}!{spot.a1}")

    def _write(self, sheet: Sheet, spot: Spot, mark: _Mark | None) -> None:
        _, kept = self._kept.get((spot.sheet, spot.row, spot.col), (spot, None))
        shape = self._look(spot)
        if mark is not None:
            shape |= LOOKS[mark.level]
        if kept is not None and kept.font:
            shape["font_name"] = kept.font
        if kept is not None and kept.struck:
            shape["font_strikeout"] = True
        fmt = self._formats(**shape)
        if kept is not None and kept.error:
            put_formula(sheet, spot.row, spot.col, f"={kept.error}", kept.error, fmt)
        else:
            put(sheet, spot.row, spot.col, mark.value if mark is not None else kept.value if kept else None, fmt)

    def _look(self, spot: Spot) -> dict[str, Any]:
        """The cell's own format; what is marked may be written to, but for the lines the office prints."""
        spec = self._layout.plan.sheets[spot.sheet]
        if not spot.key:
            return {"align": "center", "border": 1, "locked": False}
        entry = spec.fields[spot.key]
        return look(entry, locked=spot.sheet == self._layout.cover and entry.in_san, line=not spec.table)

    def _unchanged(self, spot: Spot, mark: _Mark) -> str:
        """Whether the cell still holds what the unit wrote."""
        at = cell(spot.row, spot.col, row_abs=True, col_abs=True)
        kept = self._kept.get((spot.sheet, spot.row, spot.col))
        if kept is not None and kept[1].error:
            return f"ISERROR({at})"
        value = mark.value
        if value is None or value == "":
            return f"(LEN({at})=0)"
        if isinstance(value, int | Decimal | date) and not isinstance(value, bool):
            return f"AND(ISNUMBER({at}),{at}={number(value)})"
        text = shown(value)
        # A text inside a formula has its bounds, and none of it may be a line break.
        start = text.split("\n", 1)[0][:100]
        same = f"EXACT({at},{quoted(text)})" if start == text else f"(LEFT({at},{len(start)})={quoted(start)})"
        return same


def _note(findings: list[Finding]) -> tuple[str, dict[str, Any]]:
    """Text of a cell's note and how it is drawn."""
    parts = [f"{f.level.value} ({f.code}): {f.text}\nCách sửa: {f.remedy}" for f in findings]
    text = "\n\n".join(parts)[:_LONGEST_NOTE]
    return text, note_looks(text)
