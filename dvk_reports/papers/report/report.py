"""The district's report ``bao-cao.docx``: every field its template may use, drawn from one consolidation.

The template holds headings, tables and loops; the sentences are the plan's (``figures.yaml``, ``documents.yaml``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from dvk_reports.model.consolidation import Consolidation
from dvk_reports.papers.docx.charts import ChartPart, chart_mark
from dvk_reports.papers.docx.drafts import Template, render
from dvk_reports.papers.docx.letterhead import head_fields
from dvk_reports.papers.docx.tone import toned
from dvk_reports.papers.report import wording
from dvk_reports.papers.report.basis import Basis
from dvk_reports.papers.report.over_time import over_time
from dvk_reports.papers.report.periods import next_quarters, next_title
from dvk_reports.papers.report.quotations import proposals, quotations
from dvk_reports.papers.report.restated import restated
from dvk_reports.papers.report.sentences import report_parts
from dvk_reports.papers.report.tables import field_table, remarks, target_row, task_rows, unreported
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.names import names_of
from dvk_reports.plan.office import Office
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.numbers import show_count

_PLANS_NAMED = 12
"""More plans than that are counted: a list of them fills pages that nobody reads."""
CHARTS = ("muc_tieu", "linh_vuc", "xu_huong")
_VERBATIM = (
    "y_kien_uu_diem",
    "y_kien_ton_tai",
    "y_kien_nguyen_nhan",
    "y_kien_phuong_huong",
    "y_kien_kien_nghi",
    "ho_ten",
)


def write_report(
    target: Path | BinaryIO,
    office: Office,
    data: Consolidation,
    template: Path | None = None,
    charts: Mapping[str, ChartPart] | None = None,
) -> None:
    """Write the Word report of one period.

    ``template`` is the office's own ``mau-word/bao-cao.docx``; None takes the bundled one. ``charts``: native
    charts by name (``linh_vuc``, ``muc_tieu``, ``xu_huong``); without them the report has none. Same data, same bytes.
    Raises TemplateError where the template is broken or uses a field that does not exist; nothing is written then.
    """
    tone = office.plan.documents.dau_thanh
    written = report_context(office, data)
    fields = {**toned(written, tone, names_of(office.register), _VERBATIM), **_chart_fields(charts or {})}
    paper = render(
        Template(Basis(office, data).paper.mau, template, tone),
        fields,
        title=f"Báo cáo {fields['trich_yeu']}",
        day=data.as_of,
        charts=charts,
    )
    if isinstance(target, Path):
        target.write_bytes(paper)
    else:
        target.write(paper)


def report_context(office: Office, data: Consolidation) -> dict[str, object]:
    """Every field of the report: text, lists of text, and lists of rows (dicts of text). No value is None."""
    first = Basis(office, data)
    longer = over_time(first)
    basis = replace(first, unit_table=str(longer["so_bang_don_vi"]))
    targets = basis.in_table("muc_tieu")
    return {
        **_head(basis),
        "ke_hoach_trong_ky": _unit_plans(basis),
        **restated(data),
        **report_parts(basis),
        "muc_tieu": [target_row(basis, figure) for figure in targets],
        "ghi_chu_muc_tieu": remarks(targets),
        **field_table(basis),
        **longer,
        **_assessment(basis),
        "nhiem_vu": task_rows(basis),
        **_chart_fields({}),
        **_figure_fields(basis),
    }


def _chart_fields(charts: Mapping[str, ChartPart]) -> dict[str, str]:
    """Where each chart goes; "" where there is none, so that its caption is left out too."""
    return {f"bieu_do_{name}": chart_mark(name) if name in charts else "" for name in CHARTS}


def _figure_fields(basis: Basis) -> dict[str, str]:
    """Each figure by its code, for an office's own template: MT2.1 -> ``MT2_1`` and ``MT2_1_ket_luan``."""
    fields = {}
    for figure in basis.data.figures:
        if figure.group:
            continue
        name = figure.code.replace(".", "_")
        known = wording.standing(figure) is wording.Standing.KNOWN
        shown = basis.amounts.quantity(figure) if known else basis.amounts.result_cell(figure)
        fields[name] = shown + wording.units_of(figure)
        fields[f"{name}_ket_luan"] = wording.verdict_cell(figure)
    return fields


# --- head and foot ---


def _head(basis: Basis) -> dict[str, object]:
    paper, documents, day = basis.paper, basis.plan.documents, basis.data.as_of
    period, following = basis.period.title, next_title(basis.period, basis.plan)
    annexes = documents.bao_cao.phu_luc
    return {
        "ky_bao_cao": period,
        "ky_sau": following,
        "ky_bao_cao_in_hoa": period.upper(),
        "ky_sau_in_hoa": following.upper(),
        **head_fields(Office(basis.plan, basis.register, day), paper),
        "can_cu_viet": "; ".join(paper.can_cu_viet),
        "so_don_vi_da_bao_cao": str(basis.reported),
        "so_don_vi_phai_bao_cao": str(len(basis.data.submissions)),
        "ten_phu_luc_nhiem_vu": annexes.nhiem_vu.upper(),
        "ten_phu_luc_so_sanh": annexes.so_sanh.upper(),
    }


def _unit_plans(basis: Basis) -> str:
    """The units' own plans issued in the period, with number and day; "" where there is none."""
    sheet, quarters = basis.plan.sheet(SheetRole.GENERAL), basis.period.quarters
    first, last = basis.register.window(quarters[0])[0], basis.register.window(quarters[-1])[1]
    found: dict[str, str] = {}
    for used in basis.data.used:
        rows = used.rows.get(sheet, ())
        if not rows or not used.readable(sheet):
            continue
        number, day = rows[0].text("so_ke_hoach"), rows[0].day("ngay_ke_hoach")
        doubtful = used.stopped(rows[0], "so_ke_hoach") or used.stopped(rows[0], "ngay_ke_hoach")
        if number and day and first <= day <= last and not doubtful:
            found[used.unit] = f"{basis.name_of(used.unit)} (số {number}, ngày {show_date_prose(day)})"
    if len(found) > _PLANS_NAMED:
        return f"{show_count(len(found))} đơn vị (số, ngày từng kế hoạch ở biểu {sheet} của sổ tổng hợp)"
    return "; ".join(found.values())


# --- III, IV, V: assessment, direction, proposals ---


def _assessment(basis: Basis) -> dict[str, object]:
    most = basis.length.y_kien_toi_da
    return {
        "y_kien_uu_diem": quotations(basis, "uu_diem", "ưu điểm, kết quả nổi bật", most),
        "y_kien_ton_tai": quotations(basis, "ton_tai", "tồn tại, hạn chế", most),
        "y_kien_nguyen_nhan": quotations(basis, "nguyen_nhan", "nguyên nhân của tồn tại, hạn chế", most),
        "y_kien_phuong_huong": quotations(basis, "phuong_huong", "", most),
        "y_kien_kien_nghi": proposals(basis),
        "nhiem_vu_trong_tam": _standing_tasks(basis),
        "nhom_chua_bao_cao": unreported(basis),
    }


def _standing_tasks(basis: Basis) -> list[str]:
    following = next_quarters(basis.period)
    return [
        task.noi_dung
        for task in basis.paper.nhiem_vu_trong_tam
        if any(
            quarter.number in task.quy
            and task.tu_ngay <= quarter.last_day
            and (task.den_ngay is None or quarter.first_day <= task.den_ngay)
            for quarter in following
        )
    ]
