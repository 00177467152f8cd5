"""Any Word file as a list of paragraphs with the look that Word would give them; nothing is known of who wrote it.

Text counts as Word shows it when all changes are accepted: inserted text is in, deleted and hidden text is out, fields
stand with their result, text boxes and table cells are paragraphs like others, in the order of the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from dvk_reports.papers.docx.drawn import drawn_lines
from dvk_reports.papers.docx.elements import W, attribute, child, children, is_on, length, value
from dvk_reports.papers.docx.package import Package, R, UnreadablePaper
from dvk_reports.papers.docx.styles import Form, Look, Styles, read_styles

_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset({"del", "moveFrom", "rPr", "pPr", "instrText", "delText", "delInstrText", "txbxContent"})
_WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent"})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": "\t"}


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph that looks the same throughout."""

    text: str
    look: Look


@dataclass(frozen=True, slots=True)
class Place:
    """The table cell that a paragraph stands in; ``room`` is the width for text in mm."""

    table: int
    row: int
    column: int
    columns: int
    room: float
    ruled: bool


@dataclass(frozen=True)
class Paragraph:
    """``number`` counts the paragraphs of the file from 1; ``drawn`` are lines drawn at it, in mm."""

    number: int
    label: str
    runs: tuple[Run, ...]
    form: Form
    style: str
    room: float
    section: int
    place: Place | None = None
    boxed: bool = False
    drawn: tuple[float, ...] = ()
    page_look: Look | None = None
    """Look of the page number, where the paragraph prints one."""
    page_break: bool = False

    @cached_property
    def text(self) -> str:
        body = "".join(run.text for run in self.runs)
        return f"{self.label} {body}" if self.label else body

    @property
    def blank(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True)
