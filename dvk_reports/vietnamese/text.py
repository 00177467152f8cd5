"""Folding, sorting and comparing Vietnamese text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import TypeVar

R = TypeVar("R")

# Soft hyphen is left out on purpose: in TCVN3 text it is the letter ư.
_ZERO_WIDTH = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF])
_DASH = re.compile(r"\s*[-‐‑‒–—―−]\s*")

_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền hỏi ngã sắc nặng
_MODIFIERS = "\u0302\u0306\u031b"  # mũ, trăng, móc
# A tone on the first vowel of oa, oe, uy goes to the second: hòa = hoà. The look-ahead spares letters
# such as â, whose circumflex follows the base letter (and follows a dot below).
_TONE_FIRST = re.compile(rf"(o)([{_TONES}])([ae])(?!\u0323?[{_MODIFIERS}])|(u)([{_TONES}])(y)")

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: rank for rank, letter in enumerate(_ALPHABET)}


_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""No XML and no UTF-8 can hold these; most come from cells pasted out of other programs."""


_SHORT, _MOST = 200, 8_000
"""Letters up to which a text is remembered, and how many are: captions, labels and names come again and again."""


class _Known(dict[str, R]):
    """What a function gave for the texts it was asked last."""

    def __init__(self, read: Callable[[str], R]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, text: str) -> R:
        found = self.read(text)
        if len(text) <= _SHORT:
            if len(self) >= _MOST:
                self.clear()
            self[text] = text if found == text else found  # one text where two would say the same
        return found


def remembered(read: Callable[[str], R]) -> Callable[[str], R]:
    """A function of nothing but a text, which works a short text out once; asked again it costs a look into a dict."""
    return _Known(read).__getitem__


_LONG, _PASSED = 1_000, 5_000
"""The same of texts that are only known to have passed a test: hints are long, and are those of all forms."""


class Passed:
    """A test of texts that remembers those that have passed it: texts that are known cost one step together."""

    def __init__(self, passes: Callable[[str], bool]) -> None:
        self._passes = passes
        self._known: set[object] = set()

    def all(self, values: set[object]) -> bool:
        """Whether every text among the values passes."""
        if values <= self._known:
            return True
        new = values - self._known
        texts = [value for value in new if isinstance(value, str)]
        if not all(map(self._passes, texts)):
            return False
        if len(self._known) >= _PASSED:
            self._known.clear()
        self._known |= new.difference(text for text in texts if len(text) > _LONG)
        return True


def writable(s: str) -> str:
    """The text with every character that a workbook, a paper or a mail cannot hold shown as “�”."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", s)


def nfc(s: str) -> str:
    """Unicode dựng sẵn."""
    return s if s.isascii() else unicodedata.normalize("NFC", s)


@remembered
def tidy(s: str) -> str:
    """Trim, every run of white space to one space, no zero-width characters, dựng sẵn."""
    return _tidied(s)


def _tidied(s: str) -> str:
    return " ".join((s if s.isascii() else nfc(s.translate(_ZERO_WIDTH))).split())


@remembered
def fold(s: str) -> str:
    """The key by which two spellings are held to be the same: case, tone placement and dashes do not count."""
    if s.isascii():  # a code: of many units there are more than can be remembered
        return _DASH.sub("-", _tidied(s).lower())
    parts = unicodedata.normalize("NFD", _tidied(s.replace("\u00ad", "")).casefold())
    return _DASH.sub("-", nfc(_TONE_FIRST.sub(_tone_second, parts)))


def lower_first(s: str) -> str:
    """The text with a small first letter, as it goes on inside a sentence."""
    return f"{s[:1].lower()}{s[1:]}"


def upper_first(s: str) -> str:
    """The text with a capital first letter, as it begins a sentence."""
    return f"{s[:1].upper()}{s[1:]}"


def _tone_second(found: re.Match[str]) -> str:
    first, tone, second = (part for part in found.groups() if part is not None)
    return f"{first}{second}{tone}"


def unaccented(s: str) -> str:
    """Without tones and modifiers: "Đường Ấp" -> "Duong Ap"."""
    if s.isascii():
        return s
    bare = "".join([c for c in unicodedata.normalize("NFD", s) if not unicodedata.combining(c)])
    return nfc(bare.replace("đ", "d").replace("Đ", "D"))


@remembered
def bare_words(s: str) -> str:
    """The words of a text without case, tones and the marks around them: "KHÔNG ÁP DỤNG." -> "khong ap dung"."""
    return unaccented(fold(s)).strip(" .:;,!()*-–")


def same_words(one: str, other: str) -> bool:
    """Whether two texts have the same words, however they are written."""
    return bare_words(one) == bare_words(other)


def sort_key(s: str) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...], tuple[bool, ...], str]:
    """Order of a Vietnamese dictionary: letters (a ă â … d đ …), then tones, then small before capital."""
    letters: list[tuple[int, int]] = []
    tones: list[int] = []
    capitals: list[bool] = []
    for char in tidy(s):
        parts = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in parts if mark in _TONES), "")
        letter = nfc(parts.replace(tone, "") if tone else parts)
        letters.append(_letter_rank(letter.lower()))
        tones.append(_TONES.index(tone) + 1 if tone else 0)
        capitals.append(letter != letter.lower())
    return tuple(letters), tuple(tones), tuple(capitals), s


def _letter_rank(letter: str) -> tuple[int, int]:
    """White space and signs come first, then digits, the alphabet, other scripts."""
    if letter in _LETTER_RANK:
        return 2, _LETTER_RANK[letter]
    if letter.isdecimal():
        return 1, int(letter)
    return (3 if letter.isalpha() else 0), ord(letter[0])


def nearest(word: str, choices: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The choice the writer probably meant, or None. For “did you mean”; never to repair a value."""
    by_fold: dict[str, str] = {}
    for choice in choices:
        by_fold.setdefault(fold(choice), choice)
    found = get_close_matches(fold(word), by_fold, n=1, cutoff=cutoff)
    return by_fold[found[0]] if found else None
