"""What a sentence of a catalogue is: its code, how much it weighs, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dvk_reports.model.findings import Level

BLOCK, WARNING, NOTE = Level.BLOCK, Level.WARNING, Level.NOTE


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence with its slots (``{ten}``, ``{ghi}`` …); it bears the name under which its catalogue keeps it."""

    code: str
    level: Level
    text: str
    remedy: str
    name: str = ""
    asks: bool = True
    """Whether the unit is asked for anything. What is only told, or asked of the office, makes no marked copy."""

    def __set_name__(self, owner: type, name: str) -> None:
        object.__setattr__(self, "name", name)


def sentences_of(*catalogues: type) -> Mapping[str, Message]:
    """Name -> sentence, in the order in which they are written; ValueError where two bear one name."""
    found: dict[str, Message] = {}
    for catalogue in catalogues:
        for name, message in vars(catalogue).items():
            if not isinstance(message, Message):
                continue
            if name in found:
                raise ValueError(f"two sentences are named {name}")
            found[name] = message
    return found
