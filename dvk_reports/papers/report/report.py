"""The district's report ``bao-cao.docx``: every field its template may use, drawn from one consolidation.

Order of the parts: document-formats of a Party report (I leadership, II results, III assessment, IV direction,
V proposals, annex of the plan's tasks). The template holds headings, tables and loops; the words come from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

from dvk_reports.model.records import MET, NOT_MET, UNDECIDED, Consolidation, Figure, UnitState
from dvk_reports.papers.docx.charts import ChartPart, chart_mark
from dvk_reports.papers.docx.drafts import render
from dvk_reports.papers.docx.tone import names_of, toned
from dvk_reports.papers.report import wording
from dvk_reports.papers.report.opinions import gathered, proposals
from dvk_reports.papers.report.over_time import over_time
from dvk_reports.papers.report.periods import (
    length_kind,
    next_quarters,
    next_title,
    period_title,
    stocktaking,
    subject,
)
from dvk_reports.papers.report.restated import restated
from dvk_reports.papers.report.sayings import NEVER_ADDED
from dvk_reports.papers.report.tables import annex, field_rows, of_units, remarks, target_row, total, unreported
from dvk_reports.plan.book.rulebook import DocumentSpec, Plan, ReportLength
from dvk_reports.plan.periods import Period, parse_period
from dvk_reports.plan.register.register import Register
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.numbers import show_count

DOCUMENT = "bao_cao_quy"
NEW_COUNTRYSIDE = "MT2.3"
RECOGNITION = ("NV5.1", "NV5.2", "NV5.3", "NV5.4")
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
    plan: Plan,
    register: Register,
    data: Consolidation,
    template: Path | None = None,
    charts: Mapping[str, ChartPart] | None = None,
) -> None:
    """Write the Word report of one period.

    ``template`` is the office's own ``mau-word/bao-cao.docx``; None takes the bundled one. ``charts``: native
    charts by name (``linh_vuc``, ``muc_tieu``, ``xu_huong``); without them the report has none. Same data, same bytes.
    Raises TemplateError where the template is broken or uses a field that does not exist; nothing is written then.
    """
    spec = plan.document(DOCUMENT, data.as_of)
    tone = plan.documents.dau_thanh
    written = report_context(plan, register, data)
    fields = {**toned(written, tone, names_of(register), _VERBATIM), **_chart_fields(charts or {})}
    paper = render(
        spec.mau,
        fields,
        title=f"Báo cáo {fields['trich_yeu']}",
        day=data.as_of,
        template=template,
        charts=charts,
        tone=tone,
    )
    if isinstance(target, Path):
        target.write_bytes(paper)
    else:
        target.write(paper)


def report_context(plan: Plan, register: Register, data: Consolidation) -> dict[str, object]:
    """Every field of the report: text, lists of text, and lists of rows (dicts of text). No value is None.

    All five parts stand in the report of every period; how much each tells is ``do_dai`` of documents.yaml.
    """
    length = plan.documents.length(length_kind(parse_period(data.period), plan), data.as_of)
    results, longer = _results(plan, register, data, length), over_time(plan, data)
    return {
        **_head(plan, register, data),
        "ke_hoach_trong_ky": _unit_plans(register, data),
        **restated(data),
        **results,
        "so_muc_dien_bien": "9" if results["cong_nhan"] else "8",
        **longer,
        **_assessment(plan, register, data, length, str(longer["so_bang_don_vi"])),
        **annex(plan, data),
        **_chart_fields({}),
        **figure_fields(data),
    }


def _chart_fields(charts: Mapping[str, ChartPart]) -> dict[str, str]:
    """Where each chart goes; "" where there is none, so that its caption is left out too."""
    return {f"bieu_do_{name}": chart_mark(name) if name in charts else "" for name in CHARTS}


def figure_fields(data: Consolidation) -> dict[str, str]:
    """Each figure by its code, for an office's own template: MT2.1 -> ``MT2_1`` and ``MT2_1_ket_luan``."""
    fields = {}
    for figure in data.figures:
        if figure.group:
            continue
        name = figure.code.replace(".", "_")
        known = wording.standing(figure) is wording.Standing.KNOWN
        shown = wording.quantity(figure) if known else wording.result_cell(figure)
        fields[name] = shown + wording.units_of(figure)
        fields[f"{name}_ket_luan"] = wording.verdict_cell(figure)
    return fields


