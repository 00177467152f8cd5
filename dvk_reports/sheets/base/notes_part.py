"""The two parts in which a sheet keeps its notes: the words, and the boxes they are shown in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dvk_reports.model.values import column_letter
from dvk_reports.sheets.base.xml_text import attribute, content, space

BLOCK = 1024
"""Boxes are numbered in blocks; each sheet has blocks of its own."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ASIDE, _DOWN = 15, 10
"""Pixels of a box from the upper left corner of the cell beside and above its own."""
_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" '
    'data="{blocks}"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" '
    'o:connecttype="rect"/></v:shapetype>{shapes}</xml>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;margin-left:{left:.15g}pt;'
    'margin-top:{top:.15g}pt;width:{width:.15g}pt;height:{height:.15g}pt;z-index:{order};visibility:hidden" '
    'fillcolor="{colour}" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" '
    'obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div '
    'style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{col}</x:Column>"
    "</x:ClientData></v:shape>"
)


@dataclass(frozen=True)
class Note:
    """A note on one cell; ``looks`` are the options of XlsxWriter."""

    row: int
    col: int
    text: str
    looks: dict[str, Any]


def words_part(notes: Sequence[Note]) -> str:
    """``commentsN.xml``."""
    said = "".join(
        f'<comment ref="{column_letter(note.col + 1)}{note.row + 1}" authorId="0"><text><r><rPr>'
        f'<sz val="{note.looks["font_size"]}"/><color indexed="81"/><rFont val="{attribute(note.looks["font_name"])}"/>'
        f'<family val="2"/></rPr><t{space(note.text)}>{content(note.text)}</t></r></text></comment>'
        for note in notes
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<comments xmlns="{_MAIN}"><authors><author></author></authors><commentList>{said}</commentList></comments>'
    )


def boxes_part(
    notes: Sequence[Note], first_block: int, width_of: Callable[[int], int], height_of: Callable[[int], int]
) -> str:
    """``vmlDrawingN.vml``; sizes are pixels, none for what is hidden."""
    shapes = []
    for order, note in enumerate(notes, 1):
        wide, tall = note.looks["width"], note.looks["height"]
        col, x = _within(note.col + 1, _ASIDE, width_of)
        row, y = _within(max(note.row - 1, 0), _DOWN if note.row else 2, height_of)
        end_col, end_x = _within(col, wide + x, width_of)
        end_row, end_y = _within(row, tall + y, height_of)
        shapes.append(
            _SHAPE.format(
                id=BLOCK * first_block + order,
                left=0.75 * (sum(map(width_of, range(col))) + x),
                top=0.75 * (sum(map(height_of, range(row))) + y),
                width=0.75 * wide,
                height=0.75 * tall,
                order=order,
                colour=attribute(note.looks["color"]).lower(),
                anchor=f"{col}, {x}, {row}, {y}, {end_col}, {end_x}, {end_row}, {end_y}",
                row=note.row,
                col=note.col,
            )
        )
    blocks = ",".join(str(first_block + number) for number in range(blocks_of(notes)))
    return _VML.format(blocks=blocks, shapes="".join(shapes))


def blocks_of(notes: Sequence[Note]) -> int:
    """How many blocks of numbers the boxes of a sheet take."""
    return len(notes) // BLOCK + 1


def _within(place: int, offset: int, size_of: Callable[[int], int]) -> tuple[int, int]:
    """The column or row in which an offset ends, and how far inside."""
    while offset >= size_of(place):
        offset -= size_of(place)
        place += 1
    return place, offset
