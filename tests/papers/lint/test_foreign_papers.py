"""``dvk lint`` on papers of other offices: a right one gets no line, a wrong one exactly the lines of its faults."""

from __future__ import annotations

import pytest

from dvk_reports.papers.lint.documents import lint_document
from dvk_reports.run.plans import load_plan
from tests.papers.lint.foreign import (
    BREAK,
    EXACT,
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
from tests.support.word_by_hand import body, docx, p, run, table

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


TWO_HEADS = table(
    [[middle("HỘI KHUYẾN HỌC", 13, "") + middle("TỈNH LÀO CAI", 13), middle(NATION, 13) + middle(MOTTO, 14)]], (66, 99)
)
ONE_ROW = table(
    [
        [
            middle("UBND TỈNH LÀO CAI", 13, "") + middle("SỞ NỘI VỤ", 13, "b", under("SỞ NỘI VỤ", 13, 0.4)) + p()
            + middle("Số: 77/KH-SNV", 13, ""),
            middle(NATION, 13) + middle(MOTTO, 14, "b", under(MOTTO, 14, 1)) + p() + middle(DATED, 14, "i"),
        ]
    ],
    (66, 99),
)  # fmt: skip
ITEMS = run("\n- TTTU, TTHĐND;\n- Lưu: VT, NCKSTTHC.", 11)
BROKEN = f"<w:p>{run('Nơi nhận:', 12, 'bi')}{ITEMS}</w:p>"
CHAIRMAN = middle("TM. ỦY BAN NHÂN DÂN") + middle("CHỦ TỊCH") + p() * 3 + middle("Lê Văn C")
LISTED = p("Nơi nhận:", 12, "bi") + p("- TTTU;", 11) + p("- Lưu: VT, NCKSTTHC.", 11)
SIDES = [middle(f"SỞ {name}") + middle("GIÁM ĐỐC") + p() * 3 + middle("Lê Văn C") for name in ("TƯ PHÁP", "NỘI VỤ")]
TO = p("- Sở Tư pháp;") + p("- Sở Tài chính.")
COMMUNE = ("ĐẢNG BỘ TỈNH LÀO CAI", "ĐẢNG ỦY XÃ BẢO YÊN")
LAYOUTS = {
    "số, ngày trong cùng ô với tên cơ quan, Quốc hiệu": plan() | {"head": ONE_ROW},
    "phần ký ba cột": plan() | {"sign": table([[LISTED, p(), CHAIRMAN]], (70, 10, 85))},
    "nơi nhận ngắt dòng trong một đoạn": plan() | {"sign": table([[BROKEN, CHAIRMAN]], (75, 90))},
    "hai cơ quan cùng ký, nơi nhận ở dưới": letter() | {"sign": table([SIDES], (75, 90))
                                                        + LISTED.replace("TTTU", "Như trên")},
    "nơi kính gửi trong bảng": letter() | {"to": table([[p("Kính gửi:", align="right"), TO]], (60, 105))},
    "điều lệ có phần đầu riêng": statute_decision()
    | {"statute": p(form=BREAK) + TWO_HEADS + statute_decision()["statute"].replace(BREAK, "")},
    "thông báo của Đảng năm 2026": {
        "head": party_head(COMMUNE, "Số 17-TB/ĐU", "Bảo Yên, ngày 05 tháng 6 năm 2026"),
        "title": titled("THÔNG BÁO", "kết luận của Ban Thường vụ Đảng ủy", party=True),
        "text": said("Giao Ủy ban nhân dân xã thực hiện.", pitch=EXACT),
        "sign": party_sign(["- TTTU, BTGDVTU;", "- UBMTTQVN xã;", "- Lưu VPĐU."],
                           ["T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Vũ Thị T"]),
    },
    "biên bản của Đảng": {
        "head": party_head(COMMUNE, "Số 09-BB/ĐU", "").replace(middle("", 14, "i"), p()),
        "title": titled("BIÊN BẢN", "hội nghị Ban Thường vụ Đảng ủy", party=True),
        "text": said("Thời gian: 08 giờ 00, ngày 05 tháng 3 năm 2024.", "Hội nghị kết thúc cùng ngày.", pitch=EXACT),
        "sign": table([[middle("NGƯỜI GHI BIÊN BẢN", 14, "") + p() * 3 + middle("Lê Văn A"),
                        middle("CHỦ TRÌ HỘI NGHỊ", 14, "") + p() * 3 + middle("Vũ Thị T")]], (75, 90)),
    },
}  # fmt: skip


@pytest.mark.parametrize("paper", LAYOUTS.values(), ids=list(LAYOUTS))
def test_other_layouts_of_right_papers_get_no_line(paper):
    assert told(paper) == []


def test_who_signs_may_stand_above_the_receivers():
    signed = p("TM. ỦY BAN NHÂN DÂN", 14, "b", "right") + p("CHỦ TỊCH", 14, "b", "right") + p() * 3
    below = p("Nơi nhận:", 12, "bi") + p("- BTV TU;", 11) + p("- Lưu: VT, NCKSTTHC.", 11)
    name = p("Lê Văn C", 14, "b", "right")
    assert told(plan() | {"sign": signed + name + below}) == []
    titled_name = name.replace("Lê", "TS. Lê")
    assert told(plan() | {"sign": signed + titled_name + below}) == [("sai", "N30, ô 7b", "trước họ tên có “TS.”")]


def test_a_receiver_may_run_over_two_lines():
    items = ["- Như trên;", "- Các sở: NV, TC, TP, KHĐT,", "TNMT, LĐTBXH;", "- Lưu: VT,", "NCKSTTHC."]
    assert told(letter() | {"sign": state_sign(items, DEPUTY)}) == []


def test_a_kind_of_paper_that_the_list_does_not_hold():
    kind = titled("NỘI QUY", "Ra vào cơ quan")
    rules = centred("Chương I", "QUY ĐỊNH CHUNG") + articles("Điều 1. Giờ làm việc") + said("Làm việc đúng giờ./.")
    paper = {"head": state_head(PROVINCE, "Số: 12/NQ-SNV", DATED), "kind": kind, "rules": rules}
    sign = state_sign(["- Phòng, ban;", "- Lưu: VT, VP."], DEPUTY)
    assert told(paper | {"sign": sign}) == [("xem", "N30, thành phần", "không thấy tên loại văn bản")]


def test_a_statute_without_any_heading_is_perhaps_no_paper():
    bare = {name: part for name, part in statute().items() if name != "head"}
    what = "không thấy tiêu đề ĐẢNG CỘNG SẢN VIỆT NAM hoặc Quốc hiệu, cũng không thấy số, ký hiệu"
    assert told(bare) == [("xem", "C1", what)]


@pytest.mark.parametrize(
    ("more", "faults"),
    [
        (said("Sau khi xem xét hồ sơ của Hội Khuyến học tỉnh;", marks="i"), []),
        (said("Theo ý kiến của các sở", marks="i"), [("sai", "C4", "căn cứ không kết thúc bằng “;”")]),
        (middle("(Khóa XVI, kỳ họp thứ 12)", 14, "i"), []),
    ],
)
def test_whatever_a_basis_begins_with(more, faults):
    assert told(statute_decision() | {"basis": said(BASES[0], marks="i") + more + said(BASES[1], marks="i")}) == faults
