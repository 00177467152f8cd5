"""Where the form stands in a foreign sheet: by hidden key, else by whole caption, never by position alone."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dvk_reports.intake.form.values import shown
from dvk_reports.intake.readers.raw import RawSheet
from dvk_reports.plan.book.rulebook import Plan, SheetSpec
from dvk_reports.vietnamese.legacy import DOUBTFUL, readings
from dvk_reports.vietnamese.text import fold, tidy

_MARK = re.compile(r"dvk:([A-Za-z0-9]+):(.+)")
TOTAL = "dvk:tong"
_LOOK = 40
"""Rows and columns in which a mark, the keys or the captions are looked for."""


@dataclass(frozen=True, slots=True)
class Place:
    """A form sheet found in a file."""

    spec: SheetSpec
    raw: RawSheet
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


def text_at(raw: RawSheet, row: int, col: int) -> str:
    """What stands in a cell, struck out or not, on one line; "" where it is blank."""
    cell = raw.cells.get((row, col))
    return tidy(shown(cell.written)) if cell is not None else ""


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

    raw: RawSheet
    mark: Mark | None


def with_marks(sheets: Iterable[RawSheet]) -> tuple[FoundSheet, ...]:
    """Every sheet of a workbook but the hidden lists, each looked through once for its mark."""
    found = ((raw, _mark(raw)) for raw in sheets)
    return tuple(FoundSheet(raw, mark) for raw, mark in found if mark is not None or not raw.name.startswith("_"))


def find_places(plan: Plan, sheets: Sequence[FoundSheet]) -> Iterator[Place]:
    """Every form sheet of a workbook, several of one kind too; those with a mark come before those without."""
    unmarked = []
    taken: set[str] = set()
    for found in sheets:
        mark = found.mark
        if mark is not None and mark.sheet in plan.sheets:
            taken.add(mark.sheet)
            yield _marked(plan.sheets[mark.sheet], found.raw, mark)
        elif not found.raw.name.startswith("_"):
            unmarked.append(found.raw)
    for spec in plan.forms.bieu:
        while (
            place := _named_by_caption(spec, unmarked if spec.ma not in taken else _named(spec, unmarked))
        ) is not None:
            unmarked.remove(place.raw)
            taken.add(spec.ma)
            yield place


def _named(spec: SheetSpec, unmarked: Iterable[RawSheet]) -> list[RawSheet]:
    """Sheets that may be a second one of a kind: their captions alone do not say so, their names must ("B10 (2)")."""
    name = re.compile(rf"(?<![^\W_]){re.escape(fold(spec.ma))}(?![^\W_])")
    return [raw for raw in unmarked if name.search(fold(raw.name))]


def find_place(spec: SheetSpec, sheets: Sequence[FoundSheet]) -> Place | None:
    """One form sheet of a workbook, whatever the others are."""
    for found in sheets:
        if found.mark is not None and found.mark.sheet == spec.ma:
            return _marked(spec, found.raw, found.mark)
    return _named_by_caption(spec, [found.raw for found in sheets if found.mark is None])


def _named_by_caption(spec: SheetSpec, unmarked: Iterable[RawSheet]) -> Place | None:
    for raw in sorted(unmarked, key=lambda raw: fold(raw.name) != fold(spec.ma)):
        place = _by_caption(spec, raw, own_name=fold(raw.name) == fold(spec.ma))
        if place is not None:
            return place
    return None


def _mark(raw: RawSheet) -> Mark | None:
    for (row, col), cell in sorted(raw.cells.items()):
        if row > _LOOK:
            break
        if col <= _LOOK and isinstance(cell.written, str):
            found = _MARK.fullmatch(cell.written.strip())
            if found:
                return Mark(found[1], found[2].strip(), row, col)
    return None


def _marked(spec: SheetSpec, raw: RawSheet, mark: Mark) -> Place:
    version, row, col = mark.version, mark.row, mark.col
    if spec.table:
        keys = {
            text_at(raw, row, c): c for c in sorted({c for r, c in raw.cells if r == row}, reverse=True) if c != col
        }
        fields = {key: keys[key] for key in spec.keys if key in keys}
        head = _heads(spec, raw)
        crossed = _crossed(fields, head[1]) if head is not None else ()
        if head is not None:
            for key, column in head[1].items():
                if key not in fields and column not in fields.values():
                    fields[key] = column
        first = head[0] + 1 if head is not None else row + 1
        by_caption = not any(key in keys for key in spec.keys)
        return Place(spec, raw, version, by_caption, fields, col, _after_numbers(raw, first, fields), crossed)
    rows = {text_at(raw, r, col): r for r, c in sorted(raw.cells, reverse=True) if c == col}
    fields = {key: rows[key] for key in spec.keys if key in rows}
    lines = _lines(spec, raw)
    crossed = _crossed(fields, lines[1]) if lines else ()
    for key, line in (lines[1] if lines else {}).items():
        fields.setdefault(key, line)
    by_caption = not any(key in rows for key in spec.keys)
    return Place(spec, raw, version, by_caption, fields, col + 2, 0, crossed)


def _crossed(by_key: Mapping[str, int], by_caption: Mapping[str, int]) -> tuple[int, ...]:
    """Where the captions were moved without the hidden keys, so that nobody knows which field the values are of."""
    captions = {where: key for key, where in by_caption.items()}
    return tuple(sorted(where for key, where in by_key.items() if captions.get(where, key) != key))


def _by_caption(spec: SheetSpec, raw: RawSheet, own_name: bool) -> Place | None:
    """A sheet whose keys are gone; taken only if every required caption is there (or it bears the sheet's name)."""
    found = _heads(spec, raw) if spec.table else _lines(spec, raw)
    if found is None:
        return None
    row, fields = found
    lacking = any(field.bat_buoc and field.khoa not in fields for field in spec.truong)
    if lacking and not (own_name and len(fields) * 2 > len(spec.keys)):
        return None
    if not own_name and len(fields) * 10 < len(spec.keys) * 7:
        return None
    if not spec.table:
        return Place(spec, raw, "", True, fields, row, 0)
    lead = min(fields.values()) - 1
    return Place(spec, raw, "", True, fields, max(lead, 1), _after_numbers(raw, row + 1, fields))


@lru_cache(maxsize=4096)
def caption(text: str) -> str:
    """A caption as it is compared: without the mark of a required field."""
    return fold(text.strip().strip("*").replace("(*)", ""))


def _caption_at(raw: RawSheet, row: int, col: int, known: Container[str]) -> str:
    """A caption as it is compared; of one whose letters may be in an old encoding, the reading that is known."""
    cell, text = raw.cells.get((row, col)), caption(text_at(raw, row, col))
    if cell is None or cell.encoding != DOUBTFUL or text in known:
        return text
    return next((read for item in readings(str(cell.value), cell.font) if (read := caption(tidy(item))) in known), text)


def _heads(spec: SheetSpec, raw: RawSheet) -> tuple[int, dict[str, int]] | None:
    """(caption row, key -> column) of a table: the row where most whole captions stand."""
    single = {caption(f.ten): f.khoa for f in spec.truong if len(f.heads) == 1}
    double = {tuple(caption(part) for part in f.heads): f.khoa for f in spec.truong if len(f.heads) == 2}
    known = {*single, *(part for parts in double for part in parts)}
    best: tuple[int, dict[str, int]] | None = None
    rows = sorted({row for row, _ in raw.cells if row <= _LOOK})
    for row in rows:
        found: dict[str, int] = {}
        for col in sorted(c for r, c in raw.cells if r == row):
            text = _caption_at(raw, row, col, known)
            group = _over(raw, row, col, known) if double else ""
            key = double.get((group, text)) or single.get(text)
            if key is None and double:
                key = double.get(tuple(caption(part) for part in text_at(raw, row, col).split(" / ")))
            if key is not None and key not in found:
                found[key] = col
        if len(found) >= 2 and (best is None or len(found) > len(best[1])):
            best = row, found
    if best is None or len(best[1]) * 10 < len(spec.truong) * 3:
        return None
    if double:
        # Under a group head the other captions may stand one row up, merged over both rows.
        for col in sorted(c for r, c in raw.cells if r == best[0] - 1):
            key = single.get(_caption_at(raw, best[0] - 1, col, known))
            if key is not None:
                best[1].setdefault(key, col)
    return best


def _over(raw: RawSheet, row: int, col: int, known: Container[str]) -> str:
    """The group head above a caption: the merged cell that covers the column, else the nearest one to the left."""
    for top, left, bottom, right in raw.merged:
        if bottom == row - 1 and left <= col <= right:
            return _caption_at(raw, top, left, known)
    for left in range(col, 0, -1):
        text = _caption_at(raw, row - 1, left, known)
        if text:
            return text
    return ""


def _lines(spec: SheetSpec, raw: RawSheet) -> tuple[int, dict[str, int]] | None:
    """(column of the values, key -> row) of a key/value sheet: the column where most captions stand."""
    captions = {caption(f.ten): f.khoa for f in spec.truong}
    best: tuple[int, dict[str, int]] | None = None
    for col in sorted({c for _, c in raw.cells if c <= _LOOK}):
        found: dict[str, int] = {}
        for row in sorted(r for r, c in raw.cells if c == col):
            key = captions.get(_caption_at(raw, row, col, captions))
            if key is not None:
                found.setdefault(key, row)
        if len(found) >= 3 and (best is None or len(found) > len(best[1])):
            best = col + 1, found
    return best


def _after_numbers(raw: RawSheet, row: int, fields: Mapping[str, int]) -> int:
    """Skip the number row (1, 2, 3 …, ``4 = 2 + 3``) under the captions, and what is merged down from them."""
    columns = set(fields.values())
    while any(top < row <= bottom and left in columns for top, left, bottom, _ in raw.merged):
        row += 1
    for step in range(2):
        texts = [text_at(raw, row + step, col) for col in sorted(columns)]
        numbers = [int(found[0]) for text in texts if (found := re.match(r"\(?(\d+)\b", text))]
        every = len(numbers) >= max(2, len(fields) * 2 // 3)
        if every and len(set(numbers)) == len(numbers) and max(numbers) <= len(fields) + 2:
            return row + step + 1
    return row
