"""Files that are put aside on the disk until they are written: thousands of them never stand in memory at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping

from dvk_reports.model.spool import Spool, Spooled


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
