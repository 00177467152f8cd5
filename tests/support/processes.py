"""Files read in the process of the tests: they are sound, and starting a process for each run costs more than the run.

Tests marked ``processes`` read as a real run does, each file in a process of its own: those of the readers, of damaged
files, and of whole commands from end to end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from dvk_reports.errors import Told
from dvk_reports.intake import reading
from dvk_reports.intake.back import past
from dvk_reports.intake.workers import LIMIT, Failure, Outcome, Workers, run_in_workers

USERS = (reading, past)
"""Rooms that hand work to processes."""


def here(
    func: Callable[[Any], Any],
    items: Sequence[Any],
    workers: Workers = None,
    limit: float = LIMIT,
    on_start: Callable[[int, int], None] | None = None,
    pack: Callable[[Any], Any] | None = None,
    keep: Callable[[Any], Any] | None = None,
) -> list[Outcome[Any]]:
    """What ``run_in_workers`` gives, worked out in this process."""
    found = []
    for index, item in enumerate(items):
        if on_start is not None:
            on_start(index, index)
        try:
            value = func(item if pack is None else pack(item))
            found.append(Outcome(value if keep is None else keep(value)))
        except Exception as error:
            found.append(Outcome(None, Failure.ERROR, str(error) or type(error).__name__, isinstance(error, Told)))
    return found


@pytest.fixture(autouse=True, scope="session")
def one_process() -> Any:
    """For all tests and what they share."""
    with pytest.MonkeyPatch.context() as patch:
        for module in USERS:
            patch.setattr(module, "run_in_workers", here)
        yield


@pytest.fixture(autouse=True)
def real_processes(request: pytest.FixtureRequest, one_process: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """For the tests that ask for them."""
    if request.node.get_closest_marker("processes"):
        for module in USERS:
            monkeypatch.setattr(module, "run_in_workers", run_in_workers)
