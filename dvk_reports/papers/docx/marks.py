"""What a person must still fill in or decide in a draft.

They are found in the text of the finished paper, so that they are found too in a template that an office has changed.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from docx.opc.constants import RELATIONSHIP_TARGET_MODE as RTM
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from dvk_reports.messages.marks import MISSING
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.findings import Level

DOUBTING = ("K13", "K18", "K33", "K34")
"""Warnings that say a value may be wrong by a factor: far from the last period, from the same quarter of last year or
from the other units, money in the wrong unit."""
_BESIDE = (qn("w:headerReference"), qn("w:footerReference"))
# What stands behind a highlight in the order of w:rPr.
_AFTER = ("w:u", "w:effect", "w:bdr", "w:shd", "w:fitText", "w:vertAlign", "w:rtl", "w:cs", "w:em", "w:lang")


def count_missing(paper: bytes) -> int:
    """How many “[CẦN BỔ SUNG: …]” a .docx still holds, in its body, tables, headers and footers."""
    with zipfile.ZipFile(io.BytesIO(paper)) as package:
        main, relations = _main_part(package)
        beside: list[str] = []
        found = _missing_in(package, main, beside)
        return found + sum(_missing_in(package, relations[target], []) for target in beside)


def _main_part(package: zipfile.ZipFile) -> tuple[str, Mapping[str, str]]:
    """The part that holds the text, and what it calls the others."""
    main = next(path for kind, path in _related(package, "").values() if kind == RT.OFFICE_DOCUMENT)
    return main, {name: path for name, (_, path) in _related(package, main).items()}


def _related(package: zipfile.ZipFile, part: str) -> Mapping[str, tuple[str, str]]:
    """Id -> (kind, part) of each relation inside the file."""
    folder, _, name = part.rpartition("/")
    written = package.read(f"{folder}/_rels/{name}.rels".lstrip("/"))
    found = {}
    for one in etree.fromstring(written):
        if one.get("TargetMode") != RTM.EXTERNAL:
            path = posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))
            found[one.get("Id", "")] = (one.get("Type", ""), path[1:])
    return found


def _missing_in(package: zipfile.ZipFile, part: str, beside: list[str]) -> int:
    """How many a part holds, without all of it in memory; its headers and footers are named ``beside``."""
    found = 0
    with package.open(part) as content:
        node: Any
        for _, node in etree.iterparse(content, tag=(qn("w:p"), qn("w:tr"), *_BESIDE), resolve_entities=False):
            if node.tag in _BESIDE:
                if node.get(qn("w:type")) != "even":
                    beside.append(node.get(qn("r:id")))
                continue
            if node.tag == qn("w:p"):
                found += len(MISSING.findall(text_of(node)))
            node.clear(keep_tail=True)
            while node.getprevious() is not None:
                node.getparent().remove(node.getprevious())
    return found


def let_go(document: Any) -> None:
    """Done with a document: its parts hold each other, and would stay with all their XML until somebody looks."""
    for part in list(document.part.package.iter_parts()):
        vars(part).clear()


def doubted_cells(data: Consolidation) -> frozenset[tuple[str, str, str]]:
    """(file, sheet, cell) of each value that carries a warning of ``DOUBTING`` which the unit has not answered."""
    return frozenset(
        (finding.file, finding.sheet, finding.cell)
        for finding in data.findings
        if finding.code in DOUBTING and finding.level is Level.WARNING and finding.cell and not finding.answer
    )


def highlight(paragraphs: Iterable[Any]) -> None:
    """Shade every mark to fill in, and nothing else."""
    for paragraph in paragraphs:
        if MISSING.search(text_of(paragraph)):
            runs = list(paragraph.iter(qn("w:r")))
            whole = [run for run in runs if MISSING.search(_text(run))]
            for run in whole:
                _shade_marks(run)
            for run in [] if whole else runs:  # the mark is in pieces
                _shade(run)


def _text(run: Any) -> str:
    return "".join(node.text or "" for node in run.iter(qn("w:t")))


def _shade_marks(run: Any) -> None:
    """Part a run at the marks, so that they alone are shaded; one that holds more than one text is shaded whole."""
    texts = list(run.iter(qn("w:t")))
    if len(texts) != 1:
        _shade(run)
        return
    text, before = texts[0].text or "", run
    pieces = [piece for piece in re.split(rf"({MISSING.pattern})", text) if piece]
    for place, piece in enumerate(pieces):
        part = run if place == 0 else deepcopy(run)
        holder = next(part.iter(qn("w:t")))
        holder.text = piece
        holder.set(qn("xml:space"), "preserve")
        if place:
            before.addnext(part)
        before = part
    for part, piece in zip(_following(run, len(pieces)), pieces, strict=True):
        if MISSING.fullmatch(piece):
            _shade(part)


def _following(run: Any, count: int) -> Iterator[Any]:
    for _ in range(count):
        yield run
        run = run.getnext()


def _shade(run: Any) -> None:
    properties = run.get_or_add_rPr()
    if properties.find(qn("w:highlight")) is None:
        properties.insert_element_before(parse_xml(f'<w:highlight {nsdecls("w")} w:val="yellow"/>'), *_AFTER)


def paragraphs(document: Any) -> Iterator[Any]:
    """Every w:p of body, headers and footers, in the order of the page."""
    yield from document.element.body.iter(qn("w:p"))
    for section in document.sections:
        for part in (section.header, section.first_page_header, section.footer, section.first_page_footer):
            if not part.is_linked_to_previous:
                yield from part._element.iter(qn("w:p"))


def text_of(paragraph: Any) -> str:
    """As Word shows it; a break inside the paragraph is one new line."""
    names = {qn("w:t"): None, qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
    return "".join(
        (node.text or "") if names[node.tag] is None else str(names[node.tag])
        for node in paragraph.iter(*names)
        if next(node.iterancestors(qn("w:p"))) is paragraph
    )
