"""Mails are sent to a real server on this machine: each at most once, whatever is refused, wherever it breaks off."""

from __future__ import annotations

import csv
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from click.testing import CliRunner

from dvk_reports import DvkError, consolidate, make_forms, open_workspace, send_mails, status
from dvk_reports.cli import dvk
from dvk_reports.errors import RegisterError
from dvk_reports.mail import smtp
from dvk_reports.mail.outbox import waiting
from dvk_reports.mail.smtp import reason
from dvk_reports.model.mails import MARK
from dvk_reports.run.steps import locked
from dvk_reports.run.steps.post_office import VARIABLE
from tests.mail.test_unit_mails import WRONG
from tests.support.mails import opened
from tests.support.post import ACCOUNT, HOST, PASSWORD, by_server, certificate_for, post_office
from tests.support.small_space import DAY, KY, made, put, sent

A, B, C = (f"cb{n}@vi-du.example" for n in "ABC")
SENDER = "dvhu@co-quan.example"


pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # the server's own word


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    space = made(tmp_path_factory.mktemp("thư") / "làm việc")
    put(space, "A.xlsx", sent(space, "CB-A"))
    put(space, "B.xlsx", sent(space, "CB-B", b1=WRONG))
    consolidate(space, KY, as_of=DAY)
    return space


@pytest.fixture
def out(made_once, tmp_path):
    """A is clean, B has two mistakes, C has sent nothing: three mails wait."""
    return open_workspace(shutil.copytree(made_once.root, tmp_path / "làm việc"))


@pytest.fixture
def plain(out):
    """A server without TLS or login, as inside an office; the register names it."""
    with post_office() as office:
        by_server(out, may_chu=HOST, cong=office.port, bao_mat="không", nguoi_gui=SENDER)
        yield office


