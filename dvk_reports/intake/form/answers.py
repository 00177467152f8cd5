"""The sheet ``Cần sửa`` of a marked copy that came back: what the unit had been asked, and its Giải trình."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dvk_reports.intake.form.values import shown
from dvk_reports.intake.readers.raw import RawSheet
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.messages.to_mend import TO_MEND, TO_MEND_COLUMNS
from dvk_reports.model.findings import Asked, Finding, Level
from dvk_reports.model.values import Cell
from dvk_reports.vietnamese.text import fold, tidy

_LOOK = 40
"""Rows in which the keys or the captions are looked for."""
_ENOUGH = 5
"""Keys or captions in one row that make it the head of ``Cần sửa``: a sheet of the unit's own has fewer."""
_LEVELS = {fold(level.value): level.value for level in Level}


def read_asked(sheets: Iterable[RawSheet]) -> tuple[Asked, ...]:
    """The lines of ``Cần sửa`` in their order; nothing where the file has no such sheet or its head is gone."""
    found = sorted(
        ((raw, head) for raw in sheets if (head := _head(raw)) is not None),
        key=lambda pair: fold(pair[0].name) != fold(TO_MEND),
    )
    return tuple(_lines(*found[0])) if found else ()


def decoded_answers(sheets: Iterable[RawSheet], unit: str, file: str) -> Iterator[Finding]:
    """What is told of every Giải trình that was typed in an old font and has been decoded."""
    for raw in sheets:
        found = _head(raw)
        if found is None or "giai_trinh" not in found[1]:
            continue
        first, col = found[0], found[1]["giai_trinh"]
        for (row, at), cell in sorted(raw.cells.items()):
            if at == col and row > first and cell.coded:
                where = Location(unit, Cell(file, raw.name, row, col), sheet=TO_MEND, raw=cell.coded)
                yield say(
                    Msg.LEGACY_TEXT, where, ten=TO_MEND_COLUMNS["giai_trinh"], ma=cell.encoding, doc=shown(cell.value)
                )


def asks(raw: RawSheet) -> bool:
    """Whether a sheet is ``Cần sửa``, by its name or, renamed, by its head."""
    return fold(raw.name) == fold(TO_MEND) or _head(raw) is not None


def _text(raw: RawSheet, row: int, col: int) -> str:
    cell = raw.cells.get((row, col))
    return shown(cell.value) if cell is not None and cell.value is not None else ""


def _head(raw: RawSheet) -> tuple[int, Mapping[str, int]] | None:
    """(row of the head, key -> column): by the hidden keys, else by the captions."""
    captions = {fold(caption): key for key, caption in TO_MEND_COLUMNS.items()}
    rows: dict[int, dict[str, int]] = {}
    for row, col in sorted(raw.cells):
        if row > _LOOK:
            break
        text = tidy(_text(raw, row, col))
        key = text if text in TO_MEND_COLUMNS else captions.get(fold(text))
        if key is not None:
            rows.setdefault(row, {}).setdefault(key, col)
    best = max(rows, key=lambda row: (len(rows[row]), -row), default=0)
    if not best or len(rows[best]) < _ENOUGH or not {"muc", "ma_loi", "noi_dung"} <= rows[best].keys():
        return None
    return best, rows[best]


def _lines(raw: RawSheet, head: tuple[int, Mapping[str, int]]) -> Iterable[Asked]:
    first, keys = head
    for row in sorted({row for row, _ in raw.cells if row > first}):
        held = {key: _text(raw, row, keys[key]) if key in keys else "" for key in TO_MEND_COLUMNS}
        level = _LEVELS.get(fold(held["muc"]))
        if level is None or not held["ma_loi"]:
            continue
        yield Asked(
            level=level,
            code=held["ma_loi"],
            sheet=held["sheet"],
            cell=held["o"].replace("$", ""),
            raw=held["gia_tri"],
            key=held["khoa"],
            subject=held["doi_tuong"],
            text=held["noi_dung"],
            answer=held["giai_trinh"],
        )
