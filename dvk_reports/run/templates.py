"""The office's own Word templates: what is wrong with them, and which fields there are."""

from __future__ import annotations

from datetime import date

from dvk_reports.papers.templates import check
from dvk_reports.papers.templates.check import Field, TemplateProblem
from dvk_reports.run.plans import opened, plan_of
from dvk_reports.workspace.folder import Place


def check_templates(workspace: Place, as_of: date | None = None) -> tuple[TemplateProblem, ...]:
    """Problems of the Word templates in ``mau-word/``: unknown and unused fields, marks a person has broken."""
    space = opened(workspace)
    return tuple(check.check_templates(space.root / "mau-word", space.plan))


def template_fields(workspace: Place | None = None, as_of: date | None = None) -> tuple[Field, ...]:
    """Every field of every template, with its meaning and an example."""
    return tuple(check.template_fields(plan_of(workspace)))
