"""What is inside a digital signature (S/MIME, CMS): the file or mail that was signed.

Nothing is verified: whether a return counts is the clerk's to judge by what it says, as for one that is not signed.
The structure is BER, which Python's library does not read; only the few steps down to the content are needed.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

_SIGNED = bytes.fromhex("2a864886f70d010702")
_COMPRESSED = bytes.fromhex("2a864886f70d0109100109")
_ENCRYPTED = (
    bytes.fromhex("2a864886f70d010703"),
    bytes.fromhex("2a864886f70d010706"),
    bytes.fromhex("2a864886f70d0109100117"),
)
_SEQUENCE, _OID, _CONSTRUCTED = 0x30, 0x06, 0x20
_MOST = 200_000_000
"""Bytes of what a compressed message may unfold to."""


@dataclass(frozen=True, slots=True)
class _Element:
    tag: int
    body: int
    end: int
    next: int


def kind_of_signed(data: bytes) -> str:
    """``signed``, ``signature`` (without what was signed), ``sealed`` (encrypted), or "" where it is nothing of it."""
    try:
        oid, content = _typed(data)
        if oid in _ENCRYPTED:
            return "sealed"
        if oid in (_SIGNED, _COMPRESSED):
            return "signature" if content is None else "signed"
    except Exception:  # anything but BER may lead anywhere
        pass
    return ""


def content_of(data: bytes) -> bytes:
    """What was signed or compressed. Raises ValueError where there is nothing."""
    oid, content = _typed(data)
    if content is None:
        raise ValueError("no content")
    found = _octets(data, content)
    return zlib.decompressobj().decompress(found, _MOST) if oid == _COMPRESSED else found


def _typed(data: bytes) -> tuple[bytes, _Element | None]:
    """(what kind of message it is, its content): ContentInfo, then the third field but one kind of signed data."""
    root = _element(data, 0)
    if root.tag != _SEQUENCE:
        raise ValueError("no sequence")
    name, holder = _children(data, root)[:2]
    oid = data[name.body : name.end]
    if name.tag != _OID or oid not in (_SIGNED, _COMPRESSED):
        return oid, None
    (message,) = _children(data, holder)
    inside = _children(data, _children(data, message)[2])
    return oid, _children(data, inside[1])[0] if len(inside) > 1 else None


def _element(data: bytes, at: int) -> _Element:
    tag, length, body = data[at], data[at + 1], at + 2
    if length == 0x80:  # of a length that its writer did not know: it ends with two zeros
        end = body
        while data[end : end + 2] != b"\0\0":
            end = _element(data, end).next
        return _Element(tag, body, end, end + 2)
    if length > 0x80:
        size = length & 0x7F
        length = int.from_bytes(data[body : body + size], "big")
        body += size
    if body + length > len(data):
        raise ValueError("cut off")
    return _Element(tag, body, body + length, body + length)


def _children(data: bytes, parent: _Element) -> list[_Element]:
    found = []
    at = parent.body
    while at < parent.end:
        found.append(_element(data, at))
        at = found[-1].next
    return found


def _octets(data: bytes, element: _Element) -> bytes:
    if element.tag & _CONSTRUCTED:
        return b"".join(_octets(data, piece) for piece in _children(data, element))
    return data[element.body : element.end]
