"""A mail draft with an attachment is the message that Python's email package would write, made in one go."""

from __future__ import annotations

from email import message_from_bytes

import pytest

from dvk_reports.mail.drafts import Attached, draft

HERE = "=_dvk_reports_data"


@pytest.mark.parametrize("size", [0, 1, 57, 58, 5000])
def test_the_attachment_is_whole(size: int) -> None:
    data = bytes(number % 251 for number in range(size))
    files = [Attached("tên & biểu.xlsx", data), Attached("công văn.docx", data[::-1])]
    made = draft("a@example.vn", f"Biểu mẫu {HERE}", f"Kính gửi {HERE}", files)
    text, *attached = message_from_bytes(made).get_payload()
    assert [part.get_payload(decode=True) for part in attached] == [data, data[::-1]]
    assert [part.get_filename() for part in attached] == ["tên & biểu.xlsx", "công văn.docx"]
    assert [part.get_content_subtype().rsplit(".", 1)[1] for part in attached] == ["sheet", "document"]
    assert text.get_payload(decode=True).decode() == f"Kính gửi {HERE}"
    lines = made.split(b"\r\n")
    assert all(len(line) <= 78 for line in lines) and not any(b"\n" in line for line in lines[lines.index(b"") :])


def test_a_draft_without_an_attachment_has_none() -> None:
    assert len(message_from_bytes(draft("a@example.vn", "x", HERE)).get_payload()) == 1
