"""Rows of the tables of a report: targets, fields, units not in it, and the annex on the plan's tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from dvk_reports.model.records import Consolidation, Figure, Submission, UnitState
from dvk_reports.papers.report import wording
from dvk_reports.plan.book.rulebook import Plan, in_force
from dvk_reports.plan.periods import parse_period
from dvk_reports.plan.register.register import Register
from dvk_reports.vietnamese.numbers import show_number, show_percent


def target_row(figure: Figure) -> dict[str, str]:
    return {
        "ma": figure.code,
        "chi_tieu": figure.name,
        "ket_qua": wording.result_cell(figure),
        "muc_phai_dat": wording.NOTHING if figure.target is None else wording.fixed_percent(figure.target),
        "thap_nhat_cao_nhat": wording.bounds_cell(figure),
        "don_vi": wording.of_units(figure),
        "ket_luan": wording.verdict_cell(figure),
    }


def field_rows(plan: Plan, data: Consolidation) -> list[dict[str, str]]:
    """Table of models by field: a line that was left out of a known figure is zero, of an unknown one unknown."""
    whole = data.figure("NV3.3")
    rows = []
    for place, label in enumerate(plan.labels("linh_vuc"), start=1):
        line = data.figure("NV3.3", label)
        counted = line or whole
        value = line.value if line else None
        zero = line is None and whole is not None and whole.value is not None
        share = show_percent(value or 0, whole.value) if whole and whole.value and (zero or value is not None) else ""
        rows.append(
            {
                "tt": str(place),
                "linh_vuc": label,
                "so_mo_hinh": show_number(value) if value is not None else "0" if zero else wording.wanted("số liệu"),
                "ty_trong": share or wording.NOTHING,
                "don_vi": wording.of_units(counted) if counted else wording.NOTHING,
            }
        )
    return rows


def total(data: Consolidation, code: str) -> str:
    figure = data.figure(code)
    if figure is None or figure.value is None:
        return wording.wanted("số liệu")
    return show_number(figure.value)


def of_units(data: Consolidation, code: str) -> str:
    figure = data.figure(code)
    return wording.of_units(figure) if figure else wording.NOTHING


def unreported(plan: Plan, register: Register, data: Consolidation) -> list[dict[str, object]]:
    """Units whose numbers are in no figure, under the groups of the plan, numbered straight through."""
    by_group: dict[str, list[Submission]] = {}
    for item in data.submissions:
        if item.state is not UnitState.ACCEPTED:
            unit = register.by_code.get(item.unit)
            by_group.setdefault(unit.group if unit else "", []).append(item)
    names = {group.ma: f"{group.ma}. {group.ten}" for group in plan.info.nhom_don_vi}
    found: list[dict[str, object]] = []
    number = 0
    for code, name in [*names.items(), *((code, "Đơn vị khác") for code in by_group if code not in names)]:
        rows = []
        for item in by_group.get(code, ()):
            number += 1
            rows.append({"tt": str(number), "ten": item.name, "tinh_trang": item.state.value})
        if rows:
            found.append({"ten": name, "don_vi": rows})
    return found


def annex(plan: Plan, data: Consolidation) -> Mapping[str, object]:
    last_day = parse_period(data.period).last_day
    rows = []
    for place, task in enumerate(plan.info.nhiem_vu, start=1):
        lines = wording.of_period(plan, data, task.chi_tieu)
        rows.append(
            {
                "tt": str(place),
                "ten": f"{task.ten} (Kế hoạch, mục {task.ma})",
                "chu_tri": in_force(f"cơ quan chủ trì nhiệm vụ {task.ma}", task.chu_tri, last_day).gia_tri,
                "thoi_gian": task.thoi_gian,
                "so_lieu": "\n".join(f"- {line}" for line in lines) or wording.wanted("số liệu"),
            }
        )
    return {"nhiem_vu": rows}


def remarks(figures: Iterable[Figure], told: Callable[[Figure], str] = wording.remark) -> list[str]:
    """What a reader of the table must know; one line for all figures that share a remark."""
    shared: dict[str, list[str]] = {}
    for figure in figures:
        if told(figure):
            shared.setdefault(told(figure), []).append(figure.code)
    return [f"{', '.join(codes)}: {text}." for text, codes in shared.items()]
