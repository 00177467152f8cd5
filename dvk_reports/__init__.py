"""Batch reporting of the “Dân vận khéo” movement: forms in, consolidated workbook and Word report out.

>>> from dvk_reports import consolidate
>>> result = consolidate("samples/bao-yen", "2023-Q3")          # doctest: +SKIP
>>> result.summary, result.frame("Chỉ tiêu")                    # doctest: +SKIP

The names below are imported when they are first used, so that ``import dvk_reports`` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from dvk_reports._version import __version__

if TYPE_CHECKING:
    from dvk_reports.errors import DvkError
    from dvk_reports.run import (
        check_files,
        check_templates,
        close_period,
        consolidate,
        draft_awards,
        init_workspace,
        lint_documents,
        list_rules,
        make_forms,
        propose_awards,
        status,
        template_fields,
        verify_archive,
    )
    from dvk_reports.workspace.folder import open_workspace

_HOMES = {
    "DvkError": "dvk_reports.errors",
    "check_files": "dvk_reports.run",
    "check_templates": "dvk_reports.run",
    "close_period": "dvk_reports.run",
    "consolidate": "dvk_reports.run",
    "draft_awards": "dvk_reports.run",
    "init_workspace": "dvk_reports.run",
    "lint_documents": "dvk_reports.run",
    "list_rules": "dvk_reports.run",
    "make_forms": "dvk_reports.run",
    "propose_awards": "dvk_reports.run",
    "open_workspace": "dvk_reports.workspace.folder",
    "status": "dvk_reports.run",
    "template_fields": "dvk_reports.run",
    "verify_archive": "dvk_reports.run",
}
__all__ = [
    "DvkError",
    "__version__",
    "check_files",
    "check_templates",
    "close_period",
    "consolidate",
    "draft_awards",
    "init_workspace",
    "lint_documents",
    "list_rules",
    "make_forms",
    "open_workspace",
    "propose_awards",
    "status",
    "template_fields",
    "verify_archive",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
