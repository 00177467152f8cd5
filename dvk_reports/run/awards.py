"""``dvk awards propose`` and ``dvk awards draft``: a shortlist for people to decide on, then papers of what they chose.

The program proposes and never grants. What a person has typed is kept; a paper that a person has edited too.
"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dvk_reports._version import __version__
from dvk_reports.errors import PlanError, WorkspaceError
from dvk_reports.intake.back.choices import ReadChoices
from dvk_reports.intake.back.past import PastQuarter, read_past
from dvk_reports.intake.workers import Crew, Workers
from dvk_reports.model.findings import Finding, Level
from dvk_reports.model.proposals import Award, Outcome, Shortlist
from dvk_reports.model.values import Row
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.office import Office
from dvk_reports.run.plans import opened
from dvk_reports.run.steps.choices import chosen_of, followed, others_beside, repropose, stops_drafting, workbook_name
from dvk_reports.run.steps.copies import awards_of, read_copies
from dvk_reports.run.steps.copy_files import FILE, copies_in
from dvk_reports.run.steps.shortlist import shortlist_of
from dvk_reports.vietnamese.lists import Listed
from dvk_reports.workspace.folder import (
    DRAFT_LOG,
    LOG,
    Place,
    Workspace,
    digest,
    outdated,
    recorded,
)
from dvk_reports.workspace.lock import one_at_a_time
from dvk_reports.workspace.switch import write_all

if TYPE_CHECKING:
    from dvk_reports.sheets.shortlist.export import Export

"""What the drafts of a round were made of; the run record of the proposal is ``nhat-ky.json``."""
EXPORT = "xuat-phan-mem"
RECOGNISED = "cong-nhan"


@dataclass(frozen=True)
class Proposed:
    """What ``propose_awards`` has made."""

    shortlist: Shortlist
    folder: Path
    file: str
    """Name of the workbook that was written."""
    kept: str = ""
    """Said where the clerk's own copy was left alone and the new one lies beside it."""
    changes: tuple[str, ...] = ()
    """What has changed under the clerk's choices and beside them since the copy was written."""
    findings: tuple[Finding, ...] = ()
    """What is wrong with the clerk's copy."""

    @property
    def counts(self) -> Mapping[Outcome, int]:
        return Counter(item.outcome for item in self.shortlist.proposals)

    @property
    def clean(self) -> bool:
        """Whether nobody has to look: every proposal within or beyond the quota, nothing missing, nothing moved."""
        settled = all(item.outcome in (Outcome.EXPECTED, Outcome.RESERVE) for item in self.shortlist.proposals)
        waiting = any(finding.level is not Level.NOTE for finding in self.findings)
        return settled and not (waiting or self.changes or self.kept or self.shortlist.missing_quarters)


@dataclass(frozen=True)
class Drafted:
    """What ``draft_awards`` has made; with ``stopped`` nothing was written."""

    folder: Path
    written: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    """Drafts that a person has edited and that were left alone."""
    stopped: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()
    changes: tuple[str, ...] = ()
    """What has changed since the clerk decided."""
    notes: tuple[str, ...] = ()
    missing: int = 0
    """How many “[CẦN BỔ SUNG …]” the drafts still have."""
    chosen: int = 0
    redrafts: tuple[str, ...] = ()
    """What the new drafts beside edited ones have taken over of a person's words."""

    @property
    def clean(self) -> bool:
        waiting = any(finding.level is not Level.NOTE for finding in self.findings)
        return not (waiting or self.kept or self.changes or self.notes or self.missing)


@one_at_a_time("dvk awards propose")
def propose_awards(
    workspace: Place,
    name: str,
    as_of: date | None = None,
    workers: int | None = None,
    executor: Executor | None = None,
) -> Proposed:
    """Write ``khen-thuong/<DOT>/xet-chon.xlsx``: gates, reasons, ranking, quotas of the round.

    What the clerk has typed into an earlier copy is taken over; a copy that a person has edited is left alone, and the
    new one is written beside it. The workbooks of past quarters are read by so many ``workers`` (processes), or by any
    ``executor`` of the caller. Raises a DvkError where there is no such round, or a workbook cannot be read.
    """
    from dvk_reports.sheets.shortlist.workbook import write_shortlist

    space = opened(workspace)
    office = space.office(as_of)
    with Crew(workers, executor) as crew:
        found = _shortlist(space, office, name, crew)
    folder = space.awards(found.round)
    read = _read(office, folder, found)
    _, changes = repropose(read, found)
    chosen, findings = chosen_of(found, read, office.plan.round(name).tu_ngay)
    book = io.BytesIO()
    write_shortlist(book, office, chosen)
    data = book.getvalue()
    target, said = workbook_name(folder, data, frozenset(recorded(folder).values()), office.day)
    record = _record(office, found, {FILE: data})
    write_all(folder, {target: data, LOG: record})
    return Proposed(found, folder, target, said, changes, findings)


