"""Text of the old encodings made Unicode once, before anything of a file is understood: captions, labels and values."""

from __future__ import annotations

from dataclasses import replace
from operator import itemgetter

from dvk_reports.intake.form.grid import Grid
from dvk_reports.intake.readers.raw import RawBook, RawCell
from dvk_reports.vietnamese.legacy import DOUBTFUL, decode, is_of_today, is_old
from dvk_reports.vietnamese.text import Passed

_FONT = itemgetter(RawCell._fields.index("font"))


def in_unicode(book: RawBook) -> list[Grid]:
    """The sheets of a workbook, every text that its font and its letters agree on decoded; a doubtful one as it stands.

    In no old font the letters alone may raise a doubt.
    """
    return [_sheet(Grid(raw)) for raw in book.sheets]


def decoded(cell: RawCell) -> RawCell:
    """A cell with its text in Unicode; one that has been decoded is left as it is."""
    text = cell.value
    if not isinstance(text, str) or text.isascii() or cell.encoding:
        return cell
    read, encoding = decode(text, cell.font)
    if encoding is None:
        return cell
    if encoding == DOUBTFUL:
        return cell._replace(encoding=DOUBTFUL)
    return cell._replace(value=read, coded=text, encoding=encoding)


_of_today = Passed(is_of_today)


def _sheet(grid: Grid) -> Grid:
    raw = grid.raw
    if _of_today.all(grid.values) and not any(map(is_old, set(map(_FONT, raw.cells.values())))):
        return grid
    changed = {
        place: decoded(cell)
        for place, cell in raw.cells.items()
        if isinstance(text := cell.value, str) and not text.isascii() and decode(text, cell.font)[1] is not None
    }
    return Grid(replace(raw, cells={**raw.cells, **changed})) if changed else grid
