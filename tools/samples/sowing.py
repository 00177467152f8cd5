"""From the rows of a return to the form as it was mailed: the workbook is drawn, then handled as clerks do.

Wrong values stand in the rows and are drawn like any other; what a person does to the finished workbook (hides a row,
moves a column, types over a formula) is done to the drawn one.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import load_workbook
from openpyxl.styles import Font

from dvk_reports.model.periods import Quarter
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import IF_ANY, Plan
from dvk_reports.plan.duty import duties, ticks
from dvk_reports.plan.lookups import model_code
from dvk_reports.plan.register.register import Register
from dvk_reports.sheets.base.book import UNSEEN, cell
from dvk_reports.sheets.forms.layout import TOTAL, FormContent, Layout
from dvk_reports.sheets.forms.templates import Templates, form_bytes
from tools.samples.lean import last_row
from tools.samples.rows import value_of
from tools.samples.sets import Mistake, Return

FREE_CODES = 5
LEFT_OUT = "bo_bieu"
"""The hand that takes a sheet out of the workbook; it is not drawn at all."""


@dataclass(frozen=True, slots=True)
class Sown:
    """A mistake in its place."""

    mistake: Mistake
    cell: str
    """Where it must be found; "" where it concerns the sheet or the file."""
    row: Mapping[str, object]
    """The row that stands below the total row (``duoi_tong``)."""


@dataclass(frozen=True)
class Draft:
    """One form ready to be drawn, with what must be found in it."""

    content: FormContent
    sown: tuple[Sown, ...]


def draft(plan: Plan, register: Register, sent: Return, mistakes: Sequence[Mistake], quarter: Quarter) -> Draft:
    """Content of the form of a unit: the sheets it was given, those it sent without, without those it took out."""
    unit = register.by_code[sent.unit]
    taken_out = {one.sheet for one in mistakes if one.how == LEFT_OUT}
    given = {**dict.fromkeys(sent.rows, IF_ANY), **duties(plan, unit.kind, quarter)}
    given = {sheet: given[sheet] for sheet in plan.sheets if sheet in given and sheet not in taken_out}
    rows = {sheet: list(told) for sheet, told in sent.rows.items() if sheet in given}
    below = {one.sheet: rows[one.sheet].pop() for one in mistakes if one.how == "duoi_tong"}
    models, hamlets = plan.sheet(SheetRole.MODELS), register.hamlets_of(unit.code, quarter.last_day)
    told = {row.get("ma_thon") for row in rows.get(plan.sheet(SheetRole.HAMLETS), ())}
    used = len(rows.get(models, ()))
    content = FormContent(
        kind=unit.kind,
        given=given,
        ticks=ticks(plan, given),
        unit=unit,
        quarter=quarter,
        window=register.window(quarter),
        values=sent.values,
        rows=rows,
        free_codes=[model_code(unit.code, used + n) for n in range(1, FREE_CODES + 1)],
        # A clerk may have taken a pre-printed thôn out.
        hamlets=[hamlet for hamlet in hamlets if not told or hamlet.code in told],
        units=[(other.code, other.name) for other in register.units_on(quarter.last_day)],
    )
    layout = Layout(plan, content)
    return Draft(content, tuple(Sown(one, _place(layout, one), below.get(one.sheet, {})) for one in mistakes))


def _place(layout: Layout, one: Mistake) -> str:
    """The cell in which the mistake is found."""
    if one.sheet in layout.lines:
        return cell(layout.lines[one.sheet].rows[one.key], 2) if one.key else ""
    if one.sheet not in layout.tables or not (one.row or one.key or one.how in BESIDE_ROWS):
        return ""
    shape = layout.tables[one.sheet]
    line, column = shape.first_row + one.row - 1, shape.columns.get(one.key, 0)
    if one.how == "cot_la":
        column = shape.last_col + 1
    elif one.how == "duoi_tong":
        line, column = last_row(shape) + 2, 0
    elif one.how == "dong_mau":
        line, column = shape.first_row + shape.given_rows, min(shape.columns.values())
    elif one.how == "tong":
        line = shape.total_row or 0
    return cell(line, column)


BESIDE_ROWS = ("duoi_tong", "dong_mau", "tong")
"""Hands whose place is no data row."""


def drawn(plan: Plan, ready: Draft, bare: bool, templates: Templates | None = None) -> bytes:
    """The workbook as the unit sent it; ``bare``: saved by a program that keeps no cell without a value."""
    data = form_bytes(plan, ready.content, templates)
    layout = Layout(plan, ready.content)
    if bare:
        data = trimmed(data)
    later = [sown for sown in ready.sown if sown.mistake.how in HANDS]
    if not later:
        return data
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of what it does not keep
        book = load_workbook(io.BytesIO(data))
    for sown in later:
        HANDS[sown.mistake.how](book, layout, sown)
    out = io.BytesIO()
    book.save(out)
    return steady(out.getvalue())


def _cell(book: Any, sown: Sown) -> Any:
    return book[sown.mistake.sheet][sown.cell]


def _wrong(layout: Layout, sown: Sown) -> object:
    """What was typed, by the type of its column."""
    kind = layout.plan.sheets[sown.mistake.sheet].fields[sown.mistake.key].kieu
    return value_of(kind, sown.mistake.wrong)


def _type(book: Any, layout: Layout, sown: Sown) -> None:
    _cell(book, sown).value = _wrong(layout, sown)


def _error(book: Any, layout: Layout, sown: Sown) -> None:
    # The result that Excel would have stored with the formula.
    at = _cell(book, sown)
    at.value = "#DIV/0!"
    at.data_type = "e"


def _percent(book: Any, layout: Layout, sown: Sown) -> None:
    at = _cell(book, sown)
    at.value, at.number_format = _wrong(layout, sown), "0%"


def _old_font(book: Any, layout: Layout, sown: Sown) -> None:
    at = _cell(book, sown)
    at.value, at.font = sown.mistake.wrong, Font(name=".VnTime", size=12)


def _hide(book: Any, layout: Layout, sown: Sown) -> None:
    book[sown.mistake.sheet].row_dimensions[_cell(book, sown).row].hidden = True


def _below_total(book: Any, layout: Layout, sown: Sown) -> None:
    """A row under the total row of a form that has it below its rows."""
    sheet, row = book[sown.mistake.sheet], _cell(book, sown).row
    sheet.cell(row - 1, 1, TOTAL).number_format = UNSEEN
    sheet.cell(row - 1, 2, "Tổng cộng")
    for key, value in sown.row.items():
        at = sheet.cell(row, layout.tables[sown.mistake.sheet].columns[key] + 1, value)
        if isinstance(value, date):
            at.number_format = "dd/mm/yyyy"


def _dots(book: Any, layout: Layout, sown: Sown) -> None:
    sheet, row = book[sown.mistake.sheet], _cell(book, sown).row
    for column in layout.tables[sown.mistake.sheet].columns.values():
        sheet.cell(row, column + 1, sown.mistake.wrong)


def _own_column(book: Any, layout: Layout, sown: Sown) -> None:
    sheet, shape = book[sown.mistake.sheet], layout.tables[sown.mistake.sheet]
    at = _cell(book, sown)
    sheet.cell(shape.caption_row + 1, at.column, sown.mistake.wrong)
    for number, row in enumerate(range(at.row, shape.first_row + shape.given_rows + 1)):
        sheet.cell(row, at.column, 12 + 7 * number)


def _exchange(book: Any, layout: Layout, sown: Sown) -> None:
    sheet, shape = book[sown.mistake.sheet], layout.tables[sown.mistake.sheet]
    first, second = (shape.columns[key] + 1 for key in sown.mistake.wrong.split("|"))
    for row in (1, *range(shape.caption_row + 1, last_row(shape) + 2)):
        one, two = sheet.cell(row, first), sheet.cell(row, second)
        one.value, two.value = two.value, one.value
        one.number_format, two.number_format = two.number_format, one.number_format


def _no_keys(book: Any, layout: Layout, sown: Sown) -> None:
    for at in book[sown.mistake.sheet][1]:
        at.value = None
    book[sown.mistake.sheet].row_dimensions[1].hidden = False


def _own_sheet(book: Any, layout: Layout, sown: Sown) -> None:
    sheet = book.create_sheet(sown.mistake.sheet)
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
