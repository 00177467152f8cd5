"""``dvk awards propose`` and ``dvk awards draft``: a shortlist for people to decide on, then papers of what they chose.

The program proposes and never grants. What a person has typed is kept; a paper that a person has edited too.
"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from dvk_reports._version import __version__
from dvk_reports.errors import PlanError, WorkspaceError
from dvk_reports.intake.back.choices import read_choices
from dvk_reports.intake.back.past import PastQuarter, read_past
from dvk_reports.model.proposals import Chosen, Outcome, Shortlist
from dvk_reports.model.records import Finding, Level
from dvk_reports.plan.register.register import Register
from dvk_reports.run.steps.choices import FILE, chosen_of, newer_names, repropose, stops_drafting, workbook_name
from dvk_reports.run.steps.shortlist import shortlist_of
from dvk_reports.workspace.folder import (
    LOG,
    Place,
    Workspace,
    digest,
    free_name,
    opened,
    outdated,
    recorded,
    write_all,
)

DRAFT_LOG = "nhat-ky-du-thao.json"
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

    @property
    def clean(self) -> bool:
        waiting = any(finding.level is not Level.NOTE for finding in self.findings)
        return not (waiting or self.kept or self.changes or self.notes or self.missing)


def propose_awards(workspace: Place, name: str, as_of: date | None = None, workers: int | None = None) -> Proposed:
    """Write ``khen-thuong/<DOT>/xet-chon.xlsx``: gates, reasons, ranking, quotas of the round.

    What the clerk has typed into an earlier copy is taken over; a copy that a person has edited is left alone, and the
    new one is written beside it. Raises a DvkError where there is no such round, or a workbook cannot be read.
    """
    from dvk_reports.sheets.shortlist.workbook import write_shortlist

    space = opened(workspace)
    day = as_of or date.today()
    register = space.register()
    found = _shortlist(space, register, name, day, workers)
    folder = space.awards(found.round)
    read = read_choices(folder / FILE) if (folder / FILE).is_file() else None
    choices, changes = repropose(read, found)
    book = io.BytesIO()
    write_shortlist(book, space.plan, register, found, choices)
    data = book.getvalue()
    target, said = workbook_name(folder, data, frozenset(recorded(folder).values()), day)
    record = _record(space, found, day, {FILE: data})
    write_all(folder, {target: data, LOG: record})
    _, findings = chosen_of(found, read)
    return Proposed(found, folder, target, said, changes, findings)


def draft_awards(
    workspace: Place,
    name: str,
    as_of: date | None = None,
    recognise: str | None = None,
    workers: int | None = None,
) -> Drafted:
    """Write the drafts of a round from the clerk's ``xet-chon.xlsx``: requests, decisions, minutes, letters, exports.

    ``recognise``: only the decision by which that unit itself recognises its models and names, from its B9a of the
    round's year. Nothing is written where a choice waits for its reason (``Drafted.stopped``).
    Raises PlanError (gate E11) for a day on which the district's issuers are no more.
    """
    space = opened(workspace)
    day = as_of or date.today()
    register = space.register()
    if recognise is not None:
        return _recognition(space, register, name, day, recognise, workers)
    from dvk_reports.papers.awards.drafts import award_drafts, draft_notes, forbid_late
    from dvk_reports.papers.docx.marks import count_missing
    from dvk_reports.sheets.shortlist.export import award_export

    round_ = space.plan.round(name)
    # A decision of the round cannot be of a day before it.
    forbid_late(space.plan, max(day, round_.tu_ngay))
    folder = space.awards(round_.ma)
    if not (folder / FILE).is_file():
        raise WorkspaceError(f"Chưa có {folder / FILE}. Xét đề nghị trước: dvk awards propose {name}")
    found = _shortlist(space, register, name, day, workers)
    read = read_choices(folder / FILE)
    _, changes = repropose(read, found)
    chosen, findings = chosen_of(found, read)
    stopped = stops_drafting(findings)
    if stopped:
        return Drafted(folder, stopped=stopped, findings=findings, changes=changes)
    papers = award_drafts(space.plan, register, chosen, day, _templates(space))
    export = award_export(space.plan, chosen)
    notes = [*draft_notes(space.plan, chosen, day), *export.notes]
    newer = newer_names(folder)
    if newer:
        notes.append(f"Dự thảo lập từ {FILE}; bản mới hơn chưa dùng: {', '.join(newer)}.")
    outputs = {**papers, **{f"{EXPORT}/{file}": data for file, data in export.files.items()}}
    written, kept = _write(space, found, folder, day, outputs)
    missing = sum(count_missing(data) for file, data in papers.items() if file.endswith(".docx"))
    count = sum(chosen.is_chosen(item) for item in found.proposals)
    return Drafted(folder, written, kept, (), findings, changes, tuple(notes), missing, count)


def _shortlist(space: Workspace, register: Register, name: str, day: date, workers: int | None) -> Shortlist:
    return shortlist_of(
        space, name, day, register=register, earlier=_earlier(space, register, name, workers), workers=workers
    )


def _earlier(space: Workspace, register: Register, name: str, workers: int | None) -> tuple[Chosen, ...]:
    """Earlier rounds with what was chosen in them, as far as the workspace has kept them (gate E8)."""
    start = space.plan.round(name).tu_ngay
    found = []
    for entry in space.plan.awards.dot:
        path = space.awards(entry.ma) / FILE
        if entry.tu_ngay < start and path.is_file():
            listed = shortlist_of(space, entry.ma, entry.tu_ngay, register=register, workers=workers)
            found.append(Chosen(listed, read_choices(path).choices))
    return tuple(found)


def _templates(space: Workspace) -> dict[str, Path]:
    """The office's own templates by their file name."""
    folder = space.root / "mau-word"
    return {path.name: path for path in sorted(folder.glob("*.docx"))} if folder.is_dir() else {}


