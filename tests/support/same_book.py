"""All that Excel knows of a workbook, whichever way its parts say it: two are the same where this is equal."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree
from openpyxl.utils import range_boundaries

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_NOT_TOLD = {
    "dimension",
    "sheetData",
    "cols",
    "conditionalFormatting",
    "dataValidations",
    "mergeCells",
    "legacyDrawing",
}


def known_of(data: bytes) -> dict[str, Any]:
    """Sheet -> what is known of it, and what is known of the workbook as a whole under ``""``."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        parts = {name: package.read(name) for name in package.namelist()}
    book = etree.fromstring(parts["xl/workbook.xml"])
    styles = _Styles(etree.fromstring(parts["xl/styles.xml"]))
    strings = [_text(item) for item in etree.fromstring(parts["xl/sharedStrings.xml"])]
    found: dict[str, Any] = {}
    for number, sheet in enumerate(book.iter(f"{_MAIN}sheet"), 1):
        found[sheet.get("name")] = _sheet(parts, number, styles, strings)
    found[""] = {
        "names": sorted(_plain(name).replace("'", "") for name in book.iter(f"{_MAIN}definedName")),
        "book": [_plain(part) for part in book if part.tag != f"{_MAIN}definedNames"],
        "types": sorted(_plain(part) for part in etree.fromstring(parts["[Content_Types].xml"])),
        "parts": sorted(parts),
        "core": parts.get("docProps/core.xml"),
    }
    return found


def assert_same(one: bytes, two: bytes) -> None:
    """Fail with what differs, at its place, where two workbooks are not the same."""
    different = list(_different("", known_of(one), known_of(two)))
    assert not different, "\n".join(different[:20])


def _different(place: str, one: Any, two: Any) -> Iterator[str]:
    if isinstance(one, dict) and isinstance(two, dict):
        for key in dict.fromkeys((*one, *two)):
            yield from _different(f"{place} {key}", one.get(key), two.get(key))
    elif isinstance(one, list) and isinstance(two, list) and len(one) == len(two):
        for number, (left, right) in enumerate(zip(one, two, strict=True)):
            yield from _different(f"{place} {number}", left, right)
    elif one != two:
        yield f"{place}: {one} | {two}"


class _Styles:
    def __init__(self, root: Any) -> None:
        def items(name: str) -> list[Any]:
            return list(root.find(f"{_MAIN}{name}")) if root.find(f"{_MAIN}{name}") is not None else []

        codes = {item.get("numFmtId"): item.get("formatCode") for item in items("numFmts")}
        lists = {"fontId": items("fonts"), "fillId": items("fills"), "borderId": items("borders")}
        self.cells = []
        for xf in items("cellXfs"):
            own = {name: _plain(lists[name][int(value)]) for name, value in xf.attrib.items() if name in lists}
            own["format"] = codes.get(xf.get("numFmtId"), xf.get("numFmtId"))
            own["rest"] = sorted(item for item in xf.attrib.items() if item[0] not in (*lists, "numFmtId"))
            own["inside"] = [_plain(part) for part in xf]
            self.cells.append(str(own))
        self.fills = [re.sub(r'numFmtId="\d+"', "", _plain(item)) for item in items("dxfs")]


def _sheet(parts: Mapping[str, bytes], number: int, styles: _Styles, strings: list[Any]) -> dict[str, Any]:
    root = etree.fromstring(parts[f"xl/worksheets/sheet{number}.xml"])
    cells, rows = {}, {}
    for row in root.iter(f"{_MAIN}row"):
        rows[row.get("r")] = {name: row.get(name) for name in ("ht", "customHeight", "hidden") if row.get(name)}
        if row.get("s"):
            rows[row.get("r")]["style"] = styles.cells[int(row.get("s"))]
        for cell in row:
            cells[cell.get("r")] = (*_value(cell, strings), styles.cells[int(cell.get("s", 0))])
    rules = [
        (not rule.get("stopIfTrue"), int(rule.get("priority")), area.get("sqref"), _rule(rule, styles))
        for area in root.iter(f"{_MAIN}conditionalFormatting")
        for rule in area
    ]
    assert len({rank for _, rank, *_ in rules}) == len(rules), "two rules of colour of one rank"
    cols = []
    for col in root.iter(f"{_MAIN}col"):
        own = {name: value for name, value in col.attrib.items() if name not in ("min", "max", "style")}
        style = styles.cells[int(col.get("style", 0))]
        cols += [(place, own, style) for place in range(int(col.get("min")), int(col.get("max")) + 1)]
    return {
        "cells": cells,
        "rows": {row: own for row, own in rows.items() if own},
        "cols": cols,
        "colours": [rule[2:] for rule in sorted(rules, key=lambda rule: rule[:2])],
        "accepted": sorted(rule for item in root.iter(f"{_MAIN}dataValidation") for rule in _of_columns(item)),
        "merged": sorted(item.get("ref") for item in root.iter(f"{_MAIN}mergeCell")),
        "rest": [_plain(part) for part in root if etree.QName(part).localname not in _NOT_TOLD],
        **_beside(parts, number),
    }


def _of_columns(rule: Any) -> Iterator[str]:
    """A rule of validation for each column that it is the rule of, whether or not columns share it."""
    for area in rule.get("sqref").split(" "):
        left, top, right, bottom = range_boundaries(area)
        for col in range(left, right + 1):
            rule.set("sqref", f"{col}: {top}-{bottom}")
            yield _plain(rule)


def _rule(rule: Any, styles: _Styles) -> tuple[Any, ...]:
    rest = sorted(item for item in rule.attrib.items() if item[0] not in ("priority", "dxfId"))
    return rest, styles.fills[int(rule.get("dxfId"))], [_plain(part) for part in rule]


def _value(cell: Any, strings: list[Any]) -> tuple[Any, ...]:
    kind, value, formula = cell.get("t"), cell.find(f"{_MAIN}v"), cell.findtext(f"{_MAIN}f")
    if kind == "s":
        return "text", strings[int(value.text)], None
    if kind == "inlineStr":
        return "text", _text(cell.find(f"{_MAIN}is")), None
    said = value.text if value is not None else None
    if kind is None and said:
        return "number", float(said), formula
    return kind, said, formula


def _text(item: Any) -> Any:
    """A plain text, or the runs of one with several looks."""
    plain = item.find(f"{_MAIN}t")
    return plain.text if plain is not None else [_plain(part) for part in item]


def _beside(parts: Mapping[str, bytes], number: int) -> dict[str, Any]:
    """The notes of a sheet with their boxes, and its drawing."""
    links = parts.get(f"xl/worksheets/_rels/sheet{number}.xml.rels")
    found: dict[str, Any] = {}
    for link in etree.fromstring(links) if links is not None else ():
        kind, own = link.get("Type").rpartition("/")[2], parts["xl/" + link.get("Target").removeprefix("../")]
        if kind == "comments":
            found["notes"] = [_plain(item) for item in etree.fromstring(own).iter(f"{_MAIN}comment")]
        elif kind == "vmlDrawing":
            found["boxes"] = [_plain(item) for item in etree.fromstring(own)]
        else:
            # Where a shape stands is said twice: by the cells it is tied to, which count, and in lengths on the page.
            found[kind] = re.sub(rb"<a:off [^>]*>", b"", own)
    return found


def _plain(part: Any) -> str:
    return etree.tostring(part, method="c14n", exclusive=True).decode()
