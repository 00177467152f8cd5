"""Files that are put aside on the disk until they are written: thousands of them never stand in memory at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping

from dvk_reports.model.spool import Spool, Spooled

_Held = Spooled | bytes


class Aside(MutableMapping[str, bytes]):
    """Name -> content of many files, in the order they came; each content is read when it is asked for."""

    def __init__(self) -> None:
        self._spool = Spool()
        self._held: dict[str, _Held | list[_Held]] = {}

    def __setitem__(self, name: str, content: bytes) -> None:
        self._held[name] = self._spool.put(content)

    def __getitem__(self, name: str) -> bytes:
        return b"".join(self.parts(name))

    def parts(self, name: str) -> Iterator[bytes]:
        """The content piece by piece, as it came."""
        pieces = self._held[name]
        for held in pieces if isinstance(pieces, list) else (pieces,):
            yield held.read() if isinstance(held, Spooled) else held

    def begin(self, name: str) -> Writing:
        """A new file that is written piece by piece."""
        held: list[_Held] = []
        self._held[name] = held
        return Writing(self._spool, held)

    def __delitem__(self, name: str) -> None:
        del self._held[name]

    def __contains__(self, name: object) -> bool:
        return name in self._held

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


class Writing:
    """A file that is being put aside."""

    def __init__(self, spool: Spool, held: list[_Held]) -> None:
        self._spool, self._held = spool, held

    def write(self, data: bytes) -> int:
        """The next piece of it."""
        self._held.append(self._spool.put(bytes(data)))
        return len(data)


def parts_of(files: Mapping[str, bytes], name: str) -> Iterable[bytes]:
    """The content of one of some files, in pieces where it came in pieces."""
    return files.parts(name) if isinstance(files, Aside) else (files[name],)
