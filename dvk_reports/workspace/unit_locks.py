"""``khoa-don-vi.csv``: which unit's return was locked or opened again, when, by whom and why.

The lines are only ever added to. For each unit and quarter the last one counts that is dated no later than the day of
the run, so that an old run comes out as it was.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple
from datetime import date
from pathlib import Path

from dvk_reports.errors import PlanError, WorkspaceError, reason_of
from dvk_reports.model.locks import LockAct, UnitLock
from dvk_reports.model.periods import Quarter
from dvk_reports.vietnamese.dates import read_date
from dvk_reports.vietnamese.text import tidy
from dvk_reports.workspace.folder import Workspace, in_its_place
from dvk_reports.workspace.formulas import bare, guarded
from dvk_reports.workspace.switch import write_all

FILE = "khoa-don-vi.csv"
_KEYS = ("ky", "ma_don_vi", "viec", "ngay", "nguoi", "ly_do", "tep", "sha256")


def acts(space: Workspace) -> tuple[UnitLock, ...]:
    """Every line, oldest first; WorkspaceError where a line cannot be understood: a lock is never overlooked."""
    path = space.root / FILE
    if path.is_dir():
        raise in_its_place(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise WorkspaceError(f"Không đọc được {path}: {reason_of(error)}. Đóng tệp rồi chạy lại.") from error
    except UnicodeDecodeError as error:
        raise _broken(path, 1) from error
    head = text.partition("\n")[0]
    between = max(",;\t", key=head.count)
    rows = csv.reader(io.StringIO(text), delimiter=between)
    if tuple(tidy(part) for part in next(rows, ())) != _KEYS:
        raise _broken(path, 1)
    return tuple(_act(path, rows.line_num, row) for row in rows if any(part.strip() for part in row))


def locks_of(space: Workspace, quarter: Quarter, day: date) -> Mapping[str, UnitLock]:
    """Unit -> its lock that is in force on a day."""
    last: dict[str, UnitLock] = {}
    for act in of_quarter(acts(space), quarter):
        if act.day <= day:
            last[act.unit] = act
    return {unit: act for unit, act in last.items() if act.act is LockAct.LOCKED}


def of_quarter(lines: Iterable[UnitLock], quarter: Quarter) -> Iterator[UnitLock]:
    """The lines on one quarter."""
    return (line for line in lines if line.period == quarter.key)


def write_acts(space: Workspace, lines: Iterable[UnitLock]) -> None:
    """The whole file at once: the old one or the new one, whatever ends the program."""
    write_all(space.root, {FILE: as_bytes(lines)})


def as_bytes(lines: Iterable[UnitLock]) -> bytes:
    """Lines as the file holds them: UTF-8 with a mark that Excel knows."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_KEYS)
    for line in lines:
        writer.writerow([guarded(str(part)) for part in astuple(line)])
    return out.getvalue().encode("utf-8-sig", "replace")


def _act(path: Path, number: int, row: list[str]) -> UnitLock:
    if len(row) < len(_KEYS):
        raise _broken(path, number)
    period, unit, act, day, by, reason, file, sha256 = map(bare, row[: len(_KEYS)])
    period, unit, act, day, sha256 = map(tidy, (period, unit, act, day, sha256))
    found = read_date(day)
    try:
        if found is None or not unit:
            raise ValueError(day)
        return UnitLock(Quarter.parse(period).key, unit, LockAct(act), found, by, reason, file, sha256)
    except (ValueError, PlanError) as error:
        raise _broken(path, number) from error


def _broken(path: Path, number: int) -> WorkspaceError:
    return WorkspaceError(
        f"{path}, dòng {number}: không đọc được việc khóa, mở khóa đơn vị. Không sửa tay tệp này; chép lại bản sao "
        f"lưu, hoặc sửa dòng đó cho đủ các cột {', '.join(_KEYS)}."
    )
