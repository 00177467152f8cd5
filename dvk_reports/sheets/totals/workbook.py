"""``tong-hop.xlsx``: what a period has come to, for the clerk to act on, for the next level and for the next quarter.

Sheets and keys are those of the contract (``results.csv``); every number in it was computed before, nothing is counted
here but lines. The same Consolidation gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dvk_reports.model.consolidation import Consolidation
from dvk_reports.plan.office import Office
from dvk_reports.sheets.base.book import Formats, stream
from dvk_reports.sheets.base.pages import EXCEL, Limits
from dvk_reports.sheets.base.written import Written, write_book
from dvk_reports.sheets.totals.board import write_board
from dvk_reports.sheets.totals.context import TotalsContext
from dvk_reports.sheets.totals.figures import write_figures, write_sources
from dvk_reports.sheets.totals.hamlet_changes import write_hamlet_changes
from dvk_reports.sheets.totals.lists import write_files, write_findings, write_submissions
from dvk_reports.sheets.totals.models import write_models
from dvk_reports.sheets.totals.overview import write_overview
from dvk_reports.sheets.totals.progress import write_progress
from dvk_reports.sheets.totals.remarks import write_remarks
from dvk_reports.sheets.totals.restated import write_restated
from dvk_reports.sheets.totals.rows import write_rows
from dvk_reports.sheets.totals.trend_charts import write_trend_charts
from dvk_reports.sheets.totals.trends import write_trend
from dvk_reports.sheets.totals.waivers import write_waivers
from dvk_reports.sheets.totals.years import write_years

FILE = "tong-hop.xlsx"


STREAMED = 300
"""From so many returns on the sheets of rows are streamed: they no longer stand in memory, nor the finished file."""


def write_consolidated(
    target: Path | Written, office: Office, data: Consolidation, limits: Limits = EXCEL, streamed: int = STREAMED
) -> None:
    """Write the whole workbook; SheetError where Excel or the disk does not take it.

    ``target`` is a path or anything that takes the file piece by piece. The register of ``office`` gives names, groups
    and order of the units.
    """
    on_disk = len(data.used) >= streamed
    write_book(target, FILE, lambda book: _write(book, office, data, limits), on_disk=on_disk)


def _write(book: Any, office: Office, data: Consolidation, limits: Limits) -> None:
    context = TotalsContext(book, Formats(book), office, data, limits)
    write_overview(context)
    write_restated(context)
    write_figures(context)
    write_years(context)
    write_progress(context)
    write_trend_charts(context, write_trend(context))
    stream(book)
    write_board(context)
    write_submissions(context)
    write_findings(context)
    write_files(context)
    write_sources(context)
    write_waivers(context)
    write_remarks(context)
    write_hamlet_changes(context)
    write_models(context)
    write_rows(context)
