"""The rule book: what documents fix, as dated and cited YAML, checked once when it is loaded.

One folder of YAML is one plan. A mistake in it is a PlanError that names file, line, entry and the nearest right
spelling; all mistakes of all files are told at once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property

from dvk_reports.errors import PlanError
from dvk_reports.messages.marks import wanted
from dvk_reports.model.periods import Period, Quarter
from dvk_reports.plan.book.award_export import AwardExportFile
from dvk_reports.plan.book.awards import AwardsFile, Round
from dvk_reports.plan.book.bounds import DayBound, NumberBound
from dvk_reports.plan.book.checks import OFF, ON, TRIAL, CheckRule, ChecksFile, InForce
from dvk_reports.plan.book.documents import (
    DatedText,
    DocumentsFile,
    DocumentSpec,
    Layout,
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
from dvk_reports.plan.book.in_force import changes_of, in_force_on
from dvk_reports.plan.book.issued import IssuedPaper, Names, issued_paper
from dvk_reports.plan.book.plan import Group, KindSpec, PlanFile, Task, Values
from dvk_reports.plan.book.reminders import Holiday, ReminderLevel, RemindersFile, WorkedDay
from dvk_reports.plan.book.roles import DocumentRole, FigureRole, KindRole, LabelRole, SheetRole
from dvk_reports.vietnamese.dates import show_date

__all__ = [
    "DUE",
    "IF_ANY",
    "KINDS",
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
    "IssuedPaper",
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
    starter: str = ""
    """``register.yaml``: the units, mergers and deadlines that a new workspace begins with; no part of the rules."""

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

    def day_of_run(self, as_of: date | None) -> date:
        """The day that a run is made for: ``as_of``, or today.

        PlanError for a day more than one year before or five years after the years of the plan: a slip of the pen,
        which would make deadlines, lists of years and reminders without end.
        """
        first, last = self.first_quarter.year - 1, self.last_quarter.year + 5
        if as_of is not None and not first <= as_of.year <= last:
            raise PlanError(
                f"Ngày lập {show_date(as_of)} ngoài thời gian của Kế hoạch: chỉ nhận từ năm {first} đến năm {last}."
            )
        return as_of or date.today()

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

    def number_bound(self, spec: FieldSpec) -> NumberBound:
        """Between what the numbers of a column lie."""
        return self.forms.gioi_han.so[spec.bound]

    def day_bound(self, spec: FieldSpec) -> DayBound:
        """Between which days those of a column lie."""
        return self.forms.gioi_han.ngay[spec.bound]

    def labels(self, name: str) -> list[str]:
        """Labels of a drop-down, in order; none where the plan has no such list."""
        found = self.forms.danh_sach.get(name)
        return found.labels if found else []

    def labels_with(self, role: LabelRole) -> tuple[str, ...]:
        """Every label that plays a role, in the order of its list; none where the plan has none."""
        return self._labels.get(role, ())

    def label(self, role: LabelRole) -> str:
        """The label of a role that only one label plays; "" where the plan has none."""
        found = self.labels_with(role)
        return found[0] if found else ""

    @cached_property
    def _labels(self) -> Mapping[LabelRole, tuple[str, ...]]:
        found: dict[LabelRole, list[str]] = {}
        for choice in self.forms.danh_sach.values():
            for label in choice.nhan:
                for role in label.vai:
                    found.setdefault(role, []).append(label.ten)
        return {role: tuple(dict.fromkeys(names)) for role, names in found.items()}

    def sheet(self, role: SheetRole) -> str:
        """Name of the sheet that plays a role; "" where the plan has none, and no return then has rows of it."""
        return self._sheet_names.get(role, "")

    @cached_property
    def _sheet_names(self) -> Mapping[SheetRole, str]:
        return {sheet.vai: sheet.ma for sheet in self.forms.bieu if sheet.vai is not None}

    def figure_with(self, role: FigureRole) -> FigureSpec | None:
        """The figure that plays a role; None where the plan has none."""
        return next((spec for spec in self.figures.chi_tieu if spec.vai is role), None)

    @cached_property
    def kinds(self) -> Mapping[str, KindSpec]:
        """Every kind of unit, in order."""
        return {kind.ma: kind for kind in self.info.loai_don_vi}

    def kind_is(self, kind: str | None, role: KindRole) -> bool:
        """Whether a kind of unit plays a role; a kind that the plan does not know plays none."""
        spec = self.kinds.get(kind or "")
        return spec is not None and role in spec.vai

    def has_hamlets(self, kind: str | None) -> bool:
        """Whether units of a kind have thôn of their own in the register: communes and townships."""
        return self.kind_is(kind, KindRole.COMMUNE)

    def reads_reviews(self, spec: FigureSpec) -> bool:
        """Whether a figure reads the sheet of reviews, which is complete only when the year is over."""
        return self.sheet(SheetRole.REVIEWS) in spec.sheets

    # --- what is in force on a day ------------------------------------------------------------------------------

    def on(self, day: date) -> Plan:
        """The rule book as it is in force on a day: the one way to ask.

        Sheets, fields, labels, duties, rules, unit kinds and figures that are not in force on that day are not in it;
        of two entries with one key the later one holds. A figure reads only the columns in force. Days before the
        plan's first are asked as its first.
        """
        days = self.days_of_change
        era = bisect_right(days, max(day, days[0]))
        if era not in self._eras:
            self._eras[era] = in_force_on(self, days[era - 1])
        return self._eras[era]

    @cached_property
    def days_of_change(self) -> list[date]:
        """The days from which the rule book is another one, the plan's first day being the first of them."""
        return [self.first_quarter.first_day, *changes_of(self)]

    @cached_property
    def _eras(self) -> dict[int, Plan]:
        return {}

    @cached_property
    def duties(self) -> dict[tuple[str, Quarter], Mapping[str, str]]:
        """(kind of unit, quarter) -> what it was given, as far as it has been asked for (``plan.duty.duties``)."""
        return {}

    def form_version(self, day: date) -> FormVersion:
        """The form version in force on the day."""
        return in_force("phien_ban", self.forms.phien_ban, day)

    def value(self, name: str, day: date) -> Dated:
        """A single value in force on ``day``; PlanError before the first one."""
        series: list[Dated] = getattr(self.info.gia_tri, name)
        return in_force(name, series, day)

    def limit(self, name: str, day: date) -> Decimal | None:
        """A number of a rule that a plan need not have; None where it does not say one for the day."""
        series: list[Dated] = getattr(self.info.gia_tri, name)
        return decimal_of(self.value(name, day)) if any(entry.tu_ngay <= day for entry in series) else None

    def month_day(self, name: str, day: date, year: int) -> date:
        """A yearly day written ``15/10``, in the given year."""
        number, month = self.value(name, day).gia_tri.split("/")
        return date(year, int(month), int(number))

    def has_round(self, year: int) -> bool:
        """Whether awards are given in the year."""
        return any(entry.tu_ngay.year == year for entry in self.awards.dot)

    def round(self, name: str) -> Round:
        """An award round by its name (``2023-10``, typed ``10/2023`` too); PlanError names those there are."""
        typed = re.sub(r"(?:đợt|tháng|\s)", "", name.lower())
        month_first = re.fullmatch(r"(\d{1,2})[-/.](\d{4})", typed)
        year_first = re.fullmatch(r"(\d{4})[-/.](\d{1,2})", typed)
        year, month = month_first.group(2, 1) if month_first else year_first.group(1, 2) if year_first else ("", "")
        key = f"{year}-{int(month):02}" if month else name.strip()
        found = next((entry for entry in self.awards.dot if entry.ma == key), None)
        if found is None:
            known = ", ".join(entry.ma for entry in self.awards.dot)
            raise PlanError(f"Không có đợt xét “{name}”. Các đợt có trong quy định: {known}.")
        return found

    def document(self, name: str, day: date) -> IssuedPaper:
        """A Word paper by its name, with its words and its issuer as they are on a day."""
        return issued_paper(self.documents, name, day)

    def documents_with(self, role: DocumentRole) -> tuple[str, ...]:
        """Names of the papers that play a role, in the order of the file."""
        return tuple(dict.fromkeys(spec.ma for spec in self.documents.van_ban if spec.vai is role))

    def document_with(self, role: DocumentRole, day: date) -> IssuedPaper | None:
        """The paper of a role that one paper plays, as it is on a day; None where the plan has none."""
        found = self.documents_with(role)
        return self.document(found[0], day) if found else None

    def sender(self, day: date) -> str:
        """What the office that writes to the units is called on a day: the issuer of the report."""
        paper = self.document_with(DocumentRole.REPORT, day)
        return paper.ten_co_quan if paper is not None else wanted("cơ quan gửi")

    def has_sender(self, day: date) -> bool:
        """Whether the plan names that office on a day; where it does not, its papers are drafts without an issuer."""
        paper = self.document_with(DocumentRole.REPORT, day)
        return paper is not None and paper.has_issuer

    def names(self, day: date) -> Names:
        """How organs and papers are called on a day (``ten_goi``)."""
        return Names(self.documents.ten_goi, day)


def decimal_of(entry: Dated) -> Decimal:
    """The number of a dated value; PlanError where it is not one."""
    try:
        return Decimal(entry.gia_tri)
    except InvalidOperation:
        raise PlanError(f"Giá trị “{entry.gia_tri}” ({entry.can_cu}) không phải là số.") from None
