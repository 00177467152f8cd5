"""Reminders, receipts and the call sheet: who is written to, how firmly, in which words, and who is left in peace."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from importlib.resources import files

import openpyxl
import pytest
from docx import Document

from dvk_reports.errors import PlanError, TemplateError
from dvk_reports.intake.back.past import read_past
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.findings import Finding, Level, Stop
from dvk_reports.model.periods import Period, Quarter, parse_period
from dvk_reports.model.returns import (
    AFTER_CLOSING,
    LATE,
    ON_TIME,
    FileRecord,
    FileState,
    Submission,
    UnitState,
    UsedReturn,
)
from dvk_reports.model.values import Cell, Row
from dvk_reports.papers.letters.reminders import letter_context
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Deadline, Merger, Register, Signer, Unit
from dvk_reports.plan.reminding import answer_of, due_reminders, missing_things, punctuality
from dvk_reports.plan.workdays import (
    days_late,
    holidays_known,
    is_workday,
    new_deadline,
    reminder_level,
    reminder_of,
    workday_after,
    workdays_after,
)
from dvk_reports.run.plans import load_plan
from dvk_reports.sheets.calls import call_sheet
from dvk_reports.sheets.totals.workbook import write_consolidated
from tests.support.mails import opened, sent_out, words_of
from tests.support.offices import convert
from tools.templates.reminder import make_reminder

PLAN = load_plan()
Q = Quarter(2023, 3)
DUE = date(2023, 10, 10)
FIRST, SECOND, THIRD = date(2023, 10, 11), date(2023, 10, 17), date(2023, 10, 24)
NBSP = "\N{NO-BREAK SPACE}"
MISSING, REFUSED, CONFLICT = UnitState.MISSING, UnitState.REFUSED, UnitState.CONFLICT
UNREADABLE, ACCEPTED = UnitState.UNREADABLE, UnitState.ACCEPTED


def unit(code: str, name: str, kind: str = "DB_XA", **fields: object) -> Unit:
    at = Cell("danh-muc.xlsx", "Đơn vị", 4, 1)
    made = Unit(code, name, kind, "I", False, None, None, (), f"{code.lower()}@vi-du.example", "", "", 0, at)
    return replace(made, **fields)  # type: ignore[arg-type]


def register_of(*units: Unit, due: date | None = DUE, **fields: object) -> Register:
    deadlines = {Q: Deadline(Q, due, None, Q.first_day, Q.last_day)} if due else {}
    return Register(units=units, deadlines=deadlines, **fields)  # type: ignore[arg-type]


TAN_TIEN = unit("DB-1", "Đảng bộ xã Tân Tiến", phone="0214 000 001", contact="Hoàng Văn Páo")
NGHIA_DO = unit("DB-2", "Đảng bộ xã Nghĩa Đô")
REGISTER = register_of(TAN_TIEN, NGHIA_DO)


def run_of(
    day: date,
    *items: Submission,
    files: Sequence[FileRecord] = (),
    findings: Sequence[Finding] = (),
    used: Sequence[UsedReturn] = (),
) -> Consolidation:
    return Consolidation(Period.of(Q), day, tuple(files), items, tuple(findings), (), tuple(used))


def item(of: Unit, state: UnitState, **fields: object) -> Submission:
    return Submission(of.code, of.name, of.kind, state, **fields)  # type: ignore[arg-type]


def silent(day: date) -> Consolidation:
    """Tân Tiến has sent nothing, Nghĩa Đô is accepted."""
    return run_of(day, item(TAN_TIEN, MISSING), item(NGHIA_DO, ACCEPTED, file="b.xlsx"))


def paragraphs(made: dict[str, bytes], name: str) -> list[str]:
    document = Document(io.BytesIO(made[name]))
    return [paragraph.text.replace(NBSP, " ") for paragraph in document.paragraphs if paragraph.text]


def cell_lines(made: dict[str, bytes], name: str) -> list[list[str]]:
    """Text of each cell of the head and of the foot."""
    tables = Document(io.BytesIO(made[name])).tables
    return [[p.text for p in cell.paragraphs] for table in tables for row in table.rows for cell in row.cells]


LETTER = "don-doc/DVK_DB-1_2023-Q3_don-doc.docx"
MAIL = "thu/DB-1.eml"


# --- working days ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "until", "days"),
    [
        ("2023-10-10", "2023-10-10", 0),
        ("2023-10-10", "2023-10-09", 0),
        ("2023-10-10", "2023-10-11", 1),
        ("2023-10-13", "2023-10-15", 0),  # Saturday and Sunday
        ("2023-10-13", "2023-10-16", 1),
        ("2023-01-19", "2023-01-26", 0),  # Tết Quý Mão
        ("2023-01-10", "2023-01-30", 9),
        ("2024-02-07", "2024-02-15", 1),  # Tết Giáp Thìn
        ("2023-04-28", "2023-05-04", 1),  # Giỗ Tổ, 30/4 and 01/5 with the days in lieu
        ("2024-04-26", "2024-05-06", 4),  # 02, 03, Saturday 04 worked in place of Monday 29/4, 06
        ("2023-08-31", "2023-09-05", 1),
        ("2025-12-31", "2026-01-12", 7),  # 05 to 09, Saturday 10 worked in place of Friday 02, 12
    ],
)
def test_working_days(after, until, days):
    assert workdays_after(PLAN, date.fromisoformat(after), date.fromisoformat(until)) == days


def test_the_working_day_after_tet():
    assert workday_after(PLAN, date(2023, 1, 18), 2) == date(2023, 1, 27)


def test_every_holiday_of_the_plan_has_its_basis_and_every_year_its_five_holidays():
    years = {year: [h for h in PLAN.reminders.ngay_nghi if h.tu.year == year] for year in range(2022, 2027)}
    assert {year: len(found) for year, found in years.items()} == {2022: 5, 2023: 4, 2024: 5, 2025: 5, 2026: 5}
    assert all(entry.can_cu for entry in [*PLAN.reminders.ngay_nghi, *PLAN.reminders.ngay_lam_bu])
    assert not any(holidays_known(PLAN, year) for year in (2021, 2027))


def test_a_worked_saturday_stands_for_a_weekday_off():
    for worked in PLAN.reminders.ngay_lam_bu:
        assert worked.ngay.weekday() == 5 and is_workday(PLAN, worked.ngay)


def test_a_holiday_that_ends_before_it_begins_is_named(tmp_path):
    folder = tmp_path / "plan"
    shutil.copytree(str(files("dvk_reports.plans").joinpath("bao_yen_2022_2025")), folder)
    path = folder / "reminders.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "tu: 2023-01-20, den: 2023-01-26", "tu: 2023-01-20, den: 2023-01-02"
    )
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PlanError, match=r"Tết Nguyên đán Quý Mão, có nghỉ bù → den: den \(2023-01-02\) đứng trước tu"):
        load_plan(folder)


# --- levels ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "late", "level"),
    [
        ("2023-10-01", 0, 0),
        ("2023-10-10", 0, 0),
        ("2023-10-11", 1, 1),
        ("2023-10-16", 4, 1),
        ("2023-10-17", 5, 2),
        ("2023-10-23", 9, 2),
        ("2023-10-24", 10, 3),
        ("2024-06-01", 159, 3),
    ],
)
def test_level_by_working_days_late(day, late, level):
    as_of = date.fromisoformat(day)
    assert (days_late(Office(PLAN, REGISTER, as_of), Q), reminder_level(Office(PLAN, REGISTER, as_of), Q)) == (
        late,
        level,
    )


def test_a_weekend_after_the_deadline_is_not_late():
    register = register_of(TAN_TIEN, due=date(2023, 10, 13))
    assert reminder_level(Office(PLAN, register, date(2023, 10, 15)), Q) == 0


def test_no_level_without_a_deadline():
    register = register_of(TAN_TIEN, due=None)
    assert days_late(Office(PLAN, register, THIRD), Q) is None
    assert reminder_level(Office(PLAN, register, THIRD), Q) == 0


@pytest.mark.parametrize(
    ("state", "level"), [(MISSING, 2), (REFUSED, 2), (CONFLICT, 2), (UNREADABLE, 2), (ACCEPTED, 0)]
)
def test_column_muc_nhac(state, level):
    assert reminder_of(Office(PLAN, REGISTER, SECOND), Q, state) == level
    assert reminder_of(Office(PLAN, register_of(TAN_TIEN, due=None), SECOND), Q, state) is None


@pytest.mark.parametrize(
    ("level", "day", "new"),
    [
        (1, FIRST, date(2023, 10, 17)),  # Thursday 12, Friday 13, Monday 16 are the unit's
        (2, SECOND, date(2023, 10, 23)),
        (3, THIRD, date(2023, 10, 27)),
        (1, date(2023, 1, 18), date(2023, 1, 31)),  # 19, 27 and 30 January: Tết lies between
    ],
)
def test_new_deadline_leaves_whole_working_days(level, day, new):
    assert new_deadline(PLAN, level, day) == new


# --- who is written to ----------------------------------------------------------------------------------------------


def test_letters_to_units_without_a_used_return_and_to_nobody_else():
    units = [unit(f"DB-{n}", f"Đảng bộ xã {n}") for n in range(6)]
    states = (MISSING, REFUSED, CONFLICT, UNREADABLE, ACCEPTED)
    no_longer = replace(units[5], until=date(2023, 9, 1))  # not valid on the last day: owes nothing
    register = register_of(*units[:5], no_longer)
    data = run_of(SECOND, *(item(u, s) for u, s in zip(units, (*states, MISSING), strict=True)))
    letters = [f"don-doc/DVK_DB-{n}_2023-Q3_don-doc.docx" for n in range(4)]
    made = sent_out(Office(PLAN, register, data.as_of), data)
    assert list(made) == [*letters, *(f"thu/DB-{n}.eml" for n in range(4))]


def test_no_letter_before_the_deadline_without_one_or_for_a_long_period():
    assert sent_out(Office(PLAN, REGISTER, DUE), silent(DUE)) == {}
    assert sent_out(Office(PLAN, register_of(TAN_TIEN, NGHIA_DO, due=None), THIRD), silent(THIRD)) == {}
    assert sent_out(Office(PLAN, REGISTER, THIRD), replace(silent(THIRD), period=parse_period("2023-9T"))) == {}


def test_a_merged_unit_is_asked_through_the_one_it_became():
    old = replace(TAN_TIEN, until=date(2023, 10, 12))
    new = unit("DB-9", "Đảng bộ xã Nghĩa Đô (mới)", since=date(2023, 10, 13))
    register = register_of(old, new, mergers=(Merger("DB-1", "DB-9", date(2023, 10, 13), "NQ"),))
    data = run_of(SECOND, item(old, MISSING))
    made = sent_out(Office(PLAN, register, data.as_of), data)
    assert list(made) == [LETTER, MAIL]
    said = paragraphs(made, LETTER)
    assert said[0] == "Kính gửi: Đảng bộ xã Nghĩa Đô (mới)"
    assert "chưa nhận được báo cáo của Đảng bộ xã Tân Tiến (nay thuộc Đảng bộ xã Nghĩa Đô (mới)), chậm" in said[2]
    assert opened(made[MAIL])["To"] == "db-9@vi-du.example"


def test_a_unit_that_ended_without_an_heir_gets_no_letter_but_a_line_to_call():
    old = replace(TAN_TIEN, until=date(2023, 10, 1))
    data = run_of(SECOND, item(old, MISSING))
    assert sent_out(Office(PLAN, register_of(old), data.as_of), data) == {}
    (line,) = called(call_sheet(Office(PLAN, register_of(old), data.as_of), data))
    assert line["noi_gi"].endswith("danh mục không ghi đơn vị kế thừa: tìm người giữ số liệu cũ.")


# --- the words ------------------------------------------------------------------------------------------------------

RECALL = (
    "Thực hiện Kế hoạch của Huyện ủy Bảo Yên về thực hiện Phong trào “Dân vận khéo” trên địa bàn huyện, giai đoạn "
    "2022 - 2025, Ban Dân vận Huyện ủy đã gửi các đơn vị biểu mẫu báo cáo kết quả thực hiện Phong trào “Dân vận khéo” "
    "quý III năm 2023; hạn nộp chậm nhất ngày 10/10/2023."
)
CHANNEL = (
    "Báo cáo ghi trên biểu mẫu Excel (tệp .xlsx) đã gửi, giữ nguyên mã đơn vị và kỳ báo cáo, gửi bằng cách trả lời thư "
    "điện tử kèm công văn này; kỳ này gồm các biểu B1, B2, B3, B4, B9b. Biểu có ô “Không phát sinh” ở trang bìa mà "
    "trong kỳ không phát sinh thì chọn “Có” ở ô đó."
)
THANKS = "Ban Dân vận Huyện ủy trân trọng cảm ơn sự phối hợp của Đảng bộ xã Tân Tiến."
AFTERWARDS = (
    "Sau thời hạn trên, Ban Dân vận Huyện ủy tổng hợp theo số đơn vị đã có báo cáo và ghi rõ đơn vị chưa có báo cáo "
    "trong báo cáo của huyện."
)


def standing(day: str, days: str, record: str = "") -> str:
    return (
        f"Tính đến ngày {day}, Ban Dân vận Huyện ủy đã có báo cáo của 1/2 đơn vị để tổng hợp; chưa nhận được báo cáo "
        f"của Đảng bộ xã Tân Tiến, chậm {days} ngày làm việc so với hạn.{record}"
    )


def test_first_level_is_kind():
    assert paragraphs(sent_out(Office(PLAN, REGISTER, FIRST), silent(FIRST)), LETTER) == [
        "Kính gửi: Đảng bộ xã Tân Tiến",
        RECALL,
        standing("11/10/2023", "01"),
        "Ban Dân vận Huyện ủy đề nghị Đảng bộ xã Tân Tiến quan tâm, hoàn thành và gửi báo cáo chậm nhất ngày "
        "17/10/2023. "
        "Nếu có khó khăn, vướng mắc, đề nghị trao đổi để cùng tháo gỡ.",
        CHANNEL,
        f"Trường hợp đã gửi, đề nghị đơn vị gửi lại để đối chiếu. {THANKS}",
    ]


def test_second_level_is_firm():
    assert paragraphs(sent_out(Office(PLAN, REGISTER, SECOND), silent(SECOND)), LETTER) == [
        "Kính gửi: Đảng bộ xã Tân Tiến",
        RECALL,
        standing("17/10/2023", "05"),
        "Ban Dân vận Huyện ủy đề nghị Đảng bộ xã Tân Tiến khẩn trương hoàn thành và gửi báo cáo chậm nhất ngày "
        "23/10/2023. " + AFTERWARDS,
        CHANNEL,
        THANKS,
    ]


def test_third_level_goes_to_the_leader_too():
    made = sent_out(Office(PLAN, REGISTER, THIRD), silent(THIRD))
    assert paragraphs(made, LETTER) == [
        "Kính gửi: Đảng bộ xã Tân Tiến",
        RECALL,
        standing("24/10/2023", "10"),
        "Ban Dân vận Huyện ủy đề nghị Đảng bộ xã Tân Tiến nghiêm túc thực hiện, phân công rõ người chịu trách nhiệm, "
        f"gửi báo cáo chậm nhất ngày 27/10/2023 và nêu rõ lý do chậm. {AFTERWARDS} Công văn này đồng thời được gửi "
        "Thường "
        "trực Huyện ủy để báo cáo.",
        CHANNEL,
        THANKS,
    ]
    assert cell_lines(made, LETTER) == [
        ["HUYỆN ỦY BẢO YÊN", "BAN DÂN VẬN", "*"],
        ["ĐẢNG CỘNG SẢN VIỆT NAM", ""],
        [
            "Số       -CV/BDVHU",
            f"về việc đôn đốc gửi báo cáo Phong trào “Dân vận khéo” quý{NBSP}III năm{NBSP}2023",
        ],
        ["Bảo Yên, ngày      tháng      năm 2023"],
        ["Nơi nhận:", "- Như trên,", "- Thường trực Huyện ủy (b/c),", "- Lưu Ban Dân vận."],
        ["TRƯỞNG BAN", ""],
    ]


def test_lower_levels_go_to_the_unit_alone():
    for day in (FIRST, SECOND):
        foot = cell_lines(sent_out(Office(PLAN, REGISTER, day), silent(day)), LETTER)[4]
        assert foot == ["Nơi nhận:", "- Như trên,", "- Lưu Ban Dân vận."]


def past_item(code, period, state, punctual):
    return Submission(code, "", "", state, punctual=punctual, period=period)


def test_the_record_of_the_quarters_at_hand():
    history = [past_item("DB-1", f"2021-Q{n}" if n < 5 else f"2022-Q{n - 4}", ACCEPTED, ON_TIME) for n in range(1, 8)]
    history += [
        past_item("DB-1", "2022-Q4", MISSING, ""),
        past_item("DB-1", "2023-Q1", ACCEPTED, ""),  # no deadline was known: neither on time nor late
        past_item("DB-1", "2023-Q3", ACCEPTED, ON_TIME),  # this quarter, of an earlier run
        past_item("DB-2", "2023-Q2", ACCEPTED, AFTER_CLOSING),
    ]
    assert punctuality(history, "DB-1", "2023-Q3") == (7, 8)
    assert punctuality(history, "DB-2", "2023-Q3") == (0, 1)
    assert punctuality(history, "DB-3", "2023-Q3") is None
    said = paragraphs(sent_out(Office(PLAN, REGISTER, SECOND), silent(SECOND), history), LETTER)
    assert said[2] == standing("17/10/2023", "05", " Ở các quý trước, đơn vị nộp đúng hạn 7/8 quý.")


@pytest.mark.parametrize(("punctual", "how"), [(ON_TIME, "đúng hạn"), (AFTER_CLOSING, "chưa đúng hạn")])
def test_the_record_of_one_quarter_is_no_fraction(punctual, how):
    history = [past_item("DB-1", "2023-Q2", ACCEPTED, punctual)]
    said = paragraphs(sent_out(Office(PLAN, REGISTER, SECOND), silent(SECOND), history), LETTER)
    assert said[2] == standing("17/10/2023", "05", f" Ở 01 quý đã theo dõi trước đó, đơn vị nộp {how}.")


def test_the_signer_of_the_day():
    signers = (Signer("don_doc", None, None, "K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Nguyễn Văn A"),)
    register = replace(REGISTER, signers=signers)
    foot = cell_lines(sent_out(Office(PLAN, register, SECOND), silent(SECOND)), LETTER)[5]
    assert foot == ["K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Nguyễn Văn A"]


def record(name: str, state: FileState, **fields: str) -> FileRecord:
    return FileRecord(name, "a" * 64, state, **{"unit": "DB-1", "period": Q.key, **fields})  # type: ignore[arg-type]


def test_missing_things_of_each_state():
    """What came is named by the unit's own file name, and the reason is the sentence of the finding."""
    why = Finding(
        Level.BLOCK, "K01", "DB-1", "xa/cu.xlsx", "BIA", "C6", "CU", "Sai phiên bản.", "Dùng biểu mới.", refuses=True
    )
    cases = [
        (MISSING, [], [], ("Chưa nhận được báo cáo của đơn vị.",)),
        (
            MISSING,
            [record("t/q2.xlsx", FileState.WRONG_PERIOD, period="2023-Q2"), record("x", FileState.NOT_A_FORM)],
            [],
            (
                "Đã nhận tệp “q2.xlsx”, nhưng tệp ghi kỳ báo cáo là quý II năm 2023, không phải quý III năm 2023. Nếu "
                "là báo cáo quý III năm 2023, đề nghị ghi lại kỳ báo cáo ở trang bìa rồi gửi lại.",
            ),
        ),
        (
            MISSING,
            [record("q.xlsx", FileState.WRONG_PERIOD, period="Q?")],
            [],
            (
                "Đã nhận tệp “q.xlsx”, nhưng tệp ghi kỳ báo cáo là “Q?”, không phải quý III năm 2023. Nếu là báo cáo "
                "quý III năm 2023, đề nghị ghi lại kỳ báo cáo ở trang bìa rồi gửi lại.",
            ),
        ),
        (
            REFUSED,
            [record("xa/cu.xlsx", FileState.REFUSED, reason="Sai phiên bản.")],
            [why],
            ("Đã nhận tệp “cu.xlsx”, nhưng chưa dùng được: sai phiên bản. Dùng biểu mới.",),
        ),
        (
            REFUSED,
            [record("cu.xlsx", FileState.REFUSED, reason="đơn vị không rõ")],
            [],
            ("Đã nhận tệp “cu.xlsx”, nhưng chưa dùng được: đơn vị không rõ.",),
        ),
        (
            CONFLICT,
            [record("a.xlsx", FileState.CONFLICT, version="2"), record("b.xlsx", FileState.CONFLICT, version="2")],
            [],
            (
                "Đã nhận 02 tệp cùng ghi phiên bản 2 nhưng số liệu khác nhau: “a.xlsx”, “b.xlsx”. Chưa rõ số liệu "
                "nào đúng nên chưa dùng tệp nào.",
            ),
        ),
        (
            CONFLICT,
            [record("1.zip!/a.xlsx", FileState.CONFLICT), record("2/a.xlsx", FileState.CONFLICT)],
            [],
            (
                "Đã nhận 02 tệp không ghi rõ phiên bản nhưng số liệu khác nhau: “1.zip!/a.xlsx”, “2/a.xlsx”. Chưa "
                "rõ số liệu nào đúng nên chưa dùng tệp nào.",
            ),
        ),
        (
            UNREADABLE,
            [record("hong.xls", FileState.UNREADABLE, unit="", reason="tệp rỗng (0 byte): đề nghị gửi lại")],
            [],
            ("Đã nhận tệp “hong.xls”, nhưng không đọc được: tệp rỗng (0 byte): đề nghị gửi lại.",),
        ),
        (
            REFUSED,
            [record(f"{n}.xlsx", FileState.REFUSED, reason="Sai kỳ.") for n in range(5)],
            [],
            (
                *(f"Đã nhận tệp “{n}.xlsx”, nhưng chưa dùng được: sai kỳ." for n in range(2)),
                "Ngoài ra còn 03 tệp khác cũng chưa dùng được.",
            ),
        ),
    ]
    for state, files_, findings, said in cases:
        own = item(TAN_TIEN, state, file=files_[0].file if state is UNREADABLE else "")
        data = run_of(SECOND, own, files=files_, findings=findings)
        assert missing_things(data, own, answer_of(REGISTER, data, own)) == said


