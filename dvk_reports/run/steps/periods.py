"""The period that a command is asked for, and the one that was probably meant."""

from __future__ import annotations

from contextlib import suppress
from difflib import SequenceMatcher
from pathlib import Path

from dvk_reports.errors import PlanError
from dvk_reports.model.periods import Period, Quarter
from dvk_reports.model.typed_periods import typed_period
from dvk_reports.workspace.folder import Workspace

_ALIKE = 0.4
"""Likeness of what was typed to the key that was meant: “q3” and “2023-Q3” are that near."""


def asked_period(space: Workspace, text: str) -> Period:
    """The period asked for, as far as the plan runs in it; PlanError with the period that was probably meant."""
    try:
        parsed = typed_period(text)
    except PlanError as error:
        raise PlanError(f"{error}{_meant(space, text)}") from None
    plan = space.plan
    within = plan.within(parsed)
    cut = within is None or (within.quarters != parsed.quarters if parsed.is_range else within.last != parsed.last)
    if within is None or cut:
        raise PlanError(
            f"Kỳ {parsed.key} ngoài thời gian của Kế hoạch ({plan.first_quarter.key} - {plan.last_quarter.key})."
            f"{others_at_hand(space, parsed.key)}"
        )
    return within


def asked_quarter(space: Workspace, text: str, what: str) -> Quarter:
    """The quarter that a command is for; PlanError for a longer period, for ``what`` is done by quarters."""
    parsed = asked_period(space, text)
    if parsed.key != parsed.last.key:
        raise PlanError(f"Kỳ “{text}” gồm nhiều quý; {what}, ví dụ {parsed.last.key}.")
    return parsed.last


def periods_at_hand(root: Path) -> list[str]:
    """Every quarter that a workspace has a folder of, oldest first."""
    found = set()
    for folder in ("gui-di", "nhan-ve", "ket-qua"):
        for path in root.glob(f"{folder}/*"):
            with suppress(PlanError):
                found.add(Quarter.parse(path.name))
    return [quarter.key for quarter in sorted(found)]


def others_at_hand(space: Workspace, text: str) -> str:
    """A sentence that names the quarters at hand; "" where there is none, or only the one that was typed."""
    held = [key for key in periods_at_hand(space.root) if key != text]
    return f" Thư mục làm việc đang có: {', '.join(held)}." if held else ""


def _meant(space: Workspace, text: str) -> str:
    """The one quarter at hand that is nearest to what was typed; else the quarters at hand."""
    typed = "".join(text.split()).upper()
    likeness = {key: SequenceMatcher(None, typed, key).ratio() for key in periods_at_hand(space.root)}
    best = max(likeness.values(), default=0)
    near = [key for key, value in likeness.items() if value == best >= _ALIKE]
    return f" Có phải là {near[0]}?" if len(near) == 1 else others_at_hand(space, text)
