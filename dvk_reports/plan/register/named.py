"""Which unit a file seems to come from, by what is outside of it: its name, its folder, the address of its sender."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dvk_reports.plan.register.entries import Unit
from dvk_reports.plan.register.naming import by_key
from dvk_reports.vietnamese.text import unaccented

_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"[^\s<>;,()]+@[^\s<>;,()]+")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_MOST_WORDS = 60
"""Of the name of a file: an attachment may be called by a whole letter."""
FILE_NAME, FOLDER, SENDER = "tên tệp", "thư mục", "địa chỉ người gửi"


@dataclass(frozen=True)
class Names:
    """The names and addresses of the units."""

    units: tuple[Unit, ...]

    @cached_property
    def _by_words(self) -> Mapping[str, tuple[Unit, ...]]:
        return by_key((unit, map(_words, (unit.code, unit.name, *unit.aliases))) for unit in self.units)

    @cached_property
    def _by_address(self) -> Mapping[str, tuple[Unit, ...]]:
        return by_key((unit, _ADDRESS.findall(unit.email.lower())) for unit in self.units)

    def said(self, file: str, sender: str, day: date) -> Iterator[tuple[str, str, Unit]]:
        """(which sign, what it says, the unit) for every sign that names one unit valid on the day, and only one.

        The folder is the nearest that names a unit. The name of a mail or an archive is not asked: it may bring the
        returns of several units.
        """
        *boxes, inner = file.split("!/")
        *folders, name = inner.split("/")
        if unit := self._only(name, day):
            yield FILE_NAME, name, unit
        above = [part for box in boxes for part in box.split("/")[:-1]] + folders
        named = ((part, unit) for part in reversed(above) if (unit := self._only(part, day)))
        if found := next(named, None):
            yield FOLDER, *found
        senders = [unit for unit in self._by_address.get(sender.lower(), ()) if unit.valid(day)]
        if len(senders) == 1:
            yield SENDER, sender, senders[0]

    def _only(self, text: str, day: date) -> Unit | None:
        """The one unit whose code or name stands in a text; a longer name hides those inside of it."""
        words = _words(_ENDING.sub("", text)).split()[:_MOST_WORDS]
        found: list[tuple[int, int, tuple[Unit, ...]]] = []
        for start in range(len(words)):
            for end in range(len(words), start, -1):
                named = self._by_words.get(" ".join(words[start:end]), ())
                if units := tuple(unit for unit in named if unit.valid(day)):
                    found.append((start, end, units))
                    break
        whole = [item for item in found if not any(_inside(item, other) for other in found)]
        meant = {unit.code: unit for _, _, named in whole for unit in named}
        return next(iter(meant.values())) if len(meant) == 1 else None


def _inside(item: tuple[int, int, tuple[Unit, ...]], other: tuple[int, int, tuple[Unit, ...]]) -> bool:
    return item is not other and other[0] <= item[0] and item[1] <= other[1]


def _words(text: str) -> str:
    """The words of a text, each parted from the next by one space."""
    return " ".join(_WORD.findall(unaccented(text).casefold()))
