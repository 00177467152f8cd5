"""One process that works on foreign files, an item at a time: where it dies or hangs, it is known which item it was."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, Generic, Protocol, TypeVar

from dvk_reports.errors import Told, WorkersError
from dvk_reports.intake.limits import restrict_process

R = TypeVar("R")

START_LIMIT = 30.0
"""Seconds for a process to come up; a slow disk with a virus scanner takes a few."""
_BOOT = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); from dvk_reports.intake.child import boot; boot()"
)
_UP, _LEARN, _DO = b"U", b"L", b"D"
_NO_CHILD = (
    "Không khởi động được tiến trình đọc tệp nên chưa đọc tệp nào. Đóng bớt phần mềm khác để máy đủ bộ nhớ; kiểm tra "
    "phần mềm diệt vi-rút có chặn Python hay không; rồi chạy lại."
)


class Failure(StrEnum):
    """Why an item has no value."""

    ERROR = "chương trình gặp lỗi ở tệp này (tệp hỏng hoặc quá lớn)"
    DIED = "chương trình đọc tệp bị dừng đột ngột vì tệp này (tệp hỏng)"
    HUNG = "đọc quá lâu, đã dừng (tệp hỏng hoặc quá lớn)"


@dataclass(frozen=True, slots=True)
class Outcome(Generic[R]):
    """What came of one item: its value, or why there is none."""

    value: R | None
    failure: Failure | None = None
    detail: str = ""
    """For ERROR: the error's own text."""
    told: bool = False
    """Whether that text is for people; the words of a library are not."""

    @property
    def reason(self) -> str:
        """Empty where there is a value."""
        if self.failure is None:
            return ""
        return self.detail if self.told else self.failure.value


def outcome_of(func: Callable[[Any], R], item: Any) -> Outcome[R]:
    """``func`` of the item; an error in it is what came of it."""
    try:
        return Outcome(func(item))
    except BaseException as error:  # a Rust panic is no Exception
        return Outcome(None, Failure.ERROR, str(error) or type(error).__name__, isinstance(error, Told))


class Task:
    """What is done with every item. It travels to a process once, with the plan that it holds, not with every item."""

    def __init__(self, func: Callable[[Any], Any] | None = None, packed: bytes = b"") -> None:
        self._func, self._packed = func, packed

    @cached_property
    def func(self) -> Callable[[Any], Any]:
        """The function itself."""
        if self._func is None:
            found: Callable[[Any], Any] = pickle.loads(self._packed)
            return found
        return self._func

    @cached_property
    def packed(self) -> bytes:
        """The function as it travels."""
        return self._packed or pickle.dumps(self._func, pickle.HIGHEST_PROTOCOL)


class _Process(Protocol):
    """What a child is, whichever way it came up."""

    def kill(self) -> None:
        """End it at once."""

    def wait(self) -> object:
        """Until it has ended."""


class Child:
    """One child process and the task it has learned."""

    def __init__(self, process: _Process, to: BinaryIO, back: BinaryIO, task: Task | None = None) -> None:
        self.process, self.to, self.back, self.task = process, to, back, task
        self.lost = False
        """Whether it has ended; it takes no more items."""
        self._late = False

    def come_up(self) -> Child:
        """Wait until it is there; WorkersError where it is not."""
        if self._exchange(None, START_LIMIT) is None:
            self.stop()
            raise WorkersError(_NO_CHILD)
        return self

    def work(self, task: Task, item: Any, limit: float) -> Outcome[Any]:
        """What comes of the item within so many seconds."""
        if task is not self.task:
            if not self._exchange(_LEARN + task.packed, START_LIMIT):
                raise WorkersError(_NO_CHILD)
            self.task = task
        answer = self._exchange(_DO + pickle.dumps(item, pickle.HIGHEST_PROTOCOL), limit)
        if answer is None:
            return Outcome(None, Failure.HUNG if self._late else Failure.DIED)
        outcome: Outcome[Any] = pickle.loads(answer)
        return outcome

    def _exchange(self, data: bytes | None, limit: float) -> bytes | None:
        """The answer, None where the child has died or was cut off."""
        clock = threading.Timer(limit, self._cut)
        clock.daemon = True
        clock.start()
        try:
            if data is not None:
                _write(self.to, data)
            return _read(self.back)
        except (EOFError, OSError, ValueError):  # the pipe broke, in the middle of an answer perhaps
            self.lost = True
            return None
        finally:
            clock.cancel()
            clock.join()  # no thread is left behind: only a process of a single thread may be copied
            self.lost = self.lost or self._late

    def _cut(self) -> None:
        self._late = True
        self.process.kill()

    def stop(self) -> None:
        """End it, whatever it does."""
        self.process.kill()
        self.process.wait()
        for stream in (self.to, self.back):
            with suppress(OSError):  # what was not yet written goes nowhere
                stream.close()


