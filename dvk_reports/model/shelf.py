"""Long lists of records that are looked through from the first to the last: all but a few of them are on the disk."""

from __future__ import annotations

import pickle
from array import array
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import chain, islice
from typing import Any, TypeVar, overload

from dvk_reports.model.spool import Spooled, put_aside

T = TypeVar("T")
BLOCK = 500
"""A list of fewer records stands in memory; of a longer one so many are read at a time."""

_PILED = 24
"""So many blocks of all piles together stand in memory: what a figure of 600 forms, or of a stage of 60 units, and the
lines of its breakdown are made of."""

_SORTED, _OPEN = 4, 25
"""So many blocks are sorted at a time, and such a part of one is read at a time when all are merged."""

_Held = Spooled | bytes

_NOTHING: tuple[int, tuple[Any, ...]] = (-1, ())


def _put(thing: object) -> _Held:
    return put_aside(pickle.dumps(thing, pickle.HIGHEST_PROTOCOL))


def _taken(held: _Held) -> Any:
    return pickle.loads(held.read() if isinstance(held, Spooled) else held)


class Shelf(Sequence[T]):
    """A list on the disk. It is made by :func:`shelved` and never changes."""

    __slots__ = ("_at_hand", "_blocks", "_room", "_size")

    def __init__(self, blocks: Sequence[_Held], room: int, size: int) -> None:
        self._blocks, self._room, self._size = blocks, room, size
        self._at_hand: tuple[int, tuple[T, ...]] = _NOTHING

    def __reduce__(self) -> tuple[Any, ...]:
        return shelved, (tuple(self),)

    def _block(self, number: int) -> tuple[T, ...]:
        at, things = self._at_hand
        if at != number:
            things = self._read(number)
            self._at_hand = number, things
        return things

    def _read(self, number: int) -> tuple[T, ...]:
        found: tuple[T, ...] = _taken(self._blocks[number])
        return found

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...

    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        if isinstance(index, slice):
            return tuple(self[place] for place in range(*index.indices(self._size)))
        place = index + self._size if index < 0 else index
        if not 0 <= place < self._size:
            raise IndexError(index)
        return self._block(place // self._room)[place % self._room]

    def __iter__(self) -> Iterator[T]:
        for number in range(len(self._blocks)):
            yield from self._read(number)

    def __len__(self) -> int:
        return self._size

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(other) != self._size:
            return NotImplemented if not isinstance(other, Sequence) else False
        return all(one == another for one, another in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


def shelved(things: Iterable[T], times: int = 1) -> Sequence[T]:
    """The things as a list that takes little room, however many come.

    ``times``: of fewer than so many blocks the list stands in memory, where there is one of it and it is gone through
    often.
    """
    rest = iter(things)
    few = tuple(islice(rest, BLOCK * times))
    if len(few) < BLOCK * times:
        return few
    blocks, size = [_put(few[start : start + BLOCK]) for start in range(0, len(few), BLOCK)], len(few)
    del few
    while block := tuple(islice(rest, BLOCK)):
        blocks.append(_put(block))
        size += len(block)
    return Shelf(blocks, BLOCK, size)


def laid_aside(things: Iterable[T]) -> Sequence[T]:
    """A short list of which every form has one, and which a run goes through a few times only."""
    if isinstance(things, Shelf):
        return things
    held = tuple(things)
    return Shelf((_put(held),), len(held), len(held)) if held else held


def in_order(things: Iterable[T], key: Callable[[T], Any]) -> Iterator[T]:
    """As ``sorted`` gives them, of a long list: parts of it are sorted and laid on the disk, then all are merged."""
    rest = iter(things)
    runs: list[Iterable[T]] = []
    while run := sorted(islice(rest, BLOCK * _SORTED), key=key):
        runs.append(run if len(run) < BLOCK * _SORTED else _laid(run))
    return merge(*runs, key=key)


def _laid(run: Sequence[T]) -> Iterator[T]:
    """The things as they are asked for one by one: so little of each run stands in memory that all runs may be open."""
    room = max(1, BLOCK // _OPEN)
    held = [_put(run[start : start + room]) for start in range(0, len(run), room)]
    return chain.from_iterable(map(_taken, held))


class Pile(Collection[T]):
    """A list that grows, and is then gone through from the first to the last: what does not fit is on the disk."""

    __slots__ = ("_laid", "_last", "_size")

    _standing = 0
    """Of all piles together, how much of them stands in memory; nearly, where several threads make some."""

    def __init__(self, things: Iterable[T] = ()) -> None:
        self._laid: list[_Held] = []
        self._last: list[T] = []
        self._size = 0
        self.extend(things)

    def __del__(self) -> None:
        Pile._standing -= len(self._last)

    def append(self, thing: T) -> None:
        """One more."""
        self._last.append(thing)
        Pile._standing += 1
        if Pile._standing >= BLOCK * _PILED and len(self._last) >= BLOCK:
            self._lay()

    def _lay(self) -> None:
        """Put what stands in memory on the disk, in pieces that are read one after the other."""
        last, room, self._last = self._last, max(1, _PILED // 8) * BLOCK, []
        self._laid += [_put(last[start : start + room]) for start in range(0, len(last), room)]
        self._size += len(last)
        Pile._standing -= len(last)

    def extend(self, things: Iterable[T]) -> None:
        """All of these, in their order."""
        for thing in things:
            self.append(thing)

    def __iter__(self) -> Iterator[T]:
        for held in self._laid:
            yield from _taken(held)
        yield from self._last

    def __len__(self) -> int:
        return self._size + len(self._last)

    def __contains__(self, thing: object) -> bool:
        return any(one == thing for one in self)


class Filed(Mapping[str, T]):
    """Records by a key, in the order they came; each is read when it is asked for."""

    def __init__(self) -> None:
        self._held: dict[str, _Held] = {}

    def put(self, key: str, thing: T) -> None:
        """One more, or another in its place."""
        self._held[key] = _put(thing)

    def __getitem__(self, key: str) -> T:
        found: T = _taken(self._held[key])
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._held

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


class Grouped(Mapping[str, Sequence[T]]):
    """A long list by a key of its things, in the order of their first: a group is read when it is asked for."""

    def __init__(self, things: Sequence[T], key_of: Callable[[T], str]) -> None:
        self._things = things
        self._runs: dict[str, list[tuple[int, int]]] = {}
        for place, thing in enumerate(things):
            runs = self._runs.setdefault(key_of(thing), [])
            if runs and runs[-1][1] == place:
                runs[-1] = (runs[-1][0], place + 1)
            else:
                runs.append((place, place + 1))

    def __getitem__(self, key: str) -> Sequence[T]:
        runs = self._runs[key]
        if sum(end - start for start, end in runs) > BLOCK:
            return _Picked(self._things, runs)
        return [thing for start, end in runs for thing in self._things[start:end]]

    def __contains__(self, key: object) -> bool:
        return key in self._runs

    def __iter__(self) -> Iterator[str]:
        return iter(self._runs)

    def __len__(self) -> int:
        return len(self._runs)


class _Picked(Sequence[T]):
    """A long part of a long list, read a few at a time."""

    def __init__(self, things: Sequence[T], runs: Sequence[tuple[int, int]]) -> None:
        self._things, self._runs = things, runs

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...

    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return tuple(self[place] for place in range(*index.indices(len(self))))
        left = index + len(self) if index < 0 else index
        for start, end in self._runs if left >= 0 else ():
            if left < end - start:
                return self._things[start + left]
            left -= end - start
        raise IndexError(index)

    def __iter__(self) -> Iterator[T]:
        for start, end in self._runs:
            for place in range(start, end):
                yield self._things[place]

    def __len__(self) -> int:
        return sum(end - start for start, end in self._runs)


class Names:
    """The text of each of very many keys; of a key that is given twice the last."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._pairs = shelved(pairs)
        hashes = array("q", (hash(key) for key, _ in self._pairs))
        self._places = array("I", sorted(range(len(hashes)), key=hashes.__getitem__))
        self._hashes = array("q", (hashes[place] for place in self._places))

    def get(self, key: str) -> str:
        """Its text; "" where it is not known."""
        wanted = hash(key)
        at = bisect_right(self._hashes, wanted) - 1
        while at >= 0 and self._hashes[at] == wanted:
            found, text = self._pairs[self._places[at]]
            if found == key:
                return text
            at -= 1
        return ""
