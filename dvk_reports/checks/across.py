"""All rules on the used returns of a period together: from returns to findings.

Every pair is told once, on the later one (register order, then row), and names the other with its unit and row. All are
Cảnh báo: two units may each be right, and only they can tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

import dvk_reports.checks.rules  # noqa: F401  registers them
from dvk_reports.checks.engine import in_order
from dvk_reports.checks.together import Sent, Together
from dvk_reports.model.findings import Finding, Stop
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import Return
from dvk_reports.plan.book.registry import CHECKS_ACROSS
from dvk_reports.plan.duty import duties
from dvk_reports.plan.office import Office

Stops: TypeAlias = Mapping[str, frozenset[Stop]]


def across(
    office: Office, quarter: Quarter, returns: Sequence[Return], stops: Stops = MappingProxyType({})
) -> tuple[Finding, ...]:
    """Findings over the used returns of one quarter, in register order; each is about the file it names.

    ``returns``: those that count, one for a unit; a unit that is not in the register is left out. ``stops``: what the
    rules on one return have stopped, by file.
    """
    plan, register = office.plan_of(quarter), office.register
    sent = []
    for form in returns:
        unit = register.by_code.get(form.unit)
        if unit is not None:
            given = frozenset(duties(plan, unit.kind, quarter))
            sent.append(Sent(unit, form, given, stops.get(form.file, frozenset())))
    sent.sort(key=lambda item: item.unit.order)
    together = Together(plan, register, quarter, tuple(sent))
    found = [finding for check in in_order(CHECKS_ACROSS) for finding in check.function(together)]
    order = {item.unit.code: place for place, item in enumerate(sent)}
    return tuple(sorted(found, key=lambda finding: (order[finding.unit], finding.sheet, finding.row)))
