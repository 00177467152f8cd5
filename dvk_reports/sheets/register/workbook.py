"""The register ``danh-muc.xlsx`` as the office gets it: one sheet per list, drop-downs, hints, A4.

Keys stand in hidden row 1 from column A on. A row counts where its first key column is filled, so titles, notes and
captions leave column A blank; the caption of column A is a text box laid over its cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from dvk_reports.model.values import column_letter
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.register.choices import choices_of, shown
from dvk_reports.plan.register.lines import MOST_LINES
from dvk_reports.plan.register.sheets import SHEETS, TASKS, UNITS, Column
from dvk_reports.plan.register.starter import starter_of
from dvk_reports.plan.register.tasks import task_rows
from dvk_reports.sheets.base.book import (
    DATE,
    FONT,
    NUMBER,
    TEXT,
    Formats,
    Sheet,
    cell,
    close_book,
    hidden_keys,
    merge,
    must,
    new_book,
    page,
    put,
    put_formula,
    row_height,
    span,
)
from dvk_reports.sheets.forms.fields import EDGES, HEAD_FILL, NEED_FILL, colour, look_where, shortened
from dvk_reports.sheets.register.front import NAME as FRONT
from dvk_reports.sheets.register.front import Front
from dvk_reports.sheets.register.words import NOTES, SIZES, hint_of

_TITLE, _NOTE, _CAPTIONS, _FIRST = 1, 2, 3, 4
_FIRST_DAY = date(1900, 1, 1)
_ROOM, _SPARE = 100, 60
_LISTS, _UNITS = "_ds", "dvk_chon_don_vi"
_LAST, _ROOM_OF_UNITS = MOST_LINES - 1, 300
"""The last row that the program reads, counted from 0; units that the drop-down shows at least."""
_NEEDED_FILL = "#BDD7EE"


@dataclass(frozen=True)
class RegisterData:
    """Rows per register sheet, by the names and keys of ``plan.register.SHEETS``.

    Values are str, int, Decimal, date or bool (Có/Không); a missing key is a blank cell.
    """

    rows: Mapping[str, Sequence[Mapping[str, object]]]
    notes: Mapping[str, str] = field(default_factory=dict)
    """Sheet -> one more sentence under its title."""
    hints: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Sheet -> column -> what is said beside its cells instead of the general word."""
    basis: Sequence[str] = ()
    """Where the data come from, for the sheet ``Đọc trước``."""
    day: date | None = None
    """The day for which the first page says what is missing until it is opened; None: the plan's first."""


def bundled_register(plan: Plan) -> RegisterData:
    """``register.yaml`` of the plan: units, mergers and deadlines to begin with; and the tasks of the plan."""
    found = starter_of(plan)
    return RegisterData({**found.rows, TASKS: task_rows(plan)}, found.notes, found.hints, found.basis)


def write_register(target: Path | BinaryIO, plan: Plan, data: RegisterData) -> None:
    """Draw ``danh-muc.xlsx``; the same data give the same bytes. SheetError where something was not written."""
    book = new_book(target)
    writer = _RegisterWriter(plan, data, Formats(book))
    front = Front(plan, data.rows, data.day or plan.first_quarter.first_day, _FIRST, writer.formats)
    front.draw(book, book.add_worksheet(FRONT), data.basis)
    for name in SHEETS:
        writer.table(book.add_worksheet(name), name)
    writer.lists(book, book.add_worksheet(_LISTS))
    close_book(book, "danh-muc.xlsx")


def _begun(row: int, last_col: int) -> str:
    """Whether anything stands in a line."""
    return f"COUNTA({cell(row, 0, col_abs=True)}:{cell(row, last_col, col_abs=True)})>0"


