"""How a return on an earlier version of the form is read: the mappings of ``phien_ban`` (forms.yaml), followed in turn.

A version is in force from its day on. A unit that still fills in the form before it need not write everything again:
where the plan declares how that version is read (``doc_tu``), its sheets, columns and labels are read as those of the
version in force. Several mappings follow one another, so that 2022.1 -> 2024.1 -> 2025.1 asks for two of them only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dvk_reports.plan.book.forms import FormVersion, ReadAs, SheetSpec, tick_of

if TYPE_CHECKING:
    from dvk_reports.plan.book.rulebook import Plan


@dataclass(frozen=True)
class SheetReading:
    """How one sheet of a file is read: as itself, or as a sheet of a later version of the form."""

    found: SheetSpec
    """The sheet as it stands in the file."""
    wanted: SheetSpec
    """The sheet that its rows are rows of."""
    columns: Mapping[str, str]
    """Column in the file -> column of the rows; a column that is read no more is not here."""
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Column of the rows -> label in the file -> label of the rows, where the two differ."""
    missing: frozenset[str] = frozenset()
    """Columns of the rows that the file cannot have: they are blank and stop nothing."""

    @classmethod
    def plain(cls, spec: SheetSpec) -> SheetReading:
        """A sheet of the version in force, read as itself."""
        return cls(spec, spec, {key: key for key in spec.keys})

    @property
    def dropped(self) -> tuple[str, ...]:
        """Columns of the file that are read no more."""
        return tuple(key for key in self.found.keys if key not in self.columns)

    @property
    def changes(self) -> bool:
        """Whether anything of the sheet is read as something else."""
        renamed = self.found.ma != self.wanted.ma or any(old != new for old, new in self.columns.items())
        return bool(renamed or self.labels or self.dropped or self.missing)


@dataclass(frozen=True)
class FormReading:
    """How the whole form of an earlier version is read as that of the version in force."""

    version: str
    """The version of the file."""
    wanted: str
    """The version in force, which it is read as."""
    found: Plan
    """The rule book of the last day of the earlier version: with it the sheets are found in the file."""
    sheets: Mapping[str, SheetReading]
    """Sheet in the file -> how it is read; a sheet that is read no more is not here."""


def form_reading(plan: Plan, version: str, day: date) -> FormReading | None:
    """How a form of ``version`` is read as the one in force on ``day``.

    None where it is that one, and where the plan declares no way from it: then it cannot be read as this form.
    """
    wanted = plan.form_version(day)
    if not version or version == wanted.ma:
        return None
    steps = _steps(plan, version, wanted)
    if not steps:
        return None
    found = last_view(plan, version)
    sheets: dict[str, SheetReading] = {}
    for spec in found.forms.bieu:
        reading = _followed(plan, spec, steps, day)
        if reading is not None:
            sheets[spec.ma] = reading
    return FormReading(version, wanted.ma, found, sheets)


@dataclass(frozen=True)
class Step:
    """One mapping, with the rule book of the version that it starts from."""

    entry: ReadAs
    before: Plan

    def sheet(self, name: str) -> str:
        """What a sheet is called after this step; "" where it is read no more."""
        return "" if name in self.entry.bo_bieu else self.entry.doi_bieu.get(name, name)

    def column(self, sheet: str, key: str) -> str:
        """The key of a column after this step; "" where it is read no more.

        The tick of a sheet follows its sheet without being named.
        """
        if f"{sheet}.{key}" in self.entry.bo_cot:
            return ""
        named = self.entry.doi_cot.get(f"{sheet}.{key}")
        if named is not None:
            return named
        ticked = next((spec for spec in self.before.forms.bieu if spec.tick == key), None)
        if ticked is None:
            return key
        name = self.sheet(ticked.ma)
        return tick_of(name) if name else ""

    def labels(self, sheet: str, key: str) -> Mapping[str, str]:
        """What the labels of a column become."""
        spec = self.before.sheets.get(sheet)
        column = spec.fields.get(key) if spec is not None else None
        return self.entry.doi_nhan.get(column.danh_sach or "", {}) if column is not None else {}


def _steps(plan: Plan, version: str, wanted: FormVersion) -> list[Step]:
    """The mappings from one version to a later one, in turn; none where there is no way."""
    for entry in wanted.doc_tu:
        if entry.phien_ban == version:
            return [Step(entry, last_view(plan, version))]
    for entry in wanted.doc_tu:
        between = version_of(plan, entry.phien_ban)
        if between is not None and between.tu_ngay < wanted.tu_ngay:
            earlier = _steps(plan, version, between)
            if earlier:
                return [*earlier, Step(entry, last_view(plan, between.ma))]
    return []


def version_of(plan: Plan, code: str) -> FormVersion | None:
    """The form version of a code."""
    return next((item for item in plan.forms.phien_ban if item.ma == code), None)


def last_view(plan: Plan, code: str) -> Plan:
    """The rule book on the last day on which a version was in force."""
    begins = next(item.tu_ngay for item in plan.forms.phien_ban if item.ma == code)
    later = [item.tu_ngay for item in plan.forms.phien_ban if item.tu_ngay > begins]
    return plan.on(min(later) - timedelta(days=1)) if later else plan.on(plan.last_quarter.last_day)


def _followed(plan: Plan, spec: SheetSpec, steps: list[Step], day: date) -> SheetReading | None:
    """A sheet of the earlier version through all steps; None where it is read no more."""
    name = spec.ma
    keys = {key: key for key in spec.keys}
    words = {key: {label: label for label in steps[0].before.labels(spec.fields[key].danh_sach or "")} for key in keys}
    for step in steps:
        for old, key in keys.items():
            renamed = step.labels(name, key)
            words[old] = {label: renamed.get(now, now) for label, now in words[old].items()}
        keys = {old: after for old, key in keys.items() if (after := step.column(name, key))}
        name = step.sheet(name)
    wanted = plan.on(day).sheets.get(name)
    if wanted is None:
        return None
    columns = {old: key for old, key in keys.items() if key in wanted.fields}
    labels = {
        key: changed
        for old, key in columns.items()
        if (changed := {label: now for label, now in words[old].items() if now != label})
    }
    return SheetReading(spec, wanted, columns, labels, frozenset(wanted.keys) - frozenset(columns.values()))
