"""How one field of a form looks and what it accepts: format, drop-down, limits, the hint on the cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from dvk_reports.plan.book import rulebook
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import FieldSpec, SheetSpec
from dvk_reports.sheets.base.book import DATE, NUMBER, TEXT, WHOLE, Format, Formats, Sheet, cell, must, span
from dvk_reports.sheets.forms.layout import NO_NUMBER_CELLS, Layout, LineShape, TableShape, counted
from dvk_reports.vietnamese.dates import show_date, show_date_prose
from dvk_reports.vietnamese.numbers import show_number

HEAD_FILL, PRINTED_FILL, NEED_FILL, FAULT_FILL = "#DDEBF7", "#F2F2F2", "#FFF2CC", "#F8CBAD"
OPTIONAL_FILL = "#E2EFDA"
EDGE = "#A6A6A6"
EDGES = {"border": 1, "border_color": EDGE}
OWN = "\0"
"""Stands in a formula for the cell that is coloured: cells under the same rule then share one."""
_FIRST_DAY = date(1900, 1, 1)
_TITLE, _MESSAGE = 32, 255


def style(entry: FieldSpec, formats: Formats, *, locked: bool = False, line: bool = False) -> Format:
    """Format of a data cell or, in a table, of its whole column; ``line``: on a key/value sheet."""
    return formats(**look(entry, locked=locked, line=line))


def look(entry: FieldSpec, *, locked: bool = False, line: bool = False) -> dict[str, Any]:
    """The properties of the format of a data cell; edges and fill of a table are drawn where rows are in use."""
    shape: dict[str, Any] = {"text_wrap": True, "locked": locked}
    if line:
        shape |= EDGES
    if line and locked:
        shape["bg_color"] = PRINTED_FILL
    if entry.kieu == "nguyen":
        shape["num_format"] = WHOLE if counted(entry) else "0"
    elif entry.kieu == "so":
        shape["num_format"] = NUMBER
    elif entry.kieu == "ngay":
        shape |= {"num_format": DATE, "align": "center"}
    else:
        # Text: a phone number keeps its zero, “=…” and “1/2” stay what was typed.
        shape |= {"num_format": TEXT, "align": "center" if entry.kieu == "co_khong" else "left"}
    if line:
        shape |= {"align": "right" if entry.numeric else "left", "indent": 1, "valign": "vcenter"}
    return shape


def accept(sheet: Sheet, layout: Layout, spec: SheetSpec, entry: FieldSpec, area: tuple[int, int, int, int]) -> None:
    """Drop-down or limits of a field, its error message and its hint, on the cells of ``area``."""
    rule = _rule(layout, spec, entry, cell(*area[:2]))
    if _says(rule):
        must(sheet.data_validation(*area, rule), f"{spec.ma}.{entry.khoa}")


def accept_lines(sheet: Sheet, layout: Layout, shape: LineShape) -> None:
    """What the lines of a key/value sheet accept.

    Beside a line the hint is printed: its cell tells only what this unit got wrong there.
    """
    places = {entry.khoa: cell(shape.rows[entry.khoa], 2) for entry in shape.fields}
    for rule, entries in _alike(layout, shape.spec, shape.fields, places):
        if _says(rule):
            _share(sheet, rule, [(shape.rows[entry.khoa], 2, shape.rows[entry.khoa], 2) for entry in entries])


def accept_columns(sheet: Sheet, layout: Layout, shape: TableShape) -> None:
    """What the columns of a table accept."""
    places = {key: cell(shape.first_row, col) for key, col in shape.columns.items()}
    for rule, entries in _alike(layout, shape.spec, shape.spec.truong, places):
        found = stretches(shape.columns[entry.khoa] for entry in entries)
        _share(sheet, rule, [(shape.first_row, left, shape.last_row, right) for left, right in found])


def _alike(
    layout: Layout, spec: SheetSpec, fields: Iterable[FieldSpec], places: Mapping[str, str]
) -> Iterator[tuple[dict[str, Any], list[FieldSpec]]]:
    """Rules with the fields of which all the same is said: they share one."""
    rules: dict[str, dict[str, Any]] = {}
    alike: dict[str, list[FieldSpec]] = {}
    for entry in fields:
        rule = _rule(layout, spec, entry, places[entry.khoa])
        rules.setdefault(str(rule), rule)
        alike.setdefault(str(rule), []).append(entry)
    return ((rules[said], entries) for said, entries in alike.items())


def _says(rule: Mapping[str, Any]) -> bool:
    return rule["validate"] != "any" or "input_message" in rule


def _share(sheet: Sheet, rule: dict[str, Any], areas: Sequence[tuple[int, int, int, int]]) -> None:
    if len(areas) > 1:
        rule["other_cells"] = [list(area) for area in areas[1:]]
    must(sheet.data_validation(*areas[0], rule), f"{sheet.get_name()}!{cell(*areas[0][:2])}")


def stretches(cols: Iterable[int]) -> list[list[int]]:
    """First and last of each run of columns that stand side by side."""
    found: list[list[int]] = []
    for col in cols:
        if found and found[-1][1] == col - 1:
            found[-1][1] = col
        else:
            found.append([col, col])
    return found


def _rule(layout: Layout, spec: SheetSpec, entry: FieldSpec, at: str) -> dict[str, Any]:
    """What a field accepts, as the rule of cells of which the first stands ``at``."""
    limits = _limits(layout, spec, entry, at)
    free = limits["validate"] == "any"
    hint = _hint(layout, spec, entry)
    told = {"input_title": shortened(_called(spec, entry)), "input_message": hint} if hint else {}
    return {**told, "ignore_blank": not free, "show_error": not free, **limits}


def _called(spec: SheetSpec, entry: FieldSpec) -> str:
    """The caption over a hint; of columns under one head that are told the same, this head."""
    alike = [other for other in spec.truong if other.heads[0] == entry.heads[0]]
    shared = len(entry.heads) > 1 and any(
        other.huong_dan == entry.huong_dan for other in alike if other.khoa != entry.khoa
    )
    return entry.heads[0 if shared else -1]


HINT_ROOM = 255
"""Characters that Excel shows in the hint of a cell."""


def _hint(layout: Layout, spec: SheetSpec, entry: FieldSpec) -> str:
    """What to write; before it, what this unit got wrong here in the last quarters."""
    warning = layout.content.hints.get(spec.ma, {}).get(entry.khoa, "")
    text = "\n".join(part for part in (warning, entry.huong_dan if spec.table else "") if part)
    return text if len(text) <= HINT_ROOM else text[: HINT_ROOM - 1].rstrip() + "…"


def _limits(layout: Layout, spec: SheetSpec, entry: FieldSpec, at: str) -> dict[str, Any]:
    choices = layout.list_of(entry)
    if choices is not None:
        return {
            "validate": "list",
            "source": f"={choices}",
            "error_message": "Chọn trong danh sách: bấm mũi tên ở bên phải ô.",
        }
    if entry.numeric:
        return _numbers(layout, spec, entry, at)
    if entry.kieu == "ngay":
        return _days(layout, spec, entry)
    longest = next((r.so for r in spec.luat if isinstance(r, rulebook.Longest) and r.o == entry.khoa), None)
    if longest is not None:
        return {
            "validate": "length",
            "criteria": "<=",
            "value": longest,
            "error_message": f"Ô này ghi không quá {show_number(Decimal(longest))} ký tự. Hãy viết gọn lại.",
        }
    return {"validate": "any"}


def _numbers(layout: Layout, spec: SheetSpec, entry: FieldSpec, at: str) -> dict[str, Any]:
    """A number from 0 on; where none need be written, a word that says why there is none too."""
    whole = entry.kieu == "nguyen"
    said = (
        "Ghi số nguyên từ 0 trở lên, ví dụ 12. Không có thì ghi 0."
        if whole
        else "Ghi số từ 0 trở lên, ví dụ 12,5, không ghi đơn vị tính."
    )
    # Parts that add up are left blank together where they are not asked for.
    part = any(entry.khoa in rule.phan for rule in spec.luat if isinstance(rule, rulebook.AddsUp))
    always = entry.bat_buoc or entry.tu_tinh or spec.vai is SheetRole.COVER
    if always or part or not layout.words_for_numbers:
        return {"validate": "integer" if whole else "decimal", "criteria": ">=", "value": 0, "error_message": said}
    number = f"({at}>=0)*({at}=INT({at}))" if whole else f"{at}>=0"
    return {
        "validate": "custom",
        "value": f"=IF(ISNUMBER({at}),{number},SUMPRODUCT(--({NO_NUMBER_CELLS}={at})))",
        "error_message": shortened(f"{said} Hoặc ghi: {'; '.join(layout.words_for_numbers)}.", _MESSAGE),
    }


def _days(layout: Layout, spec: SheetSpec, entry: FieldSpec) -> dict[str, Any]:
    """A day from 1900 on; where a rule binds it to the period and the period is known, a day of these days only."""
    said = "Ghi ngày dạng ngày/tháng/năm, ví dụ "
    rule = next((r for r in spec.luat if isinstance(r, rulebook.DateWithin) and r.o == entry.khoa), None)
    days = layout.content.days
    if rule is None or days is None:
        return {"validate": "date", "criteria": ">=", "value": _FIRST_DAY, "error_message": f"{said}15/8/2023."}
    first = days[0] if rule.tu == "dau_ky" else rule.tu
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": first,
        "maximum": days[1],
        "error_message": f"{said}{show_date_prose(days[1])}; ngày phải từ {show_date(first)} đến {show_date(days[1])}.",
    }


def shortened(text: str, limit: int = _TITLE) -> str:
    """A caption cut at a word where it is too long for the title of a hint."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(",;(") + "…"


def colour(sheet: Sheet, formats: Formats, area: tuple[int, int, int, int], formula: str, fill: str) -> None:
    """Colour an area where a formula holds."""
    look_where(sheet, [area], formula, formats(bg_color=fill))


def whole_without_mark(sheet: Sheet, formats: Formats, area: tuple[int, int, int, int]) -> None:
    """12 in a decimal column is shown as 12: the format alone would leave a bare decimal mark behind it."""
    look_where(sheet, [area], is_whole(cell(area[0], area[1])), formats(num_format=WHOLE))


def is_whole(at: str) -> str:
    """Whether a cell holds a whole number."""
    return f"AND(ISNUMBER({at}),{at}=INT({at}))"


def look_where(sheet: Sheet, areas: Sequence[tuple[int, int, int, int]], formula: str, fmt: Format) -> None:
    """Give areas a look where a formula, written for the first cell of the first, holds."""
    rule = {"type": "formula", "criteria": f"={formula}", "format": fmt}
    if len(areas) > 1:
        rule["multi_range"] = " ".join(span("", *area).replace("$", "") for area in areas)
    first = areas[0]
    must(sheet.conditional_format(*first, rule), f"{sheet.get_name()}!{cell(first[0], first[1])}")
