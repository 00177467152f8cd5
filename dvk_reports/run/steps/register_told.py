"""What is said of the register before anything else: every finding with its cell, and the units that are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dvk_reports.model.findings import Finding
from dvk_reports.plan.register.register import Register
from dvk_reports.plan.register.sheets import FILE, UNITS
from dvk_reports.vietnamese.numbers import show_count


def register_lines(register: Register, more: Sequence[Finding] = ()) -> tuple[str, ...]:
    """Every finding of the register on a line of its own; what it costs first. Nothing where nothing is wrong.

    ``more``: what is wrong with it on the day of the run alone.
    """
    told = sorted((*register.findings, *more), key=lambda finding: finding.level.rank)
    if not told:
        return ()
    head = f"{FILE} có {show_count(len(told))} chỗ cần xem:"
    return (*left_out(register), head, *(f"  {line}" for line in _lines(told)))


def left_out(register: Register) -> Iterator[str]:
    """That units get no form and are counted nowhere, and which."""
    units = register.left_out
    if units:
        named = "; ".join(f"{unit.code} (dòng {unit.row})" if unit.code else f"dòng {unit.row}" for unit in units)
        yield (
            f"{show_count(len(units))} đơn vị không được tạo biểu, không được tính vì dòng ở trang {UNITS} của {FILE} "
            f"có lỗi: {named}."
        )


def _lines(findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        place = " ".join(part for part in (finding.sheet, finding.cell) if part)
        yield f"{finding.level.value} {finding.code} · {place}: {finding.text} {finding.remedy}"
