"""From one proposal of an award round to the next, and on to the drafts: the clerk's choices stay with their subject.

Nothing is decided here. A new proposal takes over every choice by the stable id and says what has changed under it; the
drafts are made only where no choice waits for its reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from dvk_reports.awards.identity import base_of, moved, subject_id, unit_of
from dvk_reports.intake.back.choices import PROPOSALS, ReadChoices, ReadLine, ShownProposal
from dvk_reports.messages.choices import ChoiceMsg
from dvk_reports.messages.message import Message
from dvk_reports.messages.returns import Location, say
from dvk_reports.model.choosing import (
    REWARD_GATE,
    Line,
    Need,
    chosen_count,
    gate_of,
    line_of,
    need_of,
    quota_numbers,
)
from dvk_reports.model.findings import Finding, Level
from dvk_reports.model.proposals import Choice, Chosen, GateState, Outcome, Proposal, Shortlist, Subject
from dvk_reports.model.values import Cell
from dvk_reports.plan.people import heir
from dvk_reports.plan.register.register import Register
from dvk_reports.run.steps.copy_files import FILE, copies_in
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.numbers import show_count, show_number
from dvk_reports.vietnamese.text import fold, nearest
from dvk_reports.workspace.folder import free_name

_T = TypeVar("_T")
_ROW_ID = re.compile(r"\.\d{4}-Q[1-4]\.\d+$")
_ALIKE = 0.85
"""Names so much alike may be one name corrected, even where it is not known who once stood beside whom."""


def followed(read: ReadChoices, new: Shortlist, register: Register, day: date) -> ReadChoices:
    """The copy with the ids of ``new``.

    A unit that was merged since is called by its successor, and what is typed for the only proposal of a subject goes
    on where the subject now has another only one. ``day``: of the round.
    """
    subjects = read.subjects
    known = {item.candidate.id for item in new.proposals}
    renamed = {key: _renamed(key, subjects.get(key), register, day) for key in (*subjects, *read.aside)}
    renamed |= _from_rows(subjects, new)
    lone = _lone(known - set(renamed.values()))
    said = {renamed.get(key, key) for key in (*read.choices, *read.results.typed)}
    typed = _lone(said - known)
    onto = {typed[base]: lone[base] for base in typed.keys() & lone.keys()}
    ids = {key: onto.get(name, name) for key, name in renamed.items()}
    results = replace(
        read.results,
        typed=_under(read.results.typed, ids),
        written=_under(read.results.written, ids),
        at=_under(read.results.at, ids),
    )
    return replace(
        read,
        lines=_under(read.lines, ids),
        aside=_under(read.aside, ids),
        gone=_under(read.gone, ids),
        deleted={ids.get(key, key): before for key, before in read.deleted.items()},
        results=results,
        findings=(*read.findings, *_met_in_one(read, ids)),
    )


def _renamed(key: str, subject: Subject | None, register: Register, day: date) -> str:
    if subject is None or not subject.unit or heir(register, subject.unit, day) == unit_of(key):
        return key
    return moved(key, subject_id(register, subject, day))


def _from_rows(subjects: Mapping[str, Subject], new: Shortlist) -> dict[str, str]:
    """Ids that named a row, in older copies: each passes to the only proposal of its unit, form, class and name."""

    def who(subject: Subject) -> tuple[str, ...]:
        return subject.unit, subject.form, subject.kind, fold(subject.name)

    old = {key: subject for key, subject in subjects.items() if _ROW_ID.search(key)}
    once = Counter(map(who, old.values()))
    found = Counter(who(item.candidate.subject) for item in new.proposals)
    now = {who(item.candidate.subject): item.candidate.id for item in new.proposals}
    return {
        key: now[who(subject)] for key, subject in old.items() if once[who(subject)] == 1 and found[who(subject)] == 1
    }


def _lone(keys: Iterable[str]) -> dict[str, str]:
    """Subject -> its proposal, of those who have one only."""
    found = list(keys)
    several = Counter(map(base_of, found))
    return {base_of(key): key for key in found if several[base_of(key)] == 1}


def _under(held: Mapping[str, _T], ids: Mapping[str, str]) -> dict[str, _T]:
    """The same under other ids; of two that become one the first stays."""
    found: dict[str, _T] = {}
    for key, value in held.items():
        found.setdefault(ids.get(key, key), value)
    return found


def _met_in_one(read: ReadChoices, ids: Mapping[str, str]) -> Iterator[Finding]:
    """Two lines that speak of one subject since their units became one, where different things are typed on them."""
    first: dict[str, ReadLine] = {}
    for key, line in read.lines.items():
        old = first.setdefault(ids.get(key, key), line)
        if old is not line and old.choice != line.choice:
            where = Location(line.before.unit, line.at, raw=line.choice.decision, subject=key)
            yield say(ChoiceMsg.TWICE, where, ten=line.before.name, ma=ids.get(key, key), dong=old.at.row)


def repropose(old: ReadChoices | None, new: Shortlist) -> tuple[dict[str, Choice], tuple[str, ...]]:
    """Every choice of the earlier copy, by stable id, and in sentences what has changed under it.

    Choices of proposals that are there no more are kept too: ``write_shortlist`` sets them aside.
    """
    if old is None:
        return {}, ()
    return old.choices, tuple(_changes(old, new))


def _changes(old: ReadChoices, new: Shortlist) -> Iterator[str]:
    """First what lies under a choice that was typed, then the rest."""
    told = [(line, list(_moves(line.before, item))) for item, line in _met(old, new)]
    for typed in (True, False):
        for line, moves in told:
            if moves and (line.choice != Choice()) is typed:
                yield f"{_who(line.before)}: {'; '.join(moves)}{_typed(line.choice)}."
    known = {item.candidate.id: item for item in new.proposals}
    for key, line in old.lines.items():
        if key not in known:
            near = _near(line.before.subject, new, beside=old.lines)
            close = f"; gần nhất: {near.candidate.name} (mã {near.candidate.id})" if near is not None else ""
            said = f"; {_said(line.choice)}, không còn hiệu lực" if line.choice != Choice() else ""
            yield f"{_who(line.before)} (mã {key}): không còn trong số liệu đã nhận{said}{close}."
    for key in old.aside:
        if key in known:
            yield f"{known[key].candidate.name} (mã {key}): được đề nghị lại, lấy lại điều đã ghi trước đây."
    for key, before in old.deleted.items():
        if key in known:
            yield f"{_who(before)} (mã {key}): dòng đã bị xóa trong tệp trước, nay có lại, chưa ghi quyết định."
    fresh = [item for item in new.proposals if item.candidate.id not in {*old.lines, *old.aside, *old.deleted}]
    if fresh:
        names = "; ".join(f"{item.candidate.name} ({item.outcome})" for item in fresh)
        yield f"{show_count(len(fresh))} đề nghị mới: {names}."


def _met(old: ReadChoices, new: Shortlist) -> Iterator[tuple[Proposal, ReadLine]]:
    for item in new.proposals:
        if item.candidate.id in old.lines:
            yield item, old.lines[item.candidate.id]


def _who(before: ShownProposal) -> str:
    return f"{before.name} ({before.form}, {before.kind})"


def _typed(choice: Choice) -> str:
    return f"; {_said(choice)}, được giữ nguyên" if choice != Choice() else ""


def _said(choice: Choice) -> str:
    said = f"đã ghi “{choice.decision}”" if choice.decision else "chưa ghi quyết định"
    return f"{said}{f', lý do “{choice.reason}”' if choice.reason else ''}"


def _moves(was: ShownProposal, now: Proposal) -> Iterator[str]:
    candidate = now.candidate
    for word, before, after in (
        ("tên", was.name, candidate.name),
        ("hình thức", was.form, candidate.form),
        ("phân loại", was.kind, candidate.kind),
        ("đề xuất", was.outcome, now.outcome.value),
        ("xếp hạng", _number(was.rank), _number(now.rank)),
        ("tiền thưởng", _number(was.money), _number(now.money)),
    ):
        if before != after:
            yield f"{word} từ {_quoted(before)} thành {_quoted(after)}"
    for gate in now.gates:
        before = was.gates.get(gate.code, "")
        if before != gate.state.value:
            yield f"điều kiện {gate.code} từ {_quoted(before)} thành {_quoted(gate.state.value)}"
    if was.outcome == now.outcome.value and _lines(was.reasons) != _lines("\n".join(now.reasons)):
        yield "lý do có thay đổi"


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _number(value: int | None) -> str:
    return "" if value is None else show_number(Decimal(value))


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "trống"


def chosen_of(
    shortlist: Shortlist, read: ReadChoices | None, since: date | None = None
) -> tuple[Chosen, tuple[Finding, ...]]:
    """The shortlist with the choices, and everything the clerk has to know of them.

    A finding of level Chặn stops the drafts (``stops_drafting``): a choice that needs a reason and has none, one that
    cannot be understood, equals that nobody has decided on. Departures are judged against ``shortlist``, not against
    what the copy showed. ``since``: the first day that a decision of the round may bear.
    """
    if read is None:
        chosen = Chosen(shortlist, {})
        return chosen, (*_needs(None, chosen), *_exceeded(None, chosen))
    chosen = Chosen(shortlist, read.choices, read.results.typed, read.subjects)
    found = [*read.findings, *_vanished(read, chosen), *_days(read, chosen, since)]
    return chosen, (*found, *_needs(read, chosen), *_ties(read, chosen), *_exceeded(read, chosen))


def stops_drafting(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that must be mended before anything is drafted."""
    return tuple(finding for finding in findings if finding.level is Level.BLOCK)


