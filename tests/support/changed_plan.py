"""The bundled rule book with a few entries changed in memory, as an office would change a line of its YAML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from dvk_reports.plan.book.figures import FigureSpec
from dvk_reports.plan.book.forms import FieldSpec, SheetSpec
from dvk_reports.plan.book.in_force import changed
from dvk_reports.plan.book.rulebook import Plan
from tests.support.build import PLAN, day


def figure(code: str, *, name: str = "", since: str = "", until: str = "", **fields: Any) -> FigureSpec:
    """The definition of a figure of the bundled plan with another code or other fields; days as ``01/01/2024``."""
    if since:
        fields["tu_ngay"] = day(since)
    if until:
        fields["den_ngay"] = day(until)
    return changed(PLAN.figure_specs[code], ma=name or code, **fields)


def column(key: str, caption: str, *, kind: str = "co_khong", since: str = "", until: str = "") -> FieldSpec:
    """A column that a sheet of the form does not have today."""
    return FieldSpec(
        khoa=key,
        ten=caption,
        kieu=kind,
        huong_dan=caption,
        tu_ngay=day(since) if since else None,
        den_ngay=day(until) if until else None,
    )


def ended(sheet: str, key: str, until: str) -> FieldSpec:
    """A column of today's form with its last day."""
    return changed(PLAN.sheets[sheet].fields[key], den_ngay=day(until))


def plan_with(
    *,
    columns: Mapping[str, Iterable[FieldSpec]] | None = None,
    sheets: Mapping[str, Mapping[str, Any]] | None = None,
    labels: Mapping[str, Mapping[str, Mapping[str, date]]] | None = None,
    figures: Iterable[FigureSpec] = (),
    without: Iterable[str] = (),
) -> Plan:
    """``columns``: sheet -> columns in the place of those of the same key, or added; ``sheets``: sheet -> other fields;
    ``labels``: list -> label -> its days; ``figures``: definitions in the place of those of the same code, or added;
    ``without``: sheets that are not in the plan at all, with every figure that reads one.
    """
    given = list(figures)
    codes = {spec.ma for spec in given}
    gone = set(without)
    forms = changed(
        PLAN.forms,
        bieu=[_sheet(sheet, columns or {}, sheets or {}) for sheet in PLAN.forms.bieu if sheet.ma not in gone],
        danh_sach={name: _list(choice, (labels or {}).get(name, {})) for name, choice in PLAN.forms.danh_sach.items()},
    )
    kept = [spec for spec in PLAN.figures.chi_tieu if spec.ma not in codes and not gone & set(spec.sheets)]
    return changed(PLAN, forms=forms, figures=changed(PLAN.figures, chi_tieu=[*kept, *given]))


def _sheet(
    sheet: SheetSpec, columns: Mapping[str, Iterable[FieldSpec]], sheets: Mapping[str, Mapping[str, Any]]
) -> SheetSpec:
    given = {spec.khoa: spec for spec in columns.get(sheet.ma, ())}
    fields = [given.pop(spec.khoa, spec) for spec in sheet.truong]
    return changed(sheet, truong=[*fields, *given.values()], **sheets.get(sheet.ma, {}))


def _list(choice: Any, days: Mapping[str, Mapping[str, date]]) -> Any:
    return changed(choice, nhan=[changed(label, **days.get(label.ten, {})) for label in choice.nhan])
