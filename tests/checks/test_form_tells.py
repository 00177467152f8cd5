"""What the form tells before it is sent is what the checker says when it comes back: one source, two readers."""

import io
import random
import re
import zipfile
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest

from dvk_reports.checks.context import Case
from dvk_reports.checks.engine import check_return
from dvk_reports.intake.files.boxes import files_at
from dvk_reports.intake.reading import read_file
from dvk_reports.model.findings import Level
from dvk_reports.model.periods import Quarter
from dvk_reports.model.values import Cell
from dvk_reports.plan.book.rulebook import FieldSpec, SheetSpec
from dvk_reports.plan.duty import duties
from dvk_reports.plan.register.register import Hamlet, Register, Unit
from dvk_reports.run.plans import load_plan
from tests.support.offices import convert, form_of

PLAN = load_plan()
QUARTER = Quarter(2023, 3)
AT = Cell("danh-muc.xlsx", "Đơn vị", 4, 1)
UNITS = {
    kind: Unit(code, name, kind, "I", False, None, None, (), "", "", "", 0, AT)
    for kind, code, name in (
        ("DB_XA", "DB-XA-02950", "Đảng bộ xã Tân Tiến"),
        ("DB_TT", "DB-TT-02947", "Đảng bộ thị trấn Phố Ràng"),
        ("BXD", "CQ-BDV", "Ban Dân vận Huyện ủy"),
    )
}
REGISTER = Register(
    units=tuple(UNITS.values()),
    hamlets=tuple(
        Hamlet(f"T-{unit.code[-5:]}-01", "Thôn 1", "Thôn", unit.code, None, None, AT)
        for unit in UNITS.values()
        if PLAN.has_hamlets(unit.kind)
    ),
)
TOLD = {"PART_OVER_WHOLE", "OPINIONS", "OPINIONS_BLANK", "DATE_ORDER", "DATE_OUTSIDE", "TOO_LONG", "MORE_THAN_ONE"}
TOLD |= {"MONEY", "KIND_ONLY"}
"""Sentences of the rules that Excel can express; the form counts their cells as “cần xem lại”."""


def anything(dice: random.Random, field: FieldSpec) -> object:
    """A value of the right type, as often wrong for its row as right; blank now and then."""
    if dice.random() < 0.25:
        return None
    if field.kieu == "chon":
        return dice.choice(PLAN.labels(field.danh_sach))
    if field.kieu == "co_khong":
        return dice.random() < 0.5
    if field.kieu == "nguyen":
        return dice.choice([0, 1, 2, 3, 5, 40])
    if field.kieu == "so":
        return dice.choice([Decimal(0), Decimal("2.5"), Decimal(12000)])
    if field.kieu == "ngay":
        return date(2023, 9, 20) + timedelta(days=dice.choice([-5000, -400, -60, -3, 0, 9, 40]))
    return dice.choice(["Nội dung", "x" * 501 if field.khoa == "thanh_tich" else "12-KH/ĐU", "Thôn 1"])


def record(dice: random.Random, spec: SheetSpec) -> dict[str, object]:
    """A row that holds something besides texts, without which it is no record."""
    while True:
        row = {field.khoa: anything(dice, field) for field in spec.truong}
        if any(row[field.khoa] is not None for field in spec.truong if field.kieu != "chu" and not field.tu_tinh):
            return row


def filled(seed: int, unit: Unit):
    """A form of random rows, five to a table."""
    dice = random.Random(seed)
    values, rows = {}, {}
    for sheet in duties(PLAN, unit.kind, QUARTER):
        spec = PLAN.sheets[sheet]
        if sheet == "BIA":
            values[sheet] = {"phien_ban": 2, "loai_bao_cao": "Chính thức", "ngay_ky": date(2023, 9, 1)}
        elif spec.table and sheet != "B4":
            rows[sheet] = [record(dice, spec) for _ in range(5)]
        elif not spec.table:
            values[sheet] = {field.khoa: anything(dice, field) for field in spec.truong}
    return values, rows


def told_by_the_form(path) -> dict[str, tuple[int, int]]:
    """Sheet -> (required cells still blank, cells to look at again) of the counters on BIA, recalculated."""
    sheet = openpyxl.load_workbook(path, data_only=True)["BIA"]
    lines = {}
    for row in sheet.iter_rows(min_row=20, values_only=True):
        name = re.match(r"(Trang bìa|B\d+[ab]?)\b", str(row[1] or ""))
        if name and isinstance(row[4], int | float):
            lines["BIA" if name[1] == "Trang bìa" else name[1]] = (int(row[4]), int(row[5]))
    return lines


def told_by_the_checker(path, unit: Unit, sheets) -> dict[str, tuple[int, int]]:
    (received,) = files_at([path])
    form = read_file(PLAN, received)[0].found
    findings = check_return(Case(PLAN, form, QUARTER, REGISTER, unit)).findings
    blanks = Counter(f.sheet for f in findings if f.code == "K02" and f.level is Level.BLOCK)
    cells = {
        (stop.sheet, stop.row, stop.key)
        for finding in findings
        if finding.rule in TOLD
        for stop in (finding.stops or [finding])
    }
    again = Counter(sheet for sheet, _, _ in cells)
    return {sheet: (blanks[sheet], again[sheet]) for sheet in sheets}


def without_cached_values(data: bytes) -> bytes:
    """Every formula without its result, so that only a recalculation can fill them in."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as box, zipfile.ZipFile(target, "w") as new:
        for info in box.infolist():
            content = box.read(info)
            if info.filename.startswith("xl/worksheets/"):
                content = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", content)
            new.writestr(info.filename, content)
    return target.getvalue()


KINDS = ("DB_XA", "DB_TT", "BXD")


@pytest.fixture(scope="module")
def forms(tmp_path_factory):
    """A folder with a form of each kind, and in ``out`` the same counted by LibreOffice."""
    folder = tmp_path_factory.mktemp("biểu")
    for seed, kind in enumerate(KINDS, 1):
        values, rows = filled(seed, UNITS[kind])
        drawn = form_of(PLAN, REGISTER, UNITS[kind], QUARTER, values, rows)
        (folder / f"{kind}.xlsx").write_bytes(without_cached_values(drawn))
    first, *more = (folder / f"{kind}.xlsx" for kind in KINDS)
    convert(first, "xlsx", folder / "out", *more)
    return folder


@pytest.mark.parametrize("kind", KINDS)
def test_form_and_checker_count_the_same_cells(forms, kind):
    form = told_by_the_form(forms / "out" / f"{kind}.xlsx")
    assert form == told_by_the_checker(forms / f"{kind}.xlsx", UNITS[kind], form)
    assert set(form) == set(duties(PLAN, kind, QUARTER))
    assert sum(blank for blank, _ in form.values()) > 20 and sum(again for _, again in form.values()) > 20
