"""The sheets of a consolidated workbook of the level below: whose rows they hold, and what they have lost."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dvk_reports.intake.back.printed import FINDINGS, SUBMISSIONS, KeyedSheet, data_rows, findings_of
from dvk_reports.intake.readers.raw import RawCell, RawSheet, ReadRefused
from dvk_reports.model.findings import Finding
from dvk_reports.model.periods import quarter_in
from dvk_reports.plan.book.in_force import views_of
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import Plan, SheetSpec
from dvk_reports.vietnamese.dates import read_date

_WHOSE = ("ma_don_vi", "ky")
_QUARTER = re.compile(r"\d{4}-Q[1-4]", re.IGNORECASE)


@dataclass(frozen=True)
class RowTable:
    """A sheet of rows, and its rows by unit and quarter."""

    sheet: KeyedSheet
    rows: Mapping[tuple[str, str], Sequence[int]]
    lost: bool
    """A row of data no longer says whose it is."""


def _table(sheet: KeyedSheet) -> RowTable | None:
    """None where its keys are gone."""
    keys = sheet.keys
    if not keys.keys() >= set(_WHOSE):
        return None
    rows: dict[tuple[str, str], list[int]] = {}
    named = data_rows(sheet.raw, {"ma_don_vi": keys["ma_don_vi"]})
    for row in named:
        rows.setdefault((sheet.text(row, "ma_don_vi"), sheet.text(row, "ky").upper()), []).append(row)
    with_quarter = {row for (row, col), cell in sheet.raw.cells.items() if col == keys["ky"] and _is_quarter(cell)}
    return RowTable(sheet, rows, not with_quarter <= {*named, 1})


def _is_quarter(cell: RawCell) -> bool:
    return isinstance(cell.value, str) and _QUARTER.fullmatch(cell.value.strip()) is not None


@dataclass(frozen=True)
class LevelBelow:
    """The workbook as a whole. ``plan`` is the whole rule book: several quarters may stand in one workbook."""

    plan: Plan
    sheets: Mapping[str, RawSheet]
    file: str

    def view(self, quarter: str) -> Plan:
        """The rule book of a quarter; that of the plan's last one where the quarter cannot be read."""
        return self.plan.on((quarter_in(quarter) or self.plan.last_quarter).last_day)

    @cached_property
    def tables(self) -> Mapping[str, RowTable]:
        """Form sheet -> its rows; one whose keys are gone is not here."""
        made = {name: _table(KeyedSheet(self.sheets[name])) for name in self.plan.sheets if name in self.sheets}
        return {name: table for name, table in made.items() if table is not None}

    def readable_cover(self) -> RowTable:
        """The cover, which says who has a return; ReadRefused where it no longer does."""
        names = [view.sheet(SheetRole.COVER) for view in views_of(self.plan)]
        name = next((name for name in names if name in self.sheets), names[0])
        cover = self.tables.get(name)
        quarters = [quarter for _, quarter in cover.rows] if cover is not None else []
        view = self.view(quarters[0] if quarters else "")
        why = self.damage(view.sheets.get(name, self.plan.sheets[name]))
        if cover is None or why:
            raise ReadRefused(f"sổ tổng hợp không đọc được: trang {name} {why}; đề nghị gửi lại đúng tệp")
        return cover

    def damage(self, spec: SheetSpec) -> str:
        """What a sheet has lost, for every unit that has it; "" where it is whole."""
        table = self.tables.get(spec.ma)
        if spec.ma not in self.sheets:
            return "không còn trong sổ"
        if table is None:
            return "mất các khóa ở dòng 1 đang ẩn"
        if table.lost:
            return "có dòng đã mất mã đơn vị"
        keys = table.sheet.keys
        if lacking := [item.ten for item in spec.truong if item.bat_buoc and item.khoa not in keys]:
            return "thiếu cột " + ", ".join(f"“{ten}”" for ten in lacking)
        if "dung" not in keys and FINDINGS not in self.sheets:
            return "không cho biết ô nào bị dừng (mất cột “Ô bị dừng”)"
        return ""

    def whose(self) -> list[tuple[str, str]]:
        """Every (unit, quarter) of any sheet, those of the cover first."""
        return list(dict.fromkeys(key for table in self.tables.values() for key in table.rows))

    @cached_property
    def lines(self) -> Mapping[tuple[str, str], Sequence[tuple[str, Finding]]]:
        """(unit, file below) -> the lines of ``Lỗi``, each with its quarter where the sheet tells it."""
        raw = self.sheets.get(FINDINGS)
        if raw is None or "ma_loi" not in (sheet := KeyedSheet(raw)).keys:
            return {}
        found: dict[tuple[str, str], list[tuple[str, Finding]]] = {}
        for row, finding in findings_of(sheet):
            if not finding.refuses:
                quarter = sheet.text(row, "ky").upper()
                found.setdefault((finding.unit, finding.file), []).append((quarter, finding))
        return found

    @cached_property
    def submissions(self) -> Sequence[Mapping[str, str]]:
        """The lines of ``Tình hình nộp``."""
        raw = self.sheets.get(SUBMISSIONS)
        if raw is None or "ma_don_vi" not in (sheet := KeyedSheet(raw)).keys:
            return ()
        return [{key: sheet.text(row, key) for key in sheet.keys} for row in sheet.rows]

    @cached_property
    def days(self) -> Mapping[tuple[str, str], tuple[date, str]]:
        """(unit, file below) -> the day it was received, and where that was known from."""
        found = {}
        for line in self.submissions:
            day = read_date(line.get("ngay_nhan", ""))
            if day is not None:
                found[line["ma_don_vi"], line.get("tep", "")] = (day, line.get("nguon_ngay_nhan", ""))
        return found
