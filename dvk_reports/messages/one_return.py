"""What the rules on one return say: what is missing, what does not fit together inside it."""

from __future__ import annotations

from dvk_reports.messages.message import BLOCK, NOTE, WARNING, Message


class OneReturn:
    """What a return says against itself or against the register."""

    # K01: unit, period, form version
    UNKNOWN_UNIT = Message(
        "K01",
        BLOCK,
        "Mã đơn vị “{ghi}” không có trong danh mục; cả tệp chưa được tính.",
        "Ghi đúng mã đã in sẵn ở ô Mã đơn vị của biểu mẫu gửi đi, rồi gửi lại.{gan}",
    )
    UNIT_NOT_VALID = Message(
        "K01",
        BLOCK,
        "Theo danh mục, đơn vị “{ghi}” không hoạt động ở ngày cuối kỳ {ky}; cả tệp chưa được tính.",
        "Dùng biểu mẫu của đơn vị mới sau sắp xếp, hoặc báo nơi nhận báo cáo kiểm tra danh mục.",
    )
    UNKNOWN_PERIOD = Message(
        "K01",
        BLOCK,
        "Kỳ báo cáo “{ghi}” không có trong Kế hoạch; cả tệp chưa được tính.",
        "Ghi kỳ theo dạng năm-quý như đã in sẵn, ví dụ {vi_du}.",
    )
    WRONG_FORM = Message(
        "K01",
        BLOCK,
        "Phiên bản biểu mẫu “{ghi}” không dùng cho kỳ {ky}; cả tệp chưa được tính.",
        "Chép số liệu sang biểu mẫu phiên bản {dung} được gửi cho kỳ này, rồi gửi lại.",
    )
    BIA_BLANK = Message(
        "K01",
        BLOCK,
        "Ô “{ten}” ở trang bìa để trống; cả tệp chưa được tính.",
        "Ghi lại như đã in sẵn trong biểu mẫu gửi đi.",
    )

    # K32: what is outside of the file says another unit
    OTHER_UNIT = Message(
        "K32",
        WARNING,
        "Trang bìa ghi {don_vi}, nhưng {dau_hieu}.",
        "Xem lại tệp là của đơn vị nào. Ghi nhầm vào biểu mẫu của đơn vị khác thì chép số liệu sang đúng biểu mẫu rồi "
        "gửi lại; trang bìa đúng thì ghi giải trình.",
    )

    # K02: required and blank
    BLANK = Message(
        "K02",
        BLOCK,
        "Ô “{ten}” bắt buộc nhưng để trống.",
        "Ghi vào ô này; nếu không có thì ghi 0 hoặc chọn {nhan_khong}.",
    )
    BLANK_TEXT = Message("K02", BLOCK, "Ô “{ten}” bắt buộc nhưng để trống.", "Ghi nội dung vào ô này.")
    BLANK_IF = Message("K02", BLOCK, "Ô “{ten}” để trống, trong khi {vi}.", "Ghi nội dung vào ô này.")
    NO_REPLICATION = Message(
        "K02",
        WARNING,
        "Kiến nghị {nhan_nhan_rong} mô hình {ma} nhưng biểu {bieu_nhan_rong} không có dòng nào của mô hình này.",
        "Ghi nơi nhân rộng ở biểu {bieu_nhan_rong}, hoặc chọn kiến nghị khác.",
    )
    NIL_SNAPSHOT = Message(
        "K02",
        WARNING,
        "Báo cáo “{nhan_khong_phat_sinh}” để trống ô “{ten}” và báo cáo trước không có số dùng được để lấy.",
        "Ghi số đến cuối kỳ vào ô này; khi chưa ghi, đơn vị chưa được tính vào chỉ tiêu liên quan.",
    )
    NIL_NO_MODELS = Message(
        "K02",
        WARNING,
        "Báo cáo “{nhan_khong_phat_sinh}”, biểu {bieu_mo_hinh} không có dòng nào "
        "và báo cáo trước không có danh sách mô hình dùng được để lấy.",
        "Ghi danh sách mô hình, hoặc chọn {nhan_co} ở ô “{ten}” nếu đơn vị không có mô hình nào.",
    )
    NO_ASSESSMENT = Message(
        "K02",
        WARNING,
        "Biểu {bieu_danh_gia_chung} chưa ghi ô nào, trong khi kỳ này phải có phần đánh giá chung.",
        "Ghi ít nhất một trong {so} ô của biểu {bieu_danh_gia_chung}.",
    )

    # K03 … K06: values that do not fit
    KIND_ONLY = Message(
        "K03",
        WARNING,
        "Ô “{ten}” chọn {nhan_co}, trong khi ô này chỉ dùng cho {loai}.",
        "Để trống ô này hoặc chọn {nhan_khong}.",
    )
    MORE_THAN_ONE = Message(
        "K04",
        BLOCK,
        "Ô “{ten}” ghi {ghi}; chỉ kênh {la} được ghi lớn hơn {so}.",
        "Ghi mỗi tin, bài một dòng, hoặc sửa lại kênh.",
    )
    COUNTER_DIFFERS = Message(
        "K05",
        WARNING,
        "Ô “{ten}” ghi {ghi}, tính từ biểu {bieu_mo_hinh} được {cong}.",
        "Không cần ghi ô này; số mô hình luôn được tính lại từ biểu {bieu_mo_hinh}.",
        asks=False,
    )
    PART_OVER_WHOLE = Message(
        "K06",
        BLOCK,
        "Ô “{ten}” ghi {ghi}, lớn hơn “{toan}” ({so} ở ô {o}).",
        "Xem lại hai ô này; phần không được lớn hơn tổng.",
    )
    OPINIONS = Message(
        "K06",
        BLOCK,
        "Năm ô ý kiến “{mat}” cộng được {cong}, khác số phiếu hợp lệ {so} ở ô {o}.",
        "Sửa để năm ô cộng lại bằng số phiếu hợp lệ; nếu không hỏi nội dung này thì để trống cả năm ô.",
    )
    OPINIONS_BLANK = Message(
        "K06",
        BLOCK,
        "Năm ô ý kiến “{mat}” chỉ ghi một phần (còn trống: {trong}).",
        "Ghi đủ năm ô (không có thì ghi 0), hoặc để trống cả năm ô nếu không hỏi nội dung này.",
    )

    # K10, K11
    HAMLET_MISSING = Message(
        "K10",
        WARNING,
        "Biểu {bieu_thon} thiếu {so} thôn, tổ dân phố so với danh mục: {ten_thon}.",
        "Thêm lại các dòng này; thôn đã thay đổi thì ghi ở biểu {bieu_thay_doi_thon}.",
    )
    DATE_OUTSIDE = Message(
        "K11",
        BLOCK,
        "Ô “{ten}” ghi {ghi}, ngoài khoảng {tu} - {den}.",
        "Sửa lại ngày; việc của kỳ khác thì ghi ở báo cáo của kỳ đó.",
    )
    DECISION_OUTSIDE = Message(
        "K11",
        WARNING,
        "Ngày quyết định {ghi} ngoài khoảng {tu} - {den} của năm xét {nam}.",
        "Kiểm tra lại ngày quyết định và năm xét.",
    )

    # K14 … K18: worth a second look
    ALL_HIGH = Message(
        "K14",
        NOTE,
        "Cả {so} mô hình đang thực hiện đều được công nhận và đều xếp loại {nhan_hieu_qua_cao}.",
        "Xem lại việc đánh giá, xếp loại có sát thực tế không.",
    )
    SATISFIED = Message(
        "K15",
        NOTE,
        "Tỷ lệ hài lòng chung của đợt khảo sát là {ty_le}, cao hơn mức thường gặp.",
        "Xem lại cách hỏi và cách chọn người trả lời.",
    )
    SMALL_SAMPLE = Message(
        "K15", NOTE, "Chỉ có {ghi} phiếu hợp lệ (dưới {so}): cỡ mẫu nhỏ.", "Nêu rõ cỡ mẫu khi sử dụng kết quả."
    )
    STALE_TEXT = Message(
        "K16",
        WARNING,
        "Ô “{ten}” nhắc tới “{doan}”, không phải kỳ báo cáo {ky}.",
        "Nếu là chữ của kỳ trước còn lại thì sửa; nếu đúng ý thì giữ nguyên.",
    )
    LEFT_OVER = Message("K16", WARNING, "Ô “{ten}” còn dấu “{doan}”.", "Bổ sung nội dung rồi xóa dấu này.")
    SYMBOL = Message(
        "K17",
        WARNING,
        "Ô “{ten}” ghi “{ghi}”, không đúng ký hiệu của loại văn bản này.",
        "Ghi đúng số, ký hiệu, ví dụ {vi_du}.",
    )
    MONEY = Message(
        "K18",
        WARNING,
        "Ô “{ten}” ghi {ghi} triệu đồng, lớn hơn nhiều so với mức thường gặp.",
        "Nếu đã ghi theo đồng thì đổi ra triệu đồng; nếu đúng thì giữ nguyên.",
    )

    # K21 … K26: codes, ticks, repetitions, order
    UNKNOWN_MODEL = Message(
        "K21",
        BLOCK,
        "Ô “{ten}” ghi mã “{ghi}”, không có ở biểu {bieu_mo_hinh} của đơn vị.",
        "Ghi đúng mã mô hình ở biểu {bieu_mo_hinh}.{gan}",
    )
    FOREIGN_MODEL = Message(
        "K21",
        BLOCK,
        "Ô “{ten}” ghi mã “{ghi}”; phần mã đơn vị trong đó không có trong danh mục.",
        "Ghi mã dạng MH-<mã đơn vị>-<3 chữ số>, ví dụ {vi_du}.",
    )
    NOT_OWN_CODE = Message(
        "K21",
        BLOCK,
        "Ô “{ten}” ghi mã “{ghi}”, không phải mã mô hình của đơn vị này.",
        "Dùng mã in sẵn, dạng MH-{don_vi}-<3 chữ số>.",
    )
    UNKNOWN_HAMLET = Message(
        "K21",
        BLOCK,
        "Ô “{ten}” ghi “{doan}”, không tìm thấy đúng một thôn, tổ dân phố như vậy của {don_vi}.",
        "Ghi mã thôn, tổ dân phố như ở biểu {bieu_thon}; nhiều thôn cách nhau bằng dấu ;.{gan}",
    )
    NOT_REPORTED = Message(
        "K22",
        BLOCK,
        "Biểu {bieu} phải nộp kỳ này nhưng không có dòng nào và chưa chọn “{nhan_khong_phat_sinh}”; "
        "biểu này chưa kiểm tra và chưa tính.",
        "Ghi các dòng của biểu {bieu}, hoặc chọn {nhan_co} ở ô “{ten}” trên trang bìa.",
    )
    TICK_AGAINST_ROWS = Message(
        "K23",
        WARNING,
        "Trang bìa chọn “{ten}” nhưng biểu {bieu} có {so} dòng; các dòng được tính.",
        "Bỏ chọn ở trang bìa, hoặc xóa các dòng ghi nhầm.",
    )
    NIL_AGAINST_ROWS = Message(
        "K23",
        WARNING,
        "Loại báo cáo là “{nhan_khong_phat_sinh}” nhưng biểu {bieu} có {so} dòng; các dòng được tính.",
        "Chọn lại loại báo cáo {nhan_chinh_thuc}, hoặc xóa các dòng ghi nhầm.",
    )
    TWICE = Message(
        "K24",
        BLOCK,
        "Mã “{ghi}” ghi ở cả dòng này và dòng {dong}: một mã chỉ được ghi một dòng.",
        "Giữ một dòng đúng, sửa mã hoặc xóa dòng kia.",
    )
    REPEATED = Message(
        "K24",
        WARNING,
        "Dòng này trùng với dòng {dong}; cả hai đều được tính.",
        "Nếu là một việc ghi hai lần thì xóa một dòng.",
    )
    REPEATED_ONCE = Message(
        "K24", WARNING, "Dòng này trùng với dòng {dong}; chỉ tính một lần.", "Xóa một dòng nếu ghi nhầm."
    )
    SECOND_REVIEW = Message(
        "K24",
        WARNING,
        "Mô hình {ma} có lần đánh giá sau ở dòng {dong}; số đóng góp ở dòng này không cộng.",
        "Ghi số đóng góp của cả quý ở lần đánh giá cuối.",
    )
    RANK_TWICE = Message(
        "K24",
        WARNING,
        "Thứ tự ưu tiên {ghi} đã dùng ở dòng {dong} trong cùng hình thức và phân loại.",
        "Xếp lại thứ tự ưu tiên, không trùng nhau.",
    )
    DATE_ORDER = Message(
        "K25", BLOCK, "Ô “{ten}” ghi {ghi}, trước “{kia}” ({ngay} ở ô {o}).", "Xem lại thứ tự hai ngày này."
    )
    REPLICATED_AT_HOME = Message(
        "K26",
        WARNING,
        "Nhân rộng ở chính đơn vị và chính thôn của mô hình {ma}: không tính là nhân rộng.",
        "Ghi đơn vị khác, hoặc thôn khác với thôn của mô hình.",
    )

    UNKNOWN_BODY = Message(
        "K30",
        WARNING,
        "Ô “{ten}” ghi “{ghi}”, không phải mã hay tên của đơn vị nào trong danh mục; vẫn được tính, theo tên đã ghi.",
        "Nếu là đơn vị trong danh mục thì ghi mã hoặc tên như danh mục; nếu là nơi khác thì ghi rõ ở cột Giải "
        "trình.{gan}",
    )
    DOUBTFUL_BODY = Message(
        "K30",
        WARNING,
        "Ô “{ten}” ghi “{ghi}”, có thể là {cac}; chưa rõ là đơn vị nào nên chỉ được tính theo tên đã ghi.",
        "Ghi mã của đơn vị: {ma}.",
    )

    # T: what was given, and what counts
    SHEET_ABSENT = Message(
        "T01",
        BLOCK,
        "Tệp không có biểu {bieu} đã giao cho đơn vị kỳ này; biểu này chưa kiểm tra và chưa tính.",
        "Dùng đúng biểu mẫu được gửi, giữ đủ các biểu.",
    )
    NOT_GIVEN = Message(
        "T07",
        WARNING,
        "Biểu {bieu} không giao cho đơn vị ở kỳ này; các dòng được giữ nhưng không tính vào chỉ tiêu nào.",
        "Báo nơi nhận báo cáo nếu đơn vị cần nộp biểu này.",
    )
    TOO_LONG = Message("T11", WARNING, "Ô “{ten}” dài {so} ký tự, quá {max}.", "Rút gọn nội dung.")
    ATTENDANCE_ONLY = Message(
        "T12",
        NOTE,
        "Lớp do {cap} mở ghi ở báo cáo của {loai}: chỉ để biết, không tính vào chỉ tiêu nào.",
        "Không cần sửa.",
        asks=False,
    )
    INSPECTED_ONLY = Message(
        "T12",
        NOTE,
        "Cuộc do cấp khác chủ trì ({ghi}): giữ để biết, không tính vào chỉ tiêu nào.",
        "Chỉ kê những cuộc do chính đơn vị chủ trì.",
    )
