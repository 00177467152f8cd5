"""What a run has found out becomes files: workbook, report, letters, run record; all of them or none."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from dvk_reports._version import __version__
from dvk_reports.messages.marks import no_issuer
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.findings import Finding, Level
from dvk_reports.model.notebook import one_line, small_table
from dvk_reports.model.returns import UnitState
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.sheets import FILE
from dvk_reports.run.steps.changes import FILE as CHANGES
from dvk_reports.run.steps.changes import changes
from dvk_reports.run.steps.grouped import message_lines
from dvk_reports.run.steps.register_told import register_lines
from dvk_reports.run.steps.standing import COUNTS, counts_of
from dvk_reports.run.steps.submissions import days_to_note
from dvk_reports.run.steps.tables import csv_files
from dvk_reports.workspace.folder import (
    LOG,
    REPORT,
    TOTALS,
    Workspace,
    digest_of,
    free_name,
    outdated,
    recorded,
)
from dvk_reports.workspace.spool import Aside, parts_of
from dvk_reports.workspace.switch import write_all

if TYPE_CHECKING:
    import pandas as pd

    from dvk_reports.sheets.base.written import Written

_WORDS = 5_000
"""Of the run record that are put together at a time: thousands of files have tens of thousands."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written beside workbook, report and letters, or that nothing is."""

    csv: bool | Literal["whole"] = False
    rehearsal: bool = False
    """Everything is found out and said, and no file is touched."""


@dataclass(frozen=True, repr=False)
class Result:
    """What one run has made. ``frame(name)`` gives a sheet of the workbook as a pandas table."""

    data: Consolidation
    folder: Path
    written: tuple[str, ...]
    kept: tuple[str, ...]
    """Word drafts that a person has edited and that were left alone."""
    redrafts: tuple[str, ...] = ()
    """What the new drafts beside them have taken over of the person's words, and what has changed under them."""
    changed: tuple[str, ...] = ()
    """What moved since the last run of this period, as the screen says it; every detail is in ``thay-doi.txt``. Empty
    where there was no earlier run."""
    closed: tuple[tuple[str, int, int], ...] = ()
    """(unit, closed, asked): how many mistakes of its marked copy a unit has mended or explained."""
    messages: tuple[str, ...] = ()
    """The findings as they are told on the screen, the same mistake once."""
    days: tuple[str, ...] = ()
    """Lines for sheet ``Ngày nhận`` of the register, where most days of receipt are those of files."""
    register: tuple[str, ...] = ()
    """What reading the register has found, each place on a line, and the units that are left out for it."""
    missing: int = 0
    """How many “[CẦN BỔ SUNG …]” the new report still has."""
    rehearsal: bool = False
    """Nothing was written; ``written`` names what a run would write."""
    to_send: str = ""
    """How many mails are new or changed since they were sent, and where they lie; "" for longer periods."""
    plan: Plan = field(kw_only=True)
    """The rule book of the last quarter of the period."""

    @property
    def summary(self) -> str:
        return self.data.sum_of_files

    @property
    def clean(self) -> bool:
        """Whether nothing needs the clerk; Ghi chú alone does not."""
        waiting = any(submission.state is not UnitState.ACCEPTED for submission in self.data.every_submission)
        asked = any(item.steps for item in self.data.hamlets)
        return not waiting and not asked and not any(item.level is not Level.NOTE for item in self.data.findings)

    def frame(self, name: str, raw: bool = False) -> pd.DataFrame:
        """One sheet of ``tong-hop.xlsx`` by its name, with its machine keys as columns and the data rows alone.

        Numbers are Int64 or Float64, days datetime64, drop-downs categories in the order of the plan, the rest text. A
        word in a column of numbers or days (“chưa báo cáo”, a stopped value as the unit wrote it) is blank there;
        ``raw``: every cell as the sheet has it. UnknownSheetError where there is no such table.
        """
        from dvk_reports.run.steps.frames import frame

        return frame(self.folder / TOTALS, name, self.plan, raw)

    @property
    def _counts(self) -> tuple[str, str]:
        """Units accepted of those that owe a report, findings by level."""
        units = self.data.submissions
        accepted = sum(item.state is UnitState.ACCEPTED for item in units)
        levels = Counter(finding.level for finding in self.data.findings)
        return f"{accepted}/{len(units)}", ", ".join(f"{level} {levels[level]}" for level in Level)

    def __repr__(self) -> str:
        accepted, levels = self._counts
        return one_line("Result", self.data.period.key, f"{accepted} đơn vị", levels, self.folder)

    def _repr_html_(self) -> str:
        """The run as a notebook shows it."""
        accepted, levels = self._counts
        lines = (
            ("Đơn vị đã được chấp nhận", accepted),
            ("Lỗi", levels),
            ("Tệp nhận về", self.summary),
            ("Thay đổi so với lần trước", "\n".join(self.changed)),
            ("Thư mục", self.folder),
            ("Đã ghi", f"{len(self.written)} tệp"),
            ("Có người đã sửa, giữ nguyên", ", ".join(self.kept)),
        )
        return small_table(f"Tổng hợp {self.data.period.title}", lines)


