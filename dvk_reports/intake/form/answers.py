"""The sheet ``Cần sửa`` of a marked copy that came back: what the unit had been asked, and its Giải trình."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_letters, digits

from dvk_reports.intake.form.grid import LONGEST, Cells, Grid
from dvk_reports.intake.form.shown import CARRIAGE_RETURN, shown
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.messages.to_mend import TO_MEND, TO_MEND_COLUMNS
from dvk_reports.model.findings import Asked, Finding, Level
from dvk_reports.model.values import Cell
from dvk_reports.vietnamese.text import Passed, fold, remembered, tidy, unaccented

_ENOUGH = 5
"""Keys or captions in one row that make it the head of ``Cần sửa``: a sheet of the unit's own has fewer."""
_NAME = fold(TO_MEND)
_CODE = "ma_loi"
"""A key that no other sheet has."""
_LEVELS = {fold(level.value): level.value for level in Level}
_IN_CODE = {*_CODE, *unaccented(fold(TO_MEND_COLUMNS[_CODE]))}
_OTHER = re.compile(f"[{''.join(sign for sign in digits + ascii_letters if sign.lower() not in _IN_CODE)}]")
"""A letter or figure that is neither in that key nor in its caption."""
_CAPTIONS = {fold(caption): key for key, caption in TO_MEND_COLUMNS.items()}


@dataclass(frozen=True)
class ToMend:
    """A sheet ``Cần sửa``, by its name or, renamed, by its head."""

    grid: Grid
    first: int
    """The row of its head; 0 where that is gone."""
    keys: Mapping[str, int]
    """Key -> column."""

    @property
    def lines(self) -> Iterator[tuple[int, Cells]]:
        """What stands under its head."""
        return ((row, cells) for row, cells in self.grid.rows.items() if self.first and row > self.first)


def asking(grids: Iterable[Grid]) -> Sequence[ToMend]:
    """Every sheet ``Cần sửa`` of a workbook."""
    found = ((grid, _head(grid)) for grid in grids)
    return [ToMend(grid, *(head or (0, {}))) for grid, head in found if head or _by_name(grid)]


def read_asked(sheets: Iterable[ToMend]) -> tuple[Asked, ...]:
    """The lines of ``Cần sửa`` in their order; nothing where the file has no such sheet or its head is gone."""
    found = sorted((sheet for sheet in sheets if sheet.first), key=lambda sheet: not _by_name(sheet.grid))
    return tuple(_asked(found[0])) if found else ()


def decoded_answers(sheets: Iterable[ToMend], unit: str, file: str) -> Iterator[Finding]:
    """What is told of every Giải trình that was typed in an old font and has been decoded."""
    for sheet in sheets:
        col = sheet.keys.get("giai_trinh", 0)
        for row, cells in sheet.lines:
            cell = cells.get(col)
            if cell is not None and cell.coded:
                where = Location(unit, Cell(file, sheet.grid.raw.name, row, col), sheet=TO_MEND, raw=cell.coded)
                yield say(
                    Msg.LEGACY_TEXT, where, ten=TO_MEND_COLUMNS["giai_trinh"], ma=cell.encoding, doc=shown(cell.value)
                )


def _by_name(grid: Grid) -> bool:
    return fold(grid.raw.name) == _NAME


@remembered
def _key_in(text: str) -> str | None:
    """The key that a cell of the head says, or says by its caption."""
    text = tidy(shown(text))
    return text if text in TO_MEND_COLUMNS else _CAPTIONS.get(fold(text))


def _is_no_code(text: str) -> bool:
    if (_OTHER.search(text) and CARRIAGE_RETURN not in text) or len(text) > LONGEST:
        return True  # however it is compared, that stays in it
    return _key_in(text) != _CODE


_no_code = Passed(_is_no_code)


def _head(grid: Grid) -> tuple[int, Mapping[str, int]] | None:
    """(row of the head, key -> column): by the hidden keys, else by the captions."""
    if _no_code.all(grid.values):
        return None
    best: tuple[int, dict[str, int]] = 0, {}
    for row, cells in grid.top:
        keys: dict[str, int] = {}
        if len(cells) < max(_ENOUGH, len(best[1]) + 1):
            continue  # it cannot have more
        for col, cell in cells.items():
            text = cell.value
            if isinstance(text, str) and len(text) <= LONGEST and (key := _key_in(text)) is not None:
                keys.setdefault(key, col)
        if len(keys) > len(best[1]):
            best = row, keys
    return best if len(best[1]) >= _ENOUGH and {"muc", _CODE, "noi_dung"} <= best[1].keys() else None


def _asked(sheet: ToMend) -> Iterator[Asked]:
    for _, cells in sheet.lines:
        texts = {col: shown(cell.value) for col, cell in cells.items()}
        held = {key: texts.get(sheet.keys.get(key, 0), "") for key in TO_MEND_COLUMNS}
        level = _LEVELS.get(fold(held["muc"]))
        if level is None or not held[_CODE]:
            continue
        yield Asked(
            level=level,
            code=held[_CODE],
            sheet=held["sheet"],
            cell=held["o"].replace("$", ""),
            raw=held["gia_tri"],
            key=held["khoa"],
            subject=held["doi_tuong"],
            text=held["noi_dung"],
            answer=held["giai_trinh"],
        )
