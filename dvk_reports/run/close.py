"""``dvk close``: a consolidated quarter becomes one sealed archive that can be run again."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

from dvk_reports._version import __version__
from dvk_reports.errors import PlanError, WorkspaceError
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import UnitState
from dvk_reports.plan.book.load import build_plan
from dvk_reports.plan.book.sources import Source
from dvk_reports.plan.register.sheets import FILE as REGISTER
from dvk_reports.run.plans import known, opened
from dvk_reports.run.steps.inputs import (
    Inputs,
    content,
    entries_below,
    files_below,
    first_few,
    inputs_of,
    returned_files,
)
from dvk_reports.run.steps.locked import locked
from dvk_reports.run.steps.periods import asked_quarter
from dvk_reports.run.steps.seal import (
    RULES,
    TEMPLATES,
    Seal,
    archive_name,
    hashes,
    last_seal,
    packed,
    seal_of,
)
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.workspace.folder import CHOICE, LOG, TOTALS, Place, Workspace, digest
from dvk_reports.workspace.lock import one_at_a_time
from dvk_reports.workspace.switch import write_all
from dvk_reports.workspace.unit_locks import FILE as LOCKS
from dvk_reports.workspace.unit_locks import acts, of_quarter


@dataclass(frozen=True)
class Closed:
    """One sealed quarter."""

    path: Path
    period: str
    edition: int
    files: int
    sha256: str
    """Of the archive: written down elsewhere, it tells any later change."""
    remarks: tuple[str, ...]
    """What the clerk should see."""

    @property
    def clean(self) -> bool:
        return not self.remarks


@one_at_a_time("dvk close")
def close_period(workspace: Place, period: str, as_of: date | None = None, password: str | None = None) -> Closed:
    """Seal ``ket-qua/<KY>`` with all that it was made from as ``luu/<KY>.zip``, or as the edition ``-bs<n>.zip``.

    ``password``: the archive is closed with it (AES); whoever reads the archive later is asked for it.

    ``as_of`` is only asked whether the day of closing has come. WorkspaceError, and nothing is written, where the
    quarter is not consolidated, where something has changed since, or where there is nothing new to seal.
    """
    space = opened(workspace)
    quarter = asked_quarter(space, period, "lệnh này khóa từng quý")
    day = space.plan.day_of_run(as_of)
    log = _log(space, quarter)
    last = last_seal(space, quarter)
    edition = int(log.get("lan_bo_sung", 0))
    _unchanged(space, quarter, log, last)
    if last is not None and edition == last.edition:
        raise WorkspaceError(_nothing_new(space, quarter, last))
    files = _files(space, quarter, last)
    log_name = f"ket-qua/{quarter.key}/{LOG}"
    by_hand = _by_hand(quarter, json.loads(files[log_name]), files)
    record = {
        "ky": quarter.key,
        "lan_bo_sung": edition,
        "ngay_lap": log["ngay_lap"],
        "ke_hoach": space.plan.info.ma,
        **versions(),
        "sua_tay": by_hand,
        "ngay_tep": {name: day.isoformat() for name, _, day in _returned(space, quarter)},
        "tep": hashes(files),
    }
    name = archive_name(quarter.key, edition)
    data = packed(record, files)
    seal_of(name, data)
    target = space.archive / name
    if target.exists():
        raise WorkspaceError(f"Đã có {target}; bản đã khóa không bao giờ bị ghi đè.")
    write_all(space.archive, {name: data if password is None else locked(name, data, password)})
    remarks = (*_edited(by_hand), *_early(space, quarter, day))
    return Closed(target, quarter.key, edition, len(files), digest(data), remarks)


def versions() -> dict[str, Any]:
    """The program, Python and every package it needs: what may change the bytes of an output."""
    try:
        needed = [line for line in requires("dvk_reports") or () if "extra ==" not in line]
    except PackageNotFoundError:
        needed = []
    names = sorted(_bare(line) for line in needed)
    return {
        "chuong_trinh": __version__,
        "python": platform.python_version(),
        "goi": {name: version(name) for name in names},
    }


def _bare(requirement: str) -> str:
    end = next((place for place, sign in enumerate(requirement) if sign in " <>=!~;[("), len(requirement))
    return requirement[:end]


def _again(quarter: Quarter) -> str:
    return f"Chạy lại dvk consolidate {quarter.key}, xem kết quả, rồi mới khóa."


def _log(space: Workspace, quarter: Quarter) -> Mapping[str, Any]:
    folder = space.results(quarter.key)
    path = folder / LOG
    if not path.is_file() or not (folder / TOTALS).is_file():
        raise WorkspaceError(f"Kỳ {quarter.key} chưa tổng hợp nên chưa khóa được. {_again(quarter)}")
    try:
        log: Mapping[str, Any] = json.loads(content(path).decode("utf-8-sig"))
        date.fromisoformat(log["ngay_lap"])
        known = "dau_vao" in log and log["chuong_trinh"] == __version__ and "ket_qua" in log
    except (ValueError, KeyError, TypeError) as error:
        raise WorkspaceError(f"{path} bị hỏng hoặc bị sửa. {_again(quarter)}") from error
    if not known:
        raise WorkspaceError(f"Kỳ {quarter.key} do phiên bản chương trình khác tổng hợp. {_again(quarter)}")
    return log


def _unchanged(space: Workspace, quarter: Quarter, log: Mapping[str, Any], last: Seal | None) -> None:
    """WorkspaceError where the outputs are no longer those of what lies in the workspace now."""
    made_for = date.fromisoformat(log["ngay_lap"])
    now, before = inputs_of(space, quarter, made_for), Inputs.read(log["dau_vao"])
    moved = list(before.changes(now.after(before.places["ban_truoc"])))
    if moved:
        raise WorkspaceError(f"Từ lần tổng hợp trước đã có thay đổi: {first_few(moved)}. {_again(quarter)}")
    made = log["ket_qua"].get(TOTALS)
    if digest(content(space.results(quarter.key) / TOTALS)) != made:
        raise WorkspaceError(f"{TOTALS} đã bị sửa sau khi tổng hợp. {_again(quarter)}")
    edition = int(log.get("lan_bo_sung", 0))
    if last is not None and edition == last.edition:
        return
    follows = {last.name: last.hash} if last is not None else {}
    if edition != (last.edition + 1 if last is not None else 0) or before.places["ban_truoc"] != follows:
        raise WorkspaceError(f"Các bản đã khóa trong thư mục luu khác lúc tổng hợp. {_again(quarter)}")
    if build_plan(Source.of_flat(space.plan.texts, space.plan.starter), known(space.root)) != space.plan:
        raise PlanError("Quy định đang dùng khác các tệp quy định nên không khóa được. Dùng quy định đọc từ tệp.")


def _nothing_new(space: Workspace, quarter: Quarter, last: Seal) -> str:
    said = f"Không có gì mới để khóa: {last.name} đã giữ kỳ {quarter.key} như hiện nay."
    if content(space.results(quarter.key) / TOTALS) == last.totals:
        return said
    day = show_date(date.fromisoformat(str(last.record["ngay_lap"])))
    return f"{said} {TOTALS} hiện lập ngày khác với bản đã khóa (ngày {day})."


def _returned(space: Workspace, quarter: Quarter) -> Iterator[tuple[str, bytes, date]]:
    for name, data, day in returned_files(space, quarter):
        yield f"nhan-ve/{quarter.key}/{name}", data, day


def _files(space: Workspace, quarter: Quarter, last: Seal | None) -> dict[str, bytes]:
    """Path as in the workspace -> content of everything that is sealed."""
    found = {REGISTER: content(space.register_path)}
    if (space.root / CHOICE).is_file():
        found[CHOICE] = content(space.root / CHOICE)
    found |= {f"{RULES}/{name}": text.encode() for name, text in space.plan.texts.items()}
    for folder in (space.root / TEMPLATES, space.results(quarter.key)):
        found |= {_inside(space, path): content(path) for path in files_below(folder) if not _of_office(path)}
    found |= {name: data for name, data, _ in _returned(space, quarter)}
    found |= {_inside(space, path): content(path) for held, path in space.quarters_held() if held < quarter}
    locks = space.root / LOCKS
    if locks.is_file() and any(of_quarter(acts(space), quarter)):
        found[LOCKS] = content(locks)
    if last is not None:
        found[f"luu/{last.name}"] = last.data
    unread = [
        _inside(space, path) for path in entries_below(space.received(quarter.key)) if _inside(space, path) not in found
    ]
    if unread:
        raise WorkspaceError(
            f"Không niêm phong được {first_few(unread)}: tệp không đọc được hoặc là lối tắt. "
            "Chép tệp thật vào, hoặc bỏ ra khỏi thư mục; tổng hợp lại rồi khóa."
        )
    strange = [name for name in found if "\\" in name or name.encode("utf-8", "replace").decode() != name]
    if strange:
        shown = first_few(name.encode("utf-8", "replace").decode() for name in strange)
        raise WorkspaceError(f"Tên tệp có ký tự không lưu được: {shown}. Đổi tên tệp, tổng hợp lại rồi khóa.")
    return found


def _inside(space: Workspace, path: Path) -> str:
    return path.relative_to(space.root).as_posix()


def _of_office(path: Path) -> bool:
    """The lock file of a paper that is open in Word or Excel."""
    return path.name.startswith("~$")


def _by_hand(quarter: Quarter, log: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, str]:
    """Output -> what a person has done to it since the run wrote it; it is sealed as it is now."""
    found = {}
    for name, made in log["ket_qua"].items():
        data = files.get(f"ket-qua/{quarter.key}/{name}")
        if data is None:
            found[name] = "đã bỏ đi"
        elif digest(data) != made:
            found[name] = "đã được sửa tay"
    return found


def _edited(by_hand: Mapping[str, str]) -> Iterator[str]:
    for name, what in by_hand.items():
        end = "niêm phong như bản đã sửa" if what == "đã được sửa tay" else "không có trong bản niêm phong"
        yield f"{name} {what} sau khi tổng hợp: {end}."


def _early(space: Workspace, quarter: Quarter, day: date) -> Iterator[str]:
    from dvk_reports.intake.back.printed import SUBMISSIONS, read_tables

    deadline = space.register().deadlines.get(quarter)
    if deadline is not None and deadline.closing is not None and day <= deadline.closing:
        yield f"Ngày khóa sổ trong danh mục là {show_date(deadline.closing)}, chưa qua."
    printed = read_tables(space.results(quarter.key) / TOTALS, {SUBMISSIONS: ("ma_don_vi", "trang_thai")})
    waiting = sum(row.get("trang_thai") != UnitState.ACCEPTED.value for row in printed.get(SUBMISSIONS, []))
    if waiting:
        yield f"Còn {show_count(waiting)} đơn vị chưa có báo cáo được dùng; nộp sau thì thành bản bổ sung."
