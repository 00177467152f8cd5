"""Which letters can be a Vietnamese syllable: enough to tell a word from one read in a wrong encoding."""

from __future__ import annotations

import re
import unicodedata

_TONES = "\u0300\u0309\u0303\u0301\u0323"
_SHARP_OR_HEAVY = ("\u0301", "\u0323")
_TONE = re.compile(f"[{_TONES}]")

_ONSET = re.compile(r"(ngh|ng|nh|ch|gh|gi|kh|ph|th|tr|qu|[bcdđghklmnprstvx]?)(.*)")
_FRONT, _BACK = "eêiy", "aăâoôơuư"
_BEFORE = {"k": _FRONT, "gh": _FRONT, "ngh": _FRONT, "c": _BACK, "ng": _BACK, "g": _BACK + "i"}
"""Onsets that are written before some vowels only."""

# Vowels -> what may follow them; "-" stands for nothing.
_RHYMES = frozenset(
    vowels + ("" if end == "-" else end)
    for vowels, ends in {
        "a": "- c ch i k m n ng nh o p t u y",
        "ă": "c k m n ng p t",
        "â": "c m n ng p t u y",
        "e": "- c k m n ng o p t",
        "ê": "- ch k m n nh p t u",
        "i": "- a ch k m n nh p t u",
        "o": "- c i k m n ng p t",
        "oo": "c ng",
        "ô": "- c i k m n ng p t",
        "ơ": "- i m n p t",
        "u": "- a c i k m n ng p t",
        "ư": "- a c i m n ng t u",
        "y": "-",
        "yê": "m n ng t u",
        "iê": "c m n ng p t u",
        "uô": "c i m n ng t",
        "ươ": "c i m n ng p t u",
        "oa": "- c ch i m n ng nh o p t y",
        "oă": "c m n ng p t",
        "oe": "- n o t",
        "uâ": "n ng t y",
        "uê": "- ch n nh",
        "uơ": "-",
        "uy": "- a ch n nh p t u",
        "uyê": "n t",
    }.items()
    for end in ends.split()
)
_EITHER = ("oa", "oe", "uy")
"""Open rhymes whose tone is set on the one vowel or on the other."""
_VOWELS = frozenset(_FRONT + _BACK)


def is_syllable(word: str) -> bool:
    """Whether a word is spelled as a Vietnamese syllable may be, the tone on its vowel; capitals do not count."""
    parts = unicodedata.normalize("NFD", word.casefold())
    tones = _TONE.findall(parts)
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", _TONE.sub("", parts))
    letters = unicodedata.normalize("NFC", word.casefold())
    at = next((i for i, letter in enumerate(letters) if _TONE.search(unicodedata.normalize("NFD", letter))), -1)
    if len(letters) != len(bare):
        return False
    return any(_fits(onset, rhyme, tones, at - len(onset)) for onset, rhyme in _splits(bare))


def _splits(bare: str) -> list[tuple[str, str]]:
    found = _ONSET.fullmatch(bare)
    if found is None:
        return []
    onset, rhyme = found[1], found[2]
    # In "gì", "giêng" and "quốc", "quỳnh" one letter is of the onset and of the rhyme.
    return [(onset, rhyme), (onset[:1], onset[1:] + rhyme)] if onset in ("gi", "qu") else [(onset, rhyme)]


def _fits(onset: str, rhyme: str, tones: list[str], at: int) -> bool:
    if rhyme not in _RHYMES or (onset == "q" and not rhyme.startswith("u")):
        return False
    if rhyme[0] not in _BEFORE.get(onset, rhyme[0]):
        return False
    if rhyme.endswith(("c", "ch", "k", "p", "t")) and not (tones and tones[0] in _SHARP_OR_HEAVY):
        return False
    return not tones or at in _places(rhyme)


def _places(rhyme: str) -> tuple[int, ...]:
    """Where in a rhyme its tone may stand."""
    marked = [place for place, letter in enumerate(rhyme) if letter in "ăâêôơư"]
    if marked:
        return (marked[-1],)
    vowels = [place for place, letter in enumerate(rhyme) if letter in _VOWELS]
    if len(vowels) < len(rhyme):
        return (vowels[-1],)
    return (0, 1) if rhyme in _EITHER else (1,) if len(rhyme) == 3 else (0,)