class Section:
    """Page of a section, in mm. ``heads``, ``feet``: kind (default, first, even) -> paragraphs."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    head: float
    first_differs: bool
    starts_at: int | None
    heads: dict[str, tuple[Paragraph, ...]] = field(default_factory=dict)
    feet: dict[str, tuple[Paragraph, ...]] = field(default_factory=dict)

    @property
    def landscape(self) -> bool:
        return self.width > self.height

    @property
    def room(self) -> float:
        return self.width - self.left - self.right


@dataclass(frozen=True)
class WordFile:
    """What the linter sees of a Word file."""

    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    mirrored: bool
    different_even: bool
    table_rows: dict[int, tuple[tuple[str, ...], ...]]
    """Table number -> its rows of cell texts."""
    repeated_heads: dict[int, bool]


def read_docx(data: bytes) -> WordFile:
    """Read the bytes of a Word file; UnreadablePaper with one sentence where that cannot be."""
    return _Reader(Package(data)).read()


@dataclass(frozen=True, slots=True)
class _Where:
    """What surrounds a paragraph while the body is walked."""

    room: float
    place: Place | None = None
    table_style: str = ""
    head_row: bool = False
    boxed: bool = False


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        body = child(package.root(package.main), "body")
        if body is None:
            raise UnreadablePaper("Tệp không phải là văn bản Word dạng .docx.")
        self.body = body
        self.styles: Styles = read_styles(package.part("styles"), package.part("theme"), package.part("numbering"))
        self.paragraphs: list[Paragraph] = []
        self.tables = 0
        self.rows: dict[int, tuple[tuple[str, ...], ...]] = {}
        self.repeated: dict[int, bool] = {}
        self.section = 0

    # --- the walk -----------------------------------------------------------------------------------------------------

    def read(self) -> WordFile:
        marks = [mark for mark in self.body.iter(f"{{{W}}}sectPr") if _is_break(mark)]
        sections = [self._section(mark) for mark in marks] or [self._section(None)]
        # What a section does not set it takes from the one before.
        for place, section in enumerate(sections[1:], start=1):
            before = sections[place - 1]
            sections[place] = replace(
                section, heads={**before.heads, **section.heads}, feet={**before.feet, **section.feet}
            )
        self._blocks(self.body, _Where(sections[0].room), sections)
        settings = self.package.part("settings")
        return WordFile(
            paragraphs=tuple(self.paragraphs),
            sections=tuple(sections),
            mirrored=is_on(child(settings, "mirrorMargins")),
            different_even=is_on(child(settings, "evenAndOddHeaders")),
            table_rows=self.rows,
            repeated_heads=self.repeated,
        )

    def _blocks(self, parent: Any, where: _Where, sections: Sequence[Section] = ()) -> None:
        for element in _unwrapped(parent):
            name = _name(element)
            if name == "p":
                self._paragraph(element, where)
                if sections and child(child(element, "pPr"), "sectPr") is not None:
                    self.section = min(self.section + 1, len(sections) - 1)
                    where = replace(where, room=sections[self.section].room)
            elif name == "tbl":
                self._table(element, where)

    def _table(self, table: Any, where: _Where) -> None:
        number = self.tables
        self.tables += 1
        properties = child(table, "tblPr")
        style = value(child(properties, "tblStyle")) or self.styles.default_table
        margins = self._cell_margins(properties, style)
        head_row = attribute(child(properties, "tblLook"), "firstRow") not in ("", "0")
        ruled = self._ruled(table, properties, style)
        grid = [length(attribute(column, "w") or "0") for column in children(child(table, "tblGrid"), "gridCol")]
        rows = [row for row in _unwrapped(table) if _name(row) == "tr" and child(child(row, "trPr"), "del") is None]
        self.repeated[number] = any(is_on(child(child(row, "trPr"), "tblHeader")) for row in rows[:2])
        texts = []
        for place, row in enumerate(rows):
            cells = [cell for cell in _unwrapped(row) if _name(cell) == "tc"]
            column, told = 0, []
            for cell in cells:
                kind = child(cell, "tcPr")
                told_span = value(child(kind, "gridSpan"))
                span = int(told_span) if told_span.isdecimal() else 1
                width = _width(child(kind, "tcW")) or sum(grid[column : column + span])
                room = width - margins if width else where.room
                first = len(self.paragraphs)
                spot = Place(number, place, column, max(len(cells), 1), room, ruled)
                self._blocks(cell, _Where(room, spot, style, head_row and place == 0, where.boxed))
                told.append("\n".join(item.text for item in self.paragraphs[first:]))
                column += span
            texts.append(tuple(told))
        self.rows[number] = tuple(texts)

    def _cell_margins(self, properties: Any | None, style: str) -> float:
        """Left and right margin of the cells together, in mm."""
        found = {"left": length("108"), "right": length("108")}
        for holder in (*(child(item, "tblPr") for item in self.styles.chain(style)), properties):
            for side, names in (("left", ("left", "start")), ("right", ("right", "end"))):
                for name in names:
                    mark = child(child(holder, "tblCellMar"), name)
                    if mark is not None:
                        found[side] = length(attribute(mark, "w"))
        return found["left"] + found["right"]

    def _ruled(self, table: Any, properties: Any | None, style: str) -> bool:
        drawn = False
        for holder in (*(child(item, "tblPr") for item in self.styles.chain(style)), properties):
            borders = child(holder, "tblBorders")
            if borders is not None:
                drawn = _edges_drawn(borders) > 0
        cells = list(table.iter(f"{{{W}}}tcPr"))
        own = sum(_edges_drawn(child(cell, "tcBorders")) >= 3 for cell in cells)
        return drawn or (bool(cells) and own * 2 > len(cells))

    def _paragraph(self, element: Any, where: _Where) -> None:
        properties = child(element, "pPr")
        label = self.styles.label(properties)
        style = value(child(properties, "pStyle")) or self.styles.default_paragraph
        runs = tuple(self._runs(element, style, where))
        removed = child(child(properties, "rPr"), "del") is not None
        if removed and not any(run.text.strip() for run in runs):
            return
        paragraph = Paragraph(
            number=len(self.paragraphs) + 1,
            label=label,
            runs=runs,
            form=self.styles.form(properties, where.table_style, where.head_row),
            style=style,
            room=where.room,
            section=self.section,
            place=where.place,
            boxed=where.boxed,
            drawn=tuple(drawn_lines(element)),
            page_look=self._page_look(element, style, where),
            page_break=any(attribute(item, "type") == "page" for item in element.iter(f"{{{W}}}br")),
        )
        self.paragraphs.append(paragraph)
        for box in _own_boxes(element):
            self._blocks(box, replace(where, boxed=True))

    def _runs(self, parent: Any, style: str, where: _Where) -> Iterator[Run]:
        for element in parent:
            name = _name(element)
            if name == "r":
                look = self.styles.look(child(element, "rPr"), style, where.table_style, where.head_row)
                text = "".join(_signs(element))
                if text and not look.hidden:
                    yield Run(text.upper() if look.caps else text, look)
            elif name not in _SKIPPED and element.tag != _FALLBACK:
                yield from self._runs(element, style, where)

    def _page_look(self, paragraph: Any, style: str, where: _Where) -> Look | None:
        """Look of the number that a PAGE field prints: that of its result, else of the field itself."""
        code, shown, inside = False, None, False
        for element in paragraph.iter(f"{{{W}}}instrText", f"{{{W}}}fldSimple", f"{{{W}}}fldChar", f"{{{W}}}t"):
            name = _name(element)
            run = element.getparent() if name != "fldSimple" else next(element.iter(f"{{{W}}}r"), None)
            words = ((element.text or "") if name == "instrText" else attribute(element, "instr")).split()
            if name in ("instrText", "fldSimple") and words[:1] == ["PAGE"]:
                code, inside, shown = True, True, run
            elif name == "fldChar" and attribute(element, "fldCharType") == "end":
                inside = False
            elif name == "t" and inside:
                shown = run
        return self.styles.look(child(shown, "rPr"), style, where.table_style, where.head_row) if code else None

    # --- sections -----------------------------------------------------------------------------------------------------

    def _section(self, mark: Any | None) -> Section:
        size, margin = child(mark, "pgSz"), child(mark, "pgMar")
        start = attribute(child(mark, "pgNumType"), "start")

        def side(name: str, otherwise: str) -> float:
            return length(attribute(margin, name) or otherwise)

        return Section(
            width=length(attribute(size, "w") or "12240"),
            height=length(attribute(size, "h") or "15840"),
            top=side("top", "1440"),
            bottom=side("bottom", "1440"),
            left=side("left", "1440") + side("gutter", "0"),
            right=side("right", "1440"),
            head=side("header", "720"),
            first_differs=is_on(child(mark, "titlePg")),
            starts_at=int(start) if start.isdigit() else None,
            heads=self._edges(mark, "headerReference"),
            feet=self._edges(mark, "footerReference"),
        )

    def _edges(self, mark: Any | None, name: str) -> dict[str, tuple[Paragraph, ...]]:
        relations = self.package.relations(self.package.main)
        found = {}
        for reference in children(mark, name):
            member = relations.get(reference.get(f"{{{R}}}id", ""), ("", ""))[1]
            root = self.package.root(member)
            if root is not None:
                found[attribute(reference, "type") or "default"] = self._edge(root)
        return found

    def _edge(self, root: Any) -> tuple[Paragraph, ...]:
        kept, self.paragraphs = self.paragraphs, []
        self._blocks(root, _Where(0.0))
        found, self.paragraphs = tuple(self.paragraphs), kept
        return found


def _edges_drawn(borders: Any | None) -> int:
    return sum(value(edge) not in ("", "none", "nil") for edge in borders) if borders is not None else 0


def _is_break(mark: Any) -> bool:
    """A section mark of the text itself, not one kept by a tracked change."""
    above = mark.getparent()
    return _name(above) == "body" or (_name(above) == "pPr" and _name(above.getparent()) == "p")


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _unwrapped(parent: Any) -> Iterator[Any]:
    """Blocks of a body, cell or row, out of the wrappers that forms, changes and other programs put round them."""
    for element in parent:
        name = _name(element)
        if name in _WRAPPERS or element.tag == _CHOICE:
            yield from _unwrapped(element)
        elif name not in ("del", "moveFrom"):
            yield element


def _signs(run: Any) -> Iterator[str]:
    for element in run:
        name = _name(element)
        if name == "t":
            yield element.text or ""
        elif name in _SIGNS and attribute(element, "type") not in ("page", "column"):
            yield _SIGNS[name]


def _own_boxes(paragraph: Any) -> Iterator[Any]:
    """Text boxes anchored in a paragraph; of the two forms that Word writes of each, the first."""
    for box in paragraph.iter(f"{{{W}}}txbxContent"):
        above = [item.tag for item in box.iterancestors()]
        inner = above[: above.index(f"{{{W}}}p")] if f"{{{W}}}p" in above else above
        if _FALLBACK not in inner and next(box.iterancestors(f"{{{W}}}p"), None) is paragraph:
            yield box


def _width(element: Any | None) -> float:
    return length(attribute(element, "w")) if attribute(element, "type") in ("dxa", "") and element is not None else 0.0
