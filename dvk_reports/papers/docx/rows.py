"""The rows of a paper: thousands of them lie on the disk, and what is done to each is done when it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar, overload

from dvk_reports.model.shelf import Shelf, shelved

T = TypeVar("T")


def listed(made: Iterable[T]) -> Sequence[T]:
    """The rows as they are made, in a list that takes little room however many come."""
    found = shelved(made)
    return found if isinstance(found, Shelf) else list(found)


def each(rows: Sequence[Any], change: Callable[[Any], Any]) -> Sequence[Any]:
    """The same rows, each of them changed."""
    return [change(row) for row in rows] if isinstance(rows, list) else _Changed(rows, change)


class _Changed(Sequence[Any]):
    """Rows that are changed whenever they are read."""

    def __init__(self, rows: Sequence[Any], change: Callable[[Any], Any]) -> None:
        self._rows, self._change = rows, change

    @overload
    def __getitem__(self, index: int) -> Any: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Any]: ...

    def __getitem__(self, index: int | slice) -> Any:
        found = self._rows[index]
        return _Changed(found, self._change) if isinstance(index, slice) else self._change(found)

    def __iter__(self) -> Iterator[Any]:
        return map(self._change, self._rows)

    def __len__(self) -> int:
        return len(self._rows)
