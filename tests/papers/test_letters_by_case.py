"""The whole letter for every way in which a unit can have no return that counts: what is so, and no word of blame."""

from __future__ import annotations

import io
from datetime import date

import pytest
from docx import Document

from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.findings import Finding, Level
from dvk_reports.model.periods import Period, Quarter
from dvk_reports.model.returns import FileRecord, FileState, Submission, UnitState
from dvk_reports.model.values import Cell
from dvk_reports.papers.lint.documents import lint_document
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Deadline, Register, Unit
from dvk_reports.run.plans import load_plan
from dvk_reports.sheets.calls import call_sheet
from tests.papers.test_reminders import called
from tests.support.mails import sent_out

PLAN, Q = load_plan(), Quarter(2023, 3)
NBSP = "\N{NO-BREAK SPACE}"
BEFORE, ON_THE_DAY, AFTER, LAST = date(2023, 10, 9), date(2023, 10, 10), date(2023, 10, 13), date(2023, 10, 24)
"""The deadline is 10/10/2023; on the last day a unit that has sent nothing is told with a copy to the leaders."""


def unit(code: str, name: str) -> Unit:
    at = Cell("danh-muc.xlsx", "Đơn vị", 4, 1)
    return Unit(code, name, "CB_CQ", "II", False, None, None, (), "", "", "", 0, at)


HERE, OTHER = unit("CB-A", "Chi bộ Kho bạc Nhà nước huyện"), unit("CB-B", "Chi bộ Bảo hiểm xã hội huyện")


def file(name: str, state: FileState, day: date | None = BEFORE, **fields: str) -> FileRecord:
    known = {"unit": "CB-A", "period": Q.key, **fields}
    return FileRecord(name, "a" * 64, state, received=day, **known)  # type: ignore[arg-type]


def refusing(name: str, text: str, remedy: str) -> Finding:
    return Finding(Level.BLOCK, "K01", "", name, "BIA", "C5", "", text, remedy, refuses=True)


def made(state: UnitState, files=(), findings=(), noted=None, day=LAST) -> tuple[dict[str, bytes], dict[str, object]]:
    """Letters and mails, and the line of the call sheet."""
    deadlines = {Q: Deadline(Q, ON_THE_DAY, None, Q.first_day, Q.last_day)}
    received = {("CB-A", Q): noted} if noted else {}
    register = Register(units=(HERE, OTHER), deadlines=deadlines, received=received)
    items = (
        Submission("CB-A", HERE.name, HERE.kind, state),
        Submission("CB-B", OTHER.name, OTHER.kind, UnitState.ACCEPTED),
    )
    data = Consolidation(Period.of(Q), day, tuple(files), items, tuple(findings), (), ())
    office = Office(PLAN, register, day)
    (line,) = called(call_sheet(office, data))
    return {name: paper for name, paper in sent_out(office, data).items() if name.endswith(".docx")}, line


