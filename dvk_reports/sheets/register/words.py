"""What is said on the register ``danh-muc.xlsx``: an introduction, a note per sheet, a hint per column."""

from __future__ import annotations

from collections.abc import Mapping

INTRO = (
    "Sổ này do cơ quan giữ: đơn vị, sáp nhập, thôn, hạn nộp, ngày nhận, người ký, miễn trừ, chỉ số ngoài, nhiệm vụ của "
    "kế hoạch, cách gửi thư, nhận xét. Chương trình đọc sổ này ở mỗi lần chạy và không tự sửa; chỗ ghi sai được báo "
    "kèm tên trang và ô.",
    "Mỗi dòng một mục, ghi từ dòng ngay dưới tiêu đề; cột đầu tiên luôn phải có. Không đổi tên trang, không xóa dòng 1 "
    "(dòng ẩn chứa mã cột). Có thể thêm cột của riêng mình ở bên phải.",
    "Không xóa đơn vị, thôn đã hết hiệu lực: ghi ngày ở cột “Hiệu lực đến” để báo cáo cũ vẫn đúng. Ngày ghi dạng "
    "ngày/tháng/năm, ví dụ 01/7/2025.",
    "Ô chọn trong danh sách hiện cả mã và tên gọi; ghi mã, ghi tên gọi hoặc chọn cả hai đều được. Mã và tên gọi của "
    "loại đơn vị, loại văn bản có ở bảng bên dưới.",
)

NOTES: Mapping[str, str] = {
    "Đơn vị": "Mọi đơn vị phải gửi báo cáo, theo thứ tự in trong bảng tổng hợp. Đơn vị mới: thêm dòng với mã mới.",
    "Sáp nhập": "Đơn vị cũ nhập vào đơn vị mới từ ngày nào, theo văn bản nào. Mỗi đơn vị cũ một dòng.",
    "Thôn": "Mọi thôn, tổ dân phố của xã, thị trấn; chưa có mã thì để trống cột mã. Thôn sáp nhập, đổi tên: ghi ngày "
    "hết hiệu lực và thêm dòng mới.",
    "Hạn nộp": "Hạn nộp và ngày khóa sổ của từng quý. Để trống hai cột số liệu thì lấy trọn quý.",
    "Ngày nhận": "Chỉ ghi khi ngày nhận thật khác ngày của thư hoặc của tệp; ngày ghi ở đây được dùng.",
    "Người ký": "Người ký từng loại văn bản, theo thời gian. Để trống họ tên thì trên văn bản để chỗ ký tên.",
    "Miễn trừ": "Lỗi được lãnh đạo đồng ý bỏ qua, hoặc giá trị đáng ngờ để ngoài số liệu (mức Không tính), có lý do và "
    "người duyệt. Ô để trống nghĩa là áp dụng cho tất cả.",
    "Chỉ số ngoài": "Chỉ số do cơ quan khác công bố (ví dụ SIPAS), ghi đúng như công bố.",
    "Nhiệm vụ kế hoạch": "Nhiệm vụ của Kế hoạch, mỗi năm một dòng. Cơ quan ghi dự toán, ngày bắt đầu, ngày hoàn thành.",
    "Nhận xét": "Nhận xét của cơ quan về số liệu của kỳ, đi kèm sổ tổng hợp gửi cấp trên; không làm thay đổi số nào.",
    "Gửi thư": "Máy chủ gửi thư của cơ quan, mỗi mục một dòng. Không ghi mật khẩu ở đây.",
}

