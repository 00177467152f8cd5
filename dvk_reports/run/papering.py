"""What the commands on Word files do: the office's templates, and any document against the official format."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dvk_reports.papers.template_check import Field, TemplateProblem
from dvk_reports.papers.template_check import check_templates as _check
from dvk_reports.papers.template_check import template_fields as _fields
from dvk_reports.plan.rulebook import Plan, load_plan
from dvk_reports.workspace import Workspace, open_workspace


def check_templates(workspace: Workspace | Path | str, as_of: date | None = None) -> tuple[TemplateProblem, ...]:
    """Problems of the Word templates in ``mau-word/``: unknown and unused fields, marks a person has broken."""
    space = workspace if isinstance(workspace, Workspace) else open_workspace(workspace)
    return _check(space.root / "mau-word", space.plan)


def template_fields(plan: Plan | None = None) -> tuple[Field, ...]:
    """Every field of every template, with its meaning and an example."""
    return tuple(_fields(plan or load_plan()))
