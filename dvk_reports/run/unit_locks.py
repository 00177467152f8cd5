"""``dvk close KY --unit``: the approved return of one unit is locked, or opened again, with a trace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dvk_reports.errors import PlanError, WorkspaceError
from dvk_reports.intake.back.printed import read_tables
from dvk_reports.model.locks import LockAct, UnitLock
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import FileState
from dvk_reports.run.plans import opened
from dvk_reports.run.steps.periods import asked_quarter
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.text import fold, nearest, tidy
from dvk_reports.workspace.folder import TOTALS, Place, Workspace
from dvk_reports.workspace.lock import one_at_a_time
from dvk_reports.workspace.unit_locks import FILE, acts, locks_of, of_quarter, write_acts

_FILES = "Tệp"
_OF_FILES = ("ma_don_vi", "trang_thai", "tep", "sha256")


@dataclass(frozen=True)
class LockedUnit:
    """What was done."""

    name: str
    act: UnitLock

    @property
    def summary(self) -> str:
        """One sentence."""
        kept = f"tệp {self.act.file}" if self.act.file else "báo cáo"
        end = (
            "tệp đến sau không được dùng cho đến khi mở khóa"
            if self.act.act is LockAct.LOCKED
            else "từ nay phiên bản cao nhất được dùng"
        )
        return f"{self.act.act.value} {kept} của {self.name}, kỳ {self.act.period}: {end}. Đã ghi vào {FILE}."


@one_at_a_time("dvk close")
def lock_unit(
    workspace: Place,
    period: str,
    unit: str,
    reason: str,
    by: str,
    as_of: date | None = None,
    reopen: bool = False,
) -> LockedUnit:
    """Lock the return that counts for a unit in ``ket-qua/<KY>``, or open it again: a line of ``khoa-don-vi.csv``.

    PlanError for an unknown unit; WorkspaceError, and nothing is written, where there is nothing to lock or to open, or
    where reason or name are missing.
    """
    space = opened(workspace)
    quarter = asked_quarter(space, period, "khóa báo cáo của một đơn vị theo từng quý")
    day = space.plan.day_of_run(as_of)
    register = space.register()
    known = register.by_letters.get(fold(unit)) or register.resolve_unit(unit, quarter.last_day)
    if known is None:
        near = nearest(unit, [item.code for item in register.units])
        raise PlanError(f"Danh mục không có đơn vị “{unit}”." + (f" Có phải là {near}?" if near else ""))
    if not tidy(reason) or not tidy(by):
        raise WorkspaceError("Ghi lý do (--reason) và người quyết định (--by): việc khóa, mở khóa luôn để lại dấu vết.")
    lines = acts(space)
    later = [line for line in of_quarter(lines, quarter) if line.unit == known.code and line.day > day]
    if later:
        raise WorkspaceError(
            f"{known.name} có dòng khóa, mở khóa ngày {show_date(later[0].day)}, sau ngày {show_date(day)}."
        )
    held = locks_of(space, quarter, day).get(known.code)
    file = _to_open(held, known.name) if reopen else _to_lock(space, quarter, known.code, known.name, held)
    act = LockAct.OPENED if reopen else LockAct.LOCKED
    line = UnitLock(quarter.key, known.code, act, day, tidy(by), tidy(reason), file["tep"], file["sha256"])
    write_acts(space, (*lines, line))
    return LockedUnit(known.name, line)


def _to_open(held: UnitLock | None, name: str) -> Mapping[str, str]:
    if held is None:
        raise WorkspaceError(f"Báo cáo của {name} không khóa riêng, không có gì để mở.")
    return {"tep": held.file, "sha256": held.sha256}


def _to_lock(space: Workspace, quarter: Quarter, code: str, name: str, held: UnitLock | None) -> Mapping[str, str]:
    """The line of sheet Tệp of the return that counts."""
    if held is not None:
        raise WorkspaceError(f"Báo cáo của {name} đã khóa ngày {show_date(held.day)} ({held.by}: {held.reason}).")
    path = space.results(quarter.key) / TOTALS
    table = read_tables(path, {_FILES: _OF_FILES}).get(_FILES, []) if path.is_file() else []
    if not table:
        raise WorkspaceError(
            f"Kỳ {quarter.key} chưa tổng hợp nên chưa khóa được. Chạy dvk consolidate {quarter.key} trước."
        )
    for row in table:
        if row.get("ma_don_vi") == code and row.get("trang_thai") == FileState.USED.value:
            return row
    raise WorkspaceError(f"{name} chưa có báo cáo được dùng ở kỳ {quarter.key}, không có gì để khóa.")
