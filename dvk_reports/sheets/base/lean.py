"""The parts of a drawn workbook without what says nothing: it is mailed hundreds of times, and read as often.

What is left out is what Excel takes for granted where it is not said; every cell, rule and look stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_PROPERTIES, _THEME = ("docProps/app.xml", "docProps/core.xml"), "xl/theme/theme1.xml"
_SHEETS, _STYLES = "xl/worksheets/sheet", "xl/styles.xml"
_OF_SHEET = re.compile(
    # What only helps a reader to set memory aside; more than two decimals of a width, which is whole pixels.
    r'(?P<kept><row r="\d+"(?= spans)|<col [^>]*width="\d+\.\d\d)(?: spans="[\d:]+"|\d+)|<dimension [^>]*/>'
    # The first cell of a pane, which is the chosen one where none is; a result that is none.
    r'|<selection(?: pane="\w+")?/>|<selection pane="(?:topRight" activeCell="[A-Z]+1|bottomLeft" activeCell="A\d+)"'
    r' sqref="\w+"/>|<v></v>'
)
_LINKED = re.compile(r' xmlns:r="[^"]*"')
_LINK = re.compile(r"[ <]r:(?=\w)")
_OF_STYLES = re.compile(
    # A font has its name, which says its family, and is black.
    r'<family val="\d"/>|<color theme="1"/>'
    # A look that is numbered is applied; only alignment and protection are asked for.
    r'| apply(?:NumberFormat|Font|Fill|Border)="1"|<tableStyles [^>]*/>'
    r"|<diagonal/>|<vertical/>|<horizontal/>"
)


def lean(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same workbook with less to say."""
    drawn = any(name.startswith("xl/drawings/drawing") for name in parts)  # shapes take their colours from the theme
    left_out = _PROPERTIES if drawn else (*_PROPERTIES, _THEME)
    named = "|".join(map(re.escape, (name.removeprefix("xl/") for name in left_out)))
    mention = re.compile(rf'<(?:Override|Relationship) [^>]*(?:{named})"[^>]*/>'.encode())
    found: dict[str, bytes] = {}
    for name, part in parts.items():
        if name in left_out:
            continue
        if name.endswith((".rels", "[Content_Types].xml")):
            part = mention.sub(b"", part)
        elif name.startswith(_SHEETS):
            part = _lean_sheet(part.decode()).encode()
        elif name == _STYLES:
            part = _OF_STYLES.sub("", part.decode()).encode()
        found[name] = part
    return found


def _lean_sheet(xml: str) -> str:
    xml = _OF_SHEET.sub(lambda match: match["kept"] or "", xml)
    return xml if _LINK.search(xml) else _LINKED.sub("", xml, count=1)
