"""How the returns came: the letters of a real quarter, with the names that people give to files.

``Letter`` is one file in ``nhan-ve/2023-Q3``; ``what`` says which form it holds, or which other paper it is.
"""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

SILENT = ("DB-XA-02977", "CB-CQ-NHCS", "CB-DN-TM")
"""Units that sent nothing."""
REFUSED = "CB-CQ-KBNN"
"""Its code was mistyped on BIA, so its one file is refused and the unit has not reported."""
MISTYPED = "CB-CQ-KBN"
CONFLICT = "CB-SN-THPT2"
REPLACED = "DB-XA-02959"
OTHER_PERIOD = "DB-SN-YT"
LOCKED, PASSWORD = "CB-CQ-THUE", "baoyen2023"
BROKEN = "DB-XA-02971"
LATE: Mapping[str, date] = {
    "DB-XA-02971": date(2023, 10, 16),
    "DB-XA-02986": date(2023, 10, 12),
    "CB-CQ-THUE": date(2023, 10, 17),
    "CB-SN-DVNN": date(2023, 10, 13),
    "DT-LDLD": date(2023, 10, 11),
    "PB-TNMT": date(2023, 10, 19),
    "CB-DN-DL": date(2023, 10, 23),
}
"""After the deadline; the last one after closing too."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a unit. ``make``: in which file format, or which of several variants, it was sent."""

    unit: str
    make: str = "xlsx"


@dataclass(frozen=True, slots=True)
class Paper:
    """Anything that is no form."""

    kind: str


