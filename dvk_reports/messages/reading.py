"""What reading a file can meet: cells that cannot be understood, sheets and columns that are not as sent out."""

from __future__ import annotations

from dvk_reports.messages.message import BLOCK, NOTE, WARNING, Message


class Reading:
    """What reading a file can say."""

    # what a cell holds
    NOT_IN_LIST = Message(
        "K03", BLOCK, "Ô “{ten}” ghi “{ghi}”, không có trong danh sách.", "Chọn một giá trị trong danh sách của ô.{gan}"
    )
    NOT_A_NUMBER = Message("K04", BLOCK, "Ô “{ten}” ghi “{ghi}”, không phải là số.", "Chỉ ghi chữ số trong ô này.")
    AMBIGUOUS_NUMBER = Message(
        "K04",
        BLOCK,
        "Ô “{ten}” ghi “{ghi}”, có thể hiểu thành hai số khác nhau.",
        "Ghi lại để chỉ hiểu được một cách: {cach}.",
    )
    NOT_WHOLE = Message("K04", BLOCK, "Ô “{ten}” ghi {ghi}, có phần lẻ.", "Ghi số không có phần lẻ.")
    NEGATIVE = Message("K04", BLOCK, "Ô “{ten}” ghi {ghi}, là số âm.", "Ghi số từ 0 trở lên.")
    NOT_A_DATE = Message(
        "K04", BLOCK, "Ô “{ten}” ghi “{ghi}”, không đọc được là ngày.", "Ghi theo dạng ngày/tháng/năm, ví dụ {vi_du}."
    )
    ERROR_CELL = Message(
        "K04",
        BLOCK,
        "Ô “{ten}” đang hiện lỗi {ghi} của Excel.",
        "Xóa công thức trong ô rồi ghi số; ô đang hiện lỗi không phải là ô trống, cũng không phải là 0.",
    )
    DAMAGED_CELL = Message(
        "K04",
        BLOCK,
        "Ô “{ten}” chứa “{ghi}”, không phải là giá trị mà Excel đọc được: tệp bị hỏng ở ô này.",
        "Mở tệp bằng Excel, ghi lại giá trị vào ô, lưu rồi gửi lại.",
    )
    NO_CACHED_VALUE = Message(
        "K04",
        BLOCK,
        "Ô “{ten}” là công thức chưa có kết quả.",
        "Mở tệp bằng Excel, bấm Lưu, rồi gửi lại; hoặc ghi thẳng kết quả vào ô.",
    )
    PERCENT = Message(
        "K20",
        BLOCK,
        "Ô “{ten}” ghi “{ghi}” có dấu phần trăm, trong khi ô này ghi số đếm.",
        "Ghi số đếm, bỏ dấu phần trăm.",
    )
    MAY_BE_PERCENT = Message(
        "K20",
        BLOCK,
        "Ô “{ten}” ghi {ghi}; tệp này không cho biết ô có ở dạng phần trăm hay không (1 có thể là 100%) nên chưa tính.",
        "Ghi lại số đếm ở ô này, không có dấu phần trăm, trong tệp dạng .xlsx.",
    )
    STRUCK_PART = Message(
        "K29",
        WARNING,
        "Ô “{ten}” có phần “{gach}” bị gạch ngang: không đọc phần đó, đã đọc phần còn lại là “{ghi}”.",
        "Xóa hẳn phần gạch ngang nếu đã bỏ; nếu vẫn dùng thì ghi lại và không gạch ngang.",
    )
    STRUCK_VALUE = Message(
        "K29",
        BLOCK,
        "Ô “{ten}” ghi “{ghi}” nhưng bị gạch ngang: không biết giá trị này còn dùng hay đã bỏ.",
        "Nếu còn dùng thì bỏ gạch ngang; nếu đã bỏ thì xóa rồi ghi giá trị đúng.",
    )
    STRUCK_ROW = Message(
        "K29",
        WARNING,
        "Dòng {dong} của biểu {bieu} bị gạch ngang toàn bộ (“{ghi}”): không biết dòng này còn dùng hay đã bỏ nên chưa "
        "tính.",
        "Nếu đã bỏ thì xóa dòng này; nếu còn dùng thì bỏ gạch ngang.",
    )
    LINKED_VALUE = Message(
        "T13",
        NOTE,
        "Ô “{ten}” lấy “{ghi}” từ tệp khác hoặc phần mềm khác; đã đọc giá trị lưu trong tệp, không cập nhật.",
        "Kiểm tra lại; nếu đúng thì ghi thẳng giá trị vào ô.",
    )
    NORMALISED = Message(
        "T08",
        NOTE,
        "Ô “{ten}” ghi “{ghi}”, đã đọc là {doc}.",
        "Không cần sửa; lần sau ghi đúng {doc}.",
        asks=False,
    )
    LEGACY_TEXT = Message(
        "T09",
        NOTE,
        "Ô “{ten}” ghi “{ghi}” bằng phông chữ cũ {ma}; đã đọc thành “{doc}”.",
        "Kiểm tra chữ đã đọc; lần sau dùng phông Times New Roman (Unicode).",
    )
    LEGACY_DOUBT = Message(
        "T09",
        BLOCK,
        "Ô “{ten}” có vẻ dùng phông chữ cũ (TCVN3 hoặc VNI), không chắc đọc đúng chữ “{ghi}”.",
        "Gõ lại ô này bằng phông Times New Roman (Unicode).",
    )

    # sheets, columns and lines
    TOTAL_WRONG = Message(
        "K05",
        WARNING,
        "Dòng tổng cột “{ten}” ghi {ghi}, cộng các dòng được {cong}.",
        "Xem lại các dòng; số tổng hợp lấy theo các dòng, không lấy ở dòng tổng.",
    )
    SHEET_UNREADABLE = Message(
        "T02",
        BLOCK,
        "Biểu {bieu}: không tìm thấy dòng tiêu đề của biểu mẫu{thieu}; "
        "phần không nhận được chưa kiểm tra, cả biểu chưa tính.",
        "Chép số liệu vào biểu mẫu mới, giữ nguyên dòng đầu đang ẩn và tiêu đề các cột.",
    )
    BY_CAPTION = Message(
        "T03",
        NOTE,
        "Biểu {bieu} mất dòng đầu đang ẩn; đã nhận các cột theo tiêu đề.",
        "Lần sau ghi vào biểu mẫu được gửi.",
    )
    MOVED = Message(
        "T03", NOTE, "Biểu {bieu} có cột đổi chỗ ({cot}); vẫn đọc đúng cột.", "Lần sau giữ nguyên vị trí các cột."
    )
    HEADING_CHANGED = Message(
        "T19",
        NOTE,
        "Tiêu đề “{ten}” của biểu mẫu ở ô {o} {thanh}; {phan} này vẫn được đọc là “{ten}”.",
        "Xem lại {phan} này có đúng là số liệu của “{ten}” không; nội dung khác thì chuyển sang ô Ghi chú. Lần sau giữ "
        "nguyên tiêu đề.",
    )
    LIST_LOST = Message(
        "T20",
        NOTE,
        "“{ten}”: {so} ô đã ghi không còn danh sách để chọn ({cac_o}), thường là do dán từ nơi khác; giá trị vẫn được "
        "đọc.",
        "Lần sau khi dán thì dùng “Dán đặc biệt - Giá trị” (Paste Special - Values) để ô còn danh sách.",
    )
    EXTRA_COLUMN = Message(
        "T04",
        WARNING,
        "Biểu {bieu}: cột {cot} “{ghi}” không thuộc biểu mẫu, có số liệu và không được đọc.",
        "Chuyển số liệu vào cột của biểu mẫu hoặc ghi ở ô Ghi chú.",
    )
    COLUMN_ABSENT = Message(
        "T04",
        WARNING,
        "Biểu {bieu} mất cột “{ten}”; cột này được coi là để trống.",
        "Ghi vào biểu mẫu được gửi, giữ đủ các cột.",
    )
    HIDDEN_SHEET = Message("T05", NOTE, "Biểu {bieu} đang bị ẩn; vẫn được tính.", "Bỏ ẩn biểu này.")
    FOREIGN_SHEET = Message(
        "T10",
        NOTE,
        "Trang “{ghi}” không thuộc biểu mẫu; không đọc.",
        "Số liệu cần báo cáo phải nằm trong các biểu của biểu mẫu.",
    )

    # whole files
    EARLIER_FORM = Message(
        "T17",
        NOTE,
        "Tệp dùng biểu mẫu phiên bản {ghi}, trong khi kỳ {ky} dùng phiên bản {dung}; "
        "đã đọc theo bảng chuyển đổi của quy định: {doi}.",
        "Không cần gửi lại; kỳ sau ghi vào biểu mẫu phiên bản {dung}.",
        asks=False,
    )
    READER_NOTE = Message("T13", NOTE, "{noi}.", "Nếu có thể, gửi tệp dạng .xlsx.")
    UNSEEN = Message("T13", WARNING, "{noi}.", "Mở tệp bằng Excel, lưu lại dạng .xlsx rồi gửi lại.")
    UNREADABLE_FILE = Message(
        "T14", BLOCK, "Tệp không dùng được: {noi}.", "Gửi lại biểu mẫu đã ghi số liệu, dạng .xlsx."
    )
    NOT_MADE = Message(
        "T18",
        WARNING,
        "Không lập được {noi} của đơn vị ({vi}); các đơn vị khác không bị ảnh hưởng.",
        "Báo đơn vị bằng cách khác theo trang Lỗi, và báo người phụ trách kỹ thuật.",
        asks=False,
    )
    REMARK_NOT_TAKEN = Message(
        "T22",
        WARNING,
        "Nhận xét {cho}trang {trang} của sổ tổng hợp gửi lên {sai}; nhận xét này chưa được đưa vào.",
        "Đề nghị nơi lập sổ ghi lại nhận xét ở danh mục của mình, tổng hợp lại rồi gửi sổ mới.",
    )
    STOPPED_BELOW = Message(
        "T15",
        BLOCK,
        "{gi} đã bị dừng ở sổ tổng hợp gửi lên; sổ không còn ghi lý do.",
        "Hỏi lại nơi lập sổ tổng hợp, hoặc đề nghị đơn vị gửi lại biểu mẫu.",
    )
    DAMAGED_BELOW = Message(
        "T15",
        BLOCK,
        "Biểu {bieu} của sổ tổng hợp gửi lên {noi}; cả biểu chưa tính.",
        "Đề nghị nơi lập sổ tổng hợp gửi lại đúng tệp đã xuất ra, không sửa, không xóa dòng, cột.",
    )
