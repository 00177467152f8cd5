"""One connection to the office's mail server: mails are handed over, and every refusal becomes a sentence.

Nothing here knows of files or of the log. A mail is either handed over, or refused for some or all of its addresses, or
the connection was lost: before the mail was sent, or so late that nobody knows whether it was taken.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dvk_reports.errors import DvkError
from dvk_reports.vietnamese.text import tidy

SSL, STARTTLS, PLAIN = "SSL", "STARTTLS", "không"
_PORTS: Mapping[str, int] = {SSL: 465, STARTTLS: 587, PLAIN: 25}
_WAIT = 60.0
"""Seconds that the server may take for an answer."""
_SHOWN = 200
"""Characters of a server's own words that are shown."""
_CLOSING = 421
"""The answer of a server that is about to close the connection."""


class MailServerError(DvkError):
    """The server cannot be reached, cannot be trusted, or does not let this account in."""


class ConnectionLost(Exception):
    """The connection ended. ``unsure``: a mail was on its way, and nobody knows whether it was taken."""

    def __init__(self, unsure: bool) -> None:
        super().__init__()
        self.unsure = unsure


@dataclass(frozen=True, slots=True)
class Server:
    """Where mails are handed over, and by whom."""

    host: str
    sender: str
    security: str = STARTTLS
    port: int = 0
    """0: as it is usual for the security."""
    account: str = ""

    @property
    def at(self) -> tuple[str, int]:
        return self.host, self.port or _PORTS[self.security]

    @property
    def name(self) -> str:
        """How a sentence names it."""
        return f"{self.host} (cổng {self.at[1]}, bảo mật {self.security})"


class Connection:
    """A session with the server; ``close`` it at the end."""

    def __init__(self, server: Server, password: str = "") -> None:
        """MailServerError where there is none: nothing has been sent then."""
        self.server = server
        try:
            self._smtp = self._opened(password)
        except MailServerError:
            raise
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise MailServerError(_no_connection(server, error)) from None

    def _opened(self, password: str) -> smtplib.SMTP:
        server = self.server
        host, port = server.at
        # The name of this computer is nobody's business, and may have letters that the protocol does not know.
        own = server.sender.rpartition("@")[2]
        trust = ssl.create_default_context()
        if server.security == SSL:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, port, own, timeout=_WAIT, context=trust)
        else:
            smtp = smtplib.SMTP(host, port, own, timeout=_WAIT)
        try:
            if server.security == STARTTLS:
                smtp.starttls(context=trust)
            smtp.ehlo_or_helo_if_needed()
            if server.account:
                self._log_in(smtp, password)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _log_in(self, smtp: smtplib.SMTP, password: str) -> None:
        said = ""
        try:
            smtp.login(self.server.account, password)
        except smtplib.SMTPAuthenticationError as error:
            said = (
                f"Máy chủ {self.server.name} không nhận tài khoản {self.server.account} hoặc mật khẩu (mã "
                f"{error.smtp_code}). Kiểm tra tai_khoan ở trang Gửi thư và mật khẩu; hộp thư có xác thực hai bước thì "
                "dùng mật khẩu ứng dụng. Chưa có thư nào được gửi trong kết nối này."
            )
        except UnicodeEncodeError:
            said = "Tài khoản hoặc mật khẩu có chữ có dấu, không đăng nhập được. Tắt bộ gõ tiếng Việt rồi gõ lại."
        if said:  # raised here, so that the error on which it rests, which may hold the password, is not kept with it
            raise MailServerError(said)

    def hand_over(
        self, addresses: Sequence[str], mail: bytes, about_to: Callable[[Sequence[str]], None]
    ) -> Mapping[str, str]:
        """Give one mail to the server for these addresses; address -> why it was not taken, of those refused.

        ``about_to`` is called with the addresses that the server takes, before anything of the mail goes out.
        ConnectionLost where there is no answer.
        """
        refused: dict[str, str] = {}
        try:
            self._must(self._smtp.mail(self.server.sender))
            for address in addresses:
                code, words = self._smtp.rcpt(address)
                if code == _CLOSING:
                    raise smtplib.SMTPServerDisconnected
                if code not in (250, 251):
                    refused[address] = reason(code, words)
            taken = [address for address in addresses if address not in refused]
            if taken:
                about_to(taken)
                self._must(self._smtp.docmd("DATA"), 354)
        except smtplib.SMTPResponseException as error:
            self._again()
            return {**dict.fromkeys(addresses, reason(error.smtp_code, error.smtp_error)), **refused}
        except (OSError, smtplib.SMTPException):
            raise ConnectionLost(False) from None
        if not taken:
            self._again()
            return refused
        try:
            self._smtp.send(_dotted(mail) + b".\r\n")
            code, words = self._smtp.getreply()
        except (OSError, smtplib.SMTPException):
            raise ConnectionLost(True) from None
        if 200 <= code < 300:
            return refused
        return {**refused, **dict.fromkeys(taken, reason(code, words))}

    def _must(self, answer: tuple[int, bytes], wanted: int = 250) -> None:
        code, words = answer
        if code == _CLOSING:
            raise smtplib.SMTPServerDisconnected
        if code != wanted:
            raise smtplib.SMTPResponseException(code, words)

    def _again(self) -> None:
        """Ready for the next mail after a refusal; a connection that was lost is noticed with that mail."""
        try:
            self._smtp.rset()
        except (OSError, smtplib.SMTPException):
            self._smtp.close()

    def close(self, at_once: bool = False) -> None:
        """Say good-bye, if there is anybody to say it to. ``at_once``: in the middle of something."""
        try:
            if not at_once:
                self._smtp.quit()
        except (OSError, smtplib.SMTPException):
            pass
        finally:
            self._smtp.close()


