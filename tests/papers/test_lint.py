"""``dvk lint``: our papers pass, one change makes one deviation, other offices' files are read as Word shows them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from dvk_reports.papers.docx.package import UnreadablePaper
from dvk_reports.papers.docx.profiles import profile_named
from dvk_reports.papers.docx.reading import read_docx
from dvk_reports.papers.lint.documents import lint_document, lint_documents
from dvk_reports.plan.office import Office
from dvk_reports.run.plans import load_plan
from tests.papers import test_reminders, test_skeletons
from tests.papers.test_report import written
from tests.support.mails import sent_out
from tests.support.papers import ROUND_PAPERS
from tests.support.word_by_hand import DEFAULTS, TIMES, body, docx, p, run, shape, table

PLAN = load_plan()
REPORT = written()
BODY = "Báo cáo tổng hợp số liệu"
Change = Callable[..., None]


def told(data: bytes, **kind: object) -> list[tuple[str, bool, str]]:
    return [(item.check, item.certain, item.what) for item in lint_document(data, PLAN, **kind)]


# --- our own papers ---------------------------------------------------------------------------------------------------


def test_our_report_passes():
    assert lint_document(REPORT, PLAN) == []


@pytest.mark.parametrize("kind", ROUND_PAPERS)
def test_our_award_papers_pass(kind):
    assert lint_document(test_skeletons.made(kind), PLAN) == []


@pytest.mark.parametrize("day", [test_reminders.FIRST, test_reminders.SECOND, test_reminders.THIRD])
def test_our_reminders_pass(day):
    unit = test_reminders.unit("DB-1", "Đảng bộ xã Tân Tiến")
    data = test_reminders.run_of(day, test_reminders.item(unit, test_reminders.MISSING))
    made = sent_out(Office(PLAN, test_reminders.register_of(unit), data.as_of), data)
    letters = [paper for name, paper in made.items() if name.endswith(".docx")]
    assert letters and all(lint_document(paper, PLAN) == [] for paper in letters)


# --- one change, one deviation: a report of the Party -----------------------------------------------------------------


def found(document, starts: str):
    in_cells = [q for t in document.tables for row in t.rows for cell in row.cells for q in cell.paragraphs]
    return next(q for q in [*document.paragraphs, *in_cells] if q.text.startswith(starts))


def letters(starts: str, **font: object) -> Change:
    def change(document):
        for item in found(document, starts).runs:
            for name, value in font.items():
                setattr(item.font, name, value)

    return change


def form(starts: str, **fields: object) -> Change:
    def change(document):
        for name, value in fields.items():
            setattr(found(document, starts).paragraph_format, name, value)

    return change


def text(starts: str, old: str, new: str) -> Change:
    def change(document):
        first, *others = found(document, starts).runs
        whole = found(document, starts).text
        assert old in whole
        first.text = whole.replace(old, new)
        for other in others:
            other.text = ""

    return change


def gone(starts: str) -> Change:
    def change(document):
        element = found(document, starts)._p
        element.getparent().remove(element)

    return change


def slot(name: str, font: str) -> Change:
    def change(document):
        for item in found(document, BODY).runs:
            item._r.get_or_add_rPr().get_or_add_rFonts().set(qn(f"w:{name}"), font)

    return change


def page(**sides: float) -> Change:
    def change(document):
        for name, mm in sides.items():
            setattr(document.sections[0], name, Mm(mm))

    return change


def no_line(document):
    border = next(document.styles.element.iter(qn("w:pBdr")))
    border.getparent().remove(border)


def shorter_line(document):
    found(document, "ĐẢNG CỘNG")._p.getnext().get_or_add_pPr().get_or_add_ind().set(qn("w:left"), "1500")


def signed(authority: str) -> Change:
    def change(document):
        found(document, "TRƯỞNG BAN").insert_paragraph_before(authority, "DVK Quyền hạn")

    return change


def named(name: str) -> Change:
    def change(document):
        cell = next(c for t in document.tables for row in t.rows for c in row.cells if "TRƯỞNG BAN" in c.text)
        cell.paragraphs[-1].add_run(name)

    return change


def header_number(**font: object) -> Change:
    def change(document):
        for item in document.sections[0].header.paragraphs[0].runs:
            for name, value in font.items():
                setattr(item.font, name, value)

    return change


def without_number(document):
    paragraph = document.sections[0].header.paragraphs[0]
    for item in paragraph.runs:
        paragraph._p.remove(item._r)


def first_page_numbered(document):
    document.sections[0].different_first_page_header_footer = False


BLANK_DAY = "ngày      tháng      năm 2023"
LEFT = {"alignment": ALIGN.LEFT}
ONE_DEVIATION: list[tuple[Change, str, bool, str]] = [
    (letters("ĐẢNG CỘNG", size=Pt(14)), "P36, ô 1", True, "cỡ chữ 14 pt"),
    (letters("ĐẢNG CỘNG", bold=False), "P36, ô 1", True, "chữ không đậm"),
    (text("ĐẢNG CỘNG", "SẢN VIỆT NAM", "sản Việt Nam"), "P36, ô 1", True, "không viết in hoa toàn bộ"),
    (no_line, "P36, ô 1", True, "thiếu đường kẻ dưới tiêu đề"),
    (shorter_line, "P36, ô 1", True, "đường kẻ dưới tiêu đề dài 55 mm"),
    (letters("HUYỆN ỦY", bold=True), "P36, ô 2", True, "chữ đậm"),
    (letters("HUYỆN ỦY", size=Pt(13)), "P36, ô 2", True, "cỡ chữ 13 pt"),
    (letters("BAN DÂN VẬN", bold=False), "P36, ô 2", True, "chữ không đậm"),
    (form("BAN DÂN VẬN", **LEFT), "P36, ô 2", True, "đang canh trái"),
    (gone("*"), "P36, ô 2", True, "dưới tên cơ quan thiếu dấu *"),
    (text("*", "*", "***"), "P36, ô 2", True, "dưới tên cơ quan không phải một dấu *"),
    (text("Số   ", "Số  ", "Số: "), "C2", True, "có dấu hai chấm sau chữ “Số”"),
    (text("Số   ", "-BC", "- BC"), "C2", True, "có dấu cách trong ký hiệu"),
    (letters("Số   ", bold=True), "P36, ô 3", True, "chữ đậm"),
    (letters("Bảo Yên, ng", italic=False), "P36, ô 4", True, "chữ đứng"),
    (text("Bảo Yên, ng", "Yên, ", "Yên "), "C3", True, "thiếu dấu phẩy sau địa danh"),
    (gone("Bảo Yên, ng"), "P36, thành phần", True, "không thấy địa danh, ngày tháng"),
    (gone("Số   "), "P36, thành phần", True, "không thấy số, ký hiệu"),
    (letters("BÁO CÁO", size=Pt(14)), "P36, ô 5a", True, "cỡ chữ 14 pt"),
    (form("BÁO CÁO", **LEFT), "P36, ô 5a", True, "đang canh trái"),
    (letters("kết quả thực", bold=False), "P36, ô 5a", True, "chữ không đậm"),
    (text("kết quả thực", "kết", "Kết"), "P36, ô 5a", True, "chữ cái đầu viết hoa"),
    (text("kết quả thực", "quý IV năm 2023", "quý IV năm 2023."), "P36, ô 5a", True, "cuối trích yếu có dấu câu"),
    (gone("-----"), "P36, ô 5a", True, "dưới trích yếu thiếu năm gạch nối (-----)"),
    (text("-----", "-----", "---------"), "P36, ô 5a", True, "dấu dưới trích yếu không phải năm gạch nối"),
    (letters(BODY, size=Pt(13)), "P36, ô 6", True, "cỡ chữ 13 pt"),
    (form(BODY, **LEFT), "P36, ô 6", True, "đang canh trái"),
    (form(BODY, first_line_indent=Mm(12.7)), "P36, ô 6", True, "đầu dòng thụt 12,7 mm"),
    (form(BODY, space_before=Pt(0)), "P36, ô 6", True, "cách đoạn trên 0 pt"),
    (form(BODY, line_spacing_rule=WD_LINE_SPACING.SINGLE), "P36, ô 6", True, "giãn dòng đơn"),
    (form(BODY, line_spacing=Pt(24)), "P36, ô 6", True, "giãn dòng đúng 24 pt"),
    (slot("hAnsi", "Arial"), "P36, phông chữ", True, "phông Arial (chữ có dấu)"),
    (slot("ascii", "Calibri"), "P36, phông chữ", True, "phông Calibri (chữ La-tinh)"),
    (slot("cs", "Arial"), "P36, phông chữ", False, "phông Arial ở loại chữ chưa dùng đến"),
    (slot("hAnsi", ".VnTime"), "P36, mã chữ", True, "chữ theo bảng mã cũ (.VnTime)"),
    (text(BODY, "30/9/2023", "1/9/2023"), "C3", True, "ngày 1 chưa có số 0 phía trước"),
    (text(BODY, "30/9/2023", "30/09/2023"), "C3", False, "tháng 09 thừa số 0"),
    (text(BODY, "liệu", "liê\u0323u"), "P36, mã chữ", False, "dấu thanh gõ rời khỏi chữ (Unicode tổ hợp)"),
    (text("I. CÔNG", "CÔNG TÁC", "Công tác"), "P36, ô 6", True, "không viết in hoa toàn bộ"),
    (letters("I. CÔNG", bold=False), "P36, ô 6", True, "chữ không đậm"),
    (text("Trên đây", "Huyện ủy.", "Huyện ủy./."), "C5", False, "kết thúc bằng “./.”"),
    (text("Trên đây", "Huyện ủy.", "Huyện ủy"), "C5", True, "chưa có dấu chấm cuối"),
    (letters("Nơi nhận", underline=False), "P36, ô 9b", True, "chữ không gạch chân"),
    (letters("Nơi nhận", size=Pt(12)), "P36, ô 9b", True, "cỡ chữ 12 pt"),
    (text("Nơi nhận", ":", ""), "P36, ô 9b", True, "thiếu dấu hai chấm"),
    (letters("- Ban Thường", size=Pt(14)), "P36, ô 9b", True, "cỡ chữ 14 pt"),
    (text("- Ban Thường", ",", ";"), "C5", True, "không kết thúc bằng “,”"),
    (text("- Lưu", "Lưu", "Lưu:"), "C5", True, "có dấu hai chấm sau “Lưu”"),
    (text("- Lưu", "Ban Dân vận", "VT"), "C5", True, "ghi “VT” ở dòng “Lưu”"),
    (gone("- Lưu"), "C5", True, "không có dòng “Lưu”"),
    (letters("TRƯỞNG BAN", bold=True), "P36, ô 7a", True, "chữ đậm"),
    (signed("TM. BAN THƯỜNG VỤ"), "C6", True, "ghi “TM.”"),
    (signed("TM BAN THƯỜNG VỤ"), "C6", True, "ghi “TM”"),
    (signed("K/T BÍ THƯ"), "C6", True, "cấp phó của cấp ủy không ký thay (K/T)"),
    (named("ThS. Nguyễn Văn A"), "P36, ô 7b", True, "trước họ tên có “ThS.”"),
    (page(left_margin=25), "P36, trang giấy", True, "lề trái 25 mm"),
    (page(top_margin=25), "P36, trang giấy", True, "lề trên 25 mm"),
    (page(right_margin=20), "P36, trang giấy", True, "lề phải 20 mm"),
    (page(bottom_margin=15), "P36, trang giấy", True, "lề dưới 15 mm"),
    (page(page_height=210), "P36, trang giấy", True, "khổ giấy 210 mm × 210 mm"),
    (page(header_distance=12.7), "P36, số trang", True, "số trang cách mép trên 12,7 mm"),
    (header_number(size=Pt(12)), "P36, số trang", True, "số trang cỡ chữ 12 pt"),
    (header_number(bold=True), "P36, số trang", True, "số trang không phải chữ đứng thường"),
    (without_number, "P36, số trang", False, "số trang chưa có"),
    (first_page_numbered, "P36, số trang", True, "trang đầu có số trang"),
    (letters("Phụ lục", size=Pt(12)), "P36, ô –", False, "cỡ chữ 12 pt"),
    (text("(kèm theo", "BDVHU", "HU"), "C8", True, "số, ký hiệu khác với đầu văn bản"),
    (text("- Ủy ban", "Ủy", "Uỷ"), "C12", False, "viết “uỷ” trong khi chỗ khác viết “ủy”"),
]


@pytest.mark.parametrize(
    ("change", "check", "certain", "what"),
    ONE_DEVIATION,
    ids=[f"{case[1]}: {case[3]}" for case in ONE_DEVIATION],
)
def test_one_change_makes_one_deviation(change, check, certain, what):
    document = Document(io.BytesIO(REPORT))
    change(document)
    out = io.BytesIO()
    document.save(out)
    assert told(out.getvalue(), day=date(2023, 10, 12)) == [(check, certain, what)]


@pytest.mark.parametrize(
    "change",
    [
        signed("T/M BAN THƯỜNG VỤ"),
        named("Nguyễn Văn A"),
        letters("BÁO CÁO", size=Pt(15)),
        letters(BODY, size=Pt(15)),
        form(BODY, line_spacing=Pt(22)),
        text("- Xây dựng mô hình điểm", "mô hình", "mô hình (05/3/2023)"),
    ],
)
def test_what_the_format_allows_is_no_deviation(change):
    document = Document(io.BytesIO(REPORT))
    change(document)
    out = io.BytesIO()
    document.save(out)
    assert told(out.getvalue()) == []


def test_black_letters():
    document = Document(io.BytesIO(REPORT))
    run_ = found(document, BODY).runs[0]
    run_.font.color.rgb = RGBColor(255, 0, 0)
    out = io.BytesIO()
    document.save(out)
    assert told(out.getvalue()) == [("P36, phông chữ", True, "chữ không phải màu đen")]


def test_the_same_mistake_in_many_paragraphs_is_told_once():
    document = Document(io.BytesIO(REPORT))
    document.styles["DVK Nội dung"].font.size = Pt(13)
    out = io.BytesIO()
    document.save(out)
    (item,) = lint_document(out.getvalue(), PLAN)
    assert item.what == "cỡ chữ 13 pt" and item.paragraph == 11 and len(item.others) > 15
    assert re.match(
        r"Đoạn 11, Nội dung \(ô 6\) “Thực hiện Kế hoạch số 110-KH/TU, .*…”: cỡ chữ 13 pt \(và \d+ đoạn khác: 12, 13, "
        r"15, 16, 19, .*…\)\. Đặt cỡ chữ 14 đến 15 pt\. \[P36, ô 6\]",
        item.sentence(),
    )


# --- a decision of a state organ, from another program ----------------------------------------------------------------


def article(number: int, words: str) -> str:
    inner = run(f"Điều {number}.", 14, "b") + run(f" {words}")
    form_ = '<w:spacing w:before="120"/><w:ind w:firstLine="567"/><w:jc w:val="both"/>'
    return f"<w:p><w:pPr>{form_}</w:pPr>{inner}</w:p>"


STATE: dict[str, str] = {
    "parent": p("UBND HUYỆN BẢO YÊN", 13, "", "center"),
    "organ": p("PHÒNG NỘI VỤ", 13, "b", "center", more=shape(14)),
    "nation": p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, "b", "center"),
    "motto": p("Độc lập - Tự do - Hạnh phúc", 14, "b", "center", more=shape(60.5)),
    "number": p("Số: 05/QĐ-PNV", 13, "", "center"),
    "dated": p("Bảo Yên, ngày 05 tháng 3 năm 2024", 14, "i", "center"),
    "kind": p("QUYẾT ĐỊNH", 14, "b", "center"),
    "summary": p("Về việc tặng Giấy khen", 14, "b", "center", more=shape(22)),
    "authority": p("TRƯỞNG PHÒNG NỘI VỤ HUYỆN BẢO YÊN", 14, "b", "center"),
    "basis 1": body("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;", 14, "i"),
    "basis 2": body("Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ;", 14, "i"),
    "basis 3": body("Theo đề nghị của Ban Dân vận Huyện ủy.", 14, "i"),
    "decides": p("QUYẾT ĐỊNH:", 14, "b", "center"),
    "article 1": article(1, "Tặng Giấy khen cho 02 tập thể và 01 cá nhân (có Danh sách kèm theo)."),
    "article 2": article(2, "Các tập thể, cá nhân có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./."),
    "receivers": p("Nơi nhận:", 12, "bi"),
    "receiver": p("- Như Điều 2;", 11),
    "kept": p("- Lưu: VT, NV.", 11),
    "for": p("KT. TRƯỞNG PHÒNG", 14, "b", "center"),
    "post": p("PHÓ TRƯỞNG PHÒNG", 14, "b", "center"),
    "name": p("Nguyễn Văn A", 14, "b", "center"),
    "list": p("DANH SÁCH", 14, "b", "center", "<w:pageBreakBefore/>"),
    "link": p("(Kèm theo Quyết định số 05/QĐ-PNV ngày 05 tháng 3 năm 2024 của Phòng Nội vụ)", 14, "i", "center"),
    "rows": "I Tập thể|1 Chi bộ A|2 Chi bộ B|II Cá nhân|1 Ông C",
}


def decision(margins: tuple[float, float, float, float] = (20, 20, 30, 15), widths=(66, 99), **changed: str) -> bytes:
    part = {**STATE, **changed}
    head = table(
        [[part["parent"] + part["organ"], part["nation"] + part["motto"]], [part["number"], part["dated"]]], widths
    )
    left = part["receivers"] + part["receiver"] + part["kept"]
    sign = table([[left, part["for"] + part["post"] + p() + p() + part["name"]]], (75, 90))
    cells = [[p(cell) for cell in row.split(" ", 1)] for row in part["rows"].split("|")]
    middle = [part[name] for name in ("kind", "summary", "authority", "basis 1", "basis 2", "basis 3", "decides")]
    return docx(
        head, p(), *middle, part["article 1"], part["article 2"], sign, part["list"], part["link"],
        table([[p("TT"), p("Tên")], *cells], (20, 100), ruled=True), margins=margins,
    )  # fmt: skip


def test_a_right_decision_passes():
    assert told(decision()) == []


@pytest.mark.parametrize("margins", [(25, 25, 35, 15), (20, 25, 30, 20), (22.5, 20, 33, 15)])
def test_margins_of_the_state_are_ranges(margins):
    assert told(decision(margins)) == []


STATE_DEVIATIONS = [
    ("nation", p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11, "b", "center"), "N30, ô 1", "cỡ chữ 11 pt"),
    ("nation", p("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, "", "center"), "N30, ô 1", "chữ không đậm"),
    ("motto", p("Độc lập - Tự do - Hạnh phúc", 14, "b", "center"), "N30, ô 1", "thiếu đường kẻ dưới tiêu ngữ"),
    ("motto", p("Độc lập - Tự do - Hạnh phúc", 14, "b", "center", more=shape(40)), "N30, ô 1",
     "đường kẻ dưới tiêu ngữ dài 40 mm"),
    ("parent", p("UBND HUYỆN BẢO YÊN", 13, "b", "center"), "N30, ô 2", "chữ đậm"),
    ("organ", p("PHÒNG NỘI VỤ", 13, "b", "center", more=shape(33)), "N30, ô 2",
     "đường kẻ dưới tên cơ quan ban hành dài 33 mm"),
    ("number", p("Số 05/QĐ-PNV", 13, "", "center"), "C2", "thiếu dấu hai chấm sau chữ “Số”"),
    ("number", p("Số: 05/QĐ-PNV", 14, "", "center"), "N30, ô 3", "cỡ chữ 14 pt"),
    ("dated", p("Bảo Yên, ngày 05 tháng 3 năm 2024", 14, "", "center"), "N30, ô 4", "chữ đứng"),
    ("kind", p("QUYẾT ĐỊNH", 16, "b", "center"), "N30, ô 5a", "cỡ chữ 16 pt"),
    ("summary", p("về việc tặng Giấy khen", 14, "b", "center", more=shape(22)), "N30, ô 5a", "chữ cái đầu viết thường"),
    ("summary", p("Về việc tặng Giấy khen", 14, "b", "center"), "N30, ô 5a", "thiếu đường kẻ dưới trích yếu"),
    ("authority", p("TRƯỞNG PHÒNG NỘI VỤ HUYỆN BẢO YÊN", 13, "b", "center"), "N30, ô 6", "cỡ chữ 13 pt"),
    ("basis 1", body("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;"), "N30, ô 6", "chữ đứng"),
    ("basis 1", body("- Căn cứ Luật Thi đua, khen thưởng;", 14, "i"), "C4", "có gạch đầu dòng"),
    ("basis 1", body("Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003;", 14, "i"), "C9",
     "Luật Thi đua, khen thưởng năm 2003 đã hết hiệu lực vào ngày 05/03/2024"),
    ("basis 2", body("Căn cứ Nghị định số 98/2023/NĐ-CP của Chính phủ.", 14, "i"), "C4",
     "căn cứ không kết thúc bằng “;”"),
    ("basis 2", body("Căn cứ Nghị định số 152/2025/NĐ-CP của Chính phủ;", 14, "i"), "C9",
     "Nghị định số 152/2025/NĐ-CP chưa có hiệu lực vào ngày 05/03/2024"),
    ("basis 3", body("Theo đề nghị của Ban Dân vận Huyện ủy,", 14, "i"), "C4", "căn cứ cuối không kết thúc bằng “.”"),
    ("article 1", article(1, "Tặng Giấy khen cho 03 tập thể và 01 cá nhân (có Danh sách kèm theo)."), "C7",
     "ghi 3 tập thể, danh sách kèm theo có 2"),
    ("article 2", article(2, "Các cá nhân có tên tại Điều 1 thi hành."), "C5", "chưa có dấu “./.”"),
    ("article 2", STATE["article 2"].replace("Điều 2.", "Điều 2:"), "N30, ô 6", "sau số của điều không phải dấu chấm"),
    ("decides", p("QUYẾT ĐỊNH", 14, "b", "center"), "N30, ô 6", "thiếu dấu hai chấm"),
    ("number", p("Số: 05 /QĐ-PNV", 13, "", "center"), "C2", "có dấu cách trong ký hiệu"),
    ("receivers", p("Nơi nhận:", 12, "b"), "N30, ô 9b", "chữ đứng"),
    ("receiver", p("- Phòng Tài chính;", 11), "C5", "dòng đầu không phải “Như Điều …”"),
    ("kept", p("- Lưu VT, NV.", 11), "C5", "thiếu dấu hai chấm sau “Lưu”"),
    ("for", p("TM. TRƯỞNG PHÒNG", 14, "b", "center"), "C6", "văn bản thuộc thẩm quyền riêng mà ký thay mặt (TM.)"),
    ("for", p("K/T TRƯỞNG PHÒNG", 14, "b", "center"), "C6", "ghi “K/T”"),
    ("post", p("PHÓ TRƯỞNG PHÒNG", 14, "", "center"), "N30, ô 7a", "chữ không đậm"),
    ("name", p("TS. Nguyễn Văn A", 14, "b", "center"), "N30, ô 7b", "trước họ tên có “TS.”"),
    ("list", p("DANH SÁCH", 14, "", "center", "<w:pageBreakBefore/>"), "N30, ô III.1", "chữ không đậm"),
    ("link", p("(Kèm theo Quyết định số 05/QĐ-PNV ngày 06 tháng 3 năm 2024 của Phòng Nội vụ)", 14, "i", "center"), "C8",
     "ngày khác với đầu văn bản"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "changed", "check", "what"), STATE_DEVIATIONS)
def test_one_deviation_of_a_state_decision(name, changed, check, what):
    assert told(decision(**{name: changed})) == [(check, True, what)]


def test_heading_that_wraps():
    assert told(decision(widths=(75, 90))) == [
        ("C11", True, "chữ dài 95,7 mm, cột chỉ rộng 90 mm nên xuống dòng"),
    ]


def test_number_and_day_not_on_one_line():
    apart = decision(number=p(), organ=STATE["organ"] + STATE["number"])
    assert told(apart) == [("N30, ô 4", True, "không cùng dòng với số, ký hiệu")]


def test_decision_and_request_together():
    request = decision(
        kind=p("TỜ TRÌNH", 14, "b", "center"),
        number=p("Số: 04/TTr-PNV", 13, "", "center"),
        rows="I Tập thể|1 Chi bộ A|II Cá nhân|1 Ông C",
    )
    folder = {"to-trinh.docx": request, "quyet-dinh.docx": decision()}
    with_files = _written(folder)
    results = lint_documents(with_files, PLAN)
    what = [item.what for item in results[1].deviations]
    assert what == ["ghi 2 tập thể, tờ trình nêu 1"]


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def _written(files: dict[str, bytes]) -> list[Path]:
    for name, data in files.items():
        Path(name).write_bytes(data)
    return [Path(name) for name in files]


# --- a letter of the Party, typed with tabs ---------------------------------------------------------------------------

EXACT = 'w:line="360" w:lineRule="exact"'


def tabbed(*runs: str) -> str:
    return f"<w:p>{run(chr(9)).join(runs)}</w:p>"


def numbered(number: str, day: str) -> str:
    return tabbed(run(number), run(f"Bảo Yên, {day}", 14, "i"))


def letter(**changed: str) -> bytes:
    text_ = "Căn cứ Kế hoạch số 34-KH/HU, Ban Dân vận Huyện ủy đề nghị các chi, đảng bộ gửi báo cáo."
    part = {
        "first": tabbed(run("HUYỆN ỦY BẢO YÊN"), run("ĐẢNG CỘNG SẢN VIỆT NAM", 15, "b") + shape(72.9)),
        "organ": p("BAN DÂN VẬN", 14, "b", "center"),
        "star": p("*", align="center"),
        "number": numbered("Số 817-CV/BDVHU", "ngày 05 tháng 3 năm 2024"),
        "summary": p("về việc báo cáo quý I", 12, "i", "center"),
        "to": p("Kính gửi: Các chi, đảng bộ trực thuộc Huyện ủy", 14, "", "center"),
        "text": body(text_, pitch=EXACT),
        "sign": tabbed(run("Nơi nhận:", 14, "u"), run("K/T TRƯỞNG BAN", 14, "b")),
        "post": tabbed(run("- Như trên,", 12), run("PHÓ TRƯỞNG BAN")),
        "kept": p("- Lưu Ban Dân vận.", 12),
        "name": tabbed("", run("Nguyễn Văn B", 14, "b")),
        **changed,
    }
    return docx(*part.values())


def test_a_heading_typed_with_tabs_is_read_in_two_columns():
    assert told(letter()) == []


@pytest.mark.parametrize(
    ("part", "changed", "check", "certain", "what"),
    [
        ("summary", p("V/v báo cáo quý I", 12, "i", "center"), "P36, ô 5b", False, "có chữ “V/v”"),
        ("summary", p("về việc báo cáo quý I", 12, "", "center"), "P36, ô 5b", True, "chữ đứng"),
        (
            "to",
            p("Kính gửi các chi, đảng bộ", 14, "", "center"),
            "P36, ô 9a",
            True,
            "thiếu dấu hai chấm sau “Kính gửi”",
        ),
        ("to", p("", 14), "P36, thành phần", True, "không thấy “Kính gửi:”"),
        ("kept", p("- Lưu Ban Dân vận", 12), "C5", True, "dòng cuối không kết thúc bằng dấu chấm"),
    ],
)
def test_one_deviation_of_a_letter(part, changed, check, certain, what):
    assert told(letter(**{part: changed})) == [(check, certain, what)]


def test_several_addressees_stand_on_lines_of_their_own():
    to = p("Kính gửi:", form='<w:ind w:left="1985"/>')
    lines = p("- Chi bộ A;", form='<w:ind w:left="2552"/>') + p("- Chi bộ B.", form='<w:ind w:left="2552"/>')
    assert told(letter(to=to + lines)) == []
    items = told(letter(to=to + lines.replace("B.", "B;")))
    assert items == [("P36, ô 9a", True, "không kết thúc bằng “.”")]


def test_points_go_by_the_vietnamese_alphabet():
    more = "".join(body(f"{mark}) Nội dung của điểm này;", pitch=EXACT) for mark in "dđefg")
    items = told(letter(text=more + body("Ban Dân vận đề nghị các chi, đảng bộ thực hiện.", pitch=EXACT)))
    assert items == [("P36, ô 6", True, "chữ cái của điểm không có trong tiếng Việt")]


def test_a_party_letter_under_the_guidance_of_2026():
    """The day at the head chooses the format, whatever day the check is made on."""
    number = numbered("Số 17-CV/BDVHU", "ngày 05 tháng 6 năm 2026")
    assert told(letter(number=number), day=date(2023, 1, 1)) == [
        ("C10", False, ENDED),
        ("C5", True, "không kết thúc bằng “;”"),
    ]


def test_both_headings_and_no_heading():
    state = p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, "b", "center")
    assert ("C1", True, "có cả tiêu đề Đảng và Quốc hiệu") in told(letter(star=p("*", align="center") + state))
    assert told(docx(p("Kính gửi anh, báo cáo quý này tôi gửi sau."))) == [
        ("C1", True, "không thấy tiêu đề ĐẢNG CỘNG SẢN VIỆT NAM hoặc Quốc hiệu, cũng không thấy số, ký hiệu")
    ]


def test_symbol_of_the_other_family():
    number = numbered("Số 17-CV/UBND", "ngày 05 tháng 3 năm 2024")
    assert told(letter(number=number)) == [("C1", True, "ký hiệu “UBND” là của cơ quan nhà nước")]


# A decision of a body that there is after the district.
LATER: dict[str, str] = {
    "parent": p("UBND TỈNH LÀO CAI", 13, "", "center"),
    "organ": p("SỞ NỘI VỤ", 13, "b", "center", more=shape(14)),
    "dated": p("Lào Cai, ngày 05 tháng 7 năm 2025", 14, "i", "center"),
    "authority": p("GIÁM ĐỐC SỞ NỘI VỤ", 14, "b", "center"),
    "for": p("KT. GIÁM ĐỐC", 14, "b", "center"),
    "post": p("PHÓ GIÁM ĐỐC", 14, "b", "center"),
}
ENDED = "cơ quan cấp huyện ban hành văn bản sau ngày 30/06/2025"
ABOVE, ISSUER = "Tên cơ quan chủ quản (ô 2)", "Tên cơ quan ban hành (ô 2)"
ABOLISHED = {
    "nothing": ({}, []),
    "the line above the issuer": ({"parent": p("UBND HUYỆN BẢO YÊN", 13, "", "center")}, [(ABOVE, ENDED)]),
    "the issuer": ({"organ": p("VĂN PHÒNG HUYỆN ỦY", 13, "b", "center", more=shape(14))}, [(ISSUER, ENDED)]),
    "the first line of an issuer in two": (
        {"organ": p("PHÒNG NỘI VỤ HUYỆN", 13, "b", "center") + p("BẢO YÊN", 13, "b", "center", more=shape(14))},
        [(ISSUER, ENDED)],
    ),
    "the last line of an issuer in two": (
        {"organ": p("ỦY BAN NHÂN DÂN", 13, "b", "center") + p("HUYỆN BẢO YÊN", 13, "b", "center", more=shape(14))},
        [(ISSUER, ENDED)],
    ),
    "the middle of three lines": (
        {"parent": p("UBND TỈNH LÀO CAI", 13, "", "center") + p("UBND HUYỆN BẢO YÊN", 13, "", "center")},
        [(ABOVE, ENDED)],
    ),
    "a line that is not in capitals": (
        {"parent": p("Ủy ban nhân dân huyện Bảo Yên", 13, "", "center")},
        [(ISSUER, ENDED)],
    ),
    "who decides": (
        {"authority": p("CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN BẢO YÊN", 14, "b", "center")},
        [("Thẩm quyền ban hành (ô 6)", ENDED)],
    ),
    "for whom it is signed": (
        {"for": p("TM. ỦY BAN NHÂN DÂN HUYỆN", 14, "b", "center")},
        [("Quyền hạn của người ký (ô 7a)", ENDED)],
    ),
    "for whom it is signed, in two lines": (
        {"for": p("TM. ỦY BAN NHÂN DÂN", 14, "b", "center") + p("HUYỆN BẢO YÊN", 14, "b", "center")},
        [("Quyền hạn của người ký (ô 7a)", ENDED)],
    ),
    "who signs": (
        {"post": p("PHÓ CHỦ TỊCH UBND HUYỆN", 14, "b", "center")},
        [("Chức vụ người ký (ô 7a)", ENDED)],
    ),
    "a township": (
        {"parent": p("UBND THỊ TRẤN PHỐ RÀNG", 13, "", "center")},
        [(ABOVE, "cơ quan của thị trấn ban hành văn bản sau ngày 30/06/2025")],
    ),
    "only a name": ({"name": p("Nguyễn Văn Huyện", 14, "b", "center")}, []),
    "only a place": ({"dated": p("Huyện Bảo Yên, ngày 05 tháng 7 năm 2025", 14, "i", "center")}, []),
    "only a receiver": ({"receiver": p("- Như Điều 2 (UBND huyện);", 11)}, []),
    "the last day": ({"organ": p("UBND HUYỆN", 13, "b", "center"), "dated": STATE["dated"]}, []),
}


@pytest.mark.parametrize(("changed", "told_"), ABOLISHED.values(), ids=list(ABOLISHED))
def test_an_abolished_organ_is_seen_on_every_line_of_head_and_signature(changed, told_):
    deviations = lint_document(decision(**{**LATER, **changed}), PLAN)
    assert [(item.part, item.what) for item in deviations if item.check == "C10"] == told_


def test_a_district_organ_after_the_district():
    number = numbered("Số 17-CV/BDVHU", "ngày 05 tháng 7 năm 2025")
    organ = p("HUYỆN ỦY BẢO YÊN", 14, "b", "center")
    first = tabbed(run("ĐẢNG BỘ TỈNH LÀO CAI"), run("ĐẢNG CỘNG SẢN VIỆT NAM", 15, "b") + shape(72.9))
    (item,) = lint_document(letter(number=number, organ=organ, first=first), PLAN)
    assert (item.check, item.certain, item.what) == ("C10", False, ENDED)
    assert item.remedy == (
        "Ghi cơ quan của xã, phường tiếp nhận nhiệm vụ (Nghị quyết số 1673/NQ-UBTVQH15 ngày 16/6/2025)."
    )


def test_a_paper_older_than_every_format():
    number = numbered("Số 17-CV/BDVHU", "ngày 05 tháng 7 năm 2016")
    ((check, certain, what),) = told(letter(number=number))
    assert (check, certain) == ("–", False) and "05/07/2016" in what


def test_a_format_can_be_named():
    items = told(letter(), profile=profile_named(PLAN, "P05"))
    assert items == [("C5", True, "không kết thúc bằng “;”")]


def test_year_alone_chooses_the_format_of_its_last_day():
    number = numbered("Số -CV/BDVHU", "ngày   tháng   năm 2026")
    last = {item[0] for item in told(letter(number=number))}
    assert "C5" in last  # P05: “;” between receivers
    assert "C5" not in {item[0] for item in told(letter(number=number), day=date(2026, 3, 1))}


# --- what Word would show ---------------------------------------------------------------------------------------------


def only(*blocks: str, **kind: str):
    return read_docx(docx(*blocks, **kind)).paragraphs


def test_changes_count_as_accepted():
    inner = (
        f'<w:ins w:id="1">{run("mới ")}</w:ins><w:del w:id="2"><w:r><w:delText>cũ</w:delText></w:r></w:del>'
        f'<w:moveFrom w:id="3">{run("đi")}</w:moveFrom><w:moveTo w:id="4">{run("đến")}</w:moveTo>'
    )
    assert [q.text for q in only(f"<w:p>{run('Số ')}{inner}</w:p>")] == ["Số mới đến"]


def test_a_deleted_paragraph_and_a_deleted_row_are_not_there():
    mark, old = '<w:rPr><w:del w:id="1"/></w:rPr>', "<w:r><w:delText>x</w:delText></w:r>"
    dead = f'<w:p><w:pPr>{mark}</w:pPr><w:del w:id="2">{old}</w:del></w:p>'
    row = "<w:tr><w:trPr><w:del w:id='3'/></w:trPr><w:tc>" + p("bỏ") + "</w:tc></w:tr>"
    kept = "<w:tr><w:tc>" + p("giữ") + "</w:tc></w:tr>"
    assert [q.text for q in only(dead, p("a"), f"<w:tbl>{row}{kept}</w:tbl>")] == ["a", "giữ"]


def test_text_in_wrappers_fields_and_hidden_text():
    inner = (
        f"<w:smartTag>{run('Bảo ')}</w:smartTag><w:sdt><w:sdtContent>{run('Yên')}</w:sdtContent></w:sdt>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(" 05")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        f"<w:hyperlink>{run('/3')}</w:hyperlink>{run('ẩn', more='<w:vanish/>')}"
        "<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r>"
    )
    assert [q.text for q in only(f"<w:p>{inner}</w:p>")] == ["Bảo Yên 05/3a-b"]


def test_text_boxes_are_read_once():
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><w:txbxContent>" + p("trong khung")
        + "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>" + p("trong khung")
        + "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )  # fmt: skip
    assert [(q.text, q.boxed) for q in only(f"<w:p>{run('ngoài')}{box}</w:p>")] == [
        ("ngoài", False),
        ("trong khung", True),
    ]


CHAIN = DEFAULTS + (
    '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:rPr><w:sz w:val="26"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="N"/><w:pPr><w:spacing w:before="60" w:after="80"/>'
    '<w:ind w:firstLine="567"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/><w:pPr><w:spacing w:before="120"/></w:pPr>'
    "<w:rPr><w:i/></w:rPr></w:style>"
    '<w:style w:type="character" w:styleId="C"><w:rPr><w:b/><w:sz w:val="30"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="L1"><w:basedOn w:val="L2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="L2"><w:basedOn w:val="L1"/></w:style>'
)


def styled(style: str, inner: str = "<w:r><w:t>x</w:t></w:r>", more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{inner}</w:p>'


def test_styles_are_resolved_through_what_they_are_based_on():
    (q,) = only(styled("B"), styles=CHAIN)
    look = q.runs[0].look
    assert (look.size, look.bold, look.italic) == (13, True, True)
    assert (q.form.before, q.form.after) == (pytest.approx(6), pytest.approx(4))
    assert q.form.first_line == pytest.approx(10, abs=0.01)


def test_bold_in_two_kinds_of_style_cancels_and_direct_bold_does_not():
    marked = '<w:r><w:rPr><w:rStyle w:val="C"/>{}</w:rPr><w:t>x</w:t></w:r>'
    once, direct = only(styled("A", marked.format("")), styled("A", marked.format("<w:b/>")), styles=CHAIN)
    assert (once.runs[0].look.bold, once.runs[0].look.size) == (False, 15)
    assert direct.runs[0].look.bold is True


def test_a_circle_of_styles_ends():
    assert only(styled("L1"), styles=CHAIN)[0].text == "x"


def test_a_higher_hanging_puts_out_the_first_line():
    (q,) = only(styled("A", more='<w:ind w:left="720" w:hanging="360"/>'), styles=CHAIN)
    assert (q.form.left, q.form.first_line) == (pytest.approx(12.7), pytest.approx(-6.35))


THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme>'
    '<a:majorFont><a:latin typeface="Cambria"/></a:majorFont><a:minorFont><a:latin typeface="Calibri"/>'
    "</a:minorFont></a:fontScheme></a:themeElements></a:theme>"
)
THEMED = (
    "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme='minorHAnsi' w:hAnsiTheme='minorHAnsi' "
    "w:eastAsiaTheme='minorEastAsia' w:cs='Times New Roman'/></w:rPr></w:rPrDefault></w:docDefaults>"
)


def test_fonts_of_the_theme_and_direct_fonts_over_them():
    direct = f"<w:r><w:rPr><w:rFonts{TIMES}/></w:rPr><w:t>x</w:t></w:r>"
    theme, own = only(styled("", "<w:r><w:t>x</w:t></w:r>"), styled("", direct), styles=THEMED, theme=THEME)
    assert theme.runs[0].look.fonts == ("Calibri", "Calibri", "", "Times New Roman")
    assert set(own.runs[0].look.fonts) == {"Times New Roman"}


NUMBERED = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/>'
    '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%2."/><w:pPr><w:ind w:left="567" w:hanging="283"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
)


def listed(number: int, level: int, text_: str) -> str:
    mark = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{mark}</w:pPr>{run(text_)}</w:p>"


def test_numbers_that_word_prints_itself_are_text():
    rows = [(1, 0, "A"), (1, 1, "a"), (1, 1, "b"), (1, 0, "B"), (1, 1, "c"), (2, 0, "gạch")]
    found_ = only(*(listed(*row) for row in rows), numbering=NUMBERED)
    assert [q.text for q in found_] == ["I. A", "1. a", "2. b", "II. B", "1. c", "- gạch"]
    assert round(found_[1].form.left, 1) == 10.0


def test_drawn_lines_in_both_forms_count_once():
    (q,) = only(f"<w:p>{shape(60)}</w:p>")
    assert q.drawn == (pytest.approx(60),)
    (old,) = only('<w:p><w:r><w:pict><v:line from="1pt,0" to="173pt,0"/></w:pict></w:r></w:p>')
    assert old.drawn == (pytest.approx(60.7, abs=0.1),)
    (none,) = only('<w:p><w:r><w:pict><v:line from="0,0" to="0,90pt"/></w:pict></w:r></w:p>')
    assert none.drawn == ()


def test_room_of_a_cell_is_its_width_without_margins():
    (q,) = only(table([[p("x")]], (66,)))
    assert round(q.room, 1) == 66.0 and q.place is not None and not q.place.ruled


# --- files that are no Word file --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7 ...", "Tệp là PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Word cũ (.doc)"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (b"", "không phải là văn bản Word"),
        (b"PK\x03\x04 hong", "bị hỏng"),
        (REPORT[:-400], "bị hỏng"),
    ],
)
def test_a_file_that_is_no_docx_gets_one_sentence(data, words):
    with pytest.raises(UnreadablePaper) as caught:
        lint_document(data, PLAN)
    assert words in str(caught.value) and str(caught.value).endswith(".") and "\n" not in str(caught.value)


def test_many_files_one_of_them_unreadable():
    paths = _written({"tot.docx": REPORT, "cu.doc": b"\xd0\xcf\x11\xe0"})
    good, bad, missing = lint_documents([*paths, Path("khong-co.docx")], PLAN)
    assert (good.profile, good.deviations, good.problem) == ("P36", (), "")
    assert "Word cũ" in bad.problem and missing.problem == "Không thấy tệp này."


def test_same_file_same_answer():
    assert told(letter(kept=p("x"))) == told(letter(kept=p("x")))
