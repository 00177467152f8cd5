"""What a file is, by its content. Its name is what the sender believed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from dvk_reports.intake.files.ber import kind_of_signed
from dvk_reports.model.returns import FileState


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of workbook: who reads it, and the signs by which its bytes are known."""

    kind: str
    reader: str
    """``module:function`` below ``intake/readers``; it takes bytes, kind and the names of the sheets wanted."""
    starts: tuple[bytes, ...] = ()
    """First bytes of a file that is no archive."""
    content_types: tuple[bytes, ...] = ()
    """Words of ``[Content_Types].xml`` of an Office archive."""
    mimetype: bytes = b""
    """Word of the member ``mimetype`` of an OpenDocument archive."""


FORMATS = (
    Format("xlsb", "workbook:read_xlsb", content_types=(b"ms-excel.sheet.binary.macroEnabled.main",)),
    Format(
        "xlsm",
        "workbook:read_office",
        content_types=(b"ms-excel.sheet.macroEnabled.main", b"ms-excel.template.macroEnabled.main"),
    ),
    Format(
        "xlsx",
        "workbook:read_office",
        content_types=(b"spreadsheetml.sheet.main", b"spreadsheetml.template.main"),
    ),
    Format(
        "xls",
        "workbook:read_old_excel",
        # The BOF record of Excel 2 to 5 (and of 97), written without an OLE box around it.
        starts=(
            b"\x09\x00\x04\x00",
            b"\x09\x00\x06\x00",
            b"\x09\x02\x06\x00",
            b"\x09\x04\x06\x00",
            b"\x09\x08\x08\x00",
            b"\x09\x08\x10\x00",
        ),
    ),
    Format("ods", "ods:read_ods", mimetype=b"opendocument.spreadsheet"),
    # What Excel encrypts may still open with its built-in password.
    Format("encrypted", "workbook:read_encrypted"),
)
"""Every kind that may hold a form: a new one is a line here and a reader."""
WORKBOOKS: Mapping[str, Format] = {entry.kind: entry for entry in FORMATS}
CONTAINERS = frozenset({"zip", "eml", "emlx", "mbox", "msg", "tnef", "uu", "signed"})
TNEF = b"\x78\x9f\x3e\x22"

_SEND_XLSX = "đề nghị mở trong Excel, lưu lại dạng .xlsx rồi gửi lại"
_BY_ITS_PROGRAM = "đề nghị mở bằng LibreOffice hoặc chương trình đã lập tệp, lưu lại dạng .xlsx rồi gửi lại"
_BY_RECEIVER = "chỉ người nhận mở được; mở trong chương trình thư rồi lưu tệp đính kèm vào thư mục này"

