"""The calls behind the commands that look at rules, templates and Word files; each takes the workspace first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from dvk_reports.papers.lint.documents import LintResult
from dvk_reports.papers.lint.documents import lint_documents as _lint
from dvk_reports.papers.templates.check import Field, TemplateProblem
from dvk_reports.papers.templates.check import check_templates as _check
from dvk_reports.papers.templates.check import template_fields as _fields
from dvk_reports.plan.book.load import load_plan
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.run.rules import RuleList
from dvk_reports.run.rules import list_rules as _list
from dvk_reports.workspace.folder import Workspace, open_workspace

Place = Workspace | Path | str


def check_templates(workspace: Place, as_of: date | None = None) -> tuple[TemplateProblem, ...]:
    """Problems of the Word templates in ``mau-word/``: unknown and unused fields, marks a person has broken."""
    space = workspace if isinstance(workspace, Workspace) else open_workspace(workspace)
    return tuple(_check(space.root / "mau-word", space.plan))


def template_fields(workspace: Place | None = None, as_of: date | None = None) -> tuple[Field, ...]:
    """Every field of every template, with its meaning and an example."""
    return tuple(_fields(_plan(workspace)))


def lint_documents(
    workspace: Place | None, paths: Iterable[Path | str], as_of: date | None = None
) -> tuple[LintResult, ...]:
    """Each Word file against the official format of its family on its day."""
    return tuple(_lint(paths, _plan(workspace), day=as_of))


def list_rules(workspace: Place | None = None, file: Path | str | None = None, as_of: date | None = None) -> RuleList:
    """Every rule as a sentence; with ``file`` they are written there as a sheet too."""
    found = _list(_plan(workspace), as_of)
    if file is not None:
        found.save(file)
    return found


def _plan(workspace: Place | None) -> Plan:
    return workspace.plan if isinstance(workspace, Workspace) else load_plan()
