"""Who issues a paper on a day is data: before the last day of the district word for word, after it a marked draft."""

from __future__ import annotations

import io
import re
import shutil
from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest
from docx import Document
from docx.oxml.ns import qn

from dvk_reports import consolidate, make_forms
from dvk_reports.errors import PlanError
from dvk_reports.mail.drafts import form_mail
from dvk_reports.messages.marks import MISSING
from dvk_reports.model.periods import Quarter
from dvk_reports.papers.awards.drafts import award_drafts, draft_notes
from dvk_reports.papers.lint.documents import lint_document
from dvk_reports.papers.report.report import write_report
from dvk_reports.papers.templates.example import example_quarter, example_register
from dvk_reports.plan.book.issued import IssuedPaper
from dvk_reports.plan.book.roles import DocumentRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Deadline, Signer
from dvk_reports.run.plans import load_plan
from tests.papers.test_award_drafts import OFFICE, WHOLE
from tests.papers.test_reminders import LETTER, MAIL, REGISTER, TAN_TIEN, cell_lines, paragraphs, silent, used_run
from tests.support.mails import sent_out, words_of
from tests.support.papers import REQUEST, granted_on
from tests.support.small_space import files_of, made, put, sent

PLAN = load_plan()
LAST, AFTER = date(2025, 6, 30), date(2025, 7, 1)
PAPERS = tuple(dict.fromkeys(spec.ma for spec in PLAN.documents.van_ban))
OWN = PLAN.documents_with(DocumentRole.RECOGNITION)
"""Papers that a unit issues itself: its issuer goes on."""
NOBODY = "[CẦN BỔ SUNG: cơ quan ban hành]"
NO_HEAD = {
    "co_quan_cap_tren": "[CẦN BỔ SUNG: cơ quan cấp trên]",
    "co_quan": NOBODY,
    "ten_co_quan": NOBODY,
    "dia_danh": "[CẦN BỔ SUNG: địa danh]",
    "quyen_han": "",
    "has_issuer": False,
}


def abolished(text: str) -> bool:
    """Whether a text names an organ that has ended, by the words of the rule book."""
    words = [word for rule in PLAN.formats.co_quan_da_bo for word in rule.tu]
    return any(re.search(rf"(?<!\w){word}(?!\w)", text.upper()) for word in words)


PLACES = (PLAN.info.ten, "Phong trào toàn huyện", "tiêu biểu cấp huyện")
"""What the plan calls itself and its level: places, no organs."""


def texts_of(paper: IssuedPaper) -> list[str]:
    """Everything that the paper says."""
    found: list[str] = []
    for key in type(paper).model_fields:
        value = getattr(paper, key)
        if key in ("ten", "hinh_thuc", "can_cu"):
            continue  # of the rule book, not of the paper
        found += [str(getattr(item, "noi_dung", item)) for item in value] if isinstance(value, list) else [str(value)]
    for place in PLACES:
        found = [text.replace(place, "") for text in found]
    return found


# --- the rule book ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_has_its_issuer_to_the_last_day_and_names_no_abolished_organ_after_it(name):
    before, after = PLAN.document(name, LAST), PLAN.document(name, AFTER)
    assert before.has_issuer and not MISSING.search(before.co_quan_cap_tren + before.co_quan + before.ky_hieu)
    assert [text for text in texts_of(after) if abolished(text)] == []
    assert after.has_issuer == (name in OWN)
    if name not in OWN:
        assert {key: getattr(after, key) for key in NO_HEAD} == NO_HEAD
        assert after.noi_nhan[-1] in ("Lưu [CẦN BỔ SUNG: nơi lưu]", "Lưu: [CẦN BỔ SUNG: nơi lưu]")


def test_receivers_that_are_no_more_leave_one_mark():
    assert PLAN.document("bao_cao_quy", AFTER).noi_nhan == [
        "[CẦN BỔ SUNG: nơi nhận]",
        "Lưu [CẦN BỔ SUNG: nơi lưu]",
    ]
    assert PLAN.document("quyet_dinh_cong_nhan_dang_uy", AFTER).noi_nhan == [
        "Tỉnh ủy Lào Cai (b/c)",
        "Như Điều 3",
        "Lưu Văn phòng Đảng ủy",
    ]