@pytest.fixture
def safe(out, tmp_path, monkeypatch):
    """A server with STARTTLS and login, whose certificate is trusted."""
    path = certificate_for(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    monkeypatch.setenv(VARIABLE, PASSWORD)
    with post_office(path, login=True) as office:
        by_server(out, may_chu=HOST, cong=office.port, bao_mat="STARTTLS", tai_khoan=ACCOUNT, nguoi_gui=SENDER)
        yield office


def dvk_(space, *words):
    done = CliRunner().invoke(dvk, ["-w", str(space.root), *words, "--as-of", DAY.isoformat()])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def first_line(space, *words):
    code, text = dvk_(space, *words)
    return code, text.splitlines()[0]


def log_of(space):
    """(unit, address, state) of each line."""
    with (space.root / "da-gui.csv").open(encoding="utf-8-sig", newline="") as file:
        return [(row["ma_don_vi"], row["dia_chi"], row["trang_thai"]) for row in csv.DictReader(file)]


def left(space):
    return sorted(path.name for path in space.outbox(KY).glob("*.eml"))


def waits(space):
    return [(item.unit, item.left, item.unsure) for item in waiting(space, KY)]


# --- what goes, and once ----------------------------------------------------------------------------------------------


def test_every_mail_goes_once(out, safe):
    assert left(out) == ["CB-A.eml", "CB-B.eml", "CB-C.eml"]
    first = send_mails(out, KY, as_of=DAY)
    assert first.clean and first.sent == ("CB-A", "CB-B", "CB-C") and safe.connections
    assert safe.mails == [(A,), (B,), (C,)]
    assert left(out) == [] and waits(out) == []
    assert log_of(out) == [
        (f"CB-{n}", f"cb{n}@vi-du.example", state) for n in "ABC" for state in ("Bắt đầu gửi", "Đã gửi")
    ]
    again = send_mails(out, KY, as_of=DAY)
    assert again.clean and again.sent == () and len(safe.mails) == 3
    assert list(again.lines) == [f"Không có thư nào cần gửi trong {out.outbox(KY)}."]


def test_what_travels_is_the_draft_without_its_marks(out, safe):
    draft = (out.outbox(KY) / "CB-B.eml").read_bytes()
    send_mails(out, KY, as_of=DAY)
    mail = safe.of(B)
    assert mail["From"] == f"Ban Dân vận Huyện ủy <{SENDER}>" and mail["To"] == B
    assert (
        mail["Subject"] == opened(draft)["Subject"]
        and mail.get_body().get_content() == opened(draft).get_body().get_content()
    )
    assert mail["Date"] and re.fullmatch(r"<[^<>@\s]+@co-quan\.example>", mail["Message-ID"])
    assert mail["X-Unsent"] is None and mail[MARK] is None and mail["Bcc"] is None
    assert opened(draft)["Date"] is opened(draft)["Message-ID"] is opened(draft)["From"] is None
    (mine,), (theirs,) = mail.iter_attachments(), opened(draft).iter_attachments()
    assert (mine.get_filename(), mine.get_content()) == (theirs.get_filename(), theirs.get_content())


def test_only_new_or_changed_mails_wait_again(out, safe):
    send_mails(out, KY, as_of=DAY)
    consolidate(out, KY, as_of=DAY + timedelta(days=1))
    assert left(out) == []
    put(out, "B.xlsx", sent(out, "CB-B", {"phien_ban": 2, "thay_the_phien_ban": 1}))
    consolidate(out, KY, as_of=DAY)
    assert left(out) == ["CB-B.eml"]
    assert send_mails(out, KY, as_of=DAY).sent == ("CB-B",) and safe.mails[3:] == [(B,)]


def test_looking_at_the_list_sends_nothing(out, safe):
    code, text = dvk_(out, "send", KY, "--dry-run")
    assert code == 0 and safe.connections == 0 and not (out.root / "da-gui.csv").exists()
    assert text.splitlines()[:2] == [
        "03 thư sẽ được gửi:",
        f"  CB-A Chi bộ A ({A}): Biên nhận báo cáo Phong trào “Dân vận khéo” quý III năm 2023 - Chi bộ A",
    ]


def test_forms_go_the_same_way(out, safe):
    make_forms(out, KY, as_of=DAY)
    result = send_mails(out, KY, as_of=DAY, forms=True)
    assert result.sent == ("CB-A", "CB-B", "CB-C")
    (form,) = safe.of(A).iter_attachments()
    assert form.get_content() == (out.outgoing(KY) / f"DVK_CB-A_{KY}.xlsx").read_bytes()
    assert len(list(out.outgoing(KY).glob("*.eml"))) == 3  # they are no copies
    assert send_mails(out, KY, as_of=DAY, forms=True).sent == () and left(out) == ["CB-A.eml", "CB-B.eml", "CB-C.eml"]
    make_forms(out, KY, as_of=DAY)
    assert send_mails(out, KY, as_of=DAY, forms=True).sent == ()


def test_a_unit_that_has_lost_its_mail_is_sent_it_again(out, plain):
    send_mails(out, KY, as_of=DAY)
    assert first_line(out, "send", KY, "--gui-lai", "cb-b") == (0, "Đã gửi 01 thư: CB-B.")
    assert plain.mails[3:] == [(B,)]
    code, text = dvk_(out, "send", KY, "--gui-lai", "CB-BB")
    assert code == 2 and "Không có thư của đơn vị “CB-BB” ở kỳ 2023-Q3. Có phải là CB-B?" in text


def test_before_there_are_mails_it_says_what_makes_them(space):
    code, text = dvk_(space, "send", KY)
    assert code == 2 and re.search(f"chưa có thư của kỳ {KY}. Chạy dvk -w .* consolidate {KY} trước", text)
    code, text = dvk_(space, "send", KY, "--bieu-mau")
    assert code == 2 and re.search(f"chưa có biểu mẫu của kỳ {KY}. Chạy dvk -w .* forms {KY} trước", text)
    code, text = dvk_(space, "send", "2023")
    assert code == 2 and "thư gửi theo từng quý, ví dụ 2023-Q4" in text
    consolidate(space, KY, as_of=DAY.replace(day=1))  # nobody has sent anything, nobody is late
    assert first_line(space, "send", KY) == (0, f"Không có thư nào cần gửi trong {space.outbox(KY)}.")


# --- by hand ----------------------------------------------------------------------------------------------------------


def test_without_a_server_it_says_how_to_send_by_hand(out):
    code, text = dvk_(out, "send", KY)
    assert code == 1 and "trang Gửi thư của danh-muc.xlsx chưa có máy chủ" in text
    assert f"mở từng tệp .eml trong {out.outbox(KY)}" in text and "03 thư sẽ được gửi" not in text
    assert first_line(out, "send", KY, "--da-gui", "CB-A") == (0, "Đã ghi vào da-gui.csv là gửi bằng tay: CB-A.")
    assert first_line(out, "send", KY, "--da-gui", "CB-A") == (0, "da-gui.csv đã ghi là gửi từ trước: CB-A.")
    assert left(out) == ["CB-B.eml", "CB-C.eml"]
    assert dvk_(out, "send", KY, "--da-gui", "tất cả")[0] == 0
    assert left(out) == [] and waits(out) == []
    assert {state for *_, state in log_of(out)} == {"Đã gửi bằng tay"}
    assert dvk_(out, "send", KY)[0] == 0
    consolidate(out, KY, as_of=DAY)
    assert left(out) == []


def test_a_unit_without_an_address_is_told_and_its_mail_stays(space, monkeypatch):
    import openpyxl

    book = openpyxl.load_workbook(space.register_path)
    book["Đơn vị"]["J6"].value = None
    book.save(space.register_path)
    put(space, "A.xlsx", sent(space, "CB-A"))
    consolidate(space, KY, as_of=DAY)
    with post_office() as office:
        by_server(space, may_chu=HOST, cong=office.port, bao_mat="không", nguoi_gui=SENDER)
        result = send_mails(space, KY, as_of=DAY)
        assert result.sent == ("CB-A", "CB-C") and left(space) == ["CB-B.eml"]
        (said,) = result.stays
        assert said.startswith("CB-B: chưa có địa chỉ thư. Ghi ở cột email trang Đơn vị của danh-muc.xlsx")
        # Not even where the clerk says that all have gone: this one has gone nowhere yet.
        said = dvk_(space, "send", KY, "--da-gui", "tat-ca")[1]
        assert "Đã ghi vào da-gui.csv là gửi bằng tay: không có thư nào." in said and left(space) == ["CB-B.eml"]
        assert "Chưa có địa chỉ thư nên thư còn chờ: CB-B." in said
        assert dvk_(space, "send", KY, "--da-gui", "CB-B")[0] == 0 and left(space) == []
        assert send_mails(space, KY, as_of=DAY).clean and len(office.mails) == 2


def test_a_mail_of_another_run_or_program_is_not_sent(out, plain):
    """The results are newer than what waits, or the draft was saved anew by another program."""
    path = out.outbox(KY) / "CB-A.eml"
    path.write_bytes(path.read_bytes().replace(b"X-DVK-Noi-Dung: nd-", b"X-DVK-Noi-Dung: nd-0"))
    other = out.outbox(KY) / "CB-B.eml"
    other.write_bytes(re.sub(rb"X-DVK-Noi-Dung: [^\r]*\r\n", b"", other.read_bytes()))
    (out.outbox(KY) / "CB-X.eml").write_bytes(other.read_bytes())
    result = send_mails(out, KY, as_of=DAY)
    assert result.sent == ("CB-C",) and [line.partition(":")[0] for line in result.stays] == ["CB-A", "CB-B", "CB-X"]
    assert "không phải là thư của lần chạy cuối" in result.stays[0]


@pytest.mark.parametrize("before", [None, "an earlier run"])
def test_a_run_that_was_ended_before_it_laid_out_its_mails(out, plain, before):
    """Nothing is forgotten, and nothing of an earlier run is sent."""
    if before:
        consolidate(out, KY, as_of=DAY)
        (out.outbox(KY) / "CB-B.eml").unlink()
    kept = shutil.move(out.outbox(KY), out.root / "trước") if before else shutil.rmtree(out.outbox(KY))
    put(out, "C.xlsx", sent(out, "CB-C"))
    consolidate(out, KY, as_of=DAY)
    shutil.rmtree(out.outbox(KY))
    if before:
        shutil.move(kept, out.outbox(KY))
    assert [unit for unit, *_ in waits(out)] == ["CB-A", "CB-B", "CB-C"]
    assert send_mails(out, KY, as_of=DAY).sent == ("CB-A", "CB-B", "CB-C")
    assert plain.of(C)["Subject"].startswith("Biên nhận báo cáo")


def test_a_mail_taken_out_by_the_clerk_is_not_sent(out, plain):
    (out.outbox(KY) / "CB-C.eml").unlink()
    assert send_mails(out, KY, as_of=DAY).sent == ("CB-A", "CB-B")


# --- refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [
        ("550 5.1.1 User unknown", "địa chỉ không có hoặc không nhận thư"),
        ("552 5.2.2 Mailbox full", "hộp thư nhận đã đầy"),
        ("452 4.2.2 The email account is over quota", "hộp thư nhận đã đầy"),
        ("450 4.2.0 Greylisted, see http://x", "máy chủ nhận hẹn gửi lại sau; chờ 15 phút"),
        ("451 4.3.0 Try again later", "máy chủ nhận tạm thời chưa nhận thư"),
        ("554 5.7.1 Blocked by policy", "máy chủ từ chối theo quy định chặn thư rác"),
        ("530 5.7.0 Authentication required", "máy chủ đòi đăng nhập"),
        ("552 5.3.4 Message too large", "thư lớn hơn mức máy chủ cho phép"),
        ("599 ?", "máy chủ không nhận thư"),
    ],
)
@pytest.mark.parametrize("where", ["refuse", "after"])
def test_one_address_is_refused_and_the_others_go(out, plain, answer, meaning, where):
    getattr(plain, where)[B] = answer
    result = send_mails(out, KY, as_of=DAY)
    assert result.sent == ("CB-A", "CB-C") and not result.clean
    (said,) = result.failed
    assert said.startswith(f"CB-B <{B}>: {meaning}") and said.endswith(f"(máy chủ trả lời: {answer}).")
    assert left(out) == ["CB-B.eml"] and log_of(out)[-3:-2] == [("CB-B", B, "Chưa gửi được")]
    getattr(plain, where).clear()
    assert send_mails(out, KY, as_of=DAY).sent == ("CB-B",) and len(plain.mails) == 3


