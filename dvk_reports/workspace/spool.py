"""Bytes that are put aside on the disk until they are needed: thousands of files never stand in memory at once."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from typing import IO


class Spool:
    """One nameless file of the system's, for what came out of archives and mails; it goes when nobody holds it."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None

    def put(self, data: bytes) -> Spooled | bytes:
        """The same bytes kept on the disk, or as they are where there is no room for them."""
        try:
            if self._file is None:
                # No buffer: what a full disk has refused would stay in it, in the way of all that follows.
                self._file = tempfile.TemporaryFile(prefix="dvk-", buffering=0)  # noqa: SIM115 lives as what is in it
                weakref.finalize(self, self._file.close)
            start: int = self._file.seek(0, 2)
            if self._file.write(data) == len(data):
                return Spooled(self, start, len(data))
            self._file.truncate(start)
        except OSError:
            pass
        return data

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


class Aside(MutableMapping[str, bytes]):
    """Name -> content of many files, in the order they came; each content is read when it is asked for."""

    def __init__(self) -> None:
        self._spool = Spool()
        self._held: dict[str, Spooled | bytes] = {}

    def __setitem__(self, name: str, content: bytes) -> None:
        self._held[name] = self._spool.put(content)

    def __getitem__(self, name: str) -> bytes:
        held = self._held[name]
        return held.read() if isinstance(held, Spooled) else held

    def __delitem__(self, name: str) -> None:
        del self._held[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def take(self, others: Mapping[str, bytes], renamed: Mapping[str, str] | None = None) -> None:
        """All of the others, under their names or new ones; what is put aside already is not written again."""
        names = renamed or {}
        for name in others:
            if isinstance(others, Aside):
                self._held[names.get(name, name)] = others._held[name]
            else:
                self[names.get(name, name)] = others[name]