def plan_with(**entries: list[object]) -> Plan:
    documents = PLAN.documents
    more = {name: [*getattr(documents, name), *found] for name, found in entries.items()}
    return PLAN.model_copy(update={"documents": documents.model_copy(update=more)})


def heir(**fields: object) -> Plan:
    """The plan with one who issues the papers of the board from 01/7/2025."""
    issuer = next(entry for entry in PLAN.documents.co_quan_ban_hanh if entry.ma == "ban_chu_tri")
    name = next(entry for entry in PLAN.documents.ten_goi if entry.ma == "ban_chu_tri")
    dated = {"tu_ngay": AFTER, "den_ngay": None}
    return plan_with(
        co_quan_ban_hanh=[
            issuer.model_copy(
                update={
                    **dated,
                    "co_quan_cap_tren": "ĐẢNG BỘ TỈNH LÀO CAI",
                    "co_quan": "ĐẢNG ỦY XÃ BẢO YÊN",
                    "ky_hieu": "ĐU",
                    "chuc_vu": "BÍ THƯ",
                    "luu": "Văn phòng Đảng ủy",
                    **fields,
                }
            )
        ],
        ten_goi=[name.model_copy(update={**dated, "ten": "Đảng ủy xã Bảo Yên"})],
    )


def test_an_heir_issues_from_its_first_day_and_nothing_before_changes():
    plan = heir()
    assert plan.document(REQUEST, LAST) == PLAN.document(REQUEST, LAST)
    paper = plan.document("bao_cao_quy", AFTER)
    assert (paper.co_quan, paper.ten_co_quan, paper.ky_hieu, paper.chuc_vu, paper.noi_nhan[-1], paper.has_issuer) == (
        "ĐẢNG ỦY XÃ BẢO YÊN",
        "Đảng ủy xã Bảo Yên",
        "BC/ĐU",
        "BÍ THƯ",
        "Lưu Văn phòng Đảng ủy",
        True,
    )
    assert plan.sender(AFTER) == "Đảng ủy xã Bảo Yên" and plan.has_sender(AFTER)


def broken(tmp_path, file: str, old: str, new: str) -> str:
    folder = tmp_path / "plan"
    shutil.copytree(str(files("dvk_reports.plans").joinpath("bao_yen_2022_2025")), folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        load_plan(folder)
    return str(caught.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (
            "documents.yaml",
            "co_quan_ban_hanh: co_quan_noi_vu",
            "co_quan_ban_hanh: co_quan_noi_vuu",
            "van_ban → to_trinh_nha_nuoc → co_quan_ban_hanh: không có cơ quan ban hành “co_quan_noi_vuu”. Có phải là "
            "“co_quan_noi_vu”?",
        ),
        (
            "documents.yaml",
            'ten_co_quan: "{hoi_dong_khen}"',
            'ten_co_quan: "{hoi_dong_kheen}"',
            "co_quan_ban_hanh → hoi_dong_khen → ten_co_quan: không có tên gọi “hoi_dong_kheen”. Có phải là "
            "“hoi_dong_khen”?",
        ),
        (
            "documents.yaml",
            '"{ke_hoach}"',
            '"{ke_hoac}"',
            "van_ban → bao_cao_quy → can_cu_viet → 1: không có tên gọi “ke_hoac”. Có phải là “ke_hoach”?",
        ),
        (
            "documents.yaml",
            "Căn cứ {ke_hoach_can_cu}",
            "Căn cứ {ke_hoach_can_cuu}",
            "van_ban → to_trinh_dang → can_cu_van_ban → 0 → noi_dung: không có tên gọi “ke_hoach_can_cuu”. Có "
            "phải là “ke_hoach_can_cu”?",
        ),
        (
            "reminders.yaml",
            "{thuong_truc}",
            "{thuong_trucc}",
            "muc_nhac → 2 → them_noi_nhan → 0: không có tên gọi “thuong_trucc”. Có phải là “thuong_truc”?",
        ),
    ],
)
def test_a_slip_is_named_with_its_nearest_spelling(tmp_path, file, old, new, words):
    assert words in broken(tmp_path, file, old, new)


# --- report, reminder, mails ------------------------------------------------------------------------------------------


def late_quarter():
    """The example quarter, told in a report of the first day without the district."""
    return replace(example_quarter(PLAN), as_of=AFTER)


