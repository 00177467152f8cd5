"""The main job as a clerk meets it: folders, the sum of files, exit codes, what is never overwritten."""

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from dvk_reports import (
    check_files,
    consolidate,
    init_workspace,
    make_forms,
    open_workspace,
    propose_awards,
    status,
)
from dvk_reports.errors import DvkError, RegisterError
from dvk_reports.intake.back.past import PastQuarter, read_past
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import UnitState, UsedReturn
from dvk_reports.model.values import Cell, Row, Value
from dvk_reports.run.send import note_sent
from dvk_reports.run.steps.prefill import form_content
from tests.support.offices import edited
from tests.support.registers import register_bytes
from tests.support.small_space import DAY, KY, files_of, put, sent, states, units


def test_three_clean_returns_are_clean(space):
    for code in ("CB-A", "CB-B", "CB-C"):
        put(space, f"{code}.xlsx", sent(space, code))
    result = consolidate(space, KY, as_of=DAY)
    assert result.summary == "3 tệp: 3 dùng; 0 đơn vị chưa nộp"
    assert result.clean
    assert list(files_of(space.results(KY))) == [
        "bao-cao.docx",
        "don-doc/goi-dien.xlsx",
        "nhat-ky.json",
        "thu/CB-A.eml",
        "thu/CB-B.eml",
        "thu/CB-C.eml",
        "thu.xlsx",
        "tong-hop.xlsx",
    ]


def test_the_sum_of_files_closes(space):
    """Every file of a real mailbox has one line; the parts add up to the whole."""
    put(space, "a/CB-A lần 1.xlsx", sent(space, "CB-A"))
    put(space, "a/CB-A lần 2.xlsx", second := sent(space, "CB-A", {"phien_ban": 2, "thay_the_phien_ban": 1}))
    put(space, "a/bản sao.xlsx", second)
    put(space, "kỳ trước.xlsx", sent(space, "CB-B", quarter="2023-Q2"))
    put(space, "lạ.xlsx", edited(sent(space, "CB-B"), lambda book: setattr(book["BIA"]["C5"], "value", "CB-X")))
    put(space, "hỏng.xlsx", sent(space, "CB-B")[:4000])
    put(space, "scan.pdf", b"%PDF-1.4\n%%EOF")
    put(space, "~$CB-A.xlsx", b"khoa")
    put(space, "C1.xlsx", sent(space, "CB-C"))
    put(space, "C2.xlsx", sent(space, "CB-C", b1={"tong_so_dang_vien": 21}))
    result = consolidate(space, KY, as_of=DAY)
    assert states(result) == {
        "a/bản sao.xlsx": "Dùng",
        "a/CB-A lần 1.xlsx": "Được thay thế",
        "a/CB-A lần 2.xlsx": "Trùng",
        "C1.xlsx": "Cần xác minh",
        "C2.xlsx": "Cần xác minh",
        "hỏng.xlsx": "Không đọc được",
        "kỳ trước.xlsx": "Sai kỳ",
        "lạ.xlsx": "Trả lại",
        "scan.pdf": "Không phải biểu mẫu",
        "~$CB-A.xlsx": "Bỏ qua",
    }
    assert units(result) == {"CB-A": "Đã chấp nhận", "CB-B": "Chưa nộp", "CB-C": "Cần xác minh"}
    assert result.summary == (
        "10 tệp: 1 dùng, 1 được thay thế, 1 trùng, 1 trả lại, 2 cần xác minh, 1 sai kỳ, 1 không đọc được, "
        "1 không phải biểu mẫu, 1 bỏ qua; 1 đơn vị chưa nộp"
    )
    assert not result.clean