def test_a_unit_that_sent_something_is_not_asked_for_the_list_of_sheets_or_a_second_copy():
    data = run_of(FIRST, item(TAN_TIEN, REFUSED), files=[record("cu.xlsx", FileState.REFUSED, reason="Sai.")])
    said = paragraphs(sent_out(Office(PLAN, REGISTER, data.as_of), data), LETTER)
    assert said[3] == "- Đã nhận tệp “cu.xlsx”, nhưng chưa dùng được: sai."
    assert said[5].endswith("gửi bằng cách trả lời thư điện tử kèm công văn này.")
    assert said[6] == THANKS


# --- files ----------------------------------------------------------------------------------------------------------


def test_mail_opens_with_its_vietnamese_words_and_the_letter():
    made = sent_out(Office(PLAN, REGISTER, SECOND), silent(SECOND))
    message = opened(made[MAIL])
    assert message["To"] == "db-1@vi-du.example"
    assert message["Subject"] == "Đôn đốc gửi báo cáo Phong trào “Dân vận khéo” quý III năm 2023 - Đảng bộ xã Tân Tiến"
    assert message.get_body().get_content().replace("\r\n", "\n") == (
        "Kính gửi: Đảng bộ xã Tân Tiến\n\n"
        "Ban Dân vận Huyện ủy gửi kèm công văn về việc đôn đốc gửi báo cáo Phong trào “Dân vận khéo” quý III năm "
        "2023.\nBáo cáo của Đảng bộ xã Tân Tiến:\n- Chưa nhận được báo cáo của đơn vị.\n\n"
        "Đề nghị đơn vị trả lời thư này, kèm tệp báo cáo Excel (.xlsx), chậm nhất ngày 23/10/2023.\n\n"
        "Trân trọng./.\n"
    )
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "DVK_DB-1_2023-Q3_don-doc.docx"
    assert attached.get_content_type() == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert attached.get_content() == made[LETTER]


