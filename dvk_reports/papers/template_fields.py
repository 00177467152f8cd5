"""Every template by its file name, with its fields filled from the example quarter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from dvk_reports.papers.example import example_quarter, example_register
from dvk_reports.papers.reminders import DOCUMENT as REMINDER
from dvk_reports.papers.reminders import letter_context, letters
from dvk_reports.papers.report import DOCUMENT as REPORT
from dvk_reports.papers.report import report_context
from dvk_reports.plan.rulebook import Plan

DAY: Final = date(2000, 1, 1)
"""The day written into a paper that is only made to try a template."""


def example_fields(plan: Plan) -> Mapping[str, Mapping[str, object]]:
    """Template file name -> field -> example: text, list of text, or list of rows."""
    register, data = example_register(plan), example_quarter(plan)
    letter = letters(plan, register, data)[0]
    return {
        plan.document(REPORT, data.as_of).mau: report_context(plan, register, data),
        plan.document(REMINDER, data.as_of).mau: letter_context(plan, register, data, letter),
    }
