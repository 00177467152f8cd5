"""Every form and every marked copy is made of a template, and is what XlsxWriter would have drawn with all it holds."""

from __future__ import annotations

import gc
import io
import weakref
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dvk_reports.intake.readers.workbook import read_book
from dvk_reports.model.findings import Level
from dvk_reports.model.periods import Quarter
from dvk_reports.model.values import Cell
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import Plan, SheetSpec
from dvk_reports.plan.duty import duties, ticks
from dvk_reports.plan.register.register import Hamlet, Unit
from dvk_reports.run.plans import load_plan
from dvk_reports.sheets.forms.blank import blank_content
from dvk_reports.sheets.forms.layout import ROOM, FormContent, Layout
from dvk_reports.sheets.forms.templates import Templates, form_bytes
from dvk_reports.sheets.marked.workbook import FlawedReturn, MarkedCopy
from tests.sheets.test_round_trip import CLEAN, OFFICE, QUARTER, checked, edited, flawed, read, spoil
from tests.support.drawn_anew import DrawnAnew
from tests.support.same_book import assert_same, known_of

PLANS = {name: load_plan(name) for name in ("bao_yen_2022_2025", "xa_2026_2030")}
KINDS = [(name, kind) for name, plan in PLANS.items() for kind in plan.kinds]
HERE = Cell("danh-muc.xlsx", "Đơn vị", 5, 1)
HARD = ("a & b < c > d", "hai\ndòng", "  đầu và cuối  ", "_x000D_", "\t\x07", "=1+1", "+84", "😀" * 60, "{0}")


def form_of(plan: Plan, kind: str, quarter: Quarter, rows: int) -> FormContent:
    """A form of a kind of unit with something in every field that its sheets have."""
    unit = Unit("X-01 & <b>", "Đảng ủy “X & Y”\n<2>", kind, "I", False, None, None, (), "", "", "", 0, HERE)
    given = duties(plan, kind, quarter)
    view = plan.on(quarter.last_day)
    sheets = [spec for spec in view.forms.bieu if spec.ma in given]
    models = view.sheet(SheetRole.MODELS)
    hamlets = [Hamlet(f"T-{n}", f"Thôn {HARD[n]}", "Thôn", unit.code, None, None, HERE) for n in range(3)]
    cover = {"phien_ban": 1}
    own = {spec.ma: next(filled(spec, 1)) for spec in sheets if not spec.table and rows}
    return FormContent(
        kind=kind,
        given=given,
        ticks=ticks(plan, given),
        unit=unit,
        quarter=quarter,
        values={**own, view.sheet(SheetRole.COVER): cover},
        rows={spec.ma: list(filled(spec, rows)) for spec in sheets if spec.table},
        free_codes=[f"MH-{n}" for n in range(5)],
        hamlets=hamlets if view.sheet(SheetRole.HAMLETS) in given else (),
        hints={spec.ma: dict.fromkeys(spec.keys[1::3], "Lưu ý & <1>: “ghi sai”.") for spec in sheets},
        notes={models: {(0, view.sheets[models].keys[1]): "Ghi chú\n<&> _x0041_ "}} if models in given and rows else {},
    )


def filled(spec: SheetSpec, count: int) -> Iterator[Mapping[str, object]]:
    """Rows whose values are of every kind, also where they have no business."""
    for row in range(count):
        kinds: dict[str, object] = {
            "chu": HARD[row % len(HARD)] * (1 + row % 3 * 20),
            "nguyen": row if row % 5 else "mười",
            "so": Decimal("12.50") * row,
            "ngay": date(2023, 1, 1 + row % 28) if row % 4 else "31/02",
            "chon": "không có trong danh sách",
            "co_khong": bool(row % 2),
        }
        yield {f.khoa: kinds[f.kieu] for place, f in enumerate(spec.truong) if (place + row) % 4 and not f.tu_tinh}


def same(plan: Plan, content: FormContent, templates: Templates) -> None:
    assert_same(form_bytes(plan, content, templates), form_bytes(plan, content, DrawnAnew()))


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_a_form_of_every_kind_of_unit(name: str, kind: str) -> None:
    """Blank, and with something in every field."""
    plan, templates = PLANS[name], Templates()
    same(plan, blank_content(plan, kind), templates)
    same(plan, form_of(plan, kind, plan.last_quarter, 1), templates)