REASONS: dict[str, tuple[FileState, str]] = {
    "empty": (FileState.UNREADABLE, "tệp rỗng (0 byte): đề nghị gửi lại"),
    "pdf": (FileState.NOT_A_FORM, "tệp PDF hoặc bản scan: cần tệp Excel"),
    "image": (FileState.NOT_A_FORM, "tệp ảnh: cần tệp Excel"),
    "docx": (FileState.NOT_A_FORM, "tệp Word: cần tệp Excel"),
    "doc": (FileState.NOT_A_FORM, "tệp Word: cần tệp Excel"),
    "rtf": (FileState.NOT_A_FORM, "tệp văn bản RTF: cần tệp Excel"),
    "odt": (FileState.NOT_A_FORM, "tệp văn bản OpenDocument: cần tệp Excel"),
    "pptx": (FileState.NOT_A_FORM, "tệp trình chiếu: cần tệp Excel"),
    "ppt": (FileState.NOT_A_FORM, "tệp trình chiếu: cần tệp Excel"),
    "html": (FileState.NOT_A_FORM, f"tệp HTML (trang web): {_SEND_XLSX}"),
    "mht": (FileState.NOT_A_FORM, f"trang web lưu thành một tệp (MHT): {_SEND_XLSX}"),
    "xml2003": (FileState.UNREADABLE, f"tệp XML Excel 2003: {_SEND_XLSX}"),
    "fods": (FileState.UNREADABLE, f"bảng tính OpenDocument dạng XML (.fods): {_BY_ITS_PROGRAM}"),
    "lotus": (FileState.UNREADABLE, f"bảng tính Lotus 1-2-3 hoặc Works (.wk1, .wks …): {_BY_ITS_PROGRAM}"),
    "quattro": (FileState.UNREADABLE, f"bảng tính Quattro Pro: {_BY_ITS_PROGRAM}"),
    "sylk": (FileState.UNREADABLE, f"bảng tính dạng SYLK (.slk): {_SEND_XLSX}"),
    "dif": (FileState.UNREADABLE, f"bảng tính dạng DIF (.dif): {_SEND_XLSX}"),
    "dbase": (FileState.UNREADABLE, f"tệp dữ liệu dBASE, FoxPro (.dbf): {_SEND_XLSX}"),
    "text": (FileState.NOT_A_FORM, "tệp văn bản hoặc CSV: cần tệp Excel"),
    "sealed": (FileState.UNREADABLE, f"thư hoặc tệp được mã hóa bằng chứng thư số (S/MIME): {_BY_RECEIVER}"),
    "pgp": (FileState.UNREADABLE, f"thư hoặc tệp được mã hóa (PGP): {_BY_RECEIVER}"),
    "signature": (FileState.SKIPPED, "chữ ký số gửi kèm, bên trong không có tệp"),
    "rar": (FileState.UNREADABLE, "tệp nén .rar: giải nén rồi thả các tệp Excel vào thư mục, hoặc nén dạng .zip"),
    "7z": (FileState.UNREADABLE, "tệp nén .7z: giải nén rồi thả các tệp Excel vào thư mục, hoặc nén dạng .zip"),
    "gzip": (FileState.UNREADABLE, "tệp nén .gz: giải nén rồi thả các tệp Excel vào thư mục, hoặc nén dạng .zip"),
    "numbers": (FileState.UNREADABLE, f"tệp Numbers của Apple: {_SEND_XLSX}"),
    "zip-broken": (FileState.UNREADABLE, "tệp Excel hoặc tệp nén bị hỏng: đề nghị gửi lại"),
    "ole-broken": (FileState.UNREADABLE, "tệp Office đời cũ bị hỏng: đề nghị gửi lại"),
    "ole-other": (FileState.NOT_A_FORM, "tệp Office đời cũ, không phải bảng tính Excel: cần tệp Excel"),
    "unknown": (FileState.NOT_A_FORM, "tệp không rõ loại: cần tệp Excel"),
}

_WORKBOOK_NAME = re.compile(r"\.(?:xls[xmb]?|xlt[xm]?|ods)$", re.IGNORECASE)


def reason_of(kind: str, name: str) -> tuple[FileState | None, str]:
    """State and reason of a file that is no workbook; (None, "") where it may be one."""
    if kind in WORKBOOKS or kind in CONTAINERS:
        return None, ""
    state, reason = REASONS[kind]
    if state is FileState.NOT_A_FORM and (ending := _WORKBOOK_NAME.search(name)):
        # The unit did mean to send a workbook: it is told so, not passed over as a stray file.
        state, reason = FileState.UNREADABLE, f"tệp mang đuôi {ending[0].lower()} nhưng bên trong là {reason}"
    return state, reason


