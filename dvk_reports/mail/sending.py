"""A draft becomes the mail that travels: from whom, when, under which number; nothing of the draft's own marks."""

from __future__ import annotations

from datetime import datetime
from email import message_from_bytes
from email.policy import compat32
from email.utils import format_datetime, formataddr, make_msgid

from dvk_reports.mail.drafts import UNSENT
from dvk_reports.model.mails import MARK

_OURS = (UNSENT, MARK, "From", "Sender", "Bcc", "Date", "Message-ID")


def as_sent(draft: bytes, name: str, address: str, now: datetime) -> bytes:
    """The mail of a draft, from this name and address."""
    message = message_from_bytes(draft)
    for header in _OURS:
        del message[header]
    message["From"] = formataddr((name, address), "utf-8")
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain=address.rpartition("@")[2])
    return message.as_bytes(policy=compat32.clone(linesep="\r\n", mangle_from_=False))
