"""Mail drafts (.eml) that open in Outlook or Thunderbird ready to be sent: addressee, words, the form attached."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32

from dvk_reports.model.mails import MARK
from dvk_reports.model.periods import Quarter
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Unit
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.text import writable

UNSENT = "X-Unsent"
"""Header by which Outlook opens a file for editing, not as received mail."""
_HERE = "=_dvk_reports_data"
"""Stands for an attachment until all else is written."""
_XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DOCX = "vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Attached:
    """One file that goes with a mail."""

    name: str
    data: bytes

    @property
    def kind(self) -> str:
        """Its content type, after ``application/``."""
        return _DOCX if self.name.endswith(".docx") else _XLSX


def form_mail(office: Office, unit: Unit, quarter: Quarter, name: str, form: bytes) -> bytes:
    """The draft that sends a unit its form of the quarter, attached as ``name``."""
    text = _form_words(office, unit, quarter)
    return draft(
        to=unit.email,
        subject=f"Biểu mẫu báo cáo Phong trào “Dân vận khéo” {quarter.title} - {unit.name}",
        text=text,
        attached=[Attached(name, form)],
        mark=mark_of("form", quarter.key, unit.code, text, hashlib.sha256(form).hexdigest()),
    )


def _form_words(office: Office, unit: Unit, quarter: Quarter) -> str:
    deadline = office.register.deadlines.get(quarter)
    issuer = office.plan.sender(office.day)
    due = f"chậm nhất ngày {show_date_prose(deadline.due)}" if deadline else "đúng thời hạn quy định"
    return (
        f"Kính gửi: {unit.name}\n\n"
        f"{issuer} gửi biểu mẫu báo cáo kết quả thực hiện Phong trào “Dân vận khéo” {quarter.title}.\n"
        f"Đề nghị đơn vị ghi số liệu vào tệp kèm theo và gửi lại {due}.\n"
        "Bấm vào ô sẽ hiện lời nhắc cách ghi; cách gửi lại có ở trang “Hướng dẫn” trong tệp. "
        "Đề nghị giữ nguyên mã đơn vị, kỳ báo cáo và dạng tệp Excel.\n\n"
        "Trân trọng./.\n"
    )


def mark_of(*substance: object) -> str:
    """The mark of what a mail is about, from everything that makes it another mail than the one before.

    No program of tables takes it for a number, so it survives a log that was saved by hand.
    """
    written = json.dumps(substance, ensure_ascii=False, default=str).encode("utf-8", "replace")
    return f"nd-{hashlib.sha256(written).hexdigest()[:24]}"


def draft(to: str, subject: str, text: str, attached: Sequence[Attached] = (), mark: str = "") -> bytes:
    """One message with its attachments. The same words give the same bytes (no clock, fixed boundary)."""
    message = MIMEMultipart(boundary="=_dvk_reports_1")
    # A line break in an address would begin a header of its own: such a mail goes without an addressee.
    message["To"] = to if to.isprintable() else ""
    message["Subject"] = Header(writable(subject), "utf-8", header_name="Subject").encode()
    message[UNSENT] = "1"
    if mark:
        message[MARK] = mark
    message.attach(MIMEText(writable(text), "plain", "utf-8"))
    for item in attached:
        part = MIMEApplication(b"", item.kind)
        part.set_payload(_HERE)
        part.add_header("Content-Disposition", "attachment", filename=item.name)
        message.attach(part)
    written = message.as_bytes(policy=compat32.clone(linesep="\r\n"))
    first, *others = written.rsplit(_HERE.encode(), len(attached)) if attached else [written]
    # The email package goes through an attachment line by line, several times.
    sent = (base64.encodebytes(item.data).replace(b"\n", b"\r\n") for item in attached)
    filled = (data + rest for data, rest in zip(sent, others, strict=True))
    return b"".join((first, *filled))