def _vanished(read: ReadChoices, chosen: Chosen) -> Iterator[Finding]:
    """What was typed for somebody who is proposed no more: it decides nothing, and who may be meant now is named."""
    known = {item.candidate.id for item in chosen.shortlist.proposals}
    for key, line in read.lines.items():
        if key not in known and line.choice != Choice():
            where = Location(line.before.unit, line.at, raw=_said(line.choice), subject=key)
            # Who stood beside the subject in this copy is somebody else.
            near = _near(line.before.subject, chosen.shortlist, beside=read.lines)
            yield _lapsed(ChoiceMsg.LAPSED, where, line.before.name, (line.choice, near), chosen)
    for key, choice in read.aside.items():
        if key not in known:
            where = Location(file=read.file, raw=_said(choice), subject=key)
            subject = read.gone.get(key)
            near = _near(subject, chosen.shortlist, cutoff=_ALIKE) if subject is not None else None
            yield _lapsed(ChoiceMsg.KEPT_ASIDE, where, _name(read, key), (choice, near), chosen)
    for key in read.results.typed:
        if key not in known:
            yield say(ChoiceMsg.RESULT_GONE, Location(file=read.file, subject=key), ten=_name(read, key), ma=key)


def _name(read: ReadChoices, key: str) -> str:
    subject = read.subjects.get(key)
    return subject.name if subject is not None and subject.name else "đối tượng này"


