"""Text in a CSV file that a program of tables would take for a formula, and run, when a person opens the file."""

from __future__ import annotations

_SIGNS = ("=", "+", "-", "@", "\t", "\r", "'")
"""What makes a program of tables take text for a formula; and the apostrophe itself, so that it can be taken off."""


def guarded(text: str) -> str:
    """The text as it is written: with an apostrophe before what would be a formula."""
    return f"'{text}" if _is_taken_for_one(text) else text


def bare(text: str) -> str:
    """The text that ``guarded`` was given."""
    return text[1:] if text.startswith("'") and _is_taken_for_one(text[1:]) else text


def _is_taken_for_one(text: str) -> bool:
    return text.startswith(_SIGNS) or text.lstrip().startswith(_SIGNS)