def test_a_code_with_vietnamese_letters_keeps_its_file_name():
    odd = unit("ĐB-Nghĩa", "Đảng bộ xã Nghĩa Đô")
    made = sent_out(Office(PLAN, register_of(odd), SECOND), run_of(SECOND, item(odd, MISSING)))
    (attached,) = opened(made["thu/ĐB-Nghĩa.eml"]).iter_attachments()
    assert attached.get_filename() == "DVK_ĐB-Nghĩa_2023-Q3_don-doc.docx"


def test_same_data_same_bytes():
    data = silent(THIRD)
    assert sent_out(Office(PLAN, REGISTER, data.as_of), data) == sent_out(Office(PLAN, REGISTER, data.as_of), data)
    assert call_sheet(Office(PLAN, REGISTER, data.as_of), data) == call_sheet(Office(PLAN, REGISTER, data.as_of), data)
    data = used_run()
    assert sent_out(Office(PLAN, REGISTER, data.as_of), data) == sent_out(Office(PLAN, REGISTER, data.as_of), data)


def test_the_office_template_wins_and_its_mistakes_stop_the_run(tmp_path):
    document = Document()
    document.add_paragraph("{{ ten_don_vi }}, mức {{ muc_nhac }}, {{ han_nop }} - {{ han_moi }}, {{ so_ngay_cham }}")
    path = tmp_path / "don-doc.docx"
    document.save(str(path))
    assert paragraphs(sent_out(Office(PLAN, REGISTER, THIRD), silent(THIRD), template=path), LETTER) == [
        "Đảng bộ xã Tân Tiến, mức 3, 10/10/2023 - 27/10/2023, 10"
    ]
    document.add_paragraph("{{ ten_donvi }}")
    document.save(str(path))
    with pytest.raises(TemplateError, match="Có phải là “ten_don_vi”"):
        sent_out(Office(PLAN, REGISTER, THIRD), silent(THIRD), template=path)


