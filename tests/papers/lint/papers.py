"""Whole papers of other offices, right in every line; each is a dict of its blocks so that a test can change one."""

from __future__ import annotations

from collections.abc import Callable

from tests.papers.lint.foreign import (
    BREAK,
    EXACT,
    MOTTO,
    NATION,
    articles,
    centred,
    heads,
    middle,
    party_head,
    party_sign,
    ruled,
    said,
    state_head,
    state_sign,
    titled,
    under,
)
from tests.support.word_by_hand import p, table

Paper = dict[str, str]
PROVINCE = ("UBND TỈNH LÀO CAI", "SỞ NỘI VỤ")
NO_PARENT = ("ỦY BAN NHÂN DÂN", "TỈNH LÀO CAI")
DATED = "Lào Cai, ngày 05 tháng 3 năm 2024"
LEADERS = "- TT. HĐND, UBND tỉnh;"


def letter() -> Paper:
    """A letter with its head in a table and a drafter in capitals."""
    return {
        "head": state_head(PROVINCE, "Số: 312/SNV-TĐKT", DATED, "V/v xét tặng Bằng khen"),
        "to": p("Kính gửi: Sở Tư pháp", 14, "", "center"),
        "text": said("Sở Nội vụ nhận được Công văn số 15/STP-VP ngày 01/3/2024 của Sở Tư pháp.",
                     "Sở Nội vụ đề nghị Sở Tư pháp gửi hồ sơ trước ngày 15/3/2024./."),
        "sign": state_sign(["- Như trên;", LEADERS, "- Lưu: VT, NCKSTTHC."],
                           ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Văn A"]),
    }  # fmt: skip


def letter_with_tabs() -> Paper:
    """A letter typed with tabs, signed by order of the chairman, the drafter's mark below the receivers."""
    return {
        "head": state_head(("UBND TỈNH LÀO CAI", "VĂN PHÒNG"), "Số: 1205/VPUBND-NC", DATED, "V/v họp giao ban",
                           tabs=True),
        "to": p("Kính gửi:", form='<w:ind w:left="1985"/>')
        + p("- Sở Nội vụ;", form='<w:ind w:left="2552"/>')
        + p("- Sở Tư pháp.", form='<w:ind w:left="2552"/>'),
        "text": said("Văn phòng UBND tỉnh truyền đạt ý kiến của Chủ tịch UBND tỉnh như sau:",
                     "Giao Sở Nội vụ chuẩn bị nội dung họp ngày 18/10/2024./."),
        "sign": state_sign(["- Như trên;", LEADERS, "- LĐVP;", "- VNPT, KTTH;", "- Lưu: VT, NCKSTTHC."],
                           ["TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "Trần Thị B"],
                           tabs=True, drafter="NVA.(15)"),
    }  # fmt: skip


def statute_decision() -> Paper:
    """A decision of the chairman on a petition, the statute it approves right behind it."""
    return {
        "head": state_head(NO_PARENT, "Số: 2871/QĐ-UBND", DATED),
        "title": titled("QUYẾT ĐỊNH", "Về việc phê duyệt Điều lệ Hội Khuyến học tỉnh Lào Cai"),
        "authority": centred("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LÀO CAI"),
        "basis": said("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
                      "Căn cứ Nghị định số 45/2010/NĐ-CP ngày 21 tháng 4 năm 2010 của Chính phủ;",
                      "Theo Đơn đề nghị ngày 20 tháng 02 năm 2024 của Hội Khuyến học tỉnh;",
                      "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 53/TTr-SNV ngày 01 tháng 3 năm 2024.",
                      marks="i"),
        "decides": centred("QUYẾT ĐỊNH:"),
        "articles": articles("Điều 1. Phê duyệt kèm theo Quyết định này Điều lệ Hội Khuyến học tỉnh Lào Cai.",
                             "Điều 2. Chánh Văn phòng UBND tỉnh, Giám đốc Sở Nội vụ và Hội Khuyến học tỉnh chịu trách "
                             "nhiệm thi hành Quyết định này./."),
        "sign": state_sign(["- Như Điều 2;", LEADERS, "- Lưu: VT, NCKSTTHC."],
                           ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn C"]),
        "statute": middle("ĐIỀU LỆ", more="", form=BREAK) + centred("HỘI KHUYẾN HỌC TỈNH LÀO CAI")
        + middle("(Phê duyệt kèm theo Quyết định số 2871/QĐ-UBND ngày 05 tháng 3 năm 2024 của Chủ tịch UBND tỉnh)",
                 14, "i"),
        "chapters": centred("Chương I", "QUY ĐỊNH CHUNG") + articles("Điều 1. Tên gọi, biểu tượng")
        + said("1. Tên tiếng Việt: Hội Khuyến học tỉnh Lào Cai.", "2. Hội có con dấu, tài khoản riêng.")
        + centred("Chương II", "QUYỀN VÀ NGHĨA VỤ") + articles("Điều 2. Quyền của Hội") + said("Hội được gây quỹ."),
    }  # fmt: skip


def statute_decision_with_tabs() -> Paper:
    """The same with a signature typed with tabs and no page break before the statute."""
    return statute_decision() | {
        "sign": state_sign(["- Như Điều 2;", LEADERS, "- Lưu: VT, NCKSTTHC."],
                           ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn C"], tabs=True),
        "statute": statute_decision()["statute"].replace(BREAK, ""),
    }  # fmt: skip


def statute() -> Paper:
    """A statute in a file of its own: no number, no day, no signer."""
    both = statute_decision()
    return {
        "head": middle(NATION, 13) + middle(MOTTO, 14, "b", under(MOTTO, 14, 1)),
        "statute": both["statute"].replace(BREAK, ""),
        "chapters": both["chapters"],
    }


def rule_decision() -> Paper:
    """A decision that lays down rules, numbered with its year."""
    return statute_decision() | {
        "head": state_head(NO_PARENT, "Số: 15/2024/QĐ-UBND", DATED),
        "title": titled("QUYẾT ĐỊNH", "Ban hành Quy chế thi đua, khen thưởng"),
        "authority": centred("ỦY BAN NHÂN DÂN TỈNH LÀO CAI"),
        "articles": articles("Điều 1. Ban hành kèm theo Quyết định này Quy chế thi đua, khen thưởng.",
                             "Điều 2. Các cơ quan liên quan chịu trách nhiệm thi hành Quyết định này./."),
        "sign": state_sign(["- Như Điều 2;", "- Lưu: VT, NC."],
                           ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn C"]),
        "statute": middle("QUY CHẾ", form=BREAK) + centred("Thi đua, khen thưởng")
        + middle("(Ban hành kèm theo Quyết định số 15/2024/QĐ-UBND ngày 05/3/2024 của UBND tỉnh)", 14, "i"),
    }  # fmt: skip


def plan() -> Paper:
    return {
        "head": state_head(NO_PARENT, "Số: 77/KH-UBND", DATED),
        "title": titled("KẾ HOẠCH", "Triển khai công tác dân vận chính quyền năm 2024"),
        "basis": said("Thực hiện Chỉ thị số 16/CT-TTg ngày 16 tháng 5 năm 2018 của Thủ tướng Chính phủ, UBND tỉnh ban "
                      "hành Kế hoạch như sau:"),
        "one": heads("I. MỤC ĐÍCH, YÊU CẦU") + said("1. Nâng cao trách nhiệm của cán bộ, công chức, viên chức.")
        + heads("II. NỘI DUNG") + said("a) Rà soát thủ tục hành chính;", "b) Đối thoại với Nhân dân.")
        + heads("III. TỔ CHỨC THỰC HIỆN") + said("Sở Nội vụ theo dõi, báo cáo UBND tỉnh trước ngày 15/12/2024./."),
        "sign": state_sign(["- Ban Dân vận Tỉnh ủy;", LEADERS, "- CVP, PCVP;", "- Lưu: VT, NC, KSTTHC."],
                           ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn C"]),
    }  # fmt: skip


def request() -> Paper:
    return {
        "head": state_head(PROVINCE, "Số: 53/TTr-SNV", DATED),
        "title": titled("TỜ TRÌNH", "Về việc tặng Bằng khen của Chủ tịch UBND tỉnh"),
        "to": p("Kính gửi: Chủ tịch UBND tỉnh Lào Cai", 14, "", "center"),
        "text": said("Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ, Sở Nội vụ kính trình "
                     "Chủ tịch UBND tỉnh tặng Bằng khen cho 02 tập thể (có Danh sách kèm theo).",
                     "Sở Nội vụ kính trình Chủ tịch UBND tỉnh xem xét, quyết định./."),
        "sign": state_sign(["- Như trên;", "- BTĐKT;", "- Lưu: VT, TĐKT."], ["Q. GIÁM ĐỐC", "Phạm Văn D"]),
        "list": middle("DANH SÁCH", form=BREAK) + centred("TẬP THỂ ĐỀ NGHỊ TẶNG BẰNG KHEN")
        + middle("(Kèm theo Tờ trình số 53/TTr-SNV ngày 05/3/2024 của Sở Nội vụ)", 14, "i")
        + ruled("TT|Tên", "I|Tập thể", "1|Xã A", "2|Xã B"),
    }  # fmt: skip


def invitation() -> Paper:
    return {
        "head": state_head(PROVINCE, "Số: 21/GM-SNV", DATED),
        "title": titled("GIẤY MỜI", "Dự hội nghị tổng kết phong trào thi đua"),
        "text": said("Sở Nội vụ trân trọng kính mời: Lãnh đạo Ban Dân vận Tỉnh ủy.", "Chủ trì: Giám đốc Sở Nội vụ.",
                     "Thời gian: 08 giờ 00, ngày 12 tháng 3 năm 2024.", "Địa điểm: Hội trường Sở Nội vụ./."),
        "sign": state_sign(["- Như trên;", "- Lưu: VT, VP."], ["TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Hoàng Thị E"]),
    }  # fmt: skip


def report_with_annexes() -> Paper:
    return {
        "head": state_head(PROVINCE, "Số: 118/BC-SNV", DATED),
        "title": titled("BÁO CÁO", "Kết quả công tác thi đua, khen thưởng quý I năm 2024"),
        "text": heads("I. KẾT QUẢ") + said("Trong quý I, Sở Nội vụ thẩm định 45 hồ sơ (Phụ lục I, Phụ lục II).")
        + ruled("TT|Nội dung", "1|Hồ sơ") + p("Ghi chú: Số liệu đến ngày 01/03/2024.", 12, "i")
        + heads("II. KIẾN NGHỊ") + said("Trên đây là báo cáo của Sở Nội vụ./."),
        "sign": state_sign(["- UBND tỉnh (b/c);", "- GĐ, các PGĐ;", "- Lưu: VT, TĐKT."],
                           ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Văn A"]),
        "first": middle("Phụ lục I", form=BREAK) + centred("HỒ SƠ ĐÃ THẨM ĐỊNH")
        + middle("(Kèm theo Báo cáo số 118/BC-SNV ngày 05/3/2024 của Sở Nội vụ)", 14, "i") + ruled("TT|Tên", "1|Xã A"),
        "second": middle("Phụ lục II", form=BREAK) + centred("HỒ SƠ TRẢ LẠI")
        + middle("(Kèm theo Báo cáo số 118/BC-SNV ngày 05/3/2024 của Sở Nội vụ)", 14, "i") + ruled("TT|Tên", "1|Xã B"),
    }  # fmt: skip


def minutes() -> Paper:
    signers = [[middle("THƯ KÝ") + p() * 3 + middle("Hoàng Thị E"), middle("CHỦ TỌA") + p() * 3 + middle("Lê Văn C")]]
    return {
        "head": state_head(PROVINCE, "Số: 09/BB-SNV", "").replace(middle("", 14, "i"), p()),
        "title": titled("BIÊN BẢN", "Họp Hội đồng thi đua, khen thưởng"),
        "text": said("Thời gian bắt đầu: 08 giờ 00, ngày 05 tháng 3 năm 2024.", "Địa điểm: Phòng họp Sở Nội vụ.",
                     "Thư ký: Bà Hoàng Thị E.", "Nội dung: Xét tặng danh hiệu thi đua.",
                     "Cuộc họp kết thúc vào 10 giờ 00, ngày 05 tháng 3 năm 2024./."),
        "sign": table(signers, (75, 90)),
    }  # fmt: skip


PARTY_DATED = "Lào Cai, ngày 05 tháng 3 năm 2024"
PROVINCIAL = ("TỈNH ỦY LÀO CAI", "BAN DÂN VẬN")
COMMITTEE = ("ĐẢNG BỘ TỈNH LÀO CAI", "HUYỆN ỦY BẢO YÊN")


def party_letter() -> Paper:
    """A letter of the Party typed with tabs."""
    return {
        "head": party_head(PROVINCIAL, "Số 817-CV/BDVTU", PARTY_DATED, "về việc báo cáo quý I", tabs=True),
        "to": p("Kính gửi: Các huyện ủy, thị ủy, thành ủy", 14, "", "center"),
        "text": said("Ban Dân vận Tỉnh ủy đề nghị các huyện ủy, thị ủy, thành ủy gửi báo cáo trước ngày 15/3/2024.",
                     pitch=EXACT),
        "sign": party_sign(["- Như trên,", "- TT. TU (b/c),", "- Lưu BDVTU."],
                           ["K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Nguyễn Văn A"], tabs=True),
    }  # fmt: skip


def party_report() -> Paper:
    return {
        "head": party_head(COMMITTEE, "Số 127-BC/HU", "Bảo Yên, ngày 05 tháng 3 năm 2024"),
        "title": titled("BÁO CÁO", "kết quả thực hiện công tác dân vận quý I năm 2024", party=True),
        "text": heads("I- TÌNH HÌNH").replace("</w:pPr>", "</w:pPr>")
        + said("Trong quý I, Ban Thường vụ Huyện ủy đã ban hành 05 văn bản.", "a) Về công tác tuyên truyền;",
               "Trên đây là báo cáo của Huyện ủy.", pitch=EXACT),
        "sign": party_sign(["- Tỉnh ủy (b/c),", "- BDVTU, BTGTU,", "- Lưu Văn phòng Huyện ủy."],
                           ["T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Trần Thị B"]),
    }  # fmt: skip


def party_decision() -> Paper:
    """A decision of a Standing Committee with the rules of procedure it issues behind it."""
    return {
        "head": party_head(COMMITTEE, "Số 295-QĐ/HU", "Bảo Yên, ngày 05 tháng 3 năm 2024"),
        "title": titled("QUYẾT ĐỊNH", "ban hành Quy chế làm việc của Ban Chỉ đạo", party=True),
        "basis": said("- Căn cứ Điều lệ Đảng;", "- Theo Tờ trình số 12-TTr/BDVHU, ngày 01/3/2024 của Ban Dân vận;",
                      "- Xét đề nghị của Ban Dân vận Huyện ủy,", pitch=EXACT),
        "decides": centred("BAN THƯỜNG VỤ HUYỆN ỦY QUYẾT ĐỊNH"),
        "articles": articles("Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc của Ban Chỉ đạo.",
                             "Điều 2. Văn phòng Huyện ủy và Ban Chỉ đạo chịu trách nhiệm thi hành Quyết định này.",
                             pitch=EXACT),
        "sign": party_sign(["- Như Điều 2,", "- TT. HU,", "- Lưu VPHU."], ["T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Lê Văn C"]),
        "statute": middle("QUY CHẾ", form=BREAK) + middle("làm việc của Ban Chỉ đạo")
        + middle("(kèm theo Quyết định số 295-QĐ/HU, ngày 05/3/2024 của Huyện ủy Bảo Yên)", 14, "i"),
        "chapters": centred("Chương I", "NHỮNG QUY ĐỊNH CHUNG")
        + articles("Điều 1. Nguyên tắc làm việc", "Điều 2. Trách nhiệm", pitch=EXACT),
    }  # fmt: skip


def party_request() -> Paper:
    return {
        "head": party_head(("HUYỆN ỦY BẢO YÊN", "BAN DÂN VẬN"), "Số 12-TTr/BDVHU", "Bảo Yên, ngày 01 tháng 3 năm 2024",
                           tabs=True),
        "title": titled("TỜ TRÌNH", "về việc biểu dương mô hình “Dân vận khéo”", party=True),
        "to": p("Kính gửi: Ban Thường vụ Huyện ủy", 14, "", "center"),
        "text": said("Ban Dân vận Huyện ủy kính trình Ban Thường vụ Huyện ủy xem xét, quyết định.", pitch=EXACT),
        "sign": party_sign(["- Như trên,", "- Lưu Ban Dân vận."], ["TRƯỞNG BAN", "Phạm Văn D"]),
    }  # fmt: skip


PAPERS: dict[str, Callable[[], Paper]] = {
    "công văn, phần đầu dạng bảng": letter,
    "công văn, phần đầu dạng tab": letter_with_tabs,
    "quyết định kèm điều lệ": statute_decision,
    "quyết định kèm điều lệ, ký dạng tab": statute_decision_with_tabs,
    "điều lệ": statute,
    "quyết định có năm trong số": rule_decision,
    "kế hoạch": plan,
    "tờ trình": request,
    "giấy mời": invitation,
    "báo cáo kèm phụ lục": report_with_annexes,
    "biên bản": minutes,
    "công văn của Đảng": party_letter,
    "báo cáo của Đảng": party_report,
    "quyết định của Đảng kèm quy chế": party_decision,
    "tờ trình của Đảng": party_request,
}
