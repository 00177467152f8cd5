"""A receipt for each used return: which file, its hash, the day, what was counted, what happens next."""

from __future__ import annotations

from dvk_reports.mail.drafts import draft
from dvk_reports.messages.losses import Losses
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.findings import Stop
from dvk_reports.model.returns import AFTER_CLOSING, LATE, FileState, Submission, UnitState, UsedReturn
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.office import Office
from dvk_reports.plan.reminding import addressee, base_name, quarter_of
from dvk_reports.vietnamese.dates import show_date_prose

FOLDER = "tra-lai"


def receipts(office: Office, data: Consolidation, losses: Losses | None = None) -> dict[str, bytes]:
    """``tra-lai/DVK_<ma>_<KY>_bien-nhan.eml`` -> content, for every unit with a used return; none for long periods.

    ``losses``: where a receipt that cannot be made is kept.
    """
    lost = losses or Losses()
    quarter = quarter_of(data)
    if quarter is None:
        return {}
    used = {item.unit: item for item in data.used}
    hashes = {record.file: record.sha256 for record in data.files if record.state is FileState.USED}
    plan, register = office.plan, office.register
    issuer = plan.sender(data.as_of)
    found: dict[str, bytes] = {}
    for item in data.submissions:
        if item.state is not UnitState.ACCEPTED or item.unit not in used or item.file not in hashes:
            continue
        unit = register.by_code.get(item.unit)
        reader = addressee(register, unit, data.as_of) if unit else None
        title = f"báo cáo Phong trào “Dân vận khéo” {quarter.title}"
        with lost.of(item.unit, "biên nhận"):
            found[f"{FOLDER}/DVK_{item.unit}_{quarter.key}_bien-nhan.eml"] = draft(
                to=reader.email if reader else "",
                subject=f"Biên nhận {title} - {item.name}",
                text=_words(plan, issuer, title, item, used[item.unit], hashes[item.file]),
            )
    return found


def _words(plan: Plan, issuer: str, title: str, item: Submission, used: UsedReturn, sha256: str) -> str:
    lines = [
        f"- Tệp: {base_name(item.file)}" + (f" (phiên bản {item.version})" if item.version else ""),
        f"- Mã SHA-256 của tệp: {sha256}",
        f"- Ngày nhận: {_day(item)}",
        *([f"- Loại báo cáo: {used.kind}"] if used.kind else []),
        f"- Số dòng ghi nhận: {_rows(plan, used)}",
        f"- Kết quả kiểm tra: {item.blocks} lỗi Chặn, {item.warnings} Cảnh báo, {item.notes} Ghi chú",
    ]
    listed = "\n".join(lines)
    return (
        f"Kính gửi: {item.name}\n\n"
        f"{issuer} đã nhận {title} của đơn vị và dùng để tổng hợp:\n{listed}\n\n"
        f"{_next(item)}\n\n"
        f"{issuer} trân trọng cảm ơn./.\n"
    )


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
        told.append(f"{name}: chưa đọc được" if Stop(name) in used.stops else f"{name}: {len(used.rows[name])}")
    return "; ".join(told) or "biểu mẫu không có bảng"


def _next(item: Submission) -> str:
    again = (
        "Tệp đánh dấu các ô cần xem lại (có trang “Cần sửa”) được gửi riêng; đề nghị đơn vị sửa hoặc ghi giải trình "
        "ngay trong tệp đó rồi gửi lại. Bản gửi lại thay toàn bộ bản này."
    )
    if item.blocks:
        return f"Chỗ có lỗi Chặn chưa được tính vào số liệu chung. {again}"
    if item.warnings:
        return f"Số liệu đã được tính; chỗ có Cảnh báo cần đơn vị xem lại. {again}"
    return (
        "Đơn vị không phải làm gì thêm. Nếu cần thay đổi số liệu, đề nghị sửa trong tệp đã gửi, tăng số phiên bản và "
        "gửi lại; bản gửi lại thay toàn bộ bản này."
    )