def test_of_two_addresses_in_one_cell_each_has_the_mail_once(space):
    import openpyxl

    book = openpyxl.load_workbook(space.register_path)
    book["Đơn vị"]["J5"].value = "a1@vi-du.example; Tên <a2@vi-du.example>; ả@vi-du.example"
    book.save(space.register_path)
    put(space, "A.xlsx", sent(space, "CB-A"))
    with post_office() as office:
        by_server(space, may_chu=HOST, cong=office.port, bao_mat="không", nguoi_gui=SENDER)
        consolidate(space, KY, as_of=DAY)
        office.refuse["a2@vi-du.example"] = "550 no"
        assert "CB-A" not in send_mails(space, KY, as_of=DAY).sent
        assert [item.left for item in waiting(space, KY)] == [("a2@vi-du.example",)]
        office.refuse.clear()
        assert send_mails(space, KY, as_of=DAY).sent == ("CB-A",)
        assert [to for to in office.mails if to[0].startswith("a")] == [("a1@vi-du.example",), ("a2@vi-du.example",)]


def test_an_address_with_vietnamese_letters_in_a_draft_is_told(out, plain):
    path = out.outbox(KY) / "CB-A.eml"
    path.write_bytes(path.read_bytes().replace(f"To: {A}".encode(), "To: chibộ@vi-du.example".encode()))
    result = send_mails(out, KY, as_of=DAY)
    assert result.sent == ("CB-B", "CB-C") and "chỉ dùng chữ không dấu" in result.stays[0]


