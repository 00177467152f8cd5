"""Bytes that are put aside on the disk until they are needed: what there are thousands of never stands in memory."""

from __future__ import annotations

import os
import tempfile
import weakref
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import IO, Any

_FULL = 256_000_000
"""From so many bytes on a new file is begun, so that what nobody holds any more can go."""
_KEPT, _MUCH = 5_000, 2_000_000
"""So many rows of sheets stand ready at a time; half of them of a spool of more bytes than that, the sheets of some
hundred forms: all others are asked for before one comes again, so that only what is of one form or two is found."""


class Recent:
    """What was put together last of what lies in a spool: it is asked for again and again."""

    def __init__(self) -> None:
        self._held: OrderedDict[int, tuple[Any, int]] = OrderedDict()
        self._weight = 0

    def get(self, start: int) -> Any:
        """What begins there; None where it is not at hand."""
        found = self._held.pop(start, None)
        if found is None:
            return None
        self._held[start] = found
        return found[0]

    def keep(self, start: int, thing: Any, weight: int, much: bool) -> None:
        """``thing`` begins there. What was asked for longest ago goes for it."""
        self._held[start] = (thing, weight)
        self._weight += weight
        while self._weight > (_KEPT // 2 if much else _KEPT) and len(self._held) > 1:
            self._weight -= self._held.popitem(last=False)[1][1]


class Spool:
    """One nameless file of the system's; it goes when nobody holds it."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._lock = Lock()
        self._end = 0
        self.recent = Recent()

    @property
    def much(self) -> bool:
        """Whether there is far more in it than can stand ready."""
        return self._end > _MUCH

    @property
    def full(self) -> bool:
        """Whether what comes next belongs into another."""
        return self._end >= _FULL

    def put(self, data: bytes) -> Spooled | bytes:
        """The same bytes kept on the disk, or as they are where there is no room for them."""
        with self._lock:
            try:
                if self._file is None:
                    # No buffer: what a full disk has refused would stay in it, in the way of all that follows.
                    self._file = tempfile.TemporaryFile(prefix="dvk-", buffering=0)  # noqa: SIM115 lives as what is in it
                    weakref.finalize(self, self._file.close)
                start = self._file.seek(self._end)
                if self._file.write(data) == len(data):
                    self._end += len(data)
                    return Spooled(self, start, len(data))
                self._file.truncate(start)
            except OSError:
                pass
        return data

    def read(self, start: int, size: int) -> bytes:
        """What was put there."""
        if self._file is None:
            return b""
        if hasattr(os, "pread"):  # a process that is a copy of this one shares where the file was last read
            return os.pread(self._file.fileno(), size, start)
        with self._lock:
            self._file.seek(start)
            return self._file.read(size)


@dataclass(frozen=True, slots=True)
class Spooled:
    """Bytes in a spool."""

    spool: Spool
    start: int
    size: int

    def read(self, start: int = 0, size: int | None = None) -> bytes:
        """The bytes as they were put, or a part of them."""
        return self.spool.read(self.start + start, self.size - start if size is None else size)


_common: weakref.WeakValueDictionary[int, Spool] = weakref.WeakValueDictionary()


def put_aside(data: bytes) -> Spooled | bytes:
    """Bytes put into the one spool of this process for all records that are kept for later."""
    spool = _common.get(os.getpid())
    if spool is None or spool.full:
        spool = _common[os.getpid()] = Spool()
    return spool.put(data)