def test_every_field_is_text_or_a_list_of_text():
    data = silent(THIRD)
    (due,) = due_reminders(Office(PLAN, REGISTER, data.as_of), data)
    fields = letter_context(Office(PLAN, REGISTER, data.as_of), data, due, PLAN.document("don_doc", data.as_of))
    texts = [text for value in fields.values() for text in (value if isinstance(value, list) else [value])]
    assert all(isinstance(text, str) for text in texts)


def test_words_take_the_tone_of_the_office_and_names_do_not():
    office = PLAN.documents.model_copy(update={"dau_thanh": "moi"})
    owing = replace(TAN_TIEN, name="Đảng ủy xã Hòa Bình")
    data = run_of(FIRST, item(owing, MISSING), item(NGHIA_DO, ACCEPTED, file="b.xlsx"))
    made = sent_out(
        Office(PLAN.model_copy(update={"documents": office}), register_of(owing, NGHIA_DO), data.as_of), data
    )
    stem = f"don-doc/DVK_DB-1_{Q.key}_don-doc"
    mail = opened(made[MAIL])
    for said in ("\n".join(paragraphs(made, f"{stem}.docx")), mail.get_body().get_content()):
        assert "Huyện uỷ" in said and "Huyện ủy" not in said
        assert "Đảng ủy xã Hòa Bình" in said
    assert mail["Subject"].endswith(" - Đảng ủy xã Hòa Bình")


