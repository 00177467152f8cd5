"""The sheets of ``danh-muc.xlsx`` and their columns, by machine key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FILE = "danh-muc.xlsx"
UNITS = "Đơn vị"
MERGERS = "Sáp nhập"
HAMLETS = "Thôn"
DEADLINES = "Hạn nộp"
RECEIVED = "Ngày nhận"
SIGNERS = "Người ký"
WAIVERS = "Miễn trừ"
INDICES = "Chỉ số ngoài"
TASKS = "Nhiệm vụ kế hoạch"
POST = "Gửi thư"
REMARKS = "Nhận xét"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a register sheet."""

    key: str
    caption: str
    kind: str = "chu"
    """``chu`` text, ``ngay`` day, ``nam`` year, ``so`` number, ``tien`` money, ``ky`` quarter, ``ma`` a code that the
    office gives, ``don_vi`` the code of a unit, ``thu`` mail addresses, or a kind of ``choices.py``."""
    required: bool = False
    later: bool = False
    """The registers of earlier versions of the program do not have it: absent is blank."""


def _columns(*entries: str) -> tuple[Column, ...]:
    """``key|caption|kind``; a kind ends with * where the cell is required, with ? where older registers lack it."""
    found = []
    for entry in entries:
        name, caption, kind = (part.strip() for part in entry.split("|"))
        found.append(Column(name, caption, kind.rstrip("*?"), kind.endswith("*"), kind.endswith("?")))
    return tuple(found)


SHEETS: Mapping[str, tuple[Column, ...]] = {
    UNITS: _columns(
        "ma_don_vi|Mã đơn vị|ma*",
        "ma_hanh_chinh|Mã hành chính|chu",
        "ten|Tên đơn vị|chu*",
        "ten_khac|Tên gọi khác|chu",
        "loai|Loại đơn vị|loai_don_vi*",
        "nhom|Nhóm in báo cáo|nhom*",
        "la_co_quan|Tính là cơ quan, đơn vị (MT3)|co_khong",
        "tu_ngay|Hiệu lực từ|ngay",
        "den_ngay|Hiệu lực đến|ngay",
        "email|Thư điện tử|thu",
        "dien_thoai|Điện thoại|chu",
        "dau_moi|Người phụ trách|chu",
        "ghi_chu|Ghi chú|chu",
    ),
    MERGERS: _columns(
        "ma_cu|Mã đơn vị cũ|don_vi*", "ma_moi|Mã đơn vị mới|don_vi*", "ngay|Từ ngày|ngay*", "van_ban|Văn bản|chu*"
    ),
    HAMLETS: _columns(
        "ma_thon|Mã thôn, tổ dân phố|ma*",
        "ten|Tên|chu*",
        "loai|Loại (Thôn, Tổ dân phố)|loai_thon*",
        "ma_don_vi|Mã đơn vị|don_vi*",
        "tu_ngay|Hiệu lực từ|ngay",
        "den_ngay|Hiệu lực đến|ngay",
        "ghi_chu|Ghi chú|chu",
    ),
    DEADLINES: _columns(
        "ky|Kỳ|ky*",
        "han_nop|Hạn nộp|ngay*",
        "ngay_khoa_so|Ngày khóa sổ|ngay",
        "tu_ngay|Số liệu từ ngày|ngay",
        "den_ngay|Số liệu đến ngày|ngay",
    ),
    RECEIVED: _columns("ma_don_vi|Mã đơn vị|don_vi*", "ky|Kỳ|ky*", "ngay_nhan|Ngày nhận|ngay*", "ghi_chu|Ghi chú|chu"),
    SIGNERS: _columns(
        "van_ban|Loại văn bản|van_ban*",
        "tu_ngay|Từ ngày|ngay",
        "den_ngay|Đến ngày|ngay",
        "quyen_han|Quyền hạn|chu",
        "chuc_vu|Chức vụ|chu*",
        "ho_ten|Họ tên|chu",
    ),
    WAIVERS: _columns(
        "ma_loi|Mã lỗi|ma_loi*",
        "ma_don_vi|Mã đơn vị|don_vi",
        "ky|Kỳ|ky",
        "sheet|Biểu|bieu",
        "khoa|Khóa dòng|chu",
        "ly_do|Lý do|chu*",
        "nguoi_duyet|Người duyệt|chu*",
        "ngay|Ngày|ngay*",
        "den_ngay|Hiệu lực đến|ngay",
        "muc|Mức|muc_mien_tru?",
    ),
    INDICES: _columns("ma|Mã chỉ số|chi_tieu*", "nam|Năm|nam*", "gia_tri|Giá trị|so*", "nguon|Nguồn|chu*"),
    TASKS: _columns(
        "ma_nv|Mã nhiệm vụ|nhiem_vu*",
        "nam|Năm|nam*",
        "noi_dung|Nội dung|chu*",
        "chu_tri|Cơ quan chủ trì|chu*",
        "phoi_hop|Cơ quan phối hợp|chu",
        "tu_ngay|Từ ngày|ngay",
        "han|Hạn hoàn thành|ngay",
        "du_toan|Dự toán (triệu đồng)|tien",
        "thuc_hien|Thực hiện (triệu đồng)|tien",
        "ngay_bat_dau|Ngày bắt đầu|ngay",
        "ngay_hoan_thanh|Ngày hoàn thành|ngay",
        "ghi_chu|Ghi chú|chu",
    ),
    POST: _columns("khoa|Mục|muc_thu*", "gia_tri|Giá trị|chu"),
    REMARKS: _columns(
        "ky|Kỳ|ky*",
        "ma_don_vi|Mã đơn vị|don_vi",
        "sheet|Biểu|bieu",
        "chi_tieu|Chỉ tiêu|chi_tieu",
        "noi_dung|Nội dung nhận xét|chu*",
        "nguoi|Người nhận xét|chu*",
        "ngay|Ngày|ngay*",
    ),
}

LATER = (TASKS, POST, REMARKS)
"""Sheets that the registers of earlier versions of the program do not have: absent is empty."""
NEEDED = (UNITS, HAMLETS, DEADLINES)
"""Without these nothing can be said of any unit; the others may be empty, so a missing one is a finding."""
