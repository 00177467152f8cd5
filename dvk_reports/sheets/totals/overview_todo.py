"""What the clerk does first, in order: units to remind, returns to settle, mistakes to send back, targets at stake."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from dvk_reports.model.figures import NOT_MET, UNDECIDED
from dvk_reports.model.findings import Finding, Level
from dvk_reports.model.returns import LATE, UnitState
from dvk_reports.sheets.base.tasks import Task, some
from dvk_reports.sheets.totals.context import FINDINGS, PROGRESS, SUBMISSIONS, TARGETS, TotalsContext
from dvk_reports.sheets.totals.figures import with_goal

_NAMES = 12
_MISTAKES = 3
_SENTENCE = 95  # characters of a mistake that are shown


def first_tasks(context: TotalsContext) -> list[Task]:
    """Tasks in the order in which they are to be done; one line that says so where there is none."""
    tasks = [*_units(context), *_mistakes(context.data.findings), *_targets(context), *_overdue(context)]
    return tasks or [Task("Không còn việc phải làm: mọi đơn vị đã được chấp nhận, không có lỗi Chặn.")]


def _units(context: TotalsContext) -> Iterator[Task]:
    wanted = (
        (UnitState.MISSING, "Chưa nộp, cần đôn đốc"),
        (UnitState.REFUSED, "Trả lại, chờ gửi lại"),
        (UnitState.CONFLICT, "Cần xác minh bản nào đúng"),
        (UnitState.UNREADABLE, "Tệp không đọc được, chờ gửi lại"),
    )
    for state, words in wanted:
        names = [item.name for item in context.data.submissions if item.state is state]
        if names:
            yield Task(f"{words} ({len(names)} đơn vị):", some(names, _NAMES, "đơn vị"), SUBMISSIONS)
    late = [item.name for item in context.data.submissions if item.punctual == LATE]
    if late:
        yield Task(f"Nộp muộn: {len(late)} đơn vị.", "", SUBMISSIONS)


def _mistakes(findings: Sequence[Finding]) -> Iterator[Task]:
    blocks = [finding for finding in findings if finding.level is Level.BLOCK]
    if not blocks:
        return
    units = len({finding.unit for finding in blocks if finding.unit})
    yield Task(
        f"{len(blocks)} lỗi Chặn ở {units} đơn vị", "làm giá trị không được tính; gửi bản đánh dấu trả lại.", FINDINGS
    )
    kinds = Counter((finding.code, finding.sheet, finding.key) for finding in blocks)
    # Equal counts keep the order of the sheet Lỗi.
    for kind, count in kinds.most_common(_MISTAKES):
        first = next(finding for finding in blocks if (finding.code, finding.sheet, finding.key) == kind)
        text = first.text if len(first.text) <= _SENTENCE else f"{first.text[:_SENTENCE].rstrip()}…"
        where = f", {first.sheet}" if first.sheet else ""
        yield Task(f"{count} lần ({first.code}{where}):", text, FINDINGS)


def _targets(context: TotalsContext) -> Iterator[Task]:
    goals = with_goal(context.data.figures)
    for verdict, words in ((NOT_MET, "Mục tiêu không đạt:"), (UNDECIDED, "Mục tiêu chưa đủ cơ sở kết luận:")):
        codes = [figure.code for figure in goals if figure.verdict == verdict]
        if codes:
            yield Task(words, ", ".join(codes) + ".", TARGETS)


def _overdue(context: TotalsContext) -> Iterator[Task]:
    """Tasks of the plan that are past their day, as far as the register knows."""
    late = [task for task in context.data.tasks if task.overdue]
    if late:
        names = "; ".join(f"{task.code} năm {task.year}" for task in late)
        yield Task(f"{len(late)} nhiệm vụ quá hạn, danh mục chưa ghi nhận hoàn thành:", f"{names}.", PROGRESS)