def sniff(data: bytes) -> str:
    """One of WORKBOOKS, CONTAINERS or the keys of REASONS. Never raises."""
    if not data:
        return "empty"
    head = data[:16]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _sniff_zip(data)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _sniff_ole(data)
    for kind, starts in _STARTS.items():
        if head.startswith(starts):
            return kind
    if _is_dbase(data):
        return "dbase"
    if data[0] == 0x30 and (kind := kind_of_signed(data)):
        return kind
    if data[4:8] == b"ftyp":  # HEIC, AVIF: photographs of a telephone
        return "image"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image"
    if data[:2] == b"BM" and data[6:10] == bytes(4):
        return "image"
    kind = _sniff_text(data)
    # Some scanners write rubbish before the first line; a mail may hold a PDF near its top.
    return "pdf" if kind in ("text", "unknown") and b"%PDF-" in data[:1024] else kind


def _is_dbase(data: bytes) -> bool:
    """A version, the day of the last change, how many records of which size; then blanks."""
    versions = (0x02, 0x03, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8B, 0xCB, 0xF5, 0xFB)
    return len(data) > 32 and data[0] in versions and 1 <= data[2] <= 12 and 1 <= data[3] <= 31 and not any(data[12:27])


_STARTS: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF",),
    "image": (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*"),
    "rar": (b"Rar!",),
    "7z": (b"7z\xbc\xaf",),
    "gzip": (b"\x1f\x8b",),
    "rtf": (b"{\\rtf",),
    "tnef": (TNEF,),
    "quattro": (b"\0\0\2\0\x20\x51", b"\0\0\2\0\x21\x51", b"\0\0\2\0\1\x10", b"\0\0\2\0\2\x10"),
    "lotus": (b"\0\0\2\0\4\4", b"\0\0\2\0\5\4", b"\0\0\2\0\6\4", b"\0\0\x1a\0", b"\xff\0\2\0\4\4"),
    "sylk": (b"ID;",),
    "dif": (b"TABLE\r\n0,1", b"TABLE\n0,1"),
    **{entry.kind: entry.starts for entry in FORMATS if entry.starts},
}

_CONTENT_TYPES = (
    *((sign, entry.kind) for entry in FORMATS for sign in entry.content_types),
    (b"wordprocessingml", "docx"),
    (b"ms-word", "docx"),
    (b"presentationml", "pptx"),
    (b"ms-powerpoint", "pptx"),
)
_MIMETYPES = (
    *((entry.mimetype, entry.kind) for entry in FORMATS if entry.mimetype),
    (b"opendocument.text", "odt"),
    (b"opendocument.pres", "pptx"),
)


def _sniff_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            names = {info.filename.replace("\\", "/").lower(): info for info in box.infolist()}
            for part, table in (("mimetype", _MIMETYPES), ("[content_types].xml", _CONTENT_TYPES)):
                if part in names:
                    with box.open(names[part]) as stream:
                        content = stream.read(1_000_000)
                    for sign, kind in table:
                        if sign in content:
                            return kind
    except Exception:  # zipfile raises many kinds on damaged input
        return "zip-broken"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names:
        return "xlsm" if "xl/vbaproject.bin" in names else "xlsx"
    if "word/document.xml" in names:
        return "docx"
    if any((name.startswith("index/") and name.endswith(".iwa")) or name == "index.zip" for name in names):
        return "numbers"
    return "zip"


def _sniff_ole(data: bytes) -> str:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            streams = {"/".join(path).lower() for path in ole.listdir()}
    except Exception:  # damaged: olefile raises whatever the bytes lead it into
        # xlrd reads some workbooks whose directory olefile refuses; let it try.
        return "xls" if any(_utf16(name) in data for name in ("Workbook", "Book")) else "ole-broken"
    for stream, kind in (
        ("encryptedpackage", "encrypted"),
        ("workbook", "xls"),
        ("book", "xls"),
        ("worddocument", "doc"),
        ("powerpoint document", "ppt"),
        ("__properties_version1.0", "msg"),
        ("perfectoffice_main", "quattro"),
        ("nativecontent_main", "quattro"),
    ):
        if stream in streams:
            return kind
    return "ole-other"


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


