"""What every test would pay for and no test looks at."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from openpyxl.worksheet.merge import MergedCellRange

from dvk_reports.plan.book import load
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.book.yaml_text import parsed
from dvk_reports.run.steps import going_out, practice
from dvk_reports.sheets.base.book import Formats
from dvk_reports.sheets.base.patch import Patched
from dvk_reports.sheets.forms import templates
from dvk_reports.sheets.forms.layout import Layout
from dvk_reports.sheets.forms.templates import Templates

RUNS = (going_out, practice, templates)
"""Where a run takes its templates from."""
_KNOWN: dict[int, tuple[Plan, Templates]] = {}
"""The plan is kept with its templates, so that its number is no other's."""


class TemplatesOfPlan:
    """Each kind of form is drawn once in a process of tests, as it is once in a run of the program."""

    def filled(self, layout: Layout, front: Callable[[Any, Formats], None] | None = None) -> Patched:
        if len(_KNOWN) > 4:
            _KNOWN.clear()
        return _KNOWN.setdefault(id(layout.plan), (layout.plan, Templates()))[1].filled(layout, front)


@lru_cache(maxsize=64)
def _tree(text: str, file: str) -> bytes:
    return pickle.dumps(parsed(text, file))


def parsed_once(text: str, file: str) -> Any:
    """What ``parsed`` gives, its own for each plan: a test that changes one file of a rule book has eight the same."""
    return pickle.loads(_tree(text, file))


ROOM = dict.fromkeys(("MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_"), "1000000000")
"""Memory that was given back is asked for again at once: a fifth of what LibreOffice takes to open and save a form."""


def spare() -> None:
    """Waiting for the disk, edges of merged cells, the same YAML again, forms drawn anew in each of a thousand runs."""
    os.environ.update(ROOM)  # for the processes that run the tests beside each other, and for LibreOffice
    os.fsync = lambda handle: None  # type: ignore[assignment]
    MergedCellRange.format = lambda self: None
    load.parsed = parsed_once  # type: ignore[attr-defined]
    for module in RUNS:
        module.Templates = TemplatesOfPlan  # type: ignore[misc,assignment]