def write_results(
    space: Workspace,
    office: Office,
    data: Consolidation,
    letters: Mapping[str, bytes] = MappingProxyType({}),
    closed: tuple[tuple[str, int, int], ...] = (),
    wanted: Wanted = Wanted(),
    record: Mapping[str, Any] = MappingProxyType({}),
) -> Result:
    """Write ``ket-qua/<KY>``. ``letters``: what goes out to the units, which a longer period has none of."""
    from dvk_reports.papers.docx.marks import count_missing
    from dvk_reports.run.steps.redrafts import redrafts
    from dvk_reports.sheets.calls import NAME as CALLS

    # Before anything is made, so that the old workbook and the new ones never stand in memory together.
    moved = changes(space.results(data.period.key) / TOTALS, data)
    papers = Aside()
    papers.take(_outputs(space, office, data))
    papers.take(letters)
    if wanted.csv:
        papers.take(csv_files(papers[TOTALS], office.plan, whole=wanted.csv == "whole"))
    folder, day = space.results(data.period.key), office.day
    before = recorded(folder)
    # A person writes in the Word drafts and on the call sheet; the rest is only read.
    known = frozenset(before.values())
    again = redrafts(folder, papers, known, day)
    names = {name: made.target for name, made in again.items()}
    if CALLS in papers:
        names[CALLS] = free_name(folder, CALLS, papers[CALLS], known, day)
    kept = [name for name, target in names.items() if target != name]
    outputs = Aside()
    outputs.take(papers, names)
    for made in again.values():
        outputs[made.target] = made.data
        outputs.take(dict([made.listed]))
    if moved.main:
        outputs[CHANGES] = moved.text(data.period.key).encode("utf-8-sig")
    write_record(outputs.begin(LOG), office.plan, data, papers, record)
    if not wanted.rehearsal:
        write_all(folder, outputs, outdated(folder, before, papers))
    names = {item.unit: item.name for item in data.every_submission}
    messages = message_lines(_to_group(office, data), names)
    if any(finding.file.startswith("../") for finding in data.findings):
        earlier = Counter(finding.level for finding in data.findings if finding.file.startswith("../"))
        said = ", ".join(f"{earlier[level]} {level.value}" for level in Level if earlier[level])
        messages = (*messages, f"Lỗi còn lại ở các quý trong kỳ: {said}; xem trang Lỗi của tong-hop.xlsx.")
    if not space.plan.has_sender(data.as_of):
        messages = (no_issuer("báo cáo, công văn đôn đốc và thư", data.as_of), *messages)
    missing = count_missing(again[REPORT].data if REPORT in again else papers[REPORT])
    days = days_to_note(data.submissions) if len(data.period.quarters) == 1 else ()
    of_register = register_lines(office.register, office.register.not_yet(office.day, data.period))
    taken_over = tuple(line for made in again.values() for line in made.lines)
    told = (moved.main, closed, messages, days, of_register, missing, wanted.rehearsal)
    plan = office.plan_of(data.period.last)
    return Result(data, folder, tuple(outputs), tuple(kept), taken_over, *told, plan=plan)


def _to_group(office: Office, data: Consolidation) -> Iterator[Finding]:
    """Findings of this period; what reading the register has found is told on lines of its own."""
    of_its_own = (*office.register.findings, *office.register.not_yet(office.day, data.period))
    told = {(finding.rule, finding.sheet, finding.cell) for finding in of_its_own}
    for finding in data.findings:
        of_register = finding.file == FILE and (finding.rule, finding.sheet, finding.cell) in told
        if not of_register and not finding.file.startswith("../"):
            yield finding


def _outputs(space: Workspace, office: Office, data: Consolidation) -> Aside:
    """Workbook and report, the same on every run of the same inputs."""
    from dvk_reports.papers.report.report import write_report
    from dvk_reports.sheets.base.chart_part import report_charts
    from dvk_reports.sheets.totals.workbook import write_consolidated

    paper = io.BytesIO()
    charts = report_charts(office.plan, data)
    write_report(paper, office, data, template=space.template(REPORT), charts=charts)
    found = Aside()
    write_consolidated(found.begin(TOTALS), office, data)
    found[REPORT] = paper.getvalue()
    return found


def workbook_of(office: Office, data: Consolidation) -> bytes:
    """``tong-hop.xlsx`` of what was found."""
    from dvk_reports.sheets.totals.workbook import write_consolidated

    book = io.BytesIO()
    write_consolidated(book, office, data)
    return book.getvalue()


def write_record(
    target: Written, plan: Plan, data: Consolidation, outputs: Mapping[str, bytes], inputs: Mapping[str, Any]
) -> None:
    """``nhat-ky.json``: what was read, what came of it, and the hash of every output; no clock, no path."""
    levels = Counter(finding.level.value for finding in data.findings)
    record: dict[str, Any] = {
        "chuong_trinh": __version__,
        "ke_hoach": plan.info.ma,
        "ky": data.period.key,
        "ngay_lap": data.as_of.isoformat(),
        **inputs,
        COUNTS: dict(counts_of(data)),
        "tep": {record.file: {"sha256": record.sha256, "trang_thai": record.state.value} for record in data.files},
        "tong_so_tep": data.sum_of_files,
        "loi": {level.value: levels[level.value] for level in Level},
        "ket_qua": {name: digest_of(parts_of(outputs, name)) for name in outputs},
    }
    words = json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(record)
    while some := "".join(islice(words, _WORDS)):
        target.write(some.encode("utf-8"))
