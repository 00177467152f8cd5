"""What a plan may name that is no YAML: functions that are registered in the rooms above, and Word templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dvk_reports.plan.book.registry import Registered


@dataclass(frozen=True)
class Known:
    """Name -> what is registered under it. The rooms above the plan fill it (``run.plans``)."""

    figure_functions: Mapping[str, Registered]
    """For ``phep: {ham: …}``: figures of their own, and tests of units."""
    row_filters: Mapping[str, Registered]
    """For ``loc: [{ham: …}]``."""
    checks: Mapping[str, Registered]
    """Every rule that is no line of YAML, with the codes of what it tells."""
    templates: frozenset[str] = field(default_factory=frozenset)
    """File names of the Word templates at hand, the program's and the office's own."""
