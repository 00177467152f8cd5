"""The picture of the house: its rooms, floor by floor, drawn from the contract that keeps the imports going down."""

from __future__ import annotations

import configparser
from html import escape
from importlib import import_module
from pathlib import Path

from dvk_reports import __name__ as PACKAGE

CONTRACT = "importlinter:contract:floors"
WIDTH, FLOOR, GAP, MARGIN = 960, 84, 30, 16
LINE = 17
LETTER = 6.3
"""Points that a letter of the small print takes on average, for breaking lines."""


def floors(setup: Path) -> list[list[str]]:
    """The rooms of each floor, the top one first."""
    config = configparser.ConfigParser()
    config.read(setup, encoding="utf-8")
    lines = config[CONTRACT]["layers"].split("\n")
    return [[room.strip().removeprefix(f"{PACKAGE}.") for room in line.split("|")] for line in lines if line.strip()]


def picture(setup: Path) -> str:
    """The house as SVG text: a box for every room with the first words of its docstring."""
    rows = floors(setup)
    heights = [FLOOR + LINE * max(0, max(len(_lines(room, len(row))) for room in row) - 3) for row in rows]
    height = sum(heights) + GAP * (len(rows) - 1) + 2 * MARGIN
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" font-family="sans-serif">',
        "<title>Rooms of the package, floor by floor; imports go down</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
    ]
    top = MARGIN
    for number, (row, tall) in enumerate(zip(rows, heights, strict=True)):
        for place, room in enumerate(row):
            drawn += _box(room, place, len(row), top, tall)
        if number < len(rows) - 1:
            middle, foot = WIDTH // 2, top + tall
            arrow = f"M{middle} {foot + 4}v{GAP - 12}m-5 -6l5 6l5 -6"
            drawn.append(f'<path d="{arrow}" stroke="#555555" fill="none" stroke-width="2"/>')
        top += tall + GAP
    return "\n".join([*drawn, "</svg>"]) + "\n"


def _wide(count: int) -> float:
    return (WIDTH - 2 * MARGIN - 8 * (count - 1)) / count


def _box(room: str, place: int, count: int, top: float, tall: float) -> list[str]:
    wide = _wide(count)
    left = MARGIN + place * (wide + 8)
    box = f'<rect x="{left:.1f}" y="{top}" width="{wide:.1f}" height="{tall}" rx="4" fill="#eef3f8" stroke="#3b5a78"/>'
    name = f'<text x="{left + 8:.1f}" y="{top + 22}" font-size="16" font-weight="bold">{escape(room)}</text>'
    small = [
        f'<text x="{left + 8:.1f}" y="{top + 42 + LINE * number}" font-size="12">{escape(line)}</text>'
        for number, line in enumerate(_lines(room, count))
    ]
    return [box, name, *small]


def _lines(room: str, count: int) -> list[str]:
    """The first sentence of the room's docstring, broken to the width of its box."""
    said = (import_module(f"{PACKAGE}.{room}").__doc__ or "").split("\n\n")[0].replace("\n", " ").replace("``", "")
    letters, lines = int((_wide(count) - 16) / LETTER), [""]
    for word in said.split():
        if lines[-1] and len(lines[-1]) + len(word) >= letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
