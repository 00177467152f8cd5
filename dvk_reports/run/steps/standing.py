"""How far the work on a quarter and on an award round has come, from folders, run records and the register alone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dvk_reports._version import __version__
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import UnitState
from dvk_reports.plan.book.rulebook import Round
from dvk_reports.plan.duty import units_due
from dvk_reports.plan.register.entries import Deadline
from dvk_reports.plan.register.register import Register
from dvk_reports.run.steps.copy_files import copies_in
from dvk_reports.run.steps.inputs import FILES, PAST, files_below, kept_inputs, state_of
from dvk_reports.run.steps.seal import archives
from dvk_reports.vietnamese.dates import day_of
from dvk_reports.workspace.folder import DRAFT_LOG, LOG, TOTALS, Workspace, digest, recorded
from dvk_reports.workspace.unit_locks import locks_of

if TYPE_CHECKING:
    from dvk_reports.model.consolidation import Consolidation

COUNTS = "tinh_hinh"
"""Key of the run record that holds what :func:`counts_of` counts."""
_USED, _DUE, _TO_MEND, _DOUBTFUL = "da_dung", "phai_nop", "cho_sua", "can_xac_minh"


def counts_of(data: Consolidation) -> Mapping[str, int]:
    """What a run of one quarter leaves to do, in numbers of units; empty for a longer period."""
    if len(data.period.quarters) > 1:
        return {}
    returned = (UnitState.ACCEPTED, UnitState.REFUSED)
    return {
        _DUE: len(data.submissions),
        _USED: sum(item.state is UnitState.ACCEPTED for item in data.submissions),
        _TO_MEND: sum(item.state in returned and bool(item.blocks or item.warnings) for item in data.submissions),
        _DOUBTFUL: sum(item.state is UnitState.CONFLICT for item in data.submissions),
    }


@dataclass(frozen=True, slots=True)
class QuarterStanding:
    """One quarter of the workspace."""

    quarter: Quarter
    deadline: Deadline | None
    due: int
    sent: int
    """Forms made."""
    came: int
    """Files received."""
    day: date | None
    """The day that it was consolidated for; None where it is not."""
    late_files: bool
    """Files came, went or changed since then."""
    other_inputs: bool
    """The register, the rules or an earlier quarter changed since then."""
    editions: tuple[int, ...]
    unsealed: bool
    locks: int = 0
    """Units whose return is locked on its own."""
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def begun(self) -> bool:
        return bool(self.sent or self.came or self.day)

    @property
    def used(self) -> int:
        """Units of which a return is used."""
        return self.counts.get(_USED, 0)

    @property
    def silent(self) -> int:
        """Units without a return that can be used, each a call; 0 where no run has counted them."""
        return self.counts.get(_DUE, 0) - self.used

    @property
    def to_mend(self) -> int:
        """Units with a marked copy."""
        return self.counts.get(_TO_MEND, 0)

    @property
    def doubtful(self) -> int:
        """Units that sent different returns under one number."""
        return self.counts.get(_DOUBTFUL, 0)


def quarter_standing(space: Workspace, register: Register, quarter: Quarter, day: date) -> QuarterStanding:
    """Look at the folders of a quarter; no workbook but the register is opened."""
    results = space.results(quarter.key)
    log = run_record(results) if (results / TOTALS).is_file() else {}
    sealed = archives(space, quarter)
    edition = log.get("lan_bo_sung", 0)
    received = files_below(space.received(quarter.key))
    return QuarterStanding(
        quarter=quarter,
        deadline=register.deadlines.get(quarter),
        due=len(units_due(space.plan, register, quarter)),
        sent=sum(1 for path in space.outgoing(quarter.key).glob("*.xlsx") if path.is_file()),
        came=len(received),
        day=_day(log),
        late_files=bool(log) and _files_changed(space, quarter, log, received),
        other_inputs=bool(log) and _others_changed(space, quarter, log, day),
        editions=tuple(sorted(sealed)),
        unsealed=bool(log) and edition not in sealed,
        locks=len(locks_of(space, quarter, day)),
        counts={key: int(value) for key, value in log.get(COUNTS, {}).items()},
    )


def run_record(folder: Path, name: str = LOG) -> Mapping[str, Any]:
    """What a run has written of itself; empty where it is missing or damaged."""
    try:
        log = json.loads((folder / name).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return {}
    return log if isinstance(log, dict) else {}


def _day(log: Mapping[str, Any]) -> date | None:
    try:
        return date.fromisoformat(str(log.get("ngay_lap", "")))
    except ValueError:
        return None


def _files_changed(space: Workspace, quarter: Quarter, log: Mapping[str, Any], received: Sequence[Path]) -> bool:
    """Another set of files than the run read, one of another day, or other content written since.

    A file that was copied bears the day on which it was saved elsewhere, so the clock alone says nothing.
    """
    folder = space.received(quarter.key)
    read = log.get("dau_vao", {}).get(FILES, {})
    made = _written(space.results(quarter.key) / TOTALS)
    now = {path.relative_to(folder).as_posix().encode("utf-8", "replace").decode(): path for path in received}
    if read.keys() - now.keys():
        return True
    return any(
        _touched(path, read.get(name, ""), made) and read.get(name, "") != state_of(path) for name, path in now.items()
    )


def _touched(path: Path, before: str, made: float) -> bool:
    """Whether a file may be another one than before: of another day, or put there since the run, whatever its date."""
    try:
        seen = path.stat()
        return not before.endswith(day_of(seen.st_mtime).isoformat()) or max(seen.st_mtime, seen.st_ctime) > made
    except (OSError, ValueError, OverflowError):
        return True


def _others_changed(space: Workspace, quarter: Quarter, log: Mapping[str, Any], day: date) -> bool:
    """What the office keeps, the program itself, or an earlier quarter."""
    read = log.get("dau_vao", {})
    if log.get("chuong_trinh") != __version__ or COUNTS not in log:
        return True
    if any(read.get(place, {}) != kept for place, kept in kept_inputs(space, quarter, day).items()):
        return True
    made, past = _written(space.results(quarter.key) / TOTALS), read.get(PAST, {})
    held = {item.key: path for item, path in space.quarters_held() if item < quarter}
    return held.keys() != past.keys() or any(
        _written(path) > made and past[key] != digest(path.read_bytes()) for key, path in held.items()
    )


@dataclass(frozen=True, slots=True)
class RoundStanding:
    """One award round of the plan, as far as the workspace has begun it."""

    award: Round
    listed: bool
    """There is a shortlist."""
    edited: bool
    """A person has written into it."""
    outdated: bool
    """A quarter that it reads was consolidated since then."""
    drafted: bool
    """The papers were made from the shortlist as it lies there."""
    proposals: int
    ties: int
    doubtful: int


def round_standing(space: Workspace, award: Round) -> RoundStanding:
    """Look at the folder of a round."""
    folder = space.awards(award.ma)
    counted = run_record(folder).get("de_nghi", {})
    ties, doubtful = _undecided(counted)
    known = set(recorded(folder).values())
    copies = copies_in(folder)
    return RoundStanding(
        award=award,
        listed=bool(copies),
        edited=any(digest(path.read_bytes()) not in known for path in copies),
        outdated=_written(folder / LOG) < max((_written(path) for path in _read_by(space, award)), default=0),
        drafted=_written(folder / DRAFT_LOG) >= max((_written(path) for path in copies), default=0) > 0,
        proposals=sum(counted.values()),
        ties=ties,
        doubtful=doubtful,
    )


def _undecided(counted: Mapping[str, int]) -> tuple[int, int]:
    """Ties and doubtful proposals of a round; before the first one nothing of awards is loaded."""
    if not counted:
        return 0, 0
    from dvk_reports.model.proposals import Outcome

    return counted.get(Outcome.TIED.value, 0), counted.get(Outcome.TO_VERIFY.value, 0)


def _read_by(space: Workspace, award: Round) -> list[Path]:
    return [path for quarter, path in space.quarters_held() if quarter.last_day < award.tu_ngay]


def _written(path: Path) -> float:
    """When a file was written; 0 where there is none."""
    return path.stat().st_mtime if path.is_file() else 0
