"""Annexes that list: models by unit and field, tasks of the plan, those praised and rewarded."""

from __future__ import annotations

from collections import Counter

from dvk_reports.model.figures import Figure
from dvk_reports.model.running import RunningModel
from dvk_reports.papers.report import wording
from dvk_reports.papers.report.basis import Basis
from dvk_reports.plan.book.entries import in_force
from dvk_reports.plan.book.roles import FigureRole
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.text import lower_first


def model_groups(basis: Basis) -> list[dict[str, object]]:
    """Unit by unit its models, with how many it has in each field.

    Units whose list is not in the number of models of the report are left out here too: the two are one number.
    """
    whole = basis.plan.figure_with(FigureRole.MODELS)
    figure = basis.data.figure(whole.ma) if whole is not None else None
    left_out = set(figure.missing) if figure is not None else set()
    by_unit: dict[str, list[RunningModel]] = {}
    for model in basis.data.models:
        if model.unit not in left_out:
            by_unit.setdefault(model.unit, []).append(model)
    found: list[dict[str, object]] = []
    number = 0
    for unit, models in by_unit.items():
        fields = Counter(lower_first(model.field) for model in models if model.field)
        shown = ", ".join(f"{name} {show_count(count)}" for name, count in fields.items())
        rows = []
        for model in models:
            number += 1
            rows.append(
                {
                    "tt": str(number),
                    "ten": model.name,
                    "noi": _hamlets(model),
                    "linh_vuc": model.field,
                    "xep_loai": model.review.grade if model.review is not None else wording.NOTHING,
                }
            )
        found.append({"ten": f"{basis.name_of(unit)}: {show_count(len(models))} mô hình ({shown})", "dong": rows})
    return found


def _hamlets(model: RunningModel) -> str:
    if model.every_hamlet:
        return "Tất cả thôn, tổ dân phố"
    return ", ".join(model.hamlets) or model.carried_by or wording.NOTHING


def task_rows(basis: Basis) -> list[dict[str, str]]:
    """Each task of the plan with the figures of the period that belong to it."""
    rows = []
    for place, task in enumerate(basis.plan.info.nhiem_vu, start=1):
        lead = in_force(f"cơ quan chủ trì nhiệm vụ {task.ma}", task.chu_tri, basis.period.last_day)
        lines = [line for figure in basis.of_task(task.ma) if (line := _task_line(basis, figure))]
        rows.append(
            {
                "tt": str(place),
                "ten": task.ten,
                "chu_tri": lead.gia_tri,
                "thoi_gian": task.thoi_gian,
                "so_lieu": "\n".join(f"- {line}" for line in lines) or "Chưa có số liệu",
            }
        )
    return rows


def _task_line(basis: Basis, figure: Figure) -> str:
    """Name and value; what is not known is left to the annex on the scope."""
    if figure.value is None:
        return ""
    return f"{figure.name}: {basis.amounts.quantity(figure)}"


def award_rows(basis: Basis) -> list[dict[str, object]]:
    """Round by round and form by form the collectives and persons; says where no result has been typed yet."""
    groups: dict[tuple[str, str, bool], list[dict[str, str]]] = {}
    for award in basis.data.awards:
        key = (award.round, award.subject.form, award.result.granted)
        rows = groups.setdefault(key, [])
        rows.append(
            {
                "tt": str(len(rows) + 1),
                "ten": award.subject.name,
                "loai": award.subject.kind,
                "don_vi": basis.name_of(award.subject.unit),
            }
        )
    titles = {entry.ma: entry.ten for entry in basis.plan.awards.dot}
    known = {True: "theo kết quả họp xét", False: "theo đề xuất, chưa có kết quả họp xét"}
    return [
        {"ten": f"{form} ({titles[name]}; {known[granted]})", "dong": rows}
        for (name, form, granted), rows in groups.items()
    ]