def _lapsed(
    message: Message, where: Location, name: str, told: tuple[Choice, Proposal | None], chosen: Chosen
) -> Finding:
    """``message``, or, where somebody may be meant on whom nothing is decided yet, that the clerk must decide."""
    choice, near = told
    if not choice.decision or near is None or chosen.choices.get(near.candidate.id, Choice()).decision:
        return say(message, where, ten=name, ma=where.subject)
    now = near.candidate
    return say(ChoiceMsg.LAPSED_NEAR, where, ten=name, ma=where.subject, gan=now.name, ma_gan=now.id)


def _near(subject: Subject, new: Shortlist, *, beside: Container[str] = (), cutoff: float = 0.6) -> Proposal | None:
    """Who of those proposed now may be that subject: the same name, else the most alike in the same unit.

    ``beside``: ids of those who are known to be others.
    """
    others = [item for item in new.proposals if item.candidate.id not in beside]
    for item in others:
        if fold(item.candidate.name) == fold(subject.name) and item.candidate.kind == subject.kind:
            return item
    at_home = [item for item in others if item.candidate.unit == subject.unit and item.candidate.kind == subject.kind]
    name = nearest(subject.name, [item.candidate.name for item in at_home], cutoff)
    return next((item for item in at_home if item.candidate.name == name), None)


def _days(read: ReadChoices, chosen: Chosen, since: date | None) -> Iterator[Finding]:
    """Days of decisions that the meeting of the round cannot have come to."""
    first, last = since or date.min, chosen.shortlist.as_of
    for key, result in read.results.typed.items():
        if isinstance(result.day, date) and not first <= result.day <= last:
            _, cell = read.results.at.get(key, (None, None))
            where = Location("", cell, read.file, raw=show_date(result.day), subject=key)
            yield say(ChoiceMsg.DECISION_DAY, where, ten=_name(read, key), tu=show_date(first), den=show_date(last))


