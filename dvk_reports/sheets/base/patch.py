"""A copy of a drawn workbook: written to as if it were one of XlsxWriter, with only what was written made anew.

It knows the calls of XlsxWriter that fill a form; a call it does not know is an error, never a loss. What is written
lies over what was drawn there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from typing import Any

from dvk_reports.errors import SheetError
from dvk_reports.model.values import column_letter, column_number
from dvk_reports.sheets.base.book import Look, span
from dvk_reports.sheets.base.fast_sheet import pixels_of, tall
from dvk_reports.sheets.base.notes_part import Note, blocks_of, boxes_part, words_part
from dvk_reports.sheets.base.parcel import Part, Stretch, packed
from dvk_reports.sheets.base.styles_part import STYLES
from dvk_reports.sheets.base.template import BOOK, STRINGS, TAIL, TYPES, DrawnSheet, Template
from dvk_reports.sheets.base.xml_text import attribute, content, day_number, space

_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RULE = re.compile(
    r'(?P<head><dataValidation [^>]*?)sqref="(?P<areas>[^"]*)"(?P<rest>/>|>.*?</dataValidation>)', re.DOTALL
)
_COMMON = 20
"""Pixels of a row of which nothing is said."""
_PLACE = re.compile(r"([A-Z]+)(\d+)")
_SHOWN = (("ignore_blank", "allowBlank"), ("show_error", "showErrorMessage"))
_HINT = re.compile(r'promptTitle="[^"]*" |prompt="[^"]*" ')
_TYPE = "application/vnd.openxmlformats-officedocument"


class Patched:
    """One copy of a template."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self._shared = _Shared(template)
        self.sheets = {drawn.name: PatchedSheet(self._shared, drawn) for drawn in template.sheets}
        self.define_name = self._shared.define_name
        self._strings: Part | None = None

    def add_format(self, properties: Mapping[str, Any]) -> _Format:
        """A format for cells and conditional formats."""
        return _Format(tuple(sorted(properties.items())))

    def reword(self, drawn: str, own: str) -> None:
        """One text of the template in other words, wherever it stands; its sheets stay as they were drawn."""
        self._strings = self.template.strings_with(drawn, own)

    def content(self) -> bytes:
        """The file."""
        template = self.template
        changed: dict[str, Part] = {} if self._strings is None else {STRINGS: self._strings}
        types, noted, block = template.types, 0, 1
        for sheet in self.sheets.values():
            path = sheet.drawn.path
            if sheet.notes:
                noted += 1
                changed |= sheet.notes_in(noted, block)
                block += blocks_of(sheet.notes)
                types = _with_notes(types, noted)
            changed[path] = sheet.part()
        if self._shared.looks or self._shared.fills:
            styles = template.styles_with(list(self._shared.looks), list(self._shared.fills))
            changed[STYLES] = _part(styles.xml())
        if types != template.types:
            changed[TYPES] = _part(types)
        if self._shared.names != template.book:
            changed[BOOK] = _part(self._shared.names)
        own = {name: changed.pop(name, kept) for name, kept in self._drawn_parts().items()}
        return packed({**own, **changed})

    def _drawn_parts(self) -> Mapping[str, Part]:
        """All parts of the template in their order; those of sheets, which are always made anew, are put in later."""
        kept = self.template.kept
        return {name: kept.get(name, _NOTHING) for name in self.template.parts}


class _Format:
    """A format with what a cell says of it, once it has been used."""

    __slots__ = ("look", "said")

    def __init__(self, look: Look) -> None:
        self.look = look
        self.said = ""


class _Shared:
    """What the sheets of one copy have in common. They do not know the copy itself: it goes when it is made."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self.looks: dict[Look, int] = {}
        self.fills: dict[Look, int] = {}
        self.names = template.book

    def define_name(self, name: str, formula: str) -> None:
        """What a name of a sheet stands for: ``'B2'!Name``; it must have been drawn with the name."""
        place, _, own = name.rpartition("!")
        index = [sheet.name for sheet in self.template.sheets].index(place.strip("'"))
        drawn = rf'(<definedName name="{re.escape(own)}" localSheetId="{index}">)[^<]*(</definedName>)'
        text = content(formula.removeprefix("="))
        self.names, done = re.subn(drawn, lambda match: f"{match[1]}{text}{match[2]}", self.names, count=1)
        if not done:
            raise SheetError(f"{name}: bản mẫu không có tên này.")

    def number_of(self, look: Look) -> int:
        """The number of a cell's format."""
        known = self.template.looks.get(look)
        first = len(self.template.styles.lists["cellXfs"])
        return known if known is not None else self.looks.setdefault(look, first + len(self.looks))

    def number_of_fill(self, look: Look) -> int:
        """The number of the format of a conditional format."""
        known = self.template.fills.get(look)
        first = len(self.template.styles.lists["dxfs"])
        return known if known is not None else self.fills.setdefault(look, first + len(self.fills))


