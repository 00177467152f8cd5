"""What the register still lacks on a day, before any form is made: told by ``dvk``, and counted on its first page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from dvk_reports.model.periods import Quarter, quarters_between
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.register.register import Register
from dvk_reports.plan.register.sheets import DEADLINES, HAMLETS, SIGNERS, UNITS
from dvk_reports.vietnamese.numbers import show_count

_NAMED = 3
"""Names that a sentence lists; more of them are counted."""


def gaps(plan: Plan, register: Register, day: date) -> Iterator[str]:
    """A sentence for each kind of thing that is missing, in the order of the sheets."""
    units = register.units_on(day)
    silent = [unit.name for unit in units if not unit.email]
    bare = [unit.name for unit in units if plan.has_hamlets(unit.kind) and not register.hamlets_of(unit.code, day)]
    open_ended = [quarter.key for quarter in quarters_to_come(plan, day) if quarter not in register.deadlines]
    unsigned = [paper.ten for paper in plan.documents.van_ban if register.signer(paper.ma, day) is None]
    for sheet, what, names in (
        (UNITS, "đơn vị chưa có thư điện tử", silent),
        (HAMLETS, "đơn vị chưa có thôn, tổ dân phố nào", bare),
        (DEADLINES, "kỳ sắp tới chưa có hạn nộp", open_ended),
        (SIGNERS, "loại văn bản chưa có người ký", unsigned),
    ):
        if names:
            yield f"Trang {sheet}: {show_count(len(names))} {what}: {_listed(names)}."


def quarters_to_come(plan: Plan, day: date) -> Sequence[Quarter]:
    """The quarters of the plan from the one of a day on."""
    first = max(Quarter.of(day), plan.first_quarter)
    return quarters_between(first, plan.last_quarter) if first <= plan.last_quarter else ()


def _listed(names: Sequence[str]) -> str:
    more = f" và {show_count(len(names) - _NAMED)} mục khác" if len(names) > _NAMED else ""
    return "; ".join(names[:_NAMED]) + more
