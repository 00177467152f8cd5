"""From one proposal of an award round to the next, and on to the drafts: the clerk's choices stay with their subject.

Nothing is decided here. A new proposal takes over every choice by the stable id and says what has changed under it; the
drafts are made only where no choice waits for its reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from dvk_reports.intake.back.choices import PROPOSALS, ReadChoices, ReadLine, ShownProposal
from dvk_reports.messages.choices import ChoiceMsg
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
from dvk_reports.model.proposals import CHOSEN, Choice, Chosen, GateState, Proposal, Shortlist
from dvk_reports.model.values import Cell
from dvk_reports.vietnamese.numbers import show_count, show_number
from dvk_reports.workspace.folder import free_name

FILE = "xet-chon.xlsx"


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
            kept = _typed(line.choice)
            yield f"{_who(line.before)} (mã {key}): không còn trong số liệu đã nhận{kept}."
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
    if choice == Choice():
        return ""
    said = f"đã ghi “{choice.decision}”" if choice.decision else "chưa ghi quyết định"
    return f"; {said}{f', lý do “{choice.reason}”' if choice.reason else ''}, được giữ nguyên"


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


def chosen_of(shortlist: Shortlist, read: ReadChoices | None) -> tuple[Chosen, tuple[Finding, ...]]:
    """The shortlist with the choices, and everything the clerk has to know of them.

    A finding of level Chặn stops the drafts (``stops_drafting``): a choice that needs a reason and has none, or one
    that cannot be understood. Departures are judged against ``shortlist``, not against what the copy showed.
    """
    chosen = Chosen(shortlist, read.choices if read is not None else {})
    found = [*(read.findings if read is not None else ()), *_vanished(read, chosen), *_needs(read, chosen)]
    return chosen, (*found, *_exceeded(read, chosen))


def stops_drafting(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that must be mended before anything is drafted."""
    return tuple(finding for finding in findings if finding.level is Level.BLOCK)


def _vanished(read: ReadChoices | None, chosen: Chosen) -> Iterator[Finding]:
    if read is None:
        return
    known = {item.candidate.id for item in chosen.shortlist.proposals}
    for key, line in read.lines.items():
        if key in known or line.choice == Choice():
            continue
        message = ChoiceMsg.NOT_PROPOSED if line.choice.decision == CHOSEN else ChoiceMsg.GONE
        where = Location(line.before.unit, line.at, raw=line.choice.decision, subject=key)
        yield say(message, where, ten=line.before.name, ma=key)
    for key in read.aside:
        if key not in known:
            yield say(ChoiceMsg.KEPT_ASIDE, Location(file=read.file, subject=key), ma=key)


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
        f"{FILE} đã có người sửa nên được giữ nguyên; bản mới là {name}, đã chép sang các quyết định. "
        f"Xem xong, muốn dùng bản mới thì đổi tên nó thành {FILE}; “dvk awards draft” chỉ đọc {FILE}."
    )


def newer_names(folder: Path) -> tuple[str, ...]:
    """Dated workbooks beside ``xet-chon.xlsx``, which the drafts do not read: to be named to the clerk."""
    stem = FILE.removesuffix(".xlsx")
    return tuple(sorted(path.name for path in folder.glob(f"{stem}-*.xlsx"))) if folder.is_dir() else ()
