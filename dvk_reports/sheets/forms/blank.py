"""The blank form of every kind of unit, as it is shipped with the program.

``python -m tools.regenerate`` writes them anew after a change of the rule book.
"""

from __future__ import annotations

from collections.abc import Mapping

from dvk_reports.plan.book.rulebook import DUE, IF_ANY, Plan
from dvk_reports.plan.duty import ever_given, ticks
from dvk_reports.sheets.forms.layout import FormContent
from dvk_reports.sheets.forms.templates import form_bytes


def blank_content(plan: Plan, kind: str) -> FormContent:
    """Every sheet a kind of unit is ever given, with all its ticks; no unit, period, code or thôn."""
    given = {}
    for sheet in ever_given(plan, kind):
        own = [duty.nghia_vu for duty in plan.sheets[sheet].giao if kind in duty.loai_don_vi]
        given[sheet] = DUE if DUE in own else IF_ANY
    return FormContent(kind=kind, given=given, ticks=ticks(plan, given))


def blank_name(kind: str) -> str:
    """``DB_XA`` -> ``bieu-mau-db-xa.xlsx``."""
    return f"bieu-mau-{kind.lower().replace('_', '-')}.xlsx"


def blank_forms(plan: Plan) -> Mapping[str, bytes]:
    """File name -> content of the blank form of every kind of unit."""
    return {blank_name(kind): form_bytes(plan, blank_content(plan, kind)) for kind in plan.kinds}
