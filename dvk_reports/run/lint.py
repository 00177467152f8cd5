"""Word files against the official format of their family."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from dvk_reports.papers.lint import documents
from dvk_reports.papers.lint.documents import LintResult
from dvk_reports.run.plans import plan_of
from dvk_reports.workspace.folder import Place


def lint_documents(
    workspace: Place | None, paths: Iterable[Path | str], as_of: date | None = None
) -> tuple[LintResult, ...]:
    """Each Word file against the official format of its family on its day."""
    plan = plan_of(workspace)
    return tuple(documents.lint_documents(paths, plan, day=as_of and plan.day_of_run(as_of)))
