"""A mail in the form in which it travels (.eml, .emlx, one of a mailbox), and what is attached to it."""

from __future__ import annotations

import binascii
import email
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.header import decode_header
from email.message import Message
from email.policy import Compat32
from email.utils import collapse_rfc2231_value, parseaddr, parsedate_to_datetime

from dvk_reports.intake.files.ber import content_of
from dvk_reports.intake.files.kinds import MAILBOX_LINE, sniff
from dvk_reports.vietnamese.dates import VIETNAM

_UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]+)\r?\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Part:
    """One file, or one mail, that came with a mail."""

    name: str
    content: bytes | Mail
    inline: bool = False
    """Part of the look of the message (a logo in the signature), not something the sender attached."""


@dataclass(frozen=True, slots=True)
class Mail:
    """The day on which a mail was sent, who sent it, and what is attached to it."""

    sent: date | None
    parts: tuple[Part, ...]
    sender: str = ""
    """Address in small letters; "" where the mail does not say."""


class _Lenient(Compat32):
    """The old policy never raises on a bad header, unlike the default one; raw 8-bit names are read here."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return _readable(value)


_POLICY = _Lenient()


def parse(data: bytes) -> Mail:
    """The day in the Date header, the sender and all attachments, in their order; attached mails are parts too.

    Raises ValueError for a mail whose parts cannot be told from each other, though files are among them.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # saved once more by an editor, as Windows calls “Unicode”
        data = data.decode("utf-16", "replace").encode("utf-8")
    # A mailbox file puts a "From " line before the first header; blank lines come from careless copying.
    return _mail(email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf \t\r\n"), policy=_POLICY))


def parse_emlx(data: bytes) -> Mail:
    """A mail as Apple Mail keeps it: the number of its bytes, the mail, and a list of its own behind it."""
    first, _, rest = data.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    return parse(rest[: int(first)])


def parse_mailbox(data: bytes) -> Mail:
    """A file that holds one mail after another (mbox), as a mail to which all of them are attached."""
    starts = [found.start() for found in MAILBOX_LINE.finditer(data)]
    mails = [
        email.message_from_bytes(data[a:b], policy=_POLICY) for a, b in zip(starts, [*starts[1:], None], strict=True)
    ]
    return Mail(None, tuple(Part(_mail_name(mail), _mail(mail)) for mail in mails))


def parse_uuencoded(data: bytes) -> Mail:
    """Files written as text between ``begin`` and ``end``, as old mailers do, as parts of a mail."""
    return Mail(None, tuple(_uuencoded(data)))


def parse_signed(data: bytes) -> Mail:
    """What was signed or compressed: a mail with what is attached to it, or a file. ValueError where there is nothing.

    What was signed as a mail need not look like one: it may begin with the kind of its first part.
    """
    content = content_of(data)
    mail = sniff(content) in ("eml", "text", "html", "mht", "unknown")
    return parse(content) if mail else Mail(None, (Part("da-ky", content),))


def day_in_vietnam(moment: datetime) -> date | None:
    """The day that it was in Việt Nam; one without a zone is taken as it is. None for a clock that was never set."""
    day = (moment if moment.tzinfo is None else moment.astimezone(VIETNAM)).date()
    return day if 1990 <= day.year <= 2100 else None


def headers_of(text: str) -> Mail:
    """What the headers of a mail alone say: day and sender."""
    return _mail(email.message_from_string(text, policy=_POLICY))


def _mail(message: Message) -> Mail:
    return Mail(_sent(message), tuple(_parts(message)), _sender(message))


def _sent(message: Message) -> date | None:
    value = str(message.get("Date") or "")
    try:
        moment = parsedate_to_datetime(value)
        if moment.tzinfo is None and "-0000" in value:  # the time of Greenwich, said without naming a place
            moment = moment.replace(tzinfo=UTC)
        return day_in_vietnam(moment)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _sender(message: Message) -> str:
    try:
        found = parseaddr(str(message.get("From") or ""))[1].lower()
    except Exception:  # the parser of addresses raises many kinds on made-up ones
        return ""
    return found if "@" in found else ""


def _parts(message: Message) -> Iterator[Part]:
    unnamed = 0
    for part in _leaves(message):
        name = _file_name(part)
        if part.get_content_type() in ("message/rfc822", "message/global"):
            inner = _attached(part)
            yield Part(name or _mail_name(inner), _mail(inner))
            continue
        content = _payload(part)
        if not name:
            # A part without a name is the message itself, in plain and HTML dress, or decoration …
            if part.get_content_maintype() in ("text", "image", "message"):
                yield from _uuencoded(content)
                continue
            # … but a workbook whose name got lost on the way is still a workbook.
            if sniff(content) in ("text", "html", "empty"):
                continue
            unnamed += 1
            name = f"phan-{unnamed}"
        attached = (part.get_content_disposition() or "") == "attachment"
        yield Part(name, content, inline=not attached and part.get("Content-ID") is not None)


def _leaves(message: Message) -> Iterator[Message]:
    """Parts in order, without looking into attached mails: they are opened as mails of their own."""
    payload = message.get_payload()
    if message.get_content_maintype() != "multipart":
        yield message
    elif isinstance(payload, list):
        for part in payload:
            if isinstance(part, Message):
                yield from _leaves(part)
    elif "name=" in str(payload).lower():
        raise ValueError("parts that cannot be told from each other")
    else:
        yield message


def _attached(part: Message) -> Message:
    """The mail that is attached as such; some mailers encode it, though the standard does not allow it."""
    inner = part.get_payload()
    mail = inner[0] if isinstance(inner, list) and inner and isinstance(inner[0], Message) else None
    if mail is None:
        return email.message_from_bytes(_payload(part), policy=_POLICY)
    way = _encoding(part)
    raw = _bytes_of(mail)
    try:
        if way == "base64" and not mail.keys():
            raw = binascii.a2b_base64(raw)
        elif way == "quoted-printable":
            # The parser has ended the headers at a line that goes on behind "=": that blank line was not sent.
            raw = quopri.decodestring(re.sub(rb"=\r?\n\r?\n", b"=\n", raw, count=1))
        else:
            return mail
    except binascii.Error:
        return mail
    return email.message_from_bytes(raw, policy=_POLICY)


def _mail_name(mail: Message) -> str:
    return f"{_one_line(_decoded(str(mail.get('Subject') or ''))) or 'thu-dinh-kem'}.eml"


def _uuencoded(data: bytes) -> Iterator[Part]:
    at = 0
    while found := _UU_BEGIN.search(data, at):
        content = bytearray()
        at = found.end()
        for line in data[at:].splitlines(keepends=True):
            text = line.rstrip(b"\r\n")
            decoded = _uu_line(text)
            if decoded is None:  # a file that was damaged on the way, or words that only look like the head of one
                break
            at += len(line)
            if text in (b"end", b"`"):
                break
            content += decoded
        if content:
            yield Part(_one_line(_readable(found[1].decode("ascii", "surrogateescape"))), bytes(content))


def _uu_line(text: bytes) -> bytes | None:
    length = ((text[0] - 32) & 63) * 4 + 5 if text else 0
    for line in (text, text[: length // 3]):  # some encoders pad a line beyond its length
        try:
            return binascii.a2b_uu(line)
        except binascii.Error:
            continue
    return b"" if text == b"end" else None


def _encoding(part: Message) -> str:
    """How a part was encoded, without what careless mailers write around the word."""
    said = re.sub(r"\([^)]*\)", "", str(part.get("Content-Transfer-Encoding") or "")).lower()
    word = re.search(r"[a-z0-9][a-z0-9-]*", said)
    return word[0] if word else ""


def _payload(part: Message) -> bytes:
    if way := _encoding(part):
        part.replace_header("Content-Transfer-Encoding", way)
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
