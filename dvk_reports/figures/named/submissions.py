"""The returns themselves: who sent in time, and who must be reminded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from dvk_reports.figures.contributions import Contribution, of_unit
from dvk_reports.figures.counted import Computed, quarters_read
from dvk_reports.figures.ledger import Ledger
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import LATE, ON_TIME, Submission, UnitState, is_late
from dvk_reports.model.shelf import Pile
from dvk_reports.plan.book.registry import figure_function
from dvk_reports.plan.book.rulebook import FigureSpec, Plan
from dvk_reports.plan.register.register import Unit


@figure_function("nop_dung_han")
def on_time(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """Đơn vị nộp đúng hạn trên số đơn vị đã rõ đúng hay không đúng hạn; nhiều quý thì cộng lượt đơn vị các quý.

    Quý chưa có hạn nộp, hoặc chưa tổng hợp, thì để trống.
    """
    codes = ledger.due_units
    items: Pile[Contribution] = Pile()
    for quarter in quarters_read(ledger, spec):
        deadline = ledger.register.deadlines.get(quarter)
        if deadline is None or quarter not in ledger.submissions:
            lacking = "chưa có hạn nộp trong danh mục" if deadline is None else "chưa có số liệu"
            several = f" {quarter.title}" if len(ledger.period.quarters) > 1 else ""
            return Computed([], codes, [f"{lacking}{several}"], no_value=True)
        items.extend(_punctual_units(ledger, quarter, deadline.due))
    return Computed(items, codes)


def _punctual_units(ledger: Ledger, quarter: Quarter, due: date) -> Iterator[Contribution]:
    for submission in ledger.sent(quarter):
        unit = ledger.former_unit(submission)
        accepted = submission.state is UnitState.ACCEPTED
        if (accepted and submission.received is not None) or (not accepted and ledger.office.day > due):
            yield of_unit(unit, below=True)
        if accepted and submission.punctual == ON_TIME:
            yield of_unit(unit, below=False)


REASONS = (UnitState.MISSING.value, LATE, UnitState.REFUSED.value, UnitState.CONFLICT.value)
"""Why a unit is to be reminded: the lines of the figure."""


def _wrong_reasons(plan: Plan, names: Sequence[str]) -> str:
    """A line for each reason, in whatever order."""
    return "" if not names or sorted(names) == sorted(REASONS) else f"phải có đúng các dòng: {', '.join(REASONS)}."


@figure_function("can_nhac", wrong_lines=_wrong_reasons)
def to_remind(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """Đơn vị chưa nộp, nộp muộn, bị trả lại hoặc cần xác minh ở quý cuối kỳ; mỗi đơn vị tính một lần."""
    lines: dict[str, Pile[Contribution]] = {name: Pile() for name in (spec.phan_to.nhan if spec.phan_to else ())}
    items: Pile[Contribution] = Pile()
    missing = False
    for submission in ledger.due:
        unit, why = ledger.former_unit(submission), _why_remind(submission)
        if not why:
            continue
        missing = missing or submission.state is UnitState.MISSING
        here = of_unit(unit, below=False)
        if why in lines:
            lines[why].append(here)
        items.append(here)
    deadline = ledger.register.deadlines.get(ledger.last)
    early = deadline is not None and ledger.office.day <= deadline.due and missing
    return Computed(items, ledger.due_units, ["chưa đến hạn"] if early else [], lines=lines)


def _why_remind(submission: Submission) -> str:
    """Why a unit is to be reminded; "" where it is not."""
    if submission.state is UnitState.UNREADABLE:
        return UnitState.REFUSED.value
    if submission.state is not UnitState.ACCEPTED:
        return submission.state.value
    return LATE if is_late(submission.punctual) else ""