def _ties(read: ReadChoices, chosen: Chosen) -> Iterator[Finding]:
    """Equals at the line of the quota on whom nobody has decided while there is a place left for them."""
    counted, quotas = chosen_count(chosen), quota_numbers(chosen.shortlist)
    for item in chosen.shortlist.proposals:
        line, typed = line_of(item), chosen.choices.get(item.candidate.id, Choice())
        if item.outcome is not Outcome.TIED or typed.decision or counted[line] >= quotas.get(line, 0):
            continue
        held = read.lines.get(item.candidate.id)
        where = Location(
            item.candidate.unit, held.at if held else None, read.file, PROPOSALS, subject=item.candidate.id
        )
        taken, most = counted[line], quotas.get(line, 0)
        yield say(ChoiceMsg.TIED, where, ten=item.candidate.name, nhom=_group(line), da_chon=taken, chi_tieu=most)


def _needs(read: ReadChoices | None, chosen: Chosen) -> Iterator[Finding]:
    """One finding for each choice that needs a reason and has none; an unknown word was found when reading."""
    counted, quotas = chosen_count(chosen), quota_numbers(chosen.shortlist)
    messages = {
        Need.AGAINST: ChoiceMsg.AGAINST_GATES,
        Need.OVER: ChoiceMsg.OVER_QUOTA,
        Need.NO_QUOTA: ChoiceMsg.NO_QUOTA,
        Need.DEPARTS: ChoiceMsg.NO_REASON,
        Need.REWARDED: ChoiceMsg.REWARDED,
    }
    for item in chosen.shortlist.proposals:
        need = need_of(chosen, item, counted)
        choice = chosen.choices.get(item.candidate.id, Choice())
        if need is None or need is Need.UNKNOWN or choice.reason:
            continue
        gate = gate_of(item, REWARD_GATE)
        candidate, cell = item.candidate, _reason_cell(read, item)
        file, sheet = (read.file, cell.sheet if cell is not None else PROPOSALS) if read else (FILE, PROPOSALS)
        yield say(
            messages[need],
            Location(candidate.unit, cell, file, sheet, choice.decision, subject=candidate.id),
            ten=item.candidate.name,
            de_xuat=item.outcome.value,
            dieu_kien=_failing(item),
            nhom=_group(line_of(item)),
            da_chon=counted[line_of(item)],
            chi_tieu=quotas.get(line_of(item), ""),
            e8=gate.state.value if gate is not None else "",
        )


def _reason_cell(read: ReadChoices | None, item: Proposal) -> Cell | None:
    """The blank cell of ly_do_sua in the clerk's copy; None where there is no such line."""
    line = read.lines.get(item.candidate.id) if read is not None else None
    return line.reason_at if line is not None else None


def _failing(item: Proposal) -> str:
    """“ (E5 Không đạt, E6 Thiếu căn cứ)”."""
    failing = [f"{gate.code} {gate.state.value}" for gate in item.gates if gate.state is not GateState.PASSED]
    return f" ({', '.join(failing)})" if failing else ""


def _group(line: Line) -> str:
    return f"{line[0]} - {line[1]}"


def _exceeded(read: ReadChoices | None, chosen: Chosen) -> Iterator[Finding]:
    """Every line of the quotas that is exceeded, whatever the reasons: it stays visible."""
    counted = chosen_count(chosen)
    for line, number in quota_numbers(chosen.shortlist).items():
        if counted[line] > number:
            yield say(
                ChoiceMsg.QUOTA_EXCEEDED,
                Location(file=read.file if read is not None else FILE, sheet=PROPOSALS),
                nhom=_group(line),
                da_chon=counted[line],
                chi_tieu=number,
            )


def workbook_name(folder: Path, data: bytes, known: frozenset[str], day: date) -> tuple[str, str]:
    """The name to write the new workbook under, and the sentence for the screen where it is not ``xet-chon.xlsx``.

    ``known``: hashes of what earlier runs wrote into the folder; a file that is none of them was edited by a person.
    """
    name = free_name(folder, FILE, data, known, day)
    if name == FILE:
        return name, ""
    return name, (
        f"{FILE} đã có người sửa nên được giữ nguyên; bản mới là {name}, đã chép sang các quyết định và kết quả. Từ "
        f"nay ghi tiếp vào {name}; muốn sửa hoặc bỏ điều đã ghi thì chuyển {FILE} ra khỏi thư mục trước, để hai tệp "
        "không ghi khác nhau."
    )


def others_beside(folder: Path, file: str) -> tuple[str, ...]:
    """The other copies in the folder of a round, to be named to the clerk."""
    return tuple(path.name for path in copies_in(folder) if path.name != file)
