"""Spaces at which a line must not break: “quý III”, “ngày 05/10/2023”, “năm 2023” stand on one line."""

from __future__ import annotations

import re
from typing import Final

NO_BREAK: Final = "\N{NO-BREAK SPACE}"
_BOUND = re.compile(r"(?i:\b(ngày|tháng|năm|quý|lần|đợt|khóa|khoản|điều|phụ lục|phiên bản)) (?=\d|[IVX]+\b)")


def soft(text: str) -> str:
    """The same words, with the number that follows one of them on the same line."""
    return _BOUND.sub(rf"\1{NO_BREAK}", text)


def soft_fields(fields: dict[str, object]) -> dict[str, object]:
    """The fields of a paper, texts and lists of text, so written."""
    return {key: _soft(value) for key, value in fields.items()}


def _soft(value: object) -> object:
    if isinstance(value, str):
        return soft(value)
    return [_soft(item) for item in value] if isinstance(value, list) else value