def test_boxes_are_opened_and_the_mail_gives_the_day(space):
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = "cba@vi-du.example", "Báo cáo", "Mon, 09 Oct 2023 08:00:00 +0700"
    mail.set_content("Kính gửi")
    mail.add_attachment(
        sent(space, "CB-A"), maintype="application", subtype="octet-stream", filename="Báo cáo quý III.xlsx"
    )
    put(space, "thư.eml", bytes(mail))
    box = space.received(KY) / "hai chi bộ.zip"
    with zipfile.ZipFile(box, "w") as archive:
        for code in ("CB-B", "CB-C"):
            archive.writestr(f"thư mục/{code}.xlsx", sent(space, code))
    result = consolidate(space, KY, as_of=DAY)
    assert states(result) == {
        "hai chi bộ.zip!/thư mục/CB-B.xlsx": "Dùng",
        "hai chi bộ.zip!/thư mục/CB-C.xlsx": "Dùng",
        "thư.eml!/Báo cáo quý III.xlsx": "Dùng",
    }


@pytest.mark.parametrize(
    ("versions", "used"),
    [((1, 2), 2), ((None, 1), 1), ((None,), None), ((3, 2, 1), 3)],
)
def test_the_highest_version_counts(space, versions, used):
    for place, version in enumerate(versions):
        data = edited(sent(space, "CB-A"), lambda book, v=version: setattr(book["BIA"]["C9"], "value", v or "lần đầu"))
        put(space, f"{place}.xlsx", data)
    result = consolidate(space, KY, as_of=DAY)
    (record,) = [record for record in result.data.files if record.state.value == "Dùng"]
    assert record.version == ("" if used is None else str(used))


def test_a_silent_unit_is_missing_and_never_nought(space):
    put(space, "A.xlsx", sent(space, "CB-A"))
    result = consolidate(space, KY, as_of=DAY)
    members = result.data.figure("MT1.6")
    assert (members.numerator, members.denominator, members.reported, members.owed) == (20, 20, 1, 3)
    book = openpyxl.load_workbook(space.results(KY) / "tong-hop.xlsx", data_only=True)
    lines = {row[0]: row for row in book["Tình hình nộp"].iter_rows(min_row=2, values_only=True) if row[0]}
    assert lines["CB-B"][3] == "Chưa nộp" and lines["CB-B"][9:12] == (None, None, None)


@pytest.mark.parametrize(
    ("day", "word"),
    [(date(2023, 10, 10), "Đúng hạn"), (date(2023, 10, 11), "Nộp muộn"), (date(2023, 10, 21), "Sau khóa sổ")],
)
def test_punctual_by_the_day_in_the_register(space, day, word):
    rows = {
        "Đơn vị": [{"ma_don_vi": "CB-A", "ten": "Chi bộ A", "loai": "CB_CQ", "nhom": "II"}],
        "Hạn nộp": [{"ky": KY, "han_nop": date(2023, 10, 10), "ngay_khoa_so": date(2023, 10, 20)}],
        "Ngày nhận": [{"ma_don_vi": "CB-A", "ky": KY, "ngay_nhan": day}],
    }
    space.register_path.write_bytes(register_bytes(space.plan, rows))
    put(space, "A.xlsx", sent(space, "CB-A"))
    (item,) = consolidate(space, KY, as_of=DAY).data.submissions
    assert (item.punctual, item.received_from) == (word, "Sổ")


def test_the_first_sending_decides_whether_it_was_late(space):
    """A correction sent later does not make the unit late; without the clerk's word the file's day serves."""
    rows = {
        "Đơn vị": [{"ma_don_vi": "CB-A", "ten": "Chi bộ A", "loai": "CB_CQ", "nhom": "II"}],
        "Hạn nộp": [{"ky": KY, "han_nop": date(2023, 10, 10)}],
    }
    space.register_path.write_bytes(register_bytes(space.plan, rows))
    for name, cover, day in (("1.xlsx", {}, 9), ("2.xlsx", {"phien_ban": 2, "thay_the_phien_ban": 1}, 18)):
        path = put(space, name, sent(space, "CB-A", cover))
        moment = date(2023, 10, day).toordinal() - date(1970, 1, 1).toordinal()
        os.utime(path, (moment * 86400 + 43200,) * 2)
    (item,) = consolidate(space, KY, as_of=DAY).data.submissions
    assert (item.version, item.received, item.punctual, item.received_from) == (
        "2",
        date(2023, 10, 9),
        "Đúng hạn",
        "Tệp",
    )


