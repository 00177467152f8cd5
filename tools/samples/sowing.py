"""From right content to the form as it was mailed: mistakes are sown, the workbook is drawn, then handled as clerks do.

What can be said as a value goes into the content before the product draws its own blank form; what a person does to the
finished workbook (hides a row, moves a column, types over a formula) is done to the drawn one.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.styles import Font

from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.duty import duties, ticks
from dvk_reports.plan.lookups import model_code
from dvk_reports.plan.periods import Quarter
from dvk_reports.plan.register.register import Register
from dvk_reports.sheets.base.book import cell
from dvk_reports.sheets.forms.layout import Layout
from dvk_reports.sheets.forms.workbook import FormContent, form_bytes
from tools.samples.seeded import Seed
from tools.samples.unit import Report

FREE_CODES = 5
OTHER_PROGRAM = ("DB_XA", "DB_TT", "DT")
"""Kinds of units that save their forms with a program that keeps no empty cell."""
IN_CONTENT = ("o", "them_dong", "them_lai", "bo_het", "bo_bieu", "bo_thon", "bieu_la", "khong")


@dataclass(frozen=True, slots=True)
class Sown:
    """A mistake in its place."""

    seed: Seed
    sheet: str
    cell: str
    """Where it must be found; "" where it concerns the sheet or the file."""


@dataclass(frozen=True)
class Draft:
    """One form ready to be drawn, with what must be found in it."""

    content: FormContent
    sown: tuple[Sown, ...]


def draft(plan: Plan, register: Register, report: Report, seeds: Sequence[Seed], quarter: Quarter) -> Draft:
    """Content of the form of a unit, mistakes included."""
    unit = register.by_code[report.place.code]
    given = dict(duties(plan, unit.kind, quarter))
    values = {sheet: dict(told) for sheet, told in report.values.items()}
    rows = {sheet: [dict(row) for row in told] for sheet, told in report.rows.items()}
    hamlets = register.hamlets_of(unit.code, quarter.last_day)
    places: list[tuple[Seed, int]] = []
    for seed in seeds:
        row = seed.row
        if seed.how in ("them_dong", "them_lai", "bieu_la"):
            table = rows.setdefault(seed.sheet, [])
            table += [{**seed.beside, seed.key: seed.wrong} if seed.key else dict(seed.beside)] * (
                2 if seed.how == "them_lai" else 1
            )
            row = len(table)
            values.get("BIA", {}).pop(plan.sheets[seed.sheet].tick, None)
        elif seed.how == "o":
            target = rows[seed.sheet][row - 1] if row else values.setdefault(seed.sheet, {})
            target |= {**seed.beside, seed.key: seed.wrong}
        elif seed.how == "bo_het":
            rows.pop(seed.sheet, None)
            values["BIA"].pop(plan.sheets[seed.sheet].tick, None)
        elif seed.how == "bo_thon":
            hamlets = hamlets[: row - 1] + hamlets[row:]
            del rows[seed.sheet][row - 1]
        elif seed.how == "khong":
            row = len(rows[seed.sheet])
        if seed.how == "bo_bieu":
            del given[seed.sheet]
        elif seed.how == "bieu_la":
            given[seed.sheet] = "neu_co"
        places.append((seed, row))
    used = len(rows.get("B2", ()))
    content = FormContent(
        kind=unit.kind,
        given={sheet: given[sheet] for sheet in plan.sheets if sheet in given},
        ticks=ticks(plan, given),
        unit=unit,
        quarter=quarter,
        window=register.window(quarter),
        values=values,
        rows=rows,
        free_codes=[model_code(unit.code, used + n) for n in range(1, FREE_CODES + 1)],
        hamlets=hamlets,
        units=[(other.code, other.name) for other in register.units_on(quarter.last_day)],
    )
    layout = Layout(plan, content)
    return Draft(content, tuple(_placed(layout, seed, row) for seed, row in places))


def _placed(layout: Layout, seed: Seed, row: int) -> Sown:
    if seed.at_sheet:
        return Sown(seed, seed.sheet, "")
    sheet, key = seed.found_on or (seed.sheet, seed.key)
    if sheet in layout.lines:
        return Sown(seed, sheet, cell(layout.lines[sheet].rows[key], 2))
    shape = layout.tables[sheet]
    line = shape.first_row + row - 1
    column = shape.columns.get(key, 0)
    if seed.how == "bieu_la":
        column = 1
    elif seed.how == "cot_la":
        column = shape.last_col + 1
    elif seed.how == "an_dong":
        column = 0
    elif seed.how == "duoi_tong":
        line, column = shape.total_row + 1, 0
    elif seed.how == "dong_mau":
        line, column = shape.first_row + shape.given_rows, 0
    elif seed.how == "tong":
        line = shape.total_row
    return Sown(seed, sheet, cell(line, column))


def drawn(plan: Plan, ready: Draft) -> bytes:
    """The workbook as the unit sent it."""
    data = form_bytes(plan, ready.content)
    if ready.content.kind in OTHER_PROGRAM:
        data = trimmed(data)
    later = [sown for sown in ready.sown if sown.seed.how not in IN_CONTENT]
    if not later:
        return data
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of what it does not keep
        book = load_workbook(io.BytesIO(data))
    layout = Layout(plan, ready.content)
    for sown in later:
        HANDS[sown.seed.how](book, layout, sown)
    out = io.BytesIO()
    book.save(out)
    return steady(out.getvalue())


def _type(book: Any, layout: Layout, sown: Sown) -> None:
    book[sown.sheet][sown.cell].value = sown.seed.wrong


def _error(book: Any, layout: Layout, sown: Sown) -> None:
    # The result that Excel would have stored with the formula.
    at = book[sown.sheet][sown.cell]
    at.value = "#DIV/0!"
    at.data_type = "e"


def _percent(book: Any, layout: Layout, sown: Sown) -> None:
    at = book[sown.sheet][sown.cell]
    at.value, at.number_format = sown.seed.wrong, "0%"


def _old_font(book: Any, layout: Layout, sown: Sown) -> None:
    at = book[sown.sheet][sown.cell]
    at.value, at.font = sown.seed.wrong, Font(name=".VnTime", size=12)


def _hide(book: Any, layout: Layout, sown: Sown) -> None:
    sheet = book[sown.sheet]
    sheet.row_dimensions[sheet[sown.cell].row].hidden = True


def _below_total(book: Any, layout: Layout, sown: Sown) -> None:
    sheet = book[sown.sheet]
    row = sheet[sown.cell].row
    for key, value in {**sown.seed.beside, sown.seed.key: sown.seed.wrong}.items():
        at = sheet.cell(row, layout.tables[sown.sheet].columns[key] + 1, value)
        if isinstance(value, datetime) or hasattr(value, "year"):
            at.number_format = "dd/mm/yyyy"


def _dots(book: Any, layout: Layout, sown: Sown) -> None:
    sheet = book[sown.sheet]
    row = sheet[sown.cell].row
    for column in layout.tables[sown.sheet].columns.values():
        sheet.cell(row, column + 1, sown.seed.wrong)


def _own_column(book: Any, layout: Layout, sown: Sown) -> None:
    sheet, shape = book[sown.sheet], layout.tables[sown.sheet]
    at = sheet[sown.cell]
    sheet.cell(shape.caption_row + 1, at.column, sown.seed.wrong)
    for number, row in enumerate(range(at.row, shape.first_row + shape.given_rows + 1)):
        sheet.cell(row, at.column, 12 + 7 * number)


def _exchange(book: Any, layout: Layout, sown: Sown) -> None:
    sheet, shape = book[sown.sheet], layout.tables[sown.sheet]
    first, second = (shape.columns[key] + 1 for key in sown.seed.wrong)  # type: ignore[attr-defined]
    for row in (1, *range(shape.caption_row + 1, shape.total_row + 1)):
        one, two = sheet.cell(row, first), sheet.cell(row, second)
        one.value, two.value = two.value, one.value
        one.number_format, two.number_format = two.number_format, one.number_format


def _no_keys(book: Any, layout: Layout, sown: Sown) -> None:
    for at in book[sown.sheet][1]:
        at.value = None
    book[sown.sheet].row_dimensions[1].hidden = False


def _own_sheet(book: Any, layout: Layout, sown: Sown) -> None:
    sheet = book.create_sheet(sown.sheet)
    for row in (("Công đoàn cơ sở", "Số đoàn viên"), ("Trường THPT số 1", 62), ("Bệnh viện", 118)):
        sheet.append(row)


HANDS: Mapping[str, Callable[[Any, Layout, Sown], None]] = {
    "o_tinh": _type,
    "tong": _type,
    "chu_cu": _type,
    "cong_thuc": _type,
    "loi_o": _error,
    "phan_tram": _percent,
    "phong_cu": _old_font,
    "an_dong": _hide,
    "duoi_tong": _below_total,
    "dong_mau": _dots,
    "cot_la": _own_column,
    "doi_cot": _exchange,
    "xoa_khoa": _no_keys,
    "trang_la": _own_sheet,
}

_EMPTY_CELL = re.compile(rb'<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?/>')


def trimmed(data: bytes) -> bytes:
    """The workbook as programs save it that keep no cell without a value."""
    return steady(data, part=lambda name, part: _EMPTY_CELL.sub(b"", part) if "worksheets/" in name else part)


_STAMPS = re.compile(
    rb"(<dcterms:modified[^>]*>)[^<]*|(<dcterms:created[^>]*>)[^<]*|(<meta:creation-date>)[^<]*|(<dc:date>)[^<]*"
)
_DAY = b"2023-09-30T08:00:00Z"


def steady(data: bytes, part: Callable[[str, bytes], bytes] | None = None) -> bytes:
    """A zip-made file without the clock in it; ``part``: (name, bytes) -> bytes of each member."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            if info.filename.startswith("Thumbnails/"):
                continue
            content = old.read(info)
            if info.filename in ("docProps/core.xml", "meta.xml"):
                content = _STAMPS.sub(lambda found: b"".join(g for g in found.groups() if g) + _DAY, content)
                content = re.sub(rb"<meta:editing-duration>[^<]*", b"<meta:editing-duration>PT1H", content)
            if part is not None:
                content = part(info.filename, content)
            fixed = zipfile.ZipInfo(info.filename, (2023, 9, 30, 8, 0, 0))
            # An OpenDocument file is known by its first, uncompressed member.
            fixed.compress_type = zipfile.ZIP_STORED if info.filename == "mimetype" else zipfile.ZIP_DEFLATED
            fixed.external_attr = 0o644 << 16
            fixed.create_system = 0
            new.writestr(fixed, content)
    return out.getvalue()


def other_version(report: Report, **bia: object) -> Report:
    """The same report with other words on its cover."""
    values = {sheet: dict(told) for sheet, told in report.values.items()}
    values["BIA"] |= bia
    return replace(report, values=values)
