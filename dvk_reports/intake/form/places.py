"""Where the form stands in a foreign sheet: by hidden key, else by whole caption, never by position alone."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from dvk_reports.intake.form.captions import caption, caption_of, captions_of
from dvk_reports.intake.form.drawn import MARK, Drawing, Looked, drawings_of, looked_at
from dvk_reports.intake.form.grid import LOOK, Grid, text_of, truths_in
from dvk_reports.intake.readers.raw import RawCell, RawSheet
from dvk_reports.plan.book.rulebook import Plan, SheetSpec
from dvk_reports.vietnamese.text import Passed, fold

_MARK = re.compile(r"dvk:([A-Za-z0-9]+):(.+)")
_NUMBERED = re.compile(r"\(?(\d+)\b")
TOTAL = "dvk:tong"
_STRUCK = itemgetter(RawCell._fields.index("struck"))


@dataclass(frozen=True, slots=True)
class Place:
    """A form sheet found in a file."""

    spec: SheetSpec
    grid: Grid
    version: str
    by_caption: bool
    fields: Mapping[str, int]
    """Tables: key -> column; key/value sheets: key -> row."""
    lead: int
    """Tables: column of STT and marks. Key/value sheets: column of the values."""
    first_row: int
    """Tables: first row that may hold data."""
    crossed: tuple[int, ...] = ()
    """Columns (rows of key/value sheets) whose hidden key says one field and whose caption another."""
    retitled: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Key of a field that is known by its hidden key alone -> the cell (row, column) where its caption should stand."""
    drawing: Drawing | None = None
    """What is remembered of sheets that are drawn alike."""
    blank: object = None
    """The columns by which a table is known to be blank."""

    @property
    def raw(self) -> RawSheet:
        return self.grid.raw

    @property
    def told(self) -> Mapping[str, Any]:
        """All that another sheet that is drawn alike shares with it."""
        return {name: getattr(self, name) for name in _SHARED}


_SHARED = ("version", "by_caption", "fields", "lead", "first_row", "crossed", "retitled")


@dataclass(frozen=True, slots=True)
class Mark:
    """``dvk:<sheet>:<version>``, which the program writes beside the keys of every form sheet."""

    sheet: str
    version: str
    row: int
    col: int


@dataclass(frozen=True, slots=True)
class FoundSheet:
    """A sheet of a file, with its mark where it still has one."""

    grid: Grid
    mark: Mark | None
    places: dict[int, Place] = field(default_factory=dict, compare=False)
    """By the ids of their specs, which they hold."""

    @property
    def name(self) -> str:
        return self.grid.raw.name


def with_marks(grids: Iterable[Grid]) -> tuple[FoundSheet, ...]:
    """Every sheet of a workbook but the hidden lists, each looked through once for its mark."""
    found = (FoundSheet(grid, _mark(grid)) for grid in grids)
    return tuple(sheet for sheet in found if sheet.mark is not None or not sheet.name.startswith("_"))


def find_places(plan: Plan, sheets: Sequence[FoundSheet]) -> Iterator[Place]:
    """Every form sheet of a workbook, several of one kind too; those with a mark come before those without."""
    unmarked = []
    taken: set[str] = set()
    for found in sheets:
        mark = found.mark
        if mark is not None and mark.sheet in plan.sheets:
            taken.add(mark.sheet)
            yield _marked(plan.sheets[mark.sheet], found, mark)
        elif not found.name.startswith("_"):
            unmarked.append(found.grid)
    for spec in plan.forms.bieu:
        while (
            place := _named_by_caption(spec, unmarked if spec.ma not in taken else _named(spec, unmarked))
        ) is not None:
            unmarked.remove(place.grid)
            taken.add(spec.ma)
            yield place


def _named(spec: SheetSpec, unmarked: Iterable[Grid]) -> list[Grid]:
    """Sheets that may be a second one of a kind: their captions alone do not say so, their names must ("B10 (2)")."""
    return [grid for grid in unmarked if _names(spec.ma, grid.raw.name)]


@lru_cache(maxsize=2_000)
def _names(sheet: str, name: str) -> bool:
    return re.search(rf"(?<![^\W_]){re.escape(fold(sheet))}(?![^\W_])", fold(name)) is not None


def find_place(spec: SheetSpec, sheets: Sequence[FoundSheet]) -> Place | None:
    """One form sheet of a workbook, whatever the others are."""
    for found in sheets:
        if found.mark is not None and found.mark.sheet == spec.ma:
            return _marked(spec, found, found.mark)
    return _named_by_caption(spec, [found.grid for found in sheets if found.mark is None])


