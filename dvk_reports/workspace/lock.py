"""One command at a time on one workspace, and what an ended one has begun is settled first.

The lock is the system's own, so that of a program that died is free at once. Beside it lies a small file that says who
is at work, for whoever has to wait.
"""

from __future__ import annotations

import contextlib
import functools
import json
import logging
import os
import platform
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar, cast

from dvk_reports.errors import WorkspaceError, reason_of
from dvk_reports.workspace.folder import FOLDERS, OUTBOX, Place, Workspace
from dvk_reports.workspace.switch import begun, settle

F = TypeVar("F", bound=Callable[..., Any])

LOCK, OWNER = ".dvk-khoa", ".dvk-khoa.json"
_WAIT = 3.0
"""Seconds that a command waits for another one to end before it says who is at work."""

log = logging.getLogger("dvk_reports")


class _Held(threading.local):
    """Workspaces that this thread works on: a command inside a command is the same one, a command beside it is not."""

    def __init__(self) -> None:
        self.roots: set[Path] = set()


_held = _Held()


def one_at_a_time(name: str) -> Callable[[F], F]:
    """Mark a library call that writes to a workspace: it has it for itself from beginning to end.

    ``name``: the command as whoever has to wait knows it.
    """

    def marked(command: F) -> F:
        @functools.wraps(command)
        def alone(workspace: Place, *args: Any, **named: Any) -> Any:
            try:
                with at_work(root_of(workspace), name):
                    return command(workspace, *args, **named)
            except BrokenPipeError:
                raise  # whoever watched the progress has gone
            except OSError as error:
                raise WorkspaceError(
                    f"Không đọc hoặc ghi được {error.filename or root_of(workspace)}: {reason_of(error)}. "
                    "Kiểm tra quyền, ổ đĩa, đóng tệp đang mở rồi chạy lại."
                ) from error

        return cast(F, alone)

    return marked


def root_of(place: Place) -> Path:
    """The folder of a workspace."""
    return place.root if isinstance(place, Workspace) else Path(place)


@contextlib.contextmanager
def at_work(root: Path, what: str) -> Iterator[None]:
    """Hold the workspace and settle what an ended command has left; WorkspaceError says who holds it."""
    key = root.resolve()
    if key in _held.roots or not root.is_dir():
        yield
        return
    with _locked(root, _WAIT):
        _held.roots.add(key)
        try:
            _settled(root)
            _sign(root, what)
            yield
        finally:
            _held.roots.discard(key)
            for name in (OWNER, LOCK):  # a waiting command notices that its lock file is gone, and takes a new one
                with contextlib.suppress(OSError):
                    (root / name).unlink(missing_ok=True)


def look_after(root: Path) -> None:
    """What every command does first, one that only reads too: settle what was left, or say who is at work now."""
    if root.resolve() in _held.roots or not (begun(_places(root)) or (root / LOCK).exists()):
        return
    try:
        with at_work(root, "dvk"):
            pass
    except WorkspaceError as error:
        log.warning("%s", error)


@contextlib.contextmanager
def _locked(root: Path, wait: float) -> Iterator[None]:
    from filelock import FileLock, Timeout  # not loaded by commands that only read

    lock = FileLock(root / LOCK, timeout=wait)
    try:
        lock.acquire()
    except Timeout:
        raise WorkspaceError(
            f"Thư mục {root} đang có lệnh khác làm việc{_who(root)}. Chờ lệnh đó xong rồi chạy lại."
        ) from None
    except OSError as error:
        raise WorkspaceError(
            f"Không ghi được vào thư mục {root}: {reason_of(error)}. Kiểm tra quyền ghi và chỗ trống rồi chạy lại."
        ) from error
    try:
        yield
    finally:
        lock.release()


def _sign(root: Path, what: str) -> None:
    content = {"viec": what, "tien_trinh": os.getpid(), "may": platform.node()}
    with contextlib.suppress(OSError):
        (root / OWNER).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def _who(root: Path) -> str:
    try:
        found = json.loads((root / OWNER).read_text(encoding="utf-8"))
        return f" ({str(found['viec']).removeprefix('dvk ')}, tiến trình {found['tien_trinh']} trên máy {found['may']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _places(root: Path) -> list[Path]:
    """Where a switch may have left its traces: beside every folder that a command writes."""
    found = [root, *(root / name for name in (*FOLDERS, OUTBOX))]
    for path in list(found[1:]):
        with contextlib.suppress(OSError):
            found += [child.resolve().parent for child in path.iterdir() if child.is_symlink()]
    return list(dict.fromkeys(found))


def _settled(root: Path) -> None:
    for said in settle(_places(root)):
        log.warning("%s", said)
