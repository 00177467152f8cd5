"""One mail for each unit and run: what it holds, what is attached, and when it is another mail than the one before."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

import openpyxl
import pytest

from dvk_reports import consolidate
from dvk_reports.mail.drafts import MARK
from dvk_reports.mail.returned import returned
from dvk_reports.messages.asking import asks_unit
from dvk_reports.messages.returns import CATALOGUE
from dvk_reports.model.findings import Finding, Level, Stop
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Merger
from dvk_reports.sheets.marked.workbook import needs_copy
from dvk_reports.vietnamese.dates import read_date, show_date_long
from tests.papers.test_reminders import (
    NGHIA_DO,
    PLAN,
    SECOND,
    TAN_TIEN,
    register_of,
    silent,
    unit,
    used_run,
)
from tests.support.mails import opened, sent_out, words_of
from tests.support.offices import edited
from tests.support.small_space import DAY, KY, files_of, put, sent

WRONG = {"tong_so_dang_vien": "hai mươi", "so_chuyen_muc": None}


def mails_of(result):
    return {name: data for name, data in files_of(result.folder).items() if name.startswith("thu/")}


def attached(mail):
    return {part.get_filename(): part.get_content() for part in opened(mail).iter_attachments()}


def other_form(book):
    (row,) = (cell.row for cell in book["BIA"]["A"] if cell.value == "ma_mau")
    book["BIA"].cell(row, 3).value = "DVK-2021.1"


@pytest.fixture
def run(space):
    """A is clean, B has two mistakes, C has sent nothing and is two days late."""
    put(space, "A.xlsx", sent(space, "CB-A"))
    put(space, "B.xlsx", sent(space, "CB-B", b1=WRONG))
    return consolidate(space, KY, as_of=DAY)


def test_each_unit_has_one_mail_with_all_that_is_for_it(run):
    made = mails_of(run)
    assert list(made) == ["thu/CB-A.eml", "thu/CB-B.eml", "thu/CB-C.eml"]
    files = files_of(run.folder)
    copy, letter = f"DVK_CB-B_{KY}_v02.xlsx", f"DVK_CB-C_{KY}_don-doc.docx"
    assert {name: attached(mail) for name, mail in made.items()} == {
        "thu/CB-A.eml": {},
        "thu/CB-B.eml": {copy: files[f"tra-lai/{copy}"]},
        "thu/CB-C.eml": {letter: files[f"don-doc/{letter}"]},
    }
    about = "báo cáo Phong trào “Dân vận khéo” quý III năm 2023 - Chi bộ"
    assert [opened(mail)["Subject"] for mail in made.values()] == [
        f"Biên nhận {about} A",
        f"Biên nhận, đề nghị sửa {about} B",
        f"Gửi lại {about} C",  # the register knows a day of receipt
    ]
    assert [opened(mail)["To"] for mail in made.values()] == [f"cb{n}@vi-du.example" for n in "ABC"]
    assert {opened(mail)["X-Unsent"] for mail in made.values()} == {"1"}
    assert not [name for name in files if name.endswith(".eml") and name not in made]


def test_the_mail_of_a_return_with_mistakes_is_receipt_and_request(run):
    text = words_of(mails_of(run)["thu/CB-B.eml"])
    sha256 = next(record.sha256 for record in run.data.files if record.unit == "CB-B")
    order = (
        "Kính gửi: Chi bộ B\n\nBan Dân vận Huyện ủy đã nhận báo cáo",
        f"- Mã SHA-256 của tệp: {sha256}\n",
        "- Kết quả kiểm tra: 2 lỗi Chặn, 0 Cảnh báo",
        "\n\nChỗ có lỗi Chặn chưa được tính vào số liệu chung.\n\nQua kiểm tra còn 02 chỗ phải sửa",
        "\n\nCụ thể:\n1. Biểu B1, ô C",
        f"\n\nCách làm: mở tệp kèm theo (DVK_CB-B_{KY}_v02.xlsx), trang “Cần sửa”",
        "gửi lại chậm nhất ngày 18/10/2023 bằng cách trả lời thư này. Bản gửi lại thay toàn bộ bản trước.",
        "\n\nBan Dân vận Huyện ủy trân trọng cảm ơn./.\n",
    )
    places = [text.find(part) for part in order]
    assert -1 not in places and places == sorted(places)


def test_a_return_that_cannot_be_used_is_reminded_with_its_copy(space):
    """One mail, and one day until which its answer is wanted, however firm the reminder."""
    put(space, "A.xlsx", edited(sent(space, "CB-A"), other_form))
    result = consolidate(space, KY, as_of=date(2023, 10, 30))
    mail = mails_of(result)["thu/CB-A.eml"]
    copy, letter = f"DVK_CB-A_{KY}_v02.xlsx", f"DVK_CB-A_{KY}_don-doc.docx"
    assert set(attached(mail)) == {copy, letter}
    text = words_of(mail)
    (day,) = {text[at + 15 : at + 25] for at in range(len(text)) if text.startswith("chậm nhất ngày ", at)}
    book = openpyxl.load_workbook(io.BytesIO(attached(mail)[copy]))
    day = show_date_long(read_date(day))
    assert any(day in str(cell.value) for row in book["Cần sửa"].iter_rows() for cell in row if cell.value)


def test_the_list_names_every_mail(run):
    sheet = openpyxl.load_workbook(run.folder / "thu.xlsx").active
    keys = [cell.value for cell in sheet[1]]
    lines = [dict(zip(keys, row, strict=True)) for row in sheet.iter_rows(min_row=6, values_only=True) if row[0]]
    assert sheet.row_dimensions[1].hidden
    assert [line["ma_don_vi"] for line in lines] == ["CB-A", "CB-B", "CB-C"]
    assert lines[1] == {
        "tt": 2,
        "ma_don_vi": "CB-B",
        "ten_don_vi": "Chi bộ B",
        "nguoi_nhan": "Chi bộ B",
        "dia_chi": "cbB@vi-du.example",
        "tieu_de": "Biên nhận, đề nghị sửa báo cáo Phong trào “Dân vận khéo” quý III năm 2023 - Chi bộ B",
        "noi_dung": "Biên nhận\nChỗ cần sửa",
        "dinh_kem": f"DVK_CB-B_{KY}_v02.xlsx",
        "tinh_hinh": "Đã chấp nhận",
        "trang_thai": "Gửi được",
        "tep": "thu/CB-B.eml",
    }


def marks(made):
    return {name: opened(mail)[MARK] for name, mail in made.items() if name.startswith("thu/")}


def test_only_what_is_new_to_the_unit_makes_another_mail(space, run):
    """The day of the run and the days counted from it do not; what the unit has sent, or is asked for, does."""
    first = mails_of(run)
    later = mails_of(consolidate(space, KY, as_of=DAY + timedelta(days=1)))
    assert marks(later) == marks(first) and later["thu/CB-B.eml"] != first["thu/CB-B.eml"]
    firmer = marks(mails_of(consolidate(space, KY, as_of=DAY + timedelta(days=12))))
    assert [name for name in firmer if firmer[name] != marks(first)[name]] == ["thu/CB-C.eml"]
    put(space, "B.xlsx", sent(space, "CB-B", {"phien_ban": 2, "thay_the_phien_ban": 1}))
    again = marks(mails_of(consolidate(space, KY, as_of=DAY)))
    assert [name for name in again if again[name] != marks(first)[name]] == ["thu/CB-B.eml"]
    assert len(set(first.values())) == 3


# --- what asks nothing of the unit -----------------------------------------------------------------------------------


def finding(rule="", level=Level.WARNING, **fields):
    base = Finding(level, "K05", "DB-2", "b.xlsx", "B4", "D7", "9", "Ô sai.", "Sửa.", rule=rule)
    return replace(base, **fields)


def test_what_is_only_told_makes_no_marked_copy():
    assert not needs_copy([finding("COUNTER_DIFFERS"), finding("BLANK", Level.NOTE), finding("OUTLIER", answer="đúng")])
    assert needs_copy([finding("COUNTER_DIFFERS"), finding("OUTLIER")])
    assert needs_copy([finding("BLANK", Level.BLOCK, answer="đúng")])
    assert needs_copy([finding("bieu_cua_co_quan.luat_1")])  # a rule of the plan's own


def test_every_sentence_that_asks_for_nothing_says_so():
    """Whatever level a plan gives it."""
    told = {name for name, message in CATALOGUE.items() if message.remedy.startswith("Không cần")}
    assert len(told) > 5 and told | {"NOT_MADE"} == {name for name, message in CATALOGUE.items() if not message.asks}
    assert not any(asks_unit(finding(name, Level.WARNING)) for name in told)


def test_what_stops_most_is_told_first():
    found = [
        finding("a", text="Ngờ."),
        finding("b", Level.BLOCK, cell="C5", text="Một ô.", stops=(Stop("B4", 5, "x"),)),
        finding("c", Level.BLOCK, cell="", text="Cả biểu.", stops=(Stop("B4"),)),
        finding("d", Level.BLOCK, cell="C4", text="Cả tệp.", refuses=True),
        finding("COUNTER_DIFFERS", text="Chỉ để biết."),
    ]
    words = returned(found, date(2023, 10, 20), "tra-lai/a.xlsx").words
    assert "03 chỗ phải sửa" in words and "01 chỗ cần xem lại" in words
    assert words.index("1. Biểu B4, ô C4: Cả tệp.") < words.index("2. Biểu B4: Cả biểu.")
    assert words.index("2. Biểu B4: Cả biểu.") < words.index("3. Biểu B4, ô C5: Một ô.")
    assert "Còn 01 nội dung khác, xem ở trang “Cần sửa”" in words and "Chỉ để biết" not in words
    assert "gửi lại sớm nhất có thể" in returned(found, None, "tra-lai/a.xlsx").words


def test_a_copy_that_cannot_be_made_leaves_its_words(space, monkeypatch):
    import dvk_reports.run.steps.going_out as room

    def fails(*_):
        raise ValueError("x")

    put(space, "B.xlsx", sent(space, "CB-B", b1=WRONG))
    monkeypatch.setattr(room, "MarkedCopy", fails)
    result = consolidate(space, KY, as_of=DAY)
    mail = mails_of(result)["thu/CB-B.eml"]
    assert [f.text for f in result.data.findings if f.code == "T18"] == [
        "Không lập được bản đánh dấu của đơn vị (có nội dung không ghi được); các đơn vị khác không bị ảnh hưởng."
    ]
    assert attached(mail) == {}
    assert "sửa các ô trên trong tệp đã gửi, tăng số phiên bản" in words_of(mail)


# --- to whom ---------------------------------------------------------------------------------------------------------


def test_a_merged_unit_is_answered_through_the_one_it_became():
    old = replace(NGHIA_DO, until=date(2023, 10, 12))
    new = unit("DB-9", "Đảng bộ xã Nghĩa Đô (mới)", since=date(2023, 10, 13))
    register = register_of(old, new, mergers=(Merger("DB-2", "DB-9", date(2023, 10, 13), "NQ"),))
    (mail,) = sent_out(Office(PLAN, register, SECOND), used_run()).values()
    assert opened(mail)["To"] == "db-9@vi-du.example"
    assert words_of(mail).startswith("Kính gửi: Đảng bộ xã Nghĩa Đô (mới)\n\n")
    assert "quý III năm 2023 của Đảng bộ xã Nghĩa Đô và dùng để tổng hợp:" in words_of(mail)


@pytest.mark.parametrize("email", ["", "a@x.vn\r\nBcc: b@y.vn", "a@x.vn, b@y.vn"], ids=["none", "a line break", "two"])
def test_an_address_is_never_more_than_an_address(email):
    register = register_of(replace(TAN_TIEN, email=email, name="Đảng bộ\r\nBcc: c@z.vn"), NGHIA_DO)
    data = silent(SECOND)
    mail = opened(sent_out(Office(PLAN, register, SECOND), data)["thu/DB-1.eml"])
    assert (mail["To"] or "") == (email if email.isprintable() else "")
    assert mail["Bcc"] is None and "Bcc: c@z.vn" in mail["Subject"].replace("\r\n", " ")