def test_same_inputs_same_day_same_bytes(space):
    put(space, "A.xlsx", sent(space, "CB-A", b1={"tong_so_chi_bo": None}))
    consolidate(space, KY, as_of=DAY)
    first = files_of(space.results(KY))
    consolidate(space, KY, as_of=DAY)
    again = files_of(space.results(KY))
    del again["thay-doi.txt"]
    assert again == first


def test_a_draft_that_a_person_edited_is_kept(space):
    put(space, "A.xlsx", sent(space, "CB-A"))
    consolidate(space, KY, as_of=DAY)
    draft = space.results(KY) / "bao-cao.docx"
    document = Document(str(draft))
    document.add_paragraph("Ý kiến của lãnh đạo")
    document.save(str(draft))
    edited_bytes = draft.read_bytes()
    for _ in range(2):
        result = consolidate(space, KY, as_of=DAY)
        assert draft.read_bytes() == edited_bytes
        assert result.kept == ("bao-cao.docx",) and "bao-cao-2023-10-12.docx" in result.written
        assert result.redrafts[1:] == ("1. Giữ đoạn viết thêm:", "   Ý kiến của lãnh đạo")
    beside = space.results(KY) / "bao-cao-2023-10-12.docx"
    assert "Ý kiến của lãnh đạo" in [paragraph.text for paragraph in Document(str(beside)).paragraphs]
    listed = (space.results(KY) / "bao-cao-2023-10-12-doi-chieu.txt").read_text(encoding="utf-8-sig").splitlines()
    assert listed == list(result.redrafts)
    beside.write_bytes(beside.read_bytes() + b" ")
    assert "bao-cao-2023-10-12-2.docx" in consolidate(space, KY, as_of=DAY).written


def test_a_reminder_goes_away_when_the_return_has_come(space):
    """What an earlier run wrote and no longer holds is taken away, unless a person has written in it."""
    put(space, "A.xlsx", sent(space, "CB-A"))
    late = date(2023, 10, 19)
    consolidate(space, KY, as_of=late)
    reminders = [name for name in files_of(space.results(KY)) if name.endswith("_don-doc.docx")]
    assert reminders == ["don-doc/DVK_CB-B_2023-Q3_don-doc.docx", "don-doc/DVK_CB-C_2023-Q3_don-doc.docx"]
    letter = space.results(KY) / reminders[1]
    document = Document(str(letter))
    document.add_paragraph("Đã gọi điện")
    document.save(str(letter))
    for code in ("CB-B", "CB-C"):
        put(space, f"{code}.xlsx", sent(space, code))
    consolidate(space, KY, as_of=late)
    assert [name for name in files_of(space.results(KY)) if "_don-doc" in name] == reminders[1:]


def test_nothing_is_written_when_one_output_cannot_be(space, monkeypatch):
    put(space, "A.xlsx", sent(space, "CB-A"))
    consolidate(space, KY, as_of=DAY)
    before = files_of(space.results(KY))
    put(space, "B.xlsx", sent(space, "CB-B"))
    replace = Path.replace

    def locked(self, target):
        if self == space.results(KY):  # so Windows refuses while a file inside is open
            raise PermissionError(13, "tệp đang mở", str(self))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    said = "2023-Q3: không có quyền, hoặc tệp đang mở .* Chưa có tệp nào bị thay đổi"
    with pytest.raises(DvkError, match=said):
        consolidate(space, KY, as_of=DAY)
    monkeypatch.undo()
    assert files_of(space.results(KY)) == before


def test_a_template_with_an_unknown_field_stops_the_run_and_names_it(space):
    put(space, "A.xlsx", sent(space, "CB-A"))
    document = Document()
    document.add_paragraph("{{ khong_co_truong_nay }}")
    document.save(str(space.root / "mau-word" / "bao-cao.docx"))
    with pytest.raises(DvkError, match="khong_co_truong_nay"):
        consolidate(space, KY, as_of=DAY)
    assert not space.results(KY).exists()