class PatchedSheet:
    """One sheet of the copy; rows and columns count from 0, as everywhere."""

    COPIED = True

    def __init__(self, shared: _Shared, drawn: DrawnSheet) -> None:
        self.drawn = drawn
        self.notes: list[Note] = []
        self._shared = shared
        self._cells: dict[int, dict[int, str]] = {}
        self._heights: dict[int, str] = {}
        self._head = drawn.head
        self._tail: dict[str, str] = {}
        """Elements behind the cells that differ from the drawn ones."""
        self._above: list[tuple[str, str]] = []
        self._below: list[tuple[str, str]] = []
        """Rules of colour, before and after the number of their rank."""

    def get_name(self) -> str:
        """The sheet's name."""
        return self.drawn.name

    def _write(self, row: int, col: int, fmt: _Format | None, kind: str, inside: str) -> None:
        if fmt is None:
            style = f' s="{self.drawn.styles[col]}"' if col in self.drawn.styles else ""
        else:
            fmt.said = style = fmt.said or f' s="{self._shared.number_of(fmt.look)}"'
        close = f">{inside}</c>" if inside else "/>"
        self._cells.setdefault(row, {})[col] = f'<c r="{column_letter(col + 1)}{row + 1}"{style}{kind}{close}'

    def write_blank(self, row: int, col: int, _value: None, fmt: _Format | None = None) -> None:
        """A cell without a value, that keeps its format."""
        self._write(row, col, fmt, "", "")

    def write_string(self, row: int, col: int, text: str, fmt: _Format | None = None) -> None:
        """A text."""
        self._write(row, col, fmt, ' t="inlineStr"', f"<is><t{space(text)}>{content(text)}</t></is>")

    def write_number(self, row: int, col: int, number: float | Decimal, fmt: _Format | None = None) -> None:
        """A number, with the digits that Excel keeps."""
        self._write(row, col, fmt, "", f"<v>{number:.16G}</v>")

    def write_datetime(self, row: int, col: int, day: date, fmt: _Format | None = None) -> None:
        """A day."""
        self._write(row, col, fmt, "", f"<v>{day_number(date(day.year, day.month, day.day))}</v>")

    def write_formula(self, row: int, col: int, formula: str, fmt: _Format | None, value: object) -> None:
        """A formula with the value it has now."""
        kind, result = _result(value)
        self._write(row, col, fmt, kind, f"<f>{content(formula.removeprefix('='))}</f>{result}")

    def keep_formula(self, row: int, col: int, value: object) -> bool:
        """The formula that is drawn there with another value; False where none is."""
        drawn = self.drawn.formula(row, col)
        if drawn is None:
            return False
        kind, result = _result(value)
        cell = f"{drawn[0]}{kind}>{drawn[1]}{result}</c>"
        if cell != self.drawn.rows[row].cells[col] or col in self._cells.get(row, ()):
            self._cells.setdefault(row, {})[col] = cell
        return True

    def write_url(self, row: int, col: int, url: str, fmt: _Format | None, text: str) -> None:
        """A text that leads to a place of this workbook."""
        place = url.removeprefix("internal:")
        if place == url:
            raise SheetError(f"{self.drawn.name}: chỉ dẫn được đến ô của chính tệp này.")
        self.write_string(row, col, text, fmt)
        said = f'location="{attribute(place)}" display="{attribute(text)}"'
        self._add("hyperlinks", f'<hyperlink ref="{_at(row, col)}" {said}/>', counted=False)

    def write_comment(self, row: int, col: int, text: str, looks: dict[str, Any]) -> None:
        """A note on a cell; a later one takes the place of an earlier one."""
        self.notes = [note for note in self.notes if (note.row, note.col) != (row, col)]
        self.notes.append(Note(row, col, text, looks))

    def merge_range(self, top: int, left: int, bottom: int, right: int, text: str, fmt: _Format) -> None:
        """Cells made one; the text is written apart."""
        for row in range(top, bottom + 1):
            for col in range(left, right + 1):
                self.write_blank(row, col, None, fmt)
        if text:
            self.write_string(top, left, text, fmt)
        self._add("mergeCells", f'<mergeCell ref="{_span(top, left, bottom, right)}"/>')

    def set_row(self, row: int, height: float) -> None:
        """The height of a row in points, as whole pixels."""
        self._heights[row] = tall(pixels_of(height), _COMMON)

    def fit_row(self, row: int, height: float) -> None:
        """The height that a row takes now; it goes on growing with what is typed into it."""
        self._heights[row] = tall(pixels_of(height), _COMMON, fixed=False)

    def set_tab_color(self, colour: str) -> None:
        """The colour of the sheet's tab."""
        own = f'<tabColor rgb="FF{colour.removeprefix("#").upper()}"/>'
        head = re.sub(r"<tabColor [^>]*/>", "", self._head)
        if "<sheetPr>" not in head:
            head = re.sub(r"(<worksheet [^>]*>)", r"\1<sheetPr></sheetPr>", head, count=1)
        self._head = head.replace("<sheetPr>", f"<sheetPr>{own}", 1)

    def set_footer(self, text: str) -> None:
        """The words at the foot of every page, in the code of Excel."""
        self._tail["headerFooter"] = f"<headerFooter><oddFooter>{content(text)}</oddFooter></headerFooter>"

    def print_area(self, top: int, left: int, bottom: int, right: int) -> None:
        """What is printed."""
        area = span(self.drawn.name, top, left, bottom, right)
        self._shared.define_name(f"{self.drawn.name}!_xlnm.Print_Area", area)

    def conditional_format(self, top: int, left: int, bottom: int, right: int, rule: Mapping[str, Any]) -> None:
        """A colour where a formula holds: one that stops the others lies over those drawn, any other below them."""
        if rule["type"] != "formula":
            raise SheetError(f"{self.drawn.name}: không tô màu được theo cách “{rule['type']}”.")
        stops = bool(rule.get("stop_if_true"))
        fill = self._shared.number_of_fill(rule["format"].look)
        place = f'<conditionalFormatting sqref="{_span(top, left, bottom, right)}">'
        said = content(rule["criteria"].removeprefix("="))
        before = f'{place}<cfRule type="expression" dxfId="{fill}" priority="'
        stop = ' stopIfTrue="1"' if stops else ""
        after = f'"{stop}><formula>{said}</formula></cfRule></conditionalFormatting>'
        (self._above if stops else self._below).append((before, after))

    def data_validation(self, top: int, left: int, bottom: int, right: int, rule: Mapping[str, Any]) -> None:
        """The hint of cells: another one where they have a rule, else one that accepts everything.

        Cells that share their rule with others get one of their own, behind all rules.
        """
        own = f'sqref="{_span(top, left, bottom, right)}"'
        hint = f'promptTitle="{attribute(rule["input_title"])}" prompt="{attribute(rule["input_message"])}" {own}'
        held = self._tail.get("dataValidations", self.drawn.tail.get("dataValidations", ""))
        for found in _RULE.finditer(held):
            areas = found["areas"].split(" ")
            others = _without(areas, (top, left, bottom, right))
            if others == areas:
                continue
            left_over = found["head"] + f'sqref="{" ".join(others)}"' + found["rest"] if others else ""
            self._tail["dataValidations"] = held.replace(found[0], left_over, 1)
            self._add("dataValidations", _HINT.sub("", found["head"]) + hint + found["rest"])
            return
        if rule["validate"] != "any":
            raise SheetError(f"{self.drawn.name}: quy tắc của ô {own} chưa có trong bản mẫu.")
        before, after = (f'{name}="1" ' if rule.get(key, True) else "" for key, name in _SHOWN)
        self._add("dataValidations", f'<dataValidation {before}showInputMessage="1" {after}{hint}/>')

    def _add(self, name: str, item: str, *, counted: bool = True) -> None:
        """One more item of a list behind the cells."""
        held = self._tail.get(name, self.drawn.tail.get(name, ""))
        inside = held.partition(">")[2].removesuffix(f"</{name}>") + item
        count = f' count="{inside.count(f"<{name[:-1]} ")}"' if counted else ""
        self._tail[name] = f"<{name}{count}>{inside}</{name}>"

    def notes_in(self, number: int, block: int) -> dict[str, Part]:
        """The parts that hold the notes, by their names; the sheet then points to them."""
        self.notes.sort(key=lambda note: (note.row, note.col))
        boxes = boxes_part(self.notes, block, self.drawn.width, self._height)
        path = self.drawn.path.replace("worksheets/", "worksheets/_rels/") + ".rels"
        drawn = self._shared.template.parts.get(path, b"").decode()
        known = re.findall(r"<Relationship .*?/>", drawn)
        links = (("vmlDrawing", f"../drawings/vmlDrawing{number}.vml"), ("comments", f"../comments{number}.xml"))
        for place, (kind, target) in enumerate(links, len(known) + 1):
            known.append(f'<Relationship Id="rId{place}" Type="{_REL}/{kind}" Target="{target}"/>')
        self._tail["legacyDrawing"] = f'<legacyDrawing r:id="rId{len(known) - 1}"/>'
        if "xmlns:r=" not in self._head:
            self._head = self._head.replace("<worksheet ", f'<worksheet xmlns:r="{_REL}" ', 1)
        start = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        return {
            f"xl/comments{number}.xml": _part(words_part(self.notes)),
            f"xl/drawings/vmlDrawing{number}.vml": _part(boxes),
            path: _part(f'{start}<Relationships xmlns="{_RELS}">{"".join(known)}</Relationships>'),
        }

    def _height(self, row: int) -> int:
        return self.drawn.height(row, self._heights.get(row))

    def part(self) -> Part:
        """The sheet's own part."""
        self._colours()
        if not (self._cells or self._heights or self._tail) and self._head == self.drawn.head:
            return self.drawn.whole
        changed = self._cells.keys() | self._heights.keys()
        start = Stretch("".join((self._head, *self._lines(changed))).encode())
        return Part(start, self._behind())

    def _lines(self, changed: AbstractSet[int]) -> list[str]:
        rows = self.drawn.rows
        every = sorted(rows.keys() | changed)
        return [self._line(number) if number in changed else rows[number].xml for number in every]

    def _line(self, number: int) -> str:
        """One row with what is its own."""
        line, own = self.drawn.rows.get(number), self._cells.get(number, {})
        cells = {**line.cells, **own} if line is not None else own
        attributes = self._heights.get(number, line.attributes if line is not None else "")
        inside = "".join([cells[col] for col in sorted(cells)])
        return f'<row r="{number + 1}"{attributes}>{inside}</row>'

    def _behind(self) -> Stretch:
        if not self._tail:
            return self.drawn.kept_tail
        all_parts = {**self.drawn.tail, **self._tail}
        inside = "".join(all_parts[name] for name in TAIL if name in all_parts)
        return Stretch(f"</sheetData>{inside}</worksheet>".encode())

    def _colours(self) -> None:
        """The rules of colour in the order in which they hold."""
        if not self._above and not self._below:
            return
        drawn, first = self.drawn.tail.get("conditionalFormatting", ""), len(self._above)
        held = re.sub(r'priority="(\d+)"', lambda match: f'priority="{int(match[1]) + first}"', drawn)
        last = first + drawn.count("<cfRule ")
        above = (f"{before}{rank}{after}" for rank, (before, after) in enumerate(self._above, 1))
        below = (f"{before}{rank}{after}" for rank, (before, after) in enumerate(self._below, last + 1))
        self._tail["conditionalFormatting"] = "".join((*above, held, *below))


