"""The annexes of a report: what each of them holds, and which of them a report has.

An annex has a fixed number, so that “Phụ lục V” is the same in every report of a plan; one without content is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from dvk_reports.papers.report.annex_lists import award_rows, model_groups, task_rows
from dvk_reports.papers.report.annex_scope import late_and_missing, narrow_rows, remark_rows, under_review
from dvk_reports.papers.report.annex_targets import TargetTable, missed_groups, target_table
from dvk_reports.papers.report.basis import Basis
from dvk_reports.papers.report.opinions import left_for_annex
from dvk_reports.plan.book.report_parts import AnnexKind


def annex_fields(basis: Basis) -> dict[str, object]:
    """The fields of every annex: its number and title, "" where the report has none, and its rows."""
    table = target_table(basis) if _wanted(basis, "muc_tieu") else TargetTable((), [])
    fields: dict[str, object] = {}
    for annex in basis.spec.phu_luc:
        number = cited(basis, annex.ma)
        fields[f"so_phu_luc_{annex.ma}"] = number
        fields[f"ten_phu_luc_{annex.ma}"] = annex.ten.upper() if number else ""
    return {
        **fields,
        **table.fields(),
        "chua_dat": _missed(basis) if _wanted(basis, "chua_dat") else [],
        "mo_hinh_theo_don_vi": model_groups(basis) if _wanted(basis, "mo_hinh") else [],
        "nhiem_vu": task_rows(basis) if _wanted(basis, "nhiem_vu") else [],
        "pham_vi_so_lieu": _narrow(basis) if _wanted(basis, "pham_vi") else [],
        "tinh_hinh_nop": _late(basis) if _wanted(basis, "pham_vi") else [],
        "dang_xac_minh": _doubted(basis) if _wanted(basis, "pham_vi") else [],
        "nhan_xet": remark_rows(basis) if _wanted(basis, "pham_vi") else [],
        "khen_thuong": award_rows(basis) if _wanted(basis, "khen_thuong") else [],
        "y_kien_don_vi": left_for_annex(basis) if _wanted(basis, "y_kien") else [],
    }


def cited(basis: Basis, kind: str) -> str:
    """ "Phụ lục II" where the report has that annex and something stands in it; "" where not."""
    return basis.once(f"phu_luc {kind}", lambda of: _cited(of, kind))


def _cited(basis: Basis, kind: str) -> str:
    annex = next((item for item in basis.spec.phu_luc if item.ma == kind), None)
    if annex is None or not _wanted(basis, kind) or not _HAS[annex.ma](basis):
        return ""
    return f"Phụ lục {annex.so}"


def _wanted(basis: Basis, kind: str) -> bool:
    return kind in basis.length.phu_luc


def _once(make: Callable[[Basis], Rows]) -> Callable[[Basis], Rows]:
    """The rows are asked for twice: whether there are any, and what they are."""
    return lambda basis: basis.once(make.__name__, make)


Rows: TypeAlias = Sequence[Mapping[str, object]]
_missed, _narrow, _late, _doubted = map(_once, (missed_groups, narrow_rows, late_and_missing, under_review))
_HAS: Mapping[AnnexKind, Callable[[Basis], object]] = {
    "muc_tieu": lambda basis: basis.in_targets(),
    "chua_dat": _missed,
    "mo_hinh": lambda basis: basis.data.models,
    "nhiem_vu": lambda basis: basis.plan.info.nhiem_vu,
    "pham_vi": lambda basis: _narrow(basis) or _late(basis) or _doubted(basis) or basis.data.remarks,
    "khen_thuong": lambda basis: basis.data.awards,
    "y_kien": left_for_annex,
}
