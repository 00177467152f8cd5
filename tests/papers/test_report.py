"""The Word report read back: a small quarter whole, and what each kind of report says besides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dvk_reports.model.findings import Stop
from dvk_reports.model.proposals import Award, Result, Subject, Verdict
from dvk_reports.papers.report.basis import Basis
from dvk_reports.papers.report.report import body
from tests.support.small_report import (
    DATA,
    OFFICE,
    SUBMISSIONS,
    USED,
    D,
    cells,
    figure,
    of_period,
    opened,
    texts,
    written,
)


def lines(data=DATA) -> list[str]:
    return [line.said.text for line in body(Basis(OFFICE, data))]


def test_head_leaves_number_and_day_blank():
    paper = opened(written())
    assert cells(paper, 0) == [
        ["HUYỆN ỦY BẢO YÊN\nBAN DÂN VẬN\n*", "ĐẢNG CỘNG SẢN VIỆT NAM\n"],
        ["Số       -BC/BDVHU", "Bảo Yên, ngày      tháng      năm 2023"],
    ]
    assert texts(paper)[:3] == [
        "BÁO CÁO",
        "kết quả thực hiện Phong trào “Dân vận khéo” quý III năm 2023, nhiệm vụ trọng tâm quý IV năm 2023",
        "-----",
    ]


def test_coverage_is_said_once_at_the_head():
    assert texts(opened(written()))[4:6] == [
        "Báo cáo tổng hợp số liệu của 2/4 đơn vị, chốt đến ngày 30/9/2023; phạm vi từng số liệu nêu tại Phụ lục V. Có "
        "01 "
        "đơn vị chưa gửi báo cáo; báo cáo của 01 đơn vị đang được xác minh.",
        "Trong 06 chỉ tiêu của Kế hoạch, 01 chỉ tiêu đạt, 01 chỉ tiêu chưa đạt, 02 chỉ tiêu đánh giá vào cuối năm, 02 "
        "chỉ "
        "tiêu chưa đủ số liệu (Phụ lục I).",
    ]


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ((0, 1, 1, 1), "Có 01 đơn vị chưa gửi báo cáo."),
        ((2, 1, 1, 1), "Báo cáo của 01 đơn vị đang được xác minh."),
        ((1, 1, 1, 1), ""),
    ],
)
def test_who_is_not_in_it_is_one_sentence(states, said):
    kinds = (SUBMISSIONS[3].state, SUBMISSIONS[0].state, SUBMISSIONS[2].state)
    data = replace(
        DATA, submissions=tuple(replace(item, state=kinds[n]) for item, n in zip(SUBMISSIONS, states, strict=True))
    )
    opening = texts(opened(written(data)))[4]
    assert opening.partition("Phụ lục V. ")[2] == said


def test_a_quarter_whole():
    assert lines() == [
        "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO",
        "Trong quý, Ban Dân vận Huyện ủy tham mưu, ban hành [văn bản của Ban].",
        "Có 2/2 chi, đảng bộ có kế hoạch (100%); còn đơn vị chưa có số liệu nên chưa đánh giá chỉ tiêu này. Có 1/2 "
        "chi, "
        "đảng bộ đã phổ biến Phong trào tới cán bộ, đảng viên; chỉ tiêu này đánh giá vào cuối năm.",
        "II. KẾT QUẢ THỰC HIỆN",
        "1. Tuyên truyền, tập huấn",
        "Các đơn vị mở 05 lớp bồi dưỡng, tập huấn với 1.320 lượt người dự.",
        "2. Xây dựng mô hình",
        "Theo lĩnh vực: kinh tế 08, văn hóa - xã hội 04.",
        "Có 9.996/10.000 thôn, tổ dân phố có mô hình (99,9%), chưa đạt mục tiêu 100%. Có 3/3 xã có mô hình xây dựng "
        "nông "
        "thôn mới hiệu quả cao, đạt mục tiêu Kế hoạch.",
        "3. Vận động Nhân dân, kinh phí",
        "Qua các mô hình, Nhân dân hiến 5 m² đất.",
        "Ngân sách nhà nước chi 412,5 triệu đồng; xã hội hóa 1.234,5. Dự toán 600 triệu đồng.",
        "III. HẠN CHẾ",
        "Theo các đơn vị, một số mô hình A & B <c> còn chậm (01 đơn vị).",
        "IV. NHIỆM VỤ TRỌNG TÂM QUÝ IV NĂM 2023",
        "- Mở lớp bồi dưỡng.",
        "- Tổ chức bồi dưỡng, tập huấn về cách thức tổ chức thực hiện Phong trào “Dân vận khéo”, lồng ghép trong các "
        "lớp "
        "tập huấn về công tác dân vận.",
        "- Duy trì chuyên trang, chuyên mục và tăng cường tin, bài về “Dân vận khéo” trên Bản tin nội bộ, Cổng thông "
        "tin "
        "điện tử của huyện, Bản tin Ban Dân vận tỉnh, Báo Lào Cai.",
        "- Xây dựng mô hình điểm, nhân rộng các mô hình có hiệu quả cao gắn với nhiệm vụ chính trị của địa phương, cơ "
        "quan, đơn vị.",
        "- Kiểm tra, giám sát tình hình triển khai, thực hiện Kế hoạch; rà soát, đánh giá kết quả các mô hình, điển "
        "hình.",
        "- Ra quyết định công nhận mô hình “Dân vận khéo” cấp cơ sở, ghi danh các tập thể, cá nhân điển hình, công bố "
        "vào "
        "dịp ngày truyền thống công tác dân vận của Đảng (15/10).",
        "- Tổ chức sơ kết, biểu dương, khen thưởng các tập thể, cá nhân điển hình, tiêu biểu cấp huyện (tháng "
        "10/2023).",
        "- Căn cứ yêu cầu, nhiệm vụ, xây dựng dự toán kinh phí thực hiện trình cấp có thẩm quyền xem xét, quyết định.",
        "V. KIẾN NGHỊ, ĐỀ XUẤT",
        "Đề nghị [cấp nhận] bố trí kinh phí.",
    ]


def test_a_quarter_without_anything_is_still_a_paper():
    found = lines(replace(DATA, figures=(), used=(), submissions=SUBMISSIONS))
    assert [line for line in found if line.startswith(("I. ", "II. ", "III. ", "IV. ", "V. "))] == [
        "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO",
        "IV. NHIỆM VỤ TRỌNG TÂM QUÝ IV NĂM 2023".replace("IV. N", "II. N"),
    ]


def test_a_stopped_opinion_is_left_out():
    stopped = replace(USED[0], stops=frozenset({Stop("B11", 0, "ton_tai")}))
    assert "III. HẠN CHẾ" not in lines(replace(DATA, used=(stopped,)))


SUBJECT = Subject("DB-1", "Biểu dương của Ban Thường vụ Huyện ủy", "Tập thể", "Chi bộ thôn 1")
ASKED = (
    figure("NV5.4", value=D(2), reported=4, owed=4),
    figure("NV5.4", "Tập thể", value=D(2), reported=4, owed=4),
)


@pytest.mark.parametrize(
    ("awards", "said"),
    [
        ((), "Các đơn vị đề nghị biểu dương, khen thưởng: tập thể 02."),
        (
            (Award("2023-10", SUBJECT),),
            "Các đơn vị đề nghị biểu dương, khen thưởng: tập thể 02; danh sách qua xét chọn nêu tại Phụ lục VI.",
        ),
        (
            (Award("2023-10", SUBJECT, Result(verdict=Verdict.PRAISED.value)),),
            "Ban Thường vụ Huyện ủy biểu dương 01 tập thể (Phụ lục VI).",
        ),
    ],
)
def test_what_is_asked_for_is_told_until_it_is_granted(awards, said):
    year = of_period("2023", figures=ASKED, used=(), awards=awards, as_of=date(2024, 1, 15))
    assert said in lines(year)
    assert sum("biểu dương 0" in line or "đề nghị biểu dương" in line for line in lines(year)) == 1


def test_an_office_may_set_single_parts_and_figures_into_its_own_template(tmp_path):
    from docx import Document

    document = Document()
    for text in ("{%p for cau in kinh_phi %}", "{{ cau }}", "{%p endfor %}", "{{ NV1_1 }}, {{ MT2_3_ket_luan }}"):
        document.add_paragraph(text)
    document.save(str(tmp_path / "bao-cao.docx"))
    assert texts(opened(written(template=tmp_path / "bao-cao.docx"))) == [
        "Ngân sách nhà nước chi 412,5 triệu đồng; xã hội hóa 1.234,5. Dự toán 600 triệu đồng.",
        "05 lớp, Đạt",
    ]