@pytest.mark.parametrize("period", ["2021-Q4", "2026-Q1", "2023", "quý III"])
def test_a_period_that_cannot_be_consolidated(space, period):
    with pytest.raises(DvkError):
        consolidate(space, period, as_of=DAY)


def test_no_register_no_run(tmp_path):
    (tmp_path / "nhan-ve" / KY).mkdir(parents=True)
    with pytest.raises(RegisterError, match="dvk init"):
        consolidate(tmp_path, KY, as_of=DAY)


def test_history_read_back_is_what_was_used(space):
    """tong-hop.xlsx is the history of its quarter: same values, same cells, same stops."""
    model = {
        "ma_mo_hinh": "MH-CB-A-001",
        "ten": "=Mô hình",
        "loai": "Tập thể",
        "linh_vuc": "Kinh tế",
        "cap": "Cơ sở",
        "ngay_dk": date(2022, 5, 1),
        "trang_thai": "Đang thực hiện",
    }
    put(space, "A.xlsx", sent(space, "CB-A", {"khong_phat_sinh_b2": None}, {"tong_so_chi_bo": None}, {"B2": [model]}))
    put(space, "B.xlsx", sent(space, "CB-B", {"khong_phat_sinh_b9b": None}))
    result = consolidate(space, KY, as_of=DAY)
    (past,) = read_past(space.plan, [(Quarter.parse(KY), space.results(KY) / "tong-hop.xlsx")])

    def essence(used):
        return {
            (name, row.number, key): (value.typed, value.at.a1)
            for name, rows in used.rows.items()
            for row in rows
            for key, value in row.values.items()
        }

    for used in result.data.used:
        again = past.returns[used.unit]
        assert essence(again) == essence(used)
        assert (again.stops, again.kind, again.file) == (used.stops, used.kind, used.file)
        assert {name: len(rows) for name, rows in again.rows.items()} == {k: len(v) for k, v in used.rows.items()}


def test_forms_of_the_next_quarter_come_prefilled(space):
    model = {
        "ma_mo_hinh": "MH-CB-A-007",
        "ten": "Mô hình tiết kiệm điện",
        "loai": "Tập thể",
        "linh_vuc": "Kinh tế",
        "cap": "Cơ sở",
        "ngay_dk": date(2022, 5, 1),
        "trang_thai": "Đang thực hiện",
    }
    ended = dict(model, ma_mo_hinh="MH-CB-A-003", trang_thai="Dừng", ngay_tt=date(2023, 8, 1), ly_do_tt="Hết nhiệm vụ")
    put(space, "A.xlsx", sent(space, "CB-A", {"khong_phat_sinh_b2": None}, rows={"B2": [model, ended]}))
    consolidate(space, KY, as_of=DAY)
    result = make_forms(space, "2023-Q4")
    assert (len(result.units), result.prefilled) == (3, ("CB-A",))
    book = openpyxl.load_workbook(result.folder / "DVK_CB-A_2023-Q4.xlsx")
    keys = {book["B2"].cell(1, column).value: column for column in range(2, 30)}
    first = next(row for row in range(2, 20) if book["B2"].cell(row, 1).value == 1)
    assert [book["B2"].cell(first + n, keys["ma_mo_hinh"]).value for n in range(3)] == [
        "MH-CB-A-007",
        "MH-CB-A-008",
        "MH-CB-A-009",
    ]
    assert book["B2"].cell(first, keys["ten"]).value == "Mô hình tiết kiệm điện"
    cover = {book["B1"].cell(row, 1).value: book["B1"].cell(row, 3).value for row in range(1, 30)}
    assert (cover["so_ke_hoach"], cover["tong_so_dang_vien"], cover["so_hoi_nghi_pho_bien"]) == ("12-KH/CB", 20, None)


