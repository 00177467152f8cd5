"""The files that were sent, byte by byte: forms in their file formats, archives, mails, papers that are no form."""

from __future__ import annotations

import base64
import io
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock
from urllib.parse import quote

from tools.samples.rows import SampleError
from tools.samples.sets import SentFile
from tools.samples.sowing import steady

Named = tuple[str, bytes]

# --- forms ------------------------------------------------------------------------------------------------------------

_TYPES = "[Content_Types].xml"
_PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACRO = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def as_sent(sent: SentFile, data: bytes) -> bytes:
    """A drawn form in the file format of its name, damaged or locked where the rows say so."""
    if sent.told.get("cat_cut"):
        return data[: len(data) // 3]
    if password := sent.told.get("mat_khau"):
        return _locked(data, password)
    ending = Path(sent.name).suffix
    if ending == ".xlsm":
        return steady(data, lambda name, part: part.replace(_PLAIN, _MACRO) if name == _TYPES else part)
    if ending in _BY_OFFICE:
        return _converted(data, ending)
    return data


_BY_OFFICE = {".xls": "xls:MS Excel 97", ".ods": "ods"}


def _converted(data: bytes, ending: str) -> bytes:
    """The form as LibreOffice saves it."""
    if shutil.which("soffice") is None:
        raise SampleError("Cần LibreOffice (lệnh soffice) để làm tệp .xls và .ods.")
    with tempfile.TemporaryDirectory() as work:
        source = Path(work) / "bieu.xlsx"
        source.write_bytes(data)
        profile = (Path(work) / "ho-so").as_uri()
        command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", _BY_OFFICE[ending]]
        subprocess.run([*command, "--outdir", work, str(source)], check=True, capture_output=True, timeout=300)
        made = source.with_suffix(ending).read_bytes()
    return steady(made) if ending == ".ods" else made


def _locked(data: bytes, password: str) -> bytes:
    """With a password to open; salt and clock are held still, so that the bytes do not change."""
    from msoffcrypto.format.ooxml import OOXMLFile
    from msoffcrypto.method import ecma376_agile
    from msoffcrypto.method.container import ecma376_encrypted

    source, out = Random("dan-van-kheo-2023-Q3"), io.BytesIO()
    salt = mock.patch.object(ecma376_agile, "_random_buffer", source.randbytes)
    clock = mock.patch.object(ecma376_encrypted, "datetime2filetime", lambda moment: 133_413_024_000_000_000)
    with salt, clock:
        OOXMLFile(io.BytesIO(data)).encrypt(password, out)
    return out.getvalue()


# --- other papers -----------------------------------------------------------------------------------------------------


def paper(sent: SentFile) -> bytes:
    """Anything that is no form."""
    return PAPERS[sent.told["giay"]](sent.told)


def _word(told: Mapping[str, Any]) -> bytes:
    import docx

    document = docx.Document()
    document.add_heading(told["tieu_de"], 1)
    document.add_paragraph(told["loi"])
    out = io.BytesIO()
    document.save(out)
    return steady(out.getvalue())


def _scan(told: Mapping[str, Any]) -> bytes:
    """A PDF with one page on which nothing can be read."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    )
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(data)
    return (
        data
        + b"xref\n0 4\n0000000000 65535 f \n"
        + table
        + (b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)
    )


def _lock(told: Mapping[str, Any]) -> bytes:
    """What Excel leaves beside an open workbook: the name of the person, padded."""
    return b"\x0fNguoi dung Excel" + b" " * 39 + "Người dùng".encode("utf-16-le") + b"\x00" * 90


def _thumbs(told: Mapping[str, Any]) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


PAPERS: Mapping[str, Callable[[Mapping[str, Any]], bytes]] = {
    "word": _word,
    "pdf": _scan,
    "tep_tam": _lock,
    "thumbs": _thumbs,
}

# --- boxes ------------------------------------------------------------------------------------------------------------


def boxed(sent: SentFile, members: Sequence[Named]) -> bytes:
    """An archive or a mail with what it holds."""
    return _mail(sent.told["thu"], members) if "thu" in sent.told else _archive(members, sent.told["nen"])


def _archive(members: Sequence[Named], packed: date) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        for number, (name, data) in enumerate(members):
            info = zipfile.ZipInfo(name, (packed.year, packed.month, packed.day, 8, 10 + number, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            box.writestr(info, data)
    return out.getvalue()


def _mail(told: Mapping[str, Any], attached: Sequence[Named]) -> bytes:
    """The mail as its program wrote it, with boundaries that do not change from run to run."""
    passed_on = told.get("chuyen_tiep")
    if passed_on is None:
        return _message(told, attached)
    original = _message({"kieu": told["kieu"], **passed_on}, attached)
    parts = [_text(told["loi"]), b"Content-Type: message/rfc822\r\n\r\n" + original]
    return _head(told) + _multipart(parts, "chuyen-tiep")


def _message(told: Mapping[str, Any], attached: Sequence[Named]) -> bytes:
    parts = [_text(told["loi"]), *(_attachment(name, data, told["kieu"]) for name, data in attached)]
    return _head(told) + _multipart(parts, "phan-dinh-kem")


def _head(told: Mapping[str, Any]) -> bytes:
    subject, sent = told["tieu_de"], told["luc"]
    return (
        f"From: <{told['tu']}>\r\nTo: <danvan@vi-du.example>\r\nSubject: {_word_2047(subject)}\r\nDate: {sent}\r\n"
        f"Message-ID: <{sent[5:7]}.{len(subject)}@vi-du.example>\r\nMIME-Version: 1.0\r\n"
    ).encode("ascii")


def _word_2047(text: str) -> str:
    """RFC 2047; long text in several words, none of which cuts a letter in two."""
    words, rest = [], text
    while rest:
        size = next(n for n in range(min(len(rest), 30), 0, -1) if len(rest[:n].encode()) <= 45)
        words.append(f"=?UTF-8?B?{base64.b64encode(rest[:size].encode()).decode()}?=")
        rest = rest[size:]
    return "\r\n ".join(words)


def _multipart(parts: Sequence[bytes], mark: str) -> bytes:
    boundary = f"=_{mark}".encode()
    head = b'Content-Type: multipart/mixed; boundary="' + boundary + b'"\r\n\r\n'
    body = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    return head + body + b"--" + boundary + b"--\r\n"


def _text(text: str) -> bytes:
    lines = text.strip().replace("\n", "\r\n")
    coded = base64.encodebytes(lines.encode()).replace(b"\n", b"\r\n")
    return b"Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + coded


def _attachment(name: str, data: bytes, style: str) -> bytes:
    if style == "2047":
        # Against the rules, and what most mailers here write.
        said = f'name="{_word_2047(name)}"'
        placed = f'filename="{_word_2047(name)}"'
    else:
        # Cut anywhere between two bytes, also inside a letter.
        octets = name.encode()
        pieces = [quote(octets[i : i + 19], safe="") for i in range(0, len(octets), 19)]
        said = "name=bieu-mau"
        placed = ";\r\n ".join(
            f"filename*{n}*={chr(39).join(('UTF-8', '', p)) if n == 0 else p}" for n, p in enumerate(pieces)
        )
    head = (
        f"Content-Type: application/octet-stream; {said}\r\nContent-Disposition: attachment; {placed}\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode("ascii") + base64.encodebytes(data).replace(b"\n", b"\r\n")
