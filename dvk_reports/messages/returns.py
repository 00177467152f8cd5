"""Every sentence a clerk or a unit can be shown about the data: code, what is wrong, what to do.

K… are the checks of the reporting practice, T… what reading a file can meet, D… the register ``danh-muc.xlsx``.
A slot that is not given is a KeyError, never a gap in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from dvk_reports.model.records import Cell, Finding, Level, Row, Stop


@dataclass(frozen=True, slots=True)
class Message:
    code: str
    level: Level
    text: str
    remedy: str


_B, _W, _N = Level.BLOCK, Level.WARNING, Level.NOTE


class Msg(Enum):
    """The catalogue. ``{ten}`` is the caption of the cell, ``{ghi}`` what the unit wrote."""

    # K01: unit, period, form version
    UNKNOWN_UNIT = Message(
        "K01",
        _B,
        "Mã đơn vị “{ghi}” không có trong danh mục; các biểu khác trong tệp chưa kiểm tra.",
        "Ghi đúng mã đã in sẵn ở ô Mã đơn vị của biểu mẫu gửi đi, rồi gửi lại.{gan}",
    )
    UNIT_NOT_VALID = Message(
        "K01",
        _B,
        "Theo danh mục, đơn vị “{ghi}” không hoạt động ở ngày cuối kỳ {ky}; các biểu khác trong tệp chưa kiểm tra.",
        "Dùng biểu mẫu của đơn vị mới sau sắp xếp, hoặc báo Ban Dân vận kiểm tra danh mục.",
    )
    UNKNOWN_PERIOD = Message(
        "K01",
        _B,
        "Kỳ báo cáo “{ghi}” không có trong Kế hoạch; các biểu khác trong tệp chưa kiểm tra.",
        "Ghi kỳ theo dạng năm-quý như đã in sẵn, ví dụ 2023-Q3.",
    )
    WRONG_FORM = Message(
        "K01",
        _B,
        "Phiên bản biểu mẫu “{ghi}” không dùng cho kỳ {ky}; các biểu khác trong tệp chưa kiểm tra.",
        "Chép số liệu sang biểu mẫu phiên bản {dung} được gửi cho kỳ này, rồi gửi lại.",
    )
    BIA_BLANK = Message(
        "K01",
        _B,
        "Ô “{ten}” ở trang bìa để trống; các biểu khác trong tệp chưa kiểm tra.",
        "Ghi lại như đã in sẵn trong biểu mẫu gửi đi.",
    )

    # K02: required and blank
    BLANK = Message(
        "K02", _B, "Ô “{ten}” bắt buộc nhưng để trống.", "Ghi vào ô này; nếu không có thì ghi 0 hoặc chọn Không."
    )
    BLANK_TEXT = Message("K02", _B, "Ô “{ten}” bắt buộc nhưng để trống.", "Ghi nội dung vào ô này.")
    BLANK_IF = Message("K02", _B, "Ô “{ten}” để trống, trong khi {vi}.", "Ghi nội dung vào ô này.")
    NO_REPLICATION = Message(
        "K02",
        _W,
        "Kiến nghị Nhân rộng mô hình {ma} nhưng biểu B3b không có dòng nào của mô hình này.",
        "Ghi nơi nhân rộng ở biểu B3b, hoặc chọn kiến nghị khác.",
    )
    NIL_SNAPSHOT = Message(
        "K02",
        _W,
        "Báo cáo “Không phát sinh” để trống ô “{ten}” và không có báo cáo kỳ trước để lấy số.",
        "Ghi số đến cuối kỳ vào ô này; khi chưa ghi, đơn vị chưa được tính vào chỉ tiêu liên quan.",
    )
    NIL_NO_MODELS = Message(
        "K02",
        _W,
        "Báo cáo “Không phát sinh”, biểu B2 không có dòng nào và không có báo cáo kỳ trước để lấy danh sách mô hình.",
        "Ghi danh sách mô hình, hoặc chọn Có ở ô “Không phát sinh: biểu B2” nếu đơn vị không có mô hình nào.",
    )
    NO_ASSESSMENT = Message(
        "K02",
        _W,
        "Biểu B11 chưa ghi ô nào, trong khi kỳ này phải có phần đánh giá chung.",
        "Ghi ít nhất một trong năm ô của biểu B11.",
    )

    # K03, K04, K20: what a cell holds
    NOT_IN_LIST = Message(
        "K03", _B, "Ô “{ten}” ghi “{ghi}”, không có trong danh sách.", "Chọn một giá trị trong danh sách của ô.{gan}"
    )
    KIND_ONLY = Message(
        "K03", _W, "Ô “{ten}” chọn Có, trong khi ô này chỉ dùng cho {loai}.", "Để trống ô này hoặc chọn Không."
    )
    NOT_A_NUMBER = Message("K04", _B, "Ô “{ten}” ghi “{ghi}”, không phải là số.", "Chỉ ghi chữ số trong ô này.")
    AMBIGUOUS_NUMBER = Message(
        "K04",
        _B,
        "Ô “{ten}” ghi “{ghi}”, có thể hiểu thành hai số khác nhau.",
        "Ghi lại không dùng dấu ngăn hàng nghìn; phần lẻ dùng dấu phẩy, ví dụ 1234 hoặc 1,234.",
    )
    NOT_WHOLE = Message("K04", _B, "Ô “{ten}” ghi {ghi}, có phần lẻ.", "Ghi số không có phần lẻ.")
    NEGATIVE = Message("K04", _B, "Ô “{ten}” ghi {ghi}, là số âm.", "Ghi số từ 0 trở lên.")
    NOT_A_DATE = Message(
        "K04", _B, "Ô “{ten}” ghi “{ghi}”, không đọc được là ngày.", "Ghi theo dạng ngày/tháng/năm, ví dụ 05/9/2023."
    )
    ERROR_CELL = Message(
        "K04",
        _B,
        "Ô “{ten}” đang hiện lỗi {ghi} của Excel.",
        "Xóa công thức trong ô rồi ghi số; ô đang hiện lỗi không phải là ô trống, cũng không phải là 0.",
    )
    NO_CACHED_VALUE = Message(
        "K04",
        _B,
        "Ô “{ten}” là công thức chưa có kết quả.",
        "Mở tệp bằng Excel, bấm Lưu, rồi gửi lại; hoặc ghi thẳng kết quả vào ô.",
    )
    MORE_THAN_ONE = Message(
        "K04",
        _B,
        "Ô “{ten}” ghi {ghi}; chỉ kênh Loa truyền thanh cơ sở được ghi lớn hơn {so}.",
        "Ghi mỗi tin, bài một dòng, hoặc sửa lại kênh.",
    )
    PERCENT = Message(
        "K20",
        _B,
        "Ô “{ten}” ghi “{ghi}” có dấu phần trăm, trong khi ô này ghi số đếm.",
        "Ghi số đếm, bỏ dấu phần trăm.",
    )
    LEGACY_TEXT = Message(
        "T09",
        _N,
        "Ô “{ten}” dùng phông chữ cũ {ma}; đã đọc thành “{doc}”.",
        "Kiểm tra chữ đã đọc; lần sau dùng phông Times New Roman (Unicode).",
    )
    LEGACY_DOUBT = Message(
        "T09",
        _B,
        "Ô “{ten}” có vẻ dùng phông chữ cũ (TCVN3 hoặc VNI), không chắc đọc đúng chữ “{ghi}”.",
        "Gõ lại ô này bằng phông Times New Roman (Unicode).",
    )
    NORMALISED = Message("T08", _N, "Ô “{ten}” ghi “{ghi}”, đã đọc là {doc}.", "Không cần sửa; lần sau ghi đúng {doc}.")

    # K05, K06
    TOTAL_WRONG = Message(
        "K05",
        _W,
        "Dòng tổng cột “{ten}” ghi {ghi}, cộng các dòng được {cong}.",
        "Xem lại các dòng; số tổng hợp lấy theo các dòng, không lấy ở dòng tổng.",
    )
    PART_OVER_WHOLE = Message(
        "K06",
        _B,
        "Ô “{ten}” ghi {ghi}, lớn hơn “{toan}” ({so} ở ô {o}).",
        "Xem lại hai ô này; phần không được lớn hơn tổng.",
    )
    OPINIONS = Message(
        "K06",
        _B,
        "Năm ô ý kiến “{mat}” cộng được {cong}, khác số phiếu hợp lệ {so} ở ô {o}.",
        "Sửa để năm ô cộng lại bằng số phiếu hợp lệ; nếu không hỏi nội dung này thì để trống cả năm ô.",
    )
    OPINIONS_BLANK = Message(
        "K06",
        _B,
        "Năm ô ý kiến “{mat}” chỉ ghi một phần (còn trống: {trong}).",
        "Ghi đủ năm ô (không có thì ghi 0), hoặc để trống cả năm ô nếu không hỏi nội dung này.",
    )

    # K07, K08, K13: against the last used return
    STATE_CHANGE = Message(
        "K07",
        _B,
        "Mô hình {ma}: {ky} ghi “{truoc}”, kỳ này ghi “{ghi}”; trạng thái không chuyển ngược như vậy.",
        "Xem lại ô này; từ “{truoc}” giữ nguyên hoặc chuyển sang: {duoc}.",
    )
    ENDED_BEFORE = Message(
        "K07",
        _B,
        "Mô hình {ma} đã ghi “{truoc}” ở {ky}, nay lại có trong danh sách.",
        "Xóa dòng này; nếu làm tiếp thì đăng ký mô hình với mã mới và ghi mã {ma} ở ô “Tiếp nối mô hình (mã)”.",
    )
    MODEL_GONE = Message(
        "K08",
        _B,
        "Mô hình {ma} “{ten}” có ở báo cáo {ky} (“{truoc}”) nhưng không có trong biểu B2 kỳ này.",
        "Ghi lại dòng của mô hình {ma}; nếu đã kết thúc thì chọn trạng thái Dừng hoặc Sáp nhập, không xóa dòng.",
    )
    CODE_CHANGED = Message(
        "K08",
        _B,
        "Mô hình “{ten}” mang mã {ma} ở báo cáo {ky}, kỳ này ghi mã “{ghi}”.",
        "Ghi lại mã {ma}; một mô hình giữ một mã từ đầu đến cuối.",
    )
    OUTLIER = Message(
        "K13",
        _W,
        "Ô “{ten}” ghi {ghi}, trong khi {ky} ghi {truoc}: {muc_doi}.",
        "Kiểm tra lại số này; nếu đúng thì giữ nguyên và ghi lý do ở cột “Giải trình”.",
    )
    LISTED_LATE = Message(
        "K11",
        _W,
        "Mô hình {ma} đăng ký ngày {ghi}, trước kỳ này, nhưng chưa có trong báo cáo {ky}; "
        "không tính là đăng ký mới của kỳ này.",
        "Kiểm tra lại ngày đăng ký; nếu đúng thì gửi báo cáo Bổ sung của kỳ đã đăng ký.",
    )

    # K09, K24: all returns together
    ALIKE_INSIDE = Message(
        "K09",
        _W,
        "Tên mô hình “{ghi}” {giong} mô hình {ma} “{kia}” ở dòng {dong} của cùng đơn vị.",
        "Nếu là một mô hình ghi hai lần thì giữ một dòng; nếu là hai mô hình thì ghi tên cho khác nhau.",
    )
    ALIKE_ACROSS = Message(
        "K09",
        _W,
        "Tên mô hình “{ghi}” {giong} mô hình {ma} “{kia}” của {don_vi}{ly_do}.",
        "Hai đơn vị trao đổi: nếu là một mô hình thì chỉ một đơn vị ghi; nếu là hai mô hình thì giữ nguyên.",
    )
    CLASS_TWICE = Message(
        "K24",
        _W,
        "Lớp “{ghi}” từ ngày {ngay} đã có trong báo cáo của {don_vi} (dòng {dong}); cả hai dòng đang được tính.",
        "Hai đơn vị trao đổi: nếu là một lớp thì chỉ đơn vị mở lớp ghi.",
    )
    ARTICLE_TWICE = Message(
        "K24",
        _W,
        "Tin, bài “{ghi}” ({kenh}, ngày {ngay}) đã có trong báo cáo của {don_vi} (dòng {dong}); "
        "cả hai dòng đang được tính.",
        "Hai đơn vị trao đổi: nếu là một tin, bài thì chỉ một đơn vị ghi.",
    )
    PERSON_TWICE = Message(
        "K24",
        _W,
        "“{ghi}” (sinh ngày {ngay}) đã có ở biểu {bieu} của {don_vi} (dòng {dong}).",
        "Nếu là một người thì thống nhất một đơn vị đề nghị; nếu là hai người thì giữ nguyên.",
    )
    AWARD_TWICE = Message(
        "K24",
        _W,
        "“{ghi}” đã được đề nghị “{hinh_thuc}” ở dòng {dong}; dòng này lại đề nghị thêm.",
        "Chọn một hình thức cho một tập thể, cá nhân; nếu đề nghị cả hai thì ghi rõ lý do.",
    )

    # K10, K11
    HAMLET_MISSING = Message(
        "K10",
        _W,
        "Biểu B4 thiếu {so} thôn, tổ dân phố so với danh mục: {ten_thon}.",
        "Thêm lại các dòng này; thôn đã thay đổi thì ghi ở biểu B4b.",
    )
    DATE_OUTSIDE = Message(
        "K11",
        _B,
        "Ô “{ten}” ghi {ghi}, ngoài khoảng {tu} - {den}.",
        "Sửa lại ngày; việc của kỳ khác thì ghi ở báo cáo của kỳ đó.",
    )
    DECISION_OUTSIDE = Message(
        "K11",
        _W,
        "Ngày quyết định {ghi} ngoài khoảng {tu} - {den} của năm xét {nam}.",
        "Kiểm tra lại ngày quyết định và năm xét.",
    )

    # K14 … K18
    ALL_HIGH = Message(
        "K14",
        _N,
        "Cả {so} mô hình đang thực hiện đều được công nhận và đều xếp loại Hiệu quả cao.",
        "Xem lại việc đánh giá, xếp loại có sát thực tế không.",
    )
    SATISFIED = Message(
        "K15",
        _N,
        "Tỷ lệ hài lòng chung của đợt khảo sát là {ty_le}, cao hơn mức thường gặp.",
        "Xem lại cách hỏi và cách chọn người trả lời.",
    )
    SMALL_SAMPLE = Message(
        "K15", _N, "Chỉ có {ghi} phiếu hợp lệ (dưới {so}): cỡ mẫu nhỏ.", "Nêu rõ cỡ mẫu khi sử dụng kết quả."
    )
    STALE_TEXT = Message(
        "K16",
        _W,
        "Ô “{ten}” nhắc tới “{doan}”, không phải kỳ báo cáo {ky}.",
        "Nếu là chữ của kỳ trước còn lại thì sửa; nếu đúng ý thì giữ nguyên.",
    )
    LEFT_OVER = Message("K16", _W, "Ô “{ten}” còn dấu “{doan}”.", "Bổ sung nội dung rồi xóa dấu này.")
    SYMBOL = Message(
        "K17",
        _W,
        "Ô “{ten}” ghi “{ghi}”, không đúng ký hiệu của loại văn bản này.",
        "Ghi đúng số, ký hiệu, ví dụ {vi_du}.",
    )
    MONEY = Message(
        "K18",
        _W,
        "Ô “{ten}” ghi {ghi} triệu đồng, lớn hơn nhiều so với mức thường gặp.",
        "Nếu đã ghi theo đồng thì đổi ra triệu đồng; nếu đúng thì giữ nguyên.",
    )

    # K21 … K26
    UNKNOWN_MODEL = Message(
        "K21",
        _B,
        "Ô “{ten}” ghi mã “{ghi}”, không có ở biểu B2 của đơn vị.",
        "Ghi đúng mã mô hình ở biểu B2.{gan}",
    )
    FOREIGN_MODEL = Message(
        "K21",
        _B,
        "Ô “{ten}” ghi mã “{ghi}”; phần mã đơn vị trong đó không có trong danh mục.",
        "Ghi mã dạng MH-<mã đơn vị>-<3 chữ số>, ví dụ {vi_du}.",
    )
    NOT_OWN_CODE = Message(
        "K21",
        _B,
        "Ô “{ten}” ghi mã “{ghi}”, không phải mã mô hình của đơn vị này.",
        "Dùng mã in sẵn, dạng MH-{don_vi}-<3 chữ số>.",
    )
    UNKNOWN_HAMLET = Message(
        "K21",
        _B,
        "Ô “{ten}” ghi “{doan}”, không tìm thấy đúng một thôn, tổ dân phố như vậy của {don_vi}.",
        "Ghi mã thôn, tổ dân phố như ở biểu B4; nhiều thôn cách nhau bằng dấu ;.{gan}",
    )
    NOT_REPORTED = Message(
        "K22",
        _B,
        "Biểu {bieu} phải nộp kỳ này nhưng không có dòng nào và chưa chọn “Không phát sinh”; "
        "biểu này chưa kiểm tra và chưa tính.",
        "Ghi các dòng của biểu {bieu}, hoặc chọn Có ở ô “{ten}” trên trang bìa.",
    )
    TICK_AGAINST_ROWS = Message(
        "K23",
        _W,
        "Trang bìa chọn “{ten}” nhưng biểu {bieu} có {so} dòng; các dòng được tính.",
        "Bỏ chọn ở trang bìa, hoặc xóa các dòng ghi nhầm.",
    )
    NIL_AGAINST_ROWS = Message(
        "K23",
        _W,
        "Loại báo cáo là “Không phát sinh” nhưng biểu {bieu} có {so} dòng; các dòng được tính.",
        "Chọn lại loại báo cáo Chính thức, hoặc xóa các dòng ghi nhầm.",
    )
    TWICE = Message(
        "K24",
        _B,
        "Mã “{ghi}” đã có ở dòng {dong}: một mã chỉ được ghi một dòng.",
        "Giữ một dòng đúng, sửa mã hoặc xóa dòng kia.",
    )
    REPEATED = Message(
        "K24",
        _W,
        "Dòng này trùng với dòng {dong}; cả hai đều được tính.",
        "Nếu là một việc ghi hai lần thì xóa một dòng.",
    )
    REPEATED_ONCE = Message(
        "K24", _W, "Dòng này trùng với dòng {dong}; chỉ tính một lần.", "Xóa một dòng nếu ghi nhầm."
    )
    SECOND_REVIEW = Message(
        "K24",
        _W,
        "Mô hình {ma} có lần đánh giá sau ở dòng {dong}; số đóng góp ở dòng này không cộng.",
        "Ghi số đóng góp của cả quý ở lần đánh giá cuối.",
    )
    RANK_TWICE = Message(
        "K24",
        _W,
        "Thứ tự ưu tiên {ghi} đã dùng ở dòng {dong} trong cùng hình thức và phân loại.",
        "Xếp lại thứ tự ưu tiên, không trùng nhau.",
    )
    DATE_ORDER = Message(
        "K25", _B, "Ô “{ten}” ghi {ghi}, trước “{kia}” ({ngay} ở ô {o}).", "Xem lại thứ tự hai ngày này."
    )
    REPLICATED_AT_HOME = Message(
        "K26",
        _W,
        "Nhân rộng ở chính đơn vị và chính thôn của mô hình {ma}: không tính là nhân rộng.",
        "Ghi đơn vị khác, hoặc thôn khác với thôn của mô hình.",
    )

    # T: reading a file
    SHEET_ABSENT = Message(
        "T01",
        _B,
        "Tệp không có biểu {bieu} đã giao cho đơn vị kỳ này; biểu này chưa kiểm tra và chưa tính.",
        "Dùng đúng biểu mẫu được gửi, giữ đủ các biểu.",
    )
    SHEET_UNREADABLE = Message(
        "T02",
        _B,
        "Biểu {bieu}: không tìm thấy dòng tiêu đề của biểu mẫu{thieu}; "
        "phần không nhận được chưa kiểm tra, cả biểu chưa tính.",
        "Chép số liệu vào biểu mẫu mới, giữ nguyên dòng đầu đang ẩn và tiêu đề các cột.",
    )
    BY_CAPTION = Message(
        "T03",
        _N,
        "Biểu {bieu} mất dòng đầu đang ẩn; đã nhận các cột theo tiêu đề.",
        "Lần sau ghi vào biểu mẫu được gửi.",
    )
    MOVED = Message(
        "T03", _N, "Biểu {bieu} có cột đổi chỗ ({cot}); vẫn đọc đúng cột.", "Lần sau giữ nguyên vị trí các cột."
    )
    EXTRA_COLUMN = Message(
        "T04",
        _W,
        "Biểu {bieu}: cột {cot} “{ghi}” không thuộc biểu mẫu, có số liệu và không được đọc.",
        "Chuyển số liệu vào cột của biểu mẫu hoặc ghi ở ô Ghi chú.",
    )
    HIDDEN_ROW = Message(
        "T05", _N, "Dòng {dong} của biểu {bieu} đang bị ẩn; vẫn được tính.", "Bỏ ẩn, hoặc xóa nếu không dùng."
    )
    HIDDEN_SHEET = Message("T05", _N, "Biểu {bieu} đang bị ẩn; vẫn được tính.", "Bỏ ẩn biểu này.")
    BELOW_TOTAL = Message(
        "T06",
        _W,
        "Dòng {dong} của biểu {bieu} nằm dưới dòng tổng; vẫn được tính.",
        "Chuyển dòng này lên trên dòng tổng.",
    )
    SAMPLE_ROW = Message("T06", _W, "Dòng {dong} của biểu {bieu} chỉ có dấu “…”; không tính.", "Xóa dòng này.")
    NOT_GIVEN = Message(
        "T07",
        _W,
        "Biểu {bieu} không giao cho đơn vị ở kỳ này; các dòng được giữ nhưng không tính vào chỉ tiêu nào.",
        "Báo Ban Dân vận nếu đơn vị cần nộp biểu này.",
    )
    FOREIGN_SHEET = Message(
        "T10",
        _N,
        "Trang “{ghi}” không thuộc biểu mẫu; không đọc.",
        "Số liệu cần báo cáo phải nằm trong các biểu của biểu mẫu.",
    )
    TOO_LONG = Message("T11", _W, "Ô “{ten}” dài {so} ký tự, quá {max}.", "Rút gọn nội dung.")
    ATTENDANCE_ONLY = Message(
        "T12",
        _N,
        "Lớp do huyện mở ghi ở báo cáo của xã, thị trấn: chỉ để biết, không tính vào chỉ tiêu nào.",
        "Không cần sửa.",
    )
    INSPECTED_ONLY = Message(
        "T12",
        _N,
        "Cuộc do cấp khác chủ trì ({ghi}): giữ để biết, không tính vào chỉ tiêu nào.",
        "Chỉ kê những cuộc do chính đơn vị chủ trì.",
    )
    UNREADABLE_FILE = Message("T14", _B, "Tệp không dùng được: {noi}.", "Gửi lại biểu mẫu đã ghi số liệu, dạng .xlsx.")
    QUARTER_ABSENT = Message(
        "T16",
        _W,
        "Kỳ {ky}: {quy} chưa tổng hợp, nên số phát sinh của cả kỳ để trống.",
        "Tổng hợp quý đó (dvk consolidate {ma_quy}) rồi chạy lại.",
    )
    READER_NOTE = Message("T13", _N, "{noi}.", "Nếu có thể, gửi tệp dạng .xlsx.")
    STOPPED_BELOW = Message(
        "T15",
        _B,
        "{gi} đã bị dừng ở sổ tổng hợp gửi lên; sổ không còn ghi lý do.",
        "Hỏi lại nơi lập sổ tổng hợp, hoặc đề nghị đơn vị gửi lại biểu mẫu.",
    )
    DAMAGED_BELOW = Message(
        "T15",
        _B,
        "Biểu {bieu} của sổ tổng hợp gửi lên {noi}; cả biểu chưa tính.",
        "Đề nghị nơi lập sổ tổng hợp gửi lại đúng tệp đã xuất ra, không sửa, không xóa dòng, cột.",
    )
    COLUMN_ABSENT = Message(
        "T04",
        _W,
        "Biểu {bieu} mất cột “{ten}”; cột này được coi là để trống.",
        "Ghi vào biểu mẫu được gửi, giữ đủ các cột.",
    )
    COUNTER_DIFFERS = Message(
        "K05",
        _W,
        "Ô “{ten}” ghi {ghi}, tính từ biểu B2 được {cong}.",
        "Không cần ghi ô này; số mô hình luôn được tính lại từ biểu B2.",
    )

    # D: the register
    REG_SHEET = Message(
        "D01",
        _W,
        "Danh mục thiếu trang “{bieu}” hoặc trang này mất dòng 1 đang ẩn.",
        "Chép lại trang này từ danh mục mẫu.",
    )
    REG_COLUMN = Message(
        "D01", _B, "Trang “{bieu}” thiếu cột {cot}.", "Chép lại cột này, cả ô ở dòng 1 đang ẩn, từ danh mục mẫu."
    )
    REG_BLANK = Message("D02", _B, "Ô “{ten}” bắt buộc nhưng để trống; dòng này không được dùng.", "Ghi đủ ô này.")
    REG_VALUE = Message("D03", _B, "Ô “{ten}” ghi “{ghi}”, không đọc được.", "{cach}")
    REG_LIST = Message("D03", _B, "Ô “{ten}” ghi “{ghi}”, không có trong danh sách.", "Ghi một trong: {list}.")
    REG_TWICE = Message("D04", _B, "Mã “{ghi}” đã có ở dòng {dong}; dòng này không được dùng.", "Mỗi mã chỉ một dòng.")
    REG_UNKNOWN = Message("D05", _B, "Ô “{ten}” ghi “{ghi}”, không có ở trang Đơn vị.{gan}", "Ghi đúng mã đơn vị.")
    REG_ORDER = Message("D06", _B, "Ngày {ghi} ở ô “{ten}” trước ngày bắt đầu.", "Sửa lại hai ngày.")
    REG_NO_HAMLET = Message(
        "D07",
        _B,
        "{don_vi} chưa có thôn, tổ dân phố nào trong danh mục ở ngày cuối kỳ.",
        "Ghi các thôn, tổ dân phố ở trang Thôn; khi chưa có, MT2.1 và MT2.2 chưa tính được cho đơn vị này.",
    )
    REG_NO_DEADLINE = Message(
        "D08",
        _W,
        "Trang Hạn nộp chưa có hạn của kỳ {ky}.",
        "Thêm một dòng hạn nộp cho kỳ này để tính đúng hạn, nộp muộn.",
    )
    REG_NEVER_WAIVED = Message(
        "D10",
        _W,
        "Mã lỗi {ghi} không được miễn trừ; dòng miễn trừ này không có tác dụng.",
        "Xóa dòng này; đơn vị phải sửa lỗi {ghi}.",
    )
    REG_INDEX = Message(
        "D09",
        _B,
        "Chỉ số {ma} năm {nam} ghi {ghi}; phải ghi phần trăm như công bố, lớn hơn 1 và không quá 100.",
        "Ghi ví dụ 83,11.",
    )


TO_MEND = "Cần sửa"
"""First sheet of a marked copy."""
TO_MEND_COLUMNS: Mapping[str, str] = {
    "muc": "Mức",
    "ma_loi": "Mã lỗi",
    "sheet": "Biểu",
    "o": "Ô",
    "gia_tri": "Đơn vị đã ghi",
    "noi_dung": "Nội dung cần sửa",
    "cach_sua": "Cách sửa",
    "giai_trinh": "Giải trình (chỉ dòng Cảnh báo)",
    "khoa": "Mã ô",
    "dong": "Dòng",
    "doi_tuong": "Đối tượng",
}
"""Its columns by machine key: drawn on the copy, and found again when the unit sends it back."""


def say(
    message: Msg,
    *,
    unit: str = "",
    at: Cell | None = None,
    file: str = "",
    sheet: str = "",
    raw: str = "",
    row: int = 0,
    key: str = "",
    level: Level | None = None,
    stops: Sequence[Stop] = (),
    refuses: bool = False,
    **slots: Any,
) -> Finding:
    """One finding with its sentence filled in. ``at`` gives file and A1 address; ``sheet`` is the form's key."""
    entry = message.value
    slots.setdefault("ghi", raw)
    slots.setdefault("gan", "")
    return Finding(
        level=level or entry.level,
        code=entry.code,
        unit=unit,
        file=at.file if at else file,
        sheet=sheet or (at.sheet if at else ""),
        cell=at.a1 if at else "",
        raw=raw,
        text=entry.text.format(**slots),
        remedy=entry.remedy.format(**slots),
        stops=tuple(stops),
        refuses=refuses,
        row=row,
        key=key,
        rule=message.name,
    )


