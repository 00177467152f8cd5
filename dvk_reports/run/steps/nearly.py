"""Files that are nobody's by what can be read in them, and whose they seem to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dvk_reports.intake.form.returned import cover_of
from dvk_reports.intake.reading import Reading
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import FileRecord, FileState
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.named import Names
from dvk_reports.run.steps.judge import Judged
from dvk_reports.vietnamese.text import nearest

_NOBODYS = (FileState.REFUSED, FileState.UNREADABLE, FileState.NOT_A_FORM)


def with_near(
    office: Office,
    quarter: Quarter,
    files: Sequence[FileRecord],
    readings: Sequence[Reading],
    judged: Mapping[str, Judged],
) -> Iterator[FileRecord]:
    """Every file; those that are of no unit of the register with the unit that they seem to be of.

    It decides nothing: such a unit has sent no return that can be used, but it must not be told that it sent nothing.
    """
    names = Names(office.register, quarter.last_day)
    read = {reading.file: reading for reading in readings}
    for record in files:
        if record.state not in _NOBODYS or record.unit in office.register.by_code:
            yield record
            continue
        item, sender = judged.get(record.file), read[record.file].sender
        near = _by_cover(office, quarter, item) if item is not None else ""
        sender = item.form.sender if item is not None else sender
        signs = [unit.code for _, _, unit in names.said(record.file, sender)]
        yield replace(record, near=near or next(iter(signs), "") or (_by_code(office, quarter, record.unit)))


def _by_cover(office: Office, quarter: Quarter, item: Judged) -> str:
    """The unit whose name is printed on the cover beside the code."""
    cover = cover_of(office.plan_of(quarter), item.form.sheets)
    unit = office.register.resolve_unit(cover.text("ten_don_vi"), quarter.last_day) if cover is not None else None
    return unit.code if unit is not None else ""


def _by_code(office: Office, quarter: Quarter, code: str) -> str:
    """The unit whose code comes closest to one that is unknown."""
    return nearest(code, [unit.code for unit in office.register.units_on(quarter.last_day)]) or "" if code else ""
