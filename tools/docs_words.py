"""The words with which the generated pages fill in what the program leaves open."""

from __future__ import annotations

from collections.abc import Mapping

from dvk_reports.checks.context import words_of
from dvk_reports.run.plans import load_plan

FAMILIES = {"K": "Kiểm tra số liệu", "T": "Đọc tệp", "D": "Danh mục"}

SLOTS: Mapping[str, str] = {
    **words_of(load_plan()),
    "bieu": "‹biểu›",
    "cac": "‹các đơn vị›",
    "dau_hieu": "‹tên tệp, thư mục, người gửi› là của ‹đơn vị khác›",
    "cach": "‹cách ghi đúng›.",
    "cap": "‹cấp›",
    "cong": "‹số cộng được›",
    "cot": "‹cột›",
    "dai": "‹số ký tự cho phép›",
    "den": "‹ngày cuối›",
    "doan": "‹đoạn chữ›",
    "doc": "‹giá trị đã đọc›",
    "doi": "‹những gì được đọc khác đi›",
    "don_vi": "‹đơn vị›",
    "dong": "‹số dòng›",
    "dung": "‹phiên bản đúng›",
    "duoc": "‹các trạng thái được chọn›",
    "gan": " ‹Gợi ý giá trị gần nhất, nếu có.›",
    "ghi": "‹giá trị đã ghi›",
    "gi": "‹ô hoặc biểu›",
    "giong": "‹trùng hoặc gần trùng›",
    "hau_qua": "‹dòng này không được dùng, hoặc ô này được coi là để trống›",
    "hinh_thuc": "‹hình thức›",
    "hoac": "‹, hoặc để trống nếu chưa có›",
    "kenh": "‹kênh›",
    "kia": "‹tên ô kia›",
    "ky": "‹kỳ›",
    "la": "‹nhãn được phép›",
    "list": "‹các giá trị của danh sách›",
    "loai": "‹loại đơn vị›",
    "ly_do": " ‹lý do›",
    "ma": "‹mã›",
    "ma_quy": "‹mã quý›",
    "mat": "‹nội dung hỏi›",
    "max": "‹số ký tự cho phép›",
    "muc_doi": "‹mức thay đổi›",
    "nam": "‹năm›",
    "ngay": "‹ngày›",
    "noi": "‹điều gặp khi đọc›",
    "o": "‹địa chỉ ô›",
    "o_noi": "‹tên ô›",
    "quy": "‹quý›",
    "sai": "‹điều không được›",
    "so": "‹số›",
    "ten": "‹tên ô›",
    "ten_thon": "‹tên các thôn›",
    "thieu": " ‹(cột không thấy)›",
    "toan": "‹tên ô tổng›",
    "trong": "‹các ô trống›",
    "truoc": "‹giá trị kỳ trước›",
    "tu": "‹ngày đầu›",
    "trang": "‹trang›",
    "ty_le": "‹tỷ lệ›",
    "vi": "‹điều kiện›",
    "vi_du": "‹ví dụ›",
    "vong": "‹các mã›",
}

TYPES: Mapping[str, str] = {
    "chu": "Chữ",
    "nguyen": "Số nguyên",
    "so": "Số",
    "ngay": "Ngày",
    "chon": "Chọn",
    "co_khong": "Có/Không",
    "loai_don_vi": "Chọn loại đơn vị",
    "nhom": "Chọn nhóm",
    "don_vi": "Mã đơn vị",
    "ky": "Kỳ",
    "ma": "Mã",
    "thu": "Địa chỉ thư",
    "nam": "Năm",
    "tien": "Số (triệu đồng)",
    "loai_thon": "Chọn loại",
    "van_ban": "Chọn loại văn bản",
    "bieu": "Chọn biểu",
    "ma_loi": "Chọn mã lỗi",
    "chi_tieu": "Mã chỉ tiêu",
    "nhiem_vu": "Mã nhiệm vụ",
    "muc_thu": "Chọn mục",
}

PERIODS: Mapping[str, str] = {
    "cuoi_ky": "số cuối kỳ",
    "trong_nam": "từ đầu năm đến hết kỳ",
    "phat_sinh": "phát sinh trong kỳ",
    "khac_nhau": "số khác nhau trong kỳ",
}

PARTIAL: Mapping[str, str] = {
    "m1": "có mức thấp nhất, cao nhất; chỉ kết luận khi đơn vị còn thiếu không làm đổi kết luận",
    "m2": "ghi n/N; chỉ kết luận khi đủ mọi đơn vị",
    "khong": "không tính theo đơn vị nộp",
}
