"""Work on foreign files in processes of their own.

Some damaged workbooks do not raise an error in the reader: they kill its process, or never come to an end. Each
worker holds one item at a time, so such a file costs itself and nothing else, and it is known which file it was.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from dvk_reports.errors import Told, WorkersError
from dvk_reports.intake.limits import restrict_process, uninterrupted

T = TypeVar("T")
R = TypeVar("R")

LIMIT = 60.0
"""Seconds for one item. The largest form we know takes less than one."""
MAX_WORKERS = 4
_START_LIMIT = 30.0
"""Seconds for a process to come up; a slow disk with a virus scanner takes a few."""
_NO_WORKER = (
    "Không khởi động được tiến trình đọc tệp nên chưa đọc tệp nào. Nếu gọi từ một tập lệnh Python: lưu tập lệnh thành "
    'tệp, đặt lời gọi dưới dòng `if __name__ == "__main__":`, và không gọi từ bên trong một tiến trình con.'
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


class _Worker:
    """One child process and the item it holds."""

    def __init__(self) -> None:
        # "spawn" is what Windows has; using it everywhere means that it is tested everywhere.
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        # Nothing large goes along at the start: the parent would wait for ever to hand it to a child that has died.
        self.process: BaseProcess = context.Process(target=_serve, args=(theirs,), daemon=True)
        try:
            with uninterrupted():
                self.process.start()
        except (AssertionError, OSError, RuntimeError) as error:
            # A process that is itself a worker may have none; a script without a guard is found out here as well.
            self.pipe.close()
            raise WorkersError(_NO_WORKER) from error
        finally:
            # Our copy of their end must go, or the pipe would stay open after the child has died.
            theirs.close()
        self.index: int | None = None
        self.taught = False
        self.ready = False
        self.deadline = time.monotonic() + _START_LIMIT

    def begin(self, func: Callable[[Any], Any]) -> None:
        """Tell a child that has come up what it does; it is awake and takes it in, and says when it has."""
        self.taught = True
        with suppress(OSError):  # a dead child is noticed when its answer is waited for
            self.pipe.send(func)

    def give(self, index: int, item: Any, limit: float) -> None:
        """Hand over the next item."""
        self.index = index
        self.deadline = time.monotonic() + limit
        with suppress(OSError):
            self.pipe.send(item)

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def run_in_workers(
    func: Callable[[T], R],
    items: Sequence[T],
    workers: int | None = None,
    limit: float = LIMIT,
    on_start: Callable[[int, int], None] | None = None,
) -> list[Outcome[R]]:
    """``func`` of every item, in the order of the items; ``func`` must be a top-level function of a module.

    An exception in ``func`` is that item's Outcome. ``workers`` None: as the machine allows, at most four; 0 counts
    as 1, for even a single file can kill its reader. ``on_start(done, index)`` is called for every item that is begun.
    Raises WorkersError where no process can be started; nothing was read then.
    """
    if not items:
        return []
    count = min(workers if workers is not None else min(os.cpu_count() or 1, MAX_WORKERS), len(items))
    outcomes: dict[int, Outcome[R]] = {}
    waiting = list(range(len(items)))[::-1]
    crew: list[_Worker] = []
    try:
        while len(outcomes) < len(items):
            idle = [worker for worker in crew if worker.ready and worker.index is None]
            while idle and waiting:
                index = waiting.pop()
                if on_start is not None:
                    on_start(len(outcomes), index)
                idle.pop().give(index, items[index], limit)
            # A worker still starting is spoken for, but needs an item to come to.
            busy = sum(worker.index is not None for worker in crew)
            while len(crew) < max(count, 1) and len(crew) - busy < len(waiting):
                crew.append(_Worker())
            _listen(crew, outcomes, func)
    finally:
        for worker in crew:
            worker.stop()
    return [outcomes[index] for index in range(len(items))]


def _listen(crew: list[_Worker], outcomes: dict[int, Outcome[R]], func: Callable[[Any], Any]) -> None:
    """Wait for the next answers, and give up the workers that died or take too long."""
    now = time.monotonic()
    pending = [worker for worker in crew if worker.index is not None or not worker.ready]
    patience = max(0.0, min(worker.deadline for worker in pending) - now)
    answered = set(wait([worker.pipe for worker in pending], timeout=patience))
    for worker in pending:
        if worker.pipe in answered:
            try:
                answer = worker.pipe.recv()
            except Exception:  # the pipe broke, in the middle of an answer perhaps
                _lose(worker, crew, outcomes, Failure.DIED)
                continue
            if not worker.taught:
                worker.begin(func)
            elif not worker.ready:
                worker.ready = True
            elif worker.index is not None:
                outcomes[worker.index] = answer
                worker.index = None
        elif time.monotonic() >= worker.deadline:
            _lose(worker, crew, outcomes, Failure.HUNG)


def _lose(worker: _Worker, crew: list[_Worker], outcomes: dict[int, Outcome[R]], failure: Failure) -> None:
    crew.remove(worker)
    worker.stop()
    if worker.index is None:
        # It died before it was given anything, so the next one would as well.
        raise WorkersError(_NO_WORKER)
    outcomes[worker.index] = Outcome(None, failure)


def _serve(pipe: Connection) -> None:
    """What a child does: learn its task, then take an item and answer, until the pipe closes."""
    restrict_process()
    try:
        pipe.send("up")
        func: Callable[[Any], Any] = pipe.recv()
        pipe.send("ready")
    except (EOFError, OSError):
        return
    while True:
        try:
            item = pipe.recv()
        except (EOFError, OSError):
            return
        answer: Outcome[Any]
        try:
            answer = Outcome(func(item))
        except BaseException as error:  # a Rust panic is no Exception
            answer = Outcome(None, Failure.ERROR, str(error) or type(error).__name__, isinstance(error, Told))
        try:
            pipe.send(answer)
        except (OSError, BrokenPipeError):
            return
        except Exception as error:  # a value that cannot be pickled
            pipe.send(Outcome(None, Failure.ERROR, f"{type(error).__name__}: {error}"))