# --- head and foot ------------------------------------------------------------------------------------------------


def _head(plan: Plan, register: Register, data: Consolidation) -> dict[str, object]:
    period = parse_period(data.period)
    spec = plan.document(DOCUMENT, data.as_of)
    signer = register.signer(DOCUMENT, data.as_of)
    reported = sum(item.state is UnitState.ACCEPTED for item in data.submissions)
    return {
        "ky_bao_cao": period_title(period),
        "ky_sau": next_title(period, plan),
        "ky_bao_cao_in_hoa": period_title(period).upper(),
        "ky_sau_in_hoa": next_title(period, plan).upper(),
        "trich_yeu": subject(period, plan, data.edition_title),
        "co_quan_cap_tren": spec.co_quan_cap_tren,
        "co_quan": spec.co_quan,
        "ten_co_quan": spec.ten_co_quan,
        "ky_hieu": spec.ky_hieu,
        "dia_danh": spec.dia_danh,
        "nam": str(data.as_of.year),
        "can_cu_viet": "; ".join(spec.can_cu_viet),
        "so_don_vi_da_bao_cao": str(reported),
        "so_don_vi_phai_bao_cao": str(len(data.submissions)),
        "nguon_so_lieu": _source_of_numbers(register, period, reported, len(data.submissions)),
        "quyen_han": signer.authority if signer else spec.quyen_han,
        "chuc_vu": signer.post if signer else spec.chuc_vu,
        "ho_ten": signer.name if signer else "",
        "noi_nhan": _recipients(plan, spec, data),
    }


def _source_of_numbers(register: Register, period: Period, reported: int, owed: int) -> str:
    first, _ = register.window(period.quarters[0])
    _, last = register.window(period.last)
    return (
        f"Số liệu trong báo cáo được tổng hợp từ báo cáo của {reported}/{owed} đơn vị, tính từ ngày "
        f"{show_date_prose(first)} đến ngày {show_date_prose(last)}. Số liệu chưa đủ đơn vị được ghi kèm "
        "“(n/N đơn vị)”, trong đó N là số đơn vị phải báo cáo số liệu đó, n là số đơn vị đã có số liệu."
    )


def _recipients(plan: Plan, spec: DocumentSpec, data: Consolidation) -> list[str]:
    mark = plan.documents.layout(spec.the_thuc, data.as_of).dau_noi_nhan
    last = len(spec.noi_nhan) - 1
    return [f"{name}{'.' if place == last else mark}" for place, name in enumerate(spec.noi_nhan)]


# --- I, II: leadership and results ----------------------------------------------------------------------------------


