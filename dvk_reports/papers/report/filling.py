"""A sentence of the plan filled in: its text, and the figures whose numbers it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from dvk_reports.plan.book.report_parts import Tail
from dvk_reports.plan.book.sentences import Sentence, Use
from dvk_reports.vietnamese.text import upper_first

Origin: TypeAlias = tuple[str, str]
"""(code of a figure, line of its breakdown)."""


@dataclass(frozen=True, slots=True)
class Word:
    """What stands in a slot."""

    text: str
    origins: tuple[Origin, ...] = ()
    named: int = 0
    """How many units it names."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with what it rests on; the origins are never printed."""

    text: str
    origins: tuple[Origin, ...] = ()
    named: int = 0
    tail: Tail | None = None
    """What it ends with, said once of all the sentences beside it that end so."""


FindWord: TypeAlias = Callable[[Use, bool], Word | None]
"""(slot, whether it may be left out) -> what stands there; None where there is nothing to say."""


def filled(sentence: Sentence, find: FindWord, *, optional: bool = False) -> Word | None:
    """The sentence with every slot filled; None where one that it needs has nothing to say."""
    text, named = "", 0
    origins: tuple[Origin, ...] = ()
    for piece in sentence:
        if isinstance(piece, str):
            text += piece
            continue
        if isinstance(piece, Use):
            word = find(piece, optional)
            if word is None or not word.text:
                return None
            word = Word(upper_first(word.text), word.origins, word.named) if piece.capital else word
        else:
            alternatives = (filled(item, find, optional=True) for item in piece.alternatives)
            word = next((found for found in alternatives if found is not None), Word(""))
        text += word.text
        origins += word.origins
        named += word.named
    return Word(text, origins, named)