def _dotted(mail: bytes) -> bytes:
    """A mail as it travels: CRLF at every end of line, a second dot before a dot that begins a line."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", mail)
    lines = re.sub(rb"(?m)^\.", b"..", lines)
    return lines if lines.endswith(b"\r\n") else lines + b"\r\n"


_FULL = re.compile(r"[45]\.2\.2|quota|mailbox( is)? full|over ?quota", re.IGNORECASE)
_TOO_BIG = re.compile(r"5\.3\.4|5\.2\.3|too (large|big)|size limit|exceeds .*size", re.IGNORECASE)
_LATER = re.compile(r"gr[ea]ylist", re.IGNORECASE)
_SPAM = re.compile(r"5\.7\.|spam|blocked|blacklist|policy|reputation", re.IGNORECASE)
_UTF8 = re.compile(r"smtputf8|5\.6\.7", re.IGNORECASE)


def reason(code: int, words: bytes | str) -> str:
    """What an answer of the server means, with its own words behind it."""
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    said = tidy(re.sub(r"[\r\n]+", " ", said))
    shown = said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"
    return f"{_meaning(code, said)} (máy chủ trả lời: {code}{' ' if shown else ''}{shown})"


def _meaning(code: int, said: str) -> str:
    kinds = (
        (_UTF8.search(said), "máy chủ không nhận địa chỉ có chữ có dấu; ghi địa chỉ không dấu"),
        (_FULL.search(said), "hộp thư nhận đã đầy; gọi đơn vị dọn hộp thư rồi chạy lại lệnh"),
        (_TOO_BIG.search(said), "thư lớn hơn mức máy chủ cho phép; gửi tệp kèm theo bằng cách khác"),
        (_LATER.search(said), "máy chủ nhận hẹn gửi lại sau; chờ 15 phút rồi chạy lại lệnh"),
        (code in (530, 534, 535, 538), "máy chủ đòi đăng nhập; ghi tai_khoan ở trang Gửi thư"),
        (_SPAM.search(said), "máy chủ từ chối theo quy định chặn thư rác; hỏi người quản trị thư"),
        (400 <= code < 500, "máy chủ nhận tạm thời chưa nhận thư; chờ 15 phút rồi chạy lại lệnh"),
        (code in (550, 551, 553), "địa chỉ không có hoặc không nhận thư; kiểm tra cột email của danh mục"),
    )
    return next((text for found, text in kinds if found), "máy chủ không nhận thư; hỏi người quản trị thư")


def _no_connection(server: Server, error: Exception) -> str:
    """Why no session came about."""
    at, sheet = f"Máy chủ {server.name}", "ở trang Gửi thư"
    ways = (
        (ssl.SSLCertVerificationError, _distrusted),
        (smtplib.SMTPNotSupportedError, lambda _: "không hỗ trợ cách bảo mật hoặc đăng nhập này"),
        (ssl.SSLError, lambda _: "không dùng cách bảo mật này (SSL thường ở cổng 465, STARTTLS ở cổng 587)"),
        ((socket.gaierror, UnicodeError), lambda _: "không tìm thấy trên mạng"),
        (TimeoutError, lambda _: "không trả lời"),
        (ConnectionRefusedError, lambda _: "không nhận kết nối ở cổng này"),
        (smtplib.SMTPResponseException, _turned_away),
        (smtplib.SMTPServerDisconnected, lambda _: "ngắt kết nối ngay khi bắt đầu"),
        (smtplib.SMTPException, lambda _: "không có cách đăng nhập nào dùng được"),
    )
    why = next((told(error) for kind, told in ways if isinstance(error, kind)), "không nối được")
    return f"{at} {why}. Kiểm tra mạng, may_chu, cong, bao_mat {sheet} rồi chạy lại."


def _turned_away(error: Exception) -> str:
    assert isinstance(error, smtplib.SMTPResponseException)
    return f"không nhận kết nối: {reason(error.smtp_code, error.smtp_error)}"


def _distrusted(error: Exception) -> str:
    words = str(getattr(error, "verify_message", ""))
    if "expired" in words:
        why = "đã hết hạn"
    elif "ostname" in words or "IP address" in words:
        why = "mang tên máy khác"
    else:
        why = "không do tổ chức được tin cậy cấp"
    return f"có chứng thư {why}, nên mật khẩu và thư không được gửi tới đó"
