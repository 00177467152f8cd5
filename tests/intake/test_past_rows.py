"""The lines of a past quarter say cell by cell what a careful reading of each cell says, a clerk's edits among them."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial

import pytest

from dvk_reports.intake.back.past import _Lines
from dvk_reports.intake.back.printed import KeyedSheet
from dvk_reports.intake.form.values import ValueParser
from dvk_reports.intake.readers.raw import RawCell, RawSheet
from dvk_reports.model.values import Cell, column_number
from tests.intake.test_reading_forms import PLAN

CELLS = [
    *(RawCell(value) for value in ("Có", "co", "x", "Đang thực hiện", "đang  thực hiện", "12", "1.234", "12,5", "-")),
    *(RawCell(value) for value in (1, True, 1.0, 0, 0.0, -0.0, False, 12.5, 1234567, "30/9/2023", "MH-CB-A-001", " ")),
    *(RawCell(value) for value in (date(2023, 9, 30), datetime(2023, 9, 30), datetime(2023, 9, 30, 8), time(8))),
    RawCell(1, number_format="0%"),
    RawCell(1234, number_format="#,##0"),
    RawCell(1, struck=1),
    RawCell(1, struck=True),
    RawCell(None, struck="cũ"),
    RawCell(None, error="#REF!"),
    RawCell(None, formula=True, source="A1+1"),
    RawCell(7, formula=True, linked=True),
    RawCell("hai dòng\r\ncủa đơn vị"),
]
PLACES = {"none": "", "moved": "AB", "a cell": "C14"}


def sheet_of(keys: list[str], cells: list[RawCell]) -> KeyedSheet:
    """Two lines for each cell: it stands in every column, so that what is remembered is asked for again."""
    found = {(1, col): RawCell(key) for col, key in enumerate(("ma_don_vi", *keys), 1)}
    for line, cell in enumerate([*cells, *reversed(cells), None], 2):
        found[line, 1] = RawCell("CB-A")
        if cell is not None:
            found |= {(line, col): cell for col in range(2, len(keys) + 2)}
    return KeyedSheet(RawSheet("", False, found))


def at(sheet: str, keys: tuple[str, ...], number: int, place: str, key: str) -> Cell:
    letters = place.rstrip("0123456789")
    col = column_number(letters) if letters else keys.index(key) + 2
    return Cell("a.xlsx", sheet, int(place[len(letters) :] or number), col)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", PLAN.sheets)
def test_a_line_of_a_past_quarter_is_read_as_cell_by_cell(name: str, place: str) -> None:
    spec = PLAN.sheets[name]
    sheet = sheet_of(list(spec.keys[:-1]), CELLS)  # its last column has been deleted
    places = dict.fromkeys(spec.keys[1:], PLACES[place]) if PLACES[place] else {}
    lines, parser = _Lines(PLAN, spec, sheet), ValueParser(PLAN, "")
    layout = lines.layout(places)
    for line in sheet.rows:
        number = line + 100
        where = partial(lambda number, key: at(name, spec.keys, number, places.get(key, ""), key), number)
        careful = sheet.row(parser, spec, line, number, places, where)
        quick = lines.row(line, "a.xlsx", number, layout)
        assert list(map(repr, quick.values.items())) == list(map(repr, careful.values.items()))
        assert (quick.sheet, quick.number) == (careful.sheet, careful.number)
