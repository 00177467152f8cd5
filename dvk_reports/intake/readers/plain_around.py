"""What stands around the cells of a sheet of .xlsx that is written plainly: its head, its rows, its merged cells."""

from __future__ import annotations

import re

from dvk_reports.intake.readers.package import remembered_parts
from dvk_reports.intake.readers.places import Areas, area_of
from dvk_reports.intake.readers.plain_xml import Head, NotPlain, decoded, refuse_odd, vocabularies

_ROW = re.compile('<row r="([1-9][0-9]{0,6}+)"((?: [A-Za-z0-9:]++="[0-9A-Za-z.: ]*+")*+)(?:/>|>[\0 \n\t]*+</row>)')
_NAMES = re.compile(r" ([A-Za-z0-9:]+)=")
_ROW_NAMES = {"spans", "s", "customFormat", "ht", "hidden", "customHeight"}
_ROW_NAMES |= {"outlineLevel", "collapsed", "thickTop", "thickBot", "ph"}
_DESCENT = "x14ac:dyDescent"
_HIDDEN = re.compile(' hidden="(?:1|true)"')
_MERGED = re.compile(rb'<mergeCells(?: count="[0-9]+")?>((?:<mergeCell ref="[A-Za-z0-9:$]*+"/>)*+)</mergeCells>')
_ASTRAY = (  # one by one: a pattern that begins with one letter is found fastest
    re.compile(rb"<(?:!|\?|(?:row|mergeCells?|sheetData)(?![\w.-]))"),
    re.compile(rb":(?:row|mergeCells?|sheetData)(?![\w.-])"),
    re.compile(rb"xmlns\s*="),
)
"""What may stand neither before nor behind the rows."""


@remembered_parts(100, 50_000)
def head_of_rows(before: bytes, known: tuple[str, ...]) -> Head:
    """The head of a sheet, of which nothing else that stands before the rows is taken."""
    text = decoded(before)
    refuse_odd(text)
    head, end = Head.of(text)
    if vocabularies(head).get(None) not in known or any(sign.search(text[end:].encode()) for sign in _ASTRAY):
        raise NotPlain
    return head


@remembered_parts(100, 50_000)
def merged_in(behind: bytes) -> Areas:
    """The merged cells of a sheet: all that is taken of what stands behind the rows."""
    merged = _MERGED.search(behind)
    if merged is not None:
        behind = behind[: merged.start()] + behind[merged.end() :]
    if any(sign.search(behind) for sign in _ASTRAY):
        raise NotPlain
    areas = map(area_of, merged[1].decode().split('"')[1::2]) if merged is not None else ()
    return tuple(area for area in areas if area is not None)


@remembered_parts(200, 50_000)
def hidden_rows_in(left: str, descent: bool) -> tuple[int, ...]:
    """The hidden rows of a sheet without its cells: there must be rows and nothing else."""
    pieces = _ROW.split(left)
    if "".join(pieces[::3]).strip(" \t\n"):
        raise NotPlain
    looks = {*pieces[2::3]}
    names = {name for look in looks for name in _names(look)}
    if not names <= (_ROW_NAMES | {_DESCENT} if descent else _ROW_NAMES):
        raise NotPlain
    hiding = {look for look in looks if _HIDDEN.search(look)}
    rows = zip(pieces[1::3], pieces[2::3], strict=True) if hiding else ()
    return tuple(int(row) for row, look in rows if look in hiding)


def _names(look: str) -> list[str]:
    """The attributes of a row; none may be there twice."""
    names = _NAMES.findall(look)
    if len(set(names)) < len(names):
        raise NotPlain
    return names
