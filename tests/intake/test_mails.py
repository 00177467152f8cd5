"""Mails in every wrapping that a mail program may give them: what is inside comes out, or is truly named."""

from __future__ import annotations

import base64
import binascii
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from dvk_reports import consolidate
from dvk_reports.intake.files.boxes import unpack
from tests.intake.test_boxes import PDF, WORKBOOK, mail, zipped
from tests.support.outlook import msg, ole, tnef
from tests.support.small_space import DAY, KY, put, sent, states, units

HEADERS = "From: Xã Bảo Hà <xa.baoha@example.vn>\r\nDate: Tue, 13 Jun 2023 20:30:00 +0000\r\nSubject: Báo cáo\r\n\r\n"


def found(folder):
    """(file, state, day, sender) of everything that came."""
    return [(item.file, item.state.value if item.state else "", item.mail_date, item.sender) for item in unpack(folder)]


def alone(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    return found(tmp_path)


BEGIN = datetime(2023, 6, 13)
FORM = ("", date(2023, 6, 14), "xa.baoha@example.vn")


# --- the day ---


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Tue, 10 Oct 2023 18:30:00 +0000", date(2023, 10, 11)),
        ("Tue, 10 Oct 2023 16:59:59 +0000", date(2023, 10, 10)),
        ("Tue, 10 Oct 2023 17:00:00 -0000", date(2023, 10, 11)),
        ("Tue, 10 Oct 2023 23:30:00 +0700", date(2023, 10, 10)),
        ("Wed, 11 Oct 2023 02:30:00 +0900", date(2023, 10, 11)),
        ("Wed, 11 Oct 2023 00:30:00 +0900 (JST)", date(2023, 10, 10)),
        ("Tue, 10 Oct 2023 12:00:00 PDT", date(2023, 10, 11)),
        ("Tue, 10 Oct 2023 18:30:00 GMT", date(2023, 10, 11)),
        ("Tue, 10 Oct 2023 23:30:00", date(2023, 10, 10)),
        ("Tue, 10 Oct 2023 23:30:00 ICT", date(2023, 10, 10)),
        ("hôm qua", None),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
    ],
)
def test_the_day_is_that_of_viet_nam_whatever_clock_the_mail_shows(tmp_path, said, day):
    data = bytes(mail(("A.xlsx", WORKBOOK), day=None))
    (tmp_path / "thư.eml").write_bytes(f"Date: {said}\n".encode() + data)
    assert [item.mail_date for item in unpack(tmp_path)] == [day]


# --- wrappings of MIME ---


def bundle(*mails: EmailMessage) -> bytes:
    return b"".join(b"From - Tue Jun 13 20:30:00 2023\n" + bytes(one) + b"\n" for one in mails)


def test_every_mail_of_a_mailbox_is_opened(tmp_path):
    empty = mail()
    other = mail(("B.xlsx", WORKBOOK), ("B.pdf", PDF), day="Wed, 14 Jun 2023 20:30:00 +0000")
    assert alone(tmp_path, "Hop thu", bundle(empty, other, mail(("C.xlsx", WORKBOOK)))) == [
        ("Hop thu!/Báo cáo quý II.eml", "Không phải biểu mẫu", date(2023, 6, 13), "xa.baoha@example.vn"),
        ("Hop thu!/Báo cáo quý II.eml#2!/B.xlsx", "", date(2023, 6, 15), "xa.baoha@example.vn"),
        ("Hop thu!/Báo cáo quý II.eml#2!/B.pdf", "Không phải biểu mẫu", date(2023, 6, 15), "xa.baoha@example.vn"),
        ("Hop thu!/Báo cáo quý II.eml#3!/C.xlsx", "", date(2023, 6, 13), "xa.baoha@example.vn"),
    ]


def test_a_mailbox_of_one_mail_is_that_mail(tmp_path):
    assert alone(tmp_path, "một.mbox", bundle(mail(("A.xlsx", WORKBOOK))))[0][0] == "một.mbox!/A.xlsx"


