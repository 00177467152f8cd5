"""Where the workspace stands and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from dvk_reports.errors import DvkError, WorkspaceError
from dvk_reports.mail.outbox import FORM, MAIL, waiting
from dvk_reports.model.periods import Quarter, quarters_between
from dvk_reports.plan.register.gaps import gaps
from dvk_reports.plan.register.sheets import FILE as REGISTER
from dvk_reports.run.plans import opened
from dvk_reports.run.steps.next_step import Desk, Step, mails_to_send, next_step, open_cases
from dvk_reports.run.steps.register_told import register_lines
from dvk_reports.run.steps.standing import QuarterStanding, RoundStanding, quarter_standing, round_standing
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.text import upper_first
from dvk_reports.vietnamese.typed import typed
from dvk_reports.workspace.folder import Place, Workspace
from dvk_reports.workspace.sent import SentLog


@dataclass(frozen=True)
class Status:
    """Lines to read, and the one thing to do next."""

    lines: tuple[str, ...]
    step: Step

    @property
    def next_step(self) -> str:
        """The step with its command, as it is typed in the folder of the workspace."""
        return self.step.line()


def status(workspace: Place, as_of: date | None = None) -> Status:
    """Look at the folders, read no form."""
    space = opened(workspace)
    day = space.plan.day_of_run(as_of)
    if not space.register_path.is_file():
        said = f"Thư mục {space.root} chưa có {REGISTER}; thư mục làm việc ở nơi khác thì thêm -w THƯ_MỤC."
        return Status((said,), Step("Tạo thư mục làm việc ở ngay đây", f"init {typed(space.root)}"))
    log, told = _log_of(space)
    desk = _desk(space, day, log)
    lines = [
        f"Kế hoạch: {space.plan.info.ten}.",
        f"Danh mục: {show_count(len(desk.register.units_on(day)))} đơn vị đang hoạt động.",
        *register_lines(desk.register, desk.register.not_yet(day)),
        *(f"Danh mục còn thiếu. {line}" for line in gaps(space.plan, desk.register, day)),
        *told,
    ]
    for item in desk.quarters:
        lines.append(_of_quarter(item))
        if item is desk.now:
            lines += _to_do(item, desk.unsent.get(item.quarter, 0))
        else:
            lines += (f"  {step.line()}" for step in mails_to_send(desk, item))
    lines += [_of_round(item) for item in desk.rounds if item.listed or item.drafted]
    return Status(tuple(lines), next_step(desk))


def step_after(workspace: Place, as_of: date | None = None) -> Step | None:
    """The step that comes after a run; None where the workspace cannot tell."""
    with suppress(DvkError):
        return status(workspace, as_of).step
    return None


def rounds_at_hand(workspace: Place) -> list[str]:
    """The award rounds of the plan of the workspace; none where the plan cannot be read."""
    with suppress(DvkError):
        return [award.ma for award in opened(workspace).plan.awards.dot]
    return []


def _desk(space: Workspace, day: date, log: SentLog | None) -> Desk:
    plan, register = space.plan, space.register()
    last = min(plan.last_quarter, Quarter.of(day))
    standings = [quarter_standing(space, register, item, day) for item in quarters_between(plan.first_quarter, last)]
    rounds = [round_standing(space, award) for award in plan.awards.dot]
    begun = [item for item in standings if item.begun]
    unsent = {item.quarter: _unsent(space, item, log) for item in begun if log is not None}
    return Desk(space, register, day, begun, rounds, unsent, bool(register.post.get("may_chu")))


def _unsent(space: Workspace, item: QuarterStanding, log: SentLog) -> int:
    """Mails of a quarter, or its forms, with an address, that have not gone."""
    with suppress(WorkspaceError):
        kind = FORM if item.day is None else MAIL
        return sum(1 for mail in waiting(space, item.quarter.key, kind, log) if mail.addresses)
    return 0


def _log_of(space: Workspace) -> tuple[SentLog | None, tuple[str, ...]]:
    """The log of mails; or none, and why nobody knows which have gone, where it cannot be read."""
    try:
        return SentLog(space.root), ()
    except WorkspaceError as error:
        return None, (str(error),)


def _of_quarter(item: QuarterStanding) -> str:
    """The quarter in a line."""
    parts = [
        f"đã tạo {show_count(item.sent)} biểu mẫu" if item.sent else "",
        f"nhận {show_count(item.came)} tệp" if item.came else "",
        f"đã tổng hợp: {show_count(item.used)}/{show_count(item.used + item.silent)} đơn vị có báo cáo được dùng"
        if item.counts
        else "đã tổng hợp"
        if item.day
        else "",
        _sealed(max(item.editions)) if item.editions else "",
        f"khóa riêng {show_count(item.locks)} đơn vị" if item.locks else "",
    ]
    limit = f"; hạn nộp {show_date(item.deadline.due)}" if item.deadline else ""
    said = ", ".join(part for part in parts if part)
    return f"{upper_first(item.quarter.title)}: {said}; {show_count(item.due)} đơn vị phải nộp{limit}."


def _sealed(edition: int) -> str:
    return f"đã khóa (bổ sung lần {edition})" if edition else "đã khóa"


def _to_do(item: QuarterStanding, unsent: int) -> Iterator[str]:
    """What is waited for, and what only people can do, of the quarter that is being worked on."""
    folder = f"ket-qua/{item.quarter.key}"
    if item.to_mend:
        what = f"{show_count(item.to_mend)} đơn vị phải sửa hoặc giải trình"
        yield f"  Chờ đơn vị: {what} (bản đánh dấu ở {folder}/tra-lai)."
    mine = (
        f"gọi {show_count(item.silent)} đơn vị chưa có báo cáo được dùng ({folder}/don-doc/goi-dien.xlsx)"
        if item.day and item.silent
        else "",
        f"gửi {show_count(unsent)} {'thư' if item.day else 'biểu mẫu'}" if unsent else "",
        f"xác minh {show_count(item.doubtful)} đơn vị gửi hai bản khác nhau" if item.doubtful else "",
    )
    said = "; ".join(part for part in mine if part)
    if said:
        yield f"  Việc của người tổng hợp: {said}."


def _of_round(item: RoundStanding) -> str:
    what = f"đã xét {show_count(item.proposals)} đề nghị" if item.proposals else "đã xét đề nghị"
    cases = open_cases(item)
    waiting = f"; {cases} chờ quyết định" if cases and not (item.edited or item.drafted) else ""
    drafted = ", đã lập dự thảo" if item.drafted else ""
    return f"Đợt {item.award.ma} ({item.award.ten}): {what}{drafted}{waiting}."
