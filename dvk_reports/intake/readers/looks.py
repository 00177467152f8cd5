"""What the styles of an .xlsx say of a cell: number format, typeface, struck out or not; and its rich text.

Of all that styles.xml holds only four lists are read, so a fill, a border or a colour that breaks the standard costs
nothing. Where the XML itself is broken a list counts if it is sound; a look that cannot be known says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias, TypeVar

from dvk_reports.intake.readers.excel_days import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from dvk_reports.intake.readers.package import Node, Parsed, alone, local, parse, remembered_parts
from dvk_reports.intake.readers.raw import UNKNOWN_FORMAT


class Look(NamedTuple):
    """How a cell is shown."""

    number_format: str = "General"
    font: str = ""
    struck: bool = False
    is_day: bool = False
    is_length: bool = False
    """A length of time, such as ``[h]:mm``, that has no day."""


_BUILT_IN = {str(number): shown for number, shown in BUILTIN_FORMATS.items()}
UNKNOWN = Look(UNKNOWN_FORMAT)
PLAIN = (Look(),)
"""What a workbook without any styles has."""


T = TypeVar("T")


def item_at(items: Sequence[T], written: str) -> T | None:
    """The item that a file names by its number; None where the number is none of theirs."""
    number = int(written) if len(written) < 10 and written.isdecimal() else -1
    return items[number] if 0 <= number < len(items) else None


@remembered_parts(8, 200_000)
def looks_in(xml: bytes) -> tuple[tuple[Look, ...], bool]:
    """(look of every style of the workbook, in the order in which cells name them; whether all is known)."""
    styles = parse(xml)
    lists = {name: _list(xml, styles, name) for name in ("numFmts", "fonts", "cellXfs")}
    formats = {node.get("numFmtId", ""): node.get("formatCode", "") for node in lists["numFmts"] or ()}
    fonts = [(_font_name(node), _strikes(node) is True) for node in lists["fonts"] or ()]
    known = styles.sound or None not in lists.values()
    return tuple(_look(node, formats, fonts, known) for node in lists["cellXfs"] or ()), known


def _list(xml: bytes, styles: Parsed, name: str) -> list[Node] | None:
    """A list of styles.xml, empty where it has none; None where it cannot be had whole."""
    whole = styles if styles.sound else parse(alone(xml, name))
    found = whole.root.find(f"{{*}}{name}") if whole.sound else None
    if found is not None:
        return list(found)
    return [] if whole is styles or name.encode() not in xml.replace(b"\0", b"") else None


def _look(node: Node, formats: dict[str, str], fonts: Sequence[tuple[str, bool]], known: bool) -> Look:
    number = node.get("numFmtId", "0")
    shown = formats.get(number) or _BUILT_IN.get(number) or ("General" if known else UNKNOWN_FORMAT)
    name, struck = item_at(fonts, node.get("fontId", "")) or ("", False)
    return Look(shown, name, struck, is_date_format(shown), is_timedelta_format(shown))


def _strikes(properties: Node | None) -> bool | None:
    """Whether a font strikes its text out; None where there is no font."""
    if properties is None:
        return None
    return any(
        local(node) in ("strike", "dstrike") and node.get("val", "1") not in ("0", "false") for node in properties
    )


def _font_name(properties: Node) -> str:
    names: dict[str, str] = {local(node): node.get("val", "") for node in reversed(properties)}
    return names["name"] if "name" in names else names.get("rFont", "")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of rich text."""

    text: str
    struck: bool | None
    """None: as its cell."""
    font: str
    """"": as its cell."""


Text: TypeAlias = str | tuple[Run, ...]
"""Plain text, or rich text where a piece is struck out or has a typeface of its own."""

ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Excel writes a carriage return as ``_x000D_``, and the sign ``_`` before such letters as ``_x005F_``."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def text_in(node: Node) -> Text:
    """What a shared or inline string says, without its phonetic readings."""
    runs = []
    for child in node:
        name = local(child)
        if name == "t":
            runs.append(Run(unescaped(child.text or ""), None, ""))
        elif name == "r":
            text, properties = "", None
            for part in child:
                name = local(part)
                if name == "t":
                    text += part.text or ""
                elif name == "rPr" and properties is None:
                    properties = part
            font = _font_name(properties) if properties is not None else ""
            runs.append(Run(unescaped(text), _strikes(properties), font))
    if all(run.struck is None and not run.font for run in runs):
        return "".join(run.text for run in runs)
    return tuple(run for run in runs if run.text)
