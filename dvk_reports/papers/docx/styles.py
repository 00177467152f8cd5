"""What Word would show: properties of paragraphs and runs resolved from defaults, table style, styles and direct marks.

Order (ECMA-376 part 1, 17.7.2): document defaults, table style, paragraph style and the styles it is based on, list
level, character style, what is set on the spot. On/off properties of two kinds of style cancel each other (17.7.3).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")
_THEME_SLOT = {"ascii": "asciiTheme", "hAnsi": "hAnsiTheme", "eastAsia": "eastAsiaTheme", "cs": "cstheme"}
_THEME_SCRIPT = {"Ascii": "latin", "HAnsi": "latin", "EastAsia": "ea", "Bidi": "cs"}
_OFF = frozenset({"0", "false", "off", "none"})
_MM_PER = {"pt": 25.4 / 72, "mm": 1.0, "cm": 10.0, "in": 25.4, "pc": 25.4 / 6, "pi": 25.4 / 6, "px": 25.4 / 96}
_MEASURE = re.compile(r"(-?[0-9]*\.?[0-9]+)\s*([a-z]{2})?")
# Glyphs of the bullet fonts, where a letter of the private area stands for the sign.
_BULLETS = {"\uf02d": "-", "\uf0b7": "•", "\uf0a7": "•", "\uf02b": "+", "o": "•", "–": "-", "−": "-"}


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
    kind: str
    based_on: str
    element: Any
    numbered: tuple[str, int] | None = None


@dataclass(slots=True)
class Level:
    """One level of a list."""

    text: str
    form: str
    start: int
    properties: Any | None


@dataclass(slots=True)
class Styles:
    """Everything that properties are resolved from."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default_paragraph: str = ""
    default_table: str = ""
    run_defaults: Any | None = None
    paragraph_defaults: Any | None = None
    theme: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, Mapping[int, Level]]] = field(default_factory=dict)
    """numId -> (its abstract list, level -> Level)."""
    counters: dict[tuple[str, int], int] = field(default_factory=dict)

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
        size = _last(layers, "sz")
        line = _last(layers, "u")
        colour = _last(layers, "color")
        return Look(
            fonts=self._fonts(layers),
            size=_number(value(size), 20) / 2,
            bold=switch("b"),
            italic=switch("i"),
            underline=line is not None and value(line) not in ("", *_OFF),
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
        level = self.level_of(properties, style_id)
        listed = [level.properties] if level is not None and level.properties is not None else []
        own = child(properties, "numPr") is not None
        layers += [*styled, *listed] if own else [*listed, *styled]
        layers += [properties] if properties is not None else []
        space = _attributes(layers, "spacing")
        indent = _attributes(layers, "ind", drop={"firstLine": "hanging", "hanging": "firstLine"})
        kind, pitch = _pitch(space)
        align = _last(layers, "jc")
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
            close_to_same=is_on(_last(layers, "contextualSpacing")),
            break_before=is_on(_last(layers, "pageBreakBefore")),
        )

    # --- lists --------------------------------------------------------------------------------------------------------

    def level_of(self, properties: Any | None, style_id: str) -> Level | None:
        found = self._numbered(properties, style_id)
        if found is None or found[0] not in self.lists:
            return None
        return self.lists[found[0]][1].get(found[1])

    def label(self, properties: Any | None) -> str:
        """What Word prints before the next paragraph of a list ("I.", "-"); counts on. "" outside lists."""
        found = self._numbered(properties, value(child(properties, "pStyle")) or self.default_paragraph)
        if found is None or found[0] not in self.lists:
            return ""
        abstract, levels = self.lists[found[0]]
        level = levels.get(found[1])
        if level is None:
            return ""
        key = (abstract, found[1])
        self.counters[key] = self.counters.get(key, level.start - 1) + 1
        for deeper in [item for item in self.counters if item[0] == abstract and item[1] > found[1]]:
            del self.counters[deeper]
        if level.form == "bullet":
            return _BULLETS.get(level.text, level.text)
        return re.sub(r"%([1-9])", lambda mark: self._count(abstract, levels, int(mark[1]) - 1), level.text)

    def _count(self, abstract: str, levels: Mapping[int, Level], depth: int) -> str:
        level = levels.get(depth)
        if level is None:
            return ""
        number = self.counters.get((abstract, depth), level.start)
        return _COUNTERS.get(level.form, str)(number)

    def _numbered(self, properties: Any | None, style_id: str) -> tuple[str, int] | None:
        for element in (properties, *(child(style, "pPr") for style in reversed(self.chain(style_id)))):
            mark = child(element, "numPr")
            if mark is not None:
                name = value(child(mark, "numId"))
                return None if name in ("", "0") else (name, int(_number(value(child(mark, "ilvl")), 0)))
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
Reader = Callable[[int], str]
_LONGEST_LIST = 400


def _roman(number: int) -> str:
    if number > _LONGEST_LIST:
        return str(number)
    found = ""
    for amount, sign in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= amount:
            found, number = found + sign, number - amount
    return found


def _letter(number: int) -> str:
    return chr(96 + (number - 1) % 26 + 1) if number > 0 else ""


