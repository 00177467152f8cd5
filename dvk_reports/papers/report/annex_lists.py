"""Annexes that list: models by unit and field, tasks of the plan, those praised and rewarded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from dvk_reports.model.figures import Figure
from dvk_reports.model.running import RunningModel
from dvk_reports.model.shelf import Grouped
from dvk_reports.model.task_progress import TaskProgress
from dvk_reports.papers.docx.rows import listed
from dvk_reports.papers.report import wording
from dvk_reports.papers.report.basis import Basis
from dvk_reports.plan.book.entries import in_force
from dvk_reports.plan.book.roles import FigureRole
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.text import lower_first, tidy, upper_first


def model_groups(basis: Basis) -> Sequence[dict[str, object]]:
    """Unit by unit its models, with how many it has in each field.

    Units whose list is not in the number of models of the report are left out here too: the two are one number.
    """
    whole = basis.plan.figure_with(FigureRole.MODELS)
    figure = basis.data.figure(whole.ma) if whole is not None else None
    left_out = set(figure.missing) if figure is not None else set()
    return listed(_model_groups(basis, left_out))


def _model_groups(basis: Basis, left_out: Collection[str]) -> Iterator[dict[str, object]]:
    number = 0
    for unit, models in Grouped(basis.data.models, lambda model: model.unit).items():
        if unit in left_out:
            continue
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
        yield {"ten": f"{basis.name_of(unit)}: {show_count(len(models))} mô hình ({shown})", "dong": rows}


def _hamlets(model: RunningModel) -> str:
    if model.every_hamlet:
        return "Tất cả thôn, tổ dân phố"
    return ", ".join(model.hamlets) or model.carried_by or wording.NOTHING


def task_rows(basis: Basis) -> list[dict[str, str]]:
    """Each task of the plan: how it stands, year by year, and the figures of the period that belong to it.

    Who leads it and how it is called is what the office keeps in the register; where it keeps nothing, the plan.
    """
    kept: dict[str, list[TaskProgress]] = {}
    for item in basis.data.tasks:
        kept.setdefault(item.code, []).append(item)
    plan = {task.ma: task for task in basis.plan.info.nhiem_vu}
    rows = []
    for place, code in enumerate(dict.fromkeys((*plan, *kept)), start=1):
        own, task = kept.get(code, []), plan.get(code)
        lead = in_force(f"cơ quan chủ trì nhiệm vụ {code}", task.chu_tri, basis.period.last_day) if task else None
        lines = [line for figure in basis.of_task(code) if (line := _task_line(basis, figure))]
        rows.append(
            {
                "tt": str(place),
                "ten": own[-1].text if own else task.ten if task else "",
                "chu_tri": own[-1].lead if own else lead.gia_tri if lead else "",
                "thoi_gian": task.thoi_gian if task else show_date_prose(own[-1].due),
                "tinh_hinh": _standing(own) or wording.NOTHING,
                "so_lieu": "\n".join(f"- {line}" for line in lines) or "Chưa có số liệu",
            }
        )
    return rows


def _standing(years: Sequence[TaskProgress]) -> str:
    """ "Đang thực hiện", over several years “Năm 2022: đúng hạn; năm 2023: đang thực hiện”."""
    if len(years) < 2:
        return "".join(_state(item) for item in years)
    return upper_first("; ".join(f"năm {item.year}: {lower_first(_state(item))}" for item in years))


def _state(item: TaskProgress) -> str:
    """A task whose day is past is late only where the office knows when it was done."""
    return "Chưa ghi nhận hoàn thành" if item.overdue else item.state.value


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
                "ten": tidy(award.subject.name),
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
