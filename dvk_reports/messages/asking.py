"""What a unit is asked for: which findings want something of it, and which of them come first."""

from __future__ import annotations

from dvk_reports.messages.returns import CATALOGUE
from dvk_reports.model.findings import Finding, Level


def asks_unit(finding: Finding) -> bool:
    """Whether the unit must do something: a Chặn or an unanswered Cảnh báo that is not there only to be known."""
    if finding.level is Level.NOTE or (finding.level is Level.WARNING and finding.answer):
        return False
    said = CATALOGUE.get(finding.rule)
    return said is None or said.asks


def urgency(finding: Finding) -> tuple[int, bool, bool]:
    """Sorts findings so that those come first which stop most: the whole file, a sheet, a value; then the rest."""
    return finding.level.rank, not finding.refuses, all(stop.key for stop in finding.stops)
