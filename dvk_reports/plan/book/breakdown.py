"""The lines of a figure: what it is split by, and the labels of each split, in the order of the rule book."""

from __future__ import annotations

from dataclasses import dataclass

from dvk_reports.plan.book.figures import FigureSpec
from dvk_reports.plan.book.rulebook import Plan


@dataclass(frozen=True, slots=True)
class Split:
    """One way in which a figure is split; its lines add up to the figure."""

    column: str
    """Key of the column; "" where a function makes the lines."""
    caption: str
    """Caption of the column."""
    labels: tuple[str, ...]


def splits_of(plan: Plan, spec: FigureSpec) -> list[Split]:
    """The breakdowns of a figure: by the labels of a column, and its lines of their own."""
    if spec.phan_to is None:
        return []
    found = [split for key in spec.phan_to.cot if (split := _split_by(plan, spec, key)) is not None]
    return [*found, Split("", "", tuple(spec.phan_to.nhan))] if spec.phan_to.nhan else found


def _split_by(plan: Plan, spec: FigureSpec, key: str) -> Split | None:
    """None where the labels of the column are not fixed by the plan."""
    for sheet in spec.sheets:
        field = plan.sheets[sheet].fields.get(key) if sheet in plan.sheets else None
        if field is not None and field.danh_sach:
            labels = plan.labels(field.danh_sach)
            return Split(key, field.ten, tuple(labels)) if labels else None
    return None


def line_labels(plan: Plan, spec: FigureSpec) -> list[str]:
    """Every line that a figure may have, those beside it too."""
    added = [label for split in splits_of(plan, spec) for label in split.labels]
    return [*added, *(line.nhan for line in spec.dong_rieng)]
