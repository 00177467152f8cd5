"""``dvk rules --thu``: one rule run over the quarters held, and what became of the places that it tells.

Nothing is written. The rule is run as if it were in force, whatever ``checks.yaml`` says of it: that is what one asks
before switching it on, or after changing a bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dvk_reports.checks.across import across
from dvk_reports.checks.answers import plain
from dvk_reports.checks.context import subject_of
from dvk_reports.checks.force import in_force
from dvk_reports.errors import PlanError, WorkspaceError
from dvk_reports.intake.back.past import PastQuarter, read_past
from dvk_reports.intake.reading import Reading, read_files
from dvk_reports.intake.selection import choose
from dvk_reports.intake.workers import Crew
from dvk_reports.messages.returns import Msg
from dvk_reports.model.findings import Finding
from dvk_reports.model.periods import Quarter, quarters_between
from dvk_reports.model.returns import FileState, FormSheet, Return, UsedReturn
from dvk_reports.plan.book.in_force import changed
from dvk_reports.plan.book.registry import CHECKS_ACROSS
from dvk_reports.plan.book.rulebook import ON, CheckRule, InForce, Plan
from dvk_reports.plan.duty import units_due
from dvk_reports.plan.office import Office
from dvk_reports.run.consolidate import received_files
from dvk_reports.run.plans import opened
from dvk_reports.run.steps.inputs import files_below
from dvk_reports.run.steps.judge import Judged, judge_all
from dvk_reports.run.steps.periods import asked_quarter
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.text import fold, nearest
from dvk_reports.workspace.folder import Place, Workspace

LATER_VERSION, LATER_QUARTER = "phiên bản sau", "kỳ sau"
_FROM_USED = "theo sổ tổng hợp: chỉ các báo cáo đã dùng"
_FROM_ERRORS = "theo trang Lỗi của sổ tổng hợp"
_NOT_YET = "quý chưa tổng hợp"
_SHOWN = 5
"""Examples that are told."""
_COUNTS = (FileState.USED, FileState.REPLACED, FileState.REFUSED, FileState.CONFLICT)
"""Files that say something of their own."""


@dataclass(frozen=True)
class Told:
    """One place that the rule tells."""

    quarter: Quarter
    finding: Finding
    unit_name: str
    mended: str = ""
    """Where the unit mended it: in ``LATER_VERSION`` or ``LATER_QUARTER``; "" where it did not."""


@dataclass(frozen=True)
class Replay:
    """What a rule would tell, or would have told. ``lines``: as it is printed."""

    code: str
    title: str
    quarters: Mapping[Quarter, str]
    """Quarters looked at -> what there was to look at; "" where the files of the units were at hand."""
    told: tuple[Told, ...]
    sentences: tuple[str, ...] = ()
    """What the rules of the code ask for."""

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(_printed(self))

    def of(self, quarter: Quarter) -> tuple[Told, ...]:
        """What is told of one quarter."""
        return tuple(item for item in self.told if item.quarter == quarter)


def replay_rule(workspace: Place, code: str, since: str | None = None, as_of: date | None = None) -> Replay:
    """Run the rules of one code over the quarters held, from ``since`` on; nothing is written.

    A place counts as mended where it is no longer told in the unit's last version of that quarter, or where the unit's
    return of the next quarter states another value there (not of flows, which differ anyway). PlanError with the
    nearest for an unknown code; WorkspaceError where no quarter is held.
    """
    space = opened(workspace)
    known = space.plan.checks.ten_ma
    asked = re.sub(r"^([A-Z])(\d)$", r"\g<1>0\2", code.strip().upper())
    if asked not in known:
        near = nearest(asked, list(known))
        raise PlanError(f"Không có mã lỗi “{code}”." + (f" Có phải là {near} ({known[near]})?" if near else ""))
    first = asked_quarter(space, since, "kỳ đầu là một quý") if since else space.plan.first_quarter
    plan = _switched_on(space.plan, asked)
    office = Office(plan, space.register(), plan.day_of_run(as_of))
    with Crew() as crew:
        workbooks = list(space.quarters_held())
        past = {item.quarter: item for item in read_past(plan, workbooks, crew)}
        held = [
            quarter
            for quarter in quarters_between(max(first, plan.first_quarter), plan.last_quarter)
            if quarter in past or files_below(space.received(quarter.key))
        ]
        if not held:
            raise WorkspaceError(f"Từ {first.key} chưa có quý nào để chạy lại: không có tệp nhận về, sổ tổng hợp.")
        seen = [_Quarter.of(space, office, quarter, past, asked, crew) for quarter in held]
    sentences = tuple(rule.cau for rule in plan.checks.luat if rule.ma == asked)
    told = [item for place, quarter in enumerate(seen) for item in quarter.told(seen[place + 1 : place + 2])]
    return Replay(asked, known[asked], {quarter.quarter: quarter.source for quarter in seen}, tuple(told), sentences)


def _switched_on(plan: Plan, code: str) -> Plan:
    """The rule book in which the rules of a code are in force on every day."""

    def on(rule: CheckRule) -> CheckRule:
        always = InForce(tu_ngay=date.min, can_cu=rule.hieu_luc[0].can_cu, che_do=ON)
        return changed(rule, hieu_luc=[always]) if rule.ma == code else rule

    return changed(plan, checks=changed(plan.checks, luat=[on(rule) for rule in plan.checks.luat]))


_Place = tuple[str, str, str, str]


def _place(finding: Finding) -> _Place:
    """A place of a return, wherever its row stands in a later version."""
    return finding.unit or finding.file, finding.sheet, finding.key, fold(finding.subject) or finding.cell


@dataclass(frozen=True)
class _Quarter:
    """What the rule tells of one quarter, version by version."""

    office: Office
    quarter: Quarter
    source: str
    found: Mapping[_Place, Finding]
    """Every place that is told in any version, as it was told last."""
    standing: frozenset[_Place]
    """Those told in the last versions."""
    last: Mapping[str, Return]
    """Unit -> its last return."""

    @classmethod
    def of(
        cls,
        space: Workspace,
        office: Office,
        quarter: Quarter,
        past: Mapping[Quarter, PastQuarter],
        code: str,
        crew: Crew,
    ) -> _Quarter:
        """The quarter from its files, or from its workbook where they are no longer there."""
        own = past.get(quarter)
        whole_run = _is_of_whole_run(office.plan, code)
        files = bool(files_below(space.received(quarter.key))) and not whole_run
        if files:
            readings = list(read_files(office.plan, received_files(space, quarter, crew), crew))
        else:
            readings = [_as_read(office.plan, quarter, used) for used in own.returns.values()] if own else []
        history = [item for item in past.values() if item.quarter < quarter]
        versions = {} if whole_run else _versions(office, quarter, readings, history)
        each = [[_told(item, code) for item in items] for items in versions.values()]
        early = _together(office, quarter, [items[0] for items in versions.values()], code)
        late = _together(office, quarter, [items[-1] for items in versions.values()], code)
        as_told = [f for f in own.findings if f.code == code] if own is not None and whole_run else []
        every = [*early, *(f for items in each for findings in items for f in findings), *late, *as_told]
        standing = [*(f for items in each for f in items[-1]), *late, *as_told]
        return cls(
            office,
            quarter,
            "" if files else _FROM_USED if not whole_run else _NOT_YET if own is None else _FROM_ERRORS,
            {_place(finding): finding for finding in every},
            frozenset(map(_place, standing)),
            {unit: items[-1].form for unit, items in versions.items()},
        )

    def told(self, following: Sequence[_Quarter]) -> Iterator[Told]:
        """Every place with what became of it. ``following``: the quarter held after this one, if any."""
        after = following[0].last if following and following[0].quarter == self.quarter.next else {}
        for place, finding in self.found.items():
            mended = LATER_VERSION if place not in self.standing else ""
            if not mended and finding.unit in after and self._changed(finding, after[finding.unit]):
                mended = LATER_QUARTER
            unit = self.office.register.by_code.get(finding.unit)
            yield Told(self.quarter, finding, unit.name if unit else finding.unit or finding.file, mended)

    def _changed(self, finding: Finding, later: Return) -> bool:
        """Whether a later return states another value of what is no flow."""
        spec = self.office.plan.on(self.quarter.last_day).sheets.get(finding.sheet)
        field = spec.fields.get(finding.key) if spec is not None else None
        sheet = later.sheets.get(finding.sheet)
        if field is None or field.bien == "F" or sheet is None:
            return False
        rows = [row for row in sheet.rows if not finding.row or fold(subject_of(row)) == fold(finding.subject)]
        values = [row.values[finding.key] for row in rows if finding.key in row.values]
        return any(not value.blank and plain(value.text) != plain(finding.raw) for value in values)


def _is_of_whole_run(plan: Plan, code: str) -> bool:
    """Whether a code is told of the register, or of a run as a whole: then the line of sheet Lỗi is what there is."""
    scopes = {rule.pham_vi for rule in plan.checks.luat if rule.ma == code}
    together = {code for rule in CHECKS_ACROSS.values() for code in rule.codes}
    whole = scopes <= {"danh_muc", "toan_huyen"} and code not in together
    return whole or code == Msg.UNREADABLE_FILE.code


def _versions(
    office: Office, quarter: Quarter, readings: Sequence[Reading], history: Sequence[PastQuarter]
) -> dict[str, list[Judged]]:
    """Unit -> its returns of the quarter, the last version last."""
    spelled, judged = judge_all(office, quarter, readings, history)
    refused = {file: item.checked.refused for file, item in judged.items() if item.checked.refused}
    due = {unit.code for unit in units_due(office.plan, office.register, quarter)}
    found: dict[str, list[Judged]] = {}
    for record in choose(spelled, quarter.key, refused, due).files:
        item = judged.get(record.file)
        if item is not None and record.state in _COUNTS and item.form.period in ("", quarter.key):
            found.setdefault(item.form.unit or record.file, []).append(item)
    for items in found.values():
        items.sort(key=lambda item: (not item.checked.refused, item.form.version or 0, item.form.file))
    return found


def _told(item: Judged, code: str) -> list[Finding]:
    return [replace(f, unit=f.unit or item.form.unit) for f in item.findings if f.code == code]


def _together(office: Office, quarter: Quarter, items: Sequence[Judged], code: str) -> list[Finding]:
    """What the rules over all returns tell of one version of each unit."""
    used = [item for item in items if not item.checked.refused]
    stops = {item.form.file: item.checked.stops for item in used}
    told = across(office, quarter, [item.form for item in used], stops)
    return [finding for finding in in_force(office.plan, told, quarter.last_day) if finding.code == code]


def _as_read(plan: Plan, quarter: Quarter, used: UsedReturn) -> Reading:
    """A used return of a workbook as if its file had been read."""
    form = plan.form_version(quarter.last_day).ma
    sheets = {name: FormSheet(name, name, form, rows, {}) for name, rows in used.rows.items()}
    found = Return(used.file, used.unit, used.unit, quarter.key, form, 1, used.kind, sheets)
    return Reading(used.file, used.unit, None, found=found)


def _printed(replay: Replay) -> Iterator[str]:
    mended = [item for item in replay.told if item.mended]
    ways = [
        f"{show_count(count)} ở {way}"
        for way in (LATER_VERSION, LATER_QUARTER)
        if (count := sum(item.mended == way for item in mended))
    ]
    after = f", trong đó {show_count(len(mended))} chỗ sau đó đơn vị đã sửa ({', '.join(ways)})" if mended else ""
    yield f"{replay.code}. {replay.title}"
    yield f"Sẽ báo {show_count(len(replay.told))} chỗ ở {show_count(len(replay.quarters))} quý đang giữ{after}."
    for quarter, source in replay.quarters.items():
        told = replay.of(quarter)
        done = sum(bool(item.mended) for item in told)
        said = f"{show_count(len(told))} chỗ" + (f", đã sửa {show_count(done)}" if done else "") if told else "không có"
        said = "chưa biết" if source == _NOT_YET else said  # what is told of a run as a whole is in its workbook
        yield f"  {quarter.key}: {said}" + (f" ({source})" if source else "")
    if not replay.told:
        yield "Luật này:"
        yield from (f"  {sentence}" for sentence in replay.sentences)
    if replay.told:
        yield "Ví dụ:" if len(replay.told) > _SHOWN else "Các chỗ:"
    for item in replay.told[:_SHOWN]:
        finding = item.finding
        place = " ".join(part for part in (finding.sheet, finding.cell) if part)
        end = f" Đã sửa ở {item.mended}." if item.mended else ""
        yield f"  {item.quarter.key} · {item.unit_name}{f' · {place}' if place else ''}: {finding.text}{end}"
