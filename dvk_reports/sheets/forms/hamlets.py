"""B4 counts by itself, from B2, how many models are at work in each thôn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.sheets.base.book import cell
from dvk_reports.sheets.forms.layout import TableShape
from dvk_reports.sheets.forms.rules import one_of, quoted, shown
from dvk_reports.vietnamese.text import tidy

EVERYWHERE = "Tất cả"


def active_states(plan: Plan) -> Sequence[str]:
    """States in which a model is at work: those that the figure counting the models of B2 takes."""
    for spec in plan.figures.chi_tieu:
        if spec.phep.dem == "B2" and spec.phep.cot == "trang_thai":
            for entry in spec.phep.loc:
                if entry.o == "trang_thai" and entry.la:
                    return entry.la
    return ()


def count_formula(plan: Plan, models: TableShape, shape: TableShape, row: int) -> str:
    """Rows of B2 at work whose list of thôn holds this code or this name, whole, or says “Tất cả”."""
    ref = models.in_column()
    where = f"TRIM({ref('ma_thon')})"
    listed = f'";"&SUBSTITUTE(SUBSTITUTE({where},"; ",";")," ;",";")&";"'
    code, name = (cell(row, shape.columns[key], col_abs=True) for key in ("ma_thon", "ten_thon"))
    here = "+".join(f'(LEN({at})>0)*ISNUMBER(SEARCH(";"&TRIM({at})&";",{listed}))' for at in (code, name))
    active = one_of("trang_thai", active_states(plan)).formula(ref)
    return f'=IF(LEN({code})=0,"",SUMPRODUCT({active}*(({where}={quoted(EVERYWHERE)})+{here}>0)))'


def models_at(plan: Plan, models: Sequence[Mapping[str, object]], hamlet: Mapping[str, object]) -> int:
    """What :func:`count_formula` gives for a thôn."""
    active = one_of("trang_thai", active_states(plan))
    own = {tidy(shown(hamlet.get(key))).casefold() for key in ("ma_thon", "ten_thon")} - {""}

    def here(row: Mapping[str, object]) -> bool:
        said = tidy(shown(row.get("ma_thon"))).casefold()
        return said == EVERYWHERE.casefold() or any(part.strip() in own for part in said.split(";"))

    return sum(active.holds(row) and here(row) for row in models)
