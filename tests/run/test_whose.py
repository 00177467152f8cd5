"""Whose a file is: what the cover says, what the file's name, folder and sender say, and what is told to whom."""

from __future__ import annotations

import io
import os
from datetime import date, datetime
from email.message import EmailMessage

import openpyxl
import pytest

from dvk_reports import check_files, consolidate
from dvk_reports.cli.shown import result_lines
from dvk_reports.plan.reminding import answer_of, missing_things
from tests.support.offices import edited
from tests.support.small_space import DAY, KY, made, put, sent, states, units

LATE = date(2023, 10, 16)
AFTER_DUE = {"as_of": LATE}


def renamed(space, **named):
    """The register with other names: ``CB_A=("Chi bộ xã Lương Sơn", "Lương Sơn; LS")``."""
    book = openpyxl.load_workbook(space.register_path)
    sheet = book["Đơn vị"]
    keys = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        code = str(row[keys.index("ma_don_vi")].value or "").replace("-", "_")
        if code in named:
            row[keys.index("ten")].value, row[keys.index("ten_khac")].value = named[code]
    book.save(space.register_path)


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """The bytes of the register with these names."""
    space = made(tmp_path_factory.mktemp("tên") / "làm việc")
    renamed(
        space,
        CB_A=("Chi bộ xã Lương Sơn", "Lương Sơn; LS 1"),
        CB_B=("Chi bộ xã Yên Sơn", "xã Yên Sơn"),
        CB_C=("Chi bộ cơ quan xã Yên Sơn", ""),
    )
    return space.register_path.read_bytes()


@pytest.fixture
def named(space, register):
    space.register_path.write_bytes(register)
    return space


def mailed(sender, data, name="bao cao.xlsx"):
    mail = EmailMessage()
    mail["From"], mail["Date"] = sender, "Mon, 09 Oct 2023 08:00:00 +0700"
    mail.set_content("Kính gửi")
    mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(mail)


def things(space, result, item):
    """What a letter says was received of a unit."""
    return missing_things(result.data, item, answer_of(space.register(), result.data, item))


def of_code(found, code):
    return [(f.unit, f.level.value, f.sheet, f.cell, f.text) for f in found if f.code == code]


# --- K32 ---


@pytest.mark.parametrize(
    ("name", "signs"),
    [
        ("DVK_CB-B_2023-Q3.xlsx", "tên tệp “DVK_CB-B_2023-Q3.xlsx” là của Chi bộ xã Yên Sơn"),
        ("Bc dvk yen son.xlsx", ""),
        ("bc dvk xa yen son.xlsx", "tên tệp “bc dvk xa yen son.xlsx” là của Chi bộ xã Yên Sơn"),
        ("Xã Yên Sơn/báo cáo.xlsx", "thư mục “Xã Yên Sơn” là của Chi bộ xã Yên Sơn"),
        ("xa yen son/quý 3/LƯƠNG SƠN.xlsx", "thư mục “xa yen son” là của Chi bộ xã Yên Sơn"),
        ("xã Yên Sơn/Lương Sơn/a.xlsx", ""),
        ("Lương Sơn và xã Yên Sơn.xlsx", ""),
        ("Chi bộ cơ quan xã Yên Sơn.xlsx", "tên tệp “Chi bộ cơ quan xã Yên Sơn.xlsx” là của Chi bộ cơ quan xã Yên Sơn"),
        ("CB-A-2.xlsx", ""),
        ("LS 1.xlsx", ""),
    ],
)
def test_the_cover_is_of_another_unit_than_the_file_seems_to_be(named, name, signs):
    put(named, name, sent(named, "CB-A"))
    result = consolidate(named, KY, as_of=DAY)
    expected = (
        [("CB-A", "Cảnh báo", "BIA", "C5", f"Trang bìa ghi Chi bộ xã Lương Sơn, nhưng {signs}.")] if signs else []
    )
    assert of_code(result.data.findings, "K32") == expected
    assert list(states(result).values()) == ["Dùng"]  # it counts; the unit is asked


def test_the_address_of_the_sender_tells_too(named):
    put(named, "1.eml", mailed("Yên Sơn <CBB@vi-du.example>", sent(named, "CB-A")))
    put(named, "2.eml", mailed("cbb@vi-du.example", sent(named, "CB-B")))
    put(named, "3.eml", mailed("huyen@vi-du.example", sent(named, "CB-C")))
    result = consolidate(named, KY, as_of=DAY)
    said = "Trang bìa ghi Chi bộ xã Lương Sơn, nhưng địa chỉ người gửi “cbb@vi-du.example” là của Chi bộ xã Yên Sơn."
    assert of_code(result.data.findings, "K32") == [("CB-A", "Cảnh báo", "BIA", "C5", said)]


