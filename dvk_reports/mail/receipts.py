"""The receipt of a used return: which file, its hash, the day, what was counted, what happens next."""

from __future__ import annotations

from dvk_reports.model.findings import Stop
from dvk_reports.model.returns import AFTER_CLOSING, LATE, Submission, UsedReturn
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.reminding import base_name
from dvk_reports.vietnamese.dates import show_date_prose


def receipt(plan: Plan, lead: str, item: Submission, used: UsedReturn, sha256: str, mending: bool) -> str:
    """Its words. ``lead``: who has received what; ``mending``: whether the unit is asked to mend something below."""
    lines = [
        f"- Tệp: {base_name(item.file)}" + (f" (phiên bản {item.version})" if item.version else ""),
        f"- Mã SHA-256 của tệp: {sha256}",
        f"- Ngày nhận: {_day(item)}",
        *([f"- Loại báo cáo: {used.kind}"] if used.kind else []),
        f"- Số dòng ghi nhận: {_rows(plan, used)}",
        f"- Kết quả kiểm tra: {item.blocks} lỗi Chặn, {item.warnings} Cảnh báo, {item.notes} Ghi chú",
    ]
    listed = "\n".join(lines)
    return f"{lead} và dùng để tổng hợp:\n{listed}\n\n{_next(item, mending)}"


def _day(item: Submission) -> str:
    if item.received is None:
        return "không rõ"
    late = {LATE: " (nộp muộn)", AFTER_CLOSING: " (sau khóa sổ)"}.get(item.punctual, "")
    return f"{show_date_prose(item.received)}{late}"


def _rows(plan: Plan, used: UsedReturn) -> str:
    """“B2: 12; B5: 1”; a sheet that could not be read says so and has no number."""
    told = []
    for name, spec in plan.sheets.items():
        if not spec.table or name not in used.rows:
            continue
        told.append(f"{name}: chưa đọc được" if Stop(name) in used.stops else f"{name}: {used.size(name)}")
    return "; ".join(told) or "biểu mẫu không có bảng"


def _next(item: Submission, mending: bool) -> str:
    if not mending:
        return (
            "Đơn vị không phải làm gì thêm. Nếu cần thay đổi số liệu, đề nghị sửa trong tệp đã gửi, tăng số phiên bản "
            "và gửi lại; bản gửi lại thay toàn bộ bản này."
        )
    if item.blocks:
        return "Chỗ có lỗi Chặn chưa được tính vào số liệu chung."
    return "Số liệu đã được tính; chỗ có Cảnh báo cần đơn vị xem lại."
