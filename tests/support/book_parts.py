"""What the parts of a workbook say of each other: Excel repairs a file that points to something which is not there.

The schemas know the shape of each part alone (``tests.support.open_xml``); here are the numbers of styles and texts,
places, names, links, and what Excel takes of each.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import Any

from lxml import etree
from openpyxl.utils import range_boundaries

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LONGEST_TEXT, _LONGEST_FORMULA, _LONGEST_RULE, _TALLEST, _MOST_LINKS = 32_767, 8_192, 255, 409.5, 65_530
_FIRST_OWN = 164
"""Number of the first number format that is not built in."""


def loose_ends(data: bytes) -> list[str]:
    """Everything that points to nothing, stands twice or is more than Excel takes, as one line each."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return list(_Book(parts).breaches())


class _Book:
    def __init__(self, parts: dict[str, bytes]) -> None:
        self.parts = parts
        self.root = self.part("xl/workbook.xml")
        self.sheets = list(self.root.iter(f"{_MAIN}sheet"))
        self.names = [str(sheet.get("name")) for sheet in self.sheets]
        styles = self.part("xl/styles.xml")
        self.lists = {etree.QName(item).localname: item for item in styles}
        texts = self.part("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in parts else etree.Element("none")
        self.texts = list(texts.iter(f"{_MAIN}si"))
        self.said = texts.get("uniqueCount", str(len(self.texts)))

    def part(self, name: str) -> Any:
        return etree.fromstring(self.parts[name])

    def count(self, name: str) -> int:
        return len(self.lists[name]) if name in self.lists else 0

    def breaches(self) -> Iterator[str]:
        yield from self._styles()
        yield from self._names()
        if self.said != str(len(self.texts)):
            yield f"uniqueCount {self.said}: {len(self.texts)}"
        yield from (f"khoảng trắng bị bỏ: {text}" for item in self.texts for text in _trimmed(item))
        shown = 0
        for number, name in enumerate(self.names, 1):
            root = self.part(f"xl/worksheets/sheet{number}.xml")
            shown += sum(view.get("tabSelected") == "1" for view in root.iter(f"{_MAIN}sheetView"))
            links = f"xl/worksheets/_rels/sheet{number}.xml.rels"
            known = {item.get("Id") for item in self.part(links)} if links in self.parts else set()
            yield from (f"{name}: {line}" for line in _Sheet(self, name, root, known).breaches())
        if shown != 1:
            yield f"{shown} trang được chọn"

    def _styles(self) -> Iterator[str]:
        for name, items in self.lists.items():
            if items.get("count") not in (None, str(len(items))):
                yield f"{name}: count {items.get('count')} của {len(items)}"
        own = [item.get("numFmtId") for item in self.lists.get("numFmts", ())]
        yield from (f"hai numFmt {number}" for number, count in Counter(own).items() if count > 1)
        for look in (*self.lists["cellXfs"], *self.lists["cellStyleXfs"]):
            for key, name in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")):
                if int(look.get(key, 0)) >= self.count(name):
                    yield f"{key} {look.get(key)}"
            number = look.get("numFmtId", "0")
            if int(number) >= _FIRST_OWN and number not in own:
                yield f"numFmtId {number}"
            for key, mark in (("alignment", "applyAlignment"), ("protection", "applyProtection")):
                if look.find(f"{_MAIN}{key}") is not None and look.get(mark) != "1":
                    yield f"{key} không được dùng"

    def _names(self) -> Iterator[str]:
        for name, count in Counter(name.casefold() for name in self.names).items():
            if count > 1 or len(name) > 31 or re.search(r"[\[\]:*?/\\]", name):
                yield f"tên trang {name}"
        held = list(self.root.iter(f"{_MAIN}definedName"))
        every = Counter((str(item.get("name")).casefold(), item.get("localSheetId")) for item in held)
        yield from (f"hai tên {name}" for name, count in every.items() if count > 1)
        for item in held:
            if int(item.get("localSheetId", 0)) >= len(self.names):
                yield f"{item.get('name')}: localSheetId"
            yield from (f"{item.get('name')}: không có trang {name}" for name in self.unknown(str(item.text)))
            yield from _formula(f"tên {item.get('name')}", str(item.text), _LONGEST_FORMULA)

    def unknown(self, formula: str) -> list[str]:
        """Sheets that a formula names and the workbook has not."""
        quoted = re.sub(r'"[^"]*"', "", formula)
        found = re.findall(r"'((?:[^']|'')+)'!", quoted)
        return [name for name in found if name.replace("''", "'") not in self.names]

    def filtered(self, sheet: str) -> bool:
        place = str(self.names.index(sheet))
        return any(
            name.get("name") == "_xlnm._FilterDatabase" and name.get("localSheetId") == place
            for name in self.root.iter(f"{_MAIN}definedName")
        )


class _Sheet:
    def __init__(self, book: _Book, name: str, root: Any, links: set[str | None]) -> None:
        self.book = book
        self.name = name
        self.root = root
        self.links = links

    def every(self, name: str) -> list[Any]:
        return list(self.root.iter(f"{_MAIN}{name}"))

    def breaches(self) -> Iterator[str]:
        for item in self.root.iter():
            if isinstance(item.tag, str) and item.get(_LINK) not in (None, *self.links):
                yield f"{etree.QName(item).localname}: không có {item.get(_LINK)}"
        yield from self._cells()
        yield from self._behind()
        yield from self._areas("mergeCell", "ref", alone=True)
        yield from self._areas("dataValidation", "sqref", alone=False)
        ends = [(int(col.get("min")), int(col.get("max"))) for col in self.every("col")]
        yield from (f"cột {two} sau {one}" for one, two in pairwise(ends) if two[0] <= one[1])

    def _cells(self) -> Iterator[str]:
        looks, texts = self.book.count("cellXfs"), len(self.book.texts)
        for row in self.every("row"):
            if int(row.get("s", 0)) >= looks or (row.get("s") and row.get("customFormat") != "1"):
                yield f"dòng {row.get('r')}: s {row.get('s')}"
            if float(row.get("ht", 0)) > _TALLEST:
                yield f"dòng {row.get('r')}: cao {row.get('ht')}"
            for cell in row:
                at, kind = cell.get("r"), cell.get("t", "n")
                value, own = cell.findtext(f"{_MAIN}v"), cell.find(f"{_MAIN}is")
                if not re.fullmatch(rf"[A-Z]{{1,3}}{row.get('r')}", at or "") or int(cell.get("s", 0)) >= looks:
                    yield f"ô {at} ở dòng {row.get('r')}, s {cell.get('s')}"
                if (kind == "s" and not (value or "").isdecimal()) or (kind == "s" and int(value or 0) >= texts):
                    yield f"ô {at}: chữ số {value}"
                if kind == "n" and value and not re.fullmatch(r"-?\d+(\.\d+)?(E[+-]?\d+)?", value):
                    yield f"ô {at}: số {value}"
                if (own is not None) != (kind == "inlineStr"):
                    yield f"ô {at}: kiểu {kind}"
                yield from (f"ô {at}: khoảng trắng bị bỏ: {text}" for text in _trimmed(cell))
                if len("".join(cell.itertext()).encode("utf-16-le")) // 2 > _LONGEST_TEXT:
                    yield f"ô {at}: quá dài"
                yield from _formula(f"ô {at}", cell.findtext(f"{_MAIN}f") or "", _LONGEST_FORMULA)

    def _behind(self) -> Iterator[str]:
        ranks = [rule.get("priority") for rule in self.every("cfRule")]
        yield from (f"hai quy tắc màu {rank}" for rank, count in Counter(ranks).items() if count > 1)
        fills = self.book.count("dxfs")
        yield from (f"dxfId {n}" for rule in self.every("cfRule") if int(n := rule.get("dxfId", -1)) >= fills)
        for rules in self.every("dataValidations"):
            if rules.get("count") not in (None, str(len(rules))):
                yield f"dataValidations: count {rules.get('count')} của {len(rules)}"
        for name in ("formula1", "formula2"):
            for formula in self.every(name):
                yield from _formula(name, str(formula.text), _LONGEST_RULE)
                yield from (f"{name}: không có trang {sheet}" for sheet in self.book.unknown(str(formula.text)))
        links = self.every("hyperlink")
        if len(links) > _MOST_LINKS:
            yield f"{len(links)} liên kết"
        for link in links:
            yield from (f"{link.get('ref')}: không có trang {n}" for n in self.book.unknown(link.get("location") or ""))
        for item in self.every("oddFooter"):
            if len(str(item.text)) > _LONGEST_RULE:
                yield "chân trang quá dài"
        if self.every("autoFilter") and not self.book.filtered(self.name):
            yield "autoFilter không có tên"

    def _areas(self, name: str, key: str, *, alone: bool) -> Iterator[str]:
        """Areas that lie over each other; ``alone``: and those of one cell."""
        areas = [area for item in self.every(name) for area in item.get(key).split(" ")]
        known = [(area, range_boundaries(area)) for area in areas]
        if alone:
            yield from (f"{name} {area} là một ô" for area, ends in known if ends[:2] == ends[2:])
        for (one, a), (two, b) in combinations(known, 2):
            if a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]:
                yield f"{name} {one} đè lên {two}"


def _trimmed(item: Any) -> list[str]:
    """Texts of which Excel drops what stands before and behind."""
    texts = item.iter(f"{_MAIN}t")
    return [t.text for t in texts if t.text and t.text != t.text.strip() and t.get(_SPACE) != "preserve"]


def _formula(place: str, formula: str, longest: int) -> Iterator[str]:
    if len(formula) > longest:
        yield f"{place}: công thức dài {len(formula)}"
    depth, deepest = 0, 0
    for sign in re.sub(r'"[^"]*"', "", formula):
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
    if depth or deepest > 64:
        yield f"{place}: dấu ngoặc"


def parts_changed(data: bytes, part: str, changes: Sequence[tuple[str, str]]) -> bytes:
    """The same workbook with one part in which patterns are replaced, each once."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            held = source.read(name)
            if name == part:
                text = held.decode()
                for old, new in changes:
                    text, done = re.subn(old, new, text, count=1)
                    assert done, old
                held = text.encode()
            target.writestr(name, held)
    return out.getvalue()
