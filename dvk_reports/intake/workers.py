"""Work on foreign files in several processes, on this machine or by any executor of the caller.

Some damaged workbooks do not raise an error in the reader: they kill its process, or never come to an end. Whoever
carries the work out, each item is worked on in a child process that holds it alone, so such a file costs itself.
"""

from __future__ import annotations

import os
import threading
import zlib
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import Any, TypeAlias, TypeVar

from dvk_reports._version import __version__
from dvk_reports.errors import Told, WorkersError
from dvk_reports.intake.child import Child, Failure, Outcome, Task, fork_child, may_fork, start_child

__all__ = ["Crew", "Failure", "Outcome", "Workers", "cores", "run_in_workers"]

T = TypeVar("T")
R = TypeVar("R")

LIMIT = 60.0
"""Seconds for one item. The largest form we know takes less than one."""
MAX_WORKERS = 4
_AHEAD = 64
"""Pieces of work handed out before the first of them is answered; what waits stands in memory."""
_PARTS, _PART = 32, 16
"""Parts that the work is cut into for a foreign executor, and how many items a part has at most."""
_TWO = "Chỉ nêu một trong hai: số tiến trình của máy này (--workers), hoặc bộ chạy song song (executor, --scheduler)."
_BROKEN = "Bộ chạy song song được giao (executor) không làm việc được, nên chưa ghi gì. Kiểm tra bộ này rồi chạy lại."
_OTHER_VERSION = (
    "Máy chạy giúp có dvk_reports {theirs}, máy này có {ours}: hai bản có thể đọc khác nhau nên chưa đọc tệp nào. Cài "
    "cùng một bản rồi chạy lại."
)


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Guarded:
    """The child processes of this process: each works on one item at a time, and is taken again for the next."""

    def __init__(self, most: int) -> None:
        self._room = threading.BoundedSemaphore(most)
        self._lock = threading.Lock()
        self._idle: list[Child] = []
        self._all: set[Child] = set()
        self._closed = False

    def copies(self, task: Task, count: int) -> None:
        """So many copies of this process, which know the task; called while no other thread runs."""
        self.close()
        self._closed = False
        for _ in range(count):
            self._all.add(fork_child(task))
        self._idle = [child.come_up() for child in self._all]

    def work(self, task: Task, limit: float, item: Outcome[Any]) -> Outcome[Any]:
        """What comes of one item, if there is one."""
        if item.failure is not None:
            return item
        with self._room:
            child = self._take(task)
            outcome = child.work(task, item.value, limit)
            with self._lock:
                if not child.lost:
                    self._idle.append(child)
                    return outcome
                self._all.discard(child)
            child.stop()
            return outcome

    def _take(self, task: Task) -> Child:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            if self._closed:
                raise CancelledError
        child = fork_child(task).come_up() if may_fork() else start_child()
        with self._lock:
            self._all.add(child)
            if not self._closed:
                return child
        child.stop()
        raise CancelledError

    def close(self, idle: bool = False) -> None:
        """End the children, or only those that do nothing now."""
        with self._lock:
            ended = list(self._idle if idle else self._all)
            self._idle = []
            self._all.difference_update(ended)
            self._closed = not idle
        for child in ended:
            child.stop()