def about(message: Msg, row: Row, key: str, *, unit: str, stop: bool | None = None, **slots: Any) -> Finding:
    """A finding on one cell of a row. A Chặn stops that value unless ``stop`` says otherwise."""
    value = row.values[key]
    level = slots.pop("level", None)
    weight = level if isinstance(level, Level) else message.value.level
    stops = stop if stop is not None else weight is Level.BLOCK
    return say(
        message,
        unit=unit,
        at=value.at,
        sheet=row.sheet,
        raw=value.text,
        row=row.number,
        key=key,
        level=weight,
        stops=[Stop(row.sheet, row.number, key)] if stops else (),
        **slots,
    )


def sentence_of(code: str, text: str) -> str:
    """Name of the sentence that a printed line was made from, or "": what was added behind it does not matter."""
    found = [name for name, pattern in _patterns().get(code, ()) if pattern.match(text)]
    return found[0] if found else ""


@cache
def _patterns() -> Mapping[str, Sequence[tuple[str, re.Pattern[str]]]]:
    """Code -> the sentences with it, the longest first: of two that fit, the one that says more."""
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for message in sorted(Msg, key=lambda item: -len(item.value.text)):
        parts = re.split(r"\{\w+\}", message.value.text)
        pattern = re.compile(".*?".join(re.escape(part) for part in parts), re.DOTALL)
        found.setdefault(message.value.code, []).append((message.name, pattern))
    return found


_QUOTED = re.compile(r"(“[^”]*”)")
_CELLS = re.compile(r"(?<![\w-])((?:[Ôô] |còn trống: )[A-Z]{1,3}\d+(?:, [A-Z]{1,3}\d+)*)(?!\w)")
_CELL = re.compile(r"[A-Z]{1,3}\d+")
_ROW = re.compile(r"(?<!\w)([Dd]òng )(\d+)(?: của biểu (\w+))?(?!\w)")


def readdressed(text: str, cell: Callable[[str], str], row: Callable[[str, int], int]) -> str:
    """A sentence with its addresses moved; what the unit wrote stands in quotes and is left alone.

    ``cell`` gives the new address of an old one, ``row`` the new number of an old row of a sheet ("": the finding's).
    """
    parts = _QUOTED.split(text)
    parts[::2] = [_moved(part, cell, row) for part in parts[::2]]
    return "".join(parts)


def _moved(text: str, cell: Callable[[str], str], row: Callable[[str, int], int]) -> str:
    text = _CELLS.sub(lambda found: _CELL.sub(lambda a1: cell(a1[0]), found[0]), text)
    return _ROW.sub(
        lambda found: found[0].replace(found[2], str(row(found[3] or "", int(found[2]))), 1),
        text,
    )
