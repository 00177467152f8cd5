"""Who is meant by a name: the one place where what a unit has written is laid beside the names of the register.

A name is looked for as it is written (capitals, tone placement and dashes aside), then with its short forms written
out and without signs, then without tones too. The first of these that finds anything decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from dvk_reports.vietnamese.spellings import Spellings
from dvk_reports.vietnamese.text import fold, nearest

Named = TypeVar("Named")
_Index = Mapping[str, tuple[Named, ...]]
_WRITTEN, _WITH_TONES, _WITHOUT = "as it is written", "with tones", "without tones"


@dataclass(frozen=True)
class Naming(Generic[Named]):
    """Things of the register, each with every name that it bears; the first is what it is called."""

    named: Sequence[tuple[Named, Sequence[str]]]
    spellings: Spellings
    also: Sequence[tuple[Named, Sequence[str]]] = ()
    """More words for them, which count only where nothing bears the name as it is written."""

    def meant(self, text: str, valid: Callable[[Named], bool]) -> tuple[Named, ...]:
        """Those that a text may mean: one, none, or several where it does not say which."""
        for way, index in self._ways.items():
            found = dict.fromkeys(item for key in self._keys(way, text) for item in index.get(key, ()) if valid(item))
            if found:
                return tuple(found)
        return ()

    def nearest(self, text: str, valid: Callable[[Named], bool]) -> str:
        """What the thing is called whose name comes closest to a text; "" where none comes close."""
        called = {
            key: names[0]
            for item, names in reversed(self.named)
            if valid(item)
            for name in names
            for key in self.spellings.readings(name)
        }  # of two that bear one name the first counts
        for key in self.spellings.readings(text):
            close = nearest(key, called)
            if close:
                return called[close]
        return ""

    def _keys(self, way: str, text: str) -> tuple[str, ...]:
        return (fold(text),) if way == _WRITTEN else self.spellings.readings(text, tones=way == _WITH_TONES)

    @cached_property
    def _ways(self) -> Mapping[str, _Index[Named]]:
        """Way of looking -> what stands under each key; kept as plain data, for a register goes to other processes."""
        every = (*self.named, *self.also)
        found = {_WRITTEN: self.named, _WITH_TONES: every, _WITHOUT: every}
        return {way: self._index(way, named) for way, named in found.items()}

    def _index(self, way: str, named: Sequence[tuple[Named, Sequence[str]]]) -> _Index[Named]:
        return by_key((item, (key for name in names for key in self._keys(way, name))) for item, names in named)


def by_key(keys_of: Iterable[tuple[Named, Iterable[str]]]) -> _Index[Named]:
    """What stands under each key, in the order given; a blank key is none."""
    found: dict[str, tuple[Named, ...]] = {}
    several: dict[str, list[Named]] = {}
    for item, keys in keys_of:
        alone = (item,)  # one for all its keys: a register has thousands of things with six names each
        for key in dict.fromkeys(filter(None, keys)):
            if found.setdefault(key, alone) is not alone:
                several.setdefault(key, [*found[key]]).append(item)
    found.update((key, tuple(items)) for key, items in several.items())
    return found
