"""Mails that wait are sent, each at most once, and every step is in the log before the next one is taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dvk_reports.errors import WorkspaceError
from dvk_reports.intake.reading import Progress
from dvk_reports.mail.outbox import FORM, MAIL, Outgoing, is_laid_out, mail_of, put_out, waiting
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.sheets import FILE, POST
from dvk_reports.run.plans import opened
from dvk_reports.run.steps.periods import asked_quarter
from dvk_reports.run.steps.post_office import server_of
from dvk_reports.run.steps.sending import Sending, log_line, take_out
from dvk_reports.sheets.post import NAME as LISTED
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.text import fold, nearest, unaccented
from dvk_reports.workspace.folder import Place, Workspace
from dvk_reports.workspace.lock import one_at_a_time
from dvk_reports.workspace.sent import FILE as LOG_FILE
from dvk_reports.workspace.sent import SentLog, State

ALL = "tat-ca"
"""Stands for every unit whose mail waits."""


@dataclass(frozen=True)
class SendResult:
    """What was sent, and what stays and why."""

    period: str
    folder: Path
    listed: tuple[str, ...] = ()
    """The mails that would be sent, where nothing was."""
    sent: tuple[str, ...] = ()
    """Units whose mail has gone to all its addresses."""
    failed: tuple[str, ...] = ()
    """Each address that was refused, with the reason."""
    unsure: tuple[str, ...] = ()
    """Mails of which nobody knows whether they have arrived."""
    stays: tuple[str, ...] = ()
    """Mails that cannot be sent as they are."""
    stopped: str = ""
    """Why the sending ended before its end, or did not begin."""

    @property
    def clean(self) -> bool:
        """Whether nothing needs the clerk."""
        return not (self.failed or self.unsure or self.stays or self.stopped)

    @property
    def lines(self) -> Iterator[str]:
        """All of it in sentences."""
        yield from self.listed
        if self.sent:
            yield f"Đã gửi {show_count(len(self.sent))} thư: {', '.join(self.sent)}."
        yield from (*self.failed, *self.unsure, *self.stays)
        if self.stopped:
            yield self.stopped
        elif self.clean and not (self.sent or self.listed):
            yield f"Không có thư nào cần gửi trong {self.folder}."


@dataclass(frozen=True)
class NotedResult:
    """What was written into the log as sent by hand."""

    noted: tuple[str, ...]
    before: tuple[str, ...] = ()
    """Units whose mail the log has as sent already."""
    silent: tuple[str, ...] = ()
    """Units without an address, whose mail stays."""

    @property
    def lines(self) -> Iterator[str]:
        """All of it in sentences."""
        if self.noted or not self.before:
            yield f"Đã ghi vào {LOG_FILE} là gửi bằng tay: {', '.join(self.noted) or 'không có thư nào'}."
        if self.before:
            yield f"{LOG_FILE} đã ghi là gửi từ trước: {', '.join(self.before)}."
        if self.silent:
            yield (
                f"Chưa có địa chỉ thư nên thư còn chờ: {', '.join(self.silent)}. Gửi bằng cách khác rồi thì ghi lại "
                f"từng đơn vị: --da-gui {self.silent[0]}."
            )


@one_at_a_time("dvk send")
def send_mails(
    workspace: Place,
    period: str,
    as_of: date | None = None,
    dry_run: bool = False,
    forms: bool = False,
    again: Sequence[str] = (),
    progress: Progress | None = None,
) -> SendResult:
    """Send the mails of ``gui-lan-nay/<KY>`` by the server that the register names, each at most once.

    ``dry_run``: only list them. ``forms``: the forms of ``gui-di/<KY>`` instead. ``again``: only the mails of these
    units, also where they have gone or may have. Raises a DvkError where nothing could be sent: no connection, a wrong
    password, a certificate that is not to be trusted.
    """
    space, office, key, kind = _asked(workspace, period, as_of, forms)
    log = SentLog(space.root)
    if kind == MAIL and not is_laid_out(space, key):
        put_out(space, key)  # the last run was ended before it had come to that
    items = [_of_unit(space, office, key, kind, unit, log) for unit in again] or waiting(space, key, kind, log)
    sending = Sending(space, office, log)
    ready = [(item, to) for item in items if (to := sending.addresses(item, bool(again)))]
    folder, server = _folder(space, key, kind), server_of(office.register)
    listed = _listed(office, ready) if dry_run else ()
    if ready and server is not None and not dry_run:
        sending.send(server, ready, progress)
    stopped = _by_hand(key, folder, forms) if ready and server is None and not dry_run else sending.stopped
    return SendResult(
        period=key,
        folder=folder,
        listed=tuple(listed),
        sent=tuple(sending.sent),
        failed=tuple(sending.failed),
        unsure=tuple(sending.unsure),
        stays=tuple(sending.stays),
        stopped=stopped,
    )


@one_at_a_time("dvk send")
def note_sent(
    workspace: Place, period: str, units: Sequence[str], as_of: date | None = None, forms: bool = False
) -> NotedResult:
    """Write into the log that the mails of these units were sent by hand.

    “tat-ca” stands for all that wait and have an address: one without has gone by another way only where it is named.
    """
    space, office, key, kind = _asked(workspace, period, as_of, forms)
    log, silent = SentLog(space.root), list[str]()
    if any(unaccented(fold(unit)).replace(" ", "-") == ALL for unit in units):
        items: Sequence[Outgoing] = tuple(waiting(space, key, kind, log))
        silent = [item.unit for item in items if not item.addresses]
        items = [item for item in items if item.addresses]
    else:
        items = [_of_unit(space, office, key, kind, unit, log) for unit in units]
    noted = []
    for item in items:
        # What the clerk has sent may have been saved anew in between: it is still the mail of the last run.
        made = mail_of(space, key, kind, item.unit, log) or item
        if made.mark and made.waits:
            gone = (*made.left, *made.unsure) or ("",)
            log.add([log_line(made, address, State.BY_HAND) for address in gone])
            noted.append(made.unit)
        take_out(space, made)
    return NotedResult(tuple(noted), tuple(item.unit for item in items if item.unit not in noted), tuple(silent))


def _asked(workspace: Place, period: str, as_of: date | None, forms: bool) -> tuple[Workspace, Office, str, str]:
    space = opened(workspace)
    quarter = asked_quarter(space, period, "thư gửi theo từng quý")
    there = space.outgoing(quarter.key) if forms else space.results(quarter.key) / LISTED
    if not there.exists():
        what, maker = ("biểu mẫu", "dvk forms") if forms else ("thư", "dvk consolidate")
        raise WorkspaceError(f"Thư mục làm việc chưa có {what} của kỳ {quarter.key}. Chạy {maker} {quarter.key} trước.")
    return space, space.office(as_of), quarter.key, FORM if forms else MAIL


def _folder(space: Workspace, key: str, kind: str) -> Path:
    return space.outgoing(key) if kind == FORM else space.outbox(key)


def _of_unit(space: Workspace, office: Office, key: str, kind: str, typed: str, log: SentLog) -> Outgoing:
    """The mail of one unit, as it lies among those that wait, else as the last run made it."""
    unit = office.register.by_letters.get(fold(typed))
    code = unit.code if unit is not None else typed
    found = next((item for item in waiting(space, key, kind, log) if item.unit == code), None)
    found = found or (mail_of(space, key, kind, code, log) if unit is not None else None)
    if found is None:
        close = nearest(typed, [item.code for item in office.register.units]) if unit is None else None
        hint = f" Có phải là {close}?" if close else ""
        raise WorkspaceError(f"Không có thư của đơn vị “{typed}” ở kỳ {key}.{hint}")
    return found


def _listed(office: Office, ready: Sequence[tuple[Outgoing, Sequence[str]]]) -> Iterator[str]:
    if ready:
        yield f"{show_count(len(ready))} thư sẽ được gửi:"
    for item, to in ready:
        name = office.register.by_code[item.unit].name if item.unit in office.register.by_code else ""
        yield f"  {item.unit} {name} ({', '.join(to)}): {item.subject}"


def _by_hand(key: str, folder: Path, forms: bool) -> str:
    more = " --bieu-mau" if forms else ""
    return (
        f"Chưa gửi thư nào: trang {POST} của {FILE} chưa có máy chủ (may_chu, nguoi_gui). Gửi bằng tay: mở từng tệp "
        f".eml trong {folder} bằng Outlook hoặc Thunderbird, xem lại rồi bấm Gửi. Gửi xong thì ghi lại: "
        f"dvk send {key}{more} --da-gui MÃ_ĐƠN_VỊ, hoặc --da-gui {ALL} khi đã gửi hết."
    )
