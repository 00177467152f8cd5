"""Members of an archive taken in one step are what zipfile finds, and are refused where zipfile refuses them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest

from dvk_reports.intake.readers import package
from dvk_reports.intake.readers.package import Package

NAME, CONTENT = "xl/a.xml", b"<a>" + bytes(range(256)) * 40 + b"</a>"
LOCAL, CENTRAL = b"PK\3\4", b"PK\1\2"


def archive(how: int = zipfile.ZIP_DEFLATED, name: str = NAME, content: bytes = CONTENT) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as box:
        box.writestr("first.xml", b"<first/>")
        box.writestr(name, content)
        box.writestr("last.xml", b"<last/>")
    return out.getvalue()


def streamed() -> bytes:
    """Sizes and sum stand behind the member, as a program writes them that cannot go back."""

    class OneWay(io.RawIOBase):
        def __init__(self) -> None:
            self.held = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.held += data
            return len(data)

    out = OneWay()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:  # type: ignore[arg-type]
        box.writestr(NAME, CONTENT)
    return bytes(out.held)


def put(sign: bytes, at: int, form: str, change: Callable[[int], int]) -> bytes:
    """A field of the second head of a kind changed."""
    data = bytearray(archive())
    start = data.index(sign, data.index(sign) + 1) + at
    (was,) = struct.unpack_from(form, data, start)
    struct.pack_into(form, data, start, change(was))
    return bytes(data)


def swapped(old: bytes, new: bytes, sign: bytes) -> bytes:
    data = archive()
    at = data.index(old, data.index(sign, data.index(sign) + 1))
    return data[:at] + new + data[at + len(old) :]


def damaged() -> bytes:
    data = bytearray(archive())
    data[data.index(NAME.encode()) + len(NAME) + 60] ^= 0xFF
    return bytes(data)


ARCHIVES = {
    "as usual": archive(),
    "stored": archive(zipfile.ZIP_STORED),
    "packed otherwise": archive(zipfile.ZIP_BZIP2),
    "empty": archive(content=b""),
    "large": archive(content=CONTENT * 300),
    "a name in Vietnamese": archive(name="xl/trang-tính.xml"),
    "streamed": streamed(),
    "with something before it": b"#!/bin/sh\n" + archive(),
    "damaged": damaged(),
    "encrypted": put(CENTRAL, 8, "<H", lambda bits: bits | 1),
    "patched": put(CENTRAL, 8, "<H", lambda bits: bits | 0x20),
    "strongly encrypted": put(CENTRAL, 8, "<H", lambda bits: bits | 0x40),
    "encrypted, the member alone says": put(LOCAL, 6, "<H", lambda bits: bits | 1),
    "another sum": put(CENTRAL, 16, "<I", lambda crc: crc ^ 1),
    "less than it says": put(CENTRAL, 24, "<I", lambda size: size + 1),
    "more than it says": put(CENTRAL, 24, "<I", lambda size: size - 1),
    "nothing, it says": put(CENTRAL, 24, "<I", lambda size: 0),
    "cut short": put(CENTRAL, 20, "<I", lambda size: size - 3),
    "packed longer": put(CENTRAL, 20, "<I", lambda size: size + 20),
    "elsewhere": put(CENTRAL, 42, "<I", lambda at: at + 1),
    "at another member": put(CENTRAL, 42, "<I", lambda at: 0),
    "far away": put(CENTRAL, 42, "<I", lambda at: 10_000_000),
    "another name": swapped(NAME.encode(), b"xl/b.xml", LOCAL),
    "a longer name": put(LOCAL, 26, "<H", lambda size: size + 1),
    "more beside its name": put(LOCAL, 28, "<H", lambda size: size + 4),
    "another way of packing": put(CENTRAL, 10, "<H", lambda how: 0),
}


def outcome(read: Callable[[], bytes]) -> bytes | type[Exception]:
    try:
        return read()
    except Exception as refused:
        return type(refused)


@pytest.mark.parametrize("what", ARCHIVES)
def test_a_member_is_what_zipfile_finds(what):
    data = ARCHIVES[what]
    box = zipfile.ZipFile(io.BytesIO(data))
    for name in box.namelist():
        assert outcome(lambda name=name: Package(data).read(name)) == outcome(lambda name=name: box.read(name)), name


def test_usual_members_are_taken_in_one_step(monkeypatch):
    monkeypatch.setattr(zipfile.ZipFile, "read", None)
    assert Package(ARCHIVES["as usual"]).read(NAME) == Package(ARCHIVES["streamed"]).read(NAME) == CONTENT


def test_a_member_that_unfolds_to_more_than_it_says_is_never_unfolded_whole(monkeypatch):
    """The directory says a few bytes, so that the archive looks small; the member holds millions."""
    data = bytearray(archive(content=bytes(50_000_000)))
    at = data.index(CENTRAL, data.index(CENTRAL) + 1)
    struct.pack_into("<I", data, at + 24, 1000)
    made: list[int] = []
    inflater = zlib.decompressobj

    class Watched:
        def __init__(self, bits: int) -> None:
            self.inside = inflater(bits)

        def decompress(self, packed: bytes, most: int) -> bytes:
            found = self.inside.decompress(packed, most)
            made.append(len(found))
            return found

    monkeypatch.setattr(package.zlib, "decompressobj", Watched)
    info = next(info for info in zipfile.ZipFile(io.BytesIO(bytes(data))).infolist() if info.filename == NAME)
    assert package._inflated(bytes(data), info) == b""
    assert made == [1000]
