"""The sheet of thôn counts by itself, from the sheet of models, how many models are at work in each thôn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dvk_reports.plan.book.roles import LabelRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.register.register import ALL_HAMLETS
from dvk_reports.sheets.base.book import cell, quoted
from dvk_reports.sheets.forms.layout import AT_WORK, IN_HAMLETS, Layout, TableShape
from dvk_reports.sheets.forms.rules import Condition, one_of, shown
from dvk_reports.vietnamese.text import tidy

_PLACE, _STATE = "ma_thon", "trang_thai"
"""Columns of the sheet of models that the count reads."""
_NAMES = ("ma_thon", "ten_thon")
"""Columns of the sheet of thôn that name a thôn."""


def counts_models(models: TableShape | None, shape: TableShape) -> bool:
    """Whether a sheet of thôn can count the models that are at work in each."""
    return models is not None and _NAMES[0] in shape.columns and {_PLACE, _STATE} <= set(models.columns)


def count_names(layout: Layout) -> Mapping[str, str]:
    """What the counts of all thôn read, said once: which models are at work, the thôn of each as ``;T-01;T-02;``."""
    models = layout.models
    if models is None or not any(counts_models(models, shape) for shape in layout.tables.values()):
        return {}

    def ref(key: str) -> str:
        return models.column(key, models.spec.ma)

    parts = f'SUBSTITUTE(SUBSTITUTE(TRIM({ref(_PLACE)}),"; ",";")," ;",";")'
    return {AT_WORK: _at_work(layout.plan).formula(ref), IN_HAMLETS: f'";"&{parts}&";"'}


def count_formula(shape: TableShape, row: int) -> str:
    """Models at work whose list of thôn holds this code or this name, whole, or says “Tất cả”."""
    names = [cell(row, shape.columns[key], col_abs=True) for key in _NAMES if key in shape.columns]
    here = "+".join(f'(LEN({at})>0)*ISNUMBER(SEARCH(";"&TRIM({at})&";",{IN_HAMLETS}))' for at in names)
    everywhere = f"({IN_HAMLETS}={quoted(f';{ALL_HAMLETS};')})"
    return f'=IF(LEN({names[0]})=0,"",SUMPRODUCT({AT_WORK}*({everywhere}+{here}>0)))'


def models_at(plan: Plan, models: Sequence[Mapping[str, object]], hamlet: Mapping[str, object]) -> int:
    """What :func:`count_formula` gives for a thôn."""
    active = _at_work(plan)
    own = {tidy(shown(hamlet.get(key))).casefold() for key in _NAMES} - {""}

    def here(row: Mapping[str, object]) -> bool:
        said = tidy(shown(row.get(_PLACE))).casefold()
        return said == ALL_HAMLETS.casefold() or any(part.strip() in own for part in said.split(";"))

    return sum(active.holds(row) and here(row) for row in models)


def _at_work(plan: Plan) -> Condition:
    return one_of(_STATE, plan.labels_with(LabelRole.ACTIVE))
