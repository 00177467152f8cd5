"""The first page of the register counts what is missing; LibreOffice finds what we wrote, and what ``dvk`` says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dvk_reports.intake.readers.workbook import read_sheets
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.register.gaps import gaps
from dvk_reports.plan.register.reader import read_register
from dvk_reports.run.plans import load_plan
from dvk_reports.sheets.register.workbook import RegisterData, bundled_register, write_register
from tests.support.excel_types import misread
from tests.support.offices import convert

PLAN = load_plan()
SIGNED = [paper.ma for paper in PLAN.documents.van_ban][:2]
DAY = date(2023, 10, 12)


def units(*lines: str) -> list[dict[str, object]]:
    """``code kind e-mail until``, a dash for a blank."""
    found = []
    for line in lines:
        code, kind, mail, until = (None if part == "-" else part for part in line.split())
        last = date.fromisoformat(until) if until else None
        unit = {"ma_don_vi": code, "ten": f"Đơn vị {code}", "loai": kind, "nhom": "I", "email": mail, "den_ngay": last}
        found.append(unit)
    return found


ROWS: Mapping[str, Sequence[Mapping[str, object]]] = {
    "Đơn vị": units(
        "DB-XA-1 DB_XA - -",
        "DB-XA-10 DB_XA a@x.vn -",
        "DB-XA-2 DB_XA - 2023-06-30",
        "CQ-1 DB_CQ - 2030-01-01",
        "DB-XA-3 DB_XA b@x.vn -",
    ),
    "Thôn": [
        {"ma_thon": "T1", "ten": "Một", "loai": "Thôn", "ma_don_vi": "DB-XA-10"},
        {"ma_thon": "T2", "ten": "Hai", "loai": "Thôn", "ma_don_vi": "DB-XA-3", "den_ngay": date(2023, 1, 1)},
    ],
    "Hạn nộp": [row for row in bundled_register(PLAN).rows["Hạn nộp"] if row["ky"] != "2024-Q2"],
    "Người ký": [
        {"van_ban": SIGNED[0], "chuc_vu": "TRƯỞNG BAN"},
        {"van_ban": SIGNED[1], "chuc_vu": "TRƯỞNG BAN", "den_ngay": date(2023, 1, 1)},
    ],
}
MISSING = [2, 2, 1, len(PLAN.documents.van_ban) - 1]


def shown(path: Path) -> tuple[Any, list[int], list[str]]:
    """(the cell of the day, what is counted, the kinds of papers with a signer or without)."""
    sheet = openpyxl.load_workbook(path, data_only=True)["Đọc trước"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_col=3)]
    day = next(n for n, row in enumerate(rows) if row[0] == "Tính cho ngày")
    papers = next(n for n, row in enumerate(rows) if str(row[0]).startswith("Loại văn bản"))
    counted = [int(row[2]) for row in rows[day + 2 : day + 6]]
    signed = [str(row[2]) for row in rows[papers + 1 : papers + 1 + len(PLAN.documents.van_ban)]]
    return rows[day][2], counted, signed


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("danh-muc") / "danh-muc.xlsx"
    write_register(path, PLAN, RegisterData(ROWS, day=DAY))
    return path


def test_what_is_missing_is_counted(drawn: Path) -> None:
    day, counted, signed = shown(drawn)
    assert day.date() == DAY and counted == MISSING
    assert signed == ["Đã ghi", *["CHƯA có"] * (len(signed) - 1)]


PLANS = ("bao_yen_2022_2025", "xa_2026_2030")


@pytest.fixture(scope="module")
def counted(drawn: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with four registers, and in ``out`` the same counted by LibreOffice."""
    folder = tmp_path_factory.mktemp("danh mục")
    with_choices(drawn, folder / "chọn.xlsx")
    without_a_unit(drawn, folder / "xóa.xlsx")
    for name in PLANS:
        plan = load_plan(name)
        write_register(folder / f"{name}.xlsx", plan, bundled_register(plan))
    first, *more = sorted(folder.glob("*.xlsx"))
    convert(first, "xlsx:Calc MS Excel 2007 XML", folder / "out", *more)
    return folder


