"""Where the cells of a unit's own file stand in the clean form, and what is said of them in the new addresses.

A unit may have moved columns, left rows free or lost a key; the clean form has none of that. A finding names cells and
rows of the file it was found in, also inside its sentence; on the marked copy it must name those of the copy.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from dvk_reports.messages.printed import readdressed
from dvk_reports.messages.returns import Msg
from dvk_reports.model.findings import Finding
from dvk_reports.model.returns import Return
from dvk_reports.model.values import column_letter, column_number
from dvk_reports.sheets.forms.layout import Layout


@dataclass(frozen=True)
class Spot:
    """A cell of the clean form that a finding is about; rows and columns count from 0."""

    sheet: str
    row: int
    col: int
    index: int | None = None
    """Tables: which of the copied rows, counted from 0."""
    key: str = ""
    """Empty where the row as a whole is meant: the cell is then that of STT."""
    total: bool = False
    """The cell of a total: the form adds up itself, and nothing is written over it."""

    @property
    def a1(self) -> str:
        return f"{column_letter(self.col + 1)}{self.row + 1}"


class Places:
    """The way from the cells of one return to those of the clean form."""

    def __init__(self, layout: Layout, form: Return) -> None:
        self._layout = layout
        self._form = form
        self._index: dict[str, dict[int, int]] = {}
        self._keys: dict[str, dict[int, str]] = {}
        self._lines: dict[str, dict[str, str]] = {}
        for name, sheet in form.sheets.items():
            self._index[name] = {row.number: index for index, row in enumerate(sheet.rows)}
            self._keys[name] = {place: key for key, place in sheet.columns.items()}
            for row in sheet.rows if name in layout.lines else ():
                self._lines[name] = {value.at.a1: key for key, value in row.values.items()}

    def spot(self, finding: Finding) -> Spot | None:
        """The cell of the clean form, or None where the finding is about a sheet, a file or a thing left out."""
        letters, number = _parts(finding.cell)
        key = finding.key
        if finding.sheet in self._layout.tables:
            row = finding.row or number
            if not key and letters:
                key = self._keys.get(finding.sheet, {}).get(column_number(letters), "")
            return self._in_table(finding.sheet, row, key, finding.rule == Msg.TOTAL_WRONG.name)
        if finding.sheet in self._layout.lines:
            shape = self._layout.lines[finding.sheet]
            key = key or self._lines.get(finding.sheet, {}).get(finding.cell, "")
            if key in shape.rows:
                return Spot(finding.sheet, shape.rows[key], 2, key=key)
        return None

    def _in_table(self, sheet: str, row: int, key: str, total: bool) -> Spot | None:
        shape = self._layout.tables[sheet]
        if total and shape.total_row is not None and key in shape.columns:
            return Spot(sheet, shape.total_row, shape.columns[key], key=key, total=True)
        index = self._index.get(sheet, {}).get(row)
        if index is None:
            return None
        col = shape.columns.get(key)
        if col is None:
            return Spot(sheet, shape.first_row + index, 0, index)
        return Spot(sheet, shape.first_row + index, col, index, key)

    def on_copy(self, finding: Finding) -> Finding:
        """The finding with its cell, its row and its words as they are on the clean form."""
        spot = self.spot(finding)
        return replace(
            finding,
            cell=spot.a1 if spot is not None else "",
            row=spot.row + 1 if spot is not None and spot.index is not None else 0,
            text=self._words(finding.text, finding.sheet),
            remedy=self._words(finding.remedy, finding.sheet),
        )

    def _words(self, text: str, sheet: str) -> str:
        """A sentence with its addresses moved; what the unit wrote stands in quotes and is left alone."""
        if sheet not in self._layout.tables and sheet not in self._layout.lines:
            return text
        return readdressed(text, partial(self._cell, sheet), partial(self._row, sheet))

    def _cell(self, sheet: str, a1: str) -> str:
        letters, number = _parts(a1)
        if sheet in self._layout.tables:
            key = self._keys.get(sheet, {}).get(column_number(letters), "")
            spot = self._in_table(sheet, number, key, False) if key else None
        else:
            shape, key = self._layout.lines[sheet], self._lines.get(sheet, {}).get(a1, "")
            spot = Spot(sheet, shape.rows[key], 2, key=key) if key in shape.rows else None
        return spot.a1 if spot is not None else a1

    def _row(self, sheet: str, named: str, number: int) -> int:
        sheet = named if named in self._layout.tables else sheet
        index = self._index.get(sheet, {}).get(number)
        if index is None or sheet not in self._layout.tables:
            return number
        return self._layout.tables[sheet].first_row + index + 1


def _parts(a1: str) -> tuple[str, int]:
    """``C8`` -> ("C", 8); anything else -> ("", 0)."""
    letters = a1.rstrip("0123456789")
    digits = a1[len(letters) :]
    return (letters, int(digits)) if letters.isalpha() and digits else ("", 0)