@pytest.mark.parametrize("name", PLANS)
def test_forms_of_one_run(name: str) -> None:
    """Each comes of what the ones before were made of, or is of a kind of its own where its rows need more room."""
    plan, templates = PLANS[name], Templates()
    kind = max(plan.kinds, key=lambda kind: len(duties(plan, kind, plan.last_quarter)))
    for rows in (35, 0, 2):
        same(plan, form_of(plan, kind, plan.last_quarter, rows), templates)
    same(plan, form_of(plan, kind, plan.first_quarter, 2), templates)
    content = form_of(plan, kind, plan.last_quarter, 2)
    spec = next(
        spec for spec in plan.on(plan.last_quarter.last_day).forms.bieu if spec.table and spec.ma in content.given
    )
    for rows in (250, ROOM + 1):
        same(plan, replace(content, rows={spec.ma: list(filled(spec, rows))}, notes={}), templates)
    many = [replace(content.hamlets[0], code=f"T-{n}") for n in range(ROOM)] if content.hamlets else []
    same(plan, replace(content, rows={}, notes={}, hamlets=many), templates)


def test_of_one_unit_nothing_is_in_the_form_of_another() -> None:
    plan, templates = PLANS["bao_yen_2022_2025"], Templates()
    full = form_of(plan, "DB_XA", Quarter(2023, 3), 35)
    other = replace(form_of(plan, "DB_XA", Quarter(2023, 3), 0), unit=replace(full.unit, code="Y", name="Đảng ủy Y"))
    alone = form_bytes(plan, other)
    form_bytes(plan, full, templates)
    assert form_bytes(plan, other, templates) == alone


def test_unchanged_parts_keep_their_bytes() -> None:
    plan, templates = PLANS["bao_yen_2022_2025"], Templates()
    made = [form_bytes(plan, form_of(plan, "DB_XA", Quarter(2023, 3), rows), templates) for rows in (1, 3)]
    one, two = (zipfile.ZipFile(io.BytesIO(data)) for data in made)
    kept = [name for name in one.namelist() if one.read(name) == two.read(name)]
    assert {"xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet2.xml"} <= set(kept)
    assert all(one.getinfo(name).compress_size == two.getinfo(name).compress_size for name in kept)


def copies() -> list[FlawedReturn]:
    """A clean return; one with every mistake at once, with codes to spare; one whose findings are about anything."""
    spoilt = read(edited(CLEAN, spoil))
    found = checked(spoilt)
    hard = [replace(f, text=HARD[n % len(HARD)], answer=HARD[n % 3], raw=HARD[-n % 5]) for n, f in enumerate(found)]
    return [
        flawed(read(CLEAN), ()),
        flawed(spoilt, found, free_codes=[f"MH-DB-XA-02950-{n:03d}" for n in range(2, 40)]),
        flawed(spoilt, [replace(f, level=list(Level)[n % len(Level)]) for n, f in enumerate(hard)]),
    ]


@pytest.mark.parametrize("number", range(3))
def test_a_marked_copy(number: int) -> None:
    item = copies()[number]

    def copy(templates: Templates) -> bytes:
        return MarkedCopy(OFFICE, QUARTER, item).workbook(date(2023, 10, 20), templates)

    templates = Templates()
    assert_same(copy(templates), copy(DrawnAnew()))
    assert copy(templates) == copy(Templates())


def test_a_copy_of_what_no_file_can_hold_as_it_is() -> None:
    """Half a pair of UTF-16, which another program has written as ``_xD83D_``, ends no copy: cells, notes, formulas."""
    half = "thôn \ud83d x"
    plan, templates = PLANS["bao_yen_2022_2025"], Templates()
    content = form_of(plan, "DB_XA", Quarter(2023, 3), 1)
    assert content.unit is not None
    own = {name: dict.fromkeys(notes, half) for name, notes in content.notes.items()}
    book = form_bytes(plan, replace(content, unit=replace(content.unit, name=half), notes=own), templates)
    cells = read_book(book, "xlsx").sheets[0].cells.values()
    assert "thôn \ufffd x" in {cell.value for cell in cells}
    spoilt = read(edited(CLEAN, spoil))
    found = [replace(f, text=half, answer=half, raw=half) for f in checked(spoilt)]
    copy = MarkedCopy(OFFICE, QUARTER, flawed(spoilt, found)).workbook(date(2023, 10, 20), templates)
    assert known_of(copy)["B2"]["notes"]


def test_a_copy_that_is_made_is_not_kept() -> None:
    """A run of thousands goes without the search for reference cycles: what is made must go by itself."""
    plan, templates = PLANS["bao_yen_2022_2025"], Templates()
    layout = Layout(plan, form_of(plan, "DB_XA", Quarter(2023, 3), 1))
    templates.filled(layout)
    gc.disable()
    try:
        book = templates.filled(layout)
        book.content()
        gone = weakref.ref(book.sheets["B2"])
        del book
        assert gone() is None
    finally:
        gc.enable()
