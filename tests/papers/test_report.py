"""The Word report read back: exact sentences and tables, what stops it, the same bytes twice, sound in LibreOffice."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from dvk_reports.errors import PlanError, TemplateError
from dvk_reports.model.records import (
    MET,
    NOT_MET,
    UNDECIDED,
    Cell,
    Consolidation,
    Figure,
    Row,
    Stop,
    Submission,
    UnitState,
    UsedReturn,
    Value,
)
from dvk_reports.papers.report.opinions import gathered
from dvk_reports.papers.report.periods import length_kind, next_quarters, next_title, period_title
from dvk_reports.papers.report.report import report_context, wording, write_report
from dvk_reports.plan.periods import parse_period
from dvk_reports.plan.register.register import Register, Signer, Unit
from dvk_reports.run.plans import load_plan
from tools.templates.report import make_template

PLAN = load_plan()
AT = Cell("tan-tien.xlsx", "B11", 5, 3)
D = Decimal


def unit(code: str, name: str, kind: str, group: str) -> Unit:
    return Unit(code, name, kind, group, False, None, None, (), "", "", "", 0, AT)


REGISTER = Register(
    units=(
        unit("DB-1", "Đảng bộ xã Tân Tiến", "DB_XA", "I"),
        unit("DB-2", "Đảng bộ xã Nghĩa Đô", "DB_XA", "I"),
        unit("DB-3", "Đảng bộ xã Bảo Hà", "DB_XA", "I"),
        unit("CQ-1", "Chi bộ Phòng Nội vụ & <Thanh tra>", "CB_CQ", "II"),
    )
)
STATES = (UnitState.ACCEPTED, UnitState.ACCEPTED, UnitState.REFUSED, UnitState.MISSING)
SUBMISSIONS = tuple(Submission(u.code, u.name, u.kind, state) for u, state in zip(REGISTER.units, STATES, strict=True))


def figure(code: str, group: str = "", **fields: object) -> Figure:
    spec = PLAN.figure_specs[code]
    return Figure(code, group, spec.ten, spec.don_vi_tinh, spec.loai == "ty_so", **fields)  # type: ignore[arg-type]


def ratio(code: str, above: int, below: int, n: int, owed: int, **fields: object) -> Figure:
    value = D(above) / D(below) if below else None
    return figure(
        code, numerator=D(above), denominator=D(below), value=value, reported=n, owed=owed, target=D(1), **fields
    )


def words(code: str, **texts: str) -> UsedReturn:
    row = Row("B11", 0, {key: Value(text, text, AT) for key, text in texts.items()})
    plan = {"so_ke_hoach": Value("07-KH/ĐU", "07-KH/ĐU", AT), "ngay_ke_hoach": Value("", date(2023, 7, 5), AT)}
    return UsedReturn(code, "2023-Q3", f"{code}.xlsx", "DB_XA", {"B1": (Row("B1", 0, plan),), "B11": (row,)})


FIGURES = (
    ratio("MT1.1", 2, 2, 2, 4, verdict=UNDECIDED, low=D("0.5"), high=D(1)),
    ratio("MT1.2", 1, 2, 2, 4, verdict=UNDECIDED, low=D("0.25"), high=D("0.75"), note="chưa hết năm"),
    ratio("MT2.1", 9996, 10000, 2, 3, verdict=NOT_MET, low=D("0.5"), high=D("0.9997")),
    ratio("MT2.2", 0, 0, 0, 3, verdict=UNDECIDED),
    ratio("MT2.3", 3, 3, 3, 3, verdict=MET, low=D(1), high=D(1)),
    ratio("MT4.2", 0, 0, 4, 4, verdict=UNDECIDED, note="chưa hết năm; 01 mô hình chưa xếp loại"),
    figure("MT5.8", note="chưa công bố"),
    figure("NV1.1", value=D(5), reported=2, owed=4),
    figure("NV1.1", "Độc lập", value=D(5), reported=2, owed=4),
    figure("NV1.1", "Lồng ghép", value=D(0), reported=2, owed=4),
    figure("NV1.2", value=D(1320), reported=4, owed=4),
    figure("NV2.3", value=D(0), reported=2, owed=4),
    figure("NV3.1", value=D(1), reported=4, owed=4),
    figure("NV3.2", reported=0, owed=4),
    figure("NV3.3", value=D(12), reported=2, owed=4),
    figure("NV3.3", "Kinh tế", value=D(8), reported=2, owed=4),
    figure("NV3.3", "Văn hóa - xã hội", value=D(4), reported=2, owed=4),
    figure("NV5.1", owed=0, reported=0),
    figure("KP.1", value=D("412.5"), reported=3, owed=4),
    figure("KP.1", "NSNN cấp xã", value=D("412.5"), reported=3, owed=4),
    figure("KP.1", "Dự toán", value=D(600), reported=2, owed=4),
    figure("KP.2", value=D("1234.5"), reported=4, owed=4),
    figure("KQ.1", value=D(5), reported=3, owed=4),
)
USED = (
    words(
        "DB-1",
        uu_diem="Mô hình “A & B <c>” tốt.\n\nCòn dấu {{ x }} {% y %}.",
        kien_nghi="Không",
        ton_tai="Chậm\x0bso với kế hoạch",
    ),
    words("DB-2", kien_nghi="không", uu_diem=" "),
)
DATA = Consolidation("2023-Q3", date(2023, 10, 12), (), SUBMISSIONS, (), FIGURES, USED)


def written(data: Consolidation = DATA, register: Register = REGISTER, template: Path | None = None) -> bytes:
    out = io.BytesIO()
    write_report(out, PLAN, register, data, template)
    return out.getvalue()


def opened(paper: bytes) -> DocumentType:
    return Document(io.BytesIO(paper))


@pytest.fixture(scope="module")
def paper() -> DocumentType:
    return opened(written())


def texts(document: DocumentType) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def under(document: DocumentType, heading: str) -> list[str]:
    """Paragraphs between a heading and the next one."""
    lines = document.paragraphs
    first = next(n for n, line in enumerate(lines) if line.text == heading)
    rest = lines[first + 1 :]
    last = next((n for n, line in enumerate(rest) if line.style.name.startswith(("Heading", "DVK Ngắt"))), len(rest))
    return [line.text for line in rest[:last]]


def cells(document: DocumentType, number: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[number].rows]


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


def of_period(key: str, **fields: object) -> Consolidation:
    return replace(DATA, period=key, **fields)


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
    assert under(paper, "5. Kiểm tra, giám sát") == []


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
    assert under(paper, "6. Kinh phí thực hiện") == [
        "- Ngân sách nhà nước đã chi 412,5 triệu đồng (3/4 đơn vị), trong đó: NSNN cấp xã 412,5. "
        "Dự toán 600 triệu đồng (2/4 đơn vị).",
        "- Kinh phí xã hội hóa đã chi 1.234,5 triệu đồng.",
        "- Kinh phí xã hội hóa (chi cho hoạt động của Phong trào) và tiền Nhân dân đóng góp cho mô hình là hai số liệu "
        "khác nhau, không cộng với nhau.",
    ]
    assert under(paper, "7. Kết quả vận động Nhân dân") == ["- Nhân dân hiến 5 m² đất (3/4 đơn vị)."]


def test_part_that_nobody_owes_is_left_out_with_its_heading(paper):
    assert not [text for text in texts(paper) if text.startswith("8. ")]
    data = Consolidation(
        "2023-Q3", DATA.as_of, (), SUBMISSIONS, (), (figure("NV5.1", value=D(3), owed=4, reported=3),), USED
    )
    assert under(opened(written(data)), "8. Công nhận mô hình, ghi danh, biểu dương điển hình") == [
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
    assert gathered(REGISTER, data, "kien_nghi", "kiến nghị") == ["[CẦN BỔ SUNG: kiến nghị]"]


def test_words_of_an_earlier_quarter_say_so():
    earlier = UsedReturn("DB-1", "2023-Q2", "f", "DB_XA", USED[0].rows)
    data = Consolidation("2023-6T", DATA.as_of, (), SUBMISSIONS, (), (), (earlier,))
    assert gathered(REGISTER, data, "kien_nghi", "") == ["- “Không” (Đảng bộ xã Tân Tiến, quý II năm 2023)"]


def test_a_unit_that_says_the_same_in_several_quarters_is_named_once():
    said = [UsedReturn("DB-1", f"2023-Q{n}", "f", "DB_XA", USED[0].rows) for n in (1, 2)]
    data = Consolidation("2023-6T", DATA.as_of, (), SUBMISSIONS, (), (), tuple(said))
    source = "Đảng bộ xã Tân Tiến, quý I năm 2023, quý II năm 2023"
    assert gathered(REGISTER, data, "kien_nghi", "") == [f"- “Không” ({source})"]


def test_of_many_units_that_say_the_same_ten_are_named():
    said = [UsedReturn(f"X-{n:02}", "2023-Q3", "f", "DB_XA", USED[0].rows) for n in range(12)]
    data = Consolidation("2023-Q3", DATA.as_of, (), SUBMISSIONS, (), (), tuple(said))
    names = "; ".join(f"X-{n:02}" for n in range(10))
    assert gathered(REGISTER, data, "kien_nghi", "") == [f"- “Không” ({names}; và 02 đơn vị khác)"]


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


def own_template(folder: Path, *lines: str) -> Path:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    path = folder / "bao-cao.docx"
    document.save(str(path))
    return path


def test_the_office_template_wins(tmp_path):
    path = own_template(tmp_path, "Kỳ {{ ky_bao_cao }}: {{ NV1_1 }}; {{ MT1_2 }}, {{ MT1_2_ket_luan }}.")
    assert texts(opened(written(template=path))) == [
        "Kỳ quý III năm 2023: 05 lớp (2/4 đơn vị); 50,0% (2/4 đơn vị), Chưa đủ cơ sở kết luận (chưa hết năm)."
    ]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["Kỳ {{ ky_bao_caoo }}."], "“ky_bao_caoo” không có (ở chỗ “Kỳ {{ ky_bao_caoo }}.”). Có phải là “ky_bao_cao”?"),
        (["{%p for a in muc_tieu %}", "Là {{ a.ket_quaa }}", "{%p endfor %}"], "“ket_quaa” không có (ở chỗ “Là"),
        (
            ["Một", "{%p for a in muc_tieu %}", "Là {{ a.ma }}"],
            "viết sai một dấu {{ }} hoặc {% %} (ở chỗ “{%p for a in",
        ),
        (
            ["Một", "Hai", "Ba", "Số {{ ky_bao_cao ", "Năm"],
            "viết sai một dấu {{ }} hoặc {% %} (ở chỗ “Số {{ ky_bao_cao",
        ),
        (
            ["{{ ky_bao_cao.__class__.__mro__ }}"],
            "“__class__” (ở chỗ “{{ ky_bao_cao.__class__.__mro__ }}”), không được phép",
        ),
        (["Các chỉ tiêu: {{ muc_tieu }}"], "in một danh sách như một dòng chữ (ở chỗ “Các chỉ tiêu"),
        (["{{ ky_bao_cao / 2 }}"], "không tính được"),
    ],
)
def test_a_mistake_in_a_template_stops_the_run_and_is_named(tmp_path, lines, said):
    with pytest.raises(TemplateError) as caught:
        written(template=own_template(tmp_path, *lines))
    assert said in str(caught.value)
    assert str(caught.value).startswith("Mẫu Word mau-word/bao-cao.docx")


def test_a_mark_across_a_table_border_stops_the_run(tmp_path):
    document = Document()
    document.add_paragraph("{%p for a in muc_tieu %}")
    document.add_table(1, 1).rows[0].cells[0].text = "{%p endfor %}"
    path = tmp_path / "bao-cao.docx"
    document.save(str(path))
    with pytest.raises(TemplateError, match="sai chỗ"):
        written(template=path)


def test_a_template_that_is_no_word_file(tmp_path):
    path = tmp_path / "bao-cao.docx"
    with pytest.raises(TemplateError, match=r"Không thấy mẫu Word mau-word/bao-cao.docx"):
        written(template=path)
    path.write_bytes(b"not a zip")
    with pytest.raises(TemplateError, match=r"không phải là tệp .docx"):
        written(template=path)


def test_nothing_is_written_when_the_template_is_wrong(tmp_path):
    target = tmp_path / "ra.docx"
    with pytest.raises(TemplateError):
        write_report(target, PLAN, REGISTER, DATA, own_template(tmp_path, "{{ sai }}"))
    assert not target.exists()


def test_bundled_template_is_the_one_the_script_makes(tmp_path):
    made = zipfile.ZipFile(make_template(tmp_path))
    kept = zipfile.ZipFile(io.BytesIO(files("dvk_reports.templates_docx").joinpath("bao-cao.docx").read_bytes()))
    assert {name: made.read(name) for name in made.namelist()} == {name: kept.read(name) for name in kept.namelist()}


@pytest.mark.parametrize(
    ("key", "now", "then", "quarters"),
    [
        ("2023-Q3", "quý III năm 2023", "quý IV năm 2023", ["2023-Q4"]),
        ("2023-Q4", "quý IV năm 2023", "quý I năm 2024", ["2024-Q1"]),
        ("2023-6T", "6 tháng đầu năm 2023", "6 tháng cuối năm 2023", ["2023-Q3", "2023-Q4"]),
        ("2023-9T", "9 tháng đầu năm 2023", "quý IV năm 2023", ["2023-Q4"]),
        ("2023", "năm 2023", "năm 2024", ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]),
        ("2022-Q2..2023-Q3", "từ quý II năm 2022 đến quý III năm 2023", "thời gian tới", ["2023-Q4"]),
        ("2025-Q4", "quý IV năm 2025", "thời gian tới", ["2026-Q1"]),
    ],
)
def test_names_of_periods(key, now, then, quarters):
    period = parse_period(key)
    assert (period_title(period), next_title(period, PLAN)) == (now, then)
    assert [quarter.key for quarter in next_quarters(period)] == quarters


def test_every_task_figure_of_the_plan_can_be_told():
    told = {code for task in PLAN.info.nhiem_vu for code in task.chi_tieu if not code.startswith("MT")}
    elsewhere = {"NV1.3", "NV1.4"}  # told by its lines; in the annex only
    assert told - elsewhere <= set(wording.SAYINGS)
    assert set(wording.SAYINGS) <= set(PLAN.figure_specs)


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


# --- length by period

KEYS = {
    "2023-Q3": "quy",
    "2023-6T": "sau_thang",
    "2023-9T": "chin_thang",
    "2023": "nam",
    "2022-Q2..2023-Q3": "so_ket",
    "2022-Q2..2025-Q4": "tong_ket",
}
FIVE_PARTS = (
    "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO, TRIỂN KHAI",
    "II. KẾT QUẢ THỰC HIỆN",
    "III. ĐÁNH GIÁ CHUNG",
    "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM",
    "V. KIẾN NGHỊ, ĐỀ XUẤT",
)


@pytest.mark.parametrize(("key", "kind"), KEYS.items())
def test_every_report_has_the_five_parts_and_only_a_stocktaking_two_phan_and_lessons(key, kind):
    assert length_kind(parse_period(key), PLAN) == kind
    said = texts(opened(written(of_period(key))))
    heads = [text for text in said if text.startswith(tuple(part.split(" ")[0] + " " for part in FIVE_PARTS))]
    assert [head.startswith(part) for head, part in zip(heads, FIVE_PARTS, strict=True)] == [True] * 5
    ranged = kind in ("so_ket", "tong_ket")
    assert ("Phần thứ nhất" in said, "Phần thứ hai" in said, "4. Bài học kinh nghiệm" in said) == (ranged,) * 3


def told(key: str, data: Consolidation = DATA) -> dict[str, list[str]]:
    fields = report_context(PLAN, REGISTER, replace(data, period=key))
    return {name: value for name, value in fields.items() if isinstance(value, list)}


def test_short_reports_give_a_sentence_to_missed_targets_alone():
    short, full = told("2023-Q3")["ket_qua_muc_tieu"], told("2023")["ket_qua_muc_tieu"]
    assert [text.split(" là ")[0] for text in short] == ["Tỷ lệ thôn, tổ dân phố có mô hình “Dân vận khéo”"]
    assert len(full) == 3 and set(short) < set(full)
    assert told("2023-6T")["ket_qua_muc_tieu"] == told("2023-9T")["ket_qua_muc_tieu"] == short
    assert told("2022-Q2..2023-Q3")["ket_qua_muc_tieu"] == full
    # The table holds every target in each of them.
    assert len(told("2023-Q3")["muc_tieu"]) == len(told("2023")["muc_tieu"]) == 7


def test_part_three_of_a_quarter_is_the_words_of_the_units_and_who_has_not_reported():
    quarter, half = told("2023-Q3"), told("2023-6T")
    assert quarter["danh_gia_uu_diem"] == []
    assert quarter["danh_gia_ton_tai"] == [
        "Tính đến ngày 12/10/2023, còn 02 đơn vị chưa có báo cáo được tổng hợp (Bảng 3)."
    ]
    assert half["danh_gia_uu_diem"] == ["Có 01 chỉ tiêu đạt mức phải đạt của Kế hoạch (MT2.3; Bảng 1)."]
    assert half["danh_gia_ton_tai"][0] == "Có 01 chỉ tiêu không đạt mức phải đạt của Kế hoạch (MT2.1; Bảng 1)."


def test_recognition_is_asked_for_in_the_report_of_a_year_only():
    unknown = replace(DATA, figures=(figure("NV5.1", owed=4, reported=0), figure("NV5.4", value=D(2), owed=4)))
    known = ["Có 02 đề nghị biểu dương, khen thưởng"]
    for key in ("2023-Q4", "2023-6T"):
        assert [text.split(" (")[0].rstrip(".") for text in told(key, unknown)["cong_nhan"]] == known
    assert "[CẦN BỔ SUNG: số liệu của các đơn vị]" in told("2023", unknown)["cong_nhan"][0]


def test_a_quarter_says_how_it_moved_since_the_last():
    moved = replace(DATA, figures=(figure("NV3.1", value=D(5), previous=D(3), owed=4, reported=4),))
    assert told("2023-Q3", moved)["xay_dung_mo_hinh"] == [
        "Đăng ký mới 05 mô hình, tăng 02 mô hình so với số đã tổng hợp của quý II năm 2023."
    ]


def test_words_of_many_units_are_capped_in_a_quarter_and_told_in_full_in_a_longer_report():
    most = PLAN.documents.length("quy", DATA.as_of).y_kien_toi_da
    assert most is not None
    units = tuple(unit(f"DB-{n}", f"Đảng bộ xã {n}", "DB_XA", "I") for n in range(1, most + 4))
    register = Register(units=units)
    # The last two say the same: more units stand behind it, so it is not left out.
    said = [*(f"Ý {n}" for n in range(1, most + 2)), "Ý chung", "ý chung"]
    used = tuple(words(one.code, uu_diem=text, kien_nghi=text) for one, text in zip(units, said, strict=True))
    fields = report_context(PLAN, register, of_period("2023-Q3", used=used))
    shown = fields["y_kien_uu_diem"]
    assert [text.split("”")[0] for text in shown[:-1]] == [f"- “Ý {n}" for n in range(1, most)] + ["- “Ý chung"]
    assert shown[-1] == "- Và 02 ý kiến khác, xem biểu B11 của sổ tổng hợp."
    assert len(fields["y_kien_kien_nghi"]) == most + 2
    longer = report_context(PLAN, register, of_period("2023-6T", used=used))["y_kien_uu_diem"]
    assert len(longer) == most + 2 and not [text for text in longer if "ý kiến khác" in text]


def test_a_length_that_is_missing_is_told_when_the_rule_book_is_loaded(tmp_path):
    source = files("dvk_reports.plans").joinpath("bao_yen_2022_2025")
    for item in source.iterdir():
        if item.name.endswith(".yaml"):
            text = item.read_text(encoding="utf-8")
            kept = [line for line in text.splitlines() if not line.startswith("  - {ky: nam,")]
            (tmp_path / item.name).write_text("\n".join(kept), encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        load_plan(tmp_path)
    assert str(caught.value).endswith("mục do_dai: thiếu kỳ “nam”.")
