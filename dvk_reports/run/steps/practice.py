"""A filled workspace to practise on, drawn from the practice text of a plan."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace

from dvk_reports.intake.files.boxes import ReceivedFile
from dvk_reports.intake.readers.workbook import read_sheets
from dvk_reports.intake.reading import read_file
from dvk_reports.model.findings import Level
from dvk_reports.model.periods import Quarter
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.duty import duties, ticks
from dvk_reports.plan.office import Office
from dvk_reports.plan.practice import Practice, SentFile
from dvk_reports.plan.register.reader import register_of
from dvk_reports.plan.register.sheets import FILE as REGISTER
from dvk_reports.run.steps.judge import judge
from dvk_reports.sheets.forms.layout import FormContent
from dvk_reports.sheets.forms.templates import Templates, form_bytes
from dvk_reports.sheets.marked.workbook import FlawedReturn, MarkedCopy
from dvk_reports.sheets.practice import TASKS, other_sheet, tasks_bytes
from dvk_reports.sheets.register.workbook import bundled_register, write_register


def practice_files(plan: Plan, practice: Practice) -> Mapping[str, bytes]:
    """Path below the workspace -> content; the register comes last. The same text gives the same bytes."""
    real = bundled_register(plan)
    rows = {**real.rows, **practice.danh_muc}
    told = replace(real, rows=rows, basis=tuple(practice.loi_dau), day=practice.ngay)
    register = io.BytesIO()
    write_register(register, plan, told)
    sender = _Sender(plan, practice, register.getvalue())
    files = {f"nhan-ve/{practice.ky}/{item.ten}": sender.content(item) for item in practice.tep}
    return {**files, TASKS: tasks_bytes(plan, practice), REGISTER: register.getvalue()}


class _Sender:
    """Writes the files as the units sent them."""

    def __init__(self, plan: Plan, practice: Practice, register: bytes) -> None:
        self.practice = practice
        self.quarter = Quarter.parse(practice.ky)
        self.office = Office(plan, register_of(register, plan, read_sheets), practice.ngay)
        self.templates = Templates()
        self.made: dict[str, bytes] = {}

    def content(self, item: SentFile) -> bytes:
        """One file; those that it is a copy of, or an answer to, stand before it."""
        if item.giong:
            data = self.made[item.giong]
        elif item.tra_loi:
            data = self._answered(item)
        elif item.bang:
            data = other_sheet(item.ten, item.bang)
        else:
            data = self._form(item)
        self.made[item.ten] = data
        return data

    def _form(self, item: SentFile) -> bytes:
        register, quarter = self.office.register, Quarter.parse(item.ky) if item.ky else self.quarter
        plan, unit = self.office.plan_of(quarter), register.by_code[item.don_vi]
        given = duties(plan, unit.kind, quarter)
        told = {name: item.bieu.get(name, {}) for name in (*self.practice.chung, *item.bieu)}
        lines = {name: values for name, values in told.items() if isinstance(values, Mapping)}
        content = FormContent(
            kind=unit.kind,
            given=given,
            ticks=ticks(plan, given),
            unit=unit,
            quarter=quarter,
            window=register.window(quarter),
            values={name: {**self.practice.chung.get(name, {}), **values} for name, values in lines.items()},
            rows={name: list(rows) for name, rows in told.items() if not isinstance(rows, Mapping)},
            hamlets=register.hamlets_of(unit.code, quarter.last_day),
            units=[(other.code, other.name) for other in register.units_on(quarter.last_day)],
        )
        return form_bytes(plan, content, self.templates)

    def _answered(self, item: SentFile) -> bytes:
        """The marked copy of a file, as the unit sends it back with a Giải trình on every Cảnh báo."""
        source = ReceivedFile(item.tra_loi, self.made[item.tra_loi], "", None, kind="xlsx")
        form = read_file(self.office.plan, source)[0].found
        assert form is not None
        judged = judge(self.office.plan, self.office.register, self.quarter, form, day=self.practice.ngay)
        assert judged.unit is not None
        findings = tuple(
            replace(finding, answer=item.giai_trinh if finding.level is Level.WARNING else "")
            for finding in judged.findings
        )
        return MarkedCopy(self.office, self.quarter, FlawedReturn(judged.unit, form, findings)).workbook()