def test_the_words_of_a_server_are_short_and_on_one_line():
    said = reason(550, b"x\r\n" + b"y" * 5000 + b"\xff")
    assert len(said) < 330 and "\n" not in said and "\r" not in said


# --- where it breaks off ----------------------------------------------------------------------------------------------


def test_a_mail_whose_answer_did_not_come_is_never_sent_again_unasked(out, plain):
    plain.after[B] = "cut"
    result = send_mails(out, KY, as_of=DAY)
    assert result.sent == ("CB-A", "CB-C") and plain.mails == [(A,), (B,), (C,)]
    (said,) = result.unsure
    assert said.startswith(f"CB-B <{B}>: không rõ đã gửi chưa") and f"dvk send {KY} --gui-lai CB-B" in said
    assert log_of(out)[2:-2] == [("CB-B", B, "Bắt đầu gửi")] and left(out) == ["CB-B.eml"]
    plain.after.clear()
    again = send_mails(out, KY, as_of=DAY)
    assert again.unsure == result.unsure and again.sent == () and len(plain.mails) == 3
    consolidate(out, KY, as_of=DAY)
    assert waits(out) == [("CB-B", (), (B,))]
    assert send_mails(out, KY, as_of=DAY, again=["CB-B"]).clean and plain.mails[3:] == [(B,)]
    assert send_mails(out, KY, as_of=DAY).clean and left(out) == []


