"""Whether a unit has a plan of its own, has spread it to its members, and has told the people of it."""

from __future__ import annotations

from decimal import Decimal

from dvk_reports.figures.entry import LedgerEntry
from dvk_reports.figures.ledger import Ledger
from dvk_reports.figures.named.answers import UNKNOWN, Answer, UnitAnswer, answer
from dvk_reports.model.values import Row
from dvk_reports.plan.book.registry import unit_test
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import FigureSpec
from dvk_reports.plan.register.register import Unit

_PLAN = ("so_ke_hoach", "ngay_ke_hoach", "ke_hoach_con_hieu_luc")
_MEMBERS, _PEOPLE = "so_hoi_nghi_pho_bien", "so_cuoc_tuyen_truyen"
_NEWS = ("so_luong", "ngay")


@unit_test("co_ke_hoach", reads={SheetRole.GENERAL: _PLAN})
def has_plan(ledger: Ledger, spec: FigureSpec, unit: Unit) -> UnitAnswer:
    """Số và ngày kế hoạch đã ghi, của năm này hoặc năm trước còn hiệu lực. Trống cả ba ô là chưa có."""
    found = _general_numbers(ledger, unit)
    if found is None:
        return UNKNOWN
    entry, row = found
    number, day = row.values.get("so_ke_hoach"), row.values.get("ngay_ke_hoach")
    still = row.values.get("ke_hoach_con_hieu_luc")
    if number is None or day is None or not entry.clean(row, "so_ke_hoach", "ngay_ke_hoach"):
        return UNKNOWN
    known = still is not None and entry.clean(row, "ke_hoach_con_hieu_luc")
    if number.blank and day.blank:
        if not known or row.yes("ke_hoach_con_hieu_luc"):
            return UNKNOWN
        return answer(False, entry, row, "so_ke_hoach")
    issued = row.day("ngay_ke_hoach")
    if number.blank or issued is None:
        return UNKNOWN
    if issued.year == ledger.last.year:
        return answer(True, entry, row, "ngay_ke_hoach")
    if not known:
        return UNKNOWN
    return answer(row.yes("ke_hoach_con_hieu_luc"), entry, row, "ke_hoach_con_hieu_luc")


def _general_numbers(ledger: Ledger, unit: Unit) -> tuple[LedgerEntry, Row] | None:
    """The general numbers in the last quarter, where exactly one return stands for the unit."""
    entries = ledger.entries(unit, ledger.last)
    if entries is None or len(entries) != 1 or not entries[0].readable(SheetRole.GENERAL):
        return None
    rows = entries[0].rows(SheetRole.GENERAL)
    return (entries[0], rows[0]) if rows else None


@unit_test("da_pho_bien", reads={SheetRole.GENERAL: (_MEMBERS,)})
def spread_to_members(ledger: Ledger, spec: FigureSpec, unit: Unit) -> UnitAnswer:
    """Từ đầu năm có ít nhất 01 hội nghị phổ biến."""
    return _at_least_once(ledger, unit, _MEMBERS)


def _at_least_once(ledger: Ledger, unit: Unit, key: str) -> UnitAnswer:
    """A count of the general numbers over the window of the year: met in the first quarter with at least one."""
    complete, last = True, UNKNOWN
    for quarter in ledger.window:
        complete = complete and ledger.entries(unit, quarter) is not None
        for entry in ledger.entries_at_hand(unit, (quarter,)):
            rows = entry.rows(SheetRole.GENERAL)
            number = rows[0].number_of(key) if rows else None
            if number is None or entry.stopped(rows[0], key):
                complete = False
            elif number >= 1:
                return answer(True, entry, rows[0], key)
            else:
                last = answer(False, entry, rows[0], key)
    return last if complete else UNKNOWN


@unit_test("da_tuyen_truyen", reads={SheetRole.GENERAL: (_PEOPLE,), SheetRole.PUBLICITY: _NEWS})
def spread_to_people(ledger: Ledger, spec: FigureSpec, unit: Unit) -> UnitAnswer:
    """Từ đầu năm có ít nhất 01 cuộc tuyên truyền hoặc 01 tin, bài (mọi kênh)."""
    meetings = _at_least_once(ledger, unit, _PEOPLE)
    if meetings.answer is Answer.MET:
        return meetings
    complete = True
    for quarter in ledger.window:
        complete = complete and ledger.entries(unit, quarter) is not None
        for entry in ledger.entries_at_hand(unit, (quarter,)):
            complete = complete and entry.readable(SheetRole.PUBLICITY)
            added = Decimal(0)
            for row in entry.rows(SheetRole.PUBLICITY):
                if not entry.clean(row, *_NEWS):
                    complete = False
                    continue
                added += _items(row)
                if added >= 1:
                    return answer(True, entry, row, "ngay")
    return meetings if complete else UNKNOWN


def _items(row: Row) -> Decimal:
    """How many news items a row tells of; a blank number is one."""
    value = row.values.get("so_luong")
    return Decimal(1) if value is None or value.blank else row.number_of("so_luong") or Decimal(0)


@unit_test("dat_ca_ba_noi_dung", reads={SheetRole.GENERAL: (*_PLAN, _MEMBERS, _PEOPLE), SheetRole.PUBLICITY: _NEWS})
def all_three(ledger: Ledger, spec: FigureSpec, unit: Unit) -> UnitAnswer:
    """Đạt cả ba nội dung; một nội dung không đạt là không đạt, dù nội dung khác chưa rõ."""
    found = [test(ledger, spec, unit) for test in (has_plan, spread_to_members, spread_to_people)]
    failed = next((item for item in found if item.answer is Answer.NOT_MET), None)
    if failed is not None:
        return failed
    return found[0] if all(item.answer is Answer.MET for item in found) else UNKNOWN


@unit_test("co_quan_thuc_hien", reads={SheetRole.GENERAL: _PLAN, SheetRole.MODELS: ("ma_mo_hinh", "trang_thai")})
def takes_part(ledger: Ledger, spec: FigureSpec, unit: Unit) -> UnitAnswer:
    """Có kế hoạch, hoặc có ít nhất 01 mô hình chưa kết thúc."""
    planned = has_plan(ledger, spec, unit)
    if planned.answer is Answer.MET:
        return planned
    keys = ("ma_mo_hinh", "trang_thai")
    entries = ledger.entries(unit, ledger.last)
    for entry in entries or ():
        for row in entry.rows(SheetRole.MODELS):
            runs = row.text("trang_thai") != "" and not entry.says(row, "trang_thai", LabelRole.ENDED)
            if runs and entry.clean(row, *keys):
                return answer(True, entry, row, "trang_thai")
    known = entries is not None and all(
        entry.readable(SheetRole.MODELS) and entry.all_clean(SheetRole.MODELS, *keys) for entry in entries
    )
    return planned if known and planned.answer is Answer.NOT_MET else UNKNOWN
