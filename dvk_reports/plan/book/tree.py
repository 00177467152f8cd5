"""What a YAML text is read as: a tree in which every entry knows its file and line.

Maps and lists are plain ones that carry places besides, so a mistake found later can still say where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from dvk_reports.errors import PlanError


class Place(NamedTuple):
    """File, as it is named to the reader, and line from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}, dòng {self.line}"


class Map(dict[Any, Any]):
    """A mapping with the place of each key."""

    __slots__ = ("places",)

    def __init__(self, items: Iterable[tuple[Any, Any]] = (), places: Mapping[Any, Place] | None = None) -> None:
        super().__init__(items)
        self.places: dict[Any, Place] = dict(places or {})

    def put(self, key: Any, value: Any, place: Place) -> None:
        """Set a key, with the place where it is written."""
        self[key] = value
        self.places[key] = place


class Seq(list[Any]):
    """A list with the place of each item."""

    __slots__ = ("places",)

    def __init__(self, items: Iterable[Any] = (), places: Iterable[Place] = ()) -> None:
        super().__init__(items)
        self.places: list[Place] = list(places)

    def add(self, item: Any, place: Place) -> None:
        """Add an item, with the place where it is written."""
        self.append(item)
        self.places.append(place)


class TreeError(PlanError):
    """A text that is no YAML: where, and what is wrong."""

    def __init__(self, place: Place, text: str) -> None:
        super().__init__(f"{place}: {text}")
        self.place = place
        self.text = text
