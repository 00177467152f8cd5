"""What the rules over all returns of a period say: one thing that stands in two returns, or twice in one."""

from __future__ import annotations

from dvk_reports.messages.message import WARNING, Message


class Across:
    """What several returns say of one thing."""

    # K34
    UNLIKE_OTHERS = Message(
        "K34",
        WARNING,
        "Ô “{ten}” ghi {ghi}{theo}: khác xa các đơn vị cùng loại ({so} đơn vị: mức giữa {giua}, điểm lệch {diem}, "
        "ngưỡng {nguong}).",
        "Kiểm tra lại số này; nếu đúng thì giữ nguyên và ghi lý do ở cột “Giải trình”.",
    )

    # K09, K24
    ALIKE_INSIDE = Message(
        "K09",
        WARNING,
        "Tên mô hình “{ghi}” {giong} mô hình {ma} “{kia}” ở dòng {dong} của cùng đơn vị.",
        "Nếu là một mô hình ghi hai lần thì giữ một dòng; nếu là hai mô hình thì ghi tên cho khác nhau.",
    )
    ALIKE_ACROSS = Message(
        "K09",
        WARNING,
        "Tên mô hình “{ghi}” {giong} mô hình {ma} “{kia}” của {don_vi}{ly_do}.",
        "Hai đơn vị trao đổi: nếu là một mô hình thì chỉ một đơn vị ghi; nếu là hai mô hình thì giữ nguyên.",
    )
    MODEL_TWICE = Message(
        "K24",
        WARNING,
        "Mô hình {ghi} đã có trong báo cáo của {don_vi} (dòng {dong}); cả hai dòng đang được tính.",
        "Hai đơn vị trao đổi: chỉ đơn vị đang có mô hình ghi.",
    )
    CLASS_TWICE = Message(
        "K24",
        WARNING,
        "Lớp “{ghi}” từ ngày {ngay} đã có trong báo cáo của {don_vi} (dòng {dong}); cả hai dòng đang được tính.",
        "Hai đơn vị trao đổi: nếu là một lớp thì chỉ đơn vị mở lớp ghi.",
    )
    ARTICLE_TWICE = Message(
        "K24",
        WARNING,
        "Tin, bài “{ghi}” ({kenh}, ngày {ngay}) đã có trong báo cáo của {don_vi} (dòng {dong}); "
        "cả hai dòng đang được tính.",
        "Hai đơn vị trao đổi: nếu là một tin, bài thì chỉ một đơn vị ghi.",
    )
    PERSON_TWICE = Message(
        "K24",
        WARNING,
        "“{ghi}” (sinh ngày {ngay}) đã có ở biểu {bieu} của {don_vi} (dòng {dong}).",
        "Nếu là một người thì thống nhất một đơn vị đề nghị; nếu là hai người thì giữ nguyên.",
    )
    AWARD_TWICE = Message(
        "K24",
        WARNING,
        "“{ghi}” đã được đề nghị “{hinh_thuc}” ở dòng {dong}; dòng này lại đề nghị thêm.",
        "Chọn một hình thức cho một tập thể, cá nhân; nếu đề nghị cả hai thì ghi rõ lý do.",
    )
