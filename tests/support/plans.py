"""Other rule books made of the bundled one: with a column that begins or ends on a day, without a sheet or a label."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dvk_reports.plan.book.in_force import changed
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import FieldSpec, Plan


def column(key: str, caption: str, kind: str = "nguyen", **more: Any) -> FieldSpec:
    """A column of a sheet. ``more``: ``tu_ngay``, ``den_ngay``, ``bien`` and whatever else a column has."""
    return FieldSpec(khoa=key, ten=caption, kieu=kind, huong_dan=f"Ghi {caption.lower()}.", **more)  # type: ignore[arg-type]


def with_columns(plan: Plan, sheet: str, *columns: FieldSpec) -> Plan:
    """The rule book with these columns of a sheet; one that has the key of an old one stands in its place."""
    new = {item.khoa: item for item in columns}
    sheets = []
    for spec in plan.forms.bieu:
        own = [new.get(item.khoa, item) for item in spec.truong]
        own += [item for key, item in new.items() if key not in spec.fields]
        sheets.append(changed(spec, truong=own) if spec.ma == sheet else spec)
    return changed(plan, forms=changed(plan.forms, bieu=sheets))


def without(plan: Plan, sheets: Iterable[SheetRole] = (), labels: Iterable[LabelRole] = ()) -> Plan:
    """The rule book without these sheets and what counts them, and with no label of these roles."""
    gone = {plan.sheet(role) for role in sheets}
    lists = {
        name: changed(
            choice, nhan=[changed(label, vai=[r for r in label.vai if r not in labels]) for label in choice.nhan]
        )
        for name, choice in plan.forms.danh_sach.items()
    }
    kept = [spec for spec in plan.forms.bieu if spec.ma not in gone]
    figures = [spec for spec in plan.figures.chi_tieu if not gone & {*spec.sheets, spec.phep.sheet}]
    return changed(
        plan,
        forms=changed(plan.forms, bieu=kept, danh_sach=lists),
        figures=changed(plan.figures, chi_tieu=figures),
    )
