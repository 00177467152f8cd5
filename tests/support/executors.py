"""Executors as callers write them."""

import random
import threading
import time
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager

from dvk_reports.intake.workers import Crew


class OnlySubmit(Executor):
    """All that a caller's own subclass needs to have; it works at once."""

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class Shuffled(Executor):
    """Waits until nothing more comes, then works on what it has in any order, two at a time."""

    def __init__(self):
        self.held, self.lock = [], threading.Lock()
        self.order = random.Random(7)
        self.pool = ThreadPoolExecutor(2)

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        with self.lock:
            self.held.append((future, fn, args, kwargs))
        self.pool.submit(self._one)
        return future

    def _one(self):
        time.sleep(0.2)
        with self.lock:
            future, fn, args, kwargs = self.held.pop(self.order.randrange(len(self.held)))
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)

    def shutdown(self, wait=True, *, cancel_futures=False):
        self.pool.shutdown(wait, cancel_futures=cancel_futures)


class Fails(OnlySubmit):
    """The future of every part with such an item fails, as that of a task that its engine gives up."""

    def __init__(self, holds):
        self.holds = holds

    def submit(self, fn, /, *args, **kwargs):
        *_, items = args
        if any(self.holds(item.value) for item in items):
            future = Future()
            future.set_exception(TimeoutError("task given up"))
            return future
        return super().submit(fn, *args, **kwargs)


class Breaks(OnlySubmit):
    """Breaks after so many parts, when asked for more or in a future."""

    def __init__(self, after, late):
        self.left, self.late = after, late

    def submit(self, fn, /, *args, **kwargs):
        self.left -= 1
        if self.left >= 0:
            return super().submit(fn, *args, **kwargs)
        if not self.late:
            raise RuntimeError("cannot schedule new futures after shutdown")
        future = Future()
        future.set_exception(BrokenExecutor("a process has ended"))
        return future


KINDS = {
    "one worker": lambda: 1,
    "two workers": lambda: 2,
    "four workers": lambda: 4,
    "threads": lambda: ThreadPoolExecutor(2),
    "processes": lambda: ProcessPoolExecutor(2),
    "only submit": OnlySubmit,
    "any order": Shuffled,
}


@contextmanager
def workers_of(kind):
    """``workers=`` or ``executor=`` of that kind, as keyword arguments."""
    made = KINDS[kind]()
    if isinstance(made, int):
        yield {"workers": made}
        return
    with made:
        yield {"executor": made}


@contextmanager
def crew_of(kind):
    """A crew of that kind."""
    with workers_of(kind) as given, Crew(**given) as crew:
        yield crew
