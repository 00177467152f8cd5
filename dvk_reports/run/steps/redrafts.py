"""Drafts beside those that a person has edited: none is overwritten, and the new one takes the person's words over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dvk_reports.papers.docx.hand_edits import moved_figures
from dvk_reports.papers.docx.own import is_own
from dvk_reports.papers.docx.redraft import counted, redraft, told_of
from dvk_reports.workspace.folder import digest, free_name

LISTED = "doi-chieu"


@dataclass(frozen=True)
class Redrafted:
    """The new draft of one paper that a person has edited."""

    target: str
    """Where the new one is written: beside the edited one."""
    data: bytes
    lines: tuple[str, ...]
    """What was taken over and what could not be; where nothing was, which numbers are others now."""

    @property
    def listed(self) -> tuple[str, bytes]:
        """(name, content) of the list, for Notepad."""
        name = f"{self.target.removesuffix('.docx')}-{LISTED}.txt"
        return name, "\r\n".join([*self.lines, ""]).encode("utf-8-sig")


def redrafted(folder: Path, name: str, data: bytes, known: frozenset[str], day: date) -> Redrafted | None:
    """The draft ``name`` of today with what a person has written in the newest edited one; None where nobody has.

    ``known``: hashes of what an earlier run recorded.
    """
    edited = _newest_edited(folder, name, data, known)
    if edited is None:
        return None
    theirs = (folder / edited).read_bytes()
    found = redraft(theirs, data)
    new = data if found is None else found.data
    target = free_name(folder, name, new, known, day, is_own)
    if found is None:
        said = [f"{target}: chưa chép được lời đã sửa ở {edited} (tệp không còn dấu của bản dự thảo); xem và chép tay."]
    elif found.carried:
        said = [f"{target} có lời đã sửa ở {edited}: {counted(found.carried)}.", *told_of(found.carried)]
    else:
        said = [f"{target}: ở {edited} không có đoạn nào khác bản dự thảo trước."]
    # Where the words are taken over, the numbers of all else are today's.
    return Redrafted(target, new, (*said, *(_moved(theirs, data) if found is None else ())))


def _moved(theirs: bytes, data: bytes) -> Iterator[str]:
    """Numbers of the edited draft that are others now."""
    moved = moved_figures(theirs, data)
    if moved:
        yield "Số liệu đã thay đổi so với bản đã sửa:"
    for number, item in enumerate(moved, start=1):
        changes = "; ".join(f"{old or '(không có)'} → {now or '(không còn)'}" for old, now in item.figures)
        yield f"{number}. {item.paragraph}: {changes}"


def _newest_edited(folder: Path, name: str, data: bytes, known: frozenset[str]) -> str | None:
    """The last of the draft and the dated ones beside it that a person has saved."""
    stem, _, ending = name.rpartition(".")
    dated = re.compile(rf"{re.escape(Path(stem).name)}-(\d{{4}}-\d{{2}}-\d{{2}})(?:-(\d+))?\.{ending}")
    place = (folder / name).parent
    beside = place.iterdir() if place.is_dir() else ()
    found = [(match[1], int(match[2] or 1), path) for path in beside if (match := dated.fullmatch(path.name))]
    for path in [*(path for *_, path in sorted(found, reverse=True)), folder / name]:
        if path.is_file():
            there = path.read_bytes()
            if digest(there) not in {*known, digest(data)} and not is_own(there):
                return path.relative_to(folder).as_posix()
    return None
