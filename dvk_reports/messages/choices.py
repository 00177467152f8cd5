"""Every sentence about the clerk's own copy of ``xet-chon.xlsx``: code, what is wrong, what to do.

X… stand beside the K, T and D codes of ``messages``. Chặn stops the drafts; it never stops a new proposal.
"""

from __future__ import annotations

from typing import Any

from dvk_reports.messages.message import BLOCK, NOTE, WARNING, Message
from dvk_reports.messages.returns import Location, say
from dvk_reports.model.findings import Finding
from dvk_reports.model.values import Cell


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
    NOT_PROPOSED = Message(
        "X07",
        BLOCK,
        "Đã ghi Chọn cho {ten} (mã {ma}), nhưng đề nghị này không còn trong số liệu đã nhận.",
        "Chạy lại “dvk awards propose” và dùng tệp mới, hoặc hỏi lại đơn vị đề nghị.",
    )
    GONE = Message(
        "X07",
        WARNING,
        "Đề nghị của {ten} (mã {ma}) không còn trong số liệu đã nhận; điều đã ghi không được dùng.",
        "Không phải sửa nếu đơn vị đã rút đề nghị; nếu không, hỏi lại đơn vị.",
    )
    KEPT_ASIDE = Message(
        "X07",
        NOTE,
        "Điều đã ghi cho mã {ma} được giữ lại ở trang Không còn đề nghị, không vào danh sách.",
        "Không phải sửa.",
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
    UNKNOWN_ID = Message(
        "X10",
        BLOCK,
        "Dòng của {ten} có mã đề nghị “{ghi}”, không phải mã chương trình đã ghi trong tệp này.",
        "Không thêm dòng và không sửa mã. Muốn thêm đối tượng thì đơn vị ghi vào biểu đề nghị khen thưởng và gửi lại.",
    )
    ID_BLANK = Message(
        "X10",
        BLOCK,
        "Dòng này có ghi quyết định hoặc lý do nhưng không có mã đề nghị.",
        "Ghi lại mã như lúc đầu, hoặc chạy lại “dvk awards propose” rồi ghi quyết định vào dòng của đối tượng.",
    )
    TWICE = Message(
        "X11",
        BLOCK,
        "{ten} có hai dòng cùng mã {ma} (dòng {dong} và dòng này) ghi khác nhau.",
        "Giữ một dòng đúng; chương trình tạm lấy dòng {dong}.",
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


def tell(
    message: Message,
    *,
    at: Cell | None = None,
    unit: str = "",
    file: str = "",
    sheet: str = "",
    raw: str = "",
    subject: str = "",
    **slots: Any,
) -> Finding:
    """One finding about the shortlist. ``subject`` is the stable id of the proposal."""
    return say(message, Location(unit, at, file, sheet, raw, subject=subject), **slots)
