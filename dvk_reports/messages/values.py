"""What a value, a line or a sheet may be: bounds, looks that deceive, lines that are no record, what goes unread."""

from __future__ import annotations

from dvk_reports.messages.message import BLOCK, NOTE, WARNING, Message


class Values:
    """What can be said of values and lines beside their type."""

    # K11, K28: bounds of the rule book
    NUMBER_OUTSIDE = Message(
        "K28", BLOCK, "Ô “{ten}” ghi {ghi}, ngoài khoảng từ {tu} đến {den}.", "Kiểm tra rồi ghi lại số.{nhac}"
    )
    NUMBER_TOO_LONG = Message(
        "K28",
        BLOCK,
        "Ô “{ten}” ghi một số có {so} chữ số; một số có nhiều nhất {nhieu_nhat} chữ số.",
        "Ghi lại số, không quá {nhieu_nhat} chữ số.",
    )
    DAY_OUTSIDE = Message("K11", BLOCK, "Ô “{ten}” ghi {ghi}, ngoài khoảng {tu} - {den}.", "Kiểm tra rồi ghi lại ngày.")
    YEAR_AS_DAY = Message(
        "K11",
        BLOCK,
        "Ô “{ten}” ghi {nam}, chỉ là năm, thiếu ngày và tháng.",
        "Ghi đủ ngày/tháng/năm, ví dụ {vi_du}.",
    )

    # K29: what stands there is not what is seen
    NUMBER_LOOKS = Message(
        "K29",
        WARNING,
        "Ô “{ten}” chứa số {ghi} nhưng định dạng của ô làm số đó {hien}; đã tính là {ghi}.",
        "Nếu {ghi} là đúng thì đổi định dạng của ô về số thường; nếu không thì ghi lại số đúng.",
    )
    DAY_IN_TEXT = Message(
        "K29",
        WARNING,
        "Ô “{ten}” ghi số, ký hiệu nhưng đang chứa ngày {ghi}: có thể Excel đã tự đổi số, ký hiệu thành ngày.",
        "Đặt ô ở dạng chữ (Text) rồi ghi lại số, ký hiệu đúng như trên giấy.",
    )
    DAYS_SWAPPED = Message(
        "K29",
        WARNING,
        "Cột “{ten}” có ngày ghi dạng chữ như “{chu}”, còn các ô dạng ngày đều có ngày từ 12 trở xuống: có thể ngày và "
        "tháng của các ô dạng ngày đã bị đổi chỗ ({cac_o}).",
        "Đối chiếu lại các ngày này với giấy tờ; ghi lại cả cột theo dạng ngày/tháng/năm.",
    )

    # K23, K27: what is a row
    NO_RECORD = Message(
        "K27", NOTE, "{dong} của biểu {bieu} {la}; không tính là dòng số liệu.", "Không cần sửa.", asks=False
    )
    TEXT_ONLY = Message(
        "K27",
        WARNING,
        "Dòng {dong} của biểu {bieu} chỉ ghi “{ghi}”, chưa đủ để là một dòng số liệu; không tính.",
        "Nếu là dòng số liệu thì ghi đủ các ô bắt buộc của dòng; nếu là tiêu đề, lời ghi thì xóa dòng này.",
    )
    HIDDEN_ROW = Message(
        "K27", NOTE, "Dòng {dong} của biểu {bieu} đang bị ẩn; vẫn được tính.", "Bỏ ẩn, hoặc xóa nếu không dùng."
    )
    BELOW_TOTAL = Message(
        "K27",
        WARNING,
        "Dòng {dong} của biểu {bieu} nằm dưới dòng tổng; vẫn được tính.",
        "Chuyển dòng này lên trên dòng tổng.",
    )
    NIL_WORD = Message(
        "K23",
        NOTE,
        "Biểu {bieu} chỉ ghi “{ghi}”; đã đọc là biểu này không phát sinh.",
        "Không cần sửa; lần sau để trống biểu này{tich}.",
        asks=False,
    )
    NIL_WORD_AGAINST_ROWS = Message(
        "K23",
        WARNING,
        "Dòng {dong} của biểu {bieu} ghi “{ghi}” nhưng biểu có {so} dòng số liệu; các dòng số liệu được tính.",
        "Xóa dòng ghi “{ghi}”, hoặc xóa các dòng số liệu ghi nhầm.",
    )

    # K31: what stands where nothing is read
    BESIDE = Message(
        "K31",
        WARNING,
        "Biểu {bieu}: ô {o} ghi “{ghi}”, bên cạnh ô {dung} “{ten}”; ô {o} không được đọc.",
        "Chuyển giá trị vào ô {dung}, xóa ở ô {o}.",
    )
    OFF_THE_LINES = Message(
        "K31",
        WARNING,
        "Biểu {bieu}: ô {o} ghi “{ghi}”, ngoài các dòng của biểu; ô {o} không được đọc.",
        "Nếu là số liệu của một dòng thì ghi vào ô của dòng đó; xóa ở ô {o}.",
    )
    UNDER_MERGED = Message(
        "K31",
        WARNING,
        "Biểu {bieu}: ô {o} ghi “{ghi}” nhưng bị khuất dưới ô gộp {vung}; ô {o} không được đọc.",
        "Bỏ gộp ô {vung}, rồi ghi giá trị vào đúng ô.",
    )
    COPY_READ = Message(
        "K31",
        WARNING,
        "Biểu {bieu} có {so} trang; đã đọc trang “{doc}” (số liệu từ ô {o}), các trang khác không có số liệu: {khac}.",
        "Giữ một trang đúng, xóa các trang khác.",
    )
    COPIES_EQUAL = Message(
        "K31",
        NOTE,
        "Biểu {bieu} có {so} trang; đã đọc trang “{doc}”, các trang khác không thêm số liệu nào: {khac}.",
        "Không cần sửa; lần sau giữ một trang.",
        asks=False,
    )
    COPIES_DIFFER = Message(
        "K31",
        BLOCK,
        "Biểu {bieu} có {so} trang ghi khác nhau ({doc}; {khac}): không biết trang nào đúng nên cả biểu chưa tính.",
        "Giữ một trang đúng, xóa các trang khác.",
    )