def test_bundled_template_is_the_one_the_script_makes(tmp_path):
    made = zipfile.ZipFile(make_reminder(tmp_path))
    kept = zipfile.ZipFile(io.BytesIO(files("dvk_reports.templates_docx").joinpath("don-doc.docx").read_bytes()))
    assert {name: made.read(name) for name in made.namelist()} == {name: kept.read(name) for name in kept.namelist()}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_longest_letter_is_one_page(tmp_path):
    long = unit("DB-1", "Chi bộ Trung tâm Văn hóa, Thể thao - Truyền thông huyện", "CB_SN")
    reason = "Phiên bản biểu mẫu “DVK-2021” không dùng cho kỳ 2023-Q3, chép số liệu sang biểu mẫu được gửi cho kỳ này."
    sent = [record(f"bao cao lan {n}.xlsx", FileState.REFUSED, reason=reason) for n in range(5)]
    history = [past_item("DB-1", "2023-Q2", ACCEPTED, LATE)]
    made = sent_out(Office(PLAN, register_of(long), THIRD), run_of(THIRD, item(long, REFUSED), files=sent), history)
    (tmp_path / "don-doc.docx").write_bytes(made[LETTER])
    pdf = convert(tmp_path / "don-doc.docx", "pdf", tmp_path / "pdf")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes())) == 1


