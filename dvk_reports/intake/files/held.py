"""Where the bytes of a received file are until somebody reads them: thousands never stand in memory at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from dvk_reports.errors import WorkspaceError, reason_of
from dvk_reports.model.spool import Spooled
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


Held: TypeAlias = bytes | OnDisk | Spooled | None
