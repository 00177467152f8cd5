"""Several machines: the workers of a Dask cluster as an executor. Everything about them is Dask's own."""

from __future__ import annotations

import logging
import socket
import warnings
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from dvk_reports.errors import WorkersError

PATIENCE = 5.0
"""Seconds for the scheduler to answer, and for the first of its workers to be there."""


@contextmanager
def executor_of(scheduler: str | None) -> Iterator[Executor | None]:
    """The executor of the cluster whose scheduler has that address (``tcp://10.0.0.5:8786``); None where none is asked.

    WorkersError where Dask is not installed, the scheduler does not answer, or has no worker.
    """
    if scheduler is None:
        yield None
        return
    try:
        from distributed import Client
    except ImportError as error:
        raise WorkersError(
            "Chưa cài phần chạy trên nhiều máy nên không dùng được --scheduler. Cài: pip install dvk_reports[dask]"
        ) from error
    log = logging.getLogger("distributed")
    before = log.level
    log.setLevel(logging.CRITICAL)  # lost workers are no news for the clerk
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with _connected(Client, scheduler) as client:
                yield client.get_executor(pure=False)
    finally:
        log.setLevel(before)


@contextmanager
def _connected(client: Any, scheduler: str) -> Iterator[Any]:
    from distributed.comm.addressing import parse_host_port

    try:
        # A client that finds nobody there goes on trying, and has much to say when it is given up.
        socket.create_connection(parse_host_port(scheduler.partition("://")[2] or scheduler), PATIENCE).close()
        found = client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise WorkersError(
            f"Không nối được với bộ điều phối “{scheduler}”. Kiểm tra địa chỉ (dạng tcp://10.0.0.5:8786), tường lửa và "
            "máy chạy dask scheduler; rồi chạy lại."
        ) from error
    try:
        try:
            found.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise WorkersError(
                f"Bộ điều phối “{scheduler}” chưa có máy nào chạy giúp. Chạy lệnh dask worker {scheduler} trên ít nhất "
                "một máy rồi chạy lại."
            ) from error
        yield found
    finally:
        found.close()
