"""Handing mails to the server one after the other: what is logged when, and what happens when it breaks off."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from dvk_reports.errors import WorkspaceError, reason_of
from dvk_reports.intake.reading import Progress
from dvk_reports.mail.outbox import FORM, MAIL, Outgoing, is_stale
from dvk_reports.mail.sending import as_sent
from dvk_reports.mail.smtp import Connection, ConnectionLost, MailServerError, Server
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.cells import is_address
from dvk_reports.plan.register.sheets import FILE
from dvk_reports.run.steps.post_office import password_of
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.workspace.folder import Workspace
from dvk_reports.workspace.sent import Line, SentLog, State

_PATIENCE = 2
"""So many times in a row a connection may be lost before the sending ends."""
_LOST = "kết nối bị ngắt trước khi thư được gửi"


@dataclass
class Sending:
    """One sending: what has gone, what has not and why."""

    space: Workspace
    office: Office
    log: SentLog
    sent: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)
    stopped: str = ""

    def addresses(self, item: Outgoing, again: bool) -> tuple[str, ...]:
        """To whom a mail goes now; what keeps it from somebody is told.

        ``again``: also to those that it may have reached, or, where it has reached all, to all.
        """
        if is_stale(self.space, item):
            self.stays.append(
                f"{item.unit}: tệp {item.path.name} không phải là thư của lần chạy cuối, hoặc đã được lưu lại bằng "
                f"phần mềm khác. Gửi tệp đó bằng tay, hoặc chạy lại {_maker(item)} {item.period} rồi gửi."
            )
            return ()
        if not item.addresses:
            self.stays.append(
                f"{item.unit}: chưa có địa chỉ thư. Ghi ở cột email trang Đơn vị của {FILE} rồi chạy lại "
                f"{_maker(item)} {item.period}; hoặc gửi bằng cách khác rồi ghi lại: {_command(item)} "
                f"--da-gui {item.unit}."
            )
            return ()
        if item.unsure and not again:
            self.unsure.append(_unsure(item, item.unsure))
        wanted = ((*item.left, *item.unsure) or item.addresses) if again else item.left
        for address in wanted:
            if not is_address(address):
                self.stays.append(
                    f"{item.unit}: “{address}” không phải là địa chỉ gửi được (chỉ dùng chữ không dấu). Sửa ở cột "
                    f"email trang Đơn vị của {FILE} rồi chạy lại {_maker(item)} {item.period}."
                )
        return tuple(filter(is_address, wanted))

    def send(self, server: Server, ready: Sequence[tuple[Outgoing, Sequence[str]]], progress: Progress | None) -> None:
        """Send each to its addresses. A DvkError where there is no connection at all."""
        name = self.office.plan.sender(self.office.day) if self.office.plan.has_sender(self.office.day) else ""
        road = _Road(server, password_of(server))
        left = len(ready)
        try:
            for item, to in ready:
                if progress is not None:
                    progress(len(ready) - left, len(ready), item.unit)
                self._deliver(road, item, to, name)
                left -= 1
        except MailServerError as error:
            more = f" Còn {show_count(left)} thư chưa gửi xong; chạy lại {_command(item)} sau." if left else ""
            self.stopped = f"{error}{more}"
        finally:
            road.connection.close(at_once=left > 0)

    def _deliver(self, road: _Road, item: Outgoing, to: Sequence[str], name: str) -> None:
        """One mail. MailServerError where the connection is lost for good."""
        try:
            draft = item.path.read_bytes()
        except OSError as error:
            raise WorkspaceError(f"Không đọc được {item.path}: {reason_of(error)}. Đóng tệp rồi chạy lại.") from error
        mail = as_sent(draft, name, road.server.sender, datetime.now().astimezone())
        begun: list[str] = []

        def about_to(taken: Sequence[str]) -> None:
            self.log.add([log_line(item, address, State.BEGUN) for address in taken])
            begun.extend(taken)

        while True:
            try:
                refused = road.connection.hand_over(to, mail, about_to)
                break
            except ConnectionLost as lost:
                if lost.unsure:
                    self.unsure.append(_unsure(item, begun))
                else:
                    self.log.add([log_line(item, address, State.FAILED, _LOST) for address in to])
                road.open_again()
                if lost.unsure:
                    return
        road.lost = 0
        self._note(item, to, refused)

    def _note(self, item: Outgoing, to: Sequence[str], refused: Mapping[str, str]) -> None:
        """What became of a mail, in the log and for the screen."""
        self.log.add(
            [
                log_line(item, address, State.FAILED if address in refused else State.SENT, refused.get(address, ""))
                for address in to
            ]
        )
        self.failed += [f"{item.unit} <{address}>: {why}." for address, why in refused.items()]
        if not refused:
            self.sent.append(item.unit)
        take_out(self.space, item)


class _Road:
    """The connection, opened again where it was lost."""

    def __init__(self, server: Server, password: str) -> None:
        self.server, self._password, self.lost = server, password, 0
        self.connection = Connection(server, password)

    def open_again(self) -> None:
        """MailServerError where there is no way to the server any more."""
        self.connection.close(at_once=True)
        self.lost += 1
        if self.lost > _PATIENCE:
            raise MailServerError(f"Máy chủ {self.server.name} ngắt kết nối liên tiếp nên dừng gửi.")
        self.connection = Connection(self.server, self._password)


def log_line(item: Outgoing, address: str, state: State, note: str = "") -> Line:
    """A line of the log, of this moment."""
    now = datetime.now().astimezone().isoformat(" ", "seconds")
    return Line(now, item.period, item.kind, item.unit, address, item.subject, item.mark, state, note)


def take_out(space: Workspace, item: Outgoing) -> None:
    """Out of ``gui-lan-nay`` with a mail that has gone; one that is open in a mail program goes with the next run."""
    if item.kind == MAIL and not item.waits:
        with contextlib.suppress(OSError):
            (space.outbox(item.period) / item.path.name).unlink(missing_ok=True)


def _command(item: Outgoing) -> str:
    return f"dvk send {item.period}{' --bieu-mau' if item.kind == FORM else ''}"


def _maker(item: Outgoing) -> str:
    return "dvk forms" if item.kind == FORM else "dvk consolidate"


def _unsure(item: Outgoing, addresses: Sequence[str]) -> str:
    return (
        f"{item.unit} <{', '.join(addresses)}>: không rõ đã gửi chưa vì lần gửi bị ngắt giữa chừng; không tự gửi lại. "
        f"Hỏi đơn vị: chưa nhận thì {_command(item)} --gui-lai {item.unit}, đã nhận thì {_command(item)} --da-gui "
        f"{item.unit}."
    )
