"""A consolidated workbook of the level below: every unit in it a Return, as if its own file had come.

Rows are taken, never totals. A value's cell is the one in this workbook; what was stopped below stays stopped, with the
line of ``Lỗi`` that says why. A workbook that a hand has changed is refused as a whole only where nobody can tell whose
rows they are; else the sheet that lost something is stopped, and it is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from dvk_reports.intake.back.below_return import UnitReader
from dvk_reports.intake.back.below_tables import LevelBelow, RowTable
from dvk_reports.intake.back.printed import FIGURES, FINDINGS, SUBMISSIONS, keys_of
from dvk_reports.intake.readers.raw import RawBook
from dvk_reports.model.returns import FileState, Return, UnitState
from dvk_reports.plan.book.rulebook import Plan

_OURS = ("Tổng quan", *FIGURES, SUBMISSIONS, FINDINGS, "Tệp", "Nguồn số liệu")
_ENOUGH = 3
"""So many sheets with our names make a workbook of totals, even where its keys are gone."""
_WAITING = {
    UnitState.REFUSED.value: FileState.REFUSED,
    UnitState.CONFLICT.value: FileState.CONFLICT,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One unit and quarter of the workbook: its return, or why there is none."""

    name: str
    """``<workbook>!/<ma_don_vi>``."""
    found: Return | None
    reason: str = ""
    state: FileState = FileState.UNREADABLE
    """What it is, where there is no return."""
    unit: str = ""
    period: str = ""


def is_consolidated(plan: Plan, book: RawBook) -> bool:
    """Whether a workbook is one of totals: its sheets of rows look like those of a form, but hold many units."""
    if sum(raw.name in _OURS for raw in book.sheets) >= _ENOUGH:
        return True
    return any({"ma_don_vi", "ky", "tep"} <= keys_of(raw).keys() for raw in book.sheets if raw.name in plan.sheets)


def read_below(plan: Plan, book: RawBook, file: str) -> tuple[Entry, ...]:
    """Every unit of the workbook, in its order; ReadRefused where nobody can tell whose rows they are."""
    return tuple(_entries(LevelBelow(plan, {raw.name: raw for raw in book.sheets}, file)))


def _entries(book: LevelBelow) -> Iterator[Entry]:
    cover = book.readable_cover()
    quarters = {quarter for _, quarter in cover.rows}
    names: Counter[str] = Counter()
    for unit, quarter in book.whose():
        name = f"{book.file}!/{unit or 'không rõ đơn vị'}" + (f"/{quarter}" if len(quarters) > 1 else "")
        names[name] += 1
        if names[name] > 1:
            name = f"{name}#{names[name]}"
        yield _entry(book, cover, name, unit, quarter)
    if len(quarters) == 1:
        yield from _waiting(book, cover, quarters.pop())


def _waiting(book: LevelBelow, cover: RowTable, quarter: str) -> Iterator[Entry]:
    """The units that have sent something of which nothing counts below: they are not silent here either."""
    for line in book.submissions:
        unit, state = line["ma_don_vi"], _WAITING.get(line.get("trang_thai", ""))
        if state is not None and (unit, quarter) not in cover.rows:
            reason = f"ở sổ tổng hợp gửi lên, tệp {line.get('tep', '')} của đơn vị cũng là {state}, không có số liệu"
            yield Entry(f"{book.file}!/{unit}", None, reason, state, unit, quarter)


def _entry(book: LevelBelow, cover: RowTable, name: str, unit: str, quarter: str) -> Entry:
    own = cover.rows.get((unit, quarter), ())
    if len(own) == 1:
        return Entry(name, UnitReader(book, cover, name, (unit, quarter)).read())
    whose = f"{unit or 'đơn vị không rõ'}, kỳ {quarter or 'không rõ'}"
    page = f"trang {cover.sheet.raw.name}"
    if own:
        reason = f"sổ tổng hợp có {len(own)} dòng của {whose} ở {page}"
    else:
        sheets = ", ".join(sheet for sheet, table in book.tables.items() if (unit, quarter) in table.rows)
        reason = f"sổ tổng hợp có dòng của {whose} ở trang {sheets} nhưng không có ở {page}"
    return Entry(name, None, f"{reason}; đề nghị gửi lại đúng tệp đã xuất ra")