def test_folders_above_the_one_that_is_asked_say_nothing(named, tmp_path):
    folder = tmp_path / "xã Yên Sơn" / "nhận về"
    folder.mkdir(parents=True)
    (folder / "a.xlsx").write_bytes(sent(named, "CB-A"))
    assert of_code(check_files(named, [folder]).findings, "K32") == []
    assert of_code(check_files(named, [folder / "a.xlsx"]).findings, "K32") == []
    assert len(of_code(check_files(named, [folder.parent.parent]).findings, "K32")) == 1


# --- a name where the code should be ---


@pytest.mark.parametrize("written", ["Chi bộ xã Lương Sơn", "lương sơn", "LS 1"])
def test_a_name_in_the_box_of_the_code(named, written):
    form = edited(sent(named, "CB-A", b1={"tong_so_dang_vien": "hai mươi"}), lambda book: _code(book, written))
    put(named, "a.xlsx", form)
    result = consolidate(named, KY, **AFTER_DUE)
    assert states(result) == {"a.xlsx": "Trả lại"}
    assert units(result)["CB-A"] == "Trả lại"
    own = [f for f in result.data.findings if f.unit == "CB-A" and f.level.value == "Chặn"]
    assert [(f.code, f.cell, f.raw) for f in own] == [("K01", "C5", written), ("K04", "C10", "hai mươi")]
    assert own[0].remedy.endswith("Có phải là CB-A (Chi bộ xã Lương Sơn)?")
    copy = openpyxl.load_workbook(result.folder / "tra-lai" / "DVK_CB-A_2023-Q3_v02.xlsx")
    assert (copy["BIA"]["C5"].value, copy["BIA"]["C7"].value) == ("CB-A", KY)
    (item,) = [item for item in result.data.submissions if item.unit == "CB-A"]
    (said,) = things(named, result, item)
    assert f", nhưng chưa dùng được: mã đơn vị “{written}” không có trong danh mục; " in said
    assert said.startswith("Đã nhận tệp “a.xlsx”, nhưng") and said.endswith(", rồi gửi lại. Mã của đơn vị là CB-A.")
    put(named, "a.xlsx", edited(form, lambda book: _code(book, "CB-A")))  # the remedy, followed
    assert states(consolidate(named, KY, as_of=DAY)) == {"a.xlsx": "Dùng"}


def _code(book, text):
    book["BIA"]["C5"].value = text


def test_a_period_that_is_none_is_told_with_all_the_rest(named):
    form = sent(named, "CB-A", b1={"tong_so_dang_vien": "hai mươi"})
    put(named, "a.xlsx", edited(form, lambda book: setattr(book["BIA"]["C7"], "value", "quý ba")))
    result = consolidate(named, KY, as_of=DAY)
    assert units(result)["CB-A"] == "Trả lại"
    assert [(f.code, f.cell) for f in result.data.findings if f.level.value == "Chặn"] == [
        ("K01", "C7"),
        ("K04", "C10"),
    ]
    assert (result.folder / "tra-lai" / "DVK_CB-A_2023-Q3_v02.xlsx").is_file()


# --- files that nearly were a unit's ---


def test_a_letter_knows_the_files_that_nearly_were_the_unit_s(named):
    without_days(named)
    put(named, "1.xlsx", edited(sent(named, "CB-A"), lambda book: _code(book, "CB-AA")))
    put(named, "xã Yên Sơn/quý 3.xlsx", sent(named, "CB-B")[:3000])
    put(named, "xã Yên Sơn/quý 3.pdf", b"%PDF-1.4")
    result = consolidate(named, KY, **AFTER_DUE)
    assert units(result) == {"CB-A": "Chưa nộp", "CB-B": "Chưa nộp", "CB-C": "Chưa nộp"}
    said = {item.unit: things(named, result, item) for item in result.data.submissions}
    assert said == {
        "CB-A": (
            "Đã nhận tệp “1.xlsx”, có thể là của đơn vị, nhưng chưa dùng được: mã đơn vị “CB-AA” không "
            "có trong danh mục; cả tệp chưa được tính. Ghi đúng mã đã in sẵn ở ô Mã đơn vị của biểu mẫu gửi đi, rồi "
            "gửi "
            "lại. Mã của đơn vị là CB-A.",
        ),
        "CB-B": (
            "Đã nhận tệp “quý 3.pdf”, có thể là của đơn vị, nhưng chưa dùng được: tệp PDF hoặc bản "
            "scan: cần tệp Excel.",
            "Đã nhận tệp “quý 3.xlsx”, có thể là của đơn vị, nhưng không đọc được: tệp Excel hoặc tệp "
            "nén bị hỏng: đề nghị gửi lại.",
        ),
        "CB-C": ("Chưa nhận được báo cáo của đơn vị.",),
    }