SIZES: Mapping[str, float] = {
    # A column by its key, or by its sheet and key where it is as wide in that sheet alone.
    "ma_don_vi": 20,
    "ma_hanh_chinh": 11,
    "ten": 30,
    "ten_khac": 42,
    "loai": 13,
    "nhom": 9,
    "la_co_quan": 12,
    "tu_ngay": 12,
    "den_ngay": 12,
    "ngay": 12,
    "email": 24,
    "dien_thoai": 14,
    "dau_moi": 20,
    "ghi_chu": 36,
    "ma_cu": 20,
    "ma_moi": 20,
    "van_ban": 52,
    "ma_thon": 20,
    "ky": 12,
    "han_nop": 14,
    "ngay_khoa_so": 14,
    "ngay_nhan": 14,
    "quyen_han": 30,
    "chuc_vu": 22,
    "ho_ten": 24,
    "ma_loi": 14,
    "sheet": 10,
    "khoa": 22,
    "ly_do": 40,
    "nguoi_duyet": 22,
    "muc": 16,
    "ma": 14,
    "nam": 10,
    "gia_tri": 12,
    "nguon": 44,
    "Gửi thư.gia_tri": 44,
    "Nhận xét.noi_dung": 60,
    "chi_tieu": 12,
    "nguoi": 22,
    "ma_nv": 12,
    "noi_dung": 40,
    "chu_tri": 34,
    "phoi_hop": 40,
    "han": 12,
    "du_toan": 14,
    "thuc_hien": 14,
    "ngay_bat_dau": 12,
    "ngay_hoan_thanh": 12,
}

_SINCE = "Ngày bắt đầu có hiệu lực; để trống nếu có từ trước."
_UNTIL = "Ngày cuối cùng còn hiệu lực; để trống nếu chưa hết."
_PERIOD = "Chọn quý, dạng 2023-Q3."
_UNIT = "Chọn đơn vị đã có ở trang Đơn vị, hoặc ghi mã."
_NOTE = "Điều cần nhớ về dòng này."

