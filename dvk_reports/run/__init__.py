"""The road: order of the steps, all or nothing, the sum of files, the run record."""

from dvk_reports.run.awards import Drafted, Proposed, draft_awards, propose_awards
from dvk_reports.run.check import CheckedFile, CheckResult, check_files
from dvk_reports.run.close import Closed, close_period
from dvk_reports.run.consolidate import consolidate
from dvk_reports.run.documents import check_templates, lint_documents, list_rules, template_fields
from dvk_reports.run.forms import FormsResult, init_workspace, make_forms
from dvk_reports.run.rules import RuleList
from dvk_reports.run.status import Status, status
from dvk_reports.run.steps.write import Result
from dvk_reports.run.verify import Verified, verify_archive

__all__ = [
    "CheckResult",
    "CheckedFile",
    "Closed",
    "Drafted",
    "FormsResult",
    "Proposed",
    "Result",
    "RuleList",
    "Status",
    "Verified",
    "check_files",
    "check_templates",
    "close_period",
    "consolidate",
    "draft_awards",
    "init_workspace",
    "lint_documents",
    "list_rules",
    "make_forms",
    "propose_awards",
    "status",
    "template_fields",
    "verify_archive",
]
