"""What the clerk does first, in order: units to remind, returns to settle, mistakes to send back, targets at stake."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from dvk_reports.model.figures import NOT_MET, UNDECIDED
from dvk_reports.model.findings import Finding, Level
from dvk_reports.model.returns import AFTER_CLOSING, UnitState, is_late
from dvk_reports.sheets.base.chart_part import chart_words
from dvk_reports.sheets.base.tasks import Task, some
from dvk_reports.sheets.totals.context import FINDINGS, PROGRESS, SUBMISSIONS, TARGETS, TotalsContext
from dvk_reports.sheets.totals.figures import with_goal
from dvk_reports.sheets.totals.hamlet_changes import NAME as HAMLETS

_NAMES = 8
_OF_A_KIND = 3
"""Units named of one kind of mistake; all stand in sheet Lỗi."""
_GOALS = 7
_KINDS = 3
"""Kinds of mistakes told one by one."""


def first_tasks(context: TotalsContext) -> list[Task]:
    """Tasks in the order in which they are to be done; one line that says so where there is none."""
    blocks = (item for item in context.data.findings if item.level is Level.BLOCK)
    warnings = (item for item in context.data.findings if item.level is Level.WARNING and not item.answer)
    tasks = [
        *_units(context),
        *_mistakes(context, blocks, "lỗi Chặn", "chưa được tính; gửi bản đánh dấu trả lại đơn vị."),
        *_mistakes(
            context, warnings, "Cảnh báo chưa giải trình", "đã được tính; hỏi đơn vị, hoặc ghi vào trang Miễn trừ."
        ),
        *_hamlets(context),
        *_targets(context),
        *_overdue(context),
    ]
    return tasks or [Task("Không còn việc phải làm: mọi đơn vị đã được chấp nhận, không có lỗi Chặn, Cảnh báo.")]


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
    late = [item for item in context.data.submissions if is_late(item.punctual)]
    if late:
        after = sum(item.punctual == AFTER_CLOSING for item in late)
        beside = f", trong đó {after} sau khóa sổ" if after else ""
        names = [item.name for item in late]
        yield Task(f"Nộp muộn ({len(late)} đơn vị{beside}):", some(names, _OF_A_KIND, "đơn vị"), SUBMISSIONS)


def _mistakes(context: TotalsContext, findings: Iterable[Finding], what: str, so: str) -> Iterator[Task]:
    """How many there are, then the kinds that touch most: each with all its units, not by one of them."""
    kinds: dict[str, Counter[str]] = {}
    everyone: set[str] = set()
    for finding in findings:
        name = context.name_of(finding.unit) or finding.file.rpartition("/")[2] or finding.unit
        kinds.setdefault(finding.code, Counter())[name] += 1
        everyone.update(filter(None, (finding.unit,)))
    if not kinds:
        return
    known = {item.name for item in context.data.submissions}
    count = sum(whose.total() for whose in kinds.values())
    yield Task(f"{count} {what} ở {len(everyone)} đơn vị:", so, FINDINGS)
    titles = context.plan.checks.ten_ma
    # Kinds that touch as many keep the order of the sheet Lỗi.
    ordered = sorted(kinds.items(), key=lambda item: -len(item[1]))
    for code, whose in ordered[:_KINDS]:
        who = "đơn vị" if known.issuperset(whose) else "tệp" if known.isdisjoint(whose) else "đơn vị, tệp"
        names = some([f"{name} ({n} chỗ)" if n > 1 else name for name, n in whose.items()], _OF_A_KIND, who)
        yield Task(f"{titles[code]}: {len(whose)} {who}:", f"{names} Mã {code}.", FINDINGS)
    rest = ordered[_KINDS:]
    if rest:
        yield Task(f"{len(rest)} loại {what} khác:", f"{sum(whose.total() for _, whose in rest)} chỗ.", FINDINGS)


def _hamlets(context: TotalsContext) -> Iterator[Task]:
    waiting = list(dict.fromkeys(context.name_of(item.unit) for item in context.data.hamlets if item.steps))
    if waiting:
        text = some(waiting, _NAMES, "đơn vị")
        yield Task(f"Thay đổi thôn, tổ dân phố chờ ghi vào danh mục ({len(waiting)} đơn vị):", text, HAMLETS)


def _targets(context: TotalsContext) -> Iterator[Task]:
    goals = with_goal(context.data.figures)
    for verdict, words in ((NOT_MET, "Mục tiêu không đạt"), (UNDECIDED, "Mục tiêu chưa đủ cơ sở kết luận")):
        names = [short_name(context, figure.code, figure.name) for figure in goals if figure.verdict == verdict]
        if names:
            yield Task(f"{words} ({len(names)}):", some(names, _GOALS, "mục tiêu"), TARGETS)


def _overdue(context: TotalsContext) -> Iterator[Task]:
    """Tasks of the plan that are past their day, as far as the register knows."""
    late = [task for task in context.data.tasks if task.overdue]
    if late:
        names = some([f"{task.text} (năm {task.year})" for task in late], _OF_A_KIND, "nhiệm vụ")
        yield Task(f"{len(late)} nhiệm vụ quá hạn, danh mục chưa ghi nhận hoàn thành:", names, PROGRESS)


def short_name(context: TotalsContext, code: str, name: str) -> str:
    """What a figure is called where there is little room; never its code alone."""
    spec = context.plan.figure_specs.get(code)
    return chart_words(spec).ten if spec is not None else name
