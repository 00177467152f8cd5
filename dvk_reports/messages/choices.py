"""Every sentence about the clerk's own copy of ``xet-chon.xlsx``: code, what is wrong, what to do.

X… stand beside the K, T and D codes of ``messages``. Chặn stops the drafts; it never stops a new proposal.
"""

from __future__ import annotations

from dvk_reports.messages.message import BLOCK, NOTE, WARNING, Message


class ChoiceMsg:
    """The catalogue. ``{ten}`` is the subject, ``{ghi}`` what the clerk wrote."""

    UNKNOWN_WORD = Message(
        "X01",
        BLOCK,
        "Quyết định của {ten} ghi “{ghi}”, không hiểu là chọn hay không chọn.",
        "Ghi Chọn hoặc Không chọn; để trống là theo đề xuất của chương trình.",
    )
    UNDERSTOOD = Message(
        "X01",
        NOTE,
        "Quyết định của {ten} ghi “{ghi}”, được hiểu là “{la}”.",
        "Không phải sửa; nên chọn trong danh sách có sẵn để số đã chọn trên trang Chỉ tiêu khen tính đúng.",
    )
    STRUCK = Message(
        "X01",
        WARNING,
        "Ô quyết định của {ten} có chữ bị gạch ngang “{ghi}”; chữ gạch ngang không được đọc.",
        "Xóa chữ đã gạch; muốn giữ quyết định đó thì ghi lại không gạch.",
    )
    NO_REASON = Message(
        "X02",
        BLOCK,
        "Quyết định của {ten} khác đề xuất “{de_xuat}” mà chưa ghi lý do.",
        "Ghi lý do ở cột Lý do của người xét, hoặc để trống cột Quyết định để theo đề xuất.",
    )
    OVER_QUOTA = Message(
        "X03",
        BLOCK,
        "Chọn {ten} khi {nhom} đã vượt chỉ tiêu ({da_chon}/{chi_tieu}), chưa ghi lý do.",
        "Ghi lý do ở cột Lý do của người xét, hoặc bớt người được chọn cho đủ chỉ tiêu.",
    )
    NO_QUOTA = Message(
        "X03",
        BLOCK,
        "Chọn {ten} trong khi {nhom} không có chỉ tiêu của đợt, mà chưa ghi lý do.",
        "Ghi lý do ở cột Lý do của người xét, hoặc để trống cột Quyết định.",
    )
    AGAINST_GATES = Message(
        "X04",
        BLOCK,
        "Chọn {ten} trong khi chương trình ghi “{de_xuat}”{dieu_kien}, mà chưa ghi lý do.",
        "Ghi lý do ở cột Lý do của người xét, hoặc để trống cột Quyết định.",
    )
    QUOTA_EXCEEDED = Message(
        "X05",
        WARNING,
        "{nhom}: đã chọn {da_chon}, chỉ tiêu {chi_tieu}.",
        "Kiểm tra lại danh sách được chọn; nếu giữ thì nêu rõ trong tờ trình.",
    )
    REWARDED = Message(
        "X06",
        WARNING,
        "{ten} được chọn nhưng điều kiện E8 là “{e8}” (đã có khen thưởng cho thành tích này), chưa ghi lý do.",
        "Ghi lý do ở cột Lý do của người xét, hoặc ghi Không chọn kèm lý do.",
    )
    LAPSED = Message(
        "X07",
        WARNING,
        "Đề nghị của {ten} (mã {ma}) không còn trong số liệu đã nhận; {ghi}, nay không còn hiệu lực.",
        "Không phải sửa nếu đơn vị đã rút đề nghị; nếu không, hỏi lại đơn vị.",
    )
    LAPSED_NEAR = Message(
        "X07",
        BLOCK,
        "Đề nghị của {ten} (mã {ma}) không còn trong số liệu đã nhận; {ghi}, nay không còn hiệu lực. Gần nhất là "
        "{gan} (mã {ma_gan}), chưa có quyết định.",
        "Nếu là một người thì ghi quyết định đó cho {gan}, nếu không thì ghi Chọn hoặc Không chọn theo kết quả xét; "
        "tệp đang dùng chưa có dòng này thì chạy “dvk awards propose” để có tệp mới.",
    )
    KEPT_ASIDE = Message(
        "X07",
        NOTE,
        "Điều đã ghi cho {ten} (mã {ma}) được giữ lại ở trang Không còn đề nghị, không vào danh sách.",
        "Không phải sửa.",
    )
    TIED = Message(
        "X13",
        BLOCK,
        "{ten} ngang nhau tại ranh giới chỉ tiêu ({nhom}: đã chọn {da_chon}, chỉ tiêu {chi_tieu}), chưa có quyết định.",
        "Ghi Chọn kèm lý do, hoặc Không chọn, cho từng trường hợp ngang nhau.",
    )
    ROW_DELETED = Message(
        "X08",
        WARNING,
        "Dòng của {ten} (mã {ma}) đã bị xóa khỏi trang Đề nghị; đề nghị này vẫn còn và không được chọn.",
        "Không xóa dòng. Chạy lại “dvk awards propose” để có lại dòng này rồi ghi quyết định.",
    )
    EXPECTED_DELETED = Message(
        "X08",
        BLOCK,
        "Dòng của {ten} (mã {ma}) đã bị xóa khỏi trang Đề nghị trong khi đề xuất là Dự kiến: không rõ có chọn không.",
        "Chạy lại “dvk awards propose” để có lại dòng này; nếu không chọn thì ghi Không chọn kèm lý do.",
    )
    EDITED = Message(
        "X09",
        WARNING,
        "Ô “{cot}” của {ten} đã bị sửa từ “{cu}” thành “{ghi}”; chương trình không dùng chữ sửa ở đây.",
        "Muốn sửa thì đơn vị sửa ở biểu đề nghị khen thưởng của mình, gửi lại rồi chạy lại “dvk awards propose”.",
    )
    MIXED = Message(
        "X09",
        BLOCK,
        "Dòng mã {ma} là của {ten} nhưng nay ghi tên {khac}: không rõ điều đã ghi là của ai (có thể đã sắp xếp hoặc "
        "chép một phần các cột).",
        "Hoàn tác việc sắp xếp, chép; khi sắp xếp thì chọn cả bảng, hoặc dùng nút lọc ở dòng tiêu đề.",
    )
    COLUMN_GONE = Message(
        "X09",
        WARNING,
        "Trang Đề nghị không còn cột “{cot}” (có thể đã bị xóa); chương trình vẫn dùng điều đã lập ở cột này.",
        "Không cần cột này thì không phải sửa; lần sau nên ẩn cột thay vì xóa.",
    )
    MONEY_COLUMN_GONE = Message(
        "X09",
        WARNING,
        "Trang Đề nghị không còn cột “{cot}” (có thể đã bị xóa): số tiền nhập tay không được dùng.",
        "Nếu có số tiền nhập tay thì lấy lại bản đã lưu trước khi xóa cột.",
    )
    FORMULA = Message(
        "X01",
        WARNING,
        "Ô quyết định của {ten} là công thức, đang cho “{ghi}”; chương trình đọc chữ đang hiện.",
        "Thay công thức bằng chữ chọn trong danh sách, vì công thức có thể cho kết quả khác khi sắp xếp.",
    )
    UNKNOWN_ID = Message(
        "X10",
        BLOCK,
        "Dòng của {ten} có mã đề nghị “{ghi}”, không phải mã chương trình đã ghi trong tệp này.",
        "Không thêm dòng và không sửa mã. Muốn thêm đối tượng thì đơn vị ghi vào biểu đề nghị khen thưởng và gửi lại.",
    )
    ID_BLANK = Message(
        "X10",
        BLOCK,
        "Dòng này có ghi tên, quyết định hoặc lý do nhưng không có mã đề nghị.",
        "Ghi lại mã như lúc đầu, hoặc xóa dòng này; muốn thêm đối tượng thì đơn vị ghi vào biểu đề nghị khen thưởng.",
    )
    TWICE = Message(
        "X11",
        BLOCK,
        "{ten} có hai dòng cùng mã {ma} (dòng {dong} và dòng này) ghi khác nhau.",
        "Giữ một dòng đúng; chương trình tạm lấy dòng {dong}.",
    )
    TWICE_ALIKE = Message(
        "X11",
        NOTE,
        "{ten} có hai dòng cùng mã {ma} (dòng {dong} và dòng này) ghi như nhau; chỉ tính một lần.",
        "Không phải sửa; nên xóa một dòng để số đã chọn trên trang Chỉ tiêu khen tính đúng.",
    )
    MONEY_UNREAD = Message(
        "X12",
        BLOCK,
        "Số tiền nhập tay của {ten} ghi “{ghi}”, không phải số nguyên đồng.",
        "Ghi số tiền bằng đồng, chỉ gồm chữ số.",
    )
    MONEY_NO_BASIS = Message(
        "X12",
        WARNING,
        "Số tiền nhập tay của {ten} chưa ghi căn cứ nên không được tính.",
        "Ghi căn cứ của số tiền ở cột bên cạnh, hoặc xóa số tiền.",
    )
    MONEY_UNUSED = Message(
        "X12",
        WARNING,
        "{ten} đã có mức tiền theo quy định; số tiền nhập tay không được dùng.",
        "Xóa số tiền nhập tay.",
    )
    OTHER_FORMAT = Message(
        "X14",
        WARNING,
        "Quyết định được đọc từ {tep}, không phải tệp .xlsx chương trình đã lập.",
        "Lưu lại tệp này dạng .xlsx để giữ được công thức, danh sách chọn.",
    )
    COPY_UNREAD = Message(
        "X14",
        BLOCK,
        "Không đọc được {tep} nằm trong thư mục của đợt, nên không rõ trong đó có ghi quyết định hay không: {vi}",
        "Nếu tệp này không dùng thì chuyển ra khỏi thư mục của đợt; nếu dùng thì mở bằng Excel, lưu lại dạng .xlsx.",
    )
    RESULT_NO_ID = Message(
        "X15",
        BLOCK,
        "Dòng này của trang Kết quả có ghi kết quả nhưng không có mã đề nghị.",
        "Ghi kết quả vào dòng có mã của đối tượng, rồi xóa dòng này.",
    )
    RESULT_UNKNOWN_ID = Message(
        "X15",
        BLOCK,
        "Trang Kết quả có mã đề nghị “{ghi}” không phải mã chương trình đã ghi trong tệp này; dòng không được dùng.",
        "Ghi lại mã như lúc đầu, hoặc ghi kết quả vào dòng có mã của đối tượng rồi xóa dòng này.",
    )
    RESULT_TWICE = Message(
        "X15",
        BLOCK,
        "{ten} có hai dòng kết quả cùng mã {ma} (dòng {dong} và dòng này) ghi khác nhau.",
        "Giữ một dòng đúng; chương trình tạm lấy dòng {dong}.",
    )
    RESULT_TWICE_ALIKE = Message(
        "X15",
        NOTE,
        "{ten} có hai dòng kết quả cùng mã {ma} (dòng {dong} và dòng này) ghi như nhau; chỉ tính một lần.",
        "Không phải sửa; nên xóa một dòng.",
    )
    RESULT_GONE = Message(
        "X15",
        NOTE,
        "{ten} (mã {ma}) đã có kết quả, nhưng đề nghị không còn trong số liệu đã nhận; kết quả vẫn được giữ.",
        "Không phải sửa.",
    )
    RESULTS_GONE = Message(
        "X15",
        WARNING,
        "Không đọc được trang Kết quả (trang hoặc cột Mã đề nghị đã bị xóa); giữ nguyên {so} kết quả có khi lập tệp.",
        "Nếu đã ghi thêm kết quả thì lấy lại bản đã lưu trước khi xóa; nếu không thì không phải sửa.",
    )
    RESULT_COLUMN_GONE = Message(
        "X15",
        BLOCK,
        "Trang Kết quả không còn cột “{cot}” (có thể đã bị xóa), nên không rõ cột này đã ghi gì.",
        "Lấy lại bản đã lưu trước khi xóa cột; hoặc chuyển tệp này ra khỏi thư mục, chạy “dvk awards propose” rồi ghi "
        "lại.",
    )
    RESULT_ROW_GONE = Message(
        "X15",
        WARNING,
        "Dòng kết quả của {ten} (mã {ma}) đã bị xóa; kết quả có khi lập tệp được giữ nguyên.",
        "Không xóa dòng. Muốn bỏ kết quả thì xóa chữ, số trong các ô của dòng đó ở tệp mới.",
    )
    VOTES_UNREAD = Message(
        "X16",
        BLOCK,
        "Kết quả của {ten}, cột “{cot}” ghi “{ghi}”, không phải số nguyên không âm.",
        "Ghi số phiếu, số thành viên bằng chữ số, ví dụ 12.",
    )
    VOTES_TOO_MANY = Message(
        "X16",
        BLOCK,
        "Kết quả của {ten}: tổng số phiếu {cong} nhiều hơn số thành viên dự họp {so}.",
        "Sửa số phiếu, hoặc sửa số thành viên dự họp.",
    )
    VERDICT_UNKNOWN = Message(
        "X17",
        BLOCK,
        "Kết quả của {ten} ghi “{ghi}”, không có trong danh sách.",
        "Ghi Được biểu dương, Được khen hoặc Không.",
    )
    VERDICT_UNDERSTOOD = Message(
        "X17",
        NOTE,
        "Kết quả của {ten} ghi “{ghi}”, được hiểu là “{la}”.",
        "Không phải sửa; nên chọn trong danh sách có sẵn.",
    )
    VERDICT_MISSING = Message(
        "X17",
        WARNING,
        "{ten} có số, ngày quyết định nhưng chưa ghi kết quả.",
        "Ghi Được biểu dương, Được khen; nếu không được thì ghi Không và xóa số, ngày quyết định.",
    )
    DECISION_HALF = Message(
        "X18",
        BLOCK,
        "Kết quả của {ten} chỉ ghi số hoặc chỉ ghi ngày quyết định; cột “{cot}” còn trống.",
        "Ghi đủ cả số và ngày quyết định, hoặc để trống cả hai khi chưa có quyết định.",
    )
    DECISION_OF_NONE = Message(
        "X18",
        BLOCK,
        "{ten} có kết quả “Không” nhưng ghi số, ngày quyết định.",
        "Xóa số, ngày quyết định, hoặc ghi Được biểu dương, Được khen.",
    )
    DECISION_DAY_UNREAD = Message(
        "X18",
        BLOCK,
        "Ngày quyết định của {ten} ghi “{ghi}”, không phải ngày.",
        "Ghi ngày dạng ngày/tháng/năm, ví dụ 20/10/2023.",
    )
    DECISION_DAY = Message(
        "X18",
        BLOCK,
        "Ngày quyết định của {ten} ghi {ghi}, ngoài khoảng từ {tu} đến {den} (từ tháng của đợt đến ngày chạy).",
        "Sửa ngày theo quyết định đã ban hành; nếu quyết định ban hành sau ngày {den} thì chạy lại sau ngày đó.",
    )
