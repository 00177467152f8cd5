"""One mistake of an entry about another, and the sentence that most of them have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dvk_reports.plan.book.mistakes import meant


@dataclass(frozen=True)
class Wrong:
    """What is wrong at a path: name of the file, then keys and positions."""

    path: tuple[Any, ...]
    text: str
    word: str = ""
    """The name that is not known, where it is one."""


def about(path: tuple[Any, ...], text: str) -> Wrong:
    """A mistake whose sentence quotes the word that it is about first."""
    quoted = re.search("“(.+?)”", text)
    return Wrong(path, text, quoted[1] if quoted else "")


def unknown(path: tuple[Any, ...], what: str, word: str, known: Iterable[str]) -> Wrong:
    """``word`` names nothing that is there."""
    return Wrong(path, f"không có {what} “{word}”.{meant(word, known)}", word)
