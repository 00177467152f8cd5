"""What is known from forms that were read before, or taken in one step, is what the search through all cells finds.

Every odd form is read three ways: with nothing known, after sound forms whose drawing is remembered, and with every
short way closed.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import astuple, replace
from datetime import date
from functools import lru_cache

import pytest

from dvk_reports.intake.form import columns, covered, drawn, places
from dvk_reports.intake.form.columns import Columns
from dvk_reports.intake.form.lines import Lines
from dvk_reports.intake.form.returned import read_form
from dvk_reports.intake.form.sheet import SheetReader
from dvk_reports.intake.readers.raw import RawBook, RawCell, RawSheet, RawValue
from dvk_reports.intake.readers.workbook import read_book
from dvk_reports.messages.to_mend import TO_MEND_COLUMNS
from dvk_reports.model.findings import Level
from dvk_reports.model.returns import Return
from dvk_reports.plan.duty import duties, ticks
from dvk_reports.sheets.forms.layout import FormContent
from dvk_reports.sheets.forms.templates import form_bytes
from dvk_reports.vietnamese.text import Passed
from tests.intake.test_touched_forms import PLAN, QUARTER, SURVEY
from tests.sheets.test_forms import UNIT, model
from tests.support.offices import convert, edited

PLACE = {"ma_thon": "T-01", "so_ho": 12, "ngay_dk": date(2023, 7, 5)}
ROWS = {
    "B2": [model(1, **PLACE), model(2, **PLACE), model(3)],
    "B3": [{"ma_mo_hinh": "MH-CB-A-001", "ngay_danh_gia": date(2023, 8, 1), "xep_loai": "Đạt", "ngay_cong": 3}],
    "B8": [SURVEY],
    "B10": [{"noi_dung": "Hội nghị", "nguon": "Ngân sách", "thuc_hien": 2}],
}
BLANK = ["B3b", "B4", "B4b", "B5", "B6", "B7", "B9a", "B9b"]
"""The tables in which nothing is filled in."""
BITS: list[RawValue] = ["Tổng cộng", "Không phát sinh", "-", "…", "31/12/2022", "1/2/2023", "12", "1.234", "50%", 0]
BITS += [0.5, 7, True, date(2023, 7, 5), "Cộng: 3", "STT", "Mã mô hình", "x / y", "dvk:B2:2022.1", "dvk:tong", " "]
BITS += ["ma_loi", "Mã lỗi", "Giải trình", "MH-01", "®¶ng", "®¬n vÞ", "Ghi chú", "Nội dung", "Thái độ", "Hài lòng"]
CELLS = [
    RawCell("lạ"),
    RawCell(None, "#REF!"),
    RawCell(None, formula=True, source="=A1"),
    RawCell("Có", linked=True),
    RawCell(3, number_format="0%"),
    RawCell(3, number_format=""),
    RawCell("®¬n vÞ", font=".VnTime"),
    RawCell(None, struck="cũ"),
]


@lru_cache(maxsize=1)
def bytes_of_form() -> bytes:
    given = duties(PLAN, UNIT.kind, QUARTER)
    return form_bytes(PLAN, FormContent(UNIT.kind, given, ticks(PLAN, given), UNIT, QUARTER, rows=ROWS))


@lru_cache(maxsize=1)
def book() -> RawBook:
    return read_book(bytes_of_form(), "xlsx")


def told(found: Return | None) -> str:
    if found is None:
        return ""
    rows = [(name, sheet.version, sheet.columns, [(row.number, dict(row.values)) for row in sheet.rows])
            for name, sheet in found.sheets.items()]  # fmt: skip
    findings = [astuple(finding) for finding in (*found.findings, *found.asked)]  # their repr says less
    return repr((replace(found, sheets={}), findings, rows))


def read(form: RawBook) -> str:
    return told(read_form(PLAN, form, "a.xlsx", "0"))


@pytest.fixture
def long_way(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[RawBook], str]]:
    def reading(form: RawBook) -> str:
        with monkeypatch.context() as patch:
            patch.setattr(places, "drawings_of", lambda *_: [])
            patch.setattr(Lines, "sure", lambda *_: False)
            patch.setattr(Columns, "ready", {})
            patch.setattr(columns, "_columns", {})
            patch.setattr(covered, "_spots", lambda _: None)
            patch.setattr(Passed, "all", lambda *_: False)
            return read(form)

    yield reading


def forget() -> None:
    drawn._drawings.clear()
    columns._columns.clear()


def same(form: RawBook, long_way: Callable[[RawBook], str]) -> str:
    """What a form says, which is the same whatever is known."""
    known = long_way(form)
    forget()
    assert read(form) == known
    forget()
    read(book())
    assert read(form) == known
    assert read(form) == known
    return known


def on(name: str, change: Callable[[RawSheet], RawSheet], form: RawBook | None = None) -> RawBook:
    form = form or book()
    return replace(form, sheets=tuple(change(raw) if raw.name == name else raw for raw in form.sheets))


def put(row: int, col: int, value: RawValue) -> Callable[[RawSheet], RawSheet]:
    return lambda raw: replace(raw, cells=raw.cells | {(row, col): RawCell(value)})


def at(name: str, value: str) -> tuple[int, int]:
    """Where a text stands on a sheet."""
    raw = next(raw for raw in book().sheets if raw.name == name)
    return next(place for place, cell in raw.cells.items() if cell.value == value)


def head(name: str) -> int:
    return at(name, "STT")[0]


def with_cell(name: str, value: str, other: RawValue) -> RawBook:
    return on(name, put(*at(name, value), other))


def swapped(raw: RawSheet, one: int, other: int) -> RawSheet:
    moved = {one: other, other: one}
    return replace(raw, cells={(row, moved.get(col, col)): cell for (row, col), cell in raw.cells.items()})


def lowered(raw: RawSheet, above: int, lines: int = 1) -> RawSheet:
    return replace(raw, cells={(row + lines * (row >= above), col): cell for (row, col), cell in raw.cells.items()})


HEADS: dict[str, Callable[[], RawBook]] = {
    "caption changed": lambda: with_cell("B2", "Tên mô hình *", "Tên của mô hình"),
    "caption moved, key not": lambda: on("B3", lambda raw: replace(raw, cells={
        (row, {4: 5, 5: 4}.get(col, col) if row == head("B3") else col): cell for (row, col), cell in raw.cells.items()
    })),
    "columns changed places": lambda: on("B2", lambda raw: swapped(raw, 3, 12)),
    "column inserted": lambda: on("B3", lambda raw: replace(
        raw, cells={(row, col + (col >= 4)): cell for (row, col), cell in raw.cells.items()}
    )),
    "key changed": lambda: on("B2", put(1, 4, "ghi_chu")),
    "keys gone": lambda: on("B2", lambda raw: replace(raw, cells={p: c for p, c in raw.cells.items() if p[0] > 1})),
    "line above the captions": lambda: on("B10", lambda raw: lowered(raw, 2, 3)),
    "another group head": lambda: with_cell("B8", "Thái độ", "Tiếp cận"),
    "numbers under the captions gone": lambda: on("B10", lambda raw: replace(
        raw, cells={p: c for p, c in raw.cells.items() if p[0] != head("B10") + 1}
    )),
    "captions where the unit stands": lambda: on("B3", put(3, 1, "Kết quả nổi bật")),
    "sum among the records": lambda: on("B10", put(head("B10") + 2, 1, "dvk:tong")),
    "merged over the captions": lambda: on("B10", lambda raw: replace(
        raw, merged=(*raw.merged, (head("B10"), 2, head("B10") + 2, 2))
    )),
    "field line moved": lambda: on("B1", lambda raw: lowered(raw, 8)),
    "field lines changed places": lambda: with_cell("B1", "Số hội nghị phổ biến trong kỳ *", "Tổng số đảng viên *"),
    "cover without captions": lambda: on("BIA", lambda raw: replace(
        raw, cells={p: c for p, c in raw.cells.items() if p[1] != 2}
    )),
}  # fmt: skip
"""What is odd about where the form stands; each is read in another way than the form itself."""


ALIKE = ("numbers under the captions gone", "captions where the unit stands", "cover without captions")
"""What is odd about these changes nothing that is read."""


@pytest.mark.parametrize("name", HEADS)
def test_a_head_that_is_not_as_it_was_drawn_is_searched(name, long_way):
    assert (same(HEADS[name](), long_way) == read(book())) is (name in ALIKE)


def test_more_captions_below_than_in_the_head_are_found_though_the_head_is_as_it_was_drawn(long_way):
    row, said = head("B8"), [cell for place, cell in sheet("B8").cells.items() if place[0] == head("B8") + 1]
    assert len(said) > 10
    again = {(row + 10, 20 + col): replace_value(cell) for col, cell in enumerate(said)}
    same(on("B8", lambda raw: replace(raw, cells=raw.cells | again)), long_way)


def replace_value(cell: RawCell) -> RawCell:
    return cell._replace(formula=False)


def sheet(name: str) -> RawSheet:
    return next(raw for raw in book().sheets if raw.name == name)


def test_names_of_units_and_counters_of_another_form_change_nothing_of_where_it_stands():
    forget()
    read(book())
    known = sum(len(found) for _, found in drawn._drawings.values())
    other = on("B2", lambda raw: replace(raw, cells={
        place: cell._replace(value="Đơn vị: X") if cell.formula else cell for place, cell in raw.cells.items()
    }))  # fmt: skip
    assert read(other) != ""
    assert sum(len(found) for _, found in drawn._drawings.values()) == known


TYPED: dict[str, Callable[[RawSheet], RawSheet]] = {
    "on a free line": put(9, 2, "Có ghi"),
    "far below": put(700, 2, "Có ghi"),
    "beside the table": put(9, 40, "Có ghi"),
    "words of no record": put(9, 2, "Không phát sinh"),
    "over the printed number": put(9, 1, "Có ghi"),
    "over the caption": put(5, 2, "Có ghi"),
    "a truth over a number that is the same to Python": lambda raw: replace(
        raw, cells={place: cell._replace(value=True) if cell.value == 1 else cell for place, cell in raw.cells.items()}
    ),
    "where the sheet is named": put(2, 1, "dvk:tong"),
    "a mark in the line of the unit": put(3, 1, "dvk:B2:2022.1"),
    "nothing, but the sheet is hidden": lambda raw: replace(raw, hidden=True),
    "nothing, but cells are merged": lambda raw: replace(raw, merged=((8, 1, 9, 2),)),
    "nothing, in another order": lambda raw: replace(raw, cells=dict(reversed(raw.cells.items()))),
    "nothing, and the free lines are gone": lambda raw: replace(
        raw, cells={place: cell for place, cell in raw.cells.items() if place[0] < 8}
    ),
}


@pytest.mark.parametrize("name", TYPED)
@pytest.mark.parametrize("of", ["B3b", "B4b", "B7", "B9a"])
def test_a_sheet_is_blank_only_where_all_its_cells_are_those_of_a_blank_one(of, name, long_way):
    same(on(of, TYPED[name]), long_way)


def test_a_sheet_that_was_blank_before_is_known_as_such(monkeypatch):
    forget()
    asked = []
    read_sheet = SheetReader.read
    monkeypatch.setattr(SheetReader, "read", lambda reader: asked.append(reader.spec.ma) or read_sheet(reader))
    first = read(book())
    known = {*asked}
    asked.clear()
    assert read(book()) == first
    assert sorted(known - {*asked}) == BLANK
    asked.clear()
    read(on("B7", put(9, 2, "Có ghi")))
    read(on("B4b", TYPED["a truth over a number that is the same to Python"]))
    assert {"B7", "B4b"} <= {*asked}
    assert sorted(known - {*asked}) == sorted({*BLANK} - {"B7", "B4b"})


CODES = ["ma_loi", "Mã lỗi", "MÃ LỖI", "  mã \u00a0 lỗi ", "Mã lỗi_x000D_", "_x000D_Mã_x000D_ lỗi", "_x000D_ma_loi"]
CODES += [unicodedata.normalize("NFD", "Mã Lỗi"), "\ufeffMã\u200b lỗi", "M\u00adã lỗi", "ma_\u2060loi"]


@pytest.mark.parametrize("caption", CODES)
def test_the_head_of_what_was_to_be_mended_is_found_however_it_is_written(caption, long_way):
    head = [caption if key == "ma_loi" else name for key, name in TO_MEND_COLUMNS.items()]
    line = [Level.WARNING.value if key == "muc" else f"Ô {key}" for key in TO_MEND_COLUMNS]
    cells = {(row, col): RawCell(text) for row, texts in ((3, head), (4, line)) for col, text in enumerate(texts, 1)}
    form = replace(book(), sheets=(*book().sheets, RawSheet("Trang1", False, cells)))
    assert "'Ô giai_trinh'" in same(form, long_way)


def test_a_number_typed_over_the_sum_of_a_blank_sheet_is_told(long_way):
    row, col = next(place for place, cell in sheet("B7").cells.items() if cell.formula and cell.value is None)
    assert "K05" in same(on("B7", put(row, col, 12)), long_way)


def by_chance(chance: random.Random, form: RawBook) -> RawBook:
    """The form with a few changes that people and programs make, and some that nobody makes."""
    for _ in range(chance.choice([1, 1, 2, 4])):
        raw = chance.choice(form.sheets)
        place = chance.choice([*raw.cells])
        form = on(raw.name, chance.choice(CHANGES)(chance, raw, place), form)
    return form


def _always(changed: RawSheet) -> Callable[[RawSheet], RawSheet]:
    return lambda _: changed


Change = Callable[[random.Random, RawSheet, tuple[int, int]], Callable[[RawSheet], RawSheet]]


def _below(raw: RawSheet) -> int:
    return max(row for row, _ in raw.cells) + 1


def _shuffled(chance: random.Random, raw: RawSheet) -> RawSheet:
    items = [*raw.cells.items()]
    chance.shuffle(items)
    return replace(raw, cells=dict(items))


CHANGES: list[Change] = [
    lambda chance, raw, place: put(*place, chance.choice(BITS)),
    lambda chance, raw, place: put(*place, chance.choice([*raw.cells.values()]).value),
    lambda chance, raw, place: _always(replace(raw, cells=raw.cells | {place: chance.choice(CELLS)})),
    lambda chance, raw, place: _always(
        replace(raw, cells=raw.cells | {(chance.randint(1, 40), chance.randint(1, 34)): chance.choice(CELLS)})
    ),
    lambda chance, raw, place: _always(replace(raw, cells={p: c for p, c in raw.cells.items() if p != place})),
    lambda chance, raw, place: _always(swapped(raw, place[1], chance.randint(1, 12))),
    lambda chance, raw, place: _always(lowered(raw, place[0])),
    lambda chance, raw, place: _always(
        replace(
            raw, cells=raw.cells | {(_below(raw), col): c for (row, col), c in raw.cells.items() if row == place[0]}
        )
    ),
    lambda chance, raw, place: _always(
        replace(raw, merged=(*raw.merged, (*place, place[0] + chance.randint(0, 2), place[1] + chance.randint(0, 2))))
    ),
    lambda chance, raw, place: _always(_shuffled(chance, raw)),
    lambda chance, raw, place: _always(replace(raw, hidden_rows=frozenset({place[0]}), lists=())),
]


@pytest.mark.parametrize("seed", range(60))
def test_forms_changed_by_chance_are_read_alike(seed, long_way):
    same(by_chance(random.Random(seed), book()), long_way)


@pytest.mark.parametrize("ending", ["openpyxl", "xlsx:Calc MS Excel 2007 XML", "xls:MS Excel 97", "ods"])
def test_forms_that_other_programs_have_saved_are_read_alike(ending, long_way, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(bytes_of_form())
    kind = ending.split(":")[0]
    if ending == "openpyxl":
        kind, data = "xlsx", edited(bytes_of_form(), lambda _: None)
    else:
        data = convert(tmp_path / "a.xlsx", ending, tmp_path / kind).read_bytes()
    form = read_book(data, kind)
    assert same(form, long_way)
    for seed in range(5):
        same(by_chance(random.Random(seed), form), long_way)


def test_a_sheet_that_stands_there_twice_and_one_that_was_copied_from_another_form_are_read_alike(long_way):
    b2 = sheet("B2")
    twice = replace(book(), sheets=(*book().sheets, replace(b2, name="B2 (2)")))
    less = {place: cell for place, cell in b2.cells.items() if place[0] != head("B2") + 3}
    other = replace(book(), sheets=(*book().sheets, replace(b2, name="B2 (2)", cells=less)))
    assert same(twice, long_way) != same(other, long_way)
