"""A clerk who does what the last line of each run says comes from an empty folder to the sealed quarter."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from unittest.mock import Mock

import openpyxl
import pytest
from click.testing import CliRunner

from dvk_reports import close_period, consolidate, make_forms, open_workspace, propose_awards, status
from dvk_reports.cli import dvk
from dvk_reports.cli.base import Asked, as_typed
from dvk_reports.errors import WorkspaceError
from dvk_reports.run.send import note_sent
from tests.support.award_space import round_space
from tests.support.post import by_server
from tests.support.small_space import DAY, KY, put, sent


def run(*words):
    """The exit code, the lines, and the command of the last line, as it is typed."""
    done = CliRunner().invoke(dvk, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    lines = done.output.splitlines()
    assert lines[-1].startswith("Việc tiếp theo: "), done.output
    said, _, command = lines[-1].rpartition(": dvk ")
    return done.exit_code, lines, said.removeprefix("Việc tiếp theo: "), shlex.split(command)


class Clerk:
    """Types what the last line said, on a day."""

    def __init__(self, space):
        self.space = space
        self.command: list[str] = []
        self.said = ""
        self.lines: list[str] = []

    def looks(self, day: str) -> str:
        _, self.lines, self.said, self.command = run("-w", self.space.root, "--as-of", day)
        return " ".join(self.command[4:])

    def does(self) -> str:
        """Type the command; what is the next one."""
        code, self.lines, self.said, command = run(*self.command)
        assert code in (0, 1), self.lines
        assert command[:4] == self.command[:4], "the options that name workspace and day are kept"
        self.command = command
        return " ".join(command[4:])


def later(space, number):
    """What was written so far is of earlier minutes: a file put in now is newer, as it is on a real day."""
    for path in space.root.rglob("*"):
        if path.is_file():
            seen = path.stat().st_mtime
            os.utime(path, (seen - 60 * number, seen - 60 * number))


def mended(space, code, **b1):
    put(space, f"{code}-2.xlsx", sent(space, code, {"phien_ban": 2, "thay_the_phien_ban": 1}, b1))


def test_a_whole_quarter(space):
    shutil.rmtree(space.received(KY))
    clerk = Clerk(space)
    assert clerk.looks("2023-09-25") == f"forms {KY}"
    assert clerk.does() == f"send {KY} --bieu-mau --da-gui tat-ca"
    assert clerk.said.startswith(f"Gửi 03 biểu mẫu trong gui-di/{KY} (mở từng tệp .eml, bấm Gửi)")
    assert f"Đã tạo thư mục {space.received(KY)} để thả tệp các đơn vị gửi về." in clerk.lines
    assert clerk.does() == f"consolidate {KY}"
    assert clerk.said == f"Chờ các đơn vị gửi báo cáo; thả tệp nhận về vào nhan-ve/{KY}, rồi tổng hợp"
    for code in ("CB-A", "CB-B"):
        put(space, f"{code}.xlsx", sent(space, code, b1={"so_cuoc_tuyen_truyen": 2 if code == "CB-A" else None}))
    assert clerk.looks("2023-10-12") == f"consolidate {KY}"
    assert clerk.said == "Tổng hợp các tệp nhận về"
    assert clerk.does() == f"send {KY} --da-gui tat-ca"
    assert clerk.said.startswith(f"Gửi 03 thư trong gui-lan-nay/{KY}")
    assert clerk.does() == "awards propose 2023-10"
    assert clerk.does() == "awards draft 2023-10"
    assert clerk.does() == f"consolidate {KY}"
    assert clerk.said == (f"Chờ 01 đơn vị gửi báo cáo, 01 đơn vị sửa; thả tệp nhận về vào nhan-ve/{KY}, rồi tổng hợp")
    later(space, 3)
    for code in ("CB-B", "CB-C"):
        mended(space, code, so_cuoc_tuyen_truyen=4)
    assert clerk.looks("2023-10-16") == f"consolidate {KY}"
    assert clerk.said == f"nhan-ve/{KY} đã đổi từ lần tổng hợp trước, tổng hợp lại"
    assert clerk.does() == f"send {KY} --da-gui tat-ca"
    assert clerk.lines[1].startswith("So với lần tổng hợp trước"), "what has changed comes first"
    assert clerk.does() == "awards propose 2023-10"
    later(space, 2)
    assert clerk.does() == "awards draft 2023-10"
    later(space, 1)
    assert clerk.does() == f"close {KY}", (clerk.lines, status(space, as_of=DAY).lines)
    assert clerk.said == f"Báo cáo đã đủ; xem ket-qua/{KY}/bao-cao.docx, sau ngày 20/10/2023 thì khóa"
    assert clerk.looks("2023-10-21") == f"close {KY}"
    assert clerk.said == "Đã qua ngày khóa sổ 20/10/2023; xem kết quả rồi khóa"
    assert clerk.does() == "forms 2023-Q4"
    put(space, "late.xlsx", sent(space, "CB-A", {"phien_ban": 3, "thay_the_phien_ban": 2}, {"so_cuoc_tuyen_truyen": 9}))
    assert clerk.looks("2023-11-02") == f"consolidate {KY}"
    assert clerk.said == f"nhan-ve/{KY} đã đổi từ khi khóa, tổng hợp thành bản bổ sung"
    assert clerk.does() == f"close {KY}"
    assert clerk.said == "Xem kết quả của bản bổ sung rồi khóa"
    assert clerk.does() == "forms 2023-Q4"
    assert clerk.does() == "send 2023-Q4 --bieu-mau --da-gui tat-ca"


def test_what_is_waited_for_and_what_is_for_the_clerk(space):
    put(space, "CB-A.xlsx", sent(space, "CB-A", b1={"so_cuoc_tuyen_truyen": None}))
    for number in (5, 7):
        put(space, f"CB-B{number}.xlsx", sent(space, "CB-B", b1={"so_cuoc_tuyen_truyen": number}))
    consolidate(space, KY, as_of=DAY)
    lines = status(space, as_of=DAY).lines
    assert lines[-3:] == (
        "Quý III năm 2023: nhận 03 tệp, đã tổng hợp: 01/03 đơn vị có báo cáo được dùng; 03 đơn vị phải nộp; hạn nộp "
        "10/10/2023.",
        f"  Chờ đơn vị: 01 đơn vị phải sửa hoặc giải trình (bản đánh dấu ở ket-qua/{KY}/tra-lai).",
        f"  Việc của người tổng hợp: gọi 02 đơn vị chưa có báo cáo được dùng (ket-qua/{KY}/don-doc/goi-dien.xlsx); "
        "gửi 03 thư; xác minh 01 đơn vị gửi hai bản khác nhau.",
    )


def _register(space, edit):
    book = openpyxl.load_workbook(space.register_path)
    edit(book)
    book.save(space.register_path)


def _hold(space, quarter, day):
    space.received(quarter).mkdir(parents=True, exist_ok=True)
    (space.received(quarter) / "CB-A.xlsx").write_bytes(sent(space, "CB-A", quarter=quarter))
    consolidate(space, quarter, as_of=day)


NOVEMBER = date(2023, 11, 15)


def made_forms(space):
    make_forms(space, KY, "CB-A", as_of=DAY)


def edited_register(space):
    _hold(space, KY, DAY)

    def edit(book):
        row = next(row for row in book["Đơn vị"].iter_rows() if row[0].value == "CB-A")
        row[1].value = "Chi bộ A (sửa)"

    _register(space, edit)


def wrong_register(space):
    """A line that cannot be used, known to the run."""

    def edit(book):
        sheet = book["Ngày nhận"]
        row = sheet.max_row
        for column in range(1, sheet.max_column + 1):
            if sheet.cell(1, column).value == "ma_don_vi":
                sheet.cell(row, column).value = "CB-Z"

    _register(space, edit)
    _hold(space, KY, DAY)


def older_quarter_got_a_file(space):
    _hold(space, "2023-Q2", date(2023, 7, 12))
    _hold(space, KY, DAY)
    later(space, 1)
    (space.received("2023-Q2") / "CB-B.xlsx").write_bytes(sent(space, "CB-B", quarter="2023-Q2"))


def older_quarter_was_consolidated_again(space):
    older_quarter_got_a_file(space)
    consolidate(space, "2023-Q2", as_of=DAY)


@pytest.mark.parametrize(
    ("given", "day", "command", "said"),
    [
        (lambda space: None, DAY, f"forms {KY}", "Ghi đủ đơn vị"),
        (lambda space: None, NOVEMBER, "forms 2023-Q4", "Ghi đủ đơn vị"),
        (made_forms, DAY, f"forms {KY}", "Mới tạo 01/03 biểu mẫu"),
        (edited_register, NOVEMBER, f"consolidate {KY}", "danh-muc.xlsx, quy định, khóa đơn vị, quý trước"),
        (wrong_register, date(2023, 10, 15), f"consolidate {KY}", "Sửa 02 chỗ lỗi Chặn ở danh-muc.xlsx"),
        (older_quarter_got_a_file, NOVEMBER, "consolidate 2023-Q2", "nhan-ve/2023-Q2 đã đổi"),
        (
            older_quarter_was_consolidated_again,
            NOVEMBER,
            f"consolidate {KY}",
            "danh-muc.xlsx, quy định, khóa đơn vị, quý trước",
        ),
    ],
    ids=["new", "new, later", "one form", "register", "wrong register", "older file", "older again"],
)
def test_the_next_command(space, given, day, command, said):
    given(space)
    step = status(space, as_of=day).step
    assert (step.command, step.text.startswith(said)) == (command, True), step


def test_only_what_a_file_says_makes_it_another_file(space):
    """A copied workspace and a clock that was ahead change nothing; another content under an old date does."""
    put(space, "CB-A.xlsx", sent(space, "CB-A"))
    consolidate(space, KY, as_of=DAY)
    path = space.received(KY) / "CB-A.xlsx"
    seen = path.stat().st_mtime
    copied = open_workspace(shutil.copytree(space.root, space.root.with_name("bản chép")))
    os.utime(copied.results(KY) / "tong-hop.xlsx", (seen - 60, seen - 60))
    assert not status(copied, as_of=DAY).step.command.startswith("consolidate")
    path.write_bytes(sent(space, "CB-A", b1={"so_cuoc_tuyen_truyen": 9}))
    os.utime(path, (seen, seen))
    assert status(space, as_of=DAY).step.command == f"consolidate {KY}"


def test_ties_and_doubtful_cases_wait_for_a_decision(tmp_path):
    space = round_space(tmp_path / "đợt")
    day = date(2023, 10, 20)
    note_sent(space, KY, ["tat-ca"], as_of=day)
    propose_awards(space, "2023-10", as_of=day)
    record = space.awards("2023-10") / "nhat-ky.json"
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace('"de_nghi": {', '"de_nghi": {"Ngang nhau tại ranh giới": 5, '), encoding="utf-8")
    found = status(space, as_of=day)
    assert "05 trường hợp ngang nhau" in found.next_step
    assert found.next_step.endswith("vào xet-chon.xlsx, rồi lập dự thảo: dvk awards draft 2023-10")
    assert "05 trường hợp ngang nhau" in found.lines[-1] and found.lines[-1].endswith("chờ quyết định.")


def test_a_checked_file_is_mended_taken_in_or_sent(space, tmp_path):
    good, bad = tmp_path / "tốt.xlsx", tmp_path / "có lỗi.xlsx"
    good.write_bytes(sent(space, "CB-A"))
    bad.write_bytes(sent(space, "CB-B", b1={"so_cuoc_tuyen_truyen": None}))
    code, lines, said, command = run("-w", space.root, "check", bad)
    assert (code, said) == (1, "Sửa các chỗ nêu trên, rồi kiểm tra lại")
    assert command == ["-w", str(space.root), "check", str(bad)]
    assert any("Chặn K02 · B1 C" in line and "bắt buộc nhưng để trống" in line for line in lines)
    assert run("-w", space.root, "--as-of", "2023-10-12", "check", good)[3][-2:] == ["forms", KY]
    _, lines, _, _ = run("-w", tmp_path, "check", good)
    assert lines[-1] == "Việc tiếp theo: Không có lỗi phải sửa, gửi tệp cho nơi nhận báo cáo."


def test_a_folder_that_is_not_there_is_made_by_the_command_that_is_told(tmp_path):
    missing = tmp_path / "văn phòng, quý 3"
    said = CliRunner().invoke(dvk, ["-w", str(missing), "send", KY]).output
    command = shlex.split(said.partition(": dvk ")[2])
    assert CliRunner().invoke(dvk, command).exit_code == 0 and (missing / "danh-muc.xlsx").is_file()


@pytest.mark.parametrize("name", ["em", "văn phòng, quý 3", "a & b", "tiền $5", "it's", 'trích "dẫn"', "-w"])
def test_an_empty_folder_becomes_a_workspace_by_the_command_that_is_told(tmp_path, monkeypatch, name):
    (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path)
    # What it says once more, where a run asks for the register.
    for words in ((f"--workspace={name}",), ("forms", KY, f"--workspace={name}")):
        said = CliRunner().invoke(dvk, [*words, "--as-of", "2023-09-20"]).output.splitlines()[-1].rpartition(": ")[2]
        assert said.startswith("dvk init ")
    ours = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    assert subprocess.run(["sh", "-c", said], check=False, capture_output=True, env=os.environ | ours).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name / "danh-muc.xlsx").is_file()


def test_the_folder_at_hand_becomes_a_workspace(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    _, lines, said, command = run("--as-of", "2023-09-20")
    assert (said, command) == ("Tạo thư mục làm việc ở ngay đây", ["init", "."])
    assert lines[0].endswith("chưa có danh-muc.xlsx; thư mục làm việc ở nơi khác thì thêm -w THƯ_MỤC.")
    assert run("-w", "khac", "init", ".")[3][0] == "forms", "what is told next is about the folder that was made"


@pytest.mark.parametrize("server", [False, True])
def test_mails_of_earlier_quarters_are_not_forgotten(space, server):
    if server:
        by_server(space, may_chu="smtp.vi-du.example", nguoi_gui="dan-van@vi-du.example")
    for quarter, day in (("2023-Q1", date(2023, 4, 12)), ("2023-Q2", date(2023, 7, 12)), (KY, DAY)):
        _hold(space, quarter, day)

    def told():
        return [line.strip() for line in status(space, as_of=DAY).lines if line.startswith("  Gửi")]

    def ways(quarter):
        return f"dvk send {quarter}" if server else f"dvk send {quarter} --da-gui tat-ca"

    assert [line.rpartition(": ")[2] for line in told()] == [ways("2023-Q1"), ways("2023-Q2")]
    assert told()[0].startswith("Gửi 01 thư của quý I năm 2023")
    assert status(space, as_of=DAY).step.command == ways(KY).removeprefix("dvk ")
    note_sent(space, KY, ["tat-ca"], as_of=DAY)
    close_period(space, KY, as_of=date(2023, 10, 21))
    for quarter in ("2023-Q2", "2023-Q1"):
        step = status(space, as_of=date(2023, 11, 1)).step
        assert step.line() == next(line for line in told() if quarter in line)
        note_sent(space, quarter, ["tat-ca"], as_of=DAY)
    assert told() == []


def test_mails_that_could_not_be_laid_out_are_not_looked_for_where_they_are_not(space, monkeypatch):
    """No disk had room for them: the command that is told lays them out, and only then are they sent by hand."""
    put(space, "CB-A.xlsx", sent(space, "CB-A"))
    full = WorkspaceError("hết chỗ trên đĩa")
    with monkeypatch.context() as patched:
        patched.setattr("dvk_reports.run.consolidate.put_out", Mock(side_effect=full))
        consolidate(space, KY, as_of=DAY)
    assert not space.outbox(KY).exists()
    clerk = Clerk(space)
    assert clerk.looks(DAY.isoformat()) == f"send {KY}"
    assert clerk.said == f"Xếp 03 thư vào gui-lan-nay/{KY} để gửi (lần tổng hợp trước chưa xếp được)"
    assert clerk.does() == f"send {KY} --da-gui tat-ca"
    assert len([*space.outbox(KY).glob("*.eml")]) == 3


@pytest.mark.parametrize("before", [True, False], ids=["before the command", "behind it"])
@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["send", KY], ["consolidate", KY]),
        (["close", KY, "--unit", "CB-A", "--reason", "a", "--by", "b"], ["consolidate", KY]),
        (["forms", "--xem-lai", KY], []),
        (["consolidate", KY], ["send", KY, "--dry-run"]),
    ],
)
def test_every_command_that_is_told_carries_the_options(space, before, command, told):
    options = ["-w", str(space.root), "--as-of", "2023-10-12"]
    if command[0] == "consolidate":
        put(space, "CB-A.xlsx", sent(space, "CB-A"))
    done = CliRunner().invoke(dvk, [*options, *command] if before else [*command, *options])
    found = re.findall(r"\bdvk ([^;”\n]+?)(?: trước)?\.?(?=[;”\n])", done.output)
    assert [shlex.split(said)[:4] for said in found] == [options] * len(found)
    if told:
        assert [*options, *told] in [shlex.split(said) for said in found]


def test_only_commands_are_told_with_the_options():
    asked = Asked(Path("a b"), date(2023, 10, 12))
    for line, shown in {
        "Chạy “dvk awards propose” trước.": 'Chạy “dvk -w "a b" --as-of 2023-10-12 awards propose” trước.',
        "Gõ dvk để xem": "Gõ dvk để xem",
        "Tệp D:/dvk check/a.xlsx": "Tệp D:/dvk check/a.xlsx",
        "dvk init x": "dvk init x",
        "dvk -w x forms": "dvk -w x forms",
    }.items():
        assert as_typed(line, asked) == shown
        assert as_typed(line, Asked()) == line


def test_a_new_folder_leads_to_the_register(tmp_path):
    code, _, said, command = run("--as-of", "2023-09-20", "init", tmp_path / "dân vận")
    assert (code, said.partition(",")[0]) == (0, "Ghi đủ đơn vị")
    assert command == ["-w", str(tmp_path / "dân vận"), "--as-of", "2023-09-20", "forms", KY]
    assert open_workspace(tmp_path / "dân vận").register_path.is_file()


def held(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None for path in root.rglob("*")
    }


@pytest.mark.parametrize("period", [KY, "2023-9T"])
@pytest.mark.parametrize("again", [False, True], ids=["first", "again"])
def test_a_rehearsal_says_all_and_writes_nothing(space, period, again):
    put(space, "CB-A.xlsx", sent(space, "CB-A", b1={"so_cuoc_tuyen_truyen": None}))
    if again or period != KY:
        consolidate(space, KY, as_of=DAY)
    if again:
        consolidate(space, period, as_of=DAY)
        put(space, "CB-B.xlsx", sent(space, "CB-B"))
    before = held(space.root)
    words = ["-w", space.root, "--as-of", "2023-10-12", "consolidate", period]
    code, said, _, command = run(*words, "--dry-run")
    assert held(space.root) == before
    real_code, real, _, _ = run(*words)
    tried = [line.replace("Chạy thử, không ghi gì. Chạy thật thì ghi", "Đã ghi") for line in said[:-1]]
    assert (code, tried) == (real_code, [line for line in real[:-1] if "thư mới hoặc thay đổi" not in line])
    assert held(space.root) != before
    if period == KY:
        assert command[-2:] == ["consolidate", KY]


def _saved_elsewhere(space, days):
    """The file of a unit is replaced by another one of the same name, which was saved so many days before the run."""
    path = space.received(KY) / "CB-A.xlsx"
    path.write_bytes(sent(space, "CB-A", b1={"so_cuoc_tuyen_truyen": 8}))
    seen = path.stat().st_mtime - days * 86_400
    os.utime(path, (seen, seen))


@pytest.mark.parametrize(
    ("what", "again"),
    [
        (lambda space: None, False),
        (lambda space: _saved_elsewhere(space, 3), True),
        (lambda space: _saved_elsewhere(space, 0), True),
        (lambda space: (space.received(KY) / "CB-A.xlsx").touch(), False),
        (lambda space: (space.received(KY) / "CB-A.xlsx").rename(space.received(KY) / "A.xlsx"), True),
        (lambda space: (space.received(KY) / "new.pdf").write_bytes(b"%PDF"), True),
    ],
    ids=["same", "older", "other content", "touched", "renamed", "one more"],
)
def test_whether_a_quarter_is_to_be_consolidated_again(space, what, again):
    _hold(space, KY, DAY)
    what(space)
    step = status(space, as_of=date(2023, 10, 25)).step
    assert step.command == (f"consolidate {KY}" if again else f"close {KY}"), step
    if not again:
        assert close_period(space, KY, as_of=date(2023, 10, 25)).files
