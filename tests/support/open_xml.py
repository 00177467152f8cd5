"""What Word and Excel themselves hold a file to: parts and relations, names of styles, ids, marks of a cell, order.

A word of the schemas of ECMA-376 (part 1, transitional) is data here; the schemas as a whole are asked by
:func:`audited`, what the parts of a workbook say of each other by ``tests.support.book_parts``.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from lxml import etree
from openxml_audit import OpenXmlValidator

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
# Attribute w:val of an element -> what it may be.
VALUES = {
    "jc": "start center end both left right distribute numTab highKashida lowKashida mediumKashida thaiDistribute",
    "vAlign": "top center both bottom",
    "outlineLvl": "0 1 2 3 4 5 6 7 8 9",
    "highlight": "yellow none",
    "u": "single none double words dotted",
}
ON_OFF = [
    "b",
    "i",
    "bCs",
    "iCs",
    "caps",
    "keepNext",
    "keepLines",
    "widowControl",
    "cantSplit",
    "tblHeader",
    "noProof",
    "titlePg",
    "pageBreakBefore",
]
SWITCH = {None, "0", "1", "true", "false", "on", "off"}
# CT_Worksheet: the order of what stands in a sheet.
WORKSHEET = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]
MOST_CHARACTERS = 255
"""Of a name of a style, and of a prompt of a drop-down list."""


def roots(data: bytes) -> Iterator[tuple[str, etree._Element]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                yield name, etree.fromstring(archive.read(name))


def told(data: bytes) -> list[str]:
    """Every breach, as one line; none for a file that Office opens without repairing it."""
    parts = dict(roots(data))
    found = [*_package(data, parts)]
    for name, root in parts.items():
        if name.startswith("word/"):
            found += [f"{name}: {line}" for line in _word(root)]
        if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
            found += [f"{name}: {line}" for line in _sheet(root)]
    return found


def _package(data: bytes, parts: dict[str, etree._Element]) -> Iterator[str]:
    """Parts given twice, without a content type, or named by a relation and not there."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
    yield from (f"hai phần {name}" for name, count in Counter(names).items() if count > 1)
    types = parts["[Content_Types].xml"]
    endings = {str(item.get("Extension")).lower() for item in types if item.get("Extension")}
    whole = {str(item.get("PartName"))[1:] for item in types if item.get("PartName")}
    for name in names:
        if name != "[Content_Types].xml" and name not in whole and name.rpartition(".")[2].lower() not in endings:
            yield f"{name}: không có kiểu nội dung"
    yield from (f"kiểu nội dung của {name} không có" for name in whole - set(names))
    for name, root in parts.items():
        if not name.endswith(".rels"):
            continue
        folder = name.replace("_rels/", "").rpartition("/")[0]
        ids = [item.get("Id") for item in root]
        yield from (f"{name}: hai quan hệ {key}" for key, count in Counter(ids).items() if count > 1)
        for item in root:
            target = str(item.get("Target"))
            if item.get("TargetMode") != "External" and _inside(folder, target) not in names:
                yield f"{name}: không có {target}"


def _inside(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    path = [*folder.split("/"), *target.split("/")] if folder else target.split("/")
    kept: list[str] = []
    for step in path:
        if step == "..":
            kept.pop()
        elif step not in ("", "."):
            kept.append(step)
    return "/".join(kept)


def _word(root: etree._Element) -> Iterator[str]:
    for style in root.iter(f"{W}style"):
        names = [str(node.get(f"{W}val")) for node in style.findall(f"{W}name")]
        if len(names) != 1 or "," in names[0] or not 0 < len(names[0]) <= MOST_CHARACTERS:
            yield f"tên kiểu “{', '.join(names)}”"
    for tag, key in ((f"{W}style", f"{W}styleId"), (f"{W}bookmarkStart", f"{W}id"), (f"{WP}docPr", "id")):
        ids = [node.get(key) for node in root.iter(tag)]
        name = etree.QName(tag).localname
        yield from (f"hai {name} {one}" for one, count in Counter(ids).items() if count > 1)
    for tag, allowed in VALUES.items():
        values = {str(node.get(f"{W}val")) for node in root.iter(f"{W}{tag}")}
        yield from (f"{tag} “{value}”" for value in sorted(values - set(allowed.split())))
    for tag in ON_OFF:
        values = {node.get(f"{W}val") for node in root.iter(f"{W}{tag}")}
        yield from (f"{tag} “{value}”" for value in values - SWITCH)
    for table in root.iter(f"{W}tbl"):
        grid = table.findall(f"{W}tblGrid")
        columns = len(grid[0]) if grid else 0
        if len(grid) != 1:
            yield "bảng không có tblGrid"
        for row in table.findall(f"{W}tr"):
            spans = [node.find(f"{W}tcPr/{W}gridSpan") for node in row.findall(f"{W}tc")]
            if sum(1 if span is None else int(str(span.get(f"{W}val"))) for span in spans) != columns:
                yield "dòng không đủ ô của bảng"


def _sheet(root: etree._Element) -> Iterator[str]:
    names = [etree.QName(node).localname for node in root if node.tag.startswith(S)]
    places = [WORKSHEET.index(name) if name in WORKSHEET else -1 for name in names]
    if places != sorted(places) or -1 in places:
        yield f"thứ tự: {' '.join(names)}"
    many = {"conditionalFormatting"}
    yield from (f"hai {name}" for name, count in Counter(names).items() if count > 1 and name not in many)
    rows = [int(str(row.get("r"))) for row in root.iter(f"{S}row")]
    if rows != sorted(set(rows)):
        yield "dòng không theo thứ tự"
    for row in root.iter(f"{S}row"):
        cells = [_column(str(cell.get("r"))) for cell in row]
        if cells != sorted(set(cells)):
            yield f"dòng {row.get('r')}: ô không theo thứ tự"
    for node in root.iter(f"{S}dataValidation"):
        long = [key for key in ("error", "prompt") if len(node.get(key) or "") > MOST_CHARACTERS]
        long += [key for key in ("errorTitle", "promptTitle") if len(node.get(key) or "") > 32]
        yield from (f"{key} của {node.get('sqref')} quá dài" for key in long)
    joined = [str(node.get("ref")) for node in root.iter(f"{S}mergeCell")]
    yield from (f"hai lần gộp {one}" for one, count in Counter(joined).items() if count > 1)
    count = root.find(f"{S}mergeCells")
    if count is not None and count.get("count") not in (None, str(len(joined))):
        yield "số ô gộp"


def _column(cell: str) -> int:
    place = 0
    for letter in re.sub(r"\d", "", cell):
        place = place * 26 + ord(letter) - 64
    return place


@cache
def _validator() -> OpenXmlValidator:
    return OpenXmlValidator()


def audited(data: bytes, folder: Path, ending: str) -> list[str]:
    """What the schemas of all parts say of a file, as one line each; ``ending``: xlsx or docx."""
    path = folder / f"xet.{ending}"
    path.write_bytes(data)
    return [f"{error.part_uri}: {error.description}" for error in _validator().validate(path).errors]
