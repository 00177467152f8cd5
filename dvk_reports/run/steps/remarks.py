"""Remarks that travel with the numbers: the office's own, and those of the levels below, checked by the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dvk_reports.intake.back.below_remarks import REMARKS
from dvk_reports.intake.reading import Reading
from dvk_reports.intake.selection import Selection
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.findings import Finding
from dvk_reports.model.periods import Quarter
from dvk_reports.model.remarks import Remark
from dvk_reports.plan.office import Office
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.text import fold, tidy


def remarks_of(
    office: Office, quarter: Quarter, readings: Sequence[Reading], selection: Selection
) -> tuple[tuple[Remark, ...], tuple[Finding, ...]]:
    """(the remarks that count, the office's own first; T22 for each one of the levels below that does not)."""
    own = [item for item in office.register.remarks if item.period == quarter.key and _known_by(office, item)]
    every = [item for reading in readings for item in reading.remarks]
    wrong = {item: _wrong(office, quarter, item) or _outdated(office, selection, item) for item in every}
    # The same workbook may come twice, and one may hold again what another one said.
    taken: dict[Remark, Remark] = {}
    for item in every:
        if not wrong[item]:
            taken.setdefault(_what(item), _spelled(office, item))
    told = tuple(_told(item, wrong[item]) for item in dict.fromkeys(every) if wrong[item] and _what(item) not in taken)
    return (*own, *taken.values()), told


def _what(remark: Remark) -> Remark:
    """What it says, wherever it stands."""
    return replace(remark, source="", row=0)


def _told(remark: Remark, why: str) -> Finding:
    row = f"ở dòng {remark.row} " if remark.row else ""
    where = Location(file=_workbook(remark), sheet=REMARKS, raw=tidy(remark.text))
    return say(Msg.REMARK_NOT_TAKEN, where, cho=row, trang=REMARKS, sai=why)


def _workbook(remark: Remark) -> str:
    return remark.source.partition(", ")[0]


def _known_by(office: Office, remark: Remark) -> bool:
    return remark.day is not None and remark.day <= office.day


def _spelled(office: Office, remark: Remark) -> Remark:
    """The remark with the code of its unit as the register spells it."""
    unit = office.register.by_letters.get(fold(remark.unit))
    return replace(remark, unit=unit.code) if unit is not None else remark


def _wrong(office: Office, quarter: Quarter, remark: Remark) -> str:
    """What is wrong with a line itself; "" where nothing is."""
    plan = office.plan_of(quarter)
    longest = plan.limit("nhan_xet_dai_nhat", quarter.last_day)
    checks = (
        (not remark.row, "không đọc được vì trang mất các khóa ở dòng 1 đang ẩn"),
        (not tidy(remark.text), "để trống nội dung"),
        (
            longest is not None and len(remark.text) > longest,
            f"dài {show_count(len(remark.text))} ký tự, quá {show_count(int(longest or 0))}",
        ),
        (not tidy(remark.by), "để trống người nhận xét"),
        (remark.day is None, "không ghi ngày đọc được"),
        (remark.day is not None and not _known_by(office, remark), _later(remark)),
        (remark.period != quarter.key, f"ghi kỳ “{remark.period}”, không phải {quarter.key}"),
        (
            bool(remark.unit) and fold(remark.unit) not in office.register.by_letters,
            f"ghi mã đơn vị “{remark.unit}” không có trong danh mục",
        ),
        (bool(remark.sheet) and remark.sheet not in plan.sheets, f"ghi biểu “{remark.sheet}” không có ở kỳ này"),
        (
            bool(remark.figure) and remark.figure not in plan.figure_specs,
            f"ghi chỉ tiêu “{remark.figure}” không có ở kỳ này",
        ),
    )
    return next((why for wrong, why in checks if wrong), "")


def _later(remark: Remark) -> str:
    return f"ghi ngày {show_date(remark.day)}, sau ngày tổng hợp" if remark.day is not None else ""


def _outdated(office: Office, selection: Selection, remark: Remark) -> str:
    """Why a remark is no longer about what counts; "" where it is."""
    workbook = _workbook(remark)
    if not remark.unit:
        used = any(form.box == workbook for form in selection.used.values())
        return "" if used else "nằm trong sổ không có báo cáo nào được dùng"
    unit = office.register.by_letters[fold(remark.unit)]
    form = selection.used.get(unit.code)
    return "" if form is None or form.box == workbook else f"nói về báo cáo đã được thay bằng tệp {form.file}"
