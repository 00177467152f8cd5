"""A quarter as the office lives it, from an empty folder to the sealed zip, with real mail on this machine.

What a clerk does is counted on the way: commands typed, cells typed into the register, mails opened and sent by hand,
files opened. ``docs/mot-quy.md`` says the same numbers.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from email.message import EmailMessage
from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from dvk_reports import open_workspace
from dvk_reports.cli import dvk
from dvk_reports.model.findings import Level
from dvk_reports.plan.register.lines import GIVEN
from dvk_reports.plan.register.sheets import SHEETS
from dvk_reports.vietnamese.numbers import show_count as show
from tests.support.mails import opened
from tests.support.post import HOST, by_server, post_office

SENDS = 3
"""Commands that send; before, there was none."""

pytestmark = [
    pytest.mark.processes,
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS"),  # the server's own word
]

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "bao-yen"
PAGE = ROOT / "docs" / "mot-quy.md"
KY = "2023-Q3"
OFFICE = "dvhu@co-quan.example"
TYPED = {"chu", "ngay", "nam", "so", "tien", "ky", "ma", "thu"}
"""Kinds of columns without a drop-down."""
MENDS = "DB-XA-02965"
"""A commune that mends the number that cannot be right, and answers the warning beside it."""


class Clerk:
    """One person at one desk: types commands, fills in cells, reads what is said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.done: Counter[str] = Counter()

    def types(self, *words: str, day: str = "", code: int = 0) -> str:
        """One command; what it says, where it ends with this code."""
        where = [] if words[0] == "init" else ["-w", str(self.folder)]
        made = CliRunner().invoke(dvk, [*where, *words, *(["--as-of", day] if day else [])])
        assert made.exception is None or isinstance(made.exception, SystemExit), made.exception
        assert made.exit_code == code, made.output
        self.done["lệnh"] += 1
        return made.output

    def fills_in_the_register(self) -> None:
        """The register of the sample district, every cell of it that ``init`` has not written, save its remarks."""
        path = self.folder / "danh-muc.xlsx"
        before = cells_of(path)
        shutil.copy(SAMPLE / "danh-muc.xlsx", path)
        for sheet, _, key, _ in cells_of(path) - before:
            kind = next((column.kind for column in SHEETS[sheet] if column.key == key), "")
            if (sheet, key) in GIVEN:
                self.done["ô tự có"] += 1
            elif key != "ghi_chu":
                self.done["ô chọn" if kind not in TYPED else "ô gõ"] += 1
        self.done["tệp"] += 1


def cells_of(path: Path) -> set[tuple[str, str, str, str]]:
    """(sheet, first cell of the line, key, value) of every cell with data of a register."""
    found = set()
    for sheet in openpyxl.load_workbook(path).worksheets:
        keys = [cell.value for cell in sheet[1]]
        if not re.fullmatch(r"[a-z_]+", str(keys[0])):
            continue
        for row in sheet.iter_rows(min_row=2, values_only=True):
            line = dict(zip(keys, row, strict=False))
            if line[keys[0]] is not None:
                found |= {(sheet.title, str(row[0]), str(k), str(v)) for k, v in line.items() if k and v is not None}
    return found


def column_of(sheet, key: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == key)


