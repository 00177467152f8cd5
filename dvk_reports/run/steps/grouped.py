"""Findings as they are read on a screen: blockers first, and the same mistake in forty cells is one message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dvk_reports.model.findings import Finding, Level
from dvk_reports.plan.book.rulebook import Plan

_CELLS = 8
"""Cells named of one unit in one message; all of them stand in sheet Lỗi."""
_UNITS = 6


def message_lines(plan: Plan, findings: Iterable[Finding]) -> tuple[str, ...]:
    """One line for each mistake, whatever the number of its cells, in order of weight."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    resting = 0
    for finding in findings:
        if finding.answer and finding.level is Level.WARNING:
            resting += 1
            continue
        groups.setdefault((finding.level, finding.code, finding.rule or finding.text), []).append(finding)
    ordered = sorted(groups.values(), key=lambda group: group[0].level.rank)
    lines = [_line(plan, group) for group in ordered]
    if resting:
        lines.append(f"{resting} cảnh báo đã có giải trình (xem trang Lỗi).")
    return tuple(lines)


def _line(plan: Plan, group: Sequence[Finding]) -> str:
    first = group[0]
    head = f"{first.level.value} {first.code}"
    if len(group) == 1:
        place = " ".join(part for part in (first.unit, first.sheet, first.cell) if part) or first.file
        return f"{head} · {place}: {first.text} {_remedy(first)}".rstrip()
    sentence = next((rule.cau for rule in plan.checks.luat if rule.thong_bao == first.rule), first.text)
    return f"{head} · {len(group)} chỗ: {sentence} {_places(group)}"


def _remedy(finding: Finding) -> str:
    return "" if finding.level is Level.NOTE else finding.remedy


def _places(group: Sequence[Finding]) -> str:
    """Units with the cells of each, as in ``DB-XA-02950 (B2 C8, C9; B3 D10)``."""
    units: dict[str, dict[str, list[str]]] = {}
    for finding in group:
        units.setdefault(finding.unit or finding.file, {}).setdefault(finding.sheet, []).append(finding.cell)
    named = [_of_unit(unit, sheets) for unit, sheets in list(units.items())[:_UNITS]]
    if len(units) > _UNITS:
        named.append(f"và {len(units) - _UNITS} đơn vị khác")
    return "; ".join(named) + "."


def _of_unit(unit: str, sheets: dict[str, list[str]]) -> str:
    parts = []
    for sheet, cells in sheets.items():
        shown = [cell for cell in cells if cell][:_CELLS]
        more = f" … ({len(cells)} ô)" if len(cells) > _CELLS else ""
        parts.append(f"{sheet} {', '.join(shown)}{more}".strip())
    inside = "; ".join(part for part in parts if part)
    return f"{unit} ({inside})" if unit and inside else unit or inside
