"""A path as it is typed on a command line of the system at hand."""

from __future__ import annotations

import os
import re
import shlex

_PLAIN = re.compile(r"[\w./:\\-]+" if os.name == "nt" else r"[\w./:-]+")
_READ_IN_QUOTES = re.compile(r"[\"$`\\!]")
"""What a shell that is not cmd obeys between double quotes too."""


def typed(path: object) -> str:
    """The path as one word: in quotes where a shell would not take it as it is, and never looking like an option."""
    word = str(path)
    if word.startswith("-"):
        word = f".{os.sep}{word}"
    if _PLAIN.fullmatch(word):
        return word
    return shlex.quote(word) if os.name != "nt" and _READ_IN_QUOTES.search(word) else f'"{word}"'