def answer(mail: EmailMessage) -> bytes:
    """What the commune sends back: its marked copy, mended, as a reply with the workbook attached."""
    (copy,) = (part for part in mail.iter_attachments() if str(part.get_filename()).endswith(".xlsx"))
    book = openpyxl.load_workbook(BytesIO(copy.get_content()))
    sheet = book["B1"]
    row = {sheet.cell(n, 1).value: n for n in range(1, sheet.max_row + 1)}
    sheet.cell(row["so_chi_bo_da_trien_khai"], 3).value = sheet.cell(row["tong_so_chi_bo"], 3).value
    to_mend = book["Cần sửa"]
    level, why = (column_of(to_mend, key) for key in ("muc", "giai_trinh"))
    for number in range(2, to_mend.max_row + 1):
        if to_mend.cell(number, level).value == Level.WARNING.value:
            to_mend.cell(number, why).value = "Đúng như văn bản của Đảng ủy xã"
    saved = BytesIO()
    book.save(saved)
    reply = EmailMessage()
    reply["From"], reply["To"], reply["Subject"] = mail["To"], OFFICE, f"Trả lời: {mail['Subject']}"
    reply["Date"] = "Fri, 13 Oct 2023 09:00:00 +0700"
    reply.set_content("Kính gửi Ban Dân vận, đơn vị gửi lại bản đã sửa.")
    reply.add_attachment(
        saved.getvalue(), maintype="application", subtype="octet-stream", filename=str(copy.get_filename())
    )
    return bytes(reply)


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """The whole quarter: the clerk, what was said at each step, and the mails that the server took at each."""
    clerk = Clerk(tmp_path_factory.mktemp("huyện") / "dân vận khéo")
    said: dict[str, str] = {}
    went: dict[str, list[EmailMessage]] = {}
    clerk.types("init", str(clerk.folder))
    clerk.fills_in_the_register()
    inbox = clerk.folder / "nhan-ve" / KY
    with post_office() as office:
        server = {"may_chu": HOST, "cong": office.port, "bao_mat": "không", "nguoi_gui": OFFICE}
        by_server(open_workspace(clerk.folder), **server)
        clerk.done["ô gõ"] += len(server)

        def sends(step: str, *words: str, day: str) -> None:
            before = len(office.contents)
            said[step] = clerk.types("send", KY, *words, day=day)
            went[step] = [opened(data) for data in office.contents[before:]]

        said["forms"] = clerk.types("forms", KY, day="2023-09-20")
        sends("forms sent", "--bieu-mau", day="2023-09-20")
        shutil.copytree(SAMPLE / "nhan-ve" / KY, inbox, dirs_exist_ok=True)
        said["first"] = clerk.types("consolidate", KY, day="2023-10-12", code=1)
        sends("first sent", day="2023-10-12")
        commune = address_of(MENDS)
        (mail,) = (mail for mail in went["first sent"] if mail["To"].addresses[0].addr_spec == commune)
        (inbox / "Trả lời.eml").write_bytes(answer(mail))
        said["second"] = clerk.types("consolidate", KY, day="2023-10-13", code=1)
        sends("second sent", day="2023-10-13")
        clerk.done["tệp"] += 2  # the workbook and the report
        said["close"] = clerk.types("close", KY, day="2023-10-21", code=1)
        said["verify"] = clerk.types("verify", str(clerk.folder / "luu" / f"{KY}.zip"))
        clerk.done["thư"] += sum(map(len, went.values()))
        sends("once more", day="2023-10-21")
    return clerk, said, went


@cache
def address_of(unit: str) -> str:
    """Where the register says the unit is written to."""
    lines = cells_of(SAMPLE / "danh-muc.xlsx")
    (found,) = (value for sheet, code, key, value in lines if (sheet, code, key) == ("Đơn vị", unit, "email"))
    return found


def attached(mail: EmailMessage, ending: str) -> list[str]:
    return [name for part in mail.iter_attachments() if (name := str(part.get_filename())).endswith(ending)]


def test_every_unit_is_sent_its_form_once(played):
    _, _, went = played
    names = [name for mail in went["forms sent"] for name in attached(mail, ".xlsx")]
    assert len(names) == len(set(names)) == len({mail["To"] for mail in went["forms sent"]}) == 60


def test_every_unit_has_one_mail_with_all_that_it_is_told(played):
    _, _, went = played
    assert len({mail["To"] for mail in went["first sent"]}) == len(went["first sent"]) == 60
    (mended,) = went["second sent"]
    assert mended["To"].addresses[0].addr_spec == address_of(MENDS)
    assert attached(mended, ".xlsx") == []  # nothing is left to mend
    assert went["once more"] == []


def test_the_mended_return_is_told_and_the_quarter_can_be_made_again(played):
    _, said, _ = played
    assert f"{MENDS}: 2/2 lỗi đã sửa hoặc đã giải trình." in said["second"]
    assert "ra đúng từng byte" in said["verify"]


def test_the_page_says_what_was_counted(played):
    """Before, each part of a mail was a mail of its own, opened and sent by hand."""
    clerk, _, went = played
    told = went["first sent"]
    parts = (
        len(went["forms sent"]),
        sum("biên nhận" in str(mail["Subject"]).lower() for mail in told),
        sum(bool(attached(mail, ".xlsx")) for mail in told),
        sum(bool(attached(mail, ".docx")) for mail in told),
    )
    done = clerk.done
    typed, chosen, given = done["ô gõ"], done["ô chọn"], done["ô tự có"]
    assert [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")][1:] == [
        f"| thư mở và gửi bằng tay | {sum(parts)} ({' + '.join(map(str, parts))}) | 0 |",
        f"| thư đơn vị nhận | {sum(parts)} | {done['thư']} |",
        f"| lệnh phải gõ | {done['lệnh'] - SENDS} | {done['lệnh']} |",
        f"| ô danh mục phải gõ, lần đầu | {show(typed + chosen + given)} | {show(typed)} |",
        f"| ô danh mục chọn trong danh sách, lần đầu | 0 | {chosen} |",
        f"| tệp phải mở | {sum(parts) + done['tệp']} | {done['tệp']} |",
    ]
