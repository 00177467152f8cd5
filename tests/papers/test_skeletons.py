"""Drafts around an award round: their fixed words, counts that follow from the list, blanks that stay blank, layout."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from importlib.resources import files

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from dvk_reports.errors import PlanError, TemplateError
from dvk_reports.papers.awards.skeletons import papers_around, write_skeleton
from dvk_reports.papers.docx.metrics import text_width
from dvk_reports.papers.lint.documents import lint_document
from dvk_reports.papers.report.report import write_report
from dvk_reports.papers.templates.example import example_quarter, example_register
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Register, Signer
from dvk_reports.run.plans import load_plan
from dvk_reports.vietnamese.spaces import NO_BREAK
from tests.support.papers import (
    CERTIFICATE,
    CONFERENCE,
    INVITATION,
    MINUTES,
    NOTICE,
    PARTY_MINUTES,
    PRAISE,
    REQUEST,
    ROUND_PAPERS,
    STATE_REQUEST,
    going_on,
)
from tests.support.printed import Line, printed
from tools.templates.skeletons import DRAWN, make_skeletons

PLAN = load_plan()
DAY = date(2023, 10, 20)
PARTY, STATE = (REQUEST, PRAISE, NOTICE, *CONFERENCE, PARTY_MINUTES), (STATE_REQUEST, CERTIFICATE, MINUTES)
WITH_LIST = (REQUEST, PRAISE, NOTICE, STATE_REQUEST, CERTIFICATE)


def subjects(collectives: int = 2, people: int = 1) -> list[dict[str, object]]:
    return [
        {
            "nhom": "Tập thể",
            "loai": "tập thể",
            "dong": [
                {"ten": f"Chi bộ thôn {n}", "chuc_vu_don_vi": "Đảng bộ xã A & <B>", "hinh_thuc": "Giấy khen"}
                for n in range(1, collectives + 1)
            ],
        },
        {"nhom": "Hộ gia đình", "loai": "hộ gia đình", "dong": []},
        {
            "nhom": "Cá nhân",
            "loai": "cá nhân",
            "dong": [{"ten": f"Ông Nguyễn Văn {n}", "chuc_vu_don_vi": "Trưởng thôn"} for n in range(1, people + 1)],
        },
    ]


def made(kind: str, day: date = DAY, register: Register | None = None, **fields: object) -> bytes:
    out = io.BytesIO()
    given = {"dot": "sơ kết năm 2023", "danh_sach": subjects(), **fields}
    write_skeleton(out, Office(PLAN, register or Register(), day), kind, given)
    return out.getvalue()


def opened(kind: str, **fields: object):
    return Document(io.BytesIO(made(kind, **fields)))


def texts(document) -> list[str]:
    return [p.text.replace(NO_BREAK, " ") for p in document.paragraphs if p.text]


def cells(document, number: int) -> list[list[str]]:
    return [[cell.text.replace(NO_BREAK, " ") for cell in row.cells] for row in document.tables[number].rows]


def test_decision_of_the_chairman():
    document = opened(CERTIFICATE, tien_thuong=13_500_000, nguon_tien="trích từ Quỹ thi đua, khen thưởng")
    assert cells(document, 0) == [
        ["ỦY BAN NHÂN DÂN\nHUYỆN BẢO YÊN\n", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"],
        ["Số:      /QĐ-UBND", "Bảo Yên, ngày      tháng      năm 2023"],
    ]
    body = texts(document)
    assert body[:3] == [
        "QUYẾT ĐỊNH",
        "Về việc tặng Giấy khen của Chủ tịch Ủy ban nhân dân huyện",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN BẢO YÊN",
    ]
    bases = [text for text in body if text.startswith(("Căn cứ", "Theo đề nghị"))]
    assert [text[-1] for text in bases] == [";", ";", ";", "."]
    start = body.index("QUYẾT ĐỊNH:")
    assert body[start + 1 : start + 4] == [
        "Điều 1. Tặng Giấy khen của Chủ tịch Ủy ban nhân dân huyện cho 02 tập thể và 01 cá nhân đã có thành tích trong "
        "Phong trào “Dân vận khéo” (sơ kết năm 2023) (có Danh sách kèm theo).",
        "Điều 2. Mức tiền thưởng kèm theo: 13.500.000 đồng (Mười ba triệu năm trăm nghìn đồng), trích từ Quỹ thi đua, "
        "khen thưởng.",
        "Điều 3. Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện, Trưởng phòng Nội vụ, Trưởng phòng Tài "
        "chính - Kế hoạch và các tập thể, cá nhân có tên tại Điều 1 căn cứ Quyết định thi hành./.",
    ]
    assert cells(document, 1)[0] == ["Nơi nhận:\n- Như Điều 3;\n- Lưu: VT, NV.", "CHỦ TỊCH\n"]
    assert body[start + 4 :] == [
        "DANH SÁCH TẬP THỂ, CÁ NHÂN ĐƯỢC TẶNG GIẤY KHEN CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN",
        "(Kèm theo Quyết định số      /QĐ-UBND ngày      tháng      năm 2023 của Chủ tịch Ủy ban nhân dân huyện "
        "Bảo Yên)",
        "I. Tập thể",
        "1. Chi bộ thôn 1, Đảng bộ xã A & <B>;",
        "2. Chi bộ thôn 2, Đảng bộ xã A & <B>;",
        "II. Cá nhân",
        "1. Ông Nguyễn Văn 1, Trưởng thôn./.",
    ]


def test_without_money_there_are_two_articles():
    body = texts(opened(CERTIFICATE))
    assert [text.split(".")[0] for text in body if text.startswith("Điều")] == ["Điều 1", "Điều 2"]
    assert "Như Điều 2;" in cells(opened(CERTIFICATE), 1)[0][0]


def test_praise_of_the_standing_committee():
    body = texts(opened(PRAISE))
    assert body[:3] == [
        "QUYẾT ĐỊNH",
        "về việc biểu dương tập thể, cá nhân điển hình, tiêu biểu trong Phong trào “Dân vận khéo” (sơ kết năm 2023)",
        "-----",
    ]
    bases = [text for text in body if text.startswith("- ")]
    assert [text[-1] for text in bases] == [";", ";", ";", ","]
    assert bases[0] == "- Căn cứ Điều lệ Đảng;"
    assert "BAN THƯỜNG VỤ HUYỆN ỦY QUYẾT ĐỊNH" in body
    assert cells(opened(PRAISE), 1)[0][1] == "T/M BAN THƯỜNG VỤ\nBÍ THƯ\n"
    assert next(text for text in body if text.startswith("Điều 2.")).endswith(
        "chịu trách nhiệm thi hành Quyết định này."
    )


@pytest.mark.parametrize("kind", WITH_LIST)
def test_the_count_is_the_count_of_the_list(kind):
    body = "\n".join(texts(opened(kind, danh_sach=subjects(12, 9))))
    assert "12 tập thể và 09 cá nhân" in body
    assert "hộ gia đình" not in body


@pytest.mark.parametrize("kind", ROUND_PAPERS)
def test_what_a_person_must_write_is_blank_or_asked_for(kind):
    document = Document(io.BytesIO(made(kind, dot="", danh_sach=[])))
    number = document.tables[0].rows[1].cells[0].text
    assert re.fullmatch(r"Số:? {6}( -|/)[A-ZĐa-z/-]+", number)
    asked = "[CẦN BỔ SUNG: tên hội nghị]" if kind in CONFERENCE else "[CẦN BỔ SUNG: đợt xét, năm]"
    assert asked in texts(document)[1] or kind == CERTIFICATE
    assert "None" not in document.element.xml


def test_votes_are_made_empty():
    table = cells(opened(MINUTES), 1)
    assert table[0] == [
        "TT",
        "Tập thể, cá nhân",
        "Xếp hạng",
        "Số phiếu đồng ý",
        "Không đồng ý",
        "Tỷ lệ %",
        "Kết luận",
    ]
    assert table[1] == ["I. Tập thể"] * 7
    assert [row for row in table[2:] if len(set(row)) > 1] == [
        ["1", "Chi bộ thôn 1, Đảng bộ xã A & <B>", "", "", "", "", ""],
        ["2", "Chi bộ thôn 2, Đảng bộ xã A & <B>", "", "", "", "", ""],
        ["1", "Ông Nguyễn Văn 1, Trưởng thôn", "", "", "", "", ""],
    ]
    head = cells(opened(MINUTES), 0)
    assert head[1] == ["Số:      /BB-HĐTĐKT", ""]  # minutes have no line of place and day
    assert cells(opened(MINUTES), 2) == [["THƯ KÝ\n\nNơi nhận:\n- Lưu: VT, Hồ sơ.", "CHỦ TỌA\n"]]


@pytest.mark.parametrize(
    ("day", "law"),
    [
        (date(2023, 10, 20), "Luật Thi đua, Khen thưởng ngày 26 tháng 11 năm 2003"),
        (date(2024, 10, 20), "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"),
    ],
)
def test_only_law_in_force_on_the_day_is_cited(day, law):
    cited = [text for text in texts(opened(STATE_REQUEST, day=day)) if "Luật Thi đua" in text and "Luật" in text[:15]]
    assert [text for text in cited if law in text] == [text for text in cited if text.startswith("Căn cứ Luật")]
    assert len(cited) == 1 or day.year < 2024


@pytest.mark.parametrize("kind", [kind for kind in ROUND_PAPERS if kind not in CONFERENCE])
def test_no_paper_of_a_form_of_award_that_is_granted_no_more(kind):
    with pytest.raises(PlanError, match=r"^E11: ngày 20/10/2025 .* không còn thẩm quyền sau ngày 30/6/2025; không lập"):
        made(kind, day=date(2025, 10, 20))


def test_unknown_kind_and_unknown_field():
    with pytest.raises(PlanError, match="Không có văn bản “giay_khen”"):
        made("giay_khen")
    with pytest.raises(PlanError, match=r"không có trường “dia_diemm”\. Có phải là “dia_diem”\?"):
        made(MINUTES, dia_diemm="Hội trường")
    with pytest.raises(PlanError, match="không có trường “so_luong”"):
        made(PRAISE, so_luong="99 tập thể")


def test_signer_of_the_day():
    register = Register(signers=(Signer(PRAISE, None, None, "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Nguyễn Văn A"),))
    document = Document(io.BytesIO(made(PRAISE, register=register)))
    assert cells(document, 1)[0][1] == "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nNguyễn Văn A"


def test_the_office_template_wins(tmp_path):
    document = Document()
    document.add_paragraph("Mời: {{ dia_diem }}")
    path = tmp_path / "giay-moi.docx"
    document.save(str(path))
    out = io.BytesIO()
    write_skeleton(out, Office(PLAN, Register(), DAY), INVITATION, {"dia_diem": "Hội trường"}, path)
    assert texts(Document(io.BytesIO(out.getvalue()))) == ["Mời: Hội trường"]
    document.add_paragraph("{{ sai }}")
    document.save(str(path))
    with pytest.raises(TemplateError, match="“sai” không có"):
        write_skeleton(out, Office(PLAN, Register(), DAY), INVITATION, {}, path)


@pytest.mark.parametrize("kind", ROUND_PAPERS)
def test_same_fields_same_bytes(kind):
    assert made(kind) == made(kind)


def test_bundled_templates_are_those_the_script_makes(tmp_path):
    assert papers_around(PLAN) == ROUND_PAPERS
    assert list(DRAWN) == [PLAN.document(name, DAY).mau for name in ROUND_PAPERS]
    for path in make_skeletons(tmp_path):
        kept = zipfile.ZipFile(io.BytesIO(files("dvk_reports.templates_docx").joinpath(path.name).read_bytes()))
        new = zipfile.ZipFile(path)
        assert {n: new.read(n) for n in new.namelist()} == {n: kept.read(n) for n in kept.namelist()}, path.name


# --- layout


@pytest.mark.parametrize("kind", ROUND_PAPERS)
def test_one_family_one_head(kind):
    head = "\n".join(cell for row in cells(opened(kind), 0) for cell in row)
    assert ("ĐẢNG CỘNG SẢN VIỆT NAM" in head, "CỘNG HÒA XÃ HỘI" in head) == (kind in PARTY, kind in STATE)


@pytest.mark.parametrize(
    ("kind", "styles"),
    [
        (
            CERTIFICATE,
            {
                "DVK Quốc hiệu": (13, True, False),
                "DVK Tiêu ngữ": (14, True, False),
                "DVK Cơ quan ban hành": (13, True, False),
                "DVK Số và ký hiệu": (13, False, False),
                "DVK Địa danh và ngày": (14, False, True),
                "DVK Tên loại": (14, True, False),
                "DVK Trích yếu": (14, True, False),
                "DVK Căn cứ": (14, False, True),
                "DVK Chức vụ": (14, True, False),
                "DVK Họ tên": (14, True, False),
                "DVK Nơi nhận": (12, True, True),
                "DVK Danh sách nơi nhận": (11, False, False),
            },
        ),
        (
            PRAISE,
            {
                "DVK Tiêu đề Đảng": (15, True, False),
                "DVK Cơ quan cấp trên": (14, False, False),
                "DVK Tên loại": (16, True, False),
                "DVK Căn cứ": (14, False, False),
                "DVK Quyền hạn": (14, True, False),
                "DVK Chức vụ": (14, False, False),
                "DVK Nơi nhận": (14, False, False),
                "DVK Danh sách nơi nhận": (12, False, False),
            },
        ),
    ],
)
def test_every_component_has_its_style(kind, styles):
    document = opened(kind)
    found = {name: document.styles[name].font for name in styles}
    assert {name: (f.size.pt, bool(f.bold), bool(f.italic)) for name, f in found.items()} == styles


@pytest.mark.parametrize("kind", WITH_LIST)
def test_a_list_is_a_section_of_its_own(kind):
    body, annex = opened(kind).sections
    wide = kind in (REQUEST, STATE_REQUEST)
    assert annex.orientation == (WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT)
    assert annex._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert annex.different_first_page_header_footer and body._sectPr.find(qn("w:pgNumType")) is None
    if wide:
        assert [round(x / Mm(1)) for x in (annex.page_width, annex.page_height, annex.top_margin)] == [297, 210, 30]


@pytest.mark.parametrize("kind", ROUND_PAPERS)
def test_a_signature_never_stands_alone(kind):
    document = opened(kind)
    block = next(
        t for t in document.tables if any("DVK Họ tên" in p.style.name for c in t._cells for p in c.paragraphs)
    )
    assert block._tbl.tr_lst[0].find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
    before = block._tbl.getprevious()
    style = before.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val"))
    assert (
        document.styles.element.find(f"{qn('w:style')}[@{qn('w:styleId')}='{style}']//{qn('w:keepNext')}") is not None
    )


@pytest.mark.parametrize("kind", STATE)
def test_lines_are_part_of_the_text_above(kind):
    document = opened(kind)
    paragraphs = list(document.element.body.iter(qn("w:p")))
    for style, size, column in (("KeCoQuan", 13, 66), ("KeTrichYeu", 14, 165)):
        place = next(n for n, p in enumerate(paragraphs) if p.xpath(f"./w:pPr/w:pStyle[@w:val='{style}']"))
        indent = int(paragraphs[place].xpath("./w:pPr/w:ind/@w:left")[0]) / 1440 * 25.4
        length = column - 2 * indent
        text = "".join(t.text or "" for t in paragraphs[place - 1].iter(qn("w:t")))
        assert length <= text_width(text, size, bold=True) / 2 + 0.1
        if style == "KeCoQuan":
            last = document.tables[0].rows[0].cells[0].text.strip().split("\n")[-1]
            assert 1 / 3 <= length / text_width(last, size, bold=True) <= 1 / 2


# --- settings of the office


def planned(kind: str, **fields: object):
    """The bundled plan with other settings for one paper, and with ``thu_tu_nhom`` for all."""
    order = fields.pop("thu_tu_nhom", PLAN.documents.thu_tu_nhom)
    papers = [spec.model_copy(update=fields) if spec.ma == kind else spec for spec in PLAN.documents.van_ban]
    return PLAN.model_copy(
        update={"documents": PLAN.documents.model_copy(update={"van_ban": papers, "thu_tu_nhom": order})}
    )


def said(plan, kind: str, day: date = DAY, **fields: object):
    out = io.BytesIO()
    write_skeleton(out, Office(plan, Register(), day), kind, {"dot": "x", "danh_sach": subjects(), **fields})
    return Document(io.BytesIO(out.getvalue()))


def bytes_of(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("shown", "count"), [(True, 1), (False, 0)])
def test_hyphens_under_a_notice_are_a_setting(shown, count):
    notice = said(planned(NOTICE, gach_trich_yeu=shown), NOTICE)
    assert texts(notice).count("-----") == count
    assert lint_document(bytes_of(notice), PLAN) == []


@pytest.mark.parametrize("kind", WITH_LIST)
def test_a_list_is_a_table_or_numbered_lines(kind):
    table = said(planned(kind, dang_danh_sach="bang"), kind)
    lines = said(planned(kind, dang_danh_sach="dong"), kind)
    assert table.tables[-1].rows[0].cells[0].text == "TT" and "I. Tập thể" not in texts(table)
    assert "DVK Chữ trong bảng" not in {p.style.name for t in lines.tables for c in t._cells for p in c.paragraphs}
    assert lint_document(bytes_of(table), PLAN) == lint_document(bytes_of(lines), PLAN) == []
    told = texts(lines)
    end = "./." if kind in STATE else "."
    at = told.index("I. Tập thể")
    assert told[at + 1 :] == [
        "1. Chi bộ thôn 1, Đảng bộ xã A & <B>;",
        "2. Chi bộ thôn 2, Đảng bộ xã A & <B>;",
        "II. Cá nhân",
        f"1. Ông Nguyễn Văn 1, Trưởng thôn{end}",
    ]


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (["tập thể", "hộ gia đình", "cá nhân"], ["I. Tập thể", "II. Cá nhân", "III. Ban vận động"]),
        (["Cá Nhân", "tập thể"], ["I. Cá nhân", "II. Tập thể", "III. Ban vận động"]),
        ([], ["I. Ban vận động", "II. Tập thể", "III. Cá nhân"]),
    ],
)
def test_order_of_groups_is_a_setting(order, names):
    given = [{"nhom": "Ban vận động", "dong": [{"ten": "Ban A"}]}, *subjects()]
    document = said(planned(CERTIFICATE, thu_tu_nhom=order), CERTIFICATE, danh_sach=given)
    assert [p.text for p in document.paragraphs if p.style.name == "DVK Nhóm danh sách"] == names
    counted = [f"{n} {what}" for n, what in (("02", "tập thể"), ("01", "cá nhân"), ("01", "ban vận động"))]
    assert all(text in next(t for t in texts(document) if t.startswith("Điều 1.")) for text in counted)


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2023, 10, 20), "Kính gửi"), (date(2026, 5, 26), "Kính gửi"), (date(2026, 6, 1), "Kính trình")],
)
def test_a_request_is_addressed_as_its_format_asks(day, words):
    # The issuers of the bundled plan are no more by then; an office of the new kind has its own lines.
    plan = going_on(PLAN)
    assert f"{words}: Ban Thường vụ Huyện ủy" in texts(said(plan, REQUEST, day))
    state = said(plan, STATE_REQUEST, day)
    assert "Kính gửi: Chủ tịch Ủy ban nhân dân huyện" in texts(state)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("Chi bộ A", "danh_sach phải là một danh sách, không phải “Chi bộ A”."),
        (["Chi bộ A"], "danh_sach[1] phải gồm các mục nhom, loai, dong, không phải “Chi bộ A”."),
        ([{"dong": []}], "danh_sach[1] thiếu “nhom”."),
        ([{"nhom": " ", "dong": []}], "danh_sach[1] thiếu “nhom”."),
        ([{"nhom": "Tập thể"}], "danh_sach[1] thiếu “dong”: danh sách các tập thể, cá nhân của nhóm."),
        ([{"nhom": "Tập thể", "dong": None}], "danh_sach[1].dong phải là một danh sách, không phải “None”."),
        ([{"nhom": "Tập thể", "dong": [], "dongg": []}], "danh_sach[1] có mục “dongg” không dùng. Có phải là “dong”?"),
        (
            [*subjects()[:1], {"nhom": "Cá nhân", "dong": [{"ten": "A"}, {"chuc_vu_don_vi": "B"}]}],
            "danh_sach[2].dong[2] thiếu “ten”.",
        ),
        (
            [{"nhom": "Cá nhân", "dong": [{"ten": "A", "chuc_vu": "B"}]}],
            "danh_sach[1].dong[1] có mục “chuc_vu” không dùng. Có phải là “chuc_vu_don_vi”?",
        ),
        ([{"nhom": "Cá nhân", "dong": [{"ten": 5}]}], "danh_sach[1].dong[1], mục “ten” phải là chữ, không phải “5”."),
    ],
)
def test_an_entry_of_another_shape_is_named(given, words):
    with pytest.raises(PlanError) as caught:
        made(CERTIFICATE, danh_sach=given)
    assert str(caught.value) == words


# --- golden rendering


@pytest.fixture(scope="module")
def pages_of(tmp_path_factory) -> dict[str, list[list[Line]]]:
    """The report and the decisions, printed."""
    out = io.BytesIO()
    write_report(out, Office(PLAN, example_register(PLAN), DAY), example_quarter(PLAN))
    papers = {"bao_cao": out.getvalue(), **{kind: made(kind) for kind in (CERTIFICATE, PRAISE)}}
    return printed(papers, tmp_path_factory.mktemp("in"))


def test_golden_positions_of_the_report(pages_of):
    pages = pages_of["bao_cao"]
    first = {text: box for text, *box in pages[0]}
    middle = 30 + 165 / 2
    for text in ("BÁO CÁO", "nhiệm vụ trọng tâm quý IV năm 2023", "-----"):
        left, _, right, _ = first[text]
        assert abs((left + right) / 2 - middle) < 1, text
    left, top, right, _ = first["ĐẢNG CỘNG SẢN VIỆT NAM"]
    assert abs(right - left - 72.9) < 1 and abs((left + right) / 2 - (30 + 75 + 45)) < 1 and 19 < top < 24
    left, _, right, _ = first["HUYỆN ỦY BẢO YÊN"]
    assert abs((left + right) / 2 - (30 + 37.5)) < 1
    annex = next(n for n, page in enumerate(pages) if page[0][0].startswith("Phụ lục"))
    assert annex > 1
    edges = [(left, right) for page in pages[:annex] for text, left, _, right, _ in page]
    assert min(left for left, _ in edges) > 29 and max(right for _, right in edges) < 196
    body = [box for text, *box in pages[0] if text.startswith("Thực hiện Kế hoạch") and box[2] > 190]
    assert body and all(abs(box[0] - 40) < 1 and abs(box[2] - 195) < 1 for box in body)
    assert not [text for text, *_ in pages[0] if text == "1"]
    number = next(box for text, *box in pages[1] if text == "2")
    assert abs((number[0] + number[2]) / 2 - middle) < 1 and 9 < number[1] < 13
    signed = [n for n, page in enumerate(pages) for text, *_ in page if text == "TRƯỞNG BAN"]
    closing = [n for n, page in enumerate(pages) for text, *_ in page if text.startswith("Trên đây là báo cáo")]
    assert signed == closing


@pytest.mark.parametrize("kind", [CERTIFICATE, PRAISE])
def test_golden_positions_of_a_decision(pages_of, kind):
    pages = pages_of[kind]
    first = {text: box for text, *box in pages[0]}
    left, _, right, _ = first["QUYẾT ĐỊNH"]
    assert abs((left + right) / 2 - 112.5) < 1
    if kind == CERTIFICATE:
        left, _, right, _ = first["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
        assert abs(right - left - 95.7) < 1 and abs((left + right) / 2 - (30 + 66 + 49.5)) < 1
        left, _, right, _ = first["Độc lập - Tự do - Hạnh phúc"]
        assert abs(right - left - 60.5) < 1
        number = next(box for text, box in first.items() if text.startswith("Số:"))
        day = next(box for text, box in first.items() if text.startswith("Bảo Yên, ngày"))
        assert abs(number[3] - day[3]) < 1.5  # on one level
    label = first["Nơi nhận:"]
    post = next(box for text, box in first.items() if text in ("CHỦ TỊCH", "T/M BAN THƯỜNG VỤ"))
    assert abs(label[1] - post[1]) < 1.5 and label[0] < 31
    assert next(text for text, *_ in pages[1]).startswith("DANH SÁCH")
