"""Where the workspace stands and what to do next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dvk_reports.errors import DvkError
from dvk_reports.model.periods import Quarter, quarters_between
from dvk_reports.plan.book.rulebook import Round
from dvk_reports.plan.duty import units_due
from dvk_reports.plan.register.gaps import gaps
from dvk_reports.plan.register.register import Register
from dvk_reports.run.plans import opened
from dvk_reports.run.steps.copy_files import FILE, copies_in
from dvk_reports.run.steps.register_told import register_lines
from dvk_reports.run.steps.seal import archives
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.text import lower_first, upper_first
from dvk_reports.workspace.folder import DRAFT_LOG, LOG, TOTALS, Place, Workspace
from dvk_reports.workspace.unit_locks import locks_of


@dataclass(frozen=True)
class Status:
    """Lines to read, and the one thing to do next."""

    lines: tuple[str, ...]
    next_step: str


def status(workspace: Place, as_of: date | None = None) -> Status:
    """Look at the folders, read no form."""
    space = opened(workspace)
    day = space.plan.day_of_run(as_of)
    if not space.register_path.is_file():
        return Status(
            (f"Thư mục {space.root} chưa có danh-muc.xlsx.",),
            "Tạo thư mục làm việc: dvk init TÊN_THƯ_MỤC",
        )
    register = space.register()
    plan = space.plan
    lines = [
        f"Kế hoạch: {plan.info.ten}.",
        f"Danh mục: {show_count(len(register.units_on(day)))} đơn vị đang hoạt động.",
    ]
    lines += register_lines(register)
    lines += [f"Danh mục còn thiếu. {line}" for line in gaps(plan, register, day)]
    step = ""
    for quarter in quarters_between(plan.first_quarter, min(plan.last_quarter, Quarter.of(day))):
        line, todo = _of_quarter(space, register, quarter, day)
        if line:
            lines.append(line)
        step = todo or step
    for award in plan.awards.dot:
        line, todo = _of_round(space, award, day)
        if line:
            lines.append(line)
        if todo and step.startswith("Xem "):  # what has come first, then the round
            step = f"{step.rstrip('.')}; rồi {lower_first(todo)}"
    if not step:
        step = _first_step(space, day)
    return Status(tuple(lines), step)


def rounds_at_hand(workspace: Place) -> list[str]:
    """The award rounds of the plan of the workspace; none where the plan cannot be read."""
    with suppress(DvkError):
        return [award.ma for award in opened(workspace).plan.awards.dot]
    return []


def _of_round(space: Workspace, award: Round, day: date) -> tuple[str, str]:
    """(line, next step) of an award round: asked for in its month, once the quarter before it is consolidated."""
    folder = space.awards(award.ma)
    listed, drafted = bool(copies_in(folder)), (folder / DRAFT_LOG).is_file()
    if listed:
        what = "đã xét đề nghị, đã lập dự thảo" if drafted else "đã xét đề nghị"
        step = "" if drafted else f"Ghi quyết định vào {FILE}, rồi lập dự thảo: dvk awards draft {award.ma}"
        return f"Đợt {award.ma} ({award.ten}): {what}.", step if _in_month(award, day) else ""
    before = Quarter.of(award.tu_ngay).previous
    if _in_month(award, day) and (space.results(before.key) / TOTALS).is_file():
        return f"Đợt {award.ma} ({award.ten}): chưa xét đề nghị.", f"Xét đề nghị: dvk awards propose {award.ma}"
    return "", ""


def _in_month(award: Round, day: date) -> bool:
    return (award.tu_ngay.year, award.tu_ngay.month) == (day.year, day.month)


def _of_quarter(space: Workspace, register: Register, quarter: Quarter, day: date) -> tuple[str, str]:
    """(line, next step) of one quarter; both empty where nothing has begun."""
    sent = _count(space.outgoing(quarter.key), "*.xlsx")
    came = _count(space.received(quarter.key), "*")
    done = (space.results(quarter.key) / TOTALS).is_file()
    if not (sent or came or done):
        return "", ""
    due = len(units_due(space.plan, register, quarter))
    deadline = register.deadlines.get(quarter)
    limit = f"; hạn nộp {show_date(deadline.due)}" if deadline else ""
    parts = [f"đã tạo {show_count(sent)} biểu mẫu" if sent else "", f"nhận {show_count(came)} tệp" if came else ""]
    sealed = archives(space, quarter)
    locks = len(locks_of(space, quarter, day))
    parts += ["đã tổng hợp" if done else "", _sealed(max(sealed)) if sealed else ""]
    parts.append(f"khóa riêng {show_count(locks)} đơn vị" if locks else "")
    line = f"{upper_first(quarter.title)}: {', '.join(part for part in parts if part)}"
    line += f"; {show_count(due)} đơn vị phải nộp{limit}."
    if came and (not done or _newer(space, quarter)):
        return line, f"Tổng hợp các tệp nhận về: dvk consolidate {quarter.key}"
    if done and deadline and deadline.closing and day > deadline.closing and _unsealed(space, quarter, sealed):
        return line, f"Đã qua ngày khóa sổ {show_date(deadline.closing)}; xem kết quả rồi khóa: dvk close {quarter.key}"
    if sent and not came:
        return line, f"Gửi biểu mẫu, thả tệp nhận về vào nhan-ve/{quarter.key}, rồi: dvk consolidate {quarter.key}"
    return line, f"Xem ket-qua/{quarter.key}/tong-hop.xlsx (trang Tổng quan) và bao-cao.docx."


def _sealed(edition: int) -> str:
    return f"đã khóa (bổ sung lần {edition})" if edition else "đã khóa"


def _unsealed(space: Workspace, quarter: Quarter, sealed: Mapping[int, Path]) -> bool:
    """Whether what was consolidated last is no sealed edition yet."""
    try:
        log = json.loads((space.results(quarter.key) / LOG).read_text(encoding="utf-8-sig"))
        return int(log.get("lan_bo_sung", 0)) not in sealed
    except (OSError, ValueError, AttributeError):
        return not sealed


def _first_step(space: Workspace, day: date) -> str:
    quarter = min(max(Quarter.of(day), space.plan.first_quarter), space.plan.last_quarter)
    return f"Tạo biểu mẫu gửi các đơn vị: dvk forms {quarter.key}"


def _count(folder: Path, pattern: str) -> int:
    return sum(1 for path in folder.rglob(pattern) if path.is_file()) if folder.is_dir() else 0


def _newer(space: Workspace, quarter: Quarter) -> bool:
    """Whether something came after the last consolidation."""
    made = (space.results(quarter.key) / TOTALS).stat().st_mtime
    folder = space.received(quarter.key)
    return any(path.is_file() and path.stat().st_mtime > made for path in folder.rglob("*"))