# --- history --------------------------------------------------------------------------------------------------------


def test_history_is_read_back_from_the_workbook(tmp_path):
    data = run_of(SECOND, item(TAN_TIEN, MISSING), item(NGHIA_DO, ACCEPTED, file="b.xlsx", punctual=LATE, reminder=0))
    path = tmp_path / "tong-hop.xlsx"
    write_consolidated(path, Office(PLAN, REGISTER, data.as_of), data)
    (past,) = read_past(PLAN, [(Q, path)], workers=1)
    told = [(found.unit, found.period, found.state, found.punctual, found.file) for found in past.submissions]
    assert told == [("DB-1", "2023-Q3", MISSING, "", ""), ("DB-2", "2023-Q3", ACCEPTED, LATE, "b.xlsx")]


# --- call sheet -----------------------------------------------------------------------------------------------------


def called(data: bytes) -> list[dict[str, object]]:
    """The lines that have a number, by the hidden keys."""
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    keys = [cell.value for cell in sheet[1]]
    lines = [dict(zip(keys, values, strict=True)) for values in sheet.iter_rows(min_row=2, values_only=True)]
    return [line for line in lines if isinstance(line["tt"], int)]


def mistake(level: Level, cell: str, rule: str, **fields: object) -> Finding:
    text = f"Ô “{rule}” sai."
    return Finding(level, "K04", "DB-2", "b.xlsx", "B2", cell, "x", text, "Sửa.", rule=rule, **fields)  # type: ignore[arg-type]