@pytest.mark.parametrize("way", ["base64", "quoted-printable", "8bit", "sai"])
def test_an_attached_mail_however_it_is_encoded(tmp_path, way):
    inner = bytes(mail(("A.xlsx", WORKBOOK), day="Tue, 13 Jun 2023 20:30:00 +0000"))
    code = {"base64": base64.encodebytes, "quoted-printable": lambda raw: binascii.b2a_qp(raw, istext=True)}
    said = "base64" if way == "sai" else way
    outer = (
        b"From: huyen@example.vn\r\nDate: Fri, 16 Jun 2023 08:00:00 +0700\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="r"\r\n\r\n--r\r\nContent-Type: message/rfc822; name="goc.eml"\r\n'
        b"Content-Transfer-Encoding: " + said.encode() + b"\r\n\r\n" + code.get(way, bytes)(inner) + b"\r\n--r--\r\n"
    )
    assert alone(tmp_path, "thư.eml", outer) == [("thư.eml!/goc.eml!/A.xlsx", *FORM)]


def test_a_mail_that_an_editor_saved_as_unicode(tmp_path):
    data = bytes(mail(("A.xlsx", WORKBOOK), day="Tue, 13 Jun 2023 20:30:00 +0000")).decode().encode("utf-16")
    assert alone(tmp_path, "thư.eml", data) == [("thư.eml!/A.xlsx", *FORM)]


def test_a_mail_of_apple(tmp_path):
    inner = bytes(mail(("A.xlsx", WORKBOOK), day="Tue, 13 Jun 2023 20:30:00 +0000"))
    data = f"{len(inner)}      \n".encode() + inner + b'<?xml version="1.0"?><plist><dict/></plist>'
    assert alone(tmp_path, "12.emlx", data) == [("12.emlx!/A.xlsx", *FORM)]


def uuencoded(name: str, data: bytes) -> bytes:
    lines = [binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45)]
    return f"begin 644 {name}\n".encode() + b"".join(lines) + b"`\nend\n"


def test_files_written_as_text(tmp_path):
    body = b"Kinh gui\n\n" + uuencoded("A.xlsx", WORKBOOK) + b"\n" + uuencoded("B.xlsx", WORKBOOK)
    (tmp_path / "roi.uue").write_bytes(uuencoded("C.xlsx", WORKBOOK))
    (tmp_path / "thu.eml").write_bytes(HEADERS.encode() + body)
    assert found(tmp_path) == [
        ("roi.uue!/C.xlsx", "", None, ""),
        ("thu.eml!/A.xlsx", *FORM),
        ("thu.eml!/B.xlsx", *FORM),
    ]
    assert {item.data for item in unpack(tmp_path)} == {WORKBOOK}


def test_words_that_look_like_the_head_of_a_file_are_words(tmp_path):
    said = mail(("A.xlsx", WORKBOOK), day="Tue, 13 Jun 2023 20:30:00 +0000")
    said.get_payload()[0].set_content("begin 644 de cuong\nKính gửi các đồng chí, {xem} tệp kèm theo.\n")
    assert alone(tmp_path, "thư.eml", bytes(said)) == [("thư.eml!/A.xlsx", *FORM)]


def test_a_file_written_as_text_and_cut_is_not_called_none(tmp_path):
    body = uuencoded("A.xlsx", WORKBOOK).split(b"\n")
    body[2] = b"~~ hong ~~"
    assert [name for name, *_ in alone(tmp_path, "thu.eml", HEADERS.encode() + b"\n".join(body))] == ["thu.eml!/A.xlsx"]


@pytest.mark.parametrize("way", ["base64 ", "BASE64; x=1", '"base64"', "(ma hoa) base64", " base64\t"])
def test_an_encoding_that_is_said_carelessly(tmp_path, way):
    data = bytes(mail(("A.xlsx", WORKBOOK), day="Tue, 13 Jun 2023 20:30:00 +0000"))
    data = data.replace(b"Content-Transfer-Encoding: base64", f"Content-Transfer-Encoding: {way}".encode())
    assert alone(tmp_path, "thư.eml", data) == [("thư.eml!/A.xlsx", *FORM)]
    assert {item.data for item in unpack(tmp_path)} == {WORKBOOK}


