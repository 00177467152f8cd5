"""The work of reading a form grows with what the unit filled in: lines that are only drawn cost one look."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator
from dataclasses import replace

import pytest

from dvk_reports.intake.form import answers, captions, drawn, lines, places
from dvk_reports.intake.readers.raw import RawBook, RawCell, RawSheet
from dvk_reports.model.returns import Return
from dvk_reports.vietnamese import text
from tests.support.raw_forms import BOOK, edited, form

DRAWN = {f"A{row}": row - 7 for row in range(9, 208)}
"""Serial numbers of the free lines of B10."""
FILLED = {f"{col}{row}": value for row in range(9, 19) for col, value in (("B", "Hội nghị"), ("E", 2))}
"""Ten more records there."""


class Counted(dict[tuple[int, int], RawCell]):
    """The cells of a sheet, which count how often they are gone through from first to last."""

    def __init__(self, cells: dict[tuple[int, int], RawCell]) -> None:
        super().__init__(cells)
        self.times = 0

    def items(self) -> ItemsView[tuple[int, int], RawCell]:  # type: ignore[override]
        self.times += 1
        return super().items()

    def __iter__(self) -> Iterator[tuple[int, int]]:
        self.times += 1
        return super().__iter__()


def counted(book: RawBook) -> RawBook:
    return replace(book, sheets=tuple(replace(raw, cells=Counted(raw.cells)) for raw in book.sheets))


def without_marks(book: RawBook) -> RawBook:
    """The form with its hidden keys gone, so that each sheet is held against the captions of every sheet."""
    for raw in BOOK.sheets:
        book = edited(raw.name, {f"A{row}": None for row in (1, 2, 3)}, book)
    return book


@pytest.mark.parametrize("book", [BOOK, edited("B10", DRAWN), without_marks(BOOK)], ids=["filled", "drawn", "unmarked"])
def test_a_sheet_is_gone_through_for_its_lines_only(book: RawBook) -> None:
    drawn._drawings.clear()
    assert form(book).sheets
    book = counted(book)
    form(book)
    assert [raw.cells.times for raw in book.sheets] == [1] * len(book.sheets)  # type: ignore[attr-defined]


def looks(monkeypatch: pytest.MonkeyPatch, book: RawBook) -> tuple[Return, int]:
    """What a form says, and how many cells of its tables were asked what they hold."""
    seen = []
    with monkeypatch.context() as patch:
        patch.setattr(lines, "shown", lambda value, asked=lines.shown: seen.append(value) or asked(value))
        return form(book), len(seen)


def test_lines_that_are_only_drawn_are_asked_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, once = looks(monkeypatch, BOOK)
    drawn, still = looks(monkeypatch, edited("B10", DRAWN))
    filled, more = looks(monkeypatch, edited("B10", DRAWN | FILLED))
    assert (drawn.sheets["B10"], drawn.findings) == (plain.sheets["B10"], plain.findings)
    assert len(filled.sheets["B10"].rows) == 11
    assert still == once
    assert once < more <= once + len(FILLED) + 1  # a text that stands in all of them is asked once


def test_captions_are_looked_for_once_on_each_sheet_that_has_its_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn._drawings.clear()
    asked: list[str] = []
    heads = places._heads
    monkeypatch.setattr(places, "_heads", lambda spec, grid: asked.append(grid.raw.name) or heads(spec, grid))
    form(BOOK)
    assert sorted(asked) == ["B10", "B2", "B4", "B6"]
    form(BOOK)
    assert len(asked) == 4  # where they stand is known


def test_a_text_of_a_million_letters_is_compared_with_no_caption(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []
    fold = text.fold
    for module in (places, captions, answers):
        monkeypatch.setattr(module, "fold", lambda words: compared.append(len(words)) or fold(words))
    long = RawCell("Đảng viên - " * 100_000)
    cells = {(row, col): long for row in range(1, 4) for col in range(1, 4)}
    found = form(replace(BOOK, sheets=(RawSheet("Ghi chép", False, cells), *BOOK.sheets)))
    assert (found.sheets, found.foreign_sheets) == (form(BOOK).sheets, ("Ghi chép",))
    assert max(compared) < 1000


@pytest.mark.parametrize("number", ["({})", "{}", "({}) = (1) + (2)"])
def test_a_row_of_numbers_in_brackets_is_no_row_of_data(number: str) -> None:
    """Here one line below that of the form, which has them without brackets."""
    numbers = {f"{col}8": number.format(at) for at, col in enumerate("BCDEFGHI", start=1)}
    found = form(edited("B10", {f"{col}7": None for col in "ABCDEFGHI"} | numbers | {"B9": "Hội nghị", "E9": 2}))
    assert [row.number for row in found.sheets["B10"].rows] == [9]


@pytest.mark.parametrize("written", ["(1", "(2) Hội nghị", "9" * 5000])
def test_a_number_in_the_first_line_of_data_costs_nothing(written: str) -> None:
    found = form(edited("B10", {"B8": written}))
    assert [(row.number, row.text("noi_dung")) for row in found.sheets["B10"].rows] == [(8, written)]
