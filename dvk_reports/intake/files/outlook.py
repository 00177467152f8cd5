"""Mails as Outlook keeps them (.msg) and as Exchange sends them on (winmail.dat, TNEF): what is attached to them."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from dvk_reports.intake.files.kinds import TNEF
from dvk_reports.intake.files.mails import Mail, Part, day_in_vietnam, headers_of

_LONG_NAME, _SHORT_NAME, _SHOWN_NAME, _DATA, _CONTENT_ID = 0x3707, 0x3704, 0x3001, 0x3701, 0x3712
_SUBJECT, _HEADERS, _SENDERS = 0x0037, 0x007D, (0x5D01, 0x5D02, 0x0C1F)
_SUBMITTED, _DELIVERED = 0x0039, 0x0E06
_TEXT8, _TEXT16, _BINARY, _OBJECT, _MOMENT = 0x1E, 0x1F, 0x102, 0x0D, 0x40


# --- .msg: an OLE file, a storage for each mail and attachment, a stream for each property ---


def parse_msg(data: bytes) -> Mail:
    """A mail saved by Outlook. Raises whatever olefile raises on a damaged file."""
    import olefile

    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        return _Message(ole, ole.listdir(streams=True, storages=True), ()).read()


class _Message:
    """One mail inside the OLE file; ``place`` is the storage that holds it."""

    def __init__(self, ole: Any, entries: list[list[str]], place: tuple[str, ...]) -> None:
        self.ole = ole
        self.entries = entries
        self.place = place

    def read(self) -> Mail:
        said = headers_of(self._text(self.place, _HEADERS))
        senders = (self._text(self.place, key) for key in _SENDERS)
        sender = said.sender or next((text.lower() for text in senders if "@" in text), "")
        return Mail(said.sent or self._moment(), tuple(self._parts()), sender)

    def _below(self, place: tuple[str, ...]) -> list[str]:
        size = len(place)
        return [entry[size] for entry in self.entries if len(entry) == size + 1 and tuple(entry[:size]) == place]

    def _parts(self) -> Iterator[Part]:
        held = sorted(name for name in self._below(self.place) if name.lower().startswith("__attach"))
        for number, name in enumerate(held, start=1):
            place = (*self.place, name)
            names = (self._text(place, key) for key in (_LONG_NAME, _SHORT_NAME, _SHOWN_NAME))
            called = next((text for text in names if text), f"phan-{number}")
            inner = (*place, _stream(_DATA, _OBJECT))
            if any(below.lower().startswith("__properties") for below in self._below(inner)):
                mail = _Message(self.ole, self.entries, inner)
                yield Part(f"{mail._text(inner, _SUBJECT) or called}.msg", mail.read())
            else:
                yield Part(called, self._bytes(place, _DATA, _BINARY), inline=bool(self._text(place, _CONTENT_ID)))

    def _bytes(self, place: tuple[str, ...], key: int, kind: int) -> bytes:
        wanted = _stream(key, kind).lower()
        for name in self._below(place):
            if name.lower() == wanted:
                with self.ole.openstream([*place, name]) as stream:
                    content: bytes = stream.read()
                return content
        return b""

    def _text(self, place: tuple[str, ...], key: int) -> str:
        wide = self._bytes(place, key, _TEXT16)
        return _line(wide.decode("utf-16-le", "replace") if wide else _narrow(self._bytes(place, key, _TEXT8)), key)

    def _moment(self) -> date | None:
        name = next((name for name in self._below(self.place) if name.lower().startswith("__properties")), "")
        if not name:
            return None
        with self.ole.openstream([*self.place, name]) as stream:
            content = stream.read()
        found = {}
        for at in range(24 if self.place else 32, len(content) - 15, 16):
            tag, _, value = struct.unpack_from("<IIQ", content, at)
            if tag & 0xFFFF == _MOMENT:
                found[tag >> 16] = value
        return _day(found.get(_SUBMITTED) or found.get(_DELIVERED) or 0)


def _stream(key: int, kind: int) -> str:
    return f"__substg1.0_{key:04X}{kind:04X}"


def _line(text: str, key: int) -> str:
    text = text.rstrip("\0")
    return text if key == _HEADERS else " ".join(text.split())


def _narrow(raw: bytes) -> str:
    for encoding in ("utf-8", "cp1258"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _day(ticks: int) -> date | None:
    """The day of a moment of Windows, which counts tenths of a microsecond from 1601 in the time of Greenwich."""
    try:
        return day_in_vietnam(datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)) if ticks else None
    except OverflowError:
        return None


# --- winmail.dat: a chain of attributes, those of an attachment behind the mark that begins it ---

_BEGINS, _TITLE, _CONTENT, _PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_SIZES = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, _MOMENT: 8, 0x48: 16}
"""Bytes of a property of each kind that has a fixed size, as it is stored."""
_OF_ANY_SIZE = (_TEXT8, _TEXT16, _BINARY, _OBJECT)


def parse_tnef(data: bytes) -> Mail:
    """What Exchange has packed into winmail.dat. Raises ValueError or struct.error where it is damaged."""
    parts = [_tnef_part(number, attributes) for number, attributes in enumerate(_attachments(data), start=1)]
    return Mail(None, tuple(parts))


def _attachments(data: bytes) -> list[dict[int, bytes]]:
    found: list[dict[int, bytes]] = []
    at = 6  # behind the signature and a key
    while at < len(data):
        level, tag, size = struct.unpack_from("<BII", data, at)
        content = data[at + 9 : at + 9 + size]
        if len(content) < size:
            raise ValueError("cut off")
        name = tag & 0xFFFF
        if name == _BEGINS:
            found.append({})
        elif level == 2 and found:
            found[-1][name] = content
        at += 9 + size + 2  # and its checksum
    return found


def _tnef_part(number: int, attributes: Mapping[int, bytes]) -> Part:
    known = {key: (kind, value) for key, kind, value in _properties(attributes.get(_PROPERTIES, b""))}
    names = (known.get(_LONG_NAME), (_TEXT8, attributes.get(_TITLE, b"")), known.get(_SHOWN_NAME))
    called = next((text for found in names if found and (text := _tnef_text(*found))), f"phan-{number}")
    inner = known.get(_DATA, (0, b""))[1][16:]  # behind the number of the interface of the object
    if inner.startswith(TNEF):
        return Part(f"{called}.msg", parse_tnef(inner))
    return Part(called, attributes.get(_CONTENT) or inner, inline=_CONTENT_ID in known)


def _tnef_text(kind: int, raw: bytes) -> str:
    return _line(raw.decode("utf-16-le", "replace") if kind == _TEXT16 else _narrow(raw), 0)


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(number, kind, first value) of every property that stands in one attribute."""
    if not data:
        return
    (count,) = struct.unpack_from("<I", data, 0)
    at = 4
    for _ in range(count):
        kind, key = struct.unpack_from("<HH", data, at)
        at += 4
        if key >= 0x8000:  # a property of somebody's own, with its name
            (named,) = struct.unpack_from("<I", data, at + 16)
            at += 20
            (number,) = struct.unpack_from("<I", data, at)
            at += 4 + (_padded(number) if named else 0)
        single = kind & 0x0FFF
        values = 1
        if kind & 0x1000 or single in _OF_ANY_SIZE:
            (values,) = struct.unpack_from("<I", data, at)
            at += 4
        first = b""
        for index in range(values):
            size = _SIZES.get(single, 0)
            if single in _OF_ANY_SIZE:
                (size,) = struct.unpack_from("<I", data, at)
                at += 4
            elif not size:
                raise ValueError("a property of an unknown kind")
            if at + size > len(data):
                raise ValueError("cut off")
            first = data[at : at + size] if index == 0 else first
            at += _padded(size)
        yield key, single, first


def _padded(size: int) -> int:
    return (size + 3) // 4 * 4