def test_call_sheet_in_order_of_urgency():
    many = unit("DB-3", "Đảng bộ xã 3")
    fine = unit("DB-4", "Đảng bộ xã 4")
    refused = unit("DB-5", "Đảng bộ xã 5")
    register = register_of(many, fine, refused, NGHIA_DO, TAN_TIEN)
    data = run_of(
        SECOND,
        item(many, ACCEPTED, blocks=1, warnings=9),
        item(fine, ACCEPTED, warnings=1, notes=4),
        item(refused, REFUSED),
        item(NGHIA_DO, ACCEPTED, blocks=2),
        item(TAN_TIEN, MISSING),
        findings=[
            mistake(Level.BLOCK, "D9", "a"),
            mistake(Level.BLOCK, "D10", "a"),
            replace(mistake(Level.BLOCK, "D9", "a"), unit="DB-3"),
            replace(mistake(Level.WARNING, "C7", "COUNTER_DIFFERS"), unit="DB-4"),
        ],
    )
    lines = called(call_sheet(Office(PLAN, register, data.as_of), data))
    assert [(line["ma_don_vi"], line["trang_thai"], line["ngay_cham"], line["muc_nhac"]) for line in lines] == [
        ("DB-1", "Chưa nộp", 5, 2),
        ("DB-5", "Trả lại", 5, 2),
        ("DB-2", "Đã chấp nhận", None, None),
        ("DB-3", "Đã chấp nhận", None, None),
    ]
    assert lines[0] == {
        "tt": 1,
        "ma_don_vi": "DB-1",
        "ten_don_vi": "Đảng bộ xã Tân Tiến",
        "dien_thoai": "0214 000 001",
        "dau_moi": "Hoàng Văn Páo",
        "trang_thai": "Chưa nộp",
        "ngay_cham": 5,
        "muc_nhac": 2,
        "noi_gi": "Chưa nhận được báo cáo của đơn vị. Đề nghị khẩn trương gửi chậm nhất ngày 23/10/2023.",
        "can_sua": None,
        "ket_qua": None,
    }
    assert lines[2]["noi_gi"] == (
        "Báo cáo đã được dùng, còn 02 lỗi Chặn: chỗ có lỗi Chặn chưa được tính. Đề nghị sửa hoặc giải trình trong tệp "
        "đánh dấu, rồi gửi lại."
    )
    assert lines[2]["can_sua"] == "Chặn - B2, ô D9: Ô “a” sai.\nChặn - B2, ô D10: Ô “a” sai."


def test_three_worst_cells_are_of_three_kinds_and_leave_out_what_is_answered():
    findings = [
        mistake(Level.NOTE, "A1", "ghi chú"),
        mistake(Level.WARNING, "D7", "đã giải trình", answer="đúng"),
        mistake(Level.WARNING, "D8", "ngờ"),
        *(mistake(Level.BLOCK, f"D{n}", "trống") for n in range(9, 20)),
        mistake(Level.BLOCK, "", "cả biểu", stops=(Stop("B2"),)),
    ]
    data = run_of(SECOND, item(NGHIA_DO, ACCEPTED, blocks=12, warnings=1), findings=findings)
    (line,) = called(call_sheet(Office(PLAN, register_of(NGHIA_DO), data.as_of), data))
    assert line["can_sua"] == (
        "Chặn - B2: Ô “cả biểu” sai.\nChặn - B2, ô D9: Ô “trống” sai.\nCảnh báo - B2, ô D8: Ô “ngờ” sai."
    )


