"""The archive of an Office workbook: its members, how they refer to each other, and their XML.

Only what is asked for is opened: a fault in a picture, a theme or a chart costs nothing.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any, TypeAlias, TypeVar

from lxml import etree

from dvk_reports.intake.readers.raw import FOREIGN, MAX_RATIO, RATIO_FROM, Bounds, ReadRefused

Node: TypeAlias = Any

SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""Nothing is fetched, unfolded or taken without bounds, whatever the file asks for."""
_DTD = "tệp có phần khai báo lạ (DTD), có thể là tệp tấn công: không mở"

SMALL = 20_000
"""Bytes of a member up to which it is remembered as it is."""

R = TypeVar("R")


def remembered_parts(most: int, longest: int) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """A function of nothing but the content of a part, which remembers what it found for the last ones up to a length.

    Forms that were sent out together have the same parts, letter by letter.
    """

    def wrapped(read: Callable[..., R]) -> Callable[..., R]:
        known = lru_cache(maxsize=most)(read)

        @wraps(read)
        def found(part: bytes | str, *more: Any) -> R:
            return known(part, *more) if len(part) <= longest else read(part, *more)

        return found

    return wrapped


_HEAD, _GUARDED = 30, 0b1100001
"""Bytes that stand before the name of a member; signs of one that is encrypted or patched."""

MACROS = "tệp có macro: không đọc, không chạy"
LINKS = "tệp có liên kết tới tệp khác: số lấy qua liên kết là số đã lưu lần cuối, không cập nhật"
DDE = "tệp có liên kết DDE tới chương trình khác: không chạy"


@dataclass(frozen=True, slots=True)
class Parsed:
    """The XML of one member."""

    root: Node
    sound: bool
    """False where its XML is broken, so that something may be missing from it."""


def parse(xml: bytes) -> Parsed:
    """XML that may be broken, as far as it can be read; ``root`` is None where nothing can."""
    parser = etree.XMLParser(recover=True, **SAFE)
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is not None:
        _refuse_declarations(root)
    return Parsed(root, root is not None and not len(parser.error_log))


_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)[^>]*>")


def alone(xml: bytes, *names: str) -> bytes:
    """Broken XML cut down to these parts of it, which may be sound; b"" where they cannot be found."""
    root = _ROOT.search(xml)
    found = []
    for name in map(str.encode, names):
        begin = re.search(rb"<((?:\w+:)?)%s\b" % name, xml)
        end = re.compile(rb"</%s%s\s*>" % (begin[1], name)).search(xml, begin.end()) if begin is not None else None
        if begin is not None and end is not None:
            found.append(xml[begin.start() : end.end()])
    parts = b"".join(found)
    return b"%s%s</%s>" % (root[0], parts, root[1]) if root is not None and parts else b""


def elements(xml: bytes, tags: tuple[str, ...]) -> Iterator[Node]:
    """The elements of these tags, each when it is complete and forgotten after; raises XMLSyntaxError where broken."""
    events = etree.iterparse(io.BytesIO(xml), events=("end",), tag=tags, **SAFE)
    first = True
    for _, element in events:
        if first:
            _refuse_declarations(element)
            first = False
        yield element
        element.clear()


def _refuse_declarations(node: Node) -> None:
    # An entity that is not resolved would vanish from its text without a word.
    if node.getroottree().docinfo.internalDTD is not None:
        raise ReadRefused(_DTD)


def local(node: Node) -> str:
    """The name of an element without its vocabulary: Strict Open XML has another for the same names."""
    return str(node.tag).rpartition("}")[2]


@dataclass(frozen=True, slots=True)
class Relation:
    """What one member calls another."""

    kind: str
    """The last word of its type: ``worksheet``, ``styles``, ``externalLink`` …"""
    target: str


