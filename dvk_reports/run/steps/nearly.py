"""Files that are nobody's by what can be read in them, or another's than they seem, and whose they seem to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from dvk_reports.intake.form.returned import cover_of
from dvk_reports.intake.reading import Reading
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import FileRecord, FileState
from dvk_reports.plan.office import Office
from dvk_reports.run.steps.judge import Judged
from dvk_reports.vietnamese.text import fold

_HARDLY_ANOTHER = 0.85
"""Likeness of two codes, one letter of a short one too many or too few."""
_NOBODYS = (FileState.REFUSED, FileState.UNREADABLE, FileState.NOT_A_FORM)


def with_near(
    office: Office,
    quarter: Quarter,
    files: Sequence[FileRecord],
    readings: Sequence[Reading],
    judged: Mapping[str, Judged],
) -> Iterator[FileRecord]:
    """Every file; those that are of no unit of the register, or of another one, with the unit that they seem to be of.

    It decides nothing: such a unit has sent no return that can be used, but it must not be told that it sent nothing.
    """
    read = {reading.file: reading for reading in readings}
    for record in files:
        if record.unit in office.register.by_code:
            yield replace(record, near=_by_others(office, quarter, record, judged))
            continue
        if record.state not in _NOBODYS:
            yield record
            continue
        item, sender = judged.get(record.file), read[record.file].sender
        near = _by_cover(office, quarter, item) if item is not None else ""
        sender = item.form.sender if item is not None else sender
        signs = [unit.code for _, _, unit in office.register.signs.said(record.file, sender, quarter.last_day)]
        yield replace(record, near=near or next(iter(signs), "") or _by_code(office, quarter, record.unit))


def _by_others(office: Office, quarter: Quarter, record: FileRecord, judged: Mapping[str, Judged]) -> str:
    """The one other unit that name, folder or sender of a form speak of (K32), else ""."""
    item = judged.get(record.file)
    if item is None or item.form.box:
        return ""
    signs = office.register.signs.said(record.file, item.form.sender, quarter.last_day)
    others = {unit.code for _, _, unit in signs} - {record.unit}
    return others.pop() if len(others) == 1 else ""


def _by_cover(office: Office, quarter: Quarter, item: Judged) -> str:
    """The unit whose name is printed on the cover beside the code."""
    cover = cover_of(office.plan_of(quarter), item.form.sheets)
    unit = office.register.resolve_unit(cover.text("ten_don_vi"), quarter.last_day) if cover is not None else None
    return unit.code if unit is not None else ""


def _by_code(office: Office, quarter: Quarter, code: str) -> str:
    """The only unit whose code is hardly another than the unknown one: a letter must not guess between neighbours."""
    known = {fold(unit.code): unit.code for unit in office.register.units_on(quarter.last_day)}
    found = get_close_matches(fold(code), known, n=2, cutoff=_HARDLY_ANOTHER)
    return known[found[0]] if len(found) == 1 else ""
