"""Mail drafts (.eml) that open in Outlook or Thunderbird ready to be sent: addressee, words, the form attached."""

from __future__ import annotations

import base64
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32

from dvk_reports.model.periods import Quarter
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Unit
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.text import writable

_HERE = "=_dvk_reports_data"
"""Stands for the attachment until all else is written."""
XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "vnd.openxmlformats-officedocument.wordprocessingml.document"


def form_mail(office: Office, unit: Unit, quarter: Quarter, name: str, form: bytes) -> bytes:
    """The draft that sends a unit its form of the quarter, attached as ``name``."""
    return draft(
        to=unit.email,
        subject=f"Biểu mẫu báo cáo Phong trào “Dân vận khéo” {quarter.title} - {unit.name}",
        text=_form_words(office, unit, quarter),
        name=name,
        data=form,
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


def draft(to: str, subject: str, text: str, name: str = "", data: bytes = b"", kind: str = XLSX) -> bytes:
    """One message with one attachment of the content type ``application/<kind>``, or none where ``name`` is empty.

    The same words give the same bytes (no clock, fixed boundary).
    """
    message = MIMEMultipart(boundary="=_dvk_reports_1")
    # A line break in an address would begin a header of its own: such a mail goes without an addressee.
    message["To"] = to if to.isprintable() else ""
    message["Subject"] = Header(writable(subject), "utf-8", header_name="Subject").encode()
    message["X-Unsent"] = "1"  # Outlook opens it for editing, not as received mail
    message.attach(MIMEText(writable(text), "plain", "utf-8"))
    if name:
        attached = MIMEApplication(b"", kind)
        attached.set_payload(_HERE)
        attached.add_header("Content-Disposition", "attachment", filename=name)
        message.attach(attached)
    written = message.as_bytes(policy=compat32.clone(linesep="\r\n"))
    if not name:
        return written
    before, _, after = written.rpartition(_HERE.encode())
    # The email package goes through an attachment line by line, several times.
    return before + base64.encodebytes(data).replace(b"\n", b"\r\n") + after
