"""The head of a waiting mail: whoever saved it last, it says what the email package reads in it."""

from __future__ import annotations

from email.parser import BytesParser
from email.policy import default
from email.utils import getaddresses

import pytest

from dvk_reports.mail.outbox import Outgoing
from dvk_reports.vietnamese.text import tidy
from dvk_reports.workspace.sent import SentLog

MARK = "X-DVK-Noi-Dung: nd-0123456789abcdef01234567"
HEADS = [
    ("To: dangbo.x@baoyen.vn", MARK),
    ("To: a.b-c+d@x.vn, e_f@y.gov.vn", MARK),
    ("to: A@X.vn,b@y.vn ,  c@z.vn", "x-dvk-noi-dung:nd-1"),
    ("To:", "X-DVK-Noi-Dung:"),
    ("Subject: Không có ai",),
    ('To: "Đảng ủy, xã" <a@x.vn>, b@y.vn', MARK),
    ("To: =?utf-8?b?xJDhuqNuZyDhu6d5?= <a@x.vn>,\r\n =?utf-8?q?b=40y=2Evn?=", "X-DVK-Noi-Dung: nd-12\r\n 34"),
    ("To: xã: a@x.vn, b@y.vn;", "X-DVK-Noi-Dung: nd-=?utf-8?q?1?="),
    ("To: a..b@x.vn, c.@y.vn, d@z", "X-DVK-Noi-Dung: nd-1 nd-2"),
    ("To: a@x.vn\r\nTo: b@y.vn", f"{MARK}\r\nX-DVK-Noi-Dung: nd-2"),
    ("To: a@x.vn (văn phòng), b@y", "X-DVK-Noi-Dung: \t nd-1 \t "),
]
HALVES = [("a@x.vn, b@", ("a@x.vn",)), (".c@y.vn", (".c@y.vn",)), ("a@x.vn, @y.vn", ("a@x.vn",)), ("@", ())]
"""What ends the reader of the email package with an error of its own -> the addresses a mail goes to."""


@pytest.mark.parametrize("lines", HEADS)
def test_it_is_read_as_the_email_package_reads_it(tmp_path, lines):
    path = tmp_path / "DV.eml"
    path.write_bytes("\r\n".join((*lines, "Subject: Thử =?utf-8?q?th=C3=B4i?=", "", "To: trong-thu@x.vn\r\n")).encode())
    mail, read = Outgoing("2023-Q3", "thư", "DV", path, SentLog(tmp_path)), BytesParser(policy=default)
    head = read.parsebytes(path.read_bytes())
    assert mail.mark == tidy(str(head.get("X-DVK-Noi-Dung", "")))
    assert mail.addresses == tuple(
        dict.fromkeys(address for _, address in getaddresses([str(head.get("To", ""))]) if address)
    )
    assert mail.subject == tidy(str(head.get("Subject", "")))


@pytest.mark.parametrize(("written", "addresses"), HALVES)
def test_half_an_address_stops_nothing(tmp_path, written, addresses):
    path = tmp_path / "DV.eml"
    path.write_bytes(f"To: {written}\r\n{MARK}\r\n\r\nThư\r\n".encode())
    mail = Outgoing("2023-Q3", "thư", "DV", path, SentLog(tmp_path))
    assert (mail.addresses, mail.waits) == (addresses, True)