class _RegisterWriter:
    def __init__(self, plan: Plan, data: RegisterData, formats: Formats) -> None:
        self.plan = plan
        self.data = data
        self.formats = formats
        self.choices: Mapping[str, Sequence[str]] = {
            kind: [shown(code, words) for code, words in choices.items()] for kind, choices in choices_of(plan).items()
        }

    def table(self, sheet: Sheet, name: str) -> None:
        columns, rows = SHEETS[name], self.data.rows.get(name, ())
        last = _FIRST + max(_ROOM, len(rows) + _SPARE) - 1
        sizes = [SIZES.get(f"{name}.{column.key}", SIZES.get(column.key, 20)) for column in columns]
        hidden_keys(sheet, [column.key for column in columns])
        for col, (column, size) in enumerate(zip(columns, sizes, strict=True)):
            # Below the rows that are drawn a cell takes the format of its column.
            must(sheet.set_column(col, col, size, self._style(column, edges=False)), name)
        put(sheet, _TITLE, 1, name.upper(), self.formats(bold=True, font_size=14))
        must(sheet.set_row(_TITLE, 24), name)
        note = " ".join(part for part in (NOTES[name], self.data.notes.get(name, "")) if part)
        said = f"{note} Cột nền xanh đậm: bắt buộc."
        merge(sheet, _NOTE, 1, _NOTE, len(columns) - 1, said, self.formats(italic=True, text_wrap=True, font_size=10))
        must(sheet.set_row(_NOTE, row_height([(said, sum(sizes[1:]))], 10)), name)
        self.captions(sheet, name, columns, sizes)
        styles, edges = [self._style(column) for column in columns], self.formats(**EDGES)
        for index in range(last - _FIRST + 1):
            values = rows[index] if index < len(rows) else {}
            for col, column in enumerate(columns):
                put(sheet, _FIRST + index, col, values.get(column.key), styles[col])
            texts = [(str(values.get(c.key) or ""), size) for c, size in zip(columns, sizes, strict=True)]
            if (height := row_height(texts)) > row_height([("", 1)]):
                must(sheet.fit_row(_FIRST + index, height), name)
        for col, column in enumerate(columns):
            self._accept(sheet, name, column, (_FIRST, col, _LAST, col))
        begun = _begun(_FIRST, len(columns) - 1)
        for col, column in enumerate(columns):
            if column.required:
                need = f"AND({begun},LEN({cell(_FIRST, col, col_abs=True)})=0)"
                colour(sheet, self.formats, (_FIRST, col, _LAST, col), need, NEED_FILL)
        below = (last + 1, 0, _LAST, len(columns) - 1)
        look_where(sheet, [below], _begun(last + 1, len(columns) - 1), edges)
        must(sheet.ignore_errors({"number_stored_as_text": span("", _FIRST, 0, _LAST, len(columns) - 1)}), name)
        must(sheet.autofilter(_CAPTIONS, 0, _LAST, len(columns) - 1), name)
        sheet.freeze_panes(_FIRST, 2 if name in ("Đơn vị", "Thôn") else 1)
        printed = min(last, _FIRST + len(rows) + 9)
        page(sheet, head=(_CAPTIONS, _CAPTIONS), area=(1, 0, printed, len(columns) - 1), foot=f"Danh mục: {name}")

    def captions(self, sheet: Sheet, name: str, columns: Sequence[Column], sizes: Sequence[float]) -> None:
        height = max(row_height((c.caption, size - 3) for c, size in zip(columns, sizes, strict=True)), 20) + 16
        must(sheet.set_row(_CAPTIONS, height), name)
        for col, column in enumerate(columns):
            fill = _NEEDED_FILL if column.required else HEAD_FILL
            fmt = self.formats(bold=True, align="center", text_wrap=True, bg_color=fill, **EDGES)
            put(sheet, _CAPTIONS, col, None if col == 0 else column.caption, fmt)
        # Above the button of the filter, which stands at the foot of the cell.
        box = {
            "width": int(sizes[0] * 7 + 5) - 4,
            "height": int(height * 4 / 3) - 22,
            "x_offset": 2,
            "y_offset": 1,
            "object_position": 1,
            "fill": {"color": _NEEDED_FILL if columns[0].required else HEAD_FILL},
            "line": {"none": True},
            "font": {"name": FONT, "size": 11, "bold": True},
            "align": {"horizontal": "center", "vertical": "top"},
            "description": columns[0].caption,
        }
        must(sheet.insert_textbox(_CAPTIONS, 0, columns[0].caption, box), name)

    def _style(self, column: Column, *, edges: bool = True) -> Any:
        shape: dict[str, Any] = {"text_wrap": True, **(EDGES if edges else {})}
        if column.kind == "ngay":
            shape |= {"num_format": DATE, "align": "center"}
        elif column.kind == "nam":
            shape["num_format"] = "0"
        elif column.kind in ("so", "tien"):
            shape["num_format"] = NUMBER
        else:
            shape["num_format"] = TEXT
        return self.formats(**shape)

    def _accept(self, sheet: Sheet, name: str, column: Column, area: tuple[int, int, int, int]) -> None:
        hint = hint_of(name, column.key, self.data.hints)
        rule: dict[str, Any] = {
            "input_title": shortened(column.caption),
            "input_message": hint,
            "error_title": shortened(column.caption),
            "error_message": hint,
            "validate": "any",
        }
        if column.kind == "don_vi":
            # Codes that are not on the sheet yet may be typed first: Excel asks, the program checks.
            rule |= {"validate": "list", "source": f"={_UNITS}"}
            rule["error_type"] = "warning"
        elif column.kind == "ngay":
            rule |= {"validate": "date", "criteria": ">=", "value": _FIRST_DAY}
        elif column.kind == "nam":
            rule |= {"validate": "integer", "criteria": ">=", "value": 2000}
        elif column.kind == "so":
            rule |= {"validate": "decimal", "criteria": "between", "minimum": 1, "maximum": 100}
        elif column.kind == "tien":
            rule |= {"validate": "decimal", "criteria": ">=", "value": 0}
        elif self.choices.get(column.kind):
            # A code alone may be typed too: Excel asks, the program checks.
            rule |= {"validate": "list", "source": f"={self._list(column.kind)}", "error_type": "warning"}
        must(sheet.data_validation(*area, rule), f"{name}.{column.key}")

    def _list(self, name: str) -> str:
        col = list(self.choices).index(name)
        return span(_LISTS, 1, col, len(self.choices[name]), col)

    def lists(self, book: Any, sheet: Sheet) -> None:
        """The choices of all drop-downs; those of units are taken from their own sheet, each with its name."""
        for col, (name, labels) in enumerate(self.choices.items()):
            put(sheet, 0, col, name)
            for row, label in enumerate(labels, 1):
                put(sheet, row, col, label)
        col, units = len(self.choices), self.data.rows.get(UNITS, ())
        count = max(_ROOM_OF_UNITS, len(units) + _SPARE)
        named = next(place for place, column in enumerate(SHEETS[UNITS]) if column.key == "ten")
        put(sheet, 0, col, "don_vi")
        for row in range(1, count + 1):
            # By its number, so that a line may be taken out of the sheet of units.
            at = [
                f"INDEX('{UNITS}'!${column_letter(c)}:${column_letter(c)},ROW()+{_FIRST - 1})" for c in (1, named + 1)
            ]
            unit = units[row - 1] if row <= len(units) else None
            now = shown(str(unit["ma_don_vi"]), str(unit.get("ten") or "")) if unit is not None else ""
            put_formula(sheet, row, col, f'=IF(LEN({at[0]})=0,"",{at[0]}&" - "&{at[1]})', now)
        top, area = cell(1, col, row_abs=True, col_abs=True), span(_LISTS, 1, col, count, col)
        last = f"MAX(1,SUMPRODUCT(MAX((LEN({area})>0)*ROW({area})))-1)"
        must(book.define_name(_UNITS, f"=OFFSET('{_LISTS}'!{top},0,0,{last},1)"), _UNITS)
        sheet.very_hidden()