def test_between_neighbours_nobody_is_guessed(named):
    """A cover that has lost the unit's name, with a code as near to one unit as to another."""
    put(named, "1.xlsx", edited(sent(named, "CB-A"), lambda book: (_code(book, "CB-D"), _unnamed(book))))
    without_days(named)
    result = consolidate(named, KY, **AFTER_DUE)
    said = {things(named, result, item) for item in result.data.submissions}
    assert said == {("Chưa nhận được báo cáo của đơn vị.",)}


def test_a_form_of_another_unit_is_named_to_both_with_the_day_of_its_mail(named):
    """The unit that sent it is not silent, and is not late: only its mail knows the day."""
    without_days(named)
    put(named, "1.eml", mailed("cba@vi-du.example", sent(named, "CB-B")))
    result = consolidate(named, KY, **AFTER_DUE)
    said = {item.unit: things(named, result, item) for item in result.data.submissions if item.unit == "CB-A"}
    assert said == {
        "CB-A": (
            "Đã nhận tệp “bao cao.xlsx” ngày 09/10/2023, có thể là của đơn vị, nhưng trang bìa ghi Chi bộ xã Yên Sơn "
            "(mã CB-B) nên được xem là của đơn vị đó. Nếu là báo cáo của đơn vị, đề nghị ghi số liệu vào đúng biểu mẫu "
            "của đơn vị rồi gửi lại.",
        )
    }
    assert [item.reminder for item in result.data.submissions] == [1, 0, 1]
    assert [f.unit for f in result.data.findings if f.code == "K32"] == ["CB-B"]


def _unnamed(book):
    book["BIA"]["C6"].value = None


# --- days of receipt that are those of files ---


def without_days(space):
    book = openpyxl.load_workbook(space.register_path)
    sheet = book["Ngày nhận"]
    sheet.delete_rows(2, sheet.max_row)
    book.save(space.register_path)


def dated(path, day):
    noon = datetime(day.year, day.month, day.day, 5).timestamp()
    os.utime(path, (noon, noon))


def test_days_of_files_are_said_and_the_lines_for_the_register_printed(space):
    without_days(space)
    for code in ("CB-A", "CB-B"):
        dated(put(space, f"{code}.xlsx", sent(space, code)), LATE)
    put(space, "c.eml", mailed("cbc@vi-du.example", sent(space, "CB-C")))
    result = consolidate(space, KY, as_of=LATE)
    lines = (
        "Trang Ngày nhận, thêm dòng: Mã đơn vị CB-A; Kỳ 2023-Q3; Ngày nhận 16/10/2023.",
        "Trang Ngày nhận, thêm dòng: Mã đơn vị CB-B; Kỳ 2023-Q3; Ngày nhận 16/10/2023.",
    )
    assert result.days == lines
    shown = list(result_lines(result))
    at = shown.index(f"  {lines[0]}")
    assert shown[at - 1].startswith("Ngày nhận của 2 đơn vị lấy theo ngày của tệp")
    book = openpyxl.load_workbook(io.BytesIO(space.register_path.read_bytes()))
    for line in lines:  # followed, it is no more said
        code = line.split("Mã đơn vị ")[1].split(";")[0]
        book["Ngày nhận"].append([code, KY, date(2023, 10, 9)])
    book.save(space.register_path)
    mended = consolidate(space, KY, as_of=LATE)
    assert mended.days == ()
    assert {item.punctual for item in mended.data.submissions} == {"Đúng hạn"}


def test_half_of_the_days_is_not_most(space):
    without_days(space)
    dated(put(space, "CB-A.xlsx", sent(space, "CB-A")), LATE)
    put(space, "c.eml", mailed("cbc@vi-du.example", sent(space, "CB-C")))
    assert consolidate(space, KY, as_of=LATE).days == ()