def report(register=None) -> bytes:
    out = io.BytesIO()
    write_report(out, Office(PLAN, register or example_register(PLAN), late_quarter().as_of), late_quarter())
    return out.getvalue()


def head_and_foot(paper: bytes) -> list[list[str]]:
    """Text of the cells of the first table and of the one with Nơi nhận."""
    tables = Document(io.BytesIO(paper)).tables
    foot = next(t for t in tables if t.rows[0].cells[0].text.startswith("Nơi nhận"))
    return [[cell.text for cell in row.cells] for table in (tables[0], foot) for row in table.rows]


WITHOUT = [
    [f"[CẦN BỔ SUNG: cơ quan cấp trên]\n{NOBODY}\n*", "ĐẢNG CỘNG SẢN VIỆT NAM\n"],
    [
        "Số       -BC/[CẦN BỔ SUNG: ký hiệu]",
        "[CẦN BỔ SUNG: địa danh], ngày      tháng      năm 2025",
    ],
    [
        "Nơi nhận:\n- [CẦN BỔ SUNG: nơi nhận],\n- Lưu [CẦN BỔ SUNG: nơi lưu].",
        "[CẦN BỔ SUNG: chức vụ người ký]\n",
    ],
]


def test_a_report_without_an_issuer_is_a_marked_draft():
    paper = report()
    assert head_and_foot(paper) == WITHOUT
    document = Document(io.BytesIO(paper))
    marked = [run for run in document.element.body.iter(qn("w:r")) if run.findtext(qn("w:t")) == NOBODY]
    assert len(marked) == 5  # head, opening sentence, closing sentence, links of two annexes
    assert all(run.find(f"{qn('w:rPr')}/{qn('w:highlight')}") is not None for run in marked)
    assert lint_document(paper, PLAN, day=AFTER) == []


def test_a_signer_of_the_office_that_is_no_more_signs_nothing():
    signer = Signer("bao_cao_quy", None, None, "K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Nguyễn Văn A")
    assert head_and_foot(report(replace(example_register(PLAN), signers=(signer,)))) == WITHOUT


def third_reminder(plan: Plan = PLAN) -> dict[str, bytes]:
    due = {Quarter(2023, 3): Deadline(Quarter(2023, 3), date(2025, 6, 2), None, date(2023, 7, 1), date(2023, 9, 30))}
    return sent_out(Office(plan, replace(REGISTER, deadlines=due), AFTER), silent(AFTER))


def test_a_reminder_without_an_issuer():
    made_ = third_reminder()
    head = cell_lines(made_, LETTER)
    assert head[0] == ["[CẦN BỔ SUNG: cơ quan cấp trên]", NOBODY, "*"]
    assert head[4] == ["Nơi nhận:", "- Như trên,", "- Lưu [CẦN BỔ SUNG: nơi lưu]."]
    assert head[5] == ["[CẦN BỔ SUNG: chức vụ người ký]", ""]
    said = paragraphs(made_, LETTER)
    assert said[1].startswith(f"Thực hiện Kế hoạch thực hiện {PLAN.info.ten}, {NOBODY} đã gửi các đơn vị biểu mẫu")
    assert said[3] == (
        f"{NOBODY} đề nghị Đảng bộ xã Tân Tiến nghiêm túc thực hiện, phân công rõ người chịu trách nhiệm, gửi báo cáo "
        f"chậm nhất ngày 04/7/2025 và nêu rõ lý do chậm. Sau thời hạn trên, {NOBODY} tổng hợp theo số đơn vị đã có "
        "báo cáo "
        "và ghi rõ đơn vị chưa có báo cáo trong báo cáo chung."
    )
    assert not any(abolished(text.replace(PLAN.info.ten, "")) for text in said)
    assert lint_document(made_[LETTER], PLAN, day=AFTER) == []
    assert words_of(made_[MAIL]).startswith(f"Kính gửi: Đảng bộ xã Tân Tiến\n\n{NOBODY} gửi kèm công văn")


