"""What Word would show: properties of paragraphs and runs resolved from defaults, table style, styles and direct marks.

Order (ECMA-376 part 1, 17.7.2): document defaults, table style, paragraph style and the styles it is based on, list
level, character style, what is set on the spot. On/off properties of two kinds of style cancel each other (17.7.3).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dvk_reports.papers.docx.elements import (
    MM_PER,
    OFF,
    attribute,
    attributes,
    child,
    children,
    is_on,
    last,
    length,
    number,
    value,
)
from dvk_reports.papers.docx.numbering import Lists, Spot, read_lists

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")
_THEME_SLOT = {"ascii": "asciiTheme", "hAnsi": "hAnsiTheme", "eastAsia": "eastAsiaTheme", "cs": "cstheme"}
_THEME_SCRIPT = {"Ascii": "latin", "HAnsi": "latin", "EastAsia": "ea", "Bidi": "cs"}


@dataclass(frozen=True, slots=True)
class Look:
    """How a run of text is printed. ``fonts`` by slot (``SLOTS``), "" where nothing is said; ``size`` in pt."""

    fonts: tuple[str, str, str, str]
    size: float
    bold: bool
    italic: bool
    underline: bool
    caps: bool
    hidden: bool
    colour: str


@dataclass(frozen=True, slots=True)
class Form:
    """How a paragraph stands. Indents in mm, spaces in pt; ``pitch`` as in ``pitch_kind``: pt, or times single."""

    align: str
    first_line: float
    left: float
    right: float
    before: float
    after: float
    pitch_kind: str
    """``times``, ``exactly`` or ``at_least``."""
    pitch: float
    line_above: bool
    line_below: bool
    close_to_same: bool
    break_before: bool


@dataclass(slots=True)
class Style:
    """One style, as it is written down in the file."""

    kind: str
    based_on: str
    element: Any
    numbered: tuple[str, int] | None = None


@dataclass(slots=True)
class Styles:
    """Everything that properties are resolved from."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default_paragraph: str = ""
    default_table: str = ""
    run_defaults: Any | None = None
    paragraph_defaults: Any | None = None
    theme: Mapping[str, str] = field(default_factory=dict)
    lists: Lists = field(default_factory=Lists)

    def chain(self, style_id: str) -> list[Any]:
        """Elements of a style and of those it is based on, the deepest first; a circle ends where it closes."""
        found: list[Any] = []
        seen: set[str] = set()
        while style_id in self.by_id and style_id not in seen:
            seen.add(style_id)
            style = self.by_id[style_id]
            found.insert(0, style.element)
            style_id = style.based_on
        return found

    # --- runs ---------------------------------------------------------------------------------------------------------

    def look(self, run: Any | None, paragraph_style: str, table_style: str = "", head_row: bool = False) -> Look:
        """Look of a run's properties (``w:rPr`` or None) in a paragraph of that style."""
        direct = [run] if run is not None else []
        named = child(run, "rStyle")
        groups = [
            self._table_parts(table_style, "rPr", head_row),
            [child(style, "rPr") for style in self.chain(paragraph_style or self.default_paragraph)],
            [child(style, "rPr") for style in self.chain(value(named))] if named is not None else [],
        ]
        styled = [[part for part in group if part is not None] for group in groups]
        defaults = [self.run_defaults] if self.run_defaults is not None else []
        layers = [*defaults, *(part for group in styled for part in group), *direct]
        switch = _switches(defaults, styled, direct)
        size = last(layers, "sz")
        line = last(layers, "u")
        colour = last(layers, "color")
        return Look(
            fonts=self._fonts(layers),
            size=number(value(size), 20) / 2,
            bold=switch("b"),
            italic=switch("i"),
            underline=line is not None and value(line) not in ("", *OFF),
            caps=switch("caps"),
            hidden=switch("vanish"),
            colour=(value(colour) if colour is not None else "auto").lower(),
        )

    def _fonts(self, layers: Sequence[Any]) -> tuple[str, str, str, str]:
        found = dict.fromkeys(SLOTS, "")
        for layer in layers:
            fonts = child(layer, "rFonts")
            if fonts is None:
                continue
            for slot in SLOTS:
                theme = attribute(fonts, _THEME_SLOT[slot])
                name = self.theme.get(theme, "") if theme else attribute(fonts, slot)
                if theme or name:
                    found[slot] = name
        return found["ascii"], found["hAnsi"], found["eastAsia"], found["cs"]

    def _table_parts(self, style_id: str, part: str, head_row: bool) -> list[Any]:
        found = []
        for style in self.chain(style_id):
            found.append(child(style, part))
            for special in children(style, "tblStylePr") if head_row else ():
                if attribute(special, "type") == "firstRow":
                    found.append(child(special, part))
        return [item for item in found if item is not None]

    # --- paragraphs ---------------------------------------------------------------------------------------------------

    def form(self, properties: Any | None, table_style: str = "", head_row: bool = False) -> Form:
        """Form of a paragraph's properties (``w:pPr`` or None)."""
        style_id = value(child(properties, "pStyle")) or self.default_paragraph
        styled = [item for item in (child(style, "pPr") for style in self.chain(style_id)) if item is not None]
        layers = [self.paragraph_defaults] if self.paragraph_defaults is not None else []
        layers += self._table_parts(table_style, "pPr", head_row)
        level = self.lists.level(self._spot(properties, style_id))
        listed = [level.properties] if level is not None and level.properties is not None else []
        own = child(properties, "numPr") is not None
        layers += [*styled, *listed] if own else [*listed, *styled]
        layers += [properties] if properties is not None else []
        space = attributes(layers, "spacing")
        indent = attributes(layers, "ind", drop={"firstLine": "hanging", "hanging": "firstLine"})
        kind, pitch = _pitch(space)
        align = last(layers, "jc")
        return Form(
            align=_ALIGN.get(value(align), "left") if align is not None else "left",
            first_line=length(indent.get("firstLine", "0")) - length(indent.get("hanging", "0")),
            left=length(indent.get("left") or indent.get("start") or "0"),
            right=length(indent.get("right") or indent.get("end") or "0"),
            before=_space(space, "before"),
            after=_space(space, "after"),
            pitch_kind=kind,
            pitch=pitch,
            line_above=_bordered(layers, "top"),
            line_below=_bordered(layers, "bottom"),
            close_to_same=is_on(last(layers, "contextualSpacing")),
            break_before=is_on(last(layers, "pageBreakBefore")),
        )

    # --- lists --------------------------------------------------------------------------------------------------------

    def label(self, properties: Any | None) -> str:
        """What Word prints before the next paragraph of a list; counts on. "" outside lists."""
        return self.lists.next_label(self._spot(properties, value(child(properties, "pStyle"))))

    def _spot(self, properties: Any | None, style_id: str) -> Spot | None:
        styles = reversed(self.chain(style_id or self.default_paragraph))
        for element in (properties, *(child(style, "pPr") for style in styles)):
            mark = child(element, "numPr")
            if mark is not None:
                name = value(child(mark, "numId"))
                return None if name in ("", "0") else (name, int(number(value(child(mark, "ilvl")), 0)))
        return None


