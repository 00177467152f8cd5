"""The Word report read back: exact sentences and tables, the same bytes twice, sound in LibreOffice."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import date

import pytest
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from dvk_reports.model.records import MET, NOT_MET, Consolidation, Stop, Submission, UnitState, UsedReturn
from dvk_reports.papers.report.basis import Basis
from dvk_reports.papers.report.quotations import quotations
from dvk_reports.papers.report.report import report_context
from dvk_reports.plan.register.register import Register, Signer
from tests.support.small_report import (
    DATA,
    FIGURES,
    PLAN,
    REGISTER,
    SUBMISSIONS,
    USED,
    D,
    cells,
    figure,
    of_period,
    opened,
    texts,
    under,
    written,
)


@pytest.fixture(scope="module")
def paper() -> DocumentType:
    return opened(written())


def test_head_leaves_number_and_day_blank(paper):
    assert cells(paper, 0) == [
        ["HUYỆN ỦY BẢO YÊN\nBAN DÂN VẬN\n*", "ĐẢNG CỘNG SẢN VIỆT NAM\n"],
        ["Số       -BC/BDVHU", "Bảo Yên, ngày      tháng      năm 2023"],
    ]
    assert texts(paper)[:3] == [
        "BÁO CÁO",
        "kết quả thực hiện Phong trào “Dân vận khéo” quý III năm 2023, nhiệm vụ trọng tâm quý IV năm 2023",
        "-----",
    ]


def test_opening_says_where_the_numbers_come_from(paper):
    assert texts(paper)[4] == (
        "Số liệu trong báo cáo được tổng hợp từ báo cáo của 2/4 đơn vị, tính từ ngày 01/7/2023 đến ngày 30/9/2023. "
        "Số liệu chưa đủ đơn vị được ghi kèm “(n/N đơn vị)”, trong đó N là số đơn vị phải báo cáo số liệu đó, "
        "n là số đơn vị đã có số liệu."
    )


def test_leadership_gives_every_target_its_verdict(paper):
    assert under(paper, "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO, TRIỂN KHAI") == [
        "- Tỷ lệ chi, đảng bộ trực thuộc Huyện ủy có kế hoạch thực hiện Phong trào là 100%, bằng 2/2 (2/4 đơn vị); "
        "mức phải đạt 100%, kết luận: Chưa đủ cơ sở kết luận (còn 02 đơn vị chưa có số liệu; thấp nhất 50,0%, "
        "cao nhất 100%).",
        "- Tỷ lệ chi, đảng bộ trực thuộc Huyện ủy đã phổ biến Phong trào tới cán bộ, đảng viên là 50,0%, bằng 1/2 "
        "(2/4 đơn vị); mức phải đạt 100%, kết luận: Chưa đủ cơ sở kết luận (chưa hết năm; còn 02 đơn vị chưa có "
        "số liệu; thấp nhất 25,0%, cao nhất 75,0%).",
        "- Kế hoạch các đơn vị ban hành trong kỳ: Đảng bộ xã Tân Tiến (số 07-KH/ĐU, ngày 05/7/2023); "
        "Đảng bộ xã Nghĩa Đô (số 07-KH/ĐU, ngày 05/7/2023).",
    ]


def test_results_of_targets_and_their_notes():
    paper = opened(written(of_period("2023")))
    assert under(paper, "1. Kết quả thực hiện các mục tiêu") == [
        "Kết quả từng chỉ tiêu nêu ở Bảng 1. Trong 06 chỉ tiêu có mức phải đạt: 01 chỉ tiêu Đạt, 01 chỉ tiêu "
        "Không đạt, 04 chỉ tiêu Chưa đủ cơ sở kết luận (trong đó 02 chỉ tiêu vì chưa hết năm).",
        "Bảng 1. Kết quả thực hiện các mục tiêu của Kế hoạch",
        "MT4.2: 01 mô hình chưa xếp loại.",
        "MT5.8: chưa công bố.",
        "- Tỷ lệ thôn, tổ dân phố có mô hình “Dân vận khéo” là 99,9%, bằng 9.996/10.000 (2/3 đơn vị); mức phải đạt "
        "100%, kết luận: Không đạt (còn 01 đơn vị chưa có số liệu; thấp nhất 50,0%, cao nhất 99,9%).",
        "- Tỷ lệ xã, thị trấn có mô hình ở tất cả các thôn, tổ dân phố: [CẦN BỔ SUNG: số liệu của các đơn vị] "
        "(0/3 đơn vị); mức phải đạt 100%, kết luận: Chưa đủ cơ sở kết luận (còn 03 đơn vị chưa có số liệu).",
        "- Chỉ số hài lòng SIPAS do tỉnh công bố: [CẦN BỔ SUNG: chưa công bố].",
    ]


def test_table_of_targets(paper):
    plan_name = "Tỷ lệ chi, đảng bộ trực thuộc Huyện ủy "
    undecided = "Chưa đủ cơ sở kết luận"
    assert cells(paper, 1) == [
        ["Mã", "Chỉ tiêu", "Kết quả", "Mức phải đạt", "Thấp nhất - cao nhất", "n/N đơn vị", "Kết luận"],
        [
            "MT1.1",
            plan_name + "có kế hoạch thực hiện Phong trào",
            "100% (2/2)",
            "100%",
            "50,0% - 100%",
            "2/4",
            undecided,
        ],
        [
            "MT1.2",
            plan_name + "đã phổ biến Phong trào tới cán bộ, đảng viên",
            "50,0% (1/2)",
            "100%",
            "25,0% - 75,0%",
            "2/4",
            f"{undecided} (chưa hết năm)",
        ],
        [
            "MT2.1",
            "Tỷ lệ thôn, tổ dân phố có mô hình “Dân vận khéo”",
            "99,9% (9.996/10.000)",
            "100%",
            "50,0% - 99,9%",
            "2/3",
            NOT_MET,
        ],
        [
            "MT2.2",
            "Tỷ lệ xã, thị trấn có mô hình ở tất cả các thôn, tổ dân phố",
            "[CẦN BỔ SUNG: số liệu]",
            "100%",
            "–",
            "0/3",
            undecided,
        ],
        [
            "MT2.3",
            "Tỷ lệ xã có ít nhất 01 mô hình xây dựng nông thôn mới hiệu quả cao",
            "100% (3/3)",
            "100%",
            "100% - 100%",
            "3/3",
            MET,
        ],
        [
            "MT4.2",
            "Tỷ lệ mô hình hiệu quả cao được nhân rộng",
            "– (không có đối tượng)",
            "100%",
            "–",
            "4/4",
            f"{undecided} (chưa hết năm)",
        ],
        ["MT5.8", "Chỉ số hài lòng SIPAS do tỉnh công bố", "[CẦN BỔ SUNG: số liệu]", "–", "–", "–", "–"],
    ]


def test_tasks_say_zero_one_many_and_unknown(paper):
    assert under(paper, "2. Công tác tuyên truyền, bồi dưỡng, tập huấn") == [
        "- Đã mở 05 lớp bồi dưỡng, tập huấn (2/4 đơn vị), trong đó: Độc lập 05.",
        "- Các lớp có 1.320 lượt người tham dự.",
        "- Trong kỳ chưa có mô hình nào được tuyên truyền (2/4 đơn vị).",
    ]
    assert under(paper, "3. Đăng ký, xây dựng mô hình “Dân vận khéo”") == [
        "- Đăng ký mới 01 mô hình.",
        "- Số mô hình đang thực hiện cuối kỳ: [CẦN BỔ SUNG: số liệu của các đơn vị] (0/4 đơn vị).",
        "- Số mô hình đang thực hiện ở từng lĩnh vực nêu ở Bảng 2.",
        "Bảng 2. Mô hình đang thực hiện theo lĩnh vực",
        "- Tỷ lệ xã có ít nhất 01 mô hình xây dựng nông thôn mới hiệu quả cao là 100%, bằng 3/3; mức phải đạt 100%, "
        "kết luận: Đạt.",
    ]


def test_table_of_fields_prints_a_line_left_out_as_zero(paper):
    assert cells(paper, 2) == [
        ["TT", "Lĩnh vực", "Số mô hình", "Tỷ trọng", "n/N đơn vị"],
        ["1", "Kinh tế", "8", "66,7%", "2/4"],
        ["2", "Văn hóa - xã hội", "4", "33,3%", "2/4"],
        ["3", "Quốc phòng - an ninh", "0", "0%", "2/4"],
        ["4", "Xây dựng hệ thống chính trị", "0", "0%", "2/4"],
        ["", "Cộng", "12", "", "2/4"],
    ]


def test_unknown_models_are_never_zero_in_the_table():
    figures = tuple(item for item in FIGURES if item.code != "NV3.3")
    data = Consolidation(
        "2023-Q3", DATA.as_of, (), SUBMISSIONS, (), (*figures, figure("NV3.3", owed=4, reported=0)), ()
    )
    table = cells(opened(written(data)), 2)
    assert [row[2:] for row in table[1:]] == [
        *[["[CẦN BỔ SUNG: số liệu]", "–", "0/4"]] * 4,
        ["[CẦN BỔ SUNG: số liệu]", "", "0/4"],
    ]


def test_two_sums_of_money_are_told_apart(paper):
    assert under(paper, "5. Kinh phí thực hiện") == [
        "- Ngân sách nhà nước đã chi 412,5 triệu đồng (3/4 đơn vị), trong đó: NSNN cấp xã 412,5. "
        "Dự toán 600 triệu đồng (2/4 đơn vị).",
        "- Kinh phí xã hội hóa đã chi 1.234,5 triệu đồng.",
        "- Kinh phí xã hội hóa (chi cho hoạt động của Phong trào) và tiền Nhân dân đóng góp cho mô hình là hai số liệu "
        "khác nhau, không cộng với nhau.",
    ]
    assert under(paper, "6. Kết quả vận động Nhân dân") == ["- Nhân dân hiến 5 m² đất (3/4 đơn vị)."]


def headings(document: DocumentType) -> list[str]:
    """The numbered headings of part II."""
    heads = [line.text for line in document.paragraphs if line.style.name == "Heading 2"]
    return heads[: heads.index("1. Ưu điểm")]


def test_part_that_has_nothing_to_say_is_left_out_with_its_heading_and_the_numbers_run_on(paper):
    assert headings(paper) == [
        "1. Kết quả thực hiện các mục tiêu",
        "2. Công tác tuyên truyền, bồi dưỡng, tập huấn",
        "3. Đăng ký, xây dựng mô hình “Dân vận khéo”",
        "4. Rà soát, đánh giá, nhân rộng mô hình",
        "5. Kinh phí thực hiện",
        "6. Kết quả vận động Nhân dân",
    ]
    data = Consolidation(
        "2023-Q3", DATA.as_of, (), SUBMISSIONS, (), (figure("NV5.1", value=D(3), owed=4, reported=3),), USED
    )
    assert under(opened(written(data)), "2. Công nhận mô hình, ghi danh, biểu dương điển hình") == [
        "- Đã công nhận 03 mô hình cấp cơ sở trong năm xét (3/4 đơn vị)."
    ]


def test_words_of_the_units_stand_as_they_were_written(paper):
    assert under(paper, "1. Ưu điểm") == [
        "- “Mô hình “A & B <c>” tốt.",
        "Còn dấu {{ x }} {% y %}.” (Đảng bộ xã Tân Tiến)",
    ]
    assert under(paper, "2. Tồn tại, hạn chế") == [
        "- Tính đến ngày 12/10/2023, còn 02 đơn vị chưa có báo cáo được tổng hợp (Bảng 3).",
        "Bảng 3. Đơn vị chưa có báo cáo được tổng hợp",
        "- “Chậm",
        "so với kế hoạch” (Đảng bộ xã Tân Tiến)",
    ]
    assert under(paper, "3. Nguyên nhân") == ["[CẦN BỔ SUNG: nguyên nhân của tồn tại, hạn chế]"]
    assert under(paper, "V. KIẾN NGHỊ, ĐỀ XUẤT")[0] == "- “Không” (Đảng bộ xã Tân Tiến; Đảng bộ xã Nghĩa Đô)"


def test_a_doubtful_text_is_not_quoted():
    doubtful = UsedReturn("DB-1", "2023-Q3", "f", "DB_XA", USED[0].rows, frozenset({Stop("B11", 0, "kien_nghi")}))
    data = Consolidation("2023-Q3", DATA.as_of, (), SUBMISSIONS, (), (), (doubtful,))
    assert quotations(Basis(PLAN, REGISTER, data), "kien_nghi", "kiến nghị") == ["[CẦN BỔ SUNG: kiến nghị]"]


def test_words_of_an_earlier_quarter_say_so():
    earlier = UsedReturn("DB-1", "2023-Q2", "f", "DB_XA", USED[0].rows)
    data = Consolidation("2023-6T", DATA.as_of, (), SUBMISSIONS, (), (), (earlier,))
    assert quotations(Basis(PLAN, REGISTER, data), "kien_nghi", "") == [
        "- “Không” (Đảng bộ xã Tân Tiến, quý II năm 2023)"
    ]


def test_a_unit_that_says_the_same_in_several_quarters_is_named_once():
    said = [UsedReturn("DB-1", f"2023-Q{n}", "f", "DB_XA", USED[0].rows) for n in (1, 2)]
    data = Consolidation("2023-6T", DATA.as_of, (), SUBMISSIONS, (), (), tuple(said))
    source = "Đảng bộ xã Tân Tiến, quý I năm 2023, quý II năm 2023"
    assert quotations(Basis(PLAN, REGISTER, data), "kien_nghi", "") == [f"- “Không” ({source})"]


def test_of_many_units_that_say_the_same_ten_are_named():
    said = [UsedReturn(f"X-{n:02}", "2023-Q3", "f", "DB_XA", USED[0].rows) for n in range(12)]
    data = Consolidation("2023-Q3", DATA.as_of, (), SUBMISSIONS, (), (), tuple(said))
    names = "; ".join(f"X-{n:02}" for n in range(10))
    assert quotations(Basis(PLAN, REGISTER, data), "kien_nghi", "") == [f"- “Không” ({names}; và 02 đơn vị khác)"]


def test_table_of_units_not_in_the_report(paper):
    group = PLAN.info.nhom_don_vi
    assert cells(paper, 3) == [
        ["TT", "Đơn vị", "Tình trạng"],
        [f"I. {group[0].ten}"] * 3,
        ["1", "Đảng bộ xã Bảo Hà", "Trả lại"],
        [f"II. {group[1].ten}"] * 3,
        ["2", "Chi bộ Phòng Nội vụ & <Thanh tra>", "Chưa nộp"],
    ]


def test_no_table_where_every_unit_has_reported():
    everyone = tuple(Submission(u.code, u.name, u.kind, UnitState.ACCEPTED) for u in REGISTER.units)
    document = opened(written(Consolidation("2023-Q3", DATA.as_of, (), everyone, (), FIGURES, USED)))
    assert not [text for text in texts(document) if "Bảng 3" in text]
    assert [table[0][0] for table in (cells(document, n) for n in range(1, len(document.tables)))] == [
        "Mã",
        "TT",
        "Nơi nhận:\n- Ban Thường vụ Huyện ủy (b/c),\n- Ban Dân vận Tỉnh ủy (b/c),\n- Ủy ban nhân dân huyện,\n"
        "- Các chi, đảng bộ trực thuộc Huyện ủy,\n- Lưu Ban Dân vận.",
        "TT",
    ]


def test_tasks_ahead_are_those_of_the_next_quarter(paper):
    ahead = under(paper, "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM QUÝ IV NĂM 2023")
    assert (
        "- Tổ chức sơ kết, biểu dương, khen thưởng các tập thể, cá nhân điển hình, tiêu biểu cấp huyện (tháng 10/2023)."
        in ahead
    )
    later = report_context(PLAN, REGISTER, Consolidation("2024-Q1", date(2024, 4, 10), (), (), (), (), ()))
    assert not [task for task in later["nhiem_vu_trong_tam"] if "sơ kết" in task or "tập huấn" in task]


def test_annex_is_a_landscape_section_numbered_from_one(paper):
    body, annex = paper.sections
    assert (body.orientation, annex.orientation) == (WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE)
    assert [round(length / Mm(1)) for length in (annex.page_width, annex.page_height, annex.top_margin)] == [
        297,
        210,
        30,
    ]
    assert annex._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert texts(paper)[-3:] == [
        "Phụ lục",
        "TIẾN ĐỘ NHIỆM VỤ QUÝ III NĂM 2023",
        "(kèm theo Báo cáo số       -BC/BDVHU, ngày      tháng      năm 2023 của Ban Dân vận Huyện ủy)",
    ]
    assert any("Phụ lục “Tiến độ nhiệm vụ”" in text for text in texts(paper))
    table = cells(paper, 5)
    assert table[0] == ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian", "Số liệu của kỳ"]
    assert table[1] == [
        "1",
        "Tổ chức bồi dưỡng, tập huấn về cách thức tổ chức thực hiện Phong trào (Kế hoạch, mục III.1)",
        "Ban Dân vận Huyện ủy",
        "Năm 2022, 2023",
        "- Số lớp bồi dưỡng, tập huấn: 05 lớp (2/4 đơn vị)\n- Số lượt người dự bồi dưỡng, tập huấn: 1.320 lượt người",
    ]
    assert [row[0] for row in table[1:]] == ["1", "2", "3", "4", "5", "6"]
    rows = paper.tables[5]._tbl.tr_lst
    assert rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def test_lead_body_is_the_one_in_force_on_the_last_day():
    data = Consolidation("2025-Q3", date(2025, 10, 10), (), SUBMISSIONS, (), (), ())
    rows = report_context(PLAN, REGISTER, data)["nhiem_vu"]
    assert rows[3]["chu_tri"] == "Đảng ủy xã"


def test_page_layout_of_the_party_format(paper):
    section = paper.sections[0]
    lengths = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(length / Mm(1)) for length in (*lengths, section.header_distance)] == [20, 20, 30, 15, 10]
    assert section.different_first_page_header_footer and paper.sections[1].different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    body = paper.styles["DVK Nội dung"]
    form = body.paragraph_format
    assert (body.font.size.pt, form.line_spacing.pt, form.space_before.pt) == (14, 18, 6)
    assert round(form.first_line_indent / Mm(1)) == 10
    fonts = body.element.rPr.find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{slot}")) for slot in ("ascii", "hAnsi", "cs", "eastAsia")} == {"Times New Roman"}
    assert paper.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "vi-VN"
    levels = [paper.styles[f"Heading {n}"].element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) for n in (1, 2)]
    assert levels == ["0", "1"]


@pytest.mark.parametrize(
    ("signers", "block"),
    [
        ((), ["TRƯỞNG BAN", ""]),
        (
            (Signer("bao_cao_quy", None, None, "K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Nguyễn Văn A"),),
            ["K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Nguyễn Văn A"],
        ),
        ((Signer("bao_cao_quy", date(2024, 1, 1), None, "", "Q. TRƯỞNG BAN", ""),), ["TRƯỞNG BAN", ""]),
    ],
)
def test_signature_block_of_the_day(signers, block):
    document = opened(written(register=Register(units=REGISTER.units, signers=signers)))
    right = document.tables[4].rows[0].cells[1]
    assert [paragraph.text for paragraph in right.paragraphs] == block
    bold = {p.style.name: p.style.font.bold for p in right.paragraphs}
    assert bold.items() <= {"DVK Quyền hạn": True, "DVK Chức vụ": False, "DVK Họ tên": True}.items()
    closing = document.paragraphs[texts(document).index("Phụ lục") - 2]
    assert closing.style.paragraph_format.keep_with_next


def test_nothing_in_the_text_tells_of_a_hole():
    xml = zipfile.ZipFile(io.BytesIO(written())).read("word/document.xml").decode("utf-8")
    for bad in ("None", "nan", "NaN", "Decimal", "{%", "undefined"):
        assert bad not in xml.replace("{% y %}", ""), bad


def test_every_field_is_text_or_a_list_of_text():
    def plain(value: object) -> bool:
        if isinstance(value, list):
            return all(plain(item) for item in value)
        if isinstance(value, dict):
            return all(plain(item) for item in value.values())
        return isinstance(value, str)

    for data in (DATA, Consolidation("2022-Q2", date(2022, 7, 10), (), (), (), (), ())):
        assert [name for name, value in report_context(PLAN, Register(), data).items() if not plain(value)] == []


def test_same_data_same_bytes():
    assert written() == written()


def test_properties_carry_no_author_and_no_clock(paper):
    core = paper.core_properties
    assert (core.author, core.last_modified_by, core.comments, core.language) == ("", "", "", "vi-VN")
    assert (core.created.date(), core.modified.date()) == (DATA.as_of, DATA.as_of)
    assert core.title.startswith("Báo cáo kết quả thực hiện Phong trào “Dân vận khéo” quý III năm 2023")
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(written())).infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(tmp_path):
    (tmp_path / "bao-cao.docx").write_bytes(written())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "bao-cao.docx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=120,
    )
    text = (tmp_path / "bao-cao.txt").read_text(encoding="utf-8-sig")
    assert "“Mô hình “A & B <c>” tốt." in text
    assert "TIẾN ĐỘ NHIỆM VỤ QUÝ III NĂM 2023" in text
