"""Every name that a field is typed to name is there: sheets, unit kinds, figures, rounds, functions, templates."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from pydantic import BaseModel

from dvk_reports.plan.book.cross_check.wrong import Wrong, unknown
from dvk_reports.plan.book.known import Known
from dvk_reports.plan.book.references import Ref, named_in
from dvk_reports.plan.book.rulebook import Plan

OPEN_LISTS = ("don_vi", "ky")
"""Lists that the register and the calendar fill."""
AWARD_LISTS: Mapping[Ref, str] = {
    Ref.AWARD: "hinh_thuc_khen",
    Ref.CLASS: "phan_loai_khen",
    Ref.GRADE: "xep_loai",
}


def wrongs(plan: Plan, known: Known) -> Iterator[Wrong]:
    """Every name, in whatever file, that nothing in the plan bears."""
    there = _there(plan, known)
    for name in plan.info.tap_don_vi:
        if name in plan.kinds:
            yield Wrong(("plan.yaml", "tap_don_vi", name), f"tên tập hợp “{name}” trùng mã của một loại đơn vị.", name)
    for file, part in files_of(plan).items():
        for path, ref, word in named_in(part):
            if word not in there[ref]:
                yield unknown((file, *path), ref.value, word, _near(ref, word, there[ref]))


def _near(ref: Ref, word: str, names: Collection[str]) -> Collection[str]:
    """What may have been meant: of a cell, another of its sheet, or one of that column in another sheet."""
    if ref is not Ref.CELL:
        return names
    sheet, _, key = word.partition(".")
    return [name for name in names if name.startswith(f"{sheet}.")] or [n for n in names if n.endswith(f".{key}")]


def files_of(plan: Plan) -> Mapping[str, BaseModel]:
    """File -> what the plan holds of it."""
    parts = {name: getattr(plan, name) for name in type(plan).model_fields}
    return {
        "plan.yaml" if name == "info" else f"{name}.yaml": part
        for name, part in parts.items()
        if isinstance(part, BaseModel)
    }


def _there(plan: Plan, known: Known) -> Mapping[Ref, Collection[str]]:
    return {
        Ref.SHEET: plan.sheets,
        Ref.CELL: {f"{sheet.ma}.{field.khoa}": None for sheet in plan.forms.bieu for field in sheet.truong},
        Ref.LIST: [*plan.forms.danh_sach, *OPEN_LISTS],
        Ref.KIND: [*plan.kinds, *plan.info.tap_don_vi],
        Ref.ROUND: [entry.ma for entry in plan.awards.dot],
        Ref.LAYOUT: [entry.ma for entry in plan.documents.the_thuc],
        Ref.TEMPLATE: known.templates,
        Ref.ISSUER: [entry.ma for entry in plan.documents.co_quan_ban_hanh],
        Ref.PART: [part.ma for part in plan.documents.bao_cao.phan],
        Ref.ANNEX: [annex.ma for annex in plan.documents.bao_cao.phu_luc],
        Ref.TASK: [task.ma for task in plan.info.nhiem_vu],
        Ref.FRAME: plan.figures.khung_cau,
        Ref.COMPUTED: known.figure_functions,
        Ref.FILTER: known.row_filters,
        Ref.CODE: plan.checks.ten_ma,
        **{ref: plan.labels(name) for ref, name in AWARD_LISTS.items()},
    }
