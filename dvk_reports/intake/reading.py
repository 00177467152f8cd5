"""The stage as a whole: from received files to Readings, each file opened once and in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TypeAlias

from dvk_reports.intake.back.below import is_consolidated, read_below
from dvk_reports.intake.back.below_remarks import remarks_in
from dvk_reports.intake.files.boxes import Opening, ReceivedFile, open_box
from dvk_reports.intake.form.returned import read_form
from dvk_reports.intake.limits import without_collector
from dvk_reports.intake.readers.workbook import RawBook, ReadRefused, read_book
from dvk_reports.intake.workers import Workers, run_in_workers
from dvk_reports.model.packed import packed_sheets
from dvk_reports.model.remarks import Remark
from dvk_reports.model.returns import FROM_FILE, FROM_MAIL, FileState, Return
from dvk_reports.model.shelf import laid_aside
from dvk_reports.plan.book.rulebook import Plan


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one file: a Return, or a state with its reason."""

    file: str
    sha256: str
    state: FileState | None
    reason: str = ""
    found: Return | None = None
    unit: str = ""
    """Whose it is, where that is known without a Return."""
    period: str = ""
    sender: str = ""
    """Address of who sent the mail it came in, where there is no Return that knows it."""
    received: date | None = None
    """The day of the mail it came in, where there is no Return that knows it."""
    remarks: tuple[Remark, ...] = ()
    """What the level below says of the numbers of its workbook; the first of the workbook's readings holds it."""


Progress: TypeAlias = Callable[[int, int, str], None]
"""(files read, files to read, file in hand)."""


def opened_by_workers(workers: Workers = None) -> Opening:
    """Archives and mails opened in processes with limits of time and memory, as foreign files are read."""

    def opening(boxes: Sequence[ReceivedFile]) -> list[list[ReceivedFile]]:
        return [
            [replace(box, state=FileState.UNREADABLE, reason=outcome.reason)]
            if outcome.value is None
            else outcome.value
            for box, outcome in zip(
                boxes, run_in_workers(open_box, boxes, workers, pack=ReceivedFile.carried), strict=True
            )
        ]

    return opening


def read_files(
    plan: Plan, received: Sequence[ReceivedFile], workers: Workers = None, progress: Progress | None = None
) -> tuple[Reading, ...]:
    """Read every file, in the order given; a consolidated workbook gives one reading for each of its units.

    A reader that dies or hangs costs its one file.
    """
    waiting = [source for source in received if source.state is None]

    def report(done: int, index: int) -> None:
        if progress is not None:
            progress(done, len(waiting), waiting[index].file)

    outcomes = run_in_workers(
        partial(read_file, plan), waiting, workers, on_start=report, pack=ReceivedFile.carried, keep=_put_aside
    )
    read: dict[str, tuple[Reading, ...]] = {}
    for source, outcome in zip(waiting, outcomes, strict=True):
        if outcome.value is not None:
            read[source.file] = outcome.value
        else:
            read[source.file] = (_unread(source, FileState.UNREADABLE, outcome.reason),)
    for source in received:
        read.setdefault(source.file, (_unread(source, source.state, source.reason),))
    return tuple(reading for source in received for reading in read[source.file])


def _put_aside(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """What was read, its rows and findings on the disk until somebody asks for them."""
    return tuple(
        replace(reading, found=_aside(reading.found)) if reading.found is not None else reading for reading in readings
    )


def _aside(found: Return) -> Return:
    sheets = packed_sheets(found.sheets).put_aside()
    return replace(found, sheets=sheets, findings=laid_aside(found.findings))


def read_file(plan: Plan, source: ReceivedFile) -> tuple[Reading, ...]:
    """Read one file, with every unit in it. It runs in a worker process, since some files kill their reader."""
    with without_collector():
        return _read_file(plan, source)


def _read_file(plan: Plan, source: ReceivedFile) -> tuple[Reading, ...]:
    try:
        book = read_book(source.data or b"", source.kind)
        if is_consolidated(plan, book):
            return _of_workbook(plan, book, source)
    except ReadRefused as refused:
        return (_unread(source, FileState.UNREADABLE, str(refused)),)
    found = read_form(plan, book, source.file, source.sha256)
    if found is None:
        reason = "bảng tính không có biểu nào của biểu mẫu"
        return (_unread(source, FileState.NOT_A_FORM, reason),)
    return (Reading(source.file, source.sha256, None, found=_dated(found, source)),)


def _unread(source: ReceivedFile, state: FileState | None, reason: str) -> Reading:
    return Reading(source.file, source.sha256, state, reason, sender=source.sender, received=source.mail_date)


def _of_workbook(plan: Plan, book: RawBook, source: ReceivedFile) -> tuple[Reading, ...]:
    """One reading for each unit of a consolidated workbook; one of the workbook itself only where it has no unit."""
    entries = read_below(plan, book, source.file)
    if not entries:
        return (_unread(source, FileState.NOT_A_FORM, "sổ tổng hợp không có đơn vị nào"),)
    readings = [
        Reading(entry.name, entry.found.sha256, None, found=_dated(entry.found, source))
        if entry.found is not None
        else Reading(entry.name, source.sha256, entry.state, entry.reason, unit=entry.unit, period=entry.period)
        for entry in entries
    ]
    said = tuple(remarks_in({raw.name: raw for raw in book.sheets}, source.file))
    return (replace(readings[0], remarks=said), *readings[1:])


def _dated(found: Return, source: ReceivedFile) -> Return:
    """The return with where its file lay, and the day on which it came, unless the level below has noted one."""
    came, origin = found.received, found.received_from
    if came is None:
        came = source.mail_date or source.modified
        origin = FROM_MAIL if source.mail_date else FROM_FILE if source.modified else ""
    sheets, place = packed_sheets(found.sheets), source.place or source.file
    return replace(found, sheets=sheets, place=place, sender=source.sender, received=came, received_from=origin)