def letter(papers: dict[str, bytes]) -> list[str]:
    """What it is about, what it says between the greeting and how to send, and who gets it."""
    (paper,) = [data for name, data in papers.items() if name.endswith(".docx")]
    document = Document(io.BytesIO(paper))
    tables = [p.text for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    about = next(text for text in tables if text.startswith("về việc"))
    receivers = [text for text in tables if text.startswith("- ")]
    body = [p.text for p in document.paragraphs if p.text]
    assert body[0] == "Kính gửi: Chi bộ Kho bạc Nhà nước huyện"
    assert body[1].endswith(f"hạn nộp chậm nhất ngày{NBSP}10/10/2023.")
    assert body[-1].endswith("Ban Dân vận Huyện ủy trân trọng cảm ơn sự phối hợp của Chi bộ Kho bạc Nhà nước huyện.")
    return [text.replace(NBSP, " ") for text in (about, *body[2:-2], *receivers)]


COUNTED = "Tính đến ngày 24/10/2023, Ban Dân vận Huyện ủy đã có báo cáo của 1/2 đơn vị để tổng hợp"
IN_TIME = "nhận ngày 09/10/2023, trong hạn,"
AFTERWARDS = (
    "Sau thời hạn trên, Ban Dân vận Huyện ủy tổng hợp theo số đơn vị đã có báo cáo và ghi rõ đơn vị chưa có báo cáo "
    "trong báo cáo của huyện."
)
MEND = (
    "Ban Dân vận Huyện ủy đề nghị Chi bộ Kho bạc Nhà nước huyện sửa như trên và gửi lại báo cáo chậm nhất ngày "
    f"30/10/2023. {AFTERWARDS}"
)
AGAIN = "về việc gửi lại báo cáo Phong trào “Dân vận khéo” quý III năm 2023"
UNIT_ALONE = ["- Như trên,", "- Lưu Ban Dân vận."]

CASES = {
    "nothing": (
        UnitState.MISSING,
        {},
        [
            "về việc đôn đốc gửi báo cáo Phong trào “Dân vận khéo” quý III năm 2023",
            f"{COUNTED}; chưa nhận được báo cáo của Chi bộ Kho bạc Nhà nước huyện, chậm 10 ngày làm việc so với hạn.",
            "Ban Dân vận Huyện ủy đề nghị Chi bộ Kho bạc Nhà nước huyện nghiêm túc thực hiện, phân công rõ người chịu "
            "trách nhiệm, gửi báo cáo chậm nhất ngày 27/10/2023 và nêu rõ lý do chậm. " + AFTERWARDS + " Công văn này "
            "đồng thời được gửi Thường trực Huyện ủy để báo cáo.",
            "- Như trên,",
            "- Thường trực Huyện ủy (b/c),",
            "- Lưu Ban Dân vận.",
        ],
        (3, 10),
    ),
    "another period": (
        UnitState.MISSING,
        {"files": [file("Kho bac.xlsx", FileState.WRONG_PERIOD, period="2023-Q2")]},
        [
            AGAIN,
            f"{COUNTED}. Báo cáo của Chi bộ Kho bạc Nhà nước huyện {IN_TIME} chưa dùng được. Cụ thể:",
            "- Đã nhận tệp “Kho bac.xlsx” ngày 09/10/2023, nhưng tệp ghi kỳ báo cáo là quý II năm 2023, không phải quý "
            "III năm 2023. Nếu là báo cáo quý III năm 2023, đề nghị ghi lại kỳ báo cáo ở trang bìa rồi gửi lại.",
            MEND,
            *UNIT_ALONE,
        ],
        (2, 0),
    ),
    "an unknown code": (
        UnitState.MISSING,
        {
            "files": [file("Kho bac.xlsx", FileState.REFUSED, unit="CB-AA", near="CB-A")],
            "findings": [
                refusing(
                    "Kho bac.xlsx",
                    "Mã đơn vị “CB-AA” không có trong danh mục; cả tệp chưa được tính.",
                    "Ghi đúng mã đã in sẵn, rồi gửi lại. Có phải là CB-A?",
                )
            ],
        },
        [
            AGAIN,
            f"{COUNTED}. Tệp có thể là báo cáo của Chi bộ Kho bạc Nhà nước huyện {IN_TIME} chưa dùng được. Cụ thể:",
            "- Đã nhận tệp “Kho bac.xlsx” ngày 09/10/2023, có thể là của đơn vị, nhưng chưa dùng được: mã đơn vị "
            "“CB-AA” "
            "không có trong danh mục; cả tệp chưa được tính. Ghi đúng mã đã in sẵn, rồi gửi lại. Mã của đơn vị là "
            "CB-A.",
            MEND,
            *UNIT_ALONE,
        ],
        (2, 0),
    ),
    "in the form of another unit": (
        UnitState.MISSING,
        {"files": [file("Kho bac.xlsx", FileState.USED, unit="CB-B", near="CB-A")]},
        [
            AGAIN,
            f"{COUNTED}. Tệp có thể là báo cáo của Chi bộ Kho bạc Nhà nước huyện {IN_TIME} chưa dùng được. Cụ thể:",
            "- Đã nhận tệp “Kho bac.xlsx” ngày 09/10/2023, có thể là của đơn vị, nhưng trang bìa ghi Chi bộ Bảo hiểm "
            "xã "
            "hội huyện (mã CB-B) nên được xem là của đơn vị đó. Nếu là báo cáo của đơn vị, đề nghị ghi số liệu vào "
            "đúng "
            "biểu mẫu của đơn vị rồi gửi lại.",
            MEND,
            *UNIT_ALONE,
        ],
        (2, 0),
    ),
    "refused, sent on the day": (
        UnitState.REFUSED,
        {
            "files": [file("KB/cu.xlsx", FileState.REFUSED, ON_THE_DAY)],
            "findings": [refusing("KB/cu.xlsx", "Biểu mẫu đã thôi dùng.", "Chép số liệu sang biểu mẫu được gửi.")],
        },
        [
            AGAIN,
            f"{COUNTED}. Báo cáo của Chi bộ Kho bạc Nhà nước huyện nhận ngày 10/10/2023, trong hạn, chưa dùng được. Cụ "
            "thể:",
            "- Đã nhận tệp “cu.xlsx” ngày 10/10/2023, nhưng chưa dùng được: biểu mẫu đã thôi dùng. Chép số liệu sang "
            "biểu mẫu được gửi.",
            MEND,
            *UNIT_ALONE,
        ],
        (2, 0),
    ),
    "refused, sent late": (
        UnitState.REFUSED,
        {"files": [file("cu.xlsx", FileState.REFUSED, AFTER, reason="Biểu mẫu đã thôi dùng.")]},
        [
            AGAIN,
            f"{COUNTED}. Báo cáo của Chi bộ Kho bạc Nhà nước huyện nhận ngày 13/10/2023, sau hạn 03 ngày làm việc, "
            "chưa "
            "dùng được. Cụ thể:",
            "- Đã nhận tệp “cu.xlsx” ngày 13/10/2023, nhưng chưa dùng được: biểu mẫu đã thôi dùng.",
            MEND,
            *UNIT_ALONE,
        ],
        (2, 3),
    ),
    "refused, its day not known": (
        UnitState.REFUSED,
        {"files": [file("cu.xlsx", FileState.REFUSED, None, reason="Biểu mẫu đã thôi dùng.")]},
        [
            AGAIN,
            f"{COUNTED}. Báo cáo của Chi bộ Kho bạc Nhà nước huyện chưa dùng được. Cụ thể:",
            "- Đã nhận tệp “cu.xlsx”, nhưng chưa dùng được: biểu mẫu đã thôi dùng.",
            MEND,
            *UNIT_ALONE,
        ],
        (2, 0),
    ),
    "in a mail of a day after the run": (
        UnitState.REFUSED,
        {"files": [file("cu.xlsx", FileState.REFUSED, date(2023, 11, 1), reason="Biểu mẫu đã thôi dùng.")]},
        [
            AGAIN,
            f"{COUNTED}. Báo cáo của Chi bộ Kho bạc Nhà nước huyện chưa dùng được. Cụ thể:",
            "- Đã nhận tệp “cu.xlsx”, nhưng chưa dùng được: biểu mẫu đã thôi dùng.",
            MEND,
            *UNIT_ALONE,
        ],
        (2, 0),
    ),
    "unreadable": (
        UnitState.MISSING,
        {"files": [file("KB.xlsx", FileState.UNREADABLE, unit="", near="CB-A", reason="Tệp bị hỏng.")]},
        [
            AGAIN,
            f"{COUNTED}. Tệp có thể là báo cáo của Chi bộ Kho bạc Nhà nước huyện {IN_TIME} chưa dùng được. Cụ thể:",
            "- Đã nhận tệp “KB.xlsx” ngày 09/10/2023, có thể là của đơn vị, nhưng không đọc được: tệp bị hỏng.",
            MEND,
            *UNIT_ALONE,
        ],
        (2, 0),
    ),
    "two versions with other values": (
        UnitState.CONFLICT,
        {
            "files": [
                file("THPT so 2 (chinh).xlsx", FileState.CONFLICT, version="1"),
                file("THPT so 2.xlsx", FileState.CONFLICT, AFTER, version="1"),
            ]
        },
        [
            "về việc xác nhận báo cáo Phong trào “Dân vận khéo” quý III năm 2023",
            f"{COUNTED}. Báo cáo của Chi bộ Kho bạc Nhà nước huyện {IN_TIME} cần được xác nhận. Cụ thể:",
            "- Đã nhận 02 tệp cùng ghi phiên bản 1 nhưng số liệu khác nhau: “THPT so 2 (chinh).xlsx” (nhận ngày "
            "09/10/2023), “THPT so 2.xlsx” (nhận ngày 13/10/2023). Chưa rõ số liệu nào đúng nên chưa dùng tệp nào.",
            "Ban Dân vận Huyện ủy đề nghị Chi bộ Kho bạc Nhà nước huyện xác nhận tệp đúng bằng cách gửi lại tệp đó, "
            "ghi "
            f"phiên bản 2, chậm nhất ngày 30/10/2023. {AFTERWARDS}",
            *UNIT_ALONE,
        ],
        (2, 0),
    ),
    "on paper only": (
        UnitState.MISSING,
        {"noted": AFTER},
        [
            AGAIN,
            f"{COUNTED}. Báo cáo của Chi bộ Kho bạc Nhà nước huyện nhận ngày 13/10/2023, sau hạn 03 ngày làm việc, "
            "chưa "
            "dùng được. Cụ thể:",
            "- Sổ theo dõi ghi đã nhận báo cáo ngày 13/10/2023, nhưng chưa có tệp biểu mẫu Excel (.xlsx) của kỳ này để "
            "tổng hợp.",
            "Ban Dân vận Huyện ủy đề nghị Chi bộ Kho bạc Nhà nước huyện gửi biểu mẫu Excel của kỳ này chậm nhất ngày "
            f"30/10/2023. {AFTERWARDS}",
            *UNIT_ALONE,
        ],
        (2, 3),
    ),
    "in the register received in time, in the box a later file": (
        UnitState.REFUSED,
        {"files": [file("cu.xlsx", FileState.REFUSED, AFTER, reason="Sai.")], "noted": BEFORE},
        [
            AGAIN,
            f"{COUNTED}. Báo cáo của Chi bộ Kho bạc Nhà nước huyện {IN_TIME} chưa dùng được. Cụ thể:",
            "- Đã nhận tệp “cu.xlsx” ngày 13/10/2023, nhưng chưa dùng được: sai.",
            MEND,
            *UNIT_ALONE,
        ],
        (2, 0),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_letter_of_each_case(case):
    state, given, said, (level, late) = CASES[case]
    papers, line = made(state, **given)
    assert letter(papers) == said
    assert lint_document(papers["don-doc/DVK_CB-A_2023-Q3_don-doc.docx"], PLAN, day=LAST) == []
    assert (line["muc_nhac"], line["ngay_cham"]) == (level, late)


def test_a_unit_with_a_used_return_gets_no_letter_however_late():
    register = Register(units=(HERE,), deadlines={Q: Deadline(Q, ON_THE_DAY, None, Q.first_day, Q.last_day)})
    late = Submission("CB-A", HERE.name, HERE.kind, UnitState.ACCEPTED, AFTER, punctual="Sau khóa sổ", blocks=3)
    data = Consolidation(Period.of(Q), LAST, (), (late,), (), (), ())
    assert sent_out(Office(PLAN, register, LAST), data) == {}


def test_before_the_deadline_nobody_is_written_to_who_has_sent_something():
    given = {"files": [file("cu.xlsx", FileState.REFUSED, reason="Sai.")], "day": ON_THE_DAY}
    assert made(UnitState.REFUSED, **given)[0] == {}


def test_lines_do_not_break_before_a_number():
    state, given, *_ = CASES["two versions with other values"]
    document = Document(io.BytesIO(made(state, **given)[0]["don-doc/DVK_CB-A_2023-Q3_don-doc.docx"]))
    text = " ".join(p.text for p in document.paragraphs)
    for words in ("quý III", "năm 2023", "ngày 24/10/2023", "phiên bản 2"):
        assert words.replace(" ", NBSP, words.count(" ")).replace(f"phiên{NBSP}bản", "phiên bản") in text
        assert words not in text