@one_at_a_time("dvk awards draft")
def draft_awards(
    workspace: Place,
    name: str,
    as_of: date | None = None,
    recognise: str | None = None,
    workers: int | None = None,
    executor: Executor | None = None,
) -> Drafted:
    """Write the drafts of a round from the clerk's ``xet-chon.xlsx``: requests, decisions, minutes, letters, exports.

    ``recognise``: only the decision by which that unit itself recognises its models and names, from what it has
    recorded for the round's year, else from its reviews of that year. Nothing is written where a choice waits for its
    reason (``Drafted.stopped``). ``workers``, ``executor``: as for ``propose_awards``.
    Raises PlanError (gate E11) for a day on which a form of the round is granted no more.
    """
    space = opened(workspace)
    office = space.office(as_of)
    if recognise is not None:
        with Crew(workers, executor) as crew:
            return _recognition(space, office, name, recognise, crew)
    from dvk_reports.papers.awards.drafts import award_drafts, draft_notes, forbid_late
    from dvk_reports.papers.docx.marks import count_missing
    from dvk_reports.sheets.shortlist.export import award_export

    plan, day = office.plan, office.day
    round_ = plan.round(name)
    # A decision of the round cannot be of a day before it.
    forbid_late(plan, round_.ma, max(day, round_.tu_ngay))
    folder = space.awards(round_.ma)
    if not copies_in(folder):
        raise WorkspaceError(f"Chưa có {folder / FILE}. Xét đề nghị trước: dvk awards propose {name}")
    with Crew(workers, executor) as crew:
        found = _shortlist(space, office, name, crew)
    read = _read(office, folder, found)
    assert read is not None
    _, changes = repropose(read, found)
    chosen, findings = chosen_of(found, read, round_.tu_ngay)
    stopped = stops_drafting(findings)
    if stopped:
        return Drafted(folder, stopped=stopped, findings=findings, changes=changes)
    papers = award_drafts(office, chosen, _templates(space))
    export = award_export(plan, chosen)
    notes = [*draft_notes(plan, chosen, day), *_of_export(export)]
    others = others_beside(folder, read.file)
    if others:
        notes.append(f"Dự thảo lập từ {read.file}; trong thư mục còn {', '.join(others)}.")
    outputs = {**papers, **{f"{EXPORT}/{file}": data for file, data in export.files.items()}}
    written, kept, taken_over = _write(office, found, folder, outputs)
    missing = sum(count_missing(data) for file, data in papers.items() if file.endswith(".docx"))
    count = sum(chosen.is_chosen(item) for item in found.proposals)
    return Drafted(folder, written, kept, (), findings, changes, tuple(notes), missing, count, taken_over)


def _of_export(export: Export) -> Iterator[str]:
    """What stands on the sheet of notes of each workbook in one line, and what stands in none of them."""
    from dvk_reports.sheets.shortlist.export import NOTES

    named = Counter(note.partition(": ")[0] for note in export.notes)
    inside = {name: named[name] for name in export.files if named[name]}
    if inside:
        files = [f"{name} ({count})" for name, count in inside.items()]
        head = f"{EXPORT}/: {sum(inside.values())} cột để trống hoặc phải đối chiếu, vì sao thì xem trang “{NOTES}” của"
        yield Listed(head, files, "tệp")
    yield from (note for note in export.notes if note.partition(": ")[0] not in inside)


def _shortlist(space: Workspace, office: Office, name: str, workers: Workers) -> Shortlist:
    return shortlist_of(space, office, name, _earlier(space, office, name), workers)


def _read(office: Office, folder: Path, found: Shortlist) -> ReadChoices | None:
    """The copy that speaks for the clerk, in the ids of today's shortlist; None where there is none."""
    day = office.plan.round(found.round).tu_ngay
    return read_copies(folder, lambda read: followed(read, found, office.register, day))


def _earlier(space: Workspace, office: Office, name: str) -> tuple[Award, ...]:
    """Who was granted or chosen in earlier rounds, as far as the workspace has kept them (gate E8)."""
    start = office.plan.round(name).tu_ngay
    earlier = (entry for entry in office.plan.awards.dot if entry.tu_ngay < start)
    return tuple(award for entry in earlier for award in awards_of(entry.ma, space.awards(entry.ma)))


def _templates(space: Workspace) -> dict[str, Path]:
    """The office's own templates by their file name."""
    folder = space.root / "mau-word"
    return {path.name: path for path in sorted(folder.glob("*.docx"))} if folder.is_dir() else {}