MAILBOX_LINE = re.compile(rb"^From [^\r\n]*[0-9]{2}:[0-9]{2}[^\r\n]*[0-9]{4}[^\r\n]*\r?\n(?=[!-9;-~]+:)", re.MULTILINE)
"""The line before each mail of a mailbox, with the first line of its headers behind it."""
_UU_LINE = re.compile(r"^begin [0-7]{3,4} [^\r\n]+\r?\n[!-`]", re.MULTILINE)
_WEB_PAGE = re.compile(r"^from: *<saved by ", re.MULTILINE)
_FIRST_KIND = re.compile(r"^content-type:[ \t]*([a-z0-9./+-]+)", re.MULTILINE)
_MIME_PART = re.compile(r"content-type:[ \t]*(?:multipart|application|message)/", re.IGNORECASE)
_MAIL_HEADER = re.compile(r"(?:From |[!-9;-~]+[ \t]*:)")
_MAIL_SIGNS = ("from:", "from ", "date:", "received:", "subject:", "message-id:", "return-path:", "delivered-to:")


def _sniff_text(data: bytes) -> str:
    text = _as_text(data[:65536])
    if text is None:
        return "unknown"
    start = text.lstrip("\ufeff \t\r\n")
    low = start.lower()
    if _is_mail(start):
        if _WEB_PAGE.search(low) or ("\nfrom:" not in "\n" + low and _web_parts(low)):
            return "mht"
        several = start.startswith("From ") and len(MAILBOX_LINE.findall(data)) > 1
        return "mbox" if several else "eml"
    if "urn:schemas-microsoft-com:office:spreadsheet" in low and low.startswith(("<?xml", "<workbook", "<ss:")):
        return "xml2003"
    if "<office:document" in low and "opendocument.spreadsheet" in low:
        return "fods"
    if 'progid="word.document"' in low or "office/word/2003/wordml" in low:
        return "doc"
    if re.search(r"<(?:!doctype html|html|head|body|table|meta)\b", low[:8192]):
        return "html"
    return _sniff_wrapped(start)


def _web_parts(low: str) -> bool:
    """Whether the parts of a message without a sender are those of a page: no mail that was signed or sent on."""
    kind = _FIRST_KIND.search(low)
    related = kind is None or kind[1].startswith(("multipart/related", "text/"))
    return related and ("text/html" in low or "schemas-microsoft-com:office" in low)


def _sniff_wrapped(start: str) -> str:
    """A text that holds something else than a text."""
    first, _, rest = start.partition("\n")
    if first.strip().isdigit() and _is_mail(rest.lstrip()):
        return "emlx"
    if start.startswith("-----BEGIN PGP"):
        return "signature" if start.startswith("-----BEGIN PGP SIGNATURE") else "pgp"
    return "uu" if _UU_LINE.search(start) else "text"


def _is_mail(start: str) -> bool:
    """At least two header lines from the top, one of them of a kind that only mail has; or a part of a mail."""
    if _MIME_PART.match(start):
        return True
    known = lines = 0
    for line in start.splitlines()[:60]:
        if not line.strip():
            break
        if line[0] in " \t":
            continue
        if not _MAIL_HEADER.match(line):
            # One odd line happens in real mail; a text file has nothing but.
            if lines < 2:
                return False
            continue
        lines += 1
        known += line.lower().startswith((*_MAIL_SIGNS, "mime-version:", "content-type:", "to:"))
    return known >= 2 or (known >= 1 and lines >= 3)


_CONTROLS = bytes(byte for byte in range(32) if not (9 <= byte <= 13 or byte == 27))
"""Bytes that hardly stand in a text."""


def _as_text(data: bytes) -> str | None:
    """Text in UTF-8, UTF-16 or an 8-bit code page; None where it is binary."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if data[1:2] == b"\x00" and data[3:4] == b"\x00":
        return data.decode("utf-16-le", "replace")
    if len(data) - len(data.translate(None, _CONTROLS)) > len(data) // 200:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
