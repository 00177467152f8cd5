"""The parts of a workbook put into its file: those in memory, and sheets whose rows stand on the disk."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import IO, Any, NamedTuple

import xlsxwriter

from dvk_reports.sheets.base.xml_text import content, space

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The first that a package knows."""
_LEVEL = 5
"""Of compression: the next takes twice the time for two bytes in a hundred."""
_PIECE = 1 << 20
"""Bytes that are taken from the disk at once."""


class Streamed(NamedTuple):
    """The part of a sheet whose rows stand on the disk."""

    before: bytes
    rows: Path
    behind: bytes

    @property
    def size(self) -> int:
        """Its bytes."""
        return len(self.before) + self.rows.stat().st_size + len(self.behind)

    def write_to(self, entry: IO[bytes]) -> None:
        """Write all of it; the rows are then no longer on the disk."""
        entry.write(self.before)
        with self.rows.open("rb") as rows:
            shutil.copyfileobj(rows, entry, _PIECE)
        entry.write(self.behind)
        self.rows.unlink()


class _Strings(xlsxwriter.sharedstrings.SharedStrings):  # type: ignore[misc]
    """The texts that all sheets share, written with less ado."""

    def _write_sst_strings(self) -> None:
        for text in self.string_table.string_array:
            if text.startswith("<r>"):
                self._write_si(text)
                continue
            written = content(text)
            self.fh.write(f"<si><t{space(written)}>{written}</t></si>")


class Packager(xlsxwriter.packager.Packager):  # type: ignore[misc]
    """Hands the parts over as they are, to be put into a file by others."""

    def __init__(self, parts: dict[str, bytes | Streamed]) -> None:
        super().__init__()
        self._parts = parts

    def _set_in_memory(self, in_memory: bool) -> None:
        self.in_memory = True  # what would not fit are the rows of streamed sheets, which stay where they are

    def _write_shared_strings_file(self) -> None:
        if self.workbook.str_table.count:
            strings = _Strings()
            strings.string_table = self.workbook.str_table
            strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))
            strings._assemble_xml_file()

    def _create_package(self) -> list[Any]:
        for written, name, binary in super()._create_package():
            self._parts[name] = written.getvalue() if binary else written.getvalue().encode()
        for number, sheet in enumerate(self.workbook.worksheets(), 1):
            if sheet.constant_memory:
                name = f"xl/worksheets/sheet{number}.xml"
                self._parts[name] = sheet.streamed(self._parts[name])
        return []


def put_in(package: zipfile.ZipFile, name: str, part: bytes | Streamed) -> None:
    """Put a part into the file; no clock: the same parts give the same bytes."""
    info = zipfile.ZipInfo(name, _FIRST_DAY)
    if isinstance(part, bytes):
        package.writestr(info, part, zipfile.ZIP_DEFLATED, _LEVEL)
        return
    info.compress_type, info.file_size = zipfile.ZIP_DEFLATED, part.size
    info._compresslevel = _LEVEL  # type: ignore[attr-defined]  # no other way takes a level for what comes in pieces
    with package.open(info, "w") as entry:
        part.write_to(entry)
