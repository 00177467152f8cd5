"""A quarter from the empty folder to the sealed archive, by mail: a real server on this machine, nothing by hand.

The units are played by what they receive: they fill in the form that came, reply with it, mend the marked copy that
came back. The clerk types commands, and drops the replies into the folder of received files.
"""

from __future__ import annotations

import io
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from dvk_reports import open_workspace
from dvk_reports.cli import dvk
from dvk_reports.sheets.register.workbook import RegisterData, write_register
from dvk_reports.vietnamese.words import YES
from tests.support.post import HOST, Office, by_server, post_office
from tests.support.small_space import COVER, KY, PLAN_FIELDS

UNITS = {"CB-A": "a@vi-du.example", "CB-B": "b@vi-du.example", "CB-C": "c@vi-du.example"}


class Clerk:
    """Who types the commands."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.commands = 0

    def types(self, *words: str, day: str = "") -> int:
        """Run a command, on a day where it depends on one; its exit code."""
        self.commands += 1
        done = CliRunner().invoke(dvk, ["-w", str(self.root), *words, *(("--as-of", day) if day else ())])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.output
        return done.exit_code

    def keeps_register(self, port: int) -> None:
        """Units with their addresses, the deadline, the server."""
        rows = {
            "Đơn vị": [
                {"ma_don_vi": code, "ten": f"Chi bộ {code[-1]}", "loai": "CB_CQ", "nhom": "II", "email": address}
                for code, address in UNITS.items()
            ],
            "Hạn nộp": [{"ky": KY, "han_nop": date(2023, 10, 10), "ngay_khoa_so": date(2023, 10, 20)}],
        }
        space = open_workspace(self.root)
        write_register(space.register_path, space.plan, RegisterData(rows))
        by_server(space, may_chu=HOST, cong=port, bao_mat="không", nguoi_gui="dvhu@co-quan.example")


class Unit:
    """Who reads its mail and answers it."""

    def __init__(self, code: str, office: Office, box: Path) -> None:
        self.code, self.address, self.office, self.box = code, UNITS[code], office, box
        self.read = 0

    def next_mail(self) -> EmailMessage:
        """The next mail that has come; there must be one, and only one."""
        found = self.office.all_of(self.address)[self.read :]
        assert len(found) == 1, f"{self.code}: {len(found)}"
        self.read += 1
        return found[0]

    def has_no_mail(self) -> bool:
        return len(self.office.all_of(self.address)) == self.read

    def replies(self, mail: EmailMessage, day: str, cells: dict[str, dict[str, object]]) -> None:
        """Fill in the workbook that came with a mail, by the keys of its lines, and send it back."""
        (part,) = (item for item in mail.iter_attachments() if item.get_filename().endswith(".xlsx"))
        book = openpyxl.load_workbook(io.BytesIO(part.get_content()))
        for sheet, values in cells.items():
            rows = {cell.value: cell.row for cell in book[sheet]["A"]}
            for key, value in values.items():
                book[sheet].cell(rows[key], 3).value = YES if value is True else value
        out = io.BytesIO()
        book.save(out)
        reply = EmailMessage()
        reply["From"], reply["Subject"], reply["Date"] = self.address, f"Re: {mail['Subject']}", day
        reply.set_content("Kính gửi Ban Dân vận.")
        reply.add_attachment(out.getvalue(), maintype="application", subtype="octet-stream", filename="báo cáo.xlsx")
        self.box.mkdir(parents=True, exist_ok=True)
        (self.box / f"{self.code} {len(list(self.box.iterdir()))}.eml").write_bytes(reply.as_bytes())


@pytest.mark.processes
def test_a_quarter_by_mail(tmp_path):
    root = tmp_path / "dan-van-kheo"
    clerk = Clerk(root)
    assert CliRunner().invoke(dvk, ["init", str(root)]).exit_code == 0
    with post_office() as office:
        clerk.keeps_register(office.port)
        a, b, c = (Unit(code, office, root / "nhan-ve" / KY) for code in UNITS)

        assert clerk.types("forms", KY, day="2023-09-20") == 0
        assert clerk.types("send", KY, "--bieu-mau", day="2023-09-20") == 0
        for unit, number in ((a, 20), (b, "hai mươi")):
            filled = {"BIA": COVER, "B1": {**PLAN_FIELDS, "tong_so_dang_vien": number}}
            unit.replies(unit.next_mail(), "Mon, 09 Oct 2023 08:00:00 +0700", filled)
        form = c.next_mail()

        assert clerk.types("consolidate", KY, day="2023-10-12") == 1
        assert clerk.types("send", KY, day="2023-10-12") == 0
        receipt, back, reminder = a.next_mail(), b.next_mail(), c.next_mail()
        assert receipt["Subject"].startswith("Biên nhận báo cáo") and not list(receipt.iter_attachments())
        assert "“hai mươi”" in back.get_body().get_content() and len(list(back.iter_attachments())) == 1
        assert reminder["Subject"].startswith("Gửi báo cáo") and len(list(reminder.iter_attachments())) == 1

        b.replies(back, "Fri, 13 Oct 2023 08:00:00 +0700", {"B1": {"tong_so_dang_vien": 20}})
        c.replies(form, "Fri, 13 Oct 2023 09:00:00 +0700", {"BIA": COVER, "B1": PLAN_FIELDS})
        assert clerk.types("consolidate", KY, day="2023-10-16") == 0
        assert clerk.types("send", KY, day="2023-10-16") == 0
        assert a.has_no_mail()  # it has been told all there is
        for unit in (b, c):
            assert "Đơn vị không phải làm gì thêm." in unit.next_mail().get_body().get_content()

        assert clerk.types("consolidate", KY, day="2023-10-23") == 0
        assert clerk.types("send", KY, day="2023-10-23") == 0
        assert a.has_no_mail() and b.has_no_mail() and c.has_no_mail()
    assert clerk.types("close", KY, day="2023-10-23") == 0
    assert clerk.types("verify", str(root / "luu" / f"{KY}.zip")) == 0
    assert (clerk.commands, len(office.mails)) == (10, 8)