def test_a_mark_that_is_only_for_another_kind_of_unit_is_not_printed_again(space):
    """A model of a thị trấn that is a xã now: the mark of đô thị văn minh would be a warning at once."""
    register = space.register()
    row = Row("B2", 7, {key: Value("Có", True, Cell("f", "B2", 7, 1)) for key in ("co_ntm", "co_dtvm", "co_cchc")})
    row = Row("B2", 7, {**row.values, "ma_mo_hinh": Value("MH-CB-A-001", "MH-CB-A-001", Cell("f", "B2", 7, 2))})
    past = PastQuarter(Quarter.parse(KY), {"CB-A": UsedReturn("CB-A", KY, "f", "", {"B2": (row,)})}, {})
    unit = register.by_code["CB-A"]
    marks = {}
    for kind in ("DB_XA", "DB_TT"):
        content = form_content(space.office(DAY), replace(unit, kind=kind), Quarter.parse("2023-Q4"), (past,))
        marks[kind] = {key: value for key, value in content.rows["B2"][0].items() if key.startswith("co_")}
    assert marks == {"DB_XA": {"co_ntm": True, "co_cchc": True}, "DB_TT": {"co_dtvm": True, "co_cchc": True}}


def test_each_form_has_a_mail_draft_with_the_form_attached(space):
    result = make_forms(space, KY, unit="cb-a")
    message = BytesParser(policy=default).parsebytes((result.folder / "DVK_CB-A_2023-Q3.eml").read_bytes())
    (attached,) = message.iter_attachments()
    assert (message["To"], message["X-Unsent"]) == ("cbA@vi-du.example", "1")
    assert message["Subject"] == "Biểu mẫu báo cáo Phong trào “Dân vận khéo” quý III năm 2023 - Chi bộ A"
    assert attached.get_filename() == "DVK_CB-A_2023-Q3.xlsx"
    assert attached.get_content() == (result.folder / "DVK_CB-A_2023-Q3.xlsx").read_bytes()
    assert "chậm nhất ngày 10/10/2023" in message.get_body().get_content()


def test_forms_for_a_unit_that_is_not_there_names_the_nearest(space):
    with pytest.raises(DvkError, match="Có phải là CB-A"):
        make_forms(space, KY, unit="CB-AA")


def test_init_makes_a_workspace_once(tmp_path):
    folder = init_workspace(tmp_path / "mới")
    assert sorted(path.name for path in folder.iterdir()) == [
        "danh-muc.xlsx",
        "gui-di",
        "ket-qua",
        "khen-thuong",
        "luu",
        "mau-word",
        "nhan-ve",
    ]
    register = open_workspace(folder).register()
    assert register.findings == ()
    assert len(register.units_on(date(2023, 9, 30))) == 17 and len(register.units_on(date(2025, 9, 30))) == 6
    with pytest.raises(DvkError, match="không ghi đè"):
        init_workspace(folder)


def test_check_without_a_register_names_what_it_left_out(space, tmp_path):
    path = put(space, "A.xlsx", sent(space, "CB-A", b1={"tong_so_chi_bo": None}))
    alone = check_files(tmp_path / "không có", [path])
    assert [(f.code, f.sheet, f.cell) for f in alone.findings if f.level.value != "Ghi chú"] == [("K02", "B1", "C8")]
    assert any(line.startswith("K22") for line in alone.left_out)
    full = check_files(space, [path])
    assert full.left_out == () and list(full.rows()[0]) == [
        "muc",
        "ma_loi",
        "ma_don_vi",
        "tep",
        "sheet",
        "o",
        "gia_tri",
        "noi_dung",
        "cach_sua",
        "giai_trinh",
    ]


def test_status_tells_of_an_award_round(space):
    put(space, "CB-A.xlsx", sent(space, "CB-A"))
    consolidate(space, KY, as_of=DAY)
    assert "awards" not in status(space, as_of=date(2023, 9, 30)).next_step
    note_sent(space, KY, ["tat-ca"], as_of=DAY)
    assert status(space, as_of=DAY).next_step == "Xét đề nghị khen thưởng: dvk awards propose 2023-10"
    propose_awards(space, "2023-10", as_of=DAY)
    told = status(space, as_of=DAY)
    assert told.lines[-1] == "Đợt 2023-10 (Sơ kết Phong trào “Dân vận khéo”): đã xét đề nghị."
    assert told.next_step == "Ghi quyết định vào xet-chon.xlsx, rồi lập dự thảo: dvk awards draft 2023-10"