def _named_by_caption(spec: SheetSpec, unmarked: Iterable[Grid]) -> Place | None:
    for grid in sorted(unmarked, key=lambda grid: fold(grid.raw.name) != fold(spec.ma)):
        if id(spec) in grid.absent:
            continue
        place = _by_caption(spec, grid, own_name=fold(grid.raw.name) == fold(spec.ma))
        if place is not None:
            return place
        grid.absent[id(spec)] = spec  # what is known by its id is held
    return None


def _mark(grid: Grid) -> Mark | None:
    first = grid.raw.cells.get((1, 1))
    if first is not None and (mark := _mark_in(first, 1, 1)) is not None:
        return mark  # where the program writes it
    if _no_mark.all(grid.values) and {None}.issuperset(map(_STRUCK, grid.raw.cells.values())):
        return None
    marks = (_mark_in(cell, row, col) for row, cells in grid.top for col, cell in cells.items() if col <= LOOK)
    return next((mark for mark in marks if mark is not None), None)


_no_mark = Passed(lambda text: MARK not in text)


def _mark_in(cell: RawCell, row: int, col: int) -> Mark | None:
    written = cell.written
    found = _MARK.fullmatch(written.strip()) if isinstance(written, str) and MARK in written else None
    return Mark(found[1], found[2].strip(), row, col) if found else None


def _marked(spec: SheetSpec, found: FoundSheet, mark: Mark) -> Place:
    """Where the form stands in a sheet that has its mark; that of the cover is asked for twice."""
    if id(spec) not in found.places:
        found.places[id(spec)] = _drawn(spec, found.grid, mark)
    return found.places[id(spec)]


def _drawn(spec: SheetSpec, grid: Grid, mark: Mark) -> Place:
    """The same, as in a sheet drawn alike before, else by looking for it."""
    drawings = drawings_of(spec, mark)
    for drawing in drawings:
        blank = drawing.blank(grid)
        if blank is not None or drawing.fits(grid):
            return Place(spec, grid, drawing=drawing, blank=blank, **drawing.place)
    place, looked = _table(spec, grid, mark) if spec.table else _key_values(spec, grid, mark)
    if looked is None:
        return place
    lines = looked_at(spec, grid, looked)
    numbers = {number for number, _ in lines}
    seen = {at: cell for at, cell in grid.raw.cells.items() if at[0 if spec.table else 1] in numbers}
    drawing = Drawing(spec, looked, lines, grid.raw.merged, place.told, truths_in(seen))
    drawings.append(drawing)
    return replace(place, drawing=drawing)


def _table(spec: SheetSpec, grid: Grid, mark: Mark) -> tuple[Place, Looked | None]:
    """The place of a table, and what of the sheet tells it, where that is known."""
    version, row, col = mark.version, mark.row, mark.col
    keys = {text_of(cell): c for c, cell in reversed(grid.rows[row].items()) if c != col}
    fields = {key: keys[key] for key in spec.keys if key in keys}
    by_caption = not any(key in keys for key in spec.keys)
    head = _heads(spec, grid)
    if head is None:
        first, _ = _after_numbers(grid, row + 1, fields)
        return Place(spec, grid, version, by_caption, fields, col, first), None
    crossed = _crossed(fields, head.fields)
    retitled = {k: (head.row, c) for k, c in fields.items() if k not in head.fields}
    for key, column in head.fields.items():
        if key not in fields and column not in fields.values():
            fields[key] = column
    first, last = _after_numbers(grid, head.row + 1, fields)
    place = Place(spec, grid, version, by_caption, fields, col, first, crossed, retitled)
    # A group head stands in the row above its captions.
    grouped = bool(captions_of(spec).double)
    return place, Looked(max(last, row), max(head.row - grouped, 1), head.most)


def _key_values(spec: SheetSpec, grid: Grid, mark: Mark) -> tuple[Place, Looked | None]:
    """The same of a key/value sheet."""
    col = mark.col
    rows = {text_of(cell): r for r, cell in reversed(grid.columns[col].items())}
    fields = {key: rows[key] for key in spec.keys if key in rows}
    by_caption = not any(key in rows for key in spec.keys)
    lines = _lines(spec, grid)
    if lines is None:
        return Place(spec, grid, mark.version, by_caption, fields, col + 2, 0), None
    crossed = _crossed(fields, lines[1])
    retitled = {k: (row, lines[0] - 1) for k, row in fields.items() if k not in lines[1]}
    for key, line in lines[1].items():
        fields.setdefault(key, line)
    place = Place(spec, grid, mark.version, by_caption, fields, col + 2, 0, crossed, retitled)
    most = 0 if len(lines[1]) == len(spec.truong) else len(lines[1])
    return place, Looked(max(lines[0] - 1, col), most=most)


def _crossed(by_key: Mapping[str, int], by_caption: Mapping[str, int]) -> tuple[int, ...]:
    """Where the captions were moved without the hidden keys, so that nobody knows which field the values are of."""
    captions = {where: key for key, where in by_caption.items()}
    return tuple(sorted(where for key, where in by_key.items() if captions.get(where, key) != key))


