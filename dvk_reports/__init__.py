"""Batch reporting of the “Dân vận khéo” movement: forms in, consolidated workbook and Word report out.

>>> from dvk_reports import consolidate, rehearse
>>> result = consolidate("samples/bao-yen", "2023-Q3")          # doctest: +SKIP
>>> result.summary, result.frame("Chỉ tiêu")                    # doctest: +SKIP

The names below are imported when they are first used, so that ``import dvk_reports`` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from dvk_reports._version import __version__

if TYPE_CHECKING:
    from dvk_reports.errors import DvkError, UnknownSheetError
    from dvk_reports.model.figures import Figure
    from dvk_reports.model.findings import Finding
    from dvk_reports.run.awards import draft_awards, propose_awards
    from dvk_reports.run.check import check_files
    from dvk_reports.run.close import close_period
    from dvk_reports.run.consolidate import consolidate, rehearse
    from dvk_reports.run.form_review import review_forms
    from dvk_reports.run.forms import make_forms
    from dvk_reports.run.init import init_workspace
    from dvk_reports.run.lint import lint_documents
    from dvk_reports.run.plans import check_plan, list_plans, load_plan, new_plan, open_workspace
    from dvk_reports.run.replay import replay_rule
    from dvk_reports.run.rules import list_rules
    from dvk_reports.run.send import send_mails
    from dvk_reports.run.status import status
    from dvk_reports.run.steps.write import Result
    from dvk_reports.run.templates import check_templates, template_fields
    from dvk_reports.run.unit_locks import lock_unit
    from dvk_reports.run.verify import verify_archive
    from dvk_reports.workspace.folder import Workspace

_HOMES = {
    "DvkError": "dvk_reports.errors",
    "Figure": "dvk_reports.model.figures",
    "Finding": "dvk_reports.model.findings",
    "Result": "dvk_reports.run.steps.write",
    "UnknownSheetError": "dvk_reports.errors",
    "Workspace": "dvk_reports.workspace.folder",
    "check_plan": "dvk_reports.run.plans",
    "check_files": "dvk_reports.run.check",
    "check_templates": "dvk_reports.run.templates",
    "close_period": "dvk_reports.run.close",
    "consolidate": "dvk_reports.run.consolidate",
    "draft_awards": "dvk_reports.run.awards",
    "init_workspace": "dvk_reports.run.init",
    "list_plans": "dvk_reports.run.plans",
    "lint_documents": "dvk_reports.run.lint",
    "lock_unit": "dvk_reports.run.unit_locks",
    "load_plan": "dvk_reports.run.plans",
    "list_rules": "dvk_reports.run.rules",
    "new_plan": "dvk_reports.run.plans",
    "make_forms": "dvk_reports.run.forms",
    "propose_awards": "dvk_reports.run.awards",
    "open_workspace": "dvk_reports.run.plans",
    "rehearse": "dvk_reports.run.consolidate",
    "replay_rule": "dvk_reports.run.replay",
    "review_forms": "dvk_reports.run.form_review",
    "send_mails": "dvk_reports.run.send",
    "status": "dvk_reports.run.status",
    "template_fields": "dvk_reports.run.templates",
    "verify_archive": "dvk_reports.run.verify",
}
__all__ = [
    "DvkError",
    "Figure",
    "Finding",
    "Result",
    "UnknownSheetError",
    "Workspace",
    "__version__",
    "check_files",
    "check_plan",
    "check_templates",
    "close_period",
    "consolidate",
    "draft_awards",
    "init_workspace",
    "lint_documents",
    "list_plans",
    "list_rules",
    "load_plan",
    "lock_unit",
    "make_forms",
    "new_plan",
    "open_workspace",
    "propose_awards",
    "rehearse",
    "replay_rule",
    "review_forms",
    "send_mails",
    "status",
    "template_fields",
    "verify_archive",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return list(__all__)