def _part(xml: str) -> Part:
    return Part(Stretch(xml.encode()))


_NOTHING = Part()


def _result(value: object) -> tuple[str, str]:
    """The type of a formula's value, and the value."""
    if value is None or value == "":
        return "", ""
    kind = ""
    if isinstance(value, str):
        kind = ' t="e"' if value in _ERRORS else ' t="str"'
    return kind, f"<v>{content(str(value))}</v>"


def _at(row: int, col: int) -> str:
    return f"{column_letter(col + 1)}{row + 1}"


def _span(top: int, left: int, bottom: int, right: int) -> str:
    first, last = _at(top, left), _at(bottom, right)
    return first if first == last else f"{first}:{last}"


def _without(areas: Sequence[str], taken: tuple[int, int, int, int]) -> list[str]:
    """Areas less columns of one of them, from its first row to its last."""
    top, left, bottom, right = taken
    found = []
    for area in areas:
        ends = [(int(row) - 1, column_number(letters) - 1) for letters, row in _PLACE.findall(area)]
        (first_row, first), (last_row, last) = ends[0], ends[-1]
        if (first_row, last_row) != (top, bottom) or not first <= left <= right <= last:
            found.append(area)
            continue
        found += [_span(top, first, bottom, left - 1)] if first < left else []
        found += [_span(top, right + 1, bottom, last)] if right < last else []
    return found


def _with_notes(types: str, number: int) -> str:
    if 'Extension="vml"' not in types:
        own = f'<Default Extension="vml" ContentType="{_TYPE}.vmlDrawing"/>'
        types = types.replace("<Override", f"{own}<Override", 1)
    own = f'<Override PartName="/xl/comments{number}.xml" ContentType="{_TYPE}.spreadsheetml.comments+xml"/>'
    return types.replace("</Types>", f"{own}</Types>")