def with_choices(drawn: Path, target: Path) -> None:
    book = openpyxl.load_workbook(drawn)
    page = book["Đọc trước"]
    at = next(cell.row for cell in page["A"] if cell.value == "Tính cho ngày")
    assert page.cell(at, 3).value == "=TODAY()"
    page.cell(at, 3).value = DAY
    # Choices of the drop-downs say the same as codes.
    book["Đơn vị"]["E5"] = "DB_XA - " + next(k.ten for k in PLAN.info.loai_don_vi if k.ma == "DB_XA")
    book["Thôn"]["D5"] = "DB-XA-10 - Đơn vị DB-XA-10"
    book.save(target)


def without_a_unit(drawn: Path, target: Path) -> None:
    book = openpyxl.load_workbook(drawn)
    book["Đơn vị"].delete_rows(6)
    book.save(target)


def test_libreoffice_counts_the_same_and_dvk_says_it(drawn: Path, counted: Path) -> None:
    assert shown(counted / "out/chọn.xlsx")[1:] == shown(drawn)[1:]
    register = read_register(counted / "chọn.xlsx", PLAN, read_sheets)
    assert register.findings == ()
    said = list(gaps(PLAN, register, DAY))
    assert [int(line.partition(": ")[2].split(" ")[0]) for line in said] == MISSING
    assert said[0] == "Trang Đơn vị: 02 đơn vị chưa có thư điện tử: Đơn vị DB-XA-1; Đơn vị CQ-1."
    assert said[2] == "Trang Hạn nộp: 01 kỳ sắp tới chưa có hạn nộp: 2024-Q2."


def test_a_drop_down_of_units_shows_code_and_name(drawn: Path, counted: Path) -> None:
    lists = openpyxl.load_workbook(counted / "out/xóa.xlsx", data_only=True)["_ds"]
    col = next(cell.column for cell in lists[1] if cell.value == "don_vi")
    shown_now = [lists.cell(row, col).value or "" for row in range(2, 8)]
    assert shown_now == [f"{code} - Đơn vị {code}" for code in ("DB-XA-1", "DB-XA-2", "CQ-1", "DB-XA-3")] + ["", ""]
    rule = next(
        rule for rule in openpyxl.load_workbook(drawn)["Thôn"].data_validations.dataValidation if "D5" in rule.sqref
    )
    assert rule.formula1 == "dvk_chon_don_vi"


def test_every_column_is_checked_down_to_the_last_row_that_is_read(drawn: Path) -> None:
    book = openpyxl.load_workbook(drawn)
    for sheet in book.worksheets[1:-1]:
        areas = [area for rule in sheet.data_validations.dataValidation for area in rule.sqref]
        assert {(area.min_row, area.max_row) for area in areas} == {(5, 20_000)}
        assert sheet.auto_filter.ref.endswith("20000")
    units = book["Đơn vị"]
    look = next(dim for dim in units.column_dimensions.values() if dim.min <= 2 <= dim.max)
    assert look.number_format == "@"  # a code below the drawn rows keeps its zeros


@pytest.mark.parametrize("name", PLANS)
def test_the_page_of_every_plan_is_sound(name: str, counted: Path) -> None:
    plan: Plan = load_plan(name)
    book = openpyxl.load_workbook(counted / f"{name}.xlsx")
    said = {str(cell.value) for row in book["Đọc trước"] for cell in row if cell.value}
    assert {kind.ten for kind in plan.info.loai_don_vi} | {paper.ten for paper in plan.documents.van_ban} <= said
    found = [cell.value for sheet in (book["Đọc trước"],) for row in sheet for cell in row if cell.data_type == "f"]
    assert len(found) == 5 + len(plan.documents.van_ban)
    assert [problem for formula in found for problem in misread(formula)] == []
    page = openpyxl.load_workbook(counted / f"out/{name}.xlsx", data_only=True)["Đọc trước"]
    values = [cell.value for row in page for cell in row]
    assert not [value for value in values if isinstance(value, str) and value.startswith("#")]
