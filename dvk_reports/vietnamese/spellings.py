"""How the name of a place or a body may be written: dots, tones, capitals, dashes and known abbreviations set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from dvk_reports.vietnamese.text import fold, unaccented

_WORD = re.compile(r"\w+")
_LONGEST = 4
"""Words of a text that may make one short form: “T. T.”, “GD - ĐT”."""
_MOST = 16
"""Readings of one text that are looked at."""
_AND = "va"


@dataclass(frozen=True)
class Spellings:
    """What short forms stand for: “TT.” -> thị trấn, trung tâm, the likeliest first."""

    short: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def readings(self, text: str, *, tones: bool = False) -> tuple[str, ...]:
        """Every way in which a name can be read, the likeliest first; two names that share one may be the same.

        Signs and the word “và” do not count, nor do tones unless ``tones`` says so: “T.T Phố Ràng” -> "thi tran pho
        rang", "trung tam pho rang".
        """
        found: list[list[str]] = [[]]
        for choices in self._parts(_words(text, tones), tones):
            found = [[*begun, *words] for words in choices for begun in found][:_MOST]
        return tuple(dict.fromkeys(" ".join(word for word in words if unaccented(word) != _AND) for words in found))

    def _parts(self, words: Sequence[str], tones: bool) -> Iterator[Sequence[Sequence[str]]]:
        """The words in parts, each with what it may stand for; the longest short form is taken first."""
        known = self._with_tones if tones else self._without
        at = 0
        while at < len(words):
            sizes = range(min(_LONGEST, len(words) - at), 0, -1)
            size = next((size for size in sizes if "".join(words[at : at + size]) in known), 0)
            yield known["".join(words[at : at + size])] if size else [words[at : at + 1]]
            at += size or 1

    @cached_property
    def _with_tones(self) -> Mapping[str, Sequence[Sequence[str]]]:
        return self._known(True)

    @cached_property
    def _without(self) -> Mapping[str, Sequence[Sequence[str]]]:
        return self._known(False)

    def _known(self, tones: bool) -> Mapping[str, Sequence[Sequence[str]]]:
        return {
            "".join(_words(short, tones)): [_words(form, tones) for form in forms]
            for short, forms in self.short.items()
        }


def _words(text: str, tones: bool) -> list[str]:
    folded = fold(text)
    return _WORD.findall(folded if tones else unaccented(folded))
