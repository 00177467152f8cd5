"""Where the bytes of a received file are until somebody reads them: thousands never stand in memory at once."""

from __future__ import annotations

import tempfile
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeAlias

from dvk_reports.errors import WorkspaceError, reason_of
from dvk_reports.workspace.folder import digest


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A file of the mailbox, as it was when it was first looked at."""

    path: Path
    sha256: str

    def read(self) -> bytes:
        """WorkspaceError where it is no longer that file."""
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise WorkspaceError(f"tệp không còn đọc được trong lúc chạy: {reason_of(error)}") from error
        if digest(data) != self.sha256:
            raise WorkspaceError("tệp bị thay đổi trong lúc đang đọc: đóng tệp rồi chạy lại")
        return data


class Spool:
    """One nameless file of the system's, for what came out of archives and mails; it goes when nobody holds it."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None

    def put(self, data: bytes) -> Spooled | bytes:
        """The same bytes kept on the disk, or as they are where there is no room for them."""
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="dvk-")  # noqa: SIM115 it lives as long as what is in it
                weakref.finalize(self, self._file.close)
            start: int = self._file.seek(0, 2)
            self._file.write(data)
            self._file.flush()
        except OSError:
            return data
        return Spooled(self, start, len(data))

    def read(self, start: int, size: int) -> bytes:
        """What was put there."""
        if self._file is None:
            return b""
        self._file.seek(start)
        return self._file.read(size)


@dataclass(frozen=True, slots=True)
class Spooled:
    """Bytes in a spool."""

    spool: Spool
    start: int
    size: int

    def read(self) -> bytes:
        """The bytes as they were put."""
        return self.spool.read(self.start, self.size)


Held: TypeAlias = bytes | OnDisk | Spooled | None
