"""The stage as a whole: from letters to Readings, each file opened once and in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

from dvk_reports.intake.boxes import Letter
from dvk_reports.intake.forms import is_consolidated, read_form
from dvk_reports.intake.readers import ReadRefused, read_book
from dvk_reports.intake.workers import run_in_workers
from dvk_reports.model import FileState, Return
from dvk_reports.plan.rulebook import Plan


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one letter: a Return, or a state with its reason."""

    file: str
    sha256: str
    state: FileState | None
    reason: str = ""
    found: Return | None = None


Progress: TypeAlias = Callable[[int, int, str], None]
"""(files read, files to read, file in hand)."""


def read_letters(
    plan: Plan, letters: Sequence[Letter], workers: int | None = None, progress: Progress | None = None
) -> tuple[Reading, ...]:
    """Every letter, in the same order. A reader that dies or hangs costs its one file."""
    waiting = [letter for letter in letters if letter.state is None]

    def told(done: int, index: int) -> None:
        if progress is not None:
            progress(done, len(waiting), waiting[index].file)

    outcomes = run_in_workers(partial(read_letter, plan), waiting, workers, told=told)
    read: dict[str, Reading] = {}
    for letter, outcome in zip(waiting, outcomes, strict=True):
        if outcome.value is not None:
            read[letter.file] = outcome.value
        else:
            read[letter.file] = Reading(letter.file, letter.sha256, FileState.UNREADABLE, outcome.reason)
    return tuple(
        read.get(letter.file) or Reading(letter.file, letter.sha256, letter.state, letter.reason) for letter in letters
    )


def read_letter(plan: Plan, letter: Letter) -> Reading:
    """One file, wholly. Foreign files are read in a worker process: some kill their reader."""
    try:
        book = read_book(letter.data or b"", letter.kind)
    except ReadRefused as refused:
        return Reading(letter.file, letter.sha256, FileState.UNREADABLE, str(refused))
    if is_consolidated(book):
        reason = "sổ tổng hợp của nhiều đơn vị (tong-hop.xlsx), không phải biểu mẫu của một đơn vị"
        return Reading(letter.file, letter.sha256, FileState.NOT_A_FORM, reason)
    found = read_form(plan, book, letter.file, letter.sha256)
    if found is None:
        return Reading(letter.file, letter.sha256, FileState.NOT_A_FORM, "bảng tính không có biểu nào của biểu mẫu")
    received = letter.mail_date or letter.modified
    origin = "Thư" if letter.mail_date else "Tệp" if letter.modified else ""
    return Reading(letter.file, letter.sha256, None, found=replace(found, received=received, received_from=origin))