def _results(plan: Plan, register: Register, data: Consolidation, length: ReportLength) -> dict[str, object]:
    targets = [figure for figure in data.figures if figure.code.startswith("MT") and not figure.group]
    codes = [figure.code for figure in targets]
    elsewhere = {NEW_COUNTRYSIDE, "MT4.3"}
    by_prefix = {
        n: [code for code in codes if code.startswith(f"MT{n}.") and code not in elsewhere] for n in range(1, 6)
    }
    return {
        "trien_khai": wording.target_sentences(data, by_prefix[1]),
        "tom_tat_muc_tieu": _summary(targets),
        "muc_tieu": [target_row(figure) for figure in targets],
        "ghi_chu_muc_tieu": remarks(targets),
        "ket_qua_muc_tieu": wording.target_sentences(
            data, _told(data, [*by_prefix[2], *by_prefix[3], *by_prefix[5]], length)
        ),
        "tuyen_truyen_tap_huan": _training(plan, data),
        "xay_dung_mo_hinh": _models(plan, register, data, length),
        "linh_vuc": field_rows(plan, data),
        "tong_so_mo_hinh": total(data, "NV3.3"),
        "tong_so_mo_hinh_don_vi": of_units(data, "NV3.3"),
        "nong_thon_moi": wording.target_sentences(data, [NEW_COUNTRYSIDE]),
        "ra_soat_nhan_rong": [
            *wording.task_sentences(plan, data, ["MT4.3"]),
            *wording.target_sentences(data, by_prefix[4]),
            *wording.task_sentences(plan, data, ["NV3.6"]),
        ],
        "kiem_tra_giam_sat": wording.task_sentences(plan, data, ["NV4.1", "NV4.2", "NV4.3"]),
        "kinh_phi": [*wording.task_sentences(plan, data, ["KP.1", "KP.2", "KP.3"]), NEVER_ADDED],
        "ket_qua_van_dong": wording.task_sentences(plan, data, ["KQ.1", "KQ.2", "KQ.3", "KQ.4"]),
        "cong_nhan": wording.task_sentences(plan, data, _recognised(data, length)),
    }


def _told(data: Consolidation, codes: Iterable[str], length: ReportLength) -> list[str]:
    """The targets that get a sentence beside their row in the table."""
    if length.tung_chi_tieu:
        return list(codes)
    found = ((code, data.figure(code)) for code in codes)
    return [code for code, figure in found if figure and (figure.verdict == NOT_MET or wording.doubt(data, figure))]


def _recognised(data: Consolidation, length: ReportLength) -> list[str]:
    found = ((code, data.figure(code)) for code in RECOGNITION)
    return [code for code, figure in found if length.cong_nhan or (figure and figure.value)]


def _unit_plans(register: Register, data: Consolidation) -> str:
    """The units' own plans issued in the period, with number and day; "" where there is none."""
    quarters = parse_period(data.period).quarters
    first, last = register.window(quarters[0])[0], register.window(quarters[-1])[1]
    told: dict[str, str] = {}
    for used in data.used:
        rows = used.rows.get("B1", ())
        if not rows or not used.readable("B1"):
            continue
        number, day = rows[0].text("so_ke_hoach"), rows[0].day("ngay_ke_hoach")
        doubtful = used.stopped(rows[0], "so_ke_hoach") or used.stopped(rows[0], "ngay_ke_hoach")
        if number and day and first <= day <= last and not doubtful:
            told[used.unit] = f"{_name(register, used.unit)} (số {number}, ngày {show_date_prose(day)})"
    if len(told) > _PLANS_NAMED:
        return f"{show_count(len(told))} đơn vị (số, ngày từng kế hoạch ở biểu B1 của sổ tổng hợp)"
    return "; ".join(told.values())


def _name(register: Register, code: str) -> str:
    unit = register.by_code.get(code)
    return unit.name if unit else code


def _summary(targets: Iterable[Figure]) -> str:
    asked = [figure for figure in targets if figure.target is not None and figure.owed != 0]
    told = []
    for verdict in (MET, NOT_MET, UNDECIDED):
        found = [figure for figure in asked if figure.verdict == verdict]
        if not found:
            continue
        open_year = sum(wording.year_open(figure) for figure in found)
        why = f" (trong đó {show_count(open_year)} chỉ tiêu vì {wording.YEAR_OPEN})" if open_year else ""
        told.append(f"{show_count(len(found))} chỉ tiêu {verdict}{why}")
    if not told:
        return "Kết quả từng chỉ tiêu nêu ở Bảng 1."
    asked_for = f"Trong {show_count(len(asked))} chỉ tiêu có mức phải đạt"
    return f"Kết quả từng chỉ tiêu nêu ở Bảng 1. {asked_for}: {', '.join(told)}."


