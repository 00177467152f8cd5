"""What is to be done first, as the sheets ``Tổng quan`` of both workbooks say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do; ``sheet`` is where it is done, "" where there is no such sheet."""

    head: str
    text: str = ""
    sheet: str = ""


def some(names: Sequence[str], most: int, what: str) -> str:
    """The first names, and how many more there are: “A; B và còn 3 đơn vị”."""
    rest = len(names) - most
    shown = "; ".join(names[:most])
    return f"{shown} và còn {rest} {what}." if rest > 0 else f"{shown}."