@dataclass(frozen=True, slots=True)
class Box:
    """A zip archive: (name inside, what)."""

    members: tuple[tuple[str, Form | Paper], ...]
    packed: tuple[int, int, int] = (2023, 10, 9)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail with attachments. ``style``: how its mailer writes Vietnamese file names (``2047``, ``2231``)."""

    sender: str
    subject: str
    sent: str
    attached: tuple[tuple[str, Form | Paper], ...]
    style: str
    forwarded: bool = False


Content = Form | Paper | Box | Mail

XA, CQ = "Xã, thị trấn", "Cơ quan, đơn vị"

LETTERS: tuple[tuple[str, Content], ...] = (
    # --- communes
    (f"{XA}/Thị trấn Phố Ràng - BC Dân vận khéo quý III.xlsx", Form("DB-TT-02947")),
    (
        f"{XA}/Cụm Nghĩa Đô gửi.zip",
        Box(
            (
                ("Cum Nghia Do/1. Tân Tiến/BC DVK Q3 Tan Tien.xlsx", Form("DB-XA-02950")),
                ("Cum Nghia Do/2. Nghĩa Đô/Biểu mẫu quý 3 (Nghĩa Đô).xlsx", Form("DB-XA-02953")),
                ("Cum Nghia Do/3. Vĩnh Yên/DVK_DB-XA-02956_2023-Q3.xlsx", Form("DB-XA-02956")),
                ("Cum Nghia Do/3. Vĩnh Yên/~$DVK_DB-XA-02956_2023-Q3.xlsx", Paper("lock")),
                ("Cum Nghia Do/Thumbs.db", Paper("thumbs")),
            )
        ),
    ),
    (f"{XA}/Dien Quan/Bao cao DVK quy 3.xlsx", Form(REPLACED, "v1")),
    (f"{XA}/Dien Quan/Bao cao DVK quy 3_ban cuoi_sua lan 2.xlsx", Form(REPLACED, "v2")),
    (f"{XA}/Xuân Hoà.xlsx", Form("DB-XA-02962")),
    (f"{XA}/Xuân Hoà (bản gửi lại cho chắc).xlsx", Form("DB-XA-02962")),
    (
        "Thư/2023-10-06 Tan Duong.eml",
        Mail(
            "danuy.tanduong@vi-du.example",
            "Báo cáo kết quả thực hiện Phong trào “Dân vận khéo” quý III năm 2023",
            "Fri, 06 Oct 2023 16:42:10 +0700",
            (("Biểu mẫu Dân vận khéo quý III - xã Tân Dương.xlsx", Form("DB-XA-02965")),),
            "2047",
        ),
    ),
    (
        "Thư/Thuong Ha gui bao cao.eml",
        Mail(
            "vanphong.thuongha@vi-du.example",
            "Gửi biểu mẫu DVK Q3 và bản ký",
            "Tue, 10 Oct 2023 09:05:33 +0700",
            (
                ("Đảng ủy xã Thượng Hà - biểu mẫu Dân vận khéo.xlsx", Form("DB-XA-02968")),
                ("Báo cáo có dấu - Thượng Hà.pdf", Paper("scan")),
            ),
            "2231",
        ),
    ),
    (f"{XA}/Kim Son - DVK Q3.xlsx", Form(BROKEN, "broken")),
    ("Gửi lại/Kim Son - DVK Q3 (gui lai).xlsx", Form(BROKEN)),
    (f"{XA}/CAM CỌN/BC quy III nam 2023 - CAM CON.xlsx", Form("DB-XA-02974")),
    (f"{XA}/xuan thuong q3.xlsx", Form("DB-XA-02980")),
    (f"{XA}/DVK_DB-XA-02983_2023-Q3.xlsx", Form("DB-XA-02983")),
    ("Gửi lại/Yên Sơn nộp muộn.xlsx", Form("DB-XA-02986")),
    (f"{XA}/Bảo Hà/Phong trào DVK - Bảo Hà - Quý 3.2023.xlsx", Form("DB-XA-02989")),
    (f"{XA}/Bảo Hà/Tự đánh giá quý III.docx", Paper("word")),
    (f"{XA}/Luong Son.xlsx", Form("DB-XA-02992")),
    (f"{XA}/Phúc Khánh- báo cáo DVK.xlsx", Form("DB-XA-02998")),
    # --- the Party's own bodies
    (f"{CQ}/Khối Đảng/Đảng bộ cơ quan Huyện ủy.xlsx", Form("DB-CQ-HU")),
    (f"{CQ}/Khối Đảng/BDV - DVK Q3.xlsx", Form("CQ-BDV")),
    (f"{CQ}/Khối Đảng/Ban Tuyên giáo.xlsx", Form("CQ-BTG")),
    (f"{CQ}/Khối Đảng/Ban To chuc HU.xlsx", Form("CQ-BTC")),
    (f"{CQ}/Khối Đảng/UBKT.xlsx", Form("CQ-UBKT")),
    (f"{CQ}/Khối Đảng/VPHU q3 2023.xlsx", Form("CQ-VPHU")),
    (f"{CQ}/Khối Đảng/TTCT.xlsx", Form("CB-SN-CT")),
    # --- the Front and the mass organisations
    (f"{CQ}/Đoàn thể/Đảng bộ MTTQ và các đoàn thể.xlsx", Form("DB-CQ-MTDT")),
    (f"{CQ}/Đoàn thể/MTTQ huyện.xlsx", Form("DT-MTTQ")),
    (
        "Thư/Chuyển tiếp của Hội Nông dân.eml",
        Mail(
            "hoinongdan@vi-du.example",
            "Fwd: Biểu mẫu quý III",
            "Mon, 09 Oct 2023 14:20:00 +0700",
            (("HND_bieu mau.xlsx", Form("DT-HND")),),
            "2047",
            forwarded=True,
        ),
    ),
    (f"{CQ}/Đoàn thể/Hội LHPN huyện - quý 3.xlsx", Form("DT-HPN")),
    (
        "Thư/CCB va Huyen doan.eml",
        Mail(
            "khoidoanthe@vi-du.example",
            "Nộp biểu mẫu của Hội CCB và Huyện đoàn",
            "Thu, 05 Oct 2023 08:15:00 +0700",
            (("Hội Cựu chiến binh.xlsx", Form("DT-CCB")), ("Huyện đoàn Q3.xlsx", Form("DT-DTN"))),
            "2231",
        ),
    ),
    (f"{CQ}/Đoàn thể/LĐLĐ.xlsx", Form("DT-LDLD")),
    # --- the State's bodies
    (f"{CQ}/Khối Nhà nước/Đảng bộ CQ UBND huyện.xlsx", Form("DB-CQ-UBND")),
    (f"{CQ}/Khối Nhà nước/Hat Kiem lam.xlsx", Form("DB-CQ-HKL")),
    (f"{CQ}/Khối Nhà nước/Toà án ND huyện.xlsx", Form("CB-CQ-TAND")),
    (f"{CQ}/Khối Nhà nước/VKS.xlsx", Form("CB-CQ-VKS")),
    (f"{CQ}/Khối Nhà nước/Thi hành án.xlsx", Form("CB-CQ-THA")),
    (f"{CQ}/Khối Nhà nước/Chi cuc Thue (co mat khau).xlsx", Form(LOCKED, "locked")),
    ("Gửi lại/Chi cuc Thue (bo mat khau).xlsx", Form(LOCKED)),
    (f"{CQ}/Khối Nhà nước/Kho bac.xlsx", Form(REFUSED, "mistyped")),
    (f"{CQ}/Khối Nhà nước/BHXH huyện.xlsx", Form("CB-CQ-BHXH")),
    (f"{CQ}/Khối Nhà nước/Phòng GD-ĐT.xlsx", Form("CB-CQ-GDDT")),
    (f"{CQ}/Khối Nhà nước/Phòng NN&PTNT.xlsx", Form("CB-CQ-NN")),
    (f"{CQ}/Khối Nhà nước/Phong Noi vu.xlsx", Form("PB-NV")),
    (f"{CQ}/Khối Nhà nước/Phong Tu phap.xlsx", Form("PB-TP")),
    (f"{CQ}/Khối Nhà nước/Phòng VH&TT.xlsx", Form("PB-VHTT")),
    ("Gửi lại/Phòng TNMT.xlsx", Form("PB-TNMT")),
    # --- public service units
    (f"{CQ}/Sự nghiệp/Bệnh viện đa khoa.xlsm", Form("DB-SN-BV", "xlsm")),
    (f"{CQ}/Sự nghiệp/TTYT quý 3.xlsx", Form(OTHER_PERIOD)),
    (f"{CQ}/Sự nghiệp/TTYT quý 2.xlsx", Form(OTHER_PERIOD, "q2")),
    (f"{CQ}/Sự nghiệp/Truong Noi tru.xlsx", Form("DB-SN-NT")),
    (f"{CQ}/Sự nghiệp/GDNN-GDTX.xls", Form("CB-SN-GDNN", "xls")),
    (f"{CQ}/Sự nghiệp/THPT số 1.ods", Form("CB-SN-THPT1", "ods")),
    (f"{CQ}/Sự nghiệp/THPT so 2.xlsx", Form(CONFLICT)),
    (f"{CQ}/Sự nghiệp/THPT so 2 (chinh).xlsx", Form(CONFLICT, "other")),
    (f"{CQ}/Sự nghiệp/TT VHTT-TT.xlsx", Form("CB-SN-VH")),
    ("Gửi lại/Trung tâm DVNN.xlsx", Form("CB-SN-DVNN")),
    # --- armed forces, enterprises
    ("Lực lượng vũ trang, doanh nghiệp/CA huyện.xlsx", Form("LLVT-CA")),
    ("Lực lượng vũ trang, doanh nghiệp/Ban CHQS.xlsx", Form("LLVT-QS")),
    ("Lực lượng vũ trang, doanh nghiệp/Cty Lam nghiep.xlsx", Form("DB-DN-LN")),
    ("Gửi lại/Dien luc.xlsx", Form("CB-DN-DL")),
    ("Lực lượng vũ trang, doanh nghiệp/Môi trường đô thị (không phát sinh).xlsx", Form("CB-DN-MT")),
)


def forms_in(letters: Sequence[tuple[str, Content]] = LETTERS) -> list[tuple[str, Form | Paper]]:
    """Every file, also those inside archives and mails, by the name under which it is accounted for."""
    found: list[tuple[str, Form | Paper]] = []
    for name, what in letters:
        if isinstance(what, Box):
            found += [(f"{name}!/{member}", inner) for member, inner in what.members]
        elif isinstance(what, Mail):
            middle = f"{name}!/{original_subject(what)}.eml" if what.forwarded else name
            found += [(f"{middle}!/{member}", inner) for member, inner in what.attached]
        else:
            found.append((name, what))
    return found


def original_subject(mail: Mail) -> str:
    return mail.subject.removeprefix("Fwd: ")


def zip_of(members: Sequence[tuple[str, bytes]], day: tuple[int, int, int]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        for number, (name, data) in enumerate(members):
            info = zipfile.ZipInfo(name, (*day, 8, 10 + number, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            box.writestr(info, data)
    return out.getvalue()


def mail_of(mail: Mail, attached: Sequence[tuple[str, bytes]]) -> bytes:
    """The mail as its program wrote it, with boundaries that do not change from run to run."""
    if not mail.forwarded:
        return _message(mail.sender, mail.subject, mail.sent, mail.style, attached)
    original = _message(
        "vanphong.hnd@vi-du.example", original_subject(mail), "Sat, 07 Oct 2023 10:00:00 +0700", mail.style, attached
    )
    parts = [_text("Chuyển tiếp biểu mẫu của Hội."), b"Content-Type: message/rfc822\r\n\r\n" + original]
    return _head(mail.sender, mail.subject, mail.sent) + _multipart(parts, "chuyen-tiep")


def _message(sender: str, subject: str, sent: str, style: str, attached: Sequence[tuple[str, bytes]]) -> bytes:
    parts = [_text("Kính gửi Ban Dân vận Huyện ủy.\r\nĐơn vị gửi biểu mẫu quý III năm 2023 kèm theo.\r\nTrân trọng!")]
    parts += [_attachment(name, data, style) for name, data in attached]
    return _head(sender, subject, sent) + _multipart(parts, "phan-dinh-kem")


def _head(sender: str, subject: str, sent: str) -> bytes:
    return (
        f"From: <{sender}>\r\nTo: <danvan@vi-du.example>\r\nSubject: {_word(subject)}\r\nDate: {sent}\r\n"
        f"Message-ID: <{sent[5:7]}.{len(subject)}@vi-du.example>\r\nMIME-Version: 1.0\r\n"
    ).encode("ascii")


def _word(text: str) -> str:
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
    coded = base64.encodebytes(text.encode()).replace(b"\n", b"\r\n")
    return b"Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + coded


def _attachment(name: str, data: bytes, style: str) -> bytes:
    if style == "2047":
        # Against the rules, and what most mailers here write.
        said = f'name="{_word(name)}"'
        placed = f'filename="{_word(name)}"'
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
