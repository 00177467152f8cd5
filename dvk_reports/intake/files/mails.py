"""A mail and what is attached to it."""

from __future__ import annotations

import email
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email.header import decode_header
from email.message import Message
from email.policy import Compat32
from email.utils import collapse_rfc2231_value, parsedate_to_datetime

from dvk_reports.intake.files.kinds import sniff


@dataclass(frozen=True, slots=True)
class Part:
    """One file that came with a mail."""

    name: str
    data: bytes
    inline: bool
    """Part of the look of the message (a logo in the signature), not something the sender attached."""


@dataclass(frozen=True, slots=True)
class Mail:
    """The day on which a mail was sent, and what is attached to it."""

    sent: date | None
    parts: tuple[Part, ...]


class _Lenient(Compat32):
    """The old policy never raises on a bad header, unlike the default one; raw 8-bit names are read here."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return _readable(value)


_POLICY = _Lenient()


def parse(data: bytes) -> Mail:
    """The day in the Date header and all attachments, in their order; mails attached to it are .eml parts."""
    # A mailbox file puts a "From " line before the first header; blank lines come from careless copying.
    message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf \t\r\n"), policy=_POLICY)
    return Mail(_sent(message), tuple(_parts(message)))


def _sent(message: Message) -> date | None:
    value = message.get("Date")
    if value is None:
        return None
    try:
        day = parsedate_to_datetime(str(value)).date()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    # A clock that was never set says nothing; the day of the file is asked then.
    return day if 1990 <= day.year <= 2100 else None


def _parts(message: Message) -> Iterator[Part]:
    unnamed = 0
    for part in _leaves(message):
        name = _file_name(part)
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = part.get_payload()
            mail = inner[0] if isinstance(inner, list) and inner else None
            data = _bytes_of(mail) if isinstance(mail, Message) else _payload(part)
            subject = _decoded(str(mail.get("Subject") or "")) if isinstance(mail, Message) else ""
            yield Part(name or f"{_one_line(subject) or 'thu-dinh-kem'}.eml", data, inline=False)
            continue
        if not name:
            # A part without a name is the message itself, in plain and HTML dress, or decoration …
            if part.get_content_maintype() in ("text", "image", "message"):
                continue
            # … but a workbook whose name got lost on the way is still a workbook.
            if sniff(_payload(part)) in ("text", "html", "empty"):
                continue
            unnamed += 1
            name = f"phan-{unnamed}"
        attached = (part.get_content_disposition() or "") == "attachment"
        yield Part(name, _payload(part), inline=not attached and part.get("Content-ID") is not None)


def _leaves(message: Message) -> Iterator[Message]:
    """Parts in order, without looking into attached mails: they are opened as mails of their own."""
    payload = message.get_payload()
    if message.get_content_maintype() == "multipart" and isinstance(payload, list):
        for part in payload:
            if isinstance(part, Message):
                yield from _leaves(part)
    else:
        yield message


def _payload(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    if isinstance(content, bytes):
        return content
    inner = part.get_payload()
    return b"".join(_bytes_of(m) for m in inner if isinstance(m, Message)) if isinstance(inner, list) else b""


def _bytes_of(message: Message) -> bytes:
    try:
        return message.as_bytes()
    except Exception:  # the generator raises on headers that the parser let pass
        return message.as_string().encode("utf-8", "replace")


def _file_name(part: Message) -> str:
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        value = part.get_param(parameter, None, header)
        if value is not None:
            text = _one_line(_decoded(_readable(collapse_rfc2231_value(value))))
            if text:
                return text
    return ""


def _decoded(text: str) -> str:
    """``=?UTF-8?B?…?=`` read; neighbours in one encoding are joined first, as mailers cut letters in two."""
    if "=?" not in text:
        return text
    result = ""
    try:
        for piece, encoding in decode_header(text):
            if isinstance(piece, str):
                result += piece
                continue
            try:
                result += piece.decode(encoding or "ascii")
            except (LookupError, UnicodeDecodeError):
                result += piece.decode("utf-8", "replace")
    except Exception:  # decode_header raises on broken base64
        return text
    return result


def _readable(value: str) -> str:
    """Bytes beyond ASCII that the parser smuggled through as surrogates."""
    if value.isascii() or not any("\ud800" <= c <= "\udfff" for c in value):
        return value
    raw = value.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", "cp1258"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _one_line(text: str) -> str:
    return " ".join(text.split())
