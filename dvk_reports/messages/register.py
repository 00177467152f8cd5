"""What reading the register ``danh-muc.xlsx`` says: D01 … D14. ``{hau_qua}`` says what the mistake costs."""

from __future__ import annotations

from dvk_reports.messages.message import BLOCK, NOTE, WARNING, Message


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
    REG_COLUMN_BLANK = Message(
        "D01",
        WARNING,
        "Trang “{bieu}” không có cột {cot}: cột này được đọc là để trống ở mọi dòng.",
        "Chép lại cột này, cả ô ở dòng 1 đang ẩn, từ danh mục mẫu.",
    )
    REG_COLUMN_TWICE = Message(
        "D01",
        BLOCK,
        "Trang “{bieu}” có hai cột {cot}; chỉ cột đầu được đọc, cột ở ô này thì không.",
        "Xóa một trong hai cột, hoặc xóa mã ở dòng 1 đang ẩn của cột không dùng.",
    )
    REG_COPY = Message(
        "D01",
        BLOCK,
        "Trang “{trang}” cũng là danh mục “{bieu}”; chỉ trang “{bieu}” được đọc.",
        "Chuyển các dòng cần giữ sang trang “{bieu}” rồi xóa trang “{trang}”.",
    )
    REG_MERGED = Message(
        "D01",
        BLOCK,
        "Các ô {ghi} được gộp làm một: chỉ ô đầu có giá trị, các ô còn lại được đọc là để trống.",
        "Bỏ gộp ô rồi ghi đủ từng ô.",
    )
    REG_BLANK = Message("D02", BLOCK, "Ô “{ten}” bắt buộc nhưng để trống; dòng này không được dùng.", "Ghi đủ ô này.")
    REG_CODE_GIVEN = Message(
        "D14",
        NOTE,
        "{ghi}: {so} thôn, tổ dân phố chưa ghi mã; mã được lấy theo mã đơn vị và tên ({ds}).",
        "Chép các mã này vào cột Mã để mã không đổi khi sửa tên; tên chưa sửa thì chưa cần làm gì.",
    )
    REG_VALUE = Message("D03", BLOCK, "Ô “{ten}” ghi “{ghi}”, không đọc được; {hau_qua}.", "{cach}")
    REG_LIST = Message(
        "D03", BLOCK, "Ô “{ten}” ghi “{ghi}”, không có trong danh sách; {hau_qua}.", "Ghi một trong: {list}.{gan}"
    )
    REG_FORMULA = Message(
        "D03",
        BLOCK,
        "Ô “{ten}” là công thức chưa có kết quả; {hau_qua}.",
        "Mở danh mục bằng Excel, bấm Lưu rồi chạy lại; hoặc ghi thẳng giá trị vào ô.",
    )
    REG_ERROR = Message(
        "D03",
        BLOCK,
        "Ô “{ten}” đang hiện lỗi {ghi} của Excel; {hau_qua}.",
        "Sửa công thức hoặc ghi thẳng giá trị vào ô.",
    )
    REG_RANGE = Message(
        "D03", BLOCK, "Ô “{ten}” ghi {ghi}, ngoài khoảng {tu} đến {den}; {hau_qua}.", "Ghi lại cho đúng{hoac}."
    )
    REG_CODE = Message(
        "D03",
        BLOCK,
        "Ô “{ten}” ghi “{ghi}”: {sai}; dòng này không được dùng.",
        "Mã chỉ gồm chữ cái không dấu, chữ số, dấu - và dấu _, bắt đầu bằng chữ hoặc số, không quá {dai} ký tự.",
    )
    REG_FIVE_DIGITS = Message(
        "D03",
        WARNING,
        "Ô “{ten}” ghi “{ghi}”, không phải năm chữ số.",
        "Định dạng ô là Văn bản (Text) rồi ghi đủ năm chữ số, kể cả số 0 ở đầu; không có mã thì để trống.",
    )
    REG_MAIL = Message(
        "D03",
        WARNING,
        "Ô “{ten}”: “{doan}” không phải là địa chỉ thư nên không được dùng.",
        "Ghi địa chỉ dạng ten@co-quan.vn; nhiều địa chỉ cách nhau bằng dấu ;, chưa có thì để trống.",
    )
    REG_TWICE = Message(
        "D04",
        BLOCK,
        "“{ghi}” đã có ở dòng {dong}; dòng này không được dùng.",
        "Giữ một dòng, xóa hoặc sửa dòng kia.",
    )
    REG_OVERLAP = Message(
        "D04",
        BLOCK,
        "“{ghi}” đã có người ký ở dòng {dong} trong cùng thời gian; dòng này không được dùng.",
        "Ghi ngày kết thúc ở một dòng và ngày bắt đầu ở dòng kia để hai khoảng thời gian không chồng nhau.",
    )
    REG_SAME_NAME = Message(
        "D04",
        WARNING,
        "Tên “{doan}” cũng là tên của {ma} (dòng {dong}) trong cùng thời gian: nơi nào ghi tên này thì không nhận ra "
        "được là đơn vị nào.",
        "Sửa tên hoặc tên gọi khác của một trong hai; đơn vị đã hết hiệu lực thì ghi Hiệu lực đến.",
    )
    REG_SAME_HAMLET = Message(
        "D04",
        BLOCK,
        "Tên “{ghi}” đã có ở dòng {dong} của cùng đơn vị trong cùng thời gian: nơi nào ghi tên này thì không nhận ra "
        "được là thôn nào.",
        "Nếu là một thôn thì xóa một dòng; nếu là hai thôn thì ghi tên khác nhau; thôn đã hết hiệu lực thì ghi Hiệu "
        "lực đến.",
    )
    REG_UNKNOWN = Message(
        "D05", BLOCK, "Ô “{ten}” ghi “{ghi}”, không có ở trang Đơn vị; {hau_qua}.{gan}", "Ghi đúng mã đơn vị."
    )
    REG_UNKNOWN_LEFT_OUT = Message(
        "D05",
        BLOCK,
        "Ô “{ten}” ghi “{ghi}”; dòng của đơn vị này ở trang Đơn vị (dòng {dong}) chưa dùng được nên dòng này cũng "
        "chưa.",
        "Sửa dòng {dong} của trang Đơn vị.",
    )
    REG_NO_SUCH = Message(
        "D05", BLOCK, "Ô “{ten}” ghi “{ghi}”, quy định không có mã này; {hau_qua}.{gan}", "Ghi đúng mã trong quy định."
    )
    REG_NOT_OF_PLAN = Message(
        "D05",
        WARNING,
        "Ô “{ten}” ghi “{ghi}”, quy định không có mã này; dòng này vẫn được dùng.{gan}",
        "Ghi đúng mã trong quy định, hoặc để nguyên nếu là việc của riêng cơ quan.",
    )
    REG_ORDER = Message(
        "D06", BLOCK, "Ngày {ghi} ở ô “{ten}” trước “{truoc}” ({ngay}); {hau_qua}.", "Sửa lại hai ngày."
    )
    REG_MERGED_INTO_ITSELF = Message(
        "D06",
        BLOCK,
        "Sáp nhập vòng tròn: {vong}; dòng này không được dùng.",
        "Mỗi đơn vị chỉ nhập vào đơn vị có sau; sửa mã cũ, mã mới hoặc xóa dòng này.",
    )
    REG_MERGED_STILL = Message(
        "D06",
        WARNING,
        "{ma} còn hiệu lực sau ngày sáp nhập {ghi}: đơn vị vẫn phải nộp báo cáo và vẫn được tính.",
        "Ghi Hiệu lực đến {ngay} ở dòng {dong} của trang Đơn vị, hoặc sửa ngày sáp nhập.",
    )
    REG_MERGED_EARLY = Message(
        "D06",
        WARNING,
        "{ma} chưa có hoặc không còn hiệu lực ở ngày sáp nhập {ghi}.",
        "Sửa Hiệu lực từ, Hiệu lực đến ở dòng {dong} của trang Đơn vị, hoặc sửa ngày sáp nhập.",
    )
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
    CAME_AFTER_LOCK = Message(
        "T21",
        WARNING,
        "Báo cáo của {don_vi} đã khóa ngày {ngay} ({nguoi}: {vi_sao}); tệp này đến sau, chưa được dùng.",
        "Cần dùng tệp này thì mở khóa: dvk close {ky} --unit {ma} --open "
        "--reason LÝ_DO --by NGƯỜI_QUYẾT_ĐỊNH; rồi tổng hợp lại.",
    )
    LOCKED_IS_GONE = Message(
        "T21",
        BLOCK,
        "Báo cáo của {don_vi} đã khóa ngày {ngay} ({nguoi}: {vi_sao}) nhưng tệp {tep} đã khóa không còn trong thư mục "
        "nhan-ve/{ky}; đơn vị chưa được tính.",
        "Chép lại đúng tệp đó, hoặc mở khóa: dvk close {ky} --unit {ma} --open "
        "--reason LÝ_DO --by NGƯỜI_QUYẾT_ĐỊNH; rồi tổng hợp lại.",
    )
    REG_TOO_LONG = Message(
        "D15",
        BLOCK,
        "Ô “{ten}” dài {so} ký tự, quá {max}; {hau_qua}.",
        "Viết gọn trong {max} ký tự, hoặc tách thành hai dòng.",
    )
    REG_REMARK_LATER = Message(
        "D16",
        WARNING,
        "Nhận xét về kỳ {ky} ghi ngày {ghi}, sau ngày lập {ngay}; nhận xét này chưa được đưa vào kết quả.",
        "Sửa ngày của nhận xét (hay gặp: ghi nhầm năm); hoặc lập lại từ ngày đó.",
    )
    REG_HELD_NOTHING = Message(
        "D13",
        WARNING,
        "Dòng “Không tính” về mã lỗi {ghi} của {don_vi} không khớp với giá trị nào được tính ở kỳ {ky}: không có gì "
        "được để ngoài số liệu.",
        "Kiểm tra mã lỗi, đơn vị, kỳ, biểu, khóa dòng; đơn vị đã sửa số, hoặc ô bị báo lỗi không thuộc chỉ tiêu nào "
        "(tên, nội dung), thì xóa dòng này hoặc ghi ngày ở ô Hiệu lực đến.",
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
        "D12",
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
