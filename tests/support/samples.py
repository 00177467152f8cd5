"""Sample sets for tests: each drawn from its text once in a session, however many processes run the tests."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from dvk_reports import Result, Workspace, consolidate, open_workspace
from dvk_reports.model.periods import Quarter
from tools.samples.render import Renderer, render
from tools.samples.sets import ROOT, SampleSet, SentFile
from tools.samples.sowing import Sown

PATIENCE = 300
"""Seconds that one process waits for what another is making."""


def made_once(folder: Path, make: Callable[[Path], object]) -> Path:
    """``folder`` as ``make`` fills it: by the first process that comes, the others wait until it is whole."""
    try:
        folder.with_suffix(".dang-lam").mkdir(parents=True)
    except FileExistsError:
        late = time.monotonic() + PATIENCE
        while not folder.exists():
            assert time.monotonic() < late, f"{folder} was never made"
            time.sleep(0.05)
        return folder
    beside = folder.with_suffix(".tam")
    make(beside)
    return beside.rename(folder)


class Sample:
    """A sample set, the workspace drawn from it, and what must be found there."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder
        self.text = SampleSet(name)
        self.renderer = Renderer(self.text)
        self.plan = self.text.plan
        self.register = self.renderer.register

    def day_of(self, quarter: Quarter) -> date:
        """The day on which a quarter is consolidated: when it is closed to the units."""
        closing = self.register.deadlines[quarter].closing
        assert closing is not None
        return closing + timedelta(days=2)

    def sown(self, unit: str, quarter: object) -> tuple[Sown, ...]:
        """The mistakes in the return of a unit, each in its cell."""
        return self.renderer.draft(SentFile("", {"bieu": unit}), quarter).sown  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Sample]:
    """Name of a set -> the set with its drawn workspace, for reading only.

    That of a set which the repository holds is what the text would give (``python -m tools.regenerate --check``).
    """
    base, known = tmp_path_factory.getbasetemp(), {}
    # Every process of the session has its own folder below the one that they share.
    shared = base.parent if base.name.startswith("popen-") else base

    def drawn(name: str) -> Sample:
        if name not in known:
            held = ROOT / "samples" / name
            if not held.is_dir():
                held = made_once(shared / "bo-mau" / name, lambda path: render(name, path, workers=1))
            known[name] = Sample(name, held)
        return known[name]

    return drawn


@pytest.fixture(scope="session")
def runs_of(
    sample: Callable[[str], Sample], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], tuple[Workspace, dict[str, Result]]]:
    """Name of a set -> a workspace with its quarters consolidated one after the other, and their results by the key of
    the quarter; for reading only.
    """

    @cache
    def made(name: str) -> tuple[Workspace, dict[str, Result]]:
        of = sample(name)
        space = open_workspace(shutil.copytree(of.folder, tmp_path_factory.mktemp("đã tổng hợp") / name))
        quarters = of.text.quarters
        return space, {q.key: consolidate(space, q.key, as_of=of.day_of(q), workers=1) for q in quarters}

    return made
