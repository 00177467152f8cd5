"""Findings as they are read on a screen: blockers first, and the same mistake in forty cells is one message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from dvk_reports.messages.faults import FAULTS
from dvk_reports.model.findings import Finding, Level
from dvk_reports.vietnamese.lists import Listed

_CELLS = 8
"""Cells named of one unit in one message; all of them stand in sheet Lỗi."""
NO_NAMES: Mapping[str, str] = MappingProxyType({})


def message_lines(findings: Iterable[Finding], names: Mapping[str, str] = NO_NAMES) -> tuple[str, ...]:
    """One line for each mistake, whatever the number of its cells, in order of weight.

    ``names``: what a unit is called, where its code alone would be read.
    """
    groups: dict[tuple[object, ...], _Group] = {}
    same: dict[str, str] = {}
    resting = 0
    for finding in findings:
        if finding.answer and finding.level is Level.WARNING:
            resting += 1
            continue
        key = finding.level, finding.code, finding.rule or finding.text
        group = groups.get(key)
        if group is None:
            group = groups[key] = _Group(finding)
        where, sheet, cell = (same.setdefault(text, text) for text in _place(finding))
        group.count += 1
        group.of_units = group.of_units and bool(finding.unit)
        group.places[where] = (*group.places.get(where, ()), sheet, cell)
    ordered = sorted(groups.values(), key=lambda group: group.first.level.rank)
    lines = [_line(group, names) for group in ordered]
    if resting:
        lines.append(f"{resting} cảnh báo đã có giải trình (xem trang Lỗi).")
    return tuple(lines)


@dataclass(slots=True)
class _Group:
    """The same mistake wherever it is: of thousands of findings the places alone."""

    first: Finding
    count: int = 0
    of_units: bool = True
    places: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Unit, or file -> sheet, cell, sheet, cell …"""

    @property
    def named(self) -> Iterator[tuple[str, Mapping[str, Sequence[str]]]]:
        """Each unit with its sheets and their cells."""
        for where, cells in self.places.items():
            sheets: dict[str, list[str]] = {}
            for sheet, cell in zip(cells[::2], cells[1::2], strict=True):
                sheets.setdefault(sheet, []).append(cell)
            yield where, sheets


def _place(finding: Finding) -> tuple[str, str, str]:
    return finding.unit or finding.file, finding.sheet, finding.cell


def finding_line(finding: Finding) -> str:
    """One finding of one file: its cell, what stands there, what is wrong, how to mend it."""
    place = " ".join(part for part in (finding.sheet, finding.cell) if part) or "cả tệp"
    held = f" (đang ghi “{finding.raw}”)" if finding.raw and finding.raw not in finding.text else ""
    answered = f" Đã giải trình: {finding.answer}" if finding.answer else ""
    return f"{finding.level.value} {finding.code} · {place}{held}: {finding.text} {finding.remedy}{answered}".rstrip()


def _line(group: _Group, names: Mapping[str, str]) -> str:
    first = group.first
    head = f"{first.level.value} {first.code}"
    if group.count == 1:
        unit = names.get(first.unit, first.unit)
        place = " ".join(part for part in (first.sheet, first.cell) if part)
        where = ", ".join(part for part in (unit, place) if part) or first.file
        return f"{head} · {where}: {first.text} {_remedy(first)}".rstrip()
    # Units with the cells of each, as in ``Chi bộ A (B2 C8, C9; B3 D10)``.
    places = [_of_unit(names.get(unit, unit), sheets) for unit, sheets in group.named]
    what = "đơn vị" if group.of_units else "tệp"
    count = f"{len(places)} {what}"
    if group.count > len(places):
        count = f"{group.count} chỗ ở {count}"
    fault = FAULTS.get(first.rule, "") or first.text.rstrip(".")
    return Listed(f"{head} · {fault}: {count}:", places, what)


def _remedy(finding: Finding) -> str:
    return "" if finding.level is Level.NOTE else finding.remedy


def _of_unit(unit: str, sheets: Mapping[str, Sequence[str]]) -> str:
    parts = []
    for sheet, cells in sheets.items():
        shown = [cell for cell in cells if cell][:_CELLS]
        more = f" … và {len(cells) - _CELLS} ô khác" if len(cells) > _CELLS else ""
        parts.append(f"{sheet} {', '.join(shown)}{more}".strip())
    inside = ", ".join(part for part in parts if part)
    return f"{unit} ({inside})" if unit and inside else unit or inside
