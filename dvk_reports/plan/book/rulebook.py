"""The rule book: what documents fix, as dated and cited YAML, checked once when it is loaded.

One folder of YAML is one plan. A mistake in it is a PlanError that names file, line, entry and the nearest right
spelling; all mistakes of all files are told at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from pydantic import BaseModel, ValidationError

from dvk_reports.errors import PlanError
from dvk_reports.messages.returns import Msg
from dvk_reports.model.records import Level
from dvk_reports.plan.book.award_export import AwardExportFile
from dvk_reports.plan.book.awards import GATES, AwardsFile, Round, first_of_month
from dvk_reports.plan.book.checks import OFF, ON, TRIAL, CheckRule, ChecksFile, InForce
from dvk_reports.plan.book.documents import (
    REPORT_KINDS,
    DatedText,
    DocumentsFile,
    DocumentSpec,
    Layout,
    ReportLength,
    StandingTask,
)
from dvk_reports.plan.book.entries import Dated, DatedBase, Entry, QuarterKey, T, in_force
from dvk_reports.plan.book.figures import FiguresFile, FigureSpec, Filter, Lines, Operation, OwnLine, StopWhen
from dvk_reports.plan.book.formats import FormatsFile
from dvk_reports.plan.book.forms import (
    DUE,
    IF_ANY,
    KINDS,
    AddsUp,
    AtMost,
    Choice,
    DateOrder,
    DateWithin,
    Duty,
    FieldSpec,
    FormsFile,
    FormVersion,
    KindOnly,
    Largest,
    Longest,
    MoneyDoubt,
    RequiredIf,
    Rule,
    SheetSpec,
    Symbol,
    Unique,
    When,
)
from dvk_reports.plan.book.mistakes import meant, parsed, sentence
from dvk_reports.plan.book.plan import Group, PlanFile, Task, Values
from dvk_reports.plan.book.reminders import Holiday, ReminderLevel, RemindersFile, WorkedDay
from dvk_reports.plan.periods import Period, Quarter

__all__ = [
    "DUE",
    "IF_ANY",
    "KINDS",
    "NEVER_EASED",
    "OFF",
    "ON",
    "TRIAL",
    "AddsUp",
    "AtMost",
    "AwardsFile",
    "CheckRule",
    "ChecksFile",
    "Choice",
    "DateOrder",
    "DateWithin",
    "Dated",
    "DatedBase",
    "DatedText",
    "DocumentSpec",
    "DocumentsFile",
    "Duty",
    "Entry",
    "FieldSpec",
    "FigureSpec",
    "FiguresFile",
    "Filter",
    "FormVersion",
    "FormsFile",
    "Group",
    "Holiday",
    "InForce",
    "KindOnly",
    "Largest",
    "Layout",
    "Lines",
    "Longest",
    "MoneyDoubt",
    "Operation",
    "OwnLine",
    "Plan",
    "PlanFile",
    "QuarterKey",
    "ReminderLevel",
    "RemindersFile",
    "ReportLength",
    "RequiredIf",
    "Round",
    "Rule",
    "SheetSpec",
    "StandingTask",
    "StopWhen",
    "Symbol",
    "T",
    "Task",
    "Unique",
    "Values",
    "When",
    "WorkedDay",
    "decimal_of",
    "in_force",
    "load_plan",
]


class Plan(Entry):
    """The whole rule book of one plan."""

    info: PlanFile
    forms: FormsFile
    figures: FiguresFile
    awards: AwardsFile
    documents: DocumentsFile
    reminders: RemindersFile
    checks: ChecksFile
    formats: FormatsFile
    award_export: AwardExportFile
    texts: Mapping[str, str] = {}
    """File name -> content of the YAML it was read from: what a sealed quarter keeps of its rules."""

    @cached_property
    def sheets(self) -> Mapping[str, SheetSpec]:
        return {sheet.ma: sheet for sheet in self.forms.bieu}

    @cached_property
    def figure_specs(self) -> Mapping[str, FigureSpec]:
        return {spec.ma: spec for spec in self.figures.chi_tieu}

    @cached_property
    def first_quarter(self) -> Quarter:
        return Quarter.parse(self.info.ky_dau)

    @cached_property
    def last_quarter(self) -> Quarter:
        return Quarter.parse(self.info.ky_cuoi)

    def within(self, period: Period) -> Period | None:
        """The quarters of a period that the plan runs in; None where there is none."""
        quarters = tuple(q for q in period.quarters if self.first_quarter <= q <= self.last_quarter)
        return Period(period.key, quarters) if quarters else None

    def blank_counts_as(self, sheet: str, key: str) -> int | None:
        """What a blank cell of a column adds to its figure (``de_trong_la``); None where it adds nothing."""
        for spec in self.figures.chi_tieu:
            if spec.phep.tong == sheet and spec.phep.cot == key and spec.phep.de_trong_la is not None:
                return spec.phep.de_trong_la
        return None

    def labels(self, name: str) -> list[str]:
        """Labels of a drop-down, in order."""
        return self.forms.danh_sach[name].nhan

    def form_version(self, day: date) -> FormVersion:
        return in_force("phien_ban", self.forms.phien_ban, day)

    def value(self, name: str, day: date) -> Dated:
        """A single value in force on ``day``; PlanError before the first one."""
        series: list[Dated] = getattr(self.info.gia_tri, name)
        return in_force(name, series, day)

    def month_day(self, name: str, day: date, year: int) -> date:
        """A yearly day written ``15/10``, in the given year."""
        number, month = self.value(name, day).gia_tri.split("/")
        return date(year, int(month), int(number))

    def has_round(self, year: int) -> bool:
        return any(entry.tu_ngay.year == year for entry in self.awards.dot)

    def round(self, name: str) -> Round:
        """An award round by its name (``2023-10``); PlanError names those there are."""
        found = next((entry for entry in self.awards.dot if entry.ma == name.strip()), None)
        if found is None:
            known = ", ".join(entry.ma for entry in self.awards.dot)
            raise PlanError(f"Không có đợt xét “{name}”. Các đợt có trong quy định: {known}.")
        return found

    def document(self, name: str, day: date) -> DocumentSpec:
        return in_force(name, [entry for entry in self.documents.van_ban if entry.ma == name], day)


_FILES: Mapping[str, type[BaseModel]] = {
    "plan": PlanFile,
    "forms": FormsFile,
    "figures": FiguresFile,
    "awards": AwardsFile,
    "documents": DocumentsFile,
    "reminders": RemindersFile,
    "checks": ChecksFile,
    "formats": FormatsFile,
    "award_export": AwardExportFile,
}
_FIELD = {"plan": "info"}


def load_plan(name: str = "bao_yen_2022_2025", folder: Traversable | None = None) -> Plan:
    """Read and check one plan; PlanError lists every mistake with file, line and nearest spelling."""
    folder = folder or files("dvk_reports.plans").joinpath(name)
    parts: dict[str, Any] = {}
    texts: dict[str, str] = {}
    mistakes: list[str] = []
    for stem, model in _FILES.items():
        path = folder.joinpath(f"{stem}.yaml")
        try:
            text = path.read_text(encoding="utf-8")
            texts[path.name] = text
            tree = parsed(text, path.name)
            parts[_FIELD.get(stem, stem)] = model.model_validate(tree)
        except FileNotFoundError:
            mistakes.append(f"Thiếu tệp quy định {path.name} trong {folder}.")
        except ValidationError as error:
            mistakes += [sentence(path.name, tree, model, item) for item in error.errors()]
        except PlanError as error:
            mistakes.append(str(error))
    if not mistakes:
        plan = Plan(**parts, texts=texts)
        mistakes = list(_cross_check(plan))
    if mistakes:
        raise PlanError("\n".join(mistakes))
    return plan


def _cross_check(plan: Plan) -> Iterable[str]:
    """What one file says about another: every named key, list, sheet, unit kind and figure exists."""
    lists = plan.forms.danh_sach
    unit_kinds = set(lists["loai_don_vi"].nhan) if "loai_don_vi" in lists else set()
    for sheet in plan.forms.bieu:
        where = f"forms.yaml, biểu {sheet.ma}"
        if len(sheet.fields) != len(sheet.truong):
            yield f"{where}: có hai trường cùng khoa."
        for spec in sheet.truong:
            if spec.kieu == "chon" and spec.danh_sach not in (*lists, "don_vi", "ky"):
                yield f"{where}, trường {spec.khoa}: không có danh sách “{spec.danh_sach}”." + meant(
                    str(spec.danh_sach), lists
                )
        for rule in sheet.luat:
            yield from _unknown_keys(where, rule, sheet)
        for duty in sheet.giao:
            for kind in duty.loai_don_vi:
                if kind not in unit_kinds:
                    yield f"{where}, mục giao: không có loại đơn vị “{kind}”." + meant(kind, unit_kinds)
    for figure in plan.figures.chi_tieu:
        for name, key, _ in figure.stop_columns:
            if name not in plan.sheets or key not in plan.sheets[name].fields:
                known = [f"{s.ma}.{k}" for s in plan.forms.bieu for k in s.keys]
                yield f"figures.yaml, {figure.ma}, mục dung_boi: không có ô “{name}.{key}”." + meant(
                    f"{name}.{key}", known
                )
        if figure.phep.sheet and figure.phep.sheet not in plan.sheets:
            yield f"figures.yaml, {figure.ma}, mục phep: không có biểu “{figure.phep.sheet}”."
    for task in plan.info.nhiem_vu:
        for code in task.chi_tieu:
            if code not in plan.figure_specs:
                yield f"plan.yaml, nhiệm vụ {task.ma}: không có chỉ tiêu “{code}”." + meant(code, plan.figure_specs)
    for holiday in plan.reminders.ngay_nghi:
        if holiday.den < holiday.tu:
            yield f"reminders.yaml, ngày nghỉ “{holiday.ten}”: ngày cuối trước ngày đầu."
    labels = [label for name in ("phan_loai_khen", "hinh_thuc_khen", "doi_tuong_khen") for label in lists[name].nhan]
    for entry in plan.award_export.entries:
        if entry.nhan not in labels:
            yield f"award_export.yaml, cột {entry.cot}: không có nhãn “{entry.nhan}”." + meant(entry.nhan, labels)
    forms = lists["hinh_thuc_khen"].nhan if "hinh_thuc_khen" in lists else []
    for paper in plan.documents.van_ban:
        where = f"documents.yaml, văn bản {paper.ma}"
        if paper.hinh_thuc and paper.hinh_thuc not in forms:
            yield f"{where}: không có hình thức khen “{paper.hinh_thuc}”." + meant(paper.hinh_thuc, forms)
        for kind in paper.loai_don_vi:
            if kind not in unit_kinds:
                yield f"{where}: không có loại đơn vị “{kind}”." + meant(kind, unit_kinds)
    told = {entry.ky for entry in plan.documents.do_dai}
    for kind in REPORT_KINDS:
        if kind not in told:
            yield f"documents.yaml, mục do_dai: thiếu kỳ “{kind}”."
    yield from _unknown_checks(plan.checks)
    yield from _unknown_awards(plan)


NEVER_EASED = ("K01", "K02", "K03", "K04", "K20", "T01", "T02", "T15")
"""What cannot be read or is not there is never counted as 0, so these are neither off, nor on trial, nor lowered."""


def _unknown_checks(checks: ChecksFile) -> Iterable[str]:
    """Every sentence of the catalogue has one rule, of its code, and every rule a sentence."""
    named = [rule.thong_bao for rule in checks.luat]
    for message in Msg:
        if named.count(message.name) != 1:
            how = "chưa có luật nào" if message.name not in named else "có nhiều luật"
            yield f"checks.yaml: câu {message.name} ({message.value.code}) {how}." + meant(
                message.name, [name for name in named if name not in Msg.__members__]
            )
    for rule in checks.luat:
        message_of = Msg.__members__.get(rule.thong_bao)
        if message_of is None:
            yield f"checks.yaml: không có câu “{rule.thong_bao}”." + meant(rule.thong_bao, Msg.__members__)
            continue
        entry = message_of.value
        if rule.ma != entry.code:
            yield f"checks.yaml, {rule.thong_bao}: mã phải là {entry.code}, không phải {rule.ma}."
        if rule.ma not in checks.ten_ma:
            yield f"checks.yaml, mục ten_ma: thiếu tên của mã {rule.ma}."
        eased = any(item.che_do != ON or item.den_ngay for item in rule.hieu_luc)
        if rule.ma in NEVER_EASED and (eased or Level(rule.muc).rank > entry.level.rank):
            yield f"checks.yaml, {rule.thong_bao}: mã {rule.ma} không được tắt, thử nghiệm hoặc hạ mức."


def _unknown_awards(plan: Plan) -> Iterable[str]:
    """Rounds, forms, classes and gates that ``awards.yaml`` names exist, and no line of it says a thing twice."""
    awards, lists = plan.awards, plan.forms.danh_sach
    rounds = [entry.ma for entry in awards.dot]
    forms, kinds, classes = (
        lists[name].nhan if name in lists else [] for name in ("hinh_thuc_khen", "phan_loai_khen", "xep_loai")
    )
    for entry in awards.dot:
        if first_of_month(entry.ma) != entry.tu_ngay:
            yield f"awards.yaml, đợt {entry.ma}: tu_ngay phải là ngày đầu tháng của đợt."
        if rounds.count(entry.ma) > 1:
            yield f"awards.yaml, đợt {entry.ma}: ghi nhiều lần."
        if not any(quota.dot == entry.ma for quota in awards.chi_tieu):
            yield f"awards.yaml, đợt {entry.ma}: chưa có dòng nào ở mục chi_tieu."
    named = [
        *(("chi_tieu", quota.dot, quota.dot, rounds, "đợt") for quota in awards.chi_tieu),
        *(("chi_tieu", quota.dot, quota.hinh_thuc, forms, "hình thức") for quota in awards.chi_tieu),
        *(("chi_tieu", quota.dot, quota.phan_loai, kinds, "phân loại") for quota in awards.chi_tieu),
        *(("tham_quyen", item.co_quan, item.hinh_thuc, forms, "hình thức") for item in awards.tham_quyen),
        *(("he_so", item.hinh_thuc, item.hinh_thuc, forms, "hình thức") for item in awards.he_so),
        *(("he_so", item.hinh_thuc, item.phan_loai, kinds, "phân loại") for item in awards.he_so),
        *(
            ("tieu_chi", item.ma, line.xep_loai, classes, "xếp loại")
            for item in awards.tieu_chi
            if item.thang_diem is not None
            for line in item.thang_diem.nguong
        ),
    ]
    for part, where, word, known, what in named:
        if word not in known:
            yield f"awards.yaml, mục {part}, {where}: không có {what} “{word}”." + meant(word, known)
    lines = [(quota.dot, quota.hinh_thuc, quota.phan_loai, quota.tu_ngay) for quota in awards.chi_tieu]
    for line in dict.fromkeys(line for line in lines if lines.count(line) > 1):
        yield f"awards.yaml, mục chi_tieu, {line[0]}: “{line[1]}”, {line[2]} ghi nhiều lần từ cùng một ngày."
    for form in dict.fromkeys(quota.hinh_thuc for quota in awards.chi_tieu):
        if not any(item.hinh_thuc == form for item in awards.tham_quyen):
            yield f"awards.yaml, mục tham_quyen: thiếu hình thức “{form}”."
    for code in GATES:
        if not any(item.ma == code for item in awards.dieu_kien):
            yield f"awards.yaml, mục dieu_kien: thiếu điều kiện {code}."
    for ranking in awards.xep_hang:
        if len(set(ranking.buoc)) != len(ranking.buoc):
            yield f"awards.yaml, mục xep_hang từ {ranking.tu_ngay:%d/%m/%Y}: có bước ghi nhiều lần."


def _unknown_keys(where: str, rule: Entry, sheet: SheetSpec) -> Iterable[str]:
    names: list[str] = []
    for field in ("o", "phan", "toan_the", "truoc", "sau"):
        value = getattr(rule, field, None)
        names += value if isinstance(value, list) else [value] if value else []
    for field in ("khi", "tru_khi"):
        when = getattr(rule, field, None)
        if when is not None and when.o:
            names.append(when.o)
    for name in names:
        if name not in sheet.fields:
            yield f"{where}, luật {getattr(rule, 'loai', '')}: không có trường “{name}”." + meant(name, sheet.keys)


def decimal_of(entry: Dated) -> Decimal:
    """The number of a dated value; PlanError where it is not one."""
    try:
        return Decimal(entry.gia_tri)
    except InvalidOperation:
        raise PlanError(f"Giá trị “{entry.gia_tri}” ({entry.can_cu}) không phải là số.") from None