_COUNTERS: Mapping[str, Reader] = {
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "decimalZero": lambda number: f"{number:02d}",
    "none": lambda number: "",
}


def read_styles(styles: Any | None, theme: Any | None, numbering: Any | None) -> Styles:
    """From the roots of styles.xml, theme1.xml and numbering.xml; each may be missing."""
    found = Styles(theme=_theme_fonts(theme), lists=_lists(numbering))
    if styles is None:
        return found
    defaults = child(styles, "docDefaults")
    found.run_defaults = child(child(defaults, "rPrDefault"), "rPr")
    found.paragraph_defaults = child(child(defaults, "pPrDefault"), "pPr")
    for element in children(styles, "style"):
        kind, name = attribute(element, "type") or "paragraph", attribute(element, "styleId")
        found.by_id[name] = Style(kind, value(child(element, "basedOn")), element)
        if attribute(element, "default") not in ("", *_OFF):
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


def _lists(numbering: Any | None) -> dict[str, tuple[str, dict[int, Level]]]:
    if numbering is None:
        return {}
    abstract = {attribute(item, "abstractNumId"): _levels(item) for item in children(numbering, "abstractNum")}
    found = {}
    for item in children(numbering, "num"):
        name = value(child(item, "abstractNumId"))
        levels = dict(abstract.get(name, {}))
        for override in children(item, "lvlOverride"):
            level = child(override, "lvl")
            if level is not None:
                levels[int(_number(attribute(override, "ilvl"), 0))] = _level(level)
        found[attribute(item, "numId")] = (name, levels)
    return found


def _levels(element: Any) -> dict[int, Level]:
    return {int(_number(attribute(level, "ilvl"), 0)): _level(level) for level in children(element, "lvl")}


def _level(element: Any) -> Level:
    return Level(
        text=value(child(element, "lvlText")),
        form=value(child(element, "numFmt")) or "decimal",
        start=int(_number(value(child(element, "start")), 1)),
        properties=child(element, "pPr"),
    )


# --- reading single properties ----------------------------------------------------------------------------------------


def child(element: Any | None, name: str) -> Any | None:
    return element.find(f"{{{W}}}{name}") if element is not None else None


def children(element: Any | None, name: str) -> Iterator[Any]:
    return iter(element.findall(f"{{{W}}}{name}") if element is not None else ())


def attribute(element: Any | None, name: str) -> str:
    return str(element.get(f"{{{W}}}{name}") or "") if element is not None else ""


def value(element: Any | None) -> str:
    return attribute(element, "val")


def is_on(element: Any | None) -> bool:
    """Whether an on/off element is there and on; no value means on."""
    return element is not None and value(element).lower() not in _OFF


def length(text: str, per: float = 25.4 / 1440) -> float:
    """mm of a measure: plain numbers count in twentieths of a point, others carry their unit."""
    found = _MEASURE.fullmatch(text.strip())
    if not found:
        return 0.0
    return float(found[1]) * (_MM_PER.get(found[2], 0.0) if found[2] else per)


def _number(text: str, otherwise: float) -> float:
    """A plain number; sizes written with a unit ("13pt") come as half points."""
    found = _MEASURE.fullmatch(text.strip())
    if not found:
        return otherwise
    return length(text) / _MM_PER["pt"] * 2 if found[2] else float(found[1])


def _last(layers: Sequence[Any], name: str) -> Any | None:
    return next((item for layer in reversed(layers) if (item := child(layer, name)) is not None), None)


def _attributes(layers: Sequence[Any], name: str, drop: Mapping[str, str] | None = None) -> dict[str, str]:
    """Attributes of an element, each from the highest layer that sets it; one of ``drop`` puts its rival out."""
    found: dict[str, str] = {}
    for layer in layers:
        element = child(layer, name)
        for key, text in element.attrib.items() if element is not None else ():
            short = key.rpartition("}")[2]
            found[short] = text
            found.pop((drop or {}).get(short, ""), None)
    return found


def _switches(defaults: Sequence[Any], styled: Sequence[Sequence[Any]], direct: Sequence[Any]) -> Callable[[str], bool]:
    def switch(name: str) -> bool:
        own = _last(direct, name)
        if own is not None:
            return is_on(own)
        if is_on(_last(defaults, name)):
            return True
        return sum(is_on(_last(group, name)) for group in styled) % 2 == 1

    return switch


def _pitch(space: Mapping[str, str]) -> tuple[str, float]:
    line, rule = space.get("line", ""), space.get("lineRule", "auto")
    if not line:
        return "times", 1.0
    if rule == "auto":
        return "times", _number(line, 240) / 240
    return "exactly" if rule == "exact" else "at_least", length(line) / _MM_PER["pt"]


def _space(space: Mapping[str, str], side: str) -> float:
    if space.get(f"{side}Autospacing", "0") not in ("", *_OFF):
        return 14.0  # what Word puts for "auto"
    return length(space.get(side, "0")) / _MM_PER["pt"]


def _bordered(layers: Sequence[Any], side: str) -> bool:
    """A border on that side; a higher layer replaces the whole set of borders side by side."""
    for layer in reversed(layers):
        border = child(child(layer, "pBdr"), side)
        if border is not None:
            return value(border) not in ("", "none", "nil")
    return False
