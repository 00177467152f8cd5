"""Which file of a unit counts: the highest phien_ban, and none where two that say different things claim it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType

from dvk_reports.intake.form.content import content_hash
from dvk_reports.intake.reading import Reading
from dvk_reports.model.findings import Level
from dvk_reports.model.locks import UnitLock
from dvk_reports.model.returns import FROM_FILE, FileRecord, FileState, Return
from dvk_reports.vietnamese.dates import show_date

_UNREADABLE_VERSION = -1
"""An unreadable phien_ban ranks below all; alone it is used."""


@dataclass(frozen=True)
class Selection:
    """The line of every file, and the return that counts for each unit."""

    files: tuple[FileRecord, ...]
    used: Mapping[str, Return]
    conflicts: frozenset[str]
    """Units with two different files under one number."""

    @cached_property
    def _by_unit(self) -> Mapping[str, tuple[FileRecord, ...]]:
        found: dict[str, list[FileRecord]] = {}
        for record in self.files:
            found.setdefault(record.unit, []).append(record)
        return {unit: tuple(records) for unit, records in found.items()}

    @cached_property
    def near(self) -> frozenset[str]:
        """Units that a file seems to be of beside the one it counts for."""
        return frozenset(record.near for record in self.files if record.near)

    def of(self, unit: str) -> tuple[FileRecord, ...]:
        """The lines of the files of one unit, in their order."""
        return self._by_unit.get(unit, ())


def choose(
    readings: Sequence[Reading],
    period: str,
    refused: Mapping[str, str],
    units: Collection[str],
    locks: Mapping[str, UnitLock] = MappingProxyType({}),
) -> Selection:
    """Decide for each unit which file counts, and say of every other file why it does not.

    Only files of ``period`` and of a known unit are candidates. ``refused``: file -> reason of those that K01 refuses.
    ``locks``: unit -> the lock on its return; no other one counts then, and none where the locked one is gone.
    """
    states, candidates = _candidates(readings, period, refused, units)
    for unit in [unit for unit in locks if unit in candidates]:
        states |= _left_aside(locks[unit], candidates)
    chosen = _Chosen()
    chosen.conflicts |= {unit for unit in locks if unit in units and unit not in candidates}
    for unit, forms in candidates.items():
        chosen.decide(unit, forms)
    states |= chosen.states
    for reading in readings:  # what the level below could not decide is not decided here, unless another file does
        if reading.state is FileState.CONFLICT and reading.period == period and reading.unit not in chosen.used:
            chosen.conflicts.add(reading.unit)
    files = tuple(_record(reading, *states[reading.file]) for reading in readings)
    return Selection(files, chosen.used, frozenset(chosen.conflicts))


def _candidates(
    readings: Sequence[Reading], period: str, refused: Mapping[str, str], units: Collection[str]
) -> tuple[dict[str, tuple[FileState, str]], dict[str, list[Return]]]:
    """The state of every file that is no candidate, and the candidates of every unit."""
    states: dict[str, tuple[FileState, str]] = {}
    seen: dict[str, str] = {}
    candidates: dict[str, list[Return]] = {}
    for reading in readings:
        form = reading.found
        if form is None:
            states[reading.file] = (reading.state or FileState.UNREADABLE, reading.reason)
        elif reading.sha256 in seen:
            states[reading.file] = (FileState.DUPLICATE, f"giống hệt tệp {seen[reading.sha256]}")
        else:
            seen[reading.sha256] = reading.file
            if reading.file in refused:
                states[reading.file] = (FileState.REFUSED, refused[reading.file])
            elif form.period != period:
                states[reading.file] = (FileState.WRONG_PERIOD, f"tệp ghi kỳ {form.period}")
            elif form.unit in units:
                candidates.setdefault(form.unit, []).append(form)
    return states, candidates


def _left_aside(lock: UnitLock, candidates: dict[str, list[Return]]) -> dict[str, tuple[FileState, str]]:
    """The states of the files of a locked unit that are not looked at; ``candidates`` keeps the others."""
    forms = candidates.pop(lock.unit)
    locked = next((form for form in forms if form.sha256 == lock.sha256), None)
    since = f"báo cáo của đơn vị đã khóa ngày {show_date(lock.day)} ({lock.by}: {lock.reason})"
    if locked is None:
        return {form.file: (FileState.CONFLICT, f"{since} nhưng tệp đã khóa không còn") for form in forms}
    same = content_hash(locked)
    kept = [form for form in forms if form is locked or _rank(form) < _rank(locked) or content_hash(form) == same]
    candidates[lock.unit] = kept
    return {form.file: (FileState.SKIPPED, f"{since}; tệp này chưa được dùng") for form in forms if form not in kept}


@dataclass
class _Chosen:
    """What has been decided so far, unit by unit."""

    states: dict[str, tuple[FileState, str]] = field(default_factory=dict)
    used: dict[str, Return] = field(default_factory=dict)
    conflicts: set[str] = field(default_factory=set)

    def decide(self, unit: str, forms: Sequence[Return]) -> None:
        """Decide among the candidates of one unit."""
        top = max(_rank(form) for form in forms)
        different = list(_by_content([form for form in forms if _rank(form) == top]))
        highest = [same[0] for same in different]
        for form in forms:
            if _rank(form) < top:
                self.states[form.file] = (FileState.REPLACED, f"đã có phiên bản {_shown(highest[0])}")
        for first, *others in different:
            for form in others:
                self.states[form.file] = (FileState.DUPLICATE, f"cùng nội dung với {first.file}")
            if len(highest) == 1:
                self.states[first.file] = (FileState.USED, "")
                self.used[unit] = first
            else:
                named = _named([form.file for form in highest if form is not first])
                reason = f"cùng phiên bản {_shown(first)} nhưng khác nội dung với {named}"
                self.states[first.file] = (FileState.CONFLICT, reason)
        if len(highest) > 1:
            self.conflicts.add(unit)


def _by_content(forms: Sequence[Return]) -> Iterable[list[Return]]:
    """The files that say the same, together; first of them the one to be counted.

    That is the one in a consolidated workbook of the level below, which has said of it what is stopped, else the one
    that was read with the least doubt: a unit may have sent its form in a format that hides what another shows.
    """
    if len(forms) == 1:
        return [list(forms)]
    same: dict[str, list[Return]] = {}
    for form in forms:
        same.setdefault(content_hash(form), []).append(form)
    return [sorted(found, key=lambda form: (not form.box, *_doubts(form))) for found in same.values()]


def _doubts(form: Return) -> tuple[int, int]:
    levels = [finding.level for finding in form.findings]
    return levels.count(Level.BLOCK), levels.count(Level.WARNING)


_FEW = 3


def _named(files: Sequence[str]) -> str:
    more = f" và {len(files) - _FEW} tệp khác" if len(files) > _FEW else ""
    return ", ".join(files[:_FEW]) + more


def _rank(form: Return) -> int:
    return form.version if form.version is not None else _UNREADABLE_VERSION


def _shown(form: Return) -> str:
    return str(form.version) if form.version is not None else "không đọc được"


def _noted_day(form: Return) -> date | None:
    """The day of receipt that somebody or a mail has noted: that of a file is the day of its last copying."""
    return None if form.received_from == FROM_FILE else form.received


def _record(reading: Reading, state: FileState, reason: str) -> FileRecord:
    form = reading.found
    return FileRecord(
        file=reading.file,
        sha256=reading.sha256,
        state=state,
        unit=form.unit if form else reading.unit,
        period=form.period if form else reading.period,
        version="" if form is None or form.version is None else str(form.version),
        reason=reason,
        received=_noted_day(form) if form else reading.received,
    )
