"""Which copy of ``xet-chon.xlsx`` speaks for the clerk: the newest edited one, if no other contradicts it.

A copy continues another where everything typed there stands in it too, and it only adds. Copies that were renamed,
copied or saved in another format are told by what stands in them, never by their names or dates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dvk_reports.errors import WorkspaceError
from dvk_reports.messages.choices import ChoiceMsg
from dvk_reports.messages.returns import Location, say
from dvk_reports.model.findings import Finding
from dvk_reports.model.proposals import Award, Choice, Result, Verdict
from dvk_reports.run.steps.copy_files import FILE, copies_in
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.numbers import show_count

if TYPE_CHECKING:
    from dvk_reports.intake.back.choices import ReadChoices

_OWN = Path(FILE).suffix
_NAMED = 5
"""So many differences are told; the rest are counted."""
_WORDS = {
    "decision": "quyết định",
    "reason": "lý do",
    "money": "số tiền nhập tay",
    "money_basis": "căn cứ của số tiền",
    "agree": "phiếu đồng ý",
    "against": "phiếu không đồng ý",
    "members": "số thành viên dự họp",
    "verdict": "kết quả",
    "number": "số quyết định",
    "day": "ngày quyết định",
}
_Field = tuple[str, str]
"""(id of the proposal, what was typed)."""


def read_copies(folder: Path, follow: Callable[[ReadChoices], ReadChoices]) -> ReadChoices | None:
    """The copy that speaks for the clerk; None where there is none.

    ``follow`` puts the ids of a copy in the words of today, so that two copies can be compared. WorkspaceError names
    what differs where two edited copies contradict each other, and a copy that cannot be read where it is the only one.
    """
    from dvk_reports.intake.back.choices import read_choices

    paths = copies_in(folder)
    read: list[ReadChoices] = []
    unread: list[Finding] = []
    for path in paths:
        try:
            read.append(follow(read_choices(path)))
        except WorkspaceError as error:
            if path.name == FILE or len(paths) == 1:
                raise
            unread.append(say(ChoiceMsg.COPY_UNREAD, Location(file=path.name), tep=path.name, vi=error))
    if not read:
        return None
    found = _speaker(read, folder.name)
    if not found.file.lower().endswith(_OWN):
        unread.append(say(ChoiceMsg.OTHER_FORMAT, Location(file=found.file), tep=found.file))
    return replace(found, findings=(*found.findings, *unread))


def awards_of(name: str, folder: Path) -> Iterator[Award]:
    """Who was granted an award in a round by its typed results or, without one, was chosen there."""
    read = read_copies(folder, lambda copy: copy)
    if read is None:
        return
    subjects = read.subjects
    for key in dict.fromkeys((*read.results.typed, *read.lines)):
        result, line = read.results.typed.get(key, Result()), read.lines.get(key)
        chosen = result.verdict not in list(Verdict) and line is not None and line.chosen
        if key in subjects and (result.granted or chosen):
            yield Award(name, subjects[key], result)


def _speaker(read: Sequence[ReadChoices], name: str) -> ReadChoices:
    edited = [copy for copy in read if copy.edited]
    able = [copy for copy in read if not any(_lost(copy, other) for other in edited)]
    if not able:
        raise WorkspaceError(_told(edited, name))

    def rank(copy: ReadChoices) -> tuple[bool, bool, int]:
        """A whole copy before one with deleted lines, an edited one before another, the newest before the rest."""
        place = read.index(copy) if copy.edited else int(copy.file == FILE)
        return not copy.deleted, copy.edited, place

    return max(able, key=rank)


def _told(edited: Sequence[ReadChoices], name: str) -> str:
    newest, others = edited[-1], edited[:-1]
    differences = [text for other in others for text in _differences(newest, other)]
    rest = len(differences) - _NAMED
    more = f"; và {show_count(rest)} chỗ khác" if rest > 0 else ""
    names = ", ".join(copy.file for copy in edited)
    return (
        f"Đợt {name} có {show_count(len(edited))} tệp đã ghi khác nhau nên chưa rõ theo tệp nào: {names}. Khác nhau ở "
        f"{'; '.join(differences[:_NAMED])}{more}. Giữ lại một tệp có đủ các quyết định đúng, chuyển tệp kia ra khỏi "
        "thư mục của đợt rồi chạy lại. Chưa có tệp nào được ghi."
    )


def _lost(copy: ReadChoices, other: ReadChoices) -> list[_Field]:
    """What stands in the other copy, or was taken out of it, and does not stand so in this one."""
    mine, (theirs, before) = _now(copy), (_now(other), _before(other))
    keys = dict.fromkeys((*theirs, *before, *mine))
    # Where the other copy never had anything, this one adds.
    return [key for key in keys if mine.get(key) != theirs.get(key) and (key in theirs or key in before)]


def _differences(one: ReadChoices, two: ReadChoices) -> Iterator[str]:
    names = {**one.subjects, **two.subjects}
    left, right = _now(one), _now(two)
    for key, word in dict.fromkeys((*_lost(one, two), *_lost(two, one))):
        name = names[key].name if key in names else key
        said = (
            f"{f'“{held[key, word]}”' if (key, word) in held else 'để trống'} ở {copy.file}"
            for held, copy in ((right, two), (left, one))
        )
        yield f"{name}, {_WORDS[word]}: {', '.join(said)}"


def _now(copy: ReadChoices) -> dict[_Field, str]:
    return _fields(copy.choices, copy.results.typed)


def _before(copy: ReadChoices) -> dict[_Field, str]:
    return _fields({key: line.written for key, line in copy.lines.items()}, copy.results.written)


def _fields(choices: Mapping[str, Choice], results: Mapping[str, Result]) -> dict[_Field, str]:
    found: dict[_Field, str] = {}
    for held in (choices, results):
        for key, typed in held.items():
            for word in typed.__dataclass_fields__:
                value = getattr(typed, word)
                if value not in ("", None):
                    found[key, word] = show_date(value) if word == "day" and not isinstance(value, str) else str(value)
    return found
