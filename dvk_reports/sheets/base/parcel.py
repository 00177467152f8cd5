"""A .xlsx file put together from parts whose deflated bytes are kept: what does not change is not compressed again.

A stretch of bytes that was deflated by itself and ends on a full flush may stand anywhere in a deflate stream, so a
part can be unchanged stretches with changed ones between them. No clock: the same parts give the same bytes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

_KEPT_LEVEL, _FAST_LEVEL = 9, 6
_END = b"\x03\x00"
"""The last block of a deflate stream, with nothing in it."""
_VERSION, _UTF8, _DEFLATED, _DAY = 20, 0x800, 8, 0x21  # 1/1/1980, the first day that the format knows
_LOCAL, _CENTRAL, _LAST = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")


class Stretch:
    """Bytes with their deflated form; ``kept`` ones are compressed well, once for all the files they go into."""

    __slots__ = ("data", "deflated")

    def __init__(self, data: bytes, *, kept: bool = False) -> None:
        press = zlib.compressobj(_KEPT_LEVEL if kept else _FAST_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        self.data = data
        self.deflated = press.compress(data) + press.flush(zlib.Z_FULL_FLUSH)


class Part:
    """One part of a package, ready to be put into a file."""

    __slots__ = ("body", "crc", "size")

    def __init__(self, *stretches: Stretch) -> None:
        self.crc = 0
        for stretch in stretches:
            self.crc = zlib.crc32(stretch.data, self.crc)
        self.size = sum(len(stretch.data) for stretch in stretches)
        self.body = b"".join(stretch.deflated for stretch in stretches) + _END


def packed(parts: Mapping[str, Part]) -> bytes:
    """The zip file of these parts, in their order."""
    found: list[bytes] = []
    entries: list[bytes] = []
    offset = 0
    for name, part in parts.items():
        said = name.encode()
        common = (_UTF8, _DEFLATED, 0, _DAY, part.crc, len(part.body), part.size, len(said), 0)
        local = _LOCAL.pack(b"PK\x03\x04", _VERSION, *common)
        entries += (_CENTRAL.pack(b"PK\x01\x02", _VERSION, _VERSION, *common, 0, 0, 0, 0, offset), said)
        found += (local, said, part.body)
        offset += len(local) + len(said) + len(part.body)
    directory = b"".join(entries)
    last = _LAST.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), len(directory), offset, 0)
    return b"".join((*found, directory, last))