def _by_caption(spec: SheetSpec, grid: Grid, own_name: bool) -> Place | None:
    """A sheet whose keys are gone; taken only if every required caption is there (or it bears the sheet's name)."""
    found = _heads(spec, grid) if spec.table else _lines(spec, grid)
    if found is None:
        return None
    row, fields = found[:2]
    lacking = any(field.bat_buoc and field.khoa not in fields for field in spec.truong)
    if lacking and not (own_name and len(fields) * 2 > len(spec.keys)):
        return None
    if not own_name and len(fields) * 10 < len(spec.keys) * 7:
        return None
    if not spec.table:
        return Place(spec, grid, "", True, fields, row, 0)
    lead = min(fields.values()) - 1
    return Place(spec, grid, "", True, fields, max(lead, 1), _after_numbers(grid, row + 1, fields)[0])


class Head(NamedTuple):
    """The captions of a table."""

    row: int
    fields: dict[str, int]
    """Key -> column."""
    most: int
    """So many captions stand in that row; 0 where no row can have more, so that none below was looked at."""


def _heads(spec: SheetSpec, grid: Grid) -> Head | None:
    """The row where most whole captions stand."""
    single, double, lower, known = captions_of(spec)
    best: tuple[int, dict[str, int]] | None = None
    for row, cells in grid.top:
        if len(cells) < 2 or (best is not None and len(cells) <= len(best[1])):
            continue  # it cannot have more
        found: dict[str, int] = {}
        for col, cell in cells.items():
            text = caption_of(cell, known)
            key = (double.get((_over(grid, row, col, known), text)) if text in lower else None) or single.get(text)
            if key is None and double and " / " in (line := text_of(cell)):
                group, _, below = line.partition(" / ")
                key = double.get((caption(group), caption(below)))
            if key is not None and key not in found:
                found[key] = col
        if len(found) >= 2 and (best is None or len(found) > len(best[1])):
            best = row, found
        if len(found) == len(spec.truong):
            break  # no row can have more
    if best is None or len(best[1]) * 10 < len(spec.truong) * 3:
        return None
    most = 0 if len(best[1]) == len(spec.truong) else len(best[1])
    if double:
        # Under a group head the other captions may stand one row up, merged over both rows.
        for col, cell in grid.rows.get(best[0] - 1, {}).items():
            key = single.get(caption_of(cell, known))
            if key is not None:
                best[1].setdefault(key, col)
    return Head(*best, most)


def _over(grid: Grid, row: int, col: int, known: Container[str]) -> str:
    """The group head above a caption: the merged cell that covers the column, else the nearest one to the left."""
    for top, left, bottom, right in grid.raw.merged:
        if bottom == row - 1 and left <= col <= right:
            cell = grid.raw.cells.get((top, left))
            return caption_of(cell, known) if cell is not None else ""
    above = reversed(grid.rows.get(row - 1, {}).items())
    return next((text for left, cell in above if left <= col and (text := caption_of(cell, known))), "")


def _lines(spec: SheetSpec, grid: Grid) -> tuple[int, dict[str, int]] | None:
    """(column of the values, key -> row) of a key/value sheet: the column where most captions stand."""
    captions = captions_of(spec).single
    best: tuple[int, dict[str, int]] | None = None
    for col, cells in grid.columns.items():
        if col > LOOK:
            break
        if best is not None and len(cells) <= len(best[1]):
            continue  # it cannot have more
        found: dict[str, int] = {}
        for row, cell in cells.items():
            key = captions.get(caption_of(cell, captions))
            if key is not None:
                found.setdefault(key, row)
        if len(found) >= 3 and (best is None or len(found) > len(best[1])):
            best = col + 1, found
        if len(found) == len(spec.truong):
            break  # no column can have more
    return best


def _after_numbers(grid: Grid, row: int, fields: Mapping[str, int]) -> tuple[int, int]:
    """Skip the number row (1, 2, 3 …, ``4 = 2 + 3``) under the captions, and what is merged down from them.

    (First row behind, last row that was looked at.)
    """
    columns = set(fields.values())
    merged = [(top, bottom) for top, left, bottom, _ in grid.raw.merged if left in columns]
    while under := [bottom for top, bottom in merged if top < row <= bottom]:
        row = max(under) + 1
    for step in range(2):
        texts = [grid.text_at(row + step, col) for col in sorted(columns)]
        numbers = [Decimal(found[1]) for text in texts if (found := _NUMBERED.match(text))]
        every = len(numbers) >= max(2, len(fields) * 2 // 3)
        if every and len(set(numbers)) == len(numbers) and max(numbers) <= len(fields) + 2:
            return row + step + 1, row + step
    return row, row + 1
