"""The parts of a workbook put into its file: those in memory, and sheets whose rows stand on the disk."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import IO, NamedTuple

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