def _write(
    office: Office, found: Shortlist, folder: Path, outputs: Mapping[str, bytes]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """(names written, drafts left alone, what the new ones beside them have taken over)."""
    from dvk_reports.run.steps.redrafts import redrafts

    before = recorded(folder, DRAFT_LOG)
    known = frozenset(before.values())
    named: dict[str, bytes] = {}
    kept: list[str] = []
    said: list[str] = []
    again = redrafts(folder, outputs, known, office.day)
    for name, data in outputs.items():
        made = again.get(name)
        if made is None:
            named[name] = data
            continue
        named |= {made.target: made.data, made.listed[0]: made.listed[1]}
        said += made.lines
        kept += [name] if made.target != name else []
    named[DRAFT_LOG] = _record(office, found, outputs)
    write_all(folder, named, outdated(folder, before, outputs))
    return tuple(named), tuple(kept), tuple(said)


def _record(office: Office, found: Shortlist, outputs: Mapping[str, bytes]) -> bytes:
    """What the round was read from and the hash of every output; no clock, no path."""
    states = Counter(item.outcome.value for item in found.proposals)
    record: dict[str, Any] = {
        "chuong_trinh": __version__,
        "ke_hoach": office.plan.info.ma,
        "dot": found.round,
        "ngay_lap": office.day.isoformat(),
        "cach_tinh_02_nam": found.reading,
        "cac_quy": list(found.quarters),
        "de_nghi": {outcome.value: states[outcome.value] for outcome in Outcome if states[outcome.value]},
        "ket_qua": {name: digest(data) for name, data in outputs.items()},
    }
    return json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8")


# --- a unit's own recognition ---------------------------------------------------------------------------------------


def _recognition(space: Workspace, office: Office, name: str, code: str, workers: Workers) -> Drafted:
    from dvk_reports.messages.marks import no_issuer
    from dvk_reports.papers.awards.recognition import Recognised, issued_by, recognition_decision, recorded_in
    from dvk_reports.papers.docx.marks import count_missing
    from dvk_reports.run.steps.redrafts import redrafts

    round_, day = office.plan.round(name), office.day
    unit = office.register.by_code.get(code)
    if unit is None:
        raise PlanError(f"Không có đơn vị “{code}” trong danh mục.")
    held = [(quarter, path) for quarter, path in space.quarters_held() if quarter.year <= round_.year]
    past = read_past(office.plan, held, workers)
    rows = (
        list(_rows(office, past, code, role)) for role in (SheetRole.RECOGNITIONS, SheetRole.MODELS, SheetRole.REVIEWS)
    )
    paper, _ = issued_by(office.plan, unit, day)
    given = Recognised(unit, round_.year, *rows)
    data = recognition_decision(office, given, space.template(paper.mau))
    notes = () if paper.has_issuer else (no_issuer(paper.ten, day),)
    if not recorded_in(given):
        notes = (*notes, _before_the_fact(office, given.unit.name, round_.year))
    folder = space.awards(round_.ma)
    target = f"{RECOGNISED}/DVK_{code}_{round_.year}_cong-nhan.docx"
    # No run record knows this paper: it says itself whether anybody has saved it since.
    made = redrafts(folder, {target: data}, frozenset(), day).get(target)
    files = {target: data} if made is None else {made.target: made.data, made.listed[0]: made.listed[1]}
    write_all(folder, files)
    kept = (target,) if target not in files else ()
    said = made.lines if made is not None else ()
    return Drafted(folder, tuple(files), kept, notes=notes, missing=count_missing(data), redrafts=said)


def _before_the_fact(office: Office, unit: str, year: int) -> str:
    recognitions, reviews = (office.plan.sheet(role) for role in (SheetRole.RECOGNITIONS, SheetRole.REVIEWS))
    return (
        f"{unit} chưa ghi quyết định nào của năm xét {year} ở biểu {recognitions}: dự thảo lập theo kết quả đánh giá ở "
        f"biểu {reviews}, để đơn vị đối chiếu biên bản họp, ghi số và ký. Ban hành xong, đơn vị ghi vào biểu "
        f"{recognitions}."
    )


def _rows(office: Office, past: Iterable[PastQuarter], code: str, role: SheetRole) -> Iterator[Row]:
    """Rows of the unit's used returns, oldest first, with what is stopped left blank: it is not known.

    Of a unit that it is a part of, the models and their reviews: what the unit recognises is its own.
    """
    former = () if role is SheetRole.RECOGNITIONS else office.register.forerunners(code)
    for quarter in sorted(past, key=lambda item: item.quarter):
        sheet = office.plan_of(quarter.quarter).sheet(role)
        for sender in dict.fromkeys((*office.register.senders_for(code, quarter.quarter.last_day), *former)):
            used = quarter.returns.get(sender)
            if used is None or not used.readable(sheet):
                continue
            for row in used.rows.get(sheet, ()):
                values = {
                    key: replace(value, typed=None, text="") if used.stopped(row, key) else value
                    for key, value in row.values.items()
                }
                yield replace(row, values=values)
