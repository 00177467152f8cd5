"""Word files against the official format of their family."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from dvk_reports.papers.lint import documents
from dvk_reports.papers.lint.documents import LintResult
from dvk_reports.plan.book.load import load_plan
from dvk_reports.workspace.folder import Place, opened


def lint_documents(
    workspace: Place | None, paths: Iterable[Path | str], as_of: date | None = None
) -> tuple[LintResult, ...]:
    """Each Word file against the official format of its family on its day."""
    plan = opened(workspace).plan if workspace is not None else load_plan()
    return tuple(documents.lint_documents(paths, plan, day=as_of))