def test_mails_are_from_the_office_of_the_day():
    quarter, used = Quarter(2023, 3), used_run()
    for day, office in ((LAST, "Ban Dân vận Huyện ủy"), (AFTER, NOBODY)):
        form = form_mail(Office(PLAN, REGISTER, day), TAN_TIEN, quarter, "a.xlsx", b"")
        assert f"\n\n{office} gửi biểu mẫu báo cáo" in words_of(form)
        receipt = words_of(sent_out(Office(PLAN, REGISTER, day), replace(used, as_of=day))["thu/DB-2.eml"])
        assert f"\n\n{office} đã nhận báo cáo" in receipt and f"\n\n{office} trân trọng" in receipt


def test_a_plan_without_the_paper_of_a_reminder_reminds_nobody():
    kept = [spec for spec in PLAN.documents.van_ban if spec.vai is not DocumentRole.REMINDER]
    plan = PLAN.model_copy(update={"documents": PLAN.documents.model_copy(update={"van_ban": kept})})
    assert third_reminder(plan) == {} and len(third_reminder()) == 2


# --- award papers -----------------------------------------------------------------------------------------------------


def test_a_form_that_is_granted_no_more_gets_no_paper():
    with pytest.raises(PlanError) as caught:
        award_drafts(Office(PLAN, OFFICE, AFTER), WHOLE)
    assert str(caught.value) == (
        "E11: ngày 01/7/2025 không lập được văn bản về hình thức “Biểu dương của Ban Thường vụ Huyện ủy”, vì Ban "
        "Thường vụ Huyện ủy không còn thẩm quyền sau ngày 30/6/2025. Không tệp nào được ghi. Đợt này chỉ giữ để tra "
        "cứu; việc khen thưởng sau ngày đó do cơ quan có thẩm quyền lúc ấy thực hiện. Căn cứ: Kế hoạch “Dân vận khéo” "
        "2022 - 2025, mục III.5; Nghị quyết số 1673/NQ-UBTVQH15 ngày 16/6/2025."
    )


def test_a_form_that_is_granted_still_but_has_no_issuer_gets_a_marked_draft():
    plan = granted_on(PLAN)
    found = award_drafts(Office(plan, OFFICE, AFTER), WHOLE)
    assert list(found) == list(award_drafts(Office(PLAN, OFFICE, LAST), WHOLE))
    decision = found["quyet-dinh-giay-khen.docx"]
    head = Document(io.BytesIO(decision)).tables[0].rows[0].cells[0].text
    assert head.split("\n")[:2] == ["[CẦN BỔ SUNG: cơ quan cấp trên]", NOBODY]
    said = [p.text for p in Document(io.BytesIO(decision)).paragraphs if p.text]
    assert said[:3] == ["QUYẾT ĐỊNH", "Về việc tặng Giấy khen của [CẦN BỔ SUNG: chủ tịch ủy ban nhân dân]", NOBODY]
    (note, *_) = draft_notes(plan, WHOLE, AFTER)
    assert note.startswith("Quy định không nêu cơ quan ban hành vào ngày 01/7/2025: Tờ trình đề nghị biểu dương (")
    assert draft_notes(plan, WHOLE, LAST) == ()


# --- what the commands say --------------------------------------------------------------------------------------------

SAID = (
    "Quy định không nêu cơ quan ban hành vào ngày {day}: {what} là dự thảo chưa có cơ quan ban hành. Điền các chỗ "
    "“[CẦN BỔ SUNG]”, hoặc ghi cơ quan ở mục co_quan_ban_hanh của documents.yaml rồi chạy lại."
)


def test_consolidating_after_the_last_day_says_so(tmp_path):
    space = made(tmp_path / "w")
    put(space, "a.xlsx", sent(space, "CB-A"))
    before = consolidate(space, "2023-Q3", LAST, workers=1)
    assert not [line for line in before.messages if "cơ quan ban hành" in line]
    after = consolidate(space, "2023-Q3", AFTER, workers=1)
    assert after.messages[0] == SAID.format(day="01/7/2025", what="báo cáo, công văn đôn đốc và thư")
    mails = [words_of(data) for name, data in files_of(after.folder).items() if name.endswith(".eml")]
    assert len(mails) == 3 and all(f"\n\n{NOBODY}" in text for text in mails)


def test_forms_sent_after_the_last_day_say_so(tmp_path):
    space = made(tmp_path / "w")
    assert make_forms(space, "2023-Q3", as_of=LAST).notes == ()
    assert make_forms(space, "2023-Q3", as_of=AFTER).notes == (SAID.format(day="01/7/2025", what="thư gửi biểu mẫu"),)
