"""Cells of an .xlsb that the general reader refuses: one with sheets that hold no cells, or written by an early Excel.

The format is a chain of records in the members of an archive (MS-XLSB): a number, a length, the content. Only what
gives a cell its value, its format and its place is looked at.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from dvk_reports.intake.readers.excel_days import (
    BUILTIN_FORMATS,
    MAC_EPOCH,
    WINDOWS_EPOCH,
    from_excel,
    is_date_format,
    is_timedelta_format,
)
from dvk_reports.intake.readers.package import Package
from dvk_reports.intake.readers.raw import RawBook, RawCell, RawValue, SheetBuilder, book_of, day_if_midnight, finite

_ROW, _FIRST_CELL, _LAST_CELL, _MERGED, _SHEET, _SHARED, _BOOK = 0, 1, 11, 176, 156, 19, 153
_FORMAT, _STYLE, _STYLES_BEGIN, _STYLES_END = 44, 47, 617, 618
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_NOTE = "tệp .xlsb có phần lạ, đọc bằng bộ đọc dự phòng"


def read_records(data: bytes, kind: str, only: Collection[str] | None = None) -> RawBook:
    """Raises KeyError, IndexError or struct.error on a damaged file."""
    package = Package(data)
    place = next(r.target for r in package.relations("").values() if r.kind == "officeDocument")
    relations = package.relations(place)
    by_kind = {relation.kind: relation.target for relation in relations.values()}
    texts = [
        _text(body, 1)[0] for number, body in _records(package, by_kind.get("sharedStrings", "")) if number == _SHARED
    ]
    formats = _formats(package, by_kind.get("styles", ""))
    epoch: Any = WINDOWS_EPOCH
    builders = []
    for number, body in _records(package, place):
        if number == _BOOK:
            epoch = MAC_EPOCH if body[0] & 1 else WINDOWS_EPOCH
        elif number == _SHEET:
            state, name, relation = _sheet(body, relations)
            if relation is not None and relation.kind == "worksheet" and (only is None or name in only):
                builder = SheetBuilder(name, hidden=state != 0)
                _fill(builder, package, relation.target, texts, formats, epoch)
                builders.append(builder)
    return book_of(builders, kind, "records", [*package.notes(), _NOTE])


def _sheet(body: bytes, relations: Mapping[str, Any]) -> tuple[int, str, Any]:
    """(state, name, relation) of a sheet; the first Excel of this format kept another number before them."""
    for start in (8, 12):
        identifier, at = _text(body, start)
        if identifier in relations:
            return struct.unpack_from("<I", body, start - 8)[0], _text(body, at)[0], relations[identifier]
    return 0, "", None


def _records(package: Package, name: str) -> Iterator[tuple[int, bytes]]:
    if not name or name not in package:
        return
    data = package.read(name)
    at = 0
    while at < len(data):
        number, at = _varying(data, at, 2)
        size, at = _varying(data, at, 4)
        if at + size > len(data):
            raise IndexError("cut off")
        yield number, data[at : at + size]
        at += size


def _varying(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of up to ``most`` bytes, seven bits in each; where the next one begins."""
    value = 0
    for index in range(most):
        byte = data[at + index]
        value |= (byte & 0x7F) << 7 * index
        if not byte & 0x80:
            return value, at + index + 1
    return value, at + most


def _text(body: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", body, at)
    end = at + 4 + 2 * length
    return (body[at + 4 : end].decode("utf-16-le", "replace") if length < 0x8000 else ""), end


def _formats(package: Package, name: str) -> list[str]:
    """The number format of every style of a cell."""
    own: dict[int, str] = {}
    found: list[str] = []
    inside = False
    for number, body in _records(package, name):
        if number == _FORMAT:
            own[struct.unpack_from("<H", body, 0)[0]] = _text(body, 2)[0]
        elif number in (_STYLES_BEGIN, _STYLES_END):
            inside = number == _STYLES_BEGIN
        elif number == _STYLE and inside:
            key = struct.unpack_from("<H", body, 2)[0]
            found.append(own.get(key) or BUILTIN_FORMATS.get(key, "General"))
    return found


def _fill(
    builder: SheetBuilder, package: Package, name: str, texts: list[str], formats: list[str], epoch: datetime
) -> None:
    row = 0
    for number, body in _records(package, name):
        if number == _ROW:
            row = struct.unpack_from("<I", body, 0)[0] + 1
            if len(body) > 11 and body[11] & 0x10:
                builder.hide_rows(row, row)
        elif number == _MERGED:
            top, bottom, left, right = struct.unpack_from("<IIII", body, 0)
            builder.merged.append((top + 1, left + 1, bottom + 1, right + 1))
        elif _FIRST_CELL < number <= _LAST_CELL:
            col, style = struct.unpack_from("<II", body, 0)
            style &= 0xFFFFFF
            number_format = formats[style] if style < len(formats) else "General"
            builder.put(row, col + 1, finite(_cell(number, body, texts, number_format, epoch)))


def _cell(number: int, body: bytes, texts: list[str], number_format: str, epoch: datetime) -> RawCell:
    formula = number >= 8
    if number in (3, 11):
        return RawCell(None, _ERRORS.get(body[8], "#VALUE!"), formula, number_format)
    value: RawValue
    if number in (4, 10):
        value = bool(body[8])
    elif number in (6, 8):
        value = _text(body, 8)[0]
    elif number == 7:
        value = texts[struct.unpack_from("<I", body, 8)[0]]
    else:
        value = _moment(_rk(body) if number == 2 else struct.unpack_from("<d", body, 8)[0], number_format, epoch)
    return RawCell(value, "", formula, number_format)


def _rk(body: bytes) -> float:
    """A number pressed into four bytes: a whole one or the first half of a double, and perhaps its hundredth."""
    (raw,) = struct.unpack_from("<I", body, 8)
    number = float(struct.unpack_from("<i", body, 8)[0] >> 2) if raw & 2 else 0.0
    if not raw & 2:
        (number,) = struct.unpack("<d", bytes(4) + struct.pack("<I", raw & 0xFFFFFFFC))
    return number / 100 if raw & 1 else number


def _moment(value: float, number_format: str, epoch: datetime) -> RawValue:
    if not is_date_format(number_format):
        return value
    try:
        moment: RawValue = from_excel(value, epoch, is_timedelta_format(number_format))
    except (ValueError, OverflowError):
        return value
    return day_if_midnight(moment)
