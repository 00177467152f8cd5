"""Sizes and lengths as they are written in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from dvk_reports.vietnamese.numbers import show_number


def show_plain(value: float) -> str:
    """12.7 -> "12,7", 14.0 -> "14"."""
    return show_number(Decimal(str(round(value, 2))))


def show_mm(value: float) -> str:
    """A length as it is said: “20 mm”."""
    return f"{show_number(Decimal(str(round(value, 1))))} mm"


def show_points(size: float) -> str:
    """A size of letters as it is said: “14 pt”."""
    return f"{show_plain(size)} pt"


def show_range(least: float, most: float) -> str:
    """A range of sizes as it is said: “13 đến 14 pt”."""
    return show_points(least) if least == most else f"{show_plain(least)} đến {show_points(most)}"


def show_lengths(values: Iterable[float]) -> str:
    """Several lengths of which one must hold."""
    return " hoặc ".join(show_mm(value) for value in values)
