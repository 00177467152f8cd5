"""A folder for passing work outside every workspace; one whose program was ended is cleared away by the next run."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_PREFIX, _LOCK, _INSIDE = "dvk-tam-", "khoa", "viec"
_GRACE = 60.0
"""Seconds in which a folder may be there and not yet be locked by the program that has just made it."""


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """An empty folder, gone afterwards. A kill leaves it behind with a lock that nobody holds any more."""
    from filelock import FileLock

    _clear_left_over()
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as made:
        inside = Path(made, _INSIDE)
        inside.mkdir()
        with FileLock(Path(made, _LOCK)):
            yield inside


def _clear_left_over() -> None:
    from filelock import FileLock, Timeout

    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        # Another user's folder, or one that goes at this moment, is none of ours.
        with contextlib.suppress(OSError, Timeout):
            if time.time() - folder.stat().st_mtime < _GRACE:
                continue
            with FileLock(folder / _LOCK, timeout=0):
                pass
            shutil.rmtree(folder, ignore_errors=True)