def test_a_mail_whose_parts_cannot_be_told_apart_is_not_called_empty(tmp_path):
    data = bytes(mail(("A.xlsx", WORKBOOK))).replace(b"--=====", b"--?")
    assert [state for _, state, _, _ in alone(tmp_path, "thư.eml", data)] == ["Không đọc được"]


# --- signed and encrypted ---


@pytest.fixture(scope="module")
def signer():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "xa")])
    start = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    start = start.serial_number(1).not_valid_before(BEGIN).not_valid_after(BEGIN + timedelta(days=9))
    return key, start.sign(key, hashes.SHA256())


def signed(signer, content, way, encoding=serialization.Encoding.DER):
    key, certificate = signer
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(certificate, key, hashes.SHA256())
    return builder.sign(encoding, [way])


def enclosed(data: bytes) -> bytes:
    """A mail that is nothing but a signed or encrypted message."""
    message = MIMEBase("application", "pkcs7-mime", name="smime.p7m")
    message["From"], message["Date"] = "xa.baoha@example.vn", "Tue, 13 Jun 2023 20:30:00 +0000"
    message.set_payload(base64.encodebytes(data))
    message["Content-Transfer-Encoding"] = "base64"
    return message.as_bytes()


def inner_part() -> bytes:
    """What mail programs sign: the parts of the mail without its headers."""
    part = MIMEMultipart()
    file = MIMEBase("application", "octet-stream", name="A.xlsx")
    file.set_payload(base64.encodebytes(WORKBOOK))
    file["Content-Transfer-Encoding"] = "base64"
    part.attach(file)
    return part.as_bytes()


def test_a_signed_mail_is_opened(tmp_path, signer):
    data = enclosed(signed(signer, inner_part(), pkcs7.PKCS7Options.Binary))
    assert alone(tmp_path, "thư.eml", data) == [("thư.eml!/smime.p7m!/A.xlsx", *FORM)]


def test_a_signature_of_a_length_that_its_writer_did_not_know(tmp_path, signer):
    """As programs write that sign a stream: pieces of the content, each level ending in two zeros."""

    def tagged(tag, *inside):
        return bytes([tag, 0x80]) + b"".join(inside) + b"\0\0"

    def piece(raw):
        return b"\x04\x82" + len(raw).to_bytes(2, "big") + raw

    content = inner_part()
    octets = tagged(0x24, piece(content[:300]), piece(content[300:]))
    data = bytes.fromhex("06092a864886f70d010701")
    message = tagged(0x30, b"\x02\x01\x01", b"\x31\x00", tagged(0x30, data, tagged(0xA0, octets)), b"\x31\x00")
    whole = tagged(0x30, bytes.fromhex("06092a864886f70d010702"), tagged(0xA0, message))
    assert alone(tmp_path, "thư.eml", enclosed(whole)) == [("thư.eml!/smime.p7m!/A.xlsx", *FORM)]


def test_a_signed_file_is_opened(tmp_path, signer):
    data = signed(signer, WORKBOOK, pkcs7.PKCS7Options.Binary)
    assert alone(tmp_path, "A.xlsx.p7m", data) == [("A.xlsx.p7m!/da-ky", "", None, "")]


def test_a_signature_beside_the_form_asks_nothing(tmp_path, signer):
    data = signed(signer, PDF, pkcs7.PKCS7Options.DetachedSignature)
    assert [row[:2] for row in alone(tmp_path, "thư.eml", bytes(mail(("A.xlsx", WORKBOOK), ("smime.p7s", data))))] == [
        ("thư.eml!/A.xlsx", ""),
        ("thư.eml!/smime.p7s", "Bỏ qua"),
    ]