@pytest.mark.parametrize(
    ("day", "due", "remark", "words"),
    [
        (
            date(2023, 10, 9),
            DUE,
            "Đến ngày 09/10/2023, đã có báo cáo của 1/2 đơn vị để tổng hợp. Hạn nộp: 10/10/2023, còn trong hạn.",
            "Chưa nhận được báo cáo của đơn vị. Hạn nộp là ngày 10/10/2023: nhắc đơn vị, hỏi có vướng mắc gì.",
        ),
        (
            SECOND,
            None,
            "Đến ngày 17/10/2023, đã có báo cáo của 1/2 đơn vị để tổng hợp. Trang Hạn nộp của danh mục chưa có hạn của "
            "kỳ 2023-Q3: không tính được số ngày chậm, không dự thảo công văn đôn đốc.",
            "Chưa nhận được báo cáo của đơn vị. Hỏi ngày gửi được báo cáo.",
        ),
    ],
)
def test_call_sheet_before_and_without_a_deadline(day, due, remark, words):
    book = call_sheet(Office(PLAN, register_of(TAN_TIEN, NGHIA_DO, due=due), day), silent(day))
    assert openpyxl.load_workbook(io.BytesIO(book)).active["A3"].value == remark
    (line,) = called(book)
    assert line["noi_gi"] == words


def test_call_sheet_says_when_the_holidays_of_a_year_are_not_known():
    day = date(2027, 1, 5)
    sheet = openpyxl.load_workbook(io.BytesIO(call_sheet(Office(PLAN, REGISTER, day), silent(day)))).active
    assert sheet["A4"].value == (
        "Bộ quy định chưa ghi ngày nghỉ lễ, Tết năm 2027: số ngày làm việc chỉ trừ thứ Bảy, Chủ nhật."
    )


def test_nobody_to_call():
    data = run_of(SECOND, item(NGHIA_DO, ACCEPTED))
    book = call_sheet(Office(PLAN, register_of(NGHIA_DO), data.as_of), data)
    assert called(book) == []
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    assert [cell.value for cell in sheet["A"]][-1] == "Không có đơn vị nào cần gọi."
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)


# --- receipts -------------------------------------------------------------------------------------------------------


def used_run(**fields: object) -> Consolidation:
    """Nghĩa Đô's second version is used, with one block; Tân Tiến's was refused."""
    row = Row("B2", 8, {})
    used = UsedReturn(
        "DB-2", Q.key, "Nghĩa Đô/báo cáo.xlsx", "Chính thức", {"BIA": (), "B2": (row, row), "B3": (), "B5": ()},
        frozenset({Stop("B3")}),
    )  # fmt: skip
    own: dict[str, object] = {
        "file": used.file,
        "version": "2",
        "received": date(2023, 10, 9),
        "punctual": ON_TIME,
        "blocks": 1,
        "warnings": 2,
        "notes": 3,
        **fields,
    }
    sent = [
        FileRecord(used.file, "0f" * 32, FileState.USED, "DB-2", Q.key, "2"),
        record("cu.xlsx", FileState.REFUSED),
    ]
    return run_of(SECOND, item(TAN_TIEN, REFUSED), item(NGHIA_DO, ACCEPTED, **own), files=sent, used=[used])


RECEIPT = "thu/DB-2.eml"


def receipt_of(data: Consolidation) -> str:
    made = sent_out(Office(PLAN, REGISTER, data.as_of), data)
    message = opened(made[RECEIPT])
    assert message["Subject"] == "Biên nhận báo cáo Phong trào “Dân vận khéo” quý III năm 2023 - Đảng bộ xã Nghĩa Đô"
    assert message["To"] == "db-2@vi-du.example"
    assert list(message.iter_attachments()) == []
    return words_of(made[RECEIPT])


def test_receipt_of_a_used_return():
    assert receipt_of(used_run()) == (
        "Kính gửi: Đảng bộ xã Nghĩa Đô\n\n"
        "Ban Dân vận Huyện ủy đã nhận báo cáo Phong trào “Dân vận khéo” quý III năm 2023 của đơn vị và dùng để tổng "
        "hợp:\n- Tệp: báo cáo.xlsx (phiên bản 2)\n"
        f"- Mã SHA-256 của tệp: {'0f' * 32}\n"
        "- Ngày nhận: 09/10/2023\n"
        "- Loại báo cáo: Chính thức\n"
        "- Số dòng ghi nhận: B2: 2; B3: chưa đọc được; B5: 0\n"
        "- Kết quả kiểm tra: 1 lỗi Chặn, 2 Cảnh báo, 3 Ghi chú\n\n"
        "Đơn vị không phải làm gì thêm. Nếu cần thay đổi số liệu, đề nghị sửa trong tệp đã gửi, tăng số phiên bản và "
        "gửi lại; bản gửi lại thay toàn bộ bản này.\n\nBan Dân vận Huyện ủy trân trọng cảm ơn./.\n"
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"received": date(2023, 10, 12), "punctual": LATE}, "- Ngày nhận: 12/10/2023 (nộp muộn)\n"),
        ({"received": date(2023, 11, 2), "punctual": AFTER_CLOSING}, "- Ngày nhận: 02/11/2023 (sau khóa sổ)\n"),
        ({"received": None, "punctual": ""}, "- Ngày nhận: không rõ\n"),
        ({"version": ""}, "- Tệp: báo cáo.xlsx\n"),
    ],
)
def test_receipt_by_what_was_found(fields, said):
    assert said in receipt_of(used_run(**fields))