def start_child() -> Child:
    """A fresh process. It needs no guard in the caller's script, and may be started from any thread or process.

    WorkersError where none comes up.
    """
    apart: dict[str, Any] = {"start_new_session": True}  # Ctrl-C is for the parent alone
    if sys.platform == "win32":
        apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    try:
        process = subprocess.Popen(
            [sys.executable, "-c", _BOOT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **apart,
        )
    except (OSError, ValueError) as error:
        raise WorkersError(_NO_CHILD) from error
    assert process.stdin is not None and process.stdout is not None
    child = Child(process, process.stdin, process.stdout)  # type: ignore[arg-type]
    with suppress(OSError):  # one that has died is noticed when it is waited for
        pickle.dump(sys.path, child.to)
        child.to.flush()
    return child.come_up()


def boot() -> None:
    """What a fresh process does."""
    answers = os.fdopen(os.dup(1), "wb")
    serve(sys.stdin.buffer, answers)


def serve(items: BinaryIO, answers: BinaryIO, func: Callable[[Any], Any] | None = None) -> None:
    """Say that the process is up, then take an item and answer, until the pipe closes."""
    restrict_process()
    with suppress(EOFError, OSError):
        _write(answers, _UP)
        while True:
            data = _read(items)
            if data.startswith(_LEARN):
                func = pickle.loads(memoryview(data)[1:])
                _write(answers, _UP)
                continue
            assert func is not None
            _write(answers, _answer(func, memoryview(data)[1:]))


def _answer(func: Callable[[Any], Any], packed: memoryview) -> bytes:
    try:
        answer = outcome_of(lambda data: func(pickle.loads(data)), packed)
        return pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # a value that cannot travel
        return pickle.dumps(Outcome(None, Failure.ERROR, f"{type(error).__name__}: {error}"))


def _write(stream: BinaryIO, data: bytes) -> None:
    stream.write(len(data).to_bytes(8, "little"))
    stream.write(data)
    stream.flush()


def _read(stream: BinaryIO) -> bytes:
    size = int.from_bytes(_exactly(stream, 8), "little")
    return _exactly(stream, size)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


# --- copies of this process: they know all it knows, so they cost next to nothing -----------------------------------


def may_fork() -> bool:
    """Only where nothing else runs in this process: another thread may hold a lock that a copy would wait for."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return False
    for _ in range(20):
        try:
            if sum(1 for _ in Path("/proc/self/task").iterdir()) == 1:
                return True
        except OSError:
            return False
        time.sleep(0.0005)  # a thread that has just ended is seen a moment longer
    return False


class _Copy:
    """A copy of this process."""

    def __init__(self, pid: int) -> None:
        self.pid, self.ended = pid, False
        self._one = threading.Lock()

    def kill(self) -> None:
        with self._one, suppress(ProcessLookupError):
            if not self.ended:
                os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> None:
        with self._one, suppress(ChildProcessError):
            if not self.ended:
                os.waitpid(self.pid, 0)
                self.ended = True


def fork_child(task: Task) -> Child:
    """A copy of this process that knows the task already; only where ``may_fork``. It is still to come up."""
    items, to = os.pipe()
    back, answers = os.pipe()
    # Ctrl-C, which would reach the copy too before it is deaf to it, waits.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        pid = os.fork()
        if pid == 0:
            try:
                _live(items, answers, task, before)
            finally:
                os._exit(0)
    except OSError as error:
        for end in (to, back):
            os.close(end)
        raise WorkersError(_NO_CHILD) from error
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for end in (items, answers):
            os.close(end)
    return Child(_Copy(pid), os.fdopen(to, "wb"), os.fdopen(back, "rb"), task)


def _live(items: int, answers: int, task: Task, mask: set[int]) -> None:
    """What a copy does: it lets go of all that the first process has open, its lock and the pipes of other copies."""
    os.setsid()
    for end in [int(path.name) for path in Path("/proc/self/fd").iterdir()]:
        if end > 2 and end not in (items, answers):
            with suppress(OSError):
                os.close(end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    gc.freeze()  # what was there before is never garbage
    gc.enable()
    serve(os.fdopen(items, "rb"), os.fdopen(answers, "wb"), task.func)