HINTS: Mapping[str, Mapping[str, str]] = {
    "Đơn vị": {
        "ma_don_vi": "Mã nội bộ, cấp một lần và không dùng lại.",
        "ma_hanh_chinh": "Mã hành chính năm chữ số (nếu có), ghi đủ số 0 ở đầu. Mã có thể được cấp lại cho nơi khác.",
        "ten": "Tên chính thức, in trên báo cáo.",
        "ten_khac": "Các cách gọi khác gặp trong biểu gửi về, cách nhau bằng dấu chấm phẩy. Không trùng với đơn vị "
        "khác cùng thời gian.",
        "loai": "Chọn loại đơn vị trong danh sách.",
        "nhom": "Chọn nhóm in báo cáo trong danh sách.",
        "la_co_quan": "Chọn Có nếu đơn vị được tính vào chỉ tiêu của cơ quan, đơn vị. Để trống là Không.",
        "tu_ngay": _SINCE,
        "den_ngay": _UNTIL,
        "email": "Địa chỉ thư để gửi biểu và nhắc nộp.",
        "dien_thoai": "Số điện thoại, ghi đủ số 0 ở đầu.",
        "dau_moi": "Họ và tên người phụ trách, lập biểu của đơn vị.",
        "ghi_chu": _NOTE,
    },
    "Sáp nhập": {
        "ma_cu": "Mã của đơn vị bị sáp nhập (đã có ở trang Đơn vị).",
        "ma_moi": "Mã của đơn vị mới (đã có ở trang Đơn vị).",
        "ngay": "Ngày đơn vị mới bắt đầu hoạt động.",
        "van_ban": "Số, ký hiệu, ngày của nghị quyết, quyết định.",
    },
    "Thôn": {
        "ma_thon": "Mã nội bộ của thôn, tổ dân phố, không dùng lại. Để trống thì mã lấy theo mã đơn vị và tên.",
        "ten": "Tên thôn, tổ dân phố. Trong một xã không trùng tên ở cùng thời gian.",
        "loai": "Thôn hoặc Tổ dân phố.",
        "ma_don_vi": _UNIT,
        "tu_ngay": _SINCE,
        "den_ngay": _UNTIL,
        "ghi_chu": _NOTE,
    },
    "Hạn nộp": {
        "ky": _PERIOD,
        "han_nop": "Ngày cuối cùng nộp đúng hạn.",
        "ngay_khoa_so": "Sau ngày này báo cáo đến được ghi là Sau khóa sổ.",
        "tu_ngay": "Ngày đầu của số liệu phát sinh; để trống là ngày đầu quý.",
        "den_ngay": "Ngày cuối của số liệu phát sinh; để trống là ngày cuối quý.",
    },
    "Ngày nhận": {
        "ma_don_vi": _UNIT,
        "ky": _PERIOD,
        "ngay_nhan": "Ngày nhận được báo cáo.",
        "ghi_chu": _NOTE,
    },
    "Người ký": {
        "van_ban": "Mã loại văn bản, chọn trong danh sách.",
        "tu_ngay": "Ngày bắt đầu ký loại văn bản này; để trống nếu từ trước.",
        "den_ngay": "Ngày cuối cùng ký loại văn bản này; để trống nếu chưa hết.",
        "quyen_han": "Dòng quyền hạn, ví dụ T/M BAN THƯỜNG VỤ.",
        "chuc_vu": "Chức vụ in dưới dòng quyền hạn, ví dụ PHÓ BÍ THƯ.",
        "ho_ten": "Họ và tên người ký; để trống thì chừa chỗ.",
    },
    "Miễn trừ": {
        "ma_loi": "Mã lỗi như in ở trang Lỗi. Ví dụ: K09.",
        "ma_don_vi": "Mã đơn vị được miễn; để trống là mọi đơn vị.",
        "ky": "Kỳ được miễn, dạng 2023-Q3; để trống là mọi kỳ.",
        "sheet": "Biểu được miễn; để trống là mọi biểu.",
        "khoa": "Khóa của dòng được miễn: mã mô hình, mã thôn…; để trống là mọi dòng.",
        "ly_do": "Lý do được bỏ qua.",
        "nguoi_duyet": "Người đồng ý.",
        "ngay": "Ngày đồng ý.",
        "den_ngay": "Ngày hết hiệu lực; để trống là không thời hạn.",
        "muc": "Để trống là Miễn trừ (cho qua lỗi). Không tính: giá trị bị báo lỗi được để ngoài mọi chỉ tiêu; phải "
        "ghi đơn vị.",
    },
    "Chỉ số ngoài": {
        "ma": "Mã chỉ tiêu như ghi ở trang Chỉ tiêu.",
        "nam": "Năm của chỉ số.",
        "gia_tri": "Ghi theo phần trăm như công bố, ví dụ 83,11. Không ghi dấu %.",
        "nguon": "Văn bản hoặc trang công bố.",
    },
    "Nhiệm vụ kế hoạch": {
        "ma_nv": "Mục của Kế hoạch.",
        "nam": "Năm thực hiện.",
        "noi_dung": "Nội dung nhiệm vụ.",
        "chu_tri": "Cơ quan chủ trì.",
        "phoi_hop": "Cơ quan, đơn vị phối hợp, cách nhau bằng dấu chấm phẩy.",
        "tu_ngay": "Ngày được bắt đầu theo Kế hoạch, nếu có.",
        "han": "Ngày phải hoàn thành; để trống là ngày cuối năm.",
        "du_toan": "Kinh phí dự toán, triệu đồng.",
        "thuc_hien": "Kinh phí đã thực hiện, triệu đồng.",
        "ngay_bat_dau": "Ngày thực tế bắt đầu.",
        "ngay_hoan_thanh": "Ngày thực tế hoàn thành; để trống nếu chưa xong.",
        "ghi_chu": _NOTE,
    },
    "Nhận xét": {
        "ky": _PERIOD,
        "ma_don_vi": "Đơn vị được nhận xét; để trống là nhận xét chung.",
        "sheet": "Biểu được nhận xét, nếu chỉ nói về một biểu.",
        "chi_tieu": "Chỉ tiêu được nhận xét, nếu chỉ nói về một chỉ tiêu.",
        "noi_dung": "Nội dung, không quá 1.000 ký tự.",
        "nguoi": "Người nhận xét, in ở báo cáo của cấp trên.",
        "ngay": "Ngày nhận xét.",
    },
    "Gửi thư": {
        "khoa": "Chọn mục: máy chủ, cổng, bảo mật, tài khoản, người gửi.",
        "gia_tri": "Giá trị của mục. Không ghi mật khẩu.",
    },
}
"""What is said beside the cells of each column, whatever the plan."""


def hint_of(sheet: str, key: str, own: Mapping[str, Mapping[str, str]]) -> str:
    """What is said beside the cells of a column: the plan's ``own`` words, where it has some."""
    return own.get(sheet, {}).get(key) or HINTS[sheet][key]
