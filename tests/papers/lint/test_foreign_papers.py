"""``dvk lint`` on papers of other offices: a right one gets no line, a wrong one exactly the lines of its faults."""

from __future__ import annotations

import pytest

from dvk_reports.papers.lint.documents import lint_document
from dvk_reports.run.plans import load_plan
from tests.papers.lint.foreign import (
    MOTTO,
    NATION,
    articles,
    centred,
    middle,
    party_head,
    party_sign,
    said,
    state_head,
    state_sign,
    titled,
    under,
)
from tests.papers.lint.papers import (
    COMMITTEE,
    DATED,
    NO_PARENT,
    PAPERS,
    PROVINCE,
    letter,
    letter_with_tabs,
    party_decision,
    party_letter,
    party_report,
    plan,
    report_with_annexes,
    request,
    rule_decision,
    statute,
    statute_decision,
    statute_decision_with_tabs,
)
from tests.support.word_by_hand import body, docx, p

PLAN = load_plan()
Told = tuple[str, str, str]


def told(paper: dict[str, str]) -> list[Told]:
    """(level, check, what is wrong), the whole list."""
    found = lint_document(docx(*paper.values()), PLAN)
    return sorted(("sai" if item.certain else "xem", item.check, item.what) for item in found)


ZERO = ("xem", "C3", "tháng 03 thừa số 0")


@pytest.mark.parametrize("name", PAPERS)
def test_a_right_paper_of_another_office_gets_no_line(name):
    # The note below a table of the report writes “01/03/2024”.
    assert told(PAPERS[name]()) == ([ZERO] if name == "báo cáo kèm phụ lục" else [])


LATER = "Lào Cai, ngày 05 tháng 7 năm 2025"
ENDED = ("xem", "C10", "cơ quan cấp huyện ban hành văn bản sau ngày 30/06/2025")
BASES = [
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    "Theo Đơn đề nghị ngày 20 tháng 02 năm 2024 của Hội Khuyến học tỉnh.",
]
DEPUTY = ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Văn A"]
KEPT = ["- Như trên;", "- Lưu: VT, NCKSTTHC."]
DISTRICT = ("UBND HUYỆN BẢO YÊN", "PHÒNG NỘI VỤ")

