"""The Word report read back: exact sentences and tables, and what is left out."""

from __future__ import annotations

import io
from datetime import date

import pytest
from docx.document import Document as DocumentType

from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.figures import MET, NOT_MET
from dvk_reports.model.findings import Stop
from dvk_reports.model.periods import parse_period
from dvk_reports.model.returns import Submission, UnitState, UsedReturn
from dvk_reports.papers.report.basis import Basis
from dvk_reports.papers.report.quotations import quotations
from dvk_reports.papers.report.report import report_context, write_report
from dvk_reports.plan.book.in_force import changed
from dvk_reports.plan.office import Office
from dvk_reports.sheets.base.chart_part import report_charts
from tests.support.small_report import (
    DATA,
    FIGURES,
    OFFICE,
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
        parse_period("2023-Q3"), DATA.as_of, (), SUBMISSIONS, (), (*figures, figure("NV3.3", owed=4, reported=0)), ()
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
        parse_period("2023-Q3"),
        DATA.as_of,
        (),
        SUBMISSIONS,
        (),
        (figure("NV5.1", value=D(3), owed=4, reported=3),),
        USED,
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
    data = Consolidation(parse_period("2023-Q3"), DATA.as_of, (), SUBMISSIONS, (), (), (doubtful,))
    assert quotations(Basis(OFFICE, data), "kien_nghi", "kiến nghị") == ["[CẦN BỔ SUNG: kiến nghị]"]


def test_words_of_an_earlier_quarter_say_so():
    earlier = UsedReturn("DB-1", "2023-Q2", "f", "DB_XA", USED[0].rows)
    data = Consolidation(parse_period("2023-6T"), DATA.as_of, (), SUBMISSIONS, (), (), (earlier,))
    assert quotations(Basis(OFFICE, data), "kien_nghi", "") == ["- “Không” (Đảng bộ xã Tân Tiến, quý II năm 2023)"]


def test_a_unit_that_says_the_same_in_several_quarters_is_named_once():
    said = [UsedReturn("DB-1", f"2023-Q{n}", "f", "DB_XA", USED[0].rows) for n in (1, 2)]
    data = Consolidation(parse_period("2023-6T"), DATA.as_of, (), SUBMISSIONS, (), (), tuple(said))
    source = "Đảng bộ xã Tân Tiến, quý I năm 2023, quý II năm 2023"
    assert quotations(Basis(OFFICE, data), "kien_nghi", "") == [f"- “Không” ({source})"]


def test_of_many_units_that_say_the_same_ten_are_named():
    said = [UsedReturn(f"X-{n:02}", "2023-Q3", "f", "DB_XA", USED[0].rows) for n in range(12)]
    data = Consolidation(parse_period("2023-Q3"), DATA.as_of, (), SUBMISSIONS, (), (), tuple(said))
    names = "; ".join(f"X-{n:02}" for n in range(10))
    assert quotations(Basis(OFFICE, data), "kien_nghi", "") == [f"- “Không” ({names}; và 02 đơn vị khác)"]


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
    document = opened(written(Consolidation(parse_period("2023-Q3"), DATA.as_of, (), everyone, (), FIGURES, USED)))
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
    later = report_context(OFFICE, Consolidation(parse_period("2024-Q1"), date(2024, 4, 10), (), (), (), (), ()))
    assert not [task for task in later["nhiem_vu_trong_tam"] if "sơ kết" in task or "tập huấn" in task]


def test_a_plan_that_counts_nothing_by_field_has_no_such_table_and_no_picture():
    specs = [changed(spec, vai=None) for spec in PLAN.figures.chi_tieu]
    plan = changed(PLAN, figures=changed(PLAN.figures, chi_tieu=specs))
    out = io.BytesIO()
    write_report(out, Office(plan, REGISTER, DATA.as_of), DATA)
    document = opened(out.getvalue())
    assert not [text for text in texts(document) if "Bảng 2" in text]
    assert [table.rows[0].cells[1].text for table in document.tables if table.rows[0].cells[0].text == "TT"] == [
        "Đơn vị",
        "Nhiệm vụ",
    ]
    assert set(report_charts(plan, DATA)) == {"muc_tieu"}