def test_a_frame_has_the_machine_keys_and_the_data_rows(space):
    put(space, "A.xlsx", sent(space, "CB-A"))
    frame = consolidate(space, KY, as_of=DAY).frame("Tình hình nộp")
    assert list(frame["ma_don_vi"]) == ["CB-A", "CB-B", "CB-C"]
    assert list(frame["trang_thai"]) == [UnitState.ACCEPTED, UnitState.MISSING, UnitState.MISSING]


def dvk(*words, cwd=None, **environ):
    return subprocess.run(
        [sys.executable, "-m", "dvk_reports", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, **environ},
    )


def test_exit_codes_and_lines_of_the_command(space):
    put(space, "A.xlsx", sent(space, "CB-A"))
    waiting = dvk("-w", space.root, "consolidate", KY, "--as-of", "2023-10-12")
    assert waiting.returncode == 1 and waiting.stdout.splitlines()[0] == "1 tệp: 1 dùng; 2 đơn vị chưa nộp"
    for code in ("CB-B", "CB-C"):
        put(space, f"{code}.xlsx", sent(space, code))
    clean = dvk("consolidate", KY, "-w", space.root, "--as-of", "2023-10-12")
    assert clean.returncode == 0, clean.stdout
    broken = dvk("-w", space.root, "consolidate", "2023-Q9")
    assert broken.returncode == 2 and "Traceback" not in broken.stderr and "Cách ghi đúng" in broken.stderr
    assert dvk("-w", space.root / "không có", "consolidate", KY).returncode == 2
    assert dvk("-w", space.root, "consolidat", KY).returncode == 2
    assert "Việc tiếp theo" in dvk("-w", space.root).stdout


def test_check_as_json(space):
    path = put(space, "A.xlsx", sent(space, "CB-A", b1={"tong_so_chi_bo": "mười"}))
    told = dvk("-w", space.root, "check", path, "--json")
    assert told.returncode == 1
    assert [(row["ma_loi"], row["sheet"], row["o"], row["gia_tri"]) for row in json.loads(told.stdout)] == [
        ("K04", "B1", "C8", "mười")
    ]


def test_a_mistake_made_before_is_a_hint_in_that_very_cell(space):
    """Two quarters with the same blank cell: the next form says so where it is chosen; what to write stands beside."""
    for quarter, day in (("2023-Q2", date(2023, 7, 12)), (KY, DAY)):
        b1 = {"tong_so_dang_vien": None, "so_chuyen_muc": None if quarter == KY else 0}
        put(space, "A.xlsx", sent(space, "CB-A", b1=b1, quarter=quarter), quarter)
        consolidate(space, quarter, as_of=day)
    folder = make_forms(space, "2023-Q4", unit="CB-A").folder
    sheet = openpyxl.load_workbook(folder / "DVK_CB-A_2023-Q4.xlsx")["B1"]
    rows = {sheet.cell(row, 1).value: row for row in range(1, 30)}
    hint = {
        key: next(rule.prompt for rule in sheet.data_validations.dataValidation if f"C{rows[key]}" in rule.sqref)
        for key in ("tong_so_dang_vien", "so_chuyen_muc", "tong_so_chi_bo")
    }
    beside = sheet.cell(rows["tong_so_chi_bo"], 4).value
    assert beside == "Tổng số chi bộ trực thuộc đến cuối kỳ; không có thì ghi 0."
    assert hint == {
        "tong_so_dang_vien": "Lưu ý: hai quý liền đơn vị ghi sai ở đây (ô bắt buộc để trống).",
        "so_chuyen_muc": "Lưu ý: quý III năm 2023 đơn vị ghi sai ở đây (ô bắt buộc để trống).",
        "tong_so_chi_bo": None,
    }


