"""Fixtures for all tests."""

import gc

import pytest
from hypothesis import settings

from tests.support.award_space import round_space
from tests.support.processes import one_process, real_processes
from tests.support.samples import runs_of, sample
from tests.support.small_space import made
from tests.support.spared import spare

__all__ = ["one_process", "real_processes", "runs_of", "sample"]

# The same examples on every machine, and no clock: a slow one must not fail a property.
settings.register_profile("same", deadline=None, derandomize=True)
settings.load_profile("same")


def pytest_configure():
    spare()


def pytest_collection_modifyitems(items):
    """The rooms with the longest tests come first, so that what is left at the end are short ones: nobody waits."""
    items.sort(key=lambda item: item.path.parent.name not in ("tools", "end_to_end"))


def pytest_collection_finish():
    """What the modules hold stays to the end: Python need not search it for cycles again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(1_000_000, 20, 100)


@pytest.fixture
def space(tmp_path):
    """Three party cells, each owing the same sheets."""
    return made(tmp_path / "làm việc")


@pytest.fixture(scope="session")
def round_held(tmp_path_factory):
    """Two quarters before the round of 2023-10, for reading only."""
    return round_space(tmp_path_factory.mktemp("đợt") / "làm việc")
