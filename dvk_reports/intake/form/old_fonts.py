"""Text of the old encodings made Unicode once, before anything of a file is understood: captions, labels and values."""

from __future__ import annotations

from dataclasses import replace

from dvk_reports.intake.readers.raw import RawBook, RawCell, RawSheet
from dvk_reports.vietnamese.legacy import DOUBTFUL, decode


def in_unicode(book: RawBook) -> RawBook:
    """The workbook with every text that its font and its letters agree on decoded; a doubtful text as it stands."""
    return replace(book, sheets=tuple(map(_sheet, book.sheets)))


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


def _sheet(raw: RawSheet) -> RawSheet:
    changed = {
        place: decoded(cell)
        for place, cell in raw.cells.items()
        if isinstance(text := cell.value, str) and not text.isascii() and decode(text, cell.font)[1] is not None
    }
    return replace(raw, cells={**raw.cells, **changed}) if changed else raw
