"""Whether two files say the same, though a packer or another version of an office program wrote other bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

from dvk_reports.intake.files.kinds import sniff
from dvk_reports.intake.readers.workbook import read_book
from dvk_reports.plan.book.ready import FILE, HASH, unpacked

OFFICE = (".xls", ".ods")
"""Written by LibreOffice, which sets styles in any order: two of them are compared by their cells."""


def same(name: str, old: bytes, new: bytes) -> bool:
    """Whether the two hold the same: member by member of an archive, part by part of a mail."""
    if old == new:
        return True
    if name.endswith(OFFICE):
        return _cells(old) == _cells(new)
    if name == FILE:
        return old[:HASH] == new[:HASH] and unpacked(old) == unpacked(new)
    if name.endswith(".eml"):
        return _alike(_parts(old), _parts(new))
    if zipfile.is_zipfile(io.BytesIO(old)) and zipfile.is_zipfile(io.BytesIO(new)):
        return _alike(_members(old), _members(new))
    return _closed(old) and _closed(new)


_LOCKED = "EncryptedPackage".encode("utf-16-le")


def _closed(data: bytes) -> bool:
    """A workbook that nobody can read, cut off or locked: what is in it cannot matter."""
    return (data.startswith(b"PK") and not zipfile.is_zipfile(io.BytesIO(data))) or _LOCKED in data


def _alike(old: Iterator[tuple[str, bytes]], new: Iterator[tuple[str, bytes]]) -> bool:
    first, second = list(old), list(new)
    return [name for name, _ in first] == [name for name, _ in second] and all(
        same(name, one, other) for (name, one), (_, other) in zip(first, second, strict=True)
    )


def _members(data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        for info in box.infolist():
            yield f"{info.filename} {info.date_time} {info.external_attr}", box.read(info)


def _parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    for part in message_from_bytes(data).walk():
        held = part.get_payload(decode=True)
        yield str(_heads(part)), held if isinstance(held, bytes) else b""


def _heads(part: Message) -> list[tuple[str, str]]:
    return [(key, str(value)) for key, value in part.items()]


def _cells(data: bytes) -> list[tuple[str, object]]:
    return [(sheet.name, sheet.cells) for sheet in read_book(data, sniff(data)).sheets]
