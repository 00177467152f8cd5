"""The members of a Word file: unzipped once, each found by what the file says it is."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from dvk_reports.errors import DvkError
from dvk_reports.papers.docx.elements import W

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# The second dialect of the format, written by "Strict Open XML Document".
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
}
_LARGEST = 100_000_000
_OLE = b"\xd0\xcf\x11\xe0"


class UnreadablePaper(DvkError):
    """The file is no .docx, or a broken one; the text says what to do."""


class Package:
    """The XML members of a .docx by their names; UnreadablePaper with one sentence for anything else."""

    def __init__(self, data: bytes) -> None:
        self._members = _members(data)
        self.main = self.target("", "officeDocument") or "word/document.xml"
        """Name of the member that holds the text."""

    def root(self, name: str) -> Any | None:
        """Root element of a member; None where there is none of that name."""
        return _parse(self._members.get(name))

    def part(self, kind: str) -> Any | None:
        """Root of the member that the text calls its styles, numbering, settings and so on."""
        return self.root(self.target(self.main, kind))

    def target(self, part: str, kind: str) -> str:
        """Where the relation of a kind leads; "" where a part has none."""
        return next((target for found, target in self.relations(part).values() if found == kind), "")

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Id -> (last word of the kind, member name)."""
        path = PurePosixPath(part)
        root = self.root(str(path.parent / "_rels" / f"{path.name}.rels") if part else "_rels/.rels")
        found = {}
        for item in root.iter(_RELATION) if root is not None else ():
            target = item.get("Target", "")
            inside = target.lstrip("/") if target.startswith("/") else str(path.parent / target)
            found[item.get("Id", "")] = (item.get("Type", "").rpartition("/")[2], inside)
        return found


def _members(data: bytes) -> dict[str, bytes]:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadablePaper("Tệp có mật khẩu nên không đọc được: mở trong Word, bỏ mật khẩu rồi lưu lại.")
        raise UnreadablePaper("Tệp ở dạng Word cũ (.doc): mở trong Word, chọn Lưu thành dạng .docx rồi kiểm tra lại.")
    if data.startswith(b"%PDF"):
        raise UnreadablePaper("Tệp là PDF, không có thông tin thể thức: hãy kiểm tra tệp Word (.docx) gốc.")
    if not data.startswith(b"PK"):
        raise UnreadablePaper("Tệp không phải là văn bản Word dạng .docx.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST:
                raise UnreadablePaper("Tệp quá lớn khi mở ra nên không kiểm tra.")
            return {
                name: _plain(archive.read(name))
                for name in archive.namelist()
                if name.endswith((".xml", ".rels")) and not name.startswith("customXml/")
            }
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnreadablePaper("Tệp .docx bị hỏng, không mở được: mở trong Word, sửa rồi lưu lại.") from error


def _plain(data: bytes) -> bytes:
    for strict, usual in _STRICT.items():
        data = data.replace(strict, usual)
    return data


def _parse(data: bytes | None) -> Any | None:
    if data is None:
        return None
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadablePaper("Tệp .docx bị hỏng, không mở được: mở trong Word, sửa rồi lưu lại.") from error