def test_an_encrypted_mail_is_named_as_what_it_is(tmp_path, signer):
    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(b"bi mat").add_recipient(signer[1])
    data = builder.encrypt(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])
    (tmp_path / "thư.eml").write_bytes(enclosed(data))
    (tmp_path / "pgp.asc").write_bytes(b"-----BEGIN PGP MESSAGE-----\n\nhQEMA\n")
    assert [(item.file, item.state.value, item.reason.split(":")[0]) for item in unpack(tmp_path)] == [
        ("pgp.asc", "Không đọc được", "thư hoặc tệp được mã hóa (PGP)"),
        ("thư.eml!/smime.p7m", "Không đọc được", "thư hoặc tệp được mã hóa bằng chứng thư số (S/MIME)"),
    ]


# --- Outlook and Exchange ---


def test_a_mail_saved_by_outlook(tmp_path):
    forwarded = msg(
        "Date: Mon, 12 Jun 2023 08:00:00 +0700\r\n\r\n", ("B.xlsx", WORKBOOK), inner=True, x0037="Gửi: Xã B"
    )
    data = ole(msg(HEADERS, ("Báo cáo quý II.xlsx", WORKBOOK), ("dài.pdf", PDF * 900), ("chuyển", forwarded)))
    assert alone(tmp_path, "thư.msg", data) == [
        ("thư.msg!/Báo cáo quý II.xlsx", *FORM),
        ("thư.msg!/dài.pdf", "Không phải biểu mẫu", *FORM[1:]),
        ("thư.msg!/Gửi: Xã B.msg!/B.xlsx", "", date(2023, 6, 12), "xa.baoha@example.vn"),
    ]


def test_a_mail_of_outlook_that_kept_no_headers(tmp_path):
    tree = dict(msg("", ("A.xlsx", WORKBOOK), x0C1F="XA.BaoHa@example.vn"))
    ticks = 133_311_618_000_000_000  # 2023-06-13 20:30 in Greenwich
    tree["__properties_version1.0"] = (
        bytes(32) + (0x00390040).to_bytes(4, "little") + bytes(4) + ticks.to_bytes(8, "little")
    )
    assert alone(tmp_path, "thư.msg", ole(tree)) == [("thư.msg!/A.xlsx", *FORM)]


def test_what_exchange_has_packed(tmp_path):
    packed = tnef(("Báo cáo quý II.xlsx", WORKBOOK), ("Nén.zip", zipped(("B.xlsx", WORKBOOK))))
    data = bytes(mail(("winmail.dat", packed), day="Tue, 13 Jun 2023 20:30:00 +0000"))
    assert alone(tmp_path, "thư.eml", data) == [
        ("thư.eml!/winmail.dat!/Báo cáo quý II.xlsx", *FORM),
        ("thư.eml!/winmail.dat!/Nén.zip!/B.xlsx", *FORM),
    ]


@pytest.mark.parametrize("cut", [40, 200, 400])
def test_a_damaged_one_is_named(tmp_path, cut):
    (tmp_path / "a.dat").write_bytes(tnef(("A.xlsx", WORKBOOK))[:cut])
    (tmp_path / "b.msg").write_bytes(ole(msg(HEADERS, ("A.xlsx", WORKBOOK)))[: cut + 512])
    for item in unpack(tmp_path):
        assert item.state is not None and "(" not in item.reason


# --- and the whole way ---


def test_the_form_of_a_second_mail_counts(space):
    first = mail(("ghi chú.txt", b"xin chao"), day="Mon, 09 Oct 2023 08:00:00 +0700")
    second = mail(("Báo cáo.xlsx", sent(space, "CB-B")), day="Mon, 09 Oct 2023 08:00:00 +0700")
    put(space, "Hộp thư.mbox", bundle(first, second))
    put(space, "thư.msg", ole(msg(HEADERS, ("A.xlsx", sent(space, "CB-A")))))
    result = consolidate(space, KY, as_of=DAY)
    assert states(result) == {
        "Hộp thư.mbox!/Báo cáo quý II.eml!/ghi chú.txt": "Không phải biểu mẫu",
        "Hộp thư.mbox!/Báo cáo quý II.eml#2!/Báo cáo.xlsx": "Dùng",
        "thư.msg!/A.xlsx": "Dùng",
    }
    assert units(result) == {"CB-A": "Đã chấp nhận", "CB-B": "Đã chấp nhận", "CB-C": "Chưa nộp"}
