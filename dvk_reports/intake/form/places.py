"""Where the form stands in a foreign sheet: by hidden key, else by whole caption, never by position alone."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from dvk_reports.intake.form.grid import LONGEST, LOOK, Grid, text_of
from dvk_reports.intake.form.shown import shown
from dvk_reports.intake.readers.raw import RawCell, RawSheet, RawValue
from dvk_reports.plan.book.rulebook import Plan, SheetSpec
from dvk_reports.vietnamese.legacy import DOUBTFUL, readings
from dvk_reports.vietnamese.text import fold, remembered, tidy

_MARK = re.compile(r"dvk:([A-Za-z0-9]+):(.+)")
_NUMBERED = re.compile(r"\(?(\d+)\b")
TOTAL = "dvk:tong"


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

    @property
    def raw(self) -> RawSheet:
        return self.grid.raw


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
            yield _marked(plan.sheets[mark.sheet], found.grid, mark)
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
    name = re.compile(rf"(?<![^\W_]){re.escape(fold(spec.ma))}(?![^\W_])")
    return [grid for grid in unmarked if name.search(fold(grid.raw.name))]


def find_place(spec: SheetSpec, sheets: Sequence[FoundSheet]) -> Place | None:
    """One form sheet of a workbook, whatever the others are."""
    for found in sheets:
        if found.mark is not None and found.mark.sheet == spec.ma:
            return _marked(spec, found.grid, found.mark)
    return _named_by_caption(spec, [found.grid for found in sheets if found.mark is None])


def _named_by_caption(spec: SheetSpec, unmarked: Iterable[Grid]) -> Place | None:
    for grid in sorted(unmarked, key=lambda grid: fold(grid.raw.name) != fold(spec.ma)):
        place = _by_caption(spec, grid, own_name=fold(grid.raw.name) == fold(spec.ma))
        if place is not None:
            return place
    return None


def _mark(grid: Grid) -> Mark | None:
    for row, cells in grid.top:
        for col, cell in cells.items():
            written = cell.written
            found = _MARK.fullmatch(written.strip()) if isinstance(written, str) and "dvk:" in written else None
            if found and col <= LOOK:
                return Mark(found[1], found[2].strip(), row, col)
    return None


def _marked(spec: SheetSpec, grid: Grid, mark: Mark) -> Place:
    version, row, col = mark.version, mark.row, mark.col
    if spec.table:
        keys = {text_of(cell): c for c, cell in reversed(grid.rows[row].items()) if c != col}
        fields = {key: keys[key] for key in spec.keys if key in keys}
        head = _heads(spec, grid)
        crossed = _crossed(fields, head[1]) if head is not None else ()
        retitled = {k: (head[0], c) for k, c in fields.items() if k not in head[1]} if head is not None else {}
        if head is not None:
            for key, column in head[1].items():
                if key not in fields and column not in fields.values():
                    fields[key] = column
        first = head[0] + 1 if head is not None else row + 1
        by_caption = not any(key in keys for key in spec.keys)
        first = _after_numbers(grid, first, fields)
        return Place(spec, grid, version, by_caption, fields, col, first, crossed, retitled)
    rows = {text_of(cell): r for r, cell in reversed(grid.columns[col].items())}
    fields = {key: rows[key] for key in spec.keys if key in rows}
    lines = _lines(spec, grid)
    crossed = _crossed(fields, lines[1]) if lines else ()
    retitled = {k: (row, lines[0] - 1) for k, row in fields.items() if k not in lines[1]} if lines else {}
    for key, line in (lines[1] if lines else {}).items():
        fields.setdefault(key, line)
    by_caption = not any(key in rows for key in spec.keys)
    return Place(spec, grid, version, by_caption, fields, col + 2, 0, crossed, retitled)


def _crossed(by_key: Mapping[str, int], by_caption: Mapping[str, int]) -> tuple[int, ...]:
    """Where the captions were moved without the hidden keys, so that nobody knows which field the values are of."""
    captions = {where: key for key, where in by_caption.items()}
    return tuple(sorted(where for key, where in by_key.items() if captions.get(where, key) != key))


def _by_caption(spec: SheetSpec, grid: Grid, own_name: bool) -> Place | None:
    """A sheet whose keys are gone; taken only if every required caption is there (or it bears the sheet's name)."""
    found = _heads(spec, grid) if spec.table else _lines(spec, grid)
    if found is None:
        return None
    row, fields = found
    lacking = any(field.bat_buoc and field.khoa not in fields for field in spec.truong)
    if lacking and not (own_name and len(fields) * 2 > len(spec.keys)):
        return None
    if not own_name and len(fields) * 10 < len(spec.keys) * 7:
        return None
    if not spec.table:
        return Place(spec, grid, "", True, fields, row, 0)
    lead = min(fields.values()) - 1
    return Place(spec, grid, "", True, fields, max(lead, 1), _after_numbers(grid, row + 1, fields))


@remembered
def caption(text: str) -> str:
    """A caption as it is compared: without the mark of a required field."""
    return fold(text.strip().strip("*").replace("(*)", ""))


def _caption_in(written: RawValue) -> str:
    if isinstance(written, str):
        return written.strip()  # one of so many letters is none
    if type(written) is int:
        return str(written)
    return caption(tidy(shown(written)))


@remembered
def _caption_in_text(written: str) -> str:
    return caption(tidy(shown(written)))


def _caption_of(cell: RawCell, known: Container[str]) -> str:
    """A caption as it is compared; of one whose letters may be in an old encoding, the reading that is known."""
    written = cell.value if cell.value is not None else cell.struck
    text = _caption_in_text(written) if isinstance(written, str) and len(written) <= LONGEST else _caption_in(written)
    if cell.encoding != DOUBTFUL or text in known:
        return text
    return next((read for item in readings(str(cell.value), cell.font) if (read := caption(tidy(item))) in known), text)


def _heads(spec: SheetSpec, grid: Grid) -> tuple[int, dict[str, int]] | None:
    """(caption row, key -> column) of a table: the row where most whole captions stand."""
    single, double, lower, known = _captions(tuple((f.khoa, f.heads) for f in spec.truong))
    best: tuple[int, dict[str, int]] | None = None
    for row, cells in grid.top:
        if len(cells) < 2 or (best is not None and len(cells) <= len(best[1])):
            continue  # it cannot have more
        found: dict[str, int] = {}
        for col, cell in cells.items():
            text = _caption_of(cell, known)
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
    if double:
        # Under a group head the other captions may stand one row up, merged over both rows.
        for col, cell in grid.rows.get(best[0] - 1, {}).items():
            key = single.get(_caption_of(cell, known))
            if key is not None:
                best[1].setdefault(key, col)
    return best


@lru_cache(maxsize=1_000)
def _captions(
    fields: tuple[tuple[str, tuple[str, ...]], ...],
) -> tuple[Mapping[str, str], Mapping[tuple[str, str], str], Container[str], Container[str]]:
    """Of the keys and captions of a table: the single ones, those under a group head, its lower ones, and all."""
    single = {caption(heads[0]): key for key, heads in fields if len(heads) == 1}
    double = {(caption(heads[0]), caption(heads[1])): key for key, heads in fields if len(heads) == 2}
    lower = {below for _, below in double}
    return single, double, lower, {*single, *lower, *(group for group, _ in double)}


def _over(grid: Grid, row: int, col: int, known: Container[str]) -> str:
    """The group head above a caption: the merged cell that covers the column, else the nearest one to the left."""
    for top, left, bottom, right in grid.raw.merged:
        if bottom == row - 1 and left <= col <= right:
            cell = grid.raw.cells.get((top, left))
            return _caption_of(cell, known) if cell is not None else ""
    above = reversed(grid.rows.get(row - 1, {}).items())
    return next((text for left, cell in above if left <= col and (text := _caption_of(cell, known))), "")


def _lines(spec: SheetSpec, grid: Grid) -> tuple[int, dict[str, int]] | None:
    """(column of the values, key -> row) of a key/value sheet: the column where most captions stand."""
    captions = {caption(f.ten): f.khoa for f in spec.truong}
    best: tuple[int, dict[str, int]] | None = None
    for col, cells in grid.columns.items():
        if col > LOOK:
            break
        if best is not None and len(cells) <= len(best[1]):
            continue  # it cannot have more
        found: dict[str, int] = {}
        for row, cell in cells.items():
            key = captions.get(_caption_of(cell, captions))
            if key is not None:
                found.setdefault(key, row)
        if len(found) >= 3 and (best is None or len(found) > len(best[1])):
            best = col + 1, found
        if len(found) == len(spec.truong):
            break  # no column can have more
    return best


def _after_numbers(grid: Grid, row: int, fields: Mapping[str, int]) -> int:
    """Skip the number row (1, 2, 3 …, ``4 = 2 + 3``) under the captions, and what is merged down from them."""
    columns = set(fields.values())
    merged = [(top, bottom) for top, left, bottom, _ in grid.raw.merged if left in columns]
    while under := [bottom for top, bottom in merged if top < row <= bottom]:
        row = max(under) + 1
    for step in range(2):
        texts = [grid.text_at(row + step, col) for col in sorted(columns)]
        numbers = [Decimal(found[1]) for text in texts if (found := _NUMBERED.match(text))]
        every = len(numbers) >= max(2, len(fields) * 2 // 3)
        if every and len(set(numbers)) == len(numbers) and max(numbers) <= len(fields) + 2:
            return row + step + 1
    return row
