"""The mails that wait to be sent: ``gui-lan-nay/<KY>``, and the forms of ``gui-di/<KY>``, held against the log."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dvk_reports.errors import WorkspaceError, reason_of
from dvk_reports.model.mails import FOLDER as MAILS
from dvk_reports.model.mails import MARK
from dvk_reports.vietnamese.text import tidy
from dvk_reports.workspace.folder import LOG, Workspace, digest
from dvk_reports.workspace.sent import SentLog, State
from dvk_reports.workspace.spool import Aside
from dvk_reports.workspace.switch import write_all

# What reads mails is loaded where there is one: every command tells how many wait.
MAIL, FORM = "thư", "biểu mẫu"
"""Kinds of mails, as the log names them."""
_STAMP = ".dvk-tong-hop"
"""Says in ``gui-lan-nay/<KY>`` of which run the mails are."""
_GONE = (State.SENT, State.BY_HAND)
_ATOMS = r"[\w+-]+(?:\.[\w+-]+)*"
_PLAIN = re.compile(rf"nd-\w+|{_ATOMS}@{_ATOMS}(?:, {_ATOMS}@{_ATOMS})*|", re.ASCII)
"""A mark or addresses as the drafts have them: nothing in them is encoded, quoted or folded."""

_ASKED = frozenset(name.lower() for name in ("To", "Subject", MARK))
_LINE = re.compile(rb"([!-9;-~]+):[ \t]*([\t -~]*(?:\n[ \t][\t -~]*)*)")
"""A line of a head and those that go on with it, of letters that mean themselves in every reader of mails."""


def _parted(head: bytes) -> Iterator[tuple[str, str]]:
    """Name and text of each line of a head, letter by letter as the email package gives them.

    A head like those of the drafts is parted at once: the package takes long to load, and every command asks.
    """
    lines = list(_LINE.finditer(head))
    if sum(line.end() - line.start() + 1 for line in lines) == len(head) + 1:
        for line in lines:
            yield line[1].decode(), line[2].decode()
        return
    from email.parser import BytesHeaderParser
    from email.policy import compat32

    yield from BytesHeaderParser(policy=compat32).parsebytes(head + b"\n\n").raw_items()


@dataclass(frozen=True)
class Outgoing:
    """One mail as it lies in its folder, and what the log says of it."""

    period: str
    kind: str
    unit: str
    path: Path
    log: SentLog

    @cached_property
    def _head(self) -> Mapping[str, str]:
        """What the lines of the head say that are asked for, as they stand there; of thousands of mails no more."""
        try:
            with self.path.open("rb") as file:
                lines = []
                while line := file.readline().rstrip(b"\r\n"):
                    lines.append(line)
        except OSError as error:
            raise WorkspaceError(f"Không đọc được {self.path}: {reason_of(error)}. Đóng tệp rồi chạy lại.") from error
        found: dict[str, str] = {}
        for name, raw in _parted(b"\n".join(lines)):
            if name.lower() in _ASKED:
                found.setdefault(name.lower(), raw)
        return found

    def _said(self, name: str) -> str:
        """What a line of the head says."""
        raw = self._head.get(name.lower(), "")
        if _PLAIN.fullmatch(raw):
            return raw
        from email.policy import default

        try:
            return str(default.header_fetch_parse(name, raw))
        except Exception:  # half an address (“b@”) ends the reader of the email package with an error of its own
            return raw

    @cached_property
    def subject(self) -> str:
        return tidy(self._said("Subject"))

    @cached_property
    def mark(self) -> str:
        """What it is about; "" where another program has saved it anew."""
        return tidy(self._said(MARK))

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """All addresses it goes to."""
        said = self._said("To")
        if _PLAIN.fullmatch(said):
            return tuple(dict.fromkeys(filter(None, said.split(", "))))
        from email.utils import getaddresses

        return tuple(dict.fromkeys(address for _, address in getaddresses([said]) if address))

    @property
    def unsure(self) -> tuple[str, ...]:
        """Addresses to which it was being sent when the program was ended: nobody knows whether it has arrived."""
        return tuple(item for item in self.addresses if self.log.state(self.mark, item) is State.BEGUN)

    @property
    def left(self) -> tuple[str, ...]:
        """Addresses to which it has not gone yet."""
        if self._by_other_way:
            return ()
        told = {address: self.log.state(self.mark, address) for address in self.addresses}
        return tuple(address for address, state in told.items() if state in (None, State.FAILED))

    @property
    def waits(self) -> bool:
        """Whether it has not reached everybody, as far as is known."""
        return not self._by_other_way and bool(self.left or self.unsure or not self.addresses)

    @property
    def _by_other_way(self) -> bool:
        return self.log.state(self.mark, "") in _GONE


def waiting(space: Workspace, period: str, kind: str = MAIL, log: SentLog | None = None) -> Iterator[Outgoing]:
    """The mails of ``gui-lan-nay/<KY>`` (or the forms of ``gui-di/<KY>``) that have not gone, by name of unit.

    Those of the last run where it was ended before it had laid them out. WorkspaceError where the log cannot be read:
    nobody knows then what has gone.
    """
    folder = space.outbox(period) if kind == MAIL and is_laid_out(space, period) else _made(space, period, kind)
    return (item for item in _in_folder(folder, period, kind, log or SentLog(space.root)) if item.waits)


def mail_of(space: Workspace, period: str, kind: str, unit: str, log: SentLog) -> Outgoing | None:
    """The mail of one unit as its last run made it, whether it has gone or not."""
    name = f"DVK_{unit}_{period}.eml" if kind == FORM else f"{unit}.eml"
    path = _made(space, period, kind) / name
    return Outgoing(period, kind, unit, path, log) if path.is_file() else None


def is_stale(space: Workspace, item: Outgoing) -> bool:
    """Whether a waiting mail is not that of the last run: of an earlier one, or saved anew by another program."""
    made = mail_of(space, item.period, item.kind, item.unit, item.log)
    return made is None or not item.mark or made.mark != item.mark


def is_laid_out(space: Workspace, period: str) -> bool:
    """Whether ``gui-lan-nay/<KY>`` was filled after the last run: a run may be ended before it comes to that."""
    with contextlib.suppress(OSError):
        return (space.outbox(period) / _STAMP).read_bytes() == _stamp(space, period)
    return False


def put_out(space: Workspace, period: str) -> int:
    """Fill ``gui-lan-nay/<KY>`` with the mails of the last run that are new or changed since they were sent; how many.

    Of thousands of them none stands in memory.
    """
    folder, log = space.outbox(period), SentLog(space.root)
    outputs = Aside()
    for item in _in_folder(_made(space, period, MAIL), period, MAIL, log):
        if item.waits:
            outputs[item.path.name] = item.path.read_bytes()
    count = len(outputs)
    outputs[_STAMP] = _stamp(space, period)
    gone = [name for name in _names(folder) if name not in outputs]
    write_all(folder, outputs, gone)
    return count


def _stamp(space: Workspace, period: str) -> bytes:
    """Which run was laid out: the hash of its record."""
    return digest((space.results(period) / LOG).read_bytes()).encode()


def _made(space: Workspace, period: str, kind: str) -> Path:
    return space.outgoing(period) if kind == FORM else space.results(period) / MAILS


def _in_folder(folder: Path, period: str, kind: str, log: SentLog) -> Iterator[Outgoing]:
    for name in sorted(_names(folder)):
        path = folder / name
        unit = path.stem.removeprefix("DVK_").removesuffix(f"_{period}") if kind == FORM else path.stem
        yield Outgoing(period, kind, unit, path, log)


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("*.eml")] if folder.is_dir() else []