def _training(plan: Plan, data: Consolidation) -> list[str]:
    shares = wording.shares_sentence(data, "NV1.3", "Trong số người dự, ")
    return [
        *wording.task_sentences(plan, data, ["NV1.1", "NV1.2"]),
        *([shares] if shares else []),
        *wording.task_sentences(plan, data, ["NV2.1", "NV2.2", "NV2.3", "NV2.4"]),
    ]


def _models(plan: Plan, register: Register, data: Consolidation, length: ReportLength) -> list[str]:
    if not length.chi_tiet_mo_hinh:
        return wording.task_sentences(plan, data, ["NV3.1", "NV3.2", "NV3.5", "NV3.7", "NV3.8"])
    split = wording.split_by_sentence(plan, data, "NV3.4", "Mô hình đang thực hiện chia ")
    first = wording.leading_units(data, "NV3.2", {unit.code: unit.name for unit in register.units})
    return [
        *wording.task_sentences(plan, data, ["NV3.1", "NV3.2"]),
        *([first] if first else []),
        *([split] if split else []),
        *wording.task_sentences(plan, data, ["NV3.5", "NV3.7", "NV3.8"]),
    ]


# --- III, IV, V: assessment, direction, proposals ---------------------------------------------------------------------


def _assessment(
    plan: Plan, register: Register, data: Consolidation, length: ReportLength, table: str
) -> dict[str, object]:
    most = length.y_kien_toi_da
    met, missed = (
        (
            _verdicts(data, MET, "đạt mức phải đạt của Kế hoạch"),
            _verdicts(data, NOT_MET, "không đạt mức phải đạt của Kế hoạch"),
        )
        if length.danh_gia_chi_tieu
        else ([], [])
    )
    return {
        "danh_gia_uu_diem": met,
        "danh_gia_ton_tai": [*missed, *_reporting(data, table)],
        "y_kien_uu_diem": gathered(register, data, "uu_diem", "ưu điểm, kết quả nổi bật", most),
        "y_kien_ton_tai": gathered(register, data, "ton_tai", "tồn tại, hạn chế", most),
        "y_kien_nguyen_nhan": gathered(register, data, "nguyen_nhan", "nguyên nhân của tồn tại, hạn chế", most),
        # Asked for in sơ kết and tổng kết only, where the report falls into two Phần too.
        "bai_hoc": [wording.wanted("bài học kinh nghiệm")] if stocktaking(parse_period(data.period), plan) else [],
        "y_kien_phuong_huong": gathered(register, data, "phuong_huong", "", most),
        "y_kien_kien_nghi": proposals(register, data),
        "nhiem_vu_trong_tam": _standing_tasks(plan, data),
        "nhom_chua_bao_cao": unreported(plan, register, data),
    }


def _verdicts(data: Consolidation, verdict: str, said: str) -> list[str]:
    codes = [figure.code for figure in data.figures if figure.verdict == verdict and not figure.group]
    return [f"Có {show_count(len(codes))} chỉ tiêu {said} ({', '.join(codes)}; Bảng 1)."] if codes else []


def _reporting(data: Consolidation, table: str) -> list[str]:
    found = wording.target_sentences(data, ["TL.1"])
    late = data.figure("TL.2", "Nộp muộn")
    if late is not None and late.value:
        found.append(f"Có {wording.count(late.value, 'đơn vị')} nộp báo cáo muộn.")
    silent = sum(item.state is not UnitState.ACCEPTED for item in data.submissions)
    if silent:
        found.append(
            f"Tính đến ngày {show_date_prose(data.as_of)}, còn {show_count(silent)} đơn vị chưa có báo cáo "
            f"được tổng hợp (Bảng {table})."
        )
    return found


def _standing_tasks(plan: Plan, data: Consolidation) -> list[str]:
    following = next_quarters(parse_period(data.period))
    return [
        task.noi_dung
        for task in plan.document(DOCUMENT, data.as_of).nhiem_vu_trong_tam
        if any(
            quarter.number in task.quy
            and task.tu_ngay <= quarter.last_day
            and (task.den_ngay is None or quarter.first_day <= task.den_ngay)
            for quarter in following
        )
    ]