def test_an_unsure_mail_that_has_arrived_is_noted(out, plain):
    plain.after[B] = "cut"
    send_mails(out, KY, as_of=DAY)
    assert dvk_(out, "send", KY, "--da-gui", "CB-B")[0] == 0
    assert send_mails(out, KY, as_of=DAY).clean and len(plain.mails) == 3


def test_a_server_that_breaks_off_again_and_again_is_left_alone(out, plain):
    plain.cut_at = "MAIL"
    result = send_mails(out, KY, as_of=DAY)
    assert result.sent == result.unsure == () and plain.mails == []
    assert "ngắt kết nối liên tiếp nên dừng gửi. Còn 03 thư chưa gửi xong" in result.stopped
    plain.cut_at = ""
    assert send_mails(out, KY, as_of=DAY).sent == ("CB-A", "CB-B", "CB-C")


def test_a_server_that_takes_few_mails_at_a_time_gets_them_all(out, plain):
    plain.most = 1
    assert send_mails(out, KY, as_of=DAY).clean
    assert plain.mails == [(A,), (B,), (C,)] and plain.connections == 3


def test_a_server_that_is_gone_in_the_middle_stops_it_with_a_sentence(out, plain, monkeypatch):
    real = smtp.Connection._opened
    opened_ = []

    def once(self, password):
        opened_.append(1)
        if len(opened_) > 1:
            raise ConnectionRefusedError
        return real(self, password)

    monkeypatch.setattr(smtp.Connection, "_opened", once)
    plain.after[A] = "cut"
    result = send_mails(out, KY, as_of=DAY)
    assert "không nhận kết nối ở cổng này" in result.stopped and "Còn 03 thư chưa gửi xong" in result.stopped
    assert waits(out) == [("CB-A", (), (A,)), ("CB-B", (B,), ()), ("CB-C", (C,), ())]


def test_a_slow_server_is_not_waited_for_for_ever(out, plain, monkeypatch):
    monkeypatch.setattr(smtp, "_WAIT", 0.5)
    plain.after[A] = "hang"
    result = send_mails(out, KY, as_of=DAY)
    assert result.sent == ("CB-B", "CB-C") and result.unsure[0].startswith("CB-A")


@pytest.mark.skipif(sys.platform == "win32", reason="a kill as a power cut does it")
def test_killed_between_handing_over_and_the_answer(out, plain):
    """A real kill of a real process: the mail is there, the answer is not, and nothing is sent twice."""
    plain.after[B] = "hang"
    code = "import sys; from dvk_reports.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "-w", out.root, "send", KY], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as child:
        until = time.monotonic() + 60
        while (B,) not in plain.mails and time.monotonic() < until:
            time.sleep(0.05)
        os.kill(child.pid, signal.SIGKILL)
    assert log_of(out) == [("CB-A", A, "Bắt đầu gửi"), ("CB-A", A, "Đã gửi"), ("CB-B", B, "Bắt đầu gửi")]
    plain.after.clear()
    result = send_mails(out, KY, as_of=DAY)
    assert result.sent == ("CB-C",) and result.unsure[0].startswith("CB-B")
    assert plain.mails == [(A,), (B,), (C,)]


# --- who may be talked to ---------------------------------------------------------------------------------------------


