"""What a technician needs of a fault in the program itself, with nothing of what the program worked on."""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback
from datetime import datetime
from importlib.metadata import distributions
from pathlib import Path

from dvk_reports._version import __version__

_PACKAGE = Path(__file__).parents[1]


def write_trouble(error: BaseException) -> Path | None:
    """A text file in the system's folder for passing files; None where not even that can be written.

    It holds versions and the places in the code that were passed through. Words of the error are left out, for they
    may quote a cell; so are arguments and folders, which name people.
    """
    lines = [
        f"dvk_reports {__version__}, Python {platform.python_version()}, {platform.system()} {platform.release()}",
        f"{datetime.now():%Y-%m-%d %H:%M}",
        *(f"{dist.name} {dist.version}" for dist in sorted(distributions(), key=lambda d: d.name.lower())),
        "",
    ]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        lines += [f"  {_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in _frames(seen)]
        seen = seen.__cause__ or seen.__context__
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="dvk-su-co-", suffix=".txt", delete=False
        ) as file:
            file.write("\n".join(lines) + "\n")
        return Path(file.name)
    except OSError:
        return None


def _frames(error: BaseException) -> traceback.StackSummary:
    return traceback.extract_tb(error.__traceback__)


def _place(filename: str) -> str:
    """A file of the program or of a package by its place in it; never a folder of the machine."""
    path = Path(filename)
    for base in (_PACKAGE.parent, *map(Path, sys.path)):
        if path.is_relative_to(base) and base != Path():
            return path.relative_to(base).as_posix()
    return path.name
