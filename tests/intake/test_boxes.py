"""A mailbox as it really is: zips in mails, mails in zips, names in old code pages, files that cannot be opened."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from datetime import date, datetime, timedelta, timezone
from email.message import EmailMessage
from pathlib import Path

import pytest

from dvk_reports.intake.files.boxes import ReceivedFile, files_at, unpack
from dvk_reports.intake.files.kinds import sniff
from dvk_reports.model.returns import FileState
from tests.support.outlook import ole

PDF = b"%PDF-1.4 scan"
PNG = b"\x89PNG\r\n\x1a\n...."
MAY_BE_A_FORM = None


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        for name, data in members:
            info = zipfile.ZipInfo(name, (2023, 6, 15, 8, 0, 0))
            box.writestr(info, data)
    return out.getvalue()


WORKBOOK = zipped(("[Content_Types].xml", b"spreadsheetml.sheet.main+xml"), ("xl/workbook.xml", b"<workbook/>"))


def mail(*attached: tuple[str, bytes], day: str | None = "Tue, 13 Jun 2023 23:30:00 +0700") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "xa.baoha@example.vn"
    message["Subject"] = "Báo cáo quý II"
    if day:
        message["Date"] = day
    message.set_content("Kính gửi Ban Dân vận")
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def seen(folder: Path) -> list[tuple[str, FileState | None]]:
    return [(received.file, received.state) for received in unpack(folder)]


def only(folder: Path) -> ReceivedFile:
    (received,) = unpack(folder)
    return received


def test_files_at_any_depth_in_an_order_that_does_not_depend_on_case(tmp_path):
    for name in ("b.xlsx", "A.xlsx", "c/Đ.xlsx", "c/sâu/e.xlsx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(WORKBOOK)
    assert seen(tmp_path) == [
        ("A.xlsx", MAY_BE_A_FORM),
        ("b.xlsx", MAY_BE_A_FORM),
        ("c/sâu/e.xlsx", MAY_BE_A_FORM),
        ("c/Đ.xlsx", MAY_BE_A_FORM),
    ]


def test_a_letter_knows_its_hash_and_the_day_of_the_file(tmp_path):
    (tmp_path / "bao-ha.xlsx").write_bytes(WORKBOOK)
    os.utime(tmp_path / "bao-ha.xlsx", (1_686_800_000, 1_686_800_000))
    assert only(tmp_path).carried() == ReceivedFile(
        "bao-ha.xlsx",
        WORKBOOK,
        hashlib.sha256(WORKBOOK).hexdigest(),
        None,
        "",
        None,
        date(2023, 6, 15),
        "xlsx",
    )


@pytest.mark.parametrize(("moment", "day"), [(1_686_848_399, date(2023, 6, 15)), (1_686_848_400, date(2023, 6, 16))])
def test_the_day_of_a_file_is_that_of_viet_nam_wherever_the_computer_stands(tmp_path, moment, day):
    (tmp_path / "bao-ha.xlsx").write_bytes(WORKBOOK)
    os.utime(tmp_path / "bao-ha.xlsx", (moment, moment))
    assert only(tmp_path).modified == day


def test_zip_in_mail_in_zip(tmp_path):
    inner = zipped(("bieu/bao-ha.xlsx", WORKBOOK), ("scan.pdf", PDF))
    note = mail(("Biểu mẫu xã Bảo Hà.zip", inner)).as_bytes()
    (tmp_path / "gom.zip").write_bytes(zipped(("thu.eml", note)))
    found = unpack(tmp_path)
    assert [(x.file, x.state, x.mail_date, x.modified) for x in found] == [
        (
            "gom.zip!/thu.eml!/Biểu mẫu xã Bảo Hà.zip!/bieu/bao-ha.xlsx",
            MAY_BE_A_FORM,
            date(2023, 6, 13),
            date(2023, 6, 15),
        ),
        (
            "gom.zip!/thu.eml!/Biểu mẫu xã Bảo Hà.zip!/scan.pdf",
            FileState.NOT_A_FORM,
            date(2023, 6, 13),
            date(2023, 6, 15),
        ),
    ]
    assert found[1].reason == "tệp PDF hoặc bản scan: cần tệp Excel"


def test_the_day_of_a_forwarded_mail_is_its_own(tmp_path):
    outer = mail(day="Mon, 03 Jul 2023 09:00:00 +0700")
    outer.add_attachment(mail(("b.xlsx", WORKBOOK)))
    (tmp_path / "chuyen-tiep.eml").write_bytes(outer.as_bytes())
    received = only(tmp_path)
    assert (received.file, received.mail_date) == ("chuyen-tiep.eml!/Báo cáo quý II.eml!/b.xlsx", date(2023, 6, 13))


def test_a_mail_without_a_day_leaves_the_day_of_the_file(tmp_path):
    (tmp_path / "a.eml").write_bytes(mail(("b.xlsx", WORKBOOK), day=None).as_bytes())
    received = only(tmp_path)
    assert received.mail_date is None
    assert (
        received.modified
        == datetime.fromtimestamp((tmp_path / "a.eml").stat().st_mtime, timezone(timedelta(hours=7))).date()
    )


@pytest.mark.parametrize(
    "disposition",
    [
        "attachment; filename*=UTF-8''B%E1%BA%A3o%20H%C3%A0.xlsx",
        'attachment; filename="=?UTF-8?B?QuG6o28gSMOgLnhsc3g=?="',
        'attachment; filename="=?utf-8?Q?B=E1=BA=A3o?= =?utf-8?Q?_H=C3=A0.xlsx?="',
        'attachment; filename="Bảo Hà.xlsx"',
        "attachment; filename*0*=UTF-8''B%E1%BA%A3o; filename*1*=%20H%C3%A0.xlsx",
    ],
)
def test_names_of_attachments_in_every_way_mailers_write_them(tmp_path, disposition):
    text = f"From: a@b.vn\r\nSubject: x\r\nContent-Type: application/octet-stream\r\nContent-Disposition: {disposition}"
    (tmp_path / "a.eml").write_bytes(text.encode() + b"\r\n\r\n" + PDF)
    assert only(tmp_path).file == "a.eml!/Bảo Hà.xlsx"


def test_a_mail_with_nothing_attached_is_named_itself(tmp_path):
    (tmp_path / "a.eml").write_bytes(mail().as_bytes())
    received = only(tmp_path)
    assert (received.file, received.state, received.reason) == ("a.eml", FileState.NOT_A_FORM, "thư không kèm tệp nào")


def test_a_picture_in_the_signature_is_no_attachment(tmp_path):
    message = mail()
    message.add_attachment(PNG, maintype="image", subtype="png", filename="logo.png", cid="<1>", disposition="inline")
    message.add_attachment(PNG, maintype="image", subtype="png", filename="trang-ky.png")
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    assert seen(tmp_path) == [("a.eml!/logo.png", FileState.SKIPPED), ("a.eml!/trang-ky.png", FileState.NOT_A_FORM)]


@pytest.mark.parametrize(
    ("stored", "flagged", "shown"),
    [("Bảo Hà.xlsx".encode(), False, "Bảo Hà.xlsx"), ("Đảng uỷ.xlsx".encode("cp1258", "replace"), False, None)],
)
def test_names_in_zips_of_old_code_pages(tmp_path, stored, flagged, shown):
    name = stored.decode("cp437")
    raw = zipped(("x" * len(stored), WORKBOOK)).replace(b"x" * len(stored), stored)
    assert zipfile.ZipFile(io.BytesIO(raw)).namelist() == [name]
    (tmp_path / "a.zip").write_bytes(raw)
    assert only(tmp_path).file == f"a.zip!/{shown or stored.decode('cp1258')}"


def test_two_members_of_one_name_both_survive(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        raw = zipped(("a.xlsx", WORKBOOK), ("a.xlsx", PDF))
    (tmp_path / "z.zip").write_bytes(raw)
    assert [(x.file, x.kind) for x in unpack(tmp_path)] == [("z.zip!/a.xlsx", "xlsx"), ("z.zip!/a.xlsx#2", "pdf")]


def test_a_path_that_climbs_out_is_only_a_name(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/z.zip").write_bytes(zipped(("../../ra-ngoai.xlsx", WORKBOOK)))
    assert only(tmp_path / "in").file == "z.zip!/../../ra-ngoai.xlsx"
    assert [p.name for p in tmp_path.iterdir()] == ["in"]


def test_a_member_with_a_password_is_named(tmp_path):
    raw = bytearray(zipped(("a.xlsx", WORKBOOK)))
    raw[6] |= 1
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "z.zip").write_bytes(bytes(raw))
    received = only(tmp_path)
    assert (received.file, received.state, received.data) == ("z.zip!/a.xlsx", FileState.UNREADABLE, None)
    assert received.reason == "tệp nằm trong tệp nén có mật khẩu"


def test_a_member_that_is_damaged_leaves_its_neighbours(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as box:
        box.writestr("a.pdf", b"%PDF-AAAA")
        box.writestr("b.xlsx", WORKBOOK)
    (tmp_path / "z.zip").write_bytes(out.getvalue().replace(b"%PDF-AAAA", b"%PDF-BBBB", 1))
    assert seen(tmp_path) == [("z.zip!/a.pdf", FileState.UNREADABLE), ("z.zip!/b.xlsx", MAY_BE_A_FORM)]


def test_a_zip_bomb_is_not_unfolded(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("a.xlsx", bytes(30_000_000))
    (tmp_path / "z.zip").write_bytes(out.getvalue())
    received = only(tmp_path)
    assert (received.file, received.state) == ("z.zip", FileState.UNREADABLE)
    assert "bom nén" in received.reason


def test_zips_within_zips_end_somewhere(tmp_path):
    raw = WORKBOOK
    for _ in range(20):
        raw = zipped(("z.zip", raw))
    (tmp_path / "z.zip").write_bytes(raw)
    received = only(tmp_path)
    assert (received.state, received.file.count("!/")) == (FileState.UNREADABLE, 6)


def test_the_content_decides_and_not_the_name(tmp_path):
    (tmp_path / "anh.jpg").write_bytes(WORKBOOK)
    (tmp_path / "bang.xls").write_bytes(b"<html><table><tr><td>1</td></tr></table></html>")
    (tmp_path / "trang.html").write_bytes(b"<!DOCTYPE html><html></html>")
    (tmp_path / "~$khoa.xlsx").write_bytes(b"\x05Nguyen" + bytes(158))
    (tmp_path / "~$that.xlsx").write_bytes(WORKBOOK)
    (tmp_path / "Thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0 hinh thu nho")
    (tmp_path / "rong.xlsx").write_bytes(b"")
    (tmp_path / "nen.rar").write_bytes(b"Rar!\x1a\x07\x00")
    assert [(x.file, x.kind, x.state) for x in unpack(tmp_path)] == [
        ("anh.jpg", "xlsx", MAY_BE_A_FORM),
        ("bang.xls", "html", FileState.UNREADABLE),
        ("nen.rar", "rar", FileState.UNREADABLE),
        ("rong.xlsx", "empty", FileState.UNREADABLE),
        ("Thumbs.db", "unknown", FileState.SKIPPED),
        ("trang.html", "html", FileState.NOT_A_FORM),
        ("~$khoa.xlsx", "unknown", FileState.SKIPPED),
        ("~$that.xlsx", "xlsx", MAY_BE_A_FORM),
    ]
    assert unpack(tmp_path)[1].reason.startswith("tệp mang đuôi .xls nhưng bên trong là tệp HTML")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (zipped(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")), "ods"),
        (zipped(("xl/workbook.bin", b"")), "xlsb"),
        (zipped(("xl/workbook.xml", b""), ("xl/vbaProject.bin", b"")), "xlsm"),
        (zipped(("word/document.xml", b"")), "docx"),
        (zipped(("Index/Document.iwa", b"")), "numbers"),
        (zipped(("a.txt", b"")), "zip"),
        (zipped(("a.txt", b"long enough"))[:40], "zip-broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut", "ole-broken"),
        (b"\xff\xfe" + "<html></html>".encode("utf-16-le"), "html"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "xml2003"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n--x\r\nContent-Type: text/html\r\n", "mht"),
        ("Đơn vị;Số mô hình\nBảo Hà;12\n".encode(), "text"),
        (b"{\\rtf1 x}", "rtf"),
        (b"\x09\x08\x10\x00\x00\x06", "xls"),
        (
            b'<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>',
            "fods",
        ),
        (b"\0\0\2\0\6\4\6\0\x08\0" + bytes(30), "lotus"),
        (b"\0\0\x1a\0\2\x10\4\0" + bytes(30), "lotus"),
        (b"\0\0\2\0\x20\x51\xcc\0" + bytes(30), "quattro"),
        (ole({"PerfectOffice_MAIN": b"x"}), "quattro"),
        (b"ID;PWXL;N;E\r\nP;PGeneral\r\n", "sylk"),
        (b'TABLE\r\n0,1\r\n"EXCEL"\r\n', "dif"),
        (b"\x30\x11\x0a\x0e\3\0\0\0\xe8\2\x54" + bytes(40), "dbase"),
        (b'<?xml version="1.0"?>\r\n<?mso-application progid="Word.Document"?><w:wordDocument/>', "doc"),
        (b"From: <Saved by Blink>\r\nDate: Mon, 9 Oct 2023 08:00:00 +0700\r\nMIME-Version: 1.0\r\n\r\n", "mht"),
        (b"\x00\x01\x02\x03" * 40, "unknown"),
    ],
)
def test_kinds(data, kind):
    assert sniff(data) == kind


def test_what_cannot_be_opened_is_a_letter_with_its_reason(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(WORKBOOK)
    try:
        (tmp_path / "cut.xlsx").symlink_to(tmp_path / "khong-co.xlsx")
        (tmp_path / "vong").symlink_to(tmp_path, target_is_directory=True)
    except OSError:  # Windows gives links to administrators only
        return
    assert [(x.file, x.state, x.reason) for x in unpack(tmp_path)] == [
        ("a.xlsx", MAY_BE_A_FORM, ""),
        ("cut.xlsx", FileState.UNREADABLE, "không mở được tệp: không tìm thấy"),
        ("vong", FileState.UNREADABLE, "lối tắt tới một thư mục khác: không đi theo, hãy chép các tệp vào đây"),
    ]


def test_a_file_without_permission_is_a_letter(tmp_path, monkeypatch):
    (tmp_path / "a.xlsx").write_bytes(WORKBOOK)

    def refuse(self):
        raise PermissionError(13, "đang mở")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    received = only(tmp_path)
    assert (received.state, received.sha256) == (FileState.UNREADABLE, "")
    assert received.reason == "không mở được tệp: không có quyền, hoặc tệp đang mở trong chương trình khác"


def test_files_and_folders_named_on_a_command_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("d").mkdir()
    Path("d/a.xlsx").write_bytes(WORKBOOK)
    Path("b.xlsx").write_bytes(WORKBOOK)
    received = files_at([Path("b.xlsx"), Path("d"), Path("khong-co.xlsx"), Path("b.xlsx")])
    assert [(x.file, x.state) for x in received] == [
        ("b.xlsx", MAY_BE_A_FORM),
        ("d/a.xlsx", MAY_BE_A_FORM),
        ("khong-co.xlsx", FileState.UNREADABLE),
        ("b.xlsx#2", MAY_BE_A_FORM),
    ]


def test_a_folder_that_is_not_there(tmp_path):
    received = only(tmp_path / "khong-co")
    assert (received.state, received.reason) == (FileState.UNREADABLE, "không mở được thư mục: không tìm thấy")