def _write(
    space: Workspace, found: Shortlist, folder: Path, day: date, outputs: Mapping[str, bytes]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(names written, drafts left alone)."""
    before = recorded(folder, DRAFT_LOG)
    known = frozenset(before.values())
    named: dict[str, bytes] = {}
    kept = []
    for name, data in outputs.items():
        target = free_name(folder, name, data, known, day) if name.endswith(".docx") else name
        named[target] = data
        if target != name:
            kept.append(name)
    named[DRAFT_LOG] = _record(space, found, day, outputs)
    write_all(folder, named, outdated(folder, before, outputs))
    return tuple(named), tuple(kept)


def _record(space: Workspace, found: Shortlist, day: date, outputs: Mapping[str, bytes]) -> bytes:
    """What the round was read from and the hash of every output; no clock, no path."""
    states = Counter(item.outcome.value for item in found.proposals)
    record: dict[str, Any] = {
        "chuong_trinh": __version__,
        "ke_hoach": space.plan.info.ma,
        "dot": found.round,
        "ngay_lap": day.isoformat(),
        "cach_tinh_02_nam": found.reading,
        "cac_quy": list(found.quarters),
        "de_nghi": {outcome.value: states[outcome.value] for outcome in Outcome if states[outcome.value]},
        "ket_qua": {name: digest(data) for name, data in outputs.items()},
    }
    return json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8")


# --- a unit's own recognition ---------------------------------------------------------------------------------------


def _recognition(space: Workspace, register: Register, name: str, day: date, code: str, workers: int | None) -> Drafted:
    from dvk_reports.papers.awards.recognition import recognition_decision
    from dvk_reports.papers.docx.marks import count_missing

    round_ = space.plan.round(name)
    unit = register.by_code.get(code)
    if unit is None:
        raise PlanError(f"Không có đơn vị “{code}” trong danh mục.")
    held = [(quarter, path) for quarter, path in space.quarters_held() if quarter.year <= round_.year]
    past = read_past(space.plan, held, workers)
    rows = {sheet: _rows(past, register, code, sheet) for sheet in ("B9a", "B2", "B3")}
    template = space.template("quyet-dinh-cong-nhan.docx")
    data = recognition_decision(
        space.plan, register, unit, round_.year, rows["B9a"], rows["B2"], rows["B3"], day, template
    )
    folder = space.awards(round_.ma)
    target = f"{RECOGNISED}/DVK_{code}_{round_.year}_cong-nhan.docx"
    path = folder / target
    edited = path.is_file() and path.read_bytes() != data
    # No run record knows this paper, so a file that is not the same is taken for a person's.
    chosen = free_name(folder, target, data, frozenset(), day) if edited else target
    write_all(folder, {chosen: data})
    kept = (target,) if chosen != target else ()
    return Drafted(folder, (chosen,), kept, missing=count_missing(data))


def _rows(past: Iterable[PastQuarter], register: Register, code: str, sheet: str) -> list[Any]:
    """Rows of the unit's used returns, oldest first, with what is stopped left blank: it is not known."""
    found = []
    for quarter in sorted(past, key=lambda item: item.quarter):
        for sender in register.standing_for(code, quarter.quarter.last_day):
            used = quarter.returns.get(sender)
            if used is None or not used.readable(sheet):
                continue
            for row in used.rows[sheet]:
                values = {
                    key: replace(value, typed=None, text="") if used.stopped(row, key) else value
                    for key, value in row.values.items()
                }
                found.append(replace(row, values=values))
    return found