FAULTS = {
    "hai dòng nơi nhận sai dấu": (
        letter() | {"sign": state_sign(["- Như trên,", "- LĐVP;", "- Lưu: VT, NCKSTTHC"], DEPUTY)},
        [
            ("sai", "C5", "dòng cuối không kết thúc bằng dấu chấm"),
            ("sai", "C5", "không kết thúc bằng “;”"),
        ],
    ),
    "chữ viết tắt người soạn thảo cỡ 11 đứng riêng, chức vụ thật không đậm": (
        letter() | {"sign": state_sign(KEPT, DEPUTY, drafter="NVA.(15)").replace(middle("PHÓ GIÁM ĐỐC"),
                                                                                 middle("PHÓ GIÁM ĐỐC", 14, ""))},
        [("sai", "N30, ô 7a", "chữ không đậm")],
    ),
    "ký thay ghi kiểu của Đảng": (
        plan() | {"sign": state_sign(["- Ban Dân vận Tỉnh ủy;", "- Lưu: VT, NC."],
                                     ["T/M ỦY BAN NHÂN DÂN", "K/T CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn C"], tabs=True)},
        [("sai", "C6", "ghi “K/T”"), ("sai", "C6", "ghi “T/M”")],
    ),
    "đường kẻ dưới tên cơ quan ngắn hơn một phần ba": (
        letter() | {"head": state_head(PROVINCE, "Số: 312/SNV-TĐKT", DATED, "V/v xét tặng Bằng khen", rule=0.3)},
        [("sai", "N30, ô 2", "đường kẻ dưới tên cơ quan ban hành dài 7,1 mm")],
    ),
    "đường kẻ ngắn, phần đầu dạng tab": (
        letter_with_tabs() | {"head": state_head(("UBND TỈNH LÀO CAI", "VĂN PHÒNG"), "Số: 1205/VPUBND-NC", DATED,
                                                 "V/v họp giao ban", tabs=True, rule=0.2)},
        [("sai", "N30, ô 2", "đường kẻ dưới tên cơ quan ban hành dài 5,6 mm")],
    ),
    "đường kẻ dài hơn một nửa": (
        letter() | {"head": state_head(PROVINCE, "Số: 312/SNV-TĐKT", DATED, "V/v xét tặng Bằng khen", rule=0.7)},
        [("sai", "N30, ô 2", "đường kẻ dưới tên cơ quan ban hành dài 16,6 mm")],
    ),
    "cơ quan đã bỏ ở dòng trên, phần đầu dạng bảng": (
        letter() | {"head": state_head(DISTRICT, "Số: 12/PNV-TĐKT", LATER, "V/v xét tặng Giấy khen")},
        [ENDED],
    ),
    "cơ quan đã bỏ ở dòng trên, phần đầu dạng tab": (
        letter() | {"head": state_head(DISTRICT, "Số: 12/PNV-TĐKT", LATER, "V/v xét tặng Giấy khen", tabs=True)},
        [ENDED],
    ),
    "cơ quan đã bỏ ở dòng dưới": (
        plan() | {"head": state_head(("ỦY BAN NHÂN DÂN", "HUYỆN BẢO YÊN"), "Số: 77/KH-UBND", LATER)},
        [ENDED],
    ),
    "cơ quan đã bỏ của Đảng": (
        party_report() | {"head": party_head(COMMITTEE, "Số 127-BC/HU", LATER, tabs=True)},
        [ENDED],
    ),
    "cơ quan đã bỏ ở người ký": (
        plan() | {"head": state_head(NO_PARENT, "Số: 77/KH-UBND", LATER),
                  "sign": state_sign(["- Lưu: VT, NC."], ["TM. UBND HUYỆN", "CHỦ TỊCH", "Lê Văn C"])},
        [ENDED],
    ),
    "số 0 thừa trong câu, trong khoảng ngày và ở tháng": (
        letter() | {"text": said("Sở Nội vụ tổng hợp từ 01/09/2023-05/09/2023 và tháng 09/2023./.")},
        [("xem", "C3", "tháng 09 thừa số 0")],
    ),
    "thiếu số 0 trong câu": (
        letter() | {"text": said("Sở Nội vụ nhận Công văn ngày 1/3/2024, đề nghị gửi trước ngày 15/2/2024./.")},
        [("sai", "C3", "ngày 1 chưa có số 0 phía trước"), ("sai", "C3", "tháng 2 chưa có số 0 phía trước")],
    ),
    "căn cứ cuối là đơn, một căn cứ thiếu dấu": (
        statute_decision() | {"basis": said(BASES[0].rstrip(";"), *BASES[1:], marks="i")},
        [("sai", "C4", "căn cứ không kết thúc bằng “;”")],
    ),
    "căn cứ không nghiêng": (
        statute_decision() | {"basis": said(BASES[0], marks="i") + said(BASES[1])},
        [("sai", "N30, ô 6", "chữ đứng")],
    ),
    "căn cứ của Đảng có dòng thiếu gạch": (
        party_decision() | {"basis": party_decision()["basis"].replace("- Theo Tờ trình", "Theo Tờ trình")},
        [("sai", "C4", "thiếu gạch đầu dòng")],
    ),
    "dòng kèm theo của điều lệ ghi khác số": (
        statute_decision() | {"statute": statute_decision()["statute"].replace("2871/QĐ-UBND", "2817/QĐ-UBND")},
        [("sai", "C8", "số, ký hiệu khác với đầu văn bản")],
    ),
    "tên điều lệ không đậm, ký dạng tab": (
        statute_decision_with_tabs()
        | {"statute": statute_decision_with_tabs()["statute"].replace(middle("ĐIỀU LỆ"), middle("ĐIỀU LỆ", 14, ""))},
        [("sai", "N30, ô III.1", "chữ không đậm")],
    ),
    "điều lệ để riêng, Quốc hiệu cỡ 11": (
        statute() | {"head": middle(NATION, 11) + middle(MOTTO, 14, "b", under(MOTTO, 14, 1))},
        [("xem", "N30, ô 1", "cỡ chữ 11 pt")],
    ),
    "quyết định có năm trong số, sai tên loại": (
        rule_decision() | {"head": state_head(NO_PARENT, "Số: 15/2024/KH-UBND", DATED)},
        [
            ("xem", "C2", "chữ viết tắt tên loại “KH” không hợp với Quyết định"),
            ("xem", "C8", "số, ký hiệu khác với đầu văn bản"),
        ],
    ),
    "ký hiệu sai tên loại": (
        plan() | {"head": state_head(NO_PARENT, "Số: 77/BC-UBND", DATED)},
        [("sai", "C2", "chữ viết tắt tên loại “BC” không hợp với Kế hoạch")],
    ),
    "mục không in hoa": (
        plan() | {"one": plan()["one"].replace("II. NỘI DUNG", "II. Nội dung")},
        [("sai", "N30, ô 6", "không viết in hoa toàn bộ")],
    ),
    "chưa có dấu kết thúc": (
        report_with_annexes() | {"text": report_with_annexes()["text"].replace("Sở Nội vụ./.", "Sở Nội vụ.")},
        [("sai", "C5", "chưa có dấu “./.”"), ZERO],
    ),
    "chữ Phụ lục in hoa": (
        report_with_annexes() | {"first": report_with_annexes()["first"].replace("Phụ lục I", "PHỤ LỤC I")},
        [("sai", "N30, ô III.1", "viết in hoa toàn bộ"), ZERO],
    ),
    "số lượng khác danh sách": (
        request() | {"text": request()["text"].replace("02 tập thể", "03 tập thể")},
        [("sai", "C7", "ghi 3 tập thể, danh sách kèm theo có 2")],
    ),
    "quyền giám đốc kèm học vị": (
        request() | {"sign": state_sign(["- Như trên;", "- Lưu: VT."], ["Q. GIÁM ĐỐC", "TS. Phạm Văn D"])},
        [("sai", "N30, ô 7b", "trước họ tên có “TS.”")],
    ),
    "tờ trình không có người ký": (
        request() | {"sign": p("Nơi nhận:", 12, "bi") + p("- Như trên;", 11) + p("- Lưu: VT, TĐKT.", 11)},
        [("sai", "N30, thành phần", "không thấy chức vụ người ký")],
    ),
    "công văn của Đảng ghi dấu hai chấm sau Lưu": (
        party_letter() | {"sign": party_sign(["- Như trên,", "- Lưu: BDVTU."],
                                             ["K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Nguyễn Văn A"], tabs=True)},
        [("sai", "C5", "có dấu hai chấm sau “Lưu”")],
    ),
    "cấp phó cấp ủy ký thay": (
        party_report() | {"sign": party_sign(["- Lưu Văn phòng Huyện ủy."],
                                             ["K/T BÍ THƯ", "PHÓ BÍ THƯ", "Trần Thị B"])},
        [("sai", "C6", "cấp phó của cấp ủy không ký thay (K/T)")],
    ),
    "trích yếu của Đảng viết hoa": (
        party_report() | {"title": titled("BÁO CÁO", "Kết quả công tác dân vận quý I năm 2024", party=True)},
        [("sai", "P36, ô 5a", "chữ cái đầu viết hoa")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("paper", "faults"), FAULTS.values(), ids=list(FAULTS))
def test_a_wrong_paper_gets_the_lines_of_its_faults_and_no_other(paper, faults):
    assert told(paper) == sorted(faults)


def test_a_form_behind_a_paper_is_not_judged_as_its_annex():
    form = middle("Mẫu số 01", form="<w:pageBreakBefore/>") + p(NATION, 11) + p("ĐƠN ĐỀ NGHỊ", 12) + body("Kính gửi: …")
    assert told(plan() | {"form": form}) == []


def test_an_article_of_a_statute_is_no_signer():
    more = centred("Chương III", "ĐIỀU KHOẢN THI HÀNH") + articles("Điều 3. Hiệu lực thi hành", "Điều 4. Sửa đổi")
    assert told(statute_decision_with_tabs() | {"more": more}) == []
