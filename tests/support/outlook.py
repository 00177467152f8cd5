"""Small .msg and winmail.dat files, written as Outlook and Exchange write them."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any, TypeAlias

Tree: TypeAlias = Mapping[str, Any]
"""Name -> content of a stream, or what a storage holds."""
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def ole(tree: Tree) -> bytes:
    """An OLE file. Short streams lie in the small sectors of the root, as the format wants."""
    entries: list[list[Any]] = [["Root Entry", 5, None]]
    small, sectors, chains = bytearray(), [], []

    def store(content: bytes) -> int:
        start = len(sectors)
        pieces = [content[at : at + 512].ljust(512, b"\0") for at in range(0, len(content), 512)]
        sectors.extend(pieces)
        chains.extend([*range(start + 1, start + len(pieces)), _END] if pieces else [])
        return start if pieces else _END

    small_chain: list[int] = []

    def add(holder: int, inside: Tree) -> None:
        numbers = []
        for name, content in inside.items():
            number = len(entries)
            numbers.append(number)
            entries.append([name, 2 if isinstance(content, bytes) else 1, None, _FREE, _FREE, 0, 0])
            if not isinstance(content, bytes):
                add(number, content)
            elif len(content) < 4096:
                start = len(small) // 64
                count = -(-len(content) // 64)
                small.extend(content.ljust(count * 64, b"\0"))
                small_chain.extend([*range(start + 1, start + count), _END] if count else [])
                entries[number][5:] = [start if count else _END, len(content)]
            else:
                entries[number][5:] = [store(content), len(content)]
        for number, following in zip(numbers, [*numbers[1:], _FREE], strict=True):
            entries[number][4] = following
        entries[holder][2] = numbers[0] if numbers else _FREE

    entries[0] += [_FREE, _FREE, 0, 0]
    add(0, tree)
    root = store(bytes(small))
    entries[0][5:] = [root, len(small)]
    small_fat = store(b"".join(struct.pack("<I", link) for link in small_chain).ljust(512, b"\xff"))
    directory = b""
    for name, kind, child, left, right, start, size in entries:
        wide = (name + "\0").encode("utf-16-le")
        inner = _FREE if child is None else child
        links = struct.pack("<III", left, right, inner)
        directory += wide.ljust(64, b"\0") + struct.pack("<HBB", len(wide), kind, 1) + links + bytes(36)
        directory += struct.pack("<IQ", start, size)
    where = store(directory)
    fat_sectors = 1
    while (len(chains) + fat_sectors) * 4 > fat_sectors * 512:
        fat_sectors += 1
    fats = list(range(len(sectors), len(sectors) + fat_sectors))
    table = struct.pack(f"<{len(chains) + fat_sectors}I", *chains, *[_FAT] * fat_sectors)
    sectors.append(table.ljust(fat_sectors * 512, b"\xff"))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, fat_sectors, where, 0, 4096, small_fat, -(-len(small_chain) // 128), _END, 0)
    return (head + struct.pack(f"<{fat_sectors}I", *fats)).ljust(512, b"\xff") + b"".join(sectors)


def msg(headers: str, *attached: tuple[str, bytes | Tree], inner: bool = False, **texts: str) -> Tree:
    """A mail as the tree of its .msg. ``texts``: number of a property in hexadecimal -> text."""
    tree: dict[str, Any] = {"__properties_version1.0": bytes(24 if inner else 32)}
    for key, text in {"007D": headers, **{name[1:]: value for name, value in texts.items()}}.items():
        tree[f"__substg1.0_{key}001F"] = text.encode("utf-16-le")
    for number, (name, content) in enumerate(attached):
        held: dict[str, Any] = {"__properties_version1.0": bytes(8), "__substg1.0_3707001F": name.encode("utf-16-le")}
        held["__substg1.0_37010102" if isinstance(content, bytes) else "__substg1.0_3701000D"] = content
        tree[f"__attach_version1.0_#{number:08X}"] = held
    return tree


def tnef(*attached: tuple[str, bytes]) -> bytes:
    """What Exchange sends on: short names in the attributes, long ones in their properties."""
    out = b"\x78\x9f\x3e\x22" + struct.pack("<H", 1) + _attribute(1, 0x89006, struct.pack("<I", 0x10000))
    for name, content in attached:
        wide = (name + "\0").encode("utf-16-le")
        properties = struct.pack("<I", 3) + struct.pack("<HHI", 3, 0x3705, 1)
        properties += (
            struct.pack("<HH", 0x0B, 0x8000) + bytes(16) + struct.pack("<II", 1, 6) + b"a\0b\0\0\0\0\0" + bytes(4)
        )
        properties += struct.pack("<HHII", 0x1F, 0x3707, 1, len(wide)) + wide.ljust(-(-len(wide) // 4) * 4, b"\0")
        out += _attribute(2, 0x69002, bytes(14)) + _attribute(2, 0x18010, b"BAOCAO~1.XLS\0")
        out += _attribute(2, 0x6800F, content) + _attribute(2, 0x69005, properties)
    return out


def _attribute(level: int, tag: int, content: bytes) -> bytes:
    return struct.pack("<BII", level, tag, len(content)) + content + struct.pack("<H", sum(content) & 0xFFFF)
