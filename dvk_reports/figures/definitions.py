"""One figure in one period: in which quarters it is in force, by which definition, and what a reader is told of it.

A figure that begins or ends inside a period is given for its quarters. A flow whose definition has changed adds up each
quarter by the definition of that quarter; every other figure follows the definition at the end of the period.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import dvk_reports.figures.named  # noqa: F401  registers them
from dvk_reports.figures.counted import quarters_read
from dvk_reports.figures.ledger import Ledger
from dvk_reports.model.periods import Quarter
from dvk_reports.plan.book.registry import FIGURE_FUNCTIONS
from dvk_reports.plan.book.rulebook import FigureSpec, Plan
from dvk_reports.vietnamese.dates import show_date

FLOWS = ("phat_sinh", "khac_nhau")
"""``ky`` of the figures that add up the quarters of a period."""


@dataclass(frozen=True)
class FigureInPeriod:
    """A figure with its definition at the end of a period and the returns of the quarters in which it is in force."""

    spec: FigureSpec
    ledger: Ledger
    """Looked at in those quarters alone."""
    asked: tuple[Quarter, ...]
    """Every quarter that the period asks of it, in force or not."""

    @property
    def whole(self) -> bool:
        """Whether it is in force in every quarter asked."""
        return self.asked == self.ledger.counted(self.asked)


def figure_in(ledger: Ledger, code: str) -> FigureInPeriod | None:
    """A figure in the period of a ledger; None where it is in force in no quarter of it."""
    own = ledger.for_figure(code)
    spec = own.spec(code, own.last) if own is not None else None
    if own is None or spec is None:
        return None
    asked = {*ledger.period.quarters, *(ledger.year_window if spec.ky == "trong_nam" else ())}
    return FigureInPeriod(spec, own, tuple(sorted(asked)))


def counted_alike(one: FigureSpec, other: FigureSpec) -> bool:
    """Whether two definitions of a figure count the same of the same units."""
    return one is other or (one.phep, one.don_vi, one.ky) == (other.phep, other.don_vi, other.ky)


def definitions(figure: FigureInPeriod) -> list[tuple[FigureSpec, tuple[Quarter, ...]]]:
    """The definitions by which the quarters read are counted, each with its quarters, oldest first."""
    quarters = quarters_read(figure.ledger, figure.spec)
    if figure.spec.ky not in FLOWS:
        return [(figure.spec, quarters)]
    found: list[tuple[FigureSpec, tuple[Quarter, ...]]] = []
    for quarter in quarters:
        then = figure.ledger.spec(figure.spec.ma, quarter)
        if then is None or then.ky != figure.spec.ky:
            continue
        if found and counted_alike(found[-1][0], then):
            found[-1] = (then, (*found[-1][1], quarter))
        else:
            found.append((then, (quarter,)))
    return found


# --- what a reader is told ------------------------------------------------------------------------------------------


def in_force_when(what: str, held: Sequence[Quarter], asked: Sequence[Quarter]) -> list[str]:
    """“cột “Hình thức” có từ quý I năm 2024”, of what is in force in some of the quarters asked; else nothing."""
    inside = [quarter for quarter in asked if quarter in held]
    if not inside or len(inside) == len(asked):
        return []
    since = f" từ {inside[0].title}" if inside[0] != asked[0] else ""
    until = f" đến {inside[-1].title}" if inside[-1] != asked[-1] else ""
    gaps = [q.title for q in asked if inside[0] < q < inside[-1] and q not in held]
    but = f", trừ {', '.join(gaps)}" if gaps else ""
    return [f"{what} có{since}{until}{but}"]


def dated_notes(figure: FigureInPeriod) -> list[str]:
    """What is in force in a part of the period only: the figure itself, columns that it reads, a way of counting."""
    ledger = figure.ledger
    if figure.whole and len({id(ledger.on(quarter)) for quarter in figure.asked}) == 1:
        return []
    read = quarters_read(ledger, figure.spec)
    notes = in_force_when("chỉ tiêu", ledger.counted(figure.asked), figure.asked)
    for sheet, key in _columns(figure, read):
        held = [quarter for quarter in read if asked_for(ledger.on(quarter), sheet, key)]
        if held:
            caption = ledger.on(held[-1]).sheets[sheet].fields[key].ten
            notes += in_force_when(f"cột “{caption}”", held, read)
    return [*notes, *_changes(figure, read)]


def asked_for(plan: Plan, sheet: str, key: str) -> bool:
    """Whether the form has a column."""
    return sheet in plan.sheets and key in plan.sheets[sheet].fields


def _columns(figure: FigureInPeriod, read: Sequence[Quarter]) -> dict[tuple[str, str], None]:
    """Every column that a definition of the quarters read names, in order."""
    found: dict[tuple[str, str], None] = {}
    for quarter in read:
        spec, plan = figure.ledger.spec(figure.spec.ma, quarter), figure.ledger.on(quarter)
        if spec is None:
            continue
        named = [(sheet, key) for sheet, key, _ in spec.stop_columns]
        operation = spec.phep
        conditions = [entry.o for entry in operation.loc]
        own = (operation.cot, operation.tu, operation.mau, *conditions) if operation.sheet else ()
        named += [(operation.sheet, key) for key in own if key]
        named += [(breakdown_sheet(plan, spec, key), key) for key in (spec.phan_to.cot if spec.phan_to else ())]
        found |= dict.fromkeys(named)
    return found


def breakdown_sheet(plan: Plan, spec: FigureSpec, column: str) -> str:
    """The sheet of a column whose labels are the lines of the breakdown."""
    function = FIGURE_FUNCTIONS.get(spec.phep.ham or "")
    read_itself = (plan.sheet(role) for role in function.reads) if function is not None else ()
    candidates = (spec.phep.sheet, *read_itself, *spec.sheets)
    return next((name for name in candidates if name and asked_for(plan, name, column)), "")


def _changes(figure: FigureInPeriod, read: Sequence[Quarter]) -> Iterator[str]:
    """From when the way of counting is another one."""
    before: FigureSpec | None = None
    for quarter in read:
        then = figure.ledger.spec(figure.spec.ma, quarter)
        if then is None:
            continue
        if before is not None and not counted_alike(before, then):
            if figure.spec.ky not in FLOWS:
                yield f"cả năm theo cách tính từ {quarter.title}"
            elif before.ky != figure.spec.ky:
                yield f"cách tính đổi từ {quarter.title}, các quý trước không cộng vào"
            else:
                yield f"cách tính đổi từ {quarter.title}"
        before = then


def other_way_note(now: FigureSpec, then: FigureSpec) -> str:
    """“theo cách tính trước ngày 01/01/2024” for a figure that was counted in another way then; "" where it was not."""
    return "" if counted_alike(now, then) else f"theo cách tính trước ngày {show_date(now.tu_ngay)}"
