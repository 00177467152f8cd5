"""Ends a program in the middle: at the k-th call to the disk it is killed, or the call is refused.

The calls are those of Python's own modules that change what stands in a folder. The program under test knows nothing of
it and is run in a process of its own, so a kill is a real one: no handler and no clean-up runs.
"""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CALLS = ("replace", "rename", "link", "unlink", "rmdir", "mkdir", "fsync")
"""What ``os`` is asked to do on the way from the old results to the new ones."""
RENAMES = ("replace", "rename")


@contextmanager
def at_call(
    number: int, what: Callable[[], None], calls: tuple[str, ...], onwards: bool = False
) -> Iterator[Callable[[], int]]:
    """Do ``what`` in place of the call of that number (from 1), and let every other call through.

    ``onwards``: every later call ends so as well. Gives a function that says how many calls there were.
    """
    seen = 0
    real = {name: getattr(os, name) for name in calls}

    def watched(name: str) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            nonlocal seen
            seen += 1
            if seen == number or (onwards and seen > number > 0):
                what()
            return real[name](*args, **named)

        return call

    for name in calls:
        setattr(os, name, watched(name))
    try:
        yield lambda: seen
    finally:
        for name, call in real.items():
            setattr(os, name, call)


def kill() -> None:
    """As a power cut ends it: no handler, no clean-up."""
    os.kill(os.getpid(), signal.SIGKILL)


def refuse() -> None:
    """As Windows refuses what another program has open."""
    raise PermissionError(errno.EACCES, "refused")


def fill() -> None:
    """As a full disk refuses it."""
    raise OSError(errno.ENOSPC, "full")


def interrupt() -> None:
    """Ctrl-C."""
    raise KeyboardInterrupt


def starve() -> None:
    """No memory left."""
    raise MemoryError


NOBODY = 65534
"""A user to whom the marks on files and folders apply."""


def chown_all(root: Path) -> None:
    """Give a folder and all in it to that user."""
    for path in (root, *root.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


def in_child(job: Callable[[], None], user: int = 0) -> int:
    """The exit code of ``job`` in a copy of this process: 0 done, 1 refused with an error, below 0 killed.

    ``user``: whom the copy works as, where this process may choose.
    """
    child = os.fork()
    if child == 0:
        code = 1
        try:
            if user and os.geteuid() == 0:
                os.setuid(user)
            job()
            code = 0
        except BaseException:
            code = 1
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def content_of(root: Path) -> dict[str, bytes]:
    """Every file below a folder by its path, and every folder that only a command at work may have there."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else b"(folder)"
        for path in sorted(root.rglob("*"))
        if path.is_file() or path.name.startswith(".dvk")
    }
