"""What is said against earlier quarters: the last used return of the unit, and the quarters of a longer period."""

from __future__ import annotations

from dvk_reports.messages.message import BLOCK, WARNING, Message


class History:
    """What does not fit what was said before."""

    # K07, K08, K11, K13: against the last used return; K33: against that of a year ago
    STATE_CHANGE = Message(
        "K07",
        BLOCK,
        "Mô hình {ma}: {ky} ghi “{truoc}”, kỳ này ghi “{ghi}”; trạng thái không chuyển ngược như vậy.",
        "Xem lại ô này; từ “{truoc}” giữ nguyên hoặc chuyển sang: {duoc}.",
    )
    ENDED_BEFORE = Message(
        "K07",
        BLOCK,
        "Mô hình {ma} đã ghi “{truoc}” ở {ky}, nay lại có trong danh sách.",
        "Xóa dòng này; nếu làm tiếp thì đăng ký mô hình với mã mới và ghi mã {ma} ở ô “{o_noi}”.",
    )
    MODEL_GONE = Message(
        "K08",
        BLOCK,
        "Mô hình {ma} “{ten}” có ở báo cáo {ky} (“{truoc}”) nhưng không có trong biểu {bieu_mo_hinh} kỳ này.",
        "Ghi lại dòng của mô hình {ma}; nếu đã kết thúc thì chọn trạng thái {nhan_ket_thuc}, không xóa dòng.",
    )
    CODE_CHANGED = Message(
        "K08",
        BLOCK,
        "Mô hình “{ten}” mang mã {ma} ở báo cáo {ky}, kỳ này ghi mã “{ghi}”.",
        "Ghi lại mã {ma}; một mô hình giữ một mã từ đầu đến cuối.",
    )
    OUTLIER = Message(
        "K13",
        WARNING,
        "Ô “{ten}” ghi {ghi}, trong khi {ky} ghi {truoc}: {muc_doi}.",
        "Kiểm tra lại số này; nếu đúng thì giữ nguyên và ghi lý do ở cột “Giải trình”.",
    )
    UNLIKE_LAST_YEAR = Message(
        "K33",
        WARNING,
        "Ô “{ten}” ghi {ghi}, trong khi {ky} {ai}ghi {truoc}: {muc_doi}.",
        "Kiểm tra lại số này; nếu đúng thì giữ nguyên và ghi lý do ở cột “Giải trình”.",
    )
    LISTED_LATE = Message(
        "K11",
        WARNING,
        "Mô hình {ma} đăng ký ngày {ghi}, trước kỳ này, nhưng chưa có trong báo cáo {ky}; "
        "không tính là đăng ký mới của kỳ này.",
        "Kiểm tra lại ngày đăng ký; nếu đúng thì gửi báo cáo Bổ sung của kỳ đã đăng ký.",
    )

    # the quarters of a longer period
    QUARTER_ABSENT = Message(
        "T16",
        WARNING,
        "Kỳ {ky}: {quy} chưa tổng hợp, nên số phát sinh của kỳ thiếu quý này và không đơn vị nào đủ báo cáo.",
        "Tổng hợp quý đó (dvk consolidate {ma_quy}) rồi chạy lại.",
    )
