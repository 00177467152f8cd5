"""What a run is likely to be for on a day: offered to whoever only has to press Enter, never taken without asking."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dvk_reports.model.periods import Quarter
from dvk_reports.run.plans import opened
from dvk_reports.workspace.folder import Place, Workspace


def likely_forms(workspace: Place, as_of: date | None = None) -> str:
    """The quarter of the day; the one before it as long as it may still be reported in time and has no forms."""
    space = opened(workspace)
    day = space.plan.day_of_run(as_of)
    before = Quarter.of(day).previous
    deadline = space.register().deadlines.get(before)
    late = deadline is not None and day <= deadline.due and not _holds_files(space.outgoing(before.key))
    return _within(space, before if late else Quarter.of(day)).key


def likely_returns(workspace: Place, as_of: date | None = None) -> str:
    """The quarter that ended last; that of the day where files came in for it already."""
    space = opened(workspace)
    now = Quarter.of(space.plan.day_of_run(as_of))
    return _within(space, now if _holds_files(space.received(now.key)) else now.previous).key


def likely_round(workspace: Place, as_of: date | None = None) -> str:
    """The award round that is nearest to the day, before or behind it; "" where the plan has none."""
    space = opened(workspace)
    day = space.plan.day_of_run(as_of)
    rounds = sorted(space.plan.awards.dot, key=lambda award: (abs(award.tu_ngay - day), day - award.tu_ngay))
    return rounds[0].ma if rounds else ""


def _within(space: Workspace, quarter: Quarter) -> Quarter:
    """The quarter, or the one of the plan that is nearest to it."""
    return min(max(quarter, space.plan.first_quarter), space.plan.last_quarter)


def _holds_files(folder: Path) -> bool:
    return any(path.is_file() for path in folder.rglob("*"))