def test_a_refused_file_asks_nothing_more_once_another_is_used(space):
    put(space, "cũ.xlsx", edited(sent(space, "CB-A"), lambda book: setattr(book["BIA"]["C20"], "value", "1999.9")))
    refused = consolidate(space, KY, as_of=DAY)
    assert [(f.level.value, f.code) for f in refused.data.findings if f.unit == "CB-A"] == [("Chặn", "K01")]
    assert units(refused)["CB-A"] == "Trả lại"
    put(space, "mới.xlsx", sent(space, "CB-A", {"phien_ban": 2, "thay_the_phien_ban": 1}))
    mended = consolidate(space, KY, as_of=DAY)
    (kept,) = [f for f in mended.data.findings if f.unit == "CB-A"]
    assert (kept.level.value, kept.code) == ("Ghi chú", "K01") and "mới.xlsx" in kept.text
    assert units(mended)["CB-A"] == "Đã chấp nhận"


def test_the_run_record_is_plain_json(space):
    put(space, "A.xlsx", sent(space, "CB-A"))
    record = json.loads((consolidate(space, KY, as_of=DAY).folder / "nhat-ky.json").read_text(encoding="utf-8"))
    assert record["tong_so_tep"] == "1 tệp: 1 dùng; 2 đơn vị chưa nộp"
    assert set(record["ket_qua"]) == set(files_of(space.results(KY))) - {"nhat-ky.json"}


def test_a_consolidated_workbook_beside_the_form_it_was_made_from_counts_nothing_twice(space):
    put(space, "A.xlsx", sent(space, "CB-A"))
    totals = (consolidate(space, KY, as_of=DAY).folder / "tong-hop.xlsx").read_bytes()
    put(space, "sổ.xlsx", totals)
    result = consolidate(space, KY, as_of=DAY)
    assert states(result) == {"A.xlsx": "Trùng", "sổ.xlsx!/CB-A": "Dùng"}
    assert [r.reason for r in result.data.files if r.file == "A.xlsx"] == ["cùng nội dung với sổ.xlsx!/CB-A"]


# --- a mailbox that cannot be seen ----------------------------------------------------------------------------------


def _held_with_results(space):
    put(space, "A.xlsx", sent(space, "CB-A"))
    put(space, "xã/B.xlsx", sent(space, "CB-B"))
    consolidate(space, KY, as_of=DAY)
    return files_of(space.root / "ket-qua")


@pytest.mark.parametrize("hidden", ["A.xlsx", "xã", ""], ids=["a file", "a folder in it", "the folder"])
def test_what_the_disk_does_not_give_stops_the_run(space, monkeypatch, hidden):
    """No permission, a drive that is gone: exit 2 and the old results, never “chưa nộp” with reminders."""
    before = _held_with_results(space)
    target = space.received(KY) / hidden
    read, listed = Path.read_bytes, Path.iterdir

    def refused(real):
        def call(self):
            if self == target:
                raise OSError(5, "Input/output error")
            return real(self)

        return call

    monkeypatch.setattr(Path, "read_bytes", refused(read))
    monkeypatch.setattr(Path, "iterdir", refused(listed))
    with pytest.raises(DvkError, match=r"Không đọc được hết thư mục .*Kết quả đã có vẫn giữ nguyên"):
        consolidate(space, KY, as_of=DAY)
    monkeypatch.undo()
    assert files_of(space.root / "ket-qua") == before


def test_an_empty_mailbox_never_replaces_good_results(space):
    before = _held_with_results(space)
    for path in ("A.xlsx", "xã/B.xlsx"):
        (space.received(KY) / path).unlink()
    put(space, ".DS_Store", b"x")
    with pytest.raises(DvkError, match=r"không có tệp nào, trong khi lần tổng hợp trước có 02 tệp"):
        consolidate(space, KY, as_of=DAY)
    assert files_of(space.root / "ket-qua") == before
