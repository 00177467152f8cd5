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

from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.register.choices import choices_of, shown
from dvk_reports.plan.register.sheets import SHEETS, TASKS, Column
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
    row_height,
    span,
    widths,
)
from dvk_reports.sheets.forms.fields import EDGE, HEAD_FILL, NEED_FILL, colour, shortened
from dvk_reports.sheets.register.words import INTRO, NOTES, SIZES, hint_of

_TITLE, _NOTE, _CAPTIONS, _FIRST = 1, 2, 3, 4
_FIRST_DAY = date(1900, 1, 1)
_ROOM, _SPARE = 100, 60
_LISTS, _INTRO = "_ds", "Đọc trước"
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


def bundled_register(plan: Plan) -> RegisterData:
    """``register.yaml`` of the plan: units, mergers and deadlines to begin with; and the tasks of the plan."""
    found = starter_of(plan)
    return RegisterData({**found.rows, TASKS: task_rows(plan)}, found.notes, found.hints, found.basis)


def write_register(target: Path | BinaryIO, plan: Plan, data: RegisterData) -> None:
    """Draw ``danh-muc.xlsx``; the same data give the same bytes. SheetError where something was not written."""
    book = new_book(target)
    writer = _RegisterWriter(plan, data, Formats(book))
    writer.intro(book.add_worksheet(_INTRO))
    for name in SHEETS:
        writer.table(book.add_worksheet(name), name)
    writer.lists(book.add_worksheet(_LISTS))
    close_book(book, "danh-muc.xlsx")


class _RegisterWriter:
    def __init__(self, plan: Plan, data: RegisterData, formats: Formats) -> None:
        self.plan = plan
        self.data = data
        self.formats = formats
        self.choices: Mapping[str, Sequence[str]] = {
            kind: [shown(code, words) for code, words in choices.items()] for kind, choices in choices_of(plan).items()
        }

    def intro(self, sheet: Sheet) -> None:
        sizes = (16, 84)
        widths(sheet, sizes)
        plain, bold = self.formats(text_wrap=True), self.formats(bold=True)
        edge = {"border": 1, "border_color": EDGE, "text_wrap": True}
        head = self.formats(bold=True, align="center", bg_color=HEAD_FILL, **edge)
        put(sheet, 0, 0, "DANH MỤC CỦA PHONG TRÀO “DÂN VẬN KHÉO”", self.formats(bold=True, font_size=14))
        must(sheet.set_row(0, 26), _INTRO)
        row = 1

        def text(said: str) -> None:
            nonlocal row
            merge(sheet, row, 0, row, 1, said, plain)
            must(sheet.set_row(row, row_height([(said, sum(sizes))])), _INTRO)
            row += 1

        for said in (self.plan.info.ten, *INTRO):
            text(said)
        row += 1
        for col, name in enumerate(("Trang", "Ghi gì")):
            put(sheet, row, col, name, head)
        for name in SHEETS:
            row += 1
            put(sheet, row, 0, name, self.formats(bold=True, **edge))
            put(sheet, row, 1, NOTES[name], self.formats(**edge))
            must(sheet.set_row(row, row_height([(NOTES[name], sizes[1])])), _INTRO)
        row += 2
        if self.data.basis:
            put(sheet, row, 0, "Căn cứ của số liệu có sẵn", bold)
            row += 1
        for said in self.data.basis:
            text(f"- {said}")
        page(sheet, landscape=False, area=(0, 0, row, 1), foot=_INTRO)

    def table(self, sheet: Sheet, name: str) -> None:
        columns, rows = SHEETS[name], self.data.rows.get(name, ())
        last = _FIRST + max(_ROOM, len(rows) + _SPARE) - 1
        sizes = [SIZES.get(f"{name}.{column.key}", SIZES.get(column.key, 20)) for column in columns]
        hidden_keys(sheet, [column.key for column in columns])
        widths(sheet, sizes)
        put(sheet, _TITLE, 1, name.upper(), self.formats(bold=True, font_size=14))
        must(sheet.set_row(_TITLE, 24), name)
        note = " ".join(part for part in (NOTES[name], self.data.notes.get(name, "")) if part)
        said = f"{note} Cột nền xanh đậm: bắt buộc."
        merge(sheet, _NOTE, 1, _NOTE, len(columns) - 1, said, self.formats(italic=True, text_wrap=True, font_size=10))
        must(sheet.set_row(_NOTE, row_height([(said, sum(sizes[1:]))], 10)), name)
        self.captions(sheet, name, columns, sizes)
        styles = [self._style(column) for column in columns]
        for index in range(last - _FIRST + 1):
            values = rows[index] if index < len(rows) else {}
            for col, column in enumerate(columns):
                put(sheet, _FIRST + index, col, values.get(column.key), styles[col])
            texts = [(str(values.get(c.key) or ""), size) for c, size in zip(columns, sizes, strict=True)]
            if (height := row_height(texts)) > row_height([("", 1)]):
                must(sheet.set_row(_FIRST + index, height), name)
        for col, column in enumerate(columns):
            self._accept(sheet, name, column, (_FIRST, col, last, col))
        begun = f"COUNTA({cell(_FIRST, 0, col_abs=True)}:{cell(_FIRST, len(columns) - 1, col_abs=True)})>0"
        for col, column in enumerate(columns):
            if column.required:
                need = f"AND({begun},LEN({cell(_FIRST, col, col_abs=True)})=0)"
                colour(sheet, self.formats, (_FIRST, col, last, col), need, NEED_FILL)
        must(sheet.ignore_errors({"number_stored_as_text": span("", _FIRST, 0, last, len(columns) - 1)}), name)
        must(sheet.autofilter(_CAPTIONS, 0, last, len(columns) - 1), name)
        sheet.freeze_panes(_FIRST, 2 if name in ("Đơn vị", "Thôn") else 1)
        printed = min(last, _FIRST + len(rows) + 9)
        page(sheet, head=(_CAPTIONS, _CAPTIONS), area=(1, 0, printed, len(columns) - 1), foot=f"Danh mục: {name}")

    def captions(self, sheet: Sheet, name: str, columns: Sequence[Column], sizes: Sequence[float]) -> None:
        height = max(row_height((c.caption, size - 3) for c, size in zip(columns, sizes, strict=True)), 20) + 16
        must(sheet.set_row(_CAPTIONS, height), name)
        for col, column in enumerate(columns):
            fill = _NEEDED_FILL if column.required else HEAD_FILL
            fmt = self.formats(bold=True, align="center", text_wrap=True, border=1, border_color=EDGE, bg_color=fill)
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

    def _style(self, column: Column) -> Any:
        shape: dict[str, Any] = {"border": 1, "border_color": EDGE, "text_wrap": True}
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
            rule |= {"validate": "list", "source": f"={span('Đơn vị', _FIRST, 0, _FIRST + 499, 0)}"}
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

    def lists(self, sheet: Sheet) -> None:
        for col, (name, labels) in enumerate(self.choices.items()):
            put(sheet, 0, col, name)
            for row, label in enumerate(labels, 1):
                put(sheet, row, col, label)
        sheet.very_hidden()
