"""Drafts beside those that a person has edited: none is overwritten, and the new one takes the person's words over."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dvk_reports.papers.docx.own import is_own
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


def redrafts(folder: Path, papers: Mapping[str, bytes], known: frozenset[str], day: date) -> dict[str, Redrafted]:
    """For each Word draft of ``papers`` that a person has edited: today's, with the words of the newest edited one.

    ``known``: hashes of what an earlier run recorded.
    """
    drafts = [name for name in papers if name.endswith(".docx")]
    dated = _dated(folder, {(folder / name).parent for name in drafts})
    found = {}
    for name in drafts:
        data = papers[name]
        edited = _newest_edited(folder, [*dated.get(name, ()), name], {*known, digest(data)})
        if edited is not None:
            found[name] = _redrafted(folder, name, data, known, day, edited)
    return found


def _redrafted(folder: Path, name: str, data: bytes, known: frozenset[str], day: date, edited: str) -> Redrafted:
    from dvk_reports.papers.docx.redraft import counted, redraft, told_of

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
    from dvk_reports.papers.docx.hand_edits import moved_figures

    moved = moved_figures(theirs, data)
    if moved:
        yield "Số liệu đã thay đổi so với bản đã sửa:"
    for number, item in enumerate(moved, start=1):
        changes = "; ".join(f"{old or '(không có)'} → {now or '(không còn)'}" for old, now in item.figures)
        yield f"{number}. {item.paragraph}: {changes}"


def _dated(folder: Path, places: Iterable[Path]) -> dict[str, list[str]]:
    """Draft -> the dated ones beside it, the newest first."""
    found: dict[str, list[tuple[str, int, str]]] = {}
    for path in (path for place in places if place.is_dir() for path in place.iterdir()):
        if match := _DATED.fullmatch(path.name):
            name = path.with_name(f"{match[1]}.docx").relative_to(folder).as_posix()
            found.setdefault(name, []).append((match[2], int(match[3] or 1), path.relative_to(folder).as_posix()))
    return {name: [file for *_, file in sorted(files, reverse=True)] for name, files in found.items()}


_DATED = re.compile(r"(.+)-(\d{4}-\d{2}-\d{2})(?:-(\d+))?\.docx")


def _newest_edited(folder: Path, files: Sequence[str], known: Collection[str]) -> str | None:
    """The first of the files that a person has saved."""
    for file in files:
        path = folder / file
        if path.is_file():
            there = path.read_bytes()
            if digest(there) not in known and not is_own(there):
                return file
    return None