def test_ssl_from_the_first_byte(out, tmp_path, monkeypatch):
    path = certificate_for(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    monkeypatch.setenv(VARIABLE, PASSWORD)
    with post_office(path, "SSL", login=True) as office:
        by_server(out, may_chu=HOST, cong=office.port, bao_mat="SSL", tai_khoan=ACCOUNT, nguoi_gui=SENDER)
        assert send_mails(out, KY, as_of=DAY).clean and len(office.mails) == 3


@pytest.mark.parametrize(
    ("shown", "trusted", "said"),
    [
        ({}, False, "không do tổ chức được tin cậy cấp"),
        ({"name": "mail.other.example"}, True, "mang tên máy khác"),
        ({"days": -1}, True, "đã hết hạn"),
    ],
)
@pytest.mark.parametrize("security", ["STARTTLS", "SSL"])
def test_a_certificate_that_cannot_be_trusted_gets_neither_password_nor_mail(
    out, tmp_path, monkeypatch, shown, trusted, said, security
):
    path = certificate_for(tmp_path, **shown)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
    monkeypatch.setenv(VARIABLE, PASSWORD)
    with post_office(path, security, login=True) as office:
        by_server(out, may_chu=HOST, cong=office.port, bao_mat=security, tai_khoan=ACCOUNT, nguoi_gui=SENDER)
        code, text = dvk_(out, "send", KY)
    assert code == 2 and said in text and office.mails == [] and not (out.root / "da-gui.csv").exists()


def test_a_server_without_tls_is_not_talked_to_in_the_clear(out, monkeypatch):
    monkeypatch.setenv(VARIABLE, PASSWORD)
    with post_office() as office:
        by_server(out, may_chu=HOST, cong=office.port, bao_mat="STARTTLS", tai_khoan=ACCOUNT, nguoi_gui=SENDER)
        code, text = dvk_(out, "send", KY)
        assert code == 2 and "không hỗ trợ cách bảo mật" in text and office.mails == []
        by_server(out, may_chu=HOST, cong=office.port, bao_mat="không", tai_khoan=ACCOUNT, nguoi_gui=SENDER)
        code, text = dvk_(out, "send", KY)
        assert code == 2 and "mật khẩu sẽ đi trên mạng không được mã hóa" in text and office.mails == []


@pytest.mark.parametrize(
    ("secret", "said"),
    [
        ("sai-hoan-toan-77", f"không nhận tài khoản {ACCOUNT} hoặc mật khẩu (mã 535)"),
        ("sai-hoàn-toàn-77", "có chữ có dấu, không đăng nhập được"),
    ],
)
def test_a_wrong_password_is_told_and_never_shown(out, safe, monkeypatch, caplog, secret, said):
    monkeypatch.setenv(VARIABLE, secret)
    with caplog.at_level(logging.DEBUG):
        code, text = dvk_(out, "send", KY)
        with pytest.raises(DvkError) as caught:
            send_mails(out, KY, as_of=DAY)
    assert code == 2 and said in text and safe.mails == []
    shown = text + caplog.text + repr(caught.value) + repr(caught.value.__cause__) + repr(caught.value.__context__)
    assert secret not in shown
    assert not [path for path in out.root.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]


def test_the_password_is_asked_for_where_somebody_can_be_asked(out, safe, monkeypatch):
    monkeypatch.delenv(VARIABLE)
    with pytest.raises(DvkError, match="Chưa có mật khẩu của hộp thư"):
        send_mails(out, KY, as_of=DAY)
    asked = []
    monkeypatch.setattr(locked, "asks", locked.asks)
    locked.asks.append(lambda name: asked.append(name) or PASSWORD)
    try:
        assert send_mails(out, KY, as_of=DAY).clean and asked == [f"hộp thư {ACCOUNT}"]
    finally:
        locked.asks.pop()


def test_the_store_of_the_system_is_asked_first(out, safe, monkeypatch):
    monkeypatch.delenv(VARIABLE)

    class Store:
        @staticmethod
        def get_password(service, account):
            return PASSWORD if (service, account) == ("dvk_reports", ACCOUNT) else None

    monkeypatch.setitem(sys.modules, "keyring", Store)
    assert send_mails(out, KY, as_of=DAY).clean


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"may_chu": HOST, "cong": 99999, "nguoi_gui": SENDER}, "Trang Gửi thư của danh-muc.xlsx có lỗi"),
        ({"may_chu": HOST, "cong": 25}, "chưa có nguoi_gui"),
        ({"may_chu": HOST, "cong": 25, "nguoi_gui": "hộp thư"}, "có lỗi nên chưa gửi thư nào"),
    ],
)
def test_a_sheet_with_a_mistake_sends_nothing(out, values, said):
    by_server(out, **values)
    with pytest.raises(RegisterError, match=said):
        send_mails(out, KY, as_of=DAY)
    assert "Quý III năm 2023" in " ".join(status(out, as_of=DAY).lines)  # a server is not what else there is to say


@pytest.mark.parametrize(
    ("host", "said"), [("khong-co.invalid", "không tìm thấy trên mạng"), (HOST, "không nhận kết nối ở cổng này")]
)
def test_no_server_there(out, host, said):
    by_server(out, may_chu=host, cong=1, bao_mat="không", nguoi_gui=SENDER)
    code, text = dvk_(out, "send", KY)
    assert code == 2 and said in text and not (out.root / "da-gui.csv").exists()


# --- the log ----------------------------------------------------------------------------------------------------------


