"""The stage as a whole: from letters to Readings, each file opened once and in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

from dvk_reports.intake.back.below import is_consolidated, read_below
from dvk_reports.intake.files.boxes import Letter
from dvk_reports.intake.form.returned import read_form
from dvk_reports.intake.readers.workbook import RawBook, ReadRefused, read_book
from dvk_reports.intake.workers import run_in_workers
from dvk_reports.model.records import FileState, Return
from dvk_reports.plan.book.rulebook import Plan


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one letter: a Return, or a state with its reason."""

    file: str
    sha256: str
    state: FileState | None
    reason: str = ""
    found: Return | None = None
    unit: str = ""
    """Whose it is, where that is known without a Return."""
    period: str = ""


Progress: TypeAlias = Callable[[int, int, str], None]
"""(files read, files to read, file in hand)."""


def read_letters(
    plan: Plan, letters: Sequence[Letter], workers: int | None = None, progress: Progress | None = None
) -> tuple[Reading, ...]:
    """Every letter, in the same order, and every unit of a consolidated workbook where that stood.

    A reader that dies or hangs costs its one file.
    """
    waiting = [letter for letter in letters if letter.state is None]

    def told(done: int, index: int) -> None:
        if progress is not None:
            progress(done, len(waiting), waiting[index].file)

    outcomes = run_in_workers(partial(read_letter, plan), waiting, workers, told=told)
    read: dict[str, tuple[Reading, ...]] = {}
    for letter, outcome in zip(waiting, outcomes, strict=True):
        if outcome.value is not None:
            read[letter.file] = outcome.value
        else:
            read[letter.file] = (Reading(letter.file, letter.sha256, FileState.UNREADABLE, outcome.reason),)
    for letter in letters:
        read.setdefault(letter.file, (Reading(letter.file, letter.sha256, letter.state, letter.reason),))
    return tuple(reading for letter in letters for reading in read[letter.file])


def read_letter(plan: Plan, letter: Letter) -> tuple[Reading, ...]:
    """One file, wholly, with every unit that is in it. It is read in a worker process: some files kill their reader."""
    try:
        book = read_book(letter.data or b"", letter.kind)
        if is_consolidated(plan, book):
            return _of_workbook(plan, book, letter)
    except ReadRefused as refused:
        return (Reading(letter.file, letter.sha256, FileState.UNREADABLE, str(refused)),)
    found = read_form(plan, book, letter.file, letter.sha256)
    if found is None:
        reason = "bảng tính không có biểu nào của biểu mẫu"
        return (Reading(letter.file, letter.sha256, FileState.NOT_A_FORM, reason),)
    return (Reading(letter.file, letter.sha256, None, found=_dated(found, letter)),)


def _of_workbook(plan: Plan, book: RawBook, letter: Letter) -> tuple[Reading, ...]:
    """A line for each unit; the workbook has one of its own only where nothing came out."""
    entries = read_below(plan, book, letter.file)
    if not entries:
        return (Reading(letter.file, letter.sha256, FileState.NOT_A_FORM, "sổ tổng hợp không có đơn vị nào"),)
    return tuple(
        Reading(entry.name, entry.found.sha256, None, found=_dated(entry.found, letter))
        if entry.found is not None
        else Reading(entry.name, letter.sha256, entry.state, entry.reason, unit=entry.unit, period=entry.period)
        for entry in entries
    )


def _dated(found: Return, letter: Letter) -> Return:
    """With the day it came, unless the level below has noted one."""
    if found.received is not None:
        return found
    origin = "Thư" if letter.mail_date else "Tệp" if letter.modified else ""
    return replace(found, received=letter.mail_date or letter.modified, received_from=origin)