class Crew:
    """Who works for one run: processes of this machine, as many as asked for, or an executor of the caller.

    ``workers`` None: as the machine allows, at most four; 0 counts as 1, for even a single file can kill its reader.
    """

    def __init__(self, workers: int | None = None, executor: Executor | None = None) -> None:
        if executor is not None and not callable(getattr(executor, "submit", None)):
            raise WorkersError("executor phải là một concurrent.futures.Executor (có submit).")
        if executor is not None and workers is not None:
            raise WorkersError(_TWO)
        self.executor = executor
        self.count = max(1, min(cores(), MAX_WORKERS) if workers is None else workers)
        self._own = _Guarded(self.count)
        self._proved = False
        """Whether the executor has ever given an answer."""

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self._own.close()
        if self.executor is not None:
            _at_hand(os.getpid()).close(idle=True)  # an executor of threads has worked in this very process

    def outcomes(
        self, func: Callable[[Any], R], items: Sequence[Any], limit: float, pack: Callable[[Any], Any] | None
    ) -> Iterator[Outcome[R]]:
        """What comes of every item, in their order."""
        task = Task(func)
        if self.executor is None:
            yield from self._by_own(task, items, limit, pack)
        else:
            yield from self._by_executor(self.executor, task, items, limit, pack)

    def _by_own(
        self, task: Task, items: Sequence[Any], limit: float, pack: Callable[[Any], Any] | None
    ) -> Iterator[Outcome[Any]]:
        count = min(self.count, len(items))
        if may_fork():
            self._own.copies(task, count)
        threads = ThreadPoolExecutor(count)
        done = False

        def submit(item: Any) -> Future[Outcome[Any]]:
            return threads.submit(self._own.work, task, limit, _sent(pack, item))

        try:
            for _, future in _in_order(submit, items):
                yield future.result()
            done = True
        finally:
            if not done:
                self._own.close()  # whoever waits for an answer of a child gets none
            threads.shutdown(cancel_futures=True)

    def _by_executor(
        self, executor: Executor, task: Task, items: Sequence[Any], limit: float, pack: Callable[[Any], Any] | None
    ) -> Iterator[Outcome[Any]]:
        packed = zlib.compress(task.packed, 1)
        size = min(-(-len(items) // _PARTS), _PART)
        parts = [items[start : start + size] for start in range(0, len(items), size)]

        def submit(part: Sequence[Any]) -> Future[list[Outcome[Any]]]:
            sent = [_sent(pack, item) for item in part]
            try:
                return executor.submit(work_elsewhere, __version__, packed, limit, sent)
            except Exception as error:
                raise WorkersError(_BROKEN) from error

        failed = 0
        with closing(_in_order(submit, parts)) as pieces:
            for part, future in pieces:
                for item, found in zip(part, _answers(future, part, submit), strict=True):
                    if isinstance(found, Outcome):
                        self._proved = True
                        yield found
                        continue
                    failed += 1
                    if not self._proved and failed >= min(_PART, len(items)):
                        raise WorkersError(_BROKEN) from found  # it works for nobody
                    # No fault of the file, which kills no more than a child: so it is worked on here.
                    yield self._own.work(task, limit, _sent(pack, item))


def _in_order(submit: Callable[[T], Future[R]], things: Sequence[T]) -> Generator[tuple[T, Future[R]], None, None]:
    """Every thing with its future, in their order; no more are handed out than ``_AHEAD``."""
    waiting: deque[tuple[T, Future[R]]] = deque()
    rest = iter(things)
    try:
        waiting.extend((thing, submit(thing)) for thing in islice(rest, _AHEAD))
        while waiting:
            yield waiting.popleft()
            waiting.extend((thing, submit(thing)) for thing in islice(rest, 1))
    finally:
        for _, future in waiting:
            future.cancel()


def _answers(
    future: Future[list[Outcome[Any]]],
    part: Sequence[Any],
    submit: Callable[[Sequence[Any]], Future[Any]],
    again: bool = False,
) -> Iterator[Outcome[Any] | Exception]:
    """The answer for every item of a part; where its future failed, each is asked for once more, one by one."""
    trouble: Exception
    try:
        found = future.result()
        if len(found) == len(part) and all(isinstance(answer, Outcome) for answer in found):
            yield from found
            return
        trouble = TypeError(f"{len(found)} answers for {len(part)} items")
    except WorkersError:
        raise
    except (BrokenExecutor, CancelledError) as error:
        raise WorkersError(_BROKEN) from error
    except Exception as error:
        trouble = error
    if again:
        yield trouble
        return
    for item in part:
        yield from _answers(submit([item]), [item], submit, again=True)


def _sent(pack: Callable[[Any], Any] | None, item: Any) -> Outcome[Any]:
    """The item as it travels, or why it does not."""
    try:
        return Outcome(item if pack is None else pack(item))
    except Exception as error:
        return Outcome(None, Failure.ERROR, str(error), isinstance(error, Told))


def work_elsewhere(version: str, packed: bytes, limit: float, items: Sequence[Outcome[Any]]) -> list[Outcome[Any]]:
    """What an executor of the caller is asked to do with a part of the items, in any process on any machine."""
    if version != __version__:
        raise WorkersError(_OTHER_VERSION.format(theirs=__version__, ours=version))
    task, guarded = _task(packed), _at_hand(os.getpid())
    return [guarded.work(task, limit, item) for item in items]


@lru_cache(maxsize=4)
def _task(packed: bytes) -> Task:
    """The task, the same object every time, so that a child learns it once."""
    return Task(packed=zlib.decompress(packed))


@lru_cache
def _at_hand(process: int) -> _Guarded:
    """The children of this process for the executors of callers: not those of a process that this one is a copy of."""
    return _Guarded(cores())


Workers: TypeAlias = int | Crew | None
"""How many processes of this machine, or who works for the whole run."""


def run_in_workers(
    func: Callable[[Any], R],
    items: Sequence[T],
    workers: Workers = None,
    limit: float = LIMIT,
    on_start: Callable[[int, int], None] | None = None,
    pack: Callable[[T], Any] | None = None,
    keep: Callable[[R], R] | None = None,
) -> list[Outcome[R]]:
    """``func`` of every item, in the order of the items; ``func`` must be a top-level function of a module.

    An exception in ``func`` is that item's Outcome. ``on_start(done, index)`` is called as the work comes to an item.
    ``pack`` makes of an item what travels: a child on another machine has none of our files; ``keep`` of what came of
    one what is kept until the last is done. Raises WorkersError where
    no process can be started, or the executor of the caller gives nothing.
    """
    if not items:
        return []
    if not isinstance(workers, Crew):
        with Crew(workers) as crew:
            return run_in_workers(func, items, crew, limit, on_start, pack, keep)
    outcomes: list[Outcome[R]] = []
    if on_start is not None:
        on_start(0, 0)
    for outcome in workers.outcomes(func, items, limit, pack):
        if keep is not None and outcome.value is not None:
            outcome = replace(outcome, value=keep(outcome.value))
        outcomes.append(outcome)
        if on_start is not None and len(outcomes) < len(items):
            on_start(len(outcomes), len(outcomes))
    return outcomes