def test_the_log_opens_in_excel(out, plain):
    send_mails(out, KY, as_of=DAY)
    data = (out.root / "da-gui.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfngay_gio,ky,loai,ma_don_vi,dia_chi,tieu_de,ma_noi_dung,trang_thai,ghi_chu\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == 7 and "Đã gửi".encode() in data


@pytest.mark.parametrize("torn", [b"2023-10-12 08:00:00+07:00,2023-Q3,th\xc6", b"\0\0\0\0", b'2023,"2023-Q3,x', b"x,y"])
def test_a_line_torn_by_a_power_cut_counts_for_nothing(out, plain, torn):
    plain.refuse[B] = "550 no"
    send_mails(out, KY, as_of=DAY)
    path = out.root / "da-gui.csv"
    before = path.read_bytes()
    path.write_bytes(before + torn)
    plain.refuse.clear()
    assert send_mails(out, KY, as_of=DAY).sent == ("CB-B",)
    assert path.read_bytes().startswith(before) and len(log_of(out)) == 7 and torn not in path.read_bytes()
    assert send_mails(out, KY, as_of=DAY).sent == ()


@pytest.mark.parametrize(("between", "ends"), [(b";", b"\r\n"), (b"\t", b"\r\n"), (b",", b"")])
def test_a_log_that_excel_has_saved_is_read_on(out, plain, between, ends):
    plain.refuse[B] = "550 no"
    send_mails(out, KY, as_of=DAY)
    path = out.root / "da-gui.csv"
    path.write_bytes(path.read_bytes().replace(b",", between).removesuffix(b"\r\n") + ends)
    plain.refuse.clear()
    assert send_mails(out, KY, as_of=DAY).sent == ("CB-B",)
    assert send_mails(out, KY, as_of=DAY).sent == () and len(plain.mails) == 3


def test_a_column_put_in_front_stays_in_front(out, plain):
    plain.refuse[B] = "550 no"
    send_mails(out, KY, as_of=DAY)
    path = out.root / "da-gui.csv"
    head, *lines = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join([f"viec,{head}", *(f"xong,{line}" for line in lines), ""]), encoding="utf-8")
    plain.refuse.clear()
    assert send_mails(out, KY, as_of=DAY).sent == ("CB-B",)
    assert send_mails(out, KY, as_of=DAY).sent == () and log_of(out)[-1] == ("CB-B", B, "Đã gửi")


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda data: data.decode("utf-8-sig").encode("utf-16"),
        lambda data: data.replace("Đã gửi".encode(), b"?a g?i"),
        lambda data: data.replace(b"ma_noi_dung", b"ma"),
        lambda data: b"\r\n".join(data.split(b"\r\n")[1:]),
        lambda data: data.replace(b",nd-", b",", 1),
        lambda data: data.replace("Đã gửi".encode(), "Đã gửi".encode("utf-16-le")),
        lambda data: b"",
        lambda data: data[:3],
        lambda data: b"\r\n\r\n",
        lambda data: data.split(b"\r\n")[0] + b"\r\n",
        lambda data: bytes(len(data)),
        lambda data: data.split(b"\r\n")[1],
    ],
    ids=["utf-16", "ansi", "column", "head", "mark", "half", "emptied", "bom", "blank", "names", "zeroes", "one-line"],
)
def test_nothing_is_sent_on_a_log_that_cannot_be_read_whole(out, plain, spoilt):
    send_mails(out, KY, as_of=DAY)
    path = out.root / "da-gui.csv"
    path.write_bytes(spoilt(path.read_bytes()))
    before = path.read_bytes()
    with pytest.raises(DvkError, match="không biết chắc thư nào đã gửi"):
        send_mails(out, KY, as_of=DAY)
    assert path.read_bytes() == before and len(plain.mails) == 3
    assert [line for line in status(out, as_of=DAY).lines if "không biết chắc thư nào đã gửi" in line]
    result = consolidate(out, KY, as_of=DAY)  # good results are not lost for it
    assert "Chưa xếp được thư cần gửi" in result.to_send


def test_nothing_is_sent_that_cannot_be_logged(out, plain, monkeypatch):
    (out.root / "da-gui.csv").mkdir()
    with pytest.raises(DvkError, match="là thư mục, không phải tệp"):
        send_mails(out, KY, as_of=DAY)
    assert plain.mails == []
