"""What reading the register ``danh-muc.xlsx`` says: D01 … D11, D18."""

from __future__ import annotations

from dvk_reports.messages.message import BLOCK, WARNING, Message


class OfRegister:
    """What the register lacks, or says wrongly."""

    REG_SHEET = Message(
        "D01",
        WARNING,
        "Danh mục thiếu trang “{bieu}” hoặc trang này mất dòng 1 đang ẩn.",
        "Chép lại trang này từ danh mục mẫu.",
    )
    REG_COLUMN = Message(
        "D01", BLOCK, "Trang “{bieu}” thiếu cột {cot}.", "Chép lại cột này, cả ô ở dòng 1 đang ẩn, từ danh mục mẫu."
    )
    REG_BLANK = Message("D02", BLOCK, "Ô “{ten}” bắt buộc nhưng để trống; dòng này không được dùng.", "Ghi đủ ô này.")
    REG_VALUE = Message("D03", BLOCK, "Ô “{ten}” ghi “{ghi}”, không đọc được.", "{cach}")
    REG_LIST = Message("D03", BLOCK, "Ô “{ten}” ghi “{ghi}”, không có trong danh sách.", "Ghi một trong: {list}.")
    REG_TWICE = Message(
        "D04", BLOCK, "Mã “{ghi}” đã có ở dòng {dong}; dòng này không được dùng.", "Mỗi mã chỉ một dòng."
    )
    REG_UNKNOWN = Message("D05", BLOCK, "Ô “{ten}” ghi “{ghi}”, không có ở trang Đơn vị.{gan}", "Ghi đúng mã đơn vị.")
    REG_ORDER = Message("D06", BLOCK, "Ngày {ghi} ở ô “{ten}” trước ngày bắt đầu.", "Sửa lại hai ngày.")
    REG_NO_HAMLET = Message(
        "D07",
        BLOCK,
        "{don_vi} chưa có thôn, tổ dân phố nào trong danh mục ở ngày cuối kỳ.",
        "Ghi các thôn, tổ dân phố ở trang Thôn; khi chưa có, các chỉ tiêu về thôn chưa tính được cho đơn vị này.",
    )
    REG_NO_DEADLINE = Message(
        "D08",
        WARNING,
        "Trang Hạn nộp chưa có hạn của kỳ {ky}.",
        "Thêm một dòng hạn nộp cho kỳ này để tính đúng hạn, nộp muộn.",
    )
    REG_NEVER_WAIVED = Message(
        "D10",
        WARNING,
        "Mã lỗi {ghi} không được miễn trừ; dòng miễn trừ này không có tác dụng.",
        "Xóa dòng này; đơn vị phải sửa lỗi {ghi}.",
    )
    REG_UNIT_LOST = Message(
        "D11",
        BLOCK,
        "Đơn vị {ten} ({ghi}) không còn dòng ở trang Đơn vị nhưng có báo cáo đã dùng ở kỳ {ky}: số phát sinh của các "
        "kỳ đó vẫn ở trong tổng, đơn vị không còn trong số phải báo cáo.",
        "Ghi lại dòng của đơn vị với mã {ghi}{loai}; đơn vị đã thôi hoạt động thì ghi ngày cuối ở ô Hiệu lực đến, "
        "không xóa dòng.{gan}",
    )
    REG_MODELS_UNLISTED = Message(
        "D18",
        WARNING,
        "{ten} ({ghi}) đã chia tách thành {don_vi}; {so} mô hình chưa kết thúc chưa có trong báo cáo của đơn vị nào: "
        "{ds}.",
        "Đề nghị đơn vị nhận mô hình ghi lại dòng với đúng mã ở biểu {bieu_mo_hinh}; mô hình không còn thì một đơn vị "
        "ghi lại dòng và chọn trạng thái {nhan_ket_thuc}.",
    )
    REG_INDEX = Message(
        "D09",
        BLOCK,
        "Chỉ số {ma} năm {nam} ghi {ghi}; phải ghi phần trăm như công bố, lớn hơn 1 và không quá 100.",
        "Ghi ví dụ 83,11.",
    )
