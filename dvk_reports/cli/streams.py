"""The two streams of a terminal: whatever code page it has, no run ends in a letter that it cannot show.

cp1258, the Vietnamese code page of Windows, has the letters but not with every tone: “ế” is “ê” and a tone mark after
it. Other code pages have no tones: the letter is shown without, a quotation mark as a plain one.
"""

from __future__ import annotations

import codecs
import os
import sys
import unicodedata

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STAND_INS = {
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "…": "...",
    "–": "-",
    "—": "-",
    "−": "-",
    "·": "-",
    "→": "->",
    "≥": ">=",
    "≤": "<=",
    "×": "x",
    "đ": "d",
    "Đ": "D",
    "Ð": "D",
    "\u00a0": " ",
}


def show_everything() -> None:
    """Both streams show what they can and something readable for the rest.

    A terminal keeps its code page, and so does whoever has named one (``PYTHONIOENCODING``); a file gets UTF-8.
    """
    chosen = "PYTHONIOENCODING" in os.environ
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            encoding = stream.encoding if chosen or stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors=_handler_of(encoding))


def shown_as(text: str, encoding: str) -> str:
    """A text in the letters of a code page."""
    return "".join(_in(c, encoding) for c in text)


def _handler_of(encoding: str) -> str:
    """The name of what Python asks where a letter is not in a code page, which it does not name itself."""

    def readable(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        return shown_as(error.object[error.start : error.end], encoding), error.end

    name = f"dvk-{encoding}"
    codecs.register_error(name, readable)
    return name


def _in(c: str, encoding: str) -> str:
    """One letter: with its tone behind it, else without the tone, else without any mark, else another sign."""
    parts = unicodedata.normalize("NFD", c)
    letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    tones = "".join(part for part in parts if part in _TONES)
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    for text in (c, letter + tones, letter, bare, _STAND_INS.get(c), _STAND_INS.get(bare), "?" if bare else ""):
        if text is not None and _fits(text, encoding):
            return text
    return ""


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
