"""A lean workbook holds what the same one holds that says everything; what goes without saying is left out."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from openpyxl import load_workbook

from dvk_reports.sheets.base.book import Formats, close_book, hidden_keys, new_book, page, put, put_formula

MARKUP = (' spans="1:2"', "<v></v>", '<col width="12.345"/>', '<selection pane="x"/>', ' xmlns:r="x"', ' applyFont="1"')


def drawn(lean: bool, box: bool = False) -> bytes:
    target = io.BytesIO()
    book = new_book(target, lean=lean)
    formats = Formats(book)
    for name in ("Một", "Hai & 2"):
        sheet = book.add_worksheet(name)
        hidden_keys(sheet, ["a", "b", "c"])
        for col, width in enumerate((5, 12.34, 0.5, 88)):
            sheet.set_column(col, col, width, formats(border=1, font_color="#C00000", num_format="0"))
        for row, text in enumerate(MARKUP, 3):
            put(sheet, row, 1, text, formats(bold=True, bg_color="#DDEBF7", locked=False))
            put_formula(sheet, row, 2, f'="{text.replace(chr(34), chr(34) * 2)}"', text, formats(align="center"))
            sheet.data_validation(row, 3, row, 3, {"validate": "any", "input_title": "T", "input_message": text})
        put_formula(sheet, 20, 0, '=IF(1=1,"","")', None)
        rule = {"type": "formula", "criteria": '=A4=" spans=""1:2"""', "format": formats(border=1, bg_color="#FFF2CC")}
        sheet.conditional_format(3, 0, 8, 0, rule)
        sheet.freeze_panes(3, 2)
        page(sheet, head=(0, 2), area=(0, 0, 9, 3), foot="Biểu")
    if box:
        sheet.insert_textbox(2, 0, "chữ", {"width": 20, "height": 10})
    close_book(book, "bản thử")
    return target.getvalue()


def cell_of(cell: Any) -> tuple[Any, ...]:
    font, edge = cell.font, cell.border
    colour = font.color.rgb if font.color is not None and font.color.type == "rgb" else "black"
    sides = [(side.style, side.color and side.color.rgb) for side in (edge.left, edge.right, edge.top, edge.bottom)]
    look = (font.name, font.sz, font.b, font.i, colour, cell.fill.fgColor.rgb, sides, cell.number_format)
    return cell.value, *look, cell.alignment.horizontal, cell.alignment.vertical, cell.protection.locked


def seen(data: bytes) -> Any:
    """All that Excel shows of a workbook and lets one do."""
    for sheet in load_workbook(io.BytesIO(data)):
        yield [[cell_of(cell) for cell in row] for row in sheet.rows]
        yield {letter: (int(col.width * 7), col.hidden) for letter, col in sheet.column_dimensions.items()}
        yield {number: (row.height, row.hidden) for number, row in sheet.row_dimensions.items()}
        yield [
            (area.sqref, rule.formula, rule.priority) for area in sheet.conditional_formatting for rule in area.rules
        ]
        yield [(str(rule.sqref), rule.promptTitle, rule.prompt) for rule in sheet.data_validations.dataValidation]
        yield sheet.freeze_panes, sheet.print_area, sheet.print_title_rows, sheet.oddFooter.center.text


@pytest.mark.parametrize("box", [False, True], ids=["cells", "a shape"])
def test_it_holds_the_same(box: bool) -> None:
    whole, lean = drawn(False, box), drawn(True, box)
    assert list(seen(lean)) == list(seen(whole))
    assert len(lean) < len(whole) - 1_000


def test_a_cell_that_is_chosen_stays_chosen() -> None:
    target = io.BytesIO()
    book = new_book(target, lean=True)
    sheet = book.add_worksheet()
    sheet.freeze_panes(3, 2)
    sheet.set_selection(5, 4, 5, 4)
    close_book(book, "bản thử")
    (view,) = load_workbook(target).worksheets[0].views.sheetView
    assert [(one.pane, one.activeCell) for one in view.selection] == [("bottomRight", "E6")]


def test_parts_that_say_nothing_are_named_nowhere() -> None:
    with zipfile.ZipFile(io.BytesIO(drawn(True))) as package:
        names = package.namelist()
        said = "".join(package.read(name).decode() for name in names if name.endswith((".rels", ".xml")))
    assert not [name for name in names if "docProps" in name or "theme" in name]
    assert "docProps" not in said and "theme" not in said


def test_a_shape_keeps_the_colours_of_the_theme() -> None:
    with zipfile.ZipFile(io.BytesIO(drawn(True, box=True))) as package:
        assert "xl/theme/theme1.xml" in package.namelist()
        for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
            assert b"theme1.xml" in package.read(name)