_ALIGN = {
    "left": "left",
    "start": "left",
    "center": "center",
    "right": "right",
    "end": "right",
    "both": "both",
    "distribute": "both",
    "thaiDistribute": "both",
}


def read_styles(styles: Any | None, theme: Any | None, numbering: Any | None) -> Styles:
    """From the roots of styles.xml, theme1.xml and numbering.xml; each may be missing."""
    found = Styles(theme=_theme_fonts(theme), lists=read_lists(numbering))
    if styles is None:
        return found
    defaults = child(styles, "docDefaults")
    found.run_defaults = child(child(defaults, "rPrDefault"), "rPr")
    found.paragraph_defaults = child(child(defaults, "pPrDefault"), "pPr")
    for element in children(styles, "style"):
        kind, name = attribute(element, "type") or "paragraph", attribute(element, "styleId")
        found.by_id[name] = Style(kind, value(child(element, "basedOn")), element)
        if attribute(element, "default") not in ("", *OFF):
            if kind == "paragraph":
                found.default_paragraph = name
            elif kind == "table":
                found.default_table = name
    return found


def _theme_fonts(theme: Any | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for size in ("major", "minor"):
        fonts = next(theme.iter(f"{{{A}}}{size}Font"), None) if theme is not None else None
        for mark, script in _THEME_SCRIPT.items():
            element = fonts.find(f"{{{A}}}{script}") if fonts is not None else None
            found[f"{size}{mark}"] = element.get("typeface", "") if element is not None else ""
    return found


def _switches(defaults: Sequence[Any], styled: Sequence[Sequence[Any]], direct: Sequence[Any]) -> Callable[[str], bool]:
    def switch(name: str) -> bool:
        own = last(direct, name)
        if own is not None:
            return is_on(own)
        if is_on(last(defaults, name)):
            return True
        return sum(is_on(last(group, name)) for group in styled) % 2 == 1

    return switch


def _pitch(space: Mapping[str, str]) -> tuple[str, float]:
    line, rule = space.get("line", ""), space.get("lineRule", "auto")
    if not line:
        return "times", 1.0
    if rule == "auto":
        return "times", number(line, 240) / 240
    return "exactly" if rule == "exact" else "at_least", length(line) / MM_PER["pt"]


def _space(space: Mapping[str, str], side: str) -> float:
    if space.get(f"{side}Autospacing", "0") not in ("", *OFF):
        return 14.0  # what Word puts for "auto"
    return length(space.get(side, "0")) / MM_PER["pt"]


def _bordered(layers: Sequence[Any], side: str) -> bool:
    """A border on that side; a higher layer replaces the whole set of borders side by side."""
    for layer in reversed(layers):
        border = child(child(layer, "pBdr"), side)
        if border is not None:
            return value(border) not in ("", "none", "nil")
    return False
