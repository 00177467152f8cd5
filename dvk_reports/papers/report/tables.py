"""Rows of the tables of a report: targets, fields, units not in it, and the annex on the plan's tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dvk_reports.model.figures import Figure
from dvk_reports.model.returns import Submission, UnitState
from dvk_reports.papers.report import wording
from dvk_reports.papers.report.basis import Basis
from dvk_reports.plan.book.breakdown import splits_of
from dvk_reports.plan.book.entries import in_force
from dvk_reports.plan.book.roles import FigureRole
from dvk_reports.vietnamese.numbers import show_number, show_percent


def target_row(basis: Basis, figure: Figure) -> dict[str, str]:
    """One line of the table of targets."""
    return {
        "ma": figure.code,
        "chi_tieu": figure.name,
        "ket_qua": basis.amounts.result_cell(figure),
        "muc_phai_dat": wording.NOTHING if figure.target is None else wording.fixed_percent(figure.target),
        "thap_nhat_cao_nhat": wording.bounds_cell(figure),
        "don_vi": wording.of_units(figure),
        "ket_luan": wording.verdict_cell(figure),
    }


def field_table(basis: Basis) -> dict[str, object]:
    """Models by field, and their total; empty where the plan has no such figure.

    A line that was left out of a known figure is zero, of an unknown one unknown.
    """
    spec = basis.plan.figure_with(FigureRole.MODELS_BY_FIELD)
    whole = basis.data.figure(spec.ma) if spec is not None else None
    splits = splits_of(basis.plan, spec) if spec is not None else []
    labels = splits[0].labels if splits else ()
    return {
        "linh_vuc": [_field_row(basis, whole, label, place) for place, label in enumerate(labels, start=1)],
        "tong_so_mo_hinh": show_number(whole.value) if whole and whole.value is not None else wording.wanted("số liệu"),
        "tong_so_mo_hinh_vi_sao": f" ({whole.falls_short})" if whole and whole.falls_short else "",
        "tong_so_mo_hinh_don_vi": wording.of_units(whole) if whole else wording.NOTHING,
    }


def _field_row(basis: Basis, whole: Figure | None, label: str, place: int) -> dict[str, str]:
    line = basis.data.figure(whole.code, label) if whole is not None else None
    counted = line or whole
    value = line.value if line else None
    zero = line is None and whole is not None and whole.value is not None
    share = show_percent(value or 0, whole.value) if whole and whole.value and (zero or value is not None) else ""
    return {
        "tt": str(place),
        "linh_vuc": label,
        "so_mo_hinh": show_number(value) if value is not None else "0" if zero else wording.wanted("số liệu"),
        "ty_trong": share or wording.NOTHING,
        "don_vi": wording.of_units(counted) if counted else wording.NOTHING,
    }


def unreported(basis: Basis) -> list[dict[str, object]]:
    """Units whose numbers are in no figure, under the groups of the plan, numbered straight through."""
    by_group: dict[str, list[Submission]] = {}
    for item in basis.data.submissions:
        if item.state is not UnitState.ACCEPTED:
            unit = basis.register.by_code.get(item.unit)
            by_group.setdefault(unit.group if unit else "", []).append(item)
    names = {group.ma: f"{group.ma}. {group.ten}" for group in basis.plan.info.nhom_don_vi}
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


def task_rows(basis: Basis) -> list[dict[str, str]]:
    """The annex: each task of the plan with the figures of the period that belong to it."""
    rows = []
    for place, task in enumerate(basis.plan.info.nhiem_vu, start=1):
        lead = in_force(f"cơ quan chủ trì nhiệm vụ {task.ma}", task.chu_tri, basis.period.last_day)
        lines = [line for figure in basis.of_task(task.ma) for line in _task_lines(basis, figure)]
        rows.append(
            {
                "tt": str(place),
                "ten": f"{task.ten} (Kế hoạch, mục {task.ma})",
                "chu_tri": lead.gia_tri,
                "thoi_gian": task.thoi_gian,
                "so_lieu": "\n".join(f"- {line}" for line in lines) or wording.wanted("số liệu"),
            }
        )
    return rows


def _task_lines(basis: Basis, figure: Figure) -> list[str]:
    """Name, value, n/N, and the verdict where there is a target; by its lines where the figure itself has no value."""
    lines = [line for line in basis.data.lines(figure.code) if line.value is not None]
    if figure.value is None and lines:
        return [f"{figure.name} ({line.group}): {_task_amount(basis, line)}" for line in lines]
    return [f"{figure.name}: {_task_amount(basis, figure)}"]


def _task_amount(basis: Basis, figure: Figure) -> str:
    amounts, value = basis.amounts, figure.value
    counted = value is not None and not figure.ratio
    shown = amounts.quantity(figure) if counted else amounts.result_cell(figure)
    verdict = f"; {wording.verdict_cell(figure)}" if figure.target is not None else ""
    note = f" ({wording.remark(figure)})" if wording.remark(figure) else ""
    return f"{shown}{wording.units_of(figure)}{verdict}{note}"


def remarks(figures: Iterable[Figure], remark: Callable[[Figure], str] = wording.remark) -> list[str]:
    """What a reader of the table must know; one line for all figures that share a remark."""
    shared: dict[str, list[str]] = {}
    for figure in figures:
        if remark(figure):
            shared.setdefault(remark(figure), []).append(figure.code)
    return [f"{', '.join(codes)}: {text}." for text, codes in shared.items()]
