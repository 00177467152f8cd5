"""What the program knows of a draft of its own that a person has had in hand: a fingerprint of every paragraph and row.

It lies in the .docx itself (a custom XML part, which Word and LibreOffice keep): hashes only, so nothing that a person
has taken out can be read there. So no copy of the old draft is needed to tell what a person has added or changed.
"""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import IO, Any, Final

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree

from dvk_reports.papers.docx.long_tables import LongTables
from dvk_reports.papers.docx.marks import text_of
from dvk_reports.papers.docx.numbers_in import NUMBER
from dvk_reports.vietnamese.text import fold, nfc

_NAMESPACE: Final = "urn:dvk-reports:du-thao"
_NOT_YET = "0" * 64
_PIECE = 1 << 18
_END = b"PK\x05\x06"
_WHOLE = re.compile(rb'toan-van="([0-9a-f]{64})"')
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8"?><ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/'
    '2006/customXml" ds:itemID="{{6B1D2C4E-0000-4000-8000-{0:012d}}}"><ds:schemaRefs/></ds:datastoreItem>'
)


@dataclass(frozen=True)
class Block:
    """A paragraph of the body, or a row of one of its tables, with what it says."""

    element: Any
    text: str

    @cached_property
    def print(self) -> Print:
        """Its fingerprint."""
        kind = "d" if self.element.tag == qn("w:tr") else "p"
        return Print(kind + _short(self.text), kind + _short(fold(NUMBER.sub(" ", self.text))))


@dataclass(frozen=True, slots=True)
class Print:
    """``whole``: of the text; ``words``: of the text without its numbers."""

    whole: str
    words: str


def blocks_of(document: Any) -> list[Block]:
    """Every paragraph of the body and row of its tables that says something, in the order of the page."""
    return [Block(element, text) for element in _elements(document) if (text := _text(element))]


def _elements(document: Any) -> Iterator[Any]:
    for child in document.element.body.iterchildren(qn("w:p"), qn("w:tbl")):
        if child.tag == qn("w:p"):
            yield child
        else:
            yield from child.iterchildren(qn("w:tr"), etree.ProcessingInstruction)


def _text(element: Any) -> str:
    if element.tag == qn("w:p"):
        return _plain(text_of(element))
    cells = [_plain(cell_text(cell)) for cell in element.iterchildren(qn("w:tc"))]
    return " | ".join(cells) if any(cells) else ""


def cell_text(cell: Any) -> str:
    """What stands in a cell, its paragraphs one after the other."""
    return " ".join(text_of(paragraph) for paragraph in cell.iter(qn("w:p")))


def _plain(text: str) -> str:
    return " ".join(nfc(text).split())


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def prints_of(elements: Iterable[Any], long: LongTables | None = None) -> Iterator[str]:
    """The fingerprints of paragraphs and rows, a line for each that says something; ``long``: the rows kept apart."""
    for element in elements:
        if long is not None and element.tag is etree.ProcessingInstruction:
            yield from long.prints(element)
        elif text := _text(element):
            mark = Block(element, text).print
            yield f"{mark.whole} {mark.words}"


def note_own(document: Any, long: LongTables | None = None) -> None:
    """Put the fingerprints of what the draft says now into it; the file is to be ``sealed`` once it is saved."""
    prints = "\n".join(prints_of(_elements(document), long))
    root = f'<v xmlns="{_NAMESPACE}" toan-van="{_NOT_YET}">\n{prints}\n</v>'
    blob = f'<?xml version="1.0" encoding="UTF-8"?>{root}'.encode()
    main = document.part
    for relation in main.rels.values():
        if relation.reltype == RELATION.CUSTOM_XML and _NAMESPACE.encode() in relation.target_part.blob:
            relation.target_part._blob = blob
            return
    taken = {str(part.partname) for part in main.package.iter_parts()}
    number = next(n for n in range(1, len(taken) + 2) if f"/customXml/item{n}.xml" not in taken)
    part = Part(PackURI(f"/customXml/item{number}.xml"), "application/xml", blob, main.package)
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    properties = _PROPERTIES.format(number).encode()
    part.relate_to(Part(PackURI(f"/customXml/itemProps{number}.xml"), kind, properties, main.package), _OF_PROPERTIES)
    main.relate_to(part, RELATION.CUSTOM_XML)


_OF_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps"


def sealed(data: bytes) -> bytes:
    """The file with the hash of all else in the part of the fingerprints; members and their dates stay as they are."""
    name, whole = _part_of(data), _whole(data)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            if entry.filename == name:
                target.writestr(entry, _WHOLE.sub(f'toan-van="{whole}"'.encode(), source.read(entry), count=1))
                continue
            with source.open(entry) as content, target.open(copy(entry), "w") as member:
                shutil.copyfileobj(content, member, _PIECE)
    return out.getvalue()


def is_own(data: bytes) -> bool:
    """Whether the program wrote this .docx and nobody has saved it since."""
    try:
        name = _part_of(data)
        if not name or data[-len(_END) - 18 : -18] != _END:  # something was put behind the archive
            return False
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = _WHOLE.search(archive.read(name))
        return found is not None and found[1].decode() == _whole(data)
    except Exception:  # whatever is wrong with the file, it is not as the program wrote it
        return False


def own_prints(data: bytes) -> list[Print] | None:
    """What the program's own draft said, of which this .docx is the edited one; None where that is not known."""
    name = _part_of(data)
    if not name:
        return None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        text = etree.fromstring(archive.read(name), parser).text or ""
    pairs = [line.split() for line in text.splitlines()]
    return [Print(*pair) for pair in pairs if len(pair) == 2]


def opened(data: bytes) -> Any:
    """The document of some bytes."""
    return Document(io.BytesIO(data))


def _part_of(data: bytes) -> str:
    """The member with the fingerprints, however a word processor has named it since; "" where there is none."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if re.fullmatch(r"customXml/item\d+\.xml", name)]
        return next((name for name in names if _NAMESPACE.encode() in archive.read(name)), "")


def _digest(member: IO[bytes]) -> str:
    found = hashlib.sha256()
    while piece := member.read(_PIECE):
        found.update(piece)
    return found.hexdigest()


def _whole(data: bytes) -> str:
    """The hash of every member but that part."""
    apart = _part_of(data)
    found = hashlib.sha256()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names: Sequence[str] = sorted(name for name in archive.namelist() if name != apart)
        for name in names:
            with archive.open(name) as member:
                found.update(f"{name}\n{_digest(member)}\n".encode())
    return found.hexdigest()