@remembered_parts(16, 20_000)
def _relations_in(xml: bytes, folder: str) -> Mapping[str, Relation]:
    root = parse(xml).root
    found = {}
    for node in root.iter("{*}Relationship") if root is not None else ():
        if node.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, node.get("Target", "").replace("\\", "/")))
            found[node.get("Id", "")] = Relation(node.get("Type", "").rpartition("/")[2], target.lstrip("/"))
    return found


class Package:
    """Members by name, in whatever spelling of case and slashes the archive has them."""

    def __init__(self, data: bytes, bounds: Bounds = FOREIGN) -> None:
        """Raises what zipfile raises on a damaged archive; ReadRefused, before a byte is inflated, for a bomb."""
        self._data, self._box = data, zipfile.ZipFile(io.BytesIO(data))
        size = sum(info.file_size for info in self._box.infolist())
        if size > bounds.unzipped or (size > RATIO_FROM and size > MAX_RATIO * len(data)):
            raise ReadRefused("tệp bung ra quá lớn (có thể là bom nén): không mở")
        self._members: dict[str, zipfile.ZipInfo] = {}
        for info in self._box.infolist():
            self._members.setdefault(_plain(info.filename), info)

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._members

    @property
    def names(self) -> Iterator[str]:
        """Every member, in small letters."""
        return iter(self._members)

    def read(self, name: str) -> bytes:
        """The bytes of a member; raises KeyError where there is none, or what zipfile raises where it is damaged."""
        info = self._box.NameToInfo.get(name)  # an archive may hold two names that differ in case alone
        info = info or self._members[_plain(name)]
        return _inflated(self._data, info) or self._box.read(info)

    def relations(self, name: str) -> Mapping[str, Relation]:
        """Identifier -> what the member ``name`` refers to by it; of the archive itself where ``name`` is ""."""
        folder, base = posixpath.split(name)
        where = posixpath.join(folder, "_rels", f"{base}.rels")
        return _relations_in(self.read(where), folder) if where in self else {}

    def workbook(self) -> str:
        """The member that lists the sheets."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.target in self:
                return relation.target
        return "xl/workbook.xml"

    def notes(self) -> list[str]:
        """What the archive holds that could run or fetch, and never does here."""
        notes = [MACROS] if any(name.endswith("/vbaproject.bin") for name in self.names) else []
        links = [name for name in self.names if "/externallinks/" in name and "/_rels/" not in name]
        commands = [name for name in links if b"ddeLink" in self._if_readable(name)]
        notes += [LINKS] if len(commands) < len(links) else []
        return notes + ([DDE] if commands else [])

    def _if_readable(self, name: str) -> bytes:
        try:
            return self.read(name)
        except Exception:  # a damaged link is no reason to leave the cells unread
            return b""


def _inflated(data: bytes, info: zipfile.ZipInfo) -> bytes:
    """A member as it is usually packed, in one step; nothing where zipfile must tell what it is, or what is wrong."""
    at = info.header_offset
    head, name = data[at : at + _HEAD] if at >= 0 else b"", info.orig_filename
    if info.compress_type != zipfile.ZIP_DEFLATED or info.flag_bits & _GUARDED or head[:4] != b"PK\3\4":
        return b""
    name_size, extra_size = int.from_bytes(head[26:28], "little"), int.from_bytes(head[28:30], "little")
    at += _HEAD + name_size
    if not name.isascii() or data[at - name_size : at] != name.encode() or not info.file_size:
        return b""
    at += extra_size
    packed, unpack = data[at : at + info.compress_size], _unpacked if info.file_size <= SMALL else _unpacked.__wrapped__
    return unpack(packed, info.file_size, info.CRC)


@lru_cache(maxsize=200)
def _unpacked(packed: bytes, size: int, crc: int) -> bytes:
    """What deflate has packed, if it is so many bytes with that sum; the blank sheets of all forms are packed alike."""
    try:
        content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size)
    except zlib.error:
        return b""
    return content if len(content) == size and zlib.crc32(content) == crc else b""


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
