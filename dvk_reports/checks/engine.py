"""All rules on one return, in one list: what reading found, the rules of the rule book, the functions.

What stands is what ``checks.yaml`` holds in force on the last day of the period.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dvk_reports.checks.context import Case
from dvk_reports.checks.force import in_force
from dvk_reports.checks.history import HISTORY
from dvk_reports.checks.one_return import CHECKS, NEED_REGISTER, identity
from dvk_reports.checks.row_rules import sheet_rules
from dvk_reports.model.records import Finding, Level, Stop


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings of one return. ``refused``: why the file as a whole cannot be used, or ""."""

    findings: tuple[Finding, ...]
    refused: str

    @property
    def stops(self) -> frozenset[Stop]:
        return frozenset(stop for finding in self.findings for stop in finding.stops)


def check_return(case: Case) -> Checked:
    """Findings of one return, blockers first, each cell and rule once.

    A file that K01 refuses is told so and nothing more: what it holds cannot be judged without unit and period.
    """
    day = max(case.quarter.last_day, case.plan.first_quarter.last_day)
    first = in_force(case.plan, identity(case), day)
    refusing = [finding for finding in first if finding.refuses]
    if refusing:
        return Checked(tuple(_ordered(case, first)), " ".join(dict.fromkeys(f.text for f in refusing)))
    found = list(_of_given(case, case.form.findings))
    for sheet in case.given:
        if sheet in case.form.sheets:
            found += sheet_rules(case, case.plan.sheets[sheet])
    for check in (*CHECKS, *HISTORY):
        if case.register is not None or check not in NEED_REGISTER:
            found += check(case)
    return Checked(tuple(_ordered(case, [*first, *in_force(case.plan, found, day)])), "")


def left_out() -> tuple[str, ...]:
    """First line of every rule that is not run without a register."""
    return tuple((check.__doc__ or check.__name__).splitlines()[0] for check in NEED_REGISTER)


def _of_given(case: Case, findings: Iterable[Finding]) -> Iterable[Finding]:
    """What reading found in sheets that count; a mistake in a sheet that was not given stops nothing."""
    return [finding for finding in findings if finding.sheet in case.given or finding.sheet not in case.plan.sheets]


def _ordered(case: Case, findings: Iterable[Finding]) -> list[Finding]:
    unique: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        # A blank cell may be asked for by two conditions; everything else is another mistake if it says another thing.
        sense = "" if finding.code == "K02" and finding.cell else finding.text
        place = (finding.code, finding.level, finding.sheet, finding.cell, sense)
        unique.setdefault(place, replace(finding, subject=finding.subject or _subject(case, finding)))
    order = {sheet: index for index, sheet in enumerate(case.plan.sheets)}
    return sorted(unique.values(), key=lambda f: (f.level.rank, order.get(f.sheet, len(order)), _place(f.cell), f.code))


_SUBJECTS = (
    "ma_mo_hinh",
    "ma_thon",
    "ten",
    "ten_lop",
    "tieu_de",
    "don_vi_duoc_kt",
    "dot",
    "noi_dung",
    "ten_thon_moi",
    "ten_thon_cu",
)


def _subject(case: Case, finding: Finding) -> str:
    """What the row of a finding is about."""
    sheet = case.form.sheets.get(finding.sheet)
    row = next((row for row in sheet.rows if row.number == finding.row), None) if sheet and finding.row else None
    values = [row.values[key].text for key in _SUBJECTS if key in row.values] if row is not None else []
    return next((text for text in values if text), "")


def _place(cell: str) -> tuple[int, int, str]:
    """C8 before C10, and row before column."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or 0), len(letters), letters


def count(findings: Iterable[Finding], level: Level) -> int:
    """How many findings of a level; an answered warning rests and is not counted."""
    return sum(1 for f in findings if f.level is level and not (f.answer and level is Level.WARNING))
